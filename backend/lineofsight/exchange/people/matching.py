"""What the graph already has for a batch of rows: positions, persons, who holds what today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lineofsight.exchange import references
from lineofsight.exchange.bulk import LOOKED_UP, among_texts, in_batches
from lineofsight.kernel.database import fetch
from lineofsight.kernel.sql import Sql
from lineofsight.people.models import Holding, Person, Position

POSITION, PERSON = "POSITION", "PERSON"


@dataclass(slots=True)
class Systems:
    """The external systems of one import: of keys, and of logins that stand where an e-mail should."""

    keys: int
    logins: int
    post_of: str = ""
    """What stands before a person's key in the key of the position that only their row makes."""


@dataclass(slots=True)
class Standing:
    """Rows of the graph by key. `holdings`: the open ones of a position; `places`: all of a person's."""

    positions: dict[int, dict[str, Any]] = field(default_factory=dict)
    persons: dict[int, dict[str, Any]] = field(default_factory=dict)
    by_key: dict[str, int] = field(default_factory=dict)
    by_login: dict[str, int] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    key_of: dict[int, str] = field(default_factory=dict)
    holdings: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    places: dict[int, list[dict[str, Any]]] = field(default_factory=dict)


async def standing(
    systems: Systems,
    positions: Iterable[int],
    person_keys: Iterable[str],
    logins: Iterable[str],
    emails: Iterable[str],
    today: datetime.date,
) -> Standing:
    """What stands for these positions, and for the persons of these keys, logins and (case-folded)
    e-mails.
    """
    found = Standing()
    position_ids = list(positions)
    found.positions = await _rows(Position, position_ids, ("title", "unit_id", "headcount_bp", "grade", "version"))
    found.by_key = await references.find(systems.keys, PERSON, person_keys)
    found.by_login = await references.find(systems.logins, PERSON, logins)
    for batch in in_batches(emails, LOOKED_UP):
        select = Sql("select email_key, id from person where ?", among_texts("email_key", batch))
        found.by_email.update({row["email_key"]: row["id"] for row in await fetch(select)})
    person_ids = {*found.by_key.values(), *found.by_email.values()}
    for row in await _holdings("position_id__in", position_ids):
        if not is_open(row, today):
            continue
        found.holdings.setdefault(row["position_id"], []).append(row)
        person_ids.add(row["person_id"])
    names = ("name", "email", "email_key", "job_title", "started_on", "ended_on", "version")
    found.persons = await _rows(Person, sorted(person_ids), names)
    found.key_of = await references.keys_of(systems.keys, PERSON, sorted(person_ids))
    for row in await _holdings("person_id__in", sorted(person_ids)):
        found.places.setdefault(row["person_id"], []).append(row)
    return found


async def _rows(model: Any, ids: Sequence[int], names: Sequence[str]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for batch in in_batches(ids, LOOKED_UP):
        for row in await model.filter(id__in=batch).values("id", *names):
            found[row["id"]] = row
    return found


def is_open(holding: Mapping[str, Any], today: datetime.date) -> bool:
    """Whether a holding lasts beyond today."""
    return holding["valid_to"] is None or holding["valid_to"] > today


async def _holdings(where: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for batch in in_batches(ids, LOOKED_UP):
        query = Holding.filter(**{where: batch}).order_by("id")
        found += await query.values("id", "person_id", "position_id", "is_primary", "valid_from", "valid_to")
    return found
