"""Writes metrics with their definitions, targets and values by period, comparing with what the graph has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lineofsight.exchange import references
from lineofsight.exchange.bulk import LOOKED_UP, in_batches, insert, reserve, update
from lineofsight.exchange.metrics.records import Aim, MetricRow, Observation
from lineofsight.exchange.report import ImportReport
from lineofsight.goals.models import Metric, MetricDefinition, MetricTarget, MetricValue
from lineofsight.goals.periods import BadPeriod, parse_period
from lineofsight.goals.words import ValueSource
from lineofsight.kernel import clock
from lineofsight.kernel.events import Actor, remember_many

KIND = "METRIC"
_OF_METRIC = (
    "name",
    "direction",
    "unit_of_measure",
    "baseline",
    "target",
    "target_text",
    "lower_bound",
    "upper_bound",
)
_OF_TARGET = ("baseline", "target", "target_text", "lower_bound", "upper_bound")


@dataclass(frozen=True, slots=True)
class Placed:
    """A metric in the graph."""

    metric: int
    definition: int
    goal: int


@dataclass(slots=True)
class MetricWriter:
    """Writes the metrics of one import. `touched`: goals whose metrics, targets or values changed."""

    system: int
    system_name: str
    report: ImportReport
    actor: Actor
    group: str
    placed: dict[str, Placed] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)

    async def write(self, rows: Sequence[MetricRow], goals: Mapping[str, int]) -> None:
        """Write metrics; `goals`: key → goal."""
        known = await references.find(self.system, KIND, [row.key for row in rows])
        standing = await _standing(known.values())
        fresh = iter(await reserve(Metric, sum(row.key not in known for row in rows)))
        definitions = iter(await reserve(MetricDefinition, sum(row.key not in known for row in rows)))
        ordinals = await _ordinals({goals[row.goal] for row in rows})
        new_metrics: list[dict[str, Any]] = []
        new_definitions: list[dict[str, Any]] = []
        events: list[tuple[int, dict[str, Any]]] = []
        refs: dict[str, int] = {}
        for row in rows:
            values = _metric_values(row)
            metric = known.get(row.key)
            if metric is None:
                goal = goals[row.goal]
                placed = Placed(next(fresh), next(definitions), goal)
                refs[row.key] = placed.metric
                ordinals[goal] += 1
                keys = {"id": placed.metric, "goal_id": goal, "definition_id": placed.definition}
                new_metrics.append({**keys, "ordinal": ordinals[goal] - 1, **values})
                new_definitions.append(
                    {"id": placed.definition, "source_system": self.system_name, **_definition_values(row)}
                )
                events.append((placed.metric, {"goal_id": goal, **values}))
                self.report.created["metric"] += 1
                self.touched.add(goal)
            else:
                before = standing[metric]
                placed = Placed(metric, before["definition_id"], before["goal_id"])
                moved = await self._change(placed, before, row, values)
                if moved:
                    events.append((metric, moved))
            self.placed[row.key] = placed
        await insert(MetricDefinition, new_definitions)
        await insert(Metric, new_metrics)
        await references.add(self.system, KIND, refs)
        await remember_many(self.actor, "metric.import", "Metric", events, group=self.group)

    async def _change(
        self, placed: Placed, before: Mapping[str, Any], row: MetricRow, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        moved = {name: value for name, value in values.items() if value is not None and before[name] != value}
        about = {
            name: value
            for name, value in _definition_values(row).items()
            if value is not None and before[f"definition__{name}"] != value
        }
        if about:
            await update(MetricDefinition, tuple(about), [(placed.definition, tuple(about.values()))])
        if moved:
            stored = {**moved, "version": before["version"] + 1}
            await update(Metric, tuple(stored), [(placed.metric, tuple(stored.values()))])
            self.touched.add(placed.goal)
        (self.report.changed if moved or about else self.report.unchanged)["metric"] += 1
        return moved | about

    async def observe(self, batch: Sequence[Observation]) -> None:
        """Write targets and values by period, each metric and period once."""
        known = [(seen, self.placed[seen.metric]) for seen in batch if seen.metric in self.placed]
        ends = {}
        for seen, _ in known:
            try:
                ends[seen.period] = parse_period(seen.period).end
            except BadPeriod as error:
                self.report.error(seen.file, seen.line, "unreadable-period", str(error))
        known = [(seen, placed) for seen, placed in known if seen.period in ends]
        await self._targets([(seen, placed) for seen, placed in known if seen.aim is not None], ends)
        await self._values([(seen, placed) for seen, placed in known if seen.value is not None], ends)

    async def observe_latest(self, batch: Sequence[Observation]) -> None:
        """`observe` for values that stand for no period but today: one that is already the latest is not
        repeated.
        """
        definitions = {self.placed[seen.metric].definition for seen in batch}
        latest: dict[int, tuple[str, float | None, str | None]] = {}
        for some in in_batches(definitions, LOOKED_UP):
            query = MetricValue.filter(definition_id__in=some, source=ValueSource.IMPORT, superseded=False)
            rows = query.order_by("period_end", "id").values_list("definition_id", "period", "value", "text")
            latest.update(
                {definition: (period, value, text) for definition, period, value, text in await rows}
            )
        for seen in batch:
            known = latest.get(self.placed[seen.metric].definition)
            if (
                known is not None
                and seen.value is not None
                and known[1:] == (seen.value.value, seen.value.text)
            ):
                seen.period = known[0]
        await self.observe(batch)

    async def _targets(self, known: Sequence[tuple[Observation, Placed]], ends: Mapping[str, Any]) -> None:
        standing = await _by_period(
            MetricTarget, "metric_id", [(placed.metric, seen.period) for seen, placed in known], _OF_TARGET
        )
        new: list[dict[str, Any]] = []
        events: list[tuple[int, dict[str, Any]]] = []
        for seen, placed in known:
            assert seen.aim is not None
            values = _aim_values(seen.aim)
            before = standing.get((placed.metric, seen.period))
            if before is None:
                new.append(
                    {
                        "metric_id": placed.metric,
                        "period": seen.period,
                        "period_end": ends[seen.period],
                        **values,
                    }
                )
                self.report.created["metric target"] += 1
            else:
                moved = {name: value for name, value in values.items() if before[name] != value}
                (self.report.changed if moved else self.report.unchanged)["metric target"] += 1
                if not moved:
                    continue
                await update(MetricTarget, tuple(moved), [(before["id"], tuple(moved.values()))])
            events.append((placed.metric, {"period": seen.period, **values}))
            self.touched.add(placed.goal)
        await insert(MetricTarget, new)
        await remember_many(self.actor, "metricTarget.import", "Metric", events, group=self.group)

    async def _values(self, known: Sequence[tuple[Observation, Placed]], ends: Mapping[str, Any]) -> None:
        standing = await _by_period(
            MetricValue,
            "definition_id",
            [(placed.definition, seen.period) for seen, placed in known],
            ("value", "text"),
            source=ValueSource.IMPORT,
            superseded=False,
        )
        now = clock.now()
        new: list[dict[str, Any]] = []
        events: list[tuple[int, dict[str, Any]]] = []
        superseded: list[tuple[int, tuple[bool]]] = []
        for seen, placed in known:
            assert seen.value is not None
            stated = {"value": seen.value.value, "text": seen.value.text}
            before = standing.get((placed.definition, seen.period))
            if before is not None and all(before[name] == value for name, value in stated.items()):
                self.report.unchanged["metric value"] += 1
                continue
            if before is not None:
                superseded.append((before["id"], (True,)))
            (self.report.created if before is None else self.report.changed)["metric value"] += 1
            new.append(
                {
                    "definition_id": placed.definition,
                    "period": seen.period,
                    "period_end": ends[seen.period],
                    "source": ValueSource.IMPORT,
                    "recorded_at": now,
                    **stated,
                }
            )
            events.append((placed.metric, {"period": seen.period, **stated}))
            self.touched.add(placed.goal)
        await update(MetricValue, ("superseded",), superseded)
        await insert(MetricValue, new)
        await remember_many(self.actor, "metricValue.import", "Metric", events, group=self.group)


def _aim_values(aim: Aim) -> dict[str, Any]:
    return {name: getattr(aim, name) for name in _OF_TARGET}


def _metric_values(row: MetricRow) -> dict[str, Any]:
    own = {"name": row.name, "direction": row.direction, "unit_of_measure": row.unit_of_measure}
    return own | _aim_values(row.aim) | {"source": dict(row.source) if row.source else None}


def _definition_values(row: MetricRow) -> dict[str, Any]:
    return {"name": row.name, "description": row.description, "unit_of_measure": row.unit_of_measure}


async def _standing(metrics: Iterable[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    about = ("definition__name", "definition__description", "definition__unit_of_measure")
    for batch in in_batches(metrics, LOOKED_UP):
        query = Metric.filter(id__in=batch)
        for row in await query.values(
            "id", "goal_id", "definition_id", "version", "source", *_OF_METRIC, *about
        ):
            found[row["id"]] = row
    return found


async def _ordinals(goals: Iterable[int]) -> Counter[int]:
    """How many metrics each goal has."""
    found: Counter[int] = Counter()
    for batch in in_batches(goals, LOOKED_UP):
        rows: list[Any] = await Metric.filter(goal_id__in=batch).values_list("goal_id", flat=True)
        found.update(rows)
    return found


async def _by_period(
    model: Any, column: str, wanted: Sequence[tuple[int, str]], names: Sequence[str], **where: Any
) -> dict[tuple[int, str], dict[str, Any]]:
    """Rows by what they belong to and period."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    periods = sorted({period for _, period in wanted})
    for batch in in_batches(sorted({key for key, _ in wanted}), LOOKED_UP // 2):
        for some in in_batches(periods, LOOKED_UP // 2):
            query = model.filter(**{f"{column}__in": batch}, period__in=some, **where)
            for row in await query.values("id", column, "period", *names):
                found[row[column], row["period"]] = row
    return found
