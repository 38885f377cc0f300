"""Who may see and change the organisation."""

from lineofsight.kernel.access import Holds, Is, Rule, Under

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

EDIT_PERSON = Rule("person.edit", "HR of the unit edits people.", [[HR]], scope="write:people")
EDIT_POSITION = Rule(
    "position.edit",
    "HR of the unit edits positions and lines.",
    [[Under("path", "hr", "HR of the unit")]],
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
RULES = [
    SEE_PERSON, SEE_CONTACT, SEE_UNIT, SEE_POSITION, SEE_CLOSED_KEYS,
    EDIT_PERSON, EDIT_POSITION, EDIT_UNIT, GRANT_OFFICE,
]  # fmt: skip
