"""A document's goals and objectives as goals of the plan, found again by identifier, else by title in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lineofsight.exchange.bulk import insert, reserve, update
from lineofsight.exchange.stratml.columns import goal_columns
from lineofsight.goals import health
from lineofsight.goals.models import Goal
from lineofsight.goals.words import Cadence, GoalLevel, GoalStatus, Horizon
from lineofsight.kernel import sql
from lineofsight.kernel.database import fetch
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.sortkey import sort_key
from lineofsight.kernel.sql import Sql
from lineofsight.strategy.models import Plan

from .document import Document, Objective
from .entries import Entry
from .identifiers import Names, names_nothing
from .publishing import vars_of
from .run import Run, moved
from .stored import KEY, kept, pack

GOAL = "GOAL"
_ROWS = ("objectives", "indicators")
"""Fields of an element that become rows of their own."""


@dataclass(slots=True)
class Known:
    """The plan's goals as they stand."""

    rows: dict[int, Goal]
    aligned: dict[int, int | None] = field(default_factory=dict)
    """Of those from a document: the goal each stood under there."""
    _by_identifier: Names[Goal] = field(default_factory=Names)
    _by_title: dict[tuple[int | None, str], list[Goal]] = field(default_factory=dict)

    @classmethod
    async def load(cls, run: Run, plan: Plan | None) -> Known:
        if plan is None:
            return cls({})
        found = cls({goal.id: goal for goal in await Goal.filter(plan_id=plan.id).order_by("id")})
        for goal in found.rows.values():
            found._by_identifier.add(global_id("Goal", goal.id), goal)
            element = kept(Objective, goal.source)
            if element and not names_nothing(element.identifier):
                found._by_identifier.add(element.identifier, goal)
            above: int | None = (goal.source or {}).get("above", goal.primary_parent_id)
            found._by_title.setdefault((above, goal.title.casefold()), []).append(goal)
            if element:
                found.aligned[goal.id] = above
        directory = await run.directory(GOAL)
        for key, row in directory.keys.items():
            if row in found.rows:
                found._by_identifier.add(key, found.rows[row])
        return found

    def take(self, entry: Entry, key: str | None, title: str) -> Goal | None:
        """The goal an entry was before, which no other entry can then be."""
        goal = self._by_identifier.get(key) if key else None
        if goal is None or goal.id not in self.rows:
            alike = self._by_title.get((entry.above.id if entry.above else None, title.casefold()), [])
            goal = next((each for each in alike if each.id in self.rows and self._may_be(each, key)), None)
        return self.rows.pop(goal.id) if goal else None

    def _may_be(self, goal: Goal, key: str | None) -> bool:
        """A goal with an identifier is not another identifier's goal, though they have one title."""
        element = kept(Objective, goal.source)
        return key is None or element is None or names_nothing(element.identifier)


async def write_goals(
    run: Run, file: str, plan: Plan, before: Document | None, document: Document, entries: list[Entry],
    keys: Mapping[int, str], known: Known,
) -> None:  # fmt: skip
    """Create or update the goal of each entry and set its `id`; deal with the goals the document lacks."""
    ids = iter(await reserve(Goal, len(entries)))
    stands: dict[int, Goal] = {}
    for entry in sorted(entries, key=Entry.depth):  # those above are known before those below
        title = goal_columns(entry.element, document)["title"]
        if goal := known.take(entry, keys.get(id(entry.element)), title):
            entry.id = goal.id
            stands[entry.id] = goal
        else:
            entry.id = next(ids)
    changed: list[tuple[int, Mapping[str, Any]]] = []
    for entry in entries:
        if goal := stands.get(entry.id):
            values, counts = _change(goal, entry, before, goal_columns(entry.element, document))
            if values:
                await _update(run, goal, values)
                changed.append((goal.id, values))
            run.report.changed["goal"] += counts
            run.report.unchanged["goal"] += not counts
    await run.remember("goal.import", "Goal", changed)
    await _create(run, plan, document, [entry for entry in entries if entry.id not in stands])
    await _miss(run, file, document, [goal for goal in known.rows.values() if _came_from_a_document(goal)])


def source_of(entry: Entry, old: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is kept with a goal of the document beyond our columns."""
    source = {name: value for name, value in (old or {}).items() if name not in ("retired", "links")}
    source |= {KEY: pack(entry.element, without=_ROWS), "ordinal": entry.ordinal}
    source["above"] = entry.above.id if entry.above else None
    if entry.links:
        source["links"] = [pack(link) for link in entry.links]
    return source


def _change(
    goal: Goal, entry: Entry, before: Document | None, columns: Mapping[str, Any]
) -> tuple[dict[str, Any], bool]:
    """What to write, and whether it counts as a change: another place in the document alone does not."""
    element = kept(Objective, goal.source)
    old = goal_columns(element, before) if element and before else None
    values = moved(vars_of(goal, columns), old, columns)
    if (goal.source or {}).get("retired") and goal.status is GoalStatus.RETIRED:
        values |= {"status": GoalStatus.ACTIVE, "closed_on": None, "closed_health": None}
    source, stood = source_of(entry, goal.source), goal.source or {}
    counts = bool(values) or any(source.get(name) != stood.get(name) for name in (KEY, "links", "above"))
    if source != stood:
        values["source"] = source
    return values, counts


async def _update(run: Run, goal: Goal, values: dict[str, Any]) -> None:
    stored = {**values, "version": goal.version + 1, "changed_at": run.now}
    if "title" in values:
        stored["sort_key"] = sort_key(values["title"])
    await update(Goal, tuple(stored), [(goal.id, tuple(stored.values()))])


async def _create(run: Run, plan: Plan, document: Document, new: list[Entry]) -> None:
    rows: list[dict[str, Any]] = []
    for entry in new:
        columns = goal_columns(entry.element, document)
        rows.append(
            {
                **columns,
                "id": entry.id,
                "sort_key": sort_key(columns["title"]),
                "level": entry.level,
                "status": GoalStatus.ACTIVE,
                "horizon": Horizon.STRATEGIC,
                "cadence": Cadence.YEARLY,
                "owner_unit_id": plan.publisher_id,
                "plan_id": plan.id,
                "source": source_of(entry, None),
                "activated_on": run.today,
                "is_linked": entry.level is GoalLevel.STRATEGIC_GOAL,
                "changed_at": run.now,
            }
        )
    await insert(Goal, rows)
    run.report.created["goal"] += len(rows)
    quiet = ("id", "sort_key", "changed_at", "is_linked")
    told = [{name: value for name, value in row.items() if name not in quiet} for row in rows]
    await run.remember("goal.import", "Goal", zip((row["id"] for row in rows), told, strict=True))


def _came_from_a_document(goal: Goal) -> bool:
    return kept(Objective, goal.source) is not None and goal.status is not GoalStatus.RETIRED


async def _miss(run: Run, file: str, document: Document, missing: list[Goal]) -> None:
    """List the goals of the earlier edition that this one lacks; retire them when that was asked for."""
    for goal in missing:
        what = "retired" if run.retire_missing else "kept; retire it with --retire-missing"
        message = f"The goal “{goal.title}” of the earlier plan is not in this one: {what}."
        run.report.warn(file, document.line, "missing-goal", message)
    if not run.retire_missing or not missing:
        return
    healths = await _healths(run, [goal.id for goal in missing])
    changed: list[tuple[int, Mapping[str, Any]]] = []
    for goal in missing:
        values: dict[str, Any] = {
            "status": GoalStatus.RETIRED,
            "closed_on": run.today,
            "closed_health": healths[goal.id],
            "source": {**(goal.source or {}), "retired": True},
        }
        await _update(run, goal, values)
        changed.append((goal.id, values))
    run.report.changed["goal"] += len(changed)
    await run.remember("goal.retire", "Goal", changed)


async def _healths(run: Run, goal_ids: list[int]) -> dict[int, str]:
    statement = Sql(
        "select t.id, ? as health from goal t ? where ?",
        health.health_sql(run.today),
        health.join(run.today),
        sql.among("t.id", goal_ids),
    )
    return {row["id"]: row["health"] for row in await fetch(statement)}
