"""What a viewer sees of the strategic plan."""

from lineofsight.kernel.rows import Join, Source
from lineofsight.people.models import Unit
from lineofsight.strategy import policy
from lineofsight.strategy.models import Cycle, Mandate, Pillar, Plan, PlanValue

_PUBLISHER = Join(Unit, "publisher", "publisher.id = t.publisher_id", ("path",))
_PLAN = (
    Join(Plan, "plan", "plan.id = t.plan_id", ("publisher_id",)),
    Join(Unit, "publisher", "publisher.id = plan.publisher_id", ("path",)),
)
PLANS = Source(Plan, policy.SEE_PLAN, on=("publisher",), joins=(_PUBLISHER,))
VALUES = Source(PlanValue, policy.SEE_PLAN, on=("publisher",), joins=_PLAN)
PILLARS = Source(Pillar, policy.SEE_PLAN, on=("publisher",), joins=_PLAN)
CYCLES = Source(Cycle, policy.SEE_CYCLE)
MANDATES = Source(Mandate, policy.SEE_CYCLE)
