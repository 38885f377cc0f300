"""Signing in and out over HTTP: cookies, limits, links, and what a stranger can learn."""

from datetime import datetime, timedelta

import httpx
import pytest

from lineofsight.kernel import clock
from lineofsight.kernel.events import COMMAND_LINE
from lineofsight.people.identity import make_link, set_password
from lineofsight.people.models import Person
from tests.cast import PEOPLE
from tests.support.graph import Graph

PASSWORD = "correct horse battery"
EMAIL = next(person.email for person in PEOPLE if person.key == "di")
ANSWER = "{ viewer { kind name } problems { code message } }"
SIGN_IN = f"mutation($input: SessionSignInInput!) {{ sessionSignIn(input: $input) {ANSWER} }}"
USE_LINK = f"mutation($input: SessionUseLinkInput!) {{ sessionUseLink(input: $input) {ANSWER} }}"
WHO = "{ viewer { name } }"

pytestmark = pytest.mark.requirement("P4")


@pytest.fixture
async def graph_with_password(graph: Graph) -> Graph:
    """The graph, with a password for Di."""
    with clock.at(graph.day):
        await set_password(COMMAND_LINE, await Person.get(id=graph.cast.people["di"]), PASSWORD)
    return graph


async def post(graph: Graph, query: str, given: object = None, **headers: str) -> httpx.Response:
    """A browser's request, with the cookies it was given before."""
    with clock.at(graph.day):
        return await graph.http.post(
            "/graphql", json={"query": query, "variables": {"input": given} if given else {}}, headers=headers
        )


async def sign_in(graph: Graph, email: str = EMAIL, password: str = PASSWORD) -> httpx.Response:
    return await post(graph, SIGN_IN, {"email": email, "password": password})


async def who(graph: Graph, **headers: str) -> str:
    return str((await post(graph, WHO, **headers)).json()["data"]["viewer"]["name"])


async def test_a_session_lasts_from_sign_in_to_sign_out(graph_with_password: Graph) -> None:
    graph = graph_with_password
    answer = await sign_in(graph, EMAIL.upper())
    assert answer.json()["data"]["sessionSignIn"]["problems"] == []
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert await who(graph) == "Di Castellanos"
    kept = dict(graph.http.cookies)
    await post(graph, "mutation { sessionSignOut { ok } }")
    assert await who(graph) == ""
    graph.http.cookies.update(kept)
    assert await who(graph) == "", "a copied cookie outlives the session"


async def test_a_session_ends_by_itself(graph_with_password: Graph) -> None:
    graph = graph_with_password
    await sign_in(graph)
    day = graph.day
    graph.day = datetime(day.year, day.month, day.day) + timedelta(hours=40)
    assert await who(graph) == ""


async def test_nobody_learns_whose_e_mail_is_known(graph_with_password: Graph) -> None:
    wrong = await sign_in(graph_with_password, password="wrong horse battery")
    unknown = await sign_in(graph_with_password, email="nobody@harbor.example")
    assert wrong.content == unknown.content
    assert wrong.status_code == unknown.status_code
    assert "set-cookie" not in wrong.headers


async def test_guessing_is_stopped_even_for_the_right_password(graph_with_password: Graph) -> None:
    for _ in range(10):
        await sign_in(graph_with_password, password="a guess")
    problem = (await sign_in(graph_with_password)).json()["data"]["sessionSignIn"]["problems"][0]
    assert "Too many" in problem["message"]


async def test_another_site_cannot_use_the_cookie(graph_with_password: Graph) -> None:
    graph = graph_with_password
    await sign_in(graph)
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = await post(graph, WHO, **headers)
        assert answer.status_code == 403
    form = await graph.http.post("/graphql", data={"query": WHO})
    assert form.status_code == 415


async def test_a_link_opens_one_session_and_sets_the_password(graph: Graph) -> None:
    with clock.at(graph.day):
        secret = await make_link(COMMAND_LINE, await Person.get(id=graph.cast.people["di"]))
    used = await post(graph, USE_LINK, {"secret": secret, "password": PASSWORD})
    assert used.json()["data"]["sessionUseLink"]["viewer"]["name"] == "Di Castellanos"
    graph.http.cookies.clear()
    again = await post(graph, USE_LINK, {"secret": secret, "password": "another password"})
    assert again.json()["data"]["sessionUseLink"]["viewer"] is None
    assert (await sign_in(graph)).json()["data"]["sessionSignIn"]["problems"] == []
