"""The numbers of a measure over time, so that they end where its goal's mood wants them."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from .dates import month_end, months_later, period_of
from .facts import Goal, Metric, Mood, Outcome, Target

PACE: Mapping[Mood, tuple[float, float]] = {
    "ON_TRACK": (0.94, 1.18),
    "AT_RISK": (0.73, 0.87),
    "OFF_TRACK": (0.2, 0.6),
    "OUTDATED": (0.6, 1.0),
    "PENDING": (0.9, 1.1),
    "NO_DATA": (0.9, 1.0),
}
"""Progress divided by the elapsed share of the period, at the last number."""

ENDED: Mapping[Outcome, tuple[float, float]] = {
    "ACHIEVED": (1.0, 1.08),
    "PARTIAL": (0.6, 0.92),
    "MISSED": (0.1, 0.5),
    "DROPPED": (0.2, 0.5),
}
FINE_UNITS = ("days", "working days", "minutes", "points", "hours")


def numbers_of(rng: Random, goal: Goal, metric: Metric, days: Sequence[date], end: date) -> list[float]:
    """A number for each day of report; the last stands for `end`, the day the goal is judged."""
    if metric.direction == "MAINTAIN":
        return _band(rng, metric, goal.mood, len(days))
    return _course(rng, goal, metric, days, end)


def judgments_of(rng: Random, goal: Goal, days: Sequence[date], end: date) -> list[float]:
    """An owner's own estimates of progress, in steps of five percent."""
    whole = Metric("", "%", "INCREASE", 0.0, 100.0)
    shares = _course(rng, goal, whole, days, end)
    rising = [max(shares[: place + 1]) for place in range(len(shares))]
    return [min(1.0, round(share / 5) * 0.05) for share in rising]


def _course(rng: Random, goal: Goal, metric: Metric, days: Sequence[date], end: date) -> list[float]:
    assert metric.baseline is not None
    assert metric.target is not None
    gap = metric.target - metric.baseline
    whole = max(1, (goal.due - goal.start).days)
    reached = min(1.0, (end - goal.start).days / whole)
    low, high = ENDED[goal.outcome] if goal.outcome else PACE[goal.mood]
    first_pace, final_pace = rng.uniform(0.75, 1.15), goal.luck or rng.uniform(low, high)
    numbers: list[float] = []
    for place, day in enumerate(days):
        final = place == len(days) - 1
        share = reached * (day - goal.start).days / max(1, (days[-1] - goal.start).days)
        pace = first_pace + (final_pace - first_pace) * (place + 1) / len(days)
        wobble = 0.0 if final or metric.cumulative else rng.gauss(0, 0.07) * gap
        favor = (goal.mood == "ON_TRACK") if final else None
        number = _tidy(metric, metric.baseline + gap * pace * share + wobble, favor)
        if metric.cumulative and numbers:
            number = max(number, numbers[-1])
        numbers.append(number)
    if metric.cumulative:
        for place in range(len(numbers) - 2, -1, -1):
            numbers[place] = min(numbers[place], numbers[place + 1])
    return numbers


def _tidy(metric: Metric, number: float, favor: bool | None) -> float:
    """As such a measure is reported. favor: rounded for the goal (or against it), not to the nearest."""
    assert metric.baseline is not None
    assert metric.target is not None
    decimals, gap = metric.decimals, metric.target - metric.baseline
    fine = metric.unit_of_measure == "%" and abs(gap) < 15
    fine = fine or (not metric.cumulative and metric.unit_of_measure in FINE_UNITS and abs(gap) < 12)
    if fine:
        decimals = max(decimals, 1)
    step = 10.0**decimals
    if favor is None:
        number = round(number, decimals)
    else:
        number = (math.ceil if favor == (gap > 0) else math.floor)(round(number * step, 6)) / step
    if metric.unit_of_measure == "%":
        number = min(number, 100.0)
    return max(round(number, decimals), 0.0)


def _band(rng: Random, metric: Metric, mood: Mood, count: int) -> list[float]:
    bound = metric.lower if metric.lower is not None else metric.upper or 1.0
    low = metric.lower if metric.lower is not None else bound * 0.6
    high = metric.upper if metric.upper is not None else min(100.0, low * 1.04)
    width = (high - low) or 1.0
    decimals = max(metric.decimals, 1 if width < 6 else 0)
    numbers = [round(rng.uniform(low + width * 0.1, high - width * 0.1), decimals) for _ in range(count)]
    both = metric.lower is not None and metric.upper is not None
    tolerance = width / 2 if both else abs(bound) * 0.1
    past = {"AT_RISK": (0.13, 0.27), "OFF_TRACK": (0.4, 0.8)}.get(mood)
    if past and metric.upper is not None:
        numbers[-1] = round(metric.upper + tolerance * rng.uniform(*past), max(decimals, 1))
    elif past:
        numbers[-1] = round(low - tolerance * rng.uniform(*past), max(decimals, 1))
    return numbers


def quarterly_targets(goal: Goal, metric: Metric) -> list[Target]:
    """Targets for the end of each quarter of the goal's year, evenly spread."""
    assert metric.baseline is not None
    assert metric.target is not None
    found = []
    for quarter in range(1, 5):
        end = month_end(months_later(goal.start, quarter * 3 - 1))
        aimed = metric.baseline + (metric.target - metric.baseline) * quarter / 4
        found.append(Target(period_of(end, "QUARTERLY")[0], end, round(aimed, max(metric.decimals, 1))))
    return found
