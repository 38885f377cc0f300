"""Brings a database up to date, or leaves it as it was.

Tortoise's migration engine does the steps, this runner keeps them safe. PostgreSQL: one transaction, alone by
an advisory lock. SQLite: on a copy, alone by a file lock (kernel.migrate_sqlite). Killed at any moment, it
leaves the old database or the new one.
"""

import importlib
import importlib.util
import pkgutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import asyncpg
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.schema_editor import BaseSchemaEditor

from lineofsight.kernel import database
from lineofsight.kernel.address import DatabaseError, DatabaseUrl, plain_error
from lineofsight.kernel.database import APP, MODEL_MODULES
from lineofsight.kernel.schema_editors import PostgresEditor, SqliteEditor

Progress = Callable[..., object]  # (text), or (text, done, total)

RECORD = "tortoise_migrations"  # Tortoise's table of what was applied
_LOCK_KEY = 0x10517_1  # of our advisory locks


class State(StrEnum):
    """How a database stands to this version of the program."""

    EMPTY = "EMPTY"
    CURRENT = "CURRENT"
    BEHIND = "BEHIND"
    AHEAD = "AHEAD"


@dataclass(frozen=True)
class Source:
    """Models, and the package of the migrations that make their tables."""

    models: tuple[str, ...] = tuple(MODEL_MODULES)
    package: str = "lineofsight.migrations"

    def names(self) -> list[str]:
        """The migrations there are, in order."""
        found = pkgutil.iter_modules(importlib.import_module(self.package).__path__)
        return sorted(module.name for module in found if module.name[0].isdigit())

    def may_delete(self) -> set[str]:
        """Tables from which a migration says, as ``may_delete``, that it takes rows."""
        classes = [importlib.import_module(f"{self.package}.{name}").Migration for name in self.names()]
        return {table for migration in classes for table in getattr(migration, "may_delete", ())}

    def apps(self, dialect: str) -> dict[str, dict[str, Any]]:
        """As Tortoise's engine wants it."""
        return {APP: {"models": list(self.models), "migrations": self.package, "default_connection": dialect}}


OURS = Source()


async def state(url: str, source: Source = OURS) -> State:
    """How the database stands to the migrations there are; refuses a database of something else."""
    address = DatabaseUrl.parse(url)
    try:
        tables, applied = await (_look_postgres if address.dialect == "postgres" else _look_sqlite)(address)
    except (sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        raise plain_error(address, error) or error from None
    if not tables - {RECORD} and not applied:
        return State.EMPTY
    if APP not in {app for app, _ in applied}:
        raise DatabaseError(f"{address} holds other tables; name a database for Line of Sight alone.")
    known, done = set(source.names()), {name for app, name in applied if app == APP}
    if done - known:
        return State.AHEAD
    return State.BEHIND if known - done else State.CURRENT


async def _look_sqlite(url: DatabaseUrl) -> tuple[set[str], list[tuple[str, str]]]:
    if not url.path.exists():
        return set(), []
    connection = sqlite3.connect(url.path, timeout=30)
    try:
        read = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        tables = {name for (name,) in connection.execute(read) if not name.startswith("sqlite_")}
        read = f"SELECT app, name FROM {RECORD}"  # noqa: S608
        return tables, connection.execute(read).fetchall() if RECORD in tables else []
    finally:
        connection.close()


async def _look_postgres(url: DatabaseUrl) -> tuple[set[str], list[tuple[str, str]]]:
    connection = await asyncpg.connect(url.text)
    try:
        rows = await connection.fetch(
            "SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace"
            " AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT EXISTS"
            " (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"  # not an extension's
        )
        tables = {row["name"] for row in rows}
        read = f"SELECT app, name FROM {RECORD}"  # noqa: S608
        return tables, [tuple(row) for row in await connection.fetch(read)] if RECORD in tables else []
    finally:
        await connection.close()


async def migrate(url: str, progress: Progress, source: Source = OURS) -> None:
    """Brings the database up to date and makes what it must always hold (``_ensure`` of the package).

    ``progress`` is called with a text, and where it is known with how much of how much is done.
    """
    address = DatabaseUrl.parse(url)
    now = await state(url, source)
    if now is State.AHEAD:
        raise DatabaseError(f"{address} was made by a newer version of Line of Sight; install that version.")
    try:
        if address.dialect == "sqlite" and now is not State.CURRENT:
            from lineofsight.kernel.migrate_sqlite import migrate_file

            await migrate_file(address.path, progress, source)
        else:
            async with database.database(url, statement_timeout=0, models=list(source.models)):
                await apply(progress, source)
    except DatabaseError:
        raise
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise DatabaseError(f"{address} cannot be brought up to date and is as it was: {lines[0]}") from error


async def apply(progress: Progress, source: Source) -> None:
    """Applies what is missing to the connected database, in one transaction."""
    async with database.transaction():
        client = database.client()
        dialect = database.dialect()
        if dialect == "postgres":
            await client.execute_query("SELECT pg_advisory_xact_lock($1)", [_LOCK_KEY])
            await client.execute_script("SET LOCAL lock_timeout = '30s'")  # behind a writer that does not end
        names = source.names()

        def report(event: str, app: str, name: str) -> None:
            if event == "apply_start":
                progress("Migrations", names.index(name), len(names))

        EXECUTOR_CACHE.clear()  # statements of models as they were at some migration
        executor = _Executor(client, source.apps(dialect))
        await executor.recorder.ensure_schema(executor._schema_editor())
        await executor.migrate(direction="forward", progress=report)
        EXECUTOR_CACHE.clear()
        if importlib.util.find_spec(f"{source.package}._ensure"):
            await importlib.import_module(f"{source.package}._ensure").ensure()


class _Executor(MigrationExecutor):
    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        editor = PostgresEditor if self.connection.capabilities.dialect == "postgres" else SqliteEditor
        return editor(self.connection, atomic=atomic, collect_sql=collect_sql)
