"""The publisher of a plan as a unit, and the plan itself."""

from __future__ import annotations

from typing import Any

from lineofsight.exchange import references
from lineofsight.exchange.bulk import insert, reserve, update
from lineofsight.exchange.units import KIND as UNIT
from lineofsight.exchange.units import Units, Wanted, code_of
from lineofsight.kernel.sortkey import sort_key
from lineofsight.people import lines
from lineofsight.people.models import Unit
from lineofsight.strategy.models import Plan, PlanValue

from .columns import one_line, plan_columns, title_of, value_columns
from .document import Document, Organization
from .identifiers import comparable, names_nothing
from .run import Run, moved
from .stored import KEY, kept, pack

PLAN = "PLAN"


def publisher_name(organization: Organization) -> str:
    """What a unit made of an organization is called."""
    return title_of(organization.name, organization.acronym, organization.identifier)


async def settle_publisher(run: Run, document: Document) -> int:
    """The unit of the document's first organization: known by identifier, else by name in its place, or new.

    A document without an organization belongs to the unit imported into.
    """
    if not document.organizations:
        return run.base.id
    organization = document.organizations[0]
    name = publisher_name(organization)
    key = name if names_nothing(organization.identifier) else organization.identifier
    directory = await run.directory(UNIT)
    known = directory.get(key)
    if known is not None and await Unit.filter(id=known).exists():
        run.report.unchanged["unit"] += 1
        return known
    units = Units(run.base, run.system, run.actor, run.report, run.group)
    await units.settle([Wanted(key, name, likely_code=code_of(organization.acronym) if organization.acronym else None)])
    directory.add(key, units.ids[key])
    await lines.rights_changed()
    return units.ids[key]


async def rename_publisher(run: Run, unit_id: int, before: Document, document: Document) -> None:
    """Take over a name that the source changed since it was last imported."""
    if not before.organizations or not document.organizations:
        return
    name, old = publisher_name(document.organizations[0]), publisher_name(before.organizations[0])
    unit = await Unit.get(id=unit_id)
    if name == old or unit.name == name:
        return
    values = (name, sort_key(name), unit.version + 1)
    await update(Unit, ("name", "sort_key", "version"), [(unit_id, values)])
    await run.remember("unit.import", "Unit", [(unit_id, {"name": name})])
    run.report.changed["unit"] += 1
    run.report.unchanged["unit"] -= 1


async def find_plan(run: Run, document: Document, publisher_id: int, goal_plans: dict[int, int]) -> Plan | None:
    """The publisher's plan that the document is a later edition of.

    By its identifier, else by its name, else because most of its identified goals are that plan's already
    (`goal_plans`: of those goals by plan, with their number at 0). Two plans of one name with identifiers
    that differ are the same only if they share goals.
    """
    plans = await Plan.filter(publisher_id=publisher_id).order_by("id")
    identifier = document.administrative.identifier if document.administrative else ""
    by_identifier = (await run.directory(PLAN)).get(identifier)
    for plan in plans:
        if plan.id == by_identifier:
            return plan
    most = max(plans, key=lambda plan: goal_plans.get(plan.id, 0), default=None)
    if most and goal_plans.get(most.id, 0) * 2 > goal_plans.get(0, 0):
        return most
    name = one_line(document.name).casefold()
    for plan in plans:
        other = _identifier(kept(Document, plan.source))
        differs = identifier and other and comparable(identifier) != comparable(other)
        if plan.name.casefold() == name and not differs:
            return plan
    return None


def _identifier(document: Document | None) -> str:
    return document.administrative.identifier if document and document.administrative else ""


async def write_plan(run: Run, document: Document, publisher_id: int, plan: Plan | None) -> Plan:
    """The plan's row and its values, as the document has them."""
    before = kept(Document, plan.source) if plan else None
    source = {**((plan.source if plan else None) or {}), KEY: pack(document, without=("goals",))}
    if run.third_level:
        source["third_level"] = True
    columns = plan_columns(document)
    if plan is None:
        (key,) = await reserve(Plan, 1)
        row = {"id": key, "publisher_id": publisher_id, "source": source, **columns}
        await insert(Plan, [{**row, "sort_key": sort_key(columns["name"])}])
        await run.remember("plan.import", "Plan", [(key, {"publisher_id": publisher_id, **columns})])
        run.report.created["plan"] += 1
        plan = await Plan.get(id=key)
    else:
        values: dict[str, Any] = moved(vars_of(plan, columns), plan_columns(before) if before else None, columns)
        if values or source != plan.source:
            stored = {**values, "source": source, "version": plan.version + 1}
            if "name" in values:
                stored["sort_key"] = sort_key(values["name"])
            await update(Plan, tuple(stored), [(plan.id, tuple(stored.values()))])
            await run.remember("plan.import", "Plan", [(plan.id, {**values, "source": source})])
            run.report.changed["plan"] += 1
            await plan.refresh_from_db()
        else:
            run.report.unchanged["plan"] += 1
    await _write_values(run, plan, before, document)
    await _remember_identifier(run, document, plan.id)
    return plan


def vars_of(row: object, names: Any) -> dict[str, Any]:
    """The named attributes of a row."""
    return {name: getattr(row, name) for name in names}


async def _write_values(run: Run, plan: Plan, before: Document | None, document: Document) -> None:
    """The plan's guiding principles, when the source changed them; what was changed here alone stays."""
    stands = await PlanValue.filter(plan_id=plan.id).order_by("ordinal", "id")
    wanted = [value_columns(value) for value in document.values]
    if before is not None and before.values == document.values:
        run.report.unchanged["plan value"] += len(stands)
        return
    changed = [
        (row.id, columns) for row, columns in zip(stands, wanted, strict=False) if vars_of(row, columns) != columns
    ]
    for row_id, columns in changed:
        await update(PlanValue, tuple(columns), [(row_id, tuple(columns.values()))])
    run.report.changed["plan value"] += len(changed)
    run.report.unchanged["plan value"] += min(len(stands), len(wanted)) - len(changed)
    created = list(zip(await reserve(PlanValue, len(wanted) - len(stands)), wanted[len(stands) :], strict=True))
    rows = [
        {"id": key, "plan_id": plan.id, "ordinal": len(stands) + number, **columns}
        for number, (key, columns) in enumerate(created)
    ]
    await insert(PlanValue, rows)
    run.report.created["plan value"] += len(created)
    if surplus := [row.id for row in stands[len(wanted) :]]:
        await PlanValue.filter(id__in=surplus).delete()
        await run.remember("planValue.remove", "PlanValue", [(row_id, {}) for row_id in surplus])
        run.report.changed["plan value"] += len(surplus)
    await run.remember("planValue.import", "PlanValue", [*changed, *created])


async def _remember_identifier(run: Run, document: Document, plan_id: int) -> None:
    identifier = document.administrative.identifier if document.administrative else ""
    directory = await run.directory(PLAN)
    if names_nothing(identifier) or directory.get(identifier) is not None:
        return
    await references.add(run.system, PLAN, {identifier: plan_id})
    directory.add(identifier, plan_id)
