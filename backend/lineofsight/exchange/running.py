"""The run of an import: files opened, one transaction, dry runs undone, the report finished."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lineofsight.exchange.report import ImportFailed, ImportReport
from lineofsight.exchange.tables.columns import Table, open_table
from lineofsight.exchange.tables.fields import Layout
from lineofsight.exchange.tables.source import UnreadableFile
from lineofsight.exchange.units import UnknownUnit
from lineofsight.kernel.database import transaction


class Progress(Protocol):
    """Told of long work: what is being done, how much of it is, of how much."""

    def __call__(self, text: str, done: int | None = None, total: int | None = None) -> None: ...


def silent(text: str, done: int | None = None, total: int | None = None) -> None:
    """Tells nobody."""


class _DryRun(Exception):
    """Leaves the transaction of a dry run, so that all it wrote is undone."""


@dataclass(slots=True)
class Run:
    """One import under way. `strict`: its warnings become errors, once all of them are found."""

    report: ImportReport
    progress: Progress = silent
    strict: bool = False

    def knows_profile(self, profile: str | None, profiles: Sequence[str]) -> bool:
        """Whether the profile is one of those, or none; an error otherwise."""
        if profile is None or profile in profiles:
            return True
        known = ", ".join(profiles) or "none"
        self.report.error(
            "", 0, "unknown-profile", f"there is no profile {profile!r} for this; there are: {known}"
        )
        return False

    async def inside(self, write: Callable[[], Awaitable[None]]) -> ImportReport:
        """Write all or nothing; nothing in a dry run, and nothing once the report holds an error."""
        try:
            async with transaction():
                await write()
                self._judge()
                self.report.stop_if_failed()
                if self.report.dry_run:
                    raise _DryRun
        except _DryRun:
            pass
        except UnknownUnit as error:
            self.report.error("", 0, "unknown-unit", str(error))
        except UnreadableFile as error:
            self.unreadable(error)
        except ImportFailed:
            pass
        return self.finished()

    def unreadable(self, error: UnreadableFile) -> None:
        """Note a file that turned out unreadable on the way."""
        self.report.error(error.file, error.line, error.code, error.message)

    def _judge(self) -> None:
        if self.strict and self.report.warnings:
            self.report.errors += self.report.warnings
            self.report.warnings.clear()

    def finished(self) -> ImportReport:
        """The report; of a failed import nothing counts as written."""
        self._judge()
        if self.report.failed:
            self.report.nothing_written()
        return self.report


def open_tables(
    run: Run, paths: Sequence[Path], layouts: Sequence[Layout], mapping: Sequence[str], sheet: str | None
) -> list[Table]:
    """The files as tables; each that cannot be read is an error of the report."""
    tables: list[Table] = []
    for path in paths:
        try:
            tables.append(open_table(path, layouts, mapping, run.report, sheet))
        except UnreadableFile as error:
            run.report.error(str(path), error.line, error.code, error.message)
    return tables
