"""Databases for tests: each test has one to itself, which costs it milliseconds.

SQLite: a file copied from a template. PostgreSQL, where a copy takes half a second: a database that an
earlier test gave back, put into the template's state again; a copy where none is free or the reset fails.
"""

import asyncio
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import asyncpg

from lineofsight.kernel import database, migrate
from lineofsight.people.setup import open_installation
from tests.support.postgres import PostgresServer

Dialect = Literal["sqlite", "postgres"]
Seed = Callable[[], Awaitable[object]]

# Everything the template holds, kept beside it in a schema of its own, and how to get back there.
KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.counters AS
  SELECT sequencename AS name, last_value FROM pg_sequences WHERE schemaname = 'public';
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'rows_' || name, name);
  END LOOP;
END $$;
"""
RESET = """
SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM public.%I', name);
    EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE TABLE kept.%I', name, 'rows_' || name);
  END LOOP;
END $$;
SELECT setval(format('public.%I', name), coalesce(last_value, 1), last_value IS NOT NULL) FROM kept.counters;
"""
OTHERS_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
VACUUM_EVERY = 100


@dataclass(frozen=True)
class TestDatabase:
    """A database made for one test."""

    __test__ = False
    dialect: Dialect
    url: str
    name: str
    seed: Seed | None = None
    reusable: bool = False


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[None]:
    """Connected inside the block, as a running server is."""
    async with database.database(url):
        await open_installation()
        yield


class Databases:
    """Makes databases of both kinds; templates (migrated, and per seed) are built on first use and kept."""

    def __init__(self, home: Path, start_postgres: Callable[[], PostgresServer]) -> None:
        self._home = home
        self._start_postgres = start_postgres
        self._templates: dict[tuple[Dialect, Seed | None], str] = {}
        self._free: defaultdict[Seed | None, list[TestDatabase]] = defaultdict(list)
        self._made = 0
        self._resets = 0

    async def empty(self, dialect: Dialect) -> TestDatabase:
        """A database without a table."""
        name = self._new_name()
        if dialect == "postgres":
            await self._run("postgres", f"CREATE DATABASE {name}")
        return TestDatabase(dialect, self._url(dialect, name), name)

    async def migrated(self, dialect: Dialect, seed: Seed | None = None) -> TestDatabase:
        """A database with all tables, and with what `seed` writes when it is awaited once, connected."""
        if dialect == "postgres" and self._free[seed]:
            return self._free[seed].pop()
        template = await self._template(dialect, seed)
        name = self._new_name()
        if dialect == "postgres":
            await self._run("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        else:
            shutil.copyfile(self._file(template), self._file(name))
        return TestDatabase(dialect, self._url(dialect, name), name, seed, reusable=dialect == "postgres")

    async def drop(self, made: TestDatabase) -> None:
        """Take a database back, whoever is still connected to it."""
        if made.dialect == "sqlite":
            for left in self._home.glob(f"{made.name}.db*"):
                left.unlink()
        elif not (made.reusable and await self._reset(made)):
            await self._run("postgres", f"DROP DATABASE IF EXISTS {made.name} WITH (FORCE)")

    async def _reset(self, made: TestDatabase) -> bool:
        self._resets += 1
        statements = [OTHERS_OUT, RESET] + ["VACUUM"] * (self._resets % VACUUM_EVERY == 0)
        try:
            await asyncio.wait_for(self._run(made.name, *statements), 10)
        except (asyncpg.PostgresError, TimeoutError):
            return False
        self._free[made.seed].append(made)
        return True

    async def _template(self, dialect: Dialect, seed: Seed | None) -> str:
        if (dialect, seed) not in self._templates:
            if seed is None:
                made = await self.empty(dialect)
                await migrate.migrate(made.url, lambda *_: None)
            else:
                plain, name = await self._template(dialect, None), self._new_name()
                made = TestDatabase(dialect, self._url(dialect, name), name)
                if dialect == "postgres":
                    await self._run("postgres", f"CREATE DATABASE {name} TEMPLATE {plain}")
                    await self._run(name, "DROP SCHEMA kept CASCADE")
                else:
                    shutil.copyfile(self._file(plain), self._file(name))
                async with connected(made.url):
                    await seed()
            if dialect == "postgres":
                await self._run(made.name, KEEP)
            self._templates[dialect, seed] = made.name
        return self._templates[dialect, seed]

    def _new_name(self) -> str:
        self._made += 1
        return f"test_{self._made}"

    def _file(self, name: str) -> Path:
        return self._home / f"{name}.db"

    def _url(self, dialect: Dialect, name: str) -> str:
        if dialect == "sqlite":
            return f"sqlite://{self._file(name)}"
        return self._start_postgres().url(name)

    async def _run(self, name: str, *statements: str) -> None:
        server = self._start_postgres()
        connection = await asyncpg.connect(host=server.socket_directory, user="postgres", database=name)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()
