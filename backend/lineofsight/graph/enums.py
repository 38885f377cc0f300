"""The enums of the graph: those of the slices, with a sentence for each value."""

from enum import Enum
from typing import Any, TypeVar

import strawberry

from lineofsight.goals import words as goals
from lineofsight.people.models import GrantState, Office
from lineofsight.people.viewer import ViewerKind

E = TypeVar("E", bound=type[Enum])


def described(enum: E, description: str, **values: str) -> E:
    """Registers an enum with the schema; every value must be described."""
    registered = strawberry.enum(enum, description=description)
    definition: Any = registered.__strawberry_definition__  # type: ignore[attr-defined]
    missing = {v.name for v in definition.values} ^ values.keys()
    if missing:
        raise ValueError(f"{enum.__name__}: {sorted(missing)}")
    for value in definition.values:
        value.description = values[value.name]
    return enum


class GoalOrderField(Enum):
    """What goals can be ordered by."""

    TITLE = "TITLE"
    DUE_DATE = "DUE_DATE"
    PROGRESS = "PROGRESS"
    HEALTH = "HEALTH"
    UPDATED = "UPDATED"
    TREE = "TREE"


class NameOrderField(Enum):
    """What people can be ordered by."""

    NAME = "NAME"


class UnitOrderField(Enum):
    """What units can be ordered by."""

    NAME = "NAME"
    TREE = "TREE"


class OrderDirection(Enum):
    """Which way an order runs."""

    ASC = "ASC"
    DESC = "DESC"


class NodeKind(Enum):
    """What an outside key can name."""

    PERSON = "PERSON"
    POSITION = "POSITION"
    UNIT = "UNIT"
    PLAN = "PLAN"
    GOAL = "GOAL"
    METRIC = "METRIC"


class TaskKind(Enum):
    """What is due from a person."""

    CHECK_IN = "CHECK_IN"
    APPROVAL = "APPROVAL"
    ACTIVATION = "ACTIVATION"
    MILESTONE = "MILESTONE"


described(
    goals.GoalLevel,
    "Where in the cascade a goal stands.",
    STRATEGIC_GOAL="A broad outcome of the strategic plan.",
    STRATEGIC_OBJECTIVE="An outcome under a strategic goal that the agency manages.",
    UNIT="A goal of a department or another unit.",
    TEAM="A goal of a team.",
    INDIVIDUAL="A goal of one person.",
)
described(
    goals.GoalKind,
    "What a goal is about.",
    OUTCOME="A result.",
    BEHAVIOR="A way of working.",
    CAPACITY="An ability to build.",
)
described(
    goals.GoalMethod,
    "The goal-setting method: it gives validation profile and cadence.",
    OKR="Objectives and key results.",
    KPI="A key performance indicator watched continuously.",
    SMART="Specific, measurable, achievable, relevant, time-bound.",
)
described(goals.Ambition, "A promise or a stretch.", COMMITTED="It must be hit.", ASPIRATIONAL="A stretch goal.")
described(
    goals.Horizon,
    "How far ahead a goal looks.",
    OPERATIONAL="Day-to-day work.",
    ANNUAL="About a year.",
    STRATEGIC="Several years.",
)
described(
    goals.GoalOrigin,
    "Who originated a goal.",
    ASSIGNED="Handed down.",
    COCREATED="Made together.",
    BOTTOM_UP="Suggested by its owner.",
)
described(
    goals.Visibility,
    "Who sees a goal; each wider one includes the narrower. A draft is seen by owner, author and direct manager only.",
    AGENCY="Everyone.",
    UNIT="The owning unit and all below it.",
    CHAIN="All above the owner on the reporting line.",
    PRIVATE="Owner, author, contributors, direct manager.",
)
described(
    goals.GoalStatus,
    "The life of a goal.",
    DRAFT="Being written.",
    PROPOSED="Waiting for approval.",
    APPROVED="Approved, not yet begun.",
    ACTIVE="Being worked on.",
    CLOSED="Ended with an outcome.",
    RETIRED="Given up, with a reason.",
)
described(
    goals.GoalOutcome,
    "What a closed goal came to.",
    ACHIEVED="Its target was met.",
    PARTIAL="Part of its target was met.",
    MISSED="Its target was missed.",
    DROPPED="It was dropped; it counts in no roll-up.",
)
described(
    goals.Health,
    "The computed state of a goal; the first that matches wins.",
    PENDING="Nothing is due yet.",
    ON_TRACK="Progress is at least nine tenths of what is expected.",
    AT_RISK="Progress is at least seven tenths of what is expected.",
    OFF_TRACK="Progress is less than that.",
    OUTDATED="The last update is older than cadence and grace.",
    NO_DATA="There is nothing to compute progress from.",
)
described(
    goals.OwnView,
    "What the owner reports, beside the computed health.",
    ON_TRACK="On track.",
    AT_RISK="At risk.",
    OFF_TRACK="Off track.",
)
described(
    goals.ProgressSource,
    "Where a goal's progress comes from.",
    MEASURES="Its metrics and milestones.",
    CHILDREN="The goals that contribute to it.",
    BOTH="Both, by weight.",
    MANUAL="What its owner reports.",
    NONE="Nothing yet.",
)
described(
    goals.Cadence,
    "The interval between check-ins.",
    WEEKLY="Every week.",
    MONTHLY="Every month.",
    QUARTERLY="Every quarter.",
    YEARLY="Every year.",
)
described(
    goals.AlignmentType,
    "What one goal is to another.",
    CONTRIBUTES="Counts toward it: in roll-up and line of sight.",
    SUPPORTS="Helps it, without counting.",
    DEPENDS_ON="Needs it.",
    CONFLICTS_WITH="Pulls against it; read from both ends.",
)
described(
    goals.Direction,
    "Which way a metric should move.",
    INCREASE="Upward.",
    DECREASE="Downward.",
    MAINTAIN="To stay in a band.",
    REACH="To meet a value; met or not.",
)
described(
    goals.ValueSource,
    "Where an observation comes from.",
    MANUAL="Written by a person.",
    API="Sent by a program.",
    IMPORT="Read from a file.",
    ROLLUP="Computed from other metrics.",
    OVERRIDE="Set by a recorded decision.",
)
described(
    Office,
    "A role held over a unit and all below it.",
    HR="Human resources.",
    STRATEGY="The strategy office.",
    EXECUTIVE="An executive.",
    GOVERNANCE="The governance committee.",
    AUDITOR="An auditor.",
    ADMINISTRATOR="An administrator of the installation.",
)
described(
    GrantState,
    "How a grant of an office stands.",
    WAITING="It waits for a second administrator.",
    HELD="It is in force.",
    ENDED="It has ended.",
)
described(
    ViewerKind,
    "Who asks.",
    PERSON="A person of the agency.",
    CLIENT="A partner's service account.",
    ANONYMOUS="Nobody signed in.",
)
described(
    GoalOrderField,
    "What goals can be ordered by.",
    TITLE="Title.",
    DUE_DATE="Due date; goals without one come last.",
    PROGRESS="Progress; goals without data come last.",
    HEALTH="What needs attention first: off track, at risk, outdated, no data, pending, on track.",
    UPDATED="When it was last changed.",
    TREE="Level, then title.",
)
described(NameOrderField, "What people can be ordered by.", NAME="Name.")
described(UnitOrderField, "What units can be ordered by.", NAME="Name.", TREE="Place in the organisation.")
described(OrderDirection, "Which way an order runs.", ASC="Upward.", DESC="Downward.")
described(
    NodeKind,
    "What an outside key can name.",
    PERSON="A person.",
    POSITION="A position.",
    UNIT="A unit.",
    PLAN="A strategic plan.",
    GOAL="A goal.",
    METRIC="A metric.",
)
described(
    TaskKind,
    "What is due from a person.",
    CHECK_IN="A check-in on a goal.",
    APPROVAL="A decision on a proposed goal.",
    ACTIVATION="To begin an approved goal.",
    MILESTONE="To complete a milestone.",
)
