"""Linking goals: aligning, weighing, unlinking; refuses cycles, naming them."""

from lineofsight.goals import linking, policy, progress
from lineofsight.goals.actions.acting import goal_for, seen_goal
from lineofsight.goals.models import Alignment, Goal
from lineofsight.goals.words import AlignmentType, GoalStatus
from lineofsight.kernel import clock, numbers
from lineofsight.kernel.database import fetch, transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.problems import CycleRefused, InvalidField, NotFound, WrongState
from lineofsight.kernel.sql import Sql
from lineofsight.kernel.writing import row_of, text_of
from lineofsight.people.viewer import Viewer

ACYCLIC = (AlignmentType.CONTRIBUTES, AlignmentType.DEPENDS_ON)
HEAVIEST = 100.0


async def align(
    viewer: Viewer,
    child_id: int,
    parent_id: int,
    *,
    type: AlignmentType = AlignmentType.CONTRIBUTES,  # noqa: A002
    primary: bool | None = None,
    weight: float | None = None,
    reason: str | None = None,
) -> Alignment:
    """Links a goal to one it serves; the first it counts toward becomes its main one unless said otherwise.

    The same link again changes its weight, reason and place.
    """
    async with transaction():
        await linking.lock_alignments()
        child = await goal_for(viewer, child_id, "align", path=("childId",), beside=[parent_id])
        parent = await seen_goal(viewer, parent_id, path=("parentId",))
        return await link(viewer, child, parent, type=type, primary=primary, weight=weight, reason=reason)


async def link(
    viewer: Viewer,
    child: Goal,
    parent: Goal,
    *,
    type: AlignmentType = AlignmentType.CONTRIBUTES,  # noqa: A002
    primary: bool | None = None,
    weight: float | None = None,
    reason: str | None = None,
    group: str | None = None,
) -> Alignment:
    """The same between rows at hand, rights checked, inside a transaction that holds the alignments."""
    if child.id == parent.id:
        raise InvalidField("A goal cannot be linked to itself.", path=("parentId",))
    if parent.status in (GoalStatus.CLOSED, GoalStatus.RETIRED):
        raise WrongState("That goal has ended; link to one that goes on.", path=("parentId",))
    if weight is not None and not 0 <= weight <= HEAVIEST:
        raise InvalidField(f"A weight lies between 0 and {HEAVIEST:g}.", path=("weight",))
    if type is not AlignmentType.CONTRIBUTES and primary:
        raise InvalidField("Only a goal it counts toward can be its main one.", path=("primary",))
    if type in ACYCLIC:
        await _refuse_cycle(viewer, child, parent, type)
    group = group or new_group()
    today, why = clock.today(), text_of(reason, path=("reason",))
    pair = {"child_id": child.id, "parent_id": parent.id}
    found = await Alignment.filter(**pair, type=type, valid_to__isnull=True).first()
    if found is None and type is AlignmentType.CONFLICTS_WITH:
        turned = {"child_id": parent.id, "parent_id": child.id}
        found = await Alignment.filter(**turned, type=type, valid_to__isnull=True).first()
    weight_bp = None if weight is None else numbers.to_bp(weight)
    is_primary = type is AlignmentType.CONTRIBUTES and await _becomes_primary(child, found, primary)
    if is_primary:
        others = Alignment.filter(child_id=child.id, is_primary=True, valid_to__isnull=True)
        for other in await (others.exclude(id=found.id) if found else others):
            other.is_primary = False
            await other.save(update_fields=["is_primary"])
            await remember(viewer.actor, "goal.align", other, {"is_primary": False}, group=group)
    if found is None:
        found = await Alignment.create(
            **pair,
            type=type,
            is_primary=is_primary,
            weight_bp=weight_bp,
            reason=why,
            author_id=viewer.id,
            valid_from=today,
        )
    else:
        found.is_primary, found.weight_bp = is_primary, weight_bp
        found.reason = why or found.reason
        await found.save(update_fields=["is_primary", "weight_bp", "reason"])
    values = {**pair, "type": type, "is_primary": is_primary, "weight_bp": weight_bp, "reason": why}
    await remember(viewer.actor, "goal.align", found, values, group=group)
    if type is AlignmentType.CONTRIBUTES:
        await linking.refresh([child.id])
        await progress.refresh([parent.id])
    return found


async def _becomes_primary(child: Goal, found: Alignment | None, asked: bool | None) -> bool:
    primary = await Alignment.filter(child_id=child.id, is_primary=True, valid_to__isnull=True).first()
    if primary is None or (found is not None and primary.id == found.id):
        return True  # exactly one gives the line of sight
    return bool(asked)


async def _refuse_cycle(viewer: Viewer, child: Goal, parent: Goal, type: AlignmentType) -> None:  # noqa: A002
    """CycleRefused where ``parent`` already leads to ``child``; names the way, hidden goals unnamed."""
    rows = await fetch(
        Sql(
            "with recursive up(id) as (select cast(? as bigint) union "
            "select a.parent_id from alignment a join up on a.child_id = up.id "
            "where a.type = ? and a.valid_to is null) "
            "select a.child_id, a.parent_id from alignment a join up on a.child_id = up.id "
            "where a.type = ? and a.valid_to is null",
            parent.id,
            type.value,
            type.value,
        )
    )
    above: dict[int, list[int]] = {}
    for row in rows:
        above.setdefault(row["child_id"], []).append(row["parent_id"])
    came: dict[int, int | None] = {parent.id: None}
    waiting = [parent.id]
    while waiting and child.id not in came:
        key = waiting.pop(0)
        for higher in above.get(key, ()):
            if higher not in came:
                came[higher] = key
                waiting.append(higher)
    if child.id not in came:
        return
    way, step = [], came[child.id]
    while step is not None:
        way.append(step)
        step = came[step]
    known = {g.id: g for g in await Goal.filter(id__in=[*way, child.id])}
    names = [
        f"“{known[key].title}”" if policy.SEE.allows(viewer, row_of(known[key])) else "a goal you cannot see"
        for key in [child.id, *reversed(way), child.id]
    ]
    raise CycleRefused("This would close a circle: " + " → ".join(names) + ".", path=("parentId",))


async def unalign(viewer: Viewer, alignment_id: int, *, reason: str | None = None) -> Goal:
    """Ends a link; another goal it counts toward, where there is one, becomes the main one. Returns the child."""
    async with transaction():
        await linking.lock_alignments()
        found = await Alignment.get_or_none(id=alignment_id, valid_to__isnull=True)
        if found is None:
            raise NotFound("link", path=("alignmentId",))
        parent = await Goal.get(id=found.parent_id)
        child = await Goal.get(id=found.child_id)
        if not all(policy.SEE.allows(viewer, row_of(end)) for end in (child, parent)):
            raise NotFound("link", path=("alignmentId",))
        child = await goal_for(viewer, child.id, "unalign", path=("alignmentId",), beside=[parent.id])
        group, why = new_group(), text_of(reason, path=("reason",))
        found.valid_to, was_primary, found.is_primary = clock.today(), found.is_primary, False
        await found.save(update_fields=["valid_to", "is_primary"])
        await remember(viewer.actor, "goal.unalign", found, {"valid_to": found.valid_to, "reason": why}, group=group)
        if found.type is AlignmentType.CONTRIBUTES:
            if was_primary:
                heir = (
                    await Alignment.filter(child_id=child.id, type=found.type, valid_to__isnull=True)
                    .order_by("id")
                    .first()
                )
                if heir is not None:
                    heir.is_primary = True
                    await heir.save(update_fields=["is_primary"])
                    await remember(viewer.actor, "goal.align", heir, {"is_primary": True}, group=group)
                elif why:
                    child.unaligned_reason = why
                    await child.save(update_fields=["unaligned_reason"])
            await linking.refresh([child.id])
            await progress.refresh([parent.id])
        return child
