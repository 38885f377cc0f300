"""Global ids: a row's type and key, permuted so that gaps and counts do not show.

``Goal_`` and thirteen characters of base 32: the key through an eight-round Feistel network over two 32-bit halves,
keyed per type by this installation's secret. It hides order; it is no permission (rules decide those).
"""

import hashlib
from functools import lru_cache

from lineofsight.kernel.problems import InvalidField

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUES = {c: i for i, c in enumerate(_ALPHABET)}
_MASK = 0xFFFFFFFF
_LENGTH = 13

_secret = b""


def use_secret(secret: bytes) -> None:
    """Sets the installation's secret (InstanceKey ``ids``); called when the database is opened."""
    global _secret  # noqa: PLW0603
    _secret = secret
    _round_keys.cache_clear()
    global_id.cache_clear()


@lru_cache(maxsize=64)
def _round_keys(kind: str) -> tuple[int, ...]:
    digest = hashlib.blake2b(kind.encode(), key=_secret[:64], digest_size=64).digest()
    return tuple(int.from_bytes(digest[i : i + 4], "big") | 1 for i in range(0, 64, 4))


def _mix(half: int, key: int, factor: int) -> int:
    half = ((half ^ key) * factor) & _MASK
    half ^= half >> 15
    half = (half * 0x2C1B3C6D) & _MASK
    return half ^ (half >> 13)


def _permute(kind: str, key: int) -> int:
    keys = _round_keys(kind)
    left, right = key >> 32 & _MASK, key & _MASK
    for i in range(0, 16, 2):
        left, right = right, left ^ _mix(right, keys[i], keys[i + 1])
    return left << 32 | right


def _restore(kind: str, mixed: int) -> int:
    keys = _round_keys(kind)
    left, right = mixed >> 32 & _MASK, mixed & _MASK
    for i in range(14, -1, -2):
        left, right = right ^ _mix(left, keys[i], keys[i + 1]), left
    return left << 32 | right


@lru_cache(maxsize=100_000)
def global_id(kind: str, key: int) -> str:
    """The id outside for the row ``key`` of the type ``kind``."""
    mixed = _permute(kind, key)
    digits = []
    for _ in range(_LENGTH):
        mixed, rest = mixed >> 5, mixed & 31
        digits.append(_ALPHABET[rest])
    return f"{kind}_{''.join(reversed(digits))}"


def parse_id(text: str) -> tuple[str, int] | None:
    """(type, key) of a global id; None where it is not one."""
    kind, _, digits = text.rpartition("_")
    if not kind or len(kind) > 40 or len(digits) != _LENGTH or not all(c in _VALUES for c in digits):
        return None
    mixed = 0
    for c in digits:
        mixed = mixed << 5 | _VALUES[c]
    return (kind, _restore(kind, mixed)) if mixed < 1 << 64 else None


def key_of(kind: str, text: str, *, path: tuple[str, ...] = ()) -> int:
    """The key in a global id that must be of the type ``kind``; InvalidField otherwise."""
    parsed = parse_id(text)
    if parsed is None or parsed[0] != kind or parsed[1] >= 1 << 63:
        raise InvalidField(f"This is not the id of a {kind}.", path=path)
    return parsed[1]
