"""Owners of imported goals: a person by e-mail, key or unique name, else a unit by code or unique name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lineofsight.exchange import references
from lineofsight.exchange.bulk import LOOKED_UP, among_texts, in_batches
from lineofsight.exchange.goals.sheet import GoalRow
from lineofsight.exchange.report import ImportReport
from lineofsight.kernel.database import fetch
from lineofsight.kernel.models import ExternalSystem
from lineofsight.kernel.sortkey import sort_key
from lineofsight.kernel.sql import Sql
from lineofsight.people.models import Unit

PERSON = "PERSON"
_SEVERAL = 0


@dataclass(slots=True)
class Owners:
    """Finds owners batch by batch. `base`: the unit that owns what has no owner that can be found."""

    base: int
    report: ImportReport
    units: dict[str, int] = field(default_factory=dict)
    _emails: dict[str, int] = field(default_factory=dict)
    _keys: dict[str, int] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)

    async def load_units(self) -> None:
        """Units by code and by name, those of a name that several have left out."""
        rows = await Unit.filter(ended_on=None).order_by("id").values_list("id", "code", "name")
        names: dict[str, int] = {}
        for unit, _, name in rows:
            names[name.casefold()] = _SEVERAL if name.casefold() in names else unit
        self.units = names | {code.casefold(): unit for unit, code, _ in rows}

    async def load(self, rows: Sequence[GoalRow]) -> None:
        """Look up the persons a batch of rows names."""
        emails = {row.owner_email for row in rows if row.owner_email}
        keys = {name for row in rows for name in (row.owner_key, row.owner_name) if name}
        names = {sort_key(row.owner_name) for row in rows if row.owner_name}
        self._emails, self._keys, self._names = {}, {}, {}
        for batch in in_batches(sorted(emails), LOOKED_UP):
            select = Sql("select email_key, id from person where ?", among_texts("email_key", batch))
            self._emails.update({found["email_key"]: found["id"] for found in await fetch(select)})
        for (system,) in await ExternalSystem.all().order_by("id").values_list("id"):
            for key, person in (await references.find(system, PERSON, sorted(keys))).items():
                self._keys[key] = person if self._keys.get(key, person) == person else _SEVERAL
        for batch in in_batches(sorted(names), LOOKED_UP):
            select = Sql("select sort_key, id from person where ? and ended_on is null", among_texts("sort_key", batch))
            for found in await fetch(select):
                name = found["sort_key"]
                self._names[name] = _SEVERAL if name in self._names else found["id"]

    def of(self, row: GoalRow, file: str) -> tuple[int | None, int | None]:
        """The row's owner: person, or else unit."""
        person = self._person(row)
        if person:
            return person, None
        unit = self.units.get((row.unit or row.owner_name or "").casefold())
        unit = unit or self.units.get((row.owner_name or "").casefold())
        stated = row.owner_email or row.owner_key or row.owner_name
        if stated and not (unit and stated == row.owner_name and unit == self.units.get(stated.casefold())):
            if person == _SEVERAL:
                message = f"several people are called {stated!r}"
            else:
                message = f"nobody is known as {stated!r}"
            whose = "its unit" if unit else "the unit imported into"
            self.report.warn(file, row.line, "owner-unknown", f"{message}; the goal is kept with {whose}")
        elif row.unit and not unit:
            message = f"no unit is called {row.unit!r}; the goal is kept with the unit imported into"
            self.report.warn(file, row.line, "unit-unknown", message)
        return None, unit or self.base

    def _person(self, row: GoalRow) -> int | None:
        """A person; 0 where several fit, None where nobody does."""
        if row.owner_email and (found := self._emails.get(row.owner_email)):
            return found
        found = None
        for name in (row.owner_key, row.owner_name):
            if name and (known := self._keys.get(name)) is not None:
                if known != _SEVERAL:
                    return known
                found = _SEVERAL
        if row.owner_name and (known := self._names.get(sort_key(row.owner_name))) is not None:
            return known
        return found
