"""Works out in memory what actions keep: links to the plan, progress, expected progress, health at close.

The arithmetic is that of the goals slice; only the reading of its inputs is done here, once for all goals.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lineofsight.goals import formulas, health, measuring, pace, progress
from lineofsight.goals.progress import Inputs
from lineofsight.kernel import clock

from .ledger import Row


@dataclass
class Book:
    """Rows of goals and what belongs to them, by attribute, before they are written."""

    goals: dict[int, Row] = field(default_factory=dict)
    metrics: list[Row] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)
    alignments: list[Row] = field(default_factory=list)
    check_ins: list[Row] = field(default_factory=list)
    segments: list[Row] = field(default_factory=list)
    targets: list[Row] = field(default_factory=list)
    newest: dict[int, Row] = field(default_factory=dict)
    """The newest value of each definition."""
    checked: dict[int, datetime] = field(default_factory=dict)
    """When each goal was last checked in on."""
    depth: dict[int, int] = field(default_factory=dict)
    """Steps from the top along primary parents."""


COUNTED = ("progress", "observed_on", "stale_on")


def reckon(book: Book, plan: int) -> None:
    """Fills in every kept column of the rows, and the pieces of expected progress."""
    targets: dict[int, list[Row]] = defaultdict(list)
    for target in book.targets:
        targets[target["metric_id"]].append(target)
    for metric in book.metrics:
        latest = book.newest.get(metric["definition_id"])
        metric.update(vars(measuring.read(metric, targets[metric["id"]], latest, {})))
    edges = [a for a in book.alignments if a["type"] == "CONTRIBUTES"]
    _link(book, edges, plan)
    inputs = {key: Inputs(row) for key, row in book.goals.items()}
    for metric in book.metrics:
        given = inputs[metric["goal_id"]]
        given.metrics.append(metric)
        if targets[metric["id"]]:
            given.curves[metric["id"]] = _curve(metric, targets[metric["id"]], given.goal["start_date"])
    for milestone in book.milestones:
        inputs[milestone["goal_id"]].milestones.append(milestone)
    for key, at in book.checked.items():
        inputs[key].checked_on = clock.day_of(at)
    below: dict[int, list[Row]] = defaultdict(list)
    for edge in edges:
        below[edge["parent_id"]].append(edge)
    linked = progress.order([(edge["child_id"], edge["parent_id"]) for edge in edges])
    for key in [*linked, *(book.goals.keys() - set(linked))]:
        given = inputs[key]
        given.children = [
            {"weight_bp": edge["weight_bp"], **{name: child[name] for name in COUNTED}}
            for edge in below[key]
            if _counts(child := book.goals[edge["child_id"]])
        ]  # fmt: skip
        result = progress.figure(given)
        given.goal.update(result.values)
        book.segments.extend({"goal_id": key, **vars(piece)} for piece in result.curve)
        _at_close(given.goal, result.curve)


def _curve(metric: Row, targets: list[Row], start: date) -> list[pace.Piece]:
    """Expected progress of a measure that has targets by period."""
    stick = measuring.overall(metric, targets, None)
    points = [(t["period_end"].toordinal(), formulas.progress(stick, t["target"])) for t in targets]
    return pace.through([(day, share) for day, share in points if share is not None], start)


def _counts(child: Row) -> bool:
    status = child["status"]
    return bool(status == "ACTIVE" or (status == "CLOSED" and child["outcome"] != "DROPPED"))


def _link(book: Book, edges: list[Row], plan: int) -> None:
    """Primary parent, plan and link of every goal, parents first."""
    above: dict[int, list[Row]] = defaultdict(list)
    for edge in edges:
        above[edge["child_id"]].append(edge)
    pairs = [(edge["child_id"], edge["parent_id"]) for edge in edges]
    sequence = progress.order(pairs)[::-1]
    for key in [*sequence, *(book.goals.keys() - set(sequence))]:
        goal, parents = book.goals[key], above[key]
        top = goal["level"] == "STRATEGIC_GOAL"
        primary = next((edge["parent_id"] for edge in parents if edge["is_primary"]), None)
        goal["primary_parent_id"] = primary
        goal["plan_id"] = plan if top else book.goals[primary]["plan_id"] if primary else None
        goal["is_linked"] = top or any(book.goals[edge["parent_id"]]["is_linked"] for edge in parents)
        book.depth[key] = book.depth[primary] + 1 if primary else 0


def _at_close(goal: Row, curve: list[pace.Piece]) -> None:
    """The health a goal had on its last active day."""
    if goal["closed_on"] is None:
        goal["closed_health"] = None
        return
    goal["closed_health"] = health.health({**goal, "status": "ACTIVE", **_piece(curve, goal["closed_on"])},
                                          goal["closed_on"])  # fmt: skip


def _piece(curve: list[pace.Piece], on: date) -> dict[str, Any]:
    day = on.toordinal()
    found = next((piece for piece in curve if piece.from_day <= day < piece.to_day), None)
    names = ("from_day", "to_day", "from_value", "to_value")
    return {f"s__{name}": getattr(found, name) if found else None for name in names}
