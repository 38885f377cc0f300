"""The report every import gives: what it did to how many rows, and what it has to say about its source.

There are two severities. An *error* (an unreadable file, a wrong header, a broken value without which the
row cannot exist) means that nothing is written. A *warning* (a cycle cut, a duplicate row skipped, an
unreadable value kept as text) is listed and the rest is imported; a strict import turns every warning
into an error.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing the source's owner should know: where it stands, its stable code and a sentence."""

    file: str
    line: int
    """Line (CSV, XML) or row (spreadsheet) in the file, from 1; 0 when the file as a whole is meant."""
    code: str
    """Stable, in lower case with hyphens: `duplicate-identifier`."""
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"file": self.file, "line": self.line, "code": self.code, "message": self.message}

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.code}: {self.message}" if place else f"{self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """A strategic plan that a file became."""

    file: str
    id: str
    """The plan's global id; empty in a dry run that would create it."""


class ImportFailed(Exception):
    """Raised inside the import's transaction to undo it once the report holds an error; the report tells why."""


@dataclass(slots=True)
class ImportReport:
    """Counts by kind of row (glossary words in lower case: `unit`, `goal`, `metric value`), warnings and errors."""

    strict: bool = False
    dry_run: bool = False
    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    warnings: list[Remark] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    plans: list[ImportedPlan] = field(default_factory=list)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each table: its columns and the fields they were read as ("": not read)."""

    def warn(self, file: str, line: int, code: str, message: str) -> None:
        """Note a warning; an error where the import is strict."""
        (self.errors if self.strict else self.warnings).append(Remark(file, line, code, message))

    def error(self, file: str, line: int, code: str, message: str) -> None:
        """Note an error: the import goes on to find more of them, but will write nothing."""
        self.errors.append(Remark(file, line, code, message))

    @property
    def failed(self) -> bool:
        """Whether an error stands, so that nothing may be written and the exit status is not zero."""
        return bool(self.errors)

    def stop_if_failed(self) -> None:
        """Leave the running transaction by `ImportFailed` when an error stands."""
        if self.failed:
            raise ImportFailed(f"{len(self.errors)} errors")

    def nothing_written(self) -> None:
        """Forget the counts and plans: the import was undone."""
        for counts in (self.created, self.changed, self.unchanged):
            counts.clear()
        self.plans.clear()

    def as_json(self) -> dict[str, Any]:
        """The report as plain data. `plans` is there only when a plan was imported."""
        report: dict[str, Any] = {
            "created": _counts(self.created),
            "changed": _counts(self.changed),
            "unchanged": _counts(self.unchanged),
            "warnings": [remark.as_json() for remark in self.warnings],
            "errors": [remark.as_json() for remark in self.errors],
        }
        if self.plans:
            report["plans"] = [{"file": plan.file, "id": plan.id} for plan in self.plans]
        return report

    def to_json(self) -> str:
        """The report as one JSON document, indented by two."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=2)

    def to_text(self) -> str:
        """The report for a terminal: errors, warnings, then one line of counts for each kind of row."""
        return "\n".join(self._lines())

    def columns_read(self) -> Iterable[str]:
        """How each table's columns were read, a line a table."""
        for file, columns in self.columns.items():
            read = ", ".join(f"{column} → {name}" for column, name in columns.items() if name)
            left = ", ".join(column for column, name in columns.items() if not name)
            yield f"{file}: read as {read or 'nothing'}" + (f"; left out: {left}" if left else "")

    def _lines(self) -> Iterable[str]:
        yield from self.columns_read()
        for remark in self.errors:
            yield f"error: {remark}"
        for remark in self.warnings:
            yield f"warning: {remark}"
        if self.failed:
            yield f"Nothing was imported: {_many(len(self.errors), 'error')}."
            return
        kinds = sorted({*_counts(self.created), *_counts(self.changed), *_counts(self.unchanged)})
        width = max((len(kind) for kind in kinds), default=0)
        for kind in kinds:
            yield (
                f"{kind:<{width}}  {self.created[kind]:>8} created  {self.changed[kind]:>8} changed"
                f"  {self.unchanged[kind]:>8} unchanged"
            )
        for plan in self.plans:
            yield f"plan {plan.id or '(new)'} from {plan.file}"
        end = "Nothing written: this was a dry run" if self.dry_run else "Imported"
        yield f"{end}; {_many(len(self.warnings), 'warning')}."


def _counts(counts: Counter[str]) -> dict[str, int]:
    return {kind: number for kind, number in sorted(counts.items()) if number}


def _many(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
