"""The one small layer in which fields of the graph are declared.

Each declaration says where a value comes from (a column, one row, many rows, columns computed, a loader), which rule
opens it, and what it means; it stands in the field's ``metadata["source"]``, so that another executor can read it.
Rows are dictionaries (kernel.rows); ``_kind`` names their type.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from strawberry.schema_directive import Location

from lineofsight.graph.connection import Listing, Ordered
from lineofsight.graph.context import Context, Info, path_pattern
from lineofsight.kernel.access import Rule
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.rows import OrderBy, Reach, Row, Source

T = TypeVar("T")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION, Location.OBJECT],
    description="The rule a viewer must satisfy; docs/access.md says what each rule means.",
)
class Access:
    """``@access(rule: …)``."""

    rule: str = strawberry.directive_field(name="rule")


@dataclass(frozen=True)
class Column:
    """A column of the row."""

    name: str


@dataclass(frozen=True)
class One:
    """The row of another source whose key is a column."""

    kind: str
    source: Callable[[Context], Source]
    column: str


@dataclass(frozen=True)
class Many:
    """Rows of another source that a reach leads to."""

    kind: str
    source: Callable[[Context], Source]


@dataclass(frozen=True)
class Computed:
    """A function of the row and the operation's context."""

    function: Callable[[Row, Context], Any]


@dataclass(frozen=True)
class Loader:
    """A function that loads, batched over the rows of a level."""

    function: Callable[[Row, Context], Awaitable[Any]]


def _opens(rule: Rule, prefix: str, root: Row, info: Info) -> bool:
    if rule.allows(info.context.viewer, root, prefix):
        return True
    info.context.redact(path_pattern(info), rule.name)
    return False


def _field(rule: Rule, description: str, source: object, resolver: Any, **options: Any) -> Any:
    return strawberry.field(
        resolver=resolver,
        description=description,
        directives=[Access(rule=rule.name)],
        metadata={"rule": rule, "source": source},
        **options,
    )


def _guard(rule: Rule, guarded: bool, on: str) -> Callable[[Row, Info], bool]:
    """The test of a field's own rule; a field under its row's rule needs none, the row being visible."""
    if not guarded:
        return lambda root, info: True
    return lambda root, info: _opens(rule, on, root, info)


def column(
    rule: Rule,
    description: str,
    name: str,
    *,
    guarded: bool = False,
    on: str = "",
    convert: Callable[[Any], Any] | None = None,
) -> Any:
    """A column. ``guarded``: the rule is narrower than the row's; ``on``: the prefix of the facts it reads."""
    opens = _guard(rule, guarded, on)

    def resolve(root: Any, info: Info) -> Any:
        if not opens(root, info):
            return None
        value = root[name]
        return convert(value) if convert is not None and value is not None else value

    return _field(rule, description, Column(name), resolve)


def computed(
    rule: Rule, description: str, function: Callable[[Row, Context], Any], *, guarded: bool = False, on: str = ""
) -> Any:
    """A function of the row."""
    opens = _guard(rule, guarded, on)

    def resolve(root: Any, info: Info) -> Any:
        return function(root, info.context) if opens(root, info) else None

    return _field(rule, description, Computed(function), resolve)


def loader(
    rule: Rule,
    description: str,
    function: Callable[[Row, Context], Awaitable[Any]],
    *,
    guarded: bool = False,
    on: str = "",
    absent: Any = None,
) -> Any:
    """A function that loads through the context, so that the rows of a level are served together."""
    opens = _guard(rule, guarded, on)

    async def resolve(root: Any, info: Info) -> Any:
        return await function(root, info.context) if opens(root, info) else absent

    return _field(rule, description, Loader(function), resolve)


def kinded(kind: str, row: Row | None) -> Row | None:
    """``row`` with the name of its type."""
    if row is not None:
        row["_kind"] = kind
    return row


def one(
    rule: Rule, description: str, kind: str, source: Source | Callable[[Context], Source], key: str,
    *, guarded: bool = False, on: str = "",
) -> Any:  # fmt: skip
    """The row whose key stands in the column ``key``; null where it is hidden."""
    opens = _guard(rule, guarded, on)
    find: Callable[[Context], Source] = (lambda _: source) if isinstance(source, Source) else source

    async def resolve(root: Any, info: Info) -> Any:
        if not opens(root, info):
            return None
        return kinded(kind, await info.context.row(find(info.context), root[key]))

    return _field(rule, description, One(kind, find, key), resolve)


def listing(
    info: Info,
    kind: str,
    source: Source,
    reach: Reach,
    order: tuple[OrderBy, ...],
    parent: int | None,
    ordered: Ordered,
) -> Listing:
    """A connection of visible rows, loaded when its pages are read."""
    return Listing(info.context, kind, source, reach, order, parent, ordered)


def is_kind(kind: str) -> Callable[[Any, Any], bool]:
    """How a row is known to be of a type."""
    return lambda row, _info: isinstance(row, dict) and row.get("_kind") == kind


def node_id(rule: Rule, kind: str) -> Any:
    """The global id of a row of the type."""
    return computed(rule, f"Global id of the {kind}.", lambda row, _: global_id(kind, row["id"]))


@strawberry.interface(description="Anything with a global id.")
class Node:
    """Relay's Node."""

    id: strawberry.ID = strawberry.field(
        resolver=lambda root: global_id(root["_kind"], root["id"]), description="Global id, opaque and stable."
    )


@strawberry.interface(description="Who a goal belongs to: a person or a unit.")
class Owner:
    """A person or a unit."""

    id: strawberry.ID = strawberry.field(
        resolver=lambda root: global_id(root["_kind"], root["id"]), description="Global id, opaque and stable."
    )
    name: str = strawberry.field(resolver=lambda root: root["name"], description="Name of the owner.")
