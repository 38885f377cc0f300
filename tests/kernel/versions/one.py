"""The first version."""

from tortoise import fields
from tortoise.models import Model

from lineofsight.kernel.fields import OrderedText
from lineofsight.kernel.indexes import UniqueWhere


class Team(Model):
    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=20, unique=True)
    path = OrderedText(db_index=True)

    class Meta:
        table = "team"


class Member(Model):
    id = fields.BigIntField(primary_key=True)
    team = fields.ForeignKeyField("lineofsight.Team", related_name=False, on_delete=fields.CASCADE)
    name = fields.CharField(max_length=20)
    nick = OrderedText(null=True, db_index=True)
    note = fields.TextField(null=True)
    leads = fields.BooleanField(default=False)
    ordinal = fields.IntField(default=0)

    class Meta:
        table = "member"
        unique_together = (("team", "name"), ("team", "ordinal"))
        indexes = (("team", "ordinal", "id"), UniqueWhere(("team",), "leads"))


class Badge(Model):
    member = fields.OneToOneField("lineofsight.Member", primary_key=True, on_delete=fields.CASCADE, related_name=False)
    deputy = fields.OneToOneField("lineofsight.Member", null=True, on_delete=fields.CASCADE, related_name=False)
    number = fields.BigIntField()

    class Meta:
        table = "badge"
