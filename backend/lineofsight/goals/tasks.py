"""What is due from a viewer, done in place: check-ins, approvals, goals to begin, milestones."""

from dataclasses import dataclass
from datetime import date, timedelta

from lineofsight.goals import policy
from lineofsight.goals.periods import CADENCE_DAYS
from lineofsight.goals.words import Cadence, GoalStatus, ProgressSource
from lineofsight.kernel import sql
from lineofsight.kernel.access import Rule
from lineofsight.kernel.database import fetch
from lineofsight.kernel.rows import Row
from lineofsight.kernel.sql import Sql
from lineofsight.people.viewer import Viewer

AHEAD = timedelta(days=7)  # how early a check-in or milestone shows
MOST = 500

_MINE = Rule("goal.mine", "Its owner, or the lead of the unit that owns it.", [[policy.OWNER], [policy.LEAD]])


@dataclass(frozen=True)
class Task:
    """Something due: ``kind`` as in the graph's TaskKind."""

    kind: str
    goal_id: int
    due_on: date
    milestone_id: int | None = None


def _day(value: date | str) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


async def tasks(viewer: Viewer) -> list[Task]:
    """What is due from the viewer within a week or overdue, most urgent first."""
    mine = sql.all_of([policy.SEE.sql(viewer), _MINE.sql(viewer)])
    goals = await fetch(
        Sql(
            "select t.id, t.status, t.cadence, t.observed_on, t.first_due_on, t.start_date, t.changed_at "
            "from goal t where ? and (t.status = ? or (t.status = ? and t.progress_source <> ?)) "
            f"order by t.id limit {MOST}",
            mine,
            GoalStatus.APPROVED.value,
            GoalStatus.ACTIVE.value,
            ProgressSource.CHILDREN.value,
        )
    )
    found = [task for row in goals if (task := _of_goal(row)) is not None]
    milestones = await fetch(
        Sql(
            "select m.id, m.goal_id, m.due_date from milestone m join goal t on t.id = m.goal_id "
            f"where ? and t.status = ? and m.done_at is null and m.due_date <= ? order by m.due_date limit {MOST}",
            mine,
            GoalStatus.ACTIVE.value,
            viewer.on + AHEAD,
        )
    )
    found += [Task("MILESTONE", row["goal_id"], _day(row["due_date"]), row["id"]) for row in milestones]
    proposed = await fetch(
        Sql(
            f"select t.id, t.changed_at from goal t where ? and t.status = ? and ? order by t.changed_at limit {MOST}",
            policy.SEE.sql(viewer),
            GoalStatus.PROPOSED.value,
            policy.APPROVE.sql(viewer),
        )
    )
    found += [Task("APPROVAL", row["id"], _day(_date_of(row))) for row in proposed]
    return sorted((t for t in found if t.due_on <= viewer.on + AHEAD), key=lambda t: (t.due_on, t.kind, t.goal_id))


def _date_of(row: Row) -> date | str:
    moment = row["changed_at"]
    return moment if isinstance(moment, str) else moment.date()


def _of_goal(row: Row) -> Task | None:
    if row["status"] == GoalStatus.APPROVED:
        return Task("ACTIVATION", row["id"], _day(row["start_date"] or _date_of(row)))
    if row["observed_on"] is not None:
        due = _day(row["observed_on"]) + timedelta(days=CADENCE_DAYS[Cadence(row["cadence"])])
    elif row["first_due_on"] is not None:
        due = _day(row["first_due_on"])
    else:
        return None
    return Task("CHECK_IN", row["id"], due)
