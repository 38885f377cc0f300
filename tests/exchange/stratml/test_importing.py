"""Documents into the graph."""

from pathlib import Path

import pytest

from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.stratml.importing import import_plans
from lineofsight.goals import linking, measuring
from lineofsight.goals import progress as goal_progress
from lineofsight.goals.models import (
    Alignment,
    Goal,
    GoalLevel,
    GoalStatus,
    Metric,
    MetricDefinition,
    MetricTarget,
    MetricValue,
)
from lineofsight.kernel.database import fetch
from lineofsight.kernel.events import COMMAND_LINE
from lineofsight.kernel.models import Event, ExternalRef
from lineofsight.kernel.sql import Sql
from lineofsight.people.models import Unit
from lineofsight.strategy.models import Plan, PlanValue

from .plans import NAMES, needs_data, path

pytestmark = pytest.mark.usefixtures("db")

MODELS = (
    Unit, Plan, PlanValue, Goal, Alignment, Metric, MetricDefinition, MetricTarget, MetricValue, ExternalRef, Event
)  # fmt: skip


async def take(*files: Path, **options: object) -> ImportReport:
    return await import_plans(list(files), actor=COMMAND_LINE, **options)  # type: ignore[arg-type]


async def counts() -> dict[str, int]:
    return {model.__name__: await model.all().count() for model in MODELS}


@needs_data
@pytest.mark.requirement("C4.1")
@pytest.mark.parametrize("name", NAMES)
async def test_a_real_plan_twice(name: str) -> None:
    before = await counts()
    dry = await take(path(name), dry_run=True)
    assert await counts() == before
    report = await take(path(name))
    assert report.errors == []
    assert (dry.created, dry.warnings) == (report.created, report.warnings)
    after = await counts()
    again = await take(path(name))
    assert again.as_json()["created"] == again.as_json()["changed"] == {}
    assert await counts() == after
    assert sum(again.unchanged.values()) == sum(report.created.values())
    assert again.plans == report.plans
    assert await linking.verify() == []
    assert await goal_progress.verify() == []
    print(name, report.as_json()["created"], len(report.warnings))
