"""`lineofsight import`: plans, people, metrics and goals from files."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands

KINDS = ("plan", "people", "metrics", "goals")


def add(commands: "Commands") -> None:
    """Declare the command."""
    it = command(
        commands,
        "import",
        "Import plans, people, metrics or goals",
        "All or nothing: an error in any file writes nothing. Running it twice changes nothing.",
    )
    it.add_argument("kind", choices=KINDS, help="what the files hold")
    it.add_argument("files", nargs="+", metavar="FILE", type=Path)
    it.add_argument("--unit", metavar="CODE", help="unit to attach the rows under (default: the root unit)")
    it.add_argument(
        "--profile", metavar="NAME", help="a known kind of file, such as uk-organogram or gsa-apr"
    )
    it.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", dest="mapping",
                    help="read a column as a field, against the guess; may be repeated")  # fmt: skip
    it.add_argument("--strict", action="store_true", help="warnings count as errors")
    it.add_argument("--dry-run", action="store_true", help="report what would change, write nothing")
    it.add_argument("--retire-missing", action="store_true",
                    help="retire goals of the publisher's earlier plan that the new one lacks")  # fmt: skip
    it.add_argument("--format", choices=("text", "json"), default="text", help="form of the report")
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import the files and print the report; 1 when there were errors."""
    raise CommandFailed("this command is not ready yet")
