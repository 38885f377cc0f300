"""The safe way into XML: bytes to a plain tree that knows line and column of every element.

expat is fed with UTF-8 only. A document type declaration is an error at its first character, so no entity
can be declared, fetched or expanded. Size, number of elements and depth are limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_ELEMENTS: Final = 500_000
MAX_DEPTH: Final = 64

SPACE: Final = " \t\r\n"
"""What XML calls white space."""

_DECLARED_ENCODING = re.compile(rb"""\A<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF_8_NAMES = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_SEPARATOR = "\x1f"


class Unreadable(Exception):
    """The file is no document we can read: `line` and `column` from 1 (0: the file as a whole), a stable code."""

    def __init__(self, line: int, column: int, code: str, message: str) -> None:
        super().__init__(message)
        self.line, self.column, self.code, self.message = line, column, code, message


@dataclass(slots=True)
class Element:
    """An element: `text` is all of its own character data, joined; attributes of another namespace are left out."""

    namespace: str
    name: str
    line: int
    column: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def __iter__(self) -> Iterator[Element]:
        return iter(self.children)


def parse(data: bytes) -> Element:
    """The root element of an XML document; `Unreadable` says where and why there is none."""
    _check_bytes(data)
    builder = _Builder(data)
    parser = expat.ParserCreate("utf-8", _SEPARATOR)
    parser.buffer_text = True
    parser.buffer_size = 1024 * 1024
    builder.watch(parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise Unreadable(error.lineno, error.offset + 1, "not-xml", f"Not well-formed XML: {reason}.") from None
    assert builder.root is not None
    return builder.root


def _check_bytes(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise Unreadable(0, 0, "too-large", f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    if not data.strip():
        raise Unreadable(0, 0, "empty-file", "The file is empty.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        raise Unreadable(1, 1, "wrong-encoding", "The file is UTF-16 or UTF-32; StratML files are UTF-8.")
    text = data.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED_ENCODING.match(text)
    if declared and (name := declared[1].decode("ascii").lower()) not in _UTF_8_NAMES:
        raise Unreadable(1, 1, "wrong-encoding", f"The file declares the encoding {name}; StratML files are UTF-8.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start])
        raise Unreadable(line, column, "wrong-encoding", "The file is not valid UTF-8 at this place.") from None


def _place(before: bytes) -> tuple[int, int]:
    """Line and column after the UTF-8 text `before`."""
    return before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1


class _Builder:
    """expat's handlers: builds the tree and enforces the limits."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def watch(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._no_doctype

    def _no_doctype(self, *_: object) -> None:
        before = self._data[: self._data.rfind(b"<!DOCTYPE", 0, self._parser.CurrentByteIndex + 9)]
        line, column = _place(before)
        message = "The file has a document type declaration (DOCTYPE), which is not accepted."
        raise Unreadable(line, column, "doctype", message)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(_SEPARATOR)
        element = Element(
            namespace,
            name,
            self._parser.CurrentLineNumber,
            self._parser.CurrentColumnNumber + 1,
            {name: value for name, value in attributes.items() if _SEPARATOR not in name},
        )
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise self._unreadable("too-large", f"The file has more than {MAX_ELEMENTS} elements.")
        if len(self._open) >= MAX_DEPTH:
            raise self._unreadable("too-deep", f"Elements are nested deeper than {MAX_DEPTH}.")
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def _unreadable(self, code: str, message: str) -> Unreadable:
        return Unreadable(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1, code, message)
