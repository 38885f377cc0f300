"""One import of documents: what every step of it shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.units import Known
from lineofsight.kernel.events import Actor, remember_many
from lineofsight.kernel.ids import parse_id
from lineofsight.kernel.models import ExternalRef

from .identifiers import Names

SYSTEM = "stratml"
"""The system under which a document's identifiers are kept; open, for plans are published with them."""

Progress = Callable[[str, int | None, int | None], None]
"""Told what is done, how much of it and of how much."""

TYPES = {"UNIT": "OrgUnit", "PLAN": "StrategicPlan", "GOAL": "Goal", "METRIC": "Metric"}
"""Type names in global ids by kind of external reference."""


@dataclass(slots=True)
class Directory:
    """Rows of one kind by identifier: external references, and global ids."""

    kind: str
    rows: Names[int] = field(default_factory=Names)
    keys: dict[str, int] = field(default_factory=dict)
    """External references, as their keys are written."""

    @classmethod
    async def load(cls, system: int, kind: str) -> Directory:
        found = cls(kind)
        for key, row in (
            await ExternalRef.filter(system_id=system, kind=kind).order_by("id").values_list("key", "row_id")
        ):
            found.add(key, row)
        return found

    def add(self, key: str, row: int) -> None:
        self.rows.add(key, row)
        self.keys[key] = row

    def get(self, identifier: str) -> int | None:
        """The row an identifier names; None for one that names nothing."""
        return self.rows.get(identifier) or self._own(identifier)

    def find(self, identifier: str) -> int | None:
        """The row a reference means, whatever its case."""
        return self.rows.find(identifier) or self._own(identifier)

    def _own(self, identifier: str) -> int | None:
        parsed = parse_id(identifier.strip())
        return parsed[1] if parsed and parsed[0] == TYPES[self.kind] and parsed[1] < 1 << 63 else None


@dataclass(slots=True)
class Run:
    """The import under way, inside its transaction."""

    actor: Actor
    report: ImportReport
    base: Known
    system: int
    group: str
    now: datetime
    today: date
    third_level: bool
    retire_missing: bool
    progress: Progress
    directories: dict[str, Directory] = field(default_factory=dict)

    async def directory(self, kind: str) -> Directory:
        if kind not in self.directories:
            self.directories[kind] = await Directory.load(self.system, kind)
        return self.directories[kind]

    async def remember(self, verb: str, kind: str, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        await remember_many(self.actor, verb, kind, rows, group=self.group)


def moved(stands: Mapping[str, Any], before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> dict[str, Any]:
    """What the source changed (all it says, when it says it for the first time) and is not so here yet.

    What only we changed since the last import stays ours.
    """
    return {
        name: value
        for name, value in now.items()
        if (before is None or before.get(name) != value) and stands[name] != value
    }
