"""The words of StratML: roots, namespaces, and the closed lists of attribute values.

Source: StrategicPlanISOVersion20140401.xsd (Part 1) and PerformancePlanOrReport20160216.xsd (Part 2).
"""

from __future__ import annotations

from typing import Final

PART_1_ROOT: Final = "StrategicPlan"
PART_2_ROOT: Final = "PerformancePlanOrReport"
PART_1_NAMESPACE: Final = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
PART_2_NAMESPACE: Final = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
OLD_NAMESPACES: Final = frozenset({"http://www.stratml.net", "http://www.stratml.net/PerformancePlanOrReport"})
"""Of ANSI/AIIM 21 and 22, before the ISO standard."""

NAMESPACES: Final = frozenset({PART_1_NAMESPACE, PART_2_NAMESPACE}) | OLD_NAMESPACES

DOCUMENT_TYPES: Final = ("Strategic_Plan", "Performance_Plan", "Performance_Report")
STAKEHOLDER_TYPES: Final = ("Person", "Organization", "Generic_Group")
ROLE_TYPES: Final = ("Performer", "Beneficiary")
VALUE_CHAIN_STAGES: Final = ("Outcome", "Output_Processing", "Output", "Input_Processing", "Input")
INDICATOR_TYPES: Final = ("Quantitative", "Qualitative")
RELATIONSHIP_TYPES: Final = ("Broader_Than", "Peer_To", "Narrower_Than")
"""Read as "this element is <type> the referent": a child's link to its parent is `Narrower_Than`."""

GOAL_INDICATORS: Final = "[Line of Sight: indicators of the goal itself]"
"""`OtherInformation` of the objective that carries the indicators of its goal, which the schema gives no place."""

LINKS: Final = "[Line of Sight: links of the objective itself]"
"""`OtherInformation` of the indicator that carries the relationships of its objective."""
