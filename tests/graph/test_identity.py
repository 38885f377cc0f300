"""Signing in over HTTP: cookies, origins, the rate limit, links, passwords, tokens, and what a stranger may ask."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.middleware import Middleware

from lineofsight.app import SafeHeaders, routes
from lineofsight.graph.http import open_graph
from lineofsight.kernel import clock
from lineofsight.kernel.events import COMMAND_LINE
from lineofsight.kernel.statements import statements
from lineofsight.people import identity, passwords
from lineofsight.people.models import Person, Session, SignInAttempt, SignInLink
from lineofsight.people.setup import root_unit
from lineofsight.settings import settings
from tests.support.databases import TestDatabase

pytestmark = pytest.mark.requirement("P4")

PASSWORD = "correct horse battery"
EMAIL = "Kim@Harbor.example"
SIGN_IN = """mutation($email: String!, $password: String!) {
  sessionSignIn(input: {email: $email, password: $password}) { problems { code message } viewer { name } } }"""
USE_LINK = """mutation($secret: String!, $password: String) {
  sessionUseLink(input: {secret: $secret, password: $password}) { problems { code } viewer { name } } }"""
CHANGE = """mutation($current: String!, $password: String!) {
  passwordChange(input: {current: $current, password: $password}) { problems { code } } }"""


class Browser:
    """A browser, or what pretends to be one: keeps cookies as browsers do."""

    def __init__(self, base: str = "http://localhost", address: str = "127.0.0.1") -> None:
        app = Starlette(routes=routes(), middleware=[Middleware(SafeHeaders)])
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, client=(address, 50_000)), base_url=base
        )

    async def ask(self, query: str, headers: dict[str, str] | None = None, **variables: Any) -> httpx.Response:
        return await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)

    async def sign_in(self, email: str = EMAIL, password: str = PASSWORD) -> list[str]:
        """The codes of its problems."""
        body = (await self.ask(SIGN_IN, email=email, password=password)).json()
        if "errors" in body:
            return [error["extensions"]["code"] for error in body["errors"]]
        return [problem["code"] for problem in body["data"]["sessionSignIn"]["problems"]]

    async def name(self) -> str:
        """Whom the server takes it for."""
        return (await self.ask("{ viewer { name } }")).json()["data"]["viewer"]["name"]  # type: ignore[no-any-return]


CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time: most tests here are about what stands around them."""
    monkeypatch.setattr(passwords, "_hasher", CHEAP)
    monkeypatch.setattr(passwords, "_NOBODY", CHEAP.hash("nobody"))


@pytest.fixture
async def kim(db: TestDatabase, cheap_hashes: None) -> Person:
    """Someone who may sign in."""
    await open_graph()
    person = await Person.create(
        name="Kim", sort_key="kim", email=EMAIL, email_key=identity.email_key(EMAIL), unit_id=(await root_unit()).id
    )
    await identity.set_password(COMMAND_LINE, person, PASSWORD)
    return person


async def test_a_session_opens_and_ends(kim: Person) -> None:
    browser = Browser()
    response = await browser.ask(SIGN_IN, email=" kim@harbor.EXAMPLE ", password=PASSWORD)
    cookie = response.headers["set-cookie"].lower()
    assert cookie.startswith("lineofsight=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie
    assert "domain" not in cookie
    assert await browser.name() == "Kim"
    stolen = browser.http.cookies["lineofsight"]
    await browser.ask("mutation { sessionSignOut { ok } }")
    assert await browser.name() == ""
    browser.http.cookies.set("lineofsight", stolen)
    assert await browser.name() == ""
    assert not await Session.filter(ended_at__isnull=True).exists()


async def test_a_session_that_is_revoked_or_expired_is_a_strangers(kim: Person) -> None:
    browser, other = Browser(), Browser()
    assert await browser.sign_in() == await other.sign_in() == []
    listed = (await browser.ask("{ viewer { sessions { id isCurrent } } }")).json()["data"]["viewer"]["sessions"]
    assert sorted(one["isCurrent"] for one in listed) == [False, True]
    theirs = next(one["id"] for one in listed if not one["isCurrent"])
    revoke = "mutation($id: ID!) { sessionRevoke(input: {sessionId: $id}) { ok problems { code } } }"
    assert (await browser.ask(revoke, id=theirs)).json()["data"]["sessionRevoke"]["ok"]
    assert (await other.name(), await browser.name()) == ("", "Kim")
    with clock.at(clock.now() + timedelta(hours=settings().session_hours, seconds=1)):
        assert await browser.name() == ""


async def test_signing_in_again_ends_the_session_before(kim: Person) -> None:
    browser = Browser()
    await browser.sign_in()
    await browser.sign_in()
    assert await Session.filter(ended_at__isnull=True).count() == 1
    assert await browser.name() == "Kim"


async def test_over_https_the_cookie_is_secure_and_bound_to_the_host(kim: Person) -> None:
    browser = Browser("https://goals.example.gov", "192.0.2.7")
    response = await browser.ask(SIGN_IN, email=EMAIL, password=PASSWORD)
    cookie = response.headers["set-cookie"].lower()
    assert cookie.startswith("__host-lineofsight=")
    assert "; secure" in cookie
    assert "httponly" in cookie
    assert "domain" not in cookie
    assert await browser.name() == "Kim"


async def test_behind_a_proxy_the_public_address_counts(kim: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINEOFSIGHT_PUBLIC_URL", "https://goals.example.gov")
    settings.cache_clear()
    browser = Browser("http://10.0.0.5:8000", "10.0.0.1")
    headers = {"origin": "https://goals.example.gov", "sec-fetch-site": "same-origin"}
    response = await browser.ask(SIGN_IN, headers, email=EMAIL, password=PASSWORD)
    assert response.headers["set-cookie"].startswith("__Host-lineofsight=")
    response = await browser.ask(SIGN_IN, {"origin": "http://10.0.0.5:8000"}, email=EMAIL, password=PASSWORD)
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("http://goals.example.gov", "192.0.2.7"),
        ("http://localhost", "192.0.2.7"),
        ("http://evil.example", "127.0.0.1"),
    ],
)
async def test_no_session_over_plain_http_but_on_this_machine(kim: Person, base: str, address: str) -> None:
    browser = Browser(base, address)
    response = await browser.ask(SIGN_IN, email=EMAIL, password=PASSWORD)
    assert response.json()["errors"][0]["extensions"]["code"] == "INSECURE"
    assert "set-cookie" not in response.headers
    assert not await Session.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:8001"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_other_sites_do_not_act_through_a_browser(kim: Person, headers: dict[str, str]) -> None:
    browser = Browser()
    assert (await browser.ask(SIGN_IN, headers, email=EMAIL, password=PASSWORD)).status_code == 403
    await browser.sign_in()
    for query in ("{ viewer { name } }", "mutation { sessionSignOut { ok } }"):
        response = await browser.ask(query, headers)
        assert (response.status_code, b"Kim" in response.content) == (403, False)
    assert await browser.name() == "Kim"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None]
)
async def test_only_json_is_read(kim: Person, kind: str | None) -> None:
    browser = Browser()
    await browser.sign_in()
    headers = {"content-type": kind} if kind else {}
    response = await browser.http.post(
        "/graphql", content=b'{"query": "mutation { sessionSignOut { ok } }"}', headers=headers
    )
    assert response.status_code == 415
    for method in ("GET", "PUT", "DELETE"):
        response = await browser.http.request(method, "/graphql?query={viewer{name}}")
        assert response.status_code in (404, 405) or b"Kim" not in response.content
    assert await browser.name() == "Kim"


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { types { name } } }",
        '{ __type(name: "Goal") { name } }',
        "{ goals { totalCount } }",
        "{ viewer { name } agency { name } }",
        "{ ...F } fragment F on Query { people { totalCount } }",
        "{ ... { ... { plans { totalCount } } } }",
        "{ viewer: agency { name } }",
        "mutation { sessionSignOut { ok } }",
        'mutation { unitCreate(input: {code: "x", name: "x"}) { problems { code } } }',
    ],
)
async def test_a_stranger_only_signs_in(kim: Person, query: str) -> None:
    response = await Browser().ask(query)
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["UNAUTHENTICATED"]
    assert response.json().get("data") is None


async def test_a_stranger_is_told_no_names_of_the_schema(kim: Person) -> None:
    response = await Browser().ask("{ viewer { nam } }")
    assert "Did you mean" not in response.text


async def test_unknown_and_wrong_are_told_alike(kim: Person) -> None:
    await Person.create(name="No password", sort_key="n", email="n@x.example", email_key="n@x.example")
    await Person.create(
        name="Gone", sort_key="g", email="g@x.example", email_key="g@x.example", ended_on=clock.today()
    )
    await identity.set_password(COMMAND_LINE, await Person.get(name="Gone"), PASSWORD)
    answers = set()
    for email, password in [
        (EMAIL, "wrong password here"), ("nobody@x.example", PASSWORD), ("n@x.example", PASSWORD),
        ("g@x.example", PASSWORD), ("", PASSWORD), (EMAIL, ""), (EMAIL, PASSWORD * 60),
    ]:  # fmt: skip
        response = await Browser().ask(SIGN_IN, email=email, password=password)
        assert "set-cookie" not in response.headers
        answers.add(response.content)
    assert len(answers) == 1
    assert b"SIGN_IN_REFUSED" in answers.pop()


async def test_unknown_takes_as_long_as_wrong(db: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    await open_graph()
    person = await Person.create(name="Kim", sort_key="kim", email=EMAIL, email_key=identity.email_key(EMAIL))
    await identity.set_password(COMMAND_LINE, person, PASSWORD)
    compared: list[str] = []
    verify = passwords._verify

    def noted(stored: str, password: str) -> bool:
        compared.append(stored.rpartition("$")[0].rpartition("$")[0])  # kind and cost of the hash
        return verify(stored, password)

    monkeypatch.setattr(passwords, "_verify", noted)
    asked: dict[str, int] = {}
    for email in (EMAIL, "nobody@x.example"):
        with statements() as made:
            await Browser().sign_in(email, "wrong password here")
        asked[email] = len(made)
    assert compared[0] == compared[1]
    assert compared[0].startswith("$argon2id$v=19$m=65536,t=3")
    assert asked[EMAIL] == asked["nobody@x.example"]


async def test_guessing_is_slowed_down(kim: Person) -> None:
    guesser = Browser()
    for _ in range(identity.OF_EMAIL_FROM_ADDRESS):
        assert await guesser.sign_in(password="wrong password here") == ["SIGN_IN_REFUSED"]
    assert await guesser.sign_in() == ["TOO_MANY_ATTEMPTS"]
    assert await guesser.sign_in("KIM@harbor.example ") == ["TOO_MANY_ATTEMPTS"]
    assert await guesser.sign_in("other@x.example") == ["SIGN_IN_REFUSED"]
    elsewhere = Browser("https://localhost", "192.0.2.9")
    assert await elsewhere.sign_in() == []  # a guesser does not lock Kim out
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert await guesser.sign_in() == []
    kept = [row.subject_hash for row in await SignInAttempt.all()]
    assert all(len(subject) == 64 for subject in kept)


async def test_guesses_side_by_side_count_each_other(kim: Person) -> None:
    answers = await asyncio.gather(*(Browser().sign_in(password=f"wrong password {n}") for n in range(30)))
    refused = sum(answer == ["SIGN_IN_REFUSED"] for answer in answers)
    assert refused <= identity.OF_EMAIL_FROM_ADDRESS
    assert refused + sum(answer == ["TOO_MANY_ATTEMPTS"] for answer in answers) == 30


async def test_one_address_guesses_at_few_accounts(kim: Person) -> None:
    at = clock.now()
    with clock.at(at):
        guesser = Browser()
        answers = [await guesser.sign_in(f"{n}@x.example", "short") for n in range(identity.FROM_ADDRESS + 1)]
        assert answers[-1] == ["TOO_MANY_ATTEMPTS"]
        assert answers[:-1] == [["SIGN_IN_REFUSED"]] * identity.FROM_ADDRESS


async def test_a_link_opens_one_session(kim: Person) -> None:
    spare, secret = [await identity.make_link(COMMAND_LINE, kim) for _ in range(2)]
    assert not await SignInLink.filter(secret_hash=secret).exists()
    old = Browser()
    await old.sign_in()
    browser = Browser()
    body = (await browser.ask(USE_LINK, secret=secret, password="short")).json()
    assert body["data"]["sessionUseLink"]["problems"] == [{"code": "INVALID_FIELD"}]
    new = "a new password"
    answers = await asyncio.gather(*(Browser().ask(USE_LINK, secret=secret, password=new) for _ in range(5)))
    problems = [answer.json()["data"]["sessionUseLink"]["problems"] for answer in answers]
    assert sorted(map(str, problems)) == ["[]"] + ["[{'code': 'SIGN_IN_REFUSED'}]"] * 4
    assert await old.name() == ""
    body = (await browser.ask(USE_LINK, secret=spare)).json()  # a password was set: other links are void
    assert body["data"]["sessionUseLink"]["problems"] == [{"code": "SIGN_IN_REFUSED"}]
    assert await browser.sign_in(password="a new password") == []


async def test_an_old_link_or_one_of_who_left_opens_nothing(kim: Person) -> None:
    secret = await identity.make_link(COMMAND_LINE, kim)
    with clock.at(clock.now() + timedelta(hours=settings().sign_in_link_hours, seconds=1)):
        assert "SIGN_IN_REFUSED" in (await Browser().ask(USE_LINK, secret=secret)).text
    await Person.filter(id=kim.id).update(ended_on=clock.today())
    assert "SIGN_IN_REFUSED" in (await Browser().ask(USE_LINK, secret=secret)).text


async def test_a_new_password_ends_all_sessions_but_a_new_one(kim: Person) -> None:
    browser, other = Browser(), Browser()
    await browser.sign_in()
    await other.sign_in()
    link = await identity.make_link(COMMAND_LINE, kim)
    body = (await browser.ask(CHANGE, current="not this one", password="quite another one")).json()
    assert body["data"]["passwordChange"]["problems"] == [{"code": "INVALID_FIELD"}]
    body = (await browser.ask(CHANGE, current=PASSWORD, password="quite another one")).json()
    assert body["data"]["passwordChange"]["problems"] == []
    assert (await browser.name(), await other.name()) == ("Kim", "")
    assert "SIGN_IN_REFUSED" in (await Browser().ask(USE_LINK, secret=link)).text
    assert await other.sign_in() == ["SIGN_IN_REFUSED"]
    assert await other.sign_in(password="quite another one") == []


async def test_the_password_in_force_is_not_guessed_from_a_stolen_session(kim: Person) -> None:
    browser = Browser()
    await browser.sign_in()
    codes = [
        (await browser.ask(CHANGE, current=f"guess {n}", password="quite another one")).json()["data"][
            "passwordChange"
        ]["problems"][0]["code"]
        for n in range(identity.OF_EMAIL_FROM_ADDRESS + 1)
    ]
    assert codes[-2:] == ["INVALID_FIELD", "TOO_MANY_ATTEMPTS"]


async def test_tokens_are_scoped_end_and_make_no_tokens(kim: Person) -> None:
    browser = Browser()
    await browser.sign_in()
    create = """mutation($scopes: [String!]!, $days: Int) {
      tokenCreate(input: {name: "script", scopes: $scopes, days: $days}) { token problems { code } } }"""
    assert "INVALID_FIELD" in (await browser.ask(create, scopes=["write:everything"], days=9)).text
    assert "INVALID_FIELD" in (await browser.ask(create, scopes=[], days=367)).text
    token = (await browser.ask(create, scopes=["read:notes"], days=9)).json()["data"]["tokenCreate"]["token"]
    bearer = {"authorization": f"Bearer {token}"}
    script = Browser("http://api.example.gov", "192.0.2.7")  # a token needs no cookie, nor this machine
    who = (await script.ask("{ viewer { scopes tokens { id } sessions { id } } }", bearer)).json()["data"]["viewer"]
    assert who == {"scopes": ["read", "read:notes"], "tokens": [], "sessions": []}
    for query in (
        'mutation { tokenCreate(input: {name: "x", scopes: []}) { problems { code } token } }',
        'mutation { passwordChange(input: {current: "x", password: "long enough too"}) { problems { code } } }',
    ):
        assert "NOT_ALLOWED" in (await script.ask(query, bearer)).text
    listed = (await browser.ask("{ viewer { tokens { id name scopes } } }")).json()["data"]["viewer"]["tokens"]
    assert [(one["name"], one["scopes"]) for one in listed] == [("script", ["read", "read:notes"])]
    with clock.at(clock.now() + timedelta(days=9, seconds=1)):
        assert (await script.ask("{ viewer { name } }", bearer)).status_code == 401
    revoke = "mutation($id: ID!) { tokenRevoke(input: {tokenId: $id}) { ok } }"
    assert (await browser.ask(revoke, id=listed[0]["id"])).json()["data"]["tokenRevoke"]["ok"]
    response = await script.ask("{ viewer { name } }", bearer)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("text", ['"\\u0000"', '"a\\u{0}b"'])
async def test_the_character_no_database_takes_is_refused(kim: Person, text: str) -> None:
    query = f'mutation {{ sessionSignIn(input: {{email: {text}, password: "x"}}) {{ problems {{ code }} }} }}'
    assert (await Browser().ask(query)).status_code == 400
    assert (await Browser().ask(SIGN_IN, email="a\x00b", password="x")).status_code == 400
