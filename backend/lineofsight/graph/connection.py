"""Relay connections over visible rows: keyset pages, counted in full."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import strawberry

from lineofsight.graph.context import Context, Info
from lineofsight.graph.cursors import BadCursor, unseal
from lineofsight.kernel.problems import InvalidField
from lineofsight.kernel.rows import OrderBy, Page, Reach, Row, Source, Window

T = TypeVar("T")

DEFAULT = 20
MOST = 100


@dataclass(frozen=True)
class Ordered:
    """The paging arguments of a connection as they were given."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def size(self, most: int = MOST) -> int:
        """How many rows are asked for; InvalidField when out of bounds."""
        if self.first is not None and self.last is not None:
            raise InvalidField("Ask for first or last, not both.", path=("last",))
        size = self.last if self.last is not None else self.first
        if size is None:
            return DEFAULT
        if not 0 <= size <= most:
            name = "last" if self.last is not None else "first"
            raise InvalidField(f"Ask for 0 to {most} rows.", path=(name,))
        return size


class Listing:
    """What a connection's fields read: one parent's rows, loaded with those of its level."""

    def __init__(
        self,
        context: Context,
        kind: str,
        source: Source,
        reach: Reach,
        order: tuple[OrderBy, ...],
        parent: int | None,
        ordered: Ordered,
    ) -> None:
        self.context, self.kind, self.source, self.reach = context, kind, source, reach
        self.order, self.parent = order, parent
        self.window = Window(
            ordered.size(),
            after=self._position(ordered.after),
            before=self._position(ordered.before),
            from_end=ordered.last is not None,
        )

    @cached_property
    def binding(self) -> bytes:
        return self.context.binding(self.kind, self.reach, self.order, self.parent)

    def _position(self, cursor: str | None) -> tuple[Any, ...] | None:
        if cursor is None:
            return None
        try:
            position = unseal(cursor, self.binding)
        except BadCursor as bad:
            raise InvalidField(str(bad), path=("after",)) from None
        return position if len(position) == len(self.order) else None

    async def page(self) -> Page:
        page = await self.context.page(self.source, self.reach, self.order, self.window, self.parent)
        for row in page.rows:
            row["_kind"] = self.kind
        return page

    async def total(self) -> int:
        return await self.context.count(self.source, self.reach, self.parent)

    def cursor(self, row: Row) -> str:
        return self.context.seal(row["_position"], self.binding)


@dataclass
class Line:
    """A row of a listing, as an edge."""

    listing: Listing
    row: Row


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = strawberry.field(description="Whether rows follow this page.")
    has_previous_page: bool = strawberry.field(description="Whether rows precede this page.")
    start_cursor: str | None = strawberry.field(description="Cursor of the page's first row.")
    end_cursor: str | None = strawberry.field(description="Cursor of the page's last row.")


async def page_info(root: Listing) -> PageInfo:
    """Where the page of a listing stands."""
    page = await root.page()
    return PageInfo(
        has_next_page=page.more_after,
        has_previous_page=page.more_before,
        start_cursor=root.cursor(page.rows[0]) if page.rows else None,
        end_cursor=root.cursor(page.rows[-1]) if page.rows else None,
    )


async def lines(root: Listing) -> list[Line]:
    """The page of a listing as edges."""
    return [Line(root, row) for row in (await root.page()).rows]


async def rows(root: Listing) -> list[Row]:
    """The page of a listing as rows."""
    return (await root.page()).rows


async def total(root: Listing) -> int:
    """How many rows the listing has in all."""
    return await root.total()


@strawberry.type(description="A row of a list, with its cursor.")
class Edge(Generic[T]):
    """Relay's edge."""

    @strawberry.field(description="Points at this row, for `after` and `before`.")
    def cursor(root: Any) -> str:  # noqa: N805
        return root.listing.cursor(root.row)

    @strawberry.field(description="The row.")
    def node(root: Any) -> T:  # noqa: N805
        return root.row


@strawberry.type(description="A list in pages, of the rows the viewer may see.")
class Connection(Generic[T]):
    """Relay's connection, with ``nodes`` and ``totalCount``."""

    @strawberry.field(description="The rows of this page, with cursors.")
    async def edges(root: Any) -> list[Edge[T]]:  # noqa: N805
        return await lines(root)

    @strawberry.field(description="The rows of this page.")
    async def nodes(root: Any) -> list[T]:  # noqa: N805
        return await rows(root)

    @strawberry.field(description="Where this page stands.")
    async def page_info(root: Any) -> PageInfo:  # noqa: N805
        return await page_info(root)

    @strawberry.field(description="How many rows there are in all, of those the viewer may see.")
    async def total_count(root: Any) -> int:  # noqa: N805
        return await total(root)


__all__ = [
    "Connection",
    "Edge",
    "Info",
    "Line",
    "Listing",
    "Ordered",
    "PageInfo",
    "lines",
    "page_info",
    "rows",
    "total",
]
