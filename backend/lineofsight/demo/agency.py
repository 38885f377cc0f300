"""The whole invented agency: `invent(people, seed, today)`."""

from datetime import date
from random import Random

from .cascade import Cascade
from .cast_story import tell_cast
from .dates import performance_cycles
from .facts import Agency, Goal
from .links import link_departments, share_personal_goals
from .moods import renew_milestones, set_moods, weigh
from .organization import build_organization
from .plan import AGENCY
from .story import Teller

GOALS_PER_PERSON = 4
SMALLEST = 10


def invent(people: int, seed: int, today: date) -> Agency:
    """Kestrel County with `people` persons and about four goals for each, as it stands on `today`.

    The same arguments give the same agency; no clock, database or environment is read.
    """
    if people < SMALLEST:
        raise ValueError(f"An agency of fewer than {SMALLEST} people has no room for the cast.")
    rng = Random(f"{seed}/{people}")
    cycles = performance_cycles(today)
    org = build_organization(rng, people, today)
    cascade = Cascade(rng, today, org, cycles)
    cascade.plan()
    cascade.unit_goals()
    cascade.crew_goals()
    cast = tell_cast(cascade)
    link_departments(cascade)
    cascade.personal_goals(max(people * GOALS_PER_PERSON - len(cascade.goals), people * 3 // 2), cast)
    set_moods(rng, [goal for goal in cascade.goals if not goal.fixed], today, cycles[0])
    share_personal_goals(rng, cascade)
    weigh(rng, cascade.goals, cast)
    teller = Teller(rng, today, org.blocks)
    for goal in cascade.goals:
        if goal.fixed and goal.cycle == "last":
            goal.status, goal.closed = "CLOSED", cycles[0].end
        renew_milestones(goal)
        author = goal.owner_person if goal.owner_person is not None else org.lead_of(goal.unit)
        if (
            goal.status in ("ACTIVE", "CLOSED", "RETIRED")
            and author is not None
            and (goal.metric or goal.milestones or goal.source == "MANUAL")
        ):
            teller.tell(goal, author)
    offices = [
        (member.person, office, unit)
        for member in org.cast
        for office, unit in next(c.offices for c in org.cast if c is member)
    ]
    return Agency(
        AGENCY,
        today,
        org.units,
        org.positions,
        org.people,
        offices,
        org.cast,
        list(cycles),
        cascade.plan_start,
        cascade.plan_end,
        cascade.goals,
        cascade.alignments,
    )


def _two_years(goals: list[Goal]) -> None:
    """A measure that a unit kept in both years shows last year's values before this year's."""
    measured = [(g, g.metric) for g in goals if g.metric and g.metric.definition]
    last = {metric.definition: metric for goal, metric in measured if goal.cycle == "last"}
    for goal, metric in measured:
        if goal.cycle == "this" and metric.definition in last:
            known = {value.period for value in metric.values}
            metric.values[:0] = [v for v in last[metric.definition].values if v.period not in known]
