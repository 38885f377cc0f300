"""Running commands inside the test's process, as a shell would."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from lineofsight.cli import run
from lineofsight.settings import settings


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command line against a database: `command(url, "import", "goals", path)`."""

    def call(url: str, *arguments: object) -> Outcome:
        monkeypatch.setenv("LINEOFSIGHT_DATABASE_URL", url)
        settings.cache_clear()
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "unexpected" not in err, err
        return Outcome(status, out, err)

    return call
