"""Who is there: passwords, one-time links, sessions and tokens. Secrets are kept as hashes only."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lineofsight.kernel import clock
from lineofsight.kernel.database import dialect, fetch, transaction
from lineofsight.kernel.events import Actor, remember
from lineofsight.kernel.models import ActorKind
from lineofsight.kernel.problems import InvalidField, NotFound, SignInRefused
from lineofsight.kernel.sql import Sql
from lineofsight.people import attempts, passwords
from lineofsight.people.models import Client, Credential, Person, Session, SignInLink, Token
from lineofsight.settings import settings

SCOPES = (
    "read", "read:notes", "read:performance", "read:sensitive",
    "write:goals", "write:checkins", "write:metrics", "write:people", "write:admin",
)  # fmt: skip
TOKEN_PREFIX = "los_"  # noqa: S105 - marks what a secret is, so that scanners find it
TOKEN_DAYS = 90
LONGEST_EMAIL = 254

OF_EMAIL_FROM_ADDRESS = 10  # failed sign-ins within a quarter of an hour: of one e-mail from one address …
OF_EMAIL = 50  # … of one e-mail from anywhere, so that a stranger can hardly lock someone out …
FROM_ADDRESS = 50  # … and from one address, which an office shares


def email_key(email: str) -> str:
    """An e-mail as it is compared: trimmed, without case."""
    return email.strip().casefold()


def hashed(secret: str) -> str:
    """How a random secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def checked_email(text: str, *, path: tuple[str, ...] = ("email",)) -> str:
    """An e-mail address as it is kept; InvalidField where it is none."""
    email = text.strip()
    before, _, after = email.partition("@")
    if not before or not after or any(letter.isspace() for letter in email) or len(email) > LONGEST_EMAIL:
        raise InvalidField(f"{email[:LONGEST_EMAIL]!r} is not an e-mail address.", path=path)
    return email


async def set_password(actor: Actor, person: Person, password: str) -> None:
    """Sets a person's password; ends their sessions and their unused sign-in links."""
    passwords.check(password)
    await _write_password(actor, person, await passwords.hashed(password))


async def _write_password(actor: Actor, person: Person, password_hash: str) -> None:
    async with transaction():
        now = clock.now()
        values = {"password_hash": password_hash, "changed_at": now}
        await Credential.update_or_create(person_id=person.id, defaults=values)
        await Session.filter(person_id=person.id, ended_at__isnull=True).update(ended_at=now)
        await SignInLink.filter(person_id=person.id, used_at__isnull=True).update(used_at=now)
        await remember(actor, "person.setPassword", person, {"changed_at": now})


async def change_password(person_id: int, current: str, new: str) -> None:
    """Sets one's own password, against the one in force."""
    passwords.check(new)
    attempt = await attempts.begin({("password", str(person_id)): OF_EMAIL_FROM_ADDRESS})
    credential = await Credential.get_or_none(person_id=person_id)
    if not await passwords.matches(credential.password_hash if credential else None, current):
        raise InvalidField("This is not your current password.", path=("current",))
    await attempts.succeed(attempt)
    await set_password(Actor(ActorKind.PERSON, person_id), await Person.get(id=person_id), new)


async def sign_in(email: str, password: str, *, address: str, agent: str | None) -> tuple[Person, str]:
    """A session for who knows the password: the person and the cookie's secret.

    Refuses alike whether the e-mail is unknown, has no password or the password is wrong; takes as long, too.
    """
    key = email_key(email)
    attempt = await attempts.begin(
        {
            ("sign-in", key, address): OF_EMAIL_FROM_ADDRESS,
            ("email", key): OF_EMAIL,
            ("address", address): FROM_ADDRESS,
        }
    )
    rows = await fetch(
        Sql(
            "select p.id, c.password_hash from person p left join credential c on c.person_id = p.id "
            "where p.email_key = ? and (p.ended_on is null or p.ended_on > ?)",
            key,
            clock.today(),
        )
    )
    stored = rows[0]["password_hash"] if rows else None
    if not await passwords.matches(stored, password):
        raise _refused()
    async with transaction():
        query = Credential.filter(person_id=rows[0]["id"], password_hash=stored)
        if await (query.select_for_update() if dialect() == "postgres" else query).first() is None:
            raise _refused()  # it was changed while we compared
        person = await Person.get(id=rows[0]["id"])
        secret = await start_session(person, agent)
    await attempts.succeed(attempt)
    return person, secret


def _refused() -> SignInRefused:
    return SignInRefused("This e-mail and password do not belong together.")


def _has_left(person: Person) -> bool:
    return person.ended_on is not None and person.ended_on <= clock.today()


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
    if password:
        passwords.check(password)
    attempt = await attempts.begin({("link", address): FROM_ADDRESS})
    password_hash = await passwords.hashed(password) if password else None
    async with transaction():
        query = SignInLink.filter(secret_hash=hashed(secret), used_at__isnull=True, expires_at__gt=clock.now())
        link = await (query.select_for_update() if dialect() == "postgres" else query).first()
        person = await Person.get(id=link.person_id) if link else None
        if link is None or person is None or _has_left(person):
            raise SignInRefused("This sign-in link is used up or too old. Ask for a new one.")
        link.used_at = clock.now()
        await link.save(update_fields=["used_at"])
        if password_hash:
            await _write_password(Actor(ActorKind.PERSON, person.id), person, password_hash)
        session = await start_session(person, agent)
    await attempts.succeed(attempt)
    return person, session


async def make_token(
    actor: Actor,
    *,
    scopes: Collection[str],
    days: int = TOKEN_DAYS,
    person: Person | None = None,
    client: Client | None = None,
    name: str = "",
    until: date | None = None,
) -> str:
    """A bearer token of a person or a client, shown this once. Every token holds ``read``.

    ``until``: the first day on which it does not hold any more, whatever ``days`` says.
    """
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        raise InvalidField(f"There is no scope {unknown[0]}. There are: {', '.join(SCOPES)}.", path=("scopes",))
    if not 1 <= days <= 366:
        raise InvalidField("A token lives 1 to 366 days.", path=("days",))
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    expires = now + timedelta(days=days)
    if until is not None:
        expires = min(expires, datetime.combine(until, time(), ZoneInfo(settings().time_zone)).astimezone(UTC))
    async with transaction():
        token = await Token.create(
            person=person,
            client=client,
            name=name,
            secret_hash=hashed(secret),
            scopes=sorted({"read", *scopes}),
            made_at=now,
            expires_at=expires,
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
