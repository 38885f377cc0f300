"""The keys under which a document's goals and indicators are found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from lineofsight.exchange import references

from .document import Document
from .identifiers import Register, names_nothing
from .run import Run


def keys(document: Document) -> dict[int, str]:
    """By Python identity of each element that has a telling identifier: the identifier as written; of a later
    duplicate the form an export writes, with its suffix.
    """
    register, seen, found = Register(), set(), {}
    for element, identifier in _identified(document):
        written = register.claim(identifier)
        if not names_nothing(identifier):
            found[id(element)] = written if identifier in seen else identifier
        seen.add(identifier)
    return found


def _identified(part: Any) -> Iterator[tuple[object, str]]:
    """Every element with an identifier, in the order an export writes them."""
    if isinstance(part, tuple):
        for each in part:
            yield from _identified(each)
    elif is_dataclass(part):
        if identifier := getattr(part, "identifier", ""):
            yield part, identifier
        for each in fields(part):
            yield from _identified(getattr(part, each.name))


async def remember_keys(run: Run, kind: str, rows: dict[int, str], scope: str) -> int:
    """Keep the keys of rows (by id) that have none yet; how many were another row's already.

    Such a key is kept behind the plan's own: `plan#key`.
    """
    directory = await run.directory(kind)
    new: dict[str, int] = {}
    others = 0
    for row, key in rows.items():
        holder = directory.keys.get(key)
        if row in (holder, directory.get(key)):
            continue
        if holder is not None and holder != row:
            others += 1
            key = f"{scope}#{key}"
        if key not in directory.keys:
            new[key] = row
            directory.add(key, row)
    await references.add(run.system, kind, new)
    return others
