"""The one clock: nothing else asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from lineofsight.settings import settings

_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _held.get() or datetime.now(UTC)


def today() -> date:
    """The calendar date in the agency's time zone."""
    return now().astimezone(ZoneInfo(settings().time_zone)).date()


def day_of(moment: datetime) -> date:
    """The agency's calendar date of a moment."""
    return moment.astimezone(ZoneInfo(settings().time_zone)).date()


@contextmanager
def at(moment: datetime | date | str) -> Iterator[None]:
    """Holds the clock inside the block: at a moment, or at noon of a day (``"2026-03-01"``)."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12))
    elif moment.tzinfo is None and moment.time() == time():
        moment = datetime.combine(moment.date(), time(12))
    token = _held.set(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    try:
        yield
    finally:
        _held.reset(token)
