"""Identifiers as documents have them, as XML allows them, and as they are compared.

XML's ID type wants an NCName, once in a document; real files have bare UUIDs, `Code#P320`, `urn:uuid:…`,
duplicates and placeholders. The original string is kept; what is written is made safe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

# Letters in every edition of XML 1.0 (NCName of "Namespaces in XML 1.0"); schema processors
# differ on the others: Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, kana, ideographs, Hangul.
_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u038e-\u03a1\u03a3-\u03ce\u040e-\u044f"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0905-\u0939\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
_NOT_START: Final = re.compile(f"[^{_START}]")
_NOT_NAME: Final = re.compile(f"[^{_START}\\-.0-9]")
_PLACEHOLDER: Final = re.compile(r"_*placeholder[_\-.0-9]*", re.IGNORECASE)


Named = TypeVar("Named")


def ncname(identifier: str) -> str:
    """The identifier as XML allows it: forbidden characters become `_`, a forbidden first one gets `_` before it."""
    safe = _NOT_NAME.sub("_", identifier.strip())
    return f"_{safe}" if not safe or _NOT_START.match(safe) else safe


def comparable(identifier: str) -> str:
    """The form two identifiers are compared in: safe for XML, without a leading `_`."""
    return ncname(identifier).removeprefix("_")


def names_nothing(identifier: str) -> bool:
    """Whether the identifier tells nothing apart: empty, or a placeholder such as `PLACEHOLDER_1`."""
    return not identifier.strip() or _PLACEHOLDER.fullmatch(identifier.strip()) is not None


@dataclass(slots=True)
class Names(Generic[Named]):
    """Things by identifier; of several with one identifier the first added."""

    _exact: dict[str, Named] = field(default_factory=dict)
    _loose: dict[str, list[Named]] = field(default_factory=dict)

    def add(self, identifier: str, thing: Named) -> None:
        """Name a thing; an identifier that names nothing is passed over."""
        form = ncname(identifier)
        if names_nothing(identifier) or form in self._exact:
            return
        self._exact[form] = thing
        loose = comparable(identifier)
        for each in {loose, f" {loose.casefold()}"}:
            self._loose.setdefault(each, []).append(thing)

    def get(self, identifier: str) -> Named | None:
        """The thing of that identifier; else the only one whose identifier differs in a leading `_` alone."""
        if names_nothing(identifier):
            return None
        found = self._exact.get(ncname(identifier))
        return found if found is not None else self._only(comparable(identifier))

    def find(self, identifier: str) -> Named | None:
        """The same, else the only one whose identifier differs in case alone: for referents, typed by people."""
        found = self.get(identifier)
        if found is None and not names_nothing(identifier):
            found = self._only(f" {comparable(identifier).casefold()}")
        return found

    def _only(self, form: str) -> Named | None:
        alike = self._loose.get(form, [])
        return alike[0] if len(alike) == 1 else None


@dataclass(slots=True)
class Register:
    """The identifiers written into one document so far."""

    _taken: set[str] = field(default_factory=set)

    def claim(self, identifier: str) -> str:
        """A safe form of `identifier` that stands nowhere else in the document: a later one gets `_2`, `_3`, …"""
        safe = candidate = ncname(identifier)
        number = 1
        while candidate in self._taken:
            number += 1
            candidate = f"{safe}_{number}"
        self._taken.add(candidate)
        return candidate
