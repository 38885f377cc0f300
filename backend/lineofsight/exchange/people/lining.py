"""Reporting lines of an import: superiors found, circles cut, lines ended and begun."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Sequence
from typing import Any

from lineofsight.exchange import references
from lineofsight.exchange.bulk import LOOKED_UP, in_batches, insert, reserve, update
from lineofsight.exchange.people.hierarchy import TOP
from lineofsight.exchange.people.matching import PERSON, POSITION, Systems
from lineofsight.exchange.people.survey import Survey
from lineofsight.exchange.report import ImportReport
from lineofsight.kernel.events import Actor, remember_many
from lineofsight.people.models import LineKind, Person, Position, ReportingLine

_BATCH = 2_000


async def positions_of(survey: Survey, systems: Systems) -> array[int]:
    """The position of every kept row, by index; a new one, reserved and not yet written, is negative."""
    found = array("q", bytes(8 * len(survey)))
    missing = array("q")
    for batch in in_batches(survey.index.items(), _BATCH):
        known = await references.find(systems.keys, POSITION, [systems.post_of + key for key, _ in batch])
        for key, index in batch:
            found[index] = known.get(systems.post_of + key, 0)
            if not found[index]:
                missing.append(index)
    for index, position in zip(missing, await reserve(Position, len(missing)), strict=True):
        found[index] = -position
    return found


async def find_outside(survey: Survey, systems: Systems, positions: Sequence[int]) -> list[int]:
    """Find superiors that no row is but the graph has, cut circles, and warn of what is missing.

    Returns the positions that `survey.superiors` means by indexes from len(survey) on.
    """
    above = await _named_positions(survey, systems)
    if not above:
        survey.close()
        return []
    index_of = {position: index for index, position in enumerate(positions) if position > 0}
    extra: list[int] = []

    def node(position: int) -> int:
        if position not in index_of:
            index_of[position] = len(survey) + len(extra)
            extra.append(position)
        return index_of[position]

    for index, position in above.items():
        superior = node(position)
        if superior != index:
            survey.superiors[index] = superior
            del survey.outside[index]
    links: dict[int, int] = {}
    done = 0
    while done < len(extra):  # upward from each, one level a statement
        level, done = extra[done:], len(extra)
        known = dict(await _superiors(level))
        for position in level:
            superior_id = known.get(position)
            links[node(position)] = TOP if superior_id is None else node(superior_id)
    survey.close(links)
    return extra


async def _superiors(positions: Sequence[int]) -> list[tuple[int, int | None]]:
    found: list[tuple[int, int | None]] = []
    for batch in in_batches(positions, LOOKED_UP):
        found += await Position.filter(id__in=batch).values_list("id", "superior_id")
    return found


async def _named_positions(survey: Survey, systems: Systems) -> dict[int, int]:
    """Position in the graph of each superior outside the rows, by the index of the row that names it."""
    found: dict[int, int] = {}
    for batch in in_batches(survey.outside.items(), LOOKED_UP):
        names = {name for _, (by, name) in batch if by == "key"}
        holders = {name for _, (by, name) in batch if by in ("holder", "name")}
        emails = {name for _, (by, name) in batch if by == "email"}
        by_key = await references.find(systems.keys, POSITION, names)
        persons = await references.find(systems.keys, PERSON, holders)
        places = {
            row["id"]: row["position_id"]
            for row in await Person.filter(id__in=list(persons.values())).values("id", "position_id")
        }
        by_email = dict(await Person.filter(email_key__in=emails).values_list("email_key", "position_id"))
        for index, (by, name) in batch:
            match by:
                case "key":
                    place = by_key.get(name)
                case "holder" | "name":
                    place = places.get(persons.get(name, 0))
                case _:
                    place = by_email.get(name)
            if place is not None:
                found[index] = place
    return found


async def write_lines(
    survey: Survey,
    positions: Sequence[int],
    extra: Sequence[int],
    *,
    report: ImportReport,
    actor: Actor,
    group: str,
    today: datetime.date,
) -> None:
    """Give every position the superior its row states; rows that state none that is known keep what they
    have.
    """
    stating = (index for index in range(len(survey)) if index not in survey.silent and index not in survey.outside)
    for batch in in_batches(stating, _BATCH):
        wanted = {abs(positions[i]): position_at(survey.superiors[i], positions, extra) for i in batch}
        known = dict(await _superiors([positions[i] for i in batch if positions[i] > 0]))
        moved = {key: superior for key, superior in wanted.items() if known.get(key) != superior}
        for key, superior in wanted.items():
            if key not in moved:
                report.unchanged["reporting line"] += superior is not None
            elif known.get(key) is None:
                report.created["reporting line"] += 1
            else:
                report.changed["reporting line"] += 1
        await _end_lines([key for key in moved if known.get(key) is not None], today)
        await update(Position, ("superior_id",), [(key, (superior,)) for key, superior in moved.items()])
        await insert(
            ReportingLine,
            [
                {"position_id": key, "superior_id": superior, "kind": LineKind.SOLID, "valid_from": today}
                for key, superior in moved.items()
                if superior is not None
            ],
        )
        events: list[tuple[int, dict[str, Any]]] = [
            (key, {"superior_id": superior}) for key, superior in moved.items() if key in known
        ]
        await remember_many(actor, "position.import", "Position", events, group=group)


def position_at(node: int, positions: Sequence[int], extra: Sequence[int]) -> int | None:
    """The position that an index of `survey.superiors` means."""
    if node == TOP:
        return None
    return abs(positions[node]) if node < len(positions) else extra[node - len(positions)]


async def _end_lines(positions: Sequence[int], today: datetime.date) -> None:
    for batch in in_batches(positions, LOOKED_UP):
        query = ReportingLine.filter(position_id__in=batch, kind=LineKind.SOLID, valid_to=None)
        await query.update(valid_to=today)
