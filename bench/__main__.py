"""`make bench`: what the graph costs over hand-written SQL, on a demo agency, on both databases.

Each question is asked of the graph (whole request: session, rights, execution, JSON) and answered by one hand-written
statement turned into JSON without rights, in turns, in one run. Printed: both medians and their ratio. Ratios travel
between machines; milliseconds do not.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import orjson

from bench.questions import QUESTIONS, Question
from lineofsight.app import create_app
from lineofsight.demo.seed import seed
from lineofsight.kernel.database import database, fetch
from lineofsight.kernel.migrate import migrate
from lineofsight.kernel.sql import Sql
from lineofsight.people.setup import agency_setting, open_installation

WARM_UP = 3


def _quiet(*_: object, **__: object) -> None:
    """Takes progress and says nothing."""


async def _create(url: str, name: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"create database {name}")
    finally:
        await connection.close()


async def _seeded(url: str, people: int) -> None:
    await migrate(url, _quiet)
    async with database(url, statement_timeout=0):
        await open_installation()
        await seed(people=people, seed=1, progress=_quiet)


@asynccontextmanager
async def _client(url: str) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(url)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


async def _median(
    ask: Callable[[], Awaitable[object]], other: Callable[[], Awaitable[object]], rounds: int
) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + WARM_UP):
        for measured, run in zip(times, (ask, other), strict=True):
            began = time.perf_counter()
            await run()
            if turn >= WARM_UP:
                measured.append(time.perf_counter() - began)
    return statistics.median(times[0]), statistics.median(times[1])


async def _ask(client: httpx.AsyncClient, question: Question, variables: dict[str, object]) -> bytes:
    answer = await client.post("/graphql", json={"query": question.graph, "variables": variables})
    body = orjson.loads(answer.content)
    if answer.status_code != 200 or "errors" in body:
        raise SystemExit(f"{question.name}: {answer.text[:300]}")
    return answer.content


async def _measure(url: str, rounds: int) -> None:
    async with _client(url) as client:
        demo = await agency_setting("demo")
        assert isinstance(demo, dict)
        executive = next(p["email"] for p in demo["people"] if p["role"] == "executive")
        sign_in = "mutation($e:String!,$p:String!){sessionSignIn(input:{email:$e,password:$p}){viewer{kind}}}"
        await client.post("/graphql", json={"query": sign_in, "variables": {"e": executive, "p": demo["password"]}})
        top = await client.post(
            "/graphql", json={"query": "{goals(first:1,filter:{level:[STRATEGIC_GOAL],status:[ACTIVE]}){nodes{id}}}"}
        )
        variables = {"top": orjson.loads(top.content)["data"]["goals"]["nodes"][0]["id"]}
        key = (await fetch(Sql(
            "select id from goal where level = 'STRATEGIC_GOAL' and status = 'ACTIVE' order by sort_key, id limit 1"
        )))[0]["id"]  # fmt: skip
        for question in QUESTIONS:

            async def by_hand(statement: str = question.sql) -> bytes:
                rows = await fetch(Sql(statement, *([key] * statement.count("?"))))
                return orjson.dumps(rows, default=str)

            async def by_graph(question: Question = question) -> bytes:
                return await _ask(client, question, variables)

            graph, hand = await _median(by_graph, by_hand, rounds)
            size = len(await by_graph())
            print(f"  {question.name:<34} graph {graph * 1000:8.1f} ms   SQL by hand {hand * 1000:8.1f} ms"
                  f"   ratio {graph / hand:6.1f}   {size:>9,} bytes", flush=True)  # fmt: skip


def main() -> None:
    """Seeds an agency on each database and measures."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--people", type=int, default=400, help="size of the agency (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=30, help="measured rounds of each question (default %(default)s)")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    given = parser.parse_args()
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        urls = {}
        if given.database != "postgres":
            urls["SQLite"] = f"sqlite://{folder}/bench.db"
        if given.database != "sqlite":
            from tests.support.postgres import PostgresServer

            server = running.enter_context(PostgresServer())
            asyncio.run(_create(server.url("postgres"), "bench"))
            urls["PostgreSQL"] = server.url("bench")
        for name, url in urls.items():
            print(f"{name}, {given.people:,} people", flush=True)
            asyncio.run(_seeded(url, given.people))
            asyncio.run(_measure(url, given.rounds))


if __name__ == "__main__":
    main()
