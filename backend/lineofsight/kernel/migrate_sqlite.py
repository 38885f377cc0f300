"""The safe runner on SQLite: migrate a copy, look at it hard, put it in place in one transaction.

Tortoise's engine makes a table anew for most changes of a column, which with foreign keys on deletes rows and
may lose indexes. So foreign keys are off, and the result is held against a database made anew by the same
migrations and against the rows that were there.
"""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lineofsight.kernel import database
from lineofsight.kernel.address import DatabaseError
from lineofsight.kernel.locks import use_lock

if TYPE_CHECKING:
    from lineofsight.kernel.migrate import Progress, Source

_PAGES = 2000  # copied between two reports of progress


async def migrate_file(path: Path, progress: "Progress", source: "Source") -> None:
    """Brings the file up to date; refused while another process uses it."""
    lock = use_lock(path)
    if not lock.take():
        raise DatabaseError(
            f"{path} is in use by another process, such as a server; stop that, then bring it up to date."
        )
    work = path.with_name(f"{path.name}-migrating")
    try:
        _make_room(path, work)
        with closing(_open(path)) as live:
            before = _version(live)
            copy = work / "copy.db"
            with closing(_open(copy)) as target:
                _copy(live, target, progress, "Copying the database")
            rows = _row_counts(copy)
            await _run(copy, progress, source)
            if rows:
                await _run(work / "fresh.db", progress, source)
                kept = {table: count for table, count in rows.items() if table not in source.may_delete()}
                _compare(copy, work / "fresh.db", kept)
            if _version(live) != before:
                raise DatabaseError("Another program wrote to the database meanwhile.")
            with closing(_open(copy)) as made:
                _copy(made, live, progress, "Putting the new database in place")
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.release()


async def _run(path: Path, progress: "Progress", source: "Source") -> None:
    from lineofsight.kernel.migrate import apply

    async with database.database(f"sqlite://{path}", foreign_keys=False, models=list(source.models)):
        await apply(progress, source)


def _make_room(path: Path, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)  # what a killed run left; it had not touched the database yet
    work.mkdir(mode=0o700)
    path.touch(mode=0o600)  # a new file: it will hold what is said of people


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=30, isolation_level=None)


def _version(connection: sqlite3.Connection) -> int:
    """Changes when another connection has written to the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, progress: "Progress", text: str) -> None:
    """All of ``source`` over ``target``, in one transaction of ``target``."""

    def report(_: int, remaining: int, total: int) -> None:
        progress(text, total - remaining, total)

    source.backup(target, pages=_PAGES, progress=report)


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return sorted(name for (name,) in rows)


def _row_counts(path: Path) -> dict[str, int]:
    with closing(_open(path)) as connection:
        return {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
            for table in _tables(connection)
        }


def _compare(copy: Path, fresh: Path, rows: Mapping[str, int]) -> None:
    """Refuses a copy that lacks rows, breaks references or differs in schema from a database made anew."""
    with closing(_open(copy)) as connection:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        damaged = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        made = schema(connection)
    with closing(_open(fresh)) as connection:
        expected = schema(connection)
    if broken:
        raise DatabaseError(f"A migration left {len(broken)} references to no row, first in {broken[0][0]}.")
    if damaged != "ok":
        raise DatabaseError(f"A migration damaged the database: {damaged}.")
    if made != expected:
        names = sorted(name for name in made.keys() | expected if made.get(name) != expected.get(name))
        raise DatabaseError(f"A migration made other tables than on a new database: {', '.join(names)}.")
    after = _row_counts(copy)
    for table, count in rows.items():
        if after.get(table, count) < count:
            raise DatabaseError(f"A migration lost {count - after[table]} rows of {table}.")


def schema(connection: sqlite3.Connection) -> dict[str, Any]:
    """What each table is, however its definition is spelled: columns, references, indexes."""
    return {table: _shape(connection, table) for table in _tables(connection)}


def _shape(connection: sqlite3.Connection, table: str) -> dict[str, Any]:
    def pragma(name: str, of: str) -> list[tuple[Any, ...]]:
        return connection.execute(f'PRAGMA {name}("{of}")').fetchall()

    indexes = []
    for _, name, unique, origin, partial in pragma("index_list", table):
        columns = tuple(row[2] for row in pragma("index_info", name))
        where = ""
        if partial:
            text = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]
            where = text.partition(" WHERE ")[2]
        indexes.append((name if origin == "c" else "", unique, columns, where))
    return {
        "columns": [row[1:] for row in pragma("table_xinfo", table)],
        "references": sorted(row[2:] for row in pragma("foreign_key_list", table)),
        "indexes": sorted(indexes),
    }
