"""The organograms that UK departments publish twice a year: senior posts by name, junior posts as counts.

Two files a department, told apart by their headers. A senior row is a post with its own reference and the
reference of the post it reports to ("XX": none). A junior row stands for so many full-time posts of one
kind under a senior post.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lineofsight.exchange.people.seats import Holder, Seat, is_vacant
from lineofsight.exchange.tables.columns import Record, Table
from lineofsight.exchange.tables.fields import Field, Layout
from lineofsight.exchange.tables.values import amount, key, one_line

SYSTEM = "uk-organogram"

_PLACE = (
    Field("department", "department", ("parent department",)),
    Field("organisation", "organisation", ("organization",)),
    Field("unit", "unit"),
    Field("grade", "grade", ("grade or equivalent", "grade (or equivalent)")),
    Field("profession", "professional group", ("professional/occupational group",)),
)
SENIOR = Layout(
    "uk-organogram, senior posts",
    (
        Field("post", "reference of the post", ("post unique reference",)),
        Field("name", "who holds it"),
        Field("job_title", "title", ("job title",)),
        Field("reports_to", "reference of the superior post", ("reports to senior post",)),
        Field("fte", "share of a full-time post"),
        Field("valid", "whether the row counts", ("valid?",)),
        *_PLACE,
    ),
    needs=((("post",),), (("name",),), (("reports_to",),), (("organisation",),)),
)
JUNIOR = Layout(
    "uk-organogram, junior posts",
    (
        Field("reports_to", "reference of the senior post", ("reporting senior post",)),
        Field("job_title", "title", ("generic job title",)),
        Field("fte", "posts in full-time equivalents", ("number of posts in fte",)),
        *_PLACE,
    ),
    needs=((("reports_to",),), (("fte",),), (("organisation",),), (("job_title",),)),
)
LAYOUTS = (SENIOR, JUNIOR)

_TOP = frozenset({"xx", "x", "none", "n/a", "-", "0"})
_UNDISCLOSED = frozenset({"n/d", "nd", "not disclosed", "undisclosed", "redacted", "n/a", "withheld"})


@dataclass(slots=True)
class Organogram:
    """The rows of a senior or a junior file as seats."""

    table: Table
    system: str = SYSTEM
    states_lines: bool = True
    has_posts: bool = True
    by_email: bool = False
    by_name: bool = False
    _passes: int = 0

    def seats(self) -> Iterator[Seat]:
        first_pass = self._passes == 0
        self._passes += 1
        senior = self.table.layout is SENIOR
        seen: Counter[str] = Counter()
        for line, record in self.table.records():
            organisation = one_line(record.get("organisation"))
            if organisation is None:
                if first_pass:
                    self.table.error(line, "missing-key", "names no organisation")
                continue
            build = self._senior if senior else self._junior
            seat = build(line, record, organisation, seen, first_pass)
            if seat is not None:
                yield seat

    def _senior(self, line: int, record: Record, organisation: str, seen: Counter[str], tell: bool) -> Seat | None:
        post = key(record.get("post"))
        if post is None:
            if tell:
                self.table.error(line, "missing-key", "has no post reference")
            return None
        seat = Seat(self.table.file, line, organisation, f"{organisation}/{post}", "", _units(record, organisation))
        superior = key(record.get("reports_to"))
        if superior is not None and superior.casefold() not in _TOP:
            seat.superior = f"{organisation}/{superior}"
        seat.is_own_superior = seat.superior == seat.key
        seat.grade = one_line(record.get("grade"))
        seat.title = one_line(record.get("job_title")) or ""
        seat.headcount_bp = self._posts(line, record, tell)
        if not seat.title:
            seat.title = f"Post {post}"
            if tell:
                self.table.warn(line, "missing-title", f"post {post} has no job title; named {seat.title!r}")
        name = one_line(record.get("name"))
        if is_vacant(name):
            if tell:
                self.table.warn(line, "vacant", f"post {post} is vacant; kept without a holder")
        elif name is None or name.casefold() in _UNDISCLOSED:
            if tell:
                self.table.warn(line, "holder-undisclosed", f"post {post}: its holder is not disclosed; kept without")
        else:
            seat.holder = Holder(f"{seat.key}/{name}", name)
        return seat

    def _junior(self, line: int, record: Record, organisation: str, seen: Counter[str], tell: bool) -> Seat | None:
        title = one_line(record.get("job_title"))
        if title is None:
            title = "Posts"
            if tell:
                self.table.warn(line, "missing-title", f"has no job title; named {title!r}")
        units = _units(record, organisation)
        superior = key(record.get("reports_to"))
        grade = one_line(record.get("grade"))
        parts = (*units[-1:], superior or "", grade or "", title, one_line(record.get("profession")) or "")
        base = f"{organisation}/junior/" + "/".join(parts)
        seen[base] += 1
        number = seen[base]
        if number > 1 and tell:
            row = f"{_ordinal(number)} row of {title!r}, {grade}, under {superior}"
            message = f"is the {row}; kept as a position of its own"
            self.table.warn(line, "duplicate-posts", message)
        seat = Seat(self.table.file, line, organisation, base if number == 1 else f"{base}#{number}", title, units)
        seat.grade = grade
        seat.superior = f"{organisation}/{superior}" if superior and superior.casefold() not in _TOP else None
        seat.headcount_bp = self._posts(line, record, tell)
        if seat.superior is None and tell:
            self.table.warn(line, "manager-missing", f"{title!r} names no senior post; kept without a superior")
        return seat

    def _posts(self, line: int, record: Record, tell: bool) -> int:
        cell = record.get("fte")
        found = amount(cell)
        if found.value is None or not 0 <= found.value <= 1_000_000:
            if tell and self.table.has("fte"):
                self.table.warn(line, "unreadable-number", f"fte: {one_line(cell)!r} is no number of posts; taken as 1")
            return 10_000
        return round(found.value * 10_000)


def _units(record: Record, organisation: str) -> tuple[str, ...]:
    names: list[str] = []
    for name in (one_line(record.get("department")), organisation, one_line(record.get("unit"))):
        if name and name not in names:
            names.append(name)
    return tuple(names)


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")
