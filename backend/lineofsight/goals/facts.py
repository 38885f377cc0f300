"""The facts of a goal that follow from its owner: unit, unit path, owner's line and position (goals.models.Goal)."""

from collections.abc import Collection

from lineofsight.kernel import sql
from lineofsight.kernel.database import execute
from lineofsight.kernel.sql import Sql
from lineofsight.people import lines

_OF_PERSON = (
    "update goal set unit_id = o.unit_id, unit_path = o.unit_path, owner_line = o.line, "
    "owner_position_id = coalesce(o.position_id, 0), lead_position_id = 0 "
    "from person o where o.id = goal.owner_person_id and (?) and "
    "(coalesce(goal.unit_id, 0) <> coalesce(o.unit_id, 0) or goal.unit_path <> o.unit_path "
    "or goal.owner_line <> o.line or goal.owner_position_id <> coalesce(o.position_id, 0) "
    "or goal.lead_position_id <> 0)"
)
_OF_UNIT = (
    "update goal set unit_id = o.id, unit_path = o.path, owner_line = coalesce(o.line, ''), "
    "owner_position_id = coalesce(o.lead_position_id, 0), lead_position_id = coalesce(o.lead_position_id, 0) "
    "from (select u.id, u.path, u.lead_position_id, p.line from unit u "
    "left join position p on p.id = u.lead_position_id) o "
    "where o.id = goal.owner_unit_id and (?) and "
    "(coalesce(goal.unit_id, 0) <> o.id or goal.unit_path <> o.path or goal.owner_line <> coalesce(o.line, '') "
    "or goal.owner_position_id <> coalesce(o.lead_position_id, 0) "
    "or goal.lead_position_id <> coalesce(o.lead_position_id, 0))"
)


async def refresh(goal_ids: Collection[int] | None = None) -> None:
    """Writes the facts that differ, of some goals or of all."""
    which = sql.TRUE if goal_ids is None else sql.among("goal.id", goal_ids)
    await execute(Sql(_OF_PERSON, which))
    await execute(Sql(_OF_UNIT, which))


lines.followers.append(refresh)
