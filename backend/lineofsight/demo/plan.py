"""The strategic plan of Kestrel County: mission, vision, values, pillars, mandates, goals and objectives."""

from dataclasses import dataclass

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
    code: str
    title: str
    about: str
    unit: str
    pillar: int
    measure: str
    unit_of_measure: str
    figures: str
    mandate: str | None = None
    luck: float = 1.0
    """How the outcome stands against plan: 1 as planned, 0.6 far behind."""


@dataclass(frozen=True)
class StrategicGoal:
    code: str
    title: str
    about: str
    unit: str
    objectives: tuple[Objective, ...]


O = Objective  # noqa: E741  (a table reads better with a short name)

STRATEGIC_GOALS = (
    StrategicGoal(
        "1",
        "Safe people and safe roads",
        "Help comes fast, fewer people are hurt, and we are ready before the river rises.",
        "SO",
        (
            O(
                "1.1",
                "Bring help quickly in every emergency",
                "From the first ring to the first person at the door.",
                "EM",
                0,
                "Emergencies with help at the door within 12 minutes",
                "%",
                "64>80",
                "911",
                1.02,
            ),
            O(
                "1.2",
                "Prevent crime and help people stay out of jail",
                "Fewer victims, and fewer people who come back.",
                "SO",
                0,
                "Reported property crimes per 1,000 residents",
                "crimes",
                "24.5>19.0",
                None,
                0.82,
            ),
            O(
                "1.3",
                "Be ready for floods, heat, smoke and disease",
                "Residents know what to do and get the word in time.",
                "EM",
                0,
                "Households with an emergency plan",
                "%",
                "29>50",
                None,
                0.97,
            ),
            O(
                "1.4",
                "End deaths and serious injuries on county roads",
                "Design, enforcement and habits, in that order.",
                "PW",
                2,
                "Deaths and serious injuries on county roads, last 12 months",
                "cases",
                "118>70",
                None,
                0.66,
            ),
        ),
    ),
    StrategicGoal(
        "2",
        "Healthy residents and steady families",
        "Care, food, a home and someone to turn to.",
        "HS",
        (
            O(
                "2.1",
                "Make care easy to reach before people get sick",
                "Shots, checks and clean kitchens.",
                "PH",
                0,
                "Residents with a regular source of care",
                "%",
                "76>85",
                None,
                1.0,
            ),
            O(
                "2.2",
                "Give families the help they qualify for without delay",
                "A decision within weeks, not months.",
                "HS",
                1,
                "Eligible families who receive food assistance",
                "%",
                "68>82",
                "benefits",
                1.05,
            ),
            O(
                "2.3",
                "Keep children safe, with their family wherever possible",
                "Safety first, then belonging.",
                "HS",
                0,
                "Children in care per 1,000 children",
                "children",
                "6.8>5.0",
                None,
                0.95,
            ),
            O(
                "2.4",
                "Make homelessness rare and short",
                "Prevent what we can; house quickly what we cannot.",
                "HS",
                0,
                "People without shelter on count night",
                "people",
                "412>200",
                None,
                0.74,
            ),
            O(
                "2.5",
                "Help older residents live at home with dignity",
                "Meals, rides, repairs and company.",
                "HS",
                3,
                "Residents over 75 who live at home",
                "%",
                "88>92",
                None,
                1.0,
            ),
        ),
    ),
    StrategicGoal(
        "3",
        "Roads, water and land in good order",
        "We repair before we replace, and waste less.",
        "PW",
        (
            O(
                "3.1",
                "Keep roads, bridges and buildings in good repair",
                "The cheapest repair is the early one.",
                "PW",
                2,
                "County assets in good condition",
                "%",
                "61>72",
                None,
                0.93,
            ),
            O(
                "3.2",
                "Lower the risk of floods and keep creeks clean",
                "Room for water, upstream first.",
                "PW",
                2,
                "Residents living in the flood zone without protection",
                "residents",
                "6,900>4,500",
                "flood",
                0.94,
            ),
            O(
                "3.3",
                "Send less to the landfill and burn less fuel",
                "Reuse, compost, drive less and drive electric.",
                "PW",
                2,
                "Waste sent to the landfill per resident",
                "pounds a year",
                "1,380>1,050",
                "waste",
                0.88,
            ),
        ),
    ),
    StrategicGoal(
        "4",
        "Homes and work for the next generation",
        "Building here is predictable, and neighborhoods stay good places to live.",
        "PLAN",
        (
            O(
                "4.1",
                "Make permits fast and predictable",
                "An applicant knows on day one when the answer comes.",
                "PLAN",
                1,
                "Permits decided by the date first promised",
                "%",
                "52>90",
                "permit",
                0.92,
            ),
            O(
                "4.2",
                "Plan for more homes near transit and jobs",
                "Homes that nurses and mechanics can afford.",
                "PLAN",
                3,
                "Homes permitted since the plan began",
                "homes",
                "0>4,000",
                None,
                0.8,
            ),
            O(
                "4.3",
                "Keep buildings safe and neighborhoods cared for",
                "Help first, citation last.",
                "PLAN",
                0,
                "Residents who call their neighborhood well kept",
                "%",
                "63>75",
                None,
                1.04,
            ),
        ),
    ),
    StrategicGoal(
        "5",
        "Learning, nature and community life",
        "Places to read, play, meet and breathe.",
        "LIB",
        (
            O(
                "5.1",
                "Make every library a place to learn and get help",
                "Books, computers and a person who knows.",
                "LIB",
                3,
                "Residents who used a library in the last year",
                "%",
                "46>58",
                None,
                1.06,
            ),
            O(
                "5.2",
                "Bring well-kept parks and recreation within reach",
                "Ten minutes on foot to something green.",
                "PARKS",
                2,
                "Residents who visit a county park each month",
                "%",
                "38>50",
                None,
                0.99,
            ),
        ),
    ),
    StrategicGoal(
        "6",
        "A county government people trust",
        "Sound money, steady staff, secure systems, open books.",
        "CEO",
        (
            O(
                "6.1",
                "Keep finances sound and results in the open",
                "Clean audits, fair values, bills paid on time.",
                "FIN",
                3,
                "Residents who trust the county with their taxes",
                "%",
                "41>55",
                "reserve",
                0.95,
            ),
            O(
                "6.2",
                "Hire, grow and keep good people",
                "A vacant desk is a longer line.",
                "HR",
                3,
                "Positions filled",
                "%",
                "86>95",
                None,
                0.72,
            ),
            O(
                "6.3",
                "Make every service easy to use, online or in person",
                "Done in one go, on a phone, in two languages.",
                "IT",
                1,
                "Residents who found their county service easy",
                "%",
                "57>78",
                None,
                1.03,
            ),
            O(
                "6.4",
                "Protect residents' information",
                "Collected sparingly, kept safely, restored quickly.",
                "IT",
                0,
                "Security standard controls in place",
                "%",
                "55>95",
                "security",
                0.98,
            ),
            O(
                "6.5",
                "Run elections and records that anyone can check",
                "Open counts, quick answers, fair notice.",
                "ELEC",
                1,
                "Voters confident that votes are counted as cast",
                "%",
                "71>82",
                "records",
                1.0,
            ),
        ),
    ),
)
