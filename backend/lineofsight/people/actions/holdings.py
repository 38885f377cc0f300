"""Who holds which position, over time: half-open periods that do not overlap."""

from tortoise.queryset import QuerySet

from lineofsight.kernel import clock
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.paths import is_under
from lineofsight.kernel.problems import NotAllowed, WrongState
from lineofsight.people import lines
from lineofsight.people.actions.acting import (
    Path,
    allow_person,
    allow_position,
    begin,
    has_ended,
    refuse_own_line,
    refuse_own_reach,
    seen_person,
    seen_position,
)
from lineofsight.people.models import Holding, Person, Position, Unit
from lineofsight.people.viewer import Viewer


async def hold_position(viewer: Viewer, position_id: int, person_id: int, *, primary: bool = True) -> None:
    """Puts a person into a position from today; ``primary``: it places them, and they leave the one that did."""
    async with transaction():
        viewer = await begin(viewer)
        position, unit = await seen_position(viewer, position_id, path=("positionId",))
        person = await seen_person(viewer, person_id, path=("personId",))
        allow_person(viewer, person.unit_path, "place this person", path=("personId",), person=person.id)
        await take(viewer, person, position, unit, primary=primary, path=("positionId",), group=new_group())
        await lines.refresh()


async def leave_position(viewer: Viewer, position_id: int, person_id: int) -> None:
    """Takes a person out of a position from today."""
    async with transaction():
        viewer = await begin(viewer)
        position, unit = await seen_position(viewer, position_id, path=("positionId",))
        person = await seen_person(viewer, person_id, path=("personId",))
        allow_person(viewer, person.unit_path, "move this person", path=("personId",), person=person.id)
        allow_position(viewer, unit, "change who holds this position", path=("positionId",), position=position.id)
        held = await open_holdings(person).filter(position_id=position.id)
        if not held:
            raise WrongState("They do not hold this position.", path=("positionId",))
        await refuse_stepping_in(viewer, held, path=("positionId",))
        await end(viewer, held, group=new_group())
        await lines.refresh()


def open_holdings(person: Person) -> QuerySet[Holding]:
    """What a person holds without an end."""
    return Holding.filter(person_id=person.id, valid_to__isnull=True)


async def take(
    viewer: Viewer,
    person: Person,
    position: Position,
    unit: Unit,
    *,
    primary: bool,
    path: tuple[str, ...],
    group: str,
    is_new: bool = False,
) -> None:
    """Lets a person, whom the viewer may edit, hold a position from today, inside a transaction that holds the
    structure. ``is_new``: the person is being made."""
    allow_position(viewer, unit, "change who holds this position", path=path, position=position.id)
    if has_ended(position.ended_on):
        raise WrongState("That position has ended.", path=path)
    if has_ended(person.ended_on):
        raise WrongState("They have left.", path=path)
    if not is_new:
        refuse_own_line(viewer, person.line, position.line, path=path)
        if primary:
            refuse_own_reach(viewer, person.unit_path, unit.path, path=path)
    held = await open_holdings(person)
    here = next((h for h in held if h.position_id == position.id), None)
    if here is not None and here.is_primary == primary:
        return
    gone = [h for h in held if h is here or (primary and h.is_primary)]
    await refuse_stepping_in(viewer, [h for h in gone if h is not here], path=path)
    await end(viewer, gone, group=group)
    values = {
        "person_id": person.id,
        "position_id": position.id,
        "is_primary": primary,
        "valid_from": clock.today(),
    }
    holding = await Holding.create(**values)
    await remember(viewer.actor, "holding.begin", holding, values, group=group)


async def refuse_stepping_in(viewer: Viewer, held: list[Holding], *, path: Path) -> None:
    """NotAllowed where ending holdings would make the viewer the direct manager of those below an empty seat, who would
    come to see their private goals and drafts, and to approve.
    """
    for holding in held:
        seat = await Position.get(id=holding.position_id)
        if viewer.id is None or seat.manager_id != viewer.id:
            continue
        others = Holding.filter(position_id=seat.id, valid_to__isnull=True).exclude(person_id=holding.person_id)
        managed = await Position.filter(manager_id=holding.person_id, ended_on__isnull=True)
        if any(is_under(one.line, seat.line, strictly=True) for one in managed) and not await others.exists():
            raise NotAllowed("This would make you their reports' manager; another officer must do it.", path=path)


async def end(viewer: Viewer, held: list[Holding], *, group: str) -> None:
    """Ends holdings today."""
    for holding in held:
        holding.valid_to = max(clock.today(), holding.valid_from)
        await holding.save(update_fields=["valid_to"])
        await remember(viewer.actor, "holding.end", holding, {"valid_to": holding.valid_to}, group=group)
