"""Column types of our own."""

from typing import Any

from tortoise import fields


class OrderedText(fields.Field[str], str):
    """Text compared byte by byte on every database: paths, sort keys, look-up keys."""

    SQL_TYPE = "TEXT"

    class _db_postgres:
        SQL_TYPE = 'TEXT COLLATE "C"'


def reference(model: str, **options: Any) -> Any:
    """An indexed foreign key inside the one app; a row is never deleted from under it."""
    options.setdefault("db_index", True)
    return fields.ForeignKeyField(
        f"lineofsight.{model}", related_name=False, on_delete=fields.RESTRICT, **options
    )
