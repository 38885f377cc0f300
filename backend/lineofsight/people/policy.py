"""Who may see and change the organisation."""

from lineofsight.kernel.access import Holds, Is, NotAmong, Other, Rule, Under

COLLEAGUE = Holds("is_colleague", "a colleague")
KNOWN = Holds("is_known", "a colleague or a partner's client")
SELF = Is("id", "id", "the person themself")
HR = Under("unit_path", "hr", "HR of the unit")
ADMINISTRATOR = Under("unit_path", "administrator", "an administrator of the unit")
UNIT_ADMINISTRATOR = Under("path", "administrator", "an administrator of the unit")

SEE_PERSON = Rule("person.see", "The directory: everyone who works here.", [[KNOWN]])
SEE_CONTACT = Rule(
    "person.readContact",
    "E-mail and telephone: colleagues where the agency allows it, the person, HR and administrators of the unit.",
    [[Holds("reads_contacts", "a colleague, where the agency allows it")], [SELF], [HR], [ADMINISTRATOR]],
)
SEE_UNIT = Rule("unit.see", "The organisation: everyone who works here.", [[KNOWN]], unit_path="path")
SEE_POSITION = Rule("position.see", "The reporting line: everyone who works here.", [[KNOWN]], unit_path="path")
SEE_CLOSED_KEYS = Rule(
    "externalId.readClosed",
    "Keys in systems that are not open: HR and administrators of the unit.",
    [[HR], [ADMINISTRATOR]],
)

SEE_EMPLOYMENT = Rule(
    "person.readEmployment", "The first day here: the person and HR of the unit.", [[SELF], [HR]]
)

EDIT_PERSON = Rule(
    "person.edit",
    "HR of the unit edits people, never themself.",
    [[HR, Other("id", "id", "not themself")]],
    scope="write:people",
)
EDIT_POSITION = Rule(
    "position.edit",
    "HR of the unit edits positions and lines, never those of a position they hold.",
    [[Under("path", "hr", "HR of the unit"), NotAmong("id", "positions", "not their own position")]],
    scope="write:people",
    unit_path="path",
)
EDIT_UNIT = Rule(
    "unit.edit", "Administrators edit units.", [[UNIT_ADMINISTRATOR]], scope="write:admin", unit_path="path"
)
GRANT_OFFICE = Rule(
    "office.grant",
    "Administrators grant and end offices, never to themselves; HR, AUDITOR and ADMINISTRATOR take two people.",
    [[UNIT_ADMINISTRATOR]],
    scope="write:admin",
    unit_path="path",
)
SEE_OFFICE = Rule(
    "office.see",
    "A grant of an office: the person it is for, and administrators of the unit.",
    [[SELF], [ADMINISTRATOR]],
    scope="write:admin",
)
CONFIRM_OFFICE = Rule(
    "office.confirm",
    "A second administrator confirms a waiting grant: neither who granted it nor who receives it.",
    [
        [
            ADMINISTRATOR,
            Other("id", "id", "not the receiver"),
            Other("granted_by_id", "id", "not the granter"),
        ]
    ],
    scope="write:admin",
)
REVOKE_OFFICE = Rule(
    "office.revoke",
    "Administrators of the unit end offices; whoever holds one may give it up.",
    [[SELF], [ADMINISTRATOR]],
    scope="write:admin",
)
SEE_CLIENT = Rule(
    "client.see",
    "A partner's client and its tokens: administrators of its unit, and its sponsor.",
    [[SELF], [ADMINISTRATOR]],
    scope="write:admin",
)
EDIT_CLIENT = Rule(
    "client.edit",
    "Administrators of the unit a client is limited to (without a limit: of the agency) make, equip and end it.",
    [[ADMINISTRATOR]],
    scope="write:admin",
)
RULES = [
    SEE_PERSON, SEE_CONTACT, SEE_EMPLOYMENT, SEE_UNIT, SEE_POSITION, SEE_CLOSED_KEYS,
    EDIT_PERSON, EDIT_POSITION, EDIT_UNIT,
    SEE_OFFICE, GRANT_OFFICE, CONFIRM_OFFICE, REVOKE_OFFICE, SEE_CLIENT, EDIT_CLIENT,
]  # fmt: skip
