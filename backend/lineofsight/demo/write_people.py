"""Writes units, positions, reporting lines and people, with the facts that follow from them."""

from dataclasses import dataclass, field
from datetime import date

from lineofsight.exchange import references
from lineofsight.exchange.bulk import in_batches, insert, reserve
from lineofsight.kernel import clock, paths
from lineofsight.kernel.events import COMMAND_LINE, remember
from lineofsight.kernel.numbers import to_bp
from lineofsight.kernel.sortkey import sort_key
from lineofsight.people.identity import email_key
from lineofsight.people.models import (
    Credential,
    GrantState,
    Holding,
    LineKind,
    Office,
    OfficeHolding,
    Person,
    Position,
    ReportingLine,
    Unit,
)
from lineofsight.people.passwords import hash_password
from lineofsight.people.setup import root_unit

from .cast import PASSWORD
from .facts import Agency
from .ledger import BATCH, Row, add


@dataclass
class Places:
    """Keys in the database, and the facts that goals carry of their owners."""

    units: dict[str, int] = field(default_factory=dict)
    unit_paths: dict[str, str] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)
    """Key of each unit's lead position, 0 where it has none."""
    positions: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    holds: list[int] = field(default_factory=list)
    """Index of each person's position."""


async def write_people(agency: Agency) -> Places:
    """Everything of the organization; `Places` says where it stands."""
    places = Places()
    positions = await reserve(Position, len(agency.positions))
    places.positions = positions
    await _units(agency, places)
    await _positions(agency, places)
    await _persons(agency, places)
    await _offices(agency, places)
    await _outside_keys(agency, places)
    return places


async def _units(agency: Agency, places: Places) -> None:
    root = await root_unit()
    first, *others = agency.units
    lead = places.positions[first.lead] if first.lead is not None else None
    values = {"name": first.name, "kind": first.kind, "lead_position_id": lead}
    await Unit.filter(id=root.id).update(**values, sort_key=sort_key(first.name))
    await remember(COMMAND_LINE, "unit.edit", root, values)
    places.units[first.code], places.unit_paths[first.code] = root.id, root.path
    places.leads[first.code] = lead or 0
    rows: list[Row] = []
    for unit, key in zip(others, await reserve(Unit, len(others)), strict=True):
        parent = unit.parent or first.code
        lead = places.positions[unit.lead] if unit.lead is not None else None
        places.units[unit.code], places.leads[unit.code] = key, lead or 0
        places.unit_paths[unit.code] = paths.descend(places.unit_paths[parent], key)
        rows.append({
            "id": key, "code": unit.code, "name": unit.name, "sort_key": sort_key(unit.name),
            "kind": unit.kind, "parent_id": places.units[parent], "path": places.unit_paths[unit.code],
            "lead_position_id": lead,
        })  # fmt: skip
    await add(Unit, rows, verb="unit.create", leave_out=("sort_key", "path"))


async def _positions(agency: Agency, places: Places) -> None:
    for position, key in zip(agency.positions, places.positions, strict=True):
        above = places.lines[position.superior] if position.superior is not None else ""
        places.lines.append(paths.descend(above, key))
    places.people = await reserve(Person, len(agency.people))
    since = agency.plan_start
    rows: list[Row] = []
    lines: list[Row] = []
    for position, key in zip(agency.positions, places.positions, strict=True):
        superior = places.positions[position.superior] if position.superior is not None else None
        rows.append({
            "id": key, "title": position.title, "unit_id": places.units[position.unit],
            "superior_id": superior, "line": places.lines[position.key],
            "manager_id": manager_of(agency, places, position.key),
            "headcount_bp": to_bp(position.headcount),
        })  # fmt: skip
        for kind, other in ((LineKind.SOLID, position.superior), (LineKind.DOTTED, position.dotted)):
            if other is not None:
                lines.append({"position_id": key, "superior_id": places.positions[other], "kind": kind,
                              "valid_from": since})  # fmt: skip
    # a superior always stands before those below it, as the foreign key wants
    await add(Position, rows, verb="position.create", leave_out=("line", "manager_id"))
    await add(ReportingLine, lines)


def manager_of(agency: Agency, places: Places, position: int) -> int | None:
    """The person who holds the nearest occupied superior position."""
    above = agency.positions[position].superior
    while above is not None:
        holder = agency.positions[above].holder
        if holder is not None:
            return places.people[holder]
        above = agency.positions[above].superior
    return None


async def _persons(agency: Agency, places: Places) -> None:
    rows: list[Row] = []
    holdings: list[Row] = []
    places.holds = [person.position for person in agency.people]
    for person, key in zip(agency.people, places.people, strict=True):
        position = agency.positions[person.position]
        rows.append({
            "id": key, "name": person.name, "sort_key": sort_key(person.name), "email": person.email,
            "email_key": email_key(person.email), "job_title": position.title,
            "unit_id": places.units[position.unit], "unit_path": places.unit_paths[position.unit],
            "position_id": places.positions[person.position], "line": places.lines[person.position],
            "manager_id": manager_of(agency, places, person.position), "started_on": person.hired,
        })  # fmt: skip
        holdings.append({"person_id": key, "position_id": places.positions[person.position],
                         "valid_from": person.hired})  # fmt: skip
    # a manager before their reports
    rows.sort(key=lambda row: len(row["line"]))
    await add(Person, rows, verb="person.create",
              leave_out=("sort_key", "email_key", "unit_path", "line", "manager_id"))  # fmt: skip
    await add(Holding, holdings)
    secret, now = hash_password(PASSWORD), clock.now()
    for batch in in_batches(places.people, BATCH):
        rows = [{"person_id": key, "password_hash": secret, "changed_at": now} for key in batch]
        await insert(Credential, rows)


async def _offices(agency: Agency, places: Places) -> None:
    rows: list[Row] = [
        {"person_id": places.people[person], "office": Office(office), "unit_id": places.units[unit],
         "state": GrantState.HELD, "valid_from": office_since(agency.today)}
        for person, office, unit in agency.offices
    ]  # fmt: skip
    await add(OfficeHolding, rows, verb="office.grant")


async def _outside_keys(agency: Agency, places: Places) -> None:
    """How the payroll names people, and the budget units: partners look rows up by these."""
    payroll = await references.system_id("payroll", is_open=False)
    numbers = {f"E{10_000 + 7 * place}": key for place, key in enumerate(places.people)}
    await references.add(payroll, "PERSON", numbers)
    budget = await references.system_id("budget", is_open=True)
    centers = {f"CC-{1_000 + 10 * place}": places.units[u.code] for place, u in enumerate(agency.units)}
    await references.add(budget, "UNIT", centers)


def office_since(today: date) -> date:
    """The first day of the year before."""
    return date(today.year - 1, 1, 1)
