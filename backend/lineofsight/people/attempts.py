"""How often a door may be tried. Subjects are kept hashed, and only as long as they count."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from tortoise.expressions import Q

from lineofsight.kernel import clock
from lineofsight.kernel.database import transaction
from lineofsight.kernel.problems import TooManyAttempts
from lineofsight.people.models import SignInAttempt
from lineofsight.people.setup import instance_key

WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Attempt:
    """An attempt under way: its notes, and the subject that a success clears."""

    notes: tuple[int, ...]
    first: str


async def begin(limits: Mapping[tuple[str, ...], int]) -> Attempt:
    """Notes an attempt on each subject; TooManyAttempts where one had as many failed attempts as its limit lately.

    Noted before it is decided, so that attempts made side by side count each other. A success is told to ``succeed``.
    """
    since = clock.now() - WITHIN
    subjects = {await _hashed(subject): limit for subject, limit in limits.items()}
    async with transaction():
        await SignInAttempt.filter(at__lt=since).delete()
        rows = [await SignInAttempt.create(subject_hash=subject, at=clock.now()) for subject in subjects]
    attempt = Attempt(tuple(row.id for row in rows), rows[0].subject_hash)
    for subject, limit in subjects.items():
        if await SignInAttempt.filter(subject_hash=subject, at__gte=since).count() > limit:
            await SignInAttempt.filter(id__in=attempt.notes).delete()  # a refusal does not prolong the wait
            raise TooManyAttempts("Too many failed attempts. Try again in a quarter of an hour.")
    return attempt


async def succeed(attempt: Attempt) -> None:
    """Forgets an attempt, and the failed ones on its first subject; others may be shared with a guesser."""
    await SignInAttempt.filter(Q(id__in=attempt.notes) | Q(subject_hash=attempt.first)).delete()


async def _hashed(subject: tuple[str, ...]) -> str:
    return hmac.new(await instance_key("secrets"), ":".join(subject).encode(), hashlib.sha256).hexdigest()
