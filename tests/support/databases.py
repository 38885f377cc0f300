"""Databases for tests: each test its own, copied from a template that is built once."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import asyncpg

from lineofsight.kernel import database, migrate
from tests.support.postgres import PostgresServer

Dialect = Literal["sqlite", "postgres"]
Seed = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class TestDatabase:
    """A database made for one test."""

    __test__ = False
    dialect: Dialect
    url: str


class Databases:
    """Makes databases of both kinds; templates (migrated, and per seed) are built on first use and kept."""

    def __init__(self, home: Path, start_postgres: Callable[[], PostgresServer]) -> None:
        self._home = home
        self._start_postgres = start_postgres
        self._templates: dict[tuple[Dialect, Seed | None], str] = {}
        self._made = 0

    async def empty(self, dialect: Dialect) -> TestDatabase:
        """A database without a table."""
        self._made += 1
        name = f"test_{self._made}"
        if dialect == "postgres":
            await self._administer(f"CREATE DATABASE {name}")
        return TestDatabase(dialect, self._url(dialect, name))

    async def migrated(self, dialect: Dialect, seed: Seed | None = None) -> TestDatabase:
        """A database with all tables, and with what `seed` writes when it is awaited once, connected."""
        template = await self._template(dialect, seed)
        self._made += 1
        name = f"test_{self._made}"
        if dialect == "postgres":
            await self._administer(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        else:
            shutil.copyfile(self._file(template), self._file(name))
        return TestDatabase(dialect, self._url(dialect, name))

    async def drop(self, made: TestDatabase) -> None:
        """Remove a database, whoever is still connected to it."""
        name = made.url.partition("?")[0].rpartition("/")[2].removesuffix(".db")
        if made.dialect == "postgres":
            await self._administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        else:
            for left in self._home.glob(f"{name}.db*"):
                left.unlink()

    async def _template(self, dialect: Dialect, seed: Seed | None) -> str:
        if (dialect, seed) not in self._templates:
            if seed is None:
                made = await self.empty(dialect)
                await migrate.migrate(made.url, lambda *_: None)
            else:
                made = await self.migrated(dialect)
                async with database.database(made.url):
                    await seed()
            name = made.url.partition("?")[0].rpartition("/")[2].removesuffix(".db")
            self._templates[dialect, seed] = name
        return self._templates[dialect, seed]

    def _file(self, name: str) -> Path:
        return self._home / f"{name}.db"

    def _url(self, dialect: Dialect, name: str) -> str:
        if dialect == "sqlite":
            return f"sqlite://{self._file(name)}"
        return self._start_postgres().url(name)

    async def _administer(self, statement: str) -> None:
        server = self._start_postgres()
        connection = await asyncpg.connect(host=server.socket_directory, user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
