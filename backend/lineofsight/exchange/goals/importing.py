"""Imports goals from a spreadsheet, as exports of goal-setting products have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lineofsight.exchange import references
from lineofsight.exchange.bulk import LOOKED_UP, in_batches
from lineofsight.exchange.goals.columns import LAYOUT
from lineofsight.exchange.goals.owners import Owners
from lineofsight.exchange.goals.sheet import SYSTEM, GoalRow, GoalSheet, MeasureCells
from lineofsight.exchange.goals.survey import Survey
from lineofsight.exchange.goals.writing import KIND, GoalState, GoalWriter
from lineofsight.exchange.metrics.records import Aim, MetricRow, Observation
from lineofsight.exchange.metrics.writing import MetricWriter
from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.running import Progress, Run, open_tables, silent
from lineofsight.exchange.tables.source import UnreadableFile
from lineofsight.exchange.tables.values import slug
from lineofsight.exchange.units import base_unit
from lineofsight.goals.models import Goal
from lineofsight.goals.words import Direction, GoalLevel, GoalStatus, ProgressSource
from lineofsight.kernel import clock
from lineofsight.kernel.events import Actor, new_group
from lineofsight.kernel.numbers import ONE, to_bp
from lineofsight.people.lines import share_structure

PROFILES: tuple[str, ...] = ()
_BATCH = 1_000
_NO_PARENT = "The imported table names no goal above it."


async def import_goals(
    paths: Sequence[Path],
    *,
    actor: Actor,
    unit_code: str | None = None,
    profile: str | None = None,
    mapping: Sequence[str] = (),
    strict: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
    sheet: str | None = None,
) -> ImportReport:
    """Import the files as one: all or nothing. Arguments as of `people.importing.import_people`."""
    run = Run(ImportReport(dry_run=dry_run), progress, strict)
    if not run.knows_profile(profile, PROFILES):
        return run.report
    tables = open_tables(run, paths, [LAYOUT], mapping, sheet)
    survey = Survey([GoalSheet(table) for table in tables])
    try:
        progress("Reading goals")
        survey.read()
    except UnreadableFile as error:
        run.unreadable(error)
    if run.report.failed:
        return run.finished()
    return await run.inside(lambda: _Writing(run, survey, actor).write(unit_code))


@dataclass(slots=True)
class _Writing:
    """The writing half of one import."""

    run: Run
    survey: Survey
    actor: Actor
    _weights: dict[tuple[int | None, int | None], tuple[int, str, int]] = field(default_factory=dict)

    async def write(self, unit_code: str | None) -> None:
        report, group = self.run.report, new_group()
        await share_structure()
        base = await base_unit(unit_code)
        system = await references.system_id(SYSTEM, is_open=False)
        outside = await self._outside(system)
        owners = Owners(base.id, report)
        await owners.load_units()
        goals = GoalWriter(system, report, self.actor, group)
        metrics = MetricWriter(system, SYSTEM, report, self.actor, group)
        done = 0
        for batch in in_batches(self.survey.rows(), _BATCH):
            await owners.load([row for _, row, _ in batch])
            await goals.write([self._state(row, sheet, owners) for sheet, row, first in batch if first])
            await self._measure(batch, metrics, goals)
            done += len(batch)
            self.run.progress("Importing goals", done)
        ids = {index: goals.ids[key] for key, index in self.survey.index.items()}
        parents = {ids[child]: ids[parent] for child, parent in self.survey.parents.items()}
        parents |= {ids[child]: parent for child, parent in outside.items()}
        index_of = {goal: index for index, goal in ids.items()}
        await goals.align(parents, lambda goal: self.survey.place(index_of[goal]))
        self._check_weights()
        report.stop_if_failed()
        self.run.progress("Working out progress")
        goals.touched |= metrics.touched
        await goals.settle()

    async def _outside(self, system: int) -> dict[int, int]:
        """Parents that no row is, found in the graph: by key, else by a title that only one goal has."""
        found: dict[int, int] = {}
        for batch in in_batches(list(self.survey.outside.items()), LOOKED_UP // 2):
            names = {name for _, stated in batch for name in stated if name}
            by_key = await references.find(system, KIND, names)
            by_title: dict[str, int | None] = {}
            for title, goal in await Goal.filter(title__in=names).values_list("title", "id"):
                by_title[title] = None if title in by_title else goal
            for index, (key, words) in batch:
                goal = by_key.get(key or "") or by_key.get(words or "") or by_title.get(words or "")
                if goal is not None:
                    found[index] = goal
                elif words in by_title:
                    self.survey.ambiguous(index)
                else:
                    self.survey.missing(index)
        return found

    def _state(self, row: GoalRow, sheet: GoalSheet, owners: Owners) -> GoalState:
        person, unit = owners.of(row, sheet.table.file)
        level = row.level or (GoalLevel.INDIVIDUAL if person else GoalLevel.UNIT)
        values: dict[str, Any] = {
            "level": level,
            "description": row.description,
            "owner_person_id": person,
            "owner_unit_id": unit,
            "start_date": row.start_date,
            "due_date": row.due_date,
            "weight_bp": None if row.weight is None else to_bp(row.weight),
            "status": row.status,
            "outcome": row.outcome,
            "own_view": row.own_view,
        }
        if row.status is GoalStatus.CLOSED:
            values["closed_on"] = min(row.due_date or clock.today(), clock.today())
        if self.survey.index[row.key] in self.survey.unlinked and level is not GoalLevel.STRATEGIC_GOAL:
            values["unaligned_reason"] = _NO_PARENT
        if row.progress is not None and row.measure is None:
            values |= {"progress_choice": ProgressSource.MANUAL, "manual_progress": row.progress}
        if values["weight_bp"] is not None and row.status in (None, GoalStatus.ACTIVE, GoalStatus.APPROVED):
            total, file, line = self._weights.get((person, unit), (0, sheet.table.file, row.line))
            self._weights[person, unit] = (total + values["weight_bp"], file, line)
        return GoalState(sheet.table.file, row.line, row.key, row.title, values)

    async def _measure(
        self, batch: Sequence[tuple[GoalSheet, GoalRow, bool]], metrics: MetricWriter, goals: GoalWriter
    ) -> None:
        rows: list[MetricRow] = []
        seen: list[Observation] = []
        today = clock.today().isoformat()
        for sheet, row, _ in batch:
            if row.measure is None:
                continue
            metric = _metric(sheet.table.file, row, row.measure)
            rows.append(metric)
            if row.measure.current.text is not None:
                seen.append(Observation(metric.file, row.line, metric.key, today, None, row.measure.current))
        if rows:
            await metrics.write(rows, goals.ids)
            await metrics.observe_latest(seen)

    def _check_weights(self) -> None:
        for total, file, line in self._weights.values():
            if abs(total - ONE) > ONE // 100:
                message = f"the weights of this owner's goals come to {total / 100:g}%, not 100%"
                self.run.report.warn(file, line, "weights-not-100", message)


def _metric(file: str, row: GoalRow, cells: MeasureCells) -> MetricRow:
    target = cells.target
    aim = Aim(cells.baseline.value, target.value, target.text if target.is_text else None)
    if cells.direction is Direction.MAINTAIN:
        aim.lower_bound, aim.upper_bound = target.low, target.high
        if target.value is not None:
            aim.lower_bound = aim.upper_bound = target.value
    source = {"baseline": cells.baseline.text} if cells.baseline.is_text else None
    key = f"{row.key}/{slug(cells.name)}"
    return MetricRow(file, row.line, key, row.key, cells.name, cells.direction, aim, None, cells.unit, source)
