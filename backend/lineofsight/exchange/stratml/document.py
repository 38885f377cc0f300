"""What a StratML document says, as values.

Text is verbatim; an absent element and an empty one are both "". Dates and numbers are as written.
Identifiers are as written too, whether or not they are valid. `line` is where the element starts (0: not
read from a file) and takes no part in comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Part = Literal[1, 2]


def _line() -> int:
    return field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens (draft of 2016-05-06); read and kept, never written."""

    name: str = ""
    identifier: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Role:
    """What a stakeholder does or gets."""

    name: str = ""
    description: str = ""
    types: tuple[str, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody with an interest in a goal."""

    name: str = ""
    description: str = ""
    type: str = ""
    roles: tuple[Role, ...] = ()
    places: tuple[Place, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Organization:
    """Whose plan it is."""

    name: str = ""
    acronym: str = ""
    identifier: str = ""
    description: str = ""
    stakeholders: tuple[Stakeholder, ...] = ()
    places: tuple[Place, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Statement:
    """A vision or a mission."""

    description: str = ""
    identifier: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Value:
    """A guiding principle."""

    name: str = ""
    description: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Result:
    """A target or an actual result."""

    start: str = ""
    end: str = ""
    units: str = ""
    descriptor_name: str = ""
    descriptor_value: str = ""
    description: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Instance:
    """Targets and actual results that belong together: mostly one period."""

    targets: tuple[Result, ...] = ()
    actuals: tuple[Result, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from an indicator to goals, objectives or indicators of this or another document."""

    type: str = ""
    identifier: str = ""
    referents: tuple[str, ...] = ()
    name: str = ""
    description: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured (dimension), in which unit, with its targets and results."""

    dimension: str = ""
    unit: str = ""
    identifier: str = ""
    sequence: str = ""
    stage: str = ""
    type: str = ""
    relationships: tuple[Relationship, ...] = ()
    instances: tuple[Instance, ...] = ()
    other_information: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective under a goal."""

    name: str = ""
    description: str = ""
    identifier: str = ""
    sequence: str = ""
    stakeholders: tuple[Stakeholder, ...] = ()
    other_information: str = ""
    indicators: tuple[Indicator, ...] = ()
    places: tuple[Place, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the plan. Its own `indicators` have no place in the schema: see `vocabulary.GOAL_INDICATORS`."""

    name: str = ""
    description: str = ""
    identifier: str = ""
    sequence: str = ""
    stakeholders: tuple[Stakeholder, ...] = ()
    other_information: str = ""
    objectives: tuple[Objective, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    places: tuple[Place, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Administrative:
    """When the plan runs and was published, and where it comes from."""

    identifier: str = ""
    start: str = ""
    end: str = ""
    publication: str = ""
    source: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who made the document."""

    identifier: str = ""
    given_name: str = ""
    surname: str = ""
    phone: str = ""
    email: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Document:
    """A strategic plan, performance plan or performance report."""

    part: Part = 2
    type: str = ""
    name: str = ""
    description: str = ""
    other_information: str = ""
    organizations: tuple[Organization, ...] = ()
    vision: Statement | None = None
    mission: Statement | None = None
    values: tuple[Value, ...] = ()
    goals: tuple[Goal, ...] = ()
    administrative: Administrative | None = None
    submitter: Submitter | None = None
    line: int = _line()
