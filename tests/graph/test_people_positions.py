"""Positions and the reporting line are HR's, within its unit, at both ends of a move."""

import pytest

from lineofsight.kernel import clock
from lineofsight.kernel.ids import global_id
from lineofsight.people import lines
from lineofsight.people.models import Holding, Position, ReportingLine
from tests.cast import TODAY
from tests.support.graph import Graph

pytestmark = pytest.mark.requirement("C4.5")

POSITION = """position { id title headcount grade version endedOn unit { id } superior { id }
  dottedSuperiors { nodes { id } totalCount } holders { nodes { id } } }"""


def position(graph: Graph, key: str) -> str:
    return global_id("Position", graph.cast.positions[key])


async def version(graph: Graph, key: str) -> int:
    return (await Position.get(id=graph.cast.positions[key])).version


async def edited(graph: Graph, who: str, key: str, **changes: object) -> dict[str, object]:
    payload = await graph.of(who).do(
        "positionEdit", POSITION, positionId=position(graph, key), version=await version(graph, key), changes=changes
    )
    return payload["problems"][0] if payload["problems"] else payload["position"]


async def test_hr_makes_a_position_and_fills_it(graph: Graph) -> None:
    made = await graph.of("hana").done(
        "positionCreate", POSITION, title="Nurse", unitId=graph.unit("clinics"), headcount=0.5, grade="7",
        superiorId=position(graph, "clinics-manager"), dottedSuperiorIds=[position(graph, "outreach-manager")],
    )  # fmt: skip
    row = made["position"]
    assert (row["title"], row["headcount"], row["grade"]) == ("Nurse", 0.5, "7")
    assert row["dottedSuperiors"]["nodes"] == [{"id": position(graph, "outreach-manager")}]
    held = await graph.of("hana").done(
        "positionHold", POSITION + " person { manager { id } position { id } }",
        positionId=row["id"], personId=graph.person("gus"),
    )  # fmt: skip
    assert held["person"] == {"manager": {"id": graph.person("cy")}, "position": {"id": row["id"]}}
    history = await Holding.filter(person_id=graph.cast.people["gus"]).order_by("id")
    assert history[0].valid_to == history[1].valid_from == TODAY
    left = await graph.of("hana").done(
        "positionLeave", POSITION + " person { position { id } unit { id } }", positionId=row["id"],
        personId=graph.person("gus"),
    )  # fmt: skip
    assert left["person"] == {"position": None, "unit": {"id": graph.unit("clinics")}}
    with clock.at(TODAY):
        assert await lines.verify() == []


async def test_a_move_keeps_the_line_as_history(graph: Graph) -> None:
    row = await edited(graph, "hana", "nurse-di", superiorId=position(graph, "outreach-manager"))
    assert row["superior"] == {"id": position(graph, "outreach-manager")}
    history = await ReportingLine.filter(position_id=graph.cast.positions["nurse-di"]).order_by("id")
    assert [(line.valid_from, line.valid_to) for line in history][1:] == [(TODAY, None)]
    assert history[0].valid_to == TODAY
    di = await graph.of("di")("{ viewer { person { managers { id } } } }")
    assert [m["id"] for m in di["viewer"]["person"]["managers"]] == [graph.person(k) for k in ("fay", "bo", "ada")]
    with clock.at(TODAY):
        assert await lines.verify() == []


async def test_circles_are_refused_and_named(graph: Graph) -> None:
    problem = await edited(graph, "hana", "clinics-manager", superiorId=position(graph, "nurse-di"))
    assert problem["code"] == "CYCLE_REFUSED"
    assert problem["message"].count(" → ") == 2


@pytest.mark.parametrize("who", ["ines", "sol", "cy", "di", "cy-all", "partner", "gus"])
async def test_nobody_else_edits_positions(graph: Graph, who: str) -> None:
    assert (await edited(graph, who, "nurse-di", title="Chief"))["code"] == "NOT_ALLOWED"


async def test_a_move_needs_the_right_at_both_ends(graph: Graph) -> None:
    for key, changes in {
        "nurse-di": {"superiorId": position(graph, "top")},
        "health-director": {"superiorId": None},
        "engineer-mia": {"superiorId": position(graph, "clinics-manager")},
        "nurse-eli": {"unitId": graph.unit("roads")},
        "nurse-lea": {"dottedSuperiorIds": [position(graph, "roads-manager")]},
    }.items():
        assert (await edited(graph, "hana", key, **changes))["code"] == "NOT_ALLOWED", key


async def test_no_office_helps_itself(graph: Graph) -> None:
    assert (await edited(graph, "hana", "hr", grade="99"))["code"] == "NOT_ALLOWED"
    problem = await edited(graph, "hana", "clinics-manager", superiorId=position(graph, "hr"))
    assert problem["code"] == "NOT_ALLOWED"
    below = await graph.of("hana").done(
        "positionCreate", POSITION, title="HR assistant", unitId=graph.unit("health"), superiorId=position(graph, "hr")
    )
    problem = await edited(graph, "hana", "clinics-manager", superiorId=below["position"]["id"])
    assert problem["code"] == "NOT_ALLOWED"
    problem = await graph.of("hana").refused(
        "positionHold", positionId=below["position"]["id"], personId=graph.person("di")
    )
    assert problem["code"] == "NOT_ALLOWED"
    problem = await graph.of("hana").refused(
        "positionHold", positionId=position(graph, "health-deputy"), personId=graph.person("hana")
    )
    assert problem["code"] == "NOT_ALLOWED"


async def test_only_a_vacant_position_ends(graph: Graph) -> None:
    assert (await edited(graph, "hana", "nurse-di", ended=True))["code"] == "WRONG_STATE"
    assert (await edited(graph, "hana", "health-deputy", ended=True))["code"] == "WRONG_STATE"
    ended = await edited(graph, "hana", "nurse-lea", ended=True)
    assert ended["endedOn"] == str(TODAY)
    problem = await graph.of("hana").refused(
        "positionHold", positionId=position(graph, "nurse-lea"), personId=graph.person("eli")
    )
    assert problem["code"] == "WRONG_STATE"
    with clock.at(TODAY):
        assert await lines.verify() == []


async def test_a_second_position_is_held_beside_the_first(graph: Graph) -> None:
    held = await graph.of("hana").done(
        "positionHold", POSITION + " person { position { id } }", positionId=position(graph, "health-deputy"),
        personId=graph.person("cy"), primary=False,
    )  # fmt: skip
    assert held["person"]["position"]["id"] == position(graph, "clinics-manager")
    gus = await graph.of("gus")("{ viewer { person { managers { id } } } }")
    assert [m["id"] for m in gus["viewer"]["person"]["managers"]] == [
        graph.person(key) for key in ("fay", "cy", "bo", "ada")
    ]
