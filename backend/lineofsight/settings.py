"""The settings of one installation, and the only reader of the environment.

Every setting is a field of `Settings` with its default; its environment variable is the field's name in
upper case with the prefix LINEOFSIGHT_. docs/settings.md describes each of them (a test compares).
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PREFIX = "LINEOFSIGHT_"

CALLERS = frozenset({"LINEOFSIGHT_SERVER", "LINEOFSIGHT_TOKEN"})
"""What scripts that call the graph read (examples/partner.py); no setting, and no reason to stop."""


class SettingError(ValueError):
    """A setting has a value that cannot be used; the message names the variable and what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an agency may set. Read once with `settings()`; tests build their own."""

    database_url: str = "sqlite://lineofsight.db"
    """Where the rows live: sqlite://path or postgres://user@host/name."""
    agency_name: str = "Agency"
    """Name given to the root unit when a database is first made."""
    time_zone: str = "UTC"
    """The agency's one time zone, in which its calendar dates are meant."""
    fiscal_year_start: int = 10
    """Month (1..12) in which the agency's fiscal year begins."""
    public_url: str = ""
    """Origin under which browsers reach the server when it stands behind a proxy; empty: as it listens."""
    trusted_proxies: str = "127.0.0.1"
    """Addresses of proxies, separated by commas, whose word on who connects (X-Forwarded-For, -Proto) is believed."""
    session_hours: int = 12
    """Hours after which a sign-in ends."""
    sign_in_link_hours: int = 72
    """Hours for which a one-time sign-in link may be used."""
    directory_emails: bool = True
    """Whether colleagues may read each other's e-mail address and phone number."""
    check_in_grace_days: int = 7
    """Days after a due check-in before a goal counts as outdated."""
    on_track_pace: float = 0.9
    """Progress divided by expected progress from which a goal is on track."""
    at_risk_pace: float = 0.7
    """The same, from which a goal is at risk and below which it is off track."""
    query_seconds: float = 10.0
    """Seconds after which one operation on the graph is stopped."""
    log_level: str = "info"
    """How much the server writes to stderr: debug, info, warning or error."""


def _whole(low: int, high: int) -> Callable[[Any], str | None]:
    return lambda value: None if low <= value <= high else f"a whole number from {low} to {high}"


def _number(low: float, high: float) -> Callable[[Any], str | None]:
    return lambda value: None if low <= value <= high else f"a number from {low:g} to {high:g}"


def _zone(value: Any) -> str | None:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return "a time zone such as America/Denver"
    return None


def _origin(value: Any) -> str | None:
    if not value:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    good = parts.scheme in ("http", "https") and parts.netloc and parts.path in ("", "/") and not parts.query
    return None if good else "an origin such as https://goals.example.gov"


def _database(value: Any) -> str | None:
    good = value.startswith(("sqlite://", "postgres://", "postgresql://")) and value != "sqlite://"
    return None if good else "sqlite://path or postgres://user@host/name"


_LEVELS = ("debug", "info", "warning", "error")

_CHECKS: dict[str, Callable[[Any], str | None]] = {
    "database_url": _database,
    "agency_name": lambda value: None if value.strip() else "a name",
    "time_zone": _zone,
    "fiscal_year_start": _whole(1, 12),
    "public_url": _origin,
    "session_hours": _whole(1, 24 * 90),
    "sign_in_link_hours": _whole(1, 24 * 30),
    "check_in_grace_days": _whole(0, 366),
    "on_track_pace": _number(0.0, 10.0),
    "at_risk_pace": _number(0.0, 10.0),
    "query_seconds": _number(0.1, 3600.0),
    "log_level": lambda value: None if value in _LEVELS else ", ".join(_LEVELS),
}

_TRUTH = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(("0", "false", "no", "off"), False)


def _read(name: str, kind: type, text: str) -> Any:
    """The value a variable's text stands for; raises SettingError naming the variable."""
    variable = PREFIX + name.upper()
    if kind is bool:
        if text.strip().lower() not in _TRUTH:
            raise SettingError(f"{variable} is {text!r}; it takes yes or no.")
        return _TRUTH[text.strip().lower()]
    wanted: str | None
    try:
        value = text if kind is str else kind(text.strip())
    except ValueError:
        wanted = {int: "a whole number", float: "a number"}[kind]
    else:
        check = _CHECKS.get(name)
        wanted = check(value) if check else None
        if wanted is None:
            return value
    shown = text if name != "database_url" else _without_password(text)
    raise SettingError(f"{variable} is {shown!r}; it takes {wanted}.")


def _without_password(url: str) -> str:
    """The URL as it may be shown: a password in it becomes three stars."""
    head, at, tail = url.rpartition("@")
    scheme, slashes, user = head.partition("://")
    if not at or ":" not in user:
        return url
    return f"{scheme}{slashes}{user.split(':', 1)[0]}:***@{tail}"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from a mapping of variables; an empty value counts as not given.

    Raises SettingError for a value that cannot be used and for an unknown LINEOFSIGHT_ variable (a typo).
    """
    kinds = get_type_hints(Settings)
    known = {PREFIX + field.name.upper(): field.name for field in fields(Settings)}
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in {*known, *CALLERS})
    if unknown:
        raise SettingError(f"{unknown[0]} is not a setting; docs/settings.md lists them all.")
    given = {
        name: _read(name, kinds[name], environment[variable])
        for variable, name in known.items()
        if environment.get(variable, "") != ""
    }
    result = Settings(**given)
    if result.at_risk_pace > result.on_track_pace:
        raise SettingError(f"{PREFIX}AT_RISK_PACE may not be above {PREFIX}ON_TRACK_PACE.")
    return result


@cache
def settings() -> Settings:
    """The settings of this process, read from its environment on first use."""
    return read_settings(os.environ)
