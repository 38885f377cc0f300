"""The roots from which the graph is read."""

import asyncio
from typing import Any

import strawberry

from lineofsight.goals import reads as goal_reads
from lineofsight.graph.administration import AdministrationQueries, Client, OfficeGrant
from lineofsight.graph.alignment import Alignment
from lineofsight.graph.connection import Connection, Ordered
from lineofsight.graph.context import Context, Info
from lineofsight.graph.enums import NodeKind
from lineofsight.graph.filters import GoalFilter, GoalOrder
from lineofsight.graph.goals import Contributor, Goal
from lineofsight.graph.measures import CheckIn, Metric, MetricDefinition, MetricValue, Milestone
from lineofsight.graph.mutations.measures import value_row
from lineofsight.graph.node import Node, kinded, listing
from lineofsight.graph.people import (
    PLACES,
    OrgUnit,
    Person,
    Position,
    goals_listing,
)
from lineofsight.graph.people_filters import (
    PersonFilter,
    PersonOrder,
    UnitFilter,
    UnitOrder,
    person_order,
    person_where,
    unit_order,
    unit_where,
)
from lineofsight.graph.strategy import Cycle, Mandate, Pillar, PlanValue, StrategicPlan
from lineofsight.graph.viewer import Viewer
from lineofsight.kernel import sql
from lineofsight.kernel.database import fetch
from lineofsight.kernel.ids import key_of, parse_id
from lineofsight.kernel.problems import InvalidField
from lineofsight.kernel.rows import OrderBy, Reach, Row, Source
from lineofsight.kernel.sql import Sql
from lineofsight.kernel.textsearch import words_in
from lineofsight.people import policy as people_policy
from lineofsight.people import reads as people_reads
from lineofsight.strategy import reads as strategy_reads

MOST_NODES = 100
BY_NAME = (OrderBy("t.sort_key"), OrderBy("t.id"))


def _sources(context: Context) -> dict[str, Source]:
    return {
        "Goal": goal_reads.goals(context.on),
        "Metric": goal_reads.METRICS,
        "MetricDefinition": goal_reads.DEFINITIONS,
        "Milestone": goal_reads.MILESTONES,
        "CheckIn": goal_reads.CHECK_INS,
        "Alignment": goal_reads.ALIGNMENTS,
        "Contributor": goal_reads.CONTRIBUTORS,
        "Person": people_reads.PEOPLE,
        "OrgUnit": people_reads.UNITS,
        "Position": people_reads.POSITIONS,
        "StrategicPlan": strategy_reads.PLANS,
        "PlanValue": strategy_reads.VALUES,
        "Pillar": strategy_reads.PILLARS,
        "Mandate": strategy_reads.MANDATES,
        "Cycle": strategy_reads.CYCLES,
        "OfficeGrant": people_reads.OFFICES,
        "Client": people_reads.CLIENTS,
    }


NODE_TYPES = [
    Goal, Metric, MetricDefinition, MetricValue, Milestone, CheckIn, Alignment, Contributor,
    Person, OrgUnit, Position, StrategicPlan, PlanValue, Pillar, Mandate, Cycle,
    OfficeGrant, Client,
]  # fmt: skip

OUTSIDE = {
    NodeKind.PERSON: ("PERSON", "Person"),
    NodeKind.POSITION: ("POSITION", "Position"),
    NodeKind.UNIT: ("UNIT", "OrgUnit"),
    NodeKind.PLAN: ("PLAN", "StrategicPlan"),
    NodeKind.GOAL: ("GOAL", "Goal"),
    NodeKind.METRIC: ("METRIC", "Metric"),
}
"""By kind of outside key: as external references name it, as the graph does."""


async def node_row(context: Context, global_id: str) -> Row | None:
    """The visible row of a global id; None where it is hidden, absent or no id."""
    parsed = parse_id(global_id)
    if parsed is None or parsed[1] >= 1 << 63:
        return None
    kind, key = parsed
    if kind == "MetricValue":
        return await value_row(context, key)
    source = _sources(context).get(kind)
    return None if source is None else kinded(kind, await context.row(source, key))


async def _outside(context: Context, system: str, key: str, kind: NodeKind | None) -> Row | None:
    kinds = {OUTSIDE[k][0]: OUTSIDE[k][1] for k in ([kind] if kind else NodeKind)}
    refs = await fetch(
        Sql(
            "select r.kind, r.row_id, r.client_id, s.is_open from external_ref r "
            "join external_system s on s.id = r.system_id where s.name = ? and r.key = ? and ?",
            system,
            key,
            sql.one_of("r.kind", list(kinds)),
        )
    )
    found = []
    for ref in refs:
        name = kinds[ref["kind"]]
        row = kinded(name, await context.row(_sources(context)[name], ref["row_id"]))
        if row is None:
            continue
        path = next((row[c] for c in PLACES if c in row), "")
        mine = context.viewer.client_id is not None and ref["client_id"] == context.viewer.client_id
        if ref["is_open"] or mine or people_policy.SEE_CLOSED_KEYS.allows(context.viewer, {"unit_path": path}):
            found.append(row)
    return found[0] if len(found) == 1 else None


@strawberry.input(description="Which metrics.")
class MetricFilter:
    """Conditions that all must hold."""

    text: str | None = strawberry.field(default=None, description="Words in the name.")
    goal_id: strawberry.ID | None = strawberry.field(default=None, description="Of this goal.")


@strawberry.type(description="The roots from which the graph is read.")
class Query(AdministrationQueries):
    """The query type."""

    @strawberry.field(description="Who asks.")
    def viewer(self, info: Info) -> Viewer:
        return info.context.viewer

    @strawberry.field(description="Anything by its global id; null where it is hidden or absent.")
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:  # noqa: A002
        return await node_row(info.context, id)

    @strawberry.field(description="The same for at most 100 ids, in their order.")
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        if len(ids) > MOST_NODES:
            raise InvalidField(f"Ask for at most {MOST_NODES} ids.", path=("ids",))
        return list(await asyncio.gather(*(node_row(info.context, key) for key in ids)))

    @strawberry.field(
        description="A row by its key in another system; without kind null when several visible rows match."
    )
    async def by_external_id(self, info: Info, system: str, key: str, kind: NodeKind | None = None) -> Node | None:
        return await _outside(info.context, system, key, kind)

    @strawberry.field(description="A goal.")
    async def goal(self, info: Info, id: strawberry.ID) -> Goal | None:  # noqa: A002
        return await _typed(info.context, "Goal", id)

    @strawberry.field(description="A person.")
    async def person(self, info: Info, id: strawberry.ID) -> Person | None:  # noqa: A002
        return await _typed(info.context, "Person", id)

    @strawberry.field(description="A position.")
    async def position(self, info: Info, id: strawberry.ID) -> Position | None:  # noqa: A002
        return await _typed(info.context, "Position", id)

    @strawberry.field(description="A unit, by id or by code.")
    async def unit(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        code: str | None = None,  # noqa: A002
    ) -> OrgUnit | None:
        if (id is None) == (code is None):
            raise InvalidField("Give an id or a code.", path=("id",))
        if id is not None:
            return await _typed(info.context, "OrgUnit", id)
        keys = await fetch(Sql("select id from unit where code = ?", code))
        return kinded("OrgUnit", await info.context.row(people_reads.UNITS, keys[0]["id"] if keys else None))

    @strawberry.field(description="The root unit: the agency; null where it is hidden.")
    async def agency(self, info: Info) -> OrgUnit | None:
        keys = await fetch(Sql("select min(id) as id from unit where parent_id is null"))
        return kinded("OrgUnit", await info.context.row(people_reads.UNITS, keys[0]["id"]))

    @strawberry.field(description="The strategic plans, by name.")
    def plans(self, info: Info, first: int | None = None, after: str | None = None) -> Connection[StrategicPlan]:
        return listing(info, "StrategicPlan", strategy_reads.PLANS, Reach(), BY_NAME, None, Ordered(first, after))

    @strawberry.field(description="The cycles, newest first.")
    def cycles(self, info: Info, first: int | None = None, after: str | None = None) -> Connection[Cycle]:
        order = (OrderBy("t.start_date", descending=True), OrderBy("t.id", descending=True))
        return listing(info, "Cycle", strategy_reads.CYCLES, Reach(), order, None, Ordered(first, after))

    @strawberry.field(description="The units.")
    async def units(
        self, info: Info, filter: UnitFilter | None = None, order_by: UnitOrder | None = None,  # noqa: A002
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[OrgUnit]:  # fmt: skip
        return listing(
            info, "OrgUnit", people_reads.UNITS, Reach(where=await unit_where(filter, info.context)),
            unit_order(order_by), None, Ordered(first, after, last, before),
        )  # fmt: skip

    @strawberry.field(description="The people.")
    async def people(
        self, info: Info, filter: PersonFilter | None = None, order_by: PersonOrder | None = None,  # noqa: A002
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[Person]:  # fmt: skip
        return listing(
            info, "Person", people_reads.PEOPLE, Reach(where=await person_where(filter, info.context)),
            person_order(order_by), None, Ordered(first, after, last, before),
        )  # fmt: skip

    @strawberry.field(description="The goals.")
    async def goals(
        self, info: Info, filter: GoalFilter | None = None, order_by: GoalOrder | None = None,  # noqa: A002
        first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None,
    ) -> Connection[Goal]:  # fmt: skip
        return await goals_listing(info, None, None, filter, order_by, Ordered(first, after, last, before))

    @strawberry.field(description="The metrics, by key.")
    def metrics(
        self,
        info: Info,
        filter: MetricFilter | None = None,
        first: int | None = None,
        after: str | None = None,  # noqa: A002
    ) -> Connection[Metric]:
        where = []
        if filter is not None and filter.text:
            where.append(words_in(filter.text, [], ["t.name"]))
        if filter is not None and filter.goal_id is not None:
            where.append(Sql("t.goal_id = ?", key_of("Goal", filter.goal_id, path=("filter", "goalId"))))
        return listing(
            info,
            "Metric",
            goal_reads.METRICS,
            Reach(where=sql.all_of(where)),
            (OrderBy("t.id"),),
            None,
            Ordered(first, after),
        )


async def _typed(context: Context, kind: str, global_id: str) -> Any:
    row = await node_row(context, global_id)
    return row if row is not None and row["_kind"] == kind else None
