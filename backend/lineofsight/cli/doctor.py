"""`lineofsight doctor`: check what must hold in the database."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands

SHOWN = 20


def add(commands: "Commands") -> None:
    """Declare the command."""
    it = command(commands, "doctor", "Check what must hold in the database")
    it.add_argument("--repair", action="store_true", help="rebuild what can be rebuilt, such as paths")
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what was checked; 1 when something is wrong."""
    from lineofsight.cli.work import run_async
    from lineofsight.kernel.doctor import KERNEL_CHECKS, examine
    from lineofsight.settings import settings

    found = run_async(examine(settings().database_url, KERNEL_CHECKS, repair=arguments.repair))
    for finding in found:
        stands = "repaired" if finding.repaired else "ok" if finding.is_well else "WRONG"
        print(f"{stands:<9} {finding.title}")
        for line in finding.wrong[:SHOWN]:
            print(f"          {line}")
        if len(finding.wrong) > SHOWN:
            print(f"          and {len(finding.wrong) - SHOWN:,} more")
    return 0 if all(finding.is_well for finding in found) else 1
