"""The report every import gives."""

import json

import pytest

from lineofsight.exchange.report import ImportedPlan, ImportFailed, ImportReport


def test_a_strict_import_turns_warnings_into_errors() -> None:
    lenient, strict = ImportReport(), ImportReport(strict=True)
    for report in (lenient, strict):
        report.warn("a.csv", 3, "blank-row", "Skipped.")
    assert (len(lenient.warnings), lenient.failed) == (1, False)
    assert (len(strict.warnings), strict.failed) == (0, True)
    lenient.stop_if_failed()
    with pytest.raises(ImportFailed):
        strict.stop_if_failed()


def test_json_names_counts_by_kind_and_places() -> None:
    report = ImportReport()
    report.created["goal"] += 2
    report.unchanged["unit"] += 0
    report.warn("a.xml", 7, "empty-date", "1 date is empty.")
    report.plans.append(ImportedPlan("a.xml", "Plan_x"))
    assert json.loads(report.to_json()) == {
        "created": {"goal": 2},
        "changed": {},
        "unchanged": {},
        "warnings": [{"file": "a.xml", "line": 7, "code": "empty-date", "message": "1 date is empty."}],
        "errors": [],
        "plans": [{"file": "a.xml", "id": "Plan_x"}],
    }


def test_text_tells_what_happened() -> None:
    report = ImportReport(dry_run=True)
    report.created["goal"] += 2
    report.warn("a.xml", 7, "empty-date", "1 date is empty.")
    assert report.to_text().splitlines() == [
        "warning: a.xml:7: empty-date: 1 date is empty.",
        "goal         2 created         0 changed         0 unchanged",
        "Nothing written: this was a dry run; 1 warning.",
    ]
    report.error("b.xml", 0, "not-found", "No such file.")
    assert report.to_text().splitlines()[0] == "error: b.xml: not-found: No such file."
    assert report.to_text().endswith("Nothing was imported: 1 error.")
