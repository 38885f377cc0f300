"""Whatever stands in a table: it is imported or refused with a report, and importing it twice changes nothing."""

import contextlib
import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lineofsight.exchange.goals.importing import import_goals
from lineofsight.exchange.metrics.importing import import_metrics
from lineofsight.exchange.people.importing import import_people
from lineofsight.goals import linking, progress
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import COMMAND_LINE
from lineofsight.people import lines

SMALL = st.sampled_from(
    ["", "1", "2", "3", "a", "A", "B b", "a@x.gov", "b@x.gov", "N/A", "#REF!", "TBD", "5%", "<5", "0.5", "-1", "60"]
)
DATES = st.sampled_from(["", "2026-03-01", "01/02/2026", "31.12.2025", "soon", "FY2025", "2025-Q3", "2025"])
NAMES = st.sampled_from(["Ada", "Bo", "Ada", "Vacant", "Cy Ito"])
ANY = st.one_of(SMALL, SMALL, st.text(st.characters(codec="utf-8"), max_size=6))
COLUMNS = {
    "people": {
        "Employee ID": st.sampled_from(["1", "2", "3", "4", "5"]),
        "Name": NAMES,
        "Email": SMALL,
        "Manager ID": st.sampled_from(["", "1", "2", "3", "4", "9"]),
        "Department": ANY,
        "FTE": ANY,
        "Hire Date": DATES,
        "End Date": DATES,
        "Position ID": st.sampled_from(["", "", "P1", "P2", "1"]),
        "Title": ANY,
    },
    "goals": {
        "ID": st.sampled_from(["", "1", "2", "3", "4"]),
        "Title": st.sampled_from(["a", "A", "b", "c d", "e"]),
        "Owner": SMALL,
        "Parent": st.sampled_from(["", "a", "b", "1", "2", "zz"]),
        "Parent ID": st.sampled_from(["", "1", "2", "3"]),
        "Measure": ANY,
        "Baseline": ANY,
        "Target": ANY,
        "Current": ANY,
        "Due": DATES,
        "Weight": ANY,
        "Status": st.sampled_from(["", "Draft", "Completed", "At risk", "what"]),
    },
    "metrics": {
        "Goal": NAMES,
        "Objective": SMALL,
        "KPI": NAMES,
        "Period": st.sampled_from(["2025", "2024", "FY2025", "2025-Q3"]),
        "Target": ANY,
        "Actual": ANY,
        "Min": SMALL,
        "Direction": ANY,
    },
}
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking takes minutes where each example is two imports
RUN = {"people": import_people, "goals": import_goals, "metrics": import_metrics}


class Undo(Exception):
    """Leaves the database as it was before the example."""


async def check(kind: str, path: Path) -> None:
    first = await RUN[kind]([path], actor=COMMAND_LINE)
    json.loads(first.to_json())
    assert first.to_text()
    if first.failed:
        assert +first.created == {}
        return
    assert await lines.verify() == []
    assert await linking.verify() == []
    assert await progress.verify() == []
    again = await RUN[kind]([path], actor=COMMAND_LINE)
    assert (+again.created, +again.changed, again.errors) == ({}, {}, [])
    assert +again.unchanged == first.created + first.unchanged + first.changed
    assert again.warnings == first.warnings


@pytest.mark.parametrize("kind", COLUMNS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(data=st.data())
async def test_any_table_is_imported_or_refused_and_twice_changes_nothing(
    db: object, tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.tuples(*COLUMNS[kind].values()), max_size=8))
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(COLUMNS[kind]), *rows])
    with contextlib.suppress(Undo):
        async with transaction():
            await check(kind, tmp_path / "t.csv")
            raise Undo


@pytest.mark.parametrize("kind", COLUMNS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(
    content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
)
async def test_any_bytes_give_a_report(db: object, tmp_path: Path, kind: str, content: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"Employee ID,Name,Goal,KPI,Period,Target\n" + content if content[:1] < b"\x80" else content)
    report = await RUN[kind]([path], actor=COMMAND_LINE, dry_run=True)
    json.loads(report.to_json())
    assert report.errors or report.created or report.unchanged or report.warnings or not report.errors
