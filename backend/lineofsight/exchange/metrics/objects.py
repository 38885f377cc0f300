"""JSON files that are one list of flat objects, each with the line it begins on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from lineofsight.exchange.tables.source import Remarks, UnreadableFile, head_of, lines_of

LARGEST = 64 << 20
"""Bytes a JSON file may have; it is read whole."""

Entry = dict[str, str]
"""A flat object; numbers and truth values as text, null as ""."""


def objects(path: Path, remarks: Remarks) -> Iterator[tuple[int, Entry]]:
    """Every object of the list with its line. Raises UnreadableFile for anything else."""
    head_of(path, 1)
    if path.stat().st_size > LARGEST:
        raise UnreadableFile("too-large", f"is larger than {LARGEST >> 20} MB")
    text = "".join(lines_of(path, remarks))
    decoder = json.JSONDecoder()
    at, line = _skip(text, 0), 1
    if text[at : at + 1] != "[":
        raise UnreadableFile("unreadable-file", "is no JSON list of objects")
    counted, at = 0, _skip(text, at + 1)
    while text[at : at + 1] != "]":
        line += text.count("\n", counted, at)
        counted = at
        try:
            found, at = decoder.raw_decode(text, at)
        except ValueError as error:
            raise UnreadableFile("unreadable-file", f"is not valid JSON: {error}", line) from None
        except RecursionError:
            raise UnreadableFile("unreadable-file", "is nested too deeply", line) from None
        if not isinstance(found, dict):
            raise UnreadableFile("unreadable-file", "holds something that is no object", line)
        yield line, {str(name): _plain(value) for name, value in found.items()}
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise UnreadableFile("unreadable-file", "is not valid JSON: the list breaks off", line)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
