"""schema.graphql and docs/access.md, which people review, are what the code makes."""

from pathlib import Path

import pytest

from lineofsight.cli import run
from lineofsight.graph import access_page

ROOT = Path(__file__).parents[2]


def test_schema_graphql_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert capsys.readouterr().out == (ROOT / "schema.graphql").read_text(), "run `make schema`"


def test_the_access_document_is_up_to_date() -> None:
    assert access_page.page() == (ROOT / "docs" / "access.md").read_text(), "run `make schema`"


@pytest.mark.requirement("P2")
def test_every_rule_the_schema_names_is_declared() -> None:
    assert access_page.guarded().keys() <= access_page.rules().keys()
