"""A file opened as a table: its header found and matched to fields, its rows as records with line numbers."""

from __future__ import annotations

import datetime
import marshal
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.tables import delimited, workbook
from lineofsight.exchange.tables.fields import Layout, match, parse_mapping, shown
from lineofsight.exchange.tables.source import Remarks, UnreadableFile, form_of
from lineofsight.exchange.tables.workbook import Cell, Percent

_HEADER_WITHIN = 25
"""Rows at the top that may be titles and notes before the header."""
_BLANK_RUN = 5
"""Blank rows in a row that are warned of one by one; a longer run is one warning."""

Record = dict[str, Cell]
"""The cells of a row by field; a blank cell is None."""


@dataclass(slots=True)
class Table:
    """An open table. Iterate `records` as often as needed; only the first pass warns."""

    path: Path
    file: str
    """Its name in remarks."""
    layout: Layout
    header: list[str]
    header_line: int
    columns: dict[str, int]
    """Field → index of its column."""
    report: ImportReport
    is_text: bool = True
    sheet: str | None = None
    _passes: int = 0
    _spool: IO[bytes] | None = field(default=None, repr=False)

    def has(self, name: str) -> bool:
        """Whether a column was matched to the field."""
        return name in self.columns

    def warn(self, line: int, code: str, message: str) -> None:
        self.report.warn(self.file, line, code, message)

    def error(self, line: int, code: str, message: str) -> None:
        self.report.error(self.file, line, code, message)

    def records(self, *, quietly: bool = False) -> Iterator[tuple[int, Record]]:
        """Every row below the header that holds something, with its line.

        Warns of the odd ones on the first pass that is not quiet.
        """
        first_pass = self._passes == 0 and not quietly
        self._passes += not quietly
        tell: Remarks = self.warn if first_pass else _say_nothing
        wanted = list(self.columns.items())
        width = len(self.header)
        bare_header = [text.strip() for text in self.header]
        blanks: list[int] = []
        for line, cells in self._rows(tell):
            if line <= self.header_line:
                continue
            if _is_blank(cells):
                blanks.append(line)
                continue
            if blanks:
                _tell_blanks(tell, blanks)
                blanks.clear()
            if len(cells) != width:
                if len(cells) > width and not _is_blank(cells[width:]):
                    tell(
                        line,
                        "ragged-row",
                        f"has {len(cells)} cells under {width} headers; the extra ones are left out",
                    )
                elif len(cells) < width and self.is_text:
                    tell(
                        line,
                        "ragged-row",
                        f"has {len(cells)} cells under {width} headers; the missing ones are blank",
                    )
            elif cells[0] == self.header[0] and [_text(cell).strip() for cell in cells] == bare_header:
                tell(line, "repeated-header", "repeats the header; skipped")
                continue
            yield line, {name: _kept(cells[at]) if at < len(cells) else None for name, at in wanted}
        if blanks and self.is_text:
            _tell_blanks(tell, blanks)

    def _rows(self, tell: Remarks) -> Iterator[tuple[int, Sequence[Cell]]]:
        try:
            yield from self._source(tell)
        except UnreadableFile as error:
            error.file = self.file
            raise

    def _source(self, tell: Remarks) -> Iterator[tuple[int, Sequence[Cell]]]:
        if self.is_text:
            yield from delimited.rows(self.path, tell)
        elif self._spool is not None:
            yield from _replay(self._spool)
        else:
            spool = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the table
            for line, cells in workbook.rows(self.path, self.sheet):
                marshal.dump((line, [_frozen(cell) for cell in cells]), spool)
                yield line, cells
            self._spool = spool


def open_table(
    path: Path, layouts: Sequence[Layout], mapping: Sequence[str], report: ImportReport, sheet: str | None = None
) -> Table:
    """Find the header of a file and match it to the layout it fits best.

    Tries the first rows, since titles and notes often stand above the header, and of a workbook every sheet that is
    shown, unless one is named. The columns as read go into the report. Raises UnreadableFile, naming what is needed
    and what was found, when no row is a header of any of the layouts.
    """
    if form_of(path) == "text":
        return _open(path, layouts, mapping, report, None, is_text=True)
    refused: UnreadableFile | None = None
    names: list[str | None] = [*workbook.sheets(path)] if sheet is None else [sheet]
    for name in names or [None]:
        try:
            return _open(path, layouts, mapping, report, name, is_text=False)
        except UnreadableFile as error:
            refused = refused or error
    assert refused is not None
    raise refused


def _open(
    path: Path,
    layouts: Sequence[Layout],
    mapping: Sequence[str],
    report: ImportReport,
    sheet: str | None,
    *,
    is_text: bool,
) -> Table:
    top: list[tuple[int, list[str]]] = []
    source = delimited.rows(path, _say_nothing) if is_text else workbook.rows(path, sheet)
    for line, cells in source:
        if not _is_blank(cells):
            top.append((line, [_text(cell) for cell in cells]))
        if len(top) >= _HEADER_WITHIN:
            break
    if not top:
        raise UnreadableFile("empty-file", "holds no row")
    best: tuple[int, int, Layout, dict[str, int]] | None = None
    nearest: tuple[int, int, Layout, list[str]] | None = None
    refused: UnreadableFile | None = None
    for layout in layouts:
        try:
            wanted = parse_mapping(layout, mapping)
        except UnreadableFile as error:
            refused = refused or error
            continue
        for at, (_, cells) in enumerate(top):
            try:
                columns = match(layout, cells, wanted)
            except UnreadableFile as error:
                refused = refused or error
                continue
            unmet = layout.unmet(columns)
            if not unmet and (best is None or len(columns) > best[0]):
                best = (len(columns), at, layout, columns)
            elif unmet and (nearest is None or len(columns) > nearest[0]):
                nearest = (len(columns), at, layout, unmet)
    if best is None:
        if nearest is None:
            raise refused or UnreadableFile("wrong-header", "has no header")
        _, at, layout, unmet = nearest
        raise UnreadableFile(
            "wrong-header",
            f"needs a column for {'; and for '.join(unmet)} ({layout.kind}); found: {shown(top[at][1])}. "
            "Name one with --map COLUMN=FIELD",
            top[at][0],
        )
    _, at, layout, columns = best
    line, header = top[at]
    table = Table(path, str(path), layout, header, line, columns, report, is_text, sheet)
    _tell_header(table)
    return table


def _tell_header(table: Table) -> None:
    seen: set[str] = set()
    for text in table.header:
        name = text.strip()
        if name and name in seen:
            table.warn(table.header_line, "repeated-column", f"has several columns {name!r}; the first is read")
        seen.add(name)
    fields = {at: name for name, at in table.columns.items()}
    table.report.columns[table.file] = {
        text.strip(): fields.get(at, "") for at, text in enumerate(table.header) if text.strip()
    }


def _say_nothing(line: int, code: str, message: str) -> None:
    pass


def _is_blank(cells: Sequence[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _tell_blanks(tell: Remarks, lines: Sequence[int]) -> None:
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and lines[end] == lines[end - 1] + 1:
            continue
        run = lines[start:end]
        if len(run) > _BLANK_RUN:
            tell(run[0], "blank-row", f"is blank, as are the rows to {run[-1]}; skipped")
        else:
            for line in run:
                tell(line, "blank-row", "is blank; skipped")
        start = end


def _kept(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _frozen(cell: Cell) -> object:
    """A cell as marshal can keep it."""
    if isinstance(cell, Percent):
        return ("%", float(cell))
    if isinstance(cell, datetime.datetime):
        return ("t", cell.isoformat())
    if isinstance(cell, datetime.date):
        return ("d", cell.toordinal())
    return cell


def _thawed(cell: object) -> Cell:
    if isinstance(cell, tuple):
        kind, value = cell
        if kind == "%":
            return Percent(value)
        return datetime.datetime.fromisoformat(value) if kind == "t" else datetime.date.fromordinal(value)
    assert cell is None or isinstance(cell, str | int | float | bool)
    return cell


def _replay(spool: IO[bytes]) -> Iterator[tuple[int, list[Cell]]]:
    spool.seek(0)
    while True:
        try:
            line, cells = marshal.load(spool)  # noqa: S302 - our own temporary file
        except EOFError:
            return
        yield line, [_thawed(cell) for cell in cells]
