"""Expected progress over time, as straight pieces, so that one expression of SQL and its Python twin agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lineofsight.goals.words import Direction

FIRST_DAY = 1
LAST_DAY = 4_000_000  # beyond date.max.toordinal()


@dataclass(frozen=True)
class Piece:
    """From ``from_day`` up to, not including, ``to_day`` (ordinals) expected moves evenly between two values."""

    from_day: int
    to_day: int
    from_value: float
    to_value: float


def elapsed(start: date | None, due: date | None) -> list[Piece]:
    """Expected progress is the elapsed share of the period; all of it after the due date."""
    if due is None:
        return []
    first, last = (start or due).toordinal(), due.toordinal()
    if first >= last:
        return [Piece(last, LAST_DAY, 1.0, 1.0)]
    return [Piece(first, last, 0.0, 1.0), Piece(last, LAST_DAY, 1.0, 1.0)]


def through(points: Sequence[tuple[int, float]], start: date | None) -> list[Piece]:
    """Expected progress runs straight from point to point (day, value), from 0 at ``start``; the last one stays."""
    line = sorted(dict(points).items())
    if not line:
        return []
    first = start.toordinal() if start else line[0][0]
    if first < line[0][0]:
        line.insert(0, (first, 0.0))
    pieces = [Piece(a, b, v, w) for (a, v), (b, w) in pairwise(line)]
    return [*pieces, Piece(line[-1][0], LAST_DAY, line[-1][1], line[-1][1])]


def steps(points: Sequence[tuple[int, float]]) -> list[Piece]:
    """Expected progress jumps at each point (day, value) and stays: milestones."""
    line = sorted(dict(points).items())
    ends = [day for day, _ in line[1:]] + [LAST_DAY]
    return [Piece(day, end, value, value) for (day, value), end in zip(line, ends, strict=True)]


def always(value: float) -> list[Piece]:
    """The same on every day."""
    return [Piece(FIRST_DAY, LAST_DAY, value, value)]


def mean(curves: Sequence[tuple[float, list[Piece]]]) -> list[Piece]:
    """The weighted mean of curves, exact at and between all their corners."""
    curves = [(w, c) for w, c in curves if c and w > 0]
    if not curves:
        return []
    days = sorted({d for _, c in curves for p in c for d in (p.from_day, p.to_day)})
    weight = sum(w for w, _ in curves)
    pieces = []
    for a, b in pairwise(days):
        start = sum(w * at(c, a) for w, c in curves) / weight
        end = sum(w * before(c, b) for w, c in curves) / weight
        pieces.append(Piece(a, b, start, end))
    return pieces


def at(curve: Sequence[Piece], day: int) -> float:
    """What is expected on a day: 0 before the first piece."""
    for p in curve:
        if p.from_day <= day < p.to_day:
            return p.from_value + (p.to_value - p.from_value) * (day - p.from_day) / (p.to_day - p.from_day)
    return 0.0 if not curve or day < curve[0].from_day else 1.0


def before(curve: Sequence[Piece], day: int) -> float:
    """What is expected as a day comes near, from below."""
    for p in curve:
        if p.from_day < day <= p.to_day:
            return p.from_value + (p.to_value - p.from_value) * (day - p.from_day) / (p.to_day - p.from_day)
    return 0.0 if not curve or day <= curve[0].from_day else at(curve, day)


def of_direction(direction: Direction, start: date | None, due: date | None) -> list[Piece]:
    """MAINTAIN is expected throughout, REACH from its due date on, the others with the elapsed share."""
    if direction is Direction.MAINTAIN:
        return always(1.0) if due else []
    if direction is Direction.REACH:
        return [Piece(due.toordinal(), LAST_DAY, 1.0, 1.0)] if due else []
    return elapsed(start, due)
