"""Workbooks (.xlsx) as rows of typed cells, after a look at the archive that refuses bombs and DTDs.

Office Open XML, ECMA-376. Read with openpyxl in read-only mode (docs/decisions: it tells a percentage from
a number).
"""

from __future__ import annotations

import datetime
import math
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
from openpyxl.cell.read_only import EmptyCell

from lineofsight.exchange.tables.source import CHUNK, UnreadableFile

Cell: TypeAlias = "str | int | float | bool | datetime.date | datetime.datetime | Percent | None"

LARGEST_UNPACKED = 1 << 30
"""Bytes a workbook may unpack to."""
LARGEST_RATIO = 200
"""Unpacked bytes for each packed one, from 10 MB on; a sheet of repeated rows stays below."""
MOST_PARTS = 10_000
_RATIO_FROM = 10 << 20
_TABLE_END = 1_000
"""So many blank rows in a row end the table: sheets are often formatted to their millionth row."""
_DECLARATIONS = tuple(
    word.encode(codec) for word in ("<!DOCTYPE", "<!ENTITY") for codec in ("ascii", "utf-16-le", "utf-16-be")
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Percent(float):
    """A number whose cell shows it as a percentage: 0.85 shown as 85%."""


def check_archive(path: Path) -> None:
    """Refuse an archive that unpacks to too much, in fact and not by its own word, or declares a DTD."""
    packed = path.stat().st_size
    total = 0
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise UnreadableFile("too-large", f"holds {len(parts)} parts; at most {MOST_PARTS} are read")
            for part in parts:
                is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
                tail = b""
                with archive.open(part) as file:
                    while chunk := file.read(CHUNK):
                        total += len(chunk)
                        if total > LARGEST_UNPACKED:
                            raise UnreadableFile("too-large", f"unpacks to more than {LARGEST_UNPACKED >> 20} MB")
                        if total > _RATIO_FROM and total > packed * LARGEST_RATIO:
                            raise UnreadableFile("too-large", "unpacks to a suspicious multiple of its size")
                        if is_xml and any(word in tail + chunk for word in _DECLARATIONS):
                            raise UnreadableFile("unsafe-xml", f"{part.filename} declares a document type")
                        tail = chunk[-32:]
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UnreadableFile("unreadable-file", f"is a damaged or locked archive: {error}") from None
    except Exception as error:  # zlib and lzma raise their own kinds
        raise UnreadableFile("unreadable-file", f"is a damaged archive: {error}") from None


def rows(path: Path, sheet: str | None = None) -> Iterator[tuple[int, list[Cell]]]:
    """Every row of the named sheet, else the first visible one, with its number; blank ones are an empty
    list.
    """
    check_archive(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl speaks of styles and validations it leaves out
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            raise UnreadableFile("unreadable-file", f"is not a workbook: {error}") from None
        try:
            yield from _sheet_rows(_sheet(book, sheet))
        finally:
            book.close()


def sheets(path: Path) -> list[str]:
    """The names of the sheets that are shown, in their order."""
    check_archive(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            raise UnreadableFile("unreadable-file", f"is not a workbook: {error}") from None
        shown = [page.title for page in book.worksheets if page.sheet_state == "visible"]
        book.close()
    return shown


def _sheet(book: Any, name: str | None) -> Any:
    names = [page.title for page in book.worksheets]
    if name is not None:
        if name not in names:
            raise UnreadableFile("no-such-sheet", f"has no sheet {name!r}; it has: {', '.join(names)}")
        return book[name]
    if not names:
        raise UnreadableFile("empty-file", "has no sheet")
    return next((page for page in book.worksheets if page.sheet_state == "visible"), book.worksheets[0])


def _sheet_rows(page: Any) -> Iterator[tuple[int, list[Cell]]]:
    page.reset_dimensions()  # the stated size is often wrong
    number, blank = 0, 0
    try:
        for number, row in enumerate(page.iter_rows(), 1):
            cells = [_cell(cell) for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            blank = 0 if cells else blank + 1
            if blank > _TABLE_END:
                return
            yield number, cells
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile("unreadable-file", f"has a damaged sheet: {error}", number + 1) from None


def _cell(cell: Any) -> Cell:
    if isinstance(cell, EmptyCell):
        return None
    value = cell.value
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            return str(value)
        return Percent(value) if "%" in (cell.number_format or "") else value
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else value
    if isinstance(value, datetime.date):
        return value
    return str(value)
