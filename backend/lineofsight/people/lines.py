"""Today's structure: unit paths, reporting lines, managers, where each person stands.

All of it follows from parents, superiors and holdings; ``refresh`` works it out anew and writes what differs. One
action on the structure costs a pass over it (about a second at 100,000 people), which keeps it exact and simple.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lineofsight.kernel import clock, paths
from lineofsight.kernel.database import dialect, execute, execute_many, fetch, transaction
from lineofsight.kernel.sql import Sql

FACTS = ("unit_id", "unit_path", "position_id", "line", "manager_id")

DAY = "structure_day"
"""The counter that holds the day, an ordinal, for which the structure was last worked out."""

followers: list[Callable[[], Awaitable[None]]] = []
"""Called after the structure moved, in the same transaction: slices above keep facts of their own."""


@dataclass
class Structure:
    """What should stand in the columns: by row, then column."""

    units: dict[int, dict[str, Any]]
    positions: dict[int, dict[str, Any]]
    people: dict[int, dict[str, Any]]


async def lock_structure() -> None:
    """Holds other writers of structure and offices off until this transaction ends."""
    if dialect() == "postgres":  # rows that refer to the root may still be written: no key update
        await fetch(Sql("select id from unit where parent_id is null order by id for no key update"))


async def share_structure() -> None:
    """Keeps the structure as it is until this transaction ends; for who copies facts of it. Before any other lock."""
    if dialect() == "postgres":
        await fetch(Sql("select id from unit where parent_id is null order by id for share"))


def _paths(parents: dict[int, int | None]) -> dict[int, str]:
    """The path of every node; a node on a cycle counts as a root (writers refuse cycles, doctor reports them)."""
    found: dict[int, str] = {}
    for start in parents:
        trail: list[int] = []
        node: int | None = start
        while node is not None and node not in found and node not in trail:
            trail.append(node)
            node = parents.get(node)
        above = found.get(node, "") if node is not None else ""
        for key in reversed(trail):
            above = found[key] = paths.descend(above, key)
    return found


async def compute() -> tuple[Structure, Structure]:
    """The structure as it stands and as it should stand today."""
    today = clock.today()
    units = {r["id"]: r for r in await fetch(Sql("select id, parent_id, path from unit"))}
    positions = {
        r["id"]: r for r in await fetch(Sql("select id, superior_id, unit_id, line, manager_id from position"))
    }
    people = {
        r["id"]: r for r in await fetch(Sql("select id, unit_id, unit_path, position_id, line, manager_id from person"))
    }
    holdings = await fetch(
        Sql(
            "select h.person_id, h.position_id, h.is_primary from holding h join person p on p.id = h.person_id "
            "where h.valid_from <= ? and (h.valid_to is null or h.valid_to > ?) "
            "and (p.ended_on is null or p.ended_on > ?) order by h.is_primary desc, h.valid_from, h.id",
            today,
            today,
            today,
        )
    )
    primary: dict[int, int] = {row["person_id"]: row["position_id"] for row in await _last_places(today)}
    holder: dict[int, int] = {}
    placed: set[int] = set()
    for h in holdings:
        holder.setdefault(h["position_id"], h["person_id"])
        if h["is_primary"] and h["person_id"] not in placed:
            primary[h["person_id"]] = h["position_id"]
            placed.add(h["person_id"])
    unit_paths = _paths({k: r["parent_id"] for k, r in units.items()})
    lines = _paths({k: r["superior_id"] for k, r in positions.items()})

    def manager_at(position: int, below: int | None) -> int | None:
        """The holder of the nearest superior that someone else than ``below`` holds."""
        above = (holder.get(p) for p in reversed(paths.keys(lines[position])[:-1]))
        return next((person for person in above if person not in (None, below)), None)

    managers = {key: manager_at(key, holder.get(key)) for key in positions}
    should = Structure({k: {"path": p} for k, p in unit_paths.items()}, {}, {})
    for key in positions:
        should.positions[key] = {"line": lines[key], "manager_id": managers[key]}
    for key, person in people.items():
        place = primary.get(key)
        unit = positions[place]["unit_id"] if place else person["unit_id"]
        manager = managers[place] if place else None
        if place and manager == key:  # one of several who hold it, above it too
            manager = manager_at(place, key)
        should.people[key] = {
            "unit_id": unit,
            "unit_path": unit_paths.get(unit, ""),
            "position_id": place,
            "line": lines[place] if place else "",
            "manager_id": manager,
        }
    return Structure(units, positions, people), should


async def _last_places(today: date) -> list[dict[str, Any]]:
    """The last position of everyone who has left: who stands above it still sees and settles their goals."""
    return await fetch(
        Sql(
            "select h.person_id, h.position_id from holding h join person p on p.id = h.person_id "
            "where p.ended_on <= ? and h.is_primary order by h.valid_from, h.id",
            today,
        )
    )


async def verify() -> list[str]:
    """What differs from what should stand, a line each."""
    stands, should = await compute()
    return [
        f"{table} {key}: {column} is {before[key][column]!r}, should be {value!r}"
        for table, before, after in _tables(stands, should)
        for key, values in after.items()
        for column, value in values.items()
        if before[key][column] != value
    ]


def _tables(a: Structure, b: Structure) -> list[tuple[str, dict[int, dict[str, Any]], dict[int, dict[str, Any]]]]:
    return [
        ("unit", a.units, b.units),
        ("position", a.positions, b.positions),
        ("person", a.people, b.people),
    ]


async def refresh() -> int:
    """Writes what differs, moves the rights epoch and tells the slices above; how many rows changed."""
    stands, should = await compute()
    changed = 0
    for table, before, after in _tables(stands, should):
        moves: dict[tuple[str, ...], list[list[Any]]] = {}
        for key, values in after.items():
            moved = {c: v for c, v in values.items() if before[key][c] != v}
            if moved:
                moves.setdefault(tuple(moved), []).append([*moved.values(), key])
        for columns, rows in moves.items():
            assignments = ", ".join(f"{c} = ?" for c in columns)
            await execute_many(f"update {table} set {assignments} where id = ?", rows)
            changed += len(rows)
    await rights_changed()
    await execute(
        Sql(
            "insert into counter (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
            DAY,
            clock.today().toordinal(),
        )
    )
    for follow in followers:
        await follow()
    return changed


async def catch_up(since: int) -> None:
    """Applies what became due after the day ``since`` (an ordinal): positions taken and left, people gone."""
    before, today = date.fromordinal(max(1, since)), clock.today()
    due = await fetch(
        Sql(
            "select 1 from holding where (valid_from > ? and valid_from <= ?) or (valid_to > ? and valid_to <= ?) "
            "union all select 1 from person where ended_on > ? and ended_on <= ? limit 1",
            *(before, today) * 3,
        )
    )
    if due:
        async with transaction():
            await lock_structure()
            rows = await fetch(Sql("select value from counter where name = ?", DAY))
            if not rows or rows[0]["value"] < today.toordinal():
                await refresh()


async def rights_changed() -> None:
    """Moves the rights epoch: cached facts of viewers are read anew."""
    await execute(Sql("update counter set value = value + 1 where name = ?", "rights"))
