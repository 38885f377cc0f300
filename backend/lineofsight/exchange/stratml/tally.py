"""What an export leaves out of many rows, counted by kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .loss import LossReport


@dataclass(slots=True)
class Tally:
    """Counts of rows by what of them StratML has no place for."""

    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, code: str, what: str, number: int = 1) -> None:
        """`what`: the rows in the plural, with what is lost: "goals with a weight"."""
        self._counts[code, what] += number

    def report(self, losses: LossReport) -> None:
        """One loss for each kind."""
        for (code, what), number in sorted(self._counts.items()):
            if number:
                losses.add("plan", code, f"{what[0].upper()}{what[1:]}: {number}. StratML has no place for it.")
