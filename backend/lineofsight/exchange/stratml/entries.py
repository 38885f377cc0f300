"""A document's goals and objectives in one list, each with the goal it stands under."""

from __future__ import annotations

from dataclasses import dataclass

from lineofsight.goals.words import GoalLevel

from . import vocabulary as words
from .columns import sequence_above
from .document import Document, Goal, Indicator, Objective, Relationship


@dataclass(slots=True, eq=False)
class Entry:
    """A goal or objective of the document. `ordinal`: its place in the document, from 0."""

    element: Goal | Objective
    level: GoalLevel
    ordinal: int
    above: Entry | None
    indicators: tuple[Indicator, ...]
    links: tuple[Relationship, ...]
    id: int = 0
    """The goal it is in the graph, once known."""

    def depth(self) -> int:
        """How many goals of the document it stands under."""
        return 0 if self.above is None else self.above.depth() + 1


def entries(document: Document, third_level: bool) -> list[Entry]:
    """In the order of the document. `third_level`: objective 1.2.1 stands under 1.2 of the same goal."""
    found: list[Entry] = []
    for goal in document.goals:
        top = _entry(goal, GoalLevel.STRATEGIC_GOAL, len(found), None)
        found.append(top)
        below = []
        for objective in goal.objectives:
            below.append(_entry(objective, GoalLevel.STRATEGIC_OBJECTIVE, len(found), top))
            found.append(below[-1])
        if third_level:
            _nest(below)
    return found


def _entry(element: Goal | Objective, level: GoalLevel, ordinal: int, above: Entry | None) -> Entry:
    carriers = [each for each in element.indicators if carries_links(each)]
    return Entry(
        element,
        level,
        ordinal,
        above,
        tuple(each for each in element.indicators if each not in carriers),
        tuple(link for each in carriers for link in each.relationships),
    )


def carries_links(indicator: Indicator) -> bool:
    """Whether the indicator measures nothing and only carries its objective's relationships."""
    return indicator.other_information == words.LINKS and not indicator.instances


def _nest(objectives: list[Entry]) -> None:
    numbered: dict[str, Entry] = {}
    for each in objectives:
        numbered.setdefault(each.element.sequence.strip(), each)
    for each in objectives:
        number = sequence_above(each.element.sequence)
        above = numbered.get(number) if number else None
        if above is not None and above is not each:
            each.above = above
