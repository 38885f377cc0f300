"""The organisation in the graph."""

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from lineofsight.graph.connection import Connection, Ordered
from lineofsight.graph.context import Context, Info
from lineofsight.graph.filters import GoalFilter, GoalOrder, goal_order, goal_where
from lineofsight.graph.node import (
    Access,
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
from lineofsight.kernel import numbers
from lineofsight.kernel.paths import keys
from lineofsight.kernel.rows import Join, OrderBy, Reach, Row, Source
from lineofsight.people import policy, reads

if TYPE_CHECKING:
    from lineofsight.graph.goals import Goal

GoalConnection = Connection[Annotated["Goal", strawberry.lazy("lineofsight.graph.goals")]]


@strawberry.type(description="The key of a row in another system.")
class ExternalId:
    """(system, key)."""

    system: str = strawberry.field(description="Name of the other system.")
    key: str = strawberry.field(description="The row's key there.")


PLACES = ("unit_path", "path", "publisher__path", "goal__unit_path", "unit__path")
"""Where rows carry the path of the unit they belong to."""


def external_ids(rule: Any, kind: str) -> Any:
    """The outside keys of a row that are open to the viewer."""

    async def load(row: Row, context: Context) -> list[ExternalId]:
        async def by_row(ids: list[int]) -> dict[int, list[Row]]:
            found: dict[int, list[Row]] = {}
            for key in await reads.external_keys(kind, ids):
                found.setdefault(key["row_id"], []).append(key)
            return found

        refs = await context.batch(("external", kind), by_row, row["id"]) or []
        path = next((row[c] for c in PLACES if c in row), "")
        closed = policy.SEE_CLOSED_KEYS.allows(context.viewer, {"unit_path": path})
        mine = context.viewer.client_id
        return [
            ExternalId(system=ref["system"], key=ref["key"])
            for ref in refs
            if ref["is_open"] or closed or (mine is not None and ref["client_id"] == mine)
        ]

    return loader(rule, "Its keys in other systems, of systems open to the viewer.", load)


BY_NAME = (OrderBy("t.sort_key"), OrderBy("t.id"))


async def _rows(context: Context, kind: str, source: Source, ids: list[int]) -> list[Row]:
    found = await asyncio.gather(*(context.row(source, key) for key in ids))
    return [kinded(kind, row) or row for row in found if row is not None]


async def _ancestors(row: Row, context: Context) -> list[Row]:
    return await _rows(context, "OrgUnit", reads.UNITS, keys(row["path"])[-2::-1])


async def _managers(row: Row, context: Context) -> list[Row]:
    async def up(ids: list[int]) -> dict[int, list[int]]:
        return await reads.manager_chains(ids)

    chain = await context.batch("managers", up, row["id"]) or []
    return await _rows(context, "Person", reads.PEOPLE, chain)


async def _lead(row: Row, context: Context) -> Row | None:
    if row["lead_position_id"] is None:
        return None
    holder = await context.batch("holders", reads.first_holders, row["lead_position_id"])
    return kinded("Person", await context.row(reads.PEOPLE, holder))


@strawberry.type(description="What the viewer may do with a unit.")
class UnitViewerCan:
    """One field an action."""

    edit: bool = strawberry.field(description="Change its fields, and make units below it.")
    grant_office: bool = strawberry.field(description="Grant offices over it.")
    add_person: bool = strawberry.field(description="Make people in it.")
    add_position: bool = strawberry.field(description="Make positions in it.")


def _unit_can(row: Row, context: Context) -> UnitViewerCan:
    who = context.viewer
    return UnitViewerCan(
        edit=policy.EDIT_UNIT.allows(who, row),
        grant_office=policy.GRANT_OFFICE.allows(who, row),
        add_person=policy.EDIT_PERSON.allows(who, {"unit_path": row["path"], "id": 0}),
        add_position=policy.EDIT_POSITION.allows(who, {"path": row["path"], "id": 0}),
    )


@strawberry.type(description="What the viewer may do with a person's entry.")
class PersonViewerCan:
    """One field an action."""

    edit: bool = strawberry.field(description="Change its fields, place the person, record that they left.")


@strawberry.type(description="What the viewer may do with a position.")
class PositionViewerCan:
    """One field an action."""

    edit: bool = strawberry.field(description="Change its fields and lines, and who holds it.")


@strawberry.type(description="A unit of the organisation.", directives=[Access(rule=policy.SEE_UNIT.name)])
class OrgUnit(Node, Owner):
    """A unit."""

    is_type_of = is_kind("OrgUnit")
    id: strawberry.ID = node_id(policy.SEE_UNIT, "OrgUnit")
    code: str = column(policy.SEE_UNIT, "Short code of the unit, unique in the agency.", "code")
    name: str = column(policy.SEE_UNIT, "Name of the unit.", "name")
    kind: str | None = column(policy.SEE_UNIT, "Kind of the unit, as the agency names it.", "kind")
    parent: Annotated["OrgUnit", strawberry.lazy("lineofsight.graph.people")] | None = one(
        policy.SEE_UNIT, "The unit above.", "OrgUnit", reads.UNITS, "parent_id"
    )
    ancestors: list[Annotated["OrgUnit", strawberry.lazy("lineofsight.graph.people")]] = loader(
        policy.SEE_UNIT, "The units above, nearest first.", _ancestors, absent=[]
    )
    lead: Annotated["Person", strawberry.lazy("lineofsight.graph.people")] | None = loader(
        policy.SEE_UNIT, "Who holds the unit's lead position; null where nobody does.", _lead
    )
    lead_position: Annotated["Position", strawberry.lazy("lineofsight.graph.people")] | None = one(
        policy.SEE_UNIT, "The position that leads the unit.", "Position", reads.POSITIONS, "lead_position_id"
    )
    ended_on: date | None = column(policy.SEE_UNIT, "First day without the unit; null while it is there.", "ended_on")
    external_ids: list[ExternalId] = external_ids(policy.SEE_UNIT, "UNIT")
    viewer_can: UnitViewerCan = computed(policy.SEE_UNIT, "What the viewer may do with it.", _unit_can)
    version: int = column(policy.SEE_UNIT, "Moves with each edit; give it back when you edit.", "version")

    @strawberry.field(
        description="The units directly below, by name.",
        directives=[Access(rule=policy.SEE_UNIT.name)],
        metadata={"rule": policy.SEE_UNIT, "source": Many("OrgUnit", lambda c: reads.UNITS)},
    )
    def children(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Annotated["OrgUnit", strawberry.lazy("lineofsight.graph.people")]]:
        return listing(
            info,
            "OrgUnit",
            reads.UNITS,
            Reach("t.parent_id", where=reads.current(info.context.on)),
            BY_NAME,
            root["id"],
            Ordered(first, after),
        )

    @strawberry.field(
        description="The people of the unit, by name; `deep`: those of the units below too.",
        directives=[Access(rule=policy.SEE_PERSON.name)],
        metadata={"rule": policy.SEE_PERSON, "source": Many("Person", lambda c: reads.PEOPLE)},
    )
    def people(
        root: Any,
        info: Info,
        deep: bool | None = False,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Annotated["Person", strawberry.lazy("lineofsight.graph.people")]]:
        reach = reads.people_of_units(info.context.on, deep=bool(deep))
        return listing(info, "Person", reads.PEOPLE, reach, BY_NAME, root["id"], Ordered(first, after))

    @strawberry.field(
        description="The goals whose unit it is.",
        directives=[Access(rule="goal.see")],
        metadata={"rule": policy.SEE_UNIT, "source": Many("Goal", lambda c: None)},
    )
    async def goals(
        root: Any,  # noqa: N805
        info: Info,
        filter: GoalFilter | None = None,  # noqa: A002
        order_by: GoalOrder | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> GoalConnection:
        deep = filter is not None and filter.unit_deep and filter.unit_id is None
        key, joins = ("above.id", (reads.UNIT_ABOVE,)) if deep else ("t.unit_id", ())
        return await goals_listing(info, key, root["id"], filter, order_by, Ordered(first, after), joins)


async def goals_listing(
    info: Info,
    key: str | None,
    parent: int | None,
    filter: GoalFilter | None,
    order: GoalOrder | None,
    ordered: Ordered,  # noqa: A002
    joins: tuple[Join, ...] = (),
) -> Any:
    """A connection of goals that a column leads to."""
    from lineofsight.goals import reads as goal_reads

    reach = Reach(key, joins, await goal_where(filter, info.context))
    return listing(
        info, "Goal", goal_reads.goals(info.context.on), reach, goal_order(order, info.context), parent, ordered
    )


@strawberry.type(description="Someone who works here.", directives=[Access(rule=policy.SEE_PERSON.name)])
class Person(Node, Owner):
    """A person."""

    is_type_of = is_kind("Person")
    id: strawberry.ID = node_id(policy.SEE_PERSON, "Person")
    name: str = column(policy.SEE_PERSON, "Name of the person.", "name")
    email: str | None = column(policy.SEE_CONTACT, "E-mail address.", "email", guarded=True)
    job_title: str | None = column(policy.SEE_PERSON, "Job title.", "job_title")
    unit: OrgUnit | None = one(
        policy.SEE_PERSON, "The unit of the person's position.", "OrgUnit", reads.UNITS, "unit_id"
    )
    position: Annotated["Position", strawberry.lazy("lineofsight.graph.people")] | None = one(
        policy.SEE_PERSON, "The person's primary position.", "Position", reads.POSITIONS, "position_id"
    )
    manager: Annotated["Person", strawberry.lazy("lineofsight.graph.people")] | None = one(
        policy.SEE_PERSON, "The holder of the nearest occupied superior position.", "Person", reads.PEOPLE, "manager_id"
    )
    managers: list[Annotated["Person", strawberry.lazy("lineofsight.graph.people")]] = loader(
        policy.SEE_PERSON, "The chain of managers, nearest first.", _managers, absent=[]
    )
    started_on: date | None = column(policy.SEE_EMPLOYMENT, "First day here.", "started_on", guarded=True)
    ended_on: date | None = column(
        policy.SEE_PERSON, "First day without the person; null while they are here.", "ended_on"
    )
    external_ids: list[ExternalId] = external_ids(policy.SEE_PERSON, "PERSON")
    viewer_can: PersonViewerCan = computed(
        policy.SEE_PERSON,
        "What the viewer may do with the entry.",
        lambda row, context: PersonViewerCan(edit=policy.EDIT_PERSON.allows(context.viewer, row)),
    )
    version: int = column(policy.SEE_PERSON, "Moves with each edit; give it back when you edit.", "version")

    @strawberry.field(
        description="Who reports to the person, by name; `deep`: everyone below on the reporting line.",
        directives=[Access(rule=policy.SEE_PERSON.name)],
        metadata={"rule": policy.SEE_PERSON, "source": Many("Person", lambda c: reads.PEOPLE)},
    )
    def reports(
        root: Any,
        info: Info,
        deep: bool | None = False,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Annotated["Person", strawberry.lazy("lineofsight.graph.people")]]:
        reach = reads.reports(info.context.on, deep=bool(deep))
        return listing(info, "Person", reads.PEOPLE, reach, BY_NAME, root["id"], Ordered(first, after))

    @strawberry.field(
        description="The goals the person owns.",
        directives=[Access(rule="goal.see")],
        metadata={"rule": policy.SEE_PERSON, "source": Many("Goal", lambda c: None)},
    )
    async def goals(
        root: Any,  # noqa: N805
        info: Info,
        filter: GoalFilter | None = None,  # noqa: A002
        order_by: GoalOrder | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> GoalConnection:
        return await goals_listing(info, "t.owner_person_id", root["id"], filter, order_by, Ordered(first, after))


@strawberry.type(
    description="A node of the reporting line, perhaps vacant.", directives=[Access(rule=policy.SEE_POSITION.name)]
)
class Position(Node):
    """A position."""

    is_type_of = is_kind("Position")
    id: strawberry.ID = node_id(policy.SEE_POSITION, "Position")
    title: str = column(policy.SEE_POSITION, "Title of the position.", "title")
    grade: str | None = column(policy.SEE_POSITION, "Grade, as the agency names it.", "grade")
    headcount: float = computed(
        policy.SEE_POSITION, "How many posts it stands for; 0.5 is half a post.",
        lambda row, _: numbers.from_bp(row["headcount_bp"]),
    )  # fmt: skip
    unit: OrgUnit | None = one(policy.SEE_POSITION, "The unit of the position.", "OrgUnit", reads.UNITS, "unit_id")
    superior: Annotated["Position", strawberry.lazy("lineofsight.graph.people")] | None = one(
        policy.SEE_POSITION, "The position above on the reporting line.", "Position", reads.POSITIONS, "superior_id"
    )
    ended_on: date | None = column(
        policy.SEE_POSITION, "First day without the position; null while it is there.", "ended_on"
    )
    external_ids: list[ExternalId] = external_ids(policy.SEE_POSITION, "POSITION")
    viewer_can: PositionViewerCan = computed(
        policy.SEE_POSITION,
        "What the viewer may do with it.",
        lambda row, context: PositionViewerCan(
            edit=policy.EDIT_POSITION.allows(context.viewer, {"path": row["unit__path"], "id": row["id"]})
        ),
    )
    version: int = column(policy.SEE_POSITION, "Moves with each edit; give it back when you edit.", "version")

    @strawberry.field(
        description="Who holds the position today, by name; nobody: it is vacant.",
        directives=[Access(rule=policy.SEE_PERSON.name)],
        metadata={"rule": policy.SEE_PERSON, "source": Many("Person", lambda c: reads.PEOPLE)},
    )
    def holders(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Person]:
        return listing(
            info, "Person", reads.PEOPLE, reads.holders(info.context.on), BY_NAME, root["id"], Ordered(first, after)
        )

    @strawberry.field(
        description="The positions directly below on the reporting line.",
        directives=[Access(rule=policy.SEE_POSITION.name)],
        metadata={"rule": policy.SEE_POSITION, "source": Many("Position", lambda c: reads.POSITIONS)},
    )
    def subordinates(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> Connection[Annotated["Position", strawberry.lazy("lineofsight.graph.people")]]:
        return listing(
            info, "Position", reads.POSITIONS, Reach("t.superior_id", where=reads.current(info.context.on)),
            (OrderBy("t.line"), OrderBy("t.id")), root["id"], Ordered(first, after),
        )  # fmt: skip

    @strawberry.field(
        description="The positions that its dotted lines lead to: second, advisory superiors.",
        directives=[Access(rule=policy.SEE_POSITION.name)],
        metadata={"rule": policy.SEE_POSITION, "source": Many("Position", lambda c: reads.POSITIONS)},
    )
    def dotted_superiors(
        root: Any,  # noqa: N805
        info: Info,
        first: int | None = None,
        after: str | None = None,
    ) -> Connection[Annotated["Position", strawberry.lazy("lineofsight.graph.people")]]:
        reach = reads.dotted(info.context.on, upward=True)
        order = (OrderBy("t.line"), OrderBy("t.id"))
        return listing(info, "Position", reads.POSITIONS, reach, order, root["id"], Ordered(first, after))
