"""The command line stands outside the two-person rule, and says so in the log."""

import pytest

from lineofsight.kernel import clock
from lineofsight.kernel.events import COMMAND_LINE
from lineofsight.kernel.models import ActorKind, Event
from lineofsight.kernel.problems import InvalidField
from lineofsight.people.enrolment import Grant, enrol
from lineofsight.people.models import GrantState, OfficeHolding, Person
from lineofsight.people.viewer import of_person
from tests.cast import TODAY, Cast


@pytest.mark.requirement("P4")
async def test_a_first_administrator_is_made_and_made_again(cast: Cast) -> None:
    with clock.at(TODAY):
        grants = [Grant.parse("administrator"), Grant.parse("HR@HEALTH")]
        made = await enrol(COMMAND_LINE, email="Root@X.example", name="Root", grants=grants)
        assert (made.is_new, made.granted) == (True, grants)
        viewer = await of_person(made.person.id)
        assert viewer is not None
        assert {(office.value, unit) for office, unit, _ in viewer.offices} == {
            ("ADMINISTRATOR", cast.units["agency"]),
            ("HR", cast.units["health"]),
        }
        again = await enrol(COMMAND_LINE, email="root@x.EXAMPLE", name="Another", grants=grants)
        assert (again.is_new, again.granted, again.person.id) == (False, [], made.person.id)
        assert (await Person.get(id=made.person.id)).name == "Root"
        kinds = await Event.filter(verb="office.grant", row_id__gt=0).order_by("-id").limit(2)
        assert {event.actor_kind for event in kinds} == {ActorKind.COMMAND_LINE}


@pytest.mark.requirement("P4")
async def test_a_grant_that_waits_is_put_in_force(cast: Cast) -> None:
    with clock.at(TODAY):
        gus = await Person.get(id=cast.people["gus"])
        assert gus.email is not None
        await enrol(COMMAND_LINE, email=gus.email, name="Gus", grants=[Grant.parse("HR")])
        held = await OfficeHolding.filter(person_id=gus.id, office="HR")
        assert [grant.state for grant in held] == [GrantState.HELD]


@pytest.mark.requirement("P4")
@pytest.mark.parametrize("email", ["", "@", "x@", "a b@c", "lea"])
async def test_no_address_no_person(cast: Cast, email: str) -> None:
    with pytest.raises(InvalidField):
        await enrol(COMMAND_LINE, email=email, name="X")
