"""`lineofsight serve`: the web server, with the app and the graph."""

import argparse
import contextlib
import socket
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command, whole_number
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands

WAITING_CONNECTIONS = 2048


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
    from lineofsight.cli.work import up_to_date
    from lineofsight.kernel.singleton import only_server
    from lineofsight.settings import settings

    url = settings().database_url
    with only_server(url), listen(arguments.host, arguments.port) as listening:
        up_to_date(url, make=True)
        _serve(listening, arguments.host)
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address; CommandFailed says why there is none."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CommandFailed(f"Cannot listen on {host}: {error.strerror}.") from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(WAITING_CONNECTIONS)
    except OSError as error:
        made.close()
        raise CommandFailed(f"Cannot listen on {host} port {port}: {error.strerror}.") from None
    return made


def _serve(listening: socket.socket, host: str) -> None:
    import uvicorn

    from lineofsight.app import create_app
    from lineofsight.settings import settings

    level = settings().log_level
    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host

    class Server(uvicorn.Server):
        """Says where it serves once it does."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                for line in await _demo_sign_ins():
                    print(line)
                print(f"Line of Sight serves http://{shown}:{port} (Ctrl-C stops it)", flush=True)

    config = uvicorn.Config(
        create_app(), lifespan="on", log_level="warning" if level == "info" else level,
        access_log=level == "debug", server_header=False,
        proxy_headers=True, forwarded_allow_ips=settings().trusted_proxies,
        timeout_graceful_shutdown=5,
    )  # fmt: skip
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listening])


async def _demo_sign_ins() -> list[str]:
    """Who may sign in, where this is a demo."""
    from lineofsight.people.setup import agency_setting

    demo = await agency_setting("demo")
    if not isinstance(demo, dict):
        return []
    people = [f"  {person['email']:<38} {person['role']}" for person in demo["people"]]
    return [f"This is a demo. Sign in with the password {demo['password']} as:", *people]
