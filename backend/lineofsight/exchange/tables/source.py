"""What a file is, judged by its bytes and not by its name: its form and, for text, its encoding."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CHUNK = 1 << 20

Remarks = Callable[[int, str, str], None]
"""Takes a warning of the reader: line (0 for the whole file), code, message."""

Form = Literal["text", "workbook"]


class UnreadableFile(Exception):
    """The file cannot be read at all; `code` and `line` go into the report's error."""

    def __init__(self, code: str, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.line = code, message, line
        self.file = ""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text file is written: the codec's name, and the line of the first byte that is not UTF-8 (0:
    none).
    """

    codec: str
    foreign_line: int = 0


_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FORMS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls); save it as .xlsx or CSV"),
    (b"%PDF", "a PDF document; export the table as CSV"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"SQLite format 3\x00", "a SQLite database; export the table as CSV"),
)


def head_of(path: Path, size: int = CHUNK) -> bytes:
    """The first bytes of a file. Raises UnreadableFile where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except IsADirectoryError:
        raise UnreadableFile("unreadable-file", "is a directory, not a file") from None
    except OSError as error:
        raise UnreadableFile("unreadable-file", f"cannot be read: {error.strerror or error}") from None


def form_of(path: Path) -> Form:
    """Whether the file is a workbook (.xlsx) or text. Raises UnreadableFile for what is neither."""
    head = head_of(path, 4096)
    if not head:
        raise UnreadableFile("empty-file", "is empty")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "workbook"
    for mark, meaning in _OTHER_FORMS:
        if head.startswith(mark):
            raise UnreadableFile("unreadable-file", f"is {meaning}")
    return "text"


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file: by its byte order mark, else UTF-8 if all of it is, UTF-16 if it looks
    so, cp1252.

        Reads the whole file once, in pieces, so that no row can turn out unreadable later.
    """
    head = head_of(path)
    for mark, codec in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return Encoding(codec)
    if len(head) >= 4:
        sample = head[: min(len(head), 4096) & ~1]
        odd, even = sample[1::2].count(0), sample[0::2].count(0)
        if odd > len(sample) * 0.3 and odd > 4 * even:
            return Encoding("utf-16-le")
        if even > len(sample) * 0.3 and even > 4 * odd:
            return Encoding("utf-16-be")
    line = _first_foreign_line(path)
    return Encoding("utf-8") if line == 0 else Encoding("cp1252", line)


def _first_foreign_line(path: Path) -> int:
    """The line of the first byte that breaks UTF-8, or 0."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, waiting = 1, b""
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = (waiting + chunk)[: error.start] if len(error.object) > len(chunk) else chunk[: error.start]
                return line + before.count(b"\n")
            if not chunk:
                return 0
            line += chunk.count(b"\n")
            waiting = decoder.getstate()[0]


def lines_of(path: Path, remarks: Remarks) -> Iterator[str]:
    """The physical lines of a text file with their ends, decoded; NUL characters are left out.

    Warns of an encoding other than Unicode, of NUL characters and of text that was damaged before it came
    here. Raises UnreadableFile when it is not text in any encoding known here.
    """
    encoding = encoding_of(path)
    if encoding.foreign_line:
        remarks(encoding.foreign_line, "not-utf-8", "is not UTF-8; read as Windows-1252, check accents and dashes")
    told: set[str] = set()
    errors = "replace" if encoding.codec == "cp1252" else "strict"
    try:
        with path.open("r", encoding=encoding.codec, errors=errors, newline="") as file:
            for number, line in enumerate(file, 1):
                if "\x00" in line:
                    if "nul" not in told:
                        remarks(number, "nul-character", "holds NUL characters; they are left out, here and below")
                        told.add("nul")
                    line = line.replace("\x00", "")
                if "\ufffd" in line and "damaged" not in told:
                    told.add("damaged")
                    remarks(
                        number,
                        "damaged-text",
                        "holds characters lost before this import (U+FFFD), here or below",
                    )
                yield line
    except UnicodeDecodeError as error:
        raise UnreadableFile("unreadable-file", f"is not valid {encoding.codec}: {error.reason}") from None
