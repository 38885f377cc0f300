"""Mutations on who is signed in: sessions, passwords, tokens."""

from datetime import datetime
from typing import Any

import strawberry

from lineofsight.goals.viewer import complete
from lineofsight.graph.context import Info
from lineofsight.graph.payloads import Problem, attempt, problem_list
from lineofsight.graph.viewer import Viewer
from lineofsight.kernel.database import transaction
from lineofsight.kernel.ids import key_of
from lineofsight.kernel.problems import InvalidField, NotAllowed, NotFound
from lineofsight.people import identity, viewer
from lineofsight.people.models import Person, Session, Token

ID = strawberry.ID


@strawberry.input(description="E-mail and password.")
class SessionSignInInput:
    """Who signs in."""

    email: str = strawberry.field(description="E-mail address.")
    password: str = strawberry.field(description="Password.")


@strawberry.type(description="Answer of sessionSignIn and sessionUseLink.")
class SessionSignInPayload:
    """The viewer it opened a session for."""

    problems: list[Problem] = problem_list()
    viewer: Viewer | None = strawberry.field(default=None, description="Who is signed in now.")


@strawberry.type(description="Answer of a mutation that gives nothing back.")
class SessionSignOutPayload:
    """Done or not."""

    problems: list[Problem] = problem_list()
    ok: bool = strawberry.field(default=False, description="Whether it was done.")


@strawberry.input(description="A one-time sign-in link.")
class SessionUseLinkInput:
    """The link's secret, and a password to set."""

    secret: str = strawberry.field(description="The secret part of the link.")
    password: str | None = strawberry.field(default=None, description="The password to sign in with from now on.")


@strawberry.input(description="A session to end.")
class SessionRevokeInput:
    """One's own session."""

    session_id: ID = strawberry.field(description="The session.")


@strawberry.input(description="A new password.")
class PasswordChangeInput:
    """The one in force and the new one."""

    current: str = strawberry.field(description="The password in force.")
    password: str = strawberry.field(description="The new password, at least 12 characters.")


@strawberry.input(description="A token to make for oneself.")
class TokenCreateInput:
    """What it may do, and for how long."""

    name: str = strawberry.field(description="What it is for.")
    scopes: list[str] = strawberry.field(description="Such as read:notes or write:checkins; every token holds read.")
    days: int = strawberry.field(default=identity.TOKEN_DAYS, description="Days until it expires, at most 366.")


@strawberry.type(description="Answer of tokenCreate.")
class TokenCreatePayload:
    """The token, this once."""

    problems: list[Problem] = problem_list()
    token: str | None = strawberry.field(default=None, description="The token; it is shown this once.")
    expires_at: datetime | None = strawberry.field(default=None, description="Timestamp at which it expires.")


@strawberry.input(description="A token to end.")
class TokenRevokeInput:
    """One's own token."""

    token_id: ID = strawberry.field(description="The token.")


def _session_only(info: Info) -> int:
    """The person, who must be signed in with a session: a token opens no doors for itself."""
    who = info.context.viewer
    if who.id is None or who.scopes is not None:
        raise NotAllowed("Sign in to do this; a token may not.")
    return who.id


@strawberry.type
class IdentityMutations:
    """Mutations on sessions, passwords and tokens."""

    @strawberry.mutation(description="Open a session with e-mail and password.")
    async def session_sign_in(self, info: Info, input: SessionSignInInput) -> SessionSignInPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            context = info.context
            person, secret = await identity.sign_in(
                input.email, input.password, address=context.address, agent=context.agent
            )
            return await _signed_in(info, person, secret)

        return await attempt(info.context, SessionSignInPayload, do)

    @strawberry.mutation(description="Open a session with a one-time link, and set the password to sign in with.")
    async def session_use_link(self, info: Info, input: SessionUseLinkInput) -> SessionSignInPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            context = info.context
            person, secret = await identity.use_link(
                input.secret, input.password, address=context.address, agent=context.agent
            )
            return await _signed_in(info, person, secret)

        return await attempt(info.context, SessionSignInPayload, do)

    @strawberry.mutation(description="End this session.")
    async def session_sign_out(self, info: Info) -> SessionSignOutPayload:
        async def do() -> dict[str, Any]:
            who = info.context.viewer
            if who.session_id is not None:
                await identity.end_session(who.actor, who.session_id)
            info.context.sign_in = ""
            info.context.viewer = viewer.ANONYMOUS
            return {"ok": True}

        return await attempt(info.context, SessionSignOutPayload, do)

    @strawberry.mutation(description="End one of one's own sessions.")
    async def session_revoke(self, info: Info, input: SessionRevokeInput) -> SessionSignOutPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            person = _session_only(info)
            key = key_of("Session", input.session_id, path=("sessionId",))
            if not await Session.filter(id=key, person_id=person).exists():
                raise NotFound("session", path=("sessionId",))
            await identity.end_session(info.context.viewer.actor, key)
            return {"ok": True}

        return await attempt(info.context, SessionSignOutPayload, do)

    @strawberry.mutation(description="Set one's own password; ends one's sessions but for a new one.")
    async def password_change(self, info: Info, input: PasswordChangeInput) -> SessionSignInPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = _session_only(info)
            await identity.change_password(key, input.current, input.password)
            person = await Person.get(id=key)
            return await _signed_in(info, person, await identity.start_session(person, info.context.agent))

        return await attempt(info.context, SessionSignInPayload, do)

    @strawberry.mutation(description="Make a token for oneself; it is shown this once.")
    async def token_create(self, info: Info, input: TokenCreateInput) -> TokenCreatePayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = _session_only(info)
            if not input.name.strip():
                raise InvalidField("Say what the token is for.", path=("name",))
            async with transaction():
                token = await identity.make_token(
                    info.context.viewer.actor,
                    scopes=input.scopes,
                    days=input.days,
                    person=await Person.get(id=key),
                    name=input.name.strip()[:200],
                )
            made = await identity.token_of(token)
            return {"token": token, "expires_at": made.expires_at if made else None}

        return await attempt(info.context, TokenCreatePayload, do)

    @strawberry.mutation(description="End one of one's own tokens.")
    async def token_revoke(self, info: Info, input: TokenRevokeInput) -> SessionSignOutPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            person = _session_only(info)
            key = key_of("Token", input.token_id, path=("tokenId",))
            token = await Token.get_or_none(id=key, person_id=person)
            if token is None:
                raise NotFound("token", path=("tokenId",))
            await identity.end_token(info.context.viewer.actor, token)
            return {"ok": True}

        return await attempt(info.context, SessionSignOutPayload, do)


async def _signed_in(info: Info, person: Person, secret: str) -> dict[str, Any]:
    before = info.context.viewer
    if before.session_id is not None:  # its cookie is about to be replaced
        await identity.end_session(before.actor, before.session_id)
    found = await viewer.of_person(person.id)
    assert found is not None
    info.context.sign_in = secret
    info.context.viewer = await complete(found)
    return {"viewer": info.context.viewer}
