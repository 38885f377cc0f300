"""Dates of the invented agency: cycles around today, periods of measures, deadlines people choose."""

import calendar
from datetime import date, timedelta
from random import Random

from .facts import Cadence, Cycle


def months_later(day: date, months: int, day_of_month: int | None = None) -> date:
    """The same day so many months later (or earlier), or the month's last where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day_of_month or day.day, last))


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def performance_cycles(today: date) -> tuple[Cycle, Cycle]:
    """Last year's cycle and this year's, which began at the quarter five to eight months ago.

    So the demo is never shown in the empty first weeks of a cycle, whatever the day it is made.
    """
    for back in range(5, 9):
        start = months_later(today.replace(day=1), -back)
        if start.month % 3 == 1:
            break
    return _cycle("last", months_later(start, -12)), _cycle("this", start)


def _cycle(key: str, start: date) -> Cycle:
    end = months_later(start, 12) - timedelta(days=1)
    years = str(start.year) if end.year == start.year else f"{start.year}-{end.year % 100:02d}"
    return Cycle(key, f"Performance year {years}", start, end)


def period_of(day: date, cadence: Cadence) -> tuple[str, date, date]:
    """The period a day falls in: its name, first day and last day."""
    if cadence == "WEEKLY":
        year, week, weekday = day.isocalendar()
        first = day - timedelta(days=weekday - 1)
        return f"{year}-W{week:02d}", first, first + timedelta(days=6)
    if cadence == "MONTHLY":
        return f"{day.year}-{day.month:02d}", day.replace(day=1), month_end(day)
    if cadence == "QUARTERLY":
        quarter = (day.month - 1) // 3
        first = date(day.year, quarter * 3 + 1, 1)
        return f"{day.year}-Q{quarter + 1}", first, month_end(months_later(first, 2))
    return str(day.year), date(day.year, 1, 1), date(day.year, 12, 31)


def report_days(rng: Random, start: date, last: date, cadence: Cadence) -> list[date]:
    """Days of reports up to `last`, at most one a period, none before a week after `start`."""
    step = {"WEEKLY": 0, "MONTHLY": 1, "QUARTERLY": 3, "YEARLY": 12}[cadence]
    days = [last]
    while True:
        if step == 0:
            day = days[-1] - timedelta(days=7)
        else:
            day = months_later(days[-1], -step, min(27, max(2, last.day + rng.randint(-4, 4))))
        if day < start + timedelta(days=7):
            break
        days.append(day)
    return days[::-1]


def spoken(day: date) -> str:
    """June 30."""
    return f"{day:%B} {day.day}"


def deadline(rng: Random, cycle: Cycle, today: date) -> date:
    """When a goal of the cycle is due: most at its end, some with another month, a few already past."""
    draw = rng.random()
    if draw < 0.6:
        return cycle.end
    ends = [month_end(months_later(cycle.start, n)) for n in range(5, 12)]
    if draw < 0.97:
        ends = [end for end in ends if (end - today).days > 20] or [cycle.end]
    return rng.choice(ends)
