"""Who may see what of the cast, written from GLOSSARY.md and the design's words, never by asking the policy.

Only the declarations of tests/cast.py are read here: neither a stored fact nor a rule of the product.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from lineofsight.goals.words import AlignmentType, GoalStatus, Visibility
from tests.cast import (
    CLIENTS,
    GOAL,
    GOALS,
    HELPED,
    LINKS,
    MEMBERS,
    OFFICES,
    PEOPLE,
    POSITIONS,
    SHARED,
    SHARING,
    SPONSOR,
    UNITS,
    WITH_METRIC,
    GoalFact,
    LinkFact,
    Member,
    OfficeFact,
    PersonFact,
    mark,
    outside_key,
)

UNIT = {unit.key: unit for unit in UNITS}
POSITION = {position.key: position for position in POSITIONS}
PERSON = {person.key: person for person in PEOPLE}


@cache
def units_up(key: str) -> tuple[str, ...]:
    """A unit and all above it."""
    parent = UNIT[key].parent
    return (key, *(units_up(parent) if parent else ()))


@cache
def positions_above(key: str) -> tuple[str, ...]:
    """The positions above one, nearest first."""
    superior = POSITION[key].superior
    return (superior, *positions_above(superior)) if superior else ()


def seat(person: PersonFact) -> str | None:
    """Where a person sits today."""
    return None if person.left else person.position


def owner_seat(goal: GoalFact) -> str | None:
    """The position whose line a goal stands on: its owner's, the last one of who left, or the owning unit's lead."""
    if goal.unit:
        return UNIT[goal.unit].lead
    assert goal.person
    return PERSON[goal.person].position


def unit_of(goal: GoalFact) -> str:
    """The unit a goal belongs to; who left keeps their last one."""
    if goal.unit:
        return goal.unit
    assert goal.person
    return POSITION[PERSON[goal.person].position].unit


def direct_manager(position: str | None) -> str | None:
    """Who holds the nearest occupied superior position."""
    if position is None:
        return None
    return next((POSITION[p].holder for p in positions_above(position) if POSITION[p].holder), None)


@dataclass(frozen=True)
class Sight:
    """What one member of the cast may see."""

    member: Member

    @cached_property
    def person(self) -> PersonFact | None:
        """The person who asks."""
        found = PERSON[self.member.person] if self.member.person else None
        return None if found is not None and found.left else found

    @property
    def known(self) -> bool:
        """Anyone but a stranger."""
        return self.person is not None or self.member.client is not None

    @property
    def limit(self) -> str | None:
        """The unit a client is limited to."""
        return CLIENTS[self.member.client] if self.member.client else None

    def scope(self, name: str) -> bool:
        """Sessions have every scope."""
        return self.member.scopes is None or name in self.member.scopes

    def within(self, unit: str | None) -> bool:
        """Whether something of a unit lies in the limit; without a unit nothing does."""
        return self.known and (self.limit is None or (unit is not None and self.limit in units_up(unit)))

    def holds(self, office: str, unit: str) -> bool:
        """Whether the viewer holds an office over a unit."""
        return self.person is not None and any(
            o.in_force and o.person == self.person.key and o.office == office and o.unit in units_up(unit)
            for o in OFFICES
        )

    def sees_person(self, person: PersonFact) -> bool:
        """The directory is for every colleague and for clients."""
        return self.within(POSITION[person.position].unit)

    def sees_email(self, person: PersonFact, *, directory: bool) -> bool:
        """Colleagues where the agency allows it; oneself, HR and administrators of the unit."""
        unit = POSITION[person.position].unit
        return self.sees_person(person) and self.person is not None and (
            directory or person == self.person or self.holds("HR", unit) or self.holds("ADMINISTRATOR", unit)
        )

    def sees_start(self, person: PersonFact) -> bool:
        """The first day here: oneself and HR of the unit."""
        return self.sees_person(person) and self.person is not None and (
            person == self.person or self.holds("HR", POSITION[person.position].unit)
        )

    def sees_office(self, office: OfficeFact) -> bool:
        """A grant of an office: whom it is for, and administrators of the unit; by token with write:admin."""
        return self.person is not None and self.scope("write:admin") and (
            office.person == self.person.key or self.holds("ADMINISTRATOR", office.unit)
        )

    def sees_client(self, client: str) -> bool:
        """A partner's client: its sponsor, and administrators of its unit; by token with write:admin."""
        return self.person is not None and self.scope("write:admin") and (
            self.person.key == SPONSOR or self.holds("ADMINISTRATOR", CLIENTS[client] or "agency")
        )

    def sees_closed_keys(self, unit: str) -> bool:
        """HR of the unit and the administrator."""
        return self.within(unit) and (self.holds("HR", unit) or self.holds("ADMINISTRATOR", unit))

    # goals

    def _is_owner(self, goal: GoalFact) -> bool:
        """Its owner; a unit acts through its lead."""
        if self.person is None:
            return False
        return goal.person == self.person.key or (goal.unit is not None and owner_seat(goal) == seat(self.person))

    def _is_author(self, goal: GoalFact) -> bool:
        return self.person is not None and (goal.author or goal.person or "sol") == self.person.key

    def _is_direct_manager(self, goal: GoalFact) -> bool:
        return self.person is not None and direct_manager(owner_seat(goal)) == self.person.key

    def _contributes(self, goal: GoalFact) -> bool:
        if self.person is None:
            return False
        led = [u.key for u in UNITS if u.lead == seat(self.person)]
        return self.person.key in goal.helpers or any(u in led for u in goal.helping_units)

    def _in_chain(self, goal: GoalFact) -> bool:
        """Everyone above the owner."""
        place = owner_seat(goal)
        return self.person is not None and place is not None and seat(self.person) in positions_above(place)

    def _in_unit(self, goal: GoalFact) -> bool:
        """Whoever works in the goal's unit or below it."""
        return self.person is not None and unit_of(goal) in units_up(POSITION[self.person.position].unit)

    def sees(self, goal: GoalFact) -> bool:
        """By visibility, each wider one with the narrower; a draft for owner, author and direct manager only."""
        if not self.within(unit_of(goal)):
            return False
        private = self._is_owner(goal) or self._is_author(goal) or self._is_direct_manager(goal)
        if goal.status is GoalStatus.DRAFT:
            return private
        private = private or self._contributes(goal)
        chain = private or self._in_chain(goal) or self.holds("EXECUTIVE", unit_of(goal))
        return {
            Visibility.PRIVATE: private,
            Visibility.CHAIN: chain,
            Visibility.UNIT: chain or self._in_unit(goal),
            Visibility.AGENCY: True,
        }[goal.visibility]

    def reads_notes(self, goal: GoalFact) -> bool:
        """Owner (and author, who edits alike), contributors, chain, lead and strategy office of the unit."""
        leads = self.person is not None and any(
            u.lead == seat(self.person) and u.key in units_up(unit_of(goal)) for u in UNITS
        )
        return self.sees(goal) and self.scope("read:notes") and (
            self._is_owner(goal)
            or self._is_author(goal)
            or self._contributes(goal)
            or self._in_chain(goal)
            or leads
            or self.holds("STRATEGY", unit_of(goal))
        )

    def sees_link(self, link: LinkFact) -> bool:
        """Only where both ends are visible."""
        return self.sees(GOAL[link.child]) and self.sees(GOAL[link.parent])

    @property
    def goals(self) -> list[GoalFact]:
        """The goals the viewer sees."""
        return [goal for goal in GOALS if self.sees(goal)]

    def hidden_beside(self, key: str, *, upward: bool) -> int:
        """How many CONTRIBUTES links of a goal lead to hidden goals that are no drafts."""
        far = [
            GOAL[link.parent if upward else link.child]
            for link in LINKS
            if link.type is AlignmentType.CONTRIBUTES and (link.child if upward else link.parent) == key
        ]
        return sum(goal.status is not GoalStatus.DRAFT and not self.sees(goal) for goal in far)

    # markers

    def markers(self, *, directory: bool = True) -> frozenset[str]:
        """Every marker and figure that may stand in an answer to the viewer."""
        return frozenset(self._markers(directory=directory))

    def _markers(self, *, directory: bool) -> Iterator[str]:
        own = self.member.name
        yield mark("agent", own)
        if self.person is not None:
            names = [m.name for m in MEMBERS.values() if m.person == self.person.key]
            yield from (mark(kind, name) for name in names for kind in ("token", "agent"))
        clients = [m for m in MEMBERS.values() if m.client and self.sees_client(m.client)]
        yield from (mark("token", member.name) for member in clients)
        if self.within("agency"):
            yield from self._outside("PLAN", "plan", "agency")
        if any(self.sees(goal) for goal in SHARING):
            yield mark("shared", "definition")
        for person in PEOPLE:
            if self.sees_person(person):
                yield from (person.name, mark("job", person.key))
                yield from self._outside("PERSON", person.key, POSITION[person.position].unit)
            if self.sees_email(person, directory=directory):
                yield mark("email", person.key)
        for unit in UNITS:
            if self.within(unit.key):
                yield from self._outside("UNIT", unit.key, unit.key)
        for position in POSITIONS:
            if self.within(position.unit):
                yield from (mark("position", position.key), mark("grade", position.key))
                yield from self._outside("POSITION", position.key, position.unit)
        for goal in self.goals:
            yield from self._of_goal(goal)
        for link in LINKS:
            if self.sees_link(link):
                yield mark("link", link.child, link.parent, link.type)

    def _of_goal(self, goal: GoalFact) -> Iterator[str]:
        fields = ["title", "description", "sequence", "metric", "definition", "target_text", "value_text"]
        fields += ["milestone", "check_in_text"]
        if self.reads_notes(goal):
            fields += ["note", "blocker", "unaligned_reason"]
        yield from (mark(goal.key, name) for name in fields)
        yield from (text_of(figure) for figure in distinct_figures(goal))
        yield from self._outside("GOAL", goal.key, unit_of(goal))
        if goal in WITH_METRIC:
            yield from self._outside("METRIC", goal.key, unit_of(goal))
        if goal in SHARING:
            yield mark(goal.key, "shared")

    def _outside(self, kind: str, name: str, unit: str) -> Iterator[str]:
        yield outside_key(kind, name, is_open=True)
        if self.sees_closed_keys(unit):
            yield outside_key(kind, name, is_open=False)


def distinct_figures(goal: GoalFact) -> Iterable[float]:
    """The numbers no other goal has."""
    return [value for value in goal.figures.values() if value]


def text_of(figure: float) -> str:
    """A number as it stands in JSON."""
    return repr(figure)


@cache
def every_marker() -> frozenset[str]:
    """All markers and figures planted anywhere."""
    found = {mark("shared", "definition"), outside_key("PLAN", "plan", is_open=True)}
    found |= {outside_key("PLAN", "plan", is_open=False)}
    found |= {mark(kind, name) for name in MEMBERS for kind in ("token", "agent", "secret")}
    for person in PEOPLE:
        found |= {person.name, mark("job", person.key), mark("email", person.key)}
    for position in POSITIONS:
        found |= {mark("position", position.key), mark("grade", position.key)}
    for goal in GOALS:
        found |= {mark(goal.key, name) for name in goal.text} | {mark(goal.key, "definition"), mark(goal.key, "shared")}
        found |= {text_of(figure) for figure in distinct_figures(goal)}
    found |= {mark("link", link.child, link.parent, link.type) for link in LINKS}
    for kind, names in (
        ("PERSON", PERSON), ("UNIT", UNIT), ("POSITION", POSITION), ("GOAL", GOAL), ("METRIC", GOAL),
    ):  # fmt: skip
        found |= {outside_key(kind, name, is_open=way) for name in names for way in (True, False)}
    return frozenset(found)


SIGHTS: dict[str, Sight] = {name: Sight(member) for name, member in MEMBERS.items()}


def leaked(sight: Sight, raw: bytes, *, directory: bool = True) -> list[str]:
    """The markers in an answer that the viewer may not see."""
    text = raw.decode()
    found = set(_PLANTED.findall(text)) | {person.name for person in PEOPLE if person.name in text}
    return sorted(found & _forbidden(sight, directory))


@cache
def _forbidden(sight: Sight, directory: bool) -> frozenset[str]:
    return every_marker() - sight.markers(directory=directory)


_PLANTED = re.compile(r"zq[0-9a-f]{12}|\d{6}\.125")


__all__ = ["HELPED", "SHARED", "SIGHTS", "Sight", "leaked"]
