"""Who may sign in, as the command line decides it: the first administrator, and anyone after a lock-out.

The command line is trusted by who runs it, so it stands outside the rule that an office takes two people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lineofsight.kernel import clock
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import Actor, remember
from lineofsight.kernel.problems import InvalidField, NotFound
from lineofsight.kernel.sortkey import sort_key
from lineofsight.people.identity import checked_email, email_key
from lineofsight.people.lines import lock_structure, rights_changed
from lineofsight.people.models import GrantState, Office, OfficeHolding, Person, Unit
from lineofsight.people.setup import root_unit


@dataclass(frozen=True)
class Grant:
    """An office over a unit's subtree; `unit_code` None: over all of the agency."""

    office: Office
    unit_code: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Grant":
        """OFFICE or OFFICE@UNITCODE, the office in any case."""
        name, at, code = text.partition("@")
        if name.upper() not in Office.__members__ or (at and not code):
            known = ", ".join(Office.__members__)
            raise InvalidField(f"{text!r} is not OFFICE or OFFICE@UNITCODE; the offices are {known}.", path=("office",))
        return cls(Office[name.upper()], code or None)


@dataclass(frozen=True)
class Enrolled:
    """What became of it: the person, whether new, and the offices that are new to them."""

    person: Person
    is_new: bool
    granted: list[Grant]


async def enrol(actor: Actor, *, email: str, name: str, grants: Sequence[Grant] = ()) -> Enrolled:
    """Adds a person, or to the person of that e-mail the offices they lack."""
    email, name = checked_email(email), name.strip()
    if not name:
        raise InvalidField("A name is needed.", path=("name",))
    async with transaction():
        await lock_structure()
        person = await Person.get_or_none(email_key=email_key(email))
        is_new = person is None
        if person is None:
            person = await _add(actor, email, name)
        elif person.ended_on is not None and person.ended_on <= clock.today():
            raise InvalidField(f"{person.name} ({email}) has left the agency.", path=("email",))
        granted = [grant for grant in grants if await _grant(actor, person, grant)]
        await rights_changed()
    return Enrolled(person, is_new, granted)


async def _add(actor: Actor, email: str, name: str) -> Person:
    root = await root_unit()
    values = {"name": name, "email": email, "unit_id": root.id, "started_on": clock.today()}
    person = await Person.create(
        **values, sort_key=sort_key(name), email_key=email_key(email), unit_path=root.path
    )
    await remember(actor, "person.create", person, values)
    return person


async def _grant(actor: Actor, person: Person, grant: Grant) -> bool:
    """Whether the office is new to the person."""
    unit = await Unit.get_or_none(code=grant.unit_code) if grant.unit_code else await root_unit()
    if unit is None:
        raise NotFound(f"unit {grant.unit_code}", path=("office",))
    held = {"person_id": person.id, "office": grant.office, "unit_id": unit.id, "state": GrantState.HELD}
    if await OfficeHolding.filter(**held, valid_to__isnull=True).exists():
        return False
    values = {**held, "valid_from": clock.today()}
    waiting = await OfficeHolding.filter(**held | {"state": GrantState.WAITING}).first()
    holding = waiting or await OfficeHolding.create(**values)
    if waiting is not None:
        await waiting.update_from_dict(values).save()
    await remember(actor, "office.grant", holding, values)
    return True
