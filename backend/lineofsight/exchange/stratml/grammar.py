"""What reading every element of a document needs: its known children and attributes, and remarks about the rest."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from . import vocabulary as words
from .markup import SPACE, Element

_RENAMED: Final = {
    "FirstName": "GivenName",
    "LastName": "Surname",
    "IndicatorType": "PerformanceIndicatorType",
}
"""Names of older versions and what they are now."""

_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?", re.ASCII)
_DECIMAL: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the file its owner should know; the file is read all the same."""

    line: int
    code: str
    message: str


def as_date(text: str) -> date | None:
    """The day an xs:date names, its time zone left aside; None when it is none."""
    match = _DATE.fullmatch(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def as_number(text: str) -> float | None:
    """The number an xs:decimal names; None when it is none or too large for a double."""
    number = float(text) if is_decimal(text) else math.nan
    return number if math.isfinite(number) else None


def is_decimal(text: str) -> bool:
    """Whether the text is an xs:decimal."""
    return _DECIMAL.fullmatch(text) is not None


def unless_empty(found: Found, empty: Found) -> Found | None:
    """`found`, or None when it says no more than an empty element."""
    return None if found == empty else found


@dataclass(slots=True)
class Grammar:
    """Collects findings while elements are opened."""

    findings: list[Finding] = field(default_factory=list)
    _identifiers: set[str] = field(default_factory=set)
    _empty_dates: list[int] = field(default_factory=list)

    def remark(self, where: Element, code: str, message: str) -> None:
        self.findings.append(Finding(where.line, code, message))

    def finish(self) -> None:
        """Add the remarks that stand for many places at once, at the first of them."""
        if lines := self._empty_dates:
            message = f"{_many(len(lines), 'date')} empty; read as no date."
            self.findings.append(Finding(min(lines), "empty-date", message))

    def open(self, element: Element, children: str, attributes: Iterable[str] = ()) -> Parts:
        """The element's parts; `children` are the names that have a place in it, separated by spaces."""
        known = children.split()
        found: dict[str, list[Element]] = {}
        for child in element:
            name = _RENAMED.get(child.name, child.name)
            if name in known and (not child.namespace or child.namespace in words.NAMESPACES):
                found.setdefault(name, []).append(child)
            else:
                message = f"<{child.name}> has no place in {element.name}; skipped with all it holds."
                self.remark(child, "foreign-element", message)
        values = {}
        for name, value in element.attributes.items():
            renamed = _RENAMED.get(name, name)
            if renamed in attributes:
                values[renamed] = value.strip(SPACE)
            else:
                self.remark(element, "foreign-attribute", f"{element.name} has no attribute {name}; skipped.")
        if element.text.strip(SPACE):
            self.remark(element, "stray-text", f"Text directly inside {element.name}; skipped.")
        return Parts(element, found, values, self)

    def check_period(self, element: Element, start: str, end: str) -> None:
        """Remark a period that ends before it starts; it is kept as it is."""
        first, last = as_date(start), as_date(end)
        if first and last and last < first:
            self.remark(element, "reversed-dates", f"StartDate {start} is after EndDate {end}; kept as written.")

    def note_identifier(self, element: Element, identifier: str) -> None:
        """Remark an identifier that another element of the document has already."""
        if identifier in self._identifiers:
            self.remark(element, "duplicate-identifier", f"The Identifier {identifier} occurs more than once.")
        self._identifiers.add(identifier)

    def note_empty_date(self, element: Element) -> None:
        self._empty_dates.append(element.line)


@dataclass(frozen=True, slots=True)
class Parts:
    """An opened element."""

    element: Element
    _children: dict[str, list[Element]]
    _attributes: dict[str, str]
    _grammar: Grammar

    def all(self, name: str) -> list[Element]:
        return self._children.get(name, [])

    def each(self, name: str, build: Callable[[Element], Found | None]) -> tuple[Found, ...]:
        """What `build` makes of each child of that name, without the empty shells."""
        return tuple(found for child in self.all(name) if (found := build(child)) is not None)

    def maybe(self, name: str, build: Callable[[Element], Found | None]) -> Found | None:
        """What `build` makes of the child of that name."""
        child = self.one(name)
        return None if child is None else build(child)

    def one(self, name: str) -> Element | None:
        elements = self.all(name)
        for extra in elements[1:]:
            self._grammar.remark(extra, "repeated-element", f"A second {name}; only the first is read.")
        return elements[0] if elements else None

    def text(self, name: str) -> str:
        """Verbatim text of the child; "" when there is nothing but white space."""
        child = self.one(name)
        if child is None:
            return ""
        for inner in child:
            self._grammar.remark(inner, "foreign-element", f"<{inner.name}> inside the text of {name}; skipped.")
        return child.text if child.text.strip(SPACE) else ""

    def token(self, name: str) -> str:
        """Text of the child without the white space around it, as the schema's types collapse it."""
        return self.text(name).strip(SPACE)

    def identifier(self) -> str:
        identifier = self.token("Identifier")
        if identifier:
            self._grammar.note_identifier(self.all("Identifier")[0], identifier)
        return identifier

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """An attribute's value; one that is not among `choices` is remarked and kept."""
        value = self._attributes.get(name, "")
        if value and value not in choices:
            message = f"{name} “{value}” is none of {', '.join(choices)}; kept as text."
            self._grammar.remark(self.element, "unknown-value", message)
        return value

    def date(self, name: str) -> str:
        child = self.one(name)
        if child is None:
            return ""
        if not (text := self.token(name)):
            self._grammar.note_empty_date(child)
        elif as_date(text) is None:
            self._grammar.remark(child, "unreadable-date", f"{name} “{text}” is not a date; kept as text.")
        return text

    def number(self, name: str) -> str:
        text = self.token(name)
        if text and as_number(text) is None:
            message = f"{name} “{text}” is not a number; kept as text."
            self._grammar.remark(self.all(name)[0], "unreadable-number", message)
        return text


def _many(number: int, noun: str) -> str:
    return f"1 {noun} is" if number == 1 else f"{number} {noun}s are"
