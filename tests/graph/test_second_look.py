"""Ways round the rules that look harmless one step at a time."""

import pytest

from lineofsight.goals.actions import checkin, lifecycle
from lineofsight.goals.models import Contributor, Goal
from lineofsight.goals.viewer import complete
from lineofsight.kernel import clock
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.problems import NotAllowed, NotFound
from lineofsight.people import lines
from lineofsight.people.models import GrantState, Holding, Office, OfficeHolding, Person, Position, Unit
from lineofsight.people.viewer import of_person
from tests.cast import TODAY, Cast
from tests.support.graph import Graph

GOAL = "goal { id version status owner { id } }"


async def proposed(graph: Graph, who: str, **given: object) -> dict[str, object]:
    """A goal of ``who``, handed in."""
    made = await graph.of(who).done("goalCreate", GOAL, title="Shorter queues", **given)
    handed = await graph.of(who).done("goalPropose", GOAL, goalId=made["goal"]["id"])
    return handed["goal"]  # type: ignore[no-any-return]


@pytest.mark.requirement("C4.5")
async def test_nobody_approves_their_own_goal_by_lending_it_to_someone_below(graph: Graph) -> None:
    goal = await proposed(graph, "cy")
    cy, changes = graph.of("cy"), {"ownerId": graph.person("di")}
    lent = (await cy.done("goalEdit", GOAL, goalId=goal["id"], version=goal["version"], changes=changes))["goal"]
    await cy.done("goalApprove", GOAL, goalId=goal["id"])
    back = {"goalId": goal["id"], "version": lent["version"] + 1}
    for owner in (graph.person("cy"), graph.unit("clinics")):
        problem = await cy.refused("goalEdit", **back, changes={"ownerId": owner})
        assert (problem["code"], problem["path"]) == ("NOT_ALLOWED", ["changes", "ownerId"])


async def test_a_draft_may_change_hands_and_an_owner_may_be_named_again(graph: Graph) -> None:
    cy = graph.of("cy")
    draft = (await cy.done("goalCreate", GOAL, title="A draft", ownerId=graph.person("di")))["goal"]
    mine = {"ownerId": graph.person("cy")}
    taken = (await cy.done("goalEdit", GOAL, goalId=draft["id"], version=draft["version"], changes=mine))["goal"]
    handed = (await cy.done("goalPropose", GOAL, goalId=taken["id"]))["goal"]
    await cy.done("goalEdit", GOAL, goalId=taken["id"], version=handed["version"], changes=mine)


async def test_who_leads_a_unit_does_not_approve_its_goals_from_a_second_seat_above(graph: Graph) -> None:
    goal = await proposed(graph, "cy", ownerId=graph.unit("clinics"))
    with clock.at(TODAY):  # Bo sits with Cy in the seat that leads the clinics, and above it
        await Holding.create(
            person_id=graph.cast.people["bo"],
            position_id=graph.cast.positions["clinics-manager"],
            is_primary=False,
            valid_from=TODAY,
        )
        await lines.refresh()
    problem = await graph.of("bo").refused("goalApprove", goalId=goal["id"])
    assert problem["code"] == "NOT_ALLOWED"


async def test_a_strategic_goal_stays_with_units_where_the_strategy_office_put_it(graph: Graph) -> None:
    key = graph.cast.goals["objective"]
    version = (await Goal.get(id=key)).version
    for who in ("bo", "sol"):  # its lead, and the strategy office
        mine = {"ownerId": graph.person("gus" if who == "bo" else "sol")}
        payload = await graph.of(who).do("goalEdit", goalId=graph.goal("objective"), version=version, changes=mine)
        assert payload["problems"], "a person owns a strategic objective"
    moved = {"ownerId": graph.unit("clinics")}
    problem = await graph.of("bo").refused("goalEdit", goalId=graph.goal("objective"), version=version, changes=moved)
    assert problem["code"] == "NOT_ALLOWED"


@pytest.mark.requirement("C4.5")
async def test_who_measures_along_does_not_supply_the_numbers_of_another_goal(graph: Graph) -> None:
    gus = graph.of("gus")
    shared = global_id("MetricDefinition", graph.cast.definitions["di-agency-active"])
    own = (await gus.done("goalCreate", GOAL, title="The same, for me"))["goal"]
    made = await gus.done(
        "metricAdd", "metric { id current }", goalId=own["id"],
        metric={"name": "Along", "target": 9.0, "definitionId": shared},
    )  # fmt: skip
    metric = made["metric"]["id"]
    before = await graph.of("di")("query($g: ID!) { goal(id: $g) { progress } }", g=graph.goal("di-agency-active"))
    problem = await gus.refused("metricRecordValue", metricId=metric, period="2026-03", value=1.0)
    assert (problem["code"], problem["path"]) == ("NOT_ALLOWED", ["metricId"])
    problem = await gus.refused("goalRecordCheckIn", goalId=own["id"], metricId=metric, value=1.0)
    assert problem["code"] == "NOT_ALLOWED"
    after = await graph.of("di")("query($g: ID!) { goal(id: $g) { progress } }", g=graph.goal("di-agency-active"))
    assert after == before
    await graph.of("di").done(
        "metricRecordValue", metricId=graph.metric("di-agency-active"), period="2026-03", value=2.0
    )
    seen = await gus("query($m: ID!) { node(id: $m) { ... on Metric { current } } }", m=metric)
    assert seen["node"]["current"] == 2.0


@pytest.mark.requirement("C4.5")
@pytest.mark.parametrize("office", [Office.EXECUTIVE, Office.HR, Office.STRATEGY])
async def test_an_administrator_moves_no_unit_into_their_own_sight(graph: Graph, office: Office) -> None:
    async def move(unit: str, parent: str) -> list[dict[str, str]]:
        version = (await Unit.get(id=graph.cast.units[unit])).version
        payload = await graph.of("ines").do(
            "unitEdit", unitId=graph.unit(unit), version=version, changes={"parentId": graph.unit(parent)}
        )
        return payload["problems"]  # type: ignore[no-any-return]

    with clock.at(TODAY):
        await OfficeHolding.create(
            person_id=graph.cast.people["ines"],
            office=office,
            unit_id=graph.cast.units["works"],
            state=GrantState.HELD,
            valid_from=TODAY,
        )
        await lines.rights_changed()
    assert [problem["code"] for problem in await move("clinics", "works")] == ["NOT_ALLOWED"]
    assert await move("roads", "agency") == []  # out of sight: no gain
    with clock.at(TODAY):
        held = await Holding.get(person_id=graph.cast.people["ines"])
        held.position_id = graph.cast.positions["roads-manager"]
        await held.save()
        await lines.refresh()
    assert [problem["code"] for problem in await move("roads", "health")] == ["NOT_ALLOWED"]


@pytest.mark.requirement("C4.5")
async def test_an_administrator_names_no_lead_below_themself(graph: Graph) -> None:
    with clock.at(TODAY):  # Eli works for Ines now
        await Position.filter(id=graph.cast.positions["nurse-eli"]).update(
            superior_id=graph.cast.positions["administration"]
        )
        await lines.refresh()

    async def name(lead: str | None) -> list[dict[str, str]]:
        version = (await Unit.get(id=graph.cast.units["roads"])).version
        position = None if lead is None else global_id("Position", graph.cast.positions[lead])
        payload = await graph.of("ines").do(
            "unitEdit", unitId=graph.unit("roads"), version=version, changes={"leadPositionId": position}
        )
        return payload["problems"]  # type: ignore[no-any-return]

    assert [problem["code"] for problem in await name("nurse-eli")] == ["NOT_ALLOWED"]
    assert await name(None) == []
    assert [problem["code"] for problem in await name("nurse-eli")] == ["NOT_ALLOWED"]
    assert await name("engineer-pat") == []


@pytest.mark.requirement("C4.5")
async def test_hr_moves_nobody_into_a_unit_they_lead(graph: Graph) -> None:
    with clock.at(TODAY):
        await Unit.filter(id=graph.cast.units["outreach"]).update(lead_position_id=graph.cast.positions["hr"])
        await lines.refresh()
    hana, seat = graph.of("hana"), graph.cast.positions["nurse-di"]
    problem = await hana.refused(
        "positionEdit", positionId=global_id("Position", seat), version=(await Position.get(id=seat)).version,
        changes={"unitId": graph.unit("outreach")},
    )  # fmt: skip
    assert (problem["code"], problem["path"]) == ("NOT_ALLOWED", ["changes", "unitId"])
    await Position.filter(id=graph.cast.positions["health-deputy"]).update(unit_id=graph.cast.units["outreach"])
    vacant = global_id("Position", graph.cast.positions["health-deputy"])
    problem = await hana.refused("positionHold", positionId=vacant, personId=graph.person("di"))
    assert problem["code"] == "NOT_ALLOWED"


async def test_a_right_lost_while_a_write_waited_is_gone(cast: Cast) -> None:
    with clock.at(TODAY):
        cy = await of_person(cast.people["cy"])
        assert cy is not None
        cy = await complete(cy)
        await Position.filter(id=cast.positions["nurse-di"]).update(superior_id=cast.positions["outreach-manager"])
        await lines.refresh()
        with pytest.raises((NotAllowed, NotFound)):
            await lifecycle.approve_goal(cy, cast.goals["di-agency-proposed"])
        with pytest.raises(NotAllowed):
            await lifecycle.create_goal(cy, lifecycle.NewGoal(title="Late", owner=("Person", cast.people["di"])))
        pat = await of_person(cast.people["pat"])
        assert pat is not None
        pat = await complete(pat)
        await Contributor.filter(goal_id=cast.goals["di-private-active"]).delete()
        with pytest.raises(NotFound):
            await checkin.record_check_in(pat, checkin.NewCheckIn(cast.goals["di-private-active"], confidence=3))


@pytest.mark.requirement("C4.5")
async def test_hr_empties_no_seat_to_step_in_as_the_manager(graph: Graph) -> None:
    with clock.at(TODAY):  # Cy's clinics answer to Hana now
        seat = await Position.get(id=graph.cast.positions["clinics-manager"])
        seat.superior_id = graph.cast.positions["hr"]
        await seat.save()
        await lines.refresh()
    hana, seat_id = graph.of("hana"), global_id("Position", seat.id)
    problem = await hana.refused("positionLeave", positionId=seat_id, personId=graph.person("cy"))
    assert (problem["code"], problem["path"]) == ("NOT_ALLOWED", ["positionId"])
    version = (await Person.get(id=graph.cast.people["cy"])).version
    for changes in ({"positionId": None}, {"endedOn": TODAY.isoformat()}):
        problem = await hana.refused("personEdit", personId=graph.person("cy"), version=version, changes=changes)
        assert problem["code"] == "NOT_ALLOWED"
    await hana.done("positionHold", positionId=seat_id, personId=graph.person("eli"), primary=False)
    await hana.done("positionLeave", positionId=seat_id, personId=graph.person("cy"))  # Eli takes over
