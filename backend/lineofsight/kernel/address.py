"""Where the database is, and what is wrong with it in one line."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import asyncpg

Dialect = Literal["sqlite", "postgres"]


class DatabaseError(ValueError):
    """What is wrong with the database or its address, in one plain line."""


@dataclass(frozen=True)
class DatabaseUrl:
    """Where the database is: ``sqlite://path`` or ``postgres(ql)://…`` as libpq has it."""

    dialect: Dialect
    path: Path  # of the SQLite file; for PostgreSQL the name of the database
    text: str  # as asyncpg takes it

    @classmethod
    def parse(cls, text: str) -> "DatabaseUrl":
        """The address in ``text``; a slash that leads the path of ``sqlite://path`` makes it absolute."""
        scheme, separator, rest = text.strip().partition("://")
        if scheme == "sqlite" and separator:
            if not rest or rest.endswith("/"):
                raise DatabaseError("The database address names no file: write sqlite://path/to/file.db.")
            if rest.startswith(":memory:"):
                raise DatabaseError("A database in memory has room for one connection only: name a file.")
            return cls("sqlite", Path(rest), text.strip())
        if scheme in ("postgres", "postgresql") and separator:
            try:
                parts = urlsplit(text.strip())
                name = parts.path.lstrip("/") or parse_qs(parts.query).get("dbname", [""])[0]
                _ = parts.port
            except ValueError as error:
                raise DatabaseError(f"The database address cannot be read: {error}.") from None
            if not name:
                raise DatabaseError("The database address names no database: write postgresql://host/name.")
            return cls("postgres", Path(name), text.strip())
        raise DatabaseError("The database address must start with sqlite:// or postgresql://.")

    def __str__(self) -> str:
        """The address without its password."""
        if self.dialect == "sqlite":
            return f"sqlite://{self.path}"
        parts = urlsplit(self.text)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def plain_error(url: DatabaseUrl, error: BaseException) -> DatabaseError | None:
    """One line for an error that opening a database ended in; None for other errors."""
    if isinstance(error, sqlite3.Error):
        return DatabaseError(f"Cannot open {url.path}: {error}.")
    if isinstance(error, OSError | asyncpg.PostgresError | asyncpg.InterfaceError | ValueError):
        reason = str(error).strip().splitlines()
        return DatabaseError(f"Cannot connect to {url}: {reason[0] if reason else type(error).__name__}.")
    return None
