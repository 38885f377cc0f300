"""Who is there: passwords, one-time links, sessions and tokens. Secrets are kept as hashes only."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lineofsight.kernel import clock
from lineofsight.kernel.database import dialect, fetch, transaction
from lineofsight.kernel.events import Actor, remember
from lineofsight.kernel.models import ActorKind
from lineofsight.kernel.problems import InvalidField, NotFound, SignInRefused, TooManyAttempts
from lineofsight.kernel.sql import Sql
from lineofsight.people.models import Client, Credential, Person, Session, SignInAttempt, SignInLink, Token
from lineofsight.people.setup import instance_key
from lineofsight.settings import settings

SCOPES = (
    "read", "read:notes", "read:performance", "read:sensitive",
    "write:goals", "write:checkins", "write:metrics", "write:people", "write:admin",
)  # fmt: skip
TOKEN_PREFIX = "los_"  # noqa: S105 - marks what a secret is, so that scanners find it
TOKEN_DAYS = 90
PASSWORD_LENGTH = 12

ATTEMPTS = 10  # failed sign-ins of one e-mail or one address …
ATTEMPTS_WITHIN = timedelta(minutes=15)  # … within this time, then none is taken

_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_hex(16))  # so that an unknown e-mail takes as long as a wrong password


def email_key(email: str) -> str:
    """An e-mail as it is compared: trimmed, without case."""
    return email.strip().casefold()


def hashed(secret: str) -> str:
    """How a random secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hash_password(password: str) -> str:
    """How a password is kept (argon2id)."""
    return _hasher.hash(password)


async def set_password(actor: Actor, person: Person, password: str) -> None:
    """Sets a person's password and ends their sessions."""
    if len(password) < PASSWORD_LENGTH:
        raise InvalidField(f"Use at least {PASSWORD_LENGTH} characters.", path=("password",))
    if len(password) > 1_000:
        raise InvalidField("Use at most 1,000 characters.", path=("password",))
    async with transaction():
        values = {"password_hash": hash_password(password), "changed_at": clock.now()}
        await Credential.update_or_create(person_id=person.id, defaults=values)
        await Session.filter(person_id=person.id, ended_at__isnull=True).update(ended_at=clock.now())
        await remember(actor, "person.setPassword", person, {"changed_at": values["changed_at"]})


async def change_password(person_id: int, current: str, new: str) -> None:
    """Sets one's own password, against the one in force."""
    credential = await Credential.get_or_none(person_id=person_id)
    if not _matches(credential.password_hash if credential else _NOBODY, current) or credential is None:
        raise InvalidField("This is not your current password.", path=("current",))
    await set_password(Actor(ActorKind.PERSON, person_id), await Person.get(id=person_id), new)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def sign_in(email: str, password: str, *, address: str, agent: str | None) -> tuple[Person, str]:
    """A session for who knows the password: the person and the cookie's secret.

    Refuses alike whether the e-mail is unknown, has no password or the password is wrong; takes as long, too.
    """
    key = email_key(email)
    subjects = [await _subject("email", key), await _subject("address", address)]
    await _throttle(subjects)
    person = await Person.get_or_none(email_key=key) if key else None
    credential = await Credential.get_or_none(person_id=person.id) if person else None
    fits = _matches(credential.password_hash if credential else _NOBODY, password[:1_000])
    if not fits or person is None or credential is None or _has_left(person):
        await SignInAttempt.bulk_create([SignInAttempt(subject_hash=s, at=clock.now()) for s in subjects])
        raise SignInRefused("This e-mail and password do not belong together.")
    await SignInAttempt.filter(subject_hash=subjects[0]).delete()
    return person, await start_session(person, agent)


def _has_left(person: Person) -> bool:
    return person.ended_on is not None and person.ended_on <= clock.today()


async def _subject(kind: str, text: str) -> str:
    return hmac.new(await instance_key("secrets"), f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()


async def _throttle(subjects: Collection[str]) -> None:
    since = clock.now() - ATTEMPTS_WITHIN
    await SignInAttempt.filter(at__lt=since).delete()
    for number, subject in enumerate(subjects):
        allowed = ATTEMPTS * (1 if number == 0 else 5)  # an office shares its address
        if await SignInAttempt.filter(subject_hash=subject, at__gte=since).count() >= allowed:
            raise TooManyAttempts("Too many failed attempts. Try again in a quarter of an hour.")


async def start_session(person: Person, agent: str | None) -> str:
    """A new session of a person; the secret for its cookie."""
    secret, now = secrets.token_urlsafe(32), clock.now()
    async with transaction():
        session = await Session.create(
            person_id=person.id,
            secret_hash=hashed(secret),
            started_at=now,
            seen_at=now,
            expires_at=now + timedelta(hours=settings().session_hours),
            agent=(agent or "")[:300] or None,
        )
        await remember(Actor(ActorKind.PERSON, person.id), "session.start", session, {"started_at": now})
    return secret


async def session_of(secret: str) -> tuple[int, int] | None:
    """(session, person) of a cookie; None when it is unknown, ended or expired."""
    rows = await fetch(
        Sql(
            "select id, person_id from session where secret_hash = ? and ended_at is null and expires_at > ?",
            hashed(secret),
            clock.now(),
        )
    )
    return (rows[0]["id"], rows[0]["person_id"]) if rows else None


async def end_session(actor: Actor, session_id: int) -> None:
    """Ends a session; it is refused from the next request on."""
    async with transaction():
        session = await Session.get_or_none(id=session_id)
        if session is None:
            raise NotFound("session")
        if session.ended_at is None:
            session.ended_at = clock.now()
            await session.save(update_fields=["ended_at"])
            await remember(actor, "session.end", session, {"ended_at": session.ended_at})


async def make_link(actor: Actor, person: Person) -> str:
    """The secret of a one-time sign-in link for a person."""
    secret = secrets.token_urlsafe(32)
    async with transaction():
        link = await SignInLink.create(
            person_id=person.id,
            secret_hash=hashed(secret),
            expires_at=clock.now() + timedelta(hours=settings().sign_in_link_hours),
        )
        await remember(actor, "signInLink.make", link, {"person": person.id})
    return secret


async def use_link(secret: str, password: str | None, *, address: str, agent: str | None) -> tuple[Person, str]:
    """Signs in by a one-time link and sets the password that comes with it."""
    subject = await _subject("link", address)
    await _throttle([subject])
    async with transaction():
        query = SignInLink.filter(secret_hash=hashed(secret), used_at__isnull=True, expires_at__gt=clock.now())
        link = await (query.select_for_update() if dialect() == "postgres" else query).first()
        person = await Person.get(id=link.person_id) if link else None
        if link is not None and person is not None and not _has_left(person):
            if password:
                await set_password(Actor(ActorKind.PERSON, person.id), person, password)
            link.used_at = clock.now()
            await link.save(update_fields=["used_at"])
            return person, await start_session(person, agent)
    await SignInAttempt.create(subject_hash=subject, at=clock.now())
    raise SignInRefused("This sign-in link is used up or too old. Ask for a new one.")


async def make_token(
    actor: Actor,
    *,
    scopes: Collection[str],
    days: int = TOKEN_DAYS,
    person: Person | None = None,
    client: Client | None = None,
    name: str = "",
) -> str:
    """A bearer token of a person or a client, shown this once. Every token holds ``read``."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        raise InvalidField(f"There is no scope {unknown[0]}. There are: {', '.join(SCOPES)}.", path=("scopes",))
    if not 1 <= days <= 366:
        raise InvalidField("A token lives 1 to 366 days.", path=("days",))
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    async with transaction():
        token = await Token.create(
            person=person,
            client=client,
            name=name,
            secret_hash=hashed(secret),
            scopes=sorted({"read", *scopes}),
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        await remember(actor, "token.make", token, {"scopes": token.scopes, "expires_at": token.expires_at})
    return secret


async def token_of(secret: str) -> Token | None:
    """The token a bearer shows; None when it is unknown, ended or expired. Notes its use, once an hour."""
    now: datetime = clock.now()
    token = await Token.get_or_none(secret_hash=hashed(secret), ended_at__isnull=True, expires_at__gt=now)
    if token is not None and (token.used_at is None or now - token.used_at > timedelta(hours=1)):
        await Token.filter(id=token.id).update(used_at=now)
    return token


async def end_token(actor: Actor, token: Token) -> None:
    """Ends a token; it is refused from the next request on."""
    async with transaction():
        if token.ended_at is None:
            token.ended_at = clock.now()
            await token.save(update_fields=["ended_at"])
            await remember(actor, "token.end", token, {"ended_at": token.ended_at})
