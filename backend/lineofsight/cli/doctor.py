"""`lineofsight doctor`: check what must hold in the database."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    it = command(commands, "doctor", "Check what must hold in the database")
    it.add_argument("--repair", action="store_true", help="rebuild what can be rebuilt, such as paths")
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what was checked; 1 when something is wrong."""
    raise CommandFailed("this command is not ready yet")
