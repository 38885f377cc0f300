"""A later edition of a plan updates the earlier one; what was changed here alone stays."""

import pytest

from lineofsight.goals.models import Alignment, Goal, Metric, MetricTarget, MetricValue
from lineofsight.goals.words import GoalLevel, GoalStatus
from lineofsight.kernel.models import ExternalRef
from lineofsight.people.models import Unit
from lineofsight.strategy.models import Plan

from .helpers import Write, codes, goal, indicator, objective, plan, take, titled, year

pytestmark = pytest.mark.usefixtures("db")

SAFE = objective("Fewer accidents", "_o1", indicator("Accidents", "_i1", year(2024, "10", "12"), year(2025, "8")))
FIRST = plan(goal("Safe port", "_g1", SAFE, objective("Drills", "_o2")) + goal("Green port", "_g2"))


async def test_columns(write: Write) -> None:
    report = await take(write("a.xml", FIRST))
    assert report.as_json()["created"] == {
        "alignment": 2,
        "goal": 4,
        "metric": 1,
        "metric target": 2,
        "metric value": 1,
        "plan": 1,
        "unit": 1,
    }
    row = await Plan.get().prefetch_related("publisher__parent")
    assert (row.name, row.mission, str(row.start_date), str(row.end_date)) == (
        "Plan of the Port", "Move goods.", "2024-01-01", "2027-12-31",
    )  # fmt: skip
    assert (row.publisher.name, row.publisher.code, row.publisher.parent.code) == ("Port Authority", "pa", "agency")
    top, below = await titled("Safe port"), await titled("Fewer accidents")
    assert (top.level, below.level) == (GoalLevel.STRATEGIC_GOAL, GoalLevel.STRATEGIC_OBJECTIVE)
    for each in (top, below):
        assert each.status is GoalStatus.ACTIVE
        assert (each.owner_unit_id, each.unit_id, each.plan_id) == (row.publisher.id, row.publisher.id, row.id)
        assert each.unit_path == row.publisher.path
        assert each.is_linked
        assert str(each.due_date) == "2027-12-31"
    assert below.primary_parent_id == top.id
    metric = await Metric.get()
    assert (metric.goal_id, metric.name, metric.unit_of_measure) == (below.id, "Accidents", "t")
    assert (metric.direction.value, metric.target, metric.current) == ("DECREASE", 8.0, 12.0)
    assert await MetricTarget.all().order_by("period").values_list("period", "target") == [
        ("2024", 10.0),
        ("2025", 8.0),
    ]
    keys = await ExternalRef.all().order_by("kind", "key").values_list("kind", "key")
    assert [f"{kind} {key}" for kind, key in keys] == [
        "GOAL _g1", "GOAL _g2", "GOAL _o1", "GOAL _o2", "METRIC _i1", "PLAN _plan-1", "UNIT _port"
    ]  # fmt: skip


async def test_the_later_edition_updates_by_identifier(write: Write) -> None:
    first = await take(write("a.xml", FIRST))
    safe, drills = await titled("Safe port"), await titled("Drills")
    later = FIRST.replace("Plan of the Port", "Plan of the Port, 2025").replace("Safe port", "A safe port")
    later = later.replace("<NumberOfUnits>12<", "<NumberOfUnits>11<").replace(objective("Drills", "_o2"), "")
    later = later.replace("</StrategicPlanCore>", goal("Rich port", "_g3") + "</StrategicPlanCore>")
    report = await take(write("b.xml", later))
    assert report.plans[0].id == first.plans[0].id
    assert report.as_json()["created"] == {"goal": 1, "metric value": 1}
    assert report.as_json()["changed"] == {"goal": 1, "metric": 1, "metric value": 1, "plan": 1}
    assert codes(report) == ["missing-goal"]
    assert "Drills" in report.warnings[0].message
    assert (await titled("A safe port")).id == safe.id
    await drills.refresh_from_db()
    assert drills.status is GoalStatus.ACTIVE
    values = await MetricValue.all().order_by("id").values_list("value", "superseded")
    assert values == [(12.0, True), (11.0, False)]
    assert (await Metric.get()).current == 11.0


async def test_missing_goals_are_retired_on_demand_and_come_back(write: Write) -> None:
    await take(write("a.xml", FIRST))
    shorter = FIRST.replace(objective("Drills", "_o2"), "")
    report = await take(write("b.xml", shorter), retire_missing=True)
    assert report.as_json()["changed"] == {"goal": 1}
    drills = await titled("Drills")
    assert drills.status is GoalStatus.RETIRED
    assert drills.closed_on is not None
    again = await take(write("b.xml", shorter), retire_missing=True)
    assert again.as_json()["changed"] == {}
    assert again.warnings == []
    back = await take(write("a.xml", FIRST))
    assert back.as_json()["changed"] == {"goal": 1}
    assert (await titled("Drills")).status is GoalStatus.ACTIVE


async def test_what_changed_here_alone_stays(write: Write) -> None:
    await take(write("a.xml", FIRST))
    await Goal.filter(title="Safe port").update(title="Our safe port", description="Ours")
    report = await take(write("a.xml", FIRST))
    assert report.as_json()["changed"] == {}
    ours = await titled("Our safe port")
    assert ours.description == "Ours"
    report = await take(write("a.xml", FIRST.replace("Safe port", "Safest port")))
    assert report.as_json()["changed"] == {"goal": 1}
    await ours.refresh_from_db()
    assert (ours.title, ours.description) == ("Safest port", "Ours")


async def test_a_goal_moved_here_stays_and_one_moved_there_moves(write: Write) -> None:
    await take(write("a.xml", FIRST))
    drills, green = await titled("Drills"), await titled("Green port")
    moved = FIRST.replace(objective("Drills", "_o2"), "").replace(
        goal("Green port", "_g2"), goal("Green port", "_g2", objective("Drills", "_o2"))
    )
    report = await take(write("a.xml", moved))
    assert report.as_json()["created"] == {"alignment": 1}
    assert report.as_json()["changed"] == {"alignment": 1, "goal": 1}
    await drills.refresh_from_db()
    assert drills.primary_parent_id == green.id
    assert await Alignment.filter(child_id=drills.id, valid_to=None).count() == 1


async def test_a_plan_of_another_publisher_is_another_plan(write: Write) -> None:
    first = await take(write("a.xml", FIRST))
    organization = "<Name>Harbour Trust</Name><Identifier>_trust</Identifier>"
    other = plan(goal("Safe port", "_g1") + goal("Clean port", "_g9"), organization=organization, identifier="_plan-2")
    report = await take(write("b.xml", other))
    assert report.plans[0].id != first.plans[0].id
    assert report.as_json()["created"] == {"goal": 2, "plan": 1, "unit": 1}
    assert codes(report) == ["identifier-taken"]
    keys = await ExternalRef.filter(kind="GOAL").order_by("key").values_list("key", flat=True)
    assert "_plan-2#_g1" in keys
    again = await take(write("b.xml", other))
    assert again.as_json()["created"] == again.as_json()["changed"] == {}


async def test_two_plans_of_one_publisher(write: Write) -> None:
    await take(write("a.xml", FIRST))
    other = plan(goal("Market", "_m1"), name="Market plan", identifier="_plan-3")
    report = await take(write("b.xml", other))
    assert report.as_json()["created"] == {"goal": 1, "plan": 1}
    assert report.warnings == []


async def test_without_identifiers_titles_and_places_tell(write: Write) -> None:
    bare = FIRST.replace("<Identifier>_plan-1</Identifier>", "")
    for key in ("_g1", "_g2", "_o1", "_o2", "_i1", "_port"):
        bare = bare.replace(f"<Identifier>{key}</Identifier>", "<Identifier/>")
    created = await take(write("a.xml", bare))
    assert created.created["goal"] == 4
    again = await take(write("a.xml", bare))
    assert again.as_json()["created"] == again.as_json()["changed"] == {}
    renamed = await take(write("a.xml", bare.replace("Drills", "Fire drills")))
    assert (renamed.created["goal"], codes(renamed)) == (1, ["missing-goal"])


async def test_the_publisher_attaches_where_it_is_told(write: Write) -> None:
    root = await Unit.get(parent_id=None)
    transport = await Unit.create(code="TR", name="Transport", sort_key="transport", parent=root, path="")
    transport.path = f"{root.path}00000z/"
    await transport.save()
    await take(write("a.xml", FIRST), unit_code="TR")
    port = await Unit.get(name="Port Authority")
    assert port.parent_id == transport.id
    report = await take(write("a.xml", FIRST))
    assert report.as_json()["created"] == report.as_json()["changed"] == {}


async def test_the_agency_publishes_its_own_plan(write: Write) -> None:
    root = await Unit.get(parent_id=None)
    organization = f"<Name>{root.name.upper()}</Name>"
    report = await take(write("a.xml", plan(goal("Safe", "_g1"), organization=organization)))
    assert report.created["unit"] == 0
    assert (await Plan.get()).publisher_id == root.id
    report = await take(write("b.xml", plan(goal("Good", "_g2"), organization="", identifier="_p2", name="Other")))
    assert report.created["unit"] == 0


async def test_third_levels_only_when_asked_for(write: Write) -> None:
    nested = plan(
        goal(
            "Safe", "_g1", objective("Deep", "_o3", sequence="EX1.2.1"), objective("Two", "_o2", sequence="EX1.2"),
            objective("Deeper", "_o4", sequence="EX1.2.1.1"), objective("One", "_o1", sequence="EX1.1"),
        )
    )  # fmt: skip
    await take(write("a.xml", nested))
    safe = await titled("Safe")
    assert await Goal.filter(primary_parent_id=safe.id).count() == 4
    report = await take(write("a.xml", nested), third_level=True)
    assert report.changed["alignment"] == report.created["alignment"] == 2
    assert (await titled("Deep")).primary_parent_id == (await titled("Two")).id
    assert (await titled("Deeper")).primary_parent_id == (await titled("Deep")).id
    assert (await titled("One")).primary_parent_id == safe.id
    again = await take(write("a.xml", nested))
    assert again.as_json()["created"] == again.as_json()["changed"] == {}
