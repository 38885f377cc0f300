"""A goal's life as people live it, asked through the API: from four fields to a check-in that moves the plan."""

import pytest

from tests.support.graph import Graph

LINE = """query($id: ID!) { goal(id: $id) {
  status kind progress progressSource shareCarried
  progressCoverage { counted total }
  plan { mission }
  lineOfSight { __typename ... on Goal { id title owner { name } primaryAlignment { reason shareCarried } } }
} }"""
NEW = "goal { id status kind level primaryParent { ... on Goal { id } } }"
MEASURE = {"name": "Visits", "direction": "INCREASE", "baseline": 0, "target": 200, "unitOfMeasure": "visits"}


async def a_new_goal(graph: Graph, **more: object) -> str:
    """A goal of Di's with four fields, brought to ACTIVE by her and her manager; its id."""
    given = {
        "title": "Visit 200 homebound patients",
        "parentId": graph.goal("clinic-goal"),
        "metric": MEASURE,
        "dueDate": "2026-12-31",
    } | more
    goal = (await graph.of("di").done("goalCreate", NEW, **given))["goal"]
    await graph.of("di").done("goalPropose", goalId=goal["id"])
    await graph.of("cy").done("goalApprove", goalId=goal["id"])
    await graph.of("di").done("goalActivate", goalId=goal["id"])
    return str(goal["id"])


@pytest.mark.requirement("A1", "A2")
async def test_a_goal_of_four_fields_sees_the_mission(graph: Graph) -> None:
    goal_id = await a_new_goal(graph)
    goal = (await graph.of("di")(LINE, id=goal_id))["goal"]
    path = [step["id"] for step in goal["lineOfSight"]]
    assert path == [goal_id, *map(graph.goal, ("clinic-goal", "objective", "mission-goal"))]
    assert all(step["owner"]["name"] for step in goal["lineOfSight"])
    assert goal["plan"]["mission"] == "A healthy, connected county."
    assert 0 < goal["shareCarried"] < 1


@pytest.mark.requirement("A6", "A3")
async def test_a_check_in_moves_the_goal_and_those_above(graph: Graph) -> None:
    goal_id = await a_new_goal(graph)
    above = {"id": graph.goal("clinic-goal")}
    before = (await graph.of("di")(LINE, **above))["goal"]
    payload = await graph.of("di").done(
        "goalRecordCheckIn",
        "checkIn { value confidence note } goal { progress progressSource health }",
        goalId=goal_id, value=150, confidence=4, note="The van is back.",
    )  # fmt: skip
    assert payload["checkIn"] == {"value": 150.0, "confidence": 4, "note": "The van is back."}
    assert (payload["goal"]["progress"], payload["goal"]["progressSource"]) == (0.75, "MEASURES")
    after = (await graph.of("di")(LINE, **above))["goal"]
    assert after["progressSource"] == "CHILDREN"
    assert after["progressCoverage"]["counted"] == before["progressCoverage"]["counted"] + 1
    assert after["progress"] != before["progress"]


@pytest.mark.requirement("A6")
async def test_a_repeated_check_in_is_one(graph: Graph) -> None:
    goal_id = await a_new_goal(graph)
    given = {"goalId": goal_id, "value": 50, "clientKey": "phone-17"}
    first = await graph.of("di").done("goalRecordCheckIn", "checkIn { id }", **given)
    again = await graph.of("di").done("goalRecordCheckIn", "checkIn { id }", **given)
    assert first == again
    counted = await graph.of("di")("query($id: ID!) { goal(id: $id) { checkIns { totalCount } } }", id=goal_id)
    assert counted["goal"]["checkIns"]["totalCount"] == 1


@pytest.mark.requirement("A4")
async def test_completing_a_milestone_moves_the_goal_at_once(graph: Graph) -> None:
    goal_id = await a_new_goal(graph, metric=None)
    for title, weight in (("Hire a driver", 1), ("Open the route", 3)):
        await graph.of("di").done("milestoneAdd", goalId=goal_id, title=title, dueDate="2026-06-30", weight=weight)
    found = await graph.of("di")(
        "query($id: ID!) { goal(id: $id) { milestones { nodes { id title } } } }", id=goal_id
    )
    route = next(m["id"] for m in found["goal"]["milestones"]["nodes"] if m["title"] == "Open the route")
    await graph.of("di").done("milestoneComplete", milestoneId=route, done=True)
    goal = (await graph.of("di")(LINE, id=goal_id))["goal"]
    assert (goal["progress"], goal["progressSource"]) == (0.75, "MEASURES")


@pytest.mark.requirement("A1")
async def test_a_cycle_is_refused_and_named(graph: Graph) -> None:
    problem = await graph.of("sol").refused(
        "goalAlign", childId=graph.goal("mission-goal"), parentId=graph.goal("clinic-goal"), type="CONTRIBUTES"
    )
    assert problem["code"] == "CYCLE_REFUSED"


@pytest.mark.requirement("A1")
async def test_an_active_goal_that_serves_none_says_why(graph: Graph) -> None:
    goal = (await graph.of("di").done("goalCreate", NEW, title="Learn sign language", dueDate="2026-12-31"))["goal"]
    await graph.of("di").done("goalPropose", goalId=goal["id"])
    await graph.of("cy").done("goalApprove", goalId=goal["id"])
    problem = await graph.of("di").refused("goalActivate", goalId=goal["id"])
    assert "unalignedReason" in (problem["path"] or [])
    await graph.of("di").done("goalActivate", goalId=goal["id"], unalignedReason="For patients who sign.")


@pytest.mark.requirement("C1.2")
async def test_a_goal_is_an_outcome_unless_it_says_otherwise(graph: Graph) -> None:
    plain = await graph.of("di").done("goalCreate", NEW, title="Halve the waiting time")
    assert plain["goal"]["kind"] == "OUTCOME"
    skill = await graph.of("di").done("goalCreate", NEW, title="Learn to read spirometry", kind="CAPACITY")
    assert skill["goal"]["kind"] == "CAPACITY"


@pytest.mark.requirement("C4.5")
async def test_nobody_approves_their_own_goal(graph: Graph) -> None:
    goal = (await graph.of("di").done("goalCreate", NEW, title="Visit 200 homebound patients"))["goal"]
    await graph.of("di").done("goalPropose", goalId=goal["id"])
    assert (await graph.of("di").refused("goalApprove", goalId=goal["id"]))["code"] == "NOT_ALLOWED"
