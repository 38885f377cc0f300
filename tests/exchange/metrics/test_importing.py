"""Metrics from performance reports: real ones where they are here, and small dirty ones."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from lineofsight.exchange.metrics.importing import import_metrics
from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.tables.values import one_line
from lineofsight.goals import formulas, linking, measuring, progress
from lineofsight.goals.models import Alignment, Contributor, Goal, Metric, MetricTarget, MetricValue
from lineofsight.goals.words import Direction, GoalLevel, ValueSource
from lineofsight.kernel import clock
from lineofsight.kernel.events import COMMAND_LINE
from lineofsight.kernel.models import ExternalRef
from tests.exchange.data import shared


async def run(*paths: Path, **options: Any) -> ImportReport:
    return await import_metrics(paths, actor=COMMAND_LINE, **options)


async def attainment(value: MetricValue) -> float | None:
    """A value held against the aims in force for its period, as the graph does it."""
    definition: int = value.definition_id  # type: ignore[attr-defined]
    (metric,) = await Metric.filter(definition_id=definition).values()
    targets = (await measuring.targets_of([metric["id"]])).get(metric["id"], [])
    target: Mapping[str, Any] | None = next((t for t in targets if t["period"] == value.period), None)
    first = (await measuring.first_values([definition])).get(definition)
    return formulas.attainment(measuring.yardstick(metric, target, first), value.value)


@pytest.mark.requirement("C4.1")
@pytest.mark.usefixtures("db")
async def test_gsa_report_becomes_goals_objectives_and_metrics_by_fiscal_year() -> None:
    path = shared("gsa-apr", "FY2018 APR_Complete_Data.csv")
    report = await run(path, profile="gsa-apr")
    assert report.errors == []
    assert dict(+report.created) == {
        "goal": 15,
        "alignment": 11,
        "metric": 28,
        "metric target": 134,
        "metric value": 129,
    }
    assert await Goal.filter(level=GoalLevel.STRATEGIC_GOAL).count() == 4
    vacant = await Metric.get(name="Percent of vacant space in inventory").select_related("goal")
    assert vacant.direction is Direction.DECREASE
    assert vacant.goal.level is GoalLevel.STRATEGIC_OBJECTIVE
    values = {value.period: value for value in await MetricValue.filter(definition_id=vacant.definition_id)}  # type: ignore[attr-defined]
    assert (values["FY2018"].value, values["FY2018"].text) == (0.033, "0.033")
    assert values["FY2018"].source is ValueSource.IMPORT
    assert "FY2019" not in values
    targets = {target.period: target.target for target in await MetricTarget.filter(metric_id=vacant.id)}
    assert (targets["FY2011"], targets["FY2020"]) == (0.032, 0.03)
    leased = await Metric.get(name__startswith="Percent of leased revenue")
    assert (leased.direction, leased.lower_bound, leased.upper_bound) == (Direction.MAINTAIN, 0, 0.02)
    assert await linking.verify() == []
    assert await progress.verify() == []
    again = await run(path, profile="gsa-apr")
    assert (+again.created, +again.changed) == ({}, {})
    assert +again.unchanged == +report.created


@pytest.mark.requirement("C4.1")
@pytest.mark.usefixtures("db")
async def test_attainment_agrees_with_every_numeric_row_of_performance_gov() -> None:
    goals, targets = shared("performance-gov", "goals.json"), shared("performance-gov", "target.json")
    report = await run(goals, targets, profile="performance-gov")
    assert report.errors == []
    system = await ExternalRef.filter(kind="GOAL").values_list("key", "row_id")
    goal_of = dict(system)
    compared = 0
    for row in json.loads(targets.read_text(encoding="utf-8")):
        if row["indicator_type"] not in ("Measurable increase", "Measurable decrease"):
            continue
        if not all(row[name] for name in ("value_start", "value_target", "value_current", "progress_pct")):
            continue
        metric = await Metric.get(goal_id=goal_of[row["related_goal_id"]], name=one_line(row["indicator"]))
        value = await MetricValue.get(
            definition_id=metric.definition_id,  # type: ignore[attr-defined]
            period=f"FY{row['fiscal_yr']}-Q{row['fiscal_qtr']}",
            superseded=False,
        )
        assert value.value == float(row["value_current"])
        assert await attainment(value) == pytest.approx(float(row["progress_pct"]), abs=1e-8)
        compared += 1
    assert compared == 195


@pytest.mark.usefixtures("db")
async def test_performance_gov_goals_owners_and_contributors() -> None:
    goals, targets = shared("performance-gov", "goals.json"), shared("performance-gov", "target.json")
    with clock.at("2023-03-01"):
        report = await run(targets, goals, profile="performance-gov")  # whatever their order
        again = await run(goals, targets, profile="performance-gov")
    assert report.errors == []
    assert (+again.created, +again.changed) == ({}, {})
    assert +again.unchanged == +report.created
    assert (report.created["goal"], report.created["metric"], report.created["unit"]) == (173 + 41, 99, 11)
    ref = await ExternalRef.get(kind="GOAL", key="006APG2201")
    joint = await Goal.get(id=ref.row_id).select_related("owner_unit")
    assert joint.owner_unit.name == "Department of Commerce"
    assert (str(joint.start_date), str(joint.due_date)) == ("2021-10-01", "2023-09-30")
    (contributor,) = await Contributor.filter(goal_id=joint.id).select_related("unit")
    assert contributor.unit.name == "Department of Agriculture"
    assert (await ExternalRef.get(kind="GOAL", key="006005JPG01")).row_id == joint.id
    ref = await ExternalRef.get(kind="GOAL", key="006SG2211")
    objective = await Goal.get(id=ref.row_id).select_related("primary_parent")
    assert objective.title == "Revitalize U.S. manufacturing and strengthen domestic supply chains"
    assert objective.primary_parent.title == "Drive U.S. Innovation and Global Competitiveness"
    assert objective.primary_parent.level is GoalLevel.STRATEGIC_GOAL
    codes = {warning.code for warning in report.warnings}
    assert codes == {"spreadsheet-error", "direction-unknown", "damaged-text", "duplicate-row"}
    assert await linking.verify() == []
    assert await progress.verify() == []


DIRTY = """Report of the year;;;;;;;
;;;;;;;
Strategic goal;KPI;Fiscal Year;Target;Actual;Min;Max;Desired direction
Roads;Potholes filled;2024;80-85%;81%;;;Up
Roads;Potholes filled;FY25;TBD;<5;;;Up
Roads;Potholes filled;2025;90;88;;;Up
roads.;Noise;2025;;#REF!;40;60;With in Range
Roads;Crashes;2025;1,200;1.300;;;sideways
Roads;;2025;1;1;;;
Roads;Crashes;soon;1;1;;;
"""


@pytest.mark.usefixtures("db")
async def test_a_dirty_table_lists_every_error_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dirty.csv"
    path.write_text(DIRTY, encoding="utf-8")
    report = await run(path)
    assert [(error.line, error.code) for error in report.errors] == [(9, "missing-name"), (10, "unreadable-period")]
    assert await Goal.all().count() == 0


@pytest.mark.usefixtures("db")
async def test_what_is_no_number_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "dirty.csv"
    path.write_text("\n".join(DIRTY.splitlines()[:8]) + "\n", encoding="utf-8")
    report = await run(path)
    assert report.errors == []
    assert {(warning.line, warning.code) for warning in report.warnings} == {
        (4, "direction-read"),
        (4, "kept-as-text"),
        (5, "kept-as-text"),
        (6, "duplicate-row"),
        (7, "direction-read"),
        (7, "spelled-differently"),
        (7, "spreadsheet-error"),
        (8, "direction-unknown"),
    }
    potholes = await Metric.get(name="Potholes filled")
    targets = {t.period: (t.target, t.target_text) for t in await MetricTarget.filter(metric_id=potholes.id)}
    assert targets == {"FY2024": (None, "80-85%"), "FY2025": (None, "TBD")}
    values = await MetricValue.filter(definition_id=potholes.definition_id).order_by("period")  # type: ignore[attr-defined]
    assert [(v.period, v.value, v.text) for v in values] == [("FY2024", 81, "81%"), ("FY2025", None, "<5")]
    noise = await Metric.get(name="Noise")
    assert (noise.direction, noise.lower_bound, noise.upper_bound) == (Direction.MAINTAIN, 40, 60)
    crashes = await Metric.get(name="Crashes")
    assert crashes.target == 1200


@pytest.mark.usefixtures("db")
async def test_a_corrected_value_supersedes_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("Goal,KPI,Period,Target,Actual\nRoads,Crashes,2025-Q1,10,7\n", encoding="utf-8")
    await run(path)
    path.write_text("Goal,KPI,Period,Target,Actual\nRoads,Crashes,2025-Q1,12,8\n", encoding="utf-8")
    report = await run(path)
    assert dict(+report.changed) == {"metric": 1, "metric target": 1, "metric value": 1}
    values = await MetricValue.all().order_by("id")
    assert [(v.value, v.superseded) for v in values] == [(7, True), (8, False)]
    assert (await Metric.get(name="Crashes")).current == 8
    assert await progress.verify() == []


@pytest.mark.usefixtures("db")
async def test_broken_json_is_one_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "goals.json"
    path.write_text('[\n {"goal_id": "1"},\n {"goal_id": \n]', encoding="utf-8")
    report = await run(path, profile="performance-gov")
    assert [(error.file, error.line, error.code) for error in report.errors] == [(str(path), 3, "unreadable-file")]
    path.write_text('[{"a": 1}]', encoding="utf-8")
    (error,) = (await run(path, profile="performance-gov")).errors
    assert error.code == "wrong-header"
    assert "goal_id" in error.message


@pytest.mark.usefixtures("db")
async def test_an_unknown_profile_or_unit_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("Goal,KPI,Period,Target\nRoads,Crashes,2025,10\n", encoding="utf-8")
    assert [e.code for e in (await run(path, profile="nope")).errors] == ["unknown-profile"]
    assert [e.code for e in (await run(path, unit_code="nope")).errors] == ["unknown-unit"]
    assert await Alignment.all().count() == 0
