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
    it.add_argument(
        "--scope",
        required=True,
        action="append",
        metavar="SCOPE",
        dest="scopes",
        help="what it may do, such as read or read:notes; may be repeated",
    )
    it.add_argument(
        "--days",
        type=whole_number(1, 366),
        default=90,
        metavar="N",
        help="days until it expires (default %(default)s)",
    )
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the new token."""
    from lineofsight.cli.work import in_database

    print(in_database(lambda: _create(arguments.person, arguments.scopes, arguments.days)))
    return 0


async def _create(email: str, scopes: list[str], days: int) -> str:
    from lineofsight.kernel.events import COMMAND_LINE
    from lineofsight.people.identity import email_key, make_token
    from lineofsight.people.models import Person

    person = await Person.get_or_none(email_key=email_key(email))
    if person is None:
        raise CommandFailed(f"There is no person with the e-mail address {email}.")
    return await make_token(COMMAND_LINE, scopes=scopes, days=days, person=person, name="command line")
