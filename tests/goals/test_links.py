"""Links between goals through the graph: circles, the main goal, roll-up, shares; and sound numbers after anything."""

import random
from typing import Any

import pytest

from lineofsight.goals import linking, progress
from lineofsight.kernel import clock
from lineofsight.kernel.database import execute, fetch
from lineofsight.kernel.ids import global_id, parse_id
from lineofsight.kernel.sql import Sql
from tests.cast import TODAY
from tests.support.graph import Graph

pytestmark = pytest.mark.requirement("A1")


async def sound() -> None:
    """Stored numbers and links follow from their parts; no circle; one main goal at most."""
    with clock.at(TODAY):
        assert await progress.verify() == []
        assert await linking.verify() == []
    edges = await fetch(Sql("select child_id, parent_id, type, is_primary from alignment where valid_to is null"))
    for kind in ("CONTRIBUTES", "DEPENDS_ON"):
        pairs = [(e["child_id"], e["parent_id"]) for e in edges if e["type"] == kind]
        assert len(pairs) == len(set(pairs)), "a link is there once"
        order = progress.order(pairs)
        place = {key: n for n, key in enumerate(order)}
        assert all(place[child] < place[parent] for child, parent in pairs), f"a circle of {kind}"
    mains: dict[int, int] = {}
    for edge in edges:
        if edge["type"] == "CONTRIBUTES":
            mains[edge["child_id"]] = mains.get(edge["child_id"], 0) + bool(edge["is_primary"])
        else:
            assert not edge["is_primary"]
    assert set(mains.values()) <= {1}, "a goal with links has one main goal"
    conflicts = [frozenset((e["child_id"], e["parent_id"])) for e in edges if e["type"] == "CONFLICTS_WITH"]
    assert len(conflicts) == len(set(conflicts)), "a conflict is stored once a pair"


async def _new(graph: Graph, title: str, who: str = "di", **more: Any) -> str:
    made = await graph.of(who).done("goalCreate", "goal { id }", title=title, **more)
    return str(made["goal"]["id"])


async def test_circles_are_refused_with_their_way(graph: Graph) -> None:
    di = graph.of("di")
    a, b, c = [await _new(graph, title) for title in ("Alpha", "Beta", "Gamma")]
    for kind in ("CONTRIBUTES", "DEPENDS_ON"):
        await di.done("goalAlign", childId=a, parentId=b, type=kind)
        await di.done("goalAlign", childId=b, parentId=c, type=kind)
        problem = await di.refused("goalAlign", childId=c, parentId=a, type=kind)
        assert (problem["__typename"], problem["path"]) == ("CycleRefused", ["parentId"])
        assert "“Gamma” → “Alpha” → “Beta” → “Gamma”" in problem["message"]
        assert (await di.refused("goalAlign", childId=a, parentId=a, type=kind))["path"] == ["parentId"]
    for kind in ("SUPPORTS", "CONFLICTS_WITH"):
        await di.done("goalAlign", childId=a, parentId=b, type=kind)
        await di.done("goalAlign", childId=b, parentId=a, type=kind)
    await sound()


async def test_a_conflict_is_read_from_both_ends(graph: Graph) -> None:
    di = graph.of("di")
    a, b = await _new(graph, "Alpha"), await _new(graph, "Beta")
    first = await di.done("goalAlign", "alignment { id }", childId=a, parentId=b, type="CONFLICTS_WITH", reason="Beds")
    again = await di.done("goalAlign", "alignment { id }", childId=b, parentId=a, type="CONFLICTS_WITH")
    assert again == first, "the same pair, the same link"
    ends = "edges { node { id } alignment { id reason } } totalCount"
    query = (
        f"query($id: ID!) {{ goal(id: $id) {{ children(types: [CONFLICTS_WITH]) {{ {ends} }} "
        f"parents(types: [CONFLICTS_WITH]) {{ {ends} }} }} }}"
    )
    for one, other in ((a, b), (b, a)):
        told = (await di(query, id=one))["goal"]
        for side in ("children", "parents"):
            assert told[side]["totalCount"] == 1
            assert told[side]["edges"][0]["node"]["id"] == other
            assert told[side]["edges"][0]["alignment"] == {"id": first["alignment"]["id"], "reason": "Beds"}


async def test_one_main_goal_whatever_is_done(graph: Graph) -> None:
    """The first link is main; another may take its place; when it goes, the next one is."""
    di = graph.of("di")
    own = await _new(graph, "Own")
    up = [graph.goal("clinic-goal"), graph.goal("outreach-goal"), graph.goal("below-two")]
    assert up[1]  # hidden from di: an id is not enough
    assert (await di.refused("goalAlign", childId=own, parentId=up[1]))["code"] == "NOT_FOUND"
    select = "alignment { id primary } child { primaryParent { ... on Goal { id } } }"
    first = await di.done("goalAlign", select, childId=own, parentId=up[0], primary=False)
    assert first["alignment"]["primary"] is True, "exactly one gives the line of sight"
    second = await di.done("goalAlign", select, childId=own, parentId=up[2])
    assert (second["alignment"]["primary"], second["child"]["primaryParent"]["id"]) == (False, up[0])
    moved = await di.done("goalAlign", select, childId=own, parentId=up[2], primary=True)
    assert moved["child"]["primaryParent"]["id"] == up[2]
    problem = await di.refused("goalAlign", childId=own, parentId=up[0], type="SUPPORTS", primary=True)
    assert problem["path"] == ["primary"]
    left = await di.done(
        "goalUnalign", "child { primaryParent { ... on Goal { id } } }", alignmentId=moved["alignment"]["id"]
    )
    assert left["child"]["primaryParent"]["id"] == up[0]
    alone = await di.done(
        "goalUnalign", "child { primaryParent { __typename } unalignedReason }",
        alignmentId=first["alignment"]["id"], reason="By itself",
    )  # fmt: skip
    assert alone["child"] == {"primaryParent": None, "unalignedReason": "By itself"}
    assert (await di.refused("goalUnalign", alignmentId=first["alignment"]["id"]))["code"] == "NOT_FOUND"
    await sound()


@pytest.mark.requirement("A2")
@pytest.mark.requirement("A3")
async def test_roll_up_with_coverage_and_shares(graph: Graph) -> None:
    """Σ w·p ÷ Σ w over those with data; drafts, dropped and retired goals do not count."""
    cy, di = graph.of("cy"), graph.of("di")
    top = await _new(graph, "Top", "cy", ownerId=graph.unit("clinics"))
    kids = []
    for n, weight in enumerate((None, 3.0, 1.0, 1.0)):
        kid = await _new(graph, f"Kid {n}", parentId=None)
        await execute(Sql("update goal set status = 'ACTIVE' where id = ?", _key(kid)))
        aligned = await di.refused("goalAlign", childId=kid, parentId=top) if n == 0 else None
        assert aligned is None or aligned["code"] == "NOT_FOUND", "a draft of another's unit is hidden"
        kids.append((kid, weight))
    await execute(Sql("update goal set status = 'ACTIVE' where id = ?", _key(top)))
    for kid, weight in kids:
        await di.done("goalAlign", childId=kid, parentId=top, weight=weight)
    for (kid, _), reported in zip(kids, (0.2, 1.0, 0.5, None), strict=True):
        if reported is not None:
            await di.done("goalRecordCheckIn", goalId=kid, progress=reported)
    fields = "progress progressSource progressCoverage { counted total }"

    async def told() -> dict[str, Any]:
        return (await cy(f"query($id: ID!) {{ goal(id: $id) {{ {fields} }} }}", id=top))["goal"]  # type: ignore[no-any-return]

    assert await told() == {
        "progress": pytest.approx((0.2 + 3 + 0.5) / 5),
        "progressSource": "CHILDREN",
        "progressCoverage": {"counted": 3, "total": 4},
    }
    shares = await di(
        "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Goal { shareCarried primaryAlignment { shareCarried } } } }",
        ids=[kid for kid, _ in kids],
    )
    assert [n["shareCarried"] for n in shares["nodes"]] == pytest.approx([1 / 6, 3 / 6, 1 / 6, 1 / 6])
    await cy.done("goalClose", goalId=kids[1][0], outcome="DROPPED")
    assert (await told())["progress"] == pytest.approx((0.2 + 0.5) / 2)
    await cy.done("goalClose", goalId=kids[0][0], outcome="MISSED")
    assert (await told())["progressCoverage"] == {"counted": 2, "total": 3}, "closed and not dropped still counts"
    await di.done("goalRetire", goalId=kids[2][0], reason="Gone")
    assert (await told())["progress"] == pytest.approx(0.2)
    await sound()


def _key(text: str) -> int:
    found = parse_id(text)
    assert found is not None
    return found[1]


@pytest.mark.requirement("A3")
@pytest.mark.parametrize("start", range(3))
async def test_no_sequence_of_actions_breaks_what_is_stored(graph: Graph, start: int) -> None:
    """Random actions of several people on one another's goals; after each few all that is stored is worked out anew."""
    rng = random.Random(start)
    who = ["di", "cy", "bo", "sol", "gus", "fay", "eli", "pat"]
    fit = {"clinic": "cy", "outreach": "fay", "objective": "sol", "quiet-bo": "bo", "quiet-cy": "cy",
           "below-one": "eli", "gus": "gus", "clinics": "cy"}  # fmt: skip
    keys = ["clinic-goal", "outreach-goal", "objective", "quiet-bo", "quiet-cy", "below-one", "below-two",
            "di-agency-active", "di-unit-active", "di-agency-approved", "di-agency-proposed", "di-agency-draft",
            "gus-agency-active", "clinics-agency-active", "clinics-chain-active", "di-agency-closed"]  # fmt: skip
    goals = [graph.goal(key) for key in keys]
    owner = {graph.goal(key): next((fit[start] for start in fit if key.startswith(start)), "di") for key in keys}
    above = {"di": "cy", "eli": "cy", "gus": "fay", "fay": "bo", "cy": "bo", "bo": "ada", "sol": "ada", "pat": "wes"}
    done: dict[str, int] = {}
    for step in range(120):
        name, goal, other = rng.choice(who), rng.choice(goals), rng.choice(goals)
        mutation, given, select = _action(rng, graph, goal, other)
        if rng.random() < 0.85:  # mostly someone who may
            name = owner[goal]
            if mutation in ("goalApprove", "goalReturn", "goalClose"):
                name = above.get(name, name)
        payload = await graph.of(name).do(mutation, select, **given)
        if not payload["problems"]:
            done[mutation] = done.get(mutation, 0) + 1
            if mutation == "goalCreate":
                goals.append(payload["goal"]["id"])
                owner[payload["goal"]["id"]] = name
        if step % 15 == 14:
            await sound()
    assert sum(done.values()) >= 20, done
    await sound()


def _action(rng: random.Random, graph: Graph, goal: str, other: str) -> tuple[str, dict[str, Any], str]:
    """A mutation with its input."""
    metric = graph.metric(rng.choice(["di-agency-active", "quiet-bo", "below-two", "mia-agency-active"]))
    milestone = graph.milestone(rng.choice(["di-agency-active", "below-one", "quiet-cy"]))
    links = list(graph.cast.links.values())
    kinds = ["CONTRIBUTES", "CONTRIBUTES", "SUPPORTS", "DEPENDS_ON", "CONFLICTS_WITH"]
    align = {"childId": goal, "parentId": other, "type": rng.choice(kinds), "weight": rng.choice([None, 0, 0.5, 3])}
    if rng.random() < 0.3 and align["type"] == "CONTRIBUTES":
        align["primary"] = True
    options: list[tuple[str, dict[str, Any], str]] = [
        *[("goalAlign", align, "alignment { id }")] * 5,
        *[("goalUnalign", {"alignmentId": global_id("Alignment", rng.choice(links))}, "child { id }")] * 2,
        ("goalCreate", {"title": "More", "parentId": goal}, "goal { id }"),
        ("goalPropose", {"goalId": goal}, "goal { id }"),
        ("goalApprove", {"goalId": goal}, "goal { id }"),
        ("goalReturn", {"goalId": goal, "reason": "r"}, "goal { id }"),
        ("goalActivate", {"goalId": goal, "unalignedReason": "r"}, "goal { id }"),
        ("goalClose", {"goalId": goal, "outcome": rng.choice(["ACHIEVED", "DROPPED", "MISSED"])}, "goal { id }"),
        ("goalRetire", {"goalId": goal, "reason": "r"}, "goal { id }"),
        ("goalDelete", {"goalId": goal}, "deletedId"),
        *[("goalRecordCheckIn", {"goalId": goal, "value": rng.randint(0, 900_000)}, "checkIn { id }")] * 3,
        ("goalRecordCheckIn", {"goalId": goal, "progress": rng.random()}, "checkIn { id }"),
        ("metricRecordValue", {"metricId": metric, "period": "2026-03", "value": rng.random() * 9e5}, "goal { id }"),
        ("metricAdd", {"goalId": goal, "metric": {"name": "M", "target": 5, "weight": 2}}, "goal { id }"),
        ("milestoneAdd", {"goalId": goal, "title": "S", "dueDate": "2026-09-01"}, "goal { id }"),
        ("milestoneComplete", {"milestoneId": milestone, "done": rng.random() < 0.6}, "goal { id }"),
    ]
    return rng.choice(options)


LEVELS = """
query($ids: [ID!]!, $types: [AlignmentType!]) { nodes(ids: $ids) { ... on Goal {
  title health owner { id name } unit { name } cycle { name } plan { mission } pillar { name } author { name }
  primaryParent { ... on Goal { title owner { name } } } primaryAlignment { reason shareCarried }
  lineOfSight { ... on Goal { title owner { name } } ... on HiddenGoal { level } } shareCarried externalIds { key }
  children(first: 5, types: $types) {
    totalCount hiddenCount edges { alignment { reason } node { title owner { name } } }
  }
  parents(first: 5) { totalCount hiddenCount nodes { title } }
  metrics(first: 5) {
    totalCount nodes { name definition { name } values(first: 5) { totalCount nodes { target value attainment } } }
  }
  milestones(first: 5) { nodes { title goal { title } } }
  checkIns(first: 5) { nodes { note author { name manager { name } } metric { name } } }
  contributors(first: 5) { nodes { person { name } unit { name } } } viewerCan { edit }
} } }
"""


@pytest.mark.requirement("P1")
async def test_statements_do_not_grow_with_rows(graph: Graph) -> None:
    """Each level of a query takes a fixed number of statements, for one goal or for forty."""
    await graph.of("cy")("{ agency { id } }")
    keys = [key for key in graph.cast.goals if "active" in key or key in ("clinic-goal", "objective", "below-two")]
    few = await graph.of("cy").ask(LEVELS, ids=[graph.goal(key) for key in ("di-agency-active", "below-two")])
    many = await graph.of("cy").ask(LEVELS, ids=[graph.goal(key) for key in keys])
    assert few.codes == many.codes == []
    seen = [node for node in many.data["nodes"] if node]
    assert len(seen) > 15
    assert len(many.statements) <= len(few.statements) + 2, "owners may be units too, contributors only some have"
    assert len(many.statements) < 45


@pytest.mark.requirement("P1")
async def test_statements_of_trees_and_lists(graph: Graph) -> None:
    await graph.of("cy")("{ agency { id } }")
    asked = {
        "lists": "query($n: Int) { goals(first: $n) { totalCount nodes { title health owner { name } "
        "lineOfSight { ... on Goal { id } } } } }",
        "trees": "query($n: Int) { agency { children(first: $n) { nodes { name lead { name } people(first: $n) { nodes "
        "{ name manager { name } managers { id } goals(first: $n) { nodes { title } } } } "
        "goals(first: $n) { totalCount } } } } }",
        "people": "query($n: Int) { people(first: $n) { nodes { name unit { name ancestors { name } } "
        "reports(first: $n) { totalCount nodes { name } } } } }",
    }
    for name, query in asked.items():
        one = await graph.of("cy").ask(query, n=2)
        all_ = await graph.of("cy").ask(query, n=100)
        assert one.codes == all_.codes == []
        assert len(all_.statements) <= len(one.statements) + 1, name
