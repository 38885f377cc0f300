"""Offices take an administrator, sensitive ones two, and never oneself; a change counts from the next request."""

from typing import Any

import pytest

from lineofsight.kernel.ids import global_id
from lineofsight.people import lines
from lineofsight.people.models import GrantState, OfficeHolding
from tests.cast import TODAY, Cast
from tests.support.graph import Graph

pytestmark = pytest.mark.requirement("C4.5")

GRANT = """grant { id office state person { id } unit { id } grantedBy { id } confirmedBy { id }
  viewerCan { confirm revoke } }"""
OFFICES = "{ viewer { offices { office unit { id } } } }"
LIST = "{ officeGrants(first: 50) { totalCount nodes { id office state person { id } } } }"


async def second_administrator(cast: Cast, who: str = "wes", unit: str = "agency") -> None:
    await OfficeHolding.create(
        person_id=cast.people[who], office="ADMINISTRATOR", unit_id=cast.units[unit], state=GrantState.HELD,
        valid_from=TODAY,
    )  # fmt: skip
    await lines.rights_changed()


async def grant_of(graph: Graph, person: str, office: str) -> str:
    row = await OfficeHolding.filter(person_id=graph.cast.people[person], office=office).order_by("-id").first()
    assert row is not None
    return global_id("OfficeGrant", row.id)


async def test_an_office_counts_from_the_next_request(graph: Graph) -> None:
    assert (await graph.of("eli")(OFFICES))["viewer"]["offices"] == []
    made = await graph.of("ines").done(
        "officeGrant", GRANT, personId=graph.person("eli"), office="STRATEGY", unitId=graph.unit("health")
    )
    assert made["grant"] | {"id": ""} == {
        "id": "", "office": "STRATEGY", "state": "HELD", "person": {"id": graph.person("eli")},
        "unit": {"id": graph.unit("health")}, "grantedBy": {"id": graph.person("ines")}, "confirmedBy": None,
        "viewerCan": {"confirm": False, "revoke": True},
    }  # fmt: skip
    held = await graph.of("eli")(OFFICES)
    assert held["viewer"]["offices"] == [{"office": "STRATEGY", "unit": {"id": graph.unit("health")}}]
    problem = await graph.of("ines").refused(
        "officeGrant", personId=graph.person("eli"), office="STRATEGY", unitId=graph.unit("health")
    )
    assert problem["code"] == "CONFLICT"
    await graph.of("ines").done("officeRevoke", grantId=made["grant"]["id"])
    assert (await graph.of("eli")(OFFICES))["viewer"]["offices"] == []
    assert (await graph.of("ines").refused("officeRevoke", grantId=made["grant"]["id"]))["code"] == "WRONG_STATE"


@pytest.mark.parametrize("office", ["HR", "AUDITOR", "ADMINISTRATOR"])
async def test_a_sensitive_office_takes_two(graph: Graph, office: str) -> None:
    made = await graph.of("ines").done("officeGrant", GRANT, personId=graph.person("eli"), office=office)
    grant = made["grant"]["id"]
    assert (made["grant"]["state"], made["grant"]["viewerCan"]["confirm"]) == ("WAITING", False)
    assert (await graph.of("ines").refused("officeConfirm", grantId=grant))["code"] == "NOT_ALLOWED"
    assert (await graph.of("eli").refused("officeConfirm", grantId=grant))["code"] == "NOT_ALLOWED"
    assert (await graph.of("wes").refused("officeConfirm", grantId=grant))["code"] == "NOT_FOUND"
    assert (await graph.of("eli")(OFFICES))["viewer"]["offices"] == []
    await second_administrator(graph.cast)
    confirmed = await graph.of("wes").done("officeConfirm", GRANT, grantId=grant)
    assert (confirmed["grant"]["state"], confirmed["grant"]["confirmedBy"]) == ("HELD", {"id": graph.person("wes")})
    assert [o["office"] for o in (await graph.of("eli")(OFFICES))["viewer"]["offices"]] == [office]
    assert (await graph.of("wes").refused("officeConfirm", grantId=grant))["code"] == "WRONG_STATE"


async def test_the_receiver_never_confirms(graph: Graph) -> None:
    await second_administrator(graph.cast)
    made = await graph.of("ines").done("officeGrant", GRANT, personId=graph.person("wes"), office="HR")
    assert (await graph.of("wes").refused("officeConfirm", grantId=made["grant"]["id"]))["code"] == "NOT_ALLOWED"


async def test_nobody_grants_to_themself_or_outside_their_unit(graph: Graph) -> None:
    problem = await graph.of("ines").refused("officeGrant", personId=graph.person("ines"), office="STRATEGY")
    assert problem["code"] == "NOT_ALLOWED"
    await second_administrator(graph.cast, "gus", "outreach")
    problem = await graph.of("gus").refused(
        "officeGrant", personId=graph.person("eli"), office="STRATEGY", unitId=graph.unit("clinics")
    )
    assert problem["code"] == "NOT_ALLOWED"
    for who in ("hana", "ada", "di", "cy-all", "ines-reader", "partner"):
        problem = await graph.of(who).refused("officeGrant", personId=graph.person("eli"), office="STRATEGY")
        assert problem["code"] == "NOT_ALLOWED", who
    problem = await graph.of("ines").refused("officeGrant", personId=graph.person("lea"), office="STRATEGY")
    assert problem["code"] == "WRONG_STATE"


async def test_the_last_administrator_stays(graph: Graph) -> None:
    own = await grant_of(graph, "ines", "ADMINISTRATOR")
    assert (await graph.of("ines").refused("officeRevoke", grantId=own))["code"] == "CONFLICT"
    await second_administrator(graph.cast, "lea")  # who has left
    assert (await graph.of("ines").refused("officeRevoke", grantId=own))["code"] == "CONFLICT"
    await second_administrator(graph.cast, "wes")
    await graph.of("wes").done("officeRevoke", grantId=own)
    assert (await graph.of("ines")(OFFICES))["viewer"]["offices"] == []


async def test_who_holds_one_may_give_it_up(graph: Graph) -> None:
    await graph.of("hana").done("officeRevoke", grantId=await grant_of(graph, "hana", "HR"))
    problem = await graph.of("sol").refused("officeRevoke", grantId=await grant_of(graph, "ines", "ADMINISTRATOR"))
    assert problem["code"] == "NOT_FOUND"


async def test_grants_are_seen_by_administrators_of_the_unit_and_by_whom_they_are_for(graph: Graph) -> None:
    async def seen(who: str) -> set[tuple[str, str]]:
        found: dict[str, Any] = (await graph.of(who)(LIST))["officeGrants"]
        assert found["totalCount"] == len(found["nodes"])
        return {(node["person"]["id"], node["office"]) for node in found["nodes"]}

    everyone = {(graph.person(who), office) for who, office in [
        ("ada", "EXECUTIVE"), ("viv", "EXECUTIVE"), ("hana", "HR"), ("sol", "STRATEGY"), ("ines", "ADMINISTRATOR"),
        ("otto", "AUDITOR"), ("gus", "HR"), ("pat", "STRATEGY"),
    ]}  # fmt: skip
    assert await seen("ines") == everyone
    assert await seen("hana") == {(graph.person("hana"), "HR")}
    assert await seen("gus") == {(graph.person("gus"), "HR")}
    for who in ("di", "ines-reader", "cy-all", "partner", "health-partner"):
        assert await seen(who) == set(), who
    one = await grant_of(graph, "hana", "HR")
    node = "query($id: ID!) { node(id: $id) { id } }"
    for who, sees in {"ines": True, "hana": True, "di": False, "otto": False, "ines-reader": False}.items():
        assert ((await graph.of(who)(node, id=one))["node"] is not None) == sees, who
