"""A plan of the graph as a StratML document.

What a document brought and nobody touched goes back verbatim; edits, later values and what was made here
take its place or stand beside it. What the format cannot say is in the loss report.
"""

from __future__ import annotations

from dataclasses import replace

from lineofsight.kernel.ids import global_id, parse_id
from lineofsight.kernel.models import ExternalSystem
from lineofsight.kernel.problems import NotFound
from lineofsight.people.models import Unit
from lineofsight.strategy.models import Pillar, Plan, PlanValue

from .columns import plan_columns, value_columns
from .document import Administrative, Document, Organization, Part, Statement, Value
from .export_goals import goals_of
from .loss import LossReport
from .publishing import PLAN, publisher_name
from .run import SYSTEM, TYPES, Directory
from .stored import kept
from .tally import Tally
from .vocabulary import DOCUMENT_TYPES
from .writing import write


async def export_plan(plan_id: str, *, part: Part | None = None) -> tuple[bytes, LossReport]:
    """The plan of a global id or StratML identifier as XML (UTF-8), and what the document could not keep.

    `part`: 1 or 2; else the part it came in, or 2 where it has indicators or was made here. `NotFound`
    where there is no such plan. Goals that not everyone may see, drafts and retired ones are left out.
    """
    plan = await _find(plan_id)
    losses, tally = LossReport(), Tally()
    document = await document_of(plan, losses, tally)
    tally.report(losses)
    return write(document, losses, part), losses


async def _find(plan_id: str) -> Plan:
    parsed = parse_id(plan_id)
    key = parsed[1] if parsed and parsed[0] == TYPES[PLAN] and parsed[1] < 1 << 63 else None
    plan = await Plan.get_or_none(id=key) if key else None
    system = await ExternalSystem.get_or_none(name=SYSTEM)
    if plan is None and system is not None:
        found = (await Directory.load(system.id, PLAN)).find(plan_id)
        plan = await Plan.get_or_none(id=found) if found else None
    if plan is None:
        raise NotFound("plan")
    return plan


async def document_of(plan: Plan, losses: LossReport, tally: Tally) -> Document:
    """What a document says of the plan."""
    said = kept(Document, plan.source)
    was = plan_columns(said) if said else {}
    base = said or Document(
        part=2,
        type=DOCUMENT_TYPES[0],
        administrative=Administrative(identifier=global_id(TYPES[PLAN], plan.id)),
    )
    about = base.administrative or Administrative()
    start, end = about.start, about.end
    if plan.start_date != was.get("start_date"):
        start = plan.start_date.isoformat() if plan.start_date else ""
    if plan.end_date != was.get("end_date"):
        end = plan.end_date.isoformat() if plan.end_date else ""
    about = replace(about, start=start, end=end)
    tally.add("pillar", "pillars", await Pillar.filter(plan_id=plan.id).count())
    return replace(
        base,
        name=base.name if plan.name == was.get("name") else plan.name,
        description=base.description if plan.description == was.get("description") else plan.description or "",
        organizations=await _organizations(plan, said),
        vision=_statement(base.vision, plan.vision),
        mission=_statement(base.mission, plan.mission),
        values=await _values(plan, base),
        goals=await goals_of(plan, base, losses, tally),
        administrative=None if about == Administrative() else about,
    )


def _statement(said: Statement | None, text: str | None) -> Statement | None:
    if said is None:
        return Statement(text) if text else None
    found = replace(said, description=text or "")
    return None if found == Statement() else found


async def _organizations(plan: Plan, said: Document | None) -> tuple[Organization, ...]:
    """The publisher first; a name changed here takes the place of the document's."""
    unit = await Unit.get(id=plan.publisher_id)
    if said is None:
        return (Organization(name=unit.name, identifier=global_id(TYPES["UNIT"], unit.id)),)
    if not said.organizations:
        return ()
    first, *others = said.organizations
    if unit.name != publisher_name(first):
        first = replace(first, name=unit.name)
    return (first, *others)


async def _values(plan: Plan, base: Document) -> tuple[Value, ...]:
    rows = await PlanValue.filter(plan_id=plan.id).order_by("ordinal", "id")
    left = [(value, value_columns(value)) for value in base.values]
    found = []
    for row in rows:
        stands = {"name": row.name, "description": row.description}
        same = next((each for each in left if each[1] == stands), None)
        if same:
            left.remove(same)
        found.append(same[0] if same else Value(row.name, row.description or ""))
    return tuple(found)
