"""The matrix relation by field: each member of the cast asks for every field of every row, on every path.

The documents are made from the schema (selections.py), what may be answered from the story alone (oracle.py, truth.py).
In every answer: no planted marker the member may not see, no row that is hidden from them, no row missing that is not,
and every field says what it must, or null where its rule is closed.
"""

import inspect
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import pytest

from lineofsight.kernel.ids import global_id
from lineofsight.settings import settings
from tests.cast import GOAL, GOALS, LINKS, MEMBERS, PEOPLE, UNITS, mark, outside_key
from tests.graph import selections as s
from tests.graph.oracle import SIGHTS, leaked, unit_of
from tests.graph.truth import Truth, primary
from tests.support.databases import Dialect
from tests.support.graph import Answer, Graph

T = TypeVar("T")

pytestmark = [pytest.mark.requirement("C4.5"), pytest.mark.requirement("P1")]

ASKING = [name for name in MEMBERS if name not in ("stranger", "lea", "di-writer", "partner-reader", "ines-reader")]
ON_POSTGRES = ["bo", "di-reader", "pat", "sol", "health-partner"]
"""There the same statements run; a few members show it, and tests/kernel/test_rules.py all rules."""
CLOSELY = [g.key for g in GOALS if g.number <= 11 or (g.key.endswith("-active") and not g.key.startswith("lea"))]
"""The goals whose neighbours are asked for too."""


def members(dialect: Dialect) -> list[str]:
    """Who asks on a kind of database."""
    return ASKING if dialect == "sqlite" else ON_POSTGRES


def share(name: str, items: Sequence[T], of: int) -> list[T]:
    """A part of the items, another one for each member: together they ask for all, many times."""
    turn = ASKING.index(name) + ON_POSTGRES.index(name) if name in ON_POSTGRES else ASKING.index(name)
    return [item for n, item in enumerate(items) if n % of == turn % of]


def check(graph: Graph, name: str, answer: Answer, *, directory: bool = True) -> Truth:
    """What must hold for every answer to a member."""
    truth = _truth(graph, name, directory=directory)
    assert answer.codes == [], (name, answer.body["errors"][:3])
    assert leaked(truth.sight, answer.raw, directory=directory) == [], name
    for path, found in s.objects(answer.body["data"]):
        check_object(truth, f"{name}: {path}", found)
    return truth


def _truth(graph: Graph, name: str, *, directory: bool = True) -> Truth:
    """The cast as a member sees it, made once a test."""
    made = graph.memory
    if (name, directory) not in made:
        made[name, directory] = Truth(graph.cast, SIGHTS[name], directory)
    return made[name, directory]  # type: ignore[no-any-return]


def check_object(truth: Truth, where: str, found: dict[str, Any]) -> None:
    """A row of an answer is one the member sees, and its fields say what they must."""
    kind = found.get("__typename")
    key = found.get(f"{kind}__id", found.get("id"))
    if key is None:
        if kind == "HiddenGoal":
            assert set(found) == {"__typename", "HiddenGoal__level"}, where
        return
    assert truth.rows.get(key, True), f"{where}: {key} is hidden"
    for name, value in truth.fields.get(key, {}).items():
        if f"{kind}__{name}" in found:
            told = found[f"{kind}__{name}"]
            if name == "externalIds":
                told = [{"system": one["ExternalId__system"], "key": one["ExternalId__key"]} for one in told]
            assert told == value, f"{where}: {kind}.{name}"


def flat(kind: str) -> str:
    """Every leaf of a type."""
    return f"...{kind}Flat"


NODES_BARE = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
NODES_FLAT = s.document(f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ {s.everywhere(flat)} }} }}")
NODES_DEEP = s.document(f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ {s.everywhere(s.deep)} }} }}")


def batches(ids: list[str], size: int = 100) -> Iterator[list[str]]:
    """At most a hundred ids at a time."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


async def test_every_row_by_its_id(graph: Graph, dialect: Dialect) -> None:
    for name in members(dialect):
        rows = list(_truth(graph, name).rows)
        for query, asked in ((NODES_BARE, rows), (NODES_FLAT, share(name, rows, of=4))):
            for ids in batches(asked):
                answer = await graph.of(name).ask(query, ids=ids)
                truth = check(graph, name, answer)
                for key, found in zip(ids, answer.data["nodes"], strict=True):
                    assert (found is not None) == truth.rows[key], f"{name}: {key}"


async def test_every_kind_of_row_by_node_and_typed_root(graph: Graph, dialect: Dialect) -> None:
    """`node` and the typed roots answer as `nodes` does; a root asked for another type's id answers null."""
    roots = {"goal": "Goal", "person": "Person", "unit": "OrgUnit", "position": "Position"}
    typed = " ".join(f"{root}(id: $id) {{ ...{kind}Flat }}" for root, kind in roots.items())
    query = s.document(f"query($id: ID!) {{ node(id: $id) {{ {s.everywhere(flat)} }} {typed} }}")
    for name in ("di", "health-partner"):
        rows = _truth(graph, name).rows
        for key in _one_of_each(rows):
            answer = await graph.of(name).ask(query, id=key)
            check(graph, name, answer)
            assert (answer.data["node"] is not None) == rows[key], f"{name}: {key}"
            for root, kind in roots.items():
                seen = rows[key] and key.startswith(f"{kind}_")
                assert (answer.data[root] is not None) == seen, f"{name}: {root} {key}"


def _one_of_each(rows: dict[str, bool]) -> list[str]:
    """A visible and a hidden row of each type."""
    return list({(key.partition("_")[0], seen): key for key, seen in rows.items()}.values())


async def test_the_neighbours_of_every_goal(graph: Graph, dialect: Dialect) -> None:
    for name in members(dialect):
        ids = {key: graph.goal(key) for key in share(name, CLOSELY, of=3)}
        answer = await graph.of(name).ask(NODES_DEEP, ids=list(ids.values()))
        truth = check(graph, name, answer)
        for key, found in zip(ids, answer.data["nodes"], strict=True):
            if found is not None:
                _check_neighbours(truth, name, key, found)


def _check_neighbours(truth: Truth, name: str, key: str, found: dict[str, Any]) -> None:
    """The edges of a goal lead where the story says."""
    where, sight = f"{name}: {key}", truth.sight
    for field, upward in (("parents", True), ("children", False)):
        for n, contributing in enumerate((True, False)):
            listed = found[f"Goal__{field}__{n}"]
            edges = sorted((e["node"]["Goal__id"], e["alignment"]["Alignment__id"]) for e in listed["edges"])
            assert edges == truth.linked(key, upward=upward, contributing=contributing), f"{where} {field} {n}"
            assert listed["totalCount"] == len(edges), f"{where} {field}"
            assert listed["hiddenCount"] == sight.hidden_beside(key, upward=upward), f"{where} {field}"
    line = truth.line(key)
    told = [step.get("Goal__id") or step["HiddenGoal__level"] for step in found["Goal__lineOfSight__0"]]
    assert told == line, f"{where} line of sight"
    parent, link = found["Goal__primaryParent__0"], found["Goal__primaryAlignment__0"]
    main = primary(key)
    assert (parent is None) == (main is None), where
    if parent is not None and main is not None:
        assert (parent.get("Goal__id") or parent["HiddenGoal__level"]) == line[1], where
        assert (link is not None) == sight.sees_link(main), where
    hidden_step = any("_" not in step or not step.startswith("Goal_") for step in line)
    assert not (hidden_step and found["Goal__shareCarried"] is not None), f"{where} shareCarried beyond a hidden step"
    _check_tree(truth, where, key, found)
    goal = GOAL[key]
    for field, expected in (("metrics", not goal.bare), ("milestones", not goal.bare), ("checkIns", True)):
        assert bool(found[f"Goal__{field}__0"]["edges"]) == expected, f"{where} {field}"


def _check_tree(truth: Truth, where: str, key: str, found: dict[str, Any]) -> None:
    tree = truth.tree(key)
    below = found["Goal__descendants__0"]
    told = {e["node"]["Goal__id"]: (e["depth"], e["parentId"], e["viaHidden"]) for e in below["edges"]}
    assert told == tree, f"{where} descendants"
    assert below["totalCount"] == len(tree), where
    pack = found["Goal__cascade__0"]
    ids, parents = pack["CascadePack__ids"], pack["CascadePack__parents"]
    assert (ids[0], parents[0]) == (truth.goal_id(key), -1), where
    packed = {i: (ids[p], via) for i, p, via in zip(ids, parents, pack["CascadePack__viaHidden"], strict=True)}
    del packed[ids[0]]
    assert packed == {i: (ancestor, via) for i, (_, ancestor, via) in tree.items()}, f"{where} cascade"
    by_id = {truth.goal_id(goal.key): goal.key for goal in GOALS}
    assert pack["CascadePack__hidden"] == [truth.hidden_children(by_id[i]) for i in ids], f"{where} cascade.hidden"
    assert ids == [truth.goal_id(key), *(e["node"]["Goal__id"] for e in below["edges"])], f"{where} order"


async def test_the_neighbours_of_every_other_row(graph: Graph, dialect: Dialect) -> None:
    """People, units, positions, plans, measures, links: each with all rows they lead to."""
    for name in members(dialect):
        truth = _truth(graph, name)
        ids = [key for key in truth.rows if not key.startswith(("Goal_", "Metric", "Milestone_", "CheckIn_"))]
        ids += [global_id(kind, 30) for kind in ("CheckIn", "Metric", "Milestone")]
        for some in batches(share(name, ids, of=4)):
            answer = await graph.of(name).ask(NODES_DEEP, ids=some)
            check(graph, name, answer)
            for key, found in zip(some, answer.data["nodes"], strict=True):
                if found is not None and key.startswith(("Person_", "OrgUnit_")):
                    _check_goals_of(truth, name, key, found)


def _check_goals_of(truth: Truth, name: str, key: str, found: dict[str, Any]) -> None:
    cast = truth.cast
    if key.startswith("Person_"):
        owner = next(p for p in cast.people if global_id("Person", cast.people[p]) == key)
        expected = {truth.goal_id(g.key) for g in GOALS if g.person == owner and truth.sight.sees(g)}
    else:
        unit = next(u for u in cast.units if global_id("OrgUnit", cast.units[u]) == key)
        expected = {truth.goal_id(g.key) for g in GOALS if unit_of(g) == unit and truth.sight.sees(g)}
    kind = key.partition("_")[0]
    listed = found[f"{kind}__goals__0"]
    assert {e["node"]["Goal__id"] for e in listed["edges"]} == expected, f"{name}: goals of {key}"
    assert listed["totalCount"] == len(expected), f"{name}: goals of {key}"


async def test_every_root_list_in_full(graph: Graph, dialect: Dialect) -> None:
    """The pages of each list together are what the member sees, each row once, and as many as totalCount says."""
    lists = {"goals": "Goal", "people": "Person", "units": "OrgUnit", "metrics": "Metric", "plans": "StrategicPlan",
             "cycles": "Cycle", "officeGrants": "OfficeGrant", "clients": "Client"}  # fmt: skip
    for name in members(dialect):
        truth = _truth(graph, name)
        for field, kind in lists.items():
            found = await _whole(graph, name, field, kind)
            left = {graph.person(p.key) for p in PEOPLE if p.left}
            expected = {key for key, seen in truth.rows.items() if seen and key.startswith(f"{kind}_")} - left
            assert sorted(found) == sorted(expected), f"{name}: {field}"


async def _whole(graph: Graph, name: str, field: str, kind: str) -> list[str]:
    """The ids of a list, page by page."""
    query = s.document(
        f"query($after: String) {{ {field}(first: 40, after: $after) {{ totalCount "
        f"pageInfo {{ hasNextPage endCursor }} nodes {{ ...{kind}Flat }} }} }}"
    )
    found: list[str] = []
    after = None
    while True:
        answer = await graph.of(name).ask(query, after=after)
        check(graph, name, answer)
        page = answer.data[field]
        found += [row[f"{kind}__id"] for row in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(found), f"{name}: {field}"
            return found
        after = page["pageInfo"]["endCursor"]


async def test_every_outside_key(graph: Graph, dialect: Dialect) -> None:
    """byExternalId: a row by a key open to the member; null for a hidden row, a closed key and an absent one alike."""
    field = "byExternalId(system: $system{n}, key: $key{n}, kind: {kind}) {{ __typename id }}"
    for name in members(dialect):
        truth = _truth(graph, name)
        asked = [("GOAL", g.key, truth.goal_id(g.key), unit_of(g)) for g in GOALS[:: 2 if name == "bo" else 5]]
        asked += [("METRIC", "quiet-bo", graph.metric("quiet-bo"), "health")]
        asked += [("UNIT", u.key, graph.unit(u.key), u.key) for u in UNITS]
        for is_open in (True, False):
            parts, variables = [], {}
            for n, (kind, key, _, _) in enumerate(asked):
                parts.append(f"a{n}: " + field.format(n=n, kind=kind))
                variables |= {f"system{n}": "portal" if is_open else "payroll"}
                variables |= {f"key{n}": outside_key(kind, key, is_open=is_open)}
            given = ", ".join(f"${v}: String!" for v in variables)
            answer = await graph.of(name).ask(f"query({given}) {{ {' '.join(parts)} }}", **variables)
            check(graph, name, answer)
            for n, (_, key, row, unit) in enumerate(asked):
                open_to = truth.rows[row] and (is_open or truth.sight.sees_closed_keys(unit))
                told = answer.data[f"a{n}"]
                assert (told and told["id"]) == (row if open_to else None), f"{name}: {key} {is_open}"


async def test_a_stranger_reads_nothing(graph: Graph) -> None:
    for name in ("stranger", "lea"):
        for query, given in (
            (NODES_FLAT, {"ids": list(Truth(graph.cast, SIGHTS["ada"]).rows)[:100]}),
            ("{ goals { totalCount } }", {}),
            ("{ agency { name } }", {}),
            ("{ viewer { name } plans { totalCount } }", {}),
            ("query { ...R } fragment R on Query { people { totalCount } }", {}),
            ("{ __schema { types { name } } }", {}),
            ('{ __type(name: "Goal") { name } }', {}),
        ):
            answer = await graph.of(name).ask(query, **given)
            assert answer.codes == ["UNAUTHENTICATED"], query
            assert "data" not in answer.body
            assert leaked(SIGHTS[name], answer.raw) == []
        viewer = await graph.of(name).ask(s.document(f"{{ viewer {{ {s.viewer()} }} }}"))
        assert leaked(SIGHTS[name], viewer.raw) == []


async def test_what_a_viewer_reads_of_themself(graph: Graph, dialect: Dialect) -> None:
    """Tasks, offices, sessions and tokens: one's own only, and never a secret."""
    for name in members(dialect):
        answer = await graph.of(name).ask(s.document(f"{{ viewer {{ {s.viewer()} }} }}"))
        check(graph, name, answer)
        assert all(mark("secret", other).encode() not in answer.raw for other in MEMBERS)


async def test_contacts_where_the_agency_closes_them(
    graph: Graph, dialect: Dialect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the directory of e-mails: oneself, HR and administrators of the unit; others read null, with a reason."""
    monkeypatch.setenv("LINEOFSIGHT_DIRECTORY_EMAILS", "no")
    settings.cache_clear()
    for name in members(dialect):
        ids = [graph.person(p.key) for p in PEOPLE]
        answer = await graph.of(name).ask(NODES_FLAT, ids=ids)
        truth = check(graph, name, answer, directory=False)
        closed = [p for p in PEOPLE if truth.sight.sees_person(p) and not truth.sight.sees_email(p, directory=False)]
        told = {r["path"]: (r["rule"], r["count"]) for r in answer.redactions}
        expected = {"nodes.*.Person__email": ("person.readContact", len(closed))} if closed else {}
        told.pop("nodes.*.Person__startedOn", None)
        assert told == expected, name


def test_the_truth_speaks_of_every_type_of_row() -> None:
    """A new type of row must be told of in tests/cast.py and truth.py."""
    source = inspect.getsource(Truth)
    missing = [kind.name for kind in s.node_types() if f'"{kind.name}"' not in source]
    assert missing == []


def test_every_link_of_the_story_is_seen_by_someone_and_hidden_from_someone() -> None:
    """The story is worth asking: each kind of thing is open to some and closed to others."""
    for link in LINKS:
        seen = {name for name in ASKING if SIGHTS[name].sees_link(link)}
        assert seen, link
    hidden = [link for link in LINKS if any(not SIGHTS[name].sees_link(link) for name in ASKING)]
    assert len(hidden) > len(LINKS) // 2
