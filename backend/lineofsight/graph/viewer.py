"""Who asks, in the graph."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import strawberry

from lineofsight.goals import reads as goal_reads
from lineofsight.goals import tasks
from lineofsight.graph.connection import Ordered, PageInfo
from lineofsight.graph.context import Context, Info
from lineofsight.graph.cursors import BadCursor, unseal
from lineofsight.graph.enums import TaskKind
from lineofsight.graph.goals import Goal
from lineofsight.graph.measures import Milestone
from lineofsight.graph.node import kinded
from lineofsight.graph.people import OrgUnit, Person
from lineofsight.kernel.database import fetch
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.problems import InvalidField
from lineofsight.kernel.rows import Row, moment
from lineofsight.kernel.sql import Sql
from lineofsight.people import reads as people_reads
from lineofsight.people.models import Office
from lineofsight.people.models import Token as StoredToken
from lineofsight.people.viewer import Viewer as Facts
from lineofsight.people.viewer import ViewerKind


@strawberry.type(description="An office the viewer holds.")
class OfficeHeld:
    """Office and unit."""

    office: Office = strawberry.field(description="The office.")
    unit: OrgUnit = strawberry.field(description="The unit over which, with all below it, it is held.")


@strawberry.type(description="What the viewer may do beyond single rows.")
class ViewerCan:
    """One field an action."""

    create_goal: bool = strawberry.field(description="Make goals of one's own.")
    create_unit: bool = strawberry.field(description="Make units somewhere.")
    create_person: bool = strawberry.field(description="Make people somewhere.")
    grant_office: bool = strawberry.field(description="Grant offices somewhere.")


@strawberry.type(description="Something due from the viewer, done in place.")
class Task:
    """A task."""

    kind: TaskKind = strawberry.field(description="What is due.", resolver=lambda root: TaskKind(root.kind))
    due_on: date = strawberry.field(description="Day it is due.")

    @strawberry.field(description="Days it is late; 0 while it is not.")
    def overdue_days(root: Any, info: Info) -> int:  # noqa: N805
        return max(0, (info.context.on - root.due_on).days)

    @strawberry.field(description="The goal it is about.")
    async def goal(root: Any, info: Info) -> Goal | None:  # noqa: N805
        return kinded("Goal", await info.context.row(goal_reads.goals(info.context.on), root.goal_id))

    @strawberry.field(description="The milestone it is about.")
    async def milestone(root: Any, info: Info) -> Milestone | None:  # noqa: N805
        return kinded("Milestone", await info.context.row(goal_reads.MILESTONES, root.milestone_id))


class Slice:
    """Part of a list that is read whole."""

    def __init__(self, context: Context, name: str, found: Sequence[Any], ordered: Ordered) -> None:
        self.context, self.found = context, found
        self.binding = context.binding(name)
        self.start = 0
        if ordered.after is not None:
            try:
                self.start = int(unseal(ordered.after, self.binding)[0]) + 1
            except BadCursor as bad:
                raise InvalidField(str(bad), path=("after",)) from None
        self.end = min(self.start + ordered.size(), len(found))

    def cursor(self, index: int) -> str:
        return self.context.seal((index,), self.binding)


@strawberry.type(description="A task, with its cursor.")
class TaskEdge:
    """An edge."""

    cursor: str = strawberry.field(description="Points at this row, for `after`.")
    node: Task = strawberry.field(description="The task.")


@strawberry.type(description="Tasks in pages, most urgent first.")
class TaskConnection:
    """A connection over tasks."""

    @strawberry.field(description="The tasks of this page, with cursors.")
    def edges(root: Any) -> list[TaskEdge]:  # noqa: N805
        return [TaskEdge(cursor=root.cursor(n), node=root.found[n]) for n in range(root.start, root.end)]

    @strawberry.field(description="The tasks of this page.")
    def nodes(root: Any) -> list[Task]:  # noqa: N805
        return list(root.found[root.start : root.end])

    @strawberry.field(description="Where this page stands.")
    def page_info(root: Any) -> PageInfo:  # noqa: N805
        empty = root.start >= root.end
        return PageInfo(
            has_next_page=root.end < len(root.found),
            has_previous_page=root.start > 0,
            start_cursor=None if empty else root.cursor(root.start),
            end_cursor=None if empty else root.cursor(root.end - 1),
        )

    @strawberry.field(description="How many tasks there are in all.")
    def total_count(root: Any) -> int:  # noqa: N805
        return len(root.found)


@strawberry.type(description="A signed-in browser of the viewer.")
class Session:
    """One of the viewer's own sessions."""

    id: strawberry.ID = strawberry.field(
        description="Global id of the session.", resolver=lambda root: global_id("Session", root["id"])
    )
    started_at: datetime = strawberry.field(
        description="Timestamp of the sign-in.", resolver=lambda root: moment(root["started_at"])
    )
    agent: str | None = strawberry.field(
        description="The browser, as it names itself.", resolver=lambda root: root["agent"]
    )

    @strawberry.field(description="Whether it is the one that asks.")
    def is_current(root: Any, info: Info) -> bool:  # noqa: N805
        return bool(root["id"] == info.context.viewer.session_id)


@strawberry.type(description="A token of the viewer, without its secret.")
class Token:
    """One of the viewer's own tokens."""

    id: strawberry.ID = strawberry.field(
        description="Global id of the token.", resolver=lambda root: global_id("Token", root.id)
    )
    name: str = strawberry.field(description="What it is for.")
    scopes: list[str] = strawberry.field(description="What it may do.")
    made_at: datetime = strawberry.field(description="Timestamp at which it was made.")
    expires_at: datetime = strawberry.field(description="Timestamp at which it expires.")
    used_at: datetime | None = strawberry.field(description="Timestamp of its last use, to the hour.")


@strawberry.type(description="Who asks.")
class Viewer:
    """The viewer."""

    kind: ViewerKind = strawberry.field(description="Person, client or nobody.")
    name: str = strawberry.field(description="Name to greet them by; empty for a stranger.")

    @strawberry.field(description="The person, where it is one.")
    async def person(root: Facts, info: Info) -> Person | None:  # noqa: N805
        return kinded("Person", await info.context.row(people_reads.PEOPLE, root.id))

    @strawberry.field(description="The offices held today; at most 100.")
    async def offices(root: Facts, info: Info) -> list[OfficeHeld]:  # noqa: N805
        held = []
        for office, unit, _ in root.offices[:100]:
            row = kinded("OrgUnit", await info.context.row(people_reads.UNITS, unit))
            if row is not None:
                held.append(OfficeHeld(office=office, unit=row))
        return held

    @strawberry.field(description="The scopes of the token that asks; null for a session.")
    def scopes(root: Facts) -> list[str] | None:  # noqa: N805
        return None if root.scopes is None else sorted(root.scopes)

    @strawberry.field(description="What the viewer may do beyond single rows.")
    def can(root: Facts) -> ViewerCan:  # noqa: N805
        def holds(scope: str) -> bool:
            return root.scopes is None or scope in root.scopes

        return ViewerCan(
            create_goal=root.id is not None and holds("write:goals"),
            create_unit=bool(root.administrator) and holds("write:admin"),
            create_person=bool(root.hr) and holds("write:people"),
            grant_office=bool(root.administrator) and holds("write:admin"),
        )

    @strawberry.field(description="What is due from the viewer within a week or overdue, most urgent first.")
    async def tasks(
        root: Facts,
        info: Info,
        first: int | None = None,
        after: str | None = None,  # noqa: N805
    ) -> TaskConnection:
        return Slice(info.context, "tasks", await tasks.tasks(root), Ordered(first, after))

    @strawberry.field(description="The viewer's open sessions, newest first; at most 100.")
    async def sessions(root: Facts, info: Info) -> list[Session]:  # noqa: N805
        if root.id is None or root.scopes is not None:
            return []
        rows: list[Row] = await fetch(
            Sql(
                "select id, started_at, agent from session where person_id = ? and ended_at is null "
                "order by id desc limit 100",
                root.id,
            )
        )
        return rows

    @strawberry.field(description="The viewer's tokens in force, newest first; at most 100.")
    async def tokens(root: Facts, info: Info) -> list[Token]:  # noqa: N805
        if root.id is None or root.scopes is not None:
            return []
        return list(await StoredToken.filter(person_id=root.id, ended_at__isnull=True).order_by("-id").limit(100))
