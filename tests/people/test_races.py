"""Two writers at once: what each may do alone, both may not.

On PostgreSQL they truly run side by side; on SQLite the second waits, and must find what the first left.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from lineofsight.goals.actions import lifecycle
from lineofsight.goals.models import Goal
from lineofsight.kernel import clock
from lineofsight.kernel.problems import Conflict, CycleRefused, NotFound, Problem, StaleVersion, WrongState
from lineofsight.people import lines
from lineofsight.people.actions import holdings, offices, persons, positions, units
from lineofsight.people.models import GrantState, Holding, Office, OfficeHolding, Person, Position, Unit
from lineofsight.people.viewer import Viewer, of_person
from tests.cast import TODAY, Cast

pytestmark = [pytest.mark.requirement("C4.5"), pytest.mark.usefixtures("story_day")]


@pytest.fixture
def story_day() -> Any:
    """The clock on the day of the story."""
    with clock.at(TODAY):
        yield


async def viewer(cast: Cast, key: str) -> Viewer:
    found = await of_person(cast.people[key])
    assert found is not None
    return found


async def office(cast: Cast, person: str, name: str, unit: str = "agency", **more: Any) -> OfficeHolding:
    values = {"state": GrantState.HELD, "valid_from": TODAY} | more
    return await OfficeHolding.create(
        person_id=cast.people[person], office=name, unit_id=cast.units[unit], **values
    )


async def at_once(*doing: Awaitable[Any]) -> list[Problem]:
    """The problems of what is done side by side; nothing else may go wrong."""
    answers = await asyncio.gather(*doing, return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, Problem):
            raise answer
    return [answer for answer in answers if isinstance(answer, Problem)]


async def test_two_moves_never_close_a_circle_together(cast: Cast) -> None:
    hana = await viewer(cast, "hana")
    one, other = cast.positions["clinics-manager"], cast.positions["outreach-manager"]
    for _ in range(3):
        problems = await at_once(
            positions.edit_position(hana, one, (await Position.get(id=one)).version, {"superior_id": other}),
            positions.edit_position(hana, other, (await Position.get(id=other)).version, {"superior_id": one}),
        )
        assert [type(problem) for problem in problems] == [CycleRefused]
        assert await lines.verify() == []
        top = cast.positions["health-deputy"]
        for key in (one, other):
            await positions.edit_position(hana, key, (await Position.get(id=key)).version, {"superior_id": top})


async def test_two_units_never_move_below_each_other(cast: Cast) -> None:
    ines = await viewer(cast, "ines")
    one, other = cast.units["clinics"], cast.units["outreach"]
    problems = await at_once(
        units.edit_unit(ines, one, (await Unit.get(id=one)).version, {"parent_id": other}),
        units.edit_unit(ines, other, (await Unit.get(id=other)).version, {"parent_id": one}),
    )
    assert [type(problem) for problem in problems] == [CycleRefused]
    assert await lines.verify() == []


async def test_one_address_has_one_owner(cast: Cast) -> None:
    hana = await viewer(cast, "hana")
    unit = cast.units["health"]
    eli = await Person.get(id=cast.people["eli"])
    problems = await at_once(
        *(persons.create_person(hana, persons.NewPerson(f"N{n}", "New@x.example", unit_id=unit)) for n in range(4)),
        persons.edit_person(hana, eli.id, eli.version, {"email": "new@X.example"}),
    )
    assert [type(problem) for problem in problems] == [Conflict] * 4
    assert await Person.filter(email_key="new@x.example").count() == 1


async def test_one_code_has_one_unit(cast: Cast) -> None:
    ines = await viewer(cast, "ines")
    problems = await at_once(*(units.create_unit(ines, units.NewUnit("LAB", f"Lab {n}")) for n in range(4)))
    assert [type(problem) for problem in problems] == [Conflict] * 3


async def test_a_grant_is_confirmed_once(cast: Cast) -> None:
    await office(cast, "wes", "ADMINISTRATOR")
    await office(cast, "bo", "ADMINISTRATOR")
    await lines.rights_changed()
    ines, wes, bo = [await viewer(cast, key) for key in ("ines", "wes", "bo")]
    grant = await offices.grant_office(ines, cast.people["eli"], Office.HR)
    problems = await at_once(offices.confirm_office(wes, grant), offices.confirm_office(bo, grant))
    assert [type(problem) for problem in problems] == [WrongState]
    assert (await OfficeHolding.get(id=grant)).state is GrantState.HELD


async def test_an_office_is_granted_once(cast: Cast) -> None:
    ines = await viewer(cast, "ines")
    problems = await at_once(*(offices.grant_office(ines, cast.people["eli"], Office.STRATEGY) for _ in range(3)))
    assert [type(problem) for problem in problems] == [Conflict] * 2


async def test_two_administrators_do_not_end_each_other(cast: Cast) -> None:
    theirs = await office(cast, "wes", "ADMINISTRATOR")
    await lines.rights_changed()
    mine = await OfficeHolding.get(person_id=cast.people["ines"])
    ines, wes = [await viewer(cast, key) for key in ("ines", "wes")]
    problems = await at_once(offices.revoke_office(ines, theirs.id), offices.revoke_office(wes, mine.id))
    assert [type(problem) for problem in problems] == [NotFound]  # the second is no administrator any more
    one_left = (await OfficeHolding.get(id=mine.id)).state is GrantState.HELD
    await office(cast, "wes" if one_left else "ines", "ADMINISTRATOR")
    await lines.rights_changed()
    open_ = await OfficeHolding.filter(office="ADMINISTRATOR", state=GrantState.HELD)
    problems = await at_once(*(offices.revoke_office(ines if o.person_id == ines.id else wes, o.id) for o in open_))
    assert [type(problem) for problem in problems] == [Conflict]  # each gives up their own
    held = OfficeHolding.filter(office="ADMINISTRATOR", state=GrantState.HELD, unit_id=cast.units["agency"])
    assert await held.count() == 1


async def test_the_second_edit_of_a_version_is_stale(cast: Cast) -> None:
    hana = await viewer(cast, "hana")
    eli = await Person.get(id=cast.people["eli"])
    problems = await at_once(
        *(persons.edit_person(hana, eli.id, eli.version, {"job_title": f"Title {n}"}) for n in range(4))
    )
    assert [type(problem) for problem in problems] == [StaleVersion] * 3
    assert {getattr(problem, "current", None) for problem in problems} == {eli.version + 1}


async def test_a_client_key_makes_one_person(cast: Cast) -> None:
    hana = await viewer(cast, "hana")
    given = persons.NewPerson("Once", unit_id=cast.units["health"])
    keys = await asyncio.gather(*(persons.create_person(hana, given, client_key="k") for _ in range(4)))
    assert len(set(keys)) == 1
    assert await Person.filter(name="Once").count() == 1


async def test_a_person_has_one_first_position_at_a_time(cast: Cast) -> None:
    hana = await viewer(cast, "hana")
    places = [cast.positions[key] for key in ("nurse-lea", "health-deputy", "outreach-manager")]
    assert await at_once(*(holdings.hold_position(hana, place, cast.people["eli"]) for place in places)) == []
    mine = await Holding.filter(person_id=cast.people["eli"], is_primary=True).order_by("id")
    assert [holding.valid_to for holding in mine] == [TODAY] * (len(mine) - 1) + [None]
    assert await lines.verify() == []


async def test_a_move_and_a_leaving_end_as_a_leaving(cast: Cast) -> None:
    hana = await viewer(cast, "hana")
    eli = await Person.get(id=cast.people["eli"])
    problems = await at_once(
        persons.edit_person(hana, eli.id, eli.version, {"ended_on": TODAY}),
        holdings.hold_position(hana, cast.positions["nurse-lea"], eli.id),
    )
    assert len(problems) <= 1
    assert all(isinstance(problem, WrongState) for problem in problems)
    assert not await Holding.filter(person_id=eli.id, valid_to__isnull=True).exists()
    assert await lines.verify() == []


async def test_a_goal_made_while_its_owner_moves_stands_on_the_new_line(cast: Cast) -> None:
    hana, di = await viewer(cast, "hana"), await viewer(cast, "di")
    place = cast.positions["nurse-di"]
    for n in range(4):
        superior = cast.positions["outreach-manager" if n % 2 == 0 else "clinics-manager"]
        version = (await Position.get(id=place)).version
        problems = await at_once(
            *(lifecycle.create_goal(di, lifecycle.NewGoal(f"Goal {n} {m}")) for m in range(3)),
            positions.edit_position(hana, place, version, {"superior_id": superior}),
            lifecycle.create_goal(di, lifecycle.NewGoal(f"Goal {n} last")),
        )
        assert problems == []
        line = (await Person.get(id=di.id)).line
        assert {goal.owner_line for goal in await Goal.filter(owner_person_id=di.id)} == {line}
