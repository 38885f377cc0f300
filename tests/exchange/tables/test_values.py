"""Cells read honestly: numbers where they are some, text otherwise."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.exchange.tables import dates, values
from lineofsight.exchange.tables.workbook import Percent
from lineofsight.goals.periods import parse_period


@pytest.mark.parametrize(
    ("cell", "number", "unit"),
    [
        ("4,000.5", 4000.5, None),
        ("4.000,5", 4000.5, None),
        ("1 234", 1234, None),
        ("1'234.5", 1234.5, None),
        ("1,234,567", 1234567, None),
        ("1,5", 1.5, None),
        ("1.234", 1.234, None),
        (".5", 0.5, None),
        ("-12", -12, None),
        ("\u221212", -12, None),
        ("(1,234)", -1234, None),
        ("1e5", 1e5, None),
        ("85%", 85, "%"),
        ("50 percent", 50, "%"),
        ("$1.2M", 1.2e6, "$"),
        ("£3bn", 3e9, "£"),
        ("-$5", -5, "$"),
        ("5 million", 5e6, None),
        (7, 7, None),
        (0.1, 0.1, None),
        (Percent(0.85), 85, "%"),
    ],
)
def test_numbers(cell: values.Cell, number: float, unit: str | None) -> None:
    found = values.amount(cell)
    assert found.value == pytest.approx(number)
    assert found.unit == unit
    assert found.text


@pytest.mark.parametrize(
    "cell", ["<5", "TBD", "N/A", "~5", "5M", "5 m", "--5", "2018-09", "nan", "inf", "1e999", "12/5"]
)
def test_what_is_no_number_keeps_its_text(cell: str) -> None:
    found = values.amount(cell)
    assert (found.value, found.text, found.is_text) == (None, cell, True)


@pytest.mark.parametrize("cell", ["#REF!", "#n/a", "#DIV/0!", "", "   ", None])
def test_nothing_and_what_a_spreadsheet_left_behind_are_no_value(cell: str | None) -> None:
    found = values.amount(cell)
    assert (found.value, found.text) == (None, None)
    assert found.debris is bool(cell and cell.strip())


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [("80-85%", 80, 85), ("80% \u2013 85%", 80, 85), ("5 to 7", 5, 7), ("between 3 and 5", 3, 5)],
)
def test_ranges_stay_text_with_their_ends_known(cell: str, low: float, high: float) -> None:
    found = values.amount(cell)
    assert (found.value, found.text, found.low, found.high) == (None, cell, low, high)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.none()))
def test_every_cell_can_be_read(cell: values.Cell) -> None:
    found = values.amount(cell)
    assert found.value is None or math.isfinite(found.value)
    values.text(cell), values.one_line(cell), values.key(cell), dates.date(cell)
    period = dates.period(cell)
    if period is not None:
        assert parse_period(period).name == period


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_survives_its_text(number: float) -> None:
    assert values.amount(values.text(number)).value == pytest.approx(number, rel=1e-9)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-09-30", "2026-09-30"),
        ("2026-09-30T08:00:00Z", "2026-09-30"),
        ("17-06-2013", "2013-06-17"),
        ("05-02-2016", "2016-02-05"),
        ("05/02/2016", "2016-05-02"),
        ("30 Sep 2023", "2023-09-30"),
        ("September 30, 2023", "2023-09-30"),
        ("Friday, 1 March 2024", "2024-03-01"),
        ("1 de marzo de 2024", "2024-03-01"),
        (datetime.datetime(2024, 3, 1, 9), "2024-03-01"),
    ],
)
def test_dates(cell: values.Cell, day: str) -> None:
    assert str(dates.date(cell)) == day


def test_a_column_tells_the_order_of_day_and_month() -> None:
    assert dates.order_of(["05/02/2016", "17/06/2013"]) == "day first"
    assert dates.order_of(["05/02/2016", "06/17/2013"]) == "month first"
    assert str(dates.date("05/02/2016", "day first")) == "2016-02-05"


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2025", "2025"),
        ("FY18", "FY2018"),
        ("FY 2022 Q1", "FY2022-Q1"),
        ("Q1 FY22", "FY2022-Q1"),
        ("2025Q3", "2025-Q3"),
        ("2025-07", "2025-07"),
        ("2025-W31", "2025-W31"),
        ("2025-W53", None),
        ("2025-02-30", None),
        ("Sep 30, 2023", "2023-09-30"),
        ("soon", None),
    ],
)
def test_periods(cell: str, period: str | None) -> None:
    assert dates.period(cell) == period


def test_bare_years_may_be_fiscal() -> None:
    assert dates.period("2018", fiscal=True) == "FY2018"
    assert dates.period("2018-Q2", fiscal=True) == "FY2018-Q2"
