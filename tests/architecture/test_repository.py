"""What the repository's files may hold."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "registry." + "yarnpkg"]


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Files git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_registry(tracked: list[Path]) -> None:
    naming = [
        str(path.relative_to(ROOT))
        for path in tracked
        if any(host.encode() in path.read_bytes() for host in REGISTRIES)
    ]
    assert not naming


def test_every_locked_package_has_hashes() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        pinned = [line for line in lock.read_text().splitlines() if line and line[0] not in "# "]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned), lock.name


def test_the_app_lock_holds_what_the_app_names() -> None:
    stated = json.loads((ROOT / "frontend" / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]["frontend"]
    for kind in ("dependencies", "devDependencies"):
        assert locked[kind] == stated[kind], "run `npm install` and commit package-lock.json"


def test_generated_files_are_not_tracked(tracked: list[Path]) -> None:
    names = [path.relative_to(ROOT) for path in tracked]
    generated = [
        str(name)
        for name in names
        if {"__generated__", "node_modules", ".venv", "__pycache__"} & set(name.parts)
        or name.is_relative_to("backend/lineofsight/web")
        or name.suffix == ".db"
    ]
    assert not generated
