"""Dates and fiscal periods as cells hold them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal

from lineofsight.exchange.tables.values import text
from lineofsight.exchange.tables.workbook import Cell

Order = Literal["day first", "month first", "unknown"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril",
         "may mayo",
         "jun june junio", "jul july julio", "aug august ago agosto", "sep sept september septiembre",
         "oct october octubre", "nov november noviembre", "dec december dic diciembre"), 1)
    for name in names.split()
}  # fmt: skip
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?", re.ASCII)
_DAY_MONTH = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:de\s+)?([a-z]+)\.?,?[\s-]+(?:de\s+)?(\d{4})", re.I
)
_MONTH_DAY = re.compile(r"(?:[a-z]+,\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.I)
_FIRST_DAY = datetime.date(1583, 1, 1)
_LAST_DAY = datetime.date(9000, 12, 31)


def order_of(cells: Iterable[Cell]) -> Order:
    """Whether a column writes 05/02/2016 as 5 February or May 2nd, from those of its dates that leave no
    choice.
    """
    for cell in cells:
        found = _NUMBERS.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found is not None:
            if int(found[1]) > 12 >= int(found[3]):
                return "day first"
            if int(found[3]) > 12 >= int(found[1]):
                return "month first"
    return "unknown"


def is_ambiguous(cell: Cell) -> bool:
    """Whether the cell is a date that reads as two different days."""
    found = _NUMBERS.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return found is not None and int(found[1]) <= 12 and int(found[3]) <= 12 and found[1] != found[3]


def date(cell: Cell, order: Order = "unknown") -> datetime.date | None:
    """The date a cell holds, or None. Where the order is unknown, slashes mean month first, dots and dashes
    day first.
    """
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    words = text(cell) if isinstance(cell, str) else None
    if words is None:
        return None
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        month_first = order == "month first" or (order == "unknown" and found[2] == "/")
        return _day(year, first, second) if month_first else _day(year, second, first)
    if (found := _DAY_MONTH.fullmatch(words)) and (month := _MONTHS.get(found[2].lower())):
        return _day(int(found[3]), month, int(found[1]))
    if (found := _MONTH_DAY.fullmatch(words)) and (month := _MONTHS.get(found[1].lower())):
        return _day(int(found[3]), month, int(found[2]))
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found if _FIRST_DAY <= found <= _LAST_DAY else None


_FISCAL = re.compile(r"FY\s*'?(\d{4}|\d{2})(?:\s*[-/]?\s*Q([1-4]))?", re.IGNORECASE | re.ASCII)
_QUARTER_FIRST = re.compile(r"Q([1-4])\s*[-/,]?\s*(FY)?\s*'?(\d{4}|\d{2})", re.IGNORECASE | re.ASCII)
_CALENDAR = re.compile(
    r"(\d{4})(?:\s*-?\s*Q([1-4])|-(0[1-9]|1[0-2])(?:-(\d{2}))?|-W(0[1-9]|[1-4]\d|5[0-3]))?", re.ASCII | re.I
)


def period(cell: Cell, *, fiscal: bool = False) -> str | None:
    """A period as the graph writes it: 2025, 2025-Q3, 2025-07, 2025-W31, 2025-07-14, FY2025, FY2025-Q3; or
    None.

        `fiscal`: whether a bare year or quarter of the source is a fiscal one.
    """
    if isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    words = text(cell)
    if words is None:
        return None
    if found := _FISCAL.fullmatch(words):
        return f"FY{_year(found[1])}" + (f"-Q{found[2]}" if found[2] else "")
    if found := _QUARTER_FIRST.fullmatch(words):
        return ("FY" if found[2] or fiscal else "") + f"{_year(found[3])}-Q{found[1]}"
    if found := _CALENDAR.fullmatch(words):
        year, quarter, month, day, week = found.groups()
        if not 1000 <= int(year) <= 9000:
            return None
        if month:
            known = date(f"{year}-{month}-{day}") if day else True
            return (f"{year}-{month}" + (f"-{day}" if day else "")) if known else None
        if week:
            return f"{year}-W{week}" if _has_week(int(year), int(week)) else None
        return ("FY" if fiscal else "") + year + (f"-Q{quarter}" if quarter else "")
    day_found = date(cell)
    return day_found.isoformat() if day_found else None


def _has_week(year: int, week: int) -> bool:
    return week <= datetime.date(year, 12, 28).isocalendar().week


def _year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"
