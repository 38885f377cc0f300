"""Positions and the reporting line: made, changed, moved, ended."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lineofsight.kernel import clock, numbers
from lineofsight.kernel.clientkeys import once
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.paths import is_under, keys
from lineofsight.kernel.problems import CycleRefused, InvalidField, WrongState
from lineofsight.kernel.writing import line_of, needed_line
from lineofsight.people import lines, policy, reads
from lineofsight.people.actions.acting import (
    Path,
    allow_position,
    begin,
    change,
    has_ended,
    refuse_own_line,
    refuse_own_reach,
    same_version,
    seen_position,
    seen_unit,
)
from lineofsight.people.models import LineKind, Position, ReportingLine, Unit
from lineofsight.people.viewer import Viewer

LONGEST_TITLE = 300
MOST_POSTS = 100_000
MOST_DOTTED = 20


@dataclass(frozen=True)
class NewPosition:
    """A position as it is given; ``superior_id`` None: at the top of a line. ``headcount``: posts it stands for."""

    title: str
    unit_id: int
    superior_id: int | None = None
    dotted_superior_ids: tuple[int, ...] = ()
    headcount: float = 1.0
    grade: str | None = None


async def create_position(viewer: Viewer, given: NewPosition, *, client_key: str | None = None) -> int:
    """Makes a vacant position; its key."""
    async with transaction():
        viewer = await begin(viewer)
        unit = await seen_unit(viewer, given.unit_id, path=("unitId",))
        superior = None
        if given.superior_id is not None:
            superior, above = await seen_position(viewer, given.superior_id, path=("superiorId",))
        allow_position(viewer, unit, "make positions here", path=("unitId",))
        if superior is not None:
            allow_position(viewer, above, "place positions below that one", path=("superiorId",))

        async def do() -> dict[str, int]:
            return {"position": await _create(viewer, given, unit, superior)}

        return (await once(viewer.actor, "positionCreate", client_key, asdict(given), do))["position"]


async def _create(viewer: Viewer, given: NewPosition, unit: Unit, superior: Position | None) -> int:
    if has_ended(unit.ended_on):
        raise WrongState("That unit has ended.", path=("unitId",))
    if superior is not None and has_ended(superior.ended_on):
        raise WrongState("That position has ended.", path=("superiorId",))
    values: dict[str, Any] = {
        "title": _title(given.title, path=("title",)),
        "unit_id": unit.id,
        "superior_id": given.superior_id,
        "headcount_bp": _headcount(given.headcount, path=("headcount",)),
        "grade": line_of(given.grade, longest=60, path=("grade",)),
    }
    group = new_group()
    position = await Position.create(**values, line="")
    await remember(viewer.actor, "position.create", position, values, group=group)
    if given.superior_id is not None:
        await _begin_line(viewer, position, given.superior_id, LineKind.SOLID, group)
    await _set_dotted(viewer, position, given.superior_id, given.dotted_superior_ids, group, ("dottedSuperiorIds",))
    await lines.refresh()
    return int(position.id)


async def edit_position(viewer: Viewer, position_id: int, version: int, changes: Mapping[str, Any]) -> Position:
    """Changes fields of a position by name, as in NewPosition; ``ended``: once it is vacant."""
    async with transaction():
        viewer = await begin(viewer)
        position, unit = await seen_position(viewer, position_id, path=("positionId",))
        allow_position(viewer, unit, "change this position", path=("positionId",), position=position.id)
        same_version(position, version, "position")
        group = new_group()
        values: dict[str, Any] = {}
        for name, value in changes.items():
            match name:
                case "title":
                    values["title"] = _title(value or "", path=("changes", "title"))
                case "grade":
                    values["grade"] = line_of(value, longest=60, path=("changes", "grade"))
                case "headcount":
                    values["headcount_bp"] = _headcount(value, path=("changes", "headcount"))
                case "unit_id":
                    values |= await _to_unit(viewer, position, value)
                case "superior_id":
                    values |= await _to_superior(viewer, position, value, group)
                case "ended":
                    step = _end(viewer, position, group) if value else _reopen(viewer, position, unit, group)
                    values |= await step
                case "dotted_superior_ids":
                    pass
                case _:
                    raise ValueError(name)
        if "dotted_superior_ids" in changes:
            solid = values.get("superior_id", position.superior_id)
            path = ("changes", "dottedSuperiorIds")
            await _set_dotted(viewer, position, solid, changes["dotted_superior_ids"] or (), group, path)
        if changes:
            await change(viewer, "position.edit", position, group, **values)
            await lines.refresh()
        return position


def _title(text: str, *, path: Path) -> str:
    return needed_line(text, "Give the position a title.", longest=LONGEST_TITLE, path=path)


def _headcount(posts: float | None, *, path: Path) -> int:
    if posts is None or not 0 < posts <= MOST_POSTS:
        raise InvalidField(f"A position stands for more than 0 and at most {MOST_POSTS:,} posts.", path=path)
    return numbers.to_bp(posts)


async def _to_unit(viewer: Viewer, position: Position, unit_id: int | None) -> dict[str, Any]:
    path = ("changes", "unitId")
    if unit_id is None:
        raise InvalidField("Say which unit it belongs to.", path=path)
    unit = await seen_unit(viewer, unit_id, path=path)
    allow_position(viewer, unit, "move positions there", path=path)
    before = await Unit.get(id=position.unit_id)
    refuse_own_reach(viewer, before.path, unit.path, path=path)
    if has_ended(unit.ended_on):
        raise WrongState("That unit has ended.", path=path)
    return {"unit_id": unit.id} if unit.id != position.unit_id else {}


async def _to_superior(
    viewer: Viewer, position: Position, superior_id: int | None, group: str
) -> dict[str, Any]:
    """Another solid superior from today, the right to edit lines being needed at both ends."""
    path = ("changes", "superiorId")
    superior = None
    if superior_id is not None:
        superior, above = await seen_position(viewer, superior_id, path=path)
        allow_position(viewer, above, "place positions below that one", path=path, position=superior.id)
    if superior_id == position.superior_id:
        return {}
    if position.superior_id is not None:
        before = await Position.get(id=position.superior_id)
        unit = await Unit.get(id=before.unit_id)
        allow_position(viewer, unit, "take this position from where it is", path=path, position=before.id)
    if superior is not None:
        if has_ended(superior.ended_on):
            raise WrongState("That position has ended.", path=path)
        if is_under(superior.line, position.line):
            raise CycleRefused(await _circle(viewer, position, superior), path=path)
        refuse_own_line(viewer, position.line, superior.line, path=path)
    await _end_lines(viewer, position, LineKind.SOLID, None, group)
    if superior is not None:
        await _begin_line(viewer, position, superior.id, LineKind.SOLID, group)
    return {"superior_id": superior_id}


async def _circle(viewer: Viewer, position: Position, superior: Position) -> str:
    """The circle that the line would close, by titles."""
    way = keys(superior.line[len(position.line) - 7 :])
    known = {found.id: found for found in await Position.filter(id__in=way)}
    units = {unit.id: unit for unit in await Unit.filter(id__in=[p.unit_id for p in known.values()])}
    names = [
        known[key].title
        if policy.SEE_POSITION.allows(viewer, {"path": units[known[key].unit_id].path})
        else "a position you cannot see"
        for key in [way[0], *reversed(way)]
    ]
    return "This would close a circle: " + " → ".join(names) + "."


async def _begin_line(viewer: Viewer, position: Position, superior: int, kind: LineKind, group: str) -> None:
    values = {"position_id": position.id, "superior_id": superior, "kind": kind, "valid_from": clock.today()}
    line = await ReportingLine.create(**values)
    await remember(viewer.actor, "reportingLine.begin", line, values, group=group)


async def _end_lines(
    viewer: Viewer, position: Position, kind: LineKind, superiors: Collection[int] | None, group: str
) -> None:
    """Ends today the open lines of a kind, to some superiors or (None) to all."""
    for line in await ReportingLine.filter(position_id=position.id, kind=kind, valid_to__isnull=True):
        if superiors is None or line.superior_id in superiors:
            line.valid_to = max(clock.today(), line.valid_from)
            await line.save(update_fields=["valid_to"])
            await remember(viewer.actor, "reportingLine.end", line, {"valid_to": line.valid_to}, group=group)


async def _set_dotted(
    viewer: Viewer, position: Position, solid: int | None, wanted: Collection[int], group: str, path: Path
) -> None:
    """Brings the dotted lines to ``wanted``, the right to edit lines being needed at the ends that change."""
    rows = await ReportingLine.filter(position_id=position.id, kind=LineKind.DOTTED, valid_to__isnull=True)
    before, after = {row.superior_id for row in rows}, set(wanted)
    if len(after) > MOST_DOTTED:
        raise InvalidField(f"A position has at most {MOST_DOTTED} dotted lines.", path=path)
    for key in sorted(after - before):
        superior, above = await seen_position(viewer, key, path=path)
        allow_position(viewer, above, "draw lines to that position", path=path, position=superior.id)
        if has_ended(superior.ended_on):
            raise WrongState("That position has ended.", path=path)
        if key in (position.id, solid):
            raise InvalidField("A dotted line leads to another position than the reporting line.", path=path)
    for key in sorted(before - after):
        unit = await Unit.get(id=(await Position.get(id=key)).unit_id)
        allow_position(viewer, unit, "remove lines to that position", path=path, position=key)
    await _end_lines(viewer, position, LineKind.DOTTED, before - after, group)
    for key in sorted(after - before):
        await _begin_line(viewer, position, key, LineKind.DOTTED, group)


async def _end(viewer: Viewer, position: Position, group: str) -> dict[str, Any]:
    path = ("changes", "ended")
    if position.ended_on is not None:
        return {}
    if await reads.first_holders([position.id]):
        raise WrongState("Only a vacant position can end; someone holds it.", path=path)
    if await Position.filter(superior_id=position.id, ended_on__isnull=True).exists():
        raise WrongState("Positions report to it; give them another superior first.", path=path)
    led = await Unit.filter(lead_position_id=position.id).first()
    if led is not None:
        raise WrongState("It leads a unit; an administrator names another lead first.", path=path)
    for kind in LineKind:
        await _end_lines(viewer, position, kind, None, group)
    return {"ended_on": clock.today()}  # its superior stays: who stood above still settles what was begun there


async def _reopen(viewer: Viewer, position: Position, unit: Unit, group: str) -> dict[str, Any]:
    if position.ended_on is None:
        return {}
    if has_ended(unit.ended_on):
        raise WrongState("Its unit has ended.", path=("changes", "ended"))
    superior = await Position.get_or_none(id=position.superior_id)
    if superior is None or has_ended(superior.ended_on):
        return {"ended_on": None, "superior_id": None}
    await _begin_line(viewer, position, superior.id, LineKind.SOLID, group)
    return {"ended_on": None}
