"""What the invented agency consists of: plain rows, linked by `key`, before any database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Level = Literal["STRATEGIC_GOAL", "STRATEGIC_OBJECTIVE", "UNIT", "TEAM", "INDIVIDUAL"]
Direction = Literal["INCREASE", "DECREASE", "MAINTAIN", "REACH"]
Mood = Literal["ON_TRACK", "AT_RISK", "OFF_TRACK", "OUTDATED", "NO_DATA", "PENDING"]
Outcome = Literal["ACHIEVED", "PARTIAL", "MISSED", "DROPPED"]
AlignmentKind = Literal["CONTRIBUTES", "SUPPORTS", "DEPENDS_ON", "CONFLICTS_WITH"]
OwnView = Literal["ON_TRACK", "AT_RISK", "OFF_TRACK"]
Cadence = Literal["WEEKLY", "MONTHLY", "QUARTERLY", "YEARLY"]


@dataclass
class Unit:
    """A department, a division, or the agency itself."""

    code: str
    name: str
    kind: str
    parent: str | None
    lead: int | None = None
    """Key of the lead's position."""


@dataclass
class Position:
    """A post on the reporting line, perhaps vacant."""

    key: int
    title: str
    unit: str
    superior: int | None
    dotted: int | None = None
    headcount: float = 1.0
    holder: int | None = None
    """Key of the person; None: vacant."""
    crew: int | None = None
    """Number of the supervised group this position belongs to or leads."""


@dataclass
class Person:
    """Someone who works there."""

    key: int
    name: str
    email: str
    position: int
    hired: date


@dataclass
class Cast:
    """A member of the cast, with what the sign-in page says of them."""

    role: str
    person: int
    about: str
    offices: tuple[tuple[str, str], ...] = ()
    """(office, unit code) pairs."""


@dataclass
class Cycle:
    """A performance year."""

    key: str
    name: str
    start: date
    end: date
    """Last day of the cycle."""


@dataclass
class Value:
    """What a measure stood at in a period."""

    period: str
    period_start: date
    period_end: date
    value: float
    observed: date
    source: Literal["MANUAL", "API", "IMPORT"] = "MANUAL"


@dataclass
class Target:
    """What a measure should stand at by the end of a period."""

    period: str
    period_end: date
    target: float


@dataclass
class Metric:
    """A goal's measure with its history."""

    name: str
    unit_of_measure: str
    direction: Direction
    baseline: float | None = None
    target: float | None = None
    commit: float | None = None
    stretch: float | None = None
    lower: float | None = None
    upper: float | None = None
    decimals: int = 0
    definition: str | None = None
    """Name in the registry where several goals measure alike."""
    values: list[Value] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    @property
    def cumulative(self) -> bool:
        """Counts up from nothing, so that it never falls within its period."""
        return self.direction == "INCREASE" and self.baseline == 0 and self.unit_of_measure != "%"


@dataclass
class Milestone:
    """A step of a goal, due and perhaps done."""

    title: str
    due: date
    done: date | None = None


@dataclass
class CheckIn:
    """What the owner reported on a day."""

    on: date
    author: int
    note: str
    confidence: int
    view: OwnView
    value: float | None = None
    progress: float | None = None
    """Of a goal that has no measure: its owner's judgment, 0 to 1."""
    milestone: int | None = None
    """Index of the milestone it reports done."""
    blocker: str | None = None


@dataclass
class Contributor:
    """A person or a unit that helps; share: of a joint outcome, 0 to 1."""

    person: int | None
    unit: str | None
    share: float | None


@dataclass
class Goal:
    """A wanted result of any level, with all that happened on it."""

    key: int
    title: str
    level: Level
    unit: str
    owner_person: int | None
    """None: the unit owns it."""
    author: int | None
    start: date
    due: date
    cycle: str | None
    cadence: Cadence
    description: str = ""
    code: str | None = None
    kind: Literal["OUTCOME", "BEHAVIOR", "CAPACITY"] = "OUTCOME"
    method: Literal["OKR", "KPI", "SMART"] = "SMART"
    ambition: Literal["COMMITTED", "ASPIRATIONAL"] = "COMMITTED"
    horizon: Literal["OPERATIONAL", "ANNUAL", "STRATEGIC"] = "ANNUAL"
    origin: Literal["ASSIGNED", "COCREATED", "BOTTOM_UP"] = "COCREATED"
    visibility: Literal["AGENCY", "UNIT", "CHAIN", "PRIVATE"] = "AGENCY"
    status: Literal["DRAFT", "PROPOSED", "APPROVED", "ACTIVE", "CLOSED", "RETIRED"] = "ACTIVE"
    outcome: Outcome | None = None
    closed: date | None = None
    close_note: str = ""
    unaligned_reason: str | None = None
    pillar: str | None = None
    mandate: str | None = None
    mood: Mood = "ON_TRACK"
    """What the story aims at; the computed health may differ, as in life."""
    metric: Metric | None = None
    milestones: list[Milestone] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)
    weight: float | None = None
    """Share of its owner's cycle, 0 to 1."""
    source: Literal["MEASURES", "CHILDREN", "BOTH", "MANUAL"] | None = None
    """Chosen source of progress; None: what it has decides."""
    luck: float | None = None
    """How the measure stands against plan, where the plan's text says so; otherwise drawn."""
    last_check_in: date | None = None
    """Set where the story needs a certain day; otherwise drawn."""
    fixed: bool = False
    """Written by hand: stage and mood are not drawn."""
    crew: int | None = None
    subject: str | None = None
    """Unit whose sentences fit its check-ins; None: only the general ones do."""


@dataclass
class Alignment:
    """What one goal is to another; weight: 1 is usual."""

    child: int
    parent: int
    type: AlignmentKind
    primary: bool
    weight: float | None
    reason: str
    since: date


@dataclass
class Agency:
    """All of it, as it stands on `today`."""

    name: str
    today: date
    units: list[Unit]
    positions: list[Position]
    people: list[Person]
    offices: list[tuple[int, str, str]]
    """(person, office, unit code)."""
    cast: list[Cast]
    cycles: list[Cycle]
    plan_start: date
    plan_end: date
    goals: list[Goal]
    alignments: list[Alignment]
