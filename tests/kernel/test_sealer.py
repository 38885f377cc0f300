"""The sealer: gap-free, hash-chained positions while writers race, and when the sealer is killed."""

import asyncio
import random
import signal
import subprocess
import sys
import time
from contextvars import Context

import pytest

from lineofsight.kernel import clock, database, sealer
from lineofsight.kernel.database import execute, fetch, transaction
from lineofsight.kernel.events import COMMAND_LINE, remember_many
from lineofsight.kernel.models import Event, EventSeal, EventValue
from lineofsight.kernel.sealer import Sealer, verify_chain
from lineofsight.kernel.sql import Sql

pytestmark = pytest.mark.usefixtures("db")


async def happen(count: int = 1, first: int = 1) -> None:
    """Appends events, in one transaction."""
    async with transaction():
        await remember_many(
            COMMAND_LINE,
            "unit.edit",
            "Unit",
            [(first + n, {"name": f"ö {n}", "share": 0.1}) for n in range(count)],
        )


async def positions() -> list[tuple[int, int]]:
    rows = await EventSeal.all().order_by("position").values_list("position", "event_id")
    return [(position, event) for position, event in rows]


async def check_all_sealed() -> None:
    rows = await positions()
    assert [position for position, _ in rows] == list(range(1, len(rows) + 1))
    assert sorted(event for _, event in rows) == sorted(await Event.all().values_list("id", flat=True))
    assert await verify_chain() == []


async def test_seals_in_order_and_once() -> None:
    start = await Sealer().seal_all()
    await happen(3)
    await happen(2)
    seals = Sealer()
    assert await seals.seal_all() == 5
    assert await seals.seal_all() == 0
    assert await Sealer().seal_all() == 0
    assert len(await positions()) == start + 5
    await check_all_sealed()


async def test_more_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 7)
    await happen(40)
    assert await Sealer().seal_all() >= 40
    await check_all_sealed()


async def test_late_commit_gets_a_later_position() -> None:
    if database.dialect() == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    seals = Sealer()
    await seals.seal_all()
    appended, go_on = asyncio.Event(), asyncio.Event()

    async def late() -> None:
        async with transaction():
            await happen(1, first=100)
            appended.set()
            await go_on.wait()

    slow = asyncio.create_task(late())
    await appended.wait()
    await happen(1, first=200)
    for _ in range(5):
        await seals.seal_all()
    go_on.set()
    await slow
    for _ in range(5):
        await seals.seal_all()
    rows = dict(await positions())
    last_two = [await Event.get(id=rows[position]) for position in sorted(rows)[-2:]]
    assert [event.row_id for event in last_two] == [200, 100]
    assert last_two[0].id > last_two[1].id
    await check_all_sealed()


async def test_mark_waits_for_every_transaction_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its margin, too, the mark never passes an event that is still to be committed."""
    monkeypatch.setattr(sealer, "_MARGIN", 0)
    seals = Sealer()
    await happen(20)
    appended, go_on = asyncio.Event(), asyncio.Event()

    async def late() -> None:
        async with transaction():
            await happen(1, first=100)
            appended.set()
            await go_on.wait()

    slow = asyncio.create_task(late())
    await appended.wait()
    if database.dialect() == "postgres":
        await happen(5)
        for _ in range(5):
            await seals.seal_all()
        assert seals._mark < max(await Event.all().values_list("id", flat=True))
    go_on.set()
    await slow
    for _ in range(5):
        await seals.seal_all()
    await check_all_sealed()
    assert seals._mark == (await Event.all().order_by("-id").first()).id


async def test_racing_writers_and_sealers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 5)
    monkeypatch.setattr(sealer, "_MARGIN", 0)
    chance = random.Random(1)
    writing = True
    failures = 0

    async def writer() -> None:
        nonlocal failures
        for _ in range(15):
            try:
                async with transaction():
                    await happen(chance.randint(1, 4))
                    await asyncio.sleep(chance.random() * 0.01)
                    if chance.random() < 0.2:
                        raise KeyError
            except KeyError:
                failures += 1

    async def seal(seals: Sealer) -> None:
        while writing:
            await seals.seal()
            await asyncio.sleep(0.001)

    sealers = [Sealer() for _ in range(3)]
    sealing = [asyncio.create_task(seal(one), context=Context()) for one in sealers]
    await asyncio.gather(*(writer() for _ in range(6)))
    writing = False
    await asyncio.gather(*sealing)
    await sealers[0].seal_all()
    assert failures
    await check_all_sealed()


async def test_at_most_a_quarter_second_behind() -> None:
    await Sealer().seal_all()
    behind = []
    async with sealer.sealing():
        await asyncio.sleep(0.15)
        for n in range(5):
            await happen(1, first=n + 1)
            committed = time.monotonic()
            while len(await positions()) < await Event.all().count():  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            behind.append(time.monotonic() - committed)
    assert sorted(behind)[2] < 0.25  # half of them: a busy machine delays some
    await check_all_sealed()


@pytest.mark.requirement("P5")
async def test_erasing_values_keeps_the_chain() -> None:
    await happen(5)
    await Sealer().seal_all()
    await EventValue.all().delete()
    assert await verify_chain() == []


@pytest.mark.requirement("P5")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Sql("UPDATE event SET verb = 'x' WHERE id = (SELECT event_id FROM event_seal WHERE position = 3)"),
         "changed at position 3"),
        (Sql("UPDATE event SET at = ? WHERE id = (SELECT event_id FROM event_seal WHERE position = 4)",
             clock.now()), "changed at position 4"),
        (Sql("DELETE FROM event_seal WHERE position = 2"), "Position 2 of the feed is missing"),
        (Sql("UPDATE event_seal SET hash = 'x' WHERE position = 5"), "changed at position 5"),
    ],
)  # fmt: skip
async def test_changes_of_the_log_are_found(change: Sql, said: str) -> None:
    await happen(6)
    await Sealer().seal_all()
    assert await execute(change) == 1
    (line,) = await verify_chain()
    assert said in line


KILLED = """
import asyncio, sys
from lineofsight.kernel import database, sealer
sealer.BATCH = 2
async def main():
    async with database.database(sys.argv[1]):
        print("sealing", flush=True)
        while True:
            await sealer.Sealer().seal_all()
asyncio.run(main())
"""


async def test_killed_sealer_leaves_no_gap(migrated_url: str) -> None:
    await happen(400)
    for turn in range(4):
        process = subprocess.Popen(  # noqa: ASYNC220
            [sys.executable, "-c", KILLED, migrated_url],
            env={"PYTHONPATH": "backend"},
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"sealing\n"
        await asyncio.sleep(0.05 + 0.02 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        rows = await positions()
        assert [position for position, _ in rows] == list(range(1, len(rows) + 1))
    assert rows
    await Sealer().seal_all()
    await check_all_sealed()


async def test_a_look_asks_little() -> None:
    await happen(50)
    seals = Sealer()
    await seals.seal_all()
    for _ in range(4):
        await seals.seal()
    with database.statements() as asked:
        await seals.seal()
    assert len(asked) == 2
    assert await fetch(Sql("SELECT count(*) AS n FROM event_seal")) == [{"n": len(await positions())}]
