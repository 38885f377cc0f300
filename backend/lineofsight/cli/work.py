"""How a command runs its work: on one event loop, connected to a database that is up to date."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from lineofsight.cli.failure import CommandFailed

Result = TypeVar("Result")


def run_async(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end on an event loop of its own."""
    return asyncio.run(work)


def in_database(work: Callable[[], Awaitable[Result]], *, make: bool = False) -> Result:
    """Run `work` connected to the database of the settings, without a limit on the time of a statement.

    `make`: an empty database is first brought up to date; otherwise it is refused, as is one of another
    version.
    """

    async def connected() -> Result:
        from lineofsight.kernel.database import database
        from lineofsight.kernel.migrate import State, migrate, state
        from lineofsight.people.setup import open_installation
        from lineofsight.settings import settings

        url = settings().database_url
        found = await state(url)
        if found is State.EMPTY and make:
            await migrate(url, lambda *_: None)
        elif found is State.AHEAD:
            raise CommandFailed("The database is of a newer version of Line of Sight; update the program.")
        elif found is not State.CURRENT:
            what = "is empty" if found is State.EMPTY else "is behind this version"
            raise CommandFailed(f"The database {what}; run: lineofsight migrate")
        async with database(url, statement_timeout=0):
            await open_installation()
            return await work()

    return run_async(connected())
