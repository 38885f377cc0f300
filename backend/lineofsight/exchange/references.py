"""External references: which row of ours another system's key stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lineofsight.exchange.bulk import LOOKED_UP, among_texts, in_batches, insert, reserve
from lineofsight.kernel.database import fetch
from lineofsight.kernel.models import ExternalRef, ExternalSystem
from lineofsight.kernel.sql import Sql, among


async def system_id(name: str, *, is_open: bool) -> int:
    """The system of that name, made where there is none. `is_open`: whether its keys are for everyone to
    see.
    """
    system, _ = await ExternalSystem.get_or_create(name=name, defaults={"is_open": is_open})
    key: int = system.id
    return key


async def find(system: int, kind: str, keys: Iterable[str]) -> dict[str, int]:
    """Key → row, for those keys that stand for a row."""
    found: dict[str, int] = {}
    select = "select key, row_id from external_ref where system_id = ? and kind = ? and ?"
    for batch in in_batches(keys, LOOKED_UP):
        rows = await fetch(Sql(select, system, kind, among_texts("key", batch)))
        found.update({row["key"]: row["row_id"] for row in rows})
    return found


async def keys_of(system: int, kind: str, rows: Iterable[int]) -> dict[int, str]:
    """Row → its first key in the system, for those rows that have one."""
    found: dict[int, str] = {}
    select = "select row_id, key from external_ref where kind = ? and ? and system_id = ? order by id desc"
    for batch in in_batches(rows, LOOKED_UP):
        for row in await fetch(Sql(select, kind, among("row_id", batch), system)):
            found[row["row_id"]] = row["key"]
    return found


async def add(system: int, kind: str, rows: Mapping[str, int]) -> None:
    """Remember what new keys stand for."""
    await insert(
        ExternalRef,
        [
            {"id": id_, "system_id": system, "kind": kind, "key": key, "row_id": row}
            for id_, (key, row) in zip(await reserve(ExternalRef, len(rows)), rows.items(), strict=True)
        ],
    )
