"""The primary alignments of a document: each objective contributes to the goal it stands under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lineofsight.exchange.bulk import insert, reserve, update
from lineofsight.goals.models import Alignment
from lineofsight.goals.words import AlignmentType
from lineofsight.kernel import sql
from lineofsight.kernel.database import fetch
from lineofsight.kernel.sql import Sql

from .entries import Entry
from .run import Run

Edge = tuple[AlignmentType, int, int]
"""Type, child, parent."""


async def align(run: Run, file: str, entries: list[Entry], aligned: Mapping[int, int | None]) -> None:
    """Align every entry with the one above it, unless the source says so already (`aligned`: goal → the goal
    it stood under in the last edition) and it was aligned otherwise here.
    """
    stands = await primary_of([entry.id for entry in entries])
    new: list[Edge] = []
    for entry in entries:
        above = entry.above.id if entry.above else None
        current = stands.get(entry.id)
        if above is None or (current and current.parent_id == above):
            run.report.unchanged["alignment"] += current is not None and above is not None
        elif entry.id in aligned and aligned[entry.id] == above:
            run.report.unchanged["alignment"] += current is not None
        elif entry.id in aligned and await closes_cycle((AlignmentType.CONTRIBUTES, entry.id, above)):
            message = f"“{entry.element.name}” cannot count toward a goal that counts toward it; left as it was."
            run.report.warn(file, entry.element.line, "cycle", message)
        else:
            if current:
                await end(run, [current])
            if not (entry.id in aligned and await _promote(run, entry.id, above)):
                new.append((AlignmentType.CONTRIBUTES, entry.id, above))
    await create(run, new, primary=True)


async def _promote(run: Run, child: int, parent: int) -> bool:
    """Make a contribution that is in force the primary one; whether there is one."""
    found = await Alignment.filter(
        child_id=child, parent_id=parent, type=AlignmentType.CONTRIBUTES, valid_to=None
    ).first()
    if found is None:
        return False
    await update(Alignment, ("is_primary",), [(found.id, (True,))])
    run.report.changed["alignment"] += 1
    await run.remember("alignment.import", "Alignment", [(found.id, {"is_primary": True})])
    return True


async def primary_of(goal_ids: Iterable[int]) -> dict[int, Alignment]:
    """The primary alignment in force of each goal."""
    found: dict[int, Alignment] = {}
    keys = list(goal_ids)
    for start in range(0, len(keys), 900):
        query = Alignment.filter(child_id__in=keys[start : start + 900], is_primary=True, valid_to=None)
        found.update({row.child_id: row for row in await query})
    return found


async def in_force(goal_ids: Iterable[int]) -> set[Edge]:
    """Every alignment in force from or to the goals."""
    keys = list(goal_ids)
    statement = Sql(
        "select type, child_id, parent_id from alignment where valid_to is null and (? or ?)",
        sql.among("child_id", keys),
        sql.among("parent_id", keys),
    )
    return {(AlignmentType(row["type"]), row["child_id"], row["parent_id"]) for row in await fetch(statement)}


async def closes_cycle(edge: Edge) -> bool:
    """Whether an alignment of that kind leads from the parent back to the child already."""
    type_, child, parent = edge
    if type_ not in (AlignmentType.CONTRIBUTES, AlignmentType.DEPENDS_ON):
        return False
    statement = Sql(
        "with recursive up(id) as (select cast(? as bigint) union "
        "select a.parent_id from alignment a join up on a.child_id = up.id "
        "where a.type = ? and a.valid_to is null) select id from up where id = ?",
        parent,
        type_.value,
        child,
    )
    return bool(await fetch(statement))


async def create(run: Run, edges: list[Edge], *, primary: bool = False) -> None:
    """New alignments, in force from today."""
    ids = await reserve(Alignment, len(edges))
    rows: list[dict[str, Any]] = [
        {
            "id": key,
            "type": edge[0],
            "child_id": edge[1],
            "parent_id": edge[2],
            "is_primary": primary,
            "valid_from": run.today,
        }
        for key, edge in zip(ids, edges, strict=True)
    ]
    await insert(Alignment, rows)
    run.report.created["alignment"] += len(rows)
    told = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    await run.remember("alignment.import", "Alignment", zip(ids, told, strict=True))


async def end(run: Run, rows: Iterable[Alignment]) -> None:
    """These alignments end today."""
    ended = [(row.id, {"valid_to": run.today}) for row in rows]
    await update(Alignment, ("valid_to",), [(key, (run.today,)) for key, _ in ended])
    run.report.changed["alignment"] += len(ended)
    await run.remember("alignment.end", "Alignment", ended)
