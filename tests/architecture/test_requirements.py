"""docs/requirements.md lists exactly the requirements that tests claim to show."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_table_and_the_marks_agree() -> None:
    table = (ROOT / "docs" / "requirements.md").read_text()
    listed = set(re.findall(r"^\| ([A-Z]\d+(?:\.\d+)?) \|", table, re.M))
    sources = [*(ROOT / "tests").rglob("test_*.py")]
    marked = {
        name
        for source in sources
        for marks in re.findall(r"mark\.requirement\(([^)]*)\)", source.read_text())
        for name in re.findall(r"\"([^\"]+)\"", marks)
    }
    assert marked == listed
