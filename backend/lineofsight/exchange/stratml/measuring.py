"""What an indicator is in our columns: a metric, its targets by period and its observations.

StratML names no direction. It is read off the numbers: a band where bounds are given, a rise or fall from the
baseline to the target, else from the first target or result to the last target; a rise where nothing tells.
A target with `Status` = `Baseline` is the baseline of its period.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from lineofsight.goals.periods import BadPeriod, Period, parse_period
from lineofsight.goals.words import Direction
from lineofsight.settings import settings

from .columns import metric_name, one_line
from .document import Indicator, Result
from .grammar import as_date, as_number

_BASELINES: Final = frozenset({"baseline", "annual baseline"})
LIMITS: Final = {
    "commit": "commit",
    "stretch": "stretch",
    "lower bound": "lower_bound",
    "upper bound": "upper_bound",
}
"""Values of `Status` that stand for a metric's other targets, as exports write them."""

Place = tuple[int, int]
"""Where a result stands: number of its instance, number in it among its kind; both from 0."""


@dataclass(frozen=True, slots=True)
class Observation:
    """An actual result as a `MetricValue`."""

    period: Period
    value: float | None
    text: str
    place: Place


@dataclass(slots=True)
class Aim:
    """What is aimed at for one period, as a `MetricTarget`; places of the results it comes from."""

    period: Period
    baseline: float | None = None
    target: float | None = None
    target_text: str | None = None
    place: Place | None = None
    baseline_place: Place | None = None


@dataclass(slots=True)
class Measure:
    """An indicator in our columns."""

    columns: dict[str, Any]
    aims: dict[str, Aim] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    """Of the metric's own columns: the target result each comes from."""
    undated: list[Place] = field(default_factory=list)
    """Actual results that no date says anything about: kept with the metric, not an observation."""
    surplus: list[Place] = field(default_factory=list)
    """Target results beyond the first of a period: kept with the metric only."""

    def undated_places(self) -> dict[str, Place]:
        """Of the metric's own columns: the target each comes from, unless that is one period's."""
        dated = {aim.place for aim in self.aims.values()} | {aim.baseline_place for aim in self.aims.values()}
        return {column: place for column, place in self.places.items() if place not in dated}


def measure(indicator: Indicator, goal_title: str, around: tuple[date | None, date | None]) -> Measure:
    """The indicator in our columns; `around`: the plan's dates, for results that have none."""
    found = Measure({"name": metric_name(indicator, goal_title), "unit_of_measure": indicator.unit or None})
    _targets(indicator, found)
    _results(indicator, found, around)
    dated = sorted(found.aims.values(), key=lambda aim: (aim.period.end, aim.period.start))
    own = found.columns
    last = [aim for aim in dated if aim.target is not None or aim.target_text]
    if "target" not in found.places and last:
        own["target"], own["target_text"] = last[-1].target, last[-1].target_text
        found.places["target"] = last[-1].place or (0, 0)
    based = [aim for aim in dated if aim.baseline is not None]
    if "baseline" not in found.places and based:
        own["baseline"] = based[0].baseline
        found.places["baseline"] = based[0].baseline_place or (0, 0)
    for name in ("baseline", "target", "target_text", *LIMITS.values()):
        own.setdefault(name, None)
    own["direction"] = _direction(found, last)
    return found


def aimed(aim: Aim) -> dict[str, Any]:
    """Columns of the `MetricTarget`."""
    return {"baseline": aim.baseline, "target": aim.target, "target_text": aim.target_text}


def _targets(indicator: Indicator, found: Measure) -> None:
    for place, result, dates in _each(indicator, "targets"):
        status = one_line(result.descriptor_value).casefold() if _is_status(result) else ""
        number, text = as_number(result.units), _text(result)
        if column := LIMITS.get(status):
            if number is not None and column not in found.places:
                found.columns[column], found.places[column] = number, place
            continue
        is_baseline = status in _BASELINES
        if number is None and (is_baseline or not text):
            continue
        period = _period(*dates)
        if period is None:
            _undated_aim(found, place, number, text, is_baseline)
            continue
        aim = found.aims.setdefault(period.name, Aim(period))
        if is_baseline:
            if aim.baseline is None:
                aim.baseline, aim.baseline_place = number, place
            else:
                found.surplus.append(place)
        elif aim.place is None:
            aim.target, aim.place = number, place
            aim.target_text = text if number is None else None
        else:
            found.surplus.append(place)


def _undated_aim(found: Measure, place: Place, number: float | None, text: str, is_baseline: bool) -> None:
    """A target without a date is the metric's own."""
    column = "baseline" if is_baseline else "target"
    if column in found.places:
        found.surplus.append(place)
        return
    found.columns[column], found.places[column] = number, place
    if not is_baseline:
        found.columns["target_text"] = text if number is None else None


def _results(indicator: Indicator, found: Measure, around: tuple[date | None, date | None]) -> None:
    for place, result, dates in _each(indicator, "actuals"):
        text = _text(result)
        if not text:
            continue
        period = _period(*dates) or _period(*around)
        if period is None:
            found.undated.append(place)
        else:
            found.observations.append(Observation(period, as_number(result.units), text, place))


def _each(indicator: Indicator, kind: str) -> Iterator[tuple[Place, Result, tuple[date | None, date | None]]]:
    """Each result with its place and its dates; an actual result without any has those of its target."""
    for number, instance in enumerate(indicator.instances):
        borrowed = next((found for each in instance.targets if any(found := _dates(each))), (None, None))
        for index, result in enumerate(getattr(instance, kind)):
            own = _dates(result)
            yield (number, index), result, own if any(own) or kind == "targets" else borrowed


def _dates(result: Result) -> tuple[date | None, date | None]:
    return as_date(result.start), as_date(result.end)


def _is_status(result: Result) -> bool:
    return one_line(result.descriptor_name).casefold() in ("", "status")


def _text(result: Result) -> str:
    """What a result says: its number as written, else its description, else its descriptor."""
    return result.units or result.description or result.descriptor_value


def _period(start: date | None, end: date | None) -> Period | None:
    """The period of our forms that two dates span; the last day where they span none; None without a date."""
    last = end or start
    if last is None:
        return None
    for name in _names(last):
        try:
            period = parse_period(name)
        except BadPeriod:
            continue
        if (period.start, period.end) == (start, last):
            return period
    return parse_period(last.isoformat())


def _names(last: date) -> Iterator[str]:
    """Names of the periods that may end on a day."""
    week_year, week, _ = last.isocalendar()
    first = settings().fiscal_year_start
    fiscal = last.year + (1 if first > 1 and last.month >= first else 0)
    yield f"{last.year:04}"
    yield f"{last.year:04}-Q{(last.month + 2) // 3}"
    yield f"{last.year:04}-{last.month:02}"
    yield f"{week_year:04}-W{week:02}"
    yield f"FY{fiscal:04}"
    yield f"FY{fiscal:04}-Q{(last.month - first) % 12 // 3 + 1}"


def _direction(found: Measure, aims: list[Aim]) -> Direction:
    own = found.columns
    if own["lower_bound"] is not None or own["upper_bound"] is not None:
        return Direction.MAINTAIN
    target = own["target"]
    numbers = [aim.target for aim in aims if aim.target is not None]
    observed = [each.value for each in sorted(found.observations, key=_day) if each.value is not None]
    for start in (own["baseline"], *numbers[:1], *observed[:1]):
        if start is not None and target is not None and start != target:
            return Direction.INCREASE if target > start else Direction.DECREASE
    return Direction.INCREASE


def _day(observation: Observation) -> date:
    return observation.period.end
