"""A model and a statement for the tests of the kernel's database code."""

from dataclasses import dataclass, field
from typing import Any

from tortoise import fields
from tortoise.models import Model

MODULES = ["tests.kernel.notes"]


class Note(Model):
    id = fields.BigIntField(primary_key=True)
    text = fields.TextField()
    at = fields.DatetimeField(null=True)

    class Meta:
        table = "note"


@dataclass
class Plain:
    """SQL with `?` holes, none inside a literal."""

    text: str
    values: list[Any] = field(default_factory=list)

    def render(self, dialect: str) -> tuple[str, list[Any]]:
        if dialect == "sqlite":
            return self.text, self.values
        pieces = self.text.split("?")
        return "".join(f"{piece}${n}" for n, piece in enumerate(pieces[:-1], 1)) + pieces[-1], self.values
