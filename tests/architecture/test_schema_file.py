"""schema.graphql, which people review, is what the code makes."""

from pathlib import Path

import pytest

from lineofsight.cli import run

ROOT = Path(__file__).parents[2]


def test_schema_graphql_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert capsys.readouterr().out == (ROOT / "schema.graphql").read_text(), "run `make schema`"
