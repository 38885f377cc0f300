"""The doctor finds what is broken, says it in lines, and repairs what follows from the rest."""

import sqlite3

import pytest

from lineofsight.cli.doctor import checks, run
from lineofsight.kernel import database, doctor, events
from lineofsight.kernel.database import execute, transaction
from lineofsight.kernel.sealer import Sealer
from lineofsight.kernel.sql import Sql
from lineofsight.people.models import Unit
from lineofsight.settings import settings


async def change(url: str, *statements: Sql) -> None:
    async with database.database(url):
        for statement in statements:
            await execute(statement)


async def wrong(url: str, *, repair: bool = False) -> dict[str, list[str]]:
    findings = await doctor.examine(url, checks(), repair=repair)
    return {finding.title: finding.wrong for finding in findings if not finding.is_well}


async def test_a_new_database_is_in_order(migrated_url: str) -> None:
    assert await wrong(migrated_url) == {}


async def test_empty_database(empty_url: str) -> None:
    assert await wrong(empty_url) == {"Schema": ["The database is empty."]}


async def test_paths_are_found_and_repaired(migrated_url: str) -> None:
    async with database.database(migrated_url):
        root = await Unit.get(code="agency")
        await Unit.create(code="x", name="X", sort_key="x", path="wrong/", parent=root)
    assert len((await wrong(migrated_url))["Units and reporting lines"]) == 1
    assert await wrong(migrated_url, repair=True) == {}
    assert await wrong(migrated_url) == {}


async def test_changed_log(migrated_url: str) -> None:
    async with database.database(migrated_url):
        async with transaction():
            await events.remember_many(events.SYSTEM, "unit.edit", "Unit", [(1, {"name": "x"})] * 3)
        await Sealer().seal_all()
    assert await wrong(migrated_url) == {}
    await change(migrated_url, Sql("UPDATE event SET row_id = 7"))
    assert list(await wrong(migrated_url, repair=True)) == ["Event log"]


AWKWARD = {
    "float": 0.1, "whole": 4000.0, "large": 1e17, "larger": 1e19, "huge": 1e300, "tiny": 1.5e-10, "negative": -0.0,
    "int": 2**62, "text": "é\u2028\"\\ 漢", "none": None, "flag": True, "list": [1, 2.0, {"b": 1.0, "a": [1e18]}],
}  # fmt: skip


@pytest.mark.requirement("P5")
async def test_changed_values(migrated_url: str) -> None:
    async with database.database(migrated_url), transaction():
        await events.remember_many(events.SYSTEM, "unit.edit", "Unit", [(1, AWKWARD), (2, {"name": "x"})])
    assert await wrong(migrated_url) == {}
    last = Sql("DELETE FROM event_value WHERE event_id = (SELECT max(event_id) FROM event_value)")
    await change(migrated_url, last)
    assert await wrong(migrated_url) == {}
    await change(
        migrated_url, Sql("UPDATE event_value SET salt = 'x' WHERE event_id = (SELECT max(event_id) FROM event_value)")
    )
    assert list(await wrong(migrated_url, repair=True)) == ["Values of events"]


async def test_references_to_no_row(migrated_url: str) -> None:
    if migrated_url.startswith("sqlite"):
        connection = sqlite3.connect(migrated_url.removeprefix("sqlite://"))
        connection.execute("UPDATE unit SET parent_id = 999")
        connection.commit()
        connection.close()
        assert "unit, row 1: no such row in unit." in (await wrong(migrated_url))["References"]
    else:
        await change(
            migrated_url,
            Sql("ALTER TABLE unit ADD CONSTRAINT loose FOREIGN KEY (parent_id) REFERENCES unit (id) NOT VALID"),
        )
        assert await wrong(migrated_url) == {"References": ["unit: loose is not enforced."]}
        await change(migrated_url, Sql("ALTER TABLE unit DROP CONSTRAINT loose"))


def test_command(migrated_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    monkeypatch.setenv("LINEOFSIGHT_DATABASE_URL", migrated_url)
    settings.cache_clear()
    assert run(argparse.Namespace(repair=False)) == 0
    assert "ok        Event log" in capsys.readouterr().out
