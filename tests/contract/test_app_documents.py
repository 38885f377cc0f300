"""Every GraphQL document of the app, as its compiler writes it: valid, and answered to everyone without an error."""

import re
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from graphql import parse, validate

from lineofsight.graph.schema import schema
from tests.cast import MEMBERS
from tests.graph.oracle import SIGHTS, leaked
from tests.support.databases import Dialect
from tests.support.graph import Graph

ARTEFACTS = Path(__file__).parents[2] / "frontend/src/__generated__"
TEXT = re.compile(r'^ *"text": ("(?:[^"\\]|\\.)*")', re.MULTILINE)
ROW = re.compile(r"\$(\w+): ID!")
FLAG = re.compile(r"\$(\w+): Boolean!")
NAME = re.compile(r"^(query|mutation) (\w+)")


def documents() -> dict[str, str]:
    """Text of each operation, by name; empty before the app is built."""
    found = {}
    for path in sorted(ARTEFACTS.glob("*.graphql.ts")):
        written = TEXT.search(path.read_text(encoding="utf-8"))
        if written:
            text: str = orjson.loads(written.group(1))
            named = NAME.match(text)
            assert named, path
            found[named.group(2)] = text
    return found


DOCUMENTS = documents()
QUERIES = {name: text for name, text in DOCUMENTS.items() if text.startswith("query")}
ASKING = [name for name, member in MEMBERS.items() if member.person and member.scopes is None]
ASKING += ["partner", "health-partner"]
ON_POSTGRES = ["cy", "pat", "health-partner"]  # the same statements; who may see what is shown in tests/graph
MOST_STATEMENTS = 32
"""What a page may ask of the database; it must not grow with what the database holds."""

TELLING = ("mission-goal", "quiet-bo", "below-two", "by-otto-draft", "di-agency-active")

built = pytest.mark.skipif(not DOCUMENTS, reason="the app's documents are made when it is built: make setup")


def given(name: str, graph: Graph) -> list[dict[str, object]]:
    """Variables for an operation: those of each kind of row its page may be about."""
    if name in ("PersonPageQuery", "GoalTableNextQuery"):
        return [{"id": graph.person(key)} for key in ("bo", "di")]
    if name == "UnitPageQuery":
        return [{"id": graph.unit(key)} for key in ("agency", "health")]
    if name == "MyGoalsPageQuery":
        everything: dict[str, object] = {"filter": {"status": ["ACTIVE", "DRAFT"], "text": "a"}}
        return [everything | {"orderBy": {"field": field}} for field in ("TITLE", "DUE_DATE", "PROGRESS", "HEALTH")]
    if name == "GoalPickerQuery":
        return [{"filter": {"text": "a", "status": ["ACTIVE"]}}, {"filter": {"level": ["UNIT"]}}]
    if name == "NewGoalPageQuery":
        return [{"serves": "", "hasServes": False}, {"serves": next(goals(graph)), "hasServes": True}]
    about = ROW.findall(QUERIES[name])
    flags = dict.fromkeys(FLAG.findall(QUERIES[name]), True)
    return [dict.fromkeys(about, goal) | flags for goal in goals(graph)] if about else [flags]


def goals(graph: Graph) -> Iterator[str]:
    """Global ids of goals of each kind of trouble: at the top, hidden, below hidden ones, a draft, one much linked."""
    return (graph.goal(key) for key in TELLING)


@built
@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_valid(name: str) -> None:
    assert validate(schema._schema, parse(DOCUMENTS[name])) == []


@built
@pytest.mark.requirement("P1")
@pytest.mark.parametrize("name", QUERIES)
async def test_everyone_gets_an_answer(name: str, graph: Graph, dialect: Dialect) -> None:
    for turn, member in enumerate(ASKING if dialect == "sqlite" else ON_POSTGRES):
        choices = given(name, graph)
        await graph.of(member).ask("{ viewer { kind } }")  # so that the facts of the viewer are kept
        for variables in choices if turn < 3 else [choices[turn % len(choices)]]:
            answer = await graph.of(member).ask(QUERIES[name], **variables)
            assert answer.status == 200, (member, variables, answer.raw)
            if answer.codes != ["UNAUTHENTICATED"]:  # who has left, or holds no position any more
                assert answer.codes == [], (member, variables, answer.body["errors"])
                assert leaked(SIGHTS[member], answer.raw) == [], (member, variables)
                assert len(answer.statements) <= MOST_STATEMENTS, (member, variables)
