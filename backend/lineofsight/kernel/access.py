"""Rules: who may see or do what, declared once, used as SQL over rows and as Python over one row.

A rule is an OR of ANDs of typed, positive atoms over the facts a row carries and the facts of a viewer. From the one
declaration come the SQL condition, the Python test, the ``@access`` directive of the schema and docs/access.md. There
is no negation but ``Other`` (is distinct from), so that a missing fact closes a branch on both sides alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from lineofsight.kernel import paths, sql
from lineofsight.kernel.sql import Sql


class Facts(Protocol):
    """What rules know of a viewer, beside the facts that atoms name.

    ``scopes``: None for a session, else the scopes of the token. ``limits``: None, or the unit paths outside of which
    a client sees nothing.
    """

    @property
    def scopes(self) -> frozenset[str] | None: ...

    @property
    def limits(self) -> tuple[str, ...] | None: ...


class Atom(Protocol):
    """One condition. ``reach``: True or False where the viewer alone decides it, None where the row is needed."""

    @property
    def says(self) -> str: ...

    def reach(self, viewer: Facts) -> bool | None: ...

    def sql(self, viewer: Facts, alias: str) -> Sql: ...

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool: ...

    def columns(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Holds:
    """A fact of the viewer alone."""

    fact: str
    says: str

    def reach(self, viewer: Facts) -> bool | None:
        return bool(getattr(viewer, self.fact))

    def sql(self, viewer: Facts, alias: str) -> Sql:
        return sql.TRUE if self.reach(viewer) else sql.FALSE

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool:
        return bool(getattr(viewer, self.fact))

    def columns(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Is:
    """The row's column is the viewer's fact, a single key."""

    column: str
    fact: str
    says: str

    def reach(self, viewer: Facts) -> bool | None:
        return False if getattr(viewer, self.fact) is None else None

    def sql(self, viewer: Facts, alias: str) -> Sql:
        return Sql(f"{alias}.{self.column} = ?", getattr(viewer, self.fact))

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool:
        fact = getattr(viewer, self.fact)
        return fact is not None and row[prefix + self.column] == fact

    def columns(self) -> tuple[str, ...]:
        return (self.column,)


@dataclass(frozen=True)
class Other:
    """The row's column is not the viewer's fact; a missing column is not."""

    column: str
    fact: str
    says: str

    def reach(self, viewer: Facts) -> bool | None:
        return True if getattr(viewer, self.fact) is None else None

    def sql(self, viewer: Facts, alias: str) -> Sql:
        column = f"{alias}.{self.column}"
        return Sql(f"({column} is null or {column} <> ?)", getattr(viewer, self.fact))

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool:
        fact = getattr(viewer, self.fact)
        return fact is None or row[prefix + self.column] != fact

    def columns(self) -> tuple[str, ...]:
        return (self.column,)


@dataclass(frozen=True)
class Among:
    """The row's column is one of the viewer's keys."""

    column: str
    fact: str
    says: str

    def reach(self, viewer: Facts) -> bool | None:
        return None if getattr(viewer, self.fact) else False

    def sql(self, viewer: Facts, alias: str) -> Sql:
        return sql.among(f"{alias}.{self.column}", sorted(getattr(viewer, self.fact)))

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool:
        return row[prefix + self.column] in getattr(viewer, self.fact)

    def columns(self) -> tuple[str, ...]:
        return (self.column,)


@dataclass(frozen=True)
class NotAmong:
    """The row's column is none of the viewer's keys; where it is missing and there are any, closed."""

    column: str
    fact: str
    says: str

    def reach(self, viewer: Facts) -> bool | None:
        return None if getattr(viewer, self.fact) else True

    def sql(self, viewer: Facts, alias: str) -> Sql:
        return Sql("not (?)", sql.among(f"{alias}.{self.column}", sorted(getattr(viewer, self.fact))))

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool:
        keys, value = getattr(viewer, self.fact), row[prefix + self.column]
        return not keys or (value is not None and value not in keys)

    def columns(self) -> tuple[str, ...]:
        return (self.column,)


@dataclass(frozen=True)
class Present:
    """The row's column is not missing."""

    column: str
    says: str

    def reach(self, viewer: Facts) -> bool | None:
        return None

    def sql(self, viewer: Facts, alias: str) -> Sql:
        return Sql(f"{alias}.{self.column} is not null")

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool:
        return row[prefix + self.column] is not None

    def columns(self) -> tuple[str, ...]:
        return (self.column,)


@dataclass(frozen=True)
class Under:
    """The row's path lies at or below (``strictly``: below) one of the viewer's paths."""

    column: str
    fact: str
    says: str
    strictly: bool = False

    def reach(self, viewer: Facts) -> bool | None:
        return None if getattr(viewer, self.fact) else False

    def sql(self, viewer: Facts, alias: str) -> Sql:
        return sql.under(f"{alias}.{self.column}", getattr(viewer, self.fact), strictly=self.strictly)

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool:
        path = row[prefix + self.column]
        return path is not None and any(
            paths.is_under(path, p, strictly=self.strictly) for p in getattr(viewer, self.fact)
        )

    def columns(self) -> tuple[str, ...]:
        return (self.column,)


@dataclass(frozen=True, init=False)
class OneOf:
    """The row's column is one of a few constants."""

    column: str
    values: tuple[Any, ...]
    says: str

    def __init__(self, column: str, *values: Any, says: str) -> None:
        object.__setattr__(self, "column", column)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "says", says)

    def reach(self, viewer: Facts) -> bool | None:
        return None

    def sql(self, viewer: Facts, alias: str) -> Sql:
        return sql.one_of(f"{alias}.{self.column}", self.values)

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str) -> bool:
        return row[prefix + self.column] in self.values

    def columns(self) -> tuple[str, ...]:
        return (self.column,)


@dataclass(frozen=True)
class Rule:
    """A named rule: any branch whose atoms all hold opens it; closed by default.

    ``scope``: what a token must hold besides. ``unit_path``: the column that places the row in a unit, against which a
    client's limit is held; None: closed to a client that is limited. ``says``: one sentence for docs/access.md.
    """

    name: str
    says: str
    branches: Sequence[Sequence[Atom]]
    scope: str = "read"
    unit_path: str | None = "unit_path"
    _columns: tuple[str, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        found = {c for branch in self.branches for atom in branch for c in atom.columns()}
        if self.unit_path:
            found.add(self.unit_path)
        object.__setattr__(self, "_columns", tuple(sorted(found)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The facts a row must carry for this rule."""
        return self._columns

    def open_to(self, viewer: Facts) -> bool:
        """Whether the viewer's scopes and limit leave the rule open at all."""
        if viewer.scopes is not None and self.scope not in viewer.scopes:
            return False
        return viewer.limits is None or self.unit_path is not None

    def sql(self, viewer: Facts, alias: str = "t") -> Sql:
        """The condition over rows named ``alias``, dead branches dropped."""
        if not self.open_to(viewer):
            return sql.FALSE
        live = []
        for branch in self.branches:
            reaches = [atom.reach(viewer) for atom in branch]
            if False in reaches:
                continue
            live.append(
                sql.all_of(
                    atom.sql(viewer, alias) for atom, reach in zip(branch, reaches, strict=True) if reach is None
                )
            )
        condition = sql.any_of(live)
        if viewer.limits is None:
            return condition
        return sql.all_of([sql.under(f"{alias}.{self.unit_path}", viewer.limits), condition])

    def allows(self, viewer: Facts, row: Mapping[str, Any], prefix: str = "") -> bool:
        """Whether the rule opens for one row, whose facts stand under ``prefix`` + column."""
        if not self.open_to(viewer):
            return False
        if viewer.limits is not None:
            path = row[f"{prefix}{self.unit_path}"]
            if path is None or not any(paths.is_under(path, limit) for limit in viewer.limits):
                return False
        return any(all(atom.allows(viewer, row, prefix) for atom in branch) for branch in self.branches)
