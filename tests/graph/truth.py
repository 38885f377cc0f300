"""What an answer about the cast must say to each member: which rows are there, and what stands in their fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lineofsight.goals.words import AlignmentType
from lineofsight.graph.measures import VALUE_WIDTH
from lineofsight.kernel.ids import global_id
from tests.cast import (
    GOAL,
    GOALS,
    HELPED,
    LINKS,
    PEOPLE,
    POSITIONS,
    SHARING,
    SINCE,
    UNITS,
    WITH_METRIC,
    Cast,
    GoalFact,
    LinkFact,
    mark,
    outside_key,
)
from tests.graph.oracle import POSITION, Sight, unit_of

ROOT = UNITS[0].key


@dataclass
class Truth:
    """The cast as one member sees it. ``directory``: whether colleagues read each other's e-mail."""

    cast: Cast
    sight: Sight
    directory: bool = True

    @cached_property
    def rows(self) -> dict[str, bool]:
        """Every row's global id, and whether the member sees it."""
        return dict(self._rows())

    def _rows(self) -> Iterator[tuple[str, bool]]:
        sight, cast = self.sight, self.cast
        for goal in GOALS:
            seen = sight.sees(goal)
            yield global_id("Goal", cast.goals[goal.key]), seen
            yield global_id("CheckIn", cast.check_ins[goal.key]), seen
            if goal in WITH_METRIC:
                metric, value = cast.metrics[goal.key], cast.values[goal.key]
                yield global_id("Metric", metric), seen
                yield global_id("Milestone", cast.milestones[goal.key]), seen
                for key in (value, cast.values[f"{goal.key} first"]):
                    yield global_id("MetricValue", metric << VALUE_WIDTH | key), seen
            if goal in HELPED:
                yield global_id("Contributor", cast.contributors[goal.key]), seen
            if goal in SHARING:
                metric, last = self.shared_metric(goal), max(cast.values.values()) + 1
                yield global_id("Metric", metric), seen
                yield global_id("MetricValue", metric << VALUE_WIDTH | last), seen
        for link in LINKS:
            yield global_id("Alignment", cast.links[link]), sight.sees_link(link)
        for name, key in cast.definitions.items():
            measured = SHARING if name == "shared" else [GOAL[name]]
            yield global_id("MetricDefinition", key), any(sight.sees(goal) for goal in measured)
        for person in PEOPLE:
            yield global_id("Person", cast.people[person.key]), sight.sees_person(person)
        for unit in UNITS:
            yield global_id("OrgUnit", cast.units[unit.key]), sight.within(unit.key)
        for position in POSITIONS:
            yield global_id("Position", cast.positions[position.key]), sight.within(position.unit)
        for office, key in cast.offices.items():
            yield global_id("OfficeGrant", key), sight.sees_office(office)
        for client, key in cast.clients.items():
            yield global_id("Client", key), sight.sees_client(client)
        for kind in ("StrategicPlan", "PlanValue", "Pillar"):
            yield global_id(kind, 1), sight.within(ROOT)
        for kind in ("Cycle", "Mandate"):
            yield global_id(kind, 1), sight.known and sight.limit is None

    def shared_metric(self, goal: GoalFact) -> int:
        """The second metric of a goal that shares a definition."""
        return max(self.cast.metrics.values()) + 1 + SHARING.index(goal)

    @cached_property
    def fields(self) -> dict[str, dict[str, Any]]:
        """By global id, what fields must say; a guarded one that is closed says None."""
        found: dict[str, dict[str, Any]] = {}
        cast, sight = self.cast, self.sight
        for goal in GOALS:
            notes, text = sight.reads_notes(goal), goal.text
            found[global_id("Goal", cast.goals[goal.key])] = {
                "title": text["title"],
                "description": text["description"],
                "sequence": text["sequence"],
                "level": goal.level.value,
                "status": goal.status.value,
                "visibility": goal.visibility.value,
                "outcome": goal.outcome.value if goal.outcome else None,
                "unalignedReason": text["unaligned_reason"] if notes else None,
                "externalIds": self._outside("GOAL", goal.key, unit_of(goal)),
            }
            found[global_id("CheckIn", cast.check_ins[goal.key])] = {
                "note": text["note"] if notes else None,
                "blocker": text["blocker"] if notes else None,
                "text": text["check_in_text"],
                "value": goal.figures["value"],
            }
            if goal in WITH_METRIC:
                found[global_id("Metric", cast.metrics[goal.key])] = {
                    "name": text["metric"],
                    "targetText": text["target_text"],
                    **{name: goal.figures[name] for name in ("baseline", "commit", "target", "stretch")},
                    "current": goal.figures["value"],
                    "externalIds": self._outside("METRIC", goal.key, unit_of(goal)),
                }
                found[global_id("Milestone", cast.milestones[goal.key])] = {"title": text["milestone"]}
        for link in LINKS:
            found[global_id("Alignment", cast.links[link])] = {
                "type": link.type.value,
                "primary": link.primary,
                "reason": link.reason,
                "weight": link.weight,
            }
        for person in PEOPLE:
            found[global_id("Person", cast.people[person.key])] = {
                "name": person.name,
                "email": person.email if sight.sees_email(person, directory=self.directory) else None,
                "startedOn": SINCE.isoformat() if sight.sees_start(person) else None,
                "jobTitle": f"Job {mark('job', person.key)}",
                "externalIds": self._outside("PERSON", person.key, POSITION[person.position].unit),
            }
        for unit in UNITS:
            found[global_id("OrgUnit", cast.units[unit.key])] = {
                "name": unit.name,
                "externalIds": self._outside("UNIT", unit.key, unit.key),
            }
        for position in POSITIONS:
            found[global_id("Position", cast.positions[position.key])] = {
                "title": f"Seat {mark('position', position.key)}",
                "externalIds": self._outside("POSITION", position.key, position.unit),
            }
        return found

    def _outside(self, kind: str, name: str, unit: str) -> list[dict[str, str]]:
        """Keys by system, in the order of the systems' names."""
        keys = [("portal", True)] + ([("payroll", False)] if self.sight.sees_closed_keys(unit) else [])
        return [
            {"system": system, "key": outside_key(kind, name, is_open=is_open)} for system, is_open in sorted(keys)
        ]

    # edges between goals

    def goal_id(self, key: str) -> str:
        """Global id of a goal."""
        return global_id("Goal", self.cast.goals[key])

    def linked(self, key: str, *, upward: bool, contributing: bool) -> list[tuple[str, str]]:
        """(goal, alignment) at the other end of a goal's links, those seen."""
        found = []
        for link in LINKS:
            if (link.type is AlignmentType.CONTRIBUTES) is not contributing:
                continue
            ends = [(link.child, link.parent)]
            if link.type is AlignmentType.CONFLICTS_WITH:
                ends.append((link.parent, link.child))  # read from both ends
            for child, parent in ends:
                near, far = (child, parent) if upward else (parent, child)
                if near == key and self.sight.sees(GOAL[far]):
                    found.append((self.goal_id(far), global_id("Alignment", self.cast.links[link])))
        return sorted(found)

    def line(self, key: str) -> list[str]:
        """The line of sight: ids of visible goals, levels of hidden ones."""
        steps = []
        at: str | None = key
        while at is not None:
            goal = GOAL[at]
            steps.append(self.goal_id(at) if self.sight.sees(goal) else goal.level.value)
            at = goal.parent
        return steps

    def tree(self, key: str) -> dict[str, tuple[int, str, bool]]:
        """Below a goal, by id: visible depth, nearest visible ancestor, whether the way is partly hidden."""
        found: dict[str, tuple[int, str, bool]] = {}

        def below(at: str, depth: int, ancestor: str, via: bool) -> None:
            for goal in GOALS:
                if goal.parent != at:
                    continue
                if self.sight.sees(goal):
                    found[self.goal_id(goal.key)] = (depth + 1, self.goal_id(ancestor), via)
                    below(goal.key, depth + 1, goal.key, False)
                else:
                    below(goal.key, depth, ancestor, True)

        below(key, 0, key, False)
        return found

    def hidden_children(self, key: str) -> int:
        """Hidden goals directly below by primary links, drafts not counted."""
        return sum(
            not self.sight.sees(goal) and goal.status.value != "DRAFT" for goal in GOALS if goal.parent == key
        )


def primary(key: str) -> LinkFact | None:
    """The primary link of a goal."""
    return next((link for link in LINKS if link.primary and link.child == key), None)
