"""What a metric's observations come to: its current value, progress, attainment, and when it was observed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lineofsight.goals import formulas
from lineofsight.goals.formulas import Yardstick
from lineofsight.goals.models import Metric, MetricTarget, MetricValue
from lineofsight.goals.words import Direction, ValueSource
from lineofsight.kernel import clock, sql
from lineofsight.kernel.database import execute, fetch
from lineofsight.kernel.numbers import clamp
from lineofsight.kernel.rows import Row, columns_of, decode, decoders_of
from lineofsight.kernel.sql import Sql

_RANK = (
    f"case v.source when '{ValueSource.OVERRIDE}' then 0 when '{ValueSource.MANUAL}' then 1 "
    f"when '{ValueSource.API}' then 2 when '{ValueSource.IMPORT}' then 3 else 4 end"
)
BEST_FIRST = f"v.period_end desc, {_RANK}, v.recorded_at desc, v.id desc"
"""The order of observations in which the first is the one that counts."""


@dataclass(frozen=True)
class Reading:
    """What a metric stands at. ``observed_on``: the end of the value's period, or the day it was recorded if
    that is earlier.
    """

    current: float | None
    progress: float | None
    attainment: float | None
    observed_on: date | None


def first_values_sql(definitions: Sql) -> Sql:
    """The first number observed of each definition, and how many there are: (definition_id, value, observations)."""
    return Sql(
        "select definition_id, value, observations from (select v.definition_id, v.value, "
        "count(*) over (partition by v.definition_id) as observations, row_number() over "
        "(partition by v.definition_id order by v.period_end, v.recorded_at, v.id) as n "
        "from metric_value v where ? and not v.superseded and v.value is not null) f where n = 1",
        definitions,
    )


@dataclass(frozen=True)
class First:
    """The first number observed of a definition, and how many there are."""

    value: float
    observations: int


def yardstick(metric: Mapping[str, Any], target: Mapping[str, Any] | None, first: First | None) -> Yardstick:
    """What a value is held against: the targets in force for its period where there are any, else the metric's.

    Without a baseline the first value is the baseline, once there is a second one to hold against it.
    """

    def of(name: str) -> Any:
        own = target[name] if target is not None else None
        return own if own is not None else metric[name]

    direction = Direction(metric["direction"])
    baseline = of("baseline")
    moves = direction in (Direction.INCREASE, Direction.DECREASE)
    if baseline is None and moves and first is not None and first.observations > 1:
        baseline = first.value
    return Yardstick(direction, baseline, of("target"), of("lower_bound"), of("upper_bound"), metric["tolerance"])


def overall(metric: Mapping[str, Any], targets: Sequence[Mapping[str, Any]], first: First | None) -> Yardstick:
    """What the metric as a whole is held against: its own target, else that of its last period."""
    last = max(
        (t for t in targets if t["target"] is not None or t["lower_bound"] is not None or t["upper_bound"] is not None),
        key=lambda t: t["period_end"],
        default=None,
    )
    has_own = any(metric[name] is not None for name in ("target", "lower_bound", "upper_bound"))
    return yardstick(metric, None if has_own else last, first)


async def targets_of(metric_ids: Collection[int]) -> dict[int, list[Row]]:
    """The targets by period of each metric, by period."""
    statement = Sql(
        "select metric_id, period, period_end, baseline, target, target_text, lower_bound, upper_bound "
        "from metric_target where ? order by metric_id, period_end",
        sql.among("metric_id", metric_ids),
    )
    found: dict[int, list[Row]] = {}
    for row in decode(decoders_of(MetricTarget), await fetch(statement)):
        found.setdefault(row["metric_id"], []).append(row)
    return found


async def first_values(definition_ids: Collection[int]) -> dict[int, First]:
    """The first number observed of each definition."""
    statement = first_values_sql(sql.among("v.definition_id", definition_ids))
    return {r["definition_id"]: First(r["value"], r["observations"]) for r in await fetch(statement)}


async def refresh_metrics(metric_ids: Collection[int]) -> set[int]:
    """Works metrics out anew from their observations and writes what differs; the goals of the metrics it changed."""
    if not metric_ids:
        return set()
    names = ", ".join(f'"{c}"' for c in columns_of(Metric))
    metrics = decode(
        decoders_of(Metric), await fetch(Sql(f"select {names} from metric where ?", sql.among("id", metric_ids)))
    )
    definitions = {m["definition_id"] for m in metrics}
    latest = decode(
        decoders_of(MetricValue),
        await fetch(
            Sql(
                "select definition_id, value, period_end, recorded_at from (select v.*, row_number() over "
                f"(partition by v.definition_id order by {BEST_FIRST}) as n from metric_value v "
                "where ? and not v.superseded and v.value is not null) l where n = 1",
                sql.among("v.definition_id", definitions),
            )
        ),
    )
    newest = {row["definition_id"]: row for row in latest}
    firsts = await first_values(definitions)
    targets = await targets_of(metric_ids)
    changed = set()
    for metric in metrics:
        reading = read(metric, targets.get(metric["id"], []), newest.get(metric["definition_id"]), firsts)
        values = vars(reading)
        moved = {name: value for name, value in values.items() if metric[name] != value}
        if moved:
            assignments = ", ".join(f"{name} = ?" for name in moved)
            await execute(Sql(f"update metric set {assignments} where id = ?", *moved.values(), metric["id"]))
            changed.add(metric["goal_id"])
    return changed


def read(
    metric: Mapping[str, Any],
    targets: Sequence[Mapping[str, Any]],
    latest: Mapping[str, Any] | None,
    firsts: Mapping[int, First],
) -> Reading:
    """What a metric stands at, from its targets and its newest observation."""
    if latest is None:
        return Reading(None, None, None, None)
    first = firsts.get(metric["definition_id"])
    stick = overall(metric, targets, first)
    current = latest["value"]
    reached = formulas.attainment(stick, current)
    return Reading(
        current,
        None if reached is None else clamp(reached),
        reached,
        min(latest["period_end"], clock.day_of(latest["recorded_at"])),
    )
