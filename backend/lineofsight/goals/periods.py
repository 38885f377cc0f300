"""Periods: 2025, 2025-Q3, 2025-07, 2025-W31, 2025-07-14; fiscal FY2025, FY2025-Q3.

Weeks are those of ISO 8601. A fiscal year is named by the calendar year it ends in and begins with the month of the
setting LINEOFSIGHT_FISCAL_YEAR_START.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from lineofsight.goals.words import Cadence
from lineofsight.settings import settings

CADENCE_DAYS = {Cadence.WEEKLY: 7, Cadence.MONTHLY: 31, Cadence.QUARTERLY: 92, Cadence.YEARLY: 366}

_FORM = re.compile(
    r"(?P<fiscal>FY)?(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d\d)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
)


class BadPeriod(ValueError):
    """Text that names no period."""


@dataclass(frozen=True)
class Period:
    """A named span of calendar days, both ends in it."""

    name: str
    start: date
    end: date


def parse_period(text: str) -> Period:
    """The period ``text`` names; BadPeriod where it names none."""
    form = _FORM.fullmatch(text.strip())
    if form is None or (form["fiscal"] and (form["week"] or form["month"])):
        raise BadPeriod(f"“{text}” is not a period; write 2025, 2025-Q3, 2025-07, 2025-W31, 2025-07-14 or FY2025-Q3.")
    year = int(form["year"])
    try:
        start, end = _span(form, year)
    except (ValueError, OverflowError):
        raise BadPeriod(f"“{text}” is not in the calendar.") from None
    return Period(text.strip(), start, end)


def _span(form: re.Match[str], year: int) -> tuple[date, date]:
    if form["day"]:
        day = date(year, int(form["month"]), int(form["day"]))
        return day, day
    if form["month"]:
        return _months(year, int(form["month"]), 1)
    if form["week"]:
        monday = date.fromisocalendar(year, int(form["week"]), 1)
        return monday, monday + timedelta(days=6)
    first = settings().fiscal_year_start if form["fiscal"] else 1
    if form["fiscal"] and first > 1:
        year -= 1
    if form["quarter"]:
        offset = first - 1 + 3 * (int(form["quarter"]) - 1)
        return _months(year + offset // 12, offset % 12 + 1, 3)
    return _months(year, first, 12)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month - 1 + count - 1
    end_year, end_month = year + last // 12, last % 12 + 1
    return date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def period_of(day: date, cadence: Cadence) -> Period:
    """The calendar period of a cadence that a day falls in."""
    match cadence:
        case Cadence.WEEKLY:
            year, week, _ = day.isocalendar()
            return parse_period(f"{year:04}-W{week:02}")
        case Cadence.MONTHLY:
            return parse_period(f"{day.year:04}-{day.month:02}")
        case Cadence.QUARTERLY:
            return parse_period(f"{day.year:04}-Q{(day.month + 2) // 3}")
        case Cadence.YEARLY:
            return parse_period(f"{day.year:04}")
