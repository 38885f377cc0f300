"""Who may ask at all: sessions, tokens, strangers."""

import pytest

from tests.support.graph import Graph

WHO = "{ viewer { kind name scopes person { id } } }"


@pytest.mark.requirement("P3")
async def test_each_member_is_known(graph: Graph) -> None:
    asked = {name: (await graph.of(name)(WHO))["viewer"] for name in ("di", "di-notes", "partner", "stranger", "lea")}
    assert asked["di"] == {
        "kind": "PERSON",
        "name": "Di Castellanos",
        "scopes": None,
        "person": {"id": graph.person("di")},
    }
    assert asked["di-notes"]["scopes"] == ["read", "read:notes"]
    assert (asked["partner"]["kind"], asked["partner"]["person"]) == ("CLIENT", None)
    assert asked["stranger"] == asked["lea"] == {"kind": "ANONYMOUS", "name": "", "scopes": None, "person": None}


async def test_a_text_that_no_database_keeps_is_refused(graph: Graph) -> None:
    query = "query($t: String) { goals(filter: {text: $t}) { totalCount } }"
    for text, asked in (
        ("a\x00b", query),
        (None, '{ goals(filter: {text: "a\\u0000"}) { totalCount } }'),
        (None, '{ goals(filter: {text: "\\u{0}"}) { totalCount } }'),
    ):
        answer = await graph.of("di").ask(asked, t=text)
        assert (answer.status, answer.codes) == (400, ["BAD_REQUEST"])


async def test_a_document_that_does_not_say_what_to_run_is_refused(graph: Graph) -> None:
    two = "query one { viewer { kind } } mutation two { sessionSignOut { ok } }"
    for document, name in (
        (two, None),
        (two, ""),
        (two, "three"),
        ("{ viewer { kind } }", "one"),
        ("fragment part on Viewer { kind }", None),
    ):
        for member in ("di", "stranger"):
            answer = await graph.of(member).send({"query": document, "operationName": name})
            refused = "UNAUTHENTICATED" if member == "stranger" and document == two else "GRAPHQL_VALIDATION_FAILED"
            assert (answer.status, answer.codes) == (200, [refused]), (member, document, name)
    answer = await graph.of("di").send({"query": "{ viewer { kind } }", "operationName": ""})
    assert answer.codes == []


async def test_only_post_is_answered(graph: Graph) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"):
        answer = await graph.http.request(method, "/graphql")
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST"), method
