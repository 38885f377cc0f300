"""Partners' clients: administrators make and end them; a token acts within its scopes and its unit."""

from typing import Any

import pytest

from lineofsight.people import lines
from lineofsight.people.models import Client, OfficeHolding, Person, Token
from tests.cast import TODAY, Member
from tests.support.graph import Asker, Graph

pytestmark = [pytest.mark.requirement("P3"), pytest.mark.requirement("C4.5")]

CLIENT = """client { id name expiresOn endedAt sponsor { id } unit { id } viewerCan { edit }
  tokens { id name scopes expiresAt } }"""
MADE = {"name": "Reporting Ltd", "expiresOn": "2026-06-01"}


class Bearer(Asker):
    """Someone with a token that was just made."""

    def __init__(self, graph: Graph, token: str) -> None:
        super().__init__(graph, Member("bearer"), {"authorization": f"Bearer {token}"})


async def made(graph: Graph, unit: str | None = None, **token: Any) -> tuple[str, Bearer]:
    """A client of Bo's and whoever holds a token of it."""
    limit = {"unitId": graph.unit(unit)} if unit else {}
    client = await graph.of("ines").done("clientCreate", CLIENT, sponsorId=graph.person("bo"), **MADE, **limit)
    key = client["client"]["id"]
    answer = await graph.of("ines").done(
        "clientToken", "token expiresAt", clientId=key, **{"name": "nightly", "scopes": [], "days": 366} | token
    )
    assert answer["token"].startswith("los_")
    assert answer["expiresAt"].startswith("2026-06-01T00:00")
    return key, Bearer(graph, answer["token"])


async def test_a_client_reads_until_it_is_ended(graph: Graph) -> None:
    key, partner = await made(graph, scopes=["read:notes"])
    who = await partner("{ viewer { kind name scopes person { id } offices { office } } agency { name } }")
    assert who["viewer"] == {
        "kind": "CLIENT", "name": "Reporting Ltd", "scopes": ["read", "read:notes"], "person": None, "offices": [],
    }  # fmt: skip
    assert who["agency"]["name"] == "Harbor County"
    seen = await graph.of("ines")("{ clients { totalCount nodes { name tokens { name scopes } } } }")
    assert {"name": "Reporting Ltd", "tokens": [{"name": "nightly", "scopes": ["read", "read:notes"]}]} in (
        seen["clients"]["nodes"]
    )
    ended = await graph.of("ines").done("clientEnd", CLIENT, clientId=key)
    assert ended["client"]["endedAt"] is not None
    assert (ended["client"]["tokens"], ended["client"]["viewerCan"]) == ([], {"edit": False})
    assert (await partner.ask("{ viewer { kind } }")).codes == ["UNAUTHENTICATED"]
    problem = await graph.of("ines").refused("clientToken", clientId=key, name="x", scopes=[])
    assert problem["code"] == "WRONG_STATE"


async def test_one_token_ends_without_the_others(graph: Graph) -> None:
    key, first = await made(graph)
    second = await graph.of("ines").done("clientToken", "token " + CLIENT, clientId=key, name="other", scopes=[])
    other = next(t["id"] for t in second["client"]["tokens"] if t["name"] == "other")
    assert (await graph.of("bo").refused("clientTokenEnd", tokenId=other))["code"] == "NOT_ALLOWED"
    assert (await graph.of("di").refused("clientTokenEnd", tokenId=other))["code"] == "NOT_FOUND"
    await graph.of("ines").done("clientTokenEnd", tokenId=other)
    assert (await Bearer(graph, second["token"]).ask("{ viewer { kind } }")).status == 401
    assert (await first.ask("{ viewer { kind } }")).status == 200


async def test_it_ends_with_its_sponsor_and_on_its_day(graph: Graph) -> None:
    _, partner = await made(graph)
    graph.day = TODAY.replace(month=6, day=1)
    assert (await partner.ask("{ viewer { kind } }")).status == 401
    graph.day = TODAY
    await Person.filter(id=graph.cast.people["bo"]).update(ended_on=TODAY)
    assert (await partner.ask("{ viewer { kind } }")).status == 401


async def test_only_administrators_make_clients_and_only_signed_in(graph: Graph) -> None:
    for who in ("hana", "bo", "di", "cy-all", "ines-reader", "partner"):
        problem = await graph.of(who).refused("clientCreate", sponsorId=graph.person("bo"), **MADE)
        assert problem["code"] == "NOT_ALLOWED", who
    token = await graph.of("ines").done("tokenCreate", "token", name="all", scopes=["write:admin"])
    admin = Bearer(graph, token["token"])
    problem = await admin.refused("clientCreate", sponsorId=graph.person("bo"), **MADE)
    assert problem["message"] == "Sign in to do this; a token may not."
    key, _ = await made(graph)
    problem = await admin.refused("clientToken", clientId=key, name="more", scopes=["read:sensitive"])
    assert problem["code"] == "NOT_ALLOWED"
    assert (await graph.of("bo").refused("clientToken", clientId=key, name="x", scopes=[]))["code"] == "NOT_ALLOWED"
    assert (await graph.of("di").refused("clientToken", clientId=key, name="", scopes=["?"]))["code"] == "NOT_FOUND"
    assert (await graph.of("di").refused("clientEnd", clientId=key))["code"] == "NOT_FOUND"


async def test_an_administrator_of_a_unit_makes_clients_limited_to_it(graph: Graph) -> None:
    await OfficeHolding.filter(person_id=graph.cast.people["ines"]).update(unit_id=graph.cast.units["health"])
    await lines.rights_changed()
    problem = await graph.of("ines").refused("clientCreate", sponsorId=graph.person("bo"), **MADE)
    assert problem["code"] == "NOT_ALLOWED"
    await graph.of("ines").done(
        "clientCreate", sponsorId=graph.person("bo"), unitId=graph.unit("clinics"), **MADE
    )


@pytest.mark.parametrize("given", [{"expiresOn": "2026-03-16"}, {"expiresOn": "2036-01-01"}, {"name": " "}])
async def test_what_cannot_be_is_refused(graph: Graph, given: dict[str, str]) -> None:
    problem = await graph.of("ines").refused("clientCreate", sponsorId=graph.person("bo"), **MADE | given)
    assert problem["code"] == "INVALID_FIELD"


async def test_a_limited_client_sees_nothing_outside_its_unit(graph: Graph) -> None:
    _, partner = await made(graph, "health", scopes=["write:people", "write:admin", "read:notes"])
    hidden = [*map(graph.unit, ("agency", "roads")), *map(graph.person, ("mia", "ada"))]
    hidden.append(graph.goal("roads-agency-active"))
    data = await partner(
        """query($ids: [ID!]!, $root: ID!, $health: ID!, $goal: ID!) {
          agency { id } nodes(ids: $ids) { id } unit(id: $root) { id }
          code: unit(code: "WORKS") { id }
          units(first: 100) { totalCount nodes { code } }
          below: units(filter: {parentId: $root}) { totalCount nodes { id } }
          people(first: 100) { totalCount nodes { name manager { name } managers { name } unit { code } } }
          plans { totalCount } cycles { totalCount } officeGrants { totalCount } clients { totalCount }
          health: unit(id: $health) { parent { id } ancestors { id } lead { name } }
          goals(first: 100) { totalCount nodes { unit { id } lineOfSight { __typename } } }
          metrics(first: 100) { totalCount nodes { id } }
          goal(id: $goal) { lineOfSight { __typename ... on Goal { title } } primaryParent { __typename } }
        }""",
        ids=hidden, root=graph.unit("agency"), health=graph.unit("health"), goal=graph.goal("objective"),
    )  # fmt: skip
    assert (data["agency"], data["nodes"], data["unit"], data["code"]) == (None, [None] * len(hidden), None, None)
    assert {u["code"] for u in data["units"]["nodes"]} == {"HEALTH", "CLINICS", "OUTREACH"}
    assert (data["units"]["totalCount"], data["below"]["totalCount"]) == (3, 0)
    assert data["health"] == {"parent": None, "ancestors": [], "lead": {"name": "Bo Lindqvist"}}
    names = {p["name"] for p in data["people"]["nodes"]}
    assert names == {f"{n}" for n in names if n.split()[0] in {"Bo", "Cy", "Fay", "Di", "Eli", "Gus", "Hana"}}
    assert len(names) == data["people"]["totalCount"] == 7
    inside = {graph.unit(key) for key in ("health", "clinics", "outreach")}
    assert {goal["unit"]["id"] for goal in data["goals"]["nodes"]} <= inside
    assert data["goals"]["totalCount"] == len(data["goals"]["nodes"])
    assert (data["officeGrants"], data["clients"]) == ({"totalCount": 0}, {"totalCount": 0})
    steps = data["goal"]["lineOfSight"]
    assert [step["__typename"] for step in steps] == ["Goal", "HiddenGoal"]


async def test_a_clients_rows_stay_its_administrators(graph: Graph) -> None:
    key, _ = await made(graph)
    node = "query($id: ID!) { node(id: $id) { id } clients { nodes { id } } }"
    for who, sees in {"ines": True, "bo": True, "di": False, "hana": False, "ines-reader": False}.items():
        data = await graph.of(who)(node, id=key)
        assert ((data["node"] is not None), key in [n["id"] for n in data["clients"]["nodes"]]) == (sees, sees), who
    assert await Client.all().count() == 3
    assert not await Token.filter(client_id__isnull=False, person_id__isnull=False).exists()
