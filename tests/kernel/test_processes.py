"""Several processes on one database: one server, commands beside it, and any of them killed."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lineofsight.kernel import database
from lineofsight.kernel.database import DatabaseError, execute, fetch, transaction
from lineofsight.kernel.singleton import only_server
from tests.kernel.notes import MODULES, Plain
from tests.support.databases import Databases

PRELUDE = """
import asyncio, os, signal, sys
from lineofsight.kernel import database
from lineofsight.kernel.database import execute, fetch, transaction
from lineofsight.kernel.singleton import only_server
from tests.kernel.notes import MODULES, Note, Plain
url = sys.argv[1]
"""


def start(body: str, url: str) -> "subprocess.Popen[str]":
    """Another process; its first line of output is awaited."""
    process = subprocess.Popen(
        [sys.executable, "-c", PRELUDE + body, url],
        env={"PYTHONPATH": "backend:.", "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if line != "ready\n":
        raise AssertionError(process.communicate()[1])
    return process


@pytest.fixture
async def table(empty_url: str) -> str:
    """The address of a database with one empty table."""
    async with database.database(empty_url, models=MODULES):
        serial = "INTEGER" if database.dialect() == "sqlite" else "BIGSERIAL"
        await execute(Plain(f"CREATE TABLE note (id {serial} PRIMARY KEY, text TEXT NOT NULL, at TEXT)"))
    return empty_url


SERVING = """
with only_server(url):
    print("ready", flush=True)
    signal.pause()
"""


def test_one_server_for_one_file(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/a.db"
    other = start(SERVING, url)
    with (
        pytest.raises(DatabaseError, match=r"^Another server is already running on [^\n]*a\.db; stop it first\.$"),
        only_server(url),
    ):
        pass
    with only_server(f"sqlite://{tmp_path}/b.db"):
        pass
    other.send_signal(signal.SIGKILL)
    other.wait()
    for _ in range(2):
        with only_server(url):
            pass
    with pytest.raises(DatabaseError, match="its folder does not exist"), only_server("sqlite:///none/a.db"):
        pass


async def test_any_number_of_servers_on_postgresql(databases: Databases) -> None:
    url = (await databases.empty("postgres")).url
    with only_server(url), only_server(url):
        pass


HALF = """
async def main():
    async with database.database(url, models=MODULES):
        async with transaction():
            for n in range(300):
                await Note.create(text=str(n))
            await execute(Plain("UPDATE note SET text = 'changed'"))
            print("ready", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


async def test_killed_in_a_transaction_leaves_nothing(table: str) -> None:
    async with database.database(table, models=MODULES):
        await execute(Plain("INSERT INTO note (text) VALUES ('before')"))
        process = start(HALF, table)
        assert process.wait() == -signal.SIGKILL
        async with transaction():  # nor any lock
            await execute(Plain("INSERT INTO note (text) VALUES ('after')"))
        assert [row["text"] for row in await fetch(Plain("SELECT text FROM note ORDER BY id"))] == [
            "before",
            "after",
        ]


WRITING = """
async def main():
    async with database.database(url, models=MODULES):
        print("ready", flush=True)
        for n in range(60):
            async with transaction():
                await Note.create(text=str(n))
                await asyncio.sleep(0.001)
                await Note.create(text=str(n))
asyncio.run(main())
"""


async def test_commands_write_beside_a_server(table: str) -> None:
    """Three processes and some tasks of this one write at once; none is told that the database is locked."""
    async with database.database(table, models=MODULES):
        processes = [start(WRITING, table) for _ in range(3)]

        async def write() -> None:
            for _ in range(20):
                async with transaction():
                    await execute(Plain("INSERT INTO note (text) VALUES ('x')"))
                    await asyncio.sleep(0)
                    await execute(Plain("INSERT INTO note (text) VALUES ('x')"))
                assert (await fetch(Plain("SELECT count(*) AS n FROM note")))[0]["n"] % 2 == 0

        await asyncio.gather(*(write() for _ in range(4)))
        for process in processes:
            _, errors = await asyncio.to_thread(process.communicate)
            assert process.returncode == 0, errors
        assert (await fetch(Plain("SELECT count(*) AS n FROM note")))[0]["n"] == 3 * 120 + 4 * 40
