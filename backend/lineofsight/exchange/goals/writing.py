"""Writes goals, their alignments and contributors, comparing with what the graph has."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lineofsight.exchange import references
from lineofsight.exchange.bulk import LOOKED_UP, in_batches, insert, reserve, update
from lineofsight.exchange.goals.parents import cut_circles
from lineofsight.exchange.report import ImportReport
from lineofsight.goals import facts, linking, progress
from lineofsight.goals.models import Alignment, Contributor, Goal
from lineofsight.goals.words import AlignmentType, GoalStatus
from lineofsight.kernel import clock
from lineofsight.kernel.events import Actor, remember_many
from lineofsight.kernel.sortkey import sort_key

KIND = "GOAL"
_ALL_FROM = 20_000
"""Goals from which on working out all of them anew is cheaper than naming them."""
_SHOWN = 8
_SETTLED = ("status", "own_view", "activated_on", "closed_on", "outcome", "cadence", "unaligned_reason")
"""What an import says of a new goal only: afterwards people change it here."""


@dataclass(slots=True)
class GoalState:
    """A goal as a source states it, its owner found. `values`: further columns; None leaves what stands."""

    file: str
    line: int
    key: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    contributors: tuple[int, ...] = ()
    other_keys: tuple[str, ...] = ()


@dataclass(slots=True)
class GoalWriter:
    """Writes the goals of one import; `touched` are those whose numbers are to be worked out anew."""

    system: int
    report: ImportReport
    actor: Actor
    group: str
    ids: dict[str, int] = field(default_factory=dict)
    """Key → goal, of all goals written so far."""
    touched: set[int] = field(default_factory=set)

    async def write(self, states: Sequence[GoalState]) -> None:
        """Write one batch of goals, each key once."""
        known = await references.find(self.system, KIND, [state.key for state in states])
        others = await references.find(self.system, KIND, [key for state in states for key in state.other_keys])
        names = sorted({"title", "version", *(name for state in states for name in state.values)})
        standing: dict[int, dict[str, Any]] = {}
        for batch in in_batches(known.values(), LOOKED_UP):
            for row in await Goal.filter(id__in=batch).values("id", *names):
                standing[row["id"]] = row
        fresh = iter(await reserve(Goal, sum(state.key not in known for state in states)))
        created: list[dict[str, Any]] = []
        changed: list[tuple[int, dict[str, Any]]] = []
        refs: dict[str, int] = {}
        for state in states:
            goal = known.get(state.key)
            if goal is None:
                goal = refs[state.key] = next(fresh)
                created.append(_new(goal, state))
            else:
                moved = _moved(standing[goal], state)
                if moved:
                    changed.append((goal, moved))
                self.report.changed["goal"] += bool(moved)
                self.report.unchanged["goal"] += not moved
            self.ids[state.key] = goal
            refs |= {key: goal for key in state.other_keys if key not in others}
        self.report.created["goal"] += len(created)
        await insert(Goal, created)
        for goal, moved in changed:
            stored = {**moved, "version": standing[goal]["version"] + 1, "changed_at": clock.now()}
            if "title" in moved:
                stored["sort_key"] = sort_key(moved["title"])
            await update(Goal, tuple(stored), [(goal, tuple(stored.values()))])
        await references.add(self.system, KIND, refs)
        await self._contribute(states)
        hidden = ("id", "sort_key", "changed_at")
        events = [(row["id"], {k: v for k, v in row.items() if k not in hidden}) for row in created]
        await remember_many(self.actor, "goal.import", "Goal", [*events, *changed], group=self.group)
        self.touched |= {row["id"] for row in created} | {goal for goal, _ in changed}

    async def _contribute(self, states: Sequence[GoalState]) -> None:
        wanted = [(self.ids[state.key], unit) for state in states for unit in state.contributors]
        if not wanted:
            return
        query = Contributor.filter(goal_id__in=[goal for goal, _ in wanted], unit_id__not_isnull=True)
        standing = set(await query.values_list("goal_id", "unit_id"))
        missing = [pair for pair in dict.fromkeys(wanted) if pair not in standing]
        await insert(Contributor, [{"goal_id": goal, "unit_id": unit} for goal, unit in missing])
        events = [(goal, {"contributor_unit_id": unit}) for goal, unit in missing]
        await remember_many(self.actor, "goal.import", "Goal", events, group=self.group)
        self.report.created["contributor"] += len(missing)
        self.report.unchanged["contributor"] += len(set(wanted)) - len(missing)

    async def align(self, parents: Mapping[int, int], place: Callable[[int], tuple[str, int]]) -> None:
        """Make each parent the primary one of its child; one that would close a circle is left out with a
        warning.

                `place`: file and line of a child.
        """
        if not parents:
            return
        await linking.lock_alignments()
        edges = await _contributions()
        standing: dict[int, list[int]] = {}
        replaced: set[int] = set()
        stays: set[tuple[int, int]] = set()
        for alignment, child, parent, is_primary in edges:
            wanted = parents.get(child)
            if wanted is not None and is_primary and parent != wanted:
                replaced.add(alignment)
                continue
            standing.setdefault(child, []).append(parent)
            if is_primary:
                stays.add((child, parent))
        cut = dict(cut_circles(list(parents.items()), standing))
        shown = {goal for circle in cut.values() for goal in circle[:_SHOWN]}
        titles = await _titles(shown)
        for (child, _), circle in cut.items():
            way = [titles[goal] for goal in circle[:_SHOWN]] + ["…"] * (len(circle) > _SHOWN)
            message = f"supports itself in a circle: {' → '.join([*way, way[0]])}; this parent is left out"
            self.report.warn(*place(child), "cycle-cut", message)
        today = clock.today()
        kept = {child: parent for child, parent in parents.items() if (child, parent) not in cut}
        new = [(child, parent) for child, parent in kept.items() if (child, parent) not in stays]
        primaries = {(child, parent) for _, child, parent, is_primary in edges if not is_primary}
        raised = [edge for edge in new if edge in primaries]
        ended = {alignment for alignment, child, _, _ in edges if alignment in replaced and child in kept}
        await self._end(sorted(ended), today)
        for child, parent in raised:
            query = Alignment.filter(child_id=child, parent_id=parent, valid_to=None, type=AlignmentType.CONTRIBUTES)
            await query.update(is_primary=True)
        begun = [edge for edge in new if edge not in set(raised)]
        await insert(
            Alignment,
            [
                {
                    "child_id": child,
                    "parent_id": parent,
                    "type": AlignmentType.CONTRIBUTES,
                    "is_primary": True,
                    "valid_from": today,
                }
                for child, parent in begun
            ],
        )
        events = [(child, {"primary_parent_id": parent}) for child, parent in new]
        await remember_many(self.actor, "goal.import", "Goal", events, group=self.group)
        self.report.created["alignment"] += len(begun) - len(ended)
        self.report.changed["alignment"] += len(raised) + len(ended)
        self.report.unchanged["alignment"] += len(kept) - len(new)
        self.touched |= {goal for edge in new for goal in edge}
        self.touched |= {parent for alignment, _, parent, _ in edges if alignment in ended}

    async def _end(self, alignments: Sequence[int], today: datetime.date) -> None:
        await update(Alignment, ("valid_to", "is_primary"), [(key, (today, False)) for key in alignments])

    async def settle(self) -> None:
        """Work out anew what follows for the goals touched and for those above them."""
        if not self.touched:
            return
        if len(self.touched) > _ALL_FROM:
            await facts.refresh()
            await linking.refresh()
            await progress.rebuild()
            return
        touched = sorted(self.touched)
        await facts.refresh(touched)
        await linking.refresh(touched)
        above = progress.order(await progress.edges_above(touched))
        await progress.rebuild(sorted({*touched, *above}))


def _new(goal: int, state: GoalState) -> dict[str, Any]:
    values = {name: value for name, value in state.values.items() if value is not None}
    row = {"id": goal, "title": state.title, "sort_key": sort_key(state.title), "status": GoalStatus.ACTIVE}
    row |= values | {"changed_at": clock.now()}
    if row["status"] is GoalStatus.ACTIVE and "activated_on" not in values:
        start = values.get("start_date")
        row["activated_on"] = min(start, clock.today()) if start else clock.today()
    return row


def _moved(standing: Mapping[str, Any], state: GoalState) -> dict[str, Any]:
    """What the source says otherwise than the graph."""
    stated = {"title": state.title, **state.values}
    moved = {
        name: value
        for name, value in stated.items()
        if value is not None and name not in _SETTLED and standing[name] != value
    }
    if "owner_unit_id" in moved:
        moved["owner_person_id"] = None
    elif "owner_person_id" in moved:
        moved["owner_unit_id"] = None
    return moved


async def _contributions() -> list[tuple[int, int, int, bool]]:
    """Every open CONTRIBUTES alignment: key, child, parent, whether it is primary."""
    query = Alignment.filter(type=AlignmentType.CONTRIBUTES, valid_to=None).order_by("id")
    rows: Collection[Any] = await query.values_list("id", "child_id", "parent_id", "is_primary")
    return [tuple(row) for row in rows]


async def _titles(goals: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for batch in in_batches(goals, LOOKED_UP):
        rows: list[Any] = await Goal.filter(id__in=batch).values_list("id", "title")
        found.update(rows)
    return found
