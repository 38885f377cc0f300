"""CSV files of every make, and workbooks, read row by row with the line each row begins on."""

import contextlib
import csv
import datetime
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.tables import columns, delimited, workbook
from lineofsight.exchange.tables.fields import Layout, named
from lineofsight.exchange.tables.source import UnreadableFile, encoding_of, form_of
from lineofsight.exchange.tables.workbook import Percent

LAYOUT = Layout(
    "things", (named("key", "its key", "id"), named("name", "its name", "title, label")), ((("key",),), (("name",),))
)

Rows = list[tuple[int, columns.Record]]
Table = Callable[[bytes | str], tuple[Rows, ImportReport]]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    def read(content: bytes | str) -> tuple[Rows, ImportReport]:
        path = tmp_path / "t.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        report = ImportReport()
        opened = columns.open_table(path, [LAYOUT], [], report)
        found = list(opened.records())
        assert list(opened.records()) == found
        return found, report

    return read


def codes(report: ImportReport) -> list[tuple[int, str]]:
    return [(warning.line, warning.code) for warning in report.warnings]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(table: Table, delimiter: str, end: str) -> None:
    text = end.join(delimiter.join(row) for row in (["id", "name"], ["1", "Ada, x"], ["2", "Bo"])).replace(
        "Ada, x", '"Ada, x"'
    )
    rows, report = table(text)
    assert rows == [(2, {"key": "1", "name": "Ada, x"}), (3, {"key": "2", "name": "Bo"})]
    assert report.warnings == []


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(table: Table, codec: str) -> None:
    rows, report = table("id,name\n1,Zoë Ångström\n".encode(codec))
    assert rows == [(2, {"key": "1", "name": "Zoë Ångström"})]
    assert report.warnings == []


def test_windows_text_is_read_with_a_warning_at_its_first_foreign_byte(table: Table) -> None:
    rows, report = table("id,name\n1,Ada\n2,Zoë €5\n".encode("cp1252"))
    assert rows[1] == (3, {"key": "2", "name": "Zoë €5"})
    assert codes(report) == [(3, "not-utf-8")]


def test_a_foreign_byte_at_the_edge_of_a_chunk_is_found(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"x\n" * (1 << 19) + "é".encode()[:1] + b"\n")
    assert encoding_of(path).foreign_line == (1 << 19) + 1


def test_quoted_line_ends_keep_physical_line_numbers(table: Table) -> None:
    rows, _ = table('id,name\n1,"Ada\nof\nthree"\n2,Bo\n')
    assert rows == [(2, {"key": "1", "name": "Ada\nof\nthree"}), (5, {"key": "2", "name": "Bo"})]


def test_odd_rows_are_warned_of_by_line(table: Table) -> None:
    rows, report = table("A title\n\nid,name\n1,Ada,more\n2\n\n,,\nid,name\n3,B\x00o\n\n\n\n\n\n\n4,Cy\n")
    assert [row["key"] for _, row in rows] == ["1", "2", "3", "4"]
    assert rows[2][1]["name"] == "Bo"
    assert codes(report) == [
        (4, "ragged-row"),
        (5, "ragged-row"),
        (6, "blank-row"),
        (7, "blank-row"),
        (8, "repeated-header"),
        (9, "nul-character"),
        (10, "blank-row"),
    ]


def test_a_header_may_come_late_and_go_by_other_names(table: Table) -> None:
    rows, report = table("Things of 2026,\n,\nLabel:,ID\nAda,1\n")
    assert rows == [(4, {"key": "1", "name": "Ada"})]
    (columns,) = report.columns.values()
    assert columns == {"Label:": "name", "ID": "key"}


def test_excels_own_separator_line_is_obeyed(table: Table) -> None:
    rows, _ = table("sep=|\nid|name\n1|a,b;c\n")
    assert rows == [(3, {"key": "1", "name": "a,b;c"})]


def test_a_quote_never_closed_is_told(table: Table) -> None:
    rows, report = table('id,name\n1,Ada\n2,"Bo\n3,Cy\n')
    assert [row["key"] for _, row in rows] == ["1", "2"]
    assert codes(report) == [(3, "unclosed-quote")]
    with pytest.raises(UnreadableFile) as caught:
        table('id,name\n1,"' + "x" * (1 << 21))
    assert (caught.value.code, caught.value.line) == ("unclosed-quote", 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty-file"), (b"\n\n", "empty-file"), (b"%PDF-1.7", "unreadable-file"),
     (b"\xd0\xcf\x11\xe0" * 4, "unreadable-file"), (b"a,b\n1,2\n", "wrong-header"),
     (b"PK\x03\x04 and no more", "unreadable-file")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_plainly(table: Table, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        table(content)
    assert caught.value.code == code


def test_a_missing_file_and_a_folder_are_said_plainly(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(UnreadableFile):
            form_of(path)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: ("id,name\n" + text).encode("utf-8", "surrogatepass")),
    )
)
def test_any_bytes_give_rows_or_a_plain_refusal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    report = ImportReport()
    try:
        found = list(columns.open_table(path, [LAYOUT], [], report).records())
    except UnreadableFile:
        return
    numbers = [line for line, _ in found]
    assert numbers == sorted(set(numbers))
    assert all("\x00" not in str(cell) for _, row in found for cell in row.values())


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=8)), max_size=20)
)
def test_what_was_written_is_read(tmp_path: Path, names: list[tuple[str]]) -> None:
    path = tmp_path / "w.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "name"], *([number, name] for number, (name,) in enumerate(names))])
    found = list(columns.open_table(path, [LAYOUT], [], ImportReport()).records())
    assert [(row["key"], row["name"] or "") for _, row in found] == [
        (str(number), name.strip()) for number, (name,) in enumerate(names)
    ]


@pytest.mark.slow
def test_a_hundred_megabytes_stream(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("w") as file:
        file.write("id,name,notes\n")
        for number in range(500_000):
            file.write(f'{number},Name {number},"{"some text, " * 18}{number}"\n')
    assert path.stat().st_size > 100_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    opened = columns.open_table(path, [LAYOUT], [], ImportReport())
    assert sum(1 for _ in opened.records()) == 500_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes
    path.unlink()


LAYOUT_OF_BOOK = Layout("things", (*LAYOUT.fields, named("share", "a share"), named("since", "a day")), LAYOUT.needs)


def test_workbooks_give_typed_cells(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["x"])
    sheet = made.create_sheet("People")
    for row in (["Some title"], [], ["ID", "Label", "Share", "Since"], [1.0, "Ada", 0.85, datetime.date(2026, 3, 1)],
                [2, "#REF!", 3.25, datetime.datetime(2026, 3, 1, 9, 30)], [], [3, "Cy", True, None]):  # fmt: skip
        sheet.append(row)
    sheet["C4"].number_format = "0%"
    path = tmp_path / "book.xlsx"
    made.save(path)
    report = ImportReport()
    opened = columns.open_table(path, [LAYOUT_OF_BOOK], [], report)
    found = list(opened.records())
    assert found == list(opened.records())
    assert [line for line, _ in found] == [4, 5, 7]
    share = found[0][1]["share"]
    assert isinstance(share, Percent)
    assert share == 0.85
    assert found[0][1]["since"] == datetime.date(2026, 3, 1)
    assert found[1][1]["since"] == datetime.datetime(2026, 3, 1, 9, 30)
    assert found[2][1]["share"] is True
    assert codes(report) == [(6, "blank-row")]
    with pytest.raises(UnreadableFile, match="it has: Sheet, People"):
        columns.open_table(path, [LAYOUT_OF_BOOK], [], report, sheet="Nope")


def test_the_first_sheet_shown_that_fits_is_read(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["ID", "Label"])
    made.active.sheet_state = "hidden"
    made.create_sheet("Notes").append(["Only notes"])
    sheet = made.create_sheet("People")
    sheet.append(["ID", "Label"])
    sheet.append([1, "Ada"])
    made.save(tmp_path / "b.xlsx")
    opened = columns.open_table(tmp_path / "b.xlsx", [LAYOUT], [], ImportReport())
    assert list(opened.records()) == [(2, {"key": 1, "name": "Ada"})]


def bomb(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_bombs_and_document_types_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        workbook.check_archive(bomb(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": b" " * (64 << 20)}))
    assert caught.value.code == "too-large"
    for codec in ("utf-8", "utf-16"):
        content = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode(codec)
        with pytest.raises(UnreadableFile) as caught:
            workbook.check_archive(bomb(tmp_path / "b.xlsx", {"xl/workbook.xml": content}))
        assert caught.value.code == "unsafe-xml"
    with pytest.raises(UnreadableFile):
        columns.open_table(bomb(tmp_path / "c.xlsx", {"hello.txt": b"hi"}), [LAYOUT], [], ImportReport())


def test_a_damaged_workbook_is_said_plainly(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["ID", "Label"])
    made.save(tmp_path / "b.xlsx")
    whole = (tmp_path / "b.xlsx").read_bytes()
    for cut in range(0, len(whole), 97):
        (tmp_path / "d.xlsx").write_bytes(whole[:cut] + b"\x00" * 20 + whole[cut + 20 :])
        with contextlib.suppress(UnreadableFile):
            columns.open_table(tmp_path / "d.xlsx", [LAYOUT], [], ImportReport())


def test_delimiters_are_judged_by_evenness(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a;b;c\n1,5;x, y;z\n2,5;x, y, w;z\n")
    assert delimited.delimiter_of(path) == ";"
