"""Writes the invented agency into a database that has no goals yet."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from lineofsight.goals.models import Goal
from lineofsight.kernel import clock
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import COMMAND_LINE, remember
from lineofsight.kernel.models import AgencySetting
from lineofsight.kernel.problems import Conflict
from lineofsight.people import lines
from lineofsight.people.models import Person, Unit

from .agency import invent
from .cast import PASSWORD
from .facts import Agency
from .write_goals import GoalWriter
from .write_people import write_people
from .write_plan import write_plan

SETTING = "demo"
"""The agency setting that says that this database is a demo, and who may sign in."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Member:
    """One of the cast, as the sign-in page offers them."""

    role: str
    name: str
    email: str
    about: str


@dataclass(frozen=True)
class DemoSummary:
    """What was written."""

    agency: str
    units: int
    people: int
    goals: int
    check_ins: int
    by_level: dict[str, int]
    cast: tuple[Member, ...]
    password: str


async def seed(*, people: int = 400, seed: int = 1, progress: Progress = lambda _: None) -> DemoSummary:
    """Invents an agency as of today and writes it in one transaction.

    progress: told in words what is done. Conflict: the database has goals, or units of the same codes.
    """
    progress(f"Inventing a county of {people:,} people")
    agency = invent(people, seed, clock.today())
    async with transaction():
        await _refuse_used(agency)
        progress(f"Writing {len(agency.units)} units and {len(agency.people):,} people")
        places = await write_people(agency)
        strategy = await write_plan(agency, places.units["agency"])
        progress(f"Writing {len(agency.goals):,} goals with two years of history")
        await GoalWriter(agency, places, strategy).write()
        summary = _summary(agency)
        await _say_demo(summary)
        await lines.rights_changed()
    return summary


async def _refuse_used(agency: Agency) -> None:
    if await Goal.exists():
        raise Conflict("This database already has goals; a demo needs one of its own.")
    codes = [unit.code for unit in agency.units[1:]]
    if await Unit.filter(code__in=codes).exists():
        raise Conflict("This database already has units of these codes; a demo needs one of its own.")
    if await Person.filter(email_key__in=[p.email for p in agency.people[:200]]).exists():
        raise Conflict("This database already has people of the demo; a demo needs one of its own.")


def _summary(agency: Agency) -> DemoSummary:
    cast = tuple(
        Member(c.role, agency.people[c.person].name, agency.people[c.person].email, c.about)
        for c in agency.cast
    )
    return DemoSummary(
        agency.name,
        len(agency.units),
        len(agency.people),
        len(agency.goals),
        sum(len(goal.check_ins) for goal in agency.goals),
        dict(Counter(goal.level for goal in agency.goals)),
        cast,
        PASSWORD,
    )


async def _say_demo(summary: DemoSummary) -> None:
    value = {"people": [vars(member) for member in summary.cast], "password": summary.password}
    setting = await AgencySetting.create(name=SETTING, value=value)
    await remember(COMMAND_LINE, "setting.create", setting, {"name": SETTING})
