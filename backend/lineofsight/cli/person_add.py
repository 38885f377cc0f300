"""`lineofsight person add`: a person who may sign in; the first administrator too."""

import argparse
import sys
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
    it.add_argument(
        "--office",
        action="append",
        default=[],
        metavar="OFFICE[@UNITCODE]",
        dest="offices",
        help="office to hold, at a unit or else at the root unit; may be repeated: "
        "ADMINISTRATOR, HR, STRATEGY, EXECUTIVE, GOVERNANCE, AUDITOR",
    )
    it.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Add the person; prints the link, alone on standard output, where no password was given."""
    from lineofsight.cli.work import in_database

    password = _password() if arguments.password_stdin else None
    said, link = in_database(lambda: _add(arguments, password))
    print(said, file=sys.stderr)
    if link:
        print(link)
    return 0


def _password() -> str:
    text = sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
    if not text:
        raise CommandFailed("There is no password on standard input.")
    return text


async def _add(arguments: argparse.Namespace, password: str | None) -> tuple[str, str | None]:
    """What was done, in a line, and the sign-in link."""
    from lineofsight.kernel.database import transaction
    from lineofsight.kernel.events import COMMAND_LINE
    from lineofsight.people.enrolment import Grant, enrol
    from lineofsight.people.identity import make_link, set_password
    from lineofsight.settings import settings

    grants = [Grant.parse(text) for text in arguments.offices]
    async with transaction():
        enrolled = await enrol(COMMAND_LINE, email=arguments.email, name=arguments.name, grants=grants)
        person = enrolled.person
        said = f"{person.name} <{person.email}> {'added' if enrolled.is_new else 'was known'}"
        for grant in enrolled.granted:
            said += f"; now {grant.office} of {grant.unit_code or 'the whole agency'}"
        if password is not None:
            await set_password(COMMAND_LINE, person, password)
            return f"{said}; password set", None
        secret = await make_link(COMMAND_LINE, person)
    origin = settings().public_url.rstrip("/") or "http://127.0.0.1:8000"
    said += f"; a link to sign in once, within {settings().sign_in_link_hours} hours:"
    return said, f"{origin}/welcome#{secret}"
