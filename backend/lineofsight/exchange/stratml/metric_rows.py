"""A document's indicators as metrics of their goals, each with a definition, targets by period and observations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lineofsight.exchange.bulk import insert, reserve, update
from lineofsight.exchange.stratml.columns import period_dates, title_of
from lineofsight.goals.models import Metric, MetricDefinition, MetricTarget, MetricValue
from lineofsight.goals.words import ValueSource
from lineofsight.kernel.ids import global_id

from .document import Document, Indicator, Objective
from .entries import Entry
from .identifiers import Names
from .measuring import Measure, aimed, measure
from .publishing import vars_of
from .run import Run, moved
from .stored import KEY, kept, pack

METRIC = "METRIC"
_SHARED = ("name", "unit_of_measure")
"""Columns a metric and its definition both have."""


@dataclass(slots=True)
class Found:
    """An indicator, the goal it measures, the metric it is, and what it said in the edition before."""

    indicator: Indicator
    entry: Entry
    ordinal: int
    now: Measure
    row: Metric | None = None
    before: Measure | None = None
    id: int = 0
    definition_id: int = 0


@dataclass(slots=True)
class Writing:
    """Rows to be written at the end, in few statements."""

    definitions: list[dict[str, Any]] = field(default_factory=list)
    metrics: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    values: list[dict[str, Any]] = field(default_factory=list)


async def write_metrics(
    run: Run, file: str, before: Document | None, document: Document, entries: Sequence[Entry],
    keys: Mapping[int, str], old_elements: Mapping[int, Objective],
) -> list[Found]:  # fmt: skip
    """Create or update the metric of each indicator, with its targets and values. `old_elements`: what each
    goal's element said in the edition before.
    """
    found, left = await _match(run, entries, document, keys)
    for row in left:
        if kept(Indicator, row.source):
            message = f"The measure “{row.name}” of the earlier plan is not in this one; kept."
            run.report.warn(file, document.line, "missing-indicator", message)
    for each in found:
        if each.row and before and (element := kept(Indicator, each.row.source)):
            old_goal = old_elements.get(each.entry.id)
            each.before = measure(element, _goal_title(old_goal or each.entry.element), period_dates(before))
    new = [each for each in found if each.row is None]
    for each, metric_id, definition_id in zip(
        new, await reserve(Metric, len(new)), await reserve(MetricDefinition, len(new)), strict=True
    ):
        each.id, each.definition_id = metric_id, definition_id
    writing = Writing()
    changed: list[tuple[int, Mapping[str, Any]]] = []
    for each in found:
        _remark(run, file, each)
        if each.row is None:
            _create(each, writing)
        else:
            values = await _update(run, each, each.row)
            if values:
                changed.append((each.id, values))
            run.report.changed["metric"] += bool(values)
            run.report.unchanged["metric"] += not values
    await run.remember("metric.import", "Metric", changed)
    await _write_new(run, writing)
    await _write_targets(run, found)
    await _write_values(run, found)
    return found


async def _match(
    run: Run, entries: Sequence[Entry], document: Document, keys: Mapping[int, str]
) -> tuple[list[Found], list[Metric]]:
    """Every indicator with the metric it was before: by identifier, else by name on its goal; and the metrics
    that are left.
    """
    goals = [entry.id for entry in entries]
    rows: dict[int, Metric] = {}
    for start in range(0, len(goals), 900):
        query = Metric.filter(goal_id__in=goals[start : start + 900]).order_by("ordinal", "id")
        rows.update({row.id: row for row in await query})
    named: dict[int, Names[int]] = defaultdict(Names)
    for row in rows.values():
        goal_id = row.goal_id
        named[goal_id].add(global_id("Metric", row.id), row.id)
        element = kept(Indicator, row.source)
        if element:
            named[goal_id].add(element.identifier, row.id)
    directory = await run.directory(METRIC)
    found = []
    for entry in entries:
        for ordinal, indicator in enumerate(entry.indicators):
            title = _goal_title(entry.element)
            each = Found(indicator, entry, ordinal, measure(indicator, title, period_dates(document)))
            key = keys.get(id(indicator), "")
            row_id = named[entry.id].get(indicator.identifier)
            if row_id not in rows:
                row_id = directory.get(key)
            if row_id not in rows:
                row_id = next(
                    (
                        row.id
                        for row in rows.values()
                        if row.goal_id == entry.id and row.name == each.now.columns["name"]
                    ),
                    None,
                )
            if row_id is not None and (metric := rows.pop(row_id, None)):
                each.row, each.id, each.definition_id = metric, metric.id, metric.definition_id
            found.append(each)
    return found, list(rows.values())


def _goal_title(element: Any) -> str:
    return title_of(element.name, element.description, element.sequence, element.identifier)


def _remark(run: Run, file: str, each: Found) -> None:
    name, line = each.now.columns["name"], each.indicator.line
    if undated := len(each.now.undated):
        message = f"{undated} results of “{name}” have no date; kept as text only."
        run.report.warn(file, line, "undated-result", message)
    if surplus := len(each.now.surplus):
        message = f"{surplus} targets of “{name}” are for a period that has one; kept as text only."
        run.report.warn(file, line, "several-targets", message)


def _create(each: Found, writing: Writing) -> None:
    shared = {name: each.now.columns[name] for name in _SHARED}
    writing.definitions.append({"id": each.definition_id, **shared})
    writing.metrics.append(
        {
            "id": each.id,
            "goal_id": each.entry.id,
            "definition_id": each.definition_id,
            "ordinal": each.ordinal,
            "source": {KEY: pack(each.indicator)},
            **each.now.columns,
        }
    )


async def _update(run: Run, each: Found, row: Metric) -> dict[str, Any]:
    columns = {**each.now.columns, "ordinal": each.ordinal, "goal_id": each.entry.id}
    old = {**each.before.columns, "ordinal": row.ordinal, "goal_id": None} if each.before else None
    values = moved(vars_of(row, columns), old, columns)
    source = {**(row.source or {}), KEY: pack(each.indicator)}
    if source != row.source:
        values["source"] = source
    if values:
        stored = {**values, "version": row.version + 1}
        await update(Metric, tuple(stored), [(row.id, tuple(stored.values()))])
        if shared := {name: values[name] for name in _SHARED if name in values}:
            await update(MetricDefinition, tuple(shared), [(each.definition_id, tuple(shared.values()))])
    return values


async def _write_new(run: Run, writing: Writing) -> None:
    await insert(MetricDefinition, writing.definitions)
    await insert(Metric, writing.metrics)
    for noun, kind, rows in (
        ("metricDefinition", "MetricDefinition", writing.definitions),
        ("metric", "Metric", writing.metrics),
    ):
        told = ((row["id"], {name: value for name, value in row.items() if name != "id"}) for row in rows)
        await run.remember(f"{noun}.import", kind, told)
    run.report.created["metric"] += len(writing.metrics)


async def _write_targets(run: Run, found: Sequence[Found]) -> None:
    stands: dict[int, dict[str, MetricTarget]] = defaultdict(dict)
    known = [each.id for each in found if each.row]
    for start in range(0, len(known), 900):
        for target in await MetricTarget.filter(metric_id__in=known[start : start + 900]):
            stands[target.metric_id][target.period] = target
    new: list[dict[str, Any]] = []
    changed: list[tuple[int, Mapping[str, Any]]] = []
    for each in found:
        for period, aim in each.now.aims.items():
            columns = aimed(aim)
            if (row := stands[each.id].get(period)) is None:
                end = aim.period.end
                new.append({"metric_id": each.id, "period": period, "period_end": end, **columns})
                continue
            old = each.before.aims.get(period) if each.before else None
            values = moved(vars_of(row, columns), aimed(old) if old else None, columns)
            if values:
                await update(MetricTarget, tuple(values), [(row.id, tuple(values.values()))])
                changed.append((row.id, values))
            run.report.unchanged["metric target"] += not values
    ids = await reserve(MetricTarget, len(new))
    await insert(MetricTarget, [{"id": key, **row} for key, row in zip(ids, new, strict=True)])
    run.report.created["metric target"] += len(new)
    run.report.changed["metric target"] += len(changed)
    await run.remember("metricTarget.import", "MetricTarget", [*zip(ids, new, strict=True), *changed])


async def _write_values(run: Run, found: Sequence[Found]) -> None:
    """New observations; one that differs from the last of its period supersedes it, and both are kept. What was
    recorded here already is not recorded again.
    """
    stands: dict[tuple[int, str], list[MetricValue]] = defaultdict(list)
    recorded: set[tuple[int, str, float | str | None]] = set()
    known = [each.definition_id for each in found if each.row]
    for start in range(0, len(known), 900):
        for row in await MetricValue.filter(definition_id__in=known[start : start + 900]).order_by("id"):
            definition_id = row.definition_id
            if row.source is ValueSource.IMPORT:
                stands[definition_id, row.period].append(row)
            elif not row.superseded:
                recorded.add((definition_id, row.period, row.text if row.value is None else row.value))
    new: list[dict[str, Any]] = []
    superseded: list[tuple[int, Mapping[str, Any]]] = []
    for each in found:
        periods: dict[str, list[Any]] = defaultdict(list)
        for observation in each.now.observations:
            periods[observation.period.name].append(observation)
        for period, wanted in periods.items():
            rows = stands[each.definition_id, period]
            last = wanted[-1]
            own = (each.definition_id, period, last.text if last.value is None else last.value)
            if not rows and own in recorded:
                run.report.unchanged["metric value"] += len(wanted)
                continue
            if [(row.value, row.text) for row in rows[-len(wanted) :]] == [(o.value, o.text) for o in wanted]:
                run.report.unchanged["metric value"] += len(wanted)
                continue
            superseded += [(row.id, {"superseded": True}) for row in rows if not row.superseded]
            new += [
                {
                    "definition_id": each.definition_id,
                    "period": period,
                    "period_end": observation.period.end,
                    "value": observation.value,
                    "text": observation.text,
                    "source": ValueSource.IMPORT,
                    "recorded_at": run.now,
                    "superseded": observation is not wanted[-1],
                    "details": {KEY: list(observation.place)},
                }
                for observation in wanted
            ]
    await update(MetricValue, ("superseded",), [(key, (True,)) for key, _ in superseded])
    ids = await reserve(MetricValue, len(new))
    await insert(MetricValue, [{"id": key, **row} for key, row in zip(ids, new, strict=True)])
    run.report.created["metric value"] += len(new)
    run.report.changed["metric value"] += len(superseded)
    await run.remember("metricValue.import", "MetricValue", [*superseded, *zip(ids, new, strict=True)])
