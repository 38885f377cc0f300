"""XML text, element by element; indented, UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from .loss import LossReport

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


class Output:
    """A document being written. It knows where it is, for the loss report."""

    def __init__(self, losses: LossReport) -> None:
        self.losses = losses
        self._lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._labels: list[str] = []
        self._depth = 0

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str] | None = None, label: str = "") -> Iterator[None]:
        """An element with children; `label` names it in the loss report."""
        given = "".join(f' {key}="{_attribute(value)}"' for key, value in (attributes or {}).items() if value)
        self._add(f"<{name}{given}>")
        start = len(self._lines)
        self._depth += 1
        self._labels.append(label)
        yield
        self._labels.pop()
        self._depth -= 1
        if len(self._lines) == start:
            self._lines[-1] = self._lines[-1][:-1] + "/>"
        else:
            self._add(f"</{name}>")

    def leaf(self, name: str, text: str, *, required: bool = False) -> None:
        """An element with text; left out when empty unless required."""
        if _NOT_XML.search(text):
            self.lost("control-character", f"{name} holds characters XML does not allow; they are left out.")
            text = _NOT_XML.sub("", text)
        if text:
            self._add(f"<{name}>{text.translate(_ESCAPES)}</{name}>")
        elif required:
            self._add(f"<{name}/>")

    def lost(self, code: str, message: str) -> None:
        self.losses.add(" / ".join(filter(None, self._labels)) or "document", code, message)

    def encoded(self) -> bytes:
        return ("\n".join(self._lines) + "\n").encode()

    def _add(self, line: str) -> None:
        self._lines.append("  " * self._depth + line)


def _attribute(value: str) -> str:
    return value.translate(_ESCAPES).replace('"', "&quot;")
