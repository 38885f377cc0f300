"""Reads the texts in `work/*.txt`: units, their teams, and the goals such a team writes.

A line is `CODE [PARENT] | title | measure | unit of measure | figures`. Figures: `31>20` baseline and target,
`18..40` a band to stay in (either end may be missing). A measure that starts with `*` lists milestones, `~`
stands for none: the owner judges.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from .figures import Figures, parse_figures

DEPARTMENT_FILES = ("planning", "ceo", "admin", "pw", "ph", "hs", "safety", "community")


@dataclass(frozen=True)
class Line:
    """One goal to be written: a title with {holes} and how it is measured."""

    code: str
    parent: str
    title: str
    measure: str = ""
    unit_of_measure: str = ""
    figures: Figures | None = None
    milestones: tuple[str, ...] = ()


@dataclass
class TeamBlock:
    """A team's text: its jobs, its usual size, and what it writes."""

    name: str
    supervisor: str
    jobs: list[str]
    size: int
    goals: list[tuple[Line, list[Line]]] = field(default_factory=list)
    """Each team goal with the individual goals under it."""


@dataclass
class UnitBlock:
    """A unit's text: its goals, its teams, and sentences that fit its check-ins."""

    code: str
    name: str
    parent: str
    lead: str
    kind: str
    goals: list[Line] = field(default_factory=list)
    teams: list[TeamBlock] = field(default_factory=list)
    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    next: list[str] = field(default_factory=list)


def read_text(name: str) -> list[str]:
    """The lines of one of the texts."""
    text = files(__package__).joinpath("work", f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _line(text: str) -> Line:
    head, title, *rest = (part.strip() for part in text.split("|"))
    code, _, parent = head.partition(" ")
    if rest and rest[0].startswith("*"):
        return Line(code, parent, title, milestones=tuple(m.strip() for m in rest[0][1:].split(";")))
    if rest[0] == "~":
        return Line(code, parent, title)
    measure, unit, figures = rest
    return Line(code, parent, title, measure, unit, parse_figures(figures))


def _unit(text: str) -> UnitBlock:
    code, name, parent, lead, kind = (part.strip() for part in text.split("|"))
    return UnitBlock(code, name, parent, lead, kind)


def _team(text: str) -> TeamBlock:
    name, supervisor, jobs, size = (part.strip() for part in text.split("|"))
    return TeamBlock(name, supervisor, [job.strip() for job in jobs.split(";")], int(size))


@cache
def unit_blocks() -> tuple[UnitBlock, ...]:
    """Every department and division, a department before its divisions."""
    units: list[UnitBlock] = []
    for name in DEPARTMENT_FILES:
        for text in read_text(name):
            word, _, rest = text.partition(" ")
            if word == "unit":
                units.append(_unit(rest))
            elif word == "team":
                units[-1].teams.append(_team(rest))
            elif word in ("good", "bad", "next"):
                getattr(units[-1], word).append(rest)
            elif word == "T":
                units[-1].teams[-1].goals.append((_line(text), []))
            elif word == "I":
                units[-1].teams[-1].goals[-1][1].append(_line(text))
            else:
                units[-1].goals.append(_line(text))
    return tuple(units)


@cache
def common_lines(word: str) -> tuple[Line, ...]:
    """Goals any department has: `dept` workforce, `own` a person's development, `lead` a supervisor's."""
    return tuple(_line(text) for text in read_text("common") if text.partition(" ")[0] == word)


@cache
def places() -> dict[str, tuple[str, ...]]:
    """The holes a title may have, each with what fills it."""
    found: dict[str, tuple[str, ...]] = {}
    for text in read_text("places"):
        hole, _, rest = text.partition(" ")
        found[hole] = tuple(part.strip() for part in rest.split(";"))
    return found


@cache
def sentences(kind: str) -> tuple[str, ...]:
    """General sentences of check-ins, by kind: better, worse, same, first, done, next, blocker, …"""
    return tuple(text.partition(" ")[2] for text in read_text("sentences") if text.partition(" ")[0] == kind)
