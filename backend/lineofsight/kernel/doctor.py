"""What must hold in a database, checked: the doctor's list, to which the slices add theirs."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import orjson

from lineofsight.kernel import database, sealer
from lineofsight.kernel.database import fetch, snapshot, transaction
from lineofsight.kernel.events import value_hash
from lineofsight.kernel.migrate import State, state
from lineofsight.kernel.sql import Sql


@dataclass(frozen=True)
class Check:
    """Something that must hold. ``verify`` answers what does not, a line each; ``repair`` makes it hold."""

    title: str
    verify: Callable[[], Awaitable[list[str]]]
    repair: Callable[[], Awaitable[object]] | None = None


@dataclass(frozen=True)
class Finding:
    """What a check found. ``repaired``: what was wrong holds again."""

    title: str
    wrong: list[str] = field(default_factory=list)
    repaired: bool = False

    @property
    def is_well(self) -> bool:
        """Whether it holds now."""
        return self.repaired or not self.wrong


async def examine(url: str, checks: Iterable[Check], *, repair: bool = False) -> list[Finding]:
    """What every check finds in the database; none is run on one that is not up to date."""
    stands = await state(url)
    if stands is not State.CURRENT:
        how = {
            State.EMPTY: "is empty",
            State.BEHIND: "is behind this version",
            State.AHEAD: "is of a newer version",
        }
        return [Finding("Schema", [f"The database {how[stands]}."])]
    findings = [Finding("Schema")]
    async with database.database(url, statement_timeout=0):
        for check in checks:
            wrong = await _verify(check)
            repaired = False
            if wrong and repair and check.repair:
                async with transaction():
                    await check.repair()
                    repaired = not await check.verify()
            findings.append(Finding(check.title, wrong, repaired))
    return findings


async def _verify(check: Check) -> list[str]:
    try:
        async with snapshot():
            return await check.verify()
    except Exception as error:  # what is broken elsewhere may be more than a check expects
        return [f"This cannot be checked until the rest is in order ({type(error).__name__}: {error})."]


async def verify_file() -> list[str]:
    """SQLite: that the file is sound. PostgreSQL looks after its own."""
    if database.dialect() == "postgres":
        return []
    rows = await fetch(Sql("PRAGMA quick_check(20)"))
    return [row["quick_check"] for row in rows if row["quick_check"] != "ok"]


async def verify_references() -> list[str]:
    """That every foreign key leads to a row and, on PostgreSQL, is enforced."""
    if database.dialect() == "postgres":
        read = "SELECT conrelid::regclass::text AS table, conname FROM pg_constraint WHERE NOT convalidated"
        return [f"{row['table']}: {row['conname']} is not enforced." for row in await fetch(Sql(read))]
    rows = await fetch(Sql("PRAGMA foreign_key_check"))
    return [f"{row['table']}, row {row['rowid']}: no such row in {row['parent']}." for row in rows]


async def verify_values() -> list[str]:
    """That the values kept beside the event log are those it has the hashes of; erased ones are no fault."""
    wrong: list[str] = []
    after = 0
    while True:
        rows = await fetch(
            Sql(
                'SELECT v.event_id, v.salt, v."values" AS said, e.value_hash FROM event_value v'
                " JOIN event e ON e.id = v.event_id WHERE v.event_id > ? ORDER BY v.event_id LIMIT 2000",
                after,
            )
        )
        if not rows:
            return wrong
        after = rows[-1]["event_id"]
        wrong += [
            f"event {row['event_id']}: its values were changed afterwards"
            for row in rows
            if value_hash(row["salt"], orjson.loads(row["said"])) != row["value_hash"]
        ]


KERNEL_CHECKS = [
    Check("Database file", verify_file),
    Check("References", verify_references),
    Check("Event log", sealer.verify_chain),
    Check("Values of events", verify_values),
]
