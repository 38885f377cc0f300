"""Connections, transactions and statements, on both databases."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextvars import Context
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from lineofsight.kernel import database
from lineofsight.kernel.database import (
    DatabaseError,
    DatabaseUrl,
    execute,
    fetch,
    savepoint,
    snapshot,
    transaction,
)
from tests.kernel.notes import MODULES, Note, Plain
from tests.support.databases import Databases


@pytest.fixture
async def notes(empty_url: str) -> AsyncIterator[str]:
    async with database.database(empty_url, models=MODULES):
        serial = "INTEGER" if database.dialect() == "sqlite" else "BIGSERIAL"
        time = "TIMESTAMP" if database.dialect() == "sqlite" else "TIMESTAMPTZ"
        await execute(Plain(f"CREATE TABLE note (id {serial} PRIMARY KEY, text TEXT NOT NULL UNIQUE, at {time})"))
        yield empty_url


COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT max(i) FROM n"
SHORT, LONG = COUNT.format(1_000_000), COUNT.format(1_000_000_000)  # a fraction of a second; minutes


async def texts() -> list[str]:
    return [row["text"] for row in await fetch(Plain("SELECT text FROM note ORDER BY id"))]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite://a.db", "a.db"),
        ("sqlite:///x", "/x"),
        ("sqlite://folder/a b.db", "folder/a b.db"),
        ("postgres://u:p@host/agency", "agency"),
        ("postgresql://u@/agency?host=/run/pg", "agency"),
        ("postgresql://host/?dbname=agency", "agency"),
    ],
)
def test_address(text: str, path: str) -> None:
    url = DatabaseUrl.parse(text)
    assert url.path == Path(path)
    assert ":p@" not in str(url)


@pytest.mark.parametrize(
    "text",
    ["", "a.db", "mysql://h/x", "sqlite://", "sqlite://:memory:", "postgres://host", "postgres://h:x/y"],
)
def test_address_refused_in_one_line(text: str) -> None:
    with pytest.raises(DatabaseError) as refused:
        DatabaseUrl.parse(text)
    assert "\n" not in str(refused.value)


async def test_cannot_open(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, but long enough to look at" * 100)
    for url in (
        f"sqlite://{tmp_path}/none/a.db",
        f"sqlite://{tmp_path}/text.db",
        f"postgres://u@/x?host={tmp_path}",
        "postgres://u@127.0.0.1:1/x",
    ):
        with pytest.raises(DatabaseError, match=r"^Cannot (open|connect)[^\n]+$"):
            await database.connect(url, models=MODULES)
    await database.connect(f"sqlite://{tmp_path}/a.db", models=MODULES)
    with pytest.raises(DatabaseError, match="already connected"):
        await database.connect(f"sqlite://{tmp_path}/b.db", models=MODULES)
    await database.disconnect()
    await database.disconnect()
    with pytest.raises(DatabaseError, match="no connection"):
        database.dialect()


async def test_one_database_after_another(databases: Databases, tmp_path: Path) -> None:
    postgres = (await databases.empty("postgres")).url
    for url in (f"sqlite://{tmp_path}/a.db", postgres, f"sqlite://{tmp_path}/b.db", postgres):
        async with database.database(url, models=MODULES):
            serial = "INTEGER" if database.dialect() == "sqlite" else "BIGSERIAL"
            await execute(Plain("DROP TABLE IF EXISTS note"))
            await execute(Plain(f"CREATE TABLE note (id {serial} PRIMARY KEY, text TEXT NOT NULL, at TEXT)"))
            await Note.create(text="one")
            await Note.bulk_create([Note(text="two"), Note(text="three")])
            await Note.filter(text="two").update(text="deux")
            assert await texts() == ["one", "deux", "three"]
            assert await Note.all().count() == 3


async def test_any_task_uses_the_connection(notes: str) -> None:
    """A task with an empty context, as a server's own may be."""

    async def work() -> None:
        async with transaction():
            await Note.create(text="elsewhere")

    await asyncio.get_running_loop().create_task(work(), context=Context())
    assert await texts() == ["elsewhere"]


async def test_fetch_and_execute(notes: str) -> None:
    assert await execute(Plain("INSERT INTO note (text) VALUES (?), (?)", ["a", "b"])) == 2
    assert await execute(Plain("UPDATE note SET text = ? WHERE text = ?", ["c", "b"])) == 1
    assert await execute(Plain("DELETE FROM note WHERE text = ?", ["none"])) == 0
    rows = await fetch(Plain("INSERT INTO note (text) VALUES (?) RETURNING text", ["d"]))
    assert rows == [{"text": "d"}]
    async with transaction():
        assert await execute(Plain("UPDATE note SET text = ? WHERE text = ?", ["e", "d"])) == 1
        assert await texts() == ["a", "c", "e"]
    with pytest.raises(IntegrityError):
        await execute(Plain("INSERT INTO note (text) VALUES (?)", ["a"]))
    with pytest.raises(OperationalError):
        await fetch(Plain("SELECT nothing FROM nowhere"))


async def test_times_compare_in_utc(notes: str) -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    same = noon.astimezone(timezone(timedelta(hours=-5)))
    await Note.create(text="noon", at=same)
    await execute(Plain("INSERT INTO note (text, at) VALUES (?, ?)", ["later", same + timedelta(seconds=1)]))
    rows = await fetch(Plain("SELECT text FROM note WHERE at > ?", [noon]))
    assert [row["text"] for row in rows] == ["later"]
    assert (await Note.get(at=noon)).at == noon


async def test_transaction_all_or_nothing(notes: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await Note.create(text="gone")
            await execute(Plain("INSERT INTO note (text) VALUES (?)", ["gone too"]))
            1 / 0  # noqa: B018
    assert await texts() == []
    async with transaction():
        await Note.create(text="kept")
    assert await texts() == ["kept"]


async def test_transaction_joins_and_remembers_failure(notes: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            async with transaction():
                await Note.create(text="inner")
            1 / 0  # noqa: B018
    assert await texts() == []

    with pytest.raises(TransactionManagementError, match="swallowed"):
        async with transaction():
            try:
                async with transaction():
                    await Note.create(text="half")
                    raise KeyError
            except KeyError:
                pass
    assert await texts() == []


async def test_savepoint(notes: str) -> None:
    async with transaction():
        await Note.create(text="before")
        for text in ("before", "after"):
            try:
                async with savepoint(), transaction():
                    await Note.create(text="part of " + text)
                    await Note.create(text=text)
            except IntegrityError:
                pass
        await Note.get_or_create(text="again")  # Tortoise's own nested transaction
    assert await texts() == ["before", "part of after", "after", "again"]
    with pytest.raises(TransactionManagementError):
        async with savepoint():
            pass


async def test_swallowed_error_of_a_statement(notes: str) -> None:
    """As on PostgreSQL, nothing more happens after an error; and neither database hides it."""
    await Note.create(text="a")
    with pytest.raises(TransactionManagementError):
        async with transaction():
            await Note.create(text="b")
            try:
                await Note.create(text="a")
            except IntegrityError:
                pass
    with pytest.raises(TransactionManagementError):
        async with transaction():
            try:
                await Note.create(text="a")
            except IntegrityError:
                await Note.create(text="b")
    async with transaction():
        with pytest.raises(TransactionManagementError):
            async with savepoint():
                await Note.create(text="b")
                try:
                    await Note.create(text="a")
                except IntegrityError:
                    pass
        await Note.create(text="c")
    assert await texts() == ["a", "c"]


async def test_nobody_reads_what_is_not_committed(notes: str) -> None:
    written, read = asyncio.Event(), asyncio.Event()

    async def writer() -> None:
        async with transaction():
            await Note.create(text="soon")
            assert await texts() == ["soon"]
            written.set()
            await read.wait()

    async def reader() -> None:
        await written.wait()
        assert await texts() == []
        assert await Note.all().count() == 0
        async with snapshot():
            assert await Note.exists(text="soon") is False
        read.set()

    await asyncio.wait_for(asyncio.gather(writer(), reader()), 10)
    assert await texts() == ["soon"]


async def test_writers_take_turns(notes: str) -> None:
    """Each adds one to what it read: nothing is lost, nothing fails, and a failing one undoes only itself."""
    await Note.create(text="0")

    async def add(fails: bool) -> None:
        async with transaction():
            lock = "" if database.dialect() == "sqlite" else " FOR UPDATE"
            row = (await fetch(Plain(f"SELECT id, text FROM note{lock}")))[0]
            await asyncio.sleep(0)
            await execute(Plain("UPDATE note SET text = ? WHERE id = ?", [str(int(row["text"]) + 1), row["id"]]))
            await asyncio.sleep(0)
            if fails:
                raise KeyError

    done = await asyncio.gather(*(add(n % 3 == 0) for n in range(60)), return_exceptions=True)
    assert [type(one) for one in done if one is not None] == [KeyError] * 20
    assert await texts() == ["40"]


async def test_writes_outside_wait_for_the_transaction(notes: str) -> None:
    inside = asyncio.Event()

    async def writer() -> None:
        async with transaction():
            await Note.create(text="transaction")
            inside.set()
            await asyncio.sleep(0.1)
            raise KeyError

    async def other() -> None:
        await inside.wait()
        await Note.create(text="alone")
        await Note.bulk_create([Note(text="many")])

    await asyncio.gather(writer(), other(), return_exceptions=True)
    assert await texts() == ["alone", "many"]


async def test_cancelled_tasks_leave_nothing(notes: str) -> None:
    async def write(n: int) -> None:
        async with transaction():
            await Note.create(text=f"{n}a")
            await Note.create(text=f"{n}b")

    for turn in range(40):
        tasks = [asyncio.create_task(write(turn * 3 + n)) for n in range(3)]
        for _ in range(turn):
            await asyncio.sleep(0.0003)
        tasks[0].cancel()
        tasks[2].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    kept = await texts()
    assert len(kept) % 2 == 0
    assert {text[:-1] + "a" for text in kept} | {text[:-1] + "b" for text in kept} == set(kept)
    assert {f"{turn * 3 + 1}a" for turn in range(40)} <= set(kept)
    async with transaction():
        await Note.create(text="the next one is served")


async def test_statement_cut_short_spoils_its_transaction(notes: str) -> None:
    with pytest.raises(TransactionManagementError):
        async with transaction():
            await Note.create(text="a")
            try:
                async with asyncio.timeout(0.05):
                    await fetch(Plain("SELECT pg_sleep(9)" if database.dialect() == "postgres" else SHORT))
            except TimeoutError:
                pass
            await Note.create(text="b")
    assert await texts() == []
    async with asyncio.timeout(20):  # outside one, the reader is stopped and used again
        for _ in range(8):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await fetch(Plain("SELECT pg_sleep(9)" if database.dialect() == "postgres" else LONG))
        assert await texts() == []


async def test_task_that_outlives_its_transaction(notes: str) -> None:
    over = asyncio.Event()

    async def late() -> None:
        await over.wait()
        await Note.create(text="late")

    async with transaction():
        task = asyncio.create_task(late())
        await Note.create(text="in time")
    over.set()
    with pytest.raises(TransactionManagementError, match="outlived"):
        await task
    assert await texts() == ["in time"]


async def test_gather_inside_a_transaction(notes: str) -> None:
    async with transaction():
        await asyncio.gather(*(Note.create(text=str(n)) for n in range(20)))
        assert len(await texts()) == 20


async def test_snapshot_sees_one_state(notes: str) -> None:
    await Note.create(text="first")
    async with snapshot():
        assert await texts() == ["first"]
        await asyncio.get_running_loop().create_task(_elsewhere("second"), context=_fresh())
        assert await texts() == ["first"]
        with pytest.raises(TransactionManagementError):
            async with transaction():
                pass
        with pytest.raises((OperationalError, TransactionManagementError)):
            await Note.create(text="never")
    assert await texts() == ["first", "second"]


def _fresh() -> Context:
    return Context()


async def _elsewhere(text: str) -> None:
    await Note.create(text=text)


async def test_statements_of_this_task_and_its_children(notes: str) -> None:
    async def child() -> None:
        await Note.all()

    with database.statements() as outer:
        async with transaction():
            await Note.create(text="a")
            await Note.bulk_create([Note(text="b"), Note(text="c")])
        with database.statements() as inner:
            await asyncio.gather(child(), child())
            await texts()
        await asyncio.get_running_loop().create_task(child(), context=_fresh())
    assert len(inner) == 3
    assert len(outer) == 5, outer


async def test_postgres_session(databases: Databases) -> None:
    url = (await databases.empty("postgres")).url
    async with database.database(url, models=MODULES, statement_timeout=0.2):
        for name, value in [("timezone", "UTC"), ("jit", "off"), ("application_name", "lineofsight")]:
            assert await fetch(Plain(f"SELECT current_setting('{name}') AS v")) == [{"v": value}]
        with pytest.raises(OperationalError, match="timeout"):
            await fetch(Plain("SELECT pg_sleep(2)"))


async def test_another_process_writing_is_waited_for(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/a.db"
    async with database.database(url, models=MODULES):
        await execute(Plain("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, at TEXT)"))
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO note (text) VALUES ('theirs')")
        waiting = asyncio.create_task(_in_turn("ours"))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        assert await texts() == []  # reading does not wait
        other.execute("COMMIT")
        await waiting
        assert await texts() == ["theirs", "ours"]
        other.close()


async def _in_turn(text: str) -> None:
    async with transaction():
        await Note.create(text=text)
