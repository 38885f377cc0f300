"""Several at once: nothing is lost, nothing closes a circle, nobody meets a fault. PostgreSQL lets them really meet."""

import asyncio
from typing import Any

import pytest

from lineofsight.goals import linking, progress
from lineofsight.kernel import clock
from lineofsight.kernel.database import execute, fetch
from lineofsight.kernel.sql import Sql
from tests.cast import TODAY
from tests.support.graph import Graph

pytestmark = pytest.mark.requirement("A3")

CHECK_IN = (
    "mutation($input: GoalRecordCheckInInput!) { goalRecordCheckIn(input: $input) "
    "{ problems { code message } checkIn { id } goal { progress } } }"
)


async def sound() -> None:
    """Everything stored follows from its parts."""
    with clock.at(TODAY):
        assert await progress.verify() == []
        assert await linking.verify() == []


async def together(*asked: Any) -> list[dict[str, Any]]:
    """The answers to operations sent at the same time, none of them a fault."""
    answers = await asyncio.gather(*asked)
    for answer in answers:
        assert answer.codes == [], answer.body
    return [next(iter(answer.data.values())) for answer in answers]


async def test_check_ins_on_siblings_at_once(graph: Graph) -> None:
    """Both count in the parent, whichever comes first."""
    keys = ["di-agency-active", "di-unit-active", "di-chain-active", "di-private-active"]
    done = await together(
        *(graph.of("di").ask(CHECK_IN, input=_said(graph, key, n)) for n, key in enumerate(keys, 1))
    )
    assert all(one["problems"] == [] for one in done)
    await sound()


async def test_check_ins_along_one_line_at_once(graph: Graph) -> None:
    """A goal, what it counts toward, and what that counts toward: written at the same moment, many times."""
    line = [("di", "di-agency-active"), ("cy", "clinic-goal"), ("bo", "objective"), ("ada", "mission-goal"),
            ("bo", "quiet-bo"), ("cy", "quiet-cy"), ("di", "below-two"), ("cy", "clinics-agency-active")]  # fmt: skip
    for turn in range(4):
        done = await together(
            *(graph.of(who).ask(CHECK_IN, input=_said(graph, key, turn)) for who, key in line[turn % 2 :])
        )
        assert all(one["problems"] == [] for one in done)
    await sound()


def _said(graph: Graph, key: str, turn: int) -> dict[str, Any]:
    given = {"goalId": graph.goal(key), "note": f"Turn {turn}"}
    if key in graph.cast.metrics:
        given |= {"metricId": graph.metric(key), "value": 1_000.0 * (turn + 1)}
    return given


async def test_two_links_that_would_close_a_circle(graph: Graph) -> None:
    """One of them is refused."""
    align = (
        "mutation($input: GoalAlignInput!) { goalAlign(input: $input) { problems { code } alignment { id } } }"
    )
    one, other = graph.goal("di-agency-approved"), graph.goal("di-unit-approved")
    for kind in ("CONTRIBUTES", "DEPENDS_ON"):
        done = await together(
            graph.of("di").ask(align, input={"childId": one, "parentId": other, "type": kind}),
            graph.of("di").ask(align, input={"childId": other, "parentId": one, "type": kind}),
        )
        codes = sorted([p["code"] for p in answer["problems"]] for answer in done)
        assert codes == [[], ["CYCLE_REFUSED"]]
    await sound()


async def test_links_and_check_ins_at_once(graph: Graph) -> None:
    align = "mutation($input: GoalAlignInput!) { goalAlign(input: $input) { problems { code message } } }"
    asked = []
    for key in ("di-agency-active", "di-unit-active", "di-agency-approved"):
        asked.append(graph.of("di").ask(
            align, input={"childId": graph.goal(key), "parentId": graph.goal("below-two"), "weight": 2.0}
        ))  # fmt: skip
        asked.append(graph.of("di").ask(CHECK_IN, input=_said(graph, key, 3)))
        asked.append(graph.of("cy").ask(CHECK_IN, input=_said(graph, "clinic-goal", 3)))
        asked.append(graph.of("di").ask(CHECK_IN, input=_said(graph, "below-two", 5)))
    done = await together(*asked)
    assert all(one["problems"] == [] for one in done)
    await sound()


async def test_two_edits_of_one_version(graph: Graph) -> None:
    """One is written, the other told that the goal has moved."""
    edit = (
        "mutation($input: GoalEditInput!) { goalEdit(input: $input) "
        "{ problems { __typename code } goal { title version } } }"
    )
    done = await together(
        *(
            graph.of("di").ask(
                edit, input={"goalId": graph.goal("di-agency-active"), "version": 1, "changes": {"title": title}}
            )
            for title in ("First", "Second", "Third")
        )
    )
    won = [one for one in done if not one["problems"]]
    lost = [one["problems"][0]["__typename"] for one in done if one["problems"]]
    assert len(won) == 1
    assert lost == ["StaleVersion", "StaleVersion"]
    data = await graph.of("di")("query($id: ID!) { goal(id: $id) { title } }", id=graph.goal("di-agency-active"))
    assert data["goal"]["title"] == won[0]["goal"]["title"]


async def test_the_same_client_key_at_once(graph: Graph) -> None:
    """Sent twice before the first is done: one check-in, the same answer."""
    given = {"goalId": graph.goal("below-two"), "note": "Once", "clientKey": "k"}
    done = await together(*(graph.of("di").ask(CHECK_IN, input=given) for _ in range(3)))
    assert len({one["checkIn"]["id"] for one in done}) == 1
    rows = await fetch(Sql("select count(*) as n from check_in where note = ?", "Once"))
    assert rows[0]["n"] == 1


async def test_a_cycle_begun_twice_at_once(graph: Graph) -> None:
    """Weighted goals begin together, once, whoever of them is named."""
    keys = ["di-agency-approved", "di-unit-approved", "di-chain-approved", "di-private-approved"]
    await execute(Sql("update goal set weight_bp = null, cycle_id = null where status = 'ACTIVE'"))
    for key in keys:
        await execute(Sql("update goal set weight_bp = 2500 where id = ?", graph.cast.goals[key]))
    begin = (
        "mutation($input: GoalActivateInput!) { goalActivate(input: $input) { problems { code } activatedIds } }"
    )
    done = await together(*(graph.of("di").ask(begin, input={"goalId": graph.goal(key)}) for key in keys))
    begun = [one["activatedIds"] for one in done if not one["problems"]]
    assert len(begun) == 1
    assert sorted(begun[0]) == sorted(graph.goal(key) for key in keys)
    assert {one["problems"][0]["code"] for one in done if one["problems"]} == {"WRONG_STATE"}
    await sound()
