"""`lineofsight import`: plans, people, metrics and goals from files."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lineofsight.cli.declare import command
from lineofsight.cli.failure import WrongUse

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands
    from lineofsight.cli.progress import Progress
    from lineofsight.exchange.report import ImportReport

KINDS = ("plan", "people", "metrics", "goals")
FOR_TABLES = ("profile", "mapping", "sheet")
FOR_PLANS = ("retire_missing", "third_level")


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
    it.add_argument("--strict", action="store_true", help="warnings count as errors")
    it.add_argument("--dry-run", action="store_true", help="report what would change, write nothing")
    it.add_argument("--format", choices=("text", "json"), default="text", help="form of the report")
    tables = it.add_argument_group("tables (people, metrics, goals)")
    tables.add_argument(
        "--profile", metavar="NAME", help="a known kind of file: uk-organogram, gsa-apr, performance-gov"
    )
    tables.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        dest="mapping",
        help="read a column as a field, against the guess; may be repeated",
    )
    tables.add_argument("--sheet", metavar="NAME", help="sheet of a workbook (default: the first that fits)")
    plans = it.add_argument_group("plans")
    plans.add_argument(
        "--retire-missing", action="store_true", help="retire goals that a plan's later edition lacks"
    )
    plans.add_argument(
        "--third-level",
        action="store_true",
        help="make sub-objectives from sequence numbers such as 1.2.3",
    )
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import the files and print the report; 1 when there were errors."""
    from lineofsight.cli.progress import Progress
    from lineofsight.cli.work import in_database

    elsewhere = FOR_TABLES if arguments.kind == "plan" else FOR_PLANS
    for name in elsewhere:
        if getattr(arguments, name):
            option = "--map" if name == "mapping" else f"--{name.replace('_', '-')}"
            raise WrongUse(f"import {arguments.kind} takes no {option}")
    with Progress() as progress:
        report = in_database(lambda: _import(arguments, progress))
    if arguments.format == "json":
        for line in report.columns_read():
            print(line, file=sys.stderr)
        print(report.to_json())
    else:
        print(report.to_text())
    return 1 if report.failed else 0


async def _import(arguments: argparse.Namespace, progress: "Progress") -> "ImportReport":
    from lineofsight.kernel.events import COMMAND_LINE

    common: dict[str, Any] = {
        "actor": COMMAND_LINE,
        "unit_code": arguments.unit,
        "strict": arguments.strict,
        "dry_run": arguments.dry_run,
        "progress": progress,
    }
    if arguments.kind == "plan":
        from lineofsight.exchange.stratml.importing import import_plans

        return await import_plans(
            arguments.files,
            retire_missing=arguments.retire_missing,
            third_level=arguments.third_level,
            **common,
        )
    common |= {"profile": arguments.profile, "mapping": arguments.mapping, "sheet": arguments.sheet}
    if arguments.kind == "people":
        from lineofsight.exchange.people.importing import import_people

        return await import_people(arguments.files, **common)
    if arguments.kind == "metrics":
        from lineofsight.exchange.metrics.importing import import_metrics

        return await import_metrics(arguments.files, **common)
    from lineofsight.exchange.goals.importing import import_goals

    return await import_goals(arguments.files, **common)
