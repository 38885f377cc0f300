"""Writes the migration that brings the tables to the models.

``python -m lineofsight.kernel.make_migration what_it_does``
"""

import asyncio
import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.writer import ImportManager, MigrationWriter, format_migration_name

from lineofsight.kernel import database
from lineofsight.kernel.migrate import OURS, Source


class _Detector(MigrationAutodetector):
    """Leaves out what is not in the database: a change of words is no migration."""

    def _current_state(self) -> State:
        return _undescribed(super()._current_state())

    async def _project_state(self) -> State:
        return _undescribed(await super()._project_state())


def _undescribed(state: State) -> State:
    for model in state.models.values():
        model.options.pop("table_description", None)
        model.options.pop("pk_attr", None)  # follows from the fields
        for field in model.fields.values():
            field.description = None
    return state


class _Writer(MigrationWriter):
    """Tortoise's forgets that a whole-number key is not made by the database."""

    def _render_field(self, field: Any, imports: ImportManager) -> str:
        text = super()._render_field(field, imports)
        if field.pk and not field.generated and "primary_key=True" in text:
            return text.replace("primary_key=True", "primary_key=True, generated=False", 1)
        return text


async def missing(source: Source = OURS) -> MigrationWriter | None:
    """What the migrations lack of the models; None when they agree."""
    with tempfile.TemporaryDirectory() as folder:
        async with database.database(f"sqlite://{folder}/none.db", models=list(source.models)):
            detector = _Detector(database.models_of_connection(), source.apps("sqlite"))
            found = await detector.changes()
    if not found:
        return None
    return _Writer(
        found[0].name,
        found[0].app_label,
        found[0].operations,
        dependencies=found[0].dependencies,
        initial=found[0].initial,
        migrations_module=source.package,
    )


async def make_migration(name: str, source: Source = OURS) -> Path | None:
    """Writes what is missing as the next migration; None when nothing is."""
    writer = await missing(source)
    if writer is None:
        return None
    number = len(source.names()) + 1
    writer.name = format_migration_name(number, name if number > 1 else "initial")
    path = writer.write()
    importlib.invalidate_caches()
    return path


def main(arguments: list[str]) -> int:
    """The command."""
    if len(arguments) != 1:
        sys.stderr.write("Say in a word or two what the migration does.\n")
        return 2
    made = asyncio.run(make_migration(arguments[0]))
    sys.stdout.write(f"Wrote {made}; read it.\n" if made else "Models and migrations agree already.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
