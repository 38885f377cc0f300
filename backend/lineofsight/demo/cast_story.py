"""The goals of the employee and of the manager's team, written by hand: there is something to do today."""

from datetime import timedelta

from .cascade import Cascade
from .cast_others import write_others
from .facts import Cadence, Goal, Mood
from .figures import parse_figures
from .text import Line

CADENCE_DAYS = 31
"""Days after a monthly check-in at which the next one is due."""


def tell_cast(cascade: Cascade) -> list[int]:
    """Writes the cast's goals; returns the people whose goals are complete."""
    seats = {c.role: c.person for c in cascade.org.cast}
    _employee(Desk(cascade, seats["employee"]))
    _team(Desk(cascade, seats["manager"]))
    write_others(lambda role: Desk(cascade, seats[role]))
    return [*seats.values()]


class Desk:
    """Writes goals for one person; `team` are the goals of the Plans Review team."""

    def __init__(self, cascade: Cascade, person: int) -> None:
        self.cascade = cascade
        self.person = person
        self.unit = cascade.org.positions[cascade.org.people[person].position].unit
        self.crew = next(c for c in cascade.org.crews if c.block.name == "Plans Review")
        self.team = [goal for goal, _ in cascade.team_goals[(self.crew.number, "this")]]

    def above(self, unit: str, code: str) -> Goal:
        """This year's goal of a unit by its code; W: one of its department's workforce goals."""
        if code == "W":
            return self.cascade.workforce[(unit, "this")][0]
        return self.cascade.by_code[(unit, code, "this")]

    def goal(
        self, text: str, parent: Goal | None, mood: Mood, *, ago: int = 9, owner: int | None = None,
        team: bool = False, last_year: bool = False, cadence: Cadence = "MONTHLY",
    ) -> Goal:
        """`text`: title | measure | unit | figures, or title | * milestones. ago: days since then."""
        owner = self.person if owner is None else owner
        cycle = self.cascade.last if last_year else self.cascade.this
        goal = self.cascade.writer.write(
            line_of(text), level="TEAM" if team else "INDIVIDUAL", unit=self.unit, owner=owner, author=owner,
            cycle=cycle, cadence=cadence, plain=True, dated=False,
        )  # fmt: skip
        goal.subject = self.unit if self.unit == "PLAN-PERM" else None
        goal.start, goal.due, goal.mood, goal.fixed = cycle.start, cycle.end, mood, True
        goal.last_check_in = None if last_year else self.cascade.today - timedelta(days=ago)
        if parent:
            self.cascade.align(goal, parent, 1.0)
        return goal


def line_of(text: str) -> Line:
    """Reads one goal: `title | measure | unit | figures`, or `title | * milestones`."""
    title, *rest = (part.strip() for part in text.split("|"))
    if rest[0].startswith("*"):
        return Line("", "", title, milestones=tuple(step.strip() for step in rest[0][1:].split(";")))
    return Line("", "", title, rest[0], rest[1], parse_figures(rest[2]))


def _employee(desk: Desk) -> None:
    """Five goals: on track, behind, waiting for an update, due this week, and a draft; one of last year."""
    reviews, missing = desk.team
    first = desk.goal("Finish {t}% of my first reviews within 10 working days "
                      "| My first reviews within 10 working days | % | 64>90",
                      reviews, "ON_TRACK", ago=11)  # fmt: skip
    first.description = "The first review sets the pace for everything after it."
    desk.goal("Bring my review cycles per residential plan from {b} down to {t} "
              "| Review cycles per residential plan | cycles | 2.6>1.8",
              reviews, "OFF_TRACK", ago=16)  # fmt: skip
    desk.goal("Phone {t} first-time applicants before they submit "
              "| First-time applicants called | calls | 0>120", missing, "OUTDATED", ago=52)  # fmt: skip
    desk.goal("Cut repeat corrections on my plans from {b} to {t} per 100 "
              "| Repeat corrections per 100 plans | corrections | 41>25", missing, "ON_TRACK",
              ago=CADENCE_DAYS - 2)  # fmt: skip
    draft = desk.goal("Write a one-page guide to plans for backyard cottages "
                      "| * Collect the ten most common corrections; Draft the page; "
                      "Test it with five applicants; Publish in English and Spanish",
                      missing, "PENDING")  # fmt: skip
    draft.status, draft.start = "DRAFT", desk.cascade.today
    draft.description = "Half of the cottage plans come back for the same three reasons."
    old = desk.goal("Clear {t} garage and shed plans from the backlog | Backlog plans cleared | plans | 0>60",
                    desk.cascade.by_code[("plan", "4.1")], "ON_TRACK", last_year=True)  # fmt: skip
    old.outcome = "ACHIEVED"


def _team(desk: Desk) -> None:
    """The manager's own goals, and what the reports brought: a proposal, a goal far behind."""
    cascade, today = desk.cascade, desk.cascade.today
    reviews, missing = desk.team
    for goal, ago in ((reviews, 8), (missing, 13)):
        goal.fixed, goal.last_check_in = True, today - timedelta(days=ago)
    reviews.mood, missing.mood = "ON_TRACK", "AT_RISK"
    reviews.source = missing.source = "MEASURES"
    decision, turnaround = desk.above("PLAN", "D1"), desk.above("PLAN-PERM", "U1")
    incomplete = desk.above("PLAN-PERM", "U3")
    decision.mood, turnaround.mood, incomplete.mood = "AT_RISK", "ON_TRACK", "OFF_TRACK"
    for goal in (decision, turnaround, incomplete):
        goal.fixed, goal.source = True, "MEASURES"
    for child, reason in (
        (decision, "The date first promised is kept only if the decision itself comes sooner."),
        (turnaround, "Residential permits are two thirds of all we decide."),
        (reviews, "Every later step waits for the first review."),
        (missing, "A plan returned for a missing sheet loses two weeks before anyone reviews it."),
    ):
        cascade.explain(child, reason)
    _same_day_desk(desk)
    desk.goal("Meet each of my reports one to one every month, {t}% kept "
              "| One-to-one meetings kept | % | 62>90",
              cascade.workforce[("PLAN", "this")][0], "ON_TRACK", ago=CADENCE_DAYS - 3)  # fmt: skip
    cover = desk.goal("Cross-train {t} examiners on commercial plans "
                      "| Examiners cross-trained | people | 0>4",
                      reviews, "OFF_TRACK", ago=20)  # fmt: skip
    cover.description = "Two retirements are coming and only one person reviews commercial plans."
    staff = [p.holder for p in desk.crew.staff[1:] if p.holder is not None]
    if staff:
        saturday = desk.goal("Hold Saturday review hours for homeowners, {t} mornings "
                             "| Saturday mornings held | mornings | 0>10", reviews, "PENDING",
                             owner=staff[0])  # fmt: skip
        saturday.status, saturday.origin = "PROPOSED", "BOTTOM_UP"
        saturday.start = today
        saturday.description = "Homeowners cannot come on weekdays; two of us would take turns."
    if len(staff) > 1:
        desk.goal("Finish {t}% of my first reviews within 10 working days "
                  "| My first reviews within 10 working days | % | 61>88", reviews, "OFF_TRACK", ago=12,
                  owner=staff[1])  # fmt: skip


def _same_day_desk(desk: Desk) -> None:
    """Work of the team that counts toward a goal of their manager's manager, which they may not see yet."""
    lead = desk.cascade.leads["PLAN-PERM"]
    assert lead is not None
    hidden = desk.goal("Reshape counter and review staffing before the fee study "
                       "| * Map the workload by hour; Agree the options with Human Resources; "
                       "Director decides; Tell the teams; New schedule in force",
                       desk.above("PLAN", "D1"), "ON_TRACK",
                       owner=lead)  # fmt: skip
    hidden.visibility, hidden.level = "CHAIN", "UNIT"
    trial = desk.goal("Decide {t}% of simple residential plans on the day they arrive "
                      "| Simple plans decided the same day | % | 12>45", hidden, "ON_TRACK", team=True,
                      ago=6)  # fmt: skip
    trial.description = "A trial of a same-day desk, two mornings a week."
    trial.origin, trial.author = "ASSIGNED", lead
    for position in desk.crew.staff[3:4]:
        if position.holder is not None:
            desk.goal("Staff the same-day desk for {t} mornings "
                      "| Mornings at the same-day desk | mornings | 0>44",
                      trial, "ON_TRACK", owner=position.holder, ago=7)  # fmt: skip
