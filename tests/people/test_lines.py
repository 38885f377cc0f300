"""Today's structure follows from holdings and lines, whatever day it becomes."""

from datetime import date, timedelta

import pytest

from lineofsight.kernel import clock
from lineofsight.kernel.statements import statements
from lineofsight.people import lines
from lineofsight.people.models import Holding, Person, Position
from lineofsight.people.viewer import of_person
from tests.cast import TODAY, Cast

TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.requirement("A1")
async def test_what_was_dated_ahead_is_applied_on_its_day(cast: Cast) -> None:
    eli, place = cast.people["eli"], cast.positions["health-deputy"]
    with clock.at(TODAY):
        await Holding.filter(person_id=eli).update(valid_to=TOMORROW)
        await Holding.create(person_id=eli, position_id=place, is_primary=True, valid_from=TOMORROW)
        await Person.filter(id=cast.people["gus"]).update(ended_on=TOMORROW)
        await of_person(eli)
        assert (await Person.get(id=eli)).position_id == cast.positions["nurse-eli"]
        assert await lines.verify() == []
    with clock.at(TOMORROW):
        viewer = await of_person(eli)
        assert viewer is not None
        assert viewer.positions == {place}
        assert cast.people["cy"] in viewer.directs
        assert (await Person.get(id=cast.people["cy"])).manager_id == eli
        assert await of_person(cast.people["gus"]) is None
        assert await lines.verify() == []
        with statements() as asked:
            await of_person(eli)
        assert len(asked) == 1


@pytest.mark.requirement("A1")
async def test_who_left_stands_where_they_stood_last(cast: Cast) -> None:
    with clock.at(TODAY):
        lea = await Person.get(id=cast.people["lea"])
        assert lea.line == (await Position.get(id=cast.positions["nurse-lea"])).line
        assert lea.manager_id == cast.people["cy"]
        await Position.filter(id=cast.positions["nurse-lea"]).update(superior_id=cast.positions["outreach-manager"])
        await lines.refresh()
        assert (await Person.get(id=lea.id)).manager_id == cast.people["fay"]


@pytest.mark.requirement("A1")
async def test_nobody_is_their_own_manager(cast: Cast) -> None:
    with clock.at(TODAY):
        cy, place = cast.people["cy"], cast.positions["health-deputy"]
        await Holding.create(person_id=cy, position_id=place, is_primary=False, valid_from=date(2026, 1, 1))
        await lines.refresh()
        assert (await Person.get(id=cy)).manager_id == cast.people["bo"]
        assert (await Position.get(id=cast.positions["clinics-manager"])).manager_id == cast.people["bo"]
        assert (await Person.get(id=cast.people["fay"])).manager_id == cy
