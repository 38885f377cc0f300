"""The tree below a goal along primary alignments, as a viewer sees it.

It descends through hidden goals: a goal below a hidden one names its nearest visible ancestor and says that the way
leads through something hidden. Depth counts visible goals, so that a hidden one leaves no other trace.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lineofsight.goals import policy
from lineofsight.goals.words import AlignmentType, GoalStatus
from lineofsight.kernel.access import Facts
from lineofsight.kernel.database import fetch
from lineofsight.kernel.sql import Sql

PACK_LIMIT = 50_000  # rows of a cascade


@dataclass(frozen=True)
class Place:
    """Where a visible goal stands: steps below the root, nearest visible ancestor, its own hidden children."""

    id: int
    depth: int
    parent: int
    via_hidden: bool
    hidden: int


async def tree(viewer: Facts, root: int, max_depth: int | None = None) -> list[Place]:
    """The visible goals of the tree, the root first, in tree order: siblings by title, then key."""
    rows = await fetch(
        Sql(
            "with recursive down(id, parent_id) as (select id, cast(null as bigint) from goal where id = ? union "
            f"select a.child_id, a.parent_id from down join alignment a on a.parent_id = down.id "
            f"where a.type = '{AlignmentType.CONTRIBUTES}' and a.is_primary and a.valid_to is null) "
            "select down.id, down.parent_id, t.sort_key, t.status, "
            "case when ? then 1 else 0 end as visible from down join goal t on t.id = down.id",
            root,
            policy.SEE.sql(viewer),
        )
    )
    below: dict[int | None, list[int]] = {}
    known = {}
    for row in rows:
        known[row["id"]] = row
        below.setdefault(row["parent_id"], []).append(row["id"])

    def visible_children(key: int) -> list[tuple[int, bool]]:
        found, waiting = [], [(child, False) for child in below.get(key, ())]
        while waiting:
            child, via_hidden = waiting.pop()
            if known[child]["visible"]:
                found.append((child, via_hidden))
            else:
                waiting.extend((grandchild, True) for grandchild in below.get(child, ()))
        return sorted(found, key=lambda pair: (known[pair[0]]["sort_key"], pair[0]), reverse=True)

    def hidden_children(key: int) -> int:
        return sum(not known[c]["visible"] and known[c]["status"] != GoalStatus.DRAFT for c in below.get(key, ()))

    places: list[Place] = []
    waiting: list[tuple[int, int, int, bool]] = [(root, 0, root, False)]
    while waiting:
        key, depth, parent, via_hidden = waiting.pop()
        places.append(Place(key, depth, parent, via_hidden, hidden_children(key)))
        if max_depth is None or depth < max_depth:
            waiting.extend((c, depth + 1, key, via) for c, via in visible_children(key))
    return places


def columns_of_tree(places: Sequence[Place]) -> tuple[list[int], list[int]]:
    """(keys, index of each one's parent; -1 for the root)."""
    index = {place.id: n for n, place in enumerate(places)}
    return [p.id for p in places], [index[p.parent] if n else -1 for n, p in enumerate(places)]
