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
