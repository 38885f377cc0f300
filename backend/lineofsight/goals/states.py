"""What may be done with a goal in each status, and by whom."""

from collections.abc import Mapping
from typing import Any

from lineofsight.goals import policy
from lineofsight.goals.words import GoalStatus as S
from lineofsight.kernel.access import Facts, Rule

OPEN = frozenset({S.DRAFT, S.PROPOSED, S.APPROVED, S.ACTIVE})

ACTIONS: dict[str, tuple[Rule, frozenset[S]]] = {
    "edit": (policy.EDIT, OPEN),
    "propose": (policy.EDIT, frozenset({S.DRAFT})),
    "return": (policy.APPROVE, frozenset({S.PROPOSED})),
    "approve": (policy.APPROVE, frozenset({S.PROPOSED})),
    "activate": (policy.MANAGE, frozenset({S.APPROVED})),
    "close": (policy.APPROVE, frozenset({S.ACTIVE})),
    "retire": (policy.MANAGE, frozenset({S.APPROVED, S.ACTIVE, S.PROPOSED})),
    "delete": (policy.DELETE, frozenset({S.DRAFT})),
    "align": (policy.EDIT, OPEN),
    "unalign": (policy.EDIT, OPEN),
    "check_in": (policy.CHECK_IN, OPEN),
    "add_milestone": (policy.EDIT, OPEN),
    "add_metric": (policy.EDIT, OPEN),
    "record_value": (policy.MEASURE, OPEN),
}
"""By action: who may, and in which statuses."""


def allowed(viewer: Facts, row: Mapping[str, Any]) -> frozenset[str]:
    """The actions open to the viewer on a goal they see, in its present status."""
    return frozenset(
        name for name, (rule, statuses) in ACTIONS.items() if row["status"] in statuses and rule.allows(viewer, row)
    )
