"""What every action on a goal begins and ends with: the row, the right, the version; the edit, its event."""

from collections.abc import Collection
from typing import Any

from lineofsight.goals import policy, progress, states
from lineofsight.goals.models import Goal
from lineofsight.goals.viewer import as_of_now
from lineofsight.kernel import clock
from lineofsight.kernel.events import remember
from lineofsight.kernel.problems import InvalidField, NotAllowed, NotFound, StaleVersion, WrongState
from lineofsight.kernel.writing import row_of
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


async def goal_for(
    viewer: Viewer,
    key: int,
    action: str,
    *,
    version: int | None = None,
    path: tuple[str, ...] = ("goalId",),
    beside: Collection[int] = (),
) -> Goal:
    """The goal on which the viewer may do ``action`` now; it, ``beside`` and all that count them are locked.

    The viewer's rights are read again under the lock.
    NotFound where it is hidden or absent, before any other check; then NotAllowed, WrongState, StaleVersion.
    """
    await progress.lock_upward([key, *beside])
    viewer = await as_of_now(viewer)
    goal = await seen_goal(viewer, key, path=path)
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
