"""PostgreSQL through asyncpg: a pool opened from the address itself, with the settings of our sessions.

Over Tortoise's client: libpq addresses as they are (socket directories, sslmode), plain errors for what it
lets through raw, connections given back to the pool when BEGIN fails, and a transaction that refuses a task
that outlived it.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Literal

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContext
from tortoise.backends.base_postgres.client import translate_exceptions
from tortoise.connection import ConnectionToken, get_connections
from tortoise.exceptions import OperationalError

from lineofsight.kernel.guarded import Guarded
from lineofsight.kernel.statements import Noted, note

Isolation = Literal["read_committed", "repeatable_read"]


class _PlainErrors:
    """Mixed in: every error of the server becomes one of Tortoise's."""

    async def _translate_exceptions(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super()._translate_exceptions(func, *args, **kwargs)  # type: ignore[misc]
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise OperationalError(error) from error

    @translate_exceptions
    async def execute_count(self, query: str, values: Sequence[Any]) -> int:
        """Runs a writing statement; how many rows it changed."""
        note(query)
        async with self.acquire_connection() as connection:  # type: ignore[attr-defined]
            done: str = await connection.execute(query, *values)
        count = done.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


async def _keep_session(_: asyncpg.Connection) -> None:
    """Instead of asyncpg's reset of the whole session, which takes longer than most of our statements.

    What is open is rolled back before this. Nothing of ours outlives a transaction: settings are SET LOCAL,
    locks are the transaction's.
    """


class PostgresClient(_PlainErrors, Noted, AsyncpgDBClient):
    """The pool of connections to one PostgreSQL database."""

    def __init__(self, dsn: str, server_settings: dict[str, str], pool_size: int, **kwargs: Any) -> None:
        super().__init__(server_settings=server_settings, maxsize=pool_size, **kwargs)
        self._dsn = dsn

    async def create_connection(self, with_db: bool) -> None:
        self._pool = await asyncpg.create_pool(
            self._dsn,
            min_size=1,
            max_size=self.pool_maxsize,
            server_settings=self.server_settings,
            reset=_keep_session,
        )
        await self._post_connect()

    def _in_transaction(self) -> TransactionContext:
        return _Pooled(self, "read_committed")

    def snapshot(self) -> TransactionContext:
        """One state of the database for several reads."""
        return _Pooled(self, "repeatable_read", readonly=True)


class PostgresTransaction(_PlainErrors, Guarded, TransactionWrapper):
    """The connection as seen from inside a transaction."""

    def __init__(self, parent: "PostgresClient | PostgresTransaction") -> None:
        super().__init__(parent)
        self._inside(parent)


class _Pooled(TransactionContext):
    """A transaction on a connection of the pool."""

    client: PostgresTransaction

    def __init__(self, client: PostgresClient, isolation: Isolation, readonly: bool = False) -> None:
        self._pool_client = client
        self._isolation: Isolation = isolation
        self._readonly = readonly
        self._token: ConnectionToken | None = None
        self._connections = get_connections()

    async def __aenter__(self) -> PostgresTransaction:
        parent = self._pool_client
        async with parent._pool_init_lock:
            if parent._pool is None:
                await parent.create_connection(with_db=True)
        assert parent._pool is not None
        self.client = PostgresTransaction(parent)
        self.client._connection = await parent._pool.acquire()
        try:
            self.client.transaction = self.client._connection.transaction(
                isolation=self._isolation, readonly=self._readonly
            )
            await self.client.transaction.start()
        except BaseException:
            await self._release()
            raise
        self._token = self._connections.set(parent.connection_name, self.client)
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        client = self.client
        assert client.transaction is not None
        lost = client._failed and not self._readonly
        try:
            if not client._finalized:
                async with client._lock:  # a task started inside may still be in a statement
                    if exc_type is None and not lost:
                        await client._translate_exceptions(_commit)
                    elif not client._connection.is_closed():
                        await client.transaction.rollback()
            if exc_type is None and lost:
                client._check()
        finally:
            client._finalized = True
            self._connections.reset(self._token)
            await self._release()

    async def _release(self) -> None:
        """Gives the connection back; the pool itself rolls back whatever is still open on it."""
        pool = self._pool_client._pool
        assert pool is not None
        await asyncio.shield(pool.release(self.client._connection))


async def _commit(client: PostgresTransaction) -> None:
    assert client.transaction is not None
    await client.transaction.commit()


client_class = PostgresClient
