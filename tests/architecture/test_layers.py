"""The shape of the code: who imports whom, who reads the environment, how long a module may grow."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "backend" / "lineofsight"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts and "web" not in p.parts)
LONGEST = 450
"""Lines past which a module is refused; the aim is 200 (STYLE.md)."""


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [linter, "--config", ROOT / "pyproject.toml", "--no-logo", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def names(module: Path) -> Iterator[str]:
    """Every dotted name a module mentions, such as os.environ."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    ("forbidden", "allowed_in"),
    [
        ({"os.environ", "os.getenv", "os.environb"}, {"settings.py"}),
        (
            {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
            | {"datetime.datetime.now", "datetime.date.today", "datetime.datetime.utcnow"},
            {"kernel/clock.py"},
        ),
    ],
    ids=["only settings.py reads the environment", "only kernel/clock.py reads the clock"],
)
def test_one_reader(forbidden: set[str], allowed_in: set[str]) -> None:
    found = {
        f"{module.relative_to(PACKAGE)}: {name}"
        for module in MODULES
        if str(module.relative_to(PACKAGE)) not in allowed_in
        for name in names(module)
        if name in forbidden
    }
    assert not found


def test_no_module_outgrows_its_reader() -> None:
    long = {str(m.relative_to(ROOT)): n for m in MODULES if (n := len(m.read_text().splitlines())) > LONGEST}
    assert not long


def test_public_functions_and_classes_say_what_they_mean() -> None:
    silent = [
        f"{module.relative_to(ROOT)}:{node.lineno} {node.name}"
        for module in MODULES
        if module.parent.name != "demo"  # its rows are described by what they make
        for node in ast.parse(module.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert not silent
