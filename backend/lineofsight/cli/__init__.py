"""The command line's front door: the parser, one module a command, and the one handler of failures.

Each command module offers `add(commands)`, which declares its arguments and sets `run=` to a function of
the parsed arguments that returns an exit status. Commands import what they call lazily, so that `--help` is
instant.
Exit status: 0 done, 1 failed, 2 wrongly used, 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from lineofsight import __version__
from lineofsight.cli import (
    demo,
    doctor,
    export_plan,
    import_files,
    migrate,
    person_add,
    schema,
    serve,
    token_create,
)
from lineofsight.cli.failure import WrongUse, describe

COMMANDS = (serve, demo, migrate, person_add, import_files, export_plan, token_create, schema, doctor)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage block argparse puts before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"lineofsight: {message}. See: {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line as declared by its modules."""
    top = _Parser(prog="lineofsight", description="One graph of a public agency: plan, goals, people.")
    top.add_argument("--version", action="version", version=f"lineofsight {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    for module in COMMANDS:
        module.add(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command; every failure becomes one line on stderr and an exit status, never a traceback."""
    try:
        parsed = parser().parse_args(list(arguments))
        status: int = parsed.run(parsed)
        sys.stdout.flush()
        return status
    except SystemExit as stop:  # argparse: --help, --version, usage
        return stop.code if isinstance(stop.code, int) else 1
    except KeyboardInterrupt:
        print("lineofsight: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away; nothing to tell it
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:
        print(f"lineofsight: {describe(error)}", file=sys.stderr)
        return 2 if isinstance(error, WrongUse) else 1
