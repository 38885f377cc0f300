"""The life of a goal: made, edited, proposed, approved, begun, closed or retired."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lineofsight.goals import facts, linking, policy, progress
from lineofsight.goals.actions.acting import change, goal_for, seen_goal, title_of
from lineofsight.goals.actions.aligning import link
from lineofsight.goals.actions.measures import NewMetric, put_metric
from lineofsight.goals.health import health
from lineofsight.goals.models import Alignment, CheckIn, Contributor, Goal, Metric, MetricTarget, Milestone, PaceSegment
from lineofsight.goals.reads import by_key_unguarded
from lineofsight.goals.viewer import as_of_now
from lineofsight.goals.words import (
    Ambition,
    Cadence,
    GoalKind,
    GoalLevel,
    GoalMethod,
    GoalOrigin,
    GoalOutcome,
    GoalStatus,
    Horizon,
    Visibility,
)
from lineofsight.kernel import clock, numbers
from lineofsight.kernel.clientkeys import once
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.problems import Conflict, InvalidField, NotAllowed, NotFound, WrongState
from lineofsight.kernel.sortkey import sort_key
from lineofsight.kernel.writing import needed, row_of, text_of
from lineofsight.people import lines
from lineofsight.people import policy as people_policy
from lineofsight.people.models import Person, Unit
from lineofsight.people.viewer import Viewer
from lineofsight.strategy.models import Cycle

STRATEGIC = (GoalLevel.STRATEGIC_GOAL, GoalLevel.STRATEGIC_OBJECTIVE)
WHOLE = numbers.ONE


@dataclass(frozen=True)
class NewGoal:
    """A goal as it is given; what is left out is inferred. ``owner``: ("Person" or "OrgUnit", key)."""

    title: str
    description: str | None = None
    parent_id: int | None = None
    owner: tuple[str, int] | None = None
    start_date: date | None = None
    due_date: date | None = None
    level: GoalLevel | None = None
    kind: GoalKind = GoalKind.OUTCOME
    method: GoalMethod | None = None
    ambition: Ambition = Ambition.COMMITTED
    horizon: Horizon | None = None
    visibility: Visibility = Visibility.AGENCY
    cadence: Cadence | None = None
    cycle_id: int | None = None
    weight: float | None = None
    unaligned_reason: str | None = None
    metric: NewMetric | None = None


async def create_goal(viewer: Viewer, given: NewGoal, *, client_key: str | None = None) -> int:
    """Makes a draft, linked to the goal it serves and with its measure; its key."""
    async with transaction():
        await lines.share_structure()
        viewer = await as_of_now(viewer)
        owner = await _owner(viewer, given.owner)
        parent = await seen_goal(viewer, given.parent_id, path=("parentId",)) if given.parent_id is not None else None

        async def do() -> dict[str, int]:
            return {"goal": await _create(viewer, given, owner, parent)}

        return (await once(viewer.actor, "goalCreate", client_key, asdict(given), do))["goal"]


async def _owner(viewer: Viewer, owner: tuple[str, int] | None) -> Person | Unit:
    """Whose goal it becomes; NotFound, then NotAllowed."""
    if owner is None:
        if viewer.id is None:
            raise InvalidField("Say whose goal it is.", path=("ownerId",))
        owner = ("Person", viewer.id)
    row: Person | Unit | None
    if owner[0] == "Person":
        row, see, may = await Person.get_or_none(id=owner[1]), people_policy.SEE_PERSON, policy.CREATE_FOR_PERSON
    else:
        row, see, may = await Unit.get_or_none(id=owner[1]), people_policy.SEE_UNIT, policy.CREATE_FOR_UNIT
    if row is None or not see.allows(viewer, row_of(row)):
        raise NotFound("owner", path=("ownerId",))
    if not may.allows(viewer, row_of(row)):
        raise NotAllowed(f"You may not set goals for {row.name}.", path=("ownerId",))
    return row


async def _create(viewer: Viewer, given: NewGoal, owner: Person | Unit, parent: Goal | None) -> int:
    title = title_of(given.title)
    level = _level(viewer, given.level, owner)
    _check_dates(given.start_date, given.due_date)
    group, today = new_group(), clock.today()
    by_owner = isinstance(owner, Person) and owner.id == viewer.id
    values: dict[str, Any] = {
        "title": title,
        "description": text_of(given.description, path=("description",)),
        "level": level,
        "kind": given.kind,
        "method": given.method,
        "ambition": given.ambition,
        "horizon": given.horizon or (Horizon.STRATEGIC if level in STRATEGIC else Horizon.ANNUAL),
        "origin": GoalOrigin.BOTTOM_UP if by_owner else GoalOrigin.ASSIGNED,
        "visibility": given.visibility,
        "status": GoalStatus.DRAFT,
        "cycle_id": await _cycle(given.cycle_id),
        "owner_person_id": owner.id if isinstance(owner, Person) else None,
        "owner_unit_id": owner.id if isinstance(owner, Unit) else None,
        "author_id": viewer.id,
        "start_date": given.start_date or (today if given.due_date and given.due_date > today else None),
        "due_date": given.due_date,
        "cadence": given.cadence or default_cadence(level),
        "weight_bp": _weight(given.weight),
        "unaligned_reason": text_of(given.unaligned_reason, path=("unalignedReason",)),
    }
    goal = await Goal.create(**values, sort_key=sort_key(title), changed_at=clock.now())
    await remember(viewer.actor, "goal.create", goal, values, group=group)
    await facts.refresh([goal.id])
    if given.metric is not None:
        await put_metric(viewer, goal, given.metric, group=group, path=("metric",))
    if parent is not None:
        await linking.lock_alignments()
        await link(viewer, goal, parent, group=group)
    else:
        await linking.refresh([goal.id])
    await progress.refresh([goal.id])
    return int(goal.id)


def default_cadence(level: GoalLevel) -> Cadence:
    """How often a goal of a level is checked in on unless said otherwise."""
    return Cadence.QUARTERLY if level in (*STRATEGIC, GoalLevel.UNIT) else Cadence.MONTHLY


def _level(
    viewer: Viewer, level: GoalLevel | None, owner: Person | Unit, *, path: tuple[str, ...] = ("level",)
) -> GoalLevel:
    if level is None:
        return GoalLevel.INDIVIDUAL if isinstance(owner, Person) else GoalLevel.UNIT
    if level in STRATEGIC:
        if not isinstance(owner, Unit):
            raise InvalidField("Strategic goals belong to a unit.", path=path)
        if not policy.STRATEGY.allows(viewer, {"unit_path": owner.path}, ""):
            raise NotAllowed("Only the strategy office sets strategic goals.", path=path)
    return level


def _check_dates(start: date | None, due: date | None) -> None:
    if start is not None and due is not None and due < start:
        raise InvalidField("The due date lies before the start.", path=("dueDate",))


def _weight(weight: float | None) -> int | None:
    if weight is None:
        return None
    if not 0 <= weight <= 1:
        raise InvalidField("A goal's weight is a share between 0 and 1.", path=("weight",))
    return numbers.to_bp(weight)


async def _cycle(cycle_id: int | None) -> int | None:
    if cycle_id is not None and not await Cycle.filter(id=cycle_id).exists():
        raise NotFound("cycle", path=("cycleId",))
    return cycle_id


async def edit_goal(viewer: Viewer, goal_id: int, version: int, changes: Mapping[str, Any]) -> Goal:
    """Changes fields of a goal by name; ``owner``, ``weight`` and ``title`` as in NewGoal."""
    async with transaction():
        if "owner" in changes:
            await lines.share_structure()
            viewer = await as_of_now(viewer)
        goal = await goal_for(viewer, goal_id, "edit", version=version)
        values: dict[str, Any] = {}
        owner = await _owner_row(goal)
        for name, value in changes.items():
            match name:
                case "title":
                    values["title"] = title_of(value or "", path=("changes", "title"))
                    values["sort_key"] = sort_key(values["title"])
                case "description" | "unaligned_reason":
                    values[name] = text_of(value, path=("changes", name))
                case "weight":
                    values["weight_bp"] = _weight(value)
                case "owner":
                    owner = await _owner(viewer, value)
                    _refuse_taking_over(viewer, goal, owner)
                    values["owner_person_id"] = owner.id if isinstance(owner, Person) else None
                    values["owner_unit_id"] = owner.id if isinstance(owner, Unit) else None
                case "cycle_id":
                    values["cycle_id"] = await _cycle(value)
                case _:
                    values[name] = value
        if "level" in changes or ("owner" in changes and goal.level in STRATEGIC):
            _level(viewer, values.get("level", goal.level), owner, path=("changes", "level"))
        _check_dates(values.get("start_date", goal.start_date), values.get("due_date", goal.due_date))
        if not values:
            return goal
        await change(viewer, "goal.edit", goal, **values)
        await facts.refresh([goal.id])
        await linking.refresh([goal.id])
        await progress.refresh([goal.id])
        return goal


def _refuse_taking_over(viewer: Viewer, goal: Goal, owner: Person | Unit) -> None:
    """NotAllowed where the viewer would come to own a goal that is handed in or approved: who hands a goal to someone
    below, approves it there and takes it back would have approved their own.
    """
    if goal.status is GoalStatus.DRAFT:
        return
    if isinstance(owner, Person):
        mine, already = owner.id == viewer.id, goal.owner_person_id == owner.id
    else:
        mine, already = owner.lead_position_id in viewer.positions, goal.owner_unit_id == owner.id
    if mine and not already:
        raise NotAllowed(
            "You may not take over a goal once it is handed in; make one of your own.", path=("changes", "ownerId")
        )


async def _owner_row(goal: Goal) -> Person | Unit:
    if goal.owner_person_id is not None:
        return await Person.get(id=goal.owner_person_id)
    return await Unit.get(id=goal.owner_unit_id)


async def propose_goal(viewer: Viewer, goal_id: int, *, version: int | None = None) -> Goal:
    """Hands a draft in for approval; ``version``: as it was read."""
    return await _move(viewer, goal_id, "propose", GoalStatus.PROPOSED, version=version)


async def return_goal(viewer: Viewer, goal_id: int, *, reason: str) -> Goal:
    """Gives a proposed goal back to be changed, with a reason."""
    return await _move(viewer, goal_id, "return", GoalStatus.DRAFT, reason=reason)


async def approve_goal(viewer: Viewer, goal_id: int, *, version: int | None = None) -> Goal:
    """Approves a proposed goal, as it was read at ``version``; nobody their own."""
    return await _move(viewer, goal_id, "approve", GoalStatus.APPROVED, version=version)


async def _move(
    viewer: Viewer,
    goal_id: int,
    action: str,
    status: GoalStatus,
    *,
    reason: str | None = None,
    version: int | None = None,
) -> Goal:
    async with transaction():
        goal = await goal_for(viewer, goal_id, action, version=version)
        why = needed(reason, "Say what should change.", path=("reason",)) if action == "return" else None
        await change(viewer, f"goal.{action}", goal, status=status, return_reason=why)
        return goal


async def activate_goal(viewer: Viewer, goal_id: int, *, unaligned_reason: str | None = None) -> list[Goal]:
    """Begins an approved goal; it serves another goal, or says why not.

    Where any goal of its owner's cycle has a weight, all approved ones begin together and need 100% with the active.
    Returns the goals begun.
    """
    async with transaction():
        goal = await goal_for(viewer, goal_id, "activate")
        group, today = new_group(), clock.today()
        why = text_of(unaligned_reason, path=("unalignedReason",)) or goal.unaligned_reason
        begun = await _together(viewer, goal)
        for one in begun:
            if one.level is not GoalLevel.STRATEGIC_GOAL and one.primary_parent_id is None:
                reason = why if one.id == goal.id else one.unaligned_reason
                if not reason:
                    raise Conflict(
                        f"“{one.title}” is not linked to the plan: link it to the goal it serves, or say why not.",
                        path=("unalignedReason",),
                    )
                one.unaligned_reason = reason
            values = {"status": GoalStatus.ACTIVE, "activated_on": today, "unaligned_reason": one.unaligned_reason}
            await change(viewer, "goal.activate", one, group=group, **values)
        for one in begun:
            await _counted_anew(one)
        return begun


async def _together(viewer: Viewer, goal: Goal) -> list[Goal]:
    """The goals that begin with this one: itself, or the approved ones of a weighted cycle, all of them the viewer's
    to begin. Who sees only some of the cycle's goals learns nothing of the others, not even their sum.
    """
    if goal.cycle_id is None:
        return [goal]
    cycle = Goal.filter(
        owner_person_id=goal.owner_person_id,
        owner_unit_id=goal.owner_unit_id,
        cycle_id=goal.cycle_id,
        status__in=[GoalStatus.APPROVED, GoalStatus.ACTIVE],
    ).order_by("id")
    await progress.lock([one.id for one in await cycle])  # their weights stay as they are read next
    fellows = await cycle
    if all(one.weight_bp is None for one in fellows):
        return [goal]
    rows = [row_of(one) for one in fellows]
    if not all(policy.SEE.allows(viewer, row) and policy.MANAGE.allows(viewer, row) for row in rows):
        raise NotAllowed("The goals of this cycle begin together; their owner begins them.", path=("goalId",))
    total = sum(one.weight_bp or 0 for one in fellows)
    if total != WHOLE:
        raise Conflict(f"The weights of this cycle's goals add up to {total / 100:g}%, not 100%.", path=("goalId",))
    approved = [one for one in fellows if one.status is GoalStatus.APPROVED]
    return [goal if one.id == goal.id else one for one in approved]


async def _counted_anew(goal: Goal) -> None:
    """Its numbers and those of the goals it counts toward."""
    edges = await Alignment.filter(child_id=goal.id, valid_to__isnull=True)
    await progress.refresh(sorted({goal.id, *(edge.parent_id for edge in edges)}))


async def close_goal(viewer: Viewer, goal_id: int, *, outcome: GoalOutcome, note: str | None = None) -> Goal:
    """Closes an active goal with its outcome; a dropped one leaves the roll-up."""
    return await _end(viewer, goal_id, "close", GoalStatus.CLOSED, lambda: text_of(note, path=("note",)), outcome)


async def retire_goal(viewer: Viewer, goal_id: int, *, reason: str) -> Goal:
    """Gives a goal up, with a reason; it leaves the roll-up from today, its history stays."""
    return await _end(
        viewer, goal_id, "retire", GoalStatus.RETIRED, lambda: needed(reason, "Say why.", path=("reason",)), None
    )


async def _end(
    viewer: Viewer,
    goal_id: int,
    action: str,
    status: GoalStatus,
    words: Callable[[], str | None],
    outcome: GoalOutcome | None,
) -> Goal:
    async with transaction():
        goal = await goal_for(viewer, goal_id, action)
        why = words()
        last = health((await by_key_unguarded(clock.today(), [goal.id]))[0], clock.today())
        group = new_group()
        values = {"status": status, "outcome": outcome, "closed_on": clock.today(), "closed_health": last}
        await change(viewer, f"goal.{action}", goal, group=group, **values)
        if why:
            await remember(viewer.actor, "goal.reason", goal, {"reason": why}, group=group)
        await _counted_anew(goal)
        return goal


async def delete_draft(viewer: Viewer, goal_id: int, *, version: int | None = None) -> None:
    """Deletes the author's own draft with all that stands on it; the log keeps that it was there."""
    async with transaction():
        await linking.lock_alignments()
        goal = await goal_for(viewer, goal_id, "delete", version=version)
        if await Alignment.filter(parent_id=goal.id).exclude(child_id=goal.id).exists():
            raise WrongState("Other goals are linked to this draft; unlink them first.", path=("goalId",))
        await remember(viewer.actor, "goal.delete", goal, {"title": goal.title})
        await CheckIn.filter(goal_id=goal.id).delete()
        metrics = [m.id for m in await Metric.filter(goal_id=goal.id)]
        await MetricTarget.filter(metric_id__in=metrics).delete()
        for part in (Metric, Milestone, PaceSegment, Contributor):
            await part.filter(goal_id=goal.id).delete()
        await Alignment.filter(child_id=goal.id).delete()
        await goal.delete()
