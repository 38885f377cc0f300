"""The first pass over all rows: which are kept, who reports to whom, and everything there is to warn of.

Holds a few machine words for each row and no row itself, so that a file of any size fits.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from lineofsight.exchange.people.hierarchy import TOP, cut_cycles
from lineofsight.exchange.people.seats import Holder, Seat, SeatSource
from lineofsight.exchange.report import ImportReport

_SHOWN = 8
"""Members of a circle that a message names."""
_AMBIGUOUS = -2


@dataclass(slots=True)
class Survey:
    """What the rows say as a whole. A kept row is known by its index: 0 for the first."""

    report: ImportReport
    index: dict[str, int] = field(default_factory=dict)
    """Key of a position → its index."""
    lines: array[int] = field(default_factory=lambda: array("q"))
    files: array[int] = field(default_factory=lambda: array("i"))
    names: list[str] = field(default_factory=list)
    """Files by the numbers in `files`."""
    superiors: array[int] = field(default_factory=lambda: array("q"))
    """Index of the superior, or TOP."""
    outside: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Rows whose superior no row is: (how it is named, name). Resolved against the graph before `close`."""
    units: dict[tuple[str, ...], tuple[str | None, str, int]] = field(default_factory=dict)
    """Units by their names from the outermost: (code, file, line of the first row that names it)."""
    sharers: list[tuple[int, Seat]] = field(default_factory=list)
    """Rows that add a second holder to a kept position."""
    no_email: set[int] = field(default_factory=set)
    """Rows whose e-mail belongs to an earlier one."""
    silent: set[int] = field(default_factory=set)
    """Rows that say nothing of a superior, because their file has no such column."""
    not_primary: set[int] = field(default_factory=set)
    """Rows whose holder already has an earlier position."""
    _holders: dict[str, int] = field(default_factory=dict)
    _emails: dict[str, int] = field(default_factory=dict)
    _email_marks: set[int] = field(default_factory=set)
    _persons: dict[str, int] = field(default_factory=dict)
    _own_superiors: list[int] = field(default_factory=list)
    _tops: list[tuple[int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    def read(self, source: SeatSource) -> None:
        """Take in the rows of one more file."""
        for seat in source.seats():
            self._add(seat, source)

    def place(self, index: int) -> tuple[str, int]:
        """File and line of a kept row."""
        return self.names[self.files[index]], self.lines[index]

    def kept(self, seat: Seat) -> int | None:
        """The index of a row on a later pass; None for a row that was left out."""
        index = self.index.get(seat.key)
        return index if index is not None and self.place(index) == (seat.file, seat.line) else None

    def warn(self, index: int, code: str, message: str) -> None:
        self.report.warn(*self.place(index), code, message)

    def _add(self, seat: Seat, source: SeatSource) -> None:
        earlier = self.index.get(seat.key)
        if earlier is not None:
            self._repeated(earlier, seat)
            return
        index = len(self.lines)
        self.index[seat.key] = index
        if not self.names or self.names[-1] != seat.file:
            self.names.append(seat.file)
        self.files.append(len(self.names) - 1)
        self.lines.append(seat.line)
        if not source.states_lines:
            self.silent.add(index)
        if seat.units and seat.units not in self.units:
            self.units[seat.units] = (seat.unit_code, seat.file, seat.line)
        self._superior(index, seat)
        if seat.holder is not None:
            self._holder(index, seat.holder, source)

    def _repeated(self, earlier: int, seat: Seat) -> None:
        file, line = self.place(earlier)
        where = f"line {line}" if file == seat.file else f"{file}:{line}"
        holder = seat.holder
        known = holder is None or holder.key is None or holder.key == seat.key or holder.key in self._holders
        if known or any(holder == other.holder for at, other in self.sharers if at == earlier):
            self.report.warn(seat.file, seat.line, "duplicate-row", f"{seat.key!r} is there in {where}; skipped")
            return
        message = f"{seat.key!r} is there in {where}; its second holder is kept, the rest skipped"
        self.report.warn(seat.file, seat.line, "duplicate-row", message)
        self.sharers.append((earlier, seat))
        if holder is not None and holder.key is not None:
            self._holders[holder.key] = earlier

    def _superior(self, index: int, seat: Seat) -> None:
        self.superiors.append(TOP)
        if seat.is_own_superior:
            self._own_superiors.append(index)
            self._tops.append((index, seat.group))
        elif seat.superior is None:
            if index not in self.silent:
                self._tops.append((index, seat.group))
        else:
            found = TOP if seat.superior_by == "name" else self._find(seat.superior_by, seat.superior)
            if found >= 0:  # whether a name is unique is known at the end
                self.superiors[index] = found
            else:
                self.outside[index] = (seat.superior_by, seat.superior)

    def _holder(self, index: int, holder: Holder, source: SeatSource) -> None:
        if holder.key is not None and source.has_posts:
            if holder.key in self._holders:
                first = self.place(self._holders[holder.key])
                message = f"{holder.name} holds the position of line {first[1]} too; this one is their second"
                self.warn(index, "second-position", message)
                self.not_primary.add(index)
                return
            self._holders[holder.key] = index
        if holder.email is not None:
            self._email(index, holder.email.casefold(), source.by_email)
        if source.by_name:
            name = holder.name.casefold()
            self._persons[name] = _AMBIGUOUS if name in self._persons else index

    def _email(self, index: int, email: str, by_email: bool) -> None:
        if by_email:
            repeated = email in self._emails
            self._emails.setdefault(email, index)
        else:  # eight bytes instead of the text: a million of them fit
            mark = int.from_bytes(blake2b(email.encode(), digest_size=8).digest(), "big")
            repeated = mark in self._email_marks
            self._email_marks.add(mark)
        if repeated:
            self.no_email.add(index)
            self.warn(index, "duplicate-email", f"{email} belongs to an earlier row; this person is kept without it")

    def _find(self, by: str, name: str) -> int:
        match by:
            case "key":
                return self.index.get(name, TOP)
            case "holder":
                return self._holders.get(name, self.index.get(name, TOP))
            case "email":
                return self._emails.get(name, TOP)
            case _:
                found = self._persons.get(name.casefold(), TOP)
                return found if found != TOP else self._find("holder", name)

    def resolve(self) -> None:
        """Find the superiors that stood below the rows that name them."""
        for index, (by, name) in list(self.outside.items()):
            found = self._find(by, name)
            if found == _AMBIGUOUS:
                self.warn(index, "manager-ambiguous", f"several people are named {name!r}; kept without a superior")
            if found >= 0 and found != index:
                self.superiors[index] = found
            elif found == index:
                self._own_superiors.append(index)
                self._tops.append((index, ""))
            if found != TOP:
                del self.outside[index]
        self._holders, self._emails, self._persons, self._email_marks = {}, {}, {}, set()

    def close(self, above: Mapping[int, int] | None = None) -> None:
        """Cut circles and warn of what the lines lack.

        `above`: for superiors that stand in the graph only, added to `superiors` as indexes from len(self)
        on, the index of their own superior.
        """
        for index in self._own_superiors:
            self.warn(index, "self-report", "reports to itself; kept without a superior")
        for index, (_, name) in self.outside.items():
            self.warn(index, "manager-missing", f"reports to {name!r}, who is not there; kept without a superior")
        self._cut(above or {})
        tops = Counter(group for _, group in self._tops)
        for index, group in sorted(self._tops):
            if tops[group] > 1:
                whose = f" of {group}" if group else ""
                self.warn(index, "several-roots", f"is one of {tops[group]} tops{whose}; kept")

    def _cut(self, above: Mapping[int, int]) -> None:
        graph = array("q", self.superiors)
        graph.extend(above[index] for index in sorted(above))
        circles = cut_cycles(graph, len(self))
        shown = {index for circle in circles for index in circle[:_SHOWN]}
        names = {at: key.rpartition("/")[2] for key, at in self.index.items() if at in shown} if shown else {}
        for circle in circles:
            self.superiors[circle[0]] = TOP
            way = [names.get(index, "(an earlier import)") for index in circle[:_SHOWN]]
            if len(circle) > _SHOWN:
                way.append("…")
            message = f"reports in a circle: {' → '.join([*way, way[0]])}; this line is cut"
            self.warn(circle[0], "cycle-cut", message)


def depth_order(superiors: Iterable[int]) -> list[int]:
    """Indexes so that each superior comes before those below it."""
    above = list(superiors)
    order: list[int] = []
    done = bytearray(len(above))
    for start in range(len(above)):
        way: list[int] = []
        node = start
        while node != TOP and not done[node]:
            done[node] = 1
            way.append(node)
            node = above[node]
        order.extend(reversed(way))
    return order
