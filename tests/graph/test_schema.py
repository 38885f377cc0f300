"""The schema itself: a rule or an open word for every field, a description for everything, a bound for every list.

OPEN and BOUNDED are the only exceptions; adding to them is a decision to be read in review.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    build_schema,
    get_named_type,
    is_list_type,
    parse,
    print_ast,
)
from graphql.language import ast

from lineofsight.goals import policy as goal_policy
from lineofsight.graph.schema import sdl
from lineofsight.kernel.access import Rule
from lineofsight.people import policy as people_policy
from lineofsight.strategy import policy as strategy_policy
from tests.graph.selections import SCHEMA, is_node, node_types

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "contract.graphql"
PROMISE = Path(__file__).parent / "promise.graphql"

RULES: dict[str, Rule] = {
    rule.name: rule for rule in [*people_policy.RULES, *strategy_policy.RULES, *goal_policy.RULES]
}

OPEN = {
    "Query", "Mutation",  # the roots: what they lead to has rules
    "Viewer", "ViewerCan", "OfficeHeld", "Session", "Token", "Task",  # about the viewer alone, told to them alone
    "GoalViewerCan",  # what the viewer may do with a row they see
    "Coverage", "CascadePack", "ExternalId", "DescendantEdge", "AlignedGoalEdge",  # parts of fields that have a rule
    "HiddenGoal",  # the level of a goal that is hidden: all that is told of it
    "PageInfo",
}  # fmt: skip
"""Types whose fields carry no rule of their own, with the reason."""
OPEN_ENDINGS = ("Connection", "Edge", "Payload", "Can")
"""Wrappers: what they hold has rules; counts are of visible rows."""

BOUNDED = {
    "Query.nodes": "at most 100",
    "Goal.lineOfSight": "at most 64",
    "Goal.externalIds": "as many as there are systems",
    "Metric.externalIds": "as many as there are systems",
    "Person.externalIds": "as many as there are systems",
    "Position.externalIds": "as many as there are systems",
    "OrgUnit.externalIds": "as many as there are systems",
    "StrategicPlan.externalIds": "as many as there are systems",
    "Person.managers": "the chain: at most 64",
    "OrgUnit.ancestors": "the depth of the organisation",
    "Viewer.offices": "at most 100",
    "Viewer.sessions": "at most 100",
    "Viewer.tokens": "at most 100",
    "Viewer.scopes": "at most nine",
    "Token.scopes": "at most nine",
    "Client.tokens": "at most 100",
    "CascadePack": "at most 50,000 rows",
    "GoalActivatePayload.activatedIds": "the goals of one owner's cycle",
    "path": "into the input",
    "problems": "of one action",
}
"""Lists that are no connection, and what bounds each."""


def named_types() -> Iterator[GraphQLNamedType]:
    """Our own types."""
    return (t for t in SCHEMA.type_map.values() if not t.name.startswith("__"))


def output_fields() -> Iterator[tuple[str, str, GraphQLField]]:
    """(type, field, field) of every object and interface."""
    for kind in named_types():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, one in kind.fields.items():
                yield kind.name, name, one


def rule_of(one: GraphQLField) -> str | None:
    """The rule in a field's @access directive."""
    definition = one.extensions.get("strawberry-definition")
    for directive in getattr(definition, "directives", ()):
        if hasattr(directive, "rule"):
            return str(directive.rule)
    return None


def metadata_rule(one: GraphQLField) -> Rule | None:
    """The rule the executor enforces."""
    definition = one.extensions.get("strawberry-definition")
    found = getattr(definition, "metadata", {}).get("rule")
    return found if isinstance(found, Rule) else None


@pytest.mark.requirement("P2")
def test_every_field_has_a_rule_or_is_open() -> None:
    missing = [
        f"{kind}.{name}"
        for kind, name, one in output_fields()
        if rule_of(one) is None
        and kind not in OPEN
        and not kind.endswith(OPEN_ENDINGS)
        and not isinstance(SCHEMA.type_map[kind], GraphQLInterfaceType)
        and not any(i.name == "Problem" for i in getattr(SCHEMA.type_map[kind], "interfaces", ()))
    ]
    assert missing == []


@pytest.mark.requirement("P2")
def test_every_rule_named_in_the_schema_is_declared() -> None:
    named = {rule_of(one) for _, _, one in output_fields()} - {None}
    assert named <= RULES.keys()
    written = set(re.findall(r'@access\(rule: "([^"]+)"\)', sdl()))
    assert written <= RULES.keys()


@pytest.mark.requirement("P2")
def test_every_node_type_and_each_of_its_fields_is_under_a_rule() -> None:
    for kind in node_types():
        for name, one in kind.fields.items():
            assert rule_of(one) is not None, f"{kind.name}.{name}"
            assert metadata_rule(one) is not None, f"{kind.name}.{name} is not guarded by the executor"


@pytest.mark.requirement("P2")
def test_no_open_word_is_left_over() -> None:
    assert SCHEMA.type_map.keys() >= OPEN
    for name in BOUNDED:
        kind, _, one = name.partition(".")
        if one:
            assert one in SCHEMA.type_map[kind].fields, name  # type: ignore[attr-defined]


@pytest.mark.requirement("P2")
def test_a_field_that_a_rule_can_hide_is_nullable() -> None:
    """A field's rule narrower than its row's can close: then it answers null."""
    for kind in node_types():
        row_rule = rule_of(kind.fields["id"])
        for name, one in kind.fields.items():
            rule = rule_of(one)
            if rule in (row_rule, None):
                continue
            named = get_named_type(one.type)
            is_connection = named.name.endswith("Connection")  # its rows are tested one by one
            assert is_connection or not isinstance(one.type, GraphQLNonNull), f"{kind.name}.{name}: {rule}"


@pytest.mark.requirement("P2")
def test_a_reference_to_a_row_is_nullable() -> None:
    """A hidden row is a missing row: an edge to one row answers null then; lists leave it out."""
    for kind, name, one in output_fields():
        named = get_named_type(one.type)
        to_row = is_node(named) or named.name in ("Owner", "Node", "LineOfSightStep")
        if not to_row or is_list_type(getattr(one.type, "of_type", one.type)):
            continue
        within = kind.endswith("Edge") or kind == "OfficeHeld"  # made only for rows that are seen
        assert within or not isinstance(one.type, GraphQLNonNull), f"{kind}.{name}"


def test_everything_is_described() -> None:
    bare = []
    for kind in named_types():
        if kind.name in ("Int", "Float", "String", "Boolean", "ID"):
            continue
        if not kind.description:
            bare.append(kind.name)
        if isinstance(kind, GraphQLEnumType):
            bare += [f"{kind.name}.{name}" for name, value in kind.values.items() if not value.description]
        elif isinstance(kind, GraphQLInputObjectType | GraphQLObjectType | GraphQLInterfaceType):
            bare += [f"{kind.name}.{name}" for name, one in kind.fields.items() if not one.description]
    assert [name for name in bare if name not in ("Query", "Mutation")] == []


@pytest.mark.requirement("P1")
def test_every_list_is_bounded() -> None:
    """A list is a connection's page, or has a bound written down here."""
    unbounded = []
    for kind, name, one in output_fields():
        inner = one.type.of_type if isinstance(one.type, GraphQLNonNull) else one.type
        if not is_list_type(inner) or (kind.endswith("Connection") and name in ("edges", "nodes")):
            continue
        if not {f"{kind}.{name}", kind, name} & BOUNDED.keys():
            unbounded.append(f"{kind}.{name}")
    assert unbounded == []


def test_every_connection_takes_a_bound_and_counts() -> None:
    for kind, name, one in output_fields():
        named = get_named_type(one.type)
        if isinstance(named, GraphQLObjectType) and named.name.endswith("Connection"):
            assert {"first", "after"} <= one.args.keys(), f"{kind}.{name}"
            assert {"edges", "nodes", "pageInfo", "totalCount"} <= named.fields.keys(), named.name


@pytest.mark.requirement("P2")
def test_counts_of_hidden_rows_stand_where_they_may() -> None:
    """Leak channel 2: hiddenCount on linked goals, hidden in a cascade; nowhere else, and without arguments."""
    found = {f"{kind}.{name}" for kind, name, _ in output_fields() if "hidden" in name.lower() and name != "viaHidden"}
    assert found == {"AlignedGoalConnection.hiddenCount", "CascadePack.hidden"}
    counted = SCHEMA.type_map["AlignedGoalConnection"]
    assert isinstance(counted, GraphQLObjectType)
    assert counted.fields["hiddenCount"].args == {}


AGGREGATES = {
    "Coverage.counted": "WORK: published by aligning",
    "Coverage.total": "WORK: published by aligning",
    "AlignedGoalConnection.hiddenCount": "WORK: published by aligning",
    "CascadePack.hidden": "WORK: published by aligning",
    "CascadePack.parents": "places in the same answer",
    "DescendantEdge.depth": "of visible goals",
    "Task.overdueDays": "of the viewer's own task",
    "StaleVersion.currentVersion": "of a row the viewer sees and may edit",
    "CheckIn.confidence": "no count: 1 to 5",
}
"""Leak channel 27: each whole number of the schema and what it tells of whom; totalCount is of visible rows."""


@pytest.mark.requirement("P2")
def test_every_number_of_rows_has_its_class() -> None:
    whole = {
        f"{kind}.{name}"
        for kind, name, one in output_fields()
        if get_named_type(one.type).name == "Int" and name not in ("totalCount", "version")
    }
    assert whole == AGGREGATES.keys()


# the promise


@pytest.mark.requirement("P1")
@pytest.mark.parametrize("contract", [PROMISE, SHARED], ids=["kept here", "shared"])
def test_what_was_promised_stands(contract: Path) -> None:
    """Every name, type, argument and default of the promise is in the schema; more may be, less may not."""
    if not contract.exists():
        pytest.skip(f"{contract} is not here")
    lost = [*compare(contract.read_text(), sdl())]
    assert lost == []


def test_the_promise_kept_here_is_the_shared_one() -> None:
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not here")
    assert normal(PROMISE.read_text()) == normal(SHARED.read_text())


def normal(text: str) -> str:
    """A contract without comments and spacing."""
    text = re.sub(r'"[^"\n]*"', "", re.sub(r"#.*", "", text))
    return re.sub(r"\s+", " ", text).strip()


def compare(promise: str, schema: str) -> Iterator[str]:
    """What the schema lacks of a promise, a line each."""
    wanted = {d.name.value: d for d in parse(promise).definitions if hasattr(d, "name")}
    given = build_schema(schema)
    for name, definition in wanted.items():
        kind = given.type_map.get(name)
        if kind is None:
            yield f"{name} is gone"
        elif isinstance(definition, ast.EnumTypeDefinitionNode):
            assert isinstance(kind, GraphQLEnumType)
            yield from (f"{name}.{v.name.value}" for v in definition.values if v.name.value not in kind.values)
        elif isinstance(definition, ast.UnionTypeDefinitionNode):
            members = {t.name for t in kind.types}  # type: ignore[union-attr]
            yield from (f"{name} | {t.name.value}" for t in definition.types if t.name.value not in members)
        else:
            yield from _fields_lost(name, definition, kind)


def _fields_lost(name: str, definition: ast.Node, kind: GraphQLNamedType) -> Iterator[str]:
    interfaces = {i.name for i in getattr(kind, "interfaces", ())}
    for interface in getattr(definition, "interfaces", None) or ():
        if interface.name.value not in interfaces:
            yield f"{name} no longer implements {interface.name.value}"
    for field in definition.fields or ():  # type: ignore[attr-defined]
        one = kind.fields.get(field.name.value)  # type: ignore[attr-defined]
        where = f"{name}.{field.name.value}"
        if one is None:
            yield f"{where} is gone"
            continue
        if str(one.type) != _type(field.type):
            yield f"{where} is {one.type}, promised {_type(field.type)}"
        if isinstance(kind, GraphQLInputObjectType):
            yield from _default_lost(where, field, one.ast_node)
        for argument in getattr(field, "arguments", None) or ():
            found = one.args.get(argument.name.value)
            if found is None or str(found.type) != _type(argument.type):
                yield f"{where}({argument.name.value}) is {found and found.type}"
            else:
                yield from _default_lost(f"{where}({argument.name.value})", argument, found.ast_node)
        known = {a.name.value for a in getattr(field, "arguments", None) or ()}
        for extra, found in getattr(one, "args", {}).items():
            required = isinstance(found.type, GraphQLNonNull) and found.ast_node.default_value is None
            if required and extra not in known:
                yield f"{where} now requires {extra}"


def _default_lost(
    where: str, wanted: ast.InputValueDefinitionNode, found: ast.InputValueDefinitionNode
) -> Iterator[str]:
    if wanted.default_value is not None:
        told = print_ast(found.default_value) if found.default_value is not None else None
        if told != print_ast(wanted.default_value):
            yield f"{where} defaults to {told}"


def _type(node: ast.TypeNode) -> str:
    return print_ast(node)
