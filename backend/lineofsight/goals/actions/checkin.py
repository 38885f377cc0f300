"""Checking in: a dated update with at most three fields, from whoever may, once."""

from dataclasses import asdict, dataclass
from typing import Any

from lineofsight.goals import policy, progress
from lineofsight.goals.actions.acting import goal_for
from lineofsight.goals.actions.measures import (
    put_done,
    put_value,
    refuse_foreign,
    seen_metric,
    seen_milestone,
    settle,
)
from lineofsight.goals.models import CheckIn, Goal, Metric, MetricValue, Milestone
from lineofsight.goals.periods import period_of
from lineofsight.goals.words import OwnView, ProgressSource, ValueSource
from lineofsight.kernel import clock
from lineofsight.kernel.clientkeys import once
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.problems import InvalidField
from lineofsight.kernel.writing import row_of, text_of
from lineofsight.people.viewer import Viewer


@dataclass(frozen=True)
class NewCheckIn:
    """A check-in as it is given. ``confidence``: 1 (no) to 5 (sure); ``progress``: 0 to 1."""

    goal_id: int
    metric_id: int | None = None
    value: float | None = None
    text: str | None = None
    progress: float | None = None
    milestone_id: int | None = None
    confidence: int | None = None
    note: str | None = None
    view: OwnView | None = None
    blocker: str | None = None


async def record_check_in(viewer: Viewer, given: NewCheckIn, *, client_key: str | None = None) -> int:
    """Records a check-in; its key. A value becomes the metric's MANUAL value of the period today falls in."""
    async with transaction():
        goal = await goal_for(viewer, given.goal_id, "check_in")
        if given.metric_id is not None:
            await seen_metric(viewer, given.metric_id, path=("metricId",))
        if given.milestone_id is not None:
            await seen_milestone(viewer, given.milestone_id, path=("milestoneId",))

        async def do() -> dict[str, int]:
            return {"check_in": await _record(viewer, goal, given)}

        rows = await once(viewer.actor, "goalRecordCheckIn", client_key, asdict(given), do)
        return rows["check_in"]


async def _record(viewer: Viewer, goal: Goal, given: NewCheckIn) -> int:
    metric, milestone = await _metric(viewer, goal, given), await _milestone(viewer, goal, given)
    if given.confidence is not None and not 1 <= given.confidence <= 5:
        raise InvalidField("Confidence goes from 1 (no) to 5 (sure).", path=("confidence",))
    note, blocker = text_of(given.note, path=("note",)), text_of(given.blocker, path=("blocker",))
    said = [metric, milestone, given.progress, given.confidence, note, given.view, blocker]
    if all(part is None for part in said):
        raise InvalidField("Say something: a value, how sure you are, or a note.", path=("value",))
    if given.progress is not None:
        await _check_manual(goal, given.progress)
    group = new_group()
    value: MetricValue | None = None
    if metric is not None:
        await refuse_foreign(viewer, metric, policy.CHECK_IN, path=("metricId",))
        period = period_of(clock.today(), goal.cadence)
        value = await put_value(
            viewer, metric, period, value=given.value, text=given.text, source=ValueSource.MANUAL, group=group
        )
    if milestone is not None:
        await put_done(viewer, milestone, done=True, group=group)
    made = await CheckIn.create(
        goal_id=goal.id,
        at=clock.now(),
        author_id=viewer.id,
        on_behalf_of_id=_on_behalf_of(viewer, goal),
        metric=metric,
        metric_value=value,
        milestone=milestone,
        value=given.value if metric else None,
        text=value.text if value else None,
        progress=given.progress,
        confidence=given.confidence,
        note=note,
        blocker=blocker,
        view=given.view,
    )
    await remember(viewer.actor, "goal.checkIn", made, {**asdict(given), "goal_id": goal.id}, group=group)
    moved: dict[str, Any] = {}
    if given.view is not None:
        moved["own_view"] = goal.own_view = given.view
    if given.progress is not None:
        moved["manual_progress"] = goal.manual_progress = given.progress
    if moved:
        await goal.save(update_fields=list(moved))
    if metric is not None:
        await settle(metric.definition_id, goal.id)
    else:
        await progress.refresh([goal.id])
    return int(made.id)


async def _metric(viewer: Viewer, goal: Goal, given: NewCheckIn) -> Metric | None:
    if given.metric_id is not None:
        metric = await seen_metric(viewer, given.metric_id, path=("metricId",))
        if metric.goal_id != goal.id:
            raise InvalidField("This measure belongs to another goal.", path=("metricId",))
        if given.value is None and given.text is None:
            raise InvalidField("Give the measure's value.", path=("value",))
        return metric
    if given.value is None and given.text is None:
        return None
    metrics = await Metric.filter(goal_id=goal.id).limit(2)
    if len(metrics) != 1:
        why = "This goal has no measure." if not metrics else "This goal has several measures: say which."
        raise InvalidField(why, path=("metricId",))
    return metrics[0]


async def _milestone(viewer: Viewer, goal: Goal, given: NewCheckIn) -> Milestone | None:
    if given.milestone_id is None:
        return None
    milestone = await seen_milestone(viewer, given.milestone_id, path=("milestoneId",))
    if milestone.goal_id != goal.id:
        raise InvalidField("This milestone belongs to another goal.", path=("milestoneId",))
    return milestone


async def _check_manual(goal: Goal, reported: float) -> None:
    if not 0 <= reported <= 1:
        raise InvalidField("Progress lies between 0 and 1.", path=("progress",))
    if goal.progress_source not in (ProgressSource.MANUAL, ProgressSource.NONE):
        raise InvalidField("This goal's progress is computed; give a value instead.", path=("progress",))


def _on_behalf_of(viewer: Viewer, goal: Goal) -> int | None:
    """The owner, where the viewer checks in only as their direct manager."""
    row = row_of(goal)
    own = any(a.allows(viewer, row, "") for a in (policy.OWNER, policy.LEAD, policy.AUTHOR, policy.CONTRIBUTOR))
    return None if own else goal.owner_person_id
