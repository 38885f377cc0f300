"""Partners' clients: made for a sponsor, given tokens, ended."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from lineofsight.kernel import clock
from lineofsight.kernel.clientkeys import once
from lineofsight.kernel.database import transaction
from lineofsight.kernel.events import new_group, remember
from lineofsight.kernel.problems import InvalidField, NotAllowed, NotFound, WrongState
from lineofsight.kernel.rows import Row
from lineofsight.kernel.writing import locked, needed_line
from lineofsight.people import identity, policy
from lineofsight.people.actions.acting import allow, begin, has_ended, seen_person, seen_unit
from lineofsight.people.models import Client, Person, Token, Unit
from lineofsight.people.setup import root_unit
from lineofsight.people.viewer import Viewer

LONGEST_NAME = 200
LONGEST_LIFE = timedelta(days=3 * 366)


@dataclass(frozen=True)
class NewClient:
    """A client as given. ``unit_id``: it sees nothing outside this unit; None: no limit. Expires on a day."""

    name: str
    sponsor_id: int
    unit_id: int | None
    expires_on: date


async def create_client(viewer: Viewer, given: NewClient, *, client_key: str | None = None) -> int:
    """Makes a client, which sees nothing before it has a token; its key."""
    async with transaction():
        viewer = await begin(viewer)
        unit = await seen_unit(
            viewer, given.unit_id if given.unit_id is not None else (await root_unit()).id, path=("unitId",)
        )
        sponsor = await seen_person(viewer, given.sponsor_id, path=("sponsorId",))
        facts = {"id": sponsor.id, "unit_path": unit.path}
        allow(viewer, policy.EDIT_CLIENT, facts, "make clients here", path=("unitId",))
        _signed_in(viewer)

        async def do() -> dict[str, int]:
            return {"client": await _create(viewer, given, sponsor, unit)}

        return (await once(viewer.actor, "clientCreate", client_key, asdict(given), do))["client"]


async def _create(viewer: Viewer, given: NewClient, sponsor: Person, unit: Unit) -> int:
    today = clock.today()
    name = needed_line(given.name, "Say whose client it is.", longest=LONGEST_NAME, path=("name",))
    if has_ended(sponsor.ended_on):
        raise WrongState("They have left.", path=("sponsorId",))
    if has_ended(unit.ended_on):
        raise WrongState("That unit has ended.", path=("unitId",))
    if not today < given.expires_on <= today + LONGEST_LIFE:
        raise InvalidField("A client expires after today, within three years.", path=("expiresOn",))
    values = {
        "name": name,
        "sponsor_id": sponsor.id,
        "unit_id": given.unit_id,
        "expires_on": given.expires_on,
    }
    client = await Client.create(**values)
    await remember(viewer.actor, "client.create", client, values)
    return int(client.id)


async def make_client_token(
    viewer: Viewer, client_id: int, *, name: str, scopes: Collection[str], days: int
) -> tuple[str, datetime]:
    """A token of a client, shown this once, and when it expires: with its client at the latest."""
    async with transaction():
        viewer = await begin(viewer)
        client = await _editable(viewer, client_id)
        left = (client.expires_on - clock.today()).days
        if client.ended_at is not None or left < 1:
            raise WrongState("This client has ended.", path=("clientId",))
        title = needed_line(name, "Say what the token is for.", longest=LONGEST_NAME, path=("name",))
        secret = await identity.make_token(
            viewer.actor, scopes=scopes, days=days, client=client, name=title, until=client.expires_on
        )
        token = await Token.get(secret_hash=identity.hashed(secret))
        return secret, token.expires_at


async def end_client_token(viewer: Viewer, token_id: int) -> int:
    """Ends a token of a client; the client's key."""
    async with transaction():
        viewer = await begin(viewer)
        token = await locked(Token, token_id)
        if token is None or token.client_id is None:
            raise NotFound("token", path=("tokenId",))
        await _editable(viewer, token.client_id, what="token", path=("tokenId",))
        await identity.end_token(viewer.actor, token)
        return token.client_id


async def end_client(viewer: Viewer, client_id: int) -> Client:
    """Ends a client and its tokens; they are refused from the next request on."""
    async with transaction():
        viewer = await begin(viewer)
        client = await _editable(viewer, client_id)
        if client.ended_at is not None:
            return client
        group = new_group()
        client.ended_at = clock.now()
        await client.save(update_fields=["ended_at"])
        await remember(viewer.actor, "client.end", client, {"ended_at": client.ended_at}, group=group)
        for token in await Token.filter(client_id=client.id, ended_at__isnull=True):
            await identity.end_token(viewer.actor, token)
        return client


async def _editable(
    viewer: Viewer, client_id: int, *, what: str = "client", path: tuple[str, ...] = ("clientId",)
) -> Client:
    """A client the viewer may edit, locked; NotFound where it is hidden or absent, before any other check."""
    client = await locked(Client, client_id)
    if client is None:
        raise NotFound(what, path=path)
    unit = await Unit.get(id=client.unit_id) if client.unit_id is not None else await root_unit()
    facts: Row = {"id": client.sponsor_id, "unit_path": unit.path}
    if not policy.SEE_CLIENT.allows(viewer, facts):
        raise NotFound(what, path=path)
    allow(viewer, policy.EDIT_CLIENT, facts, "change this client", path=path)
    _signed_in(viewer)
    return client


def _signed_in(viewer: Viewer) -> None:
    """A token makes no tokens: it would outgrow its own scopes."""
    if viewer.scopes is not None:
        raise NotAllowed("Sign in to do this; a token may not.")
