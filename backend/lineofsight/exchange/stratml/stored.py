"""Elements of a document as JSON, as they are kept with the rows they became.

Kept is what the source said, without the children that became rows of their own. So an export can give back
verbatim what nobody touched, and a later import can tell what the source changed from what was changed here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

Kept = TypeVar("Kept")

KEY = "stratml"
"""Under which the element stands in a row's JSON column."""


def pack(element: object, without: Collection[str] = ()) -> dict[str, Any]:
    """What an element says, empty parts left out; `without`: fields that become rows of their own."""
    return {
        part.name: _packed(value)
        for part in fields(element)  # type: ignore[arg-type]
        if part.name != "line" and part.name not in without
        if (value := getattr(element, part.name)) not in ("", (), None)
    }


def _packed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_packed(each) for each in value]
    return pack(value) if is_dataclass(value) else value


def unpack(kind: type[Kept], data: Mapping[str, Any]) -> Kept:
    """The element again; what the running version does not know is left out."""
    hints = _kinds(kind)  # type: ignore[arg-type]
    return kind(**{name: _unpacked(hints[name], value) for name, value in data.items() if name in hints})


def _unpacked(kind: type | None, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpacked(kind, each) for each in value)
    return unpack(kind, value) if kind and isinstance(value, Mapping) else value


@cache
def _kinds(kind: type) -> dict[str, type | None]:
    """Of each field the class of the elements in it; None for text and numbers."""
    return {name: _element(hint) for name, hint in get_type_hints(kind).items() if name != "line"}


def _element(hint: Any) -> type | None:
    if is_dataclass(hint):
        return hint if isinstance(hint, type) else None
    if isinstance(hint, UnionType) or get_args(hint):
        return next((found for each in get_args(hint) if (found := _element(each))), None)
    return None


def kept(kind: type[Kept], column: Mapping[str, Any] | None) -> Kept | None:
    """The element in a row's JSON column; None where the row came from elsewhere."""
    data = (column or {}).get(KEY)
    return unpack(kind, data) if isinstance(data, Mapping) else None
