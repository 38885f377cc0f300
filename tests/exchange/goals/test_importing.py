"""Goals from spreadsheets, as exports of goal-setting products have them."""

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lineofsight.exchange.goals.importing import import_goals
from lineofsight.exchange.people.importing import import_people
from lineofsight.exchange.report import ImportReport
from lineofsight.goals import linking, progress
from lineofsight.goals.models import Alignment, Goal, Metric, MetricValue
from lineofsight.goals.words import Direction, GoalLevel, GoalOutcome, GoalStatus
from lineofsight.kernel import clock
from lineofsight.kernel.events import COMMAND_LINE

STAFF = """Employee ID,Name,Email,Manager ID,Department
1,Ada Okafor,ada@example.gov,,Permits
2,Bo Lindqvist,bo@example.gov,1,Permits
3,Cy Duarte,cy@example.gov,1,Parks
4,Cy Duarte,cy2@example.gov,1,Parks
"""
GOALS = """\
Goal ID,Goal Title,Owner,Owner Email,Parent Goal,Key Result,Start Value,Target Value,Current Value,Due Date,Weight,\
Status
G1,Faster permits,Permits,,,Median days,30,15,24,2026-12-31,,On track
G2,Answer in ten days,,ada@example.gov,G1,Share answered in ten days,40%,90%,65%,2026-09-30,60,At risk
G3,Clear the backlog,Bo Lindqvist,,Answer in ten days,Open cases,"1,200",200,700,2026-06-30,40,
G4,Publish the guide,Bo Lindqvist,,Answer in ten days,,,,,TBD,60,Completed
G5,Find out,Cy Duarte,,nowhere,Mood,,better,"<5",,,
G6,Go round,nobody,,G7,,,,,,,
G7,Go round again,,,G6,,,,,,,
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


async def run(path: Path, text: str, **options: Any) -> ImportReport:
    return await import_goals([written(path, text)], actor=COMMAND_LINE, **options)


@pytest.fixture
def staff_file(tmp_path: Path) -> Path:
    return written(tmp_path / "staff.csv", STAFF)


@pytest.fixture
async def staff(db: object, staff_file: Path) -> None:
    assert not (await import_people([staff_file], actor=COMMAND_LINE)).errors


@pytest.mark.requirement("C4.1")
@pytest.mark.usefixtures("staff")
async def test_a_spreadsheet_of_goals_becomes_goals_with_owners_parents_and_measures(tmp_path: Path) -> None:
    with clock.at("2026-05-01"):
        report = await run(tmp_path / "goals.csv", GOALS)
    assert report.errors == []
    assert report.created["goal"] == 7
    goals = {goal.title: goal for goal in await Goal.all().select_related("owner_person", "owner_unit")}
    assert goals["Faster permits"].owner_unit.name == "Permits"
    assert goals["Faster permits"].level is GoalLevel.UNIT
    assert goals["Answer in ten days"].owner_person.name == "Ada Okafor"
    assert goals["Answer in ten days"].weight_bp == 6000
    assert goals["Publish the guide"].status is GoalStatus.CLOSED
    assert goals["Publish the guide"].outcome is GoalOutcome.ACHIEVED
    assert goals["Find out"].owner_unit.code == "agency"
    parents = {
        (edge.child.title, edge.parent.title)
        for edge in await Alignment.filter(valid_to=None).select_related("child", "parent")
    }
    assert parents == {
        ("Answer in ten days", "Faster permits"),
        ("Clear the backlog", "Answer in ten days"),
        ("Publish the guide", "Answer in ten days"),
        ("Go round again", "Go round"),
    }
    metric = await Metric.get(name="Open cases")
    assert (metric.direction, metric.baseline, metric.target, metric.current) == (Direction.DECREASE, 1200, 200, 700)
    assert metric.progress == pytest.approx(0.5)
    mood = await Metric.get(name="Mood")
    assert (mood.target, mood.target_text) == (None, "better")
    value = await MetricValue.get(definition_id=mood.definition_id)  # type: ignore[attr-defined]
    assert (value.value, value.text) == (None, "<5")
    assert await linking.verify() == []
    assert await progress.verify() == []


@pytest.mark.usefixtures("staff")
async def test_everything_odd_is_warned_of_with_its_line(tmp_path: Path) -> None:
    report = await run(tmp_path / "goals.csv", GOALS)
    assert {(warning.line, warning.code) for warning in report.warnings} == {
        (5, "unreadable-date"),
        (3, "weights-not-100"),
        (4, "weights-not-100"),
        (6, "parent-missing"),
        (6, "owner-unknown"),
        (6, "kept-as-text"),
        (7, "owner-unknown"),
        (7, "cycle-cut"),
    }
    (circle,) = [warning.message for warning in report.warnings if warning.code == "cycle-cut"]
    assert "Go round → Go round again → Go round" in circle


@pytest.mark.usefixtures("staff")
async def test_twice_changes_nothing_even_on_another_day(tmp_path: Path) -> None:
    with clock.at("2026-05-01"):
        first = await run(tmp_path / "goals.csv", GOALS)
    with clock.at("2026-05-02"):
        again = await run(tmp_path / "goals.csv", GOALS)
    assert +again.created == {}
    assert +again.changed == {}
    assert +again.unchanged == +first.created
    assert again.warnings == first.warnings


@pytest.mark.usefixtures("staff")
async def test_a_changed_row_changes_its_goal_and_moves_it(tmp_path: Path) -> None:
    await run(tmp_path / "goals.csv", GOALS)
    moved = GOALS.replace("Clear the backlog,Bo Lindqvist,,Answer in ten days", "Clear it all,Ada Okafor,,G1")
    report = await run(tmp_path / "goals.csv", moved.replace(",700,", ",600,"))
    assert dict(+report.changed) == {"goal": 1, "alignment": 1, "metric value": 1}
    goal = await Goal.get(title="Clear it all").select_related("owner_person", "primary_parent")
    assert goal.owner_person.name == "Ada Okafor"
    assert goal.primary_parent.title == "Faster permits"
    assert await linking.verify() == []
    assert await progress.verify() == []


@pytest.mark.usefixtures("staff")
async def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    dry = await run(tmp_path / "goals.csv", GOALS, dry_run=True)
    assert await Goal.all().count() == 0
    real = await run(tmp_path / "goals.csv", GOALS)
    assert (dry.created, dry.warnings) == (real.created, real.warnings)


@pytest.mark.usefixtures("staff")
async def test_strict_makes_warnings_errors_and_writes_nothing(tmp_path: Path) -> None:
    report = await run(tmp_path / "goals.csv", GOALS, strict=True)
    assert {error.code for error in report.errors} >= {"cycle-cut", "parent-missing"}
    assert report.warnings == []
    assert +report.created == {}
    assert await Goal.all().count() == 0


@pytest.mark.usefixtures("db")
async def test_a_goal_without_a_title_is_an_error(tmp_path: Path) -> None:
    report = await run(tmp_path / "goals.csv", "Title,Owner\nWalk more,\n,Ada\n")
    assert [(error.line, error.code) for error in report.errors] == [(3, "missing-name")]
    assert await Goal.all().count() == 0


@pytest.mark.usefixtures("db")
async def test_a_header_without_a_title_names_what_is_needed_and_what_was_found(tmp_path: Path) -> None:
    report = await run(tmp_path / "goals.csv", "Wunsch;Wer\nMehr gehen;Ada\n")
    (error,) = report.errors
    assert error.code == "wrong-header"
    assert "title" in error.message
    assert "Wunsch, Wer" in error.message
    good = await run(tmp_path / "goals.csv", "Wunsch;Wer\nMehr gehen;\n", mapping=["Wunsch=title", "Wer=owner"])
    assert good.errors == []
    assert good.columns[str(tmp_path / "goals.csv")] == {"Wunsch": "title", "Wer": "owner"}
    assert await Goal.filter(title="Mehr gehen").count() == 1


@pytest.mark.usefixtures("db")
async def test_several_key_results_of_an_objective_are_measures_of_one_goal(tmp_path: Path) -> None:
    text = (
        "Objective,Key Result,Starting value,Target value,Current value,Lead\n"
        "Safer streets,Crashes,100,80,90,\n"
        "Safer streets,Crossings repaired,0,40,10,\n"
        "Safer streets,Crashes,100,80,90,\n"
    )
    report = await run(tmp_path / "perdoo.csv", text)
    assert (report.created["goal"], report.created["metric"]) == (1, 2)
    assert [(warning.line, warning.code) for warning in report.warnings] == [(4, "duplicate-row")]
    assert (await Goal.get(title="Safer streets")).progress == pytest.approx((0.5 + 0.25) / 2)


@pytest.mark.usefixtures("db")
async def test_a_parent_that_was_imported_before_is_found_and_no_circle_closes(tmp_path: Path) -> None:
    await run(tmp_path / "a.csv", "ID,Title,Parent ID\nA,Above,\nB,Below,A\n")
    report = await run(tmp_path / "b.csv", "ID,Title,Parent ID\nC,Middle,B\nA,Above,C\n")
    assert [(warning.line, warning.code) for warning in report.warnings] == [(3, "cycle-cut")]
    edges = {
        (edge.child.title, edge.parent.title)
        for edge in await Alignment.filter(valid_to=None).select_related("child", "parent")
    }
    assert edges == {("Below", "Above"), ("Middle", "Below")}
    assert await linking.verify() == []


@pytest.mark.usefixtures("db")
async def test_a_workbook_keeps_its_percentages(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Goal Name", "Goal ID", "Metric", "Start value", "Goal value", "Current value", "Due date"],
        ["Answer in time", 7, "Answered in ten days", 0.4, 0.9, 0.65, datetime.date(2026, 9, 30)],
    ):
        sheet.append(row)
    for cell in ("D2", "E2", "F2"):
        sheet[cell].number_format = "0%"
    book.save(tmp_path / "goals.xlsx")
    report = await import_goals([tmp_path / "goals.xlsx"], actor=COMMAND_LINE)
    assert (report.errors, report.warnings) == ([], [])
    metric = await Metric.get(name="Answered in ten days").select_related("goal")
    assert (metric.baseline, metric.target, metric.current, metric.unit_of_measure) == (40, 90, 65, "%")
    assert str(metric.goal.due_date) == "2026-09-30"
    assert (await import_goals([tmp_path / "goals.xlsx"], actor=COMMAND_LINE)).unchanged["goal"] == 1
