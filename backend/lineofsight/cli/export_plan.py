"""`lineofsight export plan`: a plan as StratML."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command, group
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    exports = group(commands, "export", "Write what the graph holds in an outside format")
    it = command(
        exports, "plan", "Write a strategic plan as StratML", "What StratML cannot hold is listed on stderr."
    )
    it.add_argument("plan_id", metavar="ID", help="the plan's id in the graph, or its StratML identifier")
    it.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="file to write (default: standard output)"
    )
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the plan."""
    raise CommandFailed("this command is not ready yet")
