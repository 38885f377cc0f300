"""Mutations on what measures a goal."""

from datetime import date
from typing import Any

import strawberry

from lineofsight.goals import reads
from lineofsight.goals.actions import measures
from lineofsight.goals.words import Direction, ValueSource
from lineofsight.graph.context import Context, Info
from lineofsight.graph.goals import Goal
from lineofsight.graph.measures import VALUE_WIDTH, Metric, MetricValue, Milestone
from lineofsight.graph.node import kinded
from lineofsight.graph.payloads import Problem, attempt, goal_later, optional_key, problem_list, row_later
from lineofsight.kernel.ids import key_of
from lineofsight.kernel.rows import Row, by_key

ID = strawberry.ID


@strawberry.input(description="How a goal is measured.")
class MetricInput:
    """Name and target suffice."""

    name: str = strawberry.field(description="What is measured.")
    direction: Direction | None = strawberry.field(
        default=None, description="Which way it should move; default from its numbers."
    )
    unit_of_measure: str | None = strawberry.field(default=None, description="Unit of measure.")
    baseline: float | None = strawberry.field(default=None, description="Where it starts; default the first value.")
    commit: float | None = strawberry.field(default=None, description="The minimum promised.")
    target: float | None = strawberry.field(default=None, description="What is aimed at.")
    stretch: float | None = strawberry.field(default=None, description="What would be ambitious.")
    target_text: str | None = strawberry.field(default=None, description="The target where it is text.")
    lower_bound: float | None = strawberry.field(default=None, description="Lower end of the band to stay in.")
    upper_bound: float | None = strawberry.field(default=None, description="Upper end of the band to stay in.")
    tolerance: float | None = strawberry.field(default=None, description="How far outside the band counts as nothing.")
    weight: float | None = strawberry.field(
        default=None, description="Weight among the goal's parts; none counts as 1."
    )
    definition_id: ID | None = strawberry.field(
        default=None, description="What it measures in common with other goals; default a new one."
    )


def new_metric(given: MetricInput, *path: str) -> measures.NewMetric:
    """The input as the action takes it."""
    values = {name: getattr(given, name) for name in MetricInput.__annotations__}
    values["definition_id"] = optional_key("MetricDefinition", given.definition_id, *path, "definitionId")
    return measures.NewMetric(**values)


@strawberry.input(description="A metric to add.")
class MetricAddInput:
    """The goal and its measure."""

    goal_id: ID = strawberry.field(description="The goal.")
    metric: MetricInput = strawberry.field(description="The measure.")


@strawberry.type(description="Answer of metricAdd.")
class MetricAddPayload:
    """The metric and its goal."""

    problems: list[Problem] = problem_list()
    metric: Metric | None = strawberry.field(default=None, description="The new metric.")
    goal: Goal | None = strawberry.field(default=None, description="The goal as it is now.")


@strawberry.input(description="A metric's value to record.")
class MetricRecordValueInput:
    """The metric, the period, the value."""

    metric_id: ID = strawberry.field(description="The metric.")
    period: str = strawberry.field(description="2025, 2025-Q3, 2025-07, 2025-W31, 2025-07-14, FY2025 or FY2025-Q3.")
    value: float | None = strawberry.field(default=None, description="The number.")
    text: str | None = strawberry.field(default=None, description="The value as it was written.")
    source: ValueSource = strawberry.field(default=ValueSource.MANUAL, description="MANUAL or API.")


@strawberry.type(description="Answer of metricRecordValue.")
class MetricRecordValuePayload:
    """The value, its metric and goal."""

    problems: list[Problem] = problem_list()
    value: MetricValue | None = strawberry.field(default=None, description="The new value.")
    metric: Metric | None = strawberry.field(default=None, description="The metric as it is now.")
    goal: Goal | None = strawberry.field(default=None, description="The goal as it is now.")


@strawberry.input(description="A milestone to add.")
class MilestoneAddInput:
    """The goal and its checkpoint."""

    goal_id: ID = strawberry.field(description="The goal.")
    title: str = strawberry.field(description="What is to be done.")
    due_date: date | None = strawberry.field(default=None, description="Day it is due.")
    weight: float | None = strawberry.field(
        default=None, description="Weight among the goal's parts; none counts as 1."
    )


@strawberry.input(description="A milestone to complete.")
class MilestoneCompleteInput:
    """The milestone."""

    milestone_id: ID = strawberry.field(description="The milestone.")
    done: bool = strawberry.field(default=True, description="False takes it back.")


@strawberry.type(description="Answer of a mutation on a milestone.")
class MilestonePayload:
    """The milestone and its goal."""

    problems: list[Problem] = problem_list()
    milestone: Milestone | None = strawberry.field(default=None, description="The milestone as it is now.")
    goal: Goal | None = strawberry.field(default=None, description="The goal as it is now.")


async def value_row(context: Context, key: int) -> Row | None:
    """A metric's value by its key in the graph."""
    metric, value = key >> VALUE_WIDTH, key & (1 << VALUE_WIDTH) - 1
    rows = await by_key(reads.VALUES, context.viewer, [value])
    return kinded("MetricValue", next((row for row in rows if row["metric__id"] == metric), None))


@strawberry.type
class MeasureMutations:
    """Mutations on measures and milestones."""

    @strawberry.mutation(description="Add a metric to a goal.")
    async def metric_add(self, info: Info, input: MetricAddInput) -> MetricAddPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            goal = key_of("Goal", input.goal_id, path=("goalId",))
            metric = await measures.add_metric(info.context.viewer, goal, new_metric(input.metric, "metric"))
            return {"metric": row_later("Metric", reads.METRICS, metric.id), "goal": goal_later(goal)}

        return await attempt(info.context, MetricAddPayload, do)

    @strawberry.mutation(
        description="Record a metric's value for a period; one of the same period and source is superseded."
    )
    async def metric_record_value(self, info: Info, input: MetricRecordValueInput) -> MetricRecordValuePayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            metric = key_of("Metric", input.metric_id, path=("metricId",))
            made, goal = await measures.record_value(
                info.context.viewer,
                metric,
                period=input.period,
                value=input.value,
                text=input.text,
                source=input.source,
            )

            async def value(context: Context) -> Row | None:
                return await value_row(context, metric << VALUE_WIDTH | made.id)

            return {"value": value, "metric": row_later("Metric", reads.METRICS, metric), "goal": goal_later(goal.id)}

        return await attempt(info.context, MetricRecordValuePayload, do)

    @strawberry.mutation(description="Add a milestone to a goal.")
    async def milestone_add(self, info: Info, input: MilestoneAddInput) -> MilestonePayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            goal = key_of("Goal", input.goal_id, path=("goalId",))
            made = await measures.add_milestone(
                info.context.viewer, goal, title=input.title, due_date=input.due_date, weight=input.weight
            )
            return {"milestone": row_later("Milestone", reads.MILESTONES, made.id), "goal": goal_later(goal)}

        return await attempt(info.context, MilestonePayload, do)

    @strawberry.mutation(description="Complete a milestone, or take that back.")
    async def milestone_complete(self, info: Info, input: MilestoneCompleteInput) -> MilestonePayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Milestone", input.milestone_id, path=("milestoneId",))
            made = await measures.complete_milestone(info.context.viewer, key, done=input.done)
            return {"milestone": row_later("Milestone", reads.MILESTONES, made.id), "goal": goal_later(made.goal_id)}

        return await attempt(info.context, MilestonePayload, do)
