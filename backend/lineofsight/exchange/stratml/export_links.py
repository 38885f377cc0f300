"""Alignments that nesting cannot say, as relationships: those a document brought, then those made here.

A relationship stands on an indicator of the child; where the child has none, on one that measures nothing
and is marked (`vocabulary.LINKS`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lineofsight.goals.models import Alignment, Goal, Metric
from lineofsight.goals.words import AlignmentType, GoalStatus, Visibility
from lineofsight.kernel.ids import global_id
from lineofsight.kernel.models import ExternalSystem

from . import vocabulary as words
from .alignment_rows import Edge, in_force
from .columns import sequence_above
from .document import Indicator, Objective, Relationship
from .goal_rows import GOAL
from .identifiers import Names, ncname
from .links import edge_of
from .loss import LossReport
from .metric_rows import METRIC
from .run import SYSTEM, Directory
from .stored import kept, unpack
from .tally import Tally

_TYPES = {AlignmentType.CONTRIBUTES: "Narrower_Than", AlignmentType.SUPPORTS: "Peer_To"}
_TOLD = (GoalStatus.APPROVED, GoalStatus.ACTIVE, GoalStatus.CLOSED)


@dataclass(slots=True)
class OfGoal:
    """Relationships of a goal itself: those its document brought, and those for alignments made here."""

    said: list[Relationship]
    new: list[Relationship]


@dataclass(slots=True)
class Links:
    """Relationships of the goals of one plan."""

    _stands: set[Edge] = field(default_factory=set)
    _said: set[Edge] = field(default_factory=set)
    _made: dict[int, list[Alignment]] = field(default_factory=dict)
    _parents: dict[int, Goal] = field(default_factory=dict)
    _referents: Names[int] = field(default_factory=Names)
    _elsewhere: dict[str, int] = field(default_factory=dict)
    _goals: dict[int, Goal] = field(default_factory=dict)
    _referred: set[int] | None = None
    _tally: Tally = field(default_factory=Tally)

    async def load(self, goals: list[Goal], metrics: list[Metric]) -> None:
        self._goals = {goal.id: goal for goal in goals}
        rows: list[Goal | Metric] = [*goals, *metrics]
        self._said = {edge for row in rows for edge in _aligned(row)}
        keys = list(self._goals)
        for start in range(0, len(keys), 900):
            batch = keys[start : start + 900]
            self._stands |= await in_force(batch)
            for row in await Alignment.filter(child_id__in=batch, valid_to=None).order_by("id"):
                self._made.setdefault(row.child_id, []).append(row)
        parents = sorted({row.parent_id for rows in self._made.values() for row in rows})
        for start in range(0, len(parents), 900):
            for goal in await Goal.filter(id__in=parents[start : start + 900]):
                self._parents[goal.id] = goal
        await self._load_identifiers(goals, metrics)

    async def _load_identifiers(self, goals: list[Goal], metrics: list[Metric]) -> None:
        """What the relationships of documents refer to, as an import would find it."""
        for goal in goals:
            if said := kept(Objective, goal.source):
                self._referents.add(said.identifier, goal.id)
        for metric in metrics:
            if one := kept(Indicator, metric.source):
                self._referents.add(one.identifier, metric.goal_id)
        system = await ExternalSystem.get_or_none(name=SYSTEM)
        rows: list[Goal | Metric] = [*goals, *metrics]
        linked = [row for row in rows if _aligned(row)]
        wanted = [each for row in linked for link in _links_of(row) for each in link.referents]
        if system is None or not wanted:
            return
        directory, measures = await Directory.load(system.id, GOAL), await Directory.load(system.id, METRIC)
        for identifier in wanted:
            found = directory.find(identifier)
            if found is None and (metric_id := measures.find(identifier)) is not None:
                measured = await Metric.get_or_none(id=metric_id)
                found = measured.goal_id if measured else None
            if found is not None:
                self._elsewhere[identifier] = found

    def of_metric(self, metric: Metric) -> list[Relationship]:
        return self._standing(metric.goal_id, metric)

    def of_goal(self, goal: Goal) -> OfGoal:
        new = []
        for row in self._unsaid(goal):
            parent = self._parents[row.parent_id]
            if parent.visibility is not Visibility.AGENCY or parent.status not in _TOLD:
                self._tally.add("alignment", "alignments to goals that are left out")
                continue
            if row.weight_bp not in (None, 10_000):
                self._tally.add("alignment-weight", "alignments with a weight")
            new.append(self._relationship(row, parent))
        return OfGoal(self._standing(goal.id, goal), new)

    def _unsaid(self, goal: Goal) -> Iterator[Alignment]:
        """The goal's alignments that neither nesting nor a document's relationship says."""
        for row in self._made.get(goal.id, ()):
            parent_id = row.parent_id
            nested = row.is_primary and self._nesting_says(goal, self._parents[parent_id])
            if not nested and (row.type, goal.id, parent_id) not in self._said:
                yield row

    def carrier(self, links: OfGoal) -> tuple[Indicator, ...]:
        """The indicator for relationships that have no other; none where there are none."""
        everything = (*links.said, *links.new)
        return (Indicator(relationships=everything, other_information=words.LINKS),) if everything else ()

    def needed_identifier(self, goal: Goal) -> str:
        """An identifier for a goal whose document gave it none, where a new relationship refers to it."""
        if self._referred is None:
            unsaid = (row for each in self._goals.values() for row in self._unsaid(each))
            self._referred = {row.parent_id for row in unsaid}
        return global_id("Goal", goal.id) if goal.id in self._referred else ""

    def report(self, losses: LossReport) -> None:
        self._tally.report(losses)

    def _nesting_says(self, goal: Goal, parent: Goal) -> bool:
        """Whether standing under its goal, with its number, says what a goal's primary parent is."""
        if parent.primary_parent_id is None:
            return True
        return bool(parent.sequence) and sequence_above(goal.sequence or "") == (parent.sequence or "").strip()

    def _standing(self, goal_id: int, row: Goal | Metric) -> list[Relationship]:
        """A document's relationships, without those whose alignment has ended here."""
        ended = _aligned(row) - self._stands
        found = []
        for link in _links_of(row):
            referents = tuple(
                identifier
                for identifier in link.referents
                if (referent := self._referents.find(identifier) or self._elsewhere.get(identifier)) is None
                or edge_of(link, goal_id, referent) not in ended
            )
            if referents or not link.referents:
                found.append(replace(link, referents=referents))
        return found

    def _relationship(self, row: Alignment, parent: Goal) -> Relationship:
        said = kept(Objective, parent.source)
        identifier = ncname(said.identifier) if said and said.identifier else global_id("Goal", parent.id)
        type_ = _TYPES.get(row.type)
        name = parent.title if type_ else f"[{row.type.value}] {parent.title}"
        return Relationship(type_ or "Peer_To", "", (identifier,), name, row.reason or "")


def _aligned(row: Goal | Metric) -> set[Edge]:
    """What the row's relationships came to when they were imported."""
    return {(AlignmentType(type_), child, parent) for type_, child, parent in (row.source or {}).get("aligned", [])}


def _links_of(row: Goal | Metric) -> list[Relationship]:
    if isinstance(row, Goal):
        return [unpack(Relationship, link) for link in (row.source or {}).get("links", [])]
    element = kept(Indicator, row.source)
    return list(element.relationships) if element else []
