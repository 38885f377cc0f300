"""The agency in a database: what it holds agrees with what actions would have kept."""

from collections.abc import Awaitable, Callable

import pytest
from argon2 import PasswordHasher

from lineofsight.demo.seed import DemoSummary, seed
from lineofsight.goals import linking, progress
from lineofsight.goals.models import CheckIn, Goal, Metric, MetricValue
from lineofsight.goals.words import GoalStatus
from lineofsight.kernel import clock
from lineofsight.kernel.models import AgencySetting, Event, EventValue
from lineofsight.kernel.problems import Conflict
from lineofsight.people import lines
from lineofsight.people.models import Credential, Holding, OfficeHolding, Person, Position, Unit

PEOPLE = 40


@pytest.fixture
async def demo(db: object) -> DemoSummary:
    return await seed(people=PEOPLE, seed=1)


async def test_it_writes_what_it_says(demo: DemoSummary) -> None:
    assert await Person.all().count() == demo.people == PEOPLE
    assert await Goal.all().count() == demo.goals
    assert await CheckIn.all().count() == demo.check_ins
    assert await Unit.all().count() == demo.units
    assert await Holding.all().count() == PEOPLE
    root = await Unit.get(code="agency")
    assert root.name == demo.agency
    assert await Event.all().count() == await EventValue.all().count() > demo.goals


@pytest.mark.parametrize("verify", [lines.verify, linking.verify, progress.verify])
async def test_kept_facts_are_those_worked_out_anew(
    demo: DemoSummary, verify: Callable[[], Awaitable[list[str]]]
) -> None:
    assert await verify() == []


async def test_facts_of_owners_are_those_worked_out_anew(demo: DemoSummary) -> None:
    from lineofsight.goals import facts

    names = ("id", "unit_id", "unit_path", "owner_line", "owner_position_id", "lead_position_id")
    before = await Goal.all().order_by("id").values_list(*names)
    await facts.refresh()
    assert await Goal.all().order_by("id").values_list(*names) == before


async def test_the_cast_may_sign_in_and_is_known_to_the_sign_in_page(demo: DemoSummary) -> None:
    setting = await AgencySetting.get(name="demo")
    assert [member["role"] for member in setting.value["people"]] == [m.role for m in demo.cast]
    employee = await Person.get(email_key=demo.cast[0].email)
    secret = (await Credential.get(person_id=employee.id)).password_hash
    assert secret.startswith("$argon2id$")
    assert PasswordHasher().verify(secret, demo.password)
    assert {h.office.value for h in await OfficeHolding.all()} == {
        "STRATEGY", "HR", "EXECUTIVE", "AUDITOR", "ADMINISTRATOR",
    }  # fmt: skip


async def test_rows_written_later_get_keys_of_their_own(demo: DemoSummary) -> None:
    unit = await Unit.get(code="PLAN")
    made = await Position.create(title="Planner", unit=unit, line="")
    assert await Position.filter(id=made.id).count() == 1
    goal = await Goal.first()
    assert goal is not None
    await Goal.create(title="One more", sort_key="one more", level=goal.level, changed_at=clock.now())


async def test_a_database_with_goals_is_refused(demo: DemoSummary) -> None:
    with pytest.raises(Conflict):
        await seed(people=PEOPLE, seed=2)
    assert await Person.all().count() == PEOPLE


async def test_moments_are_in_the_past_and_values_hang_on_measures(demo: DemoSummary) -> None:
    now = clock.now()
    assert not await CheckIn.filter(at__gt=now).exists()
    assert not await MetricValue.filter(recorded_at__gt=now).exists()
    assert not await Goal.filter(changed_at__gt=now).exists()
    assert await Goal.filter(status=GoalStatus.CLOSED, closed_health__isnull=True).count() == 0
    assert await Metric.filter(current__isnull=False).count() > 50
