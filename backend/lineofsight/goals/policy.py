"""Who may see and change goals, and what is written on them."""

from lineofsight.goals.words import GoalStatus, Visibility
from lineofsight.kernel.access import Among, Atom, Is, NotAmong, OneOf, Other, Present, Rule, Under
from lineofsight.people.policy import KNOWN

OWNER = Is("owner_person_id", "id", "its owner")
LEAD = Among("lead_position_id", "positions", "the lead of the unit that owns it")
AUTHOR = Is("author_id", "id", "its author")
DIRECT_MANAGER = Among("owner_position_id", "direct_positions", "the direct manager of its owner")
CONTRIBUTOR = Among("id", "contributes_to", "a contributor")
CHAIN = Under("owner_line", "lines", "everyone above its owner on the reporting line", strictly=True)
IN_UNIT = Among("unit_id", "units_up", "the unit and all below it")
UNIT_LEAD = Under("unit_path", "led_units", "the lead of its unit, or of one above")
STRATEGY = Under("unit_path", "strategy", "the strategy office of its unit")
EXECUTIVE = Under("unit_path", "executive", "the executive of its unit")
UNIT_OWNED = Present("owner_unit_id", "owned by a unit")
NOT_LEAD = NotAmong("lead_position_id", "positions", "not its lead")
SET = OneOf("status", *(s.value for s in GoalStatus if s is not GoalStatus.DRAFT), says="once it is no draft")
TO_AGENCY = OneOf("visibility", Visibility.AGENCY.value, says="visible to the agency")
TO_UNIT = OneOf("visibility", Visibility.UNIT.value, says="visible to its unit")
TO_CHAIN = OneOf("visibility", Visibility.UNIT.value, Visibility.CHAIN.value, says="visible to the chain or its unit")

SEE = Rule(
    "goal.see",
    "A goal, by its visibility; a draft by its owner, its author and the direct manager only.",
    [
        [SET, TO_AGENCY, KNOWN],
        [OWNER],
        [LEAD],
        [AUTHOR],
        [DIRECT_MANAGER],
        [SET, TO_UNIT, IN_UNIT],
        [SET, TO_CHAIN, CHAIN],
        [SET, TO_CHAIN, EXECUTIVE],
        [SET, CONTRIBUTOR],
    ],
)
READ_NOTES = Rule(
    "goal.readNotes",
    "Notes, blockers and reasons: owner, contributors, chain, unit lead, the strategy office of the unit.",
    [[OWNER], [LEAD], [AUTHOR], [CONTRIBUTOR], [CHAIN], [UNIT_LEAD], [STRATEGY]],
    scope="read:notes",
)
_OWN: list[list[Atom]] = [[OWNER], [LEAD], [AUTHOR]]
EDIT = Rule(
    "goal.edit",
    "Owner and author edit and align; the strategy office of the unit what units own.",
    [*_OWN, [STRATEGY, UNIT_OWNED]],
    scope="write:goals",
)
CHECK_IN = Rule(
    "goal.checkIn",
    "Owner, author and contributors check in; the direct manager on the owner's behalf; the strategy office for units.",
    [*_OWN, [CONTRIBUTOR], [DIRECT_MANAGER], [STRATEGY, UNIT_OWNED]],
    scope="write:checkins",
)
MEASURE = Rule(
    "goal.measure",
    "Whoever edits a goal adds its measures; contributors and the direct manager too record values.",
    [*_OWN, [CONTRIBUTOR], [DIRECT_MANAGER], [STRATEGY, UNIT_OWNED]],
    scope="write:metrics",
)
DELETE = Rule("goal.delete", "An author deletes their own draft.", [[AUTHOR]], scope="write:goals")
APPROVE = Rule(
    "goal.approve",
    "The direct manager approves, returns and closes; the strategy office what units own. Nobody their own goal.",
    [
        [DIRECT_MANAGER, Other("owner_person_id", "id", "not its owner"), NOT_LEAD],
        [STRATEGY, UNIT_OWNED, NOT_LEAD],
    ],
    scope="write:goals",
)
MANAGE = Rule(
    "goal.manage",
    "Owner, direct manager and the strategy office activate and retire.",
    [*_OWN, [DIRECT_MANAGER], [STRATEGY, UNIT_OWNED]],
    scope="write:goals",
)
CREATE_FOR_UNIT = Rule(
    "unit.createGoal",
    "Goals of a unit: its lead, the lead of one above, and the strategy office.",
    [
        [Under("path", "led_units", "the lead of the unit, or of one above")],
        [Under("path", "strategy", "the strategy office of the unit")],
    ],
    scope="write:goals",
    unit_path="path",
)
CREATE_FOR_PERSON = Rule(
    "person.createGoal",
    "Goals of a person: the person, and everyone above on the reporting line.",
    [
        [Is("id", "id", "the person themself")],
        [Under("line", "lines", "everyone above on the reporting line", strictly=True)],
    ],
    scope="write:goals",
)
GOAL_RULES = [SEE, READ_NOTES, EDIT, CHECK_IN, MEASURE, APPROVE, MANAGE, DELETE]
"""The rules over a goal's own facts."""
RULES = [*GOAL_RULES, CREATE_FOR_UNIT, CREATE_FOR_PERSON]
