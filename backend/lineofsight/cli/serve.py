"""`lineofsight serve`: the web server, with the app and the graph."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command, whole_number

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    it = command(
        commands, "serve", "Serve the app and the graph", "An empty database is first brought up to date."
    )
    it.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    it.add_argument("--port", type=whole_number(0, 65535), default=8000, help="port (default %(default)s)")
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    from lineofsight.app import serve

    return serve(arguments.host, arguments.port)
