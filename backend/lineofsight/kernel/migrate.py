"""Brings a database up to date."""

from collections.abc import Callable
from enum import StrEnum

from lineofsight.kernel import database


class State(StrEnum):
    """How a database stands to this version of the program."""

    EMPTY = "EMPTY"
    CURRENT = "CURRENT"
    BEHIND = "BEHIND"
    AHEAD = "AHEAD"


async def state(url: str) -> State:
    """How the database stands to the migrations of this version."""
    from lineofsight.kernel.sql import Sql

    async with database.database(url):
        if database.dialect() == "sqlite":
            rows = await database.fetch(Sql("SELECT name FROM sqlite_master WHERE name = 'event'"))
        else:
            rows = await database.fetch(Sql("SELECT tablename FROM pg_tables WHERE tablename = 'event'"))
    return State.CURRENT if rows else State.EMPTY


async def migrate(url: str, progress: Callable[..., object]) -> None:
    """Brings the database up to date. (For now: tables straight from the models.)"""
    from tortoise.utils import generate_schema_for_client

    async with database.database(url):
        await generate_schema_for_client(database._client(), safe=True)
