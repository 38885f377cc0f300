"""The first pass over a goals spreadsheet: which rows are goals, which repeat one, who counts toward whom."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from lineofsight.exchange.goals.sheet import GoalRow, GoalSheet
from lineofsight.exchange.tables.values import slug

_AMBIGUOUS = -2
NONE = -1


@dataclass(slots=True)
class Survey:
    """What the rows of all files say as a whole; a goal is known by its index, 0 for the first."""

    sheets: list[GoalSheet]
    index: dict[str, int] = field(default_factory=dict)
    lines: array[int] = field(default_factory=lambda: array("q"))
    files: array[int] = field(default_factory=lambda: array("i"))
    stated: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    """Parent as written: key, key or title."""
    parents: dict[int, int] = field(default_factory=dict)
    """Goal → parent, by indexes, where both are rows."""
    outside: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    """Goals whose parent no row is."""
    unlinked: set[int] = field(default_factory=set)
    """Goals whose row names no parent."""
    _titles: dict[str, int] = field(default_factory=dict)
    _measures: set[int] = field(default_factory=set)
    _more: set[tuple[int, int]] = field(default_factory=set)

    def read(self) -> None:
        """Take in all files."""
        for number, sheet in enumerate(self.sheets):
            for row in sheet.rows():
                self._add(number, sheet, row)
        self._resolve()

    def place(self, index: int) -> tuple[str, int]:
        """File and line of a goal."""
        return self.sheets[self.files[index]].table.file, self.lines[index]

    def rows(self) -> Iterator[tuple[GoalSheet, GoalRow, bool]]:
        """The rows that count once more; whether each is its goal's first, else it brings a further
        measure.
        """
        for number, sheet in enumerate(self.sheets):
            for row in sheet.rows():
                index = self.index[row.key]
                is_first = (self.files[index], self.lines[index]) == (number, row.line)
                if is_first or (number, row.line) in self._more:
                    yield sheet, row, is_first

    def _add(self, number: int, sheet: GoalSheet, row: GoalRow) -> None:
        earlier = self.index.get(row.key)
        measure = hash((row.key, slug(row.measure.name))) if row.measure else None
        if earlier is not None:
            line = self.lines[earlier]
            if measure is None or measure in self._measures:
                message = f"{row.title!r} is there in line {line}; skipped"
                sheet.table.warn(row.line, "duplicate-row", message)
                return
            self._more.add((number, row.line))
        else:
            earlier = self.index[row.key] = len(self.lines)
            self.lines.append(row.line)
            self.files.append(number)
            title = row.title.casefold()
            self._titles[title] = _AMBIGUOUS if title in self._titles else earlier
            if row.parent_key or row.parent:
                self.stated[earlier] = (row.parent_key, row.parent)
            else:
                self.unlinked.add(earlier)
        if measure is not None:
            self._measures.add(measure)

    def _resolve(self) -> None:
        for child, (key, words) in self.stated.items():
            found = self.index.get(key, NONE) if key else NONE
            if found == NONE and words:
                found = self.index.get(words, NONE)
            if found == NONE and words:
                found = self._titles.get(words.casefold(), NONE)
            if found == _AMBIGUOUS:
                message = f"several goals have the title {words!r}; kept without a parent"
                self._warn(child, "parent-ambiguous", message)
                self.unlinked.add(child)
            elif found == child:
                self._warn(child, "self-parent", "names itself as parent; kept without one")
                self.unlinked.add(child)
            elif found == NONE:
                self.outside[child] = (key, words)
            else:
                self.parents[child] = found
        self.stated, self._titles = {}, {}

    def _warn(self, index: int, code: str, message: str) -> None:
        self.sheets[self.files[index]].table.warn(self.lines[index], code, message)

    def missing(self, index: int) -> None:
        """Warn of a parent that is nowhere."""
        key, words = self.outside[index]
        self._warn(index, "parent-missing", f"no goal is called {words or key!r}; kept without a parent")
        self.unlinked.add(index)

    def ambiguous(self, index: int) -> None:
        """Warn of a parent's title that several goals of the graph have."""
        message = f"several goals have the title {self.outside[index][1]!r}; kept without a parent"
        self._warn(index, "parent-ambiguous", message)
        self.unlinked.add(index)
