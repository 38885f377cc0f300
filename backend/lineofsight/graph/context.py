"""What one operation carries: the viewer, its loaders, what it redacted."""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import strawberry
from strawberry.dataloader import DataLoader

from lineofsight.graph import cursors
from lineofsight.kernel.rows import OrderBy, Page, Reach, Row, Source, Window, by_key, counts, pages
from lineofsight.people.viewer import Viewer

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class Context:
    """One operation's own state; never shared between two.

    ``sign_in``: set by a mutation that opens a session (its secret) or ends one (""), for the response's cookie.
    """

    viewer: Viewer
    address: str = ""
    agent: str | None = None
    sign_in: str | None = None
    redactions: Counter[tuple[str, str]] = field(default_factory=Counter)
    _loaders: dict[Hashable, DataLoader[Any, Any]] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """The day the operation speaks of."""
        return self.viewer.on

    def loader(self, name: Hashable, load: Callable[[list[K]], Awaitable[Sequence[V]]]) -> DataLoader[K, V]:
        """The operation's loader of a name, made at first use."""
        found = self._loaders.get(name)
        if found is None:
            found = self._loaders[name] = DataLoader(load_fn=load)
        return found

    def forget(self) -> None:
        """Drops what was loaded: a mutation wrote."""
        self._loaders.clear()

    async def row(self, source: Source, key: int | None) -> Row | None:
        """The row, where it is there and visible; the keys of one level are loaded together."""
        if key is None:
            return None

        async def load(keys: list[int]) -> list[Row | None]:
            found = {row["id"]: row for row in await by_key(source, self.viewer, keys)}
            return [found.get(k) for k in keys]

        return await self.loader(("row", id(source)), load).load(key)

    async def rows_of(self, source: Source, keys: Sequence[int]) -> dict[int, Row]:
        """The visible rows among many keys, in one statement."""
        return {row["id"]: row for row in await by_key(source, self.viewer, keys)} if keys else {}

    async def page(
        self, source: Source, reach: Reach, order: tuple[OrderBy, ...], window: Window, parent: int | None
    ) -> Page:
        """A page of a parent's rows; the parents of one level are loaded together."""

        async def load(parents: list[int | None]) -> list[Page]:
            keys = [p for p in parents if p is not None]
            found = await pages(source, self.viewer, reach, keys, order, window)
            return [found.get(p) or Page([], False, False) for p in parents]

        return await self.loader(("page", id(source), reach, order, window), load).load(parent)

    async def count(self, source: Source, reach: Reach, parent: int | None) -> int:
        """How many visible rows a parent has."""

        async def load(parents: list[int | None]) -> list[int]:
            found = await counts(source, self.viewer, reach, [p for p in parents if p is not None])
            return [found.get(p, 0) for p in parents]

        return await self.loader(("count", id(source), reach), load).load(parent)

    async def batch(self, name: Hashable, load: Callable[[list[int]], Awaitable[dict[int, V]]], key: int) -> V | None:
        """What ``load`` answers for a key, the keys of one level together."""

        async def aligned(keys: list[int]) -> list[V | None]:
            found = await load(keys)
            return [found.get(k) for k in keys]

        return await self.loader(("batch", name), aligned).load(key)

    def redact(self, path: str, rule: str) -> None:
        """Notes that a rule hid a field."""
        self.redactions[path, rule] += 1

    def binding(self, *parts: object) -> bytes:
        """What a cursor is bound to: the viewer, and what it points into."""
        who = (self.viewer.kind.value, self.viewer.id, self.viewer.client_id, *parts)
        return hashlib.sha256(repr(who).encode()).digest()

    def seal(self, position: Sequence[Any], binding: bytes) -> str:
        """A cursor of a position."""
        return cursors.seal(position, binding)


Info = strawberry.Info[Context, None]


def path_pattern(info: Info) -> str:
    """The path of a field with ``*`` for each index: ``goal.checkIns.nodes.*.note``."""
    parts: list[str] = []
    step: Any = info.path
    while step is not None:
        parts.append("*" if isinstance(step.key, int) else str(step.key))
        step = step.prev
    return ".".join(reversed(parts))
