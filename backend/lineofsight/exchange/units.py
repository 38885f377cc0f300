"""The units that imported rows stand in: found by key, code or name, made where there are none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lineofsight.exchange import references
from lineofsight.exchange.bulk import insert, reserve, update
from lineofsight.exchange.report import ImportReport
from lineofsight.kernel.events import Actor, remember_many
from lineofsight.kernel.paths import descend
from lineofsight.kernel.sortkey import sort_key
from lineofsight.people.models import Unit
from lineofsight.people.setup import root_unit

KIND = "UNIT"
_LONGEST_CODE = 40


class UnknownUnit(Exception):
    """No unit has the code that was named."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit as a source states it. `key`: its key there. `code`: only where the source gives it one."""

    key: str
    name: str
    parent: str | None = None
    """Key of the unit above; None: the unit imported into."""
    code: str | None = None
    likely_code: str | None = None
    """A code for a new unit, unless another has it."""


@dataclass(slots=True)
class Known:
    """A unit as it stands in the graph."""

    id: int
    code: str
    name: str
    parent_id: int | None
    path: str
    version: int


@dataclass(slots=True)
class Units:
    """Units of one import by the source's keys."""

    base: Known
    system: int
    actor: Actor
    report: ImportReport
    group: str
    ids: dict[str, int] = field(default_factory=dict)

    async def settle(self, wanted: Sequence[Wanted]) -> None:
        """Find or make each unit; parents come before their children. Counts and remembers them."""
        known = await references.find(self.system, KIND, [unit.key for unit in wanted])
        rows = {row.id: row for row in await _all_units()}
        by_code = {row.code.casefold(): row for row in rows.values()}
        children = {(row.parent_id, row.name.casefold()): row for row in rows.values()}
        created: list[tuple[int, Mapping[str, object]]] = []
        changed: list[tuple[int, Mapping[str, object]]] = []
        new_refs: dict[str, int] = {}
        claimed: set[int] = set()
        for unit in wanted:
            parent = rows[self.ids[unit.parent]] if unit.parent is not None else self.base
            found = rows.get(known.get(unit.key, 0)) or self._likely(unit, parent, by_code, children)
            if found is None:
                row = await self._make(unit, parent, by_code)
                rows[row.id] = by_code[row.code.casefold()] = children[parent.id, row.name.casefold()] = row
                created.append((row.id, {"code": row.code, "name": row.name, "parent_id": row.parent_id}))
                self.report.created["unit"] += 1
            else:
                row = found
                settled = row.id in claimed or unit.key not in known  # a second spelling, or met for the first time
                values = {} if settled else await self._change(row, unit, parent)
                if values:
                    changed.append((row.id, values))
                self.report.changed["unit"] += bool(values)
                self.report.unchanged["unit"] += not values
            self.ids[unit.key] = row.id
            claimed.add(row.id)
            if unit.key not in known:
                new_refs[unit.key] = row.id
        await references.add(self.system, KIND, new_refs)
        await remember_many(self.actor, "unit.import", "Unit", created, group=self.group)
        await remember_many(self.actor, "unit.import", "Unit", changed, group=self.group)

    def _likely(
        self,
        unit: Wanted,
        parent: Known,
        by_code: Mapping[str, Known],
        children: Mapping[tuple[int | None, str], Known],
    ) -> Known | None:
        """A unit that was not imported from here: by the code the source gives, else by name in its place."""
        if unit.code is not None and (found := by_code.get(unit.code.casefold())):
            return found
        if unit.parent is None and unit.name.casefold() == self.base.name.casefold():
            return self.base
        return children.get((parent.id, unit.name.casefold()))

    async def _make(self, unit: Wanted, parent: Known, taken: Mapping[str, Known]) -> Known:
        code = _free(unit.code or unit.likely_code or code_of(unit.name), taken)
        (key,) = await reserve(Unit, 1)
        row = Known(key, code, unit.name, parent.id, descend(parent.path, key), 1)
        values = {"id": key, "code": code, "name": row.name, "parent_id": parent.id, "path": row.path}
        await insert(Unit, [{**values, "sort_key": sort_key(row.name)}])
        return row

    async def _change(self, row: Known, unit: Wanted, parent: Known) -> dict[str, object]:
        """Bring a unit that was imported from here before up to date."""
        values: dict[str, object] = {}
        if row.id == self.base.id:
            return values
        if row.name.casefold() != unit.name.casefold():  # other sources may spell it in other letters
            values["name"] = row.name = unit.name
        if row.parent_id != parent.id and not parent.path.startswith(row.path):
            values["parent_id"] = row.parent_id = parent.id
            row.path = descend(parent.path, row.id)
        if values:
            row.version += 1
            names = ("name", "sort_key", "parent_id", "version")
            await update(Unit, names, [(row.id, (row.name, sort_key(row.name), row.parent_id, row.version))])
        return values


async def _all_units() -> list[Known]:
    columns = ("id", "code", "name", "parent_id", "path", "version")
    rows = await Unit.filter(ended_on=None).order_by("id").values_list(*columns)
    return [Known(*row) for row in rows]


async def base_unit(code: str | None) -> Known:
    """The unit that an import attaches to: the one of that code, else the root."""
    wanted = code if code is not None else (await root_unit()).code
    found = next((row for row in await _all_units() if row.code == wanted), None)
    if found is None:
        raise UnknownUnit(f"no unit has the code {wanted!r}")
    return found


def code_of(name: str) -> str:
    """A code made of a name: "Chief Exec's Office" → "chief-execs-office"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("\u2019", ""))
    code = ""
    for word in words:
        longer = f"{code}-{word}" if code else word
        if len(longer) > _LONGEST_CODE:
            break
        code = longer
    return code or (words[0][:_LONGEST_CODE] if words else "unit")


def _free(code: str, taken: Mapping[str, Known]) -> str:
    """The code, with a number behind it where another unit has it."""
    number, free = 1, code
    while free.casefold() in taken:
        number += 1
        free = f"{code}-{number}"
    return free
