"""A spreadsheet of goals, row by row: what each states, its cells read but nothing looked up."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from lineofsight.exchange.metrics.directions import direction
from lineofsight.exchange.tables.columns import Record, Table
from lineofsight.exchange.tables.dates import Order, date, is_ambiguous, order_of
from lineofsight.exchange.tables.fields import bare
from lineofsight.exchange.tables.values import Amount, amount, key, one_line, slug, text
from lineofsight.goals.words import Direction, GoalLevel, GoalOutcome, GoalStatus, OwnView

SYSTEM = "goals"

_LEVELS = {
    GoalLevel.STRATEGIC_GOAL: "strategicgoal strategic company companygoal organization organisation agency",
    GoalLevel.STRATEGIC_OBJECTIVE: "strategicobjective strategicpriority priority pillarobjective",
    GoalLevel.UNIT: "unit department departmental division office group departmentgoal",
    GoalLevel.TEAM: "team teamgoal",
    GoalLevel.INDIVIDUAL: "individual personal person employee individualgoal",
}
_LEVEL = {word: level for level, words in _LEVELS.items() for word in words.split()}
_STATUS: dict[str, tuple[GoalStatus, GoalOutcome | None, OwnView | None]] = {
    "draft": (GoalStatus.DRAFT, None, None),
    "proposed": (GoalStatus.PROPOSED, None, None),
    "pending": (GoalStatus.PROPOSED, None, None),
    "pendingapproval": (GoalStatus.PROPOSED, None, None),
    "approved": (GoalStatus.APPROVED, None, None),
    "active": (GoalStatus.ACTIVE, None, None),
    "inprogress": (GoalStatus.ACTIVE, None, None),
    "notstarted": (GoalStatus.ACTIVE, None, None),
    "open": (GoalStatus.ACTIVE, None, None),
    "ontrack": (GoalStatus.ACTIVE, None, OwnView.ON_TRACK),
    "progressing": (GoalStatus.ACTIVE, None, OwnView.ON_TRACK),
    "ahead": (GoalStatus.ACTIVE, None, OwnView.ON_TRACK),
    "atrisk": (GoalStatus.ACTIVE, None, OwnView.AT_RISK),
    "needsattention": (GoalStatus.ACTIVE, None, OwnView.AT_RISK),
    "behind": (GoalStatus.ACTIVE, None, OwnView.AT_RISK),
    "delayed": (GoalStatus.ACTIVE, None, OwnView.AT_RISK),
    "offtrack": (GoalStatus.ACTIVE, None, OwnView.OFF_TRACK),
    "blocked": (GoalStatus.ACTIVE, None, OwnView.OFF_TRACK),
    "closed": (GoalStatus.CLOSED, GoalOutcome.PARTIAL, None),
    "completed": (GoalStatus.CLOSED, GoalOutcome.ACHIEVED, None),
    "complete": (GoalStatus.CLOSED, GoalOutcome.ACHIEVED, None),
    "done": (GoalStatus.CLOSED, GoalOutcome.ACHIEVED, None),
    "achieved": (GoalStatus.CLOSED, GoalOutcome.ACHIEVED, None),
    "partiallyachieved": (GoalStatus.CLOSED, GoalOutcome.PARTIAL, None),
    "missed": (GoalStatus.CLOSED, GoalOutcome.MISSED, None),
    "notachieved": (GoalStatus.CLOSED, GoalOutcome.MISSED, None),
    "cancelled": (GoalStatus.CLOSED, GoalOutcome.DROPPED, None),
    "canceled": (GoalStatus.CLOSED, GoalOutcome.DROPPED, None),
    "dropped": (GoalStatus.CLOSED, GoalOutcome.DROPPED, None),
    "abandoned": (GoalStatus.CLOSED, GoalOutcome.DROPPED, None),
    "archived": (GoalStatus.RETIRED, None, None),
    "retired": (GoalStatus.RETIRED, None, None),
}


@dataclass(slots=True)
class MeasureCells:
    """What a row states of a measure."""

    name: str
    direction: Direction
    baseline: Amount
    target: Amount
    current: Amount
    unit: str | None


@dataclass(slots=True)
class GoalRow:
    """One row: a goal, or one more measure of the goal of an earlier row."""

    line: int
    key: str
    title: str
    description: str | None = None
    owner_email: str | None = None
    owner_key: str | None = None
    owner_name: str | None = None
    unit: str | None = None
    parent_key: str | None = None
    parent: str | None = None
    measure: MeasureCells | None = None
    start_date: datetime.date | None = None
    due_date: datetime.date | None = None
    weight: float | None = None
    progress: float | None = None
    status: GoalStatus | None = None
    outcome: GoalOutcome | None = None
    own_view: OwnView | None = None
    level: GoalLevel | None = None


@dataclass(slots=True)
class GoalSheet:
    """The rows of a goals spreadsheet, as often as asked; only the first pass warns."""

    table: Table
    system: str = SYSTEM
    _orders: dict[str, Order] = field(default_factory=dict)
    _weights_in_percent: bool = False
    _progress_in_percent: bool = False
    _passes: int = 0

    def rows(self) -> Iterator[GoalRow]:
        if self._passes == 0:
            self._look_ahead()
        tell = self._passes == 0
        self._passes += 1
        for line, record in self.table.records():
            row = self._row(line, record, tell)
            if row is not None:
                yield row

    def _look_ahead(self) -> None:
        """What only a whole column tells: the order of its dates, whether its shares are percents."""
        names = [name for name in ("start_on", "due_on") if self.table.has(name)]
        self._orders = dict.fromkeys(names, "unknown")
        ambiguous: set[str] = set()
        for _, record in self.table.records(quietly=True):
            for name in names:
                if self._orders[name] == "unknown":
                    self._orders[name] = order_of((record[name],))
                    if is_ambiguous(record[name]):
                        ambiguous.add(name)
            weight, progress = amount(record.get("weight")), amount(record.get("progress"))
            self._weights_in_percent |= weight.value is not None and weight.value > 1
            self._progress_in_percent |= progress.value is not None and progress.value > 1.5
        for name in sorted(ambiguous):
            if self._orders[name] == "unknown":
                message = f"{name}: no date tells day from month; slashes are read month first, dashes day first"
                self.table.warn(self.table.header_line, "ambiguous-date", message)

    def _row(self, line: int, record: Record, tell: bool) -> GoalRow | None:
        title = one_line(record.get("title"))
        if title is None:
            if tell:
                self.table.error(line, "missing-name", "has no title")
            return None
        owner = one_line(record.get("owner"))
        email = one_line(record.get("owner_email")) or (owner if owner and "@" in owner else None)
        row = GoalRow(line, "", title)
        row.owner_email = email.casefold() if email else None
        row.owner_key = key(record.get("owner_id"))
        row.owner_name = owner if owner != email else None
        row.unit = one_line(record.get("unit"))
        own = key(record.get("external_id"))
        whose = row.owner_email or row.owner_key or row.owner_name or row.unit or ""
        row.key = own or f"{slug(title)}|{whose.casefold()}"
        row.description = text(record.get("description"))
        row.parent_key = key(record.get("parent_id"))
        row.parent = one_line(record.get("parent"))
        row.start_date = self._date(line, "start_on", record, tell)
        row.due_date = self._date(line, "due_on", record, tell)
        row.weight = self._share(line, "weight", record, self._weights_in_percent, tell)
        row.progress = self._share(line, "progress", record, self._progress_in_percent, tell)
        self._status(line, row, record, tell)
        row.measure = self._measure(line, title, record, tell)
        return row

    def _status(self, line: int, row: GoalRow, record: Record, tell: bool) -> None:
        written = one_line(record.get("status"))
        if written is not None:
            found = _STATUS.get(bare(written))
            if found is not None:
                row.status, row.outcome, row.own_view = found
            elif tell:
                self.table.warn(line, "unknown-status", f"status {written!r} is unknown; the goal is taken as active")
        level = one_line(record.get("level"))
        if level is not None:
            row.level = _LEVEL.get(bare(level))

    def _date(self, line: int, name: str, record: Record, tell: bool) -> datetime.date | None:
        cell = record.get(name)
        if cell is None:
            return None
        found = date(cell, self._orders.get(name, "unknown"))
        if found is None and tell:
            self.table.warn(line, "unreadable-date", f"{name}: {one_line(cell)!r} is no date; left out")
        return found

    def _share(self, line: int, name: str, record: Record, percent: bool, tell: bool) -> float | None:
        read = amount(record.get(name))
        if read.value is None:
            if read.text is not None and tell:
                self.table.warn(line, "unreadable-number", f"{name}: {read.text!r} is no share; left out")
            return None
        share = read.value / 100 if percent or read.unit == "%" else read.value
        if not 0 <= share <= 1:
            if tell:
                self.table.warn(line, "unreadable-number", f"{name}: {read.text!r} is not from 0 to 100%; left out")
            return None
        return share

    def _measure(self, line: int, title: str, record: Record, tell: bool) -> MeasureCells | None:
        baseline, target, current = (amount(record.get(name)) for name in ("baseline", "target", "current"))
        name = one_line(record.get("measure"))
        if name is None and target.text is None and current.text is None:
            return None
        for cell, read in (("baseline", baseline), ("target", target), ("current", current)):
            if tell and read.is_text:
                self.table.warn(line, "kept-as-text", f"{cell}: {read.text!r} is no number; kept as text")
            elif tell and read.debris:
                self.table.warn(line, "spreadsheet-error", f"{cell}: {record.get(cell)}; left out")
        written = one_line(record.get("direction"))
        towards = direction(written)
        if towards is None:
            falls = baseline.value is not None and target.value is not None and target.value < baseline.value
            towards = Direction.DECREASE if falls else Direction.INCREASE
            if written and tell:
                message = f"direction {written!r} is unknown; taken as {towards.value}"
                self.table.warn(line, "direction-unknown", message)
        if baseline.value is not None and baseline.value == target.value and towards in _MOVES:
            towards = Direction.REACH
            if tell:
                message = "baseline and target are the same; taken as a value to reach"
                self.table.warn(line, "nothing-to-cover", message)
        unit = one_line(record.get("unit_of_measure")) or target.unit or current.unit or baseline.unit
        return MeasureCells(name or title, towards, baseline, target, current, unit)


_MOVES = (Direction.INCREASE, Direction.DECREASE)
