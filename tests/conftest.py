"""What every test may ask for.

`db`            connected to a migrated database of its own, once on SQLite and once on PostgreSQL
`migrated_url`  the same, not connected: for commands and servers
`empty_url`     a database without a table, not connected

`--database sqlite|postgres|both` (or `-k sqlite`) chooses. A test that asks for `cast` gets the company of
tests/cast.py written into its database; another content comes from overriding the fixture `seed`.
"""

import os
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, cast

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.support.databases import Databases, Dialect, Seed, TestDatabase
    from tests.support.graph import Graph


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgres", "both"),
        default="both",
        help="database on which tests that need one run",
    )


    parser.addoption("--requirement", help="run only the tests that show this requirement, such as A3")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--requirement")
    if wanted:
        shown = {id(i) for i in items if any(wanted in mark.args for mark in i.iter_markers("requirement"))}
        config.hook.pytest_deselected(items=[i for i in items if id(i) not in shown])
        items[:] = [i for i in items if id(i) in shown]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "dialect" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        dialects = ["sqlite", "postgres"] if chosen == "both" else [chosen]
        metafunc.parametrize("dialect", dialects, indirect=True)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting of the developer's own shell reaches a test."""
    from lineofsight.settings import settings

    for name in [name for name in os.environ if name.startswith("LINEOFSIGHT_")]:
        monkeypatch.delenv(name)
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> "Dialect":
    """Kind of database the test runs on."""
    return cast("Dialect", request.param)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Databases]":
    """Makes databases; PostgreSQL is started when the first test needs it."""
    from contextlib import ExitStack
    from functools import cache

    from tests.support.databases import Databases
    from tests.support.postgres import PostgresServer

    with ExitStack() as running:
        start = cache(lambda: running.enter_context(PostgresServer()))
        yield Databases(tmp_path_factory.mktemp("databases"), start)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> "Seed | None":
    """What the database holds: the cast where the test asks for it, else only what `migrate` makes."""
    if "cast" not in request.fixturenames:
        return None
    from tests.cast import build

    return build


@pytest.fixture
async def empty_database(databases: "Databases", dialect: "Dialect") -> "AsyncIterator[TestDatabase]":
    made = await databases.empty(dialect)
    yield made
    await databases.drop(made)


@pytest.fixture
async def migrated_database(
    databases: "Databases", dialect: "Dialect", seed: "Seed | None"
) -> "AsyncIterator[TestDatabase]":
    made = await databases.migrated(dialect, seed)
    yield made
    await databases.drop(made)


@pytest.fixture
def empty_url(empty_database: "TestDatabase") -> str:
    """Address of a database without a table."""
    return empty_database.url


@pytest.fixture
def migrated_url(migrated_database: "TestDatabase") -> str:
    """Address of a migrated database, to which this process is not connected."""
    return migrated_database.url


@pytest.fixture
async def db(migrated_database: "TestDatabase") -> "AsyncIterator[TestDatabase]":
    """Connected to a migrated database of the test's own."""
    from tests.support.databases import connected

    async with connected(migrated_database.url):
        yield migrated_database


@pytest.fixture(name="cast")
async def keys_of_the_cast(db: "TestDatabase") -> "Cast":
    """Connected to a database that holds the agency of tests/cast.py; the keys of its rows."""
    from tests.cast import load

    return await load()


@pytest.fixture
async def graph(cast: "Cast") -> "AsyncIterator[Graph]":
    """The server to ask as any member of the cast."""
    from tests.support.graph import asking

    async with asking() as made:
        yield made
