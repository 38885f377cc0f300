"""Mutations on the organisation: units, people, positions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from lineofsight.graph.context import Info
from lineofsight.graph.payloads import Problem, attempt, optional_key, problem_list, row_later
from lineofsight.graph.people import OrgUnit, Person, Position
from lineofsight.kernel.ids import key_of
from lineofsight.people import reads
from lineofsight.people.actions import holdings, persons, positions, units

ID = strawberry.ID

AGAIN = "Repeating the key answers the same."


@strawberry.input(description="A new unit.")
class UnitCreateInput:
    """Code and name suffice."""

    code: str = strawberry.field(description="Short code, unique in the agency.")
    name: str = strawberry.field(description="Name of the unit.")
    kind: str | None = strawberry.field(default=None, description="Kind, as the agency names it.")
    parent_id: ID | None = strawberry.field(default=None, description="The unit above; default the agency itself.")
    client_key: str | None = strawberry.field(default=None, description=AGAIN)


@strawberry.input(description="Changes to a unit; what is left out stays.")
class UnitChanges:
    """Fields of a unit."""

    code: strawberry.Maybe[str] = strawberry.field(description="Short code, unique in the agency.")
    name: strawberry.Maybe[str] = strawberry.field(description="Name of the unit.")
    kind: strawberry.Maybe[str | None] = strawberry.field(description="Kind, as the agency names it.")
    parent_id: strawberry.Maybe[ID] = strawberry.field(description="The unit above.")
    lead_position_id: strawberry.Maybe[ID | None] = strawberry.field(description="The position that leads it.")
    ended: strawberry.Maybe[bool] = strawberry.field(description="Whether it has ended; only an empty unit can.")


@strawberry.input(description="An edit of a unit.")
class UnitEditInput:
    """The unit, the version it was read at, the changes."""

    unit_id: ID = strawberry.field(description="The unit.")
    version: int = strawberry.field(description="The version it was read at.")
    changes: UnitChanges = strawberry.field(description="What changes.")


@strawberry.type(description="Answer of a mutation on a unit.")
class UnitPayload:
    """The unit as it is now."""

    problems: list[Problem] = problem_list()
    unit: OrgUnit | None = strawberry.field(default=None, description="The unit as it is now.")


@strawberry.input(description="A new person.")
class PersonCreateInput:
    """In a position, else in a unit, else in the agency itself."""

    name: str = strawberry.field(description="Full name.")
    email: str | None = strawberry.field(default=None, description="E-mail address; signing in needs one.")
    job_title: str | None = strawberry.field(default=None, description="Job title.")
    position_id: ID | None = strawberry.field(default=None, description="The position that places the person.")
    unit_id: ID | None = strawberry.field(default=None, description="The unit, where there is no position.")
    started_on: date | None = strawberry.field(default=None, description="First day here.")
    client_key: str | None = strawberry.field(default=None, description=AGAIN)


@strawberry.input(description="Changes to a person; what is left out stays.")
class PersonChanges:
    """Fields of a person."""

    name: strawberry.Maybe[str] = strawberry.field(description="Full name.")
    email: strawberry.Maybe[str | None] = strawberry.field(description="E-mail address.")
    job_title: strawberry.Maybe[str | None] = strawberry.field(description="Job title.")
    position_id: strawberry.Maybe[ID | None] = strawberry.field(
        description="The position that places the person from today; null: none."
    )
    unit_id: strawberry.Maybe[ID] = strawberry.field(description="The unit, of a person whom no position places.")
    started_on: strawberry.Maybe[date | None] = strawberry.field(description="First day here.")
    ended_on: strawberry.Maybe[date | None] = strawberry.field(
        description="First day without the person, today at the latest: ends positions, offices, sessions and tokens. "
        "Null: the person is back."
    )


@strawberry.input(description="An edit of a person.")
class PersonEditInput:
    """The person, the version it was read at, the changes."""

    person_id: ID = strawberry.field(description="The person.")
    version: int = strawberry.field(description="The version it was read at.")
    changes: PersonChanges = strawberry.field(description="What changes.")


@strawberry.type(description="Answer of a mutation on a person.")
class PersonPayload:
    """The person as it is now."""

    problems: list[Problem] = problem_list()
    person: Person | None = strawberry.field(default=None, description="The person as it is now.")


@strawberry.input(description="A new position, vacant.")
class PositionCreateInput:
    """Title and unit suffice."""

    title: str = strawberry.field(description="Title of the position.")
    unit_id: ID = strawberry.field(description="The unit of the position.")
    superior_id: ID | None = strawberry.field(default=None, description="The position above; none: the top of a line.")
    dotted_superior_ids: list[ID] | None = strawberry.field(
        default=None, description="Second, advisory superiors; at most 20."
    )
    headcount: float = strawberry.field(default=1.0, description="How many posts it stands for; 0.5 is half a post.")
    grade: str | None = strawberry.field(default=None, description="Grade, as the agency names it.")
    client_key: str | None = strawberry.field(default=None, description=AGAIN)


@strawberry.input(description="Changes to a position; what is left out stays.")
class PositionChanges:
    """Fields of a position."""

    title: strawberry.Maybe[str] = strawberry.field(description="Title of the position.")
    unit_id: strawberry.Maybe[ID] = strawberry.field(description="The unit of the position.")
    superior_id: strawberry.Maybe[ID | None] = strawberry.field(
        description="The position above from today; null: the top of a line."
    )
    dotted_superior_ids: strawberry.Maybe[list[ID]] = strawberry.field(
        description="All second, advisory superiors from today; at most 20."
    )
    headcount: strawberry.Maybe[float] = strawberry.field(description="How many posts it stands for.")
    grade: strawberry.Maybe[str | None] = strawberry.field(description="Grade, as the agency names it.")
    ended: strawberry.Maybe[bool] = strawberry.field(
        description="Whether it has ended; only a vacant position without others below it can."
    )


@strawberry.input(description="An edit of a position.")
class PositionEditInput:
    """The position, the version it was read at, the changes."""

    position_id: ID = strawberry.field(description="The position.")
    version: int = strawberry.field(description="The version it was read at.")
    changes: PositionChanges = strawberry.field(description="What changes.")


@strawberry.input(description="A person to put into a position from today.")
class PositionHoldInput:
    """Position and person."""

    position_id: ID = strawberry.field(description="The position.")
    person_id: ID = strawberry.field(description="The person.")
    primary: bool = strawberry.field(
        default=True, description="Whether it places the person, who then leaves the one that did; else held besides."
    )


@strawberry.input(description="A person to take out of a position from today.")
class PositionLeaveInput:
    """Position and person."""

    position_id: ID = strawberry.field(description="The position.")
    person_id: ID = strawberry.field(description="The person.")


@strawberry.type(description="Answer of a mutation on a position.")
class PositionPayload:
    """The position as it is now, and who was moved."""

    problems: list[Problem] = problem_list()
    position: Position | None = strawberry.field(default=None, description="The position as it is now.")
    person: Person | None = strawberry.field(default=None, description="The person who was moved.")


def given_changes(changes: Any, kinds: Mapping[str, str]) -> dict[str, Any]:
    """The changes that were given, by name; ids (``kinds``: their type by name) as keys."""
    found: dict[str, Any] = {}
    for name in type(changes).__annotations__:
        given = getattr(changes, name)
        if given is None:
            continue
        value, kind = given.value, kinds.get(name)
        head, *rest = name.split("_")
        path = ("changes", head + "".join(part.title() for part in rest))
        if kind is not None and isinstance(value, list):
            value = [key_of(kind, one, path=path) for one in value]
        elif kind is not None:
            value = optional_key(kind, value, *path)
        found[name] = value
    return found


def unit_answer(key: int) -> dict[str, Any]:
    """The payload of a unit."""
    return {"unit": row_later("OrgUnit", reads.UNITS, key)}


def person_answer(key: int) -> dict[str, Any]:
    """The payload of a person."""
    return {"person": row_later("Person", reads.PEOPLE, key)}


def position_answer(key: int) -> dict[str, Any]:
    """The payload of a position."""
    return {"position": row_later("Position", reads.POSITIONS, key)}


@strawberry.type
class PeopleMutations:
    """Mutations on units, people and positions."""

    @strawberry.mutation(description="Make a unit.")
    async def unit_create(self, info: Info, input: UnitCreateInput) -> UnitPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            parent = optional_key("OrgUnit", input.parent_id, "parentId")
            given = units.NewUnit(input.code, input.name, input.kind, parent)
            return unit_answer(await units.create_unit(info.context.viewer, given, client_key=input.client_key))

        return await attempt(info.context, UnitPayload, do)

    @strawberry.mutation(description="Change fields of a unit: rename, move, name its lead, end it.")
    async def unit_edit(self, info: Info, input: UnitEditInput) -> UnitPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("OrgUnit", input.unit_id, path=("unitId",))
            changes = given_changes(input.changes, {"parent_id": "OrgUnit", "lead_position_id": "Position"})
            await units.edit_unit(info.context.viewer, key, input.version, changes)
            return unit_answer(key)

        return await attempt(info.context, UnitPayload, do)

    @strawberry.mutation(description="Make a person.")
    async def person_create(self, info: Info, input: PersonCreateInput) -> PersonPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            given = persons.NewPerson(
                name=input.name,
                email=input.email,
                job_title=input.job_title,
                position_id=optional_key("Position", input.position_id, "positionId"),
                unit_id=optional_key("OrgUnit", input.unit_id, "unitId"),
                started_on=input.started_on,
            )
            return person_answer(await persons.create_person(info.context.viewer, given, client_key=input.client_key))

        return await attempt(info.context, PersonPayload, do)

    @strawberry.mutation(description="Change fields of a person: rename, place, record that they left or are back.")
    async def person_edit(self, info: Info, input: PersonEditInput) -> PersonPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Person", input.person_id, path=("personId",))
            changes = given_changes(input.changes, {"position_id": "Position", "unit_id": "OrgUnit"})
            await persons.edit_person(info.context.viewer, key, input.version, changes)
            return person_answer(key)

        return await attempt(info.context, PersonPayload, do)

    @strawberry.mutation(description="Make a position, vacant.")
    async def position_create(self, info: Info, input: PositionCreateInput) -> PositionPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            dotted = input.dotted_superior_ids or ()
            given = positions.NewPosition(
                title=input.title,
                unit_id=key_of("OrgUnit", input.unit_id, path=("unitId",)),
                superior_id=optional_key("Position", input.superior_id, "superiorId"),
                dotted_superior_ids=tuple(key_of("Position", one, path=("dottedSuperiorIds",)) for one in dotted),
                headcount=input.headcount,
                grade=input.grade,
            )
            viewer = info.context.viewer
            return position_answer(await positions.create_position(viewer, given, client_key=input.client_key))

        return await attempt(info.context, PositionPayload, do)

    @strawberry.mutation(description="Change fields and lines of a position, or end it.")
    async def position_edit(self, info: Info, input: PositionEditInput) -> PositionPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Position", input.position_id, path=("positionId",))
            kinds = {"unit_id": "OrgUnit", "superior_id": "Position", "dotted_superior_ids": "Position"}
            changes = given_changes(input.changes, kinds)
            await positions.edit_position(info.context.viewer, key, input.version, changes)
            return position_answer(key)

        return await attempt(info.context, PositionPayload, do)

    @strawberry.mutation(description="Put a person into a position from today.")
    async def position_hold(self, info: Info, input: PositionHoldInput) -> PositionPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Position", input.position_id, path=("positionId",))
            person = key_of("Person", input.person_id, path=("personId",))
            await holdings.hold_position(info.context.viewer, key, person, primary=input.primary)
            return position_answer(key) | person_answer(person)

        return await attempt(info.context, PositionPayload, do)

    @strawberry.mutation(description="Take a person out of a position from today.")
    async def position_leave(self, info: Info, input: PositionLeaveInput) -> PositionPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Position", input.position_id, path=("positionId",))
            person = key_of("Person", input.person_id, path=("personId",))
            await holdings.leave_position(info.context.viewer, key, person)
            return position_answer(key) | person_answer(person)

        return await attempt(info.context, PositionPayload, do)
