"""`lineofsight schema`: the graph's schema, as schema.graphql holds it."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    command(commands, "schema", "Print the graph's schema").set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the schema; needs no database."""
    from lineofsight.graph.schema import sdl

    print(sdl(), end="")
    return 0
