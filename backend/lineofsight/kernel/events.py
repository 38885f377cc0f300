"""The event log: every change appends here, in the transaction that makes it."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import orjson
from tortoise.models import Model

from lineofsight.kernel import clock
from lineofsight.kernel.models import ActorKind, Event, EventValue

_BATCH = 500


@dataclass(frozen=True)
class Actor:
    """Who acts; ``id``: of the person or client, None for the others."""

    kind: ActorKind
    id: int | None = None


COMMAND_LINE = Actor(ActorKind.COMMAND_LINE)
SYSTEM = Actor(ActorKind.SYSTEM)


def new_group() -> str:
    """A name that binds the events of one action together."""
    return secrets.token_hex(8)


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` as they are stored: enums by name, dates in ISO form, rows by key."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Model):
        return value.pk
    return value


def value_hash(salt: str, values: Mapping[str, Any]) -> str:
    """The salted hash of an event's values that stays in the log when they are erased."""
    said = orjson.dumps(_as_read(values), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(salt.encode() + said).hexdigest()


def _as_read(value: Any) -> Any:
    """As the databases give it back: PostgreSQL writes out 1e17, a whole number then."""
    if isinstance(value, float) and value.is_integer() and -(2.0**63) <= value < 2.0**64:
        return int(value)
    if isinstance(value, Mapping):
        return {name: _as_read(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_as_read(part) for part in value]
    return value


async def remember(actor: Actor, verb: str, row: Model, values: Mapping[str, Any], *, group: str | None = None) -> None:
    """Appends that ``actor`` did ``verb`` (``goal.close``) to ``row``, writing ``values``."""
    await remember_many(actor, verb, type(row).__name__, [(row.pk, values)], group=group)


async def remember_many(
    actor: Actor,
    verb: str,
    kind: str,
    rows: Iterable[tuple[int, Mapping[str, Any]]],
    *,
    group: str | None = None,
) -> None:
    """The same for many rows of the type ``kind``, in bulk; one group unless given."""
    at = clock.now()
    group = group or new_group()
    batch: list[tuple[Event, str, dict[str, Any]]] = []
    for row_id, values in rows:
        stored, salt = plain(values), secrets.token_hex(16)
        event = Event(
            at=at,
            group_id=group,
            actor_kind=actor.kind,
            actor_id=actor.id,
            verb=verb,
            kind=kind,
            row_id=row_id,
            changed=sorted(stored),
            value_hash=value_hash(salt, stored),
        )
        batch.append((event, salt, stored))
        if len(batch) == _BATCH:
            await _append(batch)
            batch = []
    if batch:
        await _append(batch)


async def _append(batch: list[tuple[Event, str, dict[str, Any]]]) -> None:
    if len(batch) == 1:
        event, salt, values = batch[0]
        await event.save()
        await EventValue.create(event_id=event.id, salt=salt, values=values)
        return
    await Event.bulk_create([event for event, _, _ in batch])
    # bulk inserts give no keys back: find them again by group and row, newest first
    keys = {
        (row_id, value): key
        for key, row_id, value in await Event.filter(group_id=batch[0][0].group_id)
        .order_by("-id")
        .limit(len(batch))
        .values_list("id", "row_id", "value_hash")
    }
    await EventValue.bulk_create(
        [
            EventValue(event_id=keys[event.row_id, event.value_hash], salt=salt, values=values)
            for event, salt, values in batch
        ]
    )
