"""Paths of a tree as text: the keys from the root to a node, each in seven characters.

A key is written in base 36, six characters, then a slash: ``00000a/00001c/``. So a subtree is one range of text
(sql.under), depth is the length divided by seven, and the parts need no escaping.
"""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WIDTH = 6
LIMIT: int = 36**_WIDTH


def segment(key: int) -> str:
    """``key`` as one part of a path."""
    if not 0 < key < LIMIT:
        raise ValueError(f"{key} does not fit into a path.")
    digits = []
    for _ in range(_WIDTH):
        key, rest = divmod(key, 36)
        digits.append(_DIGITS[rest])
    return "".join(reversed(digits)) + "/"


def descend(parent: str, key: int) -> str:
    """The path of ``key`` below ``parent`` ("" for a root)."""
    return parent + segment(key)


def keys(path: str) -> list[int]:
    """The keys along a path, root first."""
    return [int(part, 36) for part in path.split("/")[:-1]]


def is_under(path: str, prefix: str, *, strictly: bool = False) -> bool:
    """Whether ``path`` lies at or below (``strictly``: below) ``prefix``; nothing lies below the empty path."""
    return bool(prefix) and path.startswith(prefix) and not (strictly and path == prefix)
