"""The second: columns added, altered and dropped, constraints and indexes changed."""

from tortoise import fields
from tortoise.models import Model

from lineofsight.kernel.fields import OrderedText
from lineofsight.kernel.indexes import UniqueWhere


class Office(Model):
    id = fields.BigIntField(primary_key=True)
    name = OrderedText(unique=True)

    class Meta:
        table = "office"


class Team(Model):
    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=40, unique=True)
    path = OrderedText(db_index=True)
    office = fields.ForeignKeyField("lineofsight.Office", related_name=False, null=True, on_delete=fields.RESTRICT)

    class Meta:
        table = "team"


class Member(Model):
    id = fields.BigIntField(primary_key=True)
    team = fields.ForeignKeyField("lineofsight.Team", related_name=False, on_delete=fields.CASCADE)
    name = fields.CharField(max_length=20, db_index=True)
    note = fields.TextField(default="it's; none")
    leads = fields.BooleanField(default=False)
    ordinal = fields.IntField(default=0)
    grade = fields.IntField(db_default=3)
    key = OrderedText(db_default="", db_index=True)

    class Meta:
        table = "member"
        unique_together = (("team", "name"),)
        indexes = (
            ("team", "ordinal", "id"),
            UniqueWhere(("team",), "leads"),
            UniqueWhere(("key",), "key <> ''"),
        )


class Badge(Model):
    member = fields.OneToOneField("lineofsight.Member", primary_key=True, on_delete=fields.CASCADE, related_name=False)
    deputy = fields.OneToOneField("lineofsight.Member", null=True, on_delete=fields.CASCADE, related_name=False)
    number = fields.BigIntField(null=True)

    class Meta:
        table = "badge"
