"""Rows as the graph reads them: one statement each for rows by key, a page of each parent's rows, their count.

A ``Source`` is a table with the rule that makes its rows visible; every read applies it, so that a hidden row is a
missing row on every path. Rows are dictionaries by column; columns of a joined table stand under its prefix.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import orjson
from tortoise import fields
from tortoise.models import Model

from lineofsight.kernel import sql
from lineofsight.kernel.access import Facts, Rule
from lineofsight.kernel.database import fetch
from lineofsight.kernel.sql import Sql

Row = dict[str, Any]


def _date(value: Any) -> Any:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def moment(value: Any) -> Any:
    """A timestamp as the drivers give it (SQLite: text) as an aware one, in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


_DECODERS: list[tuple[type[Any], Callable[[Any], Any]]] = [
    (fields.DatetimeField, moment),
    (fields.DateField, _date),
    (fields.BooleanField, lambda v: None if v is None else bool(v)),
    (fields.JSONField, _json),
]


def _decoder(column: Any) -> Callable[[Any], Any] | None:
    return next((decode for kind, decode in _DECODERS if isinstance(column, kind)), None)


def columns_of(model: type[Model]) -> dict[str, Any]:
    """The columns of a model's table with their field, but for the large JSON ones."""
    meta = model._meta
    return {
        column: meta.fields_map[name]
        for name, column in meta.fields_db_projection.items()
        if not isinstance(meta.fields_map[name], fields.JSONField)
    }


@dataclass(frozen=True)
class Join:
    """A table joined for some of its columns. ``inner``: rows without a match are dropped."""

    model: type[Model]
    alias: str
    on: str
    columns: tuple[str, ...] = ()  # none named: all
    inner: bool = True
    table: str | None = None  # SQL in place of the model's table

    @property
    def prefix(self) -> str:
        return f"{self.alias}__"

    @property
    def clause(self) -> str:
        word = "join" if self.inner else "left join"
        return f" {word} {self.table or f'{self.model._meta.db_table}'} {self.alias} on {self.on}"

    @property
    def selected(self) -> Iterable[str]:
        return self.columns or columns_of(self.model)


@dataclass(frozen=True)
class Source:
    """Rows of ``model`` named ``t``, with joined facts, visible where ``rule`` opens for each row named in ``on``.

    ``within``: SQL that holds the rule as its ``?``, for rows that are seen through others (an EXISTS).
    """

    model: type[Model]
    rule: Rule
    on: tuple[str, ...] = ("t",)
    within: str = "?"
    joins: tuple[Join, ...] = ()
    computed: Mapping[str, str] = field(default_factory=dict)  # name → SQL over the joined tables

    @cached_property
    def table(self) -> str:
        return f'"{self.model._meta.db_table}" t' + "".join(j.clause for j in self.joins)

    @cached_property
    def selection(self) -> str:
        own = [f't."{c}"' for c in columns_of(self.model)]
        joined = [f'{j.alias}."{c}" as "{j.prefix}{c}"' for j in self.joins for c in j.selected]
        return ", ".join([*own, *joined, *(f'{text} as "{name}"' for name, text in self.computed.items())])

    @cached_property
    def decoders(self) -> dict[str, Callable[[Any], Any]]:
        return _decoders(self.model, self.joins)

    def visible(self, viewer: Facts) -> Sql:
        """The condition that leaves the rows the viewer may see."""
        return Sql(self.within, sql.all_of(self.rule.sql(viewer, alias) for alias in self.on))

    def shows(self, viewer: Facts, row: Row) -> bool:
        """The same for one row."""
        return all(self.rule.allows(viewer, row, "" if a == "t" else f"{a}__") for a in self.on)


def decoders_of(model: type[Model]) -> dict[str, Callable[[Any], Any]]:
    """How a table's columns come back from text and numbers, where they need to."""
    return _decoders(model, ())


def _decoders(model: type[Model], joins: Sequence[Join]) -> dict[str, Callable[[Any], Any]]:
    found = {c: _decoder(f) for c, f in columns_of(model).items()}
    for join in joins:
        columns = columns_of(join.model)
        found |= {f"{join.prefix}{c}": _decoder(columns[c]) for c in join.selected}
    return {name: decode for name, decode in found.items() if decode}


def decode(decoders: Mapping[str, Callable[[Any], Any]], rows: list[Row]) -> list[Row]:
    """Brings what SQLite keeps as text and numbers back to dates, moments and booleans, in place."""
    for row in rows:
        for name, restore in decoders.items():
            if name in row and row[name] is not None:
                row[name] = restore(row[name])
    return rows


async def by_key(source: Source, viewer: Facts, keys: Iterable[int], column: str = "t.id") -> list[Row]:
    """The visible rows among ``keys``."""
    statement = Sql(
        f"select {source.selection} from {source.table} where ? and ?",
        sql.among(column, sorted(set(keys))),
        source.visible(viewer),
    )
    return decode(source.decoders, await fetch(statement))


@dataclass(frozen=True)
class OrderBy:
    """One key of an order: an SQL expression over the source; rows without a value come last."""

    expression: str | Sql
    descending: bool = False

    @property
    def piece(self) -> Sql:
        return self.expression if isinstance(self.expression, Sql) else Sql(self.expression)


@dataclass(frozen=True)
class Reach:
    """How parents reach rows: ``key`` is the parent's key in the joined tables ``joins``; None: all rows.

    ``edge``: a model joined for the edge's own columns, which stand under its prefix.
    """

    key: str | None = None
    joins: tuple[Join, ...] = ()
    where: Sql = sql.TRUE


@dataclass(frozen=True)
class Window:
    """Which part of the rows: the first ``size`` after ``after``, or the last ``size`` before ``before``.

    Both are positions: the order's values, then the key.
    """

    size: int
    after: tuple[Any, ...] | None = None
    before: tuple[Any, ...] | None = None
    from_end: bool = False


@dataclass
class Page:
    """Rows of one parent; each row holds its position in the order under ``_position``."""

    rows: list[Row]
    more_before: bool
    more_after: bool


def _compare(order: Sequence[OrderBy], position: Sequence[Any], *, after: bool) -> Sql:
    """Rows strictly after (or before) a position, rows without a value last in each key."""
    head, *rest = order
    value, expression = position[0], head.piece
    inner = _compare(rest, position[1:], after=after) if rest else sql.FALSE
    upward = head.descending != after
    if value is None:
        same = Sql("? is null and (?)", expression, inner)
        return same if after else sql.any_of([Sql("? is not null", expression), same])
    options = [Sql(f"? {'>' if upward else '<'} ?", expression, value), Sql("? = ? and (?)", expression, value, inner)]
    if after:
        options.append(Sql("? is null", expression))
    return sql.any_of(options)


def _ordering(order: Sequence[OrderBy], *, backwards: bool) -> Sql:
    parts = []
    for key in order:
        down = key.descending != backwards
        parts.append(Sql(f"(? is null) {'desc' if backwards else 'asc'}", key.piece))
        parts.append(Sql(f"? {'desc' if down else 'asc'}", key.piece))
    return Sql(", ".join("?" * len(parts)), *parts)


async def pages(
    source: Source,
    viewer: Facts,
    reach: Reach,
    parents: Sequence[int],
    order: Sequence[OrderBy],
    window: Window,
) -> dict[int | None, Page]:
    """A page of each parent's visible rows, in one statement; parents without rows are left out.

    ``order`` must be total: end it with a key.
    """
    backwards = window.from_end
    where = [source.visible(viewer), reach.where]
    if reach.key is not None:
        where.append(sql.among(reach.key, parents))
    if window.after is not None:
        where.append(_compare(order, window.after, after=True))
    if window.before is not None:
        where.append(_compare(order, window.before, after=False))
    joined = "".join(f', {j.alias}."{c}" as "{j.prefix}{c}"' for j in reach.joins for c in j.selected)
    keys = Sql(", ".join(f'? as "_o{i}"' for i in range(len(order))), *(key.piece for key in order))
    parent = f"{reach.key} as _parent" if reach.key else "cast(null as bigint) as _parent"
    partition = f"partition by {reach.key} " if reach.key else ""
    ordering = _ordering(order, backwards=backwards)
    table = source.table + "".join(j.clause for j in reach.joins)
    if reach.key is None or len(parents) == 1:
        statement = Sql(
            f"select {source.selection}{joined}, ?, {parent} from {table} where ? order by ? limit {window.size + 1}",
            keys,
            sql.all_of(where),
            ordering,
        )
    else:
        statement = Sql(
            f"select * from (select {source.selection}{joined}, ?, {parent}, "
            f"row_number() over ({partition}order by ?) as _rank from {table} where ?) ranked "
            f"where _rank <= {window.size + 1} order by _parent, _rank",
            keys,
            ordering,
            sql.all_of(where),
        )
    rows = decode(source.decoders | _decoders(source.model, reach.joins), await fetch(statement))
    found: dict[int | None, list[Row]] = {}
    for row in rows:
        row["_position"] = tuple(row.pop(f"_o{i}") for i in range(len(order)))
        row.pop("_rank", None)
        found.setdefault(row.pop("_parent"), []).append(row)
    answer: dict[int | None, Page] = {}
    for key, group in found.items():
        more = len(group) > window.size
        group = group[: window.size]
        if backwards:
            answer[key] = Page(group[::-1], more, window.before is not None)
        else:
            answer[key] = Page(group, window.after is not None, more)
    return answer


async def counts(source: Source, viewer: Facts, reach: Reach, parents: Sequence[int]) -> dict[int | None, int]:
    """How many visible rows each parent has, in one statement; parents without rows are left out."""
    where = [source.visible(viewer), reach.where]
    table = source.table + "".join(j.clause for j in reach.joins)
    if reach.key is None:
        rows = await fetch(Sql(f"select count(*) as n from {table} where ?", sql.all_of(where)))
        return {None: rows[0]["n"]}
    where.append(sql.among(reach.key, parents))
    statement = Sql(
        f"select {reach.key} as parent, count(*) as n from {table} where ? group by {reach.key}", sql.all_of(where)
    )
    return {row["parent"]: row["n"] for row in await fetch(statement)}
