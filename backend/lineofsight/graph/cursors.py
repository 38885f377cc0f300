"""Sealed cursors: a position in an order, encrypted, bound to the viewer, the order and the filter (AES-SIV)."""

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_sealer: AESSIV | None = None


class BadCursor(ValueError):
    """A cursor that is none, or belongs to another viewer, order or filter."""


def use_secret(secret: bytes) -> None:
    """Sets the installation's key (InstanceKey ``cursors``), 64 bytes."""
    global _sealer  # noqa: PLW0603
    _sealer = AESSIV(secret)


def seal(position: Sequence[Any], binding: bytes) -> str:
    """``position`` as an opaque text."""
    assert _sealer is not None
    plain = orjson.dumps([_tagged(value) for value in position])
    return base64.urlsafe_b64encode(_sealer.encrypt(plain, [binding])).decode().rstrip("=")


def unseal(cursor: str, binding: bytes) -> tuple[Any, ...]:
    """The position in a cursor; BadCursor when it was not sealed with this binding."""
    assert _sealer is not None
    try:
        data = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return tuple(_untagged(value) for value in orjson.loads(_sealer.decrypt(data, [binding])))
    except (ValueError, InvalidTag):
        raise BadCursor("This cursor does not belong to this list.") from None


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    return {"d": value.isoformat()} if isinstance(value, date) else value


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["t"]) if "t" in value else date.fromisoformat(value["d"])
    return value
