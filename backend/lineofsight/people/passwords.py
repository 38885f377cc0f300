"""Passwords: argon2id hashes, made and compared on threads of their own, a few at a time."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lineofsight.kernel.problems import InvalidField

T = TypeVar("T")

SHORTEST, LONGEST = 12, 1_000

_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_hex(16))  # so that an unknown e-mail takes as long as a wrong password
_threads = ThreadPoolExecutor(2, thread_name_prefix="password")  # each hash takes 64 MB and a core


def hash_password(password: str) -> str:
    """How a password is kept; takes tens of milliseconds."""
    return _hasher.hash(password)


def check(password: str, *, path: tuple[str, ...] = ("password",)) -> None:
    """InvalidField where a password is too short or too long to be taken."""
    if len(password) < SHORTEST:
        raise InvalidField(f"Use at least {SHORTEST} characters.", path=path)
    if len(password) > LONGEST:
        raise InvalidField(f"Use at most {LONGEST:,} characters.", path=path)


async def hashed(password: str) -> str:
    """The hash of a password, made while other requests go on."""
    return await _aside(lambda: _hasher.hash(password))


async def matches(stored: str | None, password: str) -> bool:
    """Whether a password belongs to a hash; as long in coming where there is no hash."""
    known = await _aside(lambda: _verify(stored or _NOBODY, password[:LONGEST]))
    return known and stored is not None and len(password) <= LONGEST


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def _aside(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, work)
