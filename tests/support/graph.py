"""Asks the server as a member of the cast: over HTTP as a browser or a script would, in this process.

``graph`` answers ``graph.of("di")``, which is called with a query and variables::

    data = await graph.of("cy")("query($id: ID!) { goal(id: $id) { title } }", id=graph.id("Goal", key))

The clock stands on the day of the story during each request (``graph.day``).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import httpx
import orjson
from starlette.applications import Starlette
from starlette.middleware import Middleware

from lineofsight.app import SafeHeaders, routes
from lineofsight.graph.http import open_graph
from lineofsight.kernel import clock
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.statements import statements
from tests.cast import MEMBERS, TODAY, Cast, Member, load


@dataclass(frozen=True)
class Answer:
    """An answer as it came: ``raw`` is every byte of its body; ``statements``: what it asked of the database."""

    status: int
    raw: bytes
    headers: httpx.Headers
    statements: list[str]

    @property
    def body(self) -> dict[str, Any]:
        """The body, parsed."""
        return orjson.loads(self.raw)  # type: ignore[no-any-return]

    @property
    def data(self) -> dict[str, Any]:
        """The data of an answer without errors."""
        assert not self.body.get("errors"), self.body["errors"]
        return self.body["data"]  # type: ignore[no-any-return]

    @property
    def codes(self) -> list[str]:
        """The codes of its errors."""
        return [error["extensions"]["code"] for error in self.body.get("errors", ())]

    @property
    def redactions(self) -> list[dict[str, Any]]:
        """What its extensions say was hidden."""
        return self.body.get("extensions", {}).get("redactions", [])  # type: ignore[no-any-return]


@dataclass
class Asker:
    """A member of the cast at the door."""

    graph: "Graph"
    member: Member
    headers: dict[str, str] = field(default_factory=dict)

    async def ask(self, query: str, /, **variables: Any) -> Answer:
        """The answer to an operation, whatever it is."""
        return await self.send({"query": query, "variables": variables})

    async def send(self, body: Any) -> Answer:
        """The answer to a request with that body."""
        headers, member = dict(self.headers), self.member
        if member.scopes is not None:
            headers["authorization"] = f"Bearer {member.secret}"
        elif member.person is not None:
            headers["cookie"] = f"lineofsight={member.secret}"
        with clock.at(self.graph.day), statements() as asked:
            response = await self.graph.http.post("/graphql", json=body, headers=headers)
        return Answer(response.status_code, response.content, response.headers, asked)

    async def __call__(self, query: str, /, **variables: Any) -> dict[str, Any]:
        """The data of an operation that must have no errors."""
        return (await self.ask(query, **variables)).data

    async def do(self, mutation: str, /, select: str = "", **given: Any) -> dict[str, Any]:
        """The payload of a mutation ``mutation``, with its problems; ``given``: its input."""
        kind = self.graph.inputs[mutation]
        query = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {PROBLEMS} {select} }} }}"
        answer = await self(query, input=given)
        return answer[mutation]  # type: ignore[no-any-return]

    async def done(self, mutation: str, /, select: str = "__typename", **given: Any) -> dict[str, Any]:
        """The payload of a mutation that must succeed."""
        payload = await self.do(mutation, select, **given)
        assert payload["problems"] == [], payload["problems"]
        return payload

    async def refused(self, mutation: str, /, **given: Any) -> dict[str, Any]:
        """The one problem of a mutation that must not succeed."""
        payload = await self.do(mutation, **given)
        assert len(payload["problems"]) == 1, f"{mutation} went through"
        return payload["problems"][0]  # type: ignore[no-any-return]


PROBLEMS = "problems { __typename code message path }"


@dataclass
class Graph:
    """The server over the connected database, and the keys of the cast. ``memory``: for whoever asks it much."""

    http: httpx.AsyncClient
    cast: Cast
    day: date | datetime = TODAY
    inputs: dict[str, str] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)

    def of(self, name: str, **headers: str) -> Asker:
        """A member of the cast by name."""
        return Asker(self, MEMBERS[name], headers)

    def goal(self, key: str) -> str:
        """Global id of a goal of the cast."""
        return global_id("Goal", self.cast.goals[key])

    def person(self, key: str) -> str:
        """Global id of a person of the cast."""
        return global_id("Person", self.cast.people[key])

    def unit(self, key: str) -> str:
        """Global id of a unit of the cast."""
        return global_id("OrgUnit", self.cast.units[key])

    def metric(self, goal: str) -> str:
        """Global id of the first metric of a goal of the cast."""
        return global_id("Metric", self.cast.metrics[goal])

    def milestone(self, goal: str) -> str:
        """Global id of the milestone of a goal of the cast."""
        return global_id("Milestone", self.cast.milestones[goal])


@asynccontextmanager
async def serving() -> AsyncIterator[httpx.AsyncClient]:
    """The server's own routes and middleware over the connected database."""
    await open_graph()
    app = Starlette(routes=routes(), middleware=[Middleware(SafeHeaders)])
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield http


def input_types() -> dict[str, str]:
    """The input type of each mutation, as the schema has it."""
    from lineofsight.graph.schema import schema

    mutation = schema._schema.mutation_type
    assert mutation is not None
    return {
        name: str(one.args["input"].type).rstrip("!") for name, one in mutation.fields.items() if "input" in one.args
    }


@asynccontextmanager
async def asking() -> AsyncIterator[Graph]:
    """A graph to ask, over the connected database of the cast."""
    async with serving() as http:
        yield Graph(http, await load(), inputs=input_types())
