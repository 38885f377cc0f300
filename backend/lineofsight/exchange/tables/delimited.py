"""Delimited text (CSV and its relatives) as rows with the physical line each begins on.

Follows RFC 4180 loosely: any of ``, ; tab |`` as delimiter, quoted line ends, either line end.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lineofsight.exchange.tables.source import Remarks, UnreadableFile, lines_of

DELIMITERS = (",", ";", "\t", "|")
LARGEST_CELL = 1 << 20
"""Characters a cell may have; more means a quote that was never closed."""
_SEPARATOR_LINE = re.compile(r"sep=(.?)", re.IGNORECASE)
"""Excel's own first line, which names the delimiter."""
_SAMPLE_LINES = 200
_SAMPLE_RECORDS = 30


def rows(path: Path, remarks: Remarks) -> Iterator[tuple[int, list[str]]]:
    """Every record with the number of its first physical line; blank ones are an empty list."""
    delimiter = delimiter_of(path)
    recent = _Recent(lines_of(path, remarks))
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(recent, delimiter=delimiter)
    first = begun = 1
    try:
        for cells in reader:
            if first == 1 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep=") and len(cells[0]) < 6:
                first = reader.line_num + 1
                recent.record.clear()
                continue
            yield first, cells
            begun, first = first, reader.line_num + 1
            if not recent.ended:
                recent.record.clear()
    except csv.Error as error:
        if "field larger" in str(error):
            raise UnreadableFile("unclosed-quote", "a quote opened here is never closed", first) from None
        raise UnreadableFile("unreadable-file", f"is not delimited text: {error}", first) from None
    if len(recent.record) > 1 and "".join(recent.record).count('"') % 2:
        remarks(begun, "unclosed-quote", "the last row opens a quote and never closes it")


class _Recent:
    """The lines of a file, remembering those of the record being read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.record: list[str] = []
        self.ended = False

    def __iter__(self) -> _Recent:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.record.append(line)
        return line


def delimiter_of(path: Path) -> str:
    """The delimiter that splits the first records into the most even table; a comma where none does."""
    with_ends = list(islice(lines_of(path, lambda *_: None), _SAMPLE_LINES))
    if with_ends and (stated := _SEPARATOR_LINE.fullmatch(with_ends[0].rstrip("\r\n"))) and stated[1]:
        return stated[1]
    return max(DELIMITERS, key=lambda delimiter: _evenness(with_ends, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    csv.field_size_limit(LARGEST_CELL)
    try:
        records = [cells for cells in islice(csv.reader(lines, delimiter=delimiter), _SAMPLE_RECORDS) if cells]
    except csv.Error:
        return (0.0, 0)
    widths = Counter(len(cells) for cells in records if len(cells) > 1)
    if not widths:
        return (0.0, 0)
    width, number = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (number / len(records), width)
