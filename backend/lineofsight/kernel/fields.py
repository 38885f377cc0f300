"""Column types of our own."""

from typing import Any

from tortoise import fields


class OrderedText(fields.Field[str], str):  # type: ignore[misc]
    """Text compared byte by byte on every database: paths, sort keys, look-up keys."""

    SQL_TYPE = "TEXT"

    class _db_postgres:
        SQL_TYPE = 'TEXT COLLATE "C"'


def reference(model: str, **options: Any) -> Any:
    """An indexed foreign key inside the one app; a row is never deleted from under it."""
    options.setdefault("db_index", True)
    return fields.ForeignKeyField(f"lineofsight.{model}", related_name=False, on_delete=fields.RESTRICT, **options)


def same_key(model: str) -> Any:
    """A primary key that is the key of a row of ``model``: at most one row each."""
    return fields.OneToOneField(f"lineofsight.{model}", primary_key=True, on_delete=fields.RESTRICT, related_name=False)


def json(**options: Any) -> Any:
    """A column of JSON; rows as the graph reads them leave it out (kernel.rows)."""
    return fields.JSONField(**options)
