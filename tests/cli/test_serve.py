"""The server as a process: it answers, it is alone on a file, and a partner's script walks the graph through it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Command

ROOT = Path(__file__).parents[2]


def environment(url: str, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINEOFSIGHT_")}
    return kept | {"LINEOFSIGHT_DATABASE_URL": url, "PYTHONPATH": str(ROOT / "backend")} | more


@contextmanager
def serving(url: str) -> Iterator[str]:
    """A server on a free port; its address."""
    started = subprocess.Popen(
        [sys.executable, "-m", "lineofsight", "serve", "--port", "0"],
        env=environment(url), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert started.stdout is not None
    said: list[str] = []
    try:
        for line in started.stdout:
            said.append(line)
            if found := re.search(r"serves (http://\S+)", line):
                yield found[1]
                break
        else:
            pytest.fail("the server did not start:\n" + "".join(said))
    finally:
        started.send_signal(signal.SIGINT)
        rest, _ = started.communicate(timeout=20)
    assert "Traceback" not in rest
    assert started.returncode == 0


def test_serve_makes_an_empty_database_and_answers(empty_url: str) -> None:
    with serving(empty_url) as address:
        with urllib.request.urlopen(f"{address}/health") as answer:
            assert json.load(answer) == {"status": "ok"}
        asked = urllib.request.Request(
            f"{address}/graphql", b'{"query": "{ viewer { kind } }"}', {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked) as answer:
            assert json.load(answer)["data"] == {"viewer": {"kind": "ANONYMOUS"}}


def test_a_second_server_on_a_file_is_refused_and_any_on_postgres(command: Command, empty_url: str) -> None:
    with serving(empty_url):
        if empty_url.startswith("postgres"):
            with serving(empty_url):
                return
        second = command(empty_url, "serve", "--port", "0")
    assert second.status == 1
    assert "Another server is already running" in second.err


def test_a_port_in_use_is_one_line(command: Command, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = command(f"sqlite://{tmp_path}/x.db", "serve", "--port", port)
    assert outcome.status == 1
    assert outcome.err == f"lineofsight: Cannot listen on 127.0.0.1 port {port}: Address already in use.\n"


@pytest.mark.requirement("P1", "P3")
def test_the_partners_script_walks_from_a_person_to_the_mission_and_down(command: Command, empty_url: str) -> None:
    seeded = command(empty_url, "demo", "--people", 60)
    assert seeded.status == 0
    email, name = re.search(r"(\S+@\S+) +employee +(.+)", seeded.out).groups()  # type: ignore[union-attr]
    token = command(empty_url, "token", "create", "--person", email, "--scope", "read").out.strip()
    with serving(empty_url) as address:
        walked = subprocess.run(
            [sys.executable, ROOT / "examples" / "partner.py", name],
            env=environment(empty_url, LINEOFSIGHT_SERVER=address, LINEOFSIGHT_TOKEN=token),
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert walked.returncode == 0, walked.stderr
    assert "active goals" in walked.stdout
    assert re.search(r"\^ .*STRATEGIC_GOAL", walked.stdout)
    assert re.search(r"Mission: \w", walked.stdout)
    assert re.search(r"Cascade: \d+ goals", walked.stdout)
