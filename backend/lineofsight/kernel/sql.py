"""Pieces of SQL with their values, written out for the connected database at the last moment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

Dialect = Literal["sqlite", "postgres"]


@dataclass(frozen=True)
class Ids:
    """A set of keys to compare a column with; one value, however many they are."""

    values: tuple[int, ...]


@dataclass(frozen=True, init=False)
class Sql:
    """SQL text with ``?`` for each value; a value may itself be a piece of SQL or ``Ids``.

    ``Sql("g.due_date < ?", day)``; question marks inside literals are not supported: pass the literal as a value.
    """

    text: str
    values: tuple[Any, ...]

    def __init__(self, text: str, *values: Any) -> None:
        if text.count("?") != len(values):
            raise ValueError(f"{len(values)} values for: {text}")
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", values)

    def render(self, dialect: Dialect) -> tuple[str, list[Any]]:
        """The statement and its values as the driver of ``dialect`` takes them."""
        parts: list[str] = []
        values: list[Any] = []
        self._write(dialect, parts, values)
        return "".join(parts), values

    def _write(self, dialect: Dialect, parts: list[str], values: list[Any]) -> None:
        pieces = self.text.split("?")
        for piece, value in zip(pieces, self.values, strict=False):
            parts.append(piece)
            if isinstance(value, Sql):
                value._write(dialect, parts, values)
            elif isinstance(value, Ids):
                if dialect == "postgres":
                    values.append(list(value.values))
                    parts.append(f"any(${len(values)}::bigint[])")
                else:
                    parts.append("(" + ",".join(str(int(v)) for v in value.values) + ")")
            else:
                values.append(value)
                parts.append(f"${len(values)}" if dialect == "postgres" else "?")
        parts.append(pieces[-1])


class _Among(Sql):
    """``column in (ids)``; the operator differs by database."""

    def _write(self, dialect: Dialect, parts: list[str], values: list[Any]) -> None:
        operator = " = " if dialect == "postgres" else " in "
        Sql(f"{self.text.replace('?', '')}{operator}?", self.values[0])._write(dialect, parts, values)


TRUE = Sql("1 = 1")
FALSE = Sql("1 = 0")


def among(column: str, ids: Iterable[int]) -> Sql:
    """``column`` is one of ``ids``."""
    keys = tuple(ids)
    return _Among(f"{column}?", Ids(keys)) if keys else FALSE


def one_of(column: str, values: Collection[Any]) -> Sql:
    """``column`` is one of a few ``values``."""
    if not values:
        return FALSE
    return Sql(f"{column} in ({', '.join('?' * len(values))})", *values)


def under(column: str, prefixes: Collection[str], *, strictly: bool = False) -> Sql:
    """The path in ``column`` lies at or below (``strictly``: below) one of the paths (kernel.paths).

    Nothing lies below the empty path, as in paths.is_under.
    """
    start = ">" if strictly else ">="
    return any_of(Sql(f"{column} {start} ? and {column} < ?", p, p[:-1] + "0") for p in prefixes if p)


def all_of(pieces: Iterable[Sql]) -> Sql:
    """Every one of the conditions."""
    return _joined(" and ", [p for p in pieces if p is not TRUE], TRUE, FALSE)


def any_of(pieces: Iterable[Sql]) -> Sql:
    """At least one of the conditions."""
    return _joined(" or ", [p for p in pieces if p is not FALSE], FALSE, TRUE)


def _joined(word: str, pieces: list[Sql], empty: Sql, decided: Sql) -> Sql:
    if not pieces:
        return empty
    if decided in pieces:
        return decided
    if len(pieces) == 1:
        return pieces[0]
    return Sql("(" + word.join("(?)" for _ in pieces) + ")", *pieces)


