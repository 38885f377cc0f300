"""`lineofsight demo`: an invented agency in a database that has no goals yet."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command, whole_number

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands


def add(commands: "Commands") -> None:
    """Declare the command."""
    it = command(commands, "demo", "Seed an invented agency", "Refuses a database that has goals.")
    it.add_argument(
        "--people",
        type=whole_number(20, 100_000),
        default=400,
        metavar="N",
        help="how many people work there (default %(default)s)",
    )
    it.add_argument(
        "--seed",
        type=whole_number(0, 2**31),
        default=1,
        metavar="S",
        help="another number makes another agency (default %(default)s)",
    )
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Seed the agency and print who may sign in."""
    from lineofsight.cli.progress import Progress
    from lineofsight.cli.work import in_database
    from lineofsight.demo.seed import seed

    with Progress() as progress:
        made = in_database(
            lambda: seed(people=arguments.people, seed=arguments.seed, progress=progress), make=True
        )
    print(f"{made.agency}, invented: {made.units} units, {made.people:,} people, {made.goals:,} goals, "
          f"{made.check_ins:,} check-ins")  # fmt: skip
    print(f"Sign in, with the password {made.password}, as:")
    for member in made.cast:
        print(f"  {member.email:<38} {member.role:<16} {member.name}")
    return 0
