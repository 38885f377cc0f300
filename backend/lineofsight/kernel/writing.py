"""What actions of every slice begin with: the row, held; the text, trimmed."""

from typing import Any, TypeVar

from tortoise.models import Model

from lineofsight.kernel.database import dialect
from lineofsight.kernel.problems import InvalidField
from lineofsight.kernel.rows import Row, columns_of

M = TypeVar("M", bound=Model)

LONGEST_TEXT = 20_000


def row_of(model: Model) -> Row:
    """A model's columns as the row that rules read."""
    return {column: getattr(model, column) for column in columns_of(type(model))}


async def locked(model: type[M], key: int) -> M | None:
    """The row, held against other writers until the transaction ends; None where there is none."""
    query: Any = model.filter(id=key)
    found: M | None = await (query.select_for_update() if dialect() == "postgres" else query).first()
    return found


def text_of(text: str | None, *, path: tuple[str, ...]) -> str | None:
    """Free text as it is kept; None where it is blank."""
    if text is None or not text.strip():
        return None
    if len(text) > LONGEST_TEXT:
        raise InvalidField(f"Use at most {LONGEST_TEXT:,} characters.", path=path)
    return text.strip()


def needed(text: str | None, message: str, *, path: tuple[str, ...]) -> str:
    """Free text that must be there."""
    kept = text_of(text, path=path)
    if kept is None:
        raise InvalidField(message, path=path)
    return kept


def line_of(text: str | None, *, longest: int, path: tuple[str, ...]) -> str | None:
    """A short text as it is kept: on one line; None where it is blank."""
    line = " ".join((text or "").split())
    if len(line) > longest:
        raise InvalidField(f"Use at most {longest:,} characters.", path=path)
    return line or None


def needed_line(text: str | None, message: str, *, longest: int, path: tuple[str, ...]) -> str:
    """A short text that must be there."""
    line = line_of(text, longest=longest, path=path)
    if line is None:
        raise InvalidField(message, path=path)
    return line
