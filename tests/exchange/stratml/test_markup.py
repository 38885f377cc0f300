"""Files that are no XML, or XML that means harm: refused, with the place and a plain reason."""

import pytest

from lineofsight.exchange.stratml import markup
from lineofsight.exchange.stratml.markup import Unreadable, parse

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<PerformancePlanOrReport><Name>&b;</Name></PerformancePlanOrReport>"""

OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<PerformancePlanOrReport><Name>&x;</Name></PerformancePlanOrReport>"""


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "empty-file", 0, 0),
        (b"  \n ", "empty-file", 0, 0),
        (b"Goal,Owner\nA,B\n", "not-xml", 1, 1),
        (b"<a>\n  <b></c>\n</a>", "not-xml", 2, 8),
        (b"<a><b>", "not-xml", 1, 7),
        (b"<a/><b/>", "not-xml", 1, 5),
        (b"<a>&foo;</a>", "not-xml", 1, 4),
        (b"<a>\n\x01</a>", "not-xml", 2, 1),
        (b"<x:a/>", "not-xml", 1, 1),
        (BOMB, "doctype", 2, 1),
        (OUTSIDE, "doctype", 1, 22),
        (b'<!DOCTYPE html SYSTEM "http://a.example/b.dtd"><html/>', "doctype", 1, 1),
        ("<a>\né</a>".encode("latin-1"), "wrong-encoding", 2, 1),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".encode("latin-1"), "wrong-encoding", 1, 1),
        ("<a>é</a>".encode("utf-16"), "wrong-encoding", 1, 1),
        ("<a>é</a>".encode("utf-16-le"), "wrong-encoding", 1, 1),
        (b"PK\x03\x04\x14\x00", "not-xml", 1, 3),
        (b"<a>" * 100 + b"</a>" * 100, "too-deep", 1, 193),
    ],
)
def test_refused_with_place_and_reason(data: bytes, code: str, line: int, column: int) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(data)
    assert (refused.value.code, refused.value.line, refused.value.column) == (code, line, column)
    assert refused.value.message.endswith(".")


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_BYTES", 10)
    with pytest.raises(Unreadable, match="larger") as refused:
        parse(b"<a>0123456789</a>")
    assert refused.value.code == "too-large"


def test_too_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_ELEMENTS", 10)
    with pytest.raises(Unreadable, match="more than 10 elements"):
        parse(b"<a>" + b"<b/>" * 10 + b"</a>")


def test_text_survives_comments_sections_and_references() -> None:
    root = parse(b"\xef\xbb\xbf<a>x <!-- no -->y<![CDATA[<z>]]>&amp;&#13;\r\n</a>")
    assert root.text == "x y<z>&\r\n"


def test_line_and_column_of_elements() -> None:
    root = parse('<a>é\n é<b x="1"/></a>'.encode())
    assert (root.line, root.column) == (1, 1)
    assert (root.children[0].line, root.children[0].column) == (2, 3)
