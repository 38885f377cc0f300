"""Which units and people, and in which order."""

import strawberry

from lineofsight.graph.context import Context
from lineofsight.graph.enums import NameOrderField, OrderDirection, UnitOrderField
from lineofsight.kernel import sql
from lineofsight.kernel.ids import key_of
from lineofsight.kernel.rows import OrderBy
from lineofsight.kernel.sql import Sql
from lineofsight.kernel.textsearch import words_in
from lineofsight.people import reads


@strawberry.input(description="Which units.")
class UnitFilter:
    """Conditions that all must hold."""

    text: str | None = strawberry.field(default=None, description="Words that begin in name or code.")
    kind: str | None = strawberry.field(default=None, description="Kind, as the agency names it.")
    parent_id: strawberry.ID | None = strawberry.field(default=None, description="Directly below this unit.")


@strawberry.input(description="The order of units.")
class UnitOrder:
    """One key and its direction."""

    field: UnitOrderField = strawberry.field(default=UnitOrderField.NAME, description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


@strawberry.input(description="Which people.")
class PersonFilter:
    """Conditions that all must hold."""

    text: str | None = strawberry.field(default=None, description="Words in the name or job title.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Of this unit.")
    unit_deep: bool = strawberry.field(default=False, description="Units below `unitId` count too.")


@strawberry.input(description="The order of people.")
class PersonOrder:
    """One key and its direction."""

    field: NameOrderField = strawberry.field(default=NameOrderField.NAME, description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


def person_order(order: PersonOrder | None) -> tuple[OrderBy, ...]:
    """The order of people, total."""
    down = order is not None and order.direction is OrderDirection.DESC
    return (OrderBy("t.sort_key", down), OrderBy("t.id", down))


def unit_order(order: UnitOrder | None) -> tuple[OrderBy, ...]:
    """The order of units, total."""
    down = order is not None and order.direction is OrderDirection.DESC
    key = "t.path" if order is not None and order.field is UnitOrderField.TREE else "t.sort_key"
    return (OrderBy(key, down), OrderBy("t.id", down))


async def _path_of_unit(context: Context, unit: int) -> str | None:
    """The path of a unit the viewer may see."""
    row = await context.row(reads.UNITS, unit)
    return row["path"] if row else None


async def person_where(filter: PersonFilter | None, context: Context) -> Sql:  # noqa: A002
    """The condition of a filter on people."""
    where = [reads.current(context.on)]
    if filter is not None:
        if filter.text:
            where.append(words_in(filter.text, ["t.sort_key"], ["t.job_title"]))
        if filter.unit_id is not None:
            unit = key_of("OrgUnit", filter.unit_id, path=("filter", "unitId"))
            path = await _path_of_unit(context, unit)
            if path is None:
                where.append(sql.FALSE)
            else:
                where.append(sql.under("t.unit_path", [path]) if filter.unit_deep else Sql("t.unit_id = ?", unit))
    return sql.all_of(where)


async def unit_where(filter: UnitFilter | None, context: Context) -> Sql:  # noqa: A002
    """The condition of a filter on units."""
    where = [reads.current(context.on)]
    if filter is not None:
        if filter.text:
            where.append(words_in(filter.text, ["t.sort_key"], ["t.code"]))
        if filter.kind is not None:
            where.append(Sql("t.kind = ?", filter.kind))
        if filter.parent_id is not None:
            parent = key_of("OrgUnit", filter.parent_id, path=("filter", "parentId"))
            seen = await _path_of_unit(context, parent) is not None
            where.append(Sql("t.parent_id = ?", parent) if seen else sql.FALSE)
    return sql.all_of(where)
