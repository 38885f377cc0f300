"""Turns a line of the texts into one goal: holes filled, figures varied, deadline in the title or not."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .dates import deadline, spoken
from .facts import Cadence, Cycle, Direction, Goal, Level, Metric, Milestone
from .figures import Figures, before, shown, vary
from .text import Line, places

TIMED = re.compile(
    r"\b(by|before|within|every|each|per|ahead|late|early|daily|until|night|season|day|days|week|weeks|"
    r"month|monthly|quarter|year|hours|minutes|months|date)\b",
    re.I,
)


class Writer:
    """Writes goals; remembers what it wrote, so that the second use of a line reads differently."""

    def __init__(self, rng: Random, today: date) -> None:
        self.rng = rng
        self.today = today
        self.goals: list[Goal] = []
        self.used: Counter[tuple[str, str]] = Counter()
        self.titles: Counter[str] = Counter()
        self.filled: Counter[tuple[str, str]] = Counter()

    def write(
        self,
        line: Line,
        *,
        level: Level,
        unit: str,
        owner: int | None,
        author: int | None,
        cycle: Cycle,
        cadence: Cadence,
        holes: dict[str, str] | None = None,
        reach: float | None = None,
        plain: bool = False,
        dated: bool = True,
    ) -> Goal:
        """One goal of this line.

        reach: of last year, and how far it then got; plain: the figures as they stand;
        dated: the title may end with the deadline.
        """
        scope = f"{unit}{cycle.key}"
        figures, again = line.figures, self.used[(scope, line.title)]
        self.used[(scope, line.title)] += 1
        if figures and not plain and line.unit_of_measure != "points" and (again or level == "INDIVIDUAL"):
            figures = vary(self.rng, figures, line.unit_of_measure == "%")
        if figures and reach is not None and not figures.band:
            figures = before(figures, reach)
            if line.unit_of_measure == "%" and figures.target is not None and figures.target > 100:
                figures = replace(figures, target=100.0)
        due = deadline(self.rng, cycle, self.today) if level == "INDIVIDUAL" else cycle.end
        start = cycle.start + timedelta(
            days=self.rng.choice((0, 0, 0, 4, 11, 18)) if level == "INDIVIDUAL" else 0
        )
        title = self._title(line, figures, due if dated else None, holes or {})
        goal = Goal(len(self.goals), title, level, unit, owner, author, start, due, cycle.key, cadence)
        goal.subject = unit if line.code not in ("own", "lead", "dept", "") else None
        if line.milestones:
            goal.milestones = self._milestones(line, start, due)
        elif figures:
            goal.metric = self.metric(line, figures)
        else:
            goal.source = "MANUAL"
        self.goals.append(goal)
        return goal

    def _title(self, line: Line, figures: Figures | None, due: date | None, holes: dict[str, str]) -> str:
        numbers = {}
        if figures:
            found = {"b": figures.baseline, "t": figures.target, "lo": figures.lower, "hi": figures.upper}
            numbers = {key: shown(n, figures.decimals) for key, n in found.items() if n is not None}
        for attempt in range(6):
            chosen = {hole: self._place(hole) for hole in places() if f"{{{hole}}}" in line.title}
            title = line.title.format(**{**chosen, **numbers, **holes})
            if (not chosen and attempt == 0) or self.titles[title] == 0:
                break
        timed = TIMED.search(line.title) or (figures and figures.band)
        if due and not timed and len(title) < 75 and self.rng.random() < 0.35:
            title = f"{title} by {spoken(due)}"
        self.titles[title] += 1
        return title

    def _place(self, hole: str) -> str:
        """The place named least so far, among three drawn."""
        drawn = self.rng.sample(places()[hole], min(3, len(places()[hole])))
        choice = min(drawn, key=lambda place: self.filled[(hole, place)])
        self.filled[(hole, choice)] += 1
        return choice

    def _milestones(self, line: Line, start: date, due: date) -> list[Milestone]:
        span = (due - start).days
        parts = len(line.milestones)
        return [
            Milestone(title, start + timedelta(days=round(span * (place + 1) / parts)))
            for place, title in enumerate(line.milestones)
        ]

    def metric(self, line: Line, figures: Figures) -> Metric:
        if figures.band:
            return Metric(
                line.measure,
                line.unit_of_measure,
                "MAINTAIN",
                lower=figures.lower,
                upper=figures.upper,
                decimals=figures.decimals,
            )
        assert figures.baseline is not None
        assert figures.target is not None
        direction: Direction = "INCREASE" if figures.target > figures.baseline else "DECREASE"
        metric = Metric(
            line.measure,
            line.unit_of_measure,
            direction,
            figures.baseline,
            figures.target,
            decimals=figures.decimals,
        )
        if self.rng.random() < 0.25:
            gap = figures.target - figures.baseline
            commit, stretch = (round(figures.baseline + gap * part, figures.decimals) for part in (0.8, 1.15))
            metric.commit = commit
            if stretch > 0 and not (line.unit_of_measure == "%" and stretch > 100):
                metric.stretch = stretch
        return metric
