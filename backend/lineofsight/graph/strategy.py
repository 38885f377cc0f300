"""The strategic plan in the graph."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from lineofsight.goals import reads as goal_reads
from lineofsight.graph.connection import Connection, Ordered
from lineofsight.graph.context import Info
from lineofsight.graph.filters import GoalFilter, GoalOrder
from lineofsight.graph.node import Access, Many, Node, column, is_kind, listing, node_id, one
from lineofsight.graph.people import ExternalId, OrgUnit, external_ids, goals_listing
from lineofsight.kernel.rows import OrderBy, Reach
from lineofsight.people import reads as people_reads
from lineofsight.strategy import policy, reads

if TYPE_CHECKING:
    from lineofsight.graph.goals import Goal

SEE, SEE_CYCLE = policy.SEE_PLAN, policy.SEE_CYCLE
BY_ORDINAL = (OrderBy("t.ordinal"), OrderBy("t.id"))


@strawberry.type(description="A time box for goals.", directives=[Access(rule=SEE_CYCLE.name)])
class Cycle(Node):
    """A cycle."""

    is_type_of = is_kind("Cycle")
    id: strawberry.ID = node_id(SEE_CYCLE, "Cycle")
    name: str = column(SEE_CYCLE, "Name of the cycle.", "name")
    start_date: date = column(SEE_CYCLE, "Its first day.", "start_date")
    end_date: date = column(SEE_CYCLE, "Its last day.", "end_date")


@strawberry.type(
    description="The legal or regulatory source of an objective.", directives=[Access(rule=SEE_CYCLE.name)]
)
class Mandate(Node):
    """A mandate."""

    is_type_of = is_kind("Mandate")
    id: strawberry.ID = node_id(SEE_CYCLE, "Mandate")
    citation: str = column(SEE_CYCLE, "The law or rule, as it is cited.", "citation")
    authority: str | None = column(SEE_CYCLE, "Who made it.", "authority")
    deadline: date | None = column(SEE_CYCLE, "Day by which it must be met.", "deadline")
    evidence: str | None = column(SEE_CYCLE, "What shows that it is met.", "evidence")


@strawberry.type(description="A strategic choice that groups objectives.", directives=[Access(rule=SEE.name)])
class Pillar(Node):
    """A pillar."""

    is_type_of = is_kind("Pillar")
    id: strawberry.ID = node_id(SEE, "Pillar")
    name: str = column(SEE, "Name of the pillar.", "name")
    description: str | None = column(SEE, "What it stands for.", "description")


@strawberry.type(description="A guiding principle of a plan.", directives=[Access(rule=SEE.name)])
class PlanValue(Node):
    """A value."""

    is_type_of = is_kind("PlanValue")
    id: strawberry.ID = node_id(SEE, "PlanValue")
    name: str = column(SEE, "Name of the value.", "name")
    description: str | None = column(SEE, "What it means.", "description")


@strawberry.type(description="A strategic plan of a publisher.", directives=[Access(rule=SEE.name)])
class StrategicPlan(Node):
    """A plan."""

    is_type_of = is_kind("StrategicPlan")
    id: strawberry.ID = node_id(SEE, "StrategicPlan")
    name: str = column(SEE, "Name of the plan.", "name")
    description: str | None = column(SEE, "What the plan is about.", "description")
    mission: str | None = column(SEE, "Why the publisher exists.", "mission")
    vision: str | None = column(SEE, "The future it wants.", "vision")
    publisher: OrgUnit | None = one(SEE, "The unit whose plan it is.", "OrgUnit", people_reads.UNITS, "publisher_id")
    start_date: date | None = column(SEE, "Its first day.", "start_date")
    end_date: date | None = column(SEE, "Its last day.", "end_date")
    external_ids: list[ExternalId] = external_ids(SEE, "PLAN")

    @strawberry.field(
        description="The goals of the plan.",
        directives=[Access(rule="goal.see")],
        metadata={"rule": SEE, "source": Many("Goal", lambda c: goal_reads.goals(c.on))},
    )
    async def goals(
        root: Any,  # noqa: N805
        info: Info,
        filter: GoalFilter | None = None,  # noqa: A002
        order_by: GoalOrder | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Connection[Annotated["Goal", strawberry.lazy("lineofsight.graph.goals")]]:
        return await goals_listing(info, "t.plan_id", root["id"], filter, order_by, Ordered(first, after))

    @strawberry.field(
        description="Its guiding principles, in order.",
        directives=[Access(rule=SEE.name)],
        metadata={"rule": SEE, "source": Many("PlanValue", lambda c: reads.VALUES)},
    )
    def values(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[PlanValue]:
        return listing(
            info, "PlanValue", reads.VALUES, Reach("t.plan_id"), BY_ORDINAL, root["id"], Ordered(first, after)
        )

    @strawberry.field(
        description="Its pillars, in order.",
        directives=[Access(rule=SEE.name)],
        metadata={"rule": SEE, "source": Many("Pillar", lambda c: reads.PILLARS)},
    )
    def pillars(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Pillar]:
        return listing(info, "Pillar", reads.PILLARS, Reach("t.plan_id"), BY_ORDINAL, root["id"], Ordered(first, after))
