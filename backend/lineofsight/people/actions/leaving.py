"""Leaving: what ends with it, in one transaction. What a person owned stays, readable."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tortoise.models import Model

from lineofsight.kernel import clock
from lineofsight.kernel.events import Actor, remember_many
from lineofsight.people.actions import offices
from lineofsight.people.models import GrantState, Holding, OfficeHolding, Person, Session, SignInLink, Token


async def leave(actor: Actor, person: Person, day: date, *, group: str) -> None:
    """Ends everything a person holds, ``day`` being the first without them: positions, offices, sessions, tokens,
    sign-in links. The structure is to be refreshed afterwards."""
    now, today = clock.now(), clock.today()
    held = await OfficeHolding.filter(person_id=person.id).exclude(state=GrantState.ENDED)
    for grant in held:
        await offices.refuse_last_administrator(grant)
    for grant in held:
        grant.state, grant.valid_to = GrantState.ENDED, today
    await _write(actor, "office.revoke", held, ("state", "valid_to"), group)
    holdings = [
        h for h in await Holding.filter(person_id=person.id) if h.valid_to is None or h.valid_to > day
    ]
    for holding in holdings:
        holding.valid_to = max(day, holding.valid_from)
    await _write(actor, "holding.end", holdings, ("valid_to",), group)
    for model, verb in ((Session, "session.end"), (Token, "token.end")):
        rows: list[Any] = await model.filter(person_id=person.id, ended_at__isnull=True)
        for row in rows:
            row.ended_at = now
        await _write(actor, verb, rows, ("ended_at",), group)
    await SignInLink.filter(person_id=person.id, used_at__isnull=True).update(used_at=now)


async def _write(actor: Actor, verb: str, rows: Iterable[Model], fields: tuple[str, ...], group: str) -> None:
    written = list(rows)
    if not written:
        return
    kind = type(written[0])
    await kind.bulk_update(written, fields)
    values = [(row.pk, {field: getattr(row, field) for field in fields}) for row in written]
    await remember_many(actor, verb, kind.__name__, values, group=group)
