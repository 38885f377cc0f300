"""The connection to the database: opening it, transactions, and statements of our own.

One process is connected to one database at a time. Every task of the process uses that connection, whoever
opened it; a transaction belongs to the task that opened it and the tasks it starts.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg
from tortoise.apps import Apps
from tortoise.backends.base.client import TransactionalDBClient
from tortoise.context import TortoiseContext, set_global_context
from tortoise.exceptions import TransactionManagementError

from lineofsight.kernel.address import DatabaseError, DatabaseUrl, Dialect, plain_error
from lineofsight.kernel.locks import FileLock, use_lock
from lineofsight.kernel.postgres_client import PostgresClient, PostgresTransaction
from lineofsight.kernel.sqlite_client import SqliteClient, SqliteTransaction
from lineofsight.kernel.statements import statements

__all__ = [
    "DatabaseError",
    "DatabaseUrl",
    "Dialect",
    "connect",
    "database",
    "dialect",
    "disconnect",
    "execute",
    "execute_many",
    "fetch",
    "savepoint",
    "snapshot",
    "statements",
    "transaction",
    "worth_repeating",
]

Client = SqliteClient | PostgresClient | SqliteTransaction | PostgresTransaction

APP = "lineofsight"  # the one app label of our models
MODEL_MODULES = [
    "lineofsight.kernel.models",
    "lineofsight.people.models",
    "lineofsight.strategy.models",
    "lineofsight.goals.models",
]


class Statement(Protocol):
    """A statement that can be written out for either database."""

    def render(self, dialect: Dialect) -> tuple[str, list[Any]]: ...


@dataclass(frozen=True)
class _Connected:
    url: DatabaseUrl
    context: TortoiseContext
    lock: FileLock | None


@dataclass
class _Frame:
    """A transaction or savepoint under way; ``failed``: a block that joined it ended in an error."""

    failed: bool = False


_connected: _Connected | None = None
_frame: ContextVar[_Frame | None] = ContextVar("transaction_frame", default=None)


def _connection_settings(
    url: DatabaseUrl, statement_timeout: float, pool_size: int, foreign_keys: bool
) -> dict[str, object]:
    """Tortoise's configuration of the connection."""
    if url.dialect == "sqlite":
        return {
            "engine": "lineofsight.kernel.sqlite_client",
            "credentials": {"file_path": str(url.path), "foreign_keys": foreign_keys},
        }
    session = {
        "application_name": "lineofsight",
        "timezone": "UTC",
        "jit": "off",  # costs more than our statements take
        "statement_timeout": str(round(statement_timeout * 1000)),
        "idle_in_transaction_session_timeout": "300000",
    }
    return {
        "engine": "lineofsight.kernel.postgres_client",
        "credentials": {"dsn": url.text, "server_settings": session, "pool_size": pool_size},
    }


async def connect(
    url: str,
    *,
    statement_timeout: float = 30.0,
    pool_size: int = 10,
    foreign_keys: bool = True,
    models: list[str] | None = None,
) -> None:
    """Opens the database for this process.

    ``statement_timeout``: seconds, 0 for none (PostgreSQL). ``foreign_keys``: off for migrations (SQLite).
    ``models``: other model modules than ours, for tests.
    """
    global _connected  # noqa: PLW0603
    if _connected is not None:
        raise DatabaseError(f"This process is already connected to {_connected.url}.")
    address = DatabaseUrl.parse(url)
    settings = _connection_settings(address, statement_timeout, pool_size, foreign_keys)
    lock = await _use(address)
    context = TortoiseContext()
    set_global_context(context)  # seen by every task, whoever connected
    try:
        await context.init(
            config={
                # named by dialect: Tortoise keeps statements by connection name for the whole process
                "connections": {address.dialect: settings},
                "apps": {APP: {"models": models or MODEL_MODULES, "default_connection": address.dialect}},
            }
        )
        await context.db().create_connection(with_db=True)
    except BaseException as error:
        await context.close_connections()
        if lock:
            lock.release()
        raise plain_error(address, error) or error from None
    _connected = _Connected(address, context, lock)


async def _use(url: DatabaseUrl) -> FileLock | None:
    """The lock that keeps a migration away from a SQLite file in use."""
    if url.dialect == "postgres":
        return None
    if not url.path.absolute().parent.is_dir():
        raise DatabaseError(f"Cannot open {url.path}: its folder does not exist.")
    lock = use_lock(url.path)
    try:
        if await lock.wait(10, shared=True):
            return lock
    except OSError as error:
        raise DatabaseError(f"Cannot open {url.path}: {error.strerror}.") from None
    raise DatabaseError(
        f"{url.path} is being brought up to date by another process; try again when it is done."
    )


async def disconnect() -> None:
    """Closes the database; does nothing when there is none."""
    global _connected
    if _connected is not None:
        connected, _connected = _connected, None
        try:
            await connected.context.close_connections()
        finally:
            if connected.lock:
                connected.lock.release()


@asynccontextmanager
async def database(url: str, **options: Any) -> AsyncIterator[None]:
    """Connected to the database inside the block (options as in ``connect``)."""
    await connect(url, **options)
    try:
        yield
    finally:
        await disconnect()


def client() -> Client:
    """The running transaction's connection, else the database's."""
    if _connected is None:
        raise DatabaseError("There is no connection to a database.")
    running = _connected.context.db()
    assert isinstance(running, Client)
    return running


def models_of_connection() -> Apps:
    """The registry of the models that are connected."""
    if _connected is None or _connected.context.apps is None:
        raise DatabaseError("There is no connection to a database.")
    return _connected.context.apps


def dialect() -> Dialect:
    """Which kind of database is connected."""
    if _connected is None:
        raise DatabaseError("There is no connection to a database.")
    return _connected.url.dialect


def connected_url() -> DatabaseUrl:
    """Where the connected database is."""
    if _connected is None:
        raise DatabaseError("There is no connection to a database.")
    return _connected.url


def in_transaction() -> bool:
    """Whether a transaction is under way for this task."""
    return isinstance(client(), TransactionalDBClient)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """All of the block or nothing of it; joins a transaction under way.

    SQLite: BEGIN IMMEDIATE, writers wait for each other. PostgreSQL: READ COMMITTED. When a block that
    joined fails and its error is swallowed, the outermost refuses to commit: what may fail goes in a
    ``savepoint``.
    """
    running = client()
    outer = _frame.get()
    if isinstance(running, TransactionalDBClient):
        if outer is None:
            raise TransactionManagementError("A snapshot cannot be written to.")
        try:
            yield
        except BaseException:
            outer.failed = True
            raise
        return
    async with running._in_transaction(), _framed():
        yield


def worth_repeating(error: BaseException) -> bool:
    """Whether a transaction lost against another one (deadlock, serialization) and may simply be run again."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, asyncpg.DeadlockDetectedError | asyncpg.SerializationError):
            return True
        cause = cause.__cause__
    return False


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """Part of a transaction that may fail and be undone without the rest."""
    running = client()
    if not isinstance(running, TransactionalDBClient):
        raise TransactionManagementError("A savepoint needs a transaction around it.")
    async with running._in_transaction(), _framed():
        yield


@asynccontextmanager
async def _framed() -> AsyncIterator[None]:
    frame = _Frame()
    token = _frame.set(frame)
    try:
        yield
    finally:
        _frame.reset(token)
    if frame.failed:
        raise TransactionManagementError(
            "Part of this transaction failed and its error was swallowed; nothing was written."
        )


@asynccontextmanager
async def snapshot() -> AsyncIterator[None]:
    """Reads inside the block see one state of the database; joins what is under way."""
    running = client()
    if isinstance(running, SqliteClient | PostgresClient):
        async with running.snapshot():
            yield
    else:
        yield


async def fetch(sql: Statement) -> list[dict[str, Any]]:
    """The rows a statement answers, values as the driver gives them (SQLite: dates as text)."""
    text, values = sql.render(dialect())
    rows: list[dict[str, Any]] = await client().execute_query_dict(text, values)
    return rows


async def execute(sql: Statement) -> int:
    """Runs a writing statement; how many rows it changed."""
    text, values = sql.render(dialect())
    count: int = await client().execute_count(text, values)
    return count


async def execute_many(text: str, rows: Sequence[Sequence[Any]]) -> None:
    """Runs a writing statement once for each row of values, sent together; ``text`` has ``?`` for each value."""
    if not rows:
        return
    pieces = text.split("?")
    if dialect() == "postgres":
        text = "".join(f"{piece}${number}" for number, piece in enumerate(pieces[:-1], 1)) + pieces[-1]
    await client().execute_many(text, [list(row) for row in rows])
