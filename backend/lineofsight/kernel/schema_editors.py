"""Tortoise's schema editors, mended where they lose part of the schema.

SQLite: a rebuilt table came back without its indexes, its unique constraints and the uniqueness of one-to-one
keys, and scripts were split at every semicolon. Both: a column added with ``db_index`` got no index, and an
index was named by fields here and by columns there. Beside, an index may be unique over part of the rows
(kernel.indexes), which Tortoise has on PostgreSQL alone.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from types import MappingProxyType, SimpleNamespace
from typing import Any

from tortoise.fields.relational import ForeignKeyFieldInstance, ManyToManyFieldInstance
from tortoise.indexes import Index
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, BaseSchemaEditor, SqliteSchemaEditor

from lineofsight.kernel.indexes import UniqueWhere


class _Mended(BaseSchemaEditor):
    """Mixed into both editors. ``model`` is a Tortoise model class made from the migrations' state."""

    def _get_index_sql(
        self,
        model: Any,
        field_names: Sequence[str],
        safe: bool = False,
        index_name: str | None = None,
        index_type: str | None = None,
        extra: str | None = None,
    ) -> str:
        columns = self._resolve_fields_to_columns(model, list(field_names))
        if index_type != UniqueWhere.INDEX_TYPE:
            return super()._get_index_sql(model, columns, safe, index_name, index_type, extra)
        name = index_name or self._generate_index_name("uix", model, columns)
        plain = super()._get_index_sql(model, columns, safe, name, None, extra)
        return plain.replace("CREATE INDEX", "CREATE UNIQUE INDEX", 1)

    def _index_name_for_model(self, model: Any, index: Index) -> str:
        index.resolve_expressions(model)
        columns = self._resolve_fields_to_columns(model, index.field_names)
        prefix = "uix" if isinstance(index, UniqueWhere) else "idx"
        return index.name or self._generate_index_name(prefix, model, columns)

    async def add_field(self, model: Any, field_name: str) -> None:
        """Adds the column, and the index that the field asks for."""
        await super().add_field(model, field_name)
        field = model._meta.fields_map[field_name]
        if isinstance(field, ManyToManyFieldInstance):
            return
        if isinstance(field, ForeignKeyFieldInstance):
            field = model._meta.fields_map[field.source_field]
        if field.index and not field.pk and not field.unique:
            await self.add_index(model, Index(fields=[_column(field)]))

    def _escape_default_value(self, default: object) -> str:
        if isinstance(default, str):
            return "'" + default.replace("'", "''") + "'"
        return super()._escape_default_value(default)

    def _stand_in(self, model: Any, old: Any, new: Any) -> str | None:
        """The SQL value that rows without one get when a column becomes required."""
        value = new.db_default if new.has_db_default() else new.default
        if new.null or not old.null or value is None or callable(value):
            return None
        if hasattr(value, "get_sql"):
            return str(value.get_sql(dialect=self.DIALECT))
        return self._escape_default_value(new.to_db_value(value, model))


class PostgresEditor(_Mended, AsyncpgSchemaEditor):
    """For PostgreSQL."""

    async def _alter_field(self, model: Any, old_field: Any, new_field: Any) -> None:
        value = self._stand_in(model, old_field, new_field)
        if value is not None:
            table, column = model._meta.db_table, _column(old_field)
            await self._run_sql(f'UPDATE "{table}" SET "{column}" = {value} WHERE "{column}" IS NULL')  # noqa: S608
        await super()._alter_field(model, old_field, new_field)


class SqliteEditor(_Mended, SqliteSchemaEditor):
    """For SQLite, inside the one transaction of the runner and with foreign keys off."""

    async def _run_sql(self, sql: str) -> None:
        for statement in split_statements(sql):
            await self.client.execute_query(statement)

    async def remove_constraint(self, model: Any, constraint: Any) -> None:
        """Drops the index behind a unique constraint; where the table itself has it, makes the table anew."""
        name = await self._resolve_constraint_name(model, constraint)
        if name.startswith("sqlite_autoindex"):
            await self._remake(model, without=tuple(constraint.fields))
        else:
            await self._run_sql(f'DROP INDEX "{name}"')

    async def _get_unique_constraint_names_from_db(
        self, table_name: str, column_names: list[str], schema: str | None = None
    ) -> list[str]:
        found = []
        _, indexes = await self.client.execute_query(f'PRAGMA index_list("{table_name}")')
        for index in indexes:
            _, columns = await self.client.execute_query(f'PRAGMA index_info("{index["name"]}")')
            whole = index["unique"] and not index["partial"]
            if whole and [column["name"] for column in columns] == column_names:
                found.append(str(index["name"]))
        return found

    async def _remake_table(
        self, model: Any, create_field: Any = None, delete_field: Any = None, alter_fields: Any = None
    ) -> None:
        gone = [_column(delete_field)] if delete_field else []
        renamed, fallback = {}, {}
        for old, new in alter_fields or []:
            renamed[_column(new)] = _column(old)
            if (value := self._stand_in(model, old, new)) is not None:
                fallback[_column(new)] = value
        await self._remake(model, gone, renamed, fallback)

    async def _remake(
        self,
        model: Any,
        gone: Sequence[str] = (),
        renamed: Mapping[str, str] = MappingProxyType({}),
        fallback: Mapping[str, str] = MappingProxyType({}),
        without: tuple[str, ...] | None = None,
    ) -> None:
        """Makes the table anew as the model defines it, with its rows and the indexes no model knows.

        ``gone``: columns left out; ``renamed``: column now → column before; ``fallback``: column → the SQL
        value that stands for NULL; ``without``: the fields of a unique constraint left out.
        """
        table = model._meta.db_table
        _, kept = await self.client.execute_query(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?",
            [table],
        )
        reduced = _reduced(model, gone, without)
        create, *indexes = split_statements(self._get_model_sql_data(reduced).table_sql)
        pairs = []
        for column in reduced._meta.fields_db_projection.values():
            source = f'"{renamed.get(column, column)}"'
            value = f"COALESCE({source}, {fallback[column]})" if column in fallback else source
            pairs.append((f'"{column}"', value))
        await self._run_sql(create.replace(f'"{table}"', f'"new__{table}"', 1))
        columns, values = (", ".join(part) for part in zip(*pairs, strict=True))
        await self._run_sql(f'INSERT INTO "new__{table}" ({columns}) SELECT {values} FROM "{table}"')  # noqa: S608
        await self._run_sql(f'DROP TABLE "{table}"')
        await self._run_sql(f'ALTER TABLE "new__{table}" RENAME TO "{table}"')
        for statement in indexes:
            await self._run_sql(statement)
        made = " ".join((create, *indexes))
        for row in kept:
            if f'"{row["name"]}"' not in made and not any(f'"{column}"' in row["sql"] for column in gone):
                await self._run_sql(row["sql"])


def _column(field: Any) -> str:
    return str(field.source_field or field.model_field_name)


def _reduced(model: Any, gone: Iterable[str], without: tuple[str, ...] | None) -> Any:
    """What the definition of a table is made from, less some columns and a unique constraint."""
    meta = copy(model._meta)
    names = {name for name, column in meta.fields_db_projection.items() if column in set(gone)}
    names |= {
        name for name, field in meta.fields_map.items() if isinstance(field, ForeignKeyFieldInstance)
        and field.source_field in names
    }  # fmt: skip
    meta.fields_db_projection = {
        name: column for name, column in meta.fields_db_projection.items() if name not in names
    }
    meta.unique_together = tuple(
        fields
        for fields in meta.unique_together or ()
        if tuple(fields) != without and not names & set(fields)
    )
    meta.indexes = tuple(
        index for index in meta.indexes or ()
        if not names & set(index.field_names if isinstance(index, Index) else index)
    )  # fmt: skip
    return SimpleNamespace(_meta=meta)


def split_statements(sql: str) -> Iterator[str]:
    """The statements of a script; a semicolon inside a literal ends none."""
    pending = ""
    for piece in re.split(r"(?<=;)", sql):
        pending += piece
        if pending.strip(" \n;") and sqlite3.complete_statement(pending):
            yield pending.strip(" \n;")
            pending = ""
    if pending.strip(" \n;"):
        yield pending.strip(" \n;")
