"""What the kernel stores: the event log, outside keys, settings, keys of this installation."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from lineofsight.kernel.fields import OrderedText, json, reference, same_key


class ActorKind(StrEnum):
    """Who acts: a person, a partner's client, the command line, the system itself."""

    PERSON = "PERSON"
    CLIENT = "CLIENT"
    COMMAND_LINE = "COMMAND_LINE"
    SYSTEM = "SYSTEM"
    NOBODY = "NOBODY"


class Event(Model):
    """One change of one row, appended in the transaction that made it.

    ``changed`` names the fields; the values stand apart in EventValue, so that they can be erased while
    ``value_hash``, salted, keeps the chain whole.
    """

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    group_id = fields.CharField(max_length=32, db_index=True)
    actor_kind = fields.CharEnumField(ActorKind, max_length=16)
    actor_id = fields.BigIntField(null=True)
    verb = fields.CharField(max_length=60)
    kind = fields.CharField(max_length=30)
    row_id = fields.BigIntField()
    changed = json()
    value_hash = fields.CharField(max_length=64)

    class Meta:
        table = "event"
        indexes = (("kind", "row_id", "id"),)


class EventValue(Model):
    """The values an event wrote; erasable without breaking the chain."""

    event = same_key("Event")
    event_id: int
    salt = fields.CharField(max_length=32)
    values = json()

    class Meta:
        table = "event_value"


class EventSeal(Model):
    """The gap-free feed position of an event and the hash that chains it to the one before."""

    position = fields.BigIntField(primary_key=True, generated=False)
    event: Any = fields.OneToOneField("lineofsight.Event", on_delete=fields.RESTRICT, related_name=False)
    event_id: int
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "event_seal"


class ExternalSystem(Model):
    """A system that names our rows by keys of its own; ``is_open``: its keys are directory facts."""

    id = fields.BigIntField(primary_key=True)
    name = OrderedText(unique=True)
    is_open = fields.BooleanField(default=False)

    class Meta:
        table = "external_system"


class ExternalRef(Model):
    """(system, kind, key) of another system → the row here."""

    id = fields.BigIntField(primary_key=True)
    system = reference("ExternalSystem")
    system_id: int
    kind = fields.CharField(max_length=20)
    key = OrderedText()
    row_id = fields.BigIntField()
    client_id = fields.BigIntField(null=True)

    class Meta:
        table = "external_ref"
        unique_together = (("system", "kind", "key"),)
        indexes = (("kind", "row_id"),)


class AgencySetting(Model):
    """A setting of the agency, as JSON; its history is in the event log."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=60, unique=True)
    value = json()

    class Meta:
        table = "agency_setting"


class InstanceKey(Model):
    """Secret keys of this installation: permuted ids, sealed cursors. Made by ``migrate``, never shown."""

    name = fields.CharField(max_length=30, primary_key=True)
    value = fields.BinaryField()

    class Meta:
        table = "instance_key"


class Counter(Model):
    """A number bumped inside writing transactions; ``rights``: the rights epoch."""

    name = fields.CharField(max_length=30, primary_key=True)
    value = fields.BigIntField(default=0)

    class Meta:
        table = "counter"


class ClientKey(Model):
    """A mutation done under a client's key, so that repeating it answers the same and does nothing."""

    id = fields.BigIntField(primary_key=True)
    actor = fields.CharField(max_length=40)
    mutation = fields.CharField(max_length=60)
    key_hash = fields.CharField(max_length=64)
    input_hash = fields.CharField(max_length=64)
    rows = json()
    expires_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "client_key"
        unique_together = (("actor", "mutation", "key_hash"),)
