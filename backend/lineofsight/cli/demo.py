"""`lineofsight demo`: an invented agency in a database that has no goals yet."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command, whole_number
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    it = command(commands, "demo", "Seed an invented agency", "Refuses a database that has goals.")
    it.add_argument("--people", type=whole_number(20, 100_000), default=400, metavar="N",
                    help="how many people work there (default %(default)s)")  # fmt: skip
    it.add_argument("--seed", type=whole_number(0, 2**31), default=1, metavar="S",
                    help="another number makes another agency (default %(default)s)")  # fmt: skip
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Seed the agency and print who may sign in."""
    raise CommandFailed("this command is not ready yet")
