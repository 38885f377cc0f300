"""Repeating a mutation under the same client key answers the same and does nothing more."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import orjson

from lineofsight.kernel import clock
from lineofsight.kernel.database import execute, fetch, transaction
from lineofsight.kernel.events import Actor, plain
from lineofsight.kernel.problems import Conflict, InvalidField
from lineofsight.kernel.sql import Sql

KEPT_FOR = timedelta(days=7)
LONGEST = 200


async def once(
    actor: Actor,
    mutation: str,
    key: str | None,
    given: Mapping[str, Any],
    do: Callable[[], Awaitable[dict[str, int]]],
) -> dict[str, int]:
    """Does ``do`` in a transaction and answers the keys of the rows it made; the second time only answers them.

    ``given``: the input; the same key with another input is a Conflict.
    """
    if key is None:
        async with transaction():
            return await do()
    if not 1 <= len(key) <= LONGEST:
        raise InvalidField(f"A client key has 1 to {LONGEST} characters.", path=("clientKey",))
    digest = hashlib.sha256(orjson.dumps(plain(given), option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()
    who, hashed = f"{actor.kind}:{actor.id}", hashlib.sha256(key.encode()).hexdigest()
    async with transaction():
        await execute(Sql("delete from client_key where expires_at < ?", clock.now()))
        new = await execute(
            Sql(
                "insert into client_key (actor, mutation, key_hash, input_hash, rows, expires_at) "
                "values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                who,
                mutation,
                hashed,
                digest,
                "{}",
                clock.now() + KEPT_FOR,
            )
        )
        found = "actor = ? and mutation = ? and key_hash = ?"
        if new:
            rows = await do()
            stored = orjson.dumps(rows).decode()
            await execute(Sql(f"update client_key set rows = ? where {found}", stored, who, mutation, hashed))
            return rows
        before = (await fetch(Sql(f"select input_hash, rows from client_key where {found}", who, mutation, hashed)))[0]
    if before["input_hash"] != digest:
        raise Conflict("This client key was used with another input.", path=("clientKey",))
    kept = before["rows"]
    return orjson.loads(kept) if isinstance(kept, str) else kept  # type: ignore[no-any-return]
