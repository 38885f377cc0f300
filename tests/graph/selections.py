"""Selections made from the schema itself, so that a new field is asked for without touching a test.

Every field stands under the alias ``Type__field``: so that types do not conflict, and tests know what they see.
"""

from collections.abc import Callable, Iterator
from functools import cache

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

from lineofsight.graph.schema import schema as strawberry_schema

SCHEMA: GraphQLSchema = strawberry_schema._schema

OTHER_LINKS = "[SUPPORTS, DEPENDS_ON, CONFLICTS_WITH]"
VARIANTS = [{}, {"types": OTHER_LINKS}, {"deep": "true"}]
"""The arguments with which a field is asked, where it takes them; each under an alias of its own."""
WHOLE = {"cascade"}
"""Fields that carry a whole tree in one object, asked as such."""


def arguments_of(name: str, one: GraphQLField) -> list[str]:
    """The argument lists with which to ask a field."""
    first = {"first": "1000" if name == "descendants" else "100"} if "first" in one.args else {}
    given = [first | variant for variant in VARIANTS if variant.keys() <= one.args.keys()]
    return ["(" + ", ".join(f"{k}: {v}" for k, v in each.items()) + ")" if each else "" for each in given]


def node_types() -> list[GraphQLObjectType]:
    """Every type that implements Node."""
    node = SCHEMA.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return [t for t in SCHEMA.get_possible_types(node) if isinstance(t, GraphQLObjectType)]


def is_node(kind: object) -> bool:
    """Whether a type implements Node."""
    return isinstance(kind, GraphQLObjectType) and any(i.name == "Node" for i in kind.interfaces)


def is_embedded(kind: object) -> bool:
    """Whether a type is part of the row that holds it."""
    return isinstance(kind, GraphQLObjectType) and not is_node(kind) and not kind.name.endswith("Connection")


def is_leaf(one: GraphQLField) -> bool:
    """Whether a field is a scalar, an enum, or a list of them."""
    return isinstance(get_named_type(one.type), GraphQLScalarType | GraphQLEnumType)


def has_arguments(one: GraphQLField) -> bool:
    """Whether a field cannot be asked without arguments."""
    return any(isinstance(a.type, GraphQLNonNull) and a.default_value is None for a in one.args.values())


def _flat(kind: GraphQLObjectType) -> str:
    """Every leaf of a type, with what is embedded in it and is no row of its own."""
    parts = ["__typename"]
    for name, one in kind.fields.items():
        named = get_named_type(one.type)
        if is_leaf(one):
            parts.append(f"{kind.name}__{name}: {name}")
        elif is_embedded(named) and name not in WHOLE:
            parts.append(f"{kind.name}__{name}: {name} {{ {_flat(named)} }}")
    return " ".join(parts)


def _step(kind: object) -> str:
    """What is asked of a row reached from another: all its leaves."""
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        possible = SCHEMA.get_possible_types(kind)
        return "__typename " + " ".join(
            f"... on {t.name} {{ ...{t.name}Flat }}" if is_node(t) else f"... on {t.name} {{ {_flat(t)} }}"
            for t in possible
        )
    assert isinstance(kind, GraphQLObjectType)
    if kind.name.endswith("Connection"):
        return _connection(kind)
    return f"...{kind.name}Flat" if is_node(kind) else _flat(kind)


def _connection(kind: GraphQLObjectType) -> str:
    parts = [name for name, one in kind.fields.items() if is_leaf(one)]
    parts.append("pageInfo { hasNextPage hasPreviousPage startCursor endCursor }")
    edge = get_named_type(kind.fields["edges"].type)
    assert isinstance(edge, GraphQLObjectType)
    inner = []
    for name, one in edge.fields.items():
        inner.append(name if is_leaf(one) else f"{name} {{ {_step(get_named_type(one.type))} }}")
    return " ".join([*parts, f"edges {{ {' '.join(inner)} }}", "nodes { id }"])


@cache
def deep(kind_name: str) -> str:
    """Every field of a type; what other rows it leads to, with all their leaves."""
    kind = SCHEMA.type_map[kind_name]
    assert isinstance(kind, GraphQLObjectType)
    parts = [f"...{kind_name}Flat"]
    for name, one in kind.fields.items():
        named = get_named_type(one.type)
        if is_leaf(one) or has_arguments(one):
            continue
        if is_embedded(named) and name not in WHOLE:
            continue  # in the flat part
        for n, arguments in enumerate(arguments_of(name, one)):
            parts.append(f"{kind_name}__{name}__{n}: {name}{arguments} {{ {_step(named)} }}")
    return " ".join(parts)


def fragments(used: str) -> str:
    """The fragments a selection spreads, as text to stand behind it."""
    flat = {t.name: f"fragment {t.name}Flat on {t.name} {{ {_flat(t)} }}" for t in node_types()}
    return "\n".join(text for name, text in flat.items() if f"...{name}Flat" in used)


def document(body: str) -> str:
    """An operation with the fragments it needs."""
    return f"{body}\n{fragments(body)}"


def everywhere(select: Callable[[str], str]) -> str:
    """A selection on Node: ``select`` of each type."""
    return "__typename id " + " ".join(f"... on {t.name} {{ {select(t.name)} }}" for t in node_types())


def objects(value: object, path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every object of an answer, with its path."""
    if isinstance(value, dict):
        yield path, value
        for name, inner in value.items():
            yield from objects(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner, f"{path}.*")


def viewer() -> str:
    """Every field of the viewer, with what it leads to."""
    kind = SCHEMA.type_map["Viewer"]
    assert isinstance(kind, GraphQLObjectType)
    parts = []
    for name, one in kind.fields.items():
        if is_leaf(one):
            parts.append(name)
        else:
            for n, arguments in enumerate(arguments_of(name, one)):
                parts.append(f"Viewer__{name}__{n}: {name}{arguments} {{ {_owned(get_named_type(one.type))} }}")
    return " ".join(parts)


def _owned(kind: object) -> str:
    """A part of the viewer, with the rows it names."""
    if is_node(kind) or isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        return _step(kind)
    assert isinstance(kind, GraphQLObjectType)
    parts = []
    for name, one in kind.fields.items():
        named = get_named_type(one.type)
        if name in ("nodes", "pageInfo"):
            continue
        parts.append(name if is_leaf(one) else f"{name} {{ {_owned(named)} }}")
    return " ".join(parts)
