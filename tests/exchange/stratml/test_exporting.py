"""Plans of the graph back to documents."""

from pathlib import Path

import pytest

from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.stratml.exporting import export_plan
from lineofsight.exchange.stratml.importing import import_plans
from lineofsight.exchange.stratml.loss import LossReport
from lineofsight.exchange.stratml.reading import read
from lineofsight.exchange.stratml.writing import write
from lineofsight.kernel.events import COMMAND_LINE

from .plans import NAMES, content, faults, needs_data, path

pytestmark = pytest.mark.usefixtures("db")


async def take(*files: Path, **options: object) -> ImportReport:
    report = await import_plans(list(files), actor=COMMAND_LINE, **options)  # type: ignore[arg-type]
    assert report.errors == []
    return report


@needs_data
@pytest.mark.requirement("C4.1")
@pytest.mark.parametrize("third_level", [False, True])
@pytest.mark.parametrize("name", NAMES)
async def test_a_real_plan_comes_back_as_it_went_in(name: str, third_level: bool) -> None:
    report = await take(path(name), third_level=third_level)
    data, losses = await export_plan(report.plans[0].id)
    expected = LossReport()
    assert data == write(read(content(name))[0], expected)
    assert losses.losses == expected.losses
    assert faults(data) == []
