"""After an import: unit paths, reporting lines, managers and places of all people, by the rules of
people.lines.

`people.lines.refresh` holds every row at once and writes one at a time; an import may bring a million. This
pass holds a few numbers for each row and writes in bulk. `people.lines.verify` finds nothing afterwards (a
test holds them together).
"""

from __future__ import annotations

from array import array
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from lineofsight.exchange.bulk import update
from lineofsight.goals import facts as goal_facts
from lineofsight.kernel import clock, paths
from lineofsight.kernel.database import fetch
from lineofsight.kernel.sql import Sql
from lineofsight.people import lines
from lineofsight.people.models import Person, Position, Unit

_PAGE = 5_000
assert goal_facts.refresh in lines.followers, "goals keep facts of their owners: they must hear of it"


class Links:
    """A whole number by key, 0 where there is none; a machine word each."""

    def __init__(self, last: int) -> None:
        self._words = array("q", bytes(8 * (last + 1)))

    def __setitem__(self, key: int, value: int | None) -> None:
        self._words[key] = value or 0

    def __getitem__(self, key: int) -> int:
        return self._words[key]


async def rebuild() -> int:
    """Work out all facts of the structure and write those that differ; how many rows changed."""
    units = Links(await _last("unit"))
    keys = [row["id"] async for row in _pages("select id from unit")]
    async for row in _pages("select id, parent_id from unit"):
        units[row["id"]] = row["parent_id"]
    unit_paths = {key: _path(_upward(key, units)) for key in keys}
    changed = await _write_units(unit_paths)
    last = await _last("position")
    superiors, unit_of, holder = Links(last), Links(last), Links(last)
    async for row in _pages("select id, superior_id, unit_id from position"):
        superiors[row["id"]] = row["superior_id"]
        unit_of[row["id"]] = row["unit_id"]
    primary = Links(await _last("person"))
    await _read_holdings(primary, holder)
    changed += await _write_positions(superiors, holder)
    changed += await _write_people(superiors, holder, primary, unit_of, unit_paths)
    await lines.rights_changed()
    for follow in lines.followers:
        await follow()
    return changed


async def _last(table: str) -> int:
    (row,) = await fetch(Sql(f"select coalesce(max(id), 0) as last from {table}"))  # noqa: S608 - a constant
    last: int = row["last"]
    return last


async def _pages(select: str) -> AsyncIterator[dict[str, Any]]:
    """Every row of a table in the order of its keys."""
    last = 0
    while True:
        rows = await fetch(Sql(f"{select} where id > ? order by id limit ?", last, _PAGE))
        for row in rows:
            yield row
        if len(rows) < _PAGE:
            return
        last = rows[-1]["id"]


def _path(way: Sequence[int]) -> str:
    return "".join(paths.segment(node) for node in reversed(way))


def _upward(key: int, above: Links) -> list[int]:
    """A node and all above it; a circle, which writers refuse, ends where it closes."""
    way: list[int] = []
    while key and key not in way:
        way.append(key)
        key = above[key]
    return way


_TODAY = (
    "from holding h join person p on p.id = h.person_id where h.valid_from <= ? "
    "and (h.valid_to is null or h.valid_to > ?) and (p.ended_on is null or p.ended_on > ?)"
)
_FIRST = "order by h.is_primary desc, h.valid_from, h.id"


async def _read_holdings(primary: Links, holder: Links) -> None:
    """Of today: person → primary position, position → first holder."""
    today = clock.today()
    days = (today, today, today)
    left = (
        "select h.person_id, h.position_id from holding h join person p on p.id = h.person_id "
        "where p.ended_on <= ? and h.is_primary order by h.valid_from, h.id"
    )
    for row in await fetch(Sql(left, today)):  # who has left stands where they stood last
        primary[row["person_id"]] = row["position_id"]
    last = 0
    select = f"select h.id, h.person_id, h.position_id, h.is_primary {_TODAY} and h.id > ? order by h.id limit ?"
    while rows := await fetch(Sql(select, *days, last, _PAGE)):
        last = rows[-1]["id"]
        for row in rows:
            holder[row["position_id"]] = row["person_id"]
            if row["is_primary"]:
                primary[row["person_id"]] = row["position_id"]
    # the few with several: the first by the order of people.lines
    shared = f"select h.position_id {_TODAY} group by h.position_id having count(*) > 1"
    select = f"select h.position_id, h.person_id {_TODAY} and h.position_id in ({shared}) {_FIRST}"
    for row in reversed(await fetch(Sql(select, *days, *days))):
        holder[row["position_id"]] = row["person_id"]
    shared = f"select h.person_id {_TODAY} and h.is_primary group by h.person_id having count(*) > 1"
    select = f"select h.position_id, h.person_id {_TODAY} and h.is_primary and h.person_id in ({shared}) {_FIRST}"
    for row in reversed(await fetch(Sql(select, *days, *days))):
        primary[row["person_id"]] = row["position_id"]


async def _write_units(unit_paths: Mapping[int, str]) -> int:
    moved = [
        (row["id"], (unit_paths[row["id"]],))
        async for row in _pages("select id, path from unit")
        if row["path"] != unit_paths[row["id"]]
    ]
    await update(Unit, ("path",), moved)
    return len(moved)


async def _write_positions(superiors: Links, holder: Links) -> int:
    moved: list[tuple[int, Sequence[object]]] = []
    changed = 0
    async for row in _pages("select id, line, manager_id from position"):
        way = _upward(row["id"], superiors)
        should = (_path(way), _manager(way, holder, holder[row["id"]]))
        if (row["line"], row["manager_id"]) != should:
            moved.append((row["id"], should))
            changed += 1
        if len(moved) >= _PAGE:
            await update(Position, ("line", "manager_id"), moved)
            moved.clear()
    await update(Position, ("line", "manager_id"), moved)
    return changed


def _manager(way: Sequence[int], holder: Links, below: int) -> int | None:
    """The holder of the nearest superior that someone else than `below` holds."""
    return next((holder[node] for node in way[1:] if holder[node] not in (0, below)), None)


async def _write_people(
    superiors: Links, holder: Links, primary: Links, unit_of: Links, unit_paths: Mapping[int, str]
) -> int:
    moved: list[tuple[int, Sequence[object]]] = []
    changed = 0
    select = "select id, unit_id, unit_path, position_id, line, manager_id from person"
    async for row in _pages(select):
        key, place = row["id"], primary[row["id"]]
        unit = unit_of[place] if place else row["unit_id"]
        way = _upward(place, superiors)
        manager = _manager(way, holder, holder[place]) if place else None
        if place and manager == key:  # one of several who hold it, above it too
            manager = _manager(way, holder, key)
        unit_path = unit_paths.get(unit, "") if unit else ""
        should = (unit, unit_path, place or None, _path(way), manager)
        if tuple(row[name] for name in lines.FACTS) != should:
            moved.append((key, should))
            changed += 1
        if len(moved) >= _PAGE:
            await update(Person, lines.FACTS, moved)
            moved.clear()
    await update(Person, lines.FACTS, moved)
    return changed
