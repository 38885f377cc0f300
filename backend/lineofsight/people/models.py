"""The organisation: units, positions, the reporting line, persons, offices, and who may sign in."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from lineofsight.kernel.fields import OrderedText, json, reference, same_key


class Office(StrEnum):
    """A role held over a unit and all below it."""

    HR = "HR"
    STRATEGY = "STRATEGY"
    EXECUTIVE = "EXECUTIVE"
    GOVERNANCE = "GOVERNANCE"
    AUDITOR = "AUDITOR"
    ADMINISTRATOR = "ADMINISTRATOR"


class LineKind(StrEnum):
    """SOLID: the reporting line. DOTTED: a second, advisory one (matrix)."""

    SOLID = "SOLID"
    DOTTED = "DOTTED"


class GrantState(StrEnum):
    """An office grant: waiting for a second person, in force, ended."""

    WAITING = "WAITING"
    HELD = "HELD"
    ENDED = "ENDED"


class Unit(Model):
    """A node of the organisation. ``path``: ids from the root to itself (kernel.paths)."""

    id = fields.BigIntField(primary_key=True)
    code = OrderedText(unique=True)
    name = fields.TextField()
    sort_key = OrderedText()
    kind = fields.CharField(max_length=60, null=True)
    parent = reference("Unit", null=True)
    parent_id: int | None
    path = OrderedText(db_index=True)
    lead_position_id = fields.BigIntField(null=True)  # Position; no foreign key: the two tables would need each other
    ended_on = fields.DateField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "unit"
        indexes = (("parent_id", "sort_key", "id"),)


class Position(Model):
    """A node of the reporting line, perhaps vacant.

    ``superior``: today's solid line. ``line``: ids from the top to itself. ``manager``: the (first) holder of the
    nearest occupied superior. ``headcount_bp``: posts it stands for, in ten-thousandths (55100 = 5.51 posts).
    """

    id = fields.BigIntField(primary_key=True)
    title = fields.TextField()
    unit = reference("Unit")
    unit_id: int
    superior = reference("Position", null=True)
    superior_id: int | None
    line = OrderedText(db_index=True)
    manager_id = fields.BigIntField(null=True, db_index=True)  # Person; no foreign key, as Unit.lead_position_id
    headcount_bp = fields.BigIntField(default=10_000)
    grade = fields.TextField(null=True)
    ended_on = fields.DateField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "position"


class ReportingLine(Model):
    """A position's line to a superior over time, half-open [valid_from, valid_to)."""

    id = fields.BigIntField(primary_key=True)
    position = reference("Position")
    position_id: int
    superior = reference("Position")
    superior_id: int
    kind = fields.CharEnumField(LineKind, max_length=8, default=LineKind.SOLID)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "reporting_line"


class Person(Model):
    """Someone who works here. ``unit``, ``position``, ``manager``, ``line``, ``unit_path``: facts of today."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    sort_key = OrderedText(db_index=True)
    email = fields.TextField(null=True)
    email_key = OrderedText(null=True, unique=True)  # the e-mail, case-folded
    job_title = fields.TextField(null=True)
    unit = reference("Unit", null=True)
    unit_id: int | None
    unit_path = OrderedText(default="", db_index=True)
    position = reference("Position", null=True)
    position_id: int | None
    line = OrderedText(default="", db_index=True)
    manager = reference("Person", null=True)
    manager_id: int | None
    started_on = fields.DateField(null=True)
    ended_on = fields.DateField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "person"


class Holding(Model):
    """A person in a position over time, half-open; ``is_primary``: the position that places the person."""

    id = fields.BigIntField(primary_key=True)
    person = reference("Person")
    person_id: int
    position = reference("Position")
    position_id: int
    is_primary = fields.BooleanField(default=True)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "holding"


class OfficeHolding(Model):
    """An office of a person over a unit's subtree; sensitive ones wait for a second granter."""

    id = fields.BigIntField(primary_key=True)
    person = reference("Person")
    person_id: int
    office = fields.CharEnumField(Office, max_length=16)
    unit = reference("Unit")
    unit_id: int
    state = fields.CharEnumField(GrantState, max_length=8)
    granted_by = reference("Person", null=True)
    granted_by_id: int | None
    confirmed_by = reference("Person", null=True)
    confirmed_by_id: int | None
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "office_holding"


class Credential(Model):
    """A person's password, as an argon2id hash."""

    person = same_key("Person")
    person_id: int
    password_hash = fields.TextField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "credential"


class SignInLink(Model):
    """A one-time link to sign in and set a password; only its hash is kept."""

    id = fields.BigIntField(primary_key=True)
    person = reference("Person")
    person_id: int
    secret_hash = fields.CharField(max_length=64, unique=True)
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sign_in_link"


class Session(Model):
    """A signed-in browser; only the hash of its cookie is kept."""

    id = fields.BigIntField(primary_key=True)
    person = reference("Person")
    person_id: int
    secret_hash = fields.CharField(max_length=64, unique=True)
    started_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    agent = fields.TextField(null=True)

    class Meta:
        table = "session"


class SignInAttempt(Model):
    """A failed sign-in, by hashed subject (e-mail or address), for the rate limit."""

    id = fields.BigIntField(primary_key=True)
    subject_hash = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    class Meta:
        table = "sign_in_attempt"
        indexes = (("subject_hash", "at"),)


class Client(Model):
    """A partner's service account: who answers for it, the units it is limited to, until when."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    sponsor = reference("Person")
    sponsor_id: int
    unit = reference("Unit", null=True)
    unit_id: int | None
    expires_on = fields.DateField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "client"


class Token(Model):
    """A bearer token of a person or a client; only its hash is kept."""

    id = fields.BigIntField(primary_key=True)
    person = reference("Person", null=True)
    person_id: int | None
    client = reference("Client", null=True)
    client_id: int | None
    name = fields.TextField(default="")
    secret_hash = fields.CharField(max_length=64, unique=True)
    scopes = json()
    made_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "token"
