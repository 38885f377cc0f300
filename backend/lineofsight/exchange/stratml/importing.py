"""StratML documents into the graph: all of them or nothing, the same twice changes nothing.

The publisher becomes a unit and owns the goals; goals and objectives become goals, indicators metrics,
results targets and observations, relationships alignments. What has no column of its own stays with its
row (`stored`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lineofsight.exchange import references
from lineofsight.exchange.report import ImportedPlan, ImportFailed, ImportReport
from lineofsight.exchange.units import UnknownUnit, base_unit
from lineofsight.goals import facts, linking, progress
from lineofsight.goals.models import Goal
from lineofsight.kernel import clock
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import Actor, new_group
from lineofsight.kernel.ids import global_id
from lineofsight.people import lines

from . import links
from .alignment_rows import align
from .document import Document, Objective
from .entries import Entry, entries
from .goal_rows import GOAL, Known, write_goals
from .keys import keys, remember_keys
from .markup import MAX_BYTES, Unreadable
from .metric_rows import METRIC, Found, write_metrics
from .publishing import find_plan, rename_publisher, settle_publisher, write_plan
from .reading import read
from .run import SYSTEM, TYPES, Progress, Run
from .stored import kept


@dataclass(slots=True)
class _Written:
    """A document whose rows are written, but for its links."""

    file: str
    plan_id: int
    is_new: bool
    entries: list[Entry]
    metrics: list[Found]


class _DryRun(Exception):
    """Undoes a dry run."""


def _quiet(*_: object) -> None:
    """Tells nobody of progress."""


async def import_plans(
    paths: Sequence[Path],
    *,
    actor: Actor,
    unit_code: str | None = None,
    strict: bool = False,
    dry_run: bool = False,
    third_level: bool = False,
    retire_missing: bool = False,
    progress: Progress = _quiet,
) -> ImportReport:
    """Import StratML documents, Part 1 or 2, as plans published below the unit `unit_code` (None: the root).

    A later edition of a plan updates the earlier one. `third_level`: make sub-objectives from sequence
    numbers such as 1.2.3. `retire_missing`: retire the goals a later edition lacks. `strict`: warnings
    are errors. `dry_run`: report what would change, write nothing. `progress` is told what is done, how
    much of it and of how much.
    """
    report = ImportReport(strict=strict, dry_run=dry_run)
    documents = [(str(path), document) for path in paths if (document := _read(path, report)) is not None]
    if len(documents) < len(paths):
        return report
    try:
        async with transaction():
            await lines.lock_structure()
            await linking.lock_alignments()
            run = Run(
                actor=actor,
                report=report,
                base=await base_unit(unit_code),
                system=await references.system_id(SYSTEM, is_open=True),
                group=new_group(),
                now=clock.now(),
                today=clock.today(),
                third_level=third_level,
                retire_missing=retire_missing,
                progress=progress,
            )
            await _import(run, documents)
            report.stop_if_failed()
            if dry_run:
                raise _DryRun
    except UnknownUnit as error:
        report.error("", 0, "unknown-unit", f"{str(error)[:1].upper()}{str(error)[1:]}.")
        report.nothing_written()
    except ImportFailed:
        report.nothing_written()
    except _DryRun:
        pass
    return report


def _read(path: Path, report: ImportReport) -> Document | None:
    file = str(path)
    try:
        with path.open("rb") as stream:
            document, findings = read(stream.read(MAX_BYTES + 1))
    except OSError as error:
        report.error(file, 0, "unreadable-file", f"{error.strerror or type(error).__name__}.")
        return None
    except Unreadable as error:
        place = f" (column {error.column})" if error.column else ""
        report.error(file, error.line, error.code, error.message + place)
        return None
    for finding in findings:
        report.warn(file, finding.line, finding.code, finding.message)
    return document


async def _import(run: Run, documents: Sequence[tuple[str, Document]]) -> None:
    written = []
    for number, (file, document) in enumerate(documents):
        run.progress(f"Importing {Path(file).name}", number, len(documents))
        written.append(await _write(run, file, document))
    for each in written:
        await links.settle(run, each.file, each.entries, each.metrics)
    run.progress("Working out progress", None, None)
    goal_ids = {entry.id for each in written for entry in each.entries}
    for plan_id in {each.plan_id for each in written}:
        goal_ids |= {goal.id for goal in await Goal.filter(plan_id=plan_id).only("id")}
    await facts.refresh(goal_ids)
    await linking.refresh(goal_ids)
    await progress.rebuild(goal_ids)
    await progress.refresh([entry.id for each in written for entry in each.entries if entry.above is None])
    for each in written:
        key = "" if run.report.dry_run and each.is_new else global_id(TYPES["PLAN"], each.plan_id)
        run.report.plans.append(ImportedPlan(each.file, key))


async def _write(run: Run, file: str, document: Document) -> _Written:
    publisher = await settle_publisher(run, document)
    plan = await find_plan(run, document, publisher, await _plans_of_goals(run, document))
    before = kept(Document, plan.source) if plan else None
    if before:
        await rename_publisher(run, publisher, before, document)
    if len(document.organizations) > 1:
        message = f"The plan names {len(document.organizations)} organizations; the first publishes it."
        run.report.warn(file, document.organizations[1].line, "several-organizations", message)
    known = await Known.load(run, plan)
    old_elements = {goal.id: element for goal in known.rows.values() if (element := kept(Objective, goal.source))}
    nested = run.third_level or bool(plan and (plan.source or {}).get("third_level"))
    everything = entries(document, nested)
    row = await write_plan(run, document, publisher, plan)
    _remark_titles(run, file, everything)
    found_keys = keys(document)
    name = Path(file).name
    run.progress(f"{name}: goals", None, None)
    await write_goals(run, file, row, before, document, everything, found_keys, known)
    await align(run, file, everything, known.aligned)
    run.progress(f"{name}: measures", None, None)
    metrics = await write_metrics(run, file, before, document, everything, found_keys, old_elements)
    scope = (document.administrative.identifier if document.administrative else "") or row.name
    others = await remember_keys(
        run, GOAL, {each.id: key for each in everything if (key := found_keys.get(id(each.element)))}, scope
    )
    others += await remember_keys(
        run, METRIC, {each.id: key for each in metrics if (key := found_keys.get(id(each.indicator)))}, scope
    )
    if others:
        message = f"{others} identifiers are those of another plan's rows already; kept as {scope}#identifier."
        run.report.warn(file, document.line, "identifier-taken", message)
    return _Written(file, row.id, plan is None, everything, metrics)


async def _plans_of_goals(run: Run, document: Document) -> dict[int, int]:
    """How many of the document's identified goals each plan has; at 0, how many there are."""
    directory = await run.directory(GOAL)
    telling = keys(document)
    identified = [telling[id(each.element)] for each in entries(document, False) if id(each.element) in telling]
    found = [row for key in identified if (row := directory.get(key)) is not None]
    counts: dict[int, int] = {0: len(identified)}
    for start in range(0, len(found), 900):
        query = Goal.filter(id__in=found[start : start + 900])
        for goal in await query.only("id", "plan_id"):
            if goal.plan_id is not None:
                counts[goal.plan_id] = counts.get(goal.plan_id, 0) + 1
    return counts


def _remark_titles(run: Run, file: str, everything: Sequence[Entry]) -> None:
    for each in everything:
        if not each.element.name:
            what = "A goal" if each.above is None else "An objective"
            message = f"{what} has no Name; titled by its description or else its identifier."
            run.report.warn(file, each.element.line, "no-name", message)
