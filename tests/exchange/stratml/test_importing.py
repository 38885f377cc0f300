"""Documents into the graph: all or nothing, twice the same, and plainly refused."""

from pathlib import Path

import pytest

from lineofsight.exchange.stratml.importing import import_plans
from lineofsight.goals import linking
from lineofsight.goals import progress as goal_progress
from lineofsight.goals.models import Alignment, Goal, Metric, MetricDefinition, MetricTarget, MetricValue
from lineofsight.kernel.events import COMMAND_LINE
from lineofsight.kernel.models import Event, ExternalRef, ExternalSystem
from lineofsight.people.models import Unit
from lineofsight.strategy.models import Plan, PlanValue

from .helpers import Write, codes, goal, objective, plan, take
from .plans import NAMES, needs_data, path

pytestmark = pytest.mark.usefixtures("db")

MODELS = (
    Unit, Plan, PlanValue, Goal, Alignment, Metric, MetricDefinition, MetricTarget, MetricValue, ExternalRef,
    ExternalSystem, Event,
)  # fmt: skip


async def counts() -> dict[str, int]:
    return {model.__name__: await model.all().count() for model in MODELS}


@needs_data
@pytest.mark.requirement("C4.1")
@pytest.mark.parametrize(
    ("name", "created", "warnings"),
    [
        ("PMOAI", {"unit": 1, "plan": 1, "plan value": 6, "goal": 6, "alignment": 5}, {}),
        (
            "SMLC2011",
            {
                "unit": 1,
                "plan": 1,
                "plan value": 5,
                "goal": 13,
                "alignment": 10,
                "metric": 11,
                "metric target": 1,
                "metric value": 11,
            },
            {"duplicate-identifier": 6, "empty-date": 1},
        ),
        (
            "HHIOP20200304",
            {"unit": 1, "plan": 1, "plan value": 23, "goal": 427, "alignment": 386},
            {"empty-stakeholder": 1, "empty-date": 1, "no-name": 1},
        ),
        (
            "Albania",
            {
                "unit": 1,
                "plan": 1,
                "plan value": 7,
                "goal": 14,
                "alignment": 12,
                "metric": 104,
                "metric target": 2392,
                "metric value": 2392,
            },
            {},
        ),
    ],
)
async def test_a_real_plan_twice(name: str, created: dict[str, int], warnings: dict[str, int]) -> None:
    before = await counts()
    dry = await take(path(name), dry_run=True)
    assert await counts() == before
    report = await take(path(name))
    assert report.as_json()["created"] == created
    assert {code: codes(report).count(code) for code in codes(report)} == warnings
    assert (dry.created, dry.warnings, dry.plans[0].id) == (report.created, report.warnings, "")
    after = await counts()
    assert after["Event"] > 0
    again = await take(path(name))
    assert again.as_json()["created"] == again.as_json()["changed"] == {}
    assert await counts() == after
    assert sum(again.unchanged.values()) == sum(report.created.values())
    assert again.plans == report.plans
    assert await linking.verify() == []
    assert await goal_progress.verify() == []


@needs_data
async def test_all_four_together(write: Write) -> None:
    report = await take(*(path(name) for name in NAMES))
    assert (report.created["plan"], len(report.plans)) == (4, 4)
    again = await take(*(path(name) for name in reversed(NAMES)))
    assert again.as_json()["created"] == again.as_json()["changed"] == {}


GOOD = plan(goal("A", "_a", objective("b", "_b")))


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("", "empty-file", 0),
        ("Goal,Owner\n", "not-xml", 1),
        ("<html/>", "not-stratml", 1),
        (GOOD.replace("Plan of the Port", ""), "no-name", 1),
        (GOOD.replace("</Goal>", "</Gaol>"), "not-xml", 6),
        (f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n{GOOD}', "doctype", 1),
    ],
)
async def test_one_bad_file_and_nothing_is_written(write: Write, content: str, code: str, line: int) -> None:
    before = await counts()
    files = [write("good.xml", GOOD), write("bad.xml", content)]
    report = await import_plans(files, actor=COMMAND_LINE)
    assert [(each.file, each.line, each.code) for each in report.errors] == [(str(files[1]), line, code)]
    assert report.as_json()["created"] == {}
    assert await counts() == before


async def test_files_that_cannot_be_read(write: Write, tmp_path: Path) -> None:
    report = await import_plans([tmp_path / "missing.xml", tmp_path], actor=COMMAND_LINE)
    assert [each.code for each in report.errors] == ["unreadable-file", "unreadable-file"]
    assert report.errors[0].message == "No such file or directory."


@pytest.mark.parametrize("dry_run", [False, True])
async def test_strict_makes_warnings_errors(write: Write, dry_run: bool) -> None:
    before = await counts()
    file = write("a.xml", GOOD.replace("<Mission>", "<Slogan/><Mission>").replace("<Name>b</Name>", ""))
    report = await import_plans([file], actor=COMMAND_LINE, strict=True, dry_run=dry_run)
    assert [each.code for each in report.errors] == ["foreign-element", "no-name"]
    assert (report.warnings, report.as_json()["created"], report.plans) == ([], {}, [])
    assert await counts() == before
    assert (await import_plans([write("b.xml", GOOD)], actor=COMMAND_LINE, strict=True)).errors == []


async def test_an_unknown_unit(write: Write) -> None:
    before = await counts()
    report = await import_plans([write("a.xml", GOOD)], actor=COMMAND_LINE, unit_code="NOPE")
    assert [(each.code, each.message) for each in report.errors] == [("unknown-unit", "No unit has the code 'NOPE'.")]
    assert await counts() == before


async def test_reversed_plan_dates_are_kept_and_no_goal_runs_backwards(write: Write) -> None:
    period = "<StartDate>2027-01-01</StartDate><EndDate>2024-12-31</EndDate>"
    report = await take(write("a.xml", plan(goal("A", "_a"), period=period)))
    assert codes(report) == ["reversed-dates"]
    row = await Plan.get()
    assert (str(row.start_date), str(row.end_date)) == ("2027-01-01", "2024-12-31")
    assert await Goal.all().values_list("start_date", "due_date") == [(None, None)]


async def test_stakeholders_stay_text(write: Write) -> None:
    who = "<Stakeholder StakeholderTypeType='Person'><Name>Ada Example</Name></Stakeholder>"
    await take(write("a.xml", plan(goal("A", "_a", more=who))))
    row = await Goal.get()
    assert row.owner_person_id is None
    assert row.source["stratml"]["stakeholders"] == [{"name": "Ada Example", "type": "Person"}]


async def test_every_change_is_in_the_log(write: Write) -> None:
    await take(write("a.xml", GOOD))
    kinds = await Event.all().values_list("actor_kind", "kind", "verb")
    assert {kind for _, kind, _ in kinds} == {"Unit", "Plan", "Goal", "Alignment"}
    assert {actor.value for actor, _, _ in kinds} == {"COMMAND_LINE"}
    assert len(set(await Event.all().values_list("group_id", flat=True))) == 1
