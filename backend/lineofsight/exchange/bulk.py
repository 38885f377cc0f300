"""Writing many rows with few statements, in the caller's transaction; keys are known beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import orjson
from tortoise.models import Model

from lineofsight.kernel.database import dialect, execute, execute_many, fetch
from lineofsight.kernel.sql import Sql

Item = TypeVar("Item")

LOOKED_UP = 900
"""Values one look-up statement takes."""


def in_batches(items: Iterable[Item], size: int) -> Iterable[list[Item]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def among_texts(column: str, values: Sequence[str]) -> Sql:
    """`column` is one of the texts, as one value of the statement, so that an index is used however many they are."""
    if dialect() == "postgres":
        return Sql(f"{column} = any(?::text[])", list(values))
    return Sql(f"{column} in (select value from json_each(?))", orjson.dumps(list(values)).decode())


async def reserve(model: type[Model], count: int) -> list[int]:
    """`count` primary keys that no row of the model has or will get from elsewhere."""
    if count <= 0:
        return []
    table = model._meta.db_table
    if dialect() == "postgres":
        rows = await fetch(
            Sql(
                "select nextval(pg_get_serial_sequence(?, 'id')) as id from generate_series(1, ?::int)",
                f'"{table}"',
                count,
            )
        )
        return [row["id"] for row in rows]
    found = await fetch(
        Sql(
            f'select max(coalesce((select max(id) from "{table}"), 0), '  # noqa: S608 - a table's own name
            "coalesce((select seq from sqlite_sequence where name = ?), 0)) as last",
            table,
        )
    )
    first = found[0]["last"] + 1
    return list(range(first, first + count))


async def insert(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new rows, given as values by attribute; what a row leaves out takes the model's default.

    The primary key is given by all rows or by none; where by none, the database makes it.
    """
    if not rows:
        return
    key = model._meta.pk_attr
    columns = [column for column in _columns(model) if column[0] != key or key in rows[0]]
    names = ", ".join(f'"{column}"' for _, column, _ in columns)
    holes = ", ".join("?" for _ in columns)
    statement = f'insert into "{model._meta.db_table}" ({names}) values ({holes})'  # noqa: S608
    values = [
        [_stored(row[name] if name in row else _default(default)) for name, _, default in columns] for row in rows
    ]
    await execute_many(statement, values)


async def update(model: type[Model], names: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
    """Set the named attributes of existing rows: (primary key, values in the order of the names)."""
    if not rows:
        return
    sets = ", ".join(f'"{name}" = ?' for name in names)
    statement = f'update "{model._meta.db_table}" set {sets} where id = ?'  # noqa: S608
    await execute_many(statement, [[*(_stored(value) for value in values), key] for key, values in rows])


async def analyze(*models: type[Model]) -> None:
    """Tell PostgreSQL's planner of tables that grew at once; it would learn of it a minute later by itself."""
    if dialect() == "postgres":
        await execute(Sql("analyze " + ", ".join(f'"{model._meta.db_table}"' for model in models)))


@cache
def _columns(model: type[Model]) -> list[tuple[str, str, Any]]:
    """Attribute, column and default of every column."""
    meta = model._meta
    return [(name, column, meta.fields_map[name].default) for name, column in meta.fields_db_projection.items()]


def _default(default: Any) -> Any:
    return default() if callable(default) else default


def _stored(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return value
