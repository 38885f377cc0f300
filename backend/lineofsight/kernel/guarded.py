"""What a transaction is on either database: over when it is over, and lost once a statement in it failed.

PostgreSQL answers nothing more in a transaction after an error and turns its COMMIT into a silent ROLLBACK;
SQLite carries on and commits the rest. Here both refuse, until the savepoint around the error is rolled back.
"""

import asyncio
from typing import Any

from tortoise.backends.base.client import ConnectionWrapper, TransactionalDBClient, TransactionContext
from tortoise.exceptions import TransactionManagementError

from lineofsight.kernel.statements import Noted


class Guarded(Noted):
    """Mixed into Tortoise's client of a transaction."""

    _connection: Any
    _lock: asyncio.Lock
    _finalized: bool
    _outermost: "Guarded"
    _failed: bool = False

    def _inside(self, parent: object) -> None:
        """Called by the constructor: whether this is a savepoint of ``parent``'s transaction."""
        self._outermost = self
        if isinstance(parent, Guarded):
            self._outermost = parent._outermost
            self._lock = parent._lock

    def acquire_connection(self) -> "_Held":
        return _Held(self._lock, self)  # type: ignore[arg-type]

    def _in_transaction(self) -> TransactionContext:
        return _Savepoint(type(self)(self))  # type: ignore[call-arg]

    def _check(self) -> None:
        if self._outermost._finalized:
            raise TransactionManagementError("This task outlived the transaction that it was started in.")
        if self._outermost._failed:
            raise TransactionManagementError("A statement of this transaction failed; it can only be undone.")


class _Held(ConnectionWrapper[Any]):
    """The transaction's connection, for one statement."""

    client: Guarded  # type: ignore[assignment]

    async def __aenter__(self) -> Any:
        connection = await super().__aenter__()
        try:
            self.client._check()
        except BaseException:
            self._lock.release()
            raise
        return connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if exc_type is not None:
            self.client._outermost._failed = True
        await super().__aexit__(exc_type, exc_val, exc_tb)


class _Savepoint(TransactionContext):
    """A part of the transaction that is undone on any error; Tortoise's own leaves some standing."""

    def __init__(self, client: Any) -> None:
        self.client = client

    async def __aenter__(self) -> TransactionalDBClient:
        self.client._check()  # type: ignore[attr-defined]
        await self.client.savepoint()
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        outermost: Guarded = self.client._outermost  # type: ignore[attr-defined]
        if outermost._finalized:
            return
        if exc_type is not None:
            await self.client.savepoint_rollback()
            outermost._failed = False
        elif outermost._failed:
            await self.client.savepoint_rollback()
            outermost._failed = False
            raise TransactionManagementError(
                "A statement failed and its error was swallowed; all was undone."
            )
        else:
            await self.client.release_savepoint()
