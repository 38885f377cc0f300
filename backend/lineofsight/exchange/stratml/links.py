"""Relationships as alignments, where what they refer to is found: in the document, else in any imported
plan.

"This element is <type> the referent", so `Narrower_Than` is a contribution to the referent,
`Broader_Than` one from it; `Peer_To` and no type are support. A name that starts with the name of an
alignment type in brackets, as our exports write it, says which it is. What does not resolve stays with
its metric or goal and is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lineofsight.exchange.bulk import update
from lineofsight.goals.models import Alignment, Goal, Metric
from lineofsight.goals.words import AlignmentType

from .alignment_rows import Edge, closes_cycle, create, end, in_force
from .columns import one_line
from .document import Relationship
from .entries import Entry
from .goal_rows import GOAL
from .identifiers import Names
from .metric_rows import METRIC, Found
from .run import Run

_NAMED: Final = re.compile(rf"\[({'|'.join(AlignmentType)})\] .*", re.DOTALL)


@dataclass(slots=True)
class Holder:
    """The row a relationship stands with: a metric, or a goal for links of its own. `aligned`: what its
    relationships came to at the last import.
    """

    model: type[Metric] | type[Goal]
    id: int
    goal_id: int
    links: Sequence[Relationship]
    source: Mapping[str, Any]
    now: list[Edge] = field(default_factory=list)

    @property
    def aligned(self) -> list[Edge]:
        return [(AlignmentType(type_), child, parent) for type_, child, parent in self.source.get("aligned", [])]


def type_of(link: Relationship) -> AlignmentType:
    """What a relationship is among our types."""
    if match := _NAMED.fullmatch(link.name):
        return AlignmentType(match[1])
    contributes = link.type in ("Narrower_Than", "Broader_Than")
    return AlignmentType.CONTRIBUTES if contributes else AlignmentType.SUPPORTS


def edge_of(link: Relationship, goal: int, referent: int) -> Edge:
    """The alignment a resolved relationship is."""
    if link.type == "Broader_Than":
        return type_of(link), referent, goal
    return type_of(link), goal, referent


async def holders(entries: Sequence[Entry], found: Sequence[Found]) -> list[Holder]:
    """Every row of the document that has relationships, or had some."""
    metrics = [Holder(Metric, each.id, each.entry.id, each.indicator.relationships, {}) for each in found]
    goals = [Holder(Goal, each.id, each.id, each.links, {}) for each in entries]
    for group in (metrics, goals):
        keys = [each.id for each in group]
        sources: dict[int, Any] = {}
        for start in range(0, len(keys), 900):
            query = group[0].model.filter(id__in=keys[start : start + 900])
            sources.update(dict(await query.values_list("id", "source")))
        for each in group:
            each.source = sources[each.id] or {}
    return [each for each in (*metrics, *goals) if each.links or each.source.get("aligned")]


async def settle(run: Run, file: str, entries: Sequence[Entry], found: Sequence[Found]) -> None:
    """Resolve the relationships and bring the alignments up to date with what the source changed."""
    everyone = await holders(entries, found)
    own: Names[int] = Names()
    for identifier, goal in (
        *((each.element.identifier, each.id) for each in entries),
        *((each.indicator.identifier, each.entry.id) for each in found),
    ):
        own.add(identifier, goal)
    for each in everyone:
        await _resolve(run, file, each, own)
    stands = await in_force({goal for each in everyone for edge in (*each.now, *each.aligned) for goal in edge[1:]})
    for each in everyone:
        for edge in each.aligned:
            if edge not in each.now and edge in stands:
                await _end(run, edge)
                stands.discard(edge)
        kept: list[Edge] = []
        for edge in each.now:
            if edge in stands:
                run.report.unchanged["alignment"] += 1
            elif edge not in each.aligned:
                if await closes_cycle(edge):
                    message = f"A relationship of type {edge[0].value} would close a cycle; left out."
                    run.report.warn(file, each.links[0].line, "cycle", message)
                    continue
                stands.add(edge)
                await create(run, [edge])
            kept.append(edge)
        aligned = [[edge[0].value, edge[1], edge[2]] for edge in kept]
        if aligned != each.source.get("aligned", []):
            await update(each.model, ("source",), [(each.id, ({**each.source, "aligned": aligned},))])


async def _resolve(run: Run, file: str, holder: Holder, own: Names[int]) -> None:
    for link in holder.links:
        for identifier in link.referents:
            referent = own.find(identifier) or await find_goal(run, identifier)
            if referent is None:
                message = f"The referent {identifier} of a relationship is not found; kept as text."
                run.report.warn(file, link.line, "unresolved-link", message)
            elif referent == holder.goal_id:
                run.report.warn(file, link.line, "unresolved-link", "A relationship refers to its own objective.")
            else:
                edge = edge_of(link, holder.goal_id, referent)
                if edge not in holder.now:
                    holder.now.append(edge)
        if not link.referents and (name := one_line(link.name)):
            await _offer(run, file, link, name)


async def _offer(run: Run, file: str, link: Relationship, name: str) -> None:
    """A link by name only is kept; a goal of that name is offered."""
    alike = await Goal.filter(title__iexact=name).order_by("id").first()
    offer = " There is a goal of that name: align them by hand." if alike else ""
    message = f"The relationship to “{name}” has no ReferentIdentifier; kept as text.{offer}"
    run.report.warn(file, link.line, "unresolved-link", message)


async def find_goal(run: Run, identifier: str) -> int | None:
    """The goal an identifier refers to: a goal's own, or that of one of its metrics."""
    found = (await run.directory(GOAL)).find(identifier)
    if found is not None and await Goal.filter(id=found).exists():
        return found
    metric = (await run.directory(METRIC)).find(identifier)
    row = await Metric.get_or_none(id=metric) if metric is not None else None
    return None if row is None else int(row.goal_id)


async def _end(run: Run, edge: Edge) -> None:
    type_, child, parent = edge
    query = Alignment.filter(type=type_, child_id=child, parent_id=parent, valid_to=None, is_primary=False)
    await end(run, await query)
