"""A staff list as HR systems export it: one row a person, each naming its manager."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lineofsight.exchange.people.seats import Holder, Seat, is_vacant
from lineofsight.exchange.tables.columns import Record, Table
from lineofsight.exchange.tables.dates import Order, date, is_ambiguous, order_of
from lineofsight.exchange.tables.values import amount, is_nothing, key, one_line

SYSTEM = "hr"
POST_OF = "of "
"""Before a person's key: the key of the position that only their row makes."""

_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+")


@dataclass(slots=True)
class StaffList:
    """The rows of a staff list as seats."""

    table: Table
    system: str = SYSTEM
    has_posts: bool = False
    """Whether positions have keys of their own in this import, here or in another file of it."""
    _orders: dict[str, Order] | None = None
    _logins: bool = False
    _passes: int = 0

    @property
    def states_lines(self) -> bool:
        names = ("manager_id", "manager_email", "manager_name", "superior_position_id")
        return any(self.table.has(name) for name in names)

    @property
    def by_email(self) -> bool:
        return self.table.has("manager_email") or self.by_name

    @property
    def by_name(self) -> bool:
        return self.table.has("manager_name")

    def seats(self) -> Iterator[Seat]:
        if self._orders is None:
            self._look_ahead()
        first_pass = self._passes == 0
        self._passes += 1
        for line, record in self.table.records():
            seat = self._seat(line, record, tell=first_pass)
            if seat is not None:
                yield seat

    def _look_ahead(self) -> None:
        """What can only be said of a whole column: the order of its dates, whether its e-mails are logins."""
        columns = [name for name in ("hired_on", "ended_on") if self.table.has(name)]
        self._orders = dict.fromkeys(columns, "unknown")
        ambiguous: set[str] = set()
        filled = addresses = 0
        for _, record in self.table.records(quietly=True):
            for name in columns:
                if self._orders[name] == "unknown":
                    self._orders[name] = order_of((record[name],))
                    if is_ambiguous(record[name]):
                        ambiguous.add(name)
            written = record.get("email")
            if written is not None:
                filled += 1
                addresses += "@" in str(written)
            if addresses and "unknown" not in self._orders.values():
                break
        for name in sorted(ambiguous):
            if self._orders[name] == "unknown":
                message = f"{name}: no date tells day from month; slashes are read month first, dashes day first"
                self.table.warn(self.table.header_line, "ambiguous-date", message)
        self._logins = filled > 0 and addresses == 0
        if self._logins:
            self.table.warn(
                self.table.header_line,
                "email-is-login",
                f"the {filled} values of the e-mail column are no addresses; kept as external references",
            )

    def _seat(self, line: int, record: Record, *, tell: bool) -> Seat | None:
        name = _name(record)
        email, login = self._address(line, record, tell)
        employee, position = key(record.get("employee_id")), key(record.get("position_id"))
        vacant = is_vacant(name) or (name is None and position is not None and employee is None)
        personal = employee or (email.casefold() if email else None)
        own_key = position or (f"{POST_OF}{personal}" if personal and self.has_posts else personal)
        if own_key is None:
            if tell:
                wanted = " or ".join(n for n in ("employee_id", "email", "position_id") if self.table.has(n))
                self.table.error(line, "missing-key", f"has no {wanted}: the row has nothing to be known by")
            return None
        if name is None and not vacant:
            if tell:
                self.table.error(line, "missing-name", f"{own_key} has no name")
            return None
        holder = None
        if not vacant and name is not None:
            holder = Holder(employee, name, email, login)
            holder.started_on = self._date(line, "hired_on", record, tell)
            holder.ended_on = self._date(line, "ended_on", record, tell)
            if employee is None and email is None:
                holder.key = f"{own_key}/{name}"
        title = one_line(record.get("job_title"))
        superior, by = _superior(record)
        seat = Seat(self.table.file, line, "", own_key, title or "", _units(record))
        seat.unit_code = key(record.get("unit_code"))
        seat.superior, seat.superior_by, seat.holder = superior, by, holder
        seat.is_own_superior = _is_self(seat, employee)
        seat.grade = one_line(record.get("grade"))
        seat.headcount_bp = self._headcount(line, record, tell)
        if not seat.title:
            seat.title = (holder.name if holder else None) or f"Position {own_key}"
            if tell and self.table.has("job_title"):
                self.table.warn(
                    line, "missing-title", f"{own_key} has no job title; the position is named {seat.title!r}"
                )
        if vacant and tell:
            self.table.warn(line, "vacant", f"position {own_key} is vacant; kept without a holder")
        return seat

    def _address(self, line: int, record: Record, tell: bool) -> tuple[str | None, str | None]:
        written = one_line(record.get("email"))
        if written is None:
            return None, None
        if _EMAIL.fullmatch(written):
            return written, None
        if tell and not self._logins:
            self.table.warn(line, "not-an-email", f"{written!r} is no e-mail address; kept as an external reference")
        return None, written

    def _date(self, line: int, name: str, record: Record, tell: bool) -> datetime.date | None:
        cell = record.get(name)
        if cell is None:
            return None
        assert self._orders is not None
        found = date(cell, self._orders[name])
        if found is None and tell:
            self.table.warn(line, "unreadable-date", f"{name}: {one_line(cell)!r} is no date; left out")
        return found

    def _headcount(self, line: int, record: Record, tell: bool) -> int:
        cell = record.get("fte")
        if cell is None:
            return 10_000
        found = amount(cell)
        value = None if found.value is None else found.value / 100 if found.unit == "%" else found.value
        if value is None or not 0 <= value <= 1_000_000:
            if tell:
                self.table.warn(line, "unreadable-number", f"fte: {one_line(cell)!r} is no headcount; taken as 1")
            return 10_000
        return round(value * 10_000)


def _name(record: Record) -> str | None:
    whole = one_line(record.get("name"))
    if whole:
        return whole
    parts = (one_line(record.get("first_name")), one_line(record.get("last_name")))
    return " ".join(part for part in parts if part) or None


def _units(record: Record) -> tuple[str, ...]:
    above, own = one_line(record.get("parent_unit")), one_line(record.get("unit"))
    return tuple(name for name in (above if above != own else None, own) if name)


def _superior(record: Record) -> tuple[str | None, str]:
    """The superior's key, e-mail or name and which of them it is; what says "none" names nobody."""
    cells = {name: one_line(record.get(name)) for name in ("manager_email", "manager_name")}
    cells |= {name: key(record.get(name)) for name in ("superior_position_id", "manager_id")}
    named = {name: text for name, text in cells.items() if text is not None and not is_nothing(text)}
    if found := named.get("superior_position_id"):
        return found, "key"
    if found := named.get("manager_id"):
        return found, "holder"
    if found := named.get("manager_email"):
        return found.casefold(), "email"
    if found := named.get("manager_name"):
        return (found.casefold(), "email") if _EMAIL.fullmatch(found) else (found, "name")
    return None, "key"


def _is_self(seat: Seat, employee: str | None) -> bool:
    holder = seat.holder
    match seat.superior_by:
        case "key":
            return seat.superior == seat.key
        case "holder":
            return seat.superior is not None and seat.superior == employee
        case "email":
            return holder is not None and holder.email is not None and seat.superior == holder.email.casefold()
        case _:
            return False
