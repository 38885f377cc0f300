"""Filters and orders of goals."""

from datetime import date

import strawberry

from lineofsight.goals.health import health_sql
from lineofsight.goals.words import GoalLevel, GoalStatus, Health
from lineofsight.graph.context import Context
from lineofsight.graph.enums import GoalOrderField, OrderDirection
from lineofsight.kernel import sql
from lineofsight.kernel.ids import key_of, parse_id
from lineofsight.kernel.problems import InvalidField
from lineofsight.kernel.rows import OrderBy
from lineofsight.kernel.sql import Sql
from lineofsight.kernel.textsearch import words_in
from lineofsight.people import reads as people_reads

MOST_VALUES = 100


@strawberry.input(description="Which goals: conditions that all must hold.")
class GoalFilter:
    """The contract's filter."""

    level: list[GoalLevel] | None = strawberry.field(default=None, description="One of these levels.")
    status: list[GoalStatus] | None = strawberry.field(default=None, description="One of these statuses.")
    health: list[Health] | None = strawberry.field(default=None, description="One of these states of health today.")
    owner_id: strawberry.ID | None = strawberry.field(default=None, description="Owned by this person or unit.")
    unit_id: strawberry.ID | None = strawberry.field(default=None, description="Whose unit this is.")
    unit_deep: bool | None = strawberry.field(
        default=False, description="Units below `unitId`, or below the unit whose goals they are, count too."
    )
    due_before: date | None = strawberry.field(default=None, description="Due before this day.")
    due_after: date | None = strawberry.field(default=None, description="Due after this day.")
    orphan: bool | None = strawberry.field(
        default=None, description="True: active, without a path to a strategic goal. False: all others."
    )
    text: str | None = strawberry.field(default=None, description="Words in title or description.")


@strawberry.input(description="The order of goals.")
class GoalOrder:
    """One key and its direction."""

    field: GoalOrderField = strawberry.field(default=GoalOrderField.TITLE, description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


async def goal_where(filter: GoalFilter | None, context: Context) -> Sql:  # noqa: A002
    """The condition of a filter, over columns of the goal's own class only."""
    if filter is None:
        return sql.TRUE
    where = []
    if filter.level is not None:
        where.append(sql.one_of("t.level", [v.value for v in filter.level[:MOST_VALUES]]))
    if filter.status is not None:
        where.append(sql.one_of("t.status", [v.value for v in filter.status[:MOST_VALUES]]))
    if filter.health is not None:
        names = [v.value for v in filter.health[:MOST_VALUES]]
        where.append(
            Sql(f"? in ({', '.join('?' * len(names))})", health_sql(context.on), *names) if names else sql.FALSE
        )
    if filter.owner_id is not None:
        where.append(owned_by(filter.owner_id))
    if filter.unit_id is not None:
        unit = key_of("OrgUnit", filter.unit_id, path=("filter", "unitId"))
        row = await context.row(people_reads.UNITS, unit)
        if row is None:
            where.append(sql.FALSE)
        elif filter.unit_deep:
            where.append(sql.under("t.unit_path", [row["path"]]))
        else:
            where.append(Sql("t.unit_id = ?", unit))
    if filter.due_before is not None:
        where.append(Sql("t.due_date < ?", filter.due_before))
    if filter.due_after is not None:
        where.append(Sql("t.due_date > ?", filter.due_after))
    if filter.orphan is not None:
        orphan = Sql("(t.status = 'ACTIVE' and not t.is_linked)")
        where.append(orphan if filter.orphan else Sql("not ?", orphan))
    if filter.text:
        where.append(words_in(filter.text, ["t.sort_key"], ["t.title", "t.description"]))
    return sql.all_of(where)


def owned_by(owner_id: str) -> Sql:
    """Goals of a person or a unit, by global id."""
    parsed = parse_id(owner_id)
    if parsed is None or parsed[0] not in ("Person", "OrgUnit") or parsed[1] >= 1 << 63:
        raise InvalidField("This is not the id of a person or a unit.", path=("filter", "ownerId"))
    column = "t.owner_person_id" if parsed[0] == "Person" else "t.owner_unit_id"
    return Sql(f"{column} = ?", parsed[1])


def goal_order(order: GoalOrder | None, context: Context) -> tuple[OrderBy, ...]:
    """The order of goals, total: ends with title and key."""
    field = order.field if order else GoalOrderField.TITLE
    down = order is not None and order.direction is OrderDirection.DESC
    by_title = (OrderBy("t.sort_key", down), OrderBy("t.id", down))
    match field:
        case GoalOrderField.DUE_DATE:
            return (OrderBy("t.due_date", down), *by_title)
        case GoalOrderField.PROGRESS:
            return (OrderBy("t.progress", down), *by_title)
        case GoalOrderField.UPDATED:
            return (OrderBy("t.changed_at", down), *by_title)
        case GoalOrderField.HEALTH:
            ranked = Sql(
                "(case ? when 'OFF_TRACK' then 1 when 'AT_RISK' then 2 when 'OUTDATED' then 3 "
                "when 'NO_DATA' then 4 when 'PENDING' then 5 else 6 end)",
                health_sql(context.on),
            )
            return (OrderBy(ranked, down), *by_title)
        case GoalOrderField.TREE:
            ranked = Sql(
                "(case t.level when 'STRATEGIC_GOAL' then 1 when 'STRATEGIC_OBJECTIVE' then 2 "
                "when 'UNIT' then 3 when 'TEAM' then 4 else 5 end)"
            )
            return (OrderBy(ranked, down), *by_title)
        case _:
            return by_title
