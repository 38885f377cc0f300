"""External references: which row of ours another system's key stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lineofsight.exchange.bulk import LOOKED_UP, in_batches, insert, reserve
from lineofsight.kernel.models import ExternalRef, ExternalSystem


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
    for batch in in_batches(keys, LOOKED_UP):
        query = ExternalRef.filter(system_id=system, kind=kind, key__in=batch)
        found.update(dict(await query.values_list("key", "row_id")))
    return found


async def keys_of(system: int, kind: str, rows: Iterable[int]) -> dict[int, str]:
    """Row → a key of the system for it, for those rows that have one."""
    found: dict[int, str] = {}
    for batch in in_batches(rows, LOOKED_UP):
        query = ExternalRef.filter(system_id=system, kind=kind, row_id__in=batch).order_by("-id")
        found.update(dict(await query.values_list("row_id", "key")))
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
