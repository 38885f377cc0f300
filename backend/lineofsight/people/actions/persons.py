"""Persons: made, renamed, placed, left, returned."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lineofsight.kernel.clientkeys import once
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.problems import Conflict, InvalidField, WrongState
from lineofsight.kernel.sortkey import sort_key
from lineofsight.kernel.writing import line_of, needed_line
from lineofsight.people import identity, lines
from lineofsight.people.actions import holdings
from lineofsight.people.actions.acting import (
    Path,
    allow_person,
    begin,
    change,
    has_ended,
    refuse_own_reach,
    same_version,
    seen_person,
    seen_position,
    seen_unit,
)
from lineofsight.people.actions.leaving import leave
from lineofsight.people.models import Person, Position, Unit
from lineofsight.people.setup import root_unit
from lineofsight.people.viewer import Viewer

LONGEST = 300


@dataclass(frozen=True)
class NewPerson:
    """A person as given; in a position, else in a unit, else in the agency itself."""

    name: str
    email: str | None = None
    job_title: str | None = None
    position_id: int | None = None
    unit_id: int | None = None
    started_on: date | None = None


async def create_person(viewer: Viewer, given: NewPerson, *, client_key: str | None = None) -> int:
    """Makes a person; their key."""
    async with transaction():
        viewer = await begin(viewer)
        position, unit = await _place(viewer, given)

        async def do() -> dict[str, int]:
            return {"person": await _create(viewer, given, position, unit)}

        return (await once(viewer.actor, "personCreate", client_key, asdict(given), do))["person"]


async def _place(viewer: Viewer, given: NewPerson) -> tuple[Position | None, Unit]:
    position: Position | None = None
    path: Path = ("unitId",)
    if given.position_id is not None:
        path = ("positionId",)
        position, unit = await seen_position(viewer, given.position_id, path=path)
    else:
        key = given.unit_id if given.unit_id is not None else (await root_unit()).id
        unit = await seen_unit(viewer, key, path=path)
    allow_person(viewer, unit.path, "add people here", path=path)
    return position, unit


async def _create(viewer: Viewer, given: NewPerson, position: Position | None, unit: Unit) -> int:
    if position is not None and given.unit_id is not None and given.unit_id != unit.id:
        raise InvalidField("The position belongs to another unit; leave the unit out.", path=("unitId",))
    if has_ended(unit.ended_on):
        raise WrongState("That unit has ended.", path=("unitId",))
    email, key = await _email(given.email, path=("email",))
    values = {
        "name": _name(given.name, path=("name",)),
        "email": email,
        "job_title": line_of(given.job_title, longest=LONGEST, path=("jobTitle",)),
        "unit_id": unit.id,
        "started_on": given.started_on,
    }
    group = new_group()
    person = await Person.create(**values, sort_key=sort_key(str(values["name"])), email_key=key)
    await remember(viewer.actor, "person.create", person, values, group=group)
    if position is not None:
        await holdings.take(
            viewer, person, position, unit, primary=True, path=("positionId",), group=group, is_new=True
        )
    await lines.refresh()
    return int(person.id)


async def edit_person(viewer: Viewer, person_id: int, version: int, changes: Mapping[str, Any]) -> Person:
    """Changes fields of a person by name: ``name``, ``email``, ``job_title``, ``started_on``, ``ended_on``,
    ``position_id`` (None: out of it), ``unit_id``.

    ``ended_on``: the first day without them, today at the latest; they leave everything. None: they return.
    """
    async with transaction():
        viewer = await begin(viewer)
        person = await seen_person(viewer, person_id, path=("personId",))
        allow_person(viewer, person.unit_path, "change this person", path=("personId",), person=person.id)
        same_version(person, version, "person")
        group = new_group()
        values: dict[str, Any] = {}
        if "name" in changes:
            values["name"] = _name(changes["name"] or "", path=("changes", "name"))
            values["sort_key"] = sort_key(values["name"])
        if "email" in changes:
            values["email"], values["email_key"] = await _email(
                changes["email"], person, path=("changes", "email")
            )
        if "job_title" in changes:
            values["job_title"] = line_of(changes["job_title"], longest=LONGEST, path=("changes", "jobTitle"))
        values |= {name: changes[name] for name in ("started_on", "ended_on") if name in changes}
        _check_days({"started_on": person.started_on, "ended_on": person.ended_on} | values)
        if "ended_on" in values and values["ended_on"] is None:
            person.ended_on = None
        elif "ended_on" in values:
            held = await holdings.open_holdings(person)
            await holdings.refuse_stepping_in(viewer, held, path=("changes", "endedOn"))
        if "position_id" in changes:
            await _reposition(viewer, person, changes["position_id"], group)
        if "unit_id" in changes:
            values |= await _move(viewer, person, changes["unit_id"], changes)
        if values or "position_id" in changes:
            await change(viewer, "person.edit", person, group, **values)
            if values.get("ended_on") is not None:
                await leave(viewer.actor, person, values["ended_on"], group=group)
            await lines.refresh()
        return person


def _name(text: str, *, path: Path) -> str:
    return needed_line(text, "Give the person a name.", longest=LONGEST, path=path)


async def _email(
    text: str | None, person: Person | None = None, *, path: Path
) -> tuple[str | None, str | None]:
    """The e-mail as it is kept and as it is compared; Conflict where someone else has it."""
    if text is None or not text.strip():
        return None, None
    email = identity.checked_email(text, path=path)
    key = identity.email_key(email)
    owner = await Person.get_or_none(email_key=key)
    if owner is not None and (person is None or owner.id != person.id):
        raise Conflict("Someone else has this e-mail address.", path=path)
    return email, key


def _check_days(days: Mapping[str, Any]) -> None:
    started, ended = days["started_on"], days["ended_on"]
    if ended is not None and not has_ended(ended):
        raise InvalidField("Record a leaving once it has come: today at the latest.", path=("changes", "endedOn"))
    if ended is not None and started is not None and ended < started:
        raise InvalidField("They cannot have left before they came.", path=("changes", "endedOn"))


async def _reposition(viewer: Viewer, person: Person, position_id: int | None, group: str) -> None:
    path = ("changes", "positionId")
    if position_id is None:
        held = await holdings.open_holdings(person).filter(is_primary=True)
        await holdings.refuse_stepping_in(viewer, held, path=path)
        await holdings.end(viewer, held, group=group)
        return
    position, unit = await seen_position(viewer, position_id, path=path)
    allow_person(viewer, unit.path, "place people there", path=path, person=person.id)
    await holdings.take(viewer, person, position, unit, primary=True, path=path, group=group)


async def _move(
    viewer: Viewer, person: Person, unit_id: int | None, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """To another unit, of someone whom no position places."""
    path = ("changes", "unitId")
    if unit_id is None:
        raise InvalidField("Say which unit they belong to.", path=path)
    unit = await seen_unit(viewer, unit_id, path=path)
    allow_person(viewer, unit.path, "move people there", path=path, person=person.id)
    if unit.id == person.unit_id and "position_id" not in changes:
        return {}
    refuse_own_reach(viewer, person.unit_path, unit.path, path=path)
    if await holdings.open_holdings(person).filter(is_primary=True).exists():
        raise WrongState("Their position places them; move it, or take them out of it.", path=path)
    if has_ended(unit.ended_on):
        raise WrongState("That unit has ended.", path=path)
    return {"unit_id": unit.id}


