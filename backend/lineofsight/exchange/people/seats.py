"""A position as one row of a source states it, with the person in it, before anything is looked up or
written.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

VACANT = frozenset({"vacant", "vacancy", "unfilled", "open", "tbd", "tbc", "to be filled", "vacante"})


@dataclass(slots=True)
class Holder:
    """The person in a position: named by `key` in the source, or by e-mail where that is None."""

    key: str | None
    name: str
    email: str | None = None
    login: str | None = None
    """What stood for the e-mail address and is none: kept as an external reference."""
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None


@dataclass(slots=True)
class Seat:
    """One row: a position, where it stands, who holds it."""

    file: str
    line: int
    group: str
    """What the row's keys are unique in, and has one top: an organisation, "" where the source has but
    one.
    """
    key: str
    title: str
    units: tuple[str, ...]
    """Names of the units from the outermost to its own, below the unit imported into."""
    unit_code: str | None = None
    superior: str | None = None
    """Key, e-mail or name of the superior, as `superior_by` says; None at the top."""
    superior_by: str = "key"
    is_own_superior: bool = False
    headcount_bp: int = 10_000
    grade: str | None = None
    holder: Holder | None = None


class SeatSource(Protocol):
    """A file's rows as seats, as often as asked; only the first pass warns."""

    @property
    def system(self) -> str:
        """The external system whose keys these are."""

    @property
    def states_lines(self) -> bool:
        """Whether the source says who reports to whom at all."""

    @property
    def has_posts(self) -> bool:
        """Whether positions have keys of their own, so that a person may have several."""

    @property
    def by_email(self) -> bool:
        """Whether a superior may be named by e-mail."""

    @property
    def by_name(self) -> bool:
        """Whether a superior may be named by name."""

    def seats(self) -> Iterator[Seat]: ...


def is_vacant(name: str | None) -> bool:
    """Whether a name says that nobody holds the position."""
    return name is not None and name.strip(" -()[]*.").casefold() in VACANT
