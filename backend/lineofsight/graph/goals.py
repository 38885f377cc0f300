"""Goals in the graph."""

from datetime import date, datetime, timedelta
from typing import Any

import strawberry

from lineofsight.goals import policy, reads
from lineofsight.goals.health import expected, health
from lineofsight.goals.periods import CADENCE_DAYS
from lineofsight.goals.states import allowed
from lineofsight.goals.words import (
    AlignmentType,
    Ambition,
    Cadence,
    GoalKind,
    GoalLevel,
    GoalMethod,
    GoalOrigin,
    GoalOutcome,
    GoalStatus,
    Health,
    Horizon,
    OwnView,
    ProgressSource,
    Visibility,
)
from lineofsight.graph.alignment import (
    Aligned,
    AlignedGoalConnection,
    Alignment,
    CascadePack,
    DescendantConnection,
    Descent,
    LineOfSightStep,
    cascade_pack,
    line_of_sight,
    primary_alignment,
    primary_parent,
    share_carried,
)
from lineofsight.graph.connection import Connection, Ordered
from lineofsight.graph.context import Context, Info
from lineofsight.graph.measures import CheckIn, Metric, Milestone
from lineofsight.graph.node import (
    Access,
    Computed,
    Many,
    Node,
    Owner,
    column,
    computed,
    is_kind,
    kinded,
    listing,
    loader,
    node_id,
    one,
)
from lineofsight.graph.people import ExternalId, OrgUnit, Person, external_ids
from lineofsight.graph.strategy import Cycle, Mandate, Pillar, StrategicPlan
from lineofsight.kernel import numbers
from lineofsight.kernel.rows import OrderBy, Reach, Row
from lineofsight.people import reads as people_reads
from lineofsight.strategy import reads as strategy_reads

SEE, NOTES = policy.SEE, policy.READ_NOTES


@strawberry.type(description="From how many of how many parts with data a progress is made.")
class Coverage:
    """“from 7 of 10”."""

    counted: int = strawberry.field(description="Parts with data.")
    total: int = strawberry.field(description="All parts that count.")


@strawberry.type(description="What the viewer may do with a goal now: by right, and in its present status.")
class GoalViewerCan:
    """One field an action."""

    edit: bool = strawberry.field(description="Change its fields.")
    propose: bool = strawberry.field(description="Hand it in for approval.")
    return_: bool = strawberry.field(name="return", description="Give it back to be changed.")
    approve: bool = strawberry.field(description="Approve it.")
    activate: bool = strawberry.field(description="Begin it.")
    close: bool = strawberry.field(description="Close it with an outcome.")
    retire: bool = strawberry.field(description="Give it up, with a reason.")
    delete: bool = strawberry.field(description="Delete it: an author's own draft.")
    align: bool = strawberry.field(description="Link it to a goal it serves.")
    unalign: bool = strawberry.field(description="Remove such a link.")
    check_in: bool = strawberry.field(description="Check in on it.")
    add_milestone: bool = strawberry.field(description="Add a milestone.")
    add_metric: bool = strawberry.field(description="Add a metric.")
    record_value: bool = strawberry.field(description="Record a metric's value.")


def _viewer_can(row: Row, context: Context) -> GoalViewerCan:
    may = allowed(context.viewer, row)
    return GoalViewerCan(**{name: name.rstrip("_") in may for name in GoalViewerCan.__annotations__})


@strawberry.type(description="Helps on a goal.", directives=[Access(rule=SEE.name)])
class Contributor(Node):
    """A contributor."""

    is_type_of = is_kind("Contributor")
    id: strawberry.ID = node_id(SEE, "Contributor")
    person: Person | None = one(SEE, "The person who helps.", "Person", people_reads.PEOPLE, "person_id")
    unit: OrgUnit | None = one(SEE, "The unit that helps.", "OrgUnit", people_reads.UNITS, "unit_id")
    share: float | None = column(SEE, "Its part of a joint outcome, 0 to 1.", "share_bp", convert=numbers.from_bp)


async def _owner(row: Row, context: Context) -> Row | None:
    if row["owner_person_id"] is not None:
        return kinded("Person", await context.row(people_reads.PEOPLE, row["owner_person_id"]))
    return kinded("OrgUnit", await context.row(people_reads.UNITS, row["owner_unit_id"]))


def _next_check_in(row: Row, context: Context) -> date | None:
    if row["status"] != GoalStatus.ACTIVE:
        return None
    if row["observed_on"] is None:
        return row["first_due_on"]
    return row["observed_on"] + timedelta(days=CADENCE_DAYS[Cadence(row["cadence"])])


def _coverage(row: Row, context: Context) -> Coverage | None:
    return None if row["total"] is None else Coverage(counted=row["counted"], total=row["total"])


NEWEST = (OrderBy("t.at", descending=True), OrderBy("t.id", descending=True))
BY_DUE = (OrderBy("t.due_date"), OrderBy("t.id"))
BY_ORDINAL = (OrderBy("t.ordinal"), OrderBy("t.id"))
BY_EDGE = (OrderBy("t.sort_key"), OrderBy("edge.id"))
BY_KEY = (OrderBy("t.id"),)


def _many(description: str, kind: str, source: Any) -> dict[str, Any]:
    return {
        "description": description,
        "directives": [Access(rule=SEE.name)],
        "metadata": {"rule": SEE, "source": Many(kind, lambda c: source)},
    }


@strawberry.type(description="A wanted result with an owner and a period.", directives=[Access(rule=SEE.name)])
class Goal(Node):
    """A goal of any level."""

    is_type_of = is_kind("Goal")
    id: strawberry.ID = node_id(SEE, "Goal")
    title: str = column(SEE, "The wanted result in a sentence.", "title")
    description: str | None = column(SEE, "More about it.", "description")
    level: GoalLevel = column(SEE, "Where in the cascade it stands.", "level", convert=GoalLevel)
    kind: GoalKind = column(SEE, "What it is about.", "kind", convert=GoalKind)
    method: GoalMethod | None = column(SEE, "Its goal-setting method.", "method", convert=GoalMethod)
    ambition: Ambition = column(SEE, "A promise or a stretch.", "ambition", convert=Ambition)
    horizon: Horizon = column(SEE, "How far ahead it looks.", "horizon", convert=Horizon)
    origin: GoalOrigin | None = column(SEE, "Who originated it.", "origin", convert=GoalOrigin)
    visibility: Visibility = column(SEE, "Who sees it.", "visibility", convert=Visibility)
    status: GoalStatus = column(SEE, "Where in its life it is.", "status", convert=GoalStatus)
    outcome: GoalOutcome | None = column(SEE, "What it came to, once closed.", "outcome", convert=GoalOutcome)
    cadence: Cadence = column(SEE, "The interval between its check-ins.", "cadence", convert=Cadence)
    sequence: str | None = column(SEE, "Its number in the plan, as written there.", "sequence")
    cycle: Cycle | None = one(SEE, "The time box it runs in.", "Cycle", strategy_reads.CYCLES, "cycle_id")
    owner: Owner | None = loader(SEE, "Whose goal it is: a person or a unit.", _owner)
    author: Person | None = one(SEE, "Who wrote it.", "Person", people_reads.PEOPLE, "author_id")
    unit: OrgUnit | None = one(SEE, "The owning unit, or its owner's.", "OrgUnit", people_reads.UNITS, "unit_id")
    plan: StrategicPlan | None = one(
        SEE, "The plan at the top of its primary path.", "StrategicPlan", strategy_reads.PLANS, "plan_id"
    )
    pillar: Pillar | None = one(SEE, "The pillar that groups it.", "Pillar", strategy_reads.PILLARS, "pillar_id")
    mandate: Mandate | None = one(
        SEE, "The law or rule it follows from.", "Mandate", strategy_reads.MANDATES, "mandate_id"
    )
    start_date: date | None = column(SEE, "First day of its period.", "start_date")
    due_date: date | None = column(SEE, "Day it is due.", "due_date")
    closed_on: date | None = column(SEE, "Day it was closed or retired.", "closed_on")
    weight: float | None = column(SEE, "Share of its owner's cycle, 0 to 1.", "weight_bp", convert=numbers.from_bp)
    unaligned_reason: str | None = column(
        NOTES, "Why it is active without serving another goal.", "unaligned_reason", guarded=True
    )
    return_reason: str | None = column(
        NOTES, "Why it was sent back to be changed, until it is proposed again.", "return_reason", guarded=True
    )
    progress: float | None = column(SEE, "Progress, 0 to 1; null while there is no data.", "progress")
    progress_source: ProgressSource = column(
        SEE, "Where its progress comes from.", "progress_source", convert=ProgressSource
    )
    progress_coverage: Coverage | None = computed(SEE, "From how many of its parts: “from 7 of 10”.", _coverage)
    expected_progress: float | None = computed(
        SEE, "Progress expected today, 0 to 1; null without a due date.", lambda row, c: expected(row, c.on)
    )
    health: Health = computed(SEE, "Computed health today.", lambda row, c: health(row, c.on))
    view: OwnView | None = column(SEE, "What its owner reports.", "own_view", convert=OwnView)
    last_observed_on: date | None = column(SEE, "Day of the last check-in or value.", "observed_on")
    next_check_in_on: date | None = computed(SEE, "Day the next check-in is due, while it is active.", _next_check_in)
    primary_parent: LineOfSightStep | None = loader(
        SEE, "The goal it mainly serves; a goal the viewer cannot see shows its level only.", primary_parent
    )
    primary_alignment: Alignment | None = loader(
        SEE, "The link to the goal it mainly serves; null unless both ends are visible.", primary_alignment
    )
    line_of_sight: list[LineOfSightStep] = loader(
        SEE, "This goal, then upward each goal it mainly serves; at most 64.", line_of_sight, absent=[]
    )
    share_carried: float | None = loader(
        SEE, "The share of the top of its primary path that it carries: the product of shares along it.", share_carried
    )
    external_ids: list[ExternalId] = external_ids(SEE, "GOAL")
    viewer_can: GoalViewerCan = computed(SEE, "What the viewer may do with it now.", _viewer_can)
    version: int = column(SEE, "Moves with each edit; give it back when you edit.", "version")
    changed_at: datetime = column(SEE, "Timestamp of its last edit.", "changed_at")

    @strawberry.field(**_many("The goals it is linked to, by title; by default those it counts toward.", "Goal", None))
    def parents(
        root: Any, info: Info, types: list[AlignmentType] | None = (AlignmentType.CONTRIBUTES,),  # noqa: N805
        first: int | None = None, after: str | None = None,
    ) -> AlignedGoalConnection:  # fmt: skip
        return Aligned(
            info.context, root["id"], list(types or ()), upward=True, ordered=Ordered(first, after), order=BY_EDGE
        )

    @strawberry.field(
        **_many("The goals that are linked to it, by title; by default those that count toward it.", "Goal", None)
    )
    def children(
        root: Any, info: Info, types: list[AlignmentType] | None = (AlignmentType.CONTRIBUTES,),  # noqa: N805
        first: int | None = None, after: str | None = None,
    ) -> AlignedGoalConnection:  # fmt: skip
        return Aligned(
            info.context, root["id"], list(types or ()), upward=False, ordered=Ordered(first, after), order=BY_EDGE
        )

    @strawberry.field(
        **_many("The visible tree below it along primary links, in tree order; at most 1000 a page.", "Goal", None)
    )
    def descendants(
        root: Any,
        info: Info,
        max_depth: int | None = None,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> DescendantConnection:
        return Descent(info.context, root["id"], max_depth, Ordered(first, after))

    @strawberry.field(
        description="The whole visible tree below it in columns, at most 50,000 rows.",
        directives=[Access(rule=SEE.name)],
        metadata={"rule": SEE, "source": Computed(lambda row, c: None)},
    )
    async def cascade(root: Any, info: Info, max_depth: int | None = None) -> CascadePack | None:  # noqa: N805
        return await cascade_pack(info.context, root["id"], max_depth)

    @strawberry.field(**_many("Its metrics, in order.", "Metric", reads.METRICS))
    def metrics(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Metric]:
        return listing(info, "Metric", reads.METRICS, Reach("t.goal_id"), BY_ORDINAL, root["id"], Ordered(first, after))

    @strawberry.field(**_many("Its milestones, by due date.", "Milestone", reads.MILESTONES))
    def milestones(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Milestone]:
        return listing(
            info, "Milestone", reads.MILESTONES, Reach("t.goal_id"), BY_DUE, root["id"], Ordered(first, after)
        )

    @strawberry.field(**_many("Its check-ins, newest first.", "CheckIn", reads.CHECK_INS))
    def check_ins(
        root: Any, info: Info, first: int | None = None, after: str | None = None,  # noqa: N805
        last: int | None = None, before: str | None = None,
    ) -> Connection[CheckIn]:  # fmt: skip
        return listing(
            info,
            "CheckIn",
            reads.CHECK_INS,
            Reach("t.goal_id"),
            NEWEST,
            root["id"],
            Ordered(first, after, last, before),
        )

    @strawberry.field(**_many("Who helps on it.", "Contributor", reads.CONTRIBUTORS))
    def contributors(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Contributor]:
        return listing(
            info, "Contributor", reads.CONTRIBUTORS, Reach("t.goal_id"), BY_KEY, root["id"], Ordered(first, after)
        )
