"""Units: made, renamed, moved, led, ended."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lineofsight.kernel import clock
from lineofsight.kernel.clientkeys import once
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.paths import is_under, keys
from lineofsight.kernel.problems import Conflict, CycleRefused, InvalidField, NotAllowed, WrongState
from lineofsight.kernel.sortkey import sort_key
from lineofsight.kernel.writing import line_of, needed_line, row_of
from lineofsight.people import lines, policy
from lineofsight.people.actions.acting import (
    Path,
    allow,
    begin,
    change,
    has_ended,
    refuse_own_line,
    refuse_own_reach,
    same_version,
    seen_position,
    seen_unit,
)
from lineofsight.people.models import GrantState, OfficeHolding, Person, Position, Unit
from lineofsight.people.setup import root_unit
from lineofsight.people.viewer import Viewer

LONGEST_CODE = 60
LONGEST_NAME = 300


@dataclass(frozen=True)
class NewUnit:
    """A unit as it is given; ``parent_id`` None: below the agency itself."""

    code: str
    name: str
    kind: str | None = None
    parent_id: int | None = None


async def create_unit(viewer: Viewer, given: NewUnit, *, client_key: str | None = None) -> int:
    """Makes a unit; its key."""
    async with transaction():
        viewer = await begin(viewer)
        key = given.parent_id if given.parent_id is not None else (await root_unit()).id
        parent = await seen_unit(viewer, key, path=("parentId",))
        allow(viewer, policy.EDIT_UNIT, row_of(parent), "make units here", path=("parentId",))

        async def do() -> dict[str, int]:
            return {"unit": await _create(viewer, given, parent)}

        return (await once(viewer.actor, "unitCreate", client_key, asdict(given), do))["unit"]


async def _create(viewer: Viewer, given: NewUnit, parent: Unit) -> int:
    _still_there(parent, path=("parentId",))
    values = {
        "code": await _code(given.code, path=("code",)),
        "name": _name(given.name, path=("name",)),
        "kind": line_of(given.kind, longest=60, path=("kind",)),
        "parent_id": parent.id,
    }
    unit = await Unit.create(**values, sort_key=sort_key(str(values["name"])), path="")
    await remember(viewer.actor, "unit.create", unit, values)
    await lines.refresh()
    return int(unit.id)


async def edit_unit(viewer: Viewer, unit_id: int, version: int, changes: Mapping[str, Any]) -> Unit:
    """Changes fields of a unit by name, as in NewUnit, and ``lead_position_id``; ``ended``: once it is empty."""
    async with transaction():
        viewer = await begin(viewer)
        unit = await seen_unit(viewer, unit_id, path=("unitId",))
        allow(viewer, policy.EDIT_UNIT, row_of(unit), "change this unit", path=("unitId",))
        same_version(unit, version, "unit")
        group = new_group()
        values: dict[str, Any] = {}
        for name, value in changes.items():
            path = ("changes", name)
            match name:
                case "code":
                    values["code"] = await _code(value or "", unit, path=path)
                case "name":
                    values["name"] = _name(value or "", path=path)
                    values["sort_key"] = sort_key(values["name"])
                case "kind":
                    values["kind"] = line_of(value, longest=60, path=path)
                case "parent_id":
                    values |= await _move(viewer, unit, value)
                case "lead_position_id":
                    values["lead_position_id"] = await _lead(viewer, unit, value)
                case "ended":
                    values |= await _end(viewer, unit, group) if value else await _reopen(viewer, unit)
                case _:
                    raise ValueError(name)
        if values:
            await change(viewer, "unit.edit", unit, group, **values)
            await lines.refresh()
        return unit


def _name(text: str, *, path: Path) -> str:
    return needed_line(text, "Give the unit a name.", longest=LONGEST_NAME, path=path)


async def _code(text: str, unit: Unit | None = None, *, path: Path) -> str:
    code = needed_line(text, "Give the unit a code.", longest=LONGEST_CODE, path=path)
    taken = await Unit.filter(code=code).first()
    if taken is not None and (unit is None or taken.id != unit.id):
        raise Conflict("This code is taken.", path=path)
    return code


def _still_there(unit: Unit, *, path: Path) -> None:
    if has_ended(unit.ended_on):
        raise WrongState("That unit has ended.", path=path)


async def _above(viewer: Viewer, unit: Unit, words: str, *, path: Path) -> Unit:
    """The unit above, which the viewer must administer too: where something moves, both ends count."""
    if unit.parent_id is None:
        raise InvalidField("The agency itself stays where it is.", path=path)
    parent = await Unit.get(id=unit.parent_id)
    allow(viewer, policy.EDIT_UNIT, row_of(parent), words, path=path)
    return parent


async def _move(viewer: Viewer, unit: Unit, parent_id: int | None) -> dict[str, Any]:
    path = ("changes", "parentId")
    if parent_id is None:
        raise InvalidField("Say which unit it belongs to.", path=path)
    parent = await seen_unit(viewer, parent_id, path=path)
    if parent.id == unit.parent_id:
        return {}
    await _above(viewer, unit, "move this unit away from where it is", path=path)
    allow(viewer, policy.EDIT_UNIT, row_of(parent), "move units there", path=path)
    _refuse_own_gain(viewer, unit, parent, path=path)
    _still_there(parent, path=path)
    if is_under(parent.path, unit.path):
        way = keys(parent.path[len(unit.path) - 7 :])
        known = {found.id: found for found in await Unit.filter(id__in=way)}
        names = [
            known[key].name if policy.SEE_UNIT.allows(viewer, row_of(known[key])) else "a unit you cannot see"
            for key in [way[0], *reversed(way)]
        ]
        raise CycleRefused("This would close a circle: " + " → ".join(names) + ".", path=path)
    return {"parent_id": parent.id}


def _refuse_own_gain(viewer: Viewer, unit: Unit, parent: Unit, *, path: Path) -> None:
    """NotAllowed where the move would bring goals within the viewer's sight: the unit comes below one they lead or
    hold an office over, or carries the viewer themself below other units.
    """
    refuse_own_reach(viewer, unit.path, parent.path, path=path)
    if unit.id in viewer.units_up and not viewer.units_up.issuperset(keys(parent.path)):
        raise NotAllowed("This would open other people's goals to you; another officer must do it.", path=path)


async def _lead(viewer: Viewer, unit: Unit, position_id: int | None) -> int | None:
    if position_id is None:
        return None
    path = ("changes", "leadPositionId")
    position, _ = await seen_position(viewer, position_id, path=path)
    if position.id in viewer.positions:
        raise NotAllowed("You may not make yourself the lead; another administrator must.", path=path)
    if position.id != unit.lead_position_id:
        refuse_own_line(viewer, await _lead_line(unit), position.line, path=path)
    if has_ended(position.ended_on):
        raise WrongState("That position has ended.", path=path)
    return int(position.id)


async def _lead_line(unit: Unit) -> str:
    """The line of whom the unit's goals answer to: its lead position, else that of the nearest unit above with one."""
    leads = {one.id: one.lead_position_id for one in await Unit.filter(id__in=keys(unit.path))}
    nearest = next((leads[key] for key in reversed(keys(unit.path)) if leads.get(key) is not None), None)
    return (await Position.get(id=nearest)).line if nearest is not None else ""


async def _end(viewer: Viewer, unit: Unit, group: str) -> dict[str, Any]:
    path = ("changes", "ended")
    await _above(viewer, unit, "end this unit", path=path)
    if unit.ended_on is not None:
        return {}
    left = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in [
            (await Unit.filter(parent_id=unit.id, ended_on__isnull=True).count(), "unit", "units"),
            (await Position.filter(unit_id=unit.id, ended_on__isnull=True).count(), "position", "positions"),
            (await Person.filter(unit_id=unit.id, ended_on__isnull=True).count(), "person", "people"),
        ]
        if count
    ]
    if left:
        raise WrongState(f"Only an empty unit can end; it still has {' and '.join(left)}.", path=path)
    today = clock.today()
    for held in await OfficeHolding.filter(unit_id=unit.id).exclude(state=GrantState.ENDED):
        held.state, held.valid_to = GrantState.ENDED, today
        await held.save(update_fields=["state", "valid_to"])
        await remember(viewer.actor, "office.revoke", held, {"state": held.state, "valid_to": today}, group=group)
    return {"ended_on": today, "lead_position_id": None}


async def _reopen(viewer: Viewer, unit: Unit) -> dict[str, Any]:
    path = ("changes", "ended")
    if unit.ended_on is None:
        return {}
    _still_there(await _above(viewer, unit, "reopen this unit", path=path), path=path)
    return {"ended_on": None}
