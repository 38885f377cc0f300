"""Plans of the graph back to documents."""

from typing import Any

import pytest

from lineofsight.exchange.stratml.document import Administrative, Result, Statement, Value
from lineofsight.exchange.stratml.exporting import export_plan
from lineofsight.exchange.stratml.loss import LossReport
from lineofsight.exchange.stratml.reading import read
from lineofsight.exchange.stratml.writing import write as written
from lineofsight.goals.models import Alignment, Goal, Metric, MetricDefinition, MetricTarget, MetricValue, Milestone
from lineofsight.goals.words import GoalLevel, GoalStatus, Visibility
from lineofsight.kernel import clock
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.problems import NotFound
from lineofsight.people.models import Unit
from lineofsight.strategy.models import Plan, PlanValue

from .helpers import Write, give, goal, indicator, objective, plan, take
from .plans import NAMES, content, faults, needs_data, path

pytestmark = pytest.mark.usefixtures("db")


async def made(
    title: str, level: GoalLevel, plan: Plan, owner: Unit, *, above: Goal | None = None, **more: Any
) -> Goal:
    """A goal as the app makes it."""
    more = {"status": GoalStatus.ACTIVE, **more}
    row = await Goal.create(
        title=title, sort_key=title, level=level, plan=plan, owner_unit=owner, unit=owner, primary_parent=above,
        is_linked=True, changed_at=clock.now(), **more,
    )  # fmt: skip
    if above:
        await Alignment.create(type="CONTRIBUTES", child=row, parent=above, is_primary=True, valid_from="2025-01-01")
    return row


@needs_data
@pytest.mark.requirement("C4.1")
@pytest.mark.parametrize(("name", "third_level"), [*((name, False) for name in NAMES), ("HHIOP20200304", True)])
async def test_a_real_plan_comes_back_as_it_went_in(name: str, third_level: bool) -> None:
    report = await take(path(name), third_level=third_level)
    data, losses = await export_plan(report.plans[0].id)
    expected = LossReport()
    assert data == written(read(content(name))[0], expected)
    assert losses.losses == expected.losses
    assert faults(data) == []


async def test_no_such_plan() -> None:
    for key in ("", "StrategicPlan_0000000000000", "Goal_0000000000000", "_nothing"):
        with pytest.raises(NotFound):
            await export_plan(key)


async def test_the_stratml_identifier_finds_the_plan(write: Write) -> None:
    await take(write("a.xml", plan(goal("A", "_a"))))
    assert (await give("_plan-1"))[0] == (await give("plan-1"))[0]


async def test_edits_made_here_are_exported_and_the_rest_stays_verbatim(write: Write) -> None:
    source = plan(goal(" A  goal\n", "_a", objective("b", "_b", sequence="1.1"), objective("c", "_c")))
    plan_id = (await take(write("a.xml", source))).plans[0].id
    was, _ = await give(plan_id)
    assert was.goals[0].name == " A  goal\n"
    await Goal.filter(title="b").update(title="B!", description="More", sequence="1.9")
    await Unit.filter(code="pa").update(name="Port & Harbour")
    await Plan.all().update(mission="Move people.", start_date="2025-01-01", vision="A calm sea.")
    await PlanValue.create(plan=await Plan.get(), ordinal=0, name="Care")
    now, losses = await give(plan_id)
    assert now.goals[0].name == " A  goal\n"
    changed = now.goals[0].objectives[0]
    assert (changed.name, changed.description, changed.sequence, changed.identifier) == ("B!", "More", "1.9", "_b")
    assert now.goals[0].objectives[1] == was.goals[0].objectives[1]
    assert now.organizations[0].name == "Port & Harbour"
    assert (now.mission, now.vision) == (Statement("Move people."), Statement("A calm sea."))
    assert now.administrative is not None
    assert (now.administrative.start, now.administrative.end) == ("2025-01-01", "2027-12-31")
    assert now.values == (Value("Care"),)
    assert losses.losses == []


async def test_part_1_on_request(write: Write) -> None:
    source = plan(goal("A", "_a", objective("b", "_b", indicator("m", "_m"))))
    plan_id = (await take(write("a.xml", source))).plans[0].id
    data, losses = await export_plan(plan_id, part=1)
    assert read(data)[0].part == 1
    assert {loss.code for loss in losses.losses} == {"indicator", "identifier"}


@needs_data
async def test_a_plan_made_here(write: Write) -> None:
    root = await Unit.get(parent_id=None)
    row = await Plan.create(
        name="Our plan", sort_key="our plan", publisher=root, mission="Serve.", start_date="2025-01-01"
    )
    top = await made("Healthy people", GoalLevel.STRATEGIC_GOAL, row, root)
    below = await made("Fewer smokers", GoalLevel.STRATEGIC_OBJECTIVE, row, root, above=top, due_date="2027-06-30")
    team = await made("Posters", GoalLevel.TEAM, row, root, above=below)
    hidden = await made("Layoffs", GoalLevel.STRATEGIC_OBJECTIVE, row, root, above=top, visibility=Visibility.PRIVATE)
    draft = await made("Maybe", GoalLevel.STRATEGIC_OBJECTIVE, row, root, above=top, status=GoalStatus.DRAFT)
    for each in (top, below):
        definition = await MetricDefinition.create(name="Smokers", unit_of_measure="%", description="Adults.")
        metric = await Metric.create(
            goal=each, definition=definition, name="Smokers", unit_of_measure="%", direction="DECREASE",
            baseline=21.5, target=15.0, commit=18.0,
        )  # fmt: skip
        await MetricTarget.create(metric=metric, period="2025", period_end="2025-12-31", target=19.0)
        await MetricValue.create(
            definition=definition, period="2025-Q1", period_end="2025-03-31", value=20.25, source="MANUAL",
            recorded_at=clock.now(),
        )  # fmt: skip
    await Milestone.create(goal=below, title="Law passed")
    key = global_id("StrategicPlan", row.id)
    data, losses = await export_plan(key)
    assert faults(data) == []
    document, _ = read(data)
    assert (document.part, document.type, document.name) == (2, "Strategic_Plan", "Our plan")
    assert document.organizations[0].name == root.name
    assert document.administrative == Administrative(identifier=key, start="2025-01-01")
    (goal_,) = document.goals
    assert (goal_.name, goal_.identifier) == ("Healthy people", global_id("Goal", top.id))
    assert [each.name for each in goal_.objectives] == ["Fewer smokers"]
    for (one,) in (goal_.indicators, goal_.objectives[0].indicators):
        assert (one.dimension, one.unit, one.other_information) == ("Smokers", "%", "Adults.")
        assert [(each.targets, each.actuals) for each in one.instances] == [
            ((Result("2025-01-01", "2025-12-31", "19"),), ()),
            ((Result(units="21.5", descriptor_name="Status", descriptor_value="Baseline"),), ()),
            ((Result(units="15"),), ()),
            ((Result(units="18", descriptor_name="Status", descriptor_value="Commit"),), ()),
            ((), (Result("2025-01-01", "2025-03-31", "20.25"),)),
        ]
    told = {(loss.code, loss.message.split(".")[0]) for loss in losses.losses}
    assert told == {
        ("due-date", "Goals with a due date of their own: 1"),
        ("lower-goals", "Goals of units, teams and people: 1"),
        ("restricted", "Goals that not everyone may see, or under one: 1"),
        ("draft", "Goals not approved yet, or under one: 1"),
        ("milestone", "Milestones: 1"),
    }
    for each in (team, hidden, draft):
        assert each.title not in data.decode()

    report = await take(write("a.xml", data.decode()))
    assert report.created["goal"] == report.created["plan"] == report.created["metric"] == 0
    assert await Goal.all().count() == 5
    assert (await give(key))[0] == document
