"""What was asked of the database: every statement run inside a block, the ORM's own too."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_collectors: ContextVar[tuple[list[str], ...]] = ContextVar("statement_collectors", default=())


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collects the text of each statement run in this block, by this task and those it starts.

    BEGIN, COMMIT and savepoints are left out: they ask nothing.
    """
    collected: list[str] = []
    token = _collectors.set((*_collectors.get(), collected))
    try:
        yield collected
    finally:
        _collectors.reset(token)


def note(text: str) -> None:
    """Hands a statement to the blocks that collect here."""
    for collected in _collectors.get():
        collected.append(text)


class Noted:
    """Mixed into a Tortoise client: notes each statement before it runs."""

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        note(query)
        return await super().execute_insert(query, values)  # type: ignore[misc]

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        note(query)
        await super().execute_many(query, values)  # type: ignore[misc]

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        note(query)
        return await super().execute_query(query, values)  # type: ignore[misc]

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> Any:
        note(query)
        return await super().execute_query_dict(query, values)  # type: ignore[misc]
