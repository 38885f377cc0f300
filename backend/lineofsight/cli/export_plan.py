"""`lineofsight export plan`: a plan as StratML."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lineofsight.cli.declare import command, group
from lineofsight.cli.failure import CommandFailed

if TYPE_CHECKING:
    from lineofsight.cli.declare import Commands
    from lineofsight.exchange.stratml.document import Part
    from lineofsight.exchange.stratml.loss import LossReport


def add(commands: "Commands") -> None:
    """Declare the command."""
    exports = group(commands, "export", "Write what the graph holds in an outside format")
    it = command(
        exports, "plan", "Write a strategic plan as StratML", "What StratML cannot hold is listed on stderr."
    )
    it.add_argument("plan_id", metavar="ID", help="the plan's id in the graph, or its StratML identifier")
    it.add_argument("-o", "--output", metavar="FILE", type=Path, help="file to write (default: standard output)")
    it.add_argument(
        "--part", type=int, choices=(1, 2), help="part of the standard (default: as it came, else 2)"
    )
    it.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the plan."""
    from lineofsight.cli.work import in_database

    document, losses = in_database(lambda: _export(arguments.plan_id, arguments.part))
    if arguments.output is None:
        sys.stdout.buffer.write(document)
        sys.stdout.buffer.flush()
    else:
        _replace(arguments.output, document)
    if losses.losses:
        print(losses.to_text(), file=sys.stderr)
    return 0


async def _export(plan_id: str, part: "Part | None") -> "tuple[bytes, LossReport]":
    from lineofsight.exchange.stratml.exporting import export_plan
    from lineofsight.kernel.database import snapshot

    async with snapshot():
        return await export_plan(plan_id, part=part)


def _replace(path: Path, document: bytes) -> None:
    """Write the file whole or leave the old one."""
    whole = path if path.exists() and not path.is_file() else path.with_name(f".{path.name}.new")
    try:
        whole.write_bytes(document)
        if whole is not path:
            whole.replace(path)
    except OSError as error:
        if whole is not path:
            whole.unlink(missing_ok=True)
        raise CommandFailed(f"Cannot write {path}: {error.strerror}.") from None
