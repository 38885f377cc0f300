"""Indicators as metrics, and what changed here on the way back."""

import pytest

from lineofsight.exchange.stratml.columns import period_dates, title_of
from lineofsight.exchange.stratml.document import Document
from lineofsight.exchange.stratml.measuring import Measure, measure
from lineofsight.exchange.stratml.reading import read
from lineofsight.goals.models import Metric, MetricTarget, MetricValue
from lineofsight.goals.words import ValueSource
from lineofsight.kernel import clock

from .helpers import Write, give, goal, indicator, objective, plan, take, year
from .plans import content, needs_data


def measured(*instances: str, period: str = "<StartDate>2024-01-01</StartDate>") -> Measure:
    text = plan(goal("G", "_g", objective("O", "_o", indicator("M", "_m", *instances))), period=period)
    document, _ = read(text.encode())
    return measure(document.goals[0].objectives[0].indicators[0], "O", period_dates(document))


def result(kind: str, inside: str) -> str:
    return f"<MeasurementInstance><{kind}>{inside}</{kind}></MeasurementInstance>"


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-04-01", "2024-06-30", "2024-Q2"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-07-29", "2024-08-04", "2024-W31"),
        ("2024-10-01", "2025-09-30", "FY2025"),
        ("2024-07-14", "2024-07-14", "2024-07-14"),
        ("2022-07-01", "2023-06-30", "2023-06-30"),
        ("", "2024-12-31", "2024-12-31"),
        ("2024-12-31", "", "2024-12-31"),
        ("9999-01-01", "9999-12-31", "9999"),
    ],
)
def test_periods(start: str, end: str, period: str) -> None:
    dates = f"<StartDate>{start}</StartDate><EndDate>{end}</EndDate><NumberOfUnits>1</NumberOfUnits>"
    assert [each.period.name for each in measured(result("ActualResult", dates)).observations] == [period]


@pytest.mark.parametrize(
    ("instances", "direction"),
    [
        ([year(2023, "10", status="Baseline"), year(2025, "20")], "INCREASE"),
        ([year(2023, "20", status="Annual Baseline"), year(2025, "10")], "DECREASE"),
        ([year(2023, "5"), year(2025, "3")], "DECREASE"),
        ([year(2023, actual="5"), year(2025, "3")], "DECREASE"),
        ([year(2025, "3")], "INCREASE"),
        ([], "INCREASE"),
        ([year(2025, "3", status="Lower Bound")], "MAINTAIN"),
    ],
)
def test_direction(instances: list[str], direction: str) -> None:
    assert measured(*instances).columns["direction"] == direction


def test_baseline_and_target_of_one_period() -> None:
    found = measured(year(2024, "10", status="Baseline"), year(2024, "20", "12"))
    assert {name: (aim.baseline, aim.target) for name, aim in found.aims.items()} == {"2024": (10.0, 20.0)}
    assert (found.columns["baseline"], found.columns["target"]) == (10.0, 20.0)


def test_text_stays_text() -> None:
    found = measured(
        result("TargetResult", "<Description>A published standard.</Description>"),
        result("ActualResult", "<Description>Draft.</Description><EndDate>2024-05-01</EndDate>"),
        result("ActualResult", "<NumberOfUnits>about 7</NumberOfUnits><EndDate>2024-06-01</EndDate>"),
    )
    assert (found.columns["target"], found.columns["target_text"]) == (None, "A published standard.")
    assert [(each.value, each.text) for each in found.observations] == [(None, "Draft."), (None, "about 7")]


def test_several_results_are_a_history() -> None:
    actuals = "".join(
        f"<ActualResult><EndDate>2024-0{month}-01</EndDate><NumberOfUnits>{month}</NumberOfUnits></ActualResult>"
        for month in (1, 2, 3)
    )
    found = measured(f"<MeasurementInstance>{actuals}</MeasurementInstance>")
    assert [(each.period.name, each.value) for each in found.observations] == [
        ("2024-01-01", 1.0), ("2024-02-01", 2.0), ("2024-03-01", 3.0),
    ]  # fmt: skip


def test_results_without_a_date_have_that_of_their_target_else_of_the_plan() -> None:
    bare = "<NumberOfUnits>4</NumberOfUnits>"
    both = (
        f"<MeasurementInstance><TargetResult><EndDate>2024-05-01</EndDate>{bare}</TargetResult>"
        f"<ActualResult>{bare}</ActualResult></MeasurementInstance>"
    )
    assert [each.period.name for each in measured(both).observations] == ["2024-05-01"]
    assert [each.period.name for each in measured(result("ActualResult", bare)).observations] == ["2024-01-01"]
    nowhere = measured(result("ActualResult", bare), period="")
    assert (nowhere.observations, nowhere.undated) == ([], [(0, 0)])


@needs_data
def test_albania() -> None:
    document, _ = read(content("Albania"))
    first = document.goals[0].objectives[0]
    found = measure(first.indicators[1], title_of(first.name), period_dates(document))
    assert len(found.aims) == len(found.observations) == 23
    assert found.aims["2021"].baseline == 6.73
    assert [(each.period.name, each.value, each.text) for each in found.observations[:2]] == [
        ("2022", None, "..."), ("2021", 4.5, "4.50"),
    ]  # fmt: skip


INSTANCES = (year(2023, "10", "11", status="Baseline"), year(2024, "20", "14.50"), year(2025, "30"))


@pytest.fixture
async def plan_id(write: Write, db: object) -> str:
    source = plan(goal("G", "_g", objective("O", "_o", indicator("M", "_m", *INSTANCES))))
    return (await take(write("a.xml", source))).plans[0].id


def results(document: Document) -> list[tuple[list[str], list[str]]]:
    found = document.goals[0].objectives[0].indicators[0].instances
    return [([each.units for each in one.targets], [each.units for each in one.actuals]) for one in found]


async def test_a_value_recorded_here_goes_out_with_its_period(plan_id: str) -> None:
    metric = await Metric.get()
    for period, end, value, text in (("2025", "2025-12-31", 17.25, "17.25"), ("2026-Q1", "2026-03-31", None, "closed")):
        await MetricValue.create(
            definition_id=metric.definition_id, period=period, period_end=end, value=value, text=text,
            source=ValueSource.MANUAL, recorded_at=clock.now(),
        )  # fmt: skip
    document, losses = await give(plan_id)
    assert results(document) == [(["10"], ["11"]), (["20"], ["14.50"]), (["30"], ["17.25"]), ([], [""])]
    last = document.goals[0].objectives[0].indicators[0].instances[3].actuals[0]
    assert (last.start, last.end, last.description) == ("2026-01-01", "2026-03-31", "closed")
    assert losses.losses == []


async def test_targets_changed_here_go_out_and_come_back(plan_id: str, write: Write) -> None:
    await MetricTarget.filter(period="2024").update(target=25.5)
    await Metric.all().update(stretch=40.0, target=33.0, name="Mass", unit_of_measure="kg")
    document, losses = await give(plan_id)
    assert results(document) == [(["10"], ["11"]), (["25.5"], ["14.50"]), (["30"], []), (["33"], []), (["40"], [])]
    found = document.goals[0].objectives[0].indicators[0]
    assert (found.dimension, found.unit, found.identifier) == ("Mass", "kg", "_m")
    assert losses.losses == []
    from lineofsight.exchange.stratml.exporting import export_plan

    before = await Metric.all().values()
    await take(write("b.xml", (await export_plan(plan_id))[0].decode()))
    after = await Metric.all().values()
    ignored = ("source", "version", "progress", "attainment")
    assert [{k: v for k, v in row.items() if k not in ignored} for row in after] == [
        {k: v for k, v in row.items() if k not in ignored} for row in before
    ]
    assert (await give(plan_id))[0] == document
