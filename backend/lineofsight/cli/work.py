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
    from lineofsight.kernel.database import database
    from lineofsight.people.setup import open_installation
    from lineofsight.settings import settings

    url = settings().database_url

    async def connected() -> Result:
        async with database(url, statement_timeout=0):
            await open_installation()
            return await work()

    up_to_date(url, make=make)
    return run_async(connected())


def up_to_date(url: str, *, make: bool) -> None:
    """Make sure that the database has this version's tables; CommandFailed says what to do otherwise."""
    from lineofsight.cli.progress import Progress
    from lineofsight.kernel.migrate import State, migrate, state

    found = run_async(state(url))
    if found is State.EMPTY and make:
        with Progress() as progress:
            run_async(migrate(url, progress))
    elif found is State.AHEAD:
        raise CommandFailed("The database is of a newer version of Line of Sight; update the program.")
    elif found is not State.CURRENT:
        what = "is empty" if found is State.EMPTY else "is behind this version"
        raise CommandFailed(f"The database {what}; run: lineofsight migrate")
