"""Each command as a user runs it, on both databases, and what it says when it cannot."""

import io
import json
import sqlite3
from pathlib import Path

import pytest

from lineofsight.kernel import sqlite_client
from tests.cli.conftest import Command

STAFF = "Employee ID,Name,Job title,Manager ID,Department\n1,Ada Ming,Head,,Works\n2,Bo Reyes,Clerk,1,Works\n"

PLAN = """<?xml version="1.0"?>
<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">
  <Name>Roads</Name>
  <StrategicPlanCore>
    <Organization><Name>Roads Office</Name><Identifier>_o1</Identifier></Organization>
    <Vision><Description/><Identifier/></Vision>
    <Mission><Description>Move people safely</Description><Identifier>_m1</Identifier></Mission>
    <Goal>
      <Name>Open roads</Name><Description>Keep every road open</Description>
      <Identifier>_g1</Identifier><SequenceIndicator>1</SequenceIndicator><OtherInformation/>
    </Goal>
  </StrategicPlanCore>
  <AdministrativeInformation><Identifier>_p1</Identifier></AdministrativeInformation>
</StrategicPlan>
"""


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    """A staff list of two."""
    path = tmp_path / "staff.csv"
    path.write_text(STAFF)
    return path


def test_migrate_makes_the_tables_once(command: Command, empty_url: str) -> None:
    assert command(empty_url, "migrate").out == "The database is up to date.\n"
    assert command(empty_url, "migrate").out == "The database was up to date already.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "people", "staff.csv"],
        ["export", "plan", "x"],
        ["token", "create", "--person", "a@example.gov", "--scope", "read"],
        ["person", "add", "a@example.gov", "--name", "A"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_empty_database_is_refused_with_a_word_about_migrate(
    command: Command, empty_url: str, arguments: list[str]
) -> None:
    outcome = command(empty_url, *arguments)
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err == "lineofsight: The database is empty; run: lineofsight migrate\n"


def test_doctor_names_an_empty_database(command: Command, empty_url: str) -> None:
    outcome = command(empty_url, "doctor")
    assert outcome.status == 1
    assert "The database is empty." in outcome.out


def test_a_command_on_a_missing_file_leaves_none_behind(command: Command, tmp_path: Path) -> None:
    command(f"sqlite://{tmp_path}/none.db", "token", "create", "--person", "a@example.gov", "--scope", "read")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://{home}/missing/x.db", "{home}/missing"),
        ("sqlite://{home}/junk.db", "not a database"),
        ("sqlite://{home}/other.db", "other tables"),
        ("sqlite://{home}", "Cannot open"),
        ("postgres://app:hunter2@127.0.0.1:9/x", "Cannot connect to postgres://127.0.0.1:9/x"),
        ("postgres:///x?host={home}", "Cannot connect"),
    ],
    ids=["folder missing", "no database", "another program's", "a folder", "nobody listens", "no socket"],
)
@pytest.mark.parametrize("name", ["migrate", "demo"])
def test_a_database_that_cannot_be_opened_is_one_line(
    command: Command, tmp_path: Path, name: str, url: str, says: str
) -> None:
    (tmp_path / "junk.db").write_text("This is a letter, not a database. " * 100)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE recipe (id INTEGER)")
    outcome = command(url.format(home=tmp_path), name)
    assert outcome.status == 1
    assert says.format(home=tmp_path) in outcome.err
    assert outcome.err.count("\n") == 1
    assert "hunter2" not in outcome.err


def test_demo_seeds_once(command: Command, empty_url: str) -> None:
    first = command(empty_url, "demo", "--people", 40)
    assert first.status == 0
    assert "40 people" in first.out
    assert "administrator" in first.out
    second = command(empty_url, "demo", "--people", 40)
    assert second.status == 1
    assert "already has goals" in second.err
    assert command(empty_url, "doctor").status == 0


def test_token_create_prints_the_token_alone(command: Command, migrated_url: str, staff: Path) -> None:
    command(migrated_url, "person", "add", "ada@example.gov", "--name", "Ada Ming")
    outcome = command(migrated_url, "token", "create", "--person", "ADA@example.gov", "--scope", "read")
    assert outcome.status == 0
    assert len(outcome.out.split()) == 1
    assert outcome.err == ""
    unknown = command(migrated_url, "token", "create", "--person", "no@example.gov", "--scope", "read")
    assert (unknown.status, unknown.out) == (1, "")
    scope = command(migrated_url, "token", "create", "--person", "ada@example.gov", "--scope", "everything")
    assert scope.status == 1
    assert "read:notes" in scope.err


def test_import_reports_in_json_and_twice_changes_nothing(
    command: Command, migrated_url: str, staff: Path
) -> None:
    dry = json.loads(command(migrated_url, "import", "people", staff, "--dry-run", "--format", "json").out)
    outcome = command(migrated_url, "import", "people", staff, "--format", "json")
    assert f"{staff}: read as " in outcome.err
    first = json.loads(outcome.out)
    assert set(first) == {"created", "changed", "unchanged", "warnings", "errors"}
    assert first["created"] == dry["created"]
    assert first["created"]["person"] == 2
    assert first["errors"] == []
    again = json.loads(command(migrated_url, "import", "people", staff, "--format", "json").out)
    assert not any(again["created"].values())
    assert not any(again["changed"].values())


def test_import_with_an_error_writes_nothing_and_fails(
    command: Command, migrated_url: str, staff: Path, tmp_path: Path
) -> None:
    outcome = command(migrated_url, "import", "people", staff, tmp_path / "missing.csv", "--format", "json")
    assert outcome.status == 1
    report = json.loads(outcome.out)
    assert report["errors"][0]["code"] == "unreadable-file"
    assert not any(report["created"].values())
    text = command(migrated_url, "import", "people", tmp_path / "missing.csv")
    assert "Nothing was imported: 1 error." in text.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", "x.xml", "--map", "a=b"],
        ["plan", "x.xml", "--profile", "gsa-apr"],
        ["goals", "x.csv", "--third-level"],
    ],
    ids=["map", "profile", "third level"],
)
def test_import_refuses_options_of_another_kind(
    command: Command, tmp_path: Path, arguments: list[str]
) -> None:
    outcome = command(f"sqlite://{tmp_path}/x.db", "import", *arguments)
    assert outcome.status == 2
    assert "takes no --" in outcome.err


def test_person_add_makes_the_first_administrator(
    command: Command, migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = command(
        migrated_url, "person", "add", "Ada@example.gov", "--name", "Ada Ming", "--office", "ADMINISTRATOR"
    )
    assert added.status == 0
    assert added.out.startswith("http://127.0.0.1:8000/welcome#")
    assert "ADMINISTRATOR of the whole agency" in added.err
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    known = command(
        migrated_url, "person", "add", "ada@EXAMPLE.gov", "--name", "Ada", "--office", "hr@agency", "--password-stdin"
    )
    assert (known.status, known.out) == (0, "")
    assert "was known; now HR of agency; password set" in known.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ada@example.gov", "--name", "Ada", "--office", "KING"], "the offices are HR"),
        (["ada@example.gov", "--name", "Ada", "--office", "HR@nowhere"], "no such unit nowhere"),
        (["ada", "--name", "Ada"], "not an e-mail address"),
        (["ada@example.gov", "--name", " "], "name is needed"),
    ],
    ids=["office", "unit", "e-mail", "name"],
)
def test_person_add_that_cannot_be_done_leaves_nobody(
    command: Command, migrated_url: str, arguments: list[str], says: str
) -> None:
    outcome = command(migrated_url, "person", "add", *arguments)
    assert (outcome.status, outcome.out) == (1, "")
    assert says in outcome.err
    token = command(migrated_url, "token", "create", "--person", "ada@example.gov", "--scope", "read")
    assert "no person" in token.err


def test_export_plan_writes_what_was_imported(command: Command, migrated_url: str, tmp_path: Path) -> None:
    source = tmp_path / "plan.xml"
    source.write_text(PLAN)
    report = json.loads(command(migrated_url, "import", "plan", source, "--format", "json").out)
    written = tmp_path / "out.xml"
    outcome = command(migrated_url, "export", "plan", report["plans"][0]["id"], "-o", written)
    assert (outcome.status, outcome.out) == (0, "")
    assert "Keep every road open" in written.read_text()
    missing = command(migrated_url, "export", "plan", "nothing")
    assert (missing.status, missing.out) == (1, "")
    nowhere = command(migrated_url, "export", "plan", report["plans"][0]["id"], "-o", tmp_path / "no" / "x.xml")
    assert nowhere.status == 1
    assert "Cannot write" in nowhere.err


def test_import_waits_for_a_writer_and_then_says_so(
    command: Command, migrated_url: str, dialect: str, staff: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if dialect != "sqlite":
        pytest.skip("one writer at a time is a matter of SQLite")
    impatient = ("busy_timeout=200", *sqlite_client.WRITER_PRAGMAS[1:])
    monkeypatch.setattr(sqlite_client, "WRITER_PRAGMAS", impatient)
    holder = sqlite3.connect(migrated_url.removeprefix("sqlite://"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        outcome = command(migrated_url, "import", "people", staff)
    finally:
        holder.close()
    assert outcome.status == 1
    assert outcome.err.startswith("lineofsight: Another process has been writing to the database")
