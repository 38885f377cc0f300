"""The strategic plan: mission, vision, values, pillars, mandates, and the cycles goals run in."""

from tortoise import fields
from tortoise.models import Model

from lineofsight.kernel.fields import OrderedText, json, reference


class Plan(Model):
    """A strategic plan of a publisher. ``source``: what its imported document holds beyond our columns."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    sort_key = OrderedText()
    description = fields.TextField(null=True)
    mission = fields.TextField(null=True)
    vision = fields.TextField(null=True)
    publisher = reference("Unit")
    publisher_id: int
    start_date = fields.DateField(null=True)
    end_date = fields.DateField(null=True)
    source = json(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "plan"


class PlanValue(Model):
    """A guiding principle of a plan."""

    id = fields.BigIntField(primary_key=True)
    plan = reference("Plan")
    plan_id: int
    ordinal = fields.IntField()
    name = fields.TextField()
    description = fields.TextField(null=True)

    class Meta:
        table = "plan_value"


class Pillar(Model):
    """A strategic choice that groups objectives of a plan."""

    id = fields.BigIntField(primary_key=True)
    plan = reference("Plan")
    plan_id: int
    ordinal = fields.IntField()
    name = fields.TextField()
    description = fields.TextField(null=True)

    class Meta:
        table = "pillar"


class Mandate(Model):
    """The legal or regulatory source of an objective."""

    id = fields.BigIntField(primary_key=True)
    citation = fields.TextField()
    authority = fields.TextField(null=True)
    deadline = fields.DateField(null=True)
    evidence = fields.TextField(null=True)

    class Meta:
        table = "mandate"


class Cycle(Model):
    """A time box for goals, from its first to its last day."""

    id = fields.BigIntField(primary_key=True)
    name = fields.TextField()
    start_date = fields.DateField()
    end_date = fields.DateField()

    class Meta:
        table = "cycle"
