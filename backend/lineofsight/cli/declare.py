"""What the command modules share to declare their arguments."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command(commands: "Commands", name: str, summary: str, details: str = "") -> argparse.ArgumentParser:
    """A command's own parser, with its summary in the list and its details under --help."""
    return commands.add_parser(name, help=summary, description=f"{summary}. {details}".strip())


def group(commands: "Commands", name: str, summary: str) -> "Commands":
    """The sub-commands of a two-word command, such as `person add`."""
    return command(commands, name, summary).add_subparsers(title="commands", metavar="COMMAND", required=True)


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """An argparse type: a whole number within bounds."""

    def read(text: str) -> int:
        if not text.strip().isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return read
