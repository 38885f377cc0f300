"""What every action on a goal begins and ends with: the row, the right, the version; the edit, its event."""

from typing import Any

from tortoise.models import Model

from lineofsight.goals import policy, states
from lineofsight.goals.models import Goal
from lineofsight.kernel import clock
from lineofsight.kernel.database import dialect
from lineofsight.kernel.events import remember
from lineofsight.kernel.problems import InvalidField, NotAllowed, NotFound, StaleVersion, WrongState
from lineofsight.kernel.rows import Row, columns_of
from lineofsight.people.viewer import Viewer

WORDS = {
    "edit": "change this goal",
    "propose": "hand in this goal for approval",
    "return": "return this goal",
    "approve": "approve this goal",
    "activate": "begin this goal",
    "close": "close this goal",
    "retire": "retire this goal",
    "delete": "delete this goal",
    "align": "link this goal",
    "unalign": "unlink this goal",
    "check_in": "check in on this goal",
    "add_milestone": "add a milestone to this goal",
    "add_metric": "add a measure to this goal",
    "record_value": "record values on this goal",
}
LONGEST_TITLE = 500
LONGEST_TEXT = 20_000


def row_of(model: Model) -> Row:
    """A model's columns as the row that rules read."""
    return {column: getattr(model, column) for column in columns_of(type(model))}


async def locked(model: type[Model], key: int) -> Any:
    """The row, held against other writers until the transaction ends; None where there is none."""
    query = model.filter(id=key)
    return await (query.select_for_update() if dialect() == "postgres" else query).first()


async def goal_for(
    viewer: Viewer, key: int, action: str, *, version: int | None = None, path: tuple[str, ...] = ("goalId",)
) -> Goal:
    """The goal, locked, on which the viewer may do ``action`` now.

    NotFound where it is hidden or absent, before any other check; then NotAllowed, WrongState, StaleVersion.
    """
    goal: Goal | None = await locked(Goal, key)
    if goal is None or not policy.SEE.allows(viewer, row_of(goal)):
        raise NotFound("goal", path=path)
    rule, statuses = states.ACTIONS[action]
    if not rule.allows(viewer, row_of(goal)):
        raise NotAllowed(f"You may not {WORDS[action]}.", path=path)
    if goal.status not in statuses:
        raise WrongState(f"You cannot {WORDS[action]} while it is {goal.status.lower()}.", path=path)
    if version is not None and goal.version != version:
        raise StaleVersion("goal", goal.version)
    return goal


async def seen_goal(viewer: Viewer, key: int, *, path: tuple[str, ...]) -> Goal:
    """A goal the viewer sees; NotFound where it is hidden or absent."""
    goal = await Goal.get_or_none(id=key)
    if goal is None or not policy.SEE.allows(viewer, row_of(goal)):
        raise NotFound("goal", path=path)
    return goal


async def change(viewer: Viewer, verb: str, goal: Goal, *, group: str | None = None, **values: Any) -> None:
    """Writes fields of a goal, moves its version and remembers who did it."""
    for name, value in values.items():
        setattr(goal, name, value)
    goal.version += 1
    goal.changed_at = clock.now()
    await goal.save(update_fields=[*values, "version", "changed_at"])
    await remember(viewer.actor, verb, goal, values, group=group)


def title_of(text: str, *, path: tuple[str, ...] = ("title",)) -> str:
    """A title as it is kept: on one line, not empty."""
    title = " ".join(text.split())
    if not title:
        raise InvalidField("Say what you want to achieve.", path=path)
    if len(title) > LONGEST_TITLE:
        raise InvalidField(f"A title has at most {LONGEST_TITLE} characters.", path=path)
    return title


def text_of(text: str | None, *, path: tuple[str, ...]) -> str | None:
    """Free text as it is kept; None where it is blank."""
    if text is None or not text.strip():
        return None
    if len(text) > LONGEST_TEXT:
        raise InvalidField(f"Use at most {LONGEST_TEXT:,} characters.", path=path)
    return text.strip()


def needed(text: str | None, message: str, *, path: tuple[str, ...]) -> str:
    """Free text that must be there."""
    kept = text_of(text, path=path)
    if kept is None:
        raise InvalidField(message, path=path)
    return kept
