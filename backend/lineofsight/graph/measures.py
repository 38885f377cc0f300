"""Metrics, their values, milestones and check-ins in the graph."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from lineofsight.goals import formulas, measuring, policy, reads
from lineofsight.goals.words import Direction, OwnView, ValueSource
from lineofsight.graph.connection import Connection, Ordered
from lineofsight.graph.context import Context, Info
from lineofsight.graph.node import (
    Access,
    Many,
    Node,
    column,
    computed,
    is_kind,
    listing,
    loader,
    node_id,
    one,
)
from lineofsight.graph.people import ExternalId, Person, external_ids
from lineofsight.kernel import numbers
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.rows import OrderBy, Reach, Row
from lineofsight.kernel.sql import Sql
from lineofsight.people import reads as people_reads

if TYPE_CHECKING:
    from lineofsight.graph.goals import Goal

SEE, NOTES = policy.SEE, policy.READ_NOTES
LazyGoal = Annotated["Goal", strawberry.lazy("lineofsight.graph.goals")]
VALUE_WIDTH = 32
"""A value is seen as part of one metric: its id is the metric's key and its own, this many bits each."""


def goals_today(context: Context) -> Any:
    """Goals as of the operation's day."""
    return reads.goals(context.on)


def goal_of(description: str) -> Any:
    """The goal a row stands on."""
    return one(SEE, description, "Goal", goals_today, "goal_id")


@strawberry.type(description="What several goals measure alike.", directives=[Access(rule=SEE.name)])
class MetricDefinition(Node):
    """A registry entry."""

    is_type_of = is_kind("MetricDefinition")
    id: strawberry.ID = node_id(SEE, "MetricDefinition")
    name: str = column(SEE, "Name of what is measured.", "name")
    description: str | None = column(SEE, "What exactly is measured.", "description")
    unit_of_measure: str | None = column(SEE, "Unit of measure.", "unit_of_measure")
    steward: Person | None = one(SEE, "Who supplies the numbers.", "Person", people_reads.PEOPLE, "steward_id")
    source_system: str | None = column(SEE, "The system the numbers come from.", "source_system")


def _value_of(name: str) -> Any:
    """The target or bound in force for a value's period."""

    async def load(row: Row, context: Context) -> Any:
        targets = await context.batch("targets", measuring.targets_of, row["metric__id"]) or []
        own = next((t[name] for t in targets if t["period"] == row["period"]), None)
        return own if own is not None else row[f"metric__{name}"]

    return load


async def _attainment(row: Row, context: Context) -> float | None:
    targets = await context.batch("targets", measuring.targets_of, row["metric__id"]) or []
    first = await context.batch("firsts", measuring.first_values, row["definition_id"])
    metric = {k.removeprefix("metric__"): v for k, v in row.items() if k.startswith("metric__")}
    target = next((t for t in targets if t["period"] == row["period"]), None)
    return formulas.attainment(measuring.yardstick(metric, target, first), row["value"])


@strawberry.type(
    description="An observation of a metric for one period; targets and bounds are those in force for it.",
    directives=[Access(rule=SEE.name)],
)
class MetricValue(Node):
    """A value of a metric."""

    is_type_of = is_kind("MetricValue")
    id: strawberry.ID = computed(
        SEE,
        "Global id of the MetricValue.",
        lambda row, _: global_id("MetricValue", row["metric__id"] << VALUE_WIDTH | row["id"]),
    )
    period: str = column(SEE, "Its period, such as 2025-Q3, 2025-07 or FY2025.", "period")
    period_end: date = column(SEE, "Last day of its period.", "period_end")
    value: float | None = column(SEE, "The number; null where it is text.", "value")
    text: str | None = column(SEE, "The value as it was written.", "text")
    source: ValueSource = column(SEE, "Where it comes from.", "source", convert=ValueSource)
    target: float | None = loader(SEE, "Target for the period.", _value_of("target"))
    target_text: str | None = loader(SEE, "Target for the period, where it is text.", _value_of("target_text"))
    lower_bound: float | None = loader(SEE, "Lower end of the band for the period.", _value_of("lower_bound"))
    upper_bound: float | None = loader(SEE, "Upper end of the band for the period.", _value_of("upper_bound"))
    attainment: float | None = loader(
        SEE, "Share of the way from baseline to target that it covers, unclamped.", _attainment
    )
    recorded_at: datetime = column(SEE, "Timestamp at which it was recorded.", "recorded_at")


BY_PERIOD = (OrderBy("t.period_end"), OrderBy("t.id"))


@strawberry.type(description="A goal's measure.", directives=[Access(rule=SEE.name)])
class Metric(Node):
    """A metric."""

    is_type_of = is_kind("Metric")
    id: strawberry.ID = node_id(SEE, "Metric")
    name: str = column(SEE, "What is measured.", "name")
    goal: LazyGoal | None = goal_of("The goal it measures.")
    definition: MetricDefinition | None = one(
        SEE, "What it measures in common with other goals.", "MetricDefinition", reads.DEFINITIONS, "definition_id"
    )
    weight: float | None = column(
        SEE, "Its weight among the goal's parts; none counts as 1.", "weight_bp", convert=numbers.from_bp
    )
    direction: Direction = column(SEE, "Which way it should move.", "direction", convert=Direction)
    unit_of_measure: str | None = column(SEE, "Unit of measure.", "unit_of_measure")
    baseline: float | None = column(SEE, "Where it started.", "baseline")
    commit: float | None = column(SEE, "The minimum promised.", "commit")
    target: float | None = column(SEE, "What is aimed at.", "target")
    stretch: float | None = column(SEE, "What would be ambitious.", "stretch")
    target_text: str | None = column(SEE, "The target where it is text.", "target_text")
    lower_bound: float | None = column(SEE, "Lower end of the band to stay in.", "lower_bound")
    upper_bound: float | None = column(SEE, "Upper end of the band to stay in.", "upper_bound")
    tolerance: float | None = column(SEE, "How far outside the band counts as nothing.", "tolerance")
    current: float | None = column(SEE, "The newest value.", "current")
    progress: float | None = column(SEE, "Share of the way covered, 0 to 1.", "progress")
    attainment: float | None = column(SEE, "The same, unclamped.", "attainment")
    observed_on: date | None = column(SEE, "Day of the newest value.", "observed_on")
    version: int = column(SEE, "Moves with each edit.", "version")
    external_ids: list[ExternalId] = external_ids(SEE, "METRIC")

    @strawberry.field(
        description="Its values in force, by period.",
        directives=[Access(rule=SEE.name)],
        metadata={"rule": SEE, "source": Many("MetricValue", lambda c: reads.VALUES)},
    )
    def values(
        root: Any,  # noqa: N805
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[MetricValue]:
        return listing(
            info, "MetricValue", reads.VALUES, Reach("metric.id", where=Sql("not t.superseded")), BY_PERIOD,
            root["id"], Ordered(first, after, last, before),
        )  # fmt: skip


@strawberry.type(description="A dated, weighted checkpoint, done or not.", directives=[Access(rule=SEE.name)])
class Milestone(Node):
    """A milestone."""

    is_type_of = is_kind("Milestone")
    id: strawberry.ID = node_id(SEE, "Milestone")
    title: str = column(SEE, "What is to be done.", "title")
    goal: LazyGoal | None = goal_of("The goal it stands on.")
    due_date: date | None = column(SEE, "Day it is due.", "due_date")
    weight: float | None = column(
        SEE, "Its weight among the goal's parts; none counts as 1.", "weight_bp", convert=numbers.from_bp
    )
    done_at: datetime | None = column(SEE, "Timestamp at which it was completed; null while it is not.", "done_at")
    version: int = column(SEE, "Moves with each edit.", "version")


@strawberry.type(description="A dated update of a goal.", directives=[Access(rule=SEE.name)])
class CheckIn(Node):
    """A check-in."""

    is_type_of = is_kind("CheckIn")
    id: strawberry.ID = node_id(SEE, "CheckIn")
    at: datetime = column(SEE, "Timestamp of the check-in.", "at")
    goal: LazyGoal | None = goal_of("The goal it reports on.")
    author: Person | None = one(SEE, "Who wrote it.", "Person", people_reads.PEOPLE, "author_id")
    on_behalf_of: Person | None = one(
        SEE, "Whose words a supervisor wrote down.", "Person", people_reads.PEOPLE, "on_behalf_of_id"
    )
    metric: Metric | None = one(SEE, "The metric it gives a value of.", "Metric", reads.METRICS, "metric_id")
    milestone: Milestone | None = one(SEE, "The milestone it completes.", "Milestone", reads.MILESTONES, "milestone_id")
    value: float | None = column(SEE, "The value it gives.", "value")
    text: str | None = column(SEE, "The value as text, where it is no number.", "text")
    progress: float | None = column(SEE, "The progress it reports, 0 to 1, where the goal has no measures.", "progress")
    confidence: int | None = column(SEE, "Belief that the result will land, 1 (no) to 5 (sure).", "confidence")
    note: str | None = column(NOTES, "Its note.", "note", guarded=True, on="goal__")
    blocker: str | None = column(NOTES, "What stands in the way.", "blocker", guarded=True, on="goal__")
    view: OwnView | None = column(SEE, "What its author reports.", "view", convert=OwnView)
