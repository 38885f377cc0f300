"""The strategic plan of Kestrel County: mission, vision, values, pillars, mandates, goals and objectives.

Goals and objectives stand in `work/strategy.txt`: `goal CODE | title | about | unit` and `objective CODE | title |
about | unit | pillar | measure | unit of measure | figures | how it stands (1: as planned) | mandate`.
"""

from dataclasses import dataclass, field

from .figures import Figures, parse_figures
from .text import read_text

AGENCY = "Kestrel County"
PLAN_NAME = "Kestrel County Strategic Plan"
MISSION = (
    "We keep Kestrel County safe, healthy and well served, from the river towns to the ridge, "
    "and we spend every public dollar where residents can see what it does."
)
VISION = (
    "A county where every resident can live safely, find help quickly "
    "and be proud of the place they call home."
)

VALUES = (
    ("Plain dealing", "We say what we know, what we do not know, and what happens next."),
    ("Neighborliness", "We treat each resident as we would the family next door."),
    ("Stewardship", "We take care of land, water, buildings and money that others will need after us."),
    ("Fairness", "The same question gets the same answer, whoever asks it and in whichever language."),
    ("Learning", "We measure, admit misses early and change what does not work."),
)

PILLARS = (
    ("Prevention first", "Act before harm is done: it costs less and hurts less."),
    ("Easy to deal with", "One visit, one form, one plain answer."),
    ("Take care of what we own", "Repair on time; build only what we can maintain."),
    ("People and partners", "A steady workforce, and towns, schools and charities that work with us."),
)


@dataclass(frozen=True)
class Mandate:
    """The legal source of a goal."""

    citation: str
    authority: str
    deadline_months: int | None
    """Months from the plan's start; None: standing."""
    evidence: str


MANDATES = {
    "911": Mandate(
        "Kestrel County Code 9.12.040",
        "County ordinance",
        None,
        "Monthly answer time report of the 911 center",
    ),
    "flood": Mandate(
        "Kestrel County Code 16.04.210", "County ordinance", 48, "Flood risk register, adopted each spring"
    ),
    "permit": Mandate(
        "Kestrel County Code 18.20.015", "County ordinance", None, "Permit timeline report to the board"
    ),
    "waste": Mandate(
        "State Waste Reduction Act, section 12", "State law", 60, "Annual waste composition study"
    ),
    "benefits": Mandate(
        "Food assistance timeliness rule, part 3", "Federal regulation", None, "State timeliness review"
    ),
    "records": Mandate("Kestrel County Code 2.36.050", "County ordinance", None, "Public records log"),
    "reserve": Mandate(
        "Kestrel County Code 4.08.030", "County ordinance", None, "Audited annual financial report"
    ),
    "security": Mandate("State Information Security Standard 7", "State rule", 36, "Yearly self-assessment"),
}


@dataclass(frozen=True)
class Objective:
    """A strategic objective with its outcome measure."""

    code: str
    title: str
    about: str
    unit: str
    pillar: int
    measure: str
    unit_of_measure: str
    figures: Figures
    luck: float
    """How the outcome stands against plan: 1 as planned, 0.6 far behind."""
    mandate: str | None


@dataclass(frozen=True)
class StrategicGoal:
    """A strategic goal and the objectives under it."""

    code: str
    title: str
    about: str
    unit: str
    objectives: list[Objective] = field(default_factory=list)


def strategic_goals() -> list[StrategicGoal]:
    """The plan's goals in order."""
    found: list[StrategicGoal] = []
    for line in read_text("strategy"):
        word, _, rest = line.partition(" ")
        parts = [part.strip() for part in rest.split("|")]
        if word == "goal":
            code, title, about, unit = parts
            found.append(StrategicGoal(code, title, about, unit))
        else:
            found[-1].objectives.append(_objective(parts))
    return found


def _objective(parts: list[str]) -> Objective:
    code, title, about, unit, pillar, measure, unit_of_measure, figures, luck, mandate = parts
    return Objective(
        code, title, about, unit, int(pillar) - 1, measure, unit_of_measure, parse_figures(figures),
        float(luck), None if mandate == "-" else mandate,
    )  # fmt: skip
