"""A goal's stored numbers: progress with its source and coverage, when it was observed, when it needs an update.

``refresh`` follows one change up through the ancestors it reaches; ``rebuild`` works all goals out anew; both use the
same arithmetic (``figure``), and ``verify`` compares what stands with it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lineofsight.goals import formulas, measuring, pace
from lineofsight.goals.formulas import Weighted
from lineofsight.goals.models import Goal, Metric, Milestone, PaceSegment
from lineofsight.goals.pace import Piece
from lineofsight.goals.periods import CADENCE_DAYS
from lineofsight.goals.words import AlignmentType, Cadence, Direction, GoalOutcome, GoalStatus, ProgressSource
from lineofsight.kernel import clock, numbers, sql
from lineofsight.kernel.database import dialect, execute, fetch
from lineofsight.kernel.rows import Row, columns_of, decode, decoders_of
from lineofsight.kernel.sql import Sql
from lineofsight.settings import settings

KEPT = (
    "progress", "progress_source", "counted", "total", "observed_on", "stale_on", "first_due_on",
)  # fmt: skip
COUNTING = (
    f"(c.status = '{GoalStatus.ACTIVE}' or (c.status = '{GoalStatus.CLOSED}' "
    f"and coalesce(c.outcome, '') <> '{GoalOutcome.DROPPED}'))"
)
"""Which contributors, named ``c``, count in a roll-up."""
_EDGES = f"a.type = '{AlignmentType.CONTRIBUTES}' and a.valid_to is null"


@dataclass
class Inputs:
    """All a goal's numbers follow from."""

    goal: Row
    metrics: list[Row] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)
    children: list[Row] = field(default_factory=list)
    curves: dict[int, list[Piece]] = field(default_factory=dict)  # by metric: its targets by period
    checked_on: date | None = None


@dataclass(frozen=True)
class Figure:
    """What follows: the columns named in KEPT, and the goal's expected progress."""

    values: dict[str, Any]
    curve: list[Piece]


def weight_of(row: Row) -> float:
    """A part's weight; a missing one counts as 1."""
    share = numbers.from_bp(row["weight_bp"])
    return 1.0 if share is None else share


def figure(given: Inputs) -> Figure:
    """A goal's numbers (GLOSSARY.md, formulas 3 and 4)."""
    goal = given.goal
    measures = [Weighted(m["progress"], weight_of(m)) for m in given.metrics]
    measures += [Weighted(float(m["done_at"] is not None), weight_of(m)) for m in given.milestones]
    children = [Weighted(c["progress"], weight_of(c)) for c in given.children]
    source = _source(goal, bool(measures), bool(children))
    parts = {
        ProgressSource.MEASURES: measures,
        ProgressSource.CHILDREN: children,
        ProgressSource.BOTH: measures + children,
    }.get(source)
    if parts is None:
        whole = formulas.RollUp(goal["manual_progress"] if source is ProgressSource.MANUAL else None, 0, 0)
    else:
        whole = formulas.roll_up(parts)
    observed = [m["observed_on"] for m in given.metrics] + [
        clock.day_of(m["done_at"]) for m in given.milestones if m["done_at"]
    ]
    own = max((d for d in [*observed, given.checked_on] if d), default=None)
    below = [c["observed_on"] for c in given.children] if source in _FROM_CHILDREN else []
    started = goal["activated_on"] or goal["start_date"]
    cadence = timedelta(days=CADENCE_DAYS[Cadence(goal["cadence"])])
    return Figure(
        {
            "progress": whole.progress,
            "progress_source": source.value,
            "counted": whole.counted if parts is not None else None,
            "total": whole.total if parts is not None else None,
            "observed_on": max((d for d in [own, *below] if d), default=None),
            "stale_on": _stale_on(given, own, source, cadence),
            "first_due_on": started + cadence if started else None,
        },
        _curve(given, source),
    )


_FROM_CHILDREN = (ProgressSource.CHILDREN, ProgressSource.BOTH)


def _source(goal: Row, has_measures: bool, has_children: bool) -> ProgressSource:
    if goal["progress_choice"]:
        return ProgressSource(goal["progress_choice"])
    if has_measures:
        return ProgressSource.BOTH if has_children else ProgressSource.MEASURES
    if has_children:
        return ProgressSource.CHILDREN
    return ProgressSource.MANUAL if goal["manual_progress"] is not None else ProgressSource.NONE


def _stale_on(given: Inputs, own: date | None, source: ProgressSource, cadence: timedelta) -> date | None:
    """The first day an update is needed: after cadence and grace, or when more than half of the weight below is stale.

    The later of the two counts, as either kind of update is one.
    """
    grace = timedelta(days=settings().check_in_grace_days + 1)
    days = [own + cadence + grace] if own else []
    if source in _FROM_CHILDREN:
        dated = sorted((c["stale_on"], weight_of(c)) for c in given.children if c["stale_on"])
        half, passed = sum(w for _, w in dated) / 2, 0.0
        for day, weight in dated:
            passed += weight
            if passed > half or day == dated[-1][0]:
                days.append(day)
                break
    return max(days, default=None)


def _curve(given: Inputs, source: ProgressSource) -> list[Piece]:
    """The goal's expected progress: the mean of its parts', each by its weight."""
    goal = given.goal
    start, due = goal["start_date"] or goal["activated_on"], goal["due_date"]
    if due is None:
        return []
    plain = pace.elapsed(start, due)
    curves: list[tuple[float, list[Piece]]] = []
    if source in (ProgressSource.MEASURES, ProgressSource.BOTH):
        for m in given.metrics:
            curve = given.curves.get(m["id"]) or pace.of_direction(Direction(m["direction"]), start, due)
            curves.append((weight_of(m), curve))
        if given.milestones:
            whole, passed = sum(map(weight_of, given.milestones)), 0.0
            points = []
            for m in sorted(given.milestones, key=lambda m: m["due_date"] or due):
                passed += weight_of(m)
                points.append(((m["due_date"] or due).toordinal(), passed / whole if whole else 1.0))
            curves.append((whole, pace.steps(points)))
    if source is ProgressSource.BOTH:
        curves.append((sum(map(weight_of, given.children)), plain))
    return pace.mean(curves) or plain


async def gather(goal_ids: Collection[int]) -> list[Inputs]:
    """What the numbers of some goals follow from, in a fixed number of statements."""
    names = ", ".join(f'"{c}"' for c in columns_of(Goal))
    rows = await fetch(Sql(f"select {names} from goal where ?", sql.among("id", goal_ids)))
    found = {row["id"]: Inputs(row) for row in decode(decoders_of(Goal), rows)}
    metric_names = ", ".join(f'"{c}"' for c in columns_of(Metric))
    metrics = await fetch(Sql(f"select {metric_names} from metric where ? order by id", sql.among("goal_id", goal_ids)))
    for row in decode(decoders_of(Metric), metrics):
        found[row["goal_id"]].metrics.append(row)
    milestones = await fetch(
        Sql(
            "select id, goal_id, due_date, weight_bp, done_at from milestone where ? order by id",
            sql.among("goal_id", goal_ids),
        )
    )
    for row in decode(decoders_of(Milestone), milestones):
        found[row["goal_id"]].milestones.append(row)
    children = await fetch(
        Sql(
            "select a.parent_id, a.weight_bp, c.progress, c.observed_on, c.stale_on "
            f"from alignment a join goal c on c.id = a.child_id where ? and {_EDGES} and {COUNTING} order by a.id",
            sql.among("a.parent_id", goal_ids),
        )
    )
    for row in decode(decoders_of(Goal), children):
        found[row["parent_id"]].children.append(row)
    last = await fetch(
        Sql("select goal_id, max(at) as done_at from check_in where ? group by goal_id", sql.among("goal_id", goal_ids))
    )
    for row in decode(decoders_of(Milestone), last):
        found[row["goal_id"]].checked_on = clock.day_of(row["done_at"])
    await _curves(found, [row["id"] for row in metrics])
    return list(found.values())


async def _curves(found: dict[int, Inputs], metric_ids: list[int]) -> None:
    """Adds the expected progress of metrics that have targets by period."""
    targets = await measuring.targets_of(metric_ids) if metric_ids else {}
    dated = [m for given in found.values() for m in given.metrics if m["id"] in targets]
    firsts = await measuring.first_values({m["definition_id"] for m in dated}) if dated else {}
    for metric in dated:
        stick = measuring.overall(metric, targets[metric["id"]], firsts.get(metric["definition_id"]))
        points = [
            (t["period_end"].toordinal(), reached)
            for t in targets[metric["id"]]
            if (reached := formulas.progress(stick, t["target"])) is not None
        ]
        given = found[metric["goal_id"]]
        if points and stick.direction in (Direction.INCREASE, Direction.DECREASE):
            given.curves[metric["id"]] = pace.through(points, given.goal["start_date"])


async def _write(given: Inputs) -> bool:
    """Stores a goal's numbers; whether any that a parent counts moved."""
    result = figure(given)
    goal = given.goal
    moved = {name: value for name, value in result.values.items() if goal[name] != value}
    if moved:
        assignments = ", ".join(f"{name} = ?" for name in moved)
        await execute(Sql(f"update goal set {assignments} where id = ?", *moved.values(), goal["id"]))
        goal.update(moved)
    await _write_curve(goal["id"], result.curve)
    return bool(moved.keys() & {"progress", "observed_on", "stale_on"})


async def _write_curve(goal_id: int, curve: list[Piece]) -> None:
    if (await _curves_of([goal_id])).get(goal_id, []) == curve:
        return
    await execute(Sql("delete from pace_segment where goal_id = ?", goal_id))
    await PaceSegment.bulk_create([PaceSegment(goal_id=goal_id, **vars(p)) for p in curve])


async def _curves_of(goal_ids: Collection[int]) -> dict[int, list[Piece]]:
    """The stored expected progress of goals."""
    rows = await fetch(
        Sql(
            "select goal_id, from_day, to_day, from_value, to_value from pace_segment "
            "where ? order by goal_id, from_day",
            sql.among("goal_id", goal_ids),
        )
    )
    found: dict[int, list[Piece]] = {}
    for row in rows:
        found.setdefault(row.pop("goal_id"), []).append(Piece(**row))
    return found


async def edges_above(goal_ids: Collection[int]) -> set[tuple[int, int]]:
    """The edges (contributor, what counts it) from these goals upward, by any number of steps."""
    rows = await fetch(
        Sql(
            "with recursive up(id) as (select id from goal where ? union "
            f"select a.parent_id from alignment a join up on a.child_id = up.id where {_EDGES}) "
            f"select a.child_id, a.parent_id from alignment a join up on a.child_id = up.id where {_EDGES}",
            sql.among("id", goal_ids),
        )
    )
    return {(row["child_id"], row["parent_id"]) for row in rows}


def order(edges: Iterable[tuple[int, int]]) -> list[int]:
    """Nodes so that each child stands before its parents; what is on a cycle comes last."""
    waiting: dict[int, int] = {}
    parents: dict[int, list[int]] = {}
    for child, parent in edges:
        waiting[parent] = waiting.get(parent, 0) + 1
        waiting.setdefault(child, 0)
        parents.setdefault(child, []).append(parent)
    ready = sorted(key for key, n in waiting.items() if n == 0)
    done: list[int] = []
    while ready:
        key = ready.pop(0)
        done.append(key)
        for parent in parents.get(key, ()):
            waiting[parent] -= 1
            if waiting[parent] == 0:
                ready.append(parent)
    return done + sorted(key for key, n in waiting.items() if n > 0)


async def lock(goal_ids: Collection[int]) -> None:
    """Holds other writers of these goals off until the transaction ends; always in the order of keys."""
    if dialect() == "postgres" and goal_ids:
        await fetch(Sql("select id from goal where ? order by id for update", sql.among("id", goal_ids)))


async def lock_upward(goal_ids: Collection[int]) -> None:
    """The same for goals and all that count them: what ``refresh`` will write."""
    if dialect() == "postgres":
        await lock({*goal_ids, *(parent for _, parent in await edges_above(goal_ids))})


async def refresh(goal_ids: Collection[int]) -> None:
    """Works these goals out anew, then what counts them as far as numbers move; inside the caller's transaction.

    A goal that gained or lost a contributor changes though no contributor's number did: name it.
    """
    edges = await edges_above(goal_ids)
    below: dict[int, list[int]] = {}
    for child, parent in edges:
        below.setdefault(parent, []).append(child)
    reached = [*(key for key in goal_ids if key not in below and key not in {c for c, _ in edges}), *order(edges)]
    await lock(reached)
    moved: set[int] = set()
    for key in reached:
        if key in goal_ids or moved.intersection(below.get(key, ())):
            for given in await gather([key]):
                if await _write(given):
                    moved.add(key)


async def rebuild(goal_ids: Collection[int] | None = None) -> None:
    """Works goals (default: all) and their metrics out anew, contributors before what they count toward.

    For imports and repairs. Given keys: only those, none of their ancestors but by ``refresh``.
    """
    which = sql.TRUE if goal_ids is None else sql.among("goal_id", goal_ids)
    metrics = [r["id"] for r in await fetch(Sql("select id from metric where ?", which))]
    for start in range(0, len(metrics), 500):
        await measuring.refresh_metrics(metrics[start : start + 500])
    for wave in await _waves(goal_ids):
        for start in range(0, len(wave), 500):
            for given in await gather(wave[start : start + 500]):
                await _write(given)


async def _waves(goal_ids: Collection[int] | None) -> list[list[int]]:
    """Goals in groups, each after all that contributes to it."""
    keys = (
        [r["id"] for r in await fetch(Sql("select id from goal order by id"))] if goal_ids is None else list(goal_ids)
    )
    wanted = set(keys)
    edges = [
        (r["child_id"], r["parent_id"])
        for r in await fetch(Sql(f"select a.child_id, a.parent_id from alignment a where {_EDGES}"))
        if r["child_id"] in wanted and r["parent_id"] in wanted
    ]
    depth = dict.fromkeys(keys, 0)
    above: dict[int, list[int]] = {}
    for child, parent in edges:
        above.setdefault(child, []).append(parent)
    for key in order(edges):
        for parent in above.get(key, ()):
            depth[parent] = max(depth[parent], depth[key] + 1)
    waves: list[list[int]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for key, level in depth.items():
        waves[level].append(key)
    return waves


async def verify() -> list[str]:
    """Goals whose stored numbers differ from what follows from their parts, a line each."""
    keys = [r["id"] for r in await fetch(Sql("select id from goal order by id"))]
    found = []
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        curves = await _curves_of(part)
        for given in await gather(part):
            goal, should = given.goal, figure(given)
            for name, value in should.values.items():
                if goal[name] != value:
                    found.append(f"goal {goal['id']}: {name} is {goal[name]!r}, should be {value!r}")
            if curves.get(goal["id"], []) != should.curve:
                found.append(f"goal {goal['id']}: its expected progress is not what follows from its parts")
    return found
