"""Writes the strategic plan with its values, pillars and mandates, and the cycles."""

from dataclasses import dataclass

from lineofsight.kernel.sortkey import sort_key
from lineofsight.strategy.models import Cycle, Mandate, Pillar, Plan, PlanValue

from .dates import months_later
from .facts import Agency
from .ledger import Row, add
from .plan import MANDATES, MISSION, PILLARS, PLAN_NAME, VALUES, VISION


@dataclass
class Strategy:
    """Keys in the database."""

    plan: int
    pillars: list[int]
    mandates: dict[str, int]
    cycles: dict[str, int]


async def write_plan(agency: Agency, publisher: int) -> Strategy:
    """`publisher`: key of the root unit."""
    name = f"{PLAN_NAME} {agency.plan_start.year}-{agency.plan_end.year}"
    row: Row = {
        "name": name, "sort_key": sort_key(name), "mission": MISSION, "vision": VISION,
        "publisher_id": publisher,
        "description": "Adopted by the Board of Commissioners after meetings in every town.",
        "start_date": agency.plan_start, "end_date": agency.plan_end,
    }  # fmt: skip
    (plan,) = await add(Plan, [row], verb="plan.create", leave_out=("sort_key",))
    for model, entries, verb in ((PlanValue, VALUES, "planValue.create"), (Pillar, PILLARS, "pillar.create")):
        rows: list[Row] = [
            {"plan_id": plan, "ordinal": place, "name": title, "description": text}
            for place, (title, text) in enumerate(entries)
        ]
        keys = await add(model, rows, verb=verb)
    mandates = await add(
        Mandate,
        [
            {"citation": m.citation, "authority": m.authority, "evidence": m.evidence,
             "deadline": months_later(agency.plan_start, m.deadline_months) if m.deadline_months else None}
            for m in MANDATES.values()
        ],
        verb="mandate.create",
    )  # fmt: skip
    cycles = await add(
        Cycle,
        [{"name": c.name, "start_date": c.start, "end_date": c.end} for c in agency.cycles],
        verb="cycle.create",
    )
    return Strategy(plan, keys, dict(zip(MANDATES, mandates, strict=True)),
                    {c.key: key for c, key in zip(agency.cycles, cycles, strict=True)})  # fmt: skip
