"""Kinds of index of our own, for ``Meta.indexes``."""

from collections.abc import Sequence
from typing import Any

from tortoise.indexes import Index


class UniqueWhere(Index):
    """Unique among the rows that meet ``where``, a condition in SQL that both databases read."""

    INDEX_TYPE = "UNIQUE"

    def __init__(self, fields: Sequence[str], where: str, name: str | None = None) -> None:
        super().__init__(fields=list(fields), name=name)
        self.where = where
        self.extra = f" WHERE {where}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a migration writes this index."""
        path, args, options = super().deconstruct()
        return path, args, options | {"where": self.where}
