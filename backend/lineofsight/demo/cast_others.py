"""The goals of the rest of the cast: two or so each, in their own line of work."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from .facts import Mood

if TYPE_CHECKING:
    from .cast_story import Desk

# role, goal it counts toward, mood, days since the last check-in, text
GOALS: tuple[tuple[str, str, Mood, int, str], ...] = (
    ("director", "PLAN D1", "ON_TRACK", 14,
     "Walk one permit from filing to decision with each of {t} teams "
     "| Permits walked through | permits | 0>8"),
    ("director", "PLAN D4", "AT_RISK", 22,
     "Agree a shared intake with Public Health and the fire marshal "
     "| * List what each asks for; One draft form; Trial with ten applicants; Sign the agreement"),
    ("director", "PLAN W", "OUTDATED", 49,
     "Fill {t} vacancies in the department | Vacancies filled | vacancies | 0>6"),
    ("strategy office", "CEO-STRAT U1", "ON_TRACK", 29,
     "Cut goals without a parent from {b} to {t} | Goals without a parent | goals | 190>60"),
    ("strategy office", "CEO-STRAT U2", "ON_TRACK", 12,
     "Publish four quarterly results reports | * First quarter report; Second quarter report; "
     "Third quarter report; Fourth quarter report"),
    ("HR", "HR D1", "AT_RISK", 17,
     "Bring the average time to approve a posting from {b} to {t} days "
     "| Days to approve a posting | days | 18>7"),
    ("HR", "HR D2", "ON_TRACK", 28,
     "Meet {t} departments about their hard-to-fill positions | Departments met | departments | 0>12"),
    ("executive", "CEO D2", "ON_TRACK", 10,
     "Hold a public question hour in {t} towns | Question hours held | hours | 0>12"),
    ("executive", "AUDIT D1", "AT_RISK", 30,
     "Answer the board's open audit questions, {t} in all | Audit questions answered | questions | 0>18"),
    ("auditor", "AUDIT D2", "ON_TRACK", 21,
     "Review how {t} departments check their reported numbers | Departments reviewed | departments | 0>9"),
    ("auditor", "AUDIT D1", "ON_TRACK", 29,
     "Publish a yearly report on open recommendations | * Collect answers from departments; Check a sample; "
     "Discuss with the board; Publish the report"),
    ("administrator", "IT D1", "ON_TRACK", 6,
     "Give every manager a working sign-in, {t} in all | Managers with a working sign-in | managers | 0>70"),
    ("administrator", "IT D2", "ON_TRACK", 29,
     "Review who holds which office every quarter "
     "| * First review; Second review; Third review; Fourth review"),
)


def write_others(desk_of: Callable[[str], "Desk"]) -> None:
    """Writes them all."""
    for role, parent, mood, ago, text in GOALS:
        desk = desk_of(role)
        unit, code = parent.split(" ")
        desk.goal(text, desk.above(unit, code), mood, ago=ago)
