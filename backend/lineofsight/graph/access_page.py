"""docs/access.md, made from the rules and the schema: `python -m lineofsight.graph.access_page`."""

import sys
from collections import defaultdict

from graphql import FieldDefinitionNode, ObjectTypeDefinitionNode, StringValueNode, parse

from lineofsight.goals import policy as goals
from lineofsight.graph.schema import sdl
from lineofsight.kernel.access import Rule
from lineofsight.people import policy as people
from lineofsight.strategy import policy as strategy

HEAD = """\
# Who may see and do what

Made from the rules in `people/policy.py`, `strategy/policy.py` and `goals/policy.py` by `make schema`; not written by
hand. A rule opens when all conditions of any one of its lines hold; otherwise it is closed. What a field rule closes is
null and told in `extensions.redactions`; what a row rule closes does not exist for the viewer, on any path. A token
needs the scope besides, and never opens more than its owner may. A client limited to units sees nothing outside them.
"""


def rules() -> dict[str, Rule]:
    """Every declared rule by its name."""
    declared = [value for module in (people, strategy, goals) for value in vars(module).values()]
    return {rule.name: rule for rule in declared if isinstance(rule, Rule)}


def guarded() -> dict[str, list[str]]:
    """By rule: the types of the schema that name it, and the fields that do so apart from their type."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for kind in parse(sdl()).definitions:
        if isinstance(kind, ObjectTypeDefinitionNode):
            whole = _rules_of(kind)
            for rule in whole:
                places[rule].append(f"`{kind.name.value}`")
            for field in kind.fields or ():
                for rule in _rules_of(field) - whole:
                    places[rule].append(f"`{kind.name.value}.{field.name.value}`")
    return dict(places)


def _rules_of(node: ObjectTypeDefinitionNode | FieldDefinitionNode) -> set[str]:
    return {
        argument.value.value
        for directive in node.directives or ()
        if directive.name.value == "access"
        for argument in directive.arguments or ()
        if isinstance(argument.value, StringValueNode)
    }


def page() -> str:
    """The document."""
    places = guarded()
    parts = [HEAD]
    for name, rule in sorted(rules().items()):
        parts.append(f"\n## {name}\n\n{rule.says} Scope of a token: `{rule.scope}`.\n\n")
        parts.extend(f"- {' · '.join(atom.says for atom in branch)}\n" for branch in rule.branches)
        if name in places:
            parts.append(f"\nGuards {', '.join(places[name])}.\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
