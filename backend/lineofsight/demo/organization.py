"""Units, positions and people: who works where, and under whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .cast import CAST
from .facts import Cast, Person, Position, Unit
from .names import email_of, invent_names
from .text import TeamBlock, UnitBlock, unit_blocks

CREW = 8
"""People under one supervisor before a second crew is formed."""
CAST_TEAM = "Plans Review"
CAST_REPORTS = 8
CORE = 9
"""The cast and the Permit Center Manager between them; everyone else is counted on top."""


@dataclass
class Crew:
    """A supervisor's position and the positions under it, with what such a team writes."""

    number: int
    unit: str
    block: TeamBlock
    supervisor: Position
    staff: list[Position] = field(default_factory=list)


@dataclass
class Organization:
    """Who works where, and the text each unit was made from."""

    units: list[Unit]
    positions: list[Position]
    people: list[Person]
    crews: list[Crew]
    cast: list[Cast]
    blocks: dict[str, UnitBlock]

    def person_at(self, position: int | None) -> int | None:
        """The holder of a position, or the nearest one above a vacancy."""
        while position is not None:
            found = self.positions[position]
            if found.holder is not None:
                return found.holder
            position = found.superior
        return None

    def lead_of(self, unit: str) -> int | None:
        """Who acts for a unit today."""
        return self.person_at(next(u.lead for u in self.units if u.code == unit))


def _smallest(block: UnitBlock) -> int:
    return 1 + sum(3 for _ in block.teams)


def chosen_blocks(people: int) -> list[UnitBlock]:
    """The units an agency of this size has; the cast's own come first, whatever the size."""
    always = {"PLAN", "PLAN-PERM", "CEO", "CEO-STRAT", "HR", "AUDIT", "IT", "IT-APP"}
    blocks = unit_blocks()
    budget = people - CORE - CAST_REPORTS - 6
    kept = set(always)
    for block in sorted(blocks, key=lambda b: (b.code not in always, b.code.split("-")[0] not in always)):
        if block.code in always:
            continue
        if block.parent != "agency" and block.parent not in kept:
            continue
        if budget < _smallest(block):
            break
        budget -= _smallest(block)
        kept.add(block.code)
    return [block for block in blocks if block.code in kept]


class _Builder:
    def __init__(self, rng: Random, people: int) -> None:
        self.rng = rng
        self.people = people
        self.blocks = {block.code: block for block in chosen_blocks(people)}
        self.units = [Unit("agency", "Kestrel County", "county", None)]
        self.positions: list[Position] = []
        self.leads: dict[str, Position] = {}
        self.crews: list[Crew] = []
        self.fixed: dict[str, Position] = {}

    def post(self, title: str, unit: str, superior: Position | None) -> Position:
        made = Position(len(self.positions), title, unit, superior.key if superior else None)
        self.positions.append(made)
        return made

    def top(self) -> None:
        executive = self.post("County Executive", "agency", None)
        self.units[0].lead = executive.key
        services = self.post("Deputy County Executive, Community Services", "agency", executive)
        works = self.post("Deputy County Executive, Operations", "agency", executive)
        self.fixed["executive"], self.fixed["services"], self.fixed["works"] = executive, services, works

    def unit(self, block: UnitBlock) -> None:
        self.units.append(Unit(block.code, block.name, block.kind, block.parent))
        if block.parent != "agency":
            above = self.fixed.get(f"deputy {block.parent}", self.leads[block.parent])
        elif block.code in ("PW", "PLAN", "IT", "EM", "FIN"):
            above = self.fixed["works"]
        elif block.code in ("PH", "HS", "LIB", "PARKS"):
            above = self.fixed["services"]
        else:
            above = self.fixed["executive"]
        lead = self.leads[block.code] = self.post(block.lead, block.code, above)
        self.units[-1].lead = lead.key
        if block.code == "PLAN":
            self.fixed["deputy PLAN"] = self.post("Deputy Director of Planning", "PLAN", lead)

    def crew(self, unit: str, block: TeamBlock, above: Position) -> Crew:
        supervisor = self.post(block.supervisor, unit, above)
        made = Crew(len(self.crews), unit, block, supervisor)
        supervisor.crew = made.number
        self.crews.append(made)
        return made

    def staff(self, crew: Crew) -> Position:
        jobs = crew.block.jobs
        place = len(crew.staff)
        title = jobs[0] if place % 3 == 0 else jobs[place % len(jobs)]
        made = self.post(title, crew.unit, crew.supervisor)
        made.crew = crew.number
        crew.staff.append(made)
        return made

    def teams(self) -> Iterator[tuple[str, TeamBlock]]:
        for code, block in self.blocks.items():
            for team in block.teams:
                yield code, team


def _grow(build: _Builder, seats: int) -> None:
    """Fills `seats` positions over the teams in proportion to their size, adding crews where one is full."""
    crews: dict[tuple[str, str], list[Crew]] = {}
    for crew in build.crews:
        crews.setdefault((crew.unit, crew.block.name), []).append(crew)
    above = dict(build.leads)
    sizes = {key: found[0].block.size for key, found in crews.items() if key[1] != CAST_TEAM}
    whole = sum(sizes.values())
    owed = dict.fromkeys(sizes, 0.0)
    while seats > 0:
        for key, size in sizes.items():
            owed[key] += size / whole
        key = max(owed, key=lambda k: owed[k])
        owed[key] -= 1
        last = crews[key][-1]
        if len(last.staff) >= max(CREW, last.block.size):
            if len(crews[key]) % 9 == 8:
                above[key[0]] = build.post(
                    f"Assistant {build.leads[key[0]].title}", key[0], build.leads[key[0]]
                )
                seats -= 1
            last = build.crew(key[0], last.block, above[key[0]])
            crews[key].append(last)
            seats -= 1
            if seats <= 0:
                break
        build.staff(last)
        seats -= 1


def _vacate(build: _Builder, people: int) -> set[int]:
    """Positions left vacant: inside reporting lines, as real agencies have them."""
    vacant = {build.fixed["deputy PLAN"].key}
    if people >= 60:
        vacant.update(build.leads[c].key for c in ("PW-ROADS", "HS-AGE") if c in build.leads)
    if people >= 120:
        vacant.update(
            c.supervisor.key for c in build.crews if c.block.name in ("Vehicle Shop", "Tax Services")
        )
    return vacant


def build_organization(rng: Random, people: int, today: date) -> Organization:
    """The whole organization with exactly `people` persons (10 or more)."""
    build = _Builder(rng, people)
    build.top()
    for block in build.blocks.values():
        build.unit(block)
    cast_crew: Crew | None = None
    for code, team in build.teams():
        if people < 40 and code not in ("PLAN-PERM",) and team.name != CAST_TEAM:
            continue
        crew = build.crew(code, team, build.leads[code])
        if team.name == CAST_TEAM:
            cast_crew = crew
    assert cast_crew is not None
    for _ in range(min(CAST_REPORTS, max(1, people - CORE + 1))):
        build.staff(cast_crew)
    core = [
        build.fixed["executive"],
        build.leads["PLAN"],
        build.leads["PLAN-PERM"],
        cast_crew.supervisor,
        *cast_crew.staff,
        build.leads["CEO-STRAT"],
        build.leads["HR"],
        build.leads["AUDIT"],
        build.leads["IT-APP"],
    ]
    vacant = _vacate(build, people)
    others = [p for p in build.positions if p not in core and p.key not in vacant]
    seats = people - len(core) - len(others)
    if seats > 0:
        _grow(build, seats)
    filled = core + [p for p in build.positions if p not in core and p.key not in vacant]
    filled = filled[:people]
    persons = _persons(rng, filled, cast_crew, build, today)
    _dot(build, people)
    return Organization(
        build.units, build.positions, persons, build.crews, _cast(persons, build, cast_crew), build.blocks
    )


def _seats(build: _Builder, crew: Crew) -> dict[str, Position]:
    return {
        "employee": crew.staff[0],
        "manager": crew.supervisor,
        "director": build.leads["PLAN"],
        "strategy office": build.leads["CEO-STRAT"],
        "HR": build.leads["HR"],
        "executive": build.fixed["executive"],
        "auditor": build.leads["AUDIT"],
        "administrator": build.leads["IT-APP"],
    }


def _persons(rng: Random, filled: list[Position], crew: Crew, build: _Builder, today: date) -> list[Person]:
    fixed = {
        position.key: next(c.name for c in CAST if c.role == role)
        for role, position in _seats(build, crew).items()
    }
    names = iter(invent_names(rng, len(filled), set(fixed.values())))
    used: set[str] = set()
    persons: list[Person] = []
    emails = {key: email_of(name, used) for key, name in fixed.items()}
    for position in sorted(filled, key=lambda p: p.key):
        name = fixed.get(position.key) or next(names)
        email = emails.get(position.key) or email_of(name, used)
        months = int(rng.triangular(2, 300, 30))
        persons.append(
            Person(len(persons), name, email, position.key, today - timedelta(days=30 * months + 11))
        )
        position.holder = persons[-1].key
    return persons


def _dot(build: _Builder, people: int) -> None:
    """Dotted lines (advice, not command) and part-time positions."""

    def link(unit: str, job: str, target: str) -> None:
        crew = next((c for c in build.crews if c.unit == unit and c.staff), None)
        if crew is None or target not in build.leads:
            return
        found = next((p for p in crew.staff if p.title == job), crew.staff[-1])
        found.dotted = build.leads[target].key

    link("PLAN-PERM", "Permit Technician", "IT-APP")
    link("PH-PREP", "Health Data Analyst", "IT-APP")
    link("PW-WATER", "Stormwater Technician", "PLAN-LONG")
    link("LIB-DIG", "Technology Trainer", "IT-OPS")
    link("EM", "Grants Specialist", "FIN")
    if people >= 20 and "SO" in build.leads:
        build.leads["SO"].dotted = build.fixed["executive"].key
        build.leads["SO"].superior = None
    staff = [p for c in build.crews for p in c.staff]
    for place, position in enumerate(staff):
        if place % 19 == 7:
            position.headcount = (0.5, 0.6, 0.8)[place % 3]


def _cast(persons: list[Person], build: _Builder, crew: Crew) -> list[Cast]:
    seats = _seats(build, crew)
    return [
        Cast(c.role, holder, c.about, c.offices) for c in CAST if (holder := seats[c.role].holder) is not None
    ]
