"""Who may see and change the strategic plan."""

from lineofsight.kernel.access import Rule, Under
from lineofsight.people.policy import KNOWN

SEE_PLAN = Rule("plan.see", "The strategic plan: everyone who works here.", [[KNOWN]], unit_path="path")
SEE_CYCLE = Rule("cycle.see", "Cycles: everyone who works here.", [[KNOWN]], unit_path=None)
EDIT_PLAN = Rule(
    "plan.edit",
    "The strategy office of the publisher edits and imports plans.",
    [[Under("path", "strategy", "the strategy office of the publisher")]],
    scope="write:goals",
    unit_path="path",
)
RULES = [SEE_PLAN, SEE_CYCLE, EDIT_PLAN]
