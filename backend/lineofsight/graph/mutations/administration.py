"""Mutations of administrators: offices, partners' clients."""

from datetime import date, datetime
from typing import Any

import strawberry

from lineofsight.graph.administration import Client, OfficeGrant
from lineofsight.graph.context import Info
from lineofsight.graph.payloads import Problem, attempt, optional_key, problem_list, row_later
from lineofsight.kernel.ids import key_of
from lineofsight.people import identity, reads
from lineofsight.people.actions import clients, offices
from lineofsight.people.models import Office

ID = strawberry.ID


@strawberry.input(description="An office to grant.")
class OfficeGrantInput:
    """Person, office, unit."""

    person_id: ID = strawberry.field(description="Who receives it; nobody grants an office to themself.")
    office: Office = strawberry.field(description="The office; HR, AUDITOR and ADMINISTRATOR wait for a second person.")
    unit_id: ID | None = strawberry.field(
        default=None, description="Over which unit, with all below it; default the agency."
    )
    client_key: str | None = strawberry.field(default=None, description="Repeating the key answers the same grant.")


@strawberry.input(description="A grant of an office to act on.")
class OfficeGrantIdInput:
    """The grant."""

    grant_id: ID = strawberry.field(description="The grant.")


@strawberry.type(description="Answer of a mutation on an office.")
class OfficeGrantPayload:
    """The grant as it is now."""

    problems: list[Problem] = problem_list()
    grant: OfficeGrant | None = strawberry.field(default=None, description="The grant as it is now.")


@strawberry.input(description="A new partner's client.")
class ClientCreateInput:
    """Who answers for it, what it is limited to, until when."""

    name: str = strawberry.field(description="Whose it is, or what for.")
    sponsor_id: ID = strawberry.field(description="The person who answers for it.")
    unit_id: ID | None = strawberry.field(
        default=None, description="It sees nothing outside this unit; default: no limit."
    )
    expires_on: date = strawberry.field(description="First day on which it is refused, within three years.")
    client_key: str | None = strawberry.field(default=None, description="Repeating the key answers the same client.")


@strawberry.type(description="Answer of a mutation on a client.")
class ClientPayload:
    """The client as it is now."""

    problems: list[Problem] = problem_list()
    client: Client | None = strawberry.field(default=None, description="The client as it is now.")


@strawberry.input(description="A token to make for a client.")
class ClientTokenInput:
    """What it may do, and for how long."""

    client_id: ID = strawberry.field(description="The client.")
    name: str = strawberry.field(description="What it is for.")
    scopes: list[str] = strawberry.field(description="Such as read:notes; every token holds read.")
    days: int = strawberry.field(
        default=identity.TOKEN_DAYS, description="Days until it expires, at most 366; with its client at the latest."
    )


@strawberry.type(description="Answer of clientToken.")
class ClientTokenPayload:
    """The token, this once."""

    problems: list[Problem] = problem_list()
    token: str | None = strawberry.field(default=None, description="The token; it is shown this once.")
    expires_at: datetime | None = strawberry.field(default=None, description="Timestamp at which it expires.")
    client: Client | None = strawberry.field(default=None, description="The client as it is now.")


@strawberry.input(description="A client's token to end.")
class ClientTokenEndInput:
    """The token."""

    token_id: ID = strawberry.field(description="The token.")


@strawberry.input(description="A client to act on.")
class ClientIdInput:
    """The client."""

    client_id: ID = strawberry.field(description="The client.")


def _grant(key: int) -> dict[str, Any]:
    return {"grant": row_later("OfficeGrant", reads.OFFICES, key)}


def _client(key: int) -> dict[str, Any]:
    return {"client": row_later("Client", reads.CLIENTS, key)}


@strawberry.type
class AdministrationMutations:
    """Mutations on offices and clients."""

    @strawberry.mutation(description="Grant an office; a sensitive one waits for a second administrator.")
    async def office_grant(self, info: Info, input: OfficeGrantInput) -> OfficeGrantPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = await offices.grant_office(
                info.context.viewer,
                key_of("Person", input.person_id, path=("personId",)),
                input.office,
                optional_key("OrgUnit", input.unit_id, "unitId"),
                client_key=input.client_key,
            )
            return _grant(key)

        return await attempt(info.context, OfficeGrantPayload, do)

    @strawberry.mutation(description="Put a waiting grant in force: neither its granter nor its receiver.")
    async def office_confirm(self, info: Info, input: OfficeGrantIdInput) -> OfficeGrantPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("OfficeGrant", input.grant_id, path=("grantId",))
            await offices.confirm_office(info.context.viewer, key)
            return _grant(key)

        return await attempt(info.context, OfficeGrantPayload, do)

    @strawberry.mutation(description="End an office, or a grant that waits, at once.")
    async def office_revoke(self, info: Info, input: OfficeGrantIdInput) -> OfficeGrantPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("OfficeGrant", input.grant_id, path=("grantId",))
            await offices.revoke_office(info.context.viewer, key)
            return _grant(key)

        return await attempt(info.context, OfficeGrantPayload, do)

    @strawberry.mutation(description="Make a partner's client.")
    async def client_create(self, info: Info, input: ClientCreateInput) -> ClientPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            given = clients.NewClient(
                name=input.name,
                sponsor_id=key_of("Person", input.sponsor_id, path=("sponsorId",)),
                unit_id=optional_key("OrgUnit", input.unit_id, "unitId"),
                expires_on=input.expires_on,
            )
            return _client(await clients.create_client(info.context.viewer, given, client_key=input.client_key))

        return await attempt(info.context, ClientPayload, do)

    @strawberry.mutation(description="Make a token for a client; it is shown this once.")
    async def client_token(self, info: Info, input: ClientTokenInput) -> ClientTokenPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Client", input.client_id, path=("clientId",))
            token, expires = await clients.make_client_token(
                info.context.viewer, key, name=input.name, scopes=input.scopes, days=input.days
            )
            return {"token": token, "expires_at": expires, **_client(key)}

        return await attempt(info.context, ClientTokenPayload, do)

    @strawberry.mutation(description="End one token of a client.")
    async def client_token_end(self, info: Info, input: ClientTokenEndInput) -> ClientPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            token = key_of("Token", input.token_id, path=("tokenId",))
            return _client(await clients.end_client_token(info.context.viewer, token))

        return await attempt(info.context, ClientPayload, do)

    @strawberry.mutation(description="End a client and its tokens at once.")
    async def client_end(self, info: Info, input: ClientIdInput) -> ClientPayload:  # noqa: A002
        async def do() -> dict[str, Any]:
            key = key_of("Client", input.client_id, path=("clientId",))
            await clients.end_client(info.context.viewer, key)
            return _client(key)

        return await attempt(info.context, ClientPayload, do)
