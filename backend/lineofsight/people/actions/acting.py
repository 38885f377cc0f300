"""What every action on the organisation begins and ends with: the row, the right, the version; the edit, its event."""

from dataclasses import replace
from datetime import date
from typing import Any

from tortoise.models import Model

from lineofsight.kernel import clock
from lineofsight.kernel.access import Rule
from lineofsight.kernel.events import remember
from lineofsight.kernel.paths import is_under
from lineofsight.kernel.problems import NotAllowed, NotFound, StaleVersion
from lineofsight.kernel.rows import Row
from lineofsight.kernel.writing import locked, row_of
from lineofsight.people import lines, policy
from lineofsight.people.models import Person, Position, Unit
from lineofsight.people.viewer import Viewer, of_person

Path = tuple[str, ...]


async def begin(viewer: Viewer) -> Viewer:
    """Holds other writers of structure and offices off until the transaction ends; the viewer as they are by then.

    A right that was taken away while this request waited is gone.
    """
    await lines.lock_structure()
    if viewer.id is None:
        return viewer
    now = await of_person(viewer.id)
    if now is None:
        raise NotAllowed("You have left.")
    kept = {name: getattr(viewer, name) for name in ("scopes", "limits", "contributes_to", "session_id")}
    return replace(now, **kept)


async def seen_unit(viewer: Viewer, key: int, *, path: Path) -> Unit:
    """A unit the viewer sees, locked; NotFound where it is hidden or absent."""
    unit = await locked(Unit, key)
    if unit is None or not policy.SEE_UNIT.allows(viewer, row_of(unit)):
        raise NotFound("unit", path=path)
    return unit


async def seen_person(viewer: Viewer, key: int, *, path: Path) -> Person:
    """A person the viewer sees, locked; NotFound where they are hidden or absent."""
    person = await locked(Person, key)
    if person is None or not policy.SEE_PERSON.allows(viewer, row_of(person)):
        raise NotFound("person", path=path)
    return person


async def seen_position(viewer: Viewer, key: int, *, path: Path) -> tuple[Position, Unit]:
    """A position the viewer sees, locked, with its unit; NotFound where it is hidden or absent."""
    position = await locked(Position, key)
    unit = await Unit.get(id=position.unit_id) if position is not None else None
    if position is None or unit is None or not policy.SEE_POSITION.allows(viewer, row_of(unit)):
        raise NotFound("position", path=path)
    return position, unit


def allow(viewer: Viewer, rule: Rule, facts: Row, words: str, *, path: Path) -> None:
    """NotAllowed unless the rule opens for the facts; ``words``: what the viewer may not do."""
    if not rule.allows(viewer, facts):
        raise NotAllowed(f"You may not {words}.", path=path)


def allow_person(viewer: Viewer, unit_path: str, words: str, *, path: Path, person: int = 0) -> None:
    """NotAllowed unless the viewer may edit a person in a unit; ``person`` 0: a new one."""
    allow(viewer, policy.EDIT_PERSON, {"unit_path": unit_path, "id": person}, words, path=path)


def allow_position(viewer: Viewer, unit: Unit, words: str, *, path: Path, position: int = 0) -> None:
    """NotAllowed unless the viewer may edit a position in a unit; ``position`` 0: a new one."""
    allow(viewer, policy.EDIT_POSITION, {"path": unit.path, "id": position}, words, path=path)


def refuse_own_line(viewer: Viewer, line_before: str, line_above: str, *, path: Path) -> None:
    """NotAllowed where a move would put someone else's people below the viewer, who would come to see their goals."""

    def mine(line: str) -> bool:
        return any(is_under(line, own) for own in viewer.lines)

    if mine(line_above) and not mine(line_before):
        raise NotAllowed("This would place them below you; another officer must do it.", path=path)


def refuse_own_reach(viewer: Viewer, unit_before: str, unit_after: str, *, path: Path) -> None:
    """NotAllowed where a move between units (their paths) would bring what moves below a unit the viewer leads or holds
    an office over.
    """

    def within(unit: str, own: tuple[str, ...]) -> bool:
        return any(is_under(unit, one) for one in own)

    for own in (viewer.led_units, viewer.hr, viewer.strategy, viewer.executive):
        if within(unit_after, own) and not within(unit_before, own):
            raise NotAllowed("This would open other people's goals to you; another officer must do it.", path=path)


def same_version(row: Any, version: int, what: str) -> None:
    """StaleVersion where someone else changed the row since."""
    if row.version != version:
        raise StaleVersion(what, row.version)


def has_ended(ended_on: date | None) -> bool:
    """Whether a row that ends on a day (the first day without it) has ended."""
    return ended_on is not None and ended_on <= clock.today()


async def change(viewer: Viewer, verb: str, row: Model, group: str, **values: Any) -> None:
    """Writes fields of a row, moves its version and remembers who did it."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1  # type: ignore[attr-defined]
    await row.save(update_fields=[*values, "version"])
    await remember(viewer.actor, verb, row, values, group=group)
