"""What the tests of StratML documents may ask for."""

from pathlib import Path

import pytest

from .helpers import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the given name and content."""

    def written(name: str, content: str) -> Path:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return written
