"""Imports metrics: goals and objectives become goals, measures become metrics with targets and values by
period.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lineofsight.exchange import references
from lineofsight.exchange.bulk import in_batches
from lineofsight.exchange.goals.writing import GoalState, GoalWriter
from lineofsight.exchange.metrics import performance_gov, table
from lineofsight.exchange.metrics.performance_gov import PerformanceGov
from lineofsight.exchange.metrics.records import GoalRow, MetricSource
from lineofsight.exchange.metrics.table import MetricTable
from lineofsight.exchange.metrics.writing import MetricWriter
from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.running import Progress, Run, open_tables, silent
from lineofsight.exchange.tables.source import UnreadableFile, head_of
from lineofsight.exchange.units import Units, Wanted, base_unit
from lineofsight.kernel.events import Actor, new_group
from lineofsight.people.lines import lock_structure

PROFILES = (table.GSA, performance_gov.SYSTEM)
_BATCH = 1_000


async def import_metrics(
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
    sources = _sources(run, paths, profile, mapping, sheet)
    try:
        for source in sources:
            if not run.report.failed:
                progress("Reading")
                source.read()
    except UnreadableFile as error:
        run.unreadable(error)
    if run.report.failed:
        return run.finished()
    return await run.inside(lambda: _write(run, sources, actor, unit_code))


def _sources(
    run: Run, paths: Sequence[Path], profile: str | None, mapping: Sequence[str], sheet: str | None
) -> Sequence[MetricSource]:
    if profile == performance_gov.SYSTEM or (profile is None and all(map(_is_json, paths))):
        return [PerformanceGov(paths, run.report)]
    tables = open_tables(run, paths, [table.LAYOUT], mapping, sheet)
    is_gsa = profile == table.GSA
    return [MetricTable(found, table.GSA if is_gsa else table.SYSTEM, is_gsa) for found in tables]


def _is_json(path: Path) -> bool:
    try:
        return head_of(path, 64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    except UnreadableFile:
        return False


async def _write(run: Run, sources: Sequence[MetricSource], actor: Actor, unit_code: str | None) -> None:
    await lock_structure()  # agencies become units
    base = await base_unit(unit_code)
    group = new_group()
    for source in sources:
        system = await references.system_id(source.system, is_open=source.system in PROFILES)
        units = Units(base, system, actor, run.report, group)
        await units.settle(
            [Wanted(unit.key, unit.name, likely_code=unit.code) for unit in source.units.values()]
        )
        goals = GoalWriter(system, run.report, actor, group)
        for rows in in_batches(source.goals.values(), _BATCH):
            await goals.write([_state(row, source, units) for row in rows])
        parents = {goals.ids[row.key]: goals.ids[row.parent] for row in source.goals.values() if row.parent}
        places = {goals.ids[row.key]: (row.file, row.line) for row in source.goals.values()}
        await goals.align(parents, places.__getitem__)
        metrics = MetricWriter(system, source.system, run.report, actor, group)
        for batch in in_batches(source.metrics.values(), _BATCH):
            await metrics.write(batch, goals.ids)
        done = 0
        for seen in in_batches(source.observations(), _BATCH):
            await metrics.observe(seen)
            done += len(seen)
            run.progress("Importing values", done)
        run.report.stop_if_failed()
        run.progress("Working out progress")
        goals.touched |= metrics.touched
        await goals.settle()


def _state(row: GoalRow, source: MetricSource, units: Units) -> GoalState:
    owner = units.ids[row.owner] if row.owner is not None else units.base.id
    values = {
        "level": row.level,
        "description": row.description,
        "owner_unit_id": owner,
        "start_date": row.start_date,
        "due_date": row.due_date,
        "own_view": row.own_view,
        "cadence": source.cadence,
        "unaligned_reason": row.unaligned_reason,
        "source": dict(row.source) if row.source else None,
    }
    contributors = tuple(units.ids[key] for key in row.contributors)
    return GoalState(row.file, row.line, row.key, row.title, values, contributors, row.other_keys)
