"""The fixed formulas of GLOSSARY.md by their examples: progress, bands, reaching, roll-up, pace, periods."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.goals import formulas, pace
from lineofsight.goals.formulas import Weighted, Yardstick
from lineofsight.goals.models import Cadence, Direction
from lineofsight.goals.periods import BadPeriod, parse_period, period_of
from lineofsight.settings import settings

pytestmark = pytest.mark.requirement("A3")

INCREASE, DECREASE, MAINTAIN, REACH = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN, Direction.REACH


@pytest.mark.parametrize(
    ("stick", "current", "attained", "progress"),
    [
        (Yardstick(INCREASE, 10, 20), 15, 0.5, 0.5),
        (Yardstick(INCREASE, 10, 20), 5, -0.5, 0.0),
        (Yardstick(INCREASE, 10, 20), 30, 2.0, 1.0),
        (Yardstick(DECREASE, 40, 20), 30, 0.5, 0.5),
        (Yardstick(DECREASE, 40, 20), 50, -0.5, 0.0),
        (Yardstick(DECREASE, 40, 20), 10, 1.5, 1.0),
        (Yardstick(INCREASE, None, 20), 15, None, None),
        (Yardstick(INCREASE, 20, 20), 20, None, None),  # never divided
        (Yardstick(INCREASE, 10, None), 15, None, None),
        (Yardstick(INCREASE, 10, 20), None, None, None),
        (Yardstick(INCREASE, -10, 10), 0, 0.5, 0.5),
        (Yardstick(REACH, None, 5), 5, 1.0, 1.0),
        (Yardstick(REACH, None, 5), 4.99, 0.0, 0.0),
        (Yardstick(REACH, 10, 5), 5, 1.0, 1.0),
        (Yardstick(REACH, 10, 5), 6, 0.0, 0.0),
        (Yardstick(REACH, 10, None), 6, None, None),
        (Yardstick(MAINTAIN, lower=10, upper=20), 10, 1.0, 1.0),
        (Yardstick(MAINTAIN, lower=10, upper=20), 20, 1.0, 1.0),
        (Yardstick(MAINTAIN, lower=10, upper=20), 22.5, 0.5, 0.5),  # half the band's width is nothing
        (Yardstick(MAINTAIN, lower=10, upper=20), 25, 0.0, 0.0),
        (Yardstick(MAINTAIN, lower=10, upper=20), 99, 0.0, 0.0),
        (Yardstick(MAINTAIN, upper=20), 21, 0.5, 0.5),  # one bound: a tenth of it
        (Yardstick(MAINTAIN, lower=-20), -21, 0.5, 0.5),
        (Yardstick(MAINTAIN, upper=0), 0.5, 0.5, 0.5),  # 1 where that is 0
        (Yardstick(MAINTAIN, lower=5, upper=5), 5, 1.0, 1.0),
        (Yardstick(MAINTAIN, lower=5, upper=5), 5.5, 0.5, 0.5),
        (Yardstick(MAINTAIN, lower=10, upper=20, tolerance=10), 25, 0.5, 0.5),
        (Yardstick(MAINTAIN), 25, None, None),
    ],
)
def test_attainment_and_progress(
    stick: Yardstick, current: float | None, attained: float | None, progress: float | None
) -> None:
    assert formulas.attainment(stick, current) == (None if attained is None else pytest.approx(attained))
    assert formulas.progress(stick, current) == (None if progress is None else pytest.approx(progress))


NUMBERS = st.one_of(st.none(), st.floats(-1e9, 1e9))


@given(st.sampled_from(list(Direction)), NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_progress_is_a_share_or_nothing(
    direction: Direction,
    base: float | None,
    target: float | None,
    low: float | None,
    up: float | None,
    now: float | None,
) -> None:
    if low is not None and up is not None and low > up:
        low, up = up, low
    reached = formulas.progress(Yardstick(direction, base, target, low, up), now)
    assert reached is None or 0 <= reached <= 1
    assert now is not None or reached is None


@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 1)), st.floats(0, 100))))
def test_a_roll_up_is_a_mean_of_what_has_data(parts: list[tuple[float | None, float]]) -> None:
    made = formulas.roll_up(Weighted(p, w) for p, w in parts)
    known = [p for p, _ in parts if p is not None]
    assert (made.counted, made.total) == (len(known), len(parts))
    assert (made.progress is None) == (not known)
    if made.progress is not None:
        assert min(known) - 1e-9 <= made.progress <= max(known) + 1e-9


def test_roll_up_by_example() -> None:
    """62%, from 7 of 10."""
    parts = [Weighted(0.62)] * 7 + [Weighted(None)] * 3
    made = formulas.roll_up(parts)
    assert (round(made.progress or 0, 2), made.counted, made.total) == (0.62, 7, 10)
    assert formulas.roll_up([Weighted(1.0, 3), Weighted(0.0, 1)]).progress == 0.75
    assert formulas.roll_up([Weighted(0.2, 0), Weighted(0.4, 0)]).progress == pytest.approx(0.3)


START, DUE = date(2026, 1, 1), date(2026, 12, 31)
DAYS = [START + timedelta(days=n) for n in range(-40, 420, 13)]


def test_expected_progress_is_the_elapsed_share() -> None:
    curve = pace.elapsed(START, DUE)
    assert pace.at(curve, START.toordinal()) == 0
    assert pace.at(curve, DUE.toordinal()) == 1
    assert pace.at(curve, (START + timedelta(days=182)).toordinal()) == pytest.approx(0.5, abs=0.01)
    assert pace.at(curve, (START - timedelta(days=9)).toordinal()) == 0
    assert pace.at(pace.elapsed(None, DUE), DUE.toordinal()) == 1
    assert pace.elapsed(START, None) == []


def test_what_each_direction_expects() -> None:
    for day in DAYS:
        assert pace.at(pace.of_direction(MAINTAIN, START, DUE), day.toordinal()) == 1
        assert pace.at(pace.of_direction(REACH, START, DUE), day.toordinal()) == float(day >= DUE)


POINT = st.tuples(st.integers(730_000, 730_400), st.floats(0, 1))
POINTS = st.lists(POINT, min_size=1, max_size=6, unique_by=lambda point: point[0])


@given(st.lists(st.tuples(st.floats(0.1, 10), POINTS), min_size=1, max_size=4), st.integers(729_990, 730_410))
def test_the_mean_of_curves_is_the_mean_on_every_day(
    parts: list[tuple[float, list[tuple[int, float]]]], day: int
) -> None:
    kinds = [pace.steps, lambda points: pace.through(points, None)]
    curves = [(weight, kinds[n % 2](points)) for n, (weight, points) in enumerate(parts)]
    whole = sum(weight for weight, _ in curves)
    expected = sum(weight * pace.at(curve, day) for weight, curve in curves) / whole
    assert pace.at(pace.mean(curves), day) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2025-07", "2025-07-01", "2025-07-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-W31", "2025-07-28", "2025-08-03"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2025-07-14", "2025-07-14", "2025-07-14"),
        ("FY2025", "2024-10-01", "2025-09-30"),
        ("FY2025-Q1", "2024-10-01", "2024-12-31"),
        ("FY2025-Q3", "2025-04-01", "2025-06-30"),
        (" 2025 ", "2025-01-01", "2025-12-31"),
    ],
)
def test_periods(text: str, start: str, end: str) -> None:
    period = parse_period(text)
    assert (period.start.isoformat(), period.end.isoformat(), period.name) == (start, end, text.strip())


@pytest.mark.parametrize(
    "text",
    ["", "25", "2025-13", "2025-Q5", "2025-W54", "2025-02-30", "FY2025-07", "FY2025-W01", "0000", "2025/07", "soon"],
)
def test_what_names_no_period(text: str) -> None:
    with pytest.raises(BadPeriod):
        parse_period(text)


@pytest.mark.parametrize(
    ("first", "start"), [(1, "2025-01-01"), (4, "2024-04-01"), (7, "2024-07-01"), (12, "2024-12-01")]
)
def test_the_fiscal_year_begins_where_the_agency_says(first: int, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINEOFSIGHT_FISCAL_YEAR_START", str(first))
    settings.cache_clear()
    assert parse_period("FY2025").start.isoformat() == start
    assert (parse_period("FY2025-Q4").end - parse_period("FY2025").end).days == 0


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(list(Cadence)))
def test_each_day_falls_into_its_period(day: date, cadence: Cadence) -> None:
    period = period_of(day, cadence)
    assert period.start <= day <= period.end
    assert parse_period(period.name) == period
    assert not math.isnan(period.end.toordinal())
