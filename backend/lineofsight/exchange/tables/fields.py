"""The fields an import knows, the headers they go by elsewhere, and how a file's header is matched to
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lineofsight.exchange.tables.source import UnreadableFile


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an import: its name in --map, what it means, and headers it goes by, likeliest first."""

    name: str
    about: str
    headers: tuple[str, ...] = ()


def named(name: str, about: str, headers: str = "") -> Field:
    """A field whose other headers stand in one text, parted by commas."""
    return Field(name, about, tuple(header.strip() for header in headers.split(",") if header.strip()))


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields one kind of import knows.

    `needs`: what a header must offer; each need is a choice of alternatives, each of them fields wanted
    together.
    """

    kind: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[tuple[str, ...], ...], ...]

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    def unmet(self, found: Sequence[str] | set[str] | Mapping[str, int]) -> list[str]:
        """The needs that a header with these fields leaves open, in words."""
        return [
            " or ".join(" and ".join(together) for together in need)
            for need in self.needs
            if not any(all(name in found for name in together) for together in need)
        ]


def bare(header: str) -> str:
    """A header without case, spaces and punctuation: "E-mail Address:" and "email_address" are one."""
    return "".join(letter for letter in header.casefold() if letter.isalnum())


def guess(layout: Layout, header: Sequence[str]) -> dict[str, int]:
    """Field name → index of the column that holds it, by the layout's known headers; earlier ones win."""
    places: dict[str, int] = {}
    for index, text in enumerate(header):
        places.setdefault(bare(text), index)
    columns: dict[str, int] = {}
    taken: set[int] = set()
    ranks = max((len(field.headers) for field in layout.fields), default=0) + 1
    for rank in range(ranks):
        for field in layout.fields:
            if field.name in columns:
                continue
            known = (field.name, *field.headers)
            place = places.get(bare(known[rank])) if rank < len(known) else None
            if place is not None and place not in taken:
                columns[field.name] = place
                taken.add(place)
    return columns


def parse_mapping(layout: Layout, mapping: Sequence[str]) -> dict[str, str]:
    """COLUMN=FIELD arguments as bare column → field name; an empty FIELD leaves the column out.

    Raises UnreadableFile, naming the fields there are, for an argument that is none.
    """
    wanted: dict[str, str] = {}
    for argument in mapping:
        column, equals, name = argument.rpartition("=")
        name = name.strip()
        if not equals or not column.strip():
            raise UnreadableFile("wrong-mapping", f"--map takes COLUMN=FIELD, not {argument!r}")
        if name and layout.field(name) is None:
            known = ", ".join(field.name for field in layout.fields)
            raise UnreadableFile("wrong-mapping", f"--map {argument}: {name!r} is no field; there are {known}")
        wanted[bare(column) or column.strip()] = name
    return wanted


def match(layout: Layout, header: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int]:
    """`guess`, with the columns that --map names put where it says.

    Raises UnreadableFile for a column the header lacks.
    """
    places: dict[str, int] = {}
    for at, text in enumerate(header):
        places.setdefault(bare(text) or text.strip(), at)
    columns = guess(layout, header)
    for column, name in wanted.items():
        index = places.get(column)
        if index is None:
            raise UnreadableFile("wrong-mapping", f"--map names a column this file lacks; it has: {shown(header)}")
        columns = {field: place for field, place in columns.items() if place != index}
        if name:
            columns[name] = index
    return columns


def shown(header: Sequence[str]) -> str:
    """A header for a message."""
    texts = [text.strip() for text in header if text.strip()]
    more = f" and {len(texts) - 30} more" if len(texts) > 30 else ""
    return (", ".join(text[:60] for text in texts[:30]) or "nothing") + more
