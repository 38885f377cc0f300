"""The command line as a whole: its fixed names, its document, and what it says when used wrongly."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lineofsight.cli import parser, run

DOCUMENT = Path(__file__).parents[2] / "docs" / "command-line.md"


def commands(it: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser, two-word commands included."""
    below = [a for a in it._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield name.strip(), it
    for action in below:
        for word, child in action.choices.items():
            yield from commands(child, f"{name} {word}")


def options(it: argparse.ArgumentParser) -> set[str]:
    return {max(a.option_strings, key=len) for a in it._actions if a.option_strings} - {"--help"}


DECLARED = {name: options(it) for name, it in commands(parser())}


def test_the_names_partners_rely_on() -> None:
    assert {
        "serve": {"--host", "--port"},
        "demo": {"--people", "--seed"},
        "migrate": set(),
        "person add": {"--name", "--office", "--password-stdin"},
        "import": {
            *("--unit", "--profile", "--map", "--strict", "--dry-run", "--format"),
            *("--sheet", "--retire-missing", "--third-level"),
        },
        "export plan": {"--output", "--part"},
        "token create": {"--person", "--scope", "--days"},
        "schema": set(),
    }.items() <= DECLARED.items()
    assert "doctor" in DECLARED


def test_the_document_describes_every_command_and_option() -> None:
    sections = re.split(r"^## `lineofsight ([a-z ]+)`.*$", DOCUMENT.read_text(), flags=re.M)[1:]
    documented = {
        name: set(re.findall(r"`(--[a-z-]+)", text))
        for name, text in zip(sections[::2], sections[1::2], strict=True)
    }
    assert documented == DECLARED


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "COMMAND"),
        (["dance"], "invalid choice"),
        (["serve", "--port", "99999"], "whole number from 0 to 65535"),
        (["person", "add", "a@example.gov"], "--name"),
        (["import", "plan"], "FILE"),
        (["import", "wishes", "x.csv"], "invalid choice"),
        (["token", "create", "--person", "a@example.gov"], "--scope"),
        (["demo", "--people", "-3"], "--people"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("lineofsight: ")
    assert says in err
    assert err.count("\n") == 1


def test_a_setting_that_cannot_be_used_stops_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINEOFSIGHT_DATABASE_URL", "mysql://app:hunter2@db/goals")
    assert run(["migrate"]) == 1
    err = capsys.readouterr().err
    assert "LINEOFSIGHT_DATABASE_URL" in err
    assert "hunter2" not in err
    assert err.count("\n") == 1
