"""Progress of long work, on stderr: one rewritten line on a terminal, else a line every few seconds."""

import sys
import time
from types import TracebackType
from typing import Self, TextIO

LINE_EVERY_SECONDS = 5.0
REDRAW_EVERY_SECONDS = 0.1


class Progress:
    """Callable as `progress(text)` or `progress(text, done, total)`; used as a context manager."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._shown_at = 0.0 if self._terminal else time.monotonic()
        self._width = 0

    def __call__(self, text: str, done: int | None = None, total: int | None = None) -> None:
        now = time.monotonic()
        if now - self._shown_at < (REDRAW_EVERY_SECONDS if self._terminal else LINE_EVERY_SECONDS):
            return
        self._shown_at = now
        if done is not None and total:
            text = f"{text}: {done:,} of {total:,} ({done * 100 // total}%)"
        elif done is not None:
            text = f"{text}: {done:,}"
        if self._terminal:
            self._stream.write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            self._stream.write(text + "\n")
        self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
