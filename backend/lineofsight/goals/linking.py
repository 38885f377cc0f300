"""What follows from the alignments of a goal: its primary parent, its plan, and whether it is linked to the plan."""

from collections.abc import Collection
from typing import Any

from lineofsight.goals.progress import order
from lineofsight.goals.words import AlignmentType, GoalLevel
from lineofsight.kernel import sql
from lineofsight.kernel.database import dialect, execute, fetch
from lineofsight.kernel.sql import Sql

KEPT = ("primary_parent_id", "plan_id", "is_linked")
_EDGES = f"type = '{AlignmentType.CONTRIBUTES}' and valid_to is null"


async def lock_alignments() -> None:
    """Holds other writers of alignments off until this transaction ends, so that two edges cannot close a cycle."""
    if dialect() == "postgres":
        await fetch(Sql("select pg_advisory_xact_lock(7209, 1)"))


def _should(goal: dict[str, Any], edges: list[dict[str, Any]], goals: dict[int, dict[str, Any]]) -> dict[str, Any]:
    primary = next((e["parent_id"] for e in edges if e["is_primary"]), None)
    top = goal["level"] == GoalLevel.STRATEGIC_GOAL
    plan = goals[primary]["plan_id"] if primary is not None else (goal["plan_id"] if top else None)
    linked = top or any(goals[e["parent_id"]]["is_linked"] for e in edges)
    return {"primary_parent_id": primary, "plan_id": plan, "is_linked": bool(linked)}


async def _compute(below: Collection[int] | None) -> list[tuple[int, dict[str, Any], dict[str, Any]]]:
    """(goal, what stands, what should), parents before children; ``below``: these goals and all under them."""
    if below is None:
        keys: Sql = sql.TRUE
        edge_keys: Sql = sql.TRUE
    else:
        tree = Sql(
            "with recursive down(id) as (select id from goal where ? union "
            f"select child_id from alignment join down on parent_id = down.id where {_EDGES}) "
            "select id from down",
            sql.among("id", below),
        )
        found = [r["id"] for r in await fetch(tree)]
        keys, edge_keys = sql.among("id", found), sql.among("child_id", found)
    edges: dict[int, list[dict[str, Any]]] = {}
    for e in await fetch(
        Sql(f"select child_id, parent_id, is_primary from alignment where ? and {_EDGES} order by id", edge_keys)
    ):
        edges.setdefault(e["child_id"], []).append(e)
    columns = "id, level, primary_parent_id, plan_id, is_linked"
    own = {g["id"]: g for g in await fetch(Sql(f"select {columns} from goal where ?", keys))}
    outside = {e["parent_id"] for es in edges.values() for e in es} - own.keys()
    goals = own | {
        g["id"]: g for g in await fetch(Sql(f"select {columns} from goal where ?", sql.among("id", outside)))
    }
    pairs = [(child, e["parent_id"]) for child, es in edges.items() for e in es]
    sequence = [*reversed(order(pairs)), *(own.keys() - edges.keys() - {p for _, p in pairs})]
    result = []
    for key in sequence:
        if key in own:
            stands = {name: goals[key][name] for name in KEPT}
            should = _should(goals[key], edges.get(key, []), goals)
            goals[key] = goals[key] | should
            result.append((key, stands | {"is_linked": bool(stands["is_linked"])}, should))
    return result


async def refresh(below: Collection[int] | None = None) -> None:
    """Writes what differs for some goals and all under them, or for all goals."""
    for key, stands, should in await _compute(below):
        moved = {name: value for name, value in should.items() if stands[name] != value}
        if moved:
            assignments = ", ".join(f"{name} = ?" for name in moved)
            await execute(Sql(f"update goal set {assignments} where id = ?", *moved.values(), key))


async def verify() -> list[str]:
    """What differs from what should stand, a line each."""
    return [
        f"goal {key}: {name} is {stands[name]!r}, should be {value!r}"
        for key, stands, should in await _compute(None)
        for name, value in should.items()
        if stands[name] != value
    ]
