"""What a document's elements are in our columns: pure, so that import and export can both work it out.

A column that still holds what its element says is untouched: its text is exported verbatim.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from .document import Document, Goal, Indicator, Objective, Value
from .grammar import as_date

_NUMBERED: Final = re.compile(r"(?P<above>.*\w)\.\w+\.?")
_TITLE_LENGTH: Final = 120
UNNAMED: Final = "Untitled"


def one_line(text: str) -> str:
    """Text without line breaks, tabs and double spaces."""
    return " ".join(text.split())


def title_of(name: str, *others: str) -> str:
    """A title: the name, else the start of the first other text that says something."""
    for text in (name, *others):
        if line := one_line(text):
            return line if len(line) <= _TITLE_LENGTH or text is name else f"{line[:_TITLE_LENGTH].rstrip()}…"
    return UNNAMED


def plan_columns(document: Document) -> dict[str, Any]:
    """Columns of `strategy.models.Plan`."""
    about = document.administrative
    return {
        "name": one_line(document.name),
        "description": document.description or None,
        "mission": (document.mission.description or None) if document.mission else None,
        "vision": (document.vision.description or None) if document.vision else None,
        "start_date": as_date(about.start) if about else None,
        "end_date": as_date(about.end) if about else None,
    }


def value_columns(value: Value) -> dict[str, Any]:
    """Columns of `strategy.models.PlanValue`."""
    return {"name": title_of(value.name, value.description), "description": value.description or None}


def goal_columns(goal: Goal | Objective, document: Document) -> dict[str, Any]:
    """Columns of `goals.models.Goal`. A goal runs as long as its plan, if its dates are in order."""
    plan = plan_columns(document)
    start, end = plan["start_date"], plan["end_date"]
    if start and end and end < start:
        start = end = None
    return {
        "title": title_of(goal.name, goal.description, goal.sequence, goal.identifier),
        "description": goal.description or None,
        "sequence": goal.sequence or None,
        "start_date": start,
        "due_date": end,
    }


def metric_name(indicator: Indicator, goal_title: str) -> str:
    """What a measure is called: its dimension, else what its goal is called."""
    return title_of(indicator.dimension, goal_title)


def sequence_above(sequence: str) -> str:
    """The number one level up: `INF7.2.1` → `INF7.2`; "" where there is none."""
    match = _NUMBERED.fullmatch(sequence.strip())
    return match["above"] if match else ""


def natural(sequence: str | None) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts sequence numbers as people do: 1.2 before 1.10."""
    parts = re.findall(r"\d+|[^\d.\s]+", sequence or "")
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts)


def period_dates(document: Document) -> tuple[date | None, date | None]:
    """First and last day the document speaks of: its period, else the day it was published."""
    about = document.administrative
    if about is None:
        return None, None
    start, end = as_date(about.start), as_date(about.end)
    if start is None and end is None:
        published = as_date(about.publication)
        return published, published
    return start, end
