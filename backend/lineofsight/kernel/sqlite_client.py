"""SQLite for many tasks in one process: one writer that takes turns, a few readers beside it.

Tortoise's own client shares a single connection, so that a task's reads see what another task has not
committed, and a cancelled BEGIN leaves a transaction open. Here writes go over one connection, a transaction
at a time (BEGIN IMMEDIATE, so that other processes wait as well); reads outside a transaction go over
connections that can only read and, in WAL mode, see committed rows alone.

Cancelling a task never leaves its work half on the writer: statements run on one thread in the order they
were asked for, so a ROLLBACK asked for last also ends what was still under way.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiosqlite
from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient as TortoiseSqliteClient
from tortoise.backends.sqlite.client import SqliteTransactionWrapper, translate_exceptions
from tortoise.connection import ConnectionToken, get_connections
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from lineofsight.kernel.guarded import Guarded
from lineofsight.kernel.statements import Noted, note

READERS = 4
PATIENCE = 30.0  # seconds a writer waits for its turn, in this process and then for other processes
_READS = ("SELECT", "WITH", "VALUES", "EXPLAIN", "PRAGMA")

_COMMON = ("synchronous=NORMAL", "cache_size=-16000", "temp_store=MEMORY")
WRITER_PRAGMAS = (
    f"busy_timeout={int(PATIENCE * 1000)}",
    "journal_mode=WAL",
    "journal_size_limit=67108864",
    *_COMMON,
)
READER_PRAGMAS = (f"busy_timeout={int(PATIENCE * 1000)}", *_COMMON, "query_only=ON")


async def open_file(path: str, pragmas: Sequence[str]) -> aiosqlite.Connection:
    """A connection in autocommit mode whose thread does not keep the process alive."""
    opening = aiosqlite.connect(path, isolation_level=None, cached_statements=512)
    opening._thread.daemon = True
    connection = await opening
    try:
        connection.row_factory = sqlite3.Row
        for pragma in pragmas:
            await connection.execute_fetchall(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


def _as_text(time: datetime) -> str:
    return (time.astimezone(UTC) if time.tzinfo else time).isoformat(" ")


# Times are compared as text, so they are all written in UTC. (The import above set Tortoise's adapter.)
sqlite3.register_adapter(datetime, _as_text)


class SqliteClient(Noted, TortoiseSqliteClient):
    """The connections to one SQLite file."""

    def __init__(self, file_path: str, foreign_keys: bool = True, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self._writer_pragmas = (*WRITER_PRAGMAS, f"foreign_keys={'ON' if foreign_keys else 'OFF'}")
        self._idle_readers: list[aiosqlite.Connection] = []
        self._reader_turns = asyncio.Semaphore(READERS)

    async def create_connection(self, with_db: bool) -> None:
        if self._connection is None:
            self._connection = await open_file(self.filename, self._writer_pragmas)
            await self._post_connect()

    async def close(self) -> None:
        """Closes every connection; the writer last, so that it folds the write-ahead log in."""
        while self._idle_readers:
            await self._idle_readers.pop().close()
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[aiosqlite.Connection]:
        """A connection that only reads, for one statement or one snapshot."""
        async with self._reader_turns:
            if self._idle_readers:
                connection = self._idle_readers.pop()
            else:
                connection = await open_file(self.filename, READER_PRAGMAS)
            try:
                yield connection
            except asyncio.CancelledError:
                await connection.interrupt()  # nobody waits for the answer any more
                raise
            finally:
                self._idle_readers.append(connection)

    @translate_exceptions
    async def _read(self, query: str, values: Sequence[Any] | None) -> list[sqlite3.Row]:
        async with self.reader() as connection:
            return list(await connection.execute_fetchall(query, values))

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        if not query.lstrip()[:7].upper().startswith(_READS):
            return await super().execute_query(query, values)
        note(query)
        rows = await self._read(query, values)
        return len(rows), rows

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        if not query.lstrip()[:7].upper().startswith(_READS):
            return [dict(row) for row in await super().execute_query_dict(query, values)]
        note(query)
        return [dict(row) for row in await self._read(query, values)]

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        async with self._in_transaction() as client:
            await client.execute_many(query, values)

    async def execute_count(self, query: str, values: Sequence[Any]) -> int:
        """Runs a writing statement; how many rows it changed."""
        return int(await _count(self, query, values))

    def _in_transaction(self) -> TransactionContext:
        return _Turn(self)

    def snapshot(self) -> TransactionContext:
        """One state of the database for several reads."""
        return _Snapshot(self)


@translate_exceptions
async def _count(client: TortoiseSqliteClient, query: str, values: Sequence[Any]) -> int:
    note(query)
    async with client.acquire_connection() as connection:
        before = connection.total_changes
        await connection.execute_fetchall(query, values)
        return int(connection.total_changes - before)


class SqliteTransaction(Guarded, SqliteTransactionWrapper):
    """The connection as seen from inside a transaction."""

    def __init__(
        self, parent: "SqliteClient | SqliteTransaction", connection: aiosqlite.Connection | None = None
    ) -> None:
        super().__init__(parent)
        if connection is not None:
            self._connection = connection
        self._inside(parent)

    def _check(self) -> None:
        super()._check()
        if not self._connection.in_transaction:
            raise TransactionManagementError("The database has rolled this transaction back.")

    async def execute_count(self, query: str, values: Sequence[Any]) -> int:
        """Runs a writing statement; how many rows it changed."""
        return int(await _count(self, query, values))

    async def execute_script(self, query: str) -> None:
        # the driver's own would commit first
        await self.execute_query(query)


class _Turn(TransactionContext):
    """The writer's turn: BEGIN IMMEDIATE … COMMIT on the one writing connection."""

    client: SqliteTransaction

    def __init__(self, client: SqliteClient) -> None:
        self._client = client
        self._token: ConnectionToken | None = None
        self._connections = get_connections()

    async def __aenter__(self) -> SqliteTransaction:
        client = self._client
        try:
            async with asyncio.timeout(PATIENCE):
                await client._lock.acquire()
        except TimeoutError:
            raise OperationalError(f"Another task has been writing for {PATIENCE:.0f} seconds.") from None
        try:
            await client.create_connection(with_db=True)
            assert client._connection is not None
            await _begin(client._connection, "BEGIN IMMEDIATE")
            self.client = SqliteTransaction(client, client._connection)
            self._token = self._connections.set(client.connection_name, self.client)
        except BaseException:
            await self._release()
            raise
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            if exc_type is None and not self.client._finalized:
                self.client._check()
                await _commit(self.client._connection)
        finally:
            self.client._finalized = True
            self._connections.reset(self._token)
            await self._release()

    async def _release(self) -> None:
        try:
            if self._client._connection is not None:
                await self._client._connection.rollback()  # does nothing after a commit
        finally:
            self._client._lock.release()


class _Snapshot(TransactionContext):
    """A reading transaction on one of the readers."""

    client: SqliteTransaction

    def __init__(self, client: SqliteClient) -> None:
        self._client = client
        self._token: ConnectionToken | None = None
        self._connections = get_connections()
        self._reading = client.reader()

    async def __aenter__(self) -> SqliteTransaction:
        connection = await self._reading.__aenter__()
        try:
            await _begin(connection, "BEGIN")
            self.client = SqliteTransaction(self._client, connection)
            self._token = self._connections.set(self._client.connection_name, self.client)
        except BaseException:
            await self._end(connection)
            raise
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        self.client._finalized = True
        self._connections.reset(self._token)
        await self._end(self.client._connection)

    async def _end(self, connection: aiosqlite.Connection) -> None:
        try:
            await connection.rollback()
        finally:
            await self._reading.__aexit__(None, None, None)


async def _begin(connection: aiosqlite.Connection, statement: str) -> None:
    try:
        await connection.execute_fetchall(statement)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise OperationalError(
                f"Another process has been writing to the database for {PATIENCE:.0f} seconds."
            ) from error
        raise OperationalError(error) from error


async def _commit(connection: aiosqlite.Connection) -> None:
    try:
        await connection.commit()
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error


client_class = SqliteClient
