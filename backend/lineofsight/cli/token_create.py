"""`lineofsight token create`: a token with which a script reads or writes as a person."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command, group, whole_number
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    tokens = group(commands, "token", "Tokens for scripts and partners")
    it = command(tokens, "create", "Create a token", "Prints the token alone; it is shown this once.")
    it.add_argument("--person", required=True, metavar="EMAIL", help="whose rights the token is limited by")
    it.add_argument("--scope", required=True, action="append", metavar="SCOPE", dest="scopes",
                    help="what it may do, such as read or read:notes; may be repeated")  # fmt: skip
    it.add_argument("--days", type=whole_number(1, 366), default=90, metavar="N",
                    help="days until it expires (default %(default)s)")  # fmt: skip
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the new token."""
    raise CommandFailed("this command is not ready yet")
