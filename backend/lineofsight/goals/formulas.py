"""The formulas of progress, attainment, expected progress and health (GLOSSARY.md, formulas 1 to 4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from lineofsight.goals.words import Direction
from lineofsight.kernel.numbers import clamp


@dataclass(frozen=True)
class Yardstick:
    """What a value is measured against, in the metric's unit of measure."""

    direction: Direction
    baseline: float | None = None
    target: float | None = None
    lower: float | None = None
    upper: float | None = None
    tolerance: float | None = None


def attainment(stick: Yardstick, current: float | None) -> float | None:
    """Share of the way covered, unclamped (formulas 1 and 2); None where it cannot be said."""
    if current is None:
        return None
    if stick.direction is Direction.MAINTAIN:
        return _in_band(stick, current)
    if stick.target is None:
        return None
    if stick.direction is Direction.REACH:
        downward = stick.baseline is not None and stick.baseline > stick.target
        return float(current <= stick.target if downward else current >= stick.target)
    if stick.baseline is None or stick.baseline == stick.target:
        return None
    return (current - stick.baseline) / (stick.target - stick.baseline)


def _in_band(stick: Yardstick, current: float) -> float | None:
    if stick.lower is None and stick.upper is None:
        return None
    if stick.lower is not None and current < stick.lower:
        distance = stick.lower - current
    elif stick.upper is not None and current > stick.upper:
        distance = current - stick.upper
    else:
        return 1.0
    return max(0.0, 1 - distance / _tolerance(stick))


def _tolerance(stick: Yardstick) -> float:
    """How far outside the band counts as nothing: half its width, or a tenth of its one bound, or 1."""
    if stick.tolerance:
        return stick.tolerance
    if stick.lower is not None and stick.upper is not None:
        return (stick.upper - stick.lower) / 2 or 1.0
    bound = stick.lower if stick.lower is not None else stick.upper
    assert bound is not None
    return abs(bound) / 10 or 1.0


def progress(stick: Yardstick, current: float | None) -> float | None:
    """Attainment held between 0 and 1."""
    reached = attainment(stick, current)
    return None if reached is None else clamp(reached)


@dataclass(frozen=True)
class Weighted:
    """A progress that counts with a weight; None has no data and is left out, but told."""

    progress: float | None
    weight: float = 1.0


@dataclass(frozen=True)
class RollUp:
    """Σ w·p ÷ Σ w over those with data, and from how many of how many."""

    progress: float | None
    counted: int
    total: int


def roll_up(parts: Iterable[Weighted]) -> RollUp:
    """Formula 3. Parts of no weight count as with data but move nothing; all weights 0: the plain mean."""
    known = list(parts)
    with_data = [p for p in known if p.progress is not None]
    weight = sum(p.weight for p in with_data)
    if not with_data:
        return RollUp(None, 0, len(known))
    if weight <= 0:
        mean = sum(p.progress or 0.0 for p in with_data) / len(with_data)
    else:
        mean = sum((p.progress or 0.0) * p.weight for p in with_data) / weight
    values = [p.progress or 0.0 for p in with_data]
    mean = min(max(mean, min(values)), max(values))  # rounding never takes a mean out of what it is made of
    return RollUp(mean, len(with_data), len(known))
