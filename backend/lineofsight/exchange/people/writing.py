"""Writes positions, persons and who holds what, batch by batch, comparing with what the graph has."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lineofsight.exchange import references
from lineofsight.exchange.bulk import insert, reserve, update
from lineofsight.exchange.people.matching import PERSON, POSITION, Standing, Systems, is_open, standing
from lineofsight.exchange.people.seats import Holder, Seat
from lineofsight.exchange.report import ImportReport
from lineofsight.kernel.events import Actor, remember_many
from lineofsight.kernel.sortkey import sort_key
from lineofsight.people.models import Holding, Person, Position

Change = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A kept row and where it goes. `others`: rows that add a holder to its position."""

    seat: Seat
    position: int
    is_new: bool
    unit: int
    superior: int | None = None
    is_primary: bool = True
    without_email: bool = False
    others: tuple[Seat, ...] = ()

    def holders(self) -> list[tuple[Seat, Holder, bool]]:
        """Who should hold the position: row, person, whether it is the person's first."""
        main = [(self.seat, self.seat.holder, self.is_primary)] if self.seat.holder else []
        return main + [(seat, seat.holder, True) for seat in self.others if seat.holder]


@dataclass(slots=True)
class Writer:
    """Writes the rows of one import. Reporting lines come after all rows (people.lining)."""

    systems: Systems
    report: ImportReport
    actor: Actor
    group: str
    today: datetime.date
    _batch: _Batch = field(init=False)

    async def write(self, rows: Sequence[Placed]) -> None:
        """Write one batch."""
        people = [(seat, holder) for row in rows for seat, holder, _ in row.holders()]
        now = await standing(
            self.systems,
            [row.position for row in rows if not row.is_new],
            [holder.key for _, holder in people if holder.key is not None],
            [holder.login for _, holder in people if holder.login is not None],
            [holder.email.casefold() for _, holder in people if holder.email is not None],
            self.today,
        )
        self._batch = _Batch(now)
        for row in rows:
            self._position(row)
        fresh = iter(await reserve(Person, len(people)))
        for row in rows:
            held = {
                self._person(row, seat, holder, primary, fresh): (holder, primary)
                for seat, holder, primary in row.holders()
            }
            self._hold(row, held)
        await self._flush()

    def _position(self, row: Placed) -> None:
        seat = row.seat
        values = {"title": seat.title, "unit_id": row.unit, "headcount_bp": seat.headcount_bp}
        if seat.grade is not None:
            values["grade"] = seat.grade
        before = self._batch.standing.positions.get(row.position)
        if row.is_new or before is None:
            self.report.created["position"] += 1
            self._batch.new_positions.append({"id": row.position, "line": "", "grade": None, **values})
            self._batch.position_refs[self.systems.post_of + seat.key] = row.position
            self._batch.superiors[row.position] = row.superior
            return
        moved = {name: value for name, value in values.items() if before[name] != value}
        self._count("position", bool(moved))
        if moved:
            self._batch.positions.append((row.position, moved, before["version"] + 1))

    def _person(self, row: Placed, seat: Seat, holder: Holder, primary: bool, fresh: Any) -> int:
        """The key of the row's person, new or known, its changes noted."""
        now = self._batch.standing
        email = None if holder is row.seat.holder and row.without_email else holder.email
        email_key = email.casefold() if email else None
        person = now.by_key.get(holder.key) if holder.key is not None else None
        owner = now.by_email.get(email_key) if email_key else None
        if person is None and owner is not None:
            other = now.key_of.get(owner)
            if other is None or holder.key is None or other == holder.key:
                person = owner
        if owner is not None and owner != person:
            message = f"{email} is the address of someone else; this person is kept without it"
            self.report.warn(seat.file, seat.line, "duplicate-email", message)
            email = email_key = None
        values: dict[str, Any] = {"name": holder.name}
        if email:
            values |= {"email": email, "email_key": email_key}
        if primary:
            values["job_title"] = seat.title
        for name in ("started_on", "ended_on"):
            if (day := getattr(holder, name)) is not None:
                values[name] = day
        if person is not None and not primary:
            return person  # the row of the first position speaks for the person
        if person is None:
            person = next(fresh)
            now.persons[person] = {"id": person, "version": 0, **values}
            self._batch.new_persons[person] = values
            self.report.created["person"] += 1
        else:
            self._change_person(person, values, primary)
        if email_key:
            now.by_email[email_key] = person
        self._refer(person, holder)
        return person

    def _change_person(self, person: int, values: dict[str, Any], primary: bool) -> None:
        before = self._batch.standing.persons[person]
        moved = {name: value for name, value in values.items() if before.get(name) != value}
        if person in self._batch.new_persons:
            self._batch.new_persons[person] |= moved
        elif moved:
            self._batch.persons[person] = self._batch.persons.get(person, {}) | moved
            self.report.changed["person"] += 1
        elif primary:
            self.report.unchanged["person"] += 1
        before.update(moved)

    def _refer(self, person: int, holder: Holder) -> None:
        now = self._batch.standing
        if holder.key is not None and holder.key not in now.by_key:
            now.by_key[holder.key] = person
            now.key_of[person] = holder.key
            self._batch.person_refs[holder.key] = person
        if holder.login is not None and holder.login not in now.by_login:
            now.by_login[holder.login] = person
            self._batch.login_refs[holder.login] = person

    def _hold(self, row: Placed, held: Mapping[int, tuple[Holder, bool]]) -> None:
        """Bring the open holdings of a position and of its holders to what the row says."""
        now = self._batch.standing
        for holding in now.holdings.get(row.position, ()):
            if holding["person_id"] not in held:
                self._end(holding, self.today)
        for person, (holder, primary) in held.items():
            places = now.places.setdefault(person, [])
            current = [held for held in places if is_open(held, self.today)]
            here = next((held for held in current if held["position_id"] == row.position), None)
            if primary:
                for holding in current:
                    if holding["is_primary"] and holding["position_id"] != row.position:
                        self._end(holding, self.today)
            if holder.ended_on is not None and holder.ended_on <= self.today:
                if here is not None:
                    self._end(here, holder.ended_on)
                elif not any(held["position_id"] == row.position for held in places):
                    self._begin(person, row.position, primary, holder)
                else:
                    self.report.unchanged["holding"] += 1
                continue
            if here is None:
                self._begin(person, row.position, primary, holder)
            elif here["is_primary"] != primary:
                self._batch.primaries.append((here["id"], (primary,)))
                self.report.changed["holding"] += 1
            else:
                self.report.unchanged["holding"] += 1

    def _begin(self, person: int, position: int, primary: bool, holder: Holder) -> None:
        since = holder.started_on or self.today
        if holder.ended_on is not None:
            since = min(since, holder.ended_on)
        values = {
            "person_id": person,
            "position_id": position,
            "is_primary": primary,
            "valid_from": since,
            "valid_to": holder.ended_on,
        }
        self._batch.new_holdings.append(values)
        self._batch.standing.places[person].append({"id": None, **values})
        self.report.created["holding"] += 1

    def _end(self, holding: Mapping[str, Any], day: datetime.date) -> None:
        if holding["id"] is not None and holding["id"] not in self._batch.ended:
            self._batch.ended[holding["id"]] = max(day, holding["valid_from"])
            self.report.changed["holding"] += 1

    def _count(self, kind: str, changed: bool) -> None:
        (self.report.changed if changed else self.report.unchanged)[kind] += 1

    async def _flush(self) -> None:
        batch = self._batch
        await insert(Position, batch.new_positions)
        for key, moved, version in batch.positions:
            names = (*moved, "version")
            await update(Position, names, [(key, (*moved.values(), version))])
        await insert(
            Person,
            [{"id": key, **values, "sort_key": sort_key(values["name"])} for key, values in batch.new_persons.items()],
        )
        for key, values in batch.persons.items():
            stored = {**values, "version": batch.standing.persons[key]["version"] + 1}
            if "name" in values:
                stored["sort_key"] = sort_key(values["name"])
            await update(Person, tuple(stored), [(key, tuple(stored.values()))])
        await update(Holding, ("valid_to",), [(key, (day,)) for key, day in batch.ended.items()])
        await update(Holding, ("is_primary",), batch.primaries)
        await insert(Holding, batch.new_holdings)
        await references.add(self.systems.keys, POSITION, batch.position_refs)
        await references.add(self.systems.keys, PERSON, batch.person_refs)
        await references.add(self.systems.logins, PERSON, batch.login_refs)
        await self._remember()

    async def _remember(self) -> None:
        batch = self._batch
        positions: list[Change] = [
            (
                row["id"],
                {
                    "superior_id": batch.superiors[row["id"]],
                    **{name: value for name, value in row.items() if name not in ("id", "line")},
                },
            )
            for row in batch.new_positions
        ]
        positions += [(key, moved) for key, moved, _ in batch.positions]
        persons: list[Change] = [*batch.new_persons.items(), *batch.persons.items()]
        await remember_many(self.actor, "position.import", "Position", positions, group=self.group)
        await remember_many(self.actor, "person.import", "Person", persons, group=self.group)


@dataclass(slots=True)
class _Batch:
    """What one batch is about to write."""

    standing: Standing
    new_positions: list[dict[str, Any]] = field(default_factory=list)
    positions: list[tuple[int, dict[str, Any], int]] = field(default_factory=list)
    position_refs: dict[str, int] = field(default_factory=dict)
    superiors: dict[int, int | None] = field(default_factory=dict)
    """Of the new positions; written by people.lining once all are there."""
    new_persons: dict[int, dict[str, Any]] = field(default_factory=dict)
    persons: dict[int, dict[str, Any]] = field(default_factory=dict)
    person_refs: dict[str, int] = field(default_factory=dict)
    login_refs: dict[str, int] = field(default_factory=dict)
    new_holdings: list[dict[str, Any]] = field(default_factory=list)
    ended: dict[int, datetime.date] = field(default_factory=dict)
    primaries: list[tuple[int, tuple[bool]]] = field(default_factory=list)
