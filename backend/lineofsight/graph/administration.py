"""Offices and partners' clients in the graph: for administrators, and for those they are about."""

from datetime import date, datetime

import strawberry

from lineofsight.graph.connection import Connection, Ordered
from lineofsight.graph.context import Context, Info
from lineofsight.graph.node import Access, Many, Node, column, computed, is_kind, listing, loader, node_id, one
from lineofsight.graph.people import OrgUnit, Person
from lineofsight.graph.viewer import Token
from lineofsight.kernel.rows import OrderBy, Reach, Row
from lineofsight.kernel.sql import TRUE, Sql
from lineofsight.people import models, policy, reads
from lineofsight.people.models import GrantState, Office

NEWEST = (OrderBy("t.id", descending=True),)
MOST_TOKENS = 100


@strawberry.type(description="What the viewer may do with a grant of an office, in its present state.")
class OfficeGrantViewerCan:
    """One field an action."""

    confirm: bool = strawberry.field(description="Put it in force, as the second administrator.")
    revoke: bool = strawberry.field(description="End it.")


def _grant_can(row: Row, context: Context) -> OfficeGrantViewerCan:
    facts = {"id": row["person_id"], "unit_path": row["of__unit_path"], "granted_by_id": row["granted_by_id"]}
    state = GrantState(row["state"])
    return OfficeGrantViewerCan(
        confirm=state is GrantState.WAITING and policy.CONFIRM_OFFICE.allows(context.viewer, facts),
        revoke=state is not GrantState.ENDED and policy.REVOKE_OFFICE.allows(context.viewer, facts),
    )


@strawberry.type(
    description="An office granted to a person over a unit.", directives=[Access(rule=policy.SEE_OFFICE.name)]
)
class OfficeGrant(Node):
    """A grant of an office."""

    is_type_of = is_kind("OfficeGrant")
    id: strawberry.ID = node_id(policy.SEE_OFFICE, "OfficeGrant")
    office: Office = column(policy.SEE_OFFICE, "The office.", "office", convert=Office)
    state: GrantState = column(policy.SEE_OFFICE, "Whether it is in force.", "state", convert=GrantState)
    person: Person | None = one(policy.SEE_OFFICE, "Who receives it.", "Person", reads.PEOPLE, "person_id")
    unit: OrgUnit | None = one(
        policy.SEE_OFFICE, "Over which unit, with all below it.", "OrgUnit", reads.UNITS, "unit_id"
    )
    granted_by: Person | None = one(
        policy.SEE_OFFICE, "Who granted it; null: the command line.", "Person", reads.PEOPLE, "granted_by_id"
    )
    confirmed_by: Person | None = one(
        policy.SEE_OFFICE, "Who confirmed it; null where none did.", "Person", reads.PEOPLE, "confirmed_by_id"
    )
    valid_from: date = column(policy.SEE_OFFICE, "First day in force; while it waits, day of the grant.", "valid_from")
    valid_to: date | None = column(policy.SEE_OFFICE, "First day after it.", "valid_to")
    viewer_can: OfficeGrantViewerCan = computed(policy.SEE_OFFICE, "What the viewer may do with it now.", _grant_can)


@strawberry.type(description="What the viewer may do with a client.")
class ClientViewerCan:
    """One field an action."""

    edit: bool = strawberry.field(description="Give it tokens, and end it.")


def _client_can(row: Row, context: Context) -> ClientViewerCan:
    facts = {"id": row["sponsor_id"], "unit_path": row["of__unit_path"]}
    may = policy.EDIT_CLIENT.allows(context.viewer, facts) and context.viewer.scopes is None
    return ClientViewerCan(edit=may and row["ended_at"] is None)


async def _tokens(row: Row, context: Context) -> list[models.Token]:
    found = await context.batch("client tokens", reads.tokens_of_clients, row["id"]) or []
    return found[:MOST_TOKENS]


@strawberry.type(description="A partner's service account.", directives=[Access(rule=policy.SEE_CLIENT.name)])
class Client(Node):
    """A client."""

    is_type_of = is_kind("Client")
    id: strawberry.ID = node_id(policy.SEE_CLIENT, "Client")
    name: str = column(policy.SEE_CLIENT, "Whose it is, or what for.", "name")
    sponsor: Person | None = one(
        policy.SEE_CLIENT, "Who answers for it; it ends with them.", "Person", reads.PEOPLE, "sponsor_id"
    )
    unit: OrgUnit | None = one(
        policy.SEE_CLIENT, "It sees nothing outside this unit; null: no limit.", "OrgUnit", reads.UNITS, "unit_id"
    )
    expires_on: date = column(policy.SEE_CLIENT, "First day on which it is refused.", "expires_on")
    ended_at: datetime | None = column(policy.SEE_CLIENT, "Timestamp at which it was ended.", "ended_at")
    tokens: list[Token] = loader(
        policy.SEE_CLIENT, "Its tokens in force, newest first, without their secrets; at most 100.", _tokens, absent=[]
    )
    viewer_can: ClientViewerCan = computed(policy.SEE_CLIENT, "What the viewer may do with it now.", _client_can)


@strawberry.input(description="Which grants of offices.")
class OfficeGrantFilter:
    """Conditions that all must hold."""

    state: GrantState | None = strawberry.field(default=None, description="In this state; default: waiting and held.")


@strawberry.type
class AdministrationQueries:
    """Roots for administrators."""

    @strawberry.field(
        description="Grants of offices the viewer may see, newest first: administrators those of their units, "
        "everyone their own.",
        directives=[Access(rule=policy.SEE_OFFICE.name)],
        metadata={"rule": policy.SEE_OFFICE, "source": Many("OfficeGrant", lambda c: reads.OFFICES)},
    )
    def office_grants(
        self,
        info: Info,
        filter: OfficeGrantFilter | None = None,  # noqa: A002
        first: int | None = None,
        after: str | None = None,
    ) -> Connection[OfficeGrant]:
        state = filter.state if filter is not None else None
        where = (
            Sql("t.state <> ?", GrantState.ENDED.value)
            if state is None
            else Sql("t.state = ?", state.value)
        )
        return listing(info, "OfficeGrant", reads.OFFICES, Reach(where=where), NEWEST, None, Ordered(first, after))

    @strawberry.field(
        description="Partners' clients the viewer may see, newest first: administrators those of their units, "
        "sponsors their own.",
        directives=[Access(rule=policy.SEE_CLIENT.name)],
        metadata={"rule": policy.SEE_CLIENT, "source": Many("Client", lambda c: reads.CLIENTS)},
    )
    def clients(self, info: Info, first: int | None = None, after: str | None = None) -> Connection[Client]:
        return listing(info, "Client", reads.CLIENTS, Reach(where=TRUE), NEWEST, None, Ordered(first, after))
