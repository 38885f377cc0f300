"""What a viewer sees of goals and of what stands on them."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from lineofsight.goals import policy
from lineofsight.goals.models import (
    Alignment,
    CheckIn,
    Contributor,
    Goal,
    Metric,
    MetricDefinition,
    MetricValue,
    Milestone,
    PaceSegment,
)
from lineofsight.goals.progress import COUNTING
from lineofsight.goals.words import AlignmentType, GoalStatus
from lineofsight.kernel import sql
from lineofsight.kernel.access import Facts
from lineofsight.kernel.database import fetch
from lineofsight.kernel.rows import Join, Reach, Row, Source, columns_of, decode
from lineofsight.kernel.sql import Sql

FACTS = tuple(sorted({c for rule in policy.GOAL_RULES for c in rule.columns}))
"""The columns of a goal that its rules read; rows that stand on a goal carry them as ``goal__…``."""

MAX_STEPS = 64  # of a line of sight


@lru_cache(maxsize=8)
def goals(on: date) -> Source:
    """Goals, with the piece of their expected progress that covers the day."""
    day = on.toordinal()
    piece = Join(
        PaceSegment,
        "s",
        f"s.goal_id = t.id and s.from_day <= {day} and {day} < s.to_day",
        ("from_day", "to_day", "from_value", "to_value"),
        inner=False,
    )
    return Source(Goal, policy.SEE, joins=(piece,))


_GOAL = Join(Goal, "goal", "goal.id = t.goal_id", FACTS)
METRICS = Source(Metric, policy.SEE, on=("goal",), joins=(_GOAL,))
MILESTONES = Source(Milestone, policy.SEE, on=("goal",), joins=(_GOAL,))
CHECK_INS = Source(CheckIn, policy.SEE, on=("goal",), joins=(_GOAL,))
CONTRIBUTORS = Source(Contributor, policy.SEE, on=("goal",), joins=(_GOAL,))
DEFINITIONS = Source(
    MetricDefinition,
    policy.SEE,
    on=("goal",),
    within='exists (select 1 from "metric" m join "goal" goal on goal.id = m.goal_id '
    "where m.definition_id = t.id and (?))",
)
"""What is measured, seen through any visible goal that measures it."""
VALUES = Source(
    MetricValue,
    policy.SEE,
    on=("goal",),
    joins=(
        Join(Metric, "metric", "metric.definition_id = t.definition_id"),
        Join(Goal, "goal", "goal.id = metric.goal_id", FACTS),
    ),
)
ALIGNMENTS = Source(
    Alignment,
    policy.SEE,
    on=("child", "parent"),
    joins=(
        Join(Goal, "child", "child.id = t.child_id", FACTS),
        Join(Goal, "parent", "parent.id = t.parent_id", FACTS),
    ),
)


def _edge(near: str, far: str, types: Collection[AlignmentType]) -> Reach:
    table = None
    if AlignmentType.CONFLICTS_WITH in types:  # stored once a pair, read from both ends
        own = ", ".join(columns_of(Alignment))
        turned = ", ".join({"child_id": "parent_id", "parent_id": "child_id"}.get(c, c) for c in columns_of(Alignment))
        table = (
            f"(select {own} from alignment union all "
            f"select {turned} from alignment where type = '{AlignmentType.CONFLICTS_WITH}')"
        )
    join = Join(Alignment, "edge", f"edge.{far} = t.id", table=table)
    names = [t.value for t in types]
    return Reach(f"edge.{near}", (join,), sql.all_of([Sql("edge.valid_to is null"), sql.one_of("edge.type", names)]))


def children(types: Collection[AlignmentType]) -> Reach:
    """Goals that are ``types`` to a parent; the alignment stands under ``edge__``."""
    return _edge("parent_id", "child_id", types)


def parents(types: Collection[AlignmentType]) -> Reach:
    """Goals that a child is ``types`` to; the alignment stands under ``edge__``."""
    return _edge("child_id", "parent_id", types)


async def hidden_counts(viewer: Facts, goal_ids: Collection[int], *, upward: bool) -> dict[int, int]:
    """How many CONTRIBUTES edges of each goal lead to hidden goals that are no drafts."""
    near, far = ("child_id", "parent_id") if upward else ("parent_id", "child_id")
    statement = Sql(
        f"select a.{near} as goal_id, sum(case when ? then 0 else 1 end) as n from alignment a "
        f"join goal t on t.id = a.{far} where ? and a.type = ? and a.valid_to is null and t.status <> ? "
        f"group by a.{near}",
        policy.SEE.sql(viewer),
        sql.among(f"a.{near}", goal_ids),
        AlignmentType.CONTRIBUTES.value,
        GoalStatus.DRAFT.value,
    )
    return {row["goal_id"]: int(row["n"]) for row in await fetch(statement)}


async def lines_of_sight(on: date, goal_ids: Collection[int]) -> dict[int, list[Row]]:
    """Each goal and its primary parents upward, nearest first, **hidden ones too**: the caller tests each row."""
    source = goals(on)
    statement = Sql(
        "with recursive up(origin, id, depth) as (select id, id, 0 from goal where ? union all "
        "select up.origin, g.primary_parent_id, up.depth + 1 from up join goal g on g.id = up.id "
        f"where g.primary_parent_id is not null and up.depth < {MAX_STEPS}) "
        f'select up.origin as "_origin", {source.selection} from {source.table} join up on up.id = t.id '
        "order by up.origin, up.depth",
        sql.among("id", goal_ids),
    )
    found: dict[int, list[Row]] = {}
    for row in decode(source.decoders, await fetch(statement)):
        found.setdefault(row.pop("_origin"), []).append(row)
    return found


async def by_key_unguarded(on: date, goal_ids: Collection[int]) -> list[Row]:
    """Goals by key, **hidden ones too**: the caller tests each row."""
    source = goals(on)
    statement = Sql(f"select {source.selection} from {source.table} where ?", sql.among("t.id", goal_ids))
    return decode(source.decoders, await fetch(statement))


_EDGES = f"a.type = '{AlignmentType.CONTRIBUTES}' and a.valid_to is null"


async def edge_shares(alignment_ids: Collection[int]) -> dict[int, float]:
    """The share of its parent that each counted contributor carries: its weight ÷ the sum of those counted."""
    rows = await fetch(
        Sql(
            "select e.id, coalesce(e.weight_bp, 10000) as weight, sum(coalesce(a.weight_bp, 10000)) as total "
            "from alignment e join goal own on own.id = e.child_id join alignment a on a.parent_id = e.parent_id "
            f"and {_EDGES} join goal c on c.id = a.child_id and {COUNTING} "
            f"where ? and e.type = '{AlignmentType.CONTRIBUTES}' and {COUNTING.replace('c.', 'own.')} "
            "group by e.id, e.weight_bp",
            sql.among("e.id", alignment_ids),
        )
    )
    return {r["id"]: r["weight"] / float(r["total"]) for r in rows if r["total"]}


async def primary_alignments(goal_ids: Collection[int]) -> dict[int, list[int]]:
    """The primary alignments from each goal up to the top, nearest first."""
    rows = await fetch(
        Sql(
            "with recursive up(origin, id, edge, depth) as ("
            f"select a.child_id, a.parent_id, a.id, 0 from alignment a where ? and {_EDGES} and a.is_primary union all "
            f"select up.origin, a.parent_id, a.id, up.depth + 1 from up join alignment a on a.child_id = up.id "
            f"where {_EDGES} and a.is_primary and up.depth < {MAX_STEPS}) "
            "select origin, edge from up order by origin, depth",
            sql.among("a.child_id", goal_ids),
        )
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row["origin"], []).append(row["edge"])
    return found


async def shares_carried(goal_ids: Collection[int]) -> dict[int, float]:
    """The share of the top of its primary path that each goal carries: the product along it."""
    paths = await primary_alignments(goal_ids)
    shares = await edge_shares({edge for path in paths.values() for edge in path})
    found = {}
    for goal_id, path in paths.items():
        product = 1.0
        for edge in path:
            if edge not in shares:
                break
            product *= shares[edge]
        else:
            found[goal_id] = product
    return found


async def first_alignments(goal_ids: Collection[int]) -> dict[int, int]:
    """The primary alignment of each goal."""
    rows = await fetch(
        Sql(
            f"select a.child_id, a.id from alignment a where ? and {_EDGES} and a.is_primary",
            sql.among("a.child_id", goal_ids),
        )
    )
    return {row["child_id"]: row["id"] for row in rows}
