"""Units are made, moved and ended by administrators of both ends."""

import pytest

from lineofsight.kernel import clock
from lineofsight.kernel.ids import global_id
from lineofsight.people import lines
from lineofsight.people.models import Unit
from tests.cast import TODAY
from tests.support.graph import Graph

pytestmark = pytest.mark.requirement("C4.5")

UNIT = "unit { id code name kind version parent { id } leadPosition { id } endedOn viewerCan { edit addPerson } }"


async def version(graph: Graph, key: str) -> int:
    return (await Unit.get(id=graph.cast.units[key])).version


async def test_an_administrator_makes_a_unit_once_for_a_client_key(graph: Graph) -> None:
    given = {"code": "LAB", "name": " Public  Health Lab ", "parentId": graph.unit("health"), "clientKey": "k"}
    made = await graph.of("ines").done("unitCreate", UNIT, **given)
    assert (made["unit"]["name"], made["unit"]["parent"]["id"]) == ("Public Health Lab", graph.unit("health"))
    assert made["unit"]["viewerCan"] == {"edit": True, "addPerson": False}
    again = await graph.of("ines").done("unitCreate", UNIT, **given)
    assert again["unit"]["id"] == made["unit"]["id"]
    data = await graph.of("di")('{ unit(code: "LAB") { ancestors { id } } }')
    assert [unit["id"] for unit in data["unit"]["ancestors"]] == [graph.unit("health"), graph.unit("agency")]
    problem = await graph.of("ines").refused("unitCreate", code="LAB", name="Another")
    assert (problem["code"], problem["path"]) == ("CONFLICT", ["code"])
    assert "Health" not in problem["message"]
    with clock.at(TODAY):
        assert await lines.verify() == []


@pytest.mark.parametrize("who", ["hana", "sol", "ada", "di", "cy-all", "ines-reader", "partner"])
async def test_nobody_else_does(graph: Graph, who: str) -> None:
    problem = await graph.of(who).refused("unitCreate", code="LAB", name="Lab", parentId=graph.unit("health"))
    assert problem["code"] == "NOT_ALLOWED"
    problem = await graph.of(who).refused("unitEdit", unitId=graph.unit("clinics"), version=99, changes={"name": "X"})
    assert problem["code"] == "NOT_ALLOWED"


async def test_a_hidden_unit_is_an_absent_one(graph: Graph) -> None:
    absent = global_id("OrgUnit", 987_654)
    for key in (graph.unit("roads"), absent):
        problem = await graph.of("health-partner").refused("unitEdit", unitId=key, version=9, changes={"code": ""})
        assert (problem["code"], problem["message"]) == ("NOT_FOUND", "There is no such unit.")


async def test_moving_a_unit_moves_all_below_it(graph: Graph) -> None:
    moved = await graph.of("ines").done(
        "unitEdit", UNIT, unitId=graph.unit("clinics"), version=await version(graph, "clinics"),
        changes={"parentId": graph.unit("works")},
    )  # fmt: skip
    assert moved["unit"]["parent"]["id"] == graph.unit("works")
    with clock.at(TODAY):
        assert await lines.verify() == []
    seen = await graph.of("wes")("query($u: ID!) { unit(id: $u) { people(deep: true, first: 50) { nodes { id } } } }",
                                 u=graph.unit("works"))  # fmt: skip
    assert graph.person("di") in {node["id"] for node in seen["unit"]["people"]["nodes"]}


async def test_circles_are_refused_and_named(graph: Graph) -> None:
    problem = await graph.of("ines").refused(
        "unitEdit", unitId=graph.unit("health"), version=await version(graph, "health"),
        changes={"parentId": graph.unit("clinics")},
    )  # fmt: skip
    assert problem["code"] == "CYCLE_REFUSED"
    assert problem["message"].endswith(
        "Health and Human Services → Community Clinics → Health and Human Services."
    )
    problem = await graph.of("ines").refused(
        "unitEdit", unitId=graph.unit("agency"), version=await version(graph, "agency"),
        changes={"parentId": graph.unit("clinics")},
    )  # fmt: skip
    assert problem["code"] == "INVALID_FIELD"


async def test_a_stale_edit_is_refused(graph: Graph) -> None:
    before = await version(graph, "roads")
    await graph.of("ines").done("unitEdit", unitId=graph.unit("roads"), version=before, changes={"name": "Roads"})
    problem = await graph.of("ines").refused(
        "unitEdit", unitId=graph.unit("roads"), version=before, changes={"name": "Streets"}
    )
    assert problem["code"] == "STALE_VERSION"


async def test_only_an_empty_unit_ends(graph: Graph) -> None:
    problem = await graph.of("ines").refused(
        "unitEdit", unitId=graph.unit("clinics"), version=await version(graph, "clinics"), changes={"ended": True}
    )
    assert problem["code"] == "WRONG_STATE"
    assert "3 positions" in problem["message"] or "4 positions" in problem["message"]
    made = await graph.of("ines").done("unitCreate", UNIT, code="TMP", name="Task force")
    ended = await graph.of("ines").done(
        "unitEdit", UNIT, unitId=made["unit"]["id"], version=made["unit"]["version"], changes={"ended": True}
    )
    assert ended["unit"]["endedOn"] == str(TODAY)
    problem = await graph.of("ines").refused(
        "unitCreate", code="SUB", name="Below", parentId=made["unit"]["id"]
    )
    assert problem["code"] == "WRONG_STATE"


async def test_nobody_makes_themself_a_lead(graph: Graph) -> None:
    own = (await graph.of("ines")("{ viewer { person { position { id } } } }"))["viewer"]["person"]["position"]["id"]
    problem = await graph.of("ines").refused(
        "unitEdit", unitId=graph.unit("roads"), version=await version(graph, "roads"), changes={"leadPositionId": own}
    )
    assert problem["code"] == "NOT_ALLOWED"
