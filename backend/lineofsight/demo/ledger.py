"""Collects rows under reserved keys and writes each model's in one go, with the events of their making."""

from collections.abc import Iterable, Mapping
from typing import Any

from tortoise.models import Model

from lineofsight.exchange.bulk import in_batches, insert, reserve
from lineofsight.kernel.events import COMMAND_LINE, remember_many

BATCH = 2_000
Row = dict[str, Any]


async def add(
    model: type[Model], rows: Iterable[Row], *, verb: str | None = None, leave_out: Iterable[str] = ()
) -> list[int]:
    """Writes new rows and, where `verb` is given, an event for each; returns their keys in order.

    leave_out: attributes that the events do not repeat (facts that follow from others).
    """
    written = list(rows)
    keys = await reserve(model, sum("id" not in row for row in written))
    for row, key in zip((row for row in written if "id" not in row), keys, strict=True):
        row["id"] = key
    silent = {"id", *leave_out}
    for batch in in_batches(written, BATCH):
        await insert(model, batch)
    if verb:
        said = ((row["id"], _said(row, silent)) for row in written)
        await remember_many(COMMAND_LINE, verb, model.__name__, said)
    return [row["id"] for row in written]


def _said(row: Mapping[str, Any], silent: set[str]) -> Row:
    return {name: value for name, value in row.items() if name not in silent and value is not None}
