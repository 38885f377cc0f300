"""Alignments, lines of sight and trees of goals in the graph."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from lineofsight.goals import policy, reads, trees
from lineofsight.goals.health import health
from lineofsight.goals.words import AlignmentType, GoalLevel, Health
from lineofsight.graph.connection import (
    Line,
    Listing,
    Ordered,
    PageInfo,
    lines,
    page_info,
    rows,
    total,
)
from lineofsight.graph.context import Context
from lineofsight.graph.cursors import BadCursor, unseal
from lineofsight.graph.node import Access, Node, column, is_kind, kinded, loader, node_id, one
from lineofsight.graph.people import Person
from lineofsight.kernel import numbers
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.problems import InvalidField
from lineofsight.kernel.rows import OrderBy, Row
from lineofsight.people import reads as people_reads

if TYPE_CHECKING:
    from lineofsight.graph.goals import Goal

SEE = policy.SEE
MOST_DESCENDANTS = 1000
LazyGoal = Annotated["Goal", strawberry.lazy("lineofsight.graph.goals")]


@strawberry.type(description="A goal you cannot see: only its level shows.")
class HiddenGoal:
    """A hidden step of a line of sight."""

    is_type_of = is_kind("HiddenGoal")
    level: GoalLevel = strawberry.field(
        resolver=lambda root: GoalLevel(root["level"]), description="Where in the cascade it stands."
    )


LineOfSightStep = Annotated[
    LazyGoal | HiddenGoal,
    strawberry.union("LineOfSightStep", description="A step of a line of sight: a goal, or one the viewer cannot see."),
]


def step(row: Row, context: Context) -> Row:
    """A row of a line of sight as the viewer sees it; a hidden one keeps its level alone."""
    if policy.SEE.allows(context.viewer, row):
        return kinded("Goal", row) or row
    return {"_kind": "HiddenGoal", "level": row["level"]}


async def line_of_sight(row: Row, context: Context) -> list[Row]:
    """The goal, then upward."""

    async def load(ids: list[int]) -> dict[int, list[Row]]:
        return await reads.lines_of_sight(context.on, ids)

    path = await context.batch("lineOfSight", load, row["id"]) or []
    return [step(dict(r), context) for r in path]


async def primary_parent(row: Row, context: Context) -> Row | None:
    """The goal it mainly serves, or its hidden form."""
    if row["primary_parent_id"] is None:
        return None

    async def load(ids: list[int]) -> dict[int, Row]:
        return {r["id"]: r for r in await reads.by_key_unguarded(context.on, ids)}

    found = await context.batch("unguarded", load, row["primary_parent_id"])
    return None if found is None else step(dict(found), context)


async def primary_alignment(row: Row, context: Context) -> Row | None:
    """The alignment that gives its line of sight, where both ends are visible."""
    if row["primary_parent_id"] is None:
        return None
    edges = await context.batch("primaryAlignments", reads.first_alignments, row["id"])
    return kinded("Alignment", await context.row(reads.ALIGNMENTS, edges))


async def share_carried(row: Row, context: Context) -> float | None:
    """The product of shares along the primary path; None where a goal on it is hidden."""
    if row["primary_parent_id"] is None:
        return None
    if any(at["_kind"] == "HiddenGoal" for at in await line_of_sight(row, context)):
        return None
    return await context.batch("shares", reads.shares_carried, row["id"])


async def _edge_share(row: Row, context: Context) -> float | None:
    return await context.batch("edgeShares", reads.edge_shares, row["id"])


def _goals(context: Context) -> Any:
    return reads.goals(context.on)


@strawberry.type(
    description="What one goal is to another; seen only where both its ends are.", directives=[Access(rule=SEE.name)]
)
class Alignment(Node):
    """A typed edge between goals."""

    is_type_of = is_kind("Alignment")
    id: strawberry.ID = node_id(SEE, "Alignment")
    type: AlignmentType = column(SEE, "What the child is to the parent.", "type", convert=AlignmentType)
    primary: bool = column(SEE, "Whether it gives the child's line of sight.", "is_primary")
    weight: float | None = column(SEE, "Relative weight; none counts as 1.", "weight_bp", convert=numbers.from_bp)
    reason: str | None = column(SEE, "Why the goals are linked.", "reason")
    share_carried: float | None = loader(
        SEE, "The share of the parent that the child carries: its weight among the counted contributors.", _edge_share
    )
    child: LazyGoal | None = one(SEE, "The goal that serves.", "Goal", _goals, "child_id")
    parent: LazyGoal | None = one(SEE, "The goal that is served.", "Goal", _goals, "parent_id")
    author: Person | None = one(SEE, "Who made the link.", "Person", people_reads.PEOPLE, "author_id")
    valid_from: date = column(SEE, "First day it holds.", "valid_from")
    valid_to: date | None = column(SEE, "First day it no longer holds; null while it does.", "valid_to")


class Aligned(Listing):
    """Goals at the other end of a goal's alignments."""

    def __init__(
        self,
        context: Context,
        goal: int,
        types: list[AlignmentType],
        *,
        upward: bool,
        ordered: Ordered,
        order: tuple[OrderBy, ...],
    ) -> None:
        reach = (reads.parents if upward else reads.children)(tuple(dict.fromkeys(types)))
        super().__init__(context, "Goal", reads.goals(context.on), reach, order, goal, ordered)
        self.upward = upward

    async def hidden(self) -> int:
        async def load(ids: list[int]) -> dict[int, int]:
            return await reads.hidden_counts(self.context.viewer, ids, upward=self.upward)

        assert self.parent is not None
        return await self.context.batch(("hidden", self.upward), load, self.parent) or 0


def _edge_row(root: Line) -> Row:
    own = {k.removeprefix("edge__"): v for k, v in root.row.items() if k.startswith("edge__")}
    return {**own, "_kind": "Alignment"}


@strawberry.type(description="A linked goal, with the link.")
class AlignedGoalEdge:
    """An edge."""

    cursor: str = strawberry.field(
        resolver=lambda root: root.listing.cursor(root.row), description="Points at this row, for `after`."
    )
    node: LazyGoal = strawberry.field(resolver=lambda root: root.row, description="The goal.")
    alignment: Alignment = strawberry.field(resolver=_edge_row, description="The link to it.")


@strawberry.type(description="Linked goals in pages, of those the viewer may see.")
class AlignedGoalConnection:
    """A connection that tells how much it hides."""

    edges: list[AlignedGoalEdge] = strawberry.field(resolver=lines, description="The goals of this page, with links.")
    nodes: list[LazyGoal] = strawberry.field(resolver=rows, description="The goals of this page.")
    page_info: PageInfo = strawberry.field(resolver=page_info, description="Where this page stands.")
    total_count: int = strawberry.field(
        resolver=total, description="How many there are in all, of those the viewer may see."
    )

    @strawberry.field(
        description="How many goals that count toward it, or that it counts toward, the viewer cannot see; drafts not."
    )
    async def hidden_count(root: Any) -> int:  # noqa: N805
        return await root.hidden()


@dataclass
class Below:
    """A place in a tree, with its goal's row."""

    descent: "Descent"
    index: int
    place: trees.Place
    row: Row


class Descent:
    """The tree below a goal, read once."""

    def __init__(self, context: Context, goal: int, max_depth: int | None, ordered: Ordered) -> None:
        self.context, self.goal, self.max_depth = context, goal, max_depth
        if max_depth is not None and max_depth < 0:
            raise InvalidField("maxDepth counts steps down: 0 or more.", path=("maxDepth",))
        self.size = ordered.size(MOST_DESCENDANTS)
        self.start = 0
        if ordered.after is not None:
            try:
                self.start = int(unseal(ordered.after, self.binding)[0]) + 1
            except BadCursor as bad:
                raise InvalidField(str(bad), path=("after",)) from None

    @cached_property
    def binding(self) -> bytes:
        return self.context.binding("descendants", self.goal, self.max_depth)

    async def places(self) -> list[trees.Place]:
        async def load(ids: list[int]) -> dict[int, list[trees.Place]]:
            return {key: (await trees.tree(self.context.viewer, key, self.max_depth))[1:] for key in ids}

        return await self.context.batch(("tree", self.max_depth), load, self.goal) or []

    async def page(self) -> list[Below]:
        places = (await self.places())[self.start : self.start + self.size]
        found = await self.context.rows_of(reads.goals(self.context.on), [p.id for p in places])
        return [
            Below(self, self.start + n, place, row)
            for n, place in enumerate(places)
            if (row := kinded("Goal", found.get(place.id))) is not None
        ]


@strawberry.type(description="A goal in the tree below another.")
class DescendantEdge:
    """An edge of a tree."""

    @strawberry.field(description="Points at this row, for `after`.")
    def cursor(root: Any) -> str:  # noqa: N805
        return root.descent.context.seal((root.index,), root.descent.binding)

    @strawberry.field(description="The goal.")
    def node(root: Any) -> LazyGoal:  # noqa: N805
        return root.row

    @strawberry.field(description="Steps below the root, counting visible goals.")
    def depth(root: Any) -> int:  # noqa: N805
        return root.place.depth

    @strawberry.field(description="Id of its nearest visible ancestor in this tree.")
    def parent_id(root: Any) -> strawberry.ID:  # noqa: N805
        return strawberry.ID(global_id("Goal", root.place.parent))

    @strawberry.field(description="Whether the way to that ancestor leads through a goal the viewer cannot see.")
    def via_hidden(root: Any) -> bool:  # noqa: N805
        return root.place.via_hidden


@strawberry.type(description="The visible tree below a goal, in pages, each goal once, in tree order.")
class DescendantConnection:
    """A connection over a tree."""

    @strawberry.field(description="The goals of this page, with their place in the tree.")
    async def edges(root: Any) -> list[DescendantEdge]:  # noqa: N805
        return await root.page()

    @strawberry.field(description="The goals of this page.")
    async def nodes(root: Any) -> list[LazyGoal]:  # noqa: N805
        return [below.row for below in await root.page()]

    @strawberry.field(description="Where this page stands.")
    async def page_info(root: Any) -> PageInfo:  # noqa: N805
        places = await root.places()
        end = min(root.start + root.size, len(places))
        seal, empty = root.context.seal, root.start >= end
        return PageInfo(
            has_next_page=end < len(places),
            has_previous_page=root.start > 0,
            start_cursor=None if empty else seal((root.start,), root.binding),
            end_cursor=None if empty else seal((end - 1,), root.binding),
        )

    @strawberry.field(description="How many goals the tree has in all, of those the viewer may see.")
    async def total_count(root: Any) -> int:  # noqa: N805
        return len(await root.places())


@strawberry.type(description="Columns of one visible tree, in tree order; the root first.")
class CascadePack:
    """A tree as parallel lists."""

    ids: list[strawberry.ID] = strawberry.field(description="Global ids of the goals.")
    parents: list[int] = strawberry.field(description="Index of each one's parent; -1 for the root.")
    titles: list[str] = strawberry.field(description="Titles.")
    levels: list[GoalLevel] = strawberry.field(description="Levels.")
    health: list[Health] = strawberry.field(description="Computed health.")
    progress: list[float | None] = strawberry.field(description="Progress, 0 to 1.")
    hidden: list[int] = strawberry.field(description="How many goals directly below each the viewer cannot see.")
    via_hidden: list[bool] = strawberry.field(description="Whether the way to its parent leads through a hidden goal.")
    truncated: bool = strawberry.field(description="Whether the tree has more than 50,000 goals.")


async def cascade_pack(context: Context, goal: int, max_depth: int | None) -> CascadePack:
    """The whole visible tree below a goal."""
    if max_depth is not None and max_depth < 0:
        raise InvalidField("maxDepth counts steps down: 0 or more.", path=("maxDepth",))
    places = await trees.tree(context.viewer, goal, max_depth)
    truncated = len(places) > trees.PACK_LIMIT
    places = places[: trees.PACK_LIMIT]
    found = await context.rows_of(reads.goals(context.on), [p.id for p in places])
    places = [p for p in places if p.id in found]
    ids, parents = trees.columns_of_tree(places)
    ordered = [found[key] for key in ids]
    return CascadePack(
        ids=[strawberry.ID(global_id("Goal", key)) for key in ids],
        parents=parents,
        titles=[row["title"] for row in ordered],
        levels=[GoalLevel(row["level"]) for row in ordered],
        health=[health(row, context.on) for row in ordered],
        progress=[row["progress"] for row in ordered],
        hidden=[place.hidden for place in places],
        via_hidden=[place.via_hidden for place in places],
        truncated=truncated,
    )
