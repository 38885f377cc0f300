"""The runner of migrations: up to date or as it was, on populated databases of both kinds."""

from tests.support.databases import TestDatabase

from lineofsight.kernel import database, make_migration, migrate
from lineofsight.kernel.migrate import State


async def test_models_and_migrations_agree() -> None:
    writer = await make_migration.missing()
    assert writer is None, f"run `make migration NAME=…`:\n{writer.as_string()}"


async def test_empty_database_is_brought_up_to_date(empty_url: str) -> None:
    assert await migrate.state(empty_url) is State.EMPTY
    seen: list[tuple[object, ...]] = []
    await migrate.migrate(empty_url, lambda *report: seen.append(report))
    assert ("Migrations", 0, len(migrate.OURS.names())) in seen
    assert await migrate.state(empty_url) is State.CURRENT
    await migrate.migrate(empty_url, seen.append)
    async with database.database(empty_url):
        from lineofsight.people.models import Unit

        assert await Unit.all().count() == 1
