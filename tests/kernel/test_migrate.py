"""The runner of migrations: up to date or as it was, on populated databases of both kinds."""

import importlib
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from tortoise.exceptions import IntegrityError

from lineofsight.kernel import database, make_migration, migrate, migrate_sqlite
from lineofsight.kernel.database import DatabaseError
from lineofsight.kernel.migrate import Source, State
from tests.kernel.notes import Plain
from tests.support.databases import Databases

Write = Callable[[str, str], None]
ONE, TWO = "tests.kernel.versions.one", "tests.kernel.versions.two"


def quietly(*_: object) -> None:
    """Progress nobody looks at."""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package for migrations, of a name of its own."""
    folder = tmp_path / f"migrations_{tmp_path.name}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


@pytest.fixture
def write(package: Path) -> Write:
    """Writes a migration by hand: its name and what stands in its class."""

    def written(name: str, body: str) -> None:
        before = sorted(path.stem for path in package.glob("0*.py"))[-1]
        (package / f"{name}.py").write_text(
            "from tortoise import migrations\n"
            "from tortoise.migrations import operations as ops\n\n"
            "class Migration(migrations.Migration):\n"
            f"    dependencies = [('lineofsight', '{before}')]\n"
            f"    {body}\n"
        )
        importlib.invalidate_caches()

    return written


async def populate() -> None:
    from tests.kernel.versions.one import Badge, Member, Team

    for t in range(20):
        team = await Team.create(name=f"team {t}", path=f"{t:06}/")
        for m in range(10):
            note = None if m % 2 else f"note; '{m}'"
            member = await Member.create(team=team, name=f"member {m}", note=note, nick="x", leads=m == 0, ordinal=m)
            await Badge.create(member=member, number=t * 100 + m)


async def dump() -> dict[str, list[tuple[object, ...]]]:
    """All rows of the connected database."""
    tables = ("team", "member", "badge")
    return {
        table: [tuple(row.values()) for row in await database.fetch(Plain(f"SELECT * FROM {table} ORDER BY 1"))]
        for table in tables
    }


@pytest.fixture
async def first(empty_url: str, package: Path) -> Source:
    """A populated database of the first version."""
    source = Source((ONE,), package.name)
    assert await make_migration.make_migration("anything", source)
    assert await make_migration.missing(source) is None
    await migrate.migrate(empty_url, quietly, source)
    async with database.database(empty_url, models=[ONE]):
        await populate()
    return source


async def test_models_and_migrations_agree() -> None:
    writer = await make_migration.missing()
    assert writer is None, f"run `make migration NAME=…`:\n{writer.as_string()}"


async def test_empty_database_is_brought_up_to_date(empty_url: str) -> None:
    assert await migrate.state(empty_url) is State.EMPTY
    seen: list[tuple[object, ...]] = []
    await migrate.migrate(empty_url, lambda *report: seen.append(report))
    assert ("Migrations", 0, len(migrate.OURS.names())) in seen
    assert await migrate.state(empty_url) is State.CURRENT
    await migrate.migrate(empty_url, quietly)
    async with database.database(empty_url):
        from lineofsight.people.models import Unit

        assert await Unit.all().count() == 1


async def test_second_version_over_a_populated_first(empty_url: str, first: Source) -> None:
    second = Source((TWO,), first.package)
    made = await make_migration.make_migration("Grow up", second)
    assert made is not None
    assert made.name == "0002_grow_up.py"
    assert await make_migration.missing(second) is None
    assert await migrate.state(empty_url, second) is State.BEHIND
    await migrate.migrate(empty_url, quietly, second)
    assert await migrate.state(empty_url, second) is State.CURRENT
    async with database.database(empty_url, models=[TWO]):
        from tests.kernel.versions.two import Badge, Member, Team

        assert (await Team.all().count(), await Member.all().count(), await Badge.all().count()) == (
            20,
            200,
            200,
        )
        one = await Member.get(id=1)
        assert (one.name, one.note, one.grade, one.key, one.leads) == ("member 0", "note; '0'", 3, "", True)
        assert (await Member.get(id=2)).note == "it's; none"
        # what was unique still is, what referred still does
        for model, values in (
            (Team, {"name": "team 0", "path": ""}),
            (Member, {"team_id": 1, "name": "member 1"}),
            (Member, {"team_id": 1, "name": "second lead", "leads": True}),
            (Member, {"team_id": 999, "name": "of no team"}),
            (Badge, {"member_id": 1, "number": 1}),
        ):
            with pytest.raises(IntegrityError):
                await model.create(**values)
        await Member.create(team_id=1, name="new", ordinal=1, key="a")  # no longer unique by ordinal
        with pytest.raises(IntegrityError):
            await Member.create(team_id=2, name="new", key="a")
        await Team.get(id=1).delete()
        assert (await Member.all().count(), await Badge.all().count()) == (190, 190)


async def test_indexes_are_those_of_a_new_database(empty_url: str, first: Source, databases: Databases) -> None:
    """Also those of a database whose one migration was made from the second version's models."""
    second = Source((TWO,), first.package)
    await make_migration.make_migration("grow", second)
    await migrate.migrate(empty_url, quietly, second)
    dialect = "sqlite" if empty_url.startswith("sqlite") else "postgres"
    fresh = (await databases.empty(dialect)).url
    package = Path(sys.modules[first.package].__file__ or "").parent
    other = package.with_name(package.name + "_fresh")
    other.mkdir()
    (other / "__init__.py").touch()
    importlib.invalidate_caches()
    alone = Source((TWO,), other.name)
    await make_migration.make_migration("initial", alone)
    await migrate.migrate(fresh, quietly, alone)
    assert await indexes(empty_url) == await indexes(fresh)


async def indexes(url: str) -> set[tuple[object, ...]]:
    """What is indexed: table, unique, columns, condition."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite://"))
        tables = migrate_sqlite.schema(connection)
        connection.close()
        return {
            (table, unique, columns, where)
            for table, shape in tables.items()
            for _, unique, columns, where in shape["indexes"]
        }
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        "SELECT i.indrelid::regclass::text AS name, i.indisunique, pg_get_expr(i.indpred, i.indrelid) part,"
        " ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k(n, o)"
        " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n ORDER BY o) AS columns"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE c.relnamespace = 'public'::regnamespace"
    )
    await connection.close()
    return {(row["name"], row["indisunique"], tuple(row["columns"]), row["part"]) for row in rows}


async def test_postgres_columns_keep_their_collation(databases: Databases) -> None:
    url = (await databases.migrated("postgres")).url
    connection = await asyncpg.connect(url)
    collation = await connection.fetchval(
        "SELECT collation_name FROM information_schema.columns WHERE table_name = 'unit' AND column_name = 'path'"
    )
    await connection.close()
    assert collation == "C"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "operations = [ops.RunSQL('DELETE FROM badge'), ops.RunSQL('SELECT 1 FROM nowhere')]",
            "nowhere",
        ),
        ("operations = [ops.RunSQL('ALTER TABLE team ADD COLUMN x INT'), ops.RunPython(fail)]", "it broke"),
    ],
)
async def test_failing_migration_leaves_all_as_it_was(
    empty_url: str, first: Source, write: Write, package: Path, body: str, reason: str
) -> None:
    async with database.database(empty_url, models=[ONE]):
        before = await dump()
    write("0002_fails", body)
    path = package / "0002_fails.py"
    path.write_text("async def fail(*_):\n    raise RuntimeError('it broke')\n\n" + path.read_text())
    with pytest.raises(DatabaseError, match=f"as it was: .*{reason}"):
        await migrate.migrate(empty_url, quietly, first)
    assert await migrate.state(empty_url, first) is State.BEHIND
    async with database.database(empty_url, models=[ONE]):
        assert await dump() == before
    left = Path(empty_url.removeprefix("sqlite://")).parent if empty_url.startswith("sqlite") else package
    assert not list(left.glob("*-migrating"))


async def test_migration_that_loses_rows_is_refused(first: Source, empty_url: str, write: Write) -> None:
    if empty_url.startswith("postgres"):
        pytest.skip("on PostgreSQL no table is made anew")
    write("0002_deletes", "operations = [ops.RunSQL('DELETE FROM badge WHERE member_id = 1')]")
    with pytest.raises(DatabaseError, match="lost 1 rows of badge"):
        await migrate.migrate(empty_url, quietly, first)
    write(
        "0002_deletes",
        "may_delete = ('badge',)\n    operations = [ops.RunSQL('DELETE FROM badge WHERE member_id = 1')]",
    )
    sys.modules.pop(f"{first.package}.0002_deletes")
    await migrate.migrate(empty_url, quietly, first)


async def test_migration_that_breaks_references_is_refused(first: Source, empty_url: str, write: Write) -> None:
    write("0002_breaks", "operations = [ops.RunSQL('UPDATE badge SET member_id = 999 WHERE member_id = 1')]")
    with pytest.raises(DatabaseError, match=r"references to no row|violates foreign key"):
        await migrate.migrate(empty_url, quietly, first)


async def test_database_of_a_newer_version_is_refused(first: Source, empty_url: str, package: Path) -> None:
    older = Source((ONE,), package.name)
    (package / "0001_initial.py").rename(package / "0001_other.py")
    assert await migrate.state(empty_url, older) is State.AHEAD
    with pytest.raises(DatabaseError, match="newer version"):
        await migrate.migrate(empty_url, quietly, older)


async def test_database_of_something_else_is_refused(empty_url: str) -> None:
    async with database.database(empty_url, models=[ONE]):
        await database.execute(Plain("CREATE TABLE invoice (id INT)"))
    for look in (migrate.state(empty_url), migrate.migrate(empty_url, quietly)):
        with pytest.raises(DatabaseError, match="holds other tables"):
            await look


async def test_not_while_another_process_uses_the_file(first: Source, empty_url: str, write: Write) -> None:
    if empty_url.startswith("postgres"):
        pytest.skip("PostgreSQL locks the tables themselves")
    write("0002_nothing", "operations = []")
    from lineofsight.kernel.locks import use_lock

    lock = use_lock(Path(empty_url.removeprefix("sqlite://")))
    assert lock.take(shared=True)
    with pytest.raises(DatabaseError, match="in use by another process"):
        await migrate.migrate(empty_url, quietly, first)
    lock.release()
    await migrate.migrate(empty_url, quietly, first)


RUNNER = """
import asyncio, os, signal, sys
from lineofsight.kernel import migrate, migrate_sqlite
url, model, package, text, number = sys.argv[1:]
migrate_sqlite._PAGES = 3
seen = 0
def progress(said, done=None, total=None):
    global seen
    seen += said == text
    if seen == int(number):
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(migrate.migrate(url, progress, migrate.Source((model,), package)))
"""


def start_migration(url: str, source: Source, folder: Path, text: str, number: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", RUNNER, url, source.models[0], source.package, text, str(number)],
        env={"PYTHONPATH": f"backend:.:{folder}", "PATH": ""},
        stderr=subprocess.PIPE,
        text=True,
    )


def run_migration(url: str, source: Source, folder: Path, text: str = "", number: int = -1) -> int:
    """Migrates in another process; killed when it reports ``text`` for the ``number``-th time."""
    process = start_migration(url, source, folder, text, number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGKILL), errors
    return process.returncode


async def test_two_runners_at_once(empty_url: str, first: Source, package: Path) -> None:
    """One migrates; the other waits and finds nothing to do, or is told that the file is in use."""
    second = Source((TWO,), first.package)
    await make_migration.make_migration("grow", second)
    processes = [start_migration(empty_url, second, package.parent, "", -1) for _ in range(3)]
    told = [process.communicate(timeout=60)[1] for process in processes]
    codes = [process.returncode for process in processes]
    assert 0 in codes
    assert all(code == 0 or "in use by another process" in text for code, text in zip(codes, told, strict=True))
    assert await migrate.state(empty_url, second) is State.CURRENT


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Copying the database", 2),
        ("Migrations", 2),
        ("Migrations", 4),
        ("Putting the new database in place", 1),
        ("Putting the new database in place", 3),
    ],
)
async def test_killed_runner_leaves_all_as_it_was(
    empty_url: str, first: Source, write: Write, package: Path, text: str, number: int
) -> None:
    second = Source((TWO,), first.package)
    await make_migration.make_migration("grow", second)
    write("0003_more", "operations = [ops.RunSQL('UPDATE member SET grade = 4')]")
    if empty_url.startswith("postgres") and (text, number) != ("Migrations", 2):
        pytest.skip("on PostgreSQL there is one transaction and no copy")
    async with database.database(empty_url, models=[ONE]):
        before = await dump()
    assert run_migration(empty_url, second, package.parent, text, number) == -signal.SIGKILL
    assert await migrate.state(empty_url, second) is State.BEHIND
    async with database.database(empty_url, models=[ONE]):
        assert await dump() == before
    assert run_migration(empty_url, second, package.parent) == 0
    assert await migrate.state(empty_url, second) is State.CURRENT
    async with database.database(empty_url, models=[TWO]):
        assert await database.fetch(Plain("SELECT DISTINCT grade FROM member")) == [{"grade": 4}]
