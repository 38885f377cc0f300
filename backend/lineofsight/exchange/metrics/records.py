"""What a performance report states, before anything is looked up or written. Keys are those of the source."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from lineofsight.exchange.tables.values import Amount
from lineofsight.goals.words import Cadence, Direction, GoalLevel, OwnView


@dataclass(slots=True)
class UnitRow:
    """A unit that owns or helps: its key and, for a new one, its code and name."""

    file: str
    line: int
    key: str
    code: str
    name: str


@dataclass(slots=True)
class GoalRow:
    """A goal: `parent`, `owner` and `contributors` are keys; without an owner it is the unit imported
    into.
    """

    file: str
    line: int
    key: str
    title: str
    level: GoalLevel
    parent: str | None = None
    owner: str | None = None
    contributors: tuple[str, ...] = ()
    other_keys: tuple[str, ...] = ()
    """Further keys the source knows it by."""
    description: str | None = None
    start_date: datetime.date | None = None
    due_date: datetime.date | None = None
    own_view: OwnView | None = None
    unaligned_reason: str | None = None
    source: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Aim:
    """Where a metric should go, at large or in one period: numbers where there are, else text."""

    baseline: float | None = None
    target: float | None = None
    target_text: str | None = None
    lower_bound: float | None = None
    upper_bound: float | None = None

    def is_empty(self) -> bool:
        return self == Aim()


@dataclass(slots=True)
class MetricRow:
    """A metric of the goal `goal`."""

    file: str
    line: int
    key: str
    goal: str
    name: str
    direction: Direction
    aim: Aim = field(default_factory=Aim)
    description: str | None = None
    unit_of_measure: str | None = None
    source: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Observation:
    """What is stated of a metric for one period: a target, a value, or both."""

    file: str
    line: int
    metric: str
    period: str
    aim: Aim | None = None
    value: Amount | None = None


class MetricSource(Protocol):
    """A report as read. The mappings are complete after `read`; observations stream from the file."""

    @property
    def system(self) -> str:
        """The external system whose keys these are."""

    @property
    def cadence(self) -> Cadence:
        """How often the report brings values."""

    @property
    def units(self) -> Mapping[str, UnitRow]: ...

    @property
    def goals(self) -> Mapping[str, GoalRow]: ...

    @property
    def metrics(self) -> Mapping[str, MetricRow]: ...

    def read(self) -> None: ...

    def observations(self) -> Iterator[Observation]: ...
