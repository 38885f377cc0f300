"""Relationships as alignments."""

import pytest

from lineofsight.goals.models import Alignment, Goal
from lineofsight.goals.words import AlignmentType
from lineofsight.kernel.ids import global_id

from .helpers import Write, codes, give, goal, indicator, objective, plan, relationship, take, titled

pytestmark = pytest.mark.usefixtures("db")


def one(*links: str) -> str:
    """A plan with goal A above objective a that has an indicator with the links, and goal B above b."""
    measured = objective("a", "_a", indicator("m", "_m", *links))
    return plan(goal("A", "_A", measured) + goal("B", "_B", objective("b", "_b", indicator("n", "_n"))))


async def edges() -> set[tuple[str, str, str]]:
    """Alignments in force that are not primary: type, child, parent by title."""
    rows = await Alignment.filter(is_primary=False, valid_to=None).prefetch_related("child", "parent")
    return {(row.type.value, row.child.title, row.parent.title) for row in rows}


@pytest.mark.parametrize(
    ("link", "edge"),
    [
        (relationship("_B"), ("CONTRIBUTES", "a", "B")),
        (relationship("b"), ("CONTRIBUTES", "a", "b")),
        (relationship("_N"), ("CONTRIBUTES", "a", "b")),
        (relationship("_b", "Broader_Than"), ("CONTRIBUTES", "b", "a")),
        (relationship("_b", "Peer_To"), ("SUPPORTS", "a", "b")),
        (relationship("_b", ""), ("SUPPORTS", "a", "b")),
        (relationship("_b", "Peer_To", "[DEPENDS_ON] b"), ("DEPENDS_ON", "a", "b")),
        (relationship("_b", "Peer_To", "[CONFLICTS_WITH] b"), ("CONFLICTS_WITH", "a", "b")),
    ],
)
async def test_what_a_relationship_becomes(write: Write, link: str, edge: tuple[str, str, str]) -> None:
    file = write("a.xml", one(link))
    report = await take(file)
    assert await edges() == {edge}
    assert report.created["alignment"] == 3
    again = await take(file)
    assert again.as_json()["created"] == again.as_json()["changed"] == {}
    document, _ = await give(report.plans[0].id)
    said = document.goals[0].objectives[0].indicators[0].relationships
    assert [each.type for each in said] == [link.split('"')[1]]


async def test_the_goal_above_is_linked_once(write: Write) -> None:
    await take(write("a.xml", one(relationship("_A"))))
    assert await edges() == set()
    assert await Alignment.all().count() == 2


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (relationship("_nowhere"), "not found"),
        (relationship("PLACEHOLDER_1"), "not found"),
        (relationship("_m"), "its own objective"),
        ("<Relationship><Name>B</Name><Description>d</Description></Relationship>", "There is a goal of that name"),
        ("<Relationship><Name>C</Name></Relationship>", "no ReferentIdentifier"),
    ],
)
async def test_unresolved_links_are_kept_and_told(write: Write, link: str, words: str) -> None:
    report = await take(write("a.xml", one(link)))
    assert codes(report) == ["unresolved-link"]
    assert words in report.warnings[0].message
    assert await edges() == set()
    document, _ = await give(report.plans[0].id)
    assert len(document.goals[0].objectives[0].indicators[0].relationships) == 1


async def test_a_cycle_is_cut(write: Write) -> None:
    links = (relationship("_b"), relationship("_b", "Broader_Than"))
    report = await take(write("a.xml", one(*links)))
    assert codes(report) == ["cycle"]
    assert await edges() == {("CONTRIBUTES", "a", "b")}
    again = await take(write("a.xml", one(*links)))
    assert again.as_json()["created"] == again.as_json()["changed"] == {}
    document, _ = await give(report.plans[0].id)
    assert len(document.goals[0].objectives[0].indicators[0].relationships) == 2


async def test_identifiers_that_differ_little(write: Write) -> None:
    keys = ("x", "_x", "__x", "X", "_")
    file = write("a.xml", plan("".join(goal(f"Goal {number}", key) for number, key in enumerate(keys))))
    assert codes(await take(file)) == []
    again = await take(file)
    assert (again.as_json()["created"], again.as_json()["changed"], codes(again)) == ({}, {}, [])


async def test_a_plan_imported_later_resolves_the_link(write: Write) -> None:
    first = write("a.xml", one(relationship("_far")))
    assert codes(await take(first)) == ["unresolved-link"]
    other = plan(
        goal("Far", "_far"), name="Other", identifier="_q", organization="<Name>State</Name><Identifier>_s</Identifier>"
    )
    await take(write("b.xml", other))
    report = await take(first)
    assert (report.created["alignment"], codes(report)) == (1, [])
    assert await edges() == {("CONTRIBUTES", "a", "Far")}


async def test_files_of_one_call_link_in_any_order(write: Write) -> None:
    organization = "<Name>State</Name><Identifier>_s</Identifier>"
    other = plan(goal("Far", "_far"), name="Other", identifier="_q", organization=organization)
    await take(write("a.xml", one(relationship("_far"))), write("b.xml", other))
    assert await edges() == {("CONTRIBUTES", "a", "Far")}


async def test_a_link_taken_out_of_the_source_ends(write: Write) -> None:
    await take(write("a.xml", one(relationship("_b"))))
    report = await take(write("a.xml", one()))
    assert report.as_json()["changed"] == {"alignment": 1, "metric": 1}
    assert await edges() == set()


async def test_a_link_ended_here_stays_ended(write: Write) -> None:
    file = write("a.xml", one(relationship("_b")))
    plan_id = (await take(file)).plans[0].id
    await Alignment.filter(is_primary=False).update(valid_to="2024-05-01")
    report = await take(file)
    assert report.as_json()["created"] == {}
    assert await edges() == set()
    document, _ = await give(plan_id)
    assert document.goals[0].objectives[0].indicators[0].relationships == ()


async def test_alignments_made_here_are_exported_and_come_back(write: Write) -> None:
    file = write("a.xml", one())
    plan_id = (await take(file)).plans[0].id
    a, b, top = await titled("a"), await titled("b"), await titled("B")
    for type_, child, parent in (
        (AlignmentType.SUPPORTS, a, b),
        (AlignmentType.DEPENDS_ON, b, top),
        (AlignmentType.CONTRIBUTES, a, top),
    ):
        await Alignment.create(type=type_, child=child, parent=parent, valid_from="2024-05-01", reason="Because.")
    document, losses = await give(plan_id)
    assert losses.losses == []
    first = document.goals[0].objectives[0].indicators[0].relationships
    assert [(each.type, each.referents, each.name, each.description) for each in first] == [
        ("Peer_To", ("_b",), "b", "Because."),
        ("Narrower_Than", ("_B",), "B", "Because."),
    ]
    second = document.goals[1].objectives[0].indicators[0].relationships
    assert [(each.type, each.referents, each.name) for each in second] == [("Peer_To", ("_B",), "[DEPENDS_ON] B")]


async def test_a_link_without_a_measure_gets_a_carrier(write: Write) -> None:
    source = plan(goal("A", "_A", objective("a", "_a")) + goal("B", "_B"))
    plan_id = (await take(write("a.xml", source))).plans[0].id
    a, b, top = await titled("a"), await titled("B"), await titled("A")
    await Alignment.create(type=AlignmentType.SUPPORTS, child=a, parent=b, valid_from="2024-05-01")
    await Alignment.create(type=AlignmentType.CONTRIBUTES, child=b, parent=top, valid_from="2024-05-01")
    document, _ = await give(plan_id)
    from lineofsight.exchange.stratml.exporting import export_plan

    data, _ = await export_plan(plan_id)
    await Alignment.filter(is_primary=False).update(valid_to="2024-06-01")
    report = await take(write("b.xml", data.decode()))
    assert report.as_json()["created"] == {"alignment": 2}
    assert await edges() == {("SUPPORTS", "a", "B"), ("CONTRIBUTES", "B", "A")}
    again, losses = await give(plan_id)
    assert again == document
    assert losses.losses == []


async def test_goals_left_out_are_not_named(write: Write) -> None:
    plan_id = (await take(write("a.xml", one()))).plans[0].id
    a, b = await titled("a"), await titled("b")
    await Alignment.create(type=AlignmentType.SUPPORTS, child=a, parent=b, valid_from="2024-05-01")
    await Goal.filter(id=b.id).update(visibility="CHAIN")
    document, losses = await give(plan_id)
    assert document.goals[1].objectives == ()
    assert document.goals[0].objectives[0].indicators[0].relationships == ()
    assert {loss.code for loss in losses.losses} == {"alignment", "restricted"}
    assert global_id("Goal", b.id) not in str(document)
