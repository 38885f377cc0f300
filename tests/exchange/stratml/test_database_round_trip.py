"""Whatever a valid document says, it comes back from the database as it went in."""

import asyncio
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.stratml.document import Document
from lineofsight.exchange.stratml.exporting import export_plan
from lineofsight.exchange.stratml.importing import import_plans
from lineofsight.exchange.stratml.loss import LossReport
from lineofsight.exchange.stratml.reading import read
from lineofsight.exchange.stratml.writing import write
from lineofsight.kernel.events import COMMAND_LINE
from tests.support.databases import Databases, connected

from .plans import documents


async def through_the_database(databases: Databases, file: Path) -> tuple[ImportReport, ImportReport, bytes]:
    """The reports of importing a file twice into a new database, and the plan exported again."""
    made = await databases.migrated("sqlite")
    try:
        async with connected(made.url):
            first = await import_plans([file], actor=COMMAND_LINE)
            second = await import_plans([file], actor=COMMAND_LINE)
            data, _ = await export_plan(first.plans[0].id)
            return first, second, data
    finally:
        await databases.drop(made)


@given(document=documents())
@settings(
    deadline=None,
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # an example costs half a second: no shrinking
    suppress_health_check=list(HealthCheck),
)
def test_invented_plans_come_back_as_they_went_in(databases: Databases, tmp_path: Path, document: Document) -> None:
    file = tmp_path / "plan.xml"
    file.write_bytes(write(document, LossReport()))
    source, _ = read(file.read_bytes())
    first, second, data = asyncio.run(through_the_database(databases, file))
    assert first.errors == []
    assert second.as_json()["created"] == second.as_json()["changed"] == {}
    assert read(data)[0] == source
