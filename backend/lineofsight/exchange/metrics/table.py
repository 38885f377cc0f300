"""A table of measures: one row a measure and period, with the goal and objective it serves.

The profile `gsa-apr` is this table as the performance report of the US General Services Administration has
it: goal, strategic objective, KPI, fiscal year, target and actual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lineofsight.exchange.metrics.directions import direction, likely_direction
from lineofsight.exchange.metrics.records import Aim, GoalRow, MetricRow, Observation, UnitRow
from lineofsight.exchange.tables.columns import Record, Table
from lineofsight.exchange.tables.dates import period
from lineofsight.exchange.tables.fields import Layout, named
from lineofsight.exchange.tables.values import amount, key, one_line, slug, text
from lineofsight.goals.words import Cadence, Direction, GoalLevel

SYSTEM = "metrics"
GSA = "gsa-apr"

LAYOUT = Layout(
    "metrics",
    (
        named("goal", "strategic goal", "strategic goal, goal name, goal title, priority, meta"),
        named("objective", "strategic objective under it",
              "strategic objective, 2018 strategic objective, objective name, objective title, objetivo"),
        named("metric", "name of the measure",
              "kpi, measure, indicator, metric name, measure name, kpi name, indicator name, "
              "key performance indicator, performance measure, performance indicator, indicador"),
        named("metric_id", "the measure's own key",
              "external id, kpi id, measure id, indicator id, measure code, indicator code, id"),
        named("period", "period of the target and value: 2025, 2025-Q3, 2025-07, FY2025-Q3",
              "reporting period, time period, month, date, period end, periodo"),
        named("year", "calendar year", "calendar year, año"),
        named("fiscal_year", "fiscal year", "fy, fiscal yr, budget year"),
        named("quarter", "quarter of the year, 1 to 4", "fiscal quarter, fiscal qtr, qtr"),
        named("target", "target of the period", "target value, goal value, planned, plan, meta del periodo"),
        named("actual", "value of the period",
              "result, value, actual value, actual result, current value, observed, reported value, valor"),
        named("baseline", "where the measure started", "starting value, start value, base, baseline value"),
        named("lower_bound", "lower end of a range", "min target, minimum, lower limit, min, lower"),
        named("upper_bound", "upper end of a range", "max target, maximum, upper limit, max, upper"),
        named("unit", "unit of measure", "unit of measure, units, uom, measure unit, unidad"),
        named("direction", "which way it should move", "desired direction, polarity, trend, desired trend"),
        named("description", "what is measured", "definition, measure description, kpi description"),
        named("notes", "source and remarks", "note, comments, data source, source"),
    ),
    needs=(
        (("metric",),),
        (("goal",), ("objective",)),
        (("period",), ("year",), ("fiscal_year",)),
        (("target",), ("actual",)),
    ),
)  # fmt: skip


@dataclass(slots=True)
class MetricTable:
    """The rows of a table of measures."""

    table: Table
    system: str = SYSTEM
    bare_years_are_fiscal: bool = False
    cadence: Cadence = Cadence.YEARLY
    units: dict[str, UnitRow] = field(default_factory=dict)
    goals: dict[str, GoalRow] = field(default_factory=dict)
    metrics: dict[str, MetricRow] = field(default_factory=dict)
    _latest: dict[str, str] = field(default_factory=dict)
    _fractions: dict[str, bool] = field(default_factory=dict)
    _spelled: set[tuple[str, str]] = field(default_factory=set)

    def read(self) -> None:
        """Take in goals and measures, and warn of what is odd in the rows."""
        seen: dict[int, int] = {}
        for line, record in self.table.records():
            found = self._metric(line, record)
            if found is None:
                continue
            when = self._period(record)
            if when is None:
                written = ", ".join(
                    f"{name} {one_line(record[name])!r}"
                    for name in ("period", "year", "fiscal_year", "quarter")
                    if record.get(name) is not None
                )
                self.table.error(line, "unreadable-period", f"{written or 'an empty cell'} is no period")
                continue
            self.cadence = min(self.cadence, _cadence(when), key=_OFTEN.index)
            place = hash((found.key, when))
            if place in seen:
                message = f"{found.name!r} in {when} is there in line {seen[place]}; skipped"
                self.table.warn(line, "duplicate-row", message)
                continue
            seen[place] = line
            self._look(line, record, found, when)
        for name, fractions in self._fractions.items():
            if fractions:
                message = f"values of the unit {name!r} are fractions of one (0.03 for 3%); kept as written"
                self.table.warn(self.table.header_line, "fractions-of-one", message)

    def observations(self) -> Iterator[Observation]:
        """Targets and values by period, each measure and period once."""
        seen: set[int] = set()
        for line, record in self.table.records(quietly=True):
            when, names = self._period(record), self._names(record)
            if when is None or names is None:
                continue
            found = self.metrics.get(names[-1])
            place = hash((names[-1], when))
            if found is None or place in seen:
                continue
            seen.add(place)
            aim, value = self._aim(record, found.direction), amount(record.get("actual"))
            yield Observation(
                self.table.file,
                line,
                found.key,
                when,
                None if aim.is_empty() else aim,
                value if value.text is not None else None,
            )

    def _names(self, record: Record) -> tuple[str | None, str | None, str] | None:
        """Keys of the row's goal, objective and measure."""
        name = one_line(record.get("metric"))
        goal, objective = one_line(record.get("goal")), one_line(record.get("objective"))
        if name is None or not (goal or objective):
            return None
        goal_key = slug(goal) if goal else None
        objective_key = "/".join(slug(part) for part in (goal, objective) if part) if objective else None
        own = key(record.get("metric_id"))
        return goal_key, objective_key, own or f"{objective_key or goal_key}/{slug(name)}"

    def _metric(self, line: int, record: Record) -> MetricRow | None:
        names = self._names(record)
        if names is None:
            missing = "measure" if one_line(record.get("metric")) is None else "goal"
            self.table.error(line, "missing-name", f"names no {missing}")
            return None
        goal, objective, metric = names
        if goal:
            self._goal(line, goal, record, "goal", GoalLevel.STRATEGIC_GOAL, None)
        if objective:
            self._goal(line, objective, record, "objective", GoalLevel.STRATEGIC_OBJECTIVE, goal)
        found = self.metrics.get(metric)
        if found is None:
            found = self._new_metric(line, record, metric, objective or goal or "")
            self.metrics[metric] = found
        else:
            self._compare(line, metric, found.name, one_line(record.get("metric")))
        return found

    def _goal(
        self, line: int, key: str, record: Record, name: str, level: GoalLevel, parent: str | None
    ) -> None:
        title = one_line(record.get(name)) or ""
        known = self.goals.get(key)
        if known is None:
            reason = (
                None if parent or level is GoalLevel.STRATEGIC_GOAL else "The report names no goal above it."
            )
            self.goals[key] = GoalRow(
                self.table.file, line, key, title, level, parent, unaligned_reason=reason
            )
        else:
            self._compare(line, key, known.title, title)

    def _compare(self, line: int, key: str, known: str, title: str | None) -> None:
        if title is not None and title != known and (key, title) not in self._spelled:
            self._spelled.add((key, title))
            self.table.warn(line, "spelled-differently", f"{title!r} is taken for {known!r}, as above")

    def _new_metric(self, line: int, record: Record, key: str, goal: str) -> MetricRow:
        name, written = one_line(record.get("metric")) or "", one_line(record.get("direction"))
        towards = direction(written)
        if towards is None:
            towards = likely_direction(name)
            what = f"direction {written!r} is unknown" if written else "no direction is given"
            self.table.warn(line, "direction-unknown", f"{name!r}: {what}; taken as {towards.value}")
        elif written and written.casefold() not in (towards.value.casefold(), ""):
            self.table.warn(
                line, "direction-read", f"{name!r}: direction {written!r} is read as {towards.value}"
            )
        unit = one_line(record.get("unit"))
        notes = text(record.get("notes"))
        aim = self._aim(record, towards)
        if towards is Direction.MAINTAIN and aim.lower_bound is None and aim.upper_bound is None:
            message = f"{name!r} is to stay in a range, but none is given; no progress can be computed"
            self.table.warn(line, "range-missing", message)
        return MetricRow(
            self.table.file,
            line,
            key,
            goal,
            name,
            towards,
            description=text(record.get("description")),
            unit_of_measure=unit,
            source={"notes": notes} if notes else None,
        )

    def _look(self, line: int, record: Record, found: MetricRow, when: str) -> None:
        """Warn of cells that are no numbers; the latest period's target is the measure's own."""
        for name in ("target", "actual", "baseline", "lower_bound", "upper_bound"):
            read = amount(record.get(name))
            if read.is_text:
                self.table.warn(line, "kept-as-text", f"{name}: {read.text!r} is no number; kept as text")
            elif read.debris:
                self.table.warn(line, "spreadsheet-error", f"{name}: {record[name]}; left out")
            elif (
                read.value is not None
                and found.unit_of_measure
                and "percent" in found.unit_of_measure.lower()
            ):
                small = abs(read.value) <= 1.5
                self._fractions[found.unit_of_measure] = (
                    self._fractions.get(found.unit_of_measure, True) and small
                )
        aim = self._aim(record, found.direction)
        stated = Aim(None, aim.target, aim.target_text, aim.lower_bound, aim.upper_bound)
        if not stated.is_empty() and when >= self._latest.get(found.key, ""):
            self._latest[found.key] = when
            found.aim = aim
        if aim.baseline is not None and found.aim.baseline is None:
            found.aim.baseline = aim.baseline

    def _aim(self, record: Record, towards: Direction) -> Aim:
        target = amount(record.get("target"))
        low, high = amount(record.get("lower_bound")).value, amount(record.get("upper_bound")).value
        if towards is Direction.MAINTAIN and low is None and high is None:
            low, high = target.low, target.high
        return Aim(
            amount(record.get("baseline")).value,
            target.value,
            target.text if target.is_text else None,
            low,
            high,
        )

    def _period(self, record: Record) -> str | None:
        fiscal = self.bare_years_are_fiscal
        quarter = re.fullmatch(r"(?:[Qq]\s*)?([1-4])(?:\.0)?", text(record.get("quarter")) or "")
        for name, is_fiscal in (("fiscal_year", True), ("year", fiscal), ("period", fiscal)):
            cell = record.get(name)
            if cell is None:
                continue
            found = period(key(cell) if not hasattr(cell, "year") else cell, fiscal=is_fiscal)
            if found and quarter and re.fullmatch(r"(FY)?\d{4}", found):
                return f"{found}-Q{quarter[1]}"
            return found
        return None


_OFTEN = (Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.YEARLY)


def _cadence(period: str) -> Cadence:
    """How often periods of this form come round."""
    if "Q" in period:
        return Cadence.QUARTERLY
    if "-" not in period:
        return Cadence.YEARLY
    return Cadence.MONTHLY if len(period) == 7 else Cadence.WEEKLY
