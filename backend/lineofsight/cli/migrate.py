"""`lineofsight migrate`: bring the database up to date, safely."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    command(commands, "migrate", "Bring the database up to date").set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply what is missing."""
    raise CommandFailed("this command is not ready yet")
