"""People come, move, leave and return; HR of their unit records it."""

from datetime import timedelta

import pytest

from lineofsight.kernel import clock
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.models import Event
from lineofsight.people import lines
from lineofsight.people.models import Holding, OfficeHolding, Person, Session, Token
from tests.cast import TODAY
from tests.support.graph import Graph

pytestmark = pytest.mark.requirement("C4.5")

PERSON = """person { id name email jobTitle version startedOn endedOn unit { id } position { id } manager { id }
  viewerCan { edit } }"""


async def edited(graph: Graph, who: str, key: str, **changes: object) -> dict[str, object]:
    version = (await Person.get(id=graph.cast.people[key])).version
    payload = await graph.of(who).do(
        "personEdit", PERSON, personId=graph.person(key), version=version, changes=changes
    )
    return payload["problems"][0] if payload["problems"] else payload["person"]


async def test_hr_adds_someone_to_a_vacant_position(graph: Graph) -> None:
    place = global_id("Position", graph.cast.positions["nurse-lea"])
    made = await graph.of("hana").done(
        "personCreate", PERSON, name="Noor  Haddad", email="Noor@Harbor.example", jobTitle="Nurse", positionId=place,
        startedOn="2026-03-01",
    )  # fmt: skip
    assert made["person"] | {"id": ""} == {
        "id": "", "name": "Noor Haddad", "email": "Noor@Harbor.example", "jobTitle": "Nurse", "version": 1,
        "startedOn": "2026-03-01", "endedOn": None, "unit": {"id": graph.unit("clinics")}, "position": {"id": place},
        "manager": {"id": graph.person("cy")}, "viewerCan": {"edit": True},
    }  # fmt: skip
    problem = await graph.of("hana").refused(
        "personCreate", name="Other", email=" noor@HARBOR.example", unitId=graph.unit("health")
    )
    assert (problem["code"], problem["path"]) == ("CONFLICT", ["email"])
    assert "Noor" not in problem["message"]
    groups = await Event.filter(kind__in=["Person", "Holding"]).order_by("-id").limit(2).values_list("group_id", "verb")
    assert {verb for _, verb in groups} == {"person.create", "holding.begin"}
    assert len({group for group, _ in groups}) == 1
    with clock.at(TODAY):
        assert await lines.verify() == []


@pytest.mark.parametrize("who", ["ines", "bo", "di", "gus", "cy-all", "partner", "sol"])
async def test_nobody_else_edits_people(graph: Graph, who: str) -> None:
    assert (await edited(graph, who, "eli", name="X"))["code"] == "NOT_ALLOWED"
    problem = await graph.of(who).refused("personCreate", name="X", unitId=graph.unit("clinics"))
    assert problem["code"] == "NOT_ALLOWED"


async def test_hr_edits_neither_itself_nor_others_units(graph: Graph) -> None:
    for key in ("hana", "mia", "ada"):
        assert (await edited(graph, "hana", key, name="X"))["code"] == "NOT_ALLOWED", key
    place = global_id("Position", graph.cast.positions["roads-manager"])
    assert (await edited(graph, "hana", "eli", positionId=place))["code"] == "NOT_ALLOWED"


async def test_a_hidden_person_is_an_absent_one(graph: Graph) -> None:
    problem = await graph.of("health-partner").refused(
        "personEdit", personId=graph.person("mia"), version=-1, changes={"name": ""}
    )
    assert problem["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"name": "  "}, ["changes", "name"]),
        ({"email": "no address"}, ["changes", "email"]),
        ({"endedOn": "2026-03-17"}, ["changes", "endedOn"]),
        ({"startedOn": "2026-03-10", "endedOn": "2026-03-09"}, ["changes", "endedOn"]),
    ],
)
async def test_what_cannot_be_is_refused(graph: Graph, changes: dict[str, str], path: list[str]) -> None:
    problem = await edited(graph, "hana", "eli", **changes)
    assert (problem["code"], problem["path"]) == ("INVALID_FIELD", path)


async def test_leaving_ends_everything_but_the_goals(graph: Graph) -> None:
    goal = graph.goal("di-chain-active")
    seen = "query($id: ID!) { goal(id: $id) { id owner { id } } }"
    assert (await graph.of("cy")(seen, id=goal))["goal"] is not None
    left = await edited(graph, "hana", "di", endedOn=str(TODAY))
    assert left["endedOn"] == str(TODAY)
    di = graph.cast.people["di"]
    assert not await Session.filter(person_id=di, ended_at__isnull=True).exists()
    assert not await Token.filter(person_id=di, ended_at__isnull=True).exists()
    assert not await Holding.filter(person_id=di, valid_to__isnull=True).exists()
    assert (await graph.of("di")("{ viewer { kind } }"))["viewer"]["kind"] == "ANONYMOUS"
    answer = await graph.of("di-notes").ask("{ viewer { kind } }")
    assert answer.codes == ["UNAUTHENTICATED"]
    assert (await graph.of("cy")(seen, id=goal))["goal"] == {"id": goal, "owner": {"id": graph.person("di")}}
    assert (await graph.of("gus")(seen, id=goal))["goal"] is None
    names = await graph.of("cy")("{ people(first: 100) { nodes { id } } }")
    assert graph.person("di") not in {node["id"] for node in names["people"]["nodes"]}
    back = await edited(graph, "hana", "di", endedOn=None)
    assert (back["endedOn"], back["position"]) == (None, None)
    with clock.at(TODAY):
        assert await lines.verify() == []


async def test_leaving_ends_offices_but_never_the_last_administrators(graph: Graph) -> None:
    await OfficeHolding.filter(person_id=graph.cast.people["hana"]).update(unit_id=graph.cast.units["agency"])
    await lines.rights_changed()
    problem = await edited(graph, "hana", "ines", endedOn=str(TODAY))
    assert problem["code"] == "CONFLICT"
    assert (await edited(graph, "hana", "sol", endedOn=str(TODAY - timedelta(days=3))))["endedOn"] == "2026-03-13"
    grant = await OfficeHolding.get(person_id=graph.cast.people["sol"])
    assert (grant.state, grant.valid_to) == ("ENDED", TODAY)


async def test_the_first_day_is_for_the_person_and_hr(graph: Graph) -> None:
    await edited(graph, "hana", "eli", startedOn="2024-05-06")
    query = "query($id: ID!) { person(id: $id) { startedOn } }"
    answers = {
        who: (await graph.of(who).ask(query, id=graph.person("eli"))) for who in ("eli", "hana", "cy", "ines", "di")
    }
    assert {who for who, a in answers.items() if a.data["person"]["startedOn"] == "2024-05-06"} == {"eli", "hana"}
    assert answers["cy"].redactions == [{"path": "person.startedOn", "rule": "person.readEmployment", "count": 1}]
