"""Offices: granted, confirmed by a second administrator where they are sensitive, ended."""

from tortoise.expressions import Q

from lineofsight.kernel import clock
from lineofsight.kernel.clientkeys import once
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.problems import Conflict, NotAllowed, NotFound, WrongState
from lineofsight.kernel.rows import Row
from lineofsight.kernel.writing import locked, row_of
from lineofsight.people import lines, policy
from lineofsight.people.actions.acting import allow, begin, has_ended, seen_person, seen_unit
from lineofsight.people.models import GrantState, Office, OfficeHolding, Person, Unit
from lineofsight.people.setup import root_unit
from lineofsight.people.viewer import Viewer

SENSITIVE = frozenset({Office.HR, Office.AUDITOR, Office.ADMINISTRATOR})
"""Offices that take two people."""


async def grant_office(
    viewer: Viewer, person_id: int, office: Office, unit_id: int | None = None, *, client_key: str | None = None
) -> int:
    """Grants an office over a unit (None: the agency) and all below it; the key of the grant.

    A sensitive office waits until a second administrator confirms it.
    """
    async with transaction():
        viewer = await begin(viewer)
        key = unit_id if unit_id is not None else (await root_unit()).id
        unit = await seen_unit(viewer, key, path=("unitId",))
        person = await seen_person(viewer, person_id, path=("personId",))
        allow(viewer, policy.GRANT_OFFICE, row_of(unit), "grant offices here", path=("unitId",))
        if person.id == viewer.id:
            raise NotAllowed("Nobody grants an office to themself.", path=("personId",))
        given = {"person": person_id, "office": office, "unit": unit_id}

        async def do() -> dict[str, int]:
            return {"grant": await _grant(viewer, person, office, unit)}

        return (await once(viewer.actor, "officeGrant", client_key, given, do))["grant"]


async def _grant(viewer: Viewer, person: Person, office: Office, unit: Unit) -> int:
    if has_ended(person.ended_on):
        raise WrongState("They have left.", path=("personId",))
    if has_ended(unit.ended_on):
        raise WrongState("That unit has ended.", path=("unitId",))
    same = OfficeHolding.filter(person_id=person.id, office=office, unit_id=unit.id)
    found = await same.exclude(state=GrantState.ENDED).first()
    if found is not None:
        waiting = found.state is GrantState.WAITING
        raise Conflict(
            "This grant waits to be confirmed." if waiting else "They hold this office already.", path=("office",)
        )
    values = {
        "person_id": person.id,
        "office": office,
        "unit_id": unit.id,
        "state": GrantState.WAITING if office in SENSITIVE else GrantState.HELD,
        "granted_by_id": viewer.id,
        "valid_from": clock.today(),
    }
    grant = await OfficeHolding.create(**values)
    await remember(viewer.actor, "office.grant", grant, values)
    await lines.rights_changed()
    return int(grant.id)


async def confirm_office(viewer: Viewer, grant_id: int) -> OfficeHolding:
    """Puts a waiting grant in force; by a second administrator, neither its granter nor its receiver."""
    async with transaction():
        viewer = await begin(viewer)
        grant, facts = await _seen(viewer, grant_id)
        allow(viewer, policy.CONFIRM_OFFICE, facts, "confirm this grant; another administrator must", path=("grantId",))
        if grant.state is not GrantState.WAITING:
            raise WrongState("This grant does not wait to be confirmed.", path=("grantId",))
        if has_ended((await Person.get(id=grant.person_id)).ended_on):
            raise WrongState("They have left.", path=("grantId",))
        return await _write(
            viewer, "office.confirm", grant, state=GrantState.HELD, confirmed_by_id=viewer.id, valid_from=clock.today()
        )


async def revoke_office(viewer: Viewer, grant_id: int) -> OfficeHolding:
    """Ends an office, or a grant that waits, at once; the agency keeps at least one administrator."""
    async with transaction():
        viewer = await begin(viewer)
        grant, facts = await _seen(viewer, grant_id)
        allow(viewer, policy.REVOKE_OFFICE, facts, "end this office", path=("grantId",))
        if grant.state is GrantState.ENDED:
            raise WrongState("This office has ended already.", path=("grantId",))
        await refuse_last_administrator(grant)
        return await _write(viewer, "office.revoke", grant, state=GrantState.ENDED, valid_to=clock.today())


async def _seen(viewer: Viewer, grant_id: int) -> tuple[OfficeHolding, Row]:
    """A grant the viewer sees, locked, with the facts its rules read."""
    grant = await locked(OfficeHolding, grant_id)
    if grant is None:
        raise NotFound("office", path=("grantId",))
    unit = await Unit.get(id=grant.unit_id)
    facts = {"id": grant.person_id, "unit_path": unit.path, "granted_by_id": grant.granted_by_id}
    if not policy.SEE_OFFICE.allows(viewer, facts):
        raise NotFound("office", path=("grantId",))
    return grant, facts


async def _write(viewer: Viewer, verb: str, grant: OfficeHolding, **values: object) -> OfficeHolding:
    for name, value in values.items():
        setattr(grant, name, value)
    await grant.save(update_fields=[*values])
    await remember(viewer.actor, verb, grant, values, group=new_group())
    await lines.rights_changed()
    return grant


async def refuse_last_administrator(grant: OfficeHolding) -> None:
    """Conflict where the agency would be left without an administrator over all of it."""
    root = await root_unit()
    if grant.office is not Office.ADMINISTRATOR or grant.unit_id != root.id or grant.state is not GrantState.HELD:
        return
    today = clock.today()
    held = OfficeHolding.filter(office=Office.ADMINISTRATOR, unit_id=root.id, state=GrantState.HELD)
    others = await held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).exclude(
        person_id=grant.person_id
    )
    here = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
    if not await Person.filter(here, id__in=[other.person_id for other in others]).exists():
        raise Conflict("The agency needs an administrator: grant the office to someone else first.")
