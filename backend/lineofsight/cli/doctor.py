"""`lineofsight doctor`: check what must hold in the database."""

import argparse
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands
    from lineofsight.kernel.doctor import Check

SHOWN = 20


def add(commands: "Commands") -> None:
    """Declare the command."""
    it = command(commands, "doctor", "Check what must hold in the database")
    it.add_argument("--repair", action="store_true", help="rebuild what can be rebuilt, such as paths")
    it.set_defaults(run=run)


def checks() -> "list[Check]":
    """Everything that is checked, in the order in which a repair builds on the one before."""
    from lineofsight.goals import linking, progress
    from lineofsight.kernel.doctor import KERNEL_CHECKS, Check
    from lineofsight.people import lines

    return [
        *KERNEL_CHECKS,
        Check("Units and reporting lines", lines.verify, lines.refresh),
        Check("Links between goals", linking.verify, linking.refresh),
        Check("Progress of goals", progress.verify, progress.rebuild),
    ]


def run(arguments: argparse.Namespace) -> int:
    """Print what was checked; 1 when something is wrong."""
    from lineofsight.cli.work import run_async
    from lineofsight.kernel.doctor import examine
    from lineofsight.settings import settings

    found = run_async(examine(settings().database_url, checks(), repair=arguments.repair))
    for finding in found:
        stands = "repaired" if finding.repaired else "ok" if finding.is_well else "WRONG"
        print(f"{stands:<9} {finding.title}")
        for line in finding.wrong[:SHOWN]:
            print(f"          {line}")
        if len(finding.wrong) > SHOWN:
            print(f"          and {len(finding.wrong) - SHOWN:,} more")
    return 0 if all(finding.is_well for finding in found) else 1
