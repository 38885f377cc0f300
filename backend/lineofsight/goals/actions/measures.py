"""What measures a goal: adding metrics, recording values, milestones."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lineofsight.goals import measuring, policy, progress
from lineofsight.goals.actions.acting import goal_for, title_of
from lineofsight.goals.models import Goal, Metric, MetricDefinition, MetricValue, Milestone
from lineofsight.goals.periods import BadPeriod, Period, parse_period
from lineofsight.goals.reads import DEFINITIONS
from lineofsight.goals.words import Direction, ValueSource
from lineofsight.kernel import clock, numbers
from lineofsight.kernel.access import Rule
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.problems import InvalidField, NotAllowed, NotFound
from lineofsight.kernel.rows import by_key
from lineofsight.kernel.writing import locked, row_of, text_of
from lineofsight.people.viewer import Viewer


@dataclass(frozen=True)
class NewMetric:
    """A metric as it is given; numbers in its unit of measure."""

    name: str
    direction: Direction | None = None
    unit_of_measure: str | None = None
    baseline: float | None = None
    commit: float | None = None
    target: float | None = None
    stretch: float | None = None
    target_text: str | None = None
    lower_bound: float | None = None
    upper_bound: float | None = None
    tolerance: float | None = None
    weight: float | None = None
    definition_id: int | None = None


def direction_of(given: NewMetric) -> Direction:
    """The direction given, else what its numbers say: a band to stay in, a way down, or up."""
    if given.direction is not None:
        return given.direction
    if given.lower_bound is not None or given.upper_bound is not None:
        return Direction.MAINTAIN
    if given.baseline is not None and given.target is not None and given.baseline > given.target:
        return Direction.DECREASE
    return Direction.INCREASE


def check(given: NewMetric, path: tuple[str, ...]) -> Direction:
    """InvalidField where the numbers contradict each other (GLOSSARY.md, formulas 1 and 2)."""
    direction = direction_of(given)
    numbers_given = [given.baseline, given.commit, given.target, given.stretch, given.lower_bound, given.upper_bound]
    if any(n is not None and not abs(n) < 1e15 for n in numbers_given):
        raise InvalidField("This number is too large.", path=path)
    moves = direction in (Direction.INCREASE, Direction.DECREASE)
    if moves and given.baseline is not None and given.target is not None:
        if given.baseline == given.target:
            raise InvalidField(
                "Start and target are the same: use “stay in a band” or “reach a value”.", path=(*path, "target")
            )
        if (given.target > given.baseline) != (direction is Direction.INCREASE):
            way = "up" if direction is Direction.INCREASE else "down"
            raise InvalidField(f"The target does not lie {way} from the start.", path=(*path, "target"))
    if direction is Direction.MAINTAIN:
        low, high = given.lower_bound, given.upper_bound
        if low is None and high is None:
            raise InvalidField("Give the band at least one end.", path=(*path, "lowerBound"))
        if low is not None and high is not None and low > high:
            raise InvalidField("The band's lower end lies above its upper end.", path=(*path, "lowerBound"))
    if direction is Direction.REACH and given.target is None and given.target_text is None:
        raise InvalidField("Say which value is to be reached.", path=(*path, "target"))
    if given.weight is not None and not 0 <= given.weight <= 100:
        raise InvalidField("A weight lies between 0 and 100.", path=(*path, "weight"))
    return direction


async def put_metric(viewer: Viewer, goal: Goal, given: NewMetric, *, group: str, path: tuple[str, ...]) -> Metric:
    """Adds a metric to a goal at hand, rights checked, inside a transaction."""
    name = title_of(given.name, path=(*path, "name"))
    direction = check(given, path)
    unit = text_of(given.unit_of_measure, path=(*path, "unitOfMeasure"))
    if given.definition_id is not None:
        if not await by_key(DEFINITIONS, viewer, [given.definition_id]):
            raise NotFound("measure", path=(*path, "definitionId"))
        definition = await MetricDefinition.get(id=given.definition_id)
    else:
        definition = await MetricDefinition.create(name=name, unit_of_measure=unit)
    values: dict[str, Any] = {
        "name": name,
        "direction": direction,
        "unit_of_measure": unit or definition.unit_of_measure,
        "baseline": given.baseline,
        "commit": given.commit,
        "target": given.target,
        "stretch": given.stretch,
        "target_text": text_of(given.target_text, path=(*path, "targetText")),
        "lower_bound": given.lower_bound,
        "upper_bound": given.upper_bound,
        "tolerance": given.tolerance,
        "weight_bp": None if given.weight is None else numbers.to_bp(given.weight),
    }
    ordinal = await Metric.filter(goal_id=goal.id).count()
    metric = await Metric.create(goal_id=goal.id, definition_id=definition.id, ordinal=ordinal, **values)
    await remember(viewer.actor, "metric.add", metric, {"goal": goal.id, **values}, group=group)
    return metric


async def add_metric(viewer: Viewer, goal_id: int, given: NewMetric) -> Metric:
    """Adds a metric to a goal; the goal's progress follows."""
    async with transaction():
        goal = await goal_for(viewer, goal_id, "add_metric")
        metric = await put_metric(viewer, goal, given, group=new_group(), path=("metric",))
        await measuring.refresh_metrics([metric.id])
        await progress.refresh([goal.id])
        return await Metric.get(id=metric.id)


async def record_value(
    viewer: Viewer,
    metric_id: int,
    *,
    period: str,
    value: float | None,
    text: str | None = None,
    source: ValueSource = ValueSource.MANUAL,
) -> tuple[MetricValue, Goal]:
    """Records an observation of a metric for a period; one of the same period and source is superseded."""
    async with transaction():
        metric = await seen_metric(viewer, metric_id, path=("metricId",))
        goal = await goal_for(viewer, metric.goal_id, "record_value", path=("metricId",))
        await refuse_foreign(viewer, metric, policy.MEASURE, path=("metricId",))
        if source not in (ValueSource.MANUAL, ValueSource.API):
            raise InvalidField("Values recorded here are MANUAL or API.", path=("source",))
        try:
            span = parse_period(period)
        except BadPeriod as bad:
            raise InvalidField(str(bad), path=("period",)) from None
        if span.start > clock.today():
            raise InvalidField("This period has not begun.", path=("period",))
        made = await put_value(viewer, metric, span, value=value, text=text, source=source, group=new_group())
        await settle(metric.definition_id, goal.id)
        return made, goal


async def seen_metric(viewer: Viewer, metric_id: int, *, path: tuple[str, ...]) -> Metric:
    """A metric whose goal the viewer sees; NotFound where it is hidden or absent."""
    metric = await Metric.get_or_none(id=metric_id)
    goal = await Goal.get(id=metric.goal_id) if metric else None
    if metric is None or goal is None or not policy.SEE.allows(viewer, row_of(goal)):
        raise NotFound("measure", path=path)
    return metric


async def refuse_foreign(viewer: Viewer, metric: Metric, rule: Rule, *, path: tuple[str, ...]) -> None:
    """NotAllowed where the numbers of a shared measure are someone else's to supply.

    A value moves every goal that measures the same; so it comes from whom the rule lets act on the goal that measured
    it first, or from its steward. Who only measures along reads them.
    """
    first = await Metric.filter(definition_id=metric.definition_id).order_by("id").first()
    if first is None or first.goal_id == metric.goal_id:
        return
    if rule.allows(viewer, row_of(await Goal.get(id=first.goal_id))):
        return
    definition = await MetricDefinition.get(id=metric.definition_id)
    if definition.steward_id is None or definition.steward_id != viewer.id:
        raise NotAllowed("The numbers of this shared measure are supplied by others.", path=path)


async def put_value(
    viewer: Viewer,
    metric: Metric,
    period: Period,
    *,
    value: float | None,
    text: str | None,
    source: ValueSource,
    group: str,
) -> MetricValue:
    """Adds an observation of a metric at hand, rights checked, inside a transaction."""
    written = text_of(text, path=("text",))
    if value is None and written is None:
        raise InvalidField("Give a value, as a number or as text.", path=("value",))
    if value is not None and not abs(value) < 1e15:
        raise InvalidField("This number is too large.", path=("value",))
    await locked(MetricDefinition, metric.definition_id)
    same = MetricValue.filter(definition_id=metric.definition_id, period=period.name, source=source, superseded=False)
    await same.update(superseded=True)
    made = await MetricValue.create(
        definition_id=metric.definition_id,
        period=period.name,
        period_end=period.end,
        value=value,
        text=written,
        source=source,
        recorded_at=clock.now(),
        author_id=viewer.id,
    )
    values = {"metric": metric.id, "period": period.name, "value": value, "text": written, "source": source}
    await remember(viewer.actor, "metric.recordValue", made, values, group=group)
    return made


async def settle(definition_id: int, *goal_ids: int) -> None:
    """Brings the metrics of a definition, their goals and the goals above up to date."""
    metrics = [m.id for m in await Metric.filter(definition_id=definition_id).only("id")]
    await progress.refresh(sorted({*goal_ids, *await measuring.refresh_metrics(metrics)}))


async def add_milestone(
    viewer: Viewer, goal_id: int, *, title: str, due_date: date | None = None, weight: float | None = None
) -> Milestone:
    """Adds a checkpoint to a goal."""
    async with transaction():
        goal = await goal_for(viewer, goal_id, "add_milestone")
        if weight is not None and not 0 <= weight <= 100:
            raise InvalidField("A weight lies between 0 and 100.", path=("weight",))
        values: dict[str, Any] = {
            "title": title_of(title),
            "due_date": due_date,
            "weight_bp": None if weight is None else numbers.to_bp(weight),
        }
        milestone = await Milestone.create(goal_id=goal.id, **values)
        await remember(viewer.actor, "milestone.add", milestone, {"goal": goal.id, **values})
        await progress.refresh([goal.id])
        return milestone


async def complete_milestone(viewer: Viewer, milestone_id: int, *, done: bool = True) -> Milestone:
    """Completes a milestone, or takes that back; the goal's progress follows at once."""
    async with transaction():
        milestone = await seen_milestone(viewer, milestone_id, path=("milestoneId",))
        goal = await goal_for(viewer, milestone.goal_id, "check_in", path=("milestoneId",))
        await put_done(viewer, milestone, done=done, group=new_group())
        await progress.refresh([goal.id])
        return milestone


async def seen_milestone(viewer: Viewer, milestone_id: int, *, path: tuple[str, ...]) -> Milestone:
    """A milestone whose goal the viewer sees; NotFound where it is hidden or absent."""
    milestone: Milestone | None = await locked(Milestone, milestone_id)
    goal = await Goal.get(id=milestone.goal_id) if milestone else None
    if milestone is None or goal is None or not policy.SEE.allows(viewer, row_of(goal)):
        raise NotFound("milestone", path=path)
    return milestone


async def put_done(viewer: Viewer, milestone: Milestone, *, done: bool, group: str) -> None:
    """Marks a milestone at hand, rights checked, inside a transaction."""
    if (milestone.done_at is not None) == done:
        return
    milestone.done_at = clock.now() if done else None
    milestone.version += 1
    await milestone.save(update_fields=["done_at", "version"])
    await remember(viewer.actor, "milestone.complete", milestone, {"done_at": milestone.done_at}, group=group)
