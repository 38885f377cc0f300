"""The sealer gives events their place in the feed: positions without gaps, each with a hash over the last.

Writers append events in their own transactions and do not queue for a position. The sealer takes what has
been committed, in the order of the keys, and writes an ``EventSeal`` for each; what is committed late, with a
lower key, gets a later position, so a reader who remembers a position misses nothing. Any number of processes
may run a sealer on PostgreSQL: an advisory lock lets one seal at a time.

The hash is SHA-256 over the hash before, as hex digits, and the event as JSON. The event holds a salted hash
of its values, not the values: those can be erased and the chain still holds.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC

import orjson
from tortoise.exceptions import BaseORMException

from lineofsight.kernel import database
from lineofsight.kernel.database import fetch, transaction
from lineofsight.kernel.models import Event, EventSeal
from lineofsight.kernel.sql import Sql

INTERVAL = 0.1  # seconds between two looks; well below the 250 ms that the feed may be behind
BATCH = 250  # events sealed at once: some 20 ms in which this process does nothing else
GENESIS = "0" * 64

_LOCK_KEY = 0x10517_2
_MARGIN = 1000  # keys by which the mark stays behind on PostgreSQL
_RESCAN = 3600.0  # seconds after which all events are looked through again

_HORIZON = Sql(
    "SELECT coalesce((SELECT max(event_id) FROM event_seal), 0) AS newest,"
    " pg_snapshot_xmin(s)::text::bigint AS oldest, pg_snapshot_xmax(s)::text::bigint AS coming"
    " FROM pg_current_snapshot() s"
)

_log = logging.getLogger(__name__)


def chained(before: str, position: int, event: Event) -> str:
    """The hash at ``position``: over the hash before it and everything the event says."""
    said = [
        position,
        event.id,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.group_id,
        event.actor_kind.value,
        event.actor_id,
        event.verb,
        event.kind,
        event.row_id,
        event.changed,
        event.value_hash,
    ]
    return hashlib.sha256(before.encode() + orjson.dumps(said)).hexdigest()


class Sealer:
    """Seals events of the connected database.

    It remembers a key, the mark, up to which every event is sealed, so that a look costs the same however
    long the log is. SQLite gives keys in the order of commits. PostgreSQL does not: there the mark moves only
    when every transaction has ended that was under way when it was chosen, and nothing unsealed was found
    after that; and it keeps a distance, for a transaction that had its key but no number yet. An hourly
    look through everything stands behind that.
    """

    def __init__(self) -> None:
        self._mark = 0
        self._reached = 0  # where the next look starts: at the mark, or after the batch before
        self._chosen: tuple[int, int] | None = None  # a mark, and the transaction number that must be over
        self._ripe: int | None = None  # a mark whose transactions are over
        self._scanned = time.monotonic()

    async def seal(self) -> int:
        """Seals a batch of what is committed; how many events."""
        if not await self._unsealed(1):
            if self._reached == self._mark:
                await self._move_mark()
                self._reached = self._mark
                return 0
            self._reached = self._mark  # what was committed late lies behind
            if not await self._unsealed(1):
                return 0
        async with transaction():
            if database.dialect() == "postgres":
                mine = await fetch(Sql("SELECT pg_try_advisory_xact_lock(?) AS mine", _LOCK_KEY))
                if not mine[0]["mine"]:
                    return 0
            keys = await self._unsealed(BATCH)
            if not keys:
                return 0  # another sealer was faster
            last = await EventSeal.all().order_by("-position").first()
            position, before = (last.position, last.hash) if last else (0, GENESIS)
            events = await Event.in_bulk(keys, "id")
            seals = []
            for key in keys:
                position += 1
                before = chained(before, position, events[key])
                seals.append(EventSeal(position=position, event_id=key, hash=before))
            await EventSeal.bulk_create(seals)
        self._reached = keys[-1]
        return len(seals)

    async def seal_all(self) -> int:
        """Seals until nothing is left; how many events."""
        total = 0
        while sealed := await self.seal():
            total += sealed
        return total

    async def run(self) -> None:
        """Seals for ever; an error is logged and tried again."""
        while True:
            started = time.monotonic()
            try:
                await self.seal_all()
            except (BaseORMException, OSError):
                _log.exception("Sealing the event log failed; trying again")
                await asyncio.sleep(1)
            await asyncio.sleep(max(INTERVAL, time.monotonic() - started))

    async def _unsealed(self, limit: int) -> list[int]:
        rows = await fetch(
            Sql(
                "SELECT e.id FROM event e WHERE e.id > ?"
                " AND NOT EXISTS (SELECT 1 FROM event_seal s WHERE s.event_id = e.id AND s.event_id > ?)"
                " ORDER BY e.id LIMIT ?",
                self._reached,
                self._reached,
                limit,
            )
        )
        return [row["id"] for row in rows]

    async def _move_mark(self) -> None:
        """Called when all that is visible is sealed."""
        if time.monotonic() - self._scanned > _RESCAN:
            self._mark, self._chosen, self._ripe, self._scanned = 0, None, None, time.monotonic()
        elif database.dialect() == "sqlite":
            rows = await fetch(Sql("SELECT max(event_id) AS id FROM event_seal"))
            self._mark = rows[0]["id"] or 0
        else:
            rows = await fetch(_HORIZON)
            newest, oldest, coming = (rows[0][name] for name in ("newest", "oldest", "coming"))
            if self._ripe is not None:
                self._mark, self._ripe = self._ripe, None
            if self._chosen and oldest >= self._chosen[1]:
                self._ripe, self._chosen = self._chosen[0], None
            if self._chosen is None and self._ripe is None and newest - _MARGIN > self._mark:
                self._chosen = newest - _MARGIN, coming


@asynccontextmanager
async def sealing() -> AsyncIterator[None]:
    """A sealer runs in this process inside the block."""
    task = asyncio.create_task(Sealer().run(), name="sealer")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def verify_chain() -> list[str]:
    """What is wrong with the chain, in lines; only the first break, since all that follows hangs on it."""
    position, before = 0, GENESIS
    while True:
        seals = (
            await EventSeal.filter(position__gt=position)
            .order_by("position")
            .limit(BATCH)
            .values_list("position", "event_id", "hash")
        )
        if not seals:
            return []
        events = await Event.in_bulk([key for _, key, _ in seals], "id")
        for found, key, seal in seals:
            position += 1
            if found != position:
                return [f"Position {position} of the feed is missing; the next one is {found}."]
            if key not in events:
                return [f"The event at position {position} of the feed is gone."]
            before = chained(before, position, events[key])
            if seal != before:
                return [f"The log was changed at position {position} of the feed: its hash does not fit."]
