"""The words goals are described in: closed sets of values, as the schema names them."""

from enum import StrEnum


class GoalLevel(StrEnum):
    """Where in the cascade a goal stands."""

    STRATEGIC_GOAL = "STRATEGIC_GOAL"
    STRATEGIC_OBJECTIVE = "STRATEGIC_OBJECTIVE"
    UNIT = "UNIT"
    TEAM = "TEAM"
    INDIVIDUAL = "INDIVIDUAL"


class GoalKind(StrEnum):
    """What a goal is about: a result, a way of working, an ability to build."""

    OUTCOME = "OUTCOME"
    BEHAVIOR = "BEHAVIOR"
    CAPACITY = "CAPACITY"


class GoalMethod(StrEnum):
    """The goal-setting method that gives validation profile and cadence."""

    OKR = "OKR"
    KPI = "KPI"
    SMART = "SMART"


class Ambition(StrEnum):
    """A promise, or a stretch."""

    COMMITTED = "COMMITTED"
    ASPIRATIONAL = "ASPIRATIONAL"


class Horizon(StrEnum):
    """How far ahead a goal looks."""

    OPERATIONAL = "OPERATIONAL"
    ANNUAL = "ANNUAL"
    STRATEGIC = "STRATEGIC"


class GoalOrigin(StrEnum):
    """Who originated a goal: handed down, made together, proposed by its owner."""

    ASSIGNED = "ASSIGNED"
    COCREATED = "COCREATED"
    BOTTOM_UP = "BOTTOM_UP"


class Visibility(StrEnum):
    """Who sees a goal, widest first; each wider one includes the narrower (goals.policy)."""

    AGENCY = "AGENCY"
    UNIT = "UNIT"
    CHAIN = "CHAIN"
    PRIVATE = "PRIVATE"


class GoalStatus(StrEnum):
    """The life of a goal."""

    DRAFT = "DRAFT"
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"
    RETIRED = "RETIRED"


class GoalOutcome(StrEnum):
    """What a closed goal came to."""

    ACHIEVED = "ACHIEVED"
    PARTIAL = "PARTIAL"
    MISSED = "MISSED"
    DROPPED = "DROPPED"


class Health(StrEnum):
    """The computed state of a goal (goals.health)."""

    PENDING = "PENDING"
    ON_TRACK = "ON_TRACK"
    AT_RISK = "AT_RISK"
    OFF_TRACK = "OFF_TRACK"
    OUTDATED = "OUTDATED"
    NO_DATA = "NO_DATA"


class OwnView(StrEnum):
    """What the owner reports, beside the computed health."""

    ON_TRACK = "ON_TRACK"
    AT_RISK = "AT_RISK"
    OFF_TRACK = "OFF_TRACK"


class ProgressSource(StrEnum):
    """Where a goal's progress comes from."""

    MEASURES = "MEASURES"
    CHILDREN = "CHILDREN"
    BOTH = "BOTH"
    MANUAL = "MANUAL"
    NONE = "NONE"


class Cadence(StrEnum):
    """The interval between check-ins; its days are in goals.periods."""

    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"


class AlignmentType(StrEnum):
    """What one goal is to another; CONTRIBUTES alone counts in the roll-up."""

    CONTRIBUTES = "CONTRIBUTES"
    SUPPORTS = "SUPPORTS"
    DEPENDS_ON = "DEPENDS_ON"
    CONFLICTS_WITH = "CONFLICTS_WITH"


class Direction(StrEnum):
    """Which way a metric should move."""

    INCREASE = "INCREASE"
    DECREASE = "DECREASE"
    MAINTAIN = "MAINTAIN"
    REACH = "REACH"


class ValueSource(StrEnum):
    """Where an observation comes from."""

    MANUAL = "MANUAL"
    API = "API"
    IMPORT = "IMPORT"
    ROLLUP = "ROLLUP"
    OVERRIDE = "OVERRIDE"
