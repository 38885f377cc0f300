"""How each goal fares: the spread of a whole agency, with the troubles real ones have."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from .facts import Cycle, Goal, Mood, Outcome

SPREAD: tuple[tuple[Mood, int], ...] = (
    ("ON_TRACK", 61),
    ("AT_RISK", 17),
    ("OFF_TRACK", 8),
    ("OUTDATED", 9),
    ("NO_DATA", 3),
    ("PENDING", 3),
)
UNIT_SPREAD: tuple[tuple[Mood, int], ...] = (
    ("ON_TRACK", 70),
    ("AT_RISK", 17),
    ("OFF_TRACK", 8),
    ("OUTDATED", 5),
)

OUTCOMES: tuple[tuple[Outcome, Mood], ...] = (
    ("ACHIEVED", "ON_TRACK"),
    ("PARTIAL", "AT_RISK"),
    ("MISSED", "OFF_TRACK"),
    ("DROPPED", "OFF_TRACK"),
)


def draw(rng: Random, spread: tuple[tuple[Mood, int], ...]) -> Mood:
    """One mood, by its share of the spread."""
    return rng.choices([mood for mood, _ in spread], [share for _, share in spread])[0]


def set_moods(rng: Random, goals: Iterable[Goal], today: date, last: Cycle) -> None:
    """Stage, outcome, mood and visibility of every goal that no story fixed."""
    for goal in goals:
        if goal.cycle == last.key:
            _close(rng, goal, last)
        elif goal.level == "STRATEGIC_OBJECTIVE" and goal.luck:
            goal.mood = "ON_TRACK" if goal.luck >= 0.9 else "AT_RISK" if goal.luck >= 0.7 else "OFF_TRACK"
        elif goal.level == "INDIVIDUAL":
            _personal(rng, goal, today)
        else:
            goal.mood = draw(rng, UNIT_SPREAD)
            if goal.level == "UNIT" and not goal.unit.startswith("PLAN") and rng.random() < 0.02:
                goal.status, goal.start = "PROPOSED", today - timedelta(days=rng.randint(2, 9))


def _close(rng: Random, goal: Goal, last: Cycle) -> None:
    goal.closed = last.end + timedelta(days=rng.randint(5, 35))
    if goal.level == "INDIVIDUAL" and rng.random() < 0.03:
        goal.status, goal.closed = "RETIRED", last.start + timedelta(days=rng.randint(100, 250))
        return
    goal.status = "CLOSED"
    goal.outcome, goal.mood = rng.choices(OUTCOMES, (62, 23, 10, 5))[0]
    if goal.outcome == "DROPPED":
        goal.closed = last.start + timedelta(days=rng.randint(120, 300))


def _personal(rng: Random, goal: Goal, today: date) -> None:
    goal.mood = draw(rng, SPREAD)
    if goal.mood == "AT_RISK" and goal.milestones and rng.random() < 0.6:
        goal.mood = "ON_TRACK"  # a missed milestone of a few is soon more than a risk
    nearly_over = goal.due <= today + timedelta(days=25)
    if goal.mood == "PENDING" and nearly_over:
        goal.mood = "ON_TRACK"
    if goal.mood == "PENDING":
        goal.start = today - timedelta(days=rng.randint(1, 12))
    draw_stage = 1.0 if nearly_over else rng.random()
    if draw_stage < 0.025:
        goal.status = "DRAFT"
    elif draw_stage < 0.045:
        goal.status = "PROPOSED"
    elif draw_stage < 0.055:
        goal.status = "APPROVED"
    elif draw_stage < 0.07:
        goal.status, goal.closed = "RETIRED", today - timedelta(days=rng.randint(20, 120))
    if goal.status in ("DRAFT", "PROPOSED", "APPROVED"):
        goal.start = max(goal.start, today - timedelta(days=rng.randint(0, 20)))
    seen = rng.random()
    if seen < 0.035:
        goal.visibility = "UNIT"
    elif seen < 0.055:
        goal.visibility = "CHAIN"
    elif seen < 0.085 and goal.kind != "OUTCOME":
        goal.visibility = "PRIVATE"


def renew_milestones(goal: Goal) -> None:
    """Spreads the milestones anew after the goal's start was moved."""
    span, parts = (goal.due - goal.start).days, len(goal.milestones)
    for place, milestone in enumerate(goal.milestones):
        milestone.due = goal.start + timedelta(days=round(span * (place + 1) / parts))


def weigh(rng: Random, goals: Iterable[Goal], cast: Iterable[int]) -> None:
    """Some people's goals of this year share their year by weight: steps of five percent, 100% in all."""
    spared = set(cast)
    owned: dict[int, list[Goal]] = {}
    for goal in goals:
        person = goal.owner_person
        counts = goal.cycle == "this" and goal.status in ("ACTIVE", "APPROVED")
        if person is not None and counts and person not in spared:
            owned.setdefault(person, []).append(goal)
    for theirs in owned.values():
        if 2 <= len(theirs) <= 6 and rng.random() < 0.12:
            left = 20
            for place, goal in enumerate(theirs):
                others = len(theirs) - place - 1
                share = left if not others else rng.randint(2, left - 2 * others)
                goal.weight, left = share / 20, left - share
