"""The life of a goal through the graph: who may move it where, what each step changes, what is refused."""

from typing import Any

import pytest

from lineofsight.goals import linking, progress
from lineofsight.kernel import clock
from lineofsight.kernel.database import execute
from lineofsight.kernel.sql import Sql
from tests.cast import TODAY
from tests.support.graph import Graph

pytestmark = pytest.mark.requirement("C4.5")

STATE = "goal { id status outcome version progress health viewerCan { edit approve activate close checkIn } }"


async def sound() -> None:
    """Everything stored follows from its parts."""
    with clock.at(TODAY):
        assert await progress.verify() == []
        assert await linking.verify() == []


async def state(graph: Graph, goal: str, who: str = "cy", fields: str = "status") -> Any:
    """Fields of a goal as someone sees it."""
    data = await graph.of(who)(f"query($id: ID!) {{ goal(id: $id) {{ {fields} }} }}", id=goal)
    return data["goal"]


@pytest.mark.requirement("A1")
async def test_a_goal_from_start_to_end(graph: Graph) -> None:
    """Di writes it with four fields, Cy approves, Di begins, checks in, Cy closes."""
    di, cy = graph.of("di"), graph.of("cy")
    made = await di.done(
        "goalCreate",
        "goal { id status level visibility horizon cadence startDate owner { id } author { id } unit { id } origin "
        "metrics { nodes { direction baseline target } } primaryParent { ... on Goal { id } } progress progressSource "
        "plan { mission } }",
        title="  Shorter   waits ",
        parentId=graph.goal("clinic-goal"),
        dueDate="2026-06-30",
        metric={"name": "Minutes", "baseline": 40, "target": 20},
    )
    goal = made["goal"]
    key = goal["id"]
    assert (goal["status"], goal["level"], goal["visibility"]) == ("DRAFT", "INDIVIDUAL", "AGENCY")
    assert (goal["startDate"], goal["origin"], goal["owner"]["id"]) == ("2026-03-16", "BOTTOM_UP", graph.person("di"))
    assert goal["metrics"]["nodes"] == [{"direction": "DECREASE", "baseline": 40.0, "target": 20.0}]
    assert goal["primaryParent"] == {"id": graph.goal("clinic-goal")}
    assert goal["plan"]["mission"] == "A healthy, connected county."
    assert (goal["progress"], goal["progressSource"]) == (None, "MEASURES")

    assert await state(graph, key, "eli") is None, "a draft is its owner's and the direct manager's"
    assert (await cy.refused("goalApprove", goalId=key))["code"] == "WRONG_STATE"
    assert (await di.done("goalPropose", STATE, goalId=key))["goal"]["status"] == "PROPOSED"
    assert (await state(graph, key, "eli"))["status"] == "PROPOSED"
    assert (await di.refused("goalApprove", goalId=key))["code"] == "NOT_ALLOWED", "nobody approves their own goal"
    assert (await graph.of("bo").refused("goalApprove", goalId=key))["code"] == "NOT_ALLOWED"
    assert (await cy.refused("goalReturn", goalId=key, reason=" "))["path"] == ["reason"]
    assert (await cy.done("goalReturn", STATE, goalId=key, reason="Say how"))["goal"]["status"] == "DRAFT"
    assert (await di("query($id: ID!) { goal(id: $id) { returnReason } }", id=key))["goal"] == {
        "returnReason": "Say how"
    }
    proposed = await di.done("goalPropose", "goal { returnReason version }", goalId=key)
    read = proposed["goal"]["version"]
    assert proposed["goal"]["returnReason"] is None
    await di.done("goalEdit", goalId=key, version=read, changes={"description": "Changed after it was read"})
    late = await cy.refused("goalApprove", goalId=key, version=read)
    assert late["code"] == "STALE_VERSION", "what is approved is what was read"
    assert (await cy.done("goalApprove", STATE, goalId=key))["goal"]["status"] == "APPROVED"
    begun = await di.done("goalActivate", f"activatedIds {STATE}", goalId=key)
    assert begun["activatedIds"] == [key]
    assert begun["goal"]["status"] == "ACTIVE"
    assert begun["goal"]["health"] == "PENDING"

    told = await di.done("goalRecordCheckIn", f"checkIn {{ value confidence note }} {STATE}", goalId=key, value=30)
    assert told["checkIn"]["value"] == 30.0
    assert told["goal"]["progress"] == 0.5
    assert told["goal"]["health"] == "PENDING"
    assert (await di.refused("goalClose", goalId=key, outcome="ACHIEVED"))["code"] == "NOT_ALLOWED"
    closed = await cy.done("goalClose", STATE, goalId=key, outcome="PARTIAL", note="Half way")
    assert (closed["goal"]["status"], closed["goal"]["outcome"]) == ("CLOSED", "PARTIAL")
    assert not any(closed["goal"]["viewerCan"].values())
    for mutation, given in (
        ("goalEdit", {"version": closed["goal"]["version"], "changes": {"title": "T"}}),
        ("goalPropose", {}), ("goalActivate", {}), ("goalRecordCheckIn", {"note": "n"}),
        ("goalRetire", {"reason": "r"}), ("milestoneAdd", {"title": "m"}),
    ):  # fmt: skip
        assert (await di.refused(mutation, goalId=key, **given))["code"] == "WRONG_STATE", mutation
    await sound()


async def test_whose_goals_one_may_make(graph: Graph) -> None:
    """One's own; those of everyone below; a unit's, as its lead or strategy office. A client makes none."""
    allowed = [("di", "di"), ("cy", "di"), ("bo", "gus"), ("ada", "pat")]
    refused = [("di", "eli"), ("cy", "gus"), ("fay", "di"), ("hana", "di"), ("sol", "di"), ("mia", "di")]
    for who, whom in allowed:
        await graph.of(who).done("goalCreate", title="For you", ownerId=graph.person(whom))
    for who, whom in refused:
        problem = await graph.of(who).refused("goalCreate", title="For you", ownerId=graph.person(whom))
        assert problem["code"] == "NOT_ALLOWED", (who, whom)
    for who, unit, right in (("cy", "clinics", True), ("bo", "clinics", True), ("sol", "roads", True),
                             ("wes", "roads", True), ("cy", "outreach", False), ("hana", "health", False),
                             ("viv", "health", False), ("di", "clinics", False)):  # fmt: skip
        payload = await graph.of(who).do("goalCreate", title="Ours", ownerId=graph.unit(unit))
        assert (payload["problems"] == []) is right, (who, unit)
    for who in ("partner", "health-partner", "partner-reader"):
        payload = await graph.of(who).do("goalCreate", title="Ours", ownerId=graph.unit("clinics"))
        assert payload["problems"][0]["code"] == "NOT_ALLOWED", who
    strategic = {"title": "Top", "level": "STRATEGIC_GOAL"}
    assert (await graph.of("di").refused("goalCreate", **strategic))["path"] == ["level"]
    payload = await graph.of("bo").do("goalCreate", **strategic, ownerId=graph.unit("health"))
    assert payload["problems"][0]["code"] == "NOT_ALLOWED"
    await graph.of("sol").done("goalCreate", **strategic, ownerId=graph.unit("agency"))
    await sound()


@pytest.mark.requirement("P3")
async def test_a_token_writes_within_its_scopes(graph: Graph) -> None:
    own = graph.goal("di-agency-active")
    await graph.of("di-writer").done("goalEdit", goalId=own, version=1, changes={"description": "By token"})
    for who in ("di-reader", "di-notes"):
        problem = await graph.of(who).refused("goalEdit", goalId=own, version=2, changes={"title": "T"})
        assert problem["code"] == "NOT_ALLOWED"
    problem = await graph.of("di-writer").refused("goalRecordCheckIn", goalId=own, note="n")
    assert problem["code"] == "NOT_ALLOWED"
    problem = await graph.of("cy-all").refused("goalEdit", goalId=own, version=2, changes={"title": "T"})
    assert problem["code"] == "NOT_ALLOWED", "no scope gives more than its owner has"


async def test_an_edit_of_a_version_that_has_moved(graph: Graph) -> None:
    own = graph.goal("di-agency-active")
    edit = {"goalId": own, "version": 1}
    changed = await graph.of("di").done("goalEdit", STATE, **edit, changes={"title": "New", "dueDate": "2026-12-01"})
    assert changed["goal"]["version"] == 2
    problem = await graph.of("di").refused("goalEdit", **edit, changes={"title": "Newer"})
    assert (problem["__typename"], problem["code"], problem["path"]) == ("StaleVersion", "STALE_VERSION", ["version"])
    for changes, path in (
        ({"title": " "}, ["changes", "title"]),
        ({"weight": 1.5}, None),
        ({"dueDate": "2025-01-01"}, None),
        ({"ownerId": graph.person("eli")}, None),
    ):
        problem = await graph.of("di").refused("goalEdit", goalId=own, version=2, changes=changes)
        assert problem["code"] in ("INVALID_FIELD", "NOT_ALLOWED"), changes
        assert path is None or problem["path"] == path
    same = await graph.of("di").done("goalEdit", STATE, goalId=own, version=2, changes={})
    assert same["goal"]["version"] == 2, "nothing changed, nothing moved"
    await sound()


async def test_a_new_owner_takes_the_goal_along(graph: Graph) -> None:
    """Unit, line and rights follow the owner at once."""
    own = graph.goal("clinics-agency-active")
    changes = {"ownerId": graph.unit("outreach"), "visibility": "PRIVATE"}
    problem = await graph.of("cy").refused("goalEdit", goalId=own, version=1, changes=changes)
    assert problem["code"] == "NOT_ALLOWED", "not one's to give to that unit"
    await graph.of("sol").done("goalEdit", goalId=own, version=1, changes=changes)
    told = await state(graph, own, "fay", "unit { id } viewerCan { edit approve }")
    assert told == {"unit": {"id": graph.unit("outreach")}, "viewerCan": {"edit": True, "approve": False}}
    assert (await state(graph, own, "bo", "viewerCan { approve }"))["viewerCan"]["approve"] is False, "it is active"
    assert await state(graph, own, "cy") is None
    assert await state(graph, own, "gus") is None
    await sound()


async def test_a_goal_begins_linked_or_with_a_reason(graph: Graph) -> None:
    own = (await graph.of("di").done("goalCreate", "goal { id }", title="Alone"))["goal"]["id"]
    await graph.of("di").done("goalPropose", goalId=own)
    await graph.of("cy").done("goalApprove", goalId=own)
    problem = await graph.of("di").refused("goalActivate", goalId=own)
    assert (problem["code"], problem["path"]) == ("CONFLICT", ["unalignedReason"])
    select = "goal { status unalignedReason }"
    done = await graph.of("di").done("goalActivate", select, goalId=own, unalignedReason="Law")
    assert done["goal"] == {"status": "ACTIVE", "unalignedReason": "Law"}
    orphans = await graph.of("di")("{ goals(first: 100, filter: {orphan: true}) { nodes { id } } }")
    assert own in {goal["id"] for goal in orphans["goals"]["nodes"]}


async def test_weighted_goals_begin_together_at_a_hundred_percent(graph: Graph) -> None:
    keys = ["di-agency-approved", "di-unit-approved", "di-chain-approved", "di-private-approved"]
    await execute(Sql("update goal set cycle_id = null where status <> 'APPROVED'"))
    for key, weight in zip(keys, (2_500, 2_500, 2_500, 2_000), strict=True):
        await execute(Sql("update goal set weight_bp = ? where id = ?", weight, graph.cast.goals[key]))
    problem = await graph.of("di").refused("goalActivate", goalId=graph.goal(keys[0]))
    assert (problem["code"], "95%" in problem["message"]) == ("CONFLICT", True)
    version = (await state(graph, graph.goal(keys[3]), "di", "version"))["version"]
    await graph.of("di").done("goalEdit", goalId=graph.goal(keys[3]), version=version, changes={"weight": 0.25})
    done = await graph.of("di").done("goalActivate", "activatedIds", goalId=graph.goal(keys[0]))
    assert sorted(done["activatedIds"]) == sorted(graph.goal(key) for key in keys)
    for key in keys:
        assert (await state(graph, graph.goal(key), "di"))["status"] == "ACTIVE"
    await sound()


@pytest.mark.requirement("A6")
async def test_what_a_check_in_may_say(graph: Graph) -> None:
    """One of value, confidence, note, view, progress or milestone; refused with the field that is wrong."""
    own = graph.goal("di-agency-active")  # it has two measures
    di = graph.of("di")
    for given, path in (
        ({}, ["value"]),
        ({"confidence": 6}, ["confidence"]),
        ({"value": 3.0}, ["metricId"]),
        ({"metricId": graph.metric("di-agency-active")}, ["value"]),
        ({"metricId": graph.metric("di-unit-active"), "value": 1.0}, ["metricId"]),
        ({"milestoneId": graph.milestone("di-unit-active")}, ["milestoneId"]),
        ({"progress": 0.5}, ["progress"]),
        ({"metricId": graph.metric("di-agency-active"), "value": 1e16}, ["value"]),
        ({"note": "x" * 20_001}, ["note"]),
    ):
        problem = await di.refused("goalRecordCheckIn", goalId=own, **given)
        assert problem["path"] == path, given
    select = "checkIn { confidence note blocker view author { id } onBehalfOf { id } } goal { view version }"
    said = await di.done(
        "goalRecordCheckIn", select, goalId=own, confidence=4, note=" Well ", view="ON_TRACK", blocker="Staff"
    )
    assert said["checkIn"]["note"] == "Well"
    assert said["goal"]["view"] == "ON_TRACK"
    assert said["checkIn"]["onBehalfOf"] is None
    behalf = await graph.of("cy").done("goalRecordCheckIn", select, goalId=own, note="She says")
    assert behalf["checkIn"]["author"]["id"] == graph.person("cy")
    assert behalf["checkIn"]["onBehalfOf"]["id"] == graph.person("di")
    helped = await graph.of("pat").done("goalRecordCheckIn", select, goalId=own, confidence=2)
    assert helped["checkIn"]["onBehalfOf"] is None
    for who in ("eli", "bo", "sol", "mia", "hana"):
        problem = await graph.of(who).refused("goalRecordCheckIn", goalId=own, note="n")
        assert problem["code"] == "NOT_ALLOWED", who


@pytest.mark.requirement("A3")
async def test_a_value_supersedes_one_of_its_period(graph: Graph) -> None:
    """Both are kept, the later counts; a value of an earlier period does not move the goal."""
    own, metric = graph.goal("di-unit-active"), graph.metric("di-unit-active")
    di, target = graph.of("di"), 1_000.0
    values = "values(first: 50) { totalCount nodes { period value source } }"
    metric_of = f"metric {{ current progress {values} }}"
    await execute(Sql("update metric set target = ? where id = ?", target, graph.cast.metrics["di-unit-active"]))
    first = await di.done("goalRecordCheckIn", "goal { progress }", goalId=own, metricId=metric, value=500)
    assert first["goal"]["progress"] == pytest.approx((0.5 + 0.0) / 2), "one milestone of two parts is open"
    again = await di.done("goalRecordCheckIn", "goal { progress }", goalId=own, metricId=metric, value=800)
    assert again["goal"]["progress"] == pytest.approx(0.4)
    early = await di.done("metricRecordValue", metric_of, metricId=metric, period="2025-11", value=10)
    assert early["metric"]["current"] == 800.0
    told = {(v["period"], v["value"]) for v in early["metric"]["values"]["nodes"]}
    assert ("2026-03", 800.0) in told
    assert ("2026-03", 500.0) not in told
    for period in ("2026-13", "soon", "FY2026-07", ""):
        assert (await di.refused("metricRecordValue", metricId=metric, period=period, value=1))["path"] == ["period"]
    assert (await di.refused("metricRecordValue", metricId=metric, period="2026", value=None))["path"] == ["value"]
    problem = await di.refused("metricRecordValue", metricId=metric, period="2026", value=1, source="OVERRIDE")
    assert problem["path"] == ["source"]
    await sound()


@pytest.mark.requirement("A4")
async def test_a_milestone_moves_the_goal_at_once(graph: Graph) -> None:
    own = (await graph.of("di").done("goalCreate", "goal { id }", title="Steps"))["goal"]["id"]
    di, keys = graph.of("di"), []
    for title, weight in (("One", None), ("Two", 3.0)):
        select = "milestone { id } goal { progress }"
        made = await di.done("milestoneAdd", select, goalId=own, title=title, weight=weight)
        keys.append(made["milestone"]["id"])
        assert made["goal"]["progress"] == 0.0
    done = await di.done("milestoneComplete", "milestone { doneAt } goal { progress }", milestoneId=keys[1])
    assert done["goal"]["progress"] == 0.75
    back = await di.done("milestoneComplete", "milestone { doneAt } goal { progress }", milestoneId=keys[1], done=False)
    assert (back["milestone"]["doneAt"], back["goal"]["progress"]) == (None, 0.0)
    checked = await di.done("goalRecordCheckIn", "goal { progress }", goalId=own, milestoneId=keys[0])
    assert checked["goal"]["progress"] == 0.25
    await sound()


async def test_metrics_whose_numbers_contradict_each_other(graph: Graph) -> None:
    own = graph.goal("di-agency-active")
    for metric, path in (
        ({"name": " "}, ["metric", "name"]),
        ({"name": "A", "direction": "INCREASE", "baseline": 5, "target": 5}, ["metric", "target"]),
        ({"name": "A", "direction": "INCREASE", "baseline": 5, "target": 2}, ["metric", "target"]),
        ({"name": "A", "direction": "DECREASE", "baseline": 2, "target": 5}, ["metric", "target"]),
        ({"name": "A", "direction": "MAINTAIN"}, ["metric", "lowerBound"]),
        ({"name": "A", "lowerBound": 5, "upperBound": 2}, ["metric", "lowerBound"]),
        ({"name": "A", "direction": "REACH"}, ["metric", "target"]),
        ({"name": "A", "weight": -1}, ["metric", "weight"]),
        ({"name": "A", "target": 1e300}, ["metric"]),
    ):
        problem = await graph.of("di").refused("metricAdd", goalId=own, metric=metric)
        assert (problem["code"], problem["path"]) == ("INVALID_FIELD", path), metric
    metric = {"name": "A", "upperBound": 3}
    made = await graph.of("di").done("metricAdd", "metric { direction }", goalId=own, metric=metric)
    assert made["metric"]["direction"] == "MAINTAIN"


async def test_a_draft_is_deleted_by_its_author_alone(graph: Graph) -> None:
    gone = graph.goal("di-private-draft")
    assert (await graph.of("cy").refused("goalDelete", goalId=gone))["code"] == "NOT_ALLOWED"
    assert (await graph.of("di").refused("goalDelete", goalId=graph.goal("di-agency-active")))["code"] == "WRONG_STATE"
    done = await graph.of("di").done("goalDelete", "deletedId", goalId=gone)
    assert done["deletedId"] == gone
    assert await state(graph, gone, "di") is None
    problem = await graph.of("cy").refused("goalDelete", goalId=graph.goal("clinics-agency-draft"))
    assert problem["code"] in ("WRONG_STATE", "NOT_ALLOWED"), "others are linked to it"
    await sound()


@pytest.mark.requirement("A6")
async def test_what_is_due_from_each(graph: Graph) -> None:
    """Cy has goals to approve; Di has goals to begin and to check in on; nobody has another's."""
    query = "{ viewer { tasks(first: 100) { totalCount nodes { kind goal { id status owner { id } } overdueDays } } } }"
    tasks = {who: (await graph.of(who)(query))["viewer"]["tasks"]["nodes"] for who in ("cy", "di", "bo", "partner")}
    approvals = {t["goal"]["id"] for t in tasks["cy"] if t["kind"] == "APPROVAL"}
    proposed = {graph.goal(f"di-{v}-proposed") for v in ("agency", "unit", "chain", "private")}
    assert approvals == proposed | {graph.goal("below-draft")}
    begins = {t["goal"]["id"] for t in tasks["di"] if t["kind"] == "ACTIVATION"}
    assert begins == {graph.goal(f"di-{v}-approved") for v in ("agency", "unit", "chain", "private")}
    assert all(t["goal"]["owner"]["id"] == graph.person("di") for t in tasks["di"])
    assert not [t for t in tasks["bo"] if t["kind"] == "APPROVAL"]
    assert tasks["partner"] == []


async def test_a_unit_counts_the_goals_below_it_when_asked(graph: Graph) -> None:
    of_root = "query($f: GoalFilter) { agency { goals(filter: $f) { totalCount } } goals { totalCount } }"
    ada = graph.of("ada")
    own, deep = await ada(of_root), await ada(of_root, f={"unitDeep": True})
    assert own["agency"]["goals"]["totalCount"] < deep["agency"]["goals"]["totalCount"] <= deep["goals"]["totalCount"]


async def test_a_value_of_a_period_to_come_is_refused(graph: Graph) -> None:
    goals = "goals(first: 50) { nodes { viewerCan { recordValue } metrics { nodes { id } } } }"
    found = (await graph.of("di")(f"{{ viewer {{ person {{ {goals} }} }} }}"))["viewer"]["person"]["goals"]["nodes"]
    metric = next(m["id"] for g in found if g["viewerCan"]["recordValue"] for m in g["metrics"]["nodes"])
    refused = await graph.of("di").refused("metricRecordValue", metricId=metric, period="2099", value=1)
    assert refused["path"] == ["period"]
