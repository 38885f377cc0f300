"""Metrics back to indicators: verbatim what nobody touched, edits and later values as new or changed results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from lineofsight.goals.models import Metric, MetricDefinition, MetricTarget, MetricValue
from lineofsight.goals.periods import parse_period
from lineofsight.goals.words import ValueSource

from .columns import period_dates
from .document import Document, Indicator, Instance, Relationship, Result
from .grammar import is_decimal
from .measuring import LIMITS, Measure, Place, aimed, measure
from .stored import KEY, kept
from .tally import Tally


@dataclass(slots=True)
class Measured:
    """A metric with its definition, targets by period and observations, as they stand."""

    metric: Metric
    definition: MetricDefinition
    targets: list[MetricTarget] = field(default_factory=list)
    values: list[MetricValue] = field(default_factory=list)


async def load(goal_ids: Sequence[int]) -> dict[int, list[Measured]]:
    """The metrics of each goal, in their order."""
    found: dict[int, list[Measured]] = {}
    by_metric: dict[int, Measured] = {}
    by_definition: dict[int, list[Measured]] = {}
    for keys in _batches(goal_ids):
        for metric in await Metric.filter(goal_id__in=keys).order_by("ordinal", "id").prefetch_related("definition"):
            each = Measured(metric, metric.definition)
            found.setdefault(metric.goal_id, []).append(each)
            by_metric[metric.id] = each
            by_definition.setdefault(each.definition.id, []).append(each)
    for keys in _batches(by_metric):
        for target in await MetricTarget.filter(metric_id__in=keys).order_by("period_end", "id"):
            by_metric[target.metric_id].targets.append(target)
    for keys in _batches(by_definition):
        for value in await MetricValue.filter(definition_id__in=keys).order_by("period_end", "id"):
            for each in by_definition[value.definition_id]:
                each.values.append(value)
    return found


def _batches(keys: Iterable[int]) -> Iterable[list[int]]:
    everything = list(keys)
    return (everything[start : start + 900] for start in range(0, len(everything), 900))


def indicator(
    given: Measured,
    goal_title: str,
    document: Document,
    relationships: tuple[Relationship, ...],
    identifier: str,
    tally: Tally,
) -> Indicator:
    """The indicator a metric is. `goal_title`: the title its goal had when it was imported; `document`: what
    the plan's document said; `identifier`: for a metric that has none of its own.
    """
    metric = given.metric
    element = kept(Indicator, metric.source)
    around = period_dates(document)
    was = measure(element, goal_title, around) if element else Measure({})
    says = element or Indicator(
        identifier=identifier, other_information=given.definition.description or "", type="Quantitative"
    )
    results = _Results(says, was)
    _targets(given, results)
    _limits(metric, results)
    _values(given, results)
    said = replace(
        says,
        dimension=says.dimension if was.columns.get("name") == metric.name else metric.name,
        unit=says.unit if element and was.columns["unit_of_measure"] == metric.unit_of_measure
        else metric.unit_of_measure or "",
        relationships=relationships,
        instances=results.instances(),
    )  # fmt: skip
    _lost(metric, measure(said, goal_title, around), tally)
    return said


class _Results:
    """The results of an indicator while they are brought up to date."""

    def __init__(self, element: Indicator, was: Measure) -> None:
        self.was = was
        self._rows = [(list(each.targets), list(each.actuals)) for each in element.instances]

    def instances(self) -> tuple[Instance, ...]:
        return tuple(Instance(tuple(targets), tuple(actuals)) for targets, actuals in self._rows)

    def target(self, place: Place | None) -> Result | None:
        return self._rows[place[0]][0][place[1]] if place else None

    def put_target(self, place: Place, result: Result) -> None:
        self._rows[place[0]][0][place[1]] = result

    def add_target(self, result: Result, near: Place | None = None) -> None:
        if near:
            self._rows[near[0]][0].append(result)
        else:
            self._rows.append(([result], []))

    def add_actual(self, result: Result, near: Place | None = None) -> None:
        if near:
            self._rows[near[0]][1].append(result)
            return
        for targets, actuals in self._rows:
            if any((each.start, each.end) == (result.start, result.end) for each in targets):
                actuals.append(result)
                return
        self._rows.append(([], [result]))


def _targets(given: Measured, results: _Results) -> None:
    for row in given.targets:
        aim = results.was.aims.get(row.period)
        stands = {name: getattr(row, name) for name in ("baseline", "target", "target_text")}
        old = aimed(aim) if aim else dict.fromkeys(stands)
        near = (aim.place or aim.baseline_place) if aim else None
        if (stands["target"], stands["target_text"]) != (old["target"], old["target_text"]):
            _set(
                results,
                aim.place if aim else None,
                near,
                row.period,
                stands["target"],
                stands["target_text"],
                "",
            )
        if stands["baseline"] != old["baseline"]:
            place = aim.baseline_place if aim else None
            _set(results, place, near, row.period, stands["baseline"], None, "Baseline")
        for column in ("lower_bound", "upper_bound"):
            if (bound := getattr(row, column)) is not None:
                _set(results, None, near, row.period, bound, None, _STATUS[column])


_STATUS = {"baseline": "Baseline", "target": ""} | {column: status.capitalize() for status, column in LIMITS.items()}


def _limits(metric: Metric, results: _Results) -> None:
    """What the metric as a whole aims at, where it is not what the document says."""
    old, places = results.was.columns, results.was.undated_places()
    for column, status in _STATUS.items():
        number = getattr(metric, column)
        text = metric.target_text if column == "target" else None
        old_text = old.get("target_text") if column == "target" else None
        if (number, text) == (old.get(column), old_text):
            continue
        _set(results, places.get(column), None, None, number, text, status)


def _set(
    results: _Results,
    place: Place | None,
    near: Place | None,
    period: str | None,
    number: float | None,
    text: str | None,
    status: str,
) -> None:
    """Write a target over the one it came from, else beside the others of its period, else as a new one."""
    units = "" if number is None else written(number)
    if place and (result := results.target(place)):
        description = result.description if number is not None or not text else text
        results.put_target(place, replace(result, units=units, description=description if number or text else ""))
    elif number is not None or text:
        start, end = span(period)
        descriptor = ("Status", status) if status else ("", "")
        results.add_target(Result(start, end, units, *descriptor, text or ""), near)


def _values(given: Measured, results: _Results) -> None:
    said = {(each.period.name, each.text if each.value is None else each.value) for each in results.was.observations}
    for row in given.values:
        from_document = row.source is ValueSource.IMPORT and KEY in (row.details or {})
        if row.superseded or from_document or (row.period, row.text if row.value is None else row.value) in said:
            continue
        start, end = span(row.period)
        text = row.text or ""
        units = "" if row.value is None else text if is_decimal(text) else written(row.value)
        aim = results.was.aims.get(row.period)
        near = (aim.place or aim.baseline_place) if aim else None
        results.add_actual(Result(start, end, units, description="" if text == units else text), near)


def span(period: str | None) -> tuple[str, str]:
    """First and last day of a period, as dates are written."""
    if period is None:
        return "", ""
    days = parse_period(period)
    return days.start.isoformat(), days.end.isoformat()


def written(number: float) -> str:
    """A number as xs:decimal has it: no exponent, no needless zeros."""
    if number.is_integer():
        return str(int(number))
    text = repr(number)
    return text if "e" not in text else f"{number:.17f}".rstrip("0")


def _lost(metric: Metric, says: Measure, tally: Tally) -> None:
    if says.columns["direction"] is not metric.direction:
        tally.add("direction", "measures whose direction cannot be read off their numbers")
    if metric.weight_bp is not None:
        tally.add("metric-weight", "measures with a weight")
    if metric.tolerance is not None:
        tally.add("tolerance", "measures with a tolerance")
