"""A small agency for tests: who works there, what they want, and what each may not see.

Everything is declared here as data, written by ``build`` through the product's own bulk layer, and read by tests as
the truth to compare with (tests/graph/oracle.py knows who may see what of it). ``load`` gives the keys of the rows.

The story. Ada heads Harbor County. Bo directs Health, Wes Public Works. The deputy's chair under Bo is empty; below it
stand Cy's clinics (Di, Eli, once Lea) and, beside them, Fay's outreach (Gus). Hana is HR of Health, Sol the strategy
office, Ines the administrator, Otto the auditor; Viv is Health's executive without standing above anyone. Mia works in
Roads with a dotted line to Cy; Pat, also of Roads, helps on goals of others. Roads' lead position is vacant. Two
partners have clients: one unlimited, one limited to Health.

Every text carries a marker of its own (``mark``), every number an eighth of its own, so that a test finds any of them
in any byte of an answer.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

from lineofsight.exchange.bulk import insert, reserve
from lineofsight.goals import facts, linking, progress
from lineofsight.goals.models import (
    Alignment,
    CheckIn,
    Contributor,
    Goal,
    Metric,
    MetricDefinition,
    MetricTarget,
    MetricValue,
    Milestone,
)
from lineofsight.goals.words import AlignmentType, GoalLevel, GoalOutcome, GoalStatus, Visibility
from lineofsight.kernel import clock
from lineofsight.kernel.database import fetch, transaction
from lineofsight.kernel.models import ExternalRef, ExternalSystem
from lineofsight.kernel.sortkey import sort_key
from lineofsight.kernel.sql import Sql
from lineofsight.people import lines
from lineofsight.people.identity import email_key, hashed
from lineofsight.people.models import (
    Client,
    GrantState,
    Holding,
    LineKind,
    OfficeHolding,
    Person,
    Position,
    ReportingLine,
    Session,
    Token,
    Unit,
)
from lineofsight.people.setup import root_unit
from lineofsight.strategy.models import Cycle, Mandate, Pillar, Plan, PlanValue

TODAY = date(2026, 3, 16)
"""The day of the story: tests hold the clock there (``clock.at(TODAY)``)."""
SINCE = date(2024, 1, 1)
LONG = datetime(2099, 1, 1, tzinfo=UTC)


@cache
def mark(*parts: object) -> str:
    """The marker of a text: the same for the same parts, found nowhere else."""
    return "zq" + hashlib.sha256(".".join(map(str, parts)).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class UnitFact:
    """A unit; ``lead``: its lead position."""

    key: str
    name: str
    parent: str | None
    lead: str | None


UNITS = [
    UnitFact("agency", "Harbor County", None, "top"),
    UnitFact("health", "Health and Human Services", "agency", "health-director"),
    UnitFact("works", "Public Works", "agency", "works-director"),
    UnitFact("clinics", "Community Clinics", "health", "clinics-manager"),
    UnitFact("outreach", "Family Outreach", "health", "outreach-manager"),
    UnitFact("roads", "Roads and Bridges", "works", "roads-manager"),
]


@dataclass(frozen=True)
class PositionFact:
    """A position; ``holder``: who sits there today."""

    key: str
    unit: str
    superior: str | None
    holder: str | None = None
    dotted: str | None = None


POSITIONS = [
    PositionFact("top", "agency", None, "ada"),
    PositionFact("health-director", "health", "top", "bo"),
    PositionFact("works-director", "works", "top", "wes"),
    PositionFact("health-deputy", "health", "health-director"),
    PositionFact("clinics-manager", "clinics", "health-deputy", "cy"),
    PositionFact("outreach-manager", "outreach", "health-deputy", "fay"),
    PositionFact("nurse-di", "clinics", "clinics-manager", "di"),
    PositionFact("nurse-eli", "clinics", "clinics-manager", "eli"),
    PositionFact("nurse-lea", "clinics", "clinics-manager"),
    PositionFact("worker-gus", "outreach", "outreach-manager", "gus"),
    PositionFact("hr", "health", "health-director", "hana"),
    PositionFact("strategy", "agency", "top", "sol"),
    PositionFact("administration", "agency", "top", "ines"),
    PositionFact("audit", "agency", "top", "otto"),
    PositionFact("counsel", "agency", "top", "viv"),
    PositionFact("roads-manager", "roads", "works-director"),
    PositionFact("engineer-mia", "roads", "roads-manager", "mia", dotted="clinics-manager"),
    PositionFact("engineer-pat", "roads", "roads-manager", "pat"),
]


@dataclass(frozen=True)
class PersonFact:
    """A person; ``position``: where they sit, or sat until they left."""

    key: str
    name: str
    position: str
    left: bool = False

    @property
    def email(self) -> str:
        """Their address, its marker in it."""
        return f"{self.key}.{mark('email', self.key)}@harbor.example"


PEOPLE = [
    PersonFact("ada", "Ada Okonkwo", "top"),
    PersonFact("bo", "Bo Lindqvist", "health-director"),
    PersonFact("wes", "Wes Tanaka", "works-director"),
    PersonFact("cy", "Cy Abernathy", "clinics-manager"),
    PersonFact("fay", "Fay Moreau", "outreach-manager"),
    PersonFact("di", "Di Castellanos", "nurse-di"),
    PersonFact("eli", "Eli Nakamura", "nurse-eli"),
    PersonFact("gus", "Gus Petrov", "worker-gus"),
    PersonFact("hana", "Hana Yilmaz", "hr"),
    PersonFact("sol", "Sol Mbeki", "strategy"),
    PersonFact("ines", "Ines Ferreira", "administration"),
    PersonFact("otto", "Otto Brandt", "audit"),
    PersonFact("viv", "Viv Sharma", "counsel"),
    PersonFact("mia", "Mia Rossi", "engineer-mia"),
    PersonFact("pat", "Pat Dlamini", "engineer-pat"),
    PersonFact("lea", "Lea Johansson", "nurse-lea", left=True),
]


@dataclass(frozen=True)
class OfficeFact:
    """An office; ``state`` and ``until`` tell those not in force."""

    person: str
    office: str
    unit: str
    state: GrantState = GrantState.HELD
    until: date | None = None

    @property
    def in_force(self) -> bool:
        """Whether it is held on the day of the story."""
        return self.state is GrantState.HELD and (self.until is None or self.until > TODAY)


OFFICES = [
    OfficeFact("ada", "EXECUTIVE", "agency"),
    OfficeFact("viv", "EXECUTIVE", "health"),
    OfficeFact("hana", "HR", "health"),
    OfficeFact("sol", "STRATEGY", "agency"),
    OfficeFact("ines", "ADMINISTRATOR", "agency"),
    OfficeFact("otto", "AUDITOR", "agency"),
    OfficeFact("gus", "HR", "agency", state=GrantState.WAITING),
    OfficeFact("pat", "STRATEGY", "agency", until=date(2025, 7, 1)),
]


@dataclass(frozen=True)
class GoalFact:
    """A goal with all that stands on it; ``number`` makes its figures its own."""

    key: str
    number: int
    level: GoalLevel
    visibility: Visibility
    status: GoalStatus
    person: str | None = None
    unit: str | None = None
    author: str | None = None
    outcome: GoalOutcome | None = None
    parent: str | None = None
    helpers: tuple[str, ...] = ()  # people
    helping_units: tuple[str, ...] = ()
    bare: bool = False  # no metric of its own: counts what is below

    @property
    def text(self) -> dict[str, str]:
        """Its texts by field."""
        return {
            "title": f"Goal {self.key} {mark(self.key, 'title')}",
            "description": f"About {self.key} {mark(self.key, 'description')}",
            "sequence": f"{self.number}.{mark(self.key, 'sequence')}",
            "unaligned_reason": f"Alone as {mark(self.key, 'unaligned_reason')}",
            "metric": f"Measure {mark(self.key, 'metric')}",
            "target_text": f"About {mark(self.key, 'target_text')}",
            "value_text": f"roughly {mark(self.key, 'value_text')}",
            "milestone": f"Step {mark(self.key, 'milestone')}",
            "check_in_text": f"said {mark(self.key, 'check_in_text')}",
            "note": f"Between us: {mark(self.key, 'note')}",
            "blocker": f"Stuck on {mark(self.key, 'blocker')}",
            "open_key": mark(self.key, "open"),
            "closed_key": mark(self.key, "closed"),
            "metric_key": mark(self.key, "metric_key"),
        }

    @property
    def figures(self) -> dict[str, float]:
        """Its numbers by field, each its own."""
        return {
            "baseline": 0.0,
            "commit": 500_000 + self.number + 0.125,
            "target": 600_000 + self.number + 0.125,
            "stretch": 700_000 + self.number + 0.125,
            "first": 110_000 + self.number + 0.125,
            "value": 300_000 + self.number + 0.125,
        }


def _numbered(goals: list[dict[str, Any]]) -> list[GoalFact]:
    return [GoalFact(number=n, **goal) for n, goal in enumerate(goals, 1)]


_L, _V, _S = GoalLevel, Visibility, GoalStatus


def _matrix(owner: str, statuses: list[GoalStatus], level: GoalLevel, **more: Any) -> list[dict[str, Any]]:
    """A goal of each visibility in each status."""
    return [
        {
            "key": f"{owner}-{visibility.lower()}-{status.lower()}",
            "level": level,
            "visibility": visibility,
            "status": status,
            "outcome": GoalOutcome.PARTIAL if status is _S.CLOSED else None,
            **more,
        }
        for visibility, status in product(Visibility, statuses)
    ]


GOALS: list[GoalFact] = _numbered(
    [
        {"key": "mission-goal", "level": _L.STRATEGIC_GOAL, "visibility": _V.AGENCY, "status": _S.ACTIVE,
         "unit": "agency", "author": "sol", "bare": True},
        {"key": "objective", "level": _L.STRATEGIC_OBJECTIVE, "visibility": _V.AGENCY, "status": _S.ACTIVE,
         "unit": "health", "author": "sol", "parent": "mission-goal", "bare": True},
        {"key": "clinic-goal", "level": _L.UNIT, "visibility": _V.AGENCY, "status": _S.ACTIVE, "unit": "clinics",
         "author": "cy", "parent": "objective", "bare": True},
        {"key": "outreach-goal", "level": _L.UNIT, "visibility": _V.UNIT, "status": _S.ACTIVE, "unit": "outreach",
         "author": "fay", "parent": "objective", "bare": True},
        # two hidden steps in a row, a visible goal below each
        {"key": "quiet-bo", "level": _L.UNIT, "visibility": _V.PRIVATE, "status": _S.ACTIVE, "person": "bo",
         "parent": "objective"},
        {"key": "quiet-cy", "level": _L.TEAM, "visibility": _V.PRIVATE, "status": _S.ACTIVE, "person": "cy",
         "parent": "quiet-bo"},
        {"key": "below-one", "level": _L.INDIVIDUAL, "visibility": _V.AGENCY, "status": _S.ACTIVE, "person": "eli",
         "parent": "quiet-bo"},
        {"key": "below-two", "level": _L.INDIVIDUAL, "visibility": _V.AGENCY, "status": _S.ACTIVE, "person": "di",
         "parent": "quiet-cy"},
        {"key": "below-draft", "level": _L.INDIVIDUAL, "visibility": _V.AGENCY, "status": _S.PROPOSED, "person": "eli",
         "parent": "clinics-agency-draft"},
        # written by someone who is neither owner nor above
        {"key": "by-otto", "level": _L.INDIVIDUAL, "visibility": _V.PRIVATE, "status": _S.ACTIVE, "person": "gus",
         "author": "otto", "parent": "outreach-goal"},
        {"key": "by-otto-draft", "level": _L.INDIVIDUAL, "visibility": _V.AGENCY, "status": _S.DRAFT, "person": "gus",
         "author": "otto"},
        *_matrix("di", list(GoalStatus), _L.INDIVIDUAL, person="di", parent="clinic-goal", helpers=("pat",)),
        *_matrix("gus", [_S.DRAFT, _S.ACTIVE], _L.INDIVIDUAL, person="gus", parent="outreach-goal"),
        *_matrix("clinics", [_S.DRAFT, _S.ACTIVE], _L.UNIT, unit="clinics", parent="objective",
                 helping_units=("outreach",)),
        *_matrix("roads", [_S.ACTIVE], _L.UNIT, unit="roads"),
        *_matrix("mia", [_S.ACTIVE], _L.INDIVIDUAL, person="mia"),
        *_matrix("lea", [_S.ACTIVE], _L.INDIVIDUAL, person="lea"),
    ]
)  # fmt: skip
GOAL = {goal.key: goal for goal in GOALS}


@dataclass(frozen=True)
class LinkFact:
    """An alignment; the text of its reason carries a marker."""

    child: str
    parent: str
    type: AlignmentType = AlignmentType.CONTRIBUTES
    primary: bool = False
    weight: float | None = None

    @property
    def reason(self) -> str:
        """Why, with its marker."""
        return f"Because {mark('link', self.child, self.parent, self.type)}"


LINKS = [
    *(LinkFact(goal.key, goal.parent, primary=True) for goal in GOALS if goal.parent),
    LinkFact("di-agency-active", "outreach-goal", weight=3.0),
    LinkFact("di-private-active", "gus-agency-active", AlignmentType.SUPPORTS),
    LinkFact("gus-agency-active", "di-private-active", AlignmentType.DEPENDS_ON),
    LinkFact("di-agency-active", "gus-agency-active", AlignmentType.CONFLICTS_WITH),
    LinkFact("mia-private-active", "di-agency-active", AlignmentType.CONFLICTS_WITH),
    LinkFact("gus-private-active", "clinic-goal"),
]

SHARED = "Shared measure " + mark("shared", "definition")
"""What di-agency-active and mia-private-active both measure, besides their own."""


@dataclass(frozen=True)
class Member:
    """Someone who asks: a person by session or token, a client by token, or a stranger."""

    name: str
    person: str | None = None
    client: str | None = None
    scopes: tuple[str, ...] | None = None

    @property
    def secret(self) -> str:
        """The secret of the session or token, the same in every database."""
        return f"{'session' if self.scopes is None else 'los'}_{mark('secret', self.name)}"


EVERY_SCOPE = (
    "read", "read:notes", "read:performance", "read:sensitive",
    "write:goals", "write:checkins", "write:metrics", "write:people", "write:admin",
)  # fmt: skip

SPONSOR = "ines"
"""Who answers for the clients."""
CLIENTS: dict[str, str | None] = {"partner": None, "health-partner": "health"}
"""Clients and the unit each is limited to."""

MEMBERS: dict[str, Member] = {
    member.name: member
    for member in [
        *(Member(person.key, person=person.key) for person in PEOPLE),
        Member("di-reader", person="di", scopes=("read",)),
        Member("di-notes", person="di", scopes=("read", "read:notes")),
        Member("di-writer", person="di", scopes=("read", "write:goals")),
        Member("cy-all", person="cy", scopes=EVERY_SCOPE),
        Member("ines-reader", person="ines", scopes=("read",)),
        Member("partner", client="partner", scopes=EVERY_SCOPE),
        Member("partner-reader", client="partner", scopes=("read",)),
        Member("health-partner", client="health-partner", scopes=EVERY_SCOPE),
        Member("stranger"),
    ]
}
"""Everyone tests may ask as; lea has left, so her session is a stranger's."""


@dataclass
class Cast:
    """The keys in the database of everything declared here."""

    units: dict[str, int] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    clients: dict[str, int] = field(default_factory=dict)
    offices: dict[OfficeFact, int] = field(default_factory=dict)
    goals: dict[str, int] = field(default_factory=dict)
    links: dict[LinkFact, int] = field(default_factory=dict)
    metrics: dict[str, int] = field(default_factory=dict)  # by goal
    definitions: dict[str, int] = field(default_factory=dict)  # by goal; the shared one under "shared"
    values: dict[str, int] = field(default_factory=dict)  # the newest, by goal
    milestones: dict[str, int] = field(default_factory=dict)  # by goal
    check_ins: dict[str, int] = field(default_factory=dict)  # by goal
    contributors: dict[str, int] = field(default_factory=dict)  # by goal
    plan: int = 0
    cycle: int = 0


WITH_METRIC = [goal for goal in GOALS if not goal.bare]
HELPED = [goal for goal in GOALS if goal.helpers or goal.helping_units]
SHARING = [GOAL["di-agency-active"], GOAL["mia-private-active"]]


async def build() -> Cast:
    """Writes the agency into a database that holds only its root unit."""
    with clock.at(TODAY):
        async with transaction():
            await _structure()
            await lines.refresh()
            await _strategy()
            await _goals()
            await _outside()
            await facts.refresh()
            await linking.refresh()
            await progress.rebuild()
        return await load()


async def load() -> Cast:
    """The keys of the agency as ``build`` wrote it."""
    cast = Cast()

    async def keys(table: str, names: list[Any]) -> dict[Any, int]:
        rows = await fetch(Sql(f"select id from {table} order by id limit {len(names)}"))
        return dict(zip(names, [row["id"] for row in rows], strict=True))

    cast.units = await keys("unit", [u.key for u in UNITS])
    cast.positions = await keys("position", [p.key for p in POSITIONS])
    cast.people = await keys("person", [p.key for p in PEOPLE])
    cast.clients = await keys("client", list(CLIENTS))
    cast.offices = await keys("office_holding", OFFICES)
    cast.goals = await keys("goal", [g.key for g in GOALS])
    cast.links = await keys("alignment", LINKS)
    named = [g.key for g in WITH_METRIC]
    cast.metrics = await keys("metric", named)
    cast.definitions = await keys("metric_definition", [*named, "shared"])
    cast.values = await keys("metric_value", [*(f"{k} first" for k in named), *named])
    cast.milestones = await keys("milestone", named)
    cast.check_ins = await keys("check_in", [g.key for g in GOALS])
    cast.contributors = await keys("contributor", [g.key for g in HELPED])
    cast.plan = (await keys("plan", ["plan"]))["plan"]
    cast.cycle = (await keys("cycle", ["cycle"]))["cycle"]
    return cast


async def _add(model: Any, rows: list[dict[str, Any]]) -> list[int]:
    keys = await reserve(model, len(rows))
    await insert(model, [{"id": key, **row} for key, row in zip(keys, rows, strict=True)])
    return keys


def _keys(names: Any, keys: list[int]) -> dict[Any, int]:
    return dict(zip(names, keys, strict=True))


async def _structure() -> None:
    root = await root_unit()
    await Unit.filter(id=root.id).update(name=UNITS[0].name, sort_key=sort_key(UNITS[0].name), kind="agency")
    units = {UNITS[0].key: root.id}
    units |= _keys([u.key for u in UNITS[1:]], await reserve(Unit, len(UNITS) - 1))
    await insert(
        Unit,
        [
            {"id": units[u.key], "code": u.key.upper(), "name": u.name, "sort_key": sort_key(u.name), "path": "",
             "kind": "department" if u.parent == "agency" else "team", "parent_id": units[u.parent or ""]}
            for u in UNITS[1:]
        ],
    )  # fmt: skip
    positions = _keys([p.key for p in POSITIONS], await reserve(Position, len(POSITIONS)))
    await insert(
        Position,
        [
            {"id": positions[p.key], "title": f"Seat {mark('position', p.key)}", "unit_id": units[p.unit], "line": "",
             "superior_id": positions[p.superior] if p.superior else None, "grade": mark("grade", p.key)}
            for p in POSITIONS
        ],
    )  # fmt: skip
    for unit in UNITS:
        if unit.lead:
            await Unit.filter(id=units[unit.key]).update(lead_position_id=positions[unit.lead])
    edges = [(p, LineKind.SOLID, p.superior) for p in POSITIONS if p.superior]
    edges += [(p, LineKind.DOTTED, p.dotted) for p in POSITIONS if p.dotted]
    await _add(
        ReportingLine,
        [
            {"position_id": positions[p.key], "superior_id": positions[above], "kind": kind, "valid_from": SINCE}
            for p, kind, above in edges
        ],
    )
    left = date(2025, 6, 1)
    unit_of = {p.key: p.unit for p in POSITIONS}
    people = _keys(
        [p.key for p in PEOPLE],
        await _add(
            Person,
            [
                {"name": p.name, "sort_key": sort_key(p.name), "email": p.email, "email_key": email_key(p.email),
                 "job_title": f"Job {mark('job', p.key)}", "unit_id": units[unit_of[p.position]],
                 "started_on": SINCE, "ended_on": left if p.left else None}
                for p in PEOPLE
            ],
        ),
    )  # fmt: skip
    await _add(
        Holding,
        [
            {"person_id": people[p.key], "position_id": positions[p.position], "valid_from": SINCE,
             "valid_to": left if p.left else None}
            for p in PEOPLE
        ],
    )  # fmt: skip
    await _add(
        OfficeHolding,
        [
            {"person_id": people[o.person], "office": o.office, "unit_id": units[o.unit], "state": o.state,
             "valid_from": SINCE, "valid_to": o.until}
            for o in OFFICES
        ],
    )  # fmt: skip
    clients = _keys(
        CLIENTS,
        await _add(
            Client,
            [
                {"name": name, "sponsor_id": people[SPONSOR], "unit_id": units[unit] if unit else None,
                 "expires_on": date(2099, 1, 1)}
                for name, unit in CLIENTS.items()
            ],
        ),
    )  # fmt: skip
    now = clock.now()
    await _add(
        Session,
        [
            {"person_id": people[m.person], "secret_hash": hashed(m.secret), "started_at": now, "seen_at": now,
             "expires_at": LONG, "agent": f"Browser {mark('agent', m.name)}"}
            for m in MEMBERS.values()
            if m.person and m.scopes is None
        ],
    )  # fmt: skip
    await _add(
        Token,
        [
            {"person_id": people[m.person] if m.person else None, "client_id": clients[m.client] if m.client else None,
             "name": f"Token {mark('token', m.name)}", "secret_hash": hashed(m.secret), "scopes": list(m.scopes),
             "made_at": now, "expires_at": LONG}
            for m in MEMBERS.values()
            if m.scopes is not None
        ],
    )  # fmt: skip


async def _strategy() -> None:
    root = await root_unit()
    [plan] = await _add(
        Plan,
        [
            {"name": "Harbor County 2030", "sort_key": "harbor county 00002030",
             "mission": "A healthy, connected county.", "vision": "Nobody waits.", "publisher_id": root.id,
             "start_date": date(2025, 1, 1), "end_date": date(2029, 12, 31)}
        ],
    )  # fmt: skip
    await _add(PlanValue, [{"plan_id": plan, "ordinal": 0, "name": "Care", "description": "For each other."}])
    await _add(Pillar, [{"plan_id": plan, "ordinal": 0, "name": "Healthy people", "description": "From birth on."}])
    await _add(Mandate, [{"citation": "County Code 12-3", "authority": "The council", "deadline": date(2027, 1, 1)}])
    await _add(
        Cycle, [{"name": "2026", "start_date": date(2026, 1, 1), "end_date": date(2026, 12, 31)}]
    )


async def _goals() -> None:
    people = {p.key: k for p, k in zip(PEOPLE, await _all_keys("person"), strict=True)}
    units = {u.key: k for u, k in zip(UNITS, await _all_keys("unit"), strict=True)}
    first = {table: (await _all_keys(table))[0] for table in ("plan", "cycle", "pillar", "mandate")}
    now = clock.now()
    begun, ended = (_S.ACTIVE, _S.CLOSED, _S.RETIRED), (_S.CLOSED, _S.RETIRED)
    goals = _keys(
        [g.key for g in GOALS],
        await _add(
            Goal,
            [
                {
                    "title": g.text["title"], "sort_key": sort_key(g.text["title"]), "level": g.level,
                    "description": g.text["description"], "sequence": g.text["sequence"],
                    "unaligned_reason": g.text["unaligned_reason"], "visibility": g.visibility, "status": g.status,
                    "outcome": g.outcome, "owner_person_id": people[g.person] if g.person else None,
                    "owner_unit_id": units[g.unit] if g.unit else None,
                    "author_id": people[g.author or g.person or "sol"],
                    "cycle_id": first["cycle"], "start_date": date(2026, 1, 1),
                    "due_date": date(2026, 12, 31) - timedelta(days=g.number),
                    "activated_on": date(2026, 1, 5) if g.status in begun else None,
                    "closed_on": date(2026, 3, 2) if g.status in ended else None,
                    "closed_health": "AT_RISK" if g.status in ended else None,
                    "plan_id": first["plan"] if g.level is _L.STRATEGIC_GOAL else None,
                    "pillar_id": first["pillar"] if g.level is _L.STRATEGIC_GOAL else None,
                    "mandate_id": first["mandate"] if g.key == "objective" else None,
                    "changed_at": now - timedelta(hours=g.number),
                }
                for g in GOALS
            ],
        ),
    )  # fmt: skip
    await _add(
        Alignment,
        [
            {"child_id": goals[link.child], "parent_id": goals[link.parent], "type": link.type,
             "is_primary": link.primary, "weight_bp": None if link.weight is None else round(link.weight * 10_000),
             "reason": link.reason, "author_id": people["sol"], "valid_from": date(2026, 1, 1)}
            for link in LINKS
        ],
    )  # fmt: skip
    helped = [(g, who, None) for g in HELPED for who in g.helpers] + [
        (g, None, unit) for g in HELPED for unit in g.helping_units
    ]
    helped.sort(key=lambda row: row[0].number)
    await _add(
        Contributor,
        [
            {"goal_id": goals[g.key], "person_id": people[who] if who else None,
             "unit_id": units[unit] if unit else None, "share_bp": 2_500}
            for g, who, unit in helped
        ],
    )  # fmt: skip
    await _measures(goals, people)


async def _measures(goals: dict[str, int], people: dict[str, int]) -> None:
    now = clock.now()
    definitions = await _add(
        MetricDefinition,
        [
            *({"name": f"Definition {mark(g.key, 'definition')}", "unit_of_measure": "visits"} for g in WITH_METRIC),
            {"name": SHARED, "unit_of_measure": "visits", "steward_id": people["pat"]},
        ],
    )
    shared = definitions.pop()
    rows = [
        {"goal_id": goals[g.key], "definition_id": definition, "name": g.text["metric"], "direction": "INCREASE",
         "unit_of_measure": "visits", "target_text": g.text["target_text"],
         **{name: g.figures[name] for name in ("baseline", "commit", "target", "stretch")}}
        for g, definition in zip(WITH_METRIC, definitions, strict=True)
    ]  # fmt: skip
    rows += [
        {"goal_id": goals[g.key], "definition_id": shared, "name": f"Shared {mark(g.key, 'shared')}", "ordinal": 1,
         "direction": "INCREASE", "baseline": 0.0, "target": 10.0}
        for g in SHARING
    ]  # fmt: skip
    metrics = await _add(Metric, rows)
    await _add(
        MetricTarget,
        [
            {"metric_id": metric, "period": f"2026-{month:02}", "period_end": date(2026, month, 28),
             "target": g.figures["target"] * month / 12}
            for g, metric in zip(WITH_METRIC, metrics, strict=False)
            if g.number % 3 == 0
            for month in (1, 2, 6, 12)
        ],
    )  # fmt: skip
    values = [
        {"definition_id": definition, "period": f"2026-{month:02}", "period_end": date(2026, month, 28),
         "value": g.figures[which], "text": g.text["value_text"] if which == "value" else None, "source": "MANUAL",
         "recorded_at": now - timedelta(days=16 if month == 2 else 45), "author_id": people["pat"]}
        for month, which in ((1, "first"), (2, "value"))
        for g, definition in zip(WITH_METRIC, definitions, strict=True)
    ]  # fmt: skip
    values.append(
        {"definition_id": shared, "period": "2026-02", "period_end": date(2026, 2, 28), "value": 4.0, "text": None,
         "source": "MANUAL", "recorded_at": now - timedelta(days=16), "author_id": people["pat"]}
    )  # fmt: skip
    await _add(MetricValue, values)
    milestones = await _add(
        Milestone,
        [
            {"goal_id": goals[g.key], "title": g.text["milestone"],
             "due_date": date(2026, 6, 1) + timedelta(days=g.number)}
            for g in WITH_METRIC
        ],
    )  # fmt: skip
    metric_of = _keys([g.key for g in WITH_METRIC], metrics[: len(WITH_METRIC)])
    milestone_of = _keys([g.key for g in WITH_METRIC], milestones)
    await _add(
        CheckIn,
        [
            {"goal_id": goals[g.key], "at": now - timedelta(days=10, minutes=g.number),
             "author_id": people[g.person or "sol"], "metric_id": metric_of.get(g.key),
             "milestone_id": milestone_of.get(g.key) if g.number % 2 else None,
             "value": g.figures["value"], "text": g.text["check_in_text"], "confidence": 3, "note": g.text["note"],
             "blocker": g.text["blocker"], "view": "AT_RISK"}
            for g in GOALS
        ],
    )  # fmt: skip


async def _outside() -> None:
    """Keys in two systems: the portal's are open, the payroll's are not."""
    portal, payroll = await _add(
        ExternalSystem, [{"name": "portal", "is_open": True}, {"name": "payroll", "is_open": False}]
    )
    tables = [("GOAL", "goal", [g.key for g in GOALS]), ("PERSON", "person", [p.key for p in PEOPLE]),
              ("UNIT", "unit", [u.key for u in UNITS]), ("POSITION", "position", [p.key for p in POSITIONS]),
              ("METRIC", "metric", [g.key for g in WITH_METRIC]), ("PLAN", "plan", ["plan"])]  # fmt: skip
    await _add(
        ExternalRef,
        [
            {"system_id": system, "kind": kind, "key": outside_key(kind, name, is_open=system == portal), "row_id": key}
            for kind, table, names in tables
            for name, key in zip(names, await _all_keys(table), strict=False)
            for system in (portal, payroll)
        ],
    )


def outside_key(kind: str, name: str, *, is_open: bool) -> str:
    """The key of a row in the portal (open) or the payroll."""
    return mark(kind, name, "open" if is_open else "closed")


async def _all_keys(table: str) -> list[int]:
    return [row["id"] for row in await fetch(Sql(f"select id from {table} order by id"))]
