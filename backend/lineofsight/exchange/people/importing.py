"""Imports people: staff lists and organograms become units, positions, reporting lines, persons and
holdings.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from lineofsight.exchange import references
from lineofsight.exchange.bulk import analyze, in_batches
from lineofsight.exchange.people import facts, organogram, staff, staff_columns
from lineofsight.exchange.people.lining import find_outside, position_at, positions_of, write_lines
from lineofsight.exchange.people.matching import Systems
from lineofsight.exchange.people.seats import Seat, SeatSource
from lineofsight.exchange.people.survey import Survey
from lineofsight.exchange.people.writing import Placed, Writer
from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.running import Progress, Run, open_tables, silent
from lineofsight.exchange.tables.columns import Table
from lineofsight.exchange.tables.source import UnreadableFile
from lineofsight.exchange.units import Units, Wanted, base_unit
from lineofsight.kernel import clock
from lineofsight.kernel.events import Actor, new_group
from lineofsight.kernel.models import ExternalRef
from lineofsight.people.lines import lock_structure
from lineofsight.people.models import Holding, Person, Position, ReportingLine

PROFILES = (organogram.SYSTEM,)
_BATCH = 1_000
_MANY = 5_000
"""Rows from which on the planner should hear of them."""


async def import_people(
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
    """Import the files as one: all or nothing.

    `unit_code`: the unit to attach to, the root by default. `profile`: one of PROFILES, or None to judge by
    the header.
    `mapping`: COLUMN=FIELD texts that overrule the guess. `strict`: warnings are errors. `dry_run`: report
    only.
    """
    run = Run(ImportReport(dry_run=dry_run), progress, strict)
    layouts = {
        None: (staff_columns.LAYOUT, *organogram.LAYOUTS),
        organogram.SYSTEM: organogram.LAYOUTS,
    }
    if not run.knows_profile(profile, PROFILES):
        return run.report
    sources = [_source(table) for table in open_tables(run, paths, layouts[profile], mapping, sheet)]
    kinds = {source.system for source in sources}
    if len(kinds) > 1:
        message = f"staff lists and organograms are imported apart; these files are {' and '.join(sorted(kinds))}"
        run.report.error("", 0, "mixed-files", message)
    if run.report.failed:
        return run.finished()
    has_posts = any(source.has_posts or source.table.has("position_id") for source in sources)
    for source in sources:
        source.has_posts = has_posts
    survey = Survey(run.report)
    try:
        for source in sources:
            progress(f"Reading {source.table.file}")
            survey.read(source)
    except UnreadableFile as error:
        run.unreadable(error)
        return run.finished()
    survey.resolve()
    return await run.inside(lambda: _write(run, survey, sources, actor, unit_code))


def _source(table: Table) -> organogram.Organogram | staff.StaffList:
    return staff.StaffList(table) if table.layout is staff_columns.LAYOUT else organogram.Organogram(table)


async def _write(
    run: Run,
    survey: Survey,
    sources: Sequence[organogram.Organogram | staff.StaffList],
    actor: Actor,
    unit_code: str | None,
) -> None:
    await lock_structure()
    base = await base_unit(unit_code)
    name = sources[0].system
    is_open = name == organogram.SYSTEM
    systems = Systems(
        await references.system_id(name, is_open=is_open),
        await references.system_id(f"{name}-login", is_open=False) if name == staff.SYSTEM else 0,
        "" if sources[0].has_posts else staff.POST_OF,
    )
    group = new_group()
    positions = await positions_of(survey, systems)
    extra = await find_outside(survey, systems, positions)
    run.report.stop_if_failed()
    units = Units(base, systems.keys, actor, run.report, group)
    await units.settle(_units(survey))
    today = clock.today()
    writer = Writer(systems, run.report, actor, group, today)
    done = 0
    for batch in in_batches(_placed(survey, sources, positions, extra, units), _BATCH):
        await writer.write(batch)
        done += len(batch)
        run.progress("Importing people", done, len(survey))
    run.progress("Drawing reporting lines")
    await write_lines(survey, positions, extra, report=run.report, actor=actor, group=group, today=today)
    survey.index.clear()
    run.progress("Working out who reports to whom")
    if len(survey) > _MANY:
        await analyze(Position, Person, Holding, ReportingLine, ExternalRef)
    await facts.rebuild()


def _units(survey: Survey) -> list[Wanted]:
    """The units that rows name, outer ones first."""
    wanted: dict[str, Wanted] = {}
    for names, (code, _, _) in survey.units.items():
        for depth in range(1, len(names) + 1):
            key = _unit_key(names[:depth], code if depth == len(names) else None)
            parent = _unit_key(names[: depth - 1], None) if depth > 1 else None
            wanted.setdefault(key, Wanted(key, names[depth - 1], parent, code if depth == len(names) else None))
    return list(wanted.values())


def _unit_key(names: Sequence[str], code: str | None) -> str:
    return code or "/".join(names)


def _placed(
    survey: Survey,
    sources: Sequence[SeatSource],
    positions: array[int],
    extra: Sequence[int],
    units: Units,
) -> Iterator[Placed]:
    """The kept rows of all files once more, each with its position and unit."""
    others: dict[int, list[Seat]] = {}
    for index, seat in survey.sharers:
        others.setdefault(index, []).append(seat)
    for source in sources:
        for seat in source.seats():
            at = survey.kept(seat)
            if at is None:
                continue
            code = survey.units[seat.units][0] if seat.units else None
            yield Placed(
                seat,
                abs(positions[at]),
                positions[at] < 0,
                units.ids[_unit_key(seat.units, code)] if seat.units else units.base.id,
                position_at(survey.superiors[at], positions, extra),
                at not in survey.not_primary,
                at in survey.no_email,
                tuple(others.get(at, ())),
            )
