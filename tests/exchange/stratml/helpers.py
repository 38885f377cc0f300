"""Small plans on disk, imported and exported."""

from collections.abc import Callable
from pathlib import Path

from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.stratml.document import Document
from lineofsight.exchange.stratml.exporting import export_plan
from lineofsight.exchange.stratml.importing import import_plans
from lineofsight.exchange.stratml.loss import LossReport
from lineofsight.exchange.stratml.reading import read
from lineofsight.goals.models import Goal
from lineofsight.kernel.events import COMMAND_LINE

Write = Callable[[str, str], Path]
"""(name, content of the plan) → file."""

HEAD = (
    '<PerformancePlanOrReport xmlns="urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport" Type="Strategic_Plan">\n'
)


def plan(
    goals: str,
    *,
    name: str = "Plan of the Port",
    identifier: str = "_plan-1",
    organization: str = "<Name>Port Authority</Name><Acronym>PA</Acronym><Identifier>_port</Identifier>",
    period: str = "<StartDate>2024-01-01</StartDate><EndDate>2027-12-31</EndDate>",
) -> str:
    """A small Part 2 document."""
    return (
        f"{HEAD}<Name>{name}</Name><StrategicPlanCore>\n<Organization>{organization}</Organization>\n"
        f"<Mission><Description>Move goods.</Description></Mission>\n{goals}\n</StrategicPlanCore>"
        f"<AdministrativeInformation><Identifier>{identifier}</Identifier>{period}</AdministrativeInformation>"
        "</PerformancePlanOrReport>"
    )


def goal(name: str, identifier: str, *objectives: str, more: str = "") -> str:
    return (
        f"<Goal><Name>{name}</Name><Description/><Identifier>{identifier}</Identifier>{more}"
        f"{''.join(objectives)}</Goal>\n"
    )


def objective(name: str, identifier: str, *indicators: str, sequence: str = "") -> str:
    return (
        f"<Objective><Name>{name}</Name><Identifier>{identifier}</Identifier>"
        f"<SequenceIndicator>{sequence}</SequenceIndicator>{''.join(indicators)}</Objective>\n"
    )


def indicator(name: str, identifier: str, *inside: str) -> str:
    return (
        f"<PerformanceIndicator><MeasurementDimension>{name}</MeasurementDimension><UnitOfMeasurement>t"
        f"</UnitOfMeasurement><Identifier>{identifier}</Identifier>{''.join(inside)}</PerformanceIndicator>\n"
    )


def relationship(referent: str, type_: str = "Narrower_Than", name: str = "") -> str:
    return (
        f'<Relationship RelationshipType="{type_}"><ReferentIdentifier>{referent}</ReferentIdentifier>'
        f"<Name>{name}</Name></Relationship>"
    )


def year(number: int, target: str = "", actual: str = "", status: str = "") -> str:
    """An instance for one calendar year."""
    dates = f"<StartDate>{number}-01-01</StartDate><EndDate>{number}-12-31</EndDate>"
    described = (
        f"<Descriptor><DescriptorName>Status</DescriptorName><DescriptorValue>{status}</DescriptorValue></Descriptor>"
    )
    aimed = f"<TargetResult>{dates}<NumberOfUnits>{target}</NumberOfUnits>{described if status else ''}</TargetResult>"
    reached = f"<ActualResult>{dates}<NumberOfUnits>{actual}</NumberOfUnits></ActualResult>"
    return f"<MeasurementInstance>{aimed if target else ''}{reached if actual else ''}</MeasurementInstance>"


async def take(*files: Path, **options: object) -> ImportReport:
    """Import as the command line does; no errors."""
    report = await import_plans(list(files), actor=COMMAND_LINE, **options)  # type: ignore[arg-type]
    assert report.errors == []
    return report


async def give(plan_id: str) -> tuple[Document, LossReport]:
    """Export and read again."""
    data, losses = await export_plan(plan_id)
    return read(data)[0], losses


def codes(report: ImportReport) -> list[str]:
    return [remark.code for remark in report.warnings]


async def titled(title: str) -> Goal:
    return await Goal.get(title=title)
