"""`lineofsight migrate`: bring the database up to date, safely."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    command(commands, "migrate", "Bring the database up to date").set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply what is missing."""
    from lineofsight.cli.progress import Progress
    from lineofsight.cli.work import run_async
    from lineofsight.kernel.migrate import State, migrate, state
    from lineofsight.settings import settings

    url = settings().database_url

    async def work() -> bool:
        if await state(url) is State.CURRENT:
            return False
        with Progress() as progress:
            await migrate(url, progress)
        return True

    changed = run_async(work())
    print("The database is up to date." if changed else "The database was up to date already.")
    return 0
