"""`lineofsight person add`: a person who may sign in; the first administrator too."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command, group
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    people = group(commands, "person", "People who may sign in")
    it = command(
        people,
        "add",
        "Add a person, or offices to a known one",
        "Prints a one-time sign-in link unless a password is given on standard input.",
    )
    it.add_argument("email", metavar="EMAIL", help="the e-mail address they sign in with")
    it.add_argument("--name", required=True, help="full name")
    it.add_argument("--office", action="append", default=[], metavar="OFFICE[@UNITCODE]", dest="offices",
                    help="office to hold, at a unit or else at the root unit; may be repeated: "
                    "ADMINISTRATOR, HR, STRATEGY, EXECUTIVE, GOVERNANCE, AUDITOR")  # fmt: skip
    it.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Add the person; prints the link where no password was given."""
    raise CommandFailed("this command is not ready yet")
