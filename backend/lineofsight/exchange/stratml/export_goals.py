"""The goals of a plan back to Goals and Objectives of a document: two levels, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from lineofsight.goals.models import CheckIn, Contributor, Goal, Milestone
from lineofsight.goals.words import Ambition, GoalLevel, GoalStatus, Visibility
from lineofsight.kernel.ids import global_id
from lineofsight.people.models import Person, Unit
from lineofsight.strategy.models import Plan

from . import document as elements
from .columns import goal_columns, natural, title_of
from .document import Document, Indicator, Objective, Role, Stakeholder
from .export_links import Links
from .export_metrics import Measured, indicator, load
from .loss import LossReport
from .stored import kept
from .tally import Tally

_STRATEGIC = (GoalLevel.STRATEGIC_GOAL, GoalLevel.STRATEGIC_OBJECTIVE)
_UNFINISHED = (GoalStatus.DRAFT, GoalStatus.PROPOSED)


async def goals_of(plan: Plan, base: Document, losses: LossReport, tally: Tally) -> tuple[elements.Goal, ...]:
    """The plan's goals as elements; `base`: what its own document said."""
    goals = {goal.id: goal for goal in await Goal.filter(plan_id=plan.id).order_by("id")}
    tops = {goal.id: _top(goal, goals, tally) for goal in goals.values() if goal.level in _STRATEGIC}
    told = [goals[key] for key, top in tops.items() if top is not None]
    export = _Export(plan, base, tally, await load([goal.id for goal in told]))
    await export.load(told)
    for goal in told:
        if (top := tops[goal.id]) is not None and top is not goal:
            export.below[top.id].append(goal)
    lower = sum(goal.level not in _STRATEGIC for goal in goals.values())
    tally.add("lower-goals", "goals of units, teams and people", lower)
    found = [export.goal(goal) for goal in sorted((g for g in told if tops[g.id] is g), key=_place)]
    export.links.report(losses)
    return tuple(found)


def _top(goal: Goal, goals: dict[int, Goal], tally: Tally) -> Goal | None:
    """The goal of the document that a goal is part of; itself at the top; None where it is left out."""
    top, seen = goal, {goal.id}
    while True:
        if reason := _left_out(top):
            code, what = reason
            tally.add(code, what)
            return None
        above = goals.get(top.primary_parent_id or 0)
        if above is None or above.id in seen:
            return top
        seen.add(above.id)
        top = above


def _left_out(goal: Goal) -> tuple[str, str] | None:
    if goal.visibility is not Visibility.AGENCY:
        return "restricted", "goals that not everyone may see, or under one"
    if goal.status in _UNFINISHED:
        return "draft", "goals not approved yet, or under one"
    if goal.status is GoalStatus.RETIRED:
        return "retired", "retired goals, or goals under one"
    return None


def _place(goal: Goal) -> tuple[Any, ...]:
    """The order of the document, then goals made here by number and age."""
    ordinal = (goal.source or {}).get("ordinal")
    return (ordinal is None, ordinal or 0, natural(goal.sequence), goal.id)


@dataclass(slots=True)
class _Export:
    plan: Plan
    base: Document
    tally: Tally
    metrics: dict[int, list[Measured]]
    below: dict[int, list[Goal]] = field(default_factory=lambda: defaultdict(list))
    links: Links = field(default_factory=Links)
    _owners: dict[int, list[Stakeholder]] = field(default_factory=lambda: defaultdict(list))

    async def load(self, told: list[Goal]) -> None:
        keys = [goal.id for goal in told]
        await self.links.load(told, [each.metric for goal in keys for each in self.metrics.get(goal, ())])
        await self._load_owners(told)
        for start in range(0, len(keys), 900):
            batch = keys[start : start + 900]
            self.tally.add("milestone", "milestones", await Milestone.filter(goal_id__in=batch).count())
            self.tally.add("check-in", "check-ins", await CheckIn.filter(goal_id__in=batch).count())

    async def _load_owners(self, told: list[Goal]) -> None:
        """Owners other than the publisher, and contributors, as stakeholders."""
        publisher = self.plan.publisher_id
        helpers: list[tuple[int, int | None, int | None, str]] = []
        for goal in told:
            if goal.owner_unit_id != publisher:
                helpers.append((goal.id, goal.owner_person_id, goal.owner_unit_id, "Owner"))
        for start in range(0, len(told), 900):
            query = Contributor.filter(goal_id__in=[goal.id for goal in told[start : start + 900]])
            for row in await query.order_by("id"):
                helpers.append((row.goal_id, row.person_id, row.unit_id, "Contributor"))
        people = await _names(Person, {person for _, person, _, _ in helpers if person})
        units = await _names(Unit, {unit for _, _, unit, _ in helpers if unit})
        for goal_id, person, unit, role in helpers:
            name = people.get(person or 0) or units.get(unit or 0, "")
            type_ = "Person" if person else "Organization"
            stakeholder = Stakeholder(name, type=type_, roles=(Role(role, types=("Performer",)),))
            self._owners[goal_id].append(stakeholder)

    def goal(self, goal: Goal) -> elements.Goal:
        body = self._body(goal)
        objectives = [self._objective(each) for each in sorted(self.below[goal.id], key=_place)]
        return elements.Goal(
            **{name: getattr(body, name) for name in _OWN},
            objectives=tuple(objectives),
            indicators=self._indicators(goal),
        )

    def _objective(self, goal: Goal) -> Objective:
        return replace(self._body(goal), indicators=self._indicators(goal))

    def _body(self, goal: Goal) -> Objective:
        """What goals and objectives have alike."""
        said = kept(Objective, goal.source)
        was = goal_columns(said, self.base) if said else {}
        says = said or Objective(identifier=global_id("Goal", goal.id))
        self._count(goal, was)
        owners = [each for each in self._owners[goal.id] if each not in says.stakeholders]
        same_description = goal.description == was.get("description")
        return replace(
            says,
            name=says.name if goal.title == was.get("title") else goal.title,
            description=says.description if same_description else goal.description or "",
            identifier=says.identifier or self.links.needed_identifier(goal),
            sequence=says.sequence if goal.sequence == was.get("sequence") else goal.sequence or "",
            stakeholders=(*says.stakeholders, *owners),
        )

    def _indicators(self, goal: Goal) -> tuple[Indicator, ...]:
        said = kept(Objective, goal.source)
        title = goal_columns(said, self.base)["title"] if said else title_of(goal.title)
        links = self.links.of_goal(goal)
        found = []
        for each in self.metrics.get(goal.id, ()):
            own = [*self.links.of_metric(each.metric), *links.new]
            links.new.clear()  # said with the first one
            identifier = global_id("Metric", each.metric.id)
            found.append(indicator(each, title, self.base, tuple(own), identifier, self.tally))
        return (*found, *self.links.carrier(links))

    def _count(self, goal: Goal, was: dict[str, Any]) -> None:
        """Note what of the goal itself has no place."""
        plan = {"start_date": self.plan.start_date, "due_date": self.plan.end_date}
        for column, dates in (("start_date", "start"), ("due_date", "due")):
            stands = getattr(goal, column)
            if stands is not None and stands not in (was.get(column), plan[column]):
                self.tally.add(f"{dates}-date", f"goals with a {dates} date of their own")
        if goal.status is not GoalStatus.ACTIVE:
            self.tally.add("status", f"goals that are {goal.status.value.lower()}")
        if goal.weight_bp is not None:
            self.tally.add("weight", "goals with a weight")
        if goal.ambition is not Ambition.COMMITTED:
            self.tally.add("ambition", "aspirational goals")
        if goal.method is not None:
            self.tally.add("method", "goals with a method")
        for column in ("pillar_id", "mandate_id", "cycle_id"):
            if getattr(goal, column) is not None:
                name = column.removesuffix("_id")
                self.tally.add(name, f"goals with a {name}")


_OWN = ("name", "description", "identifier", "sequence", "stakeholders", "other_information", "places")


async def _names(model: type[Person] | type[Unit], keys: Iterable[int]) -> dict[int, str]:
    wanted, found = sorted(keys), {}
    for start in range(0, len(wanted), 900):
        for row in await model.filter(id__in=wanted[start : start + 900]).only("id", "name"):
            found[row.id] = row.name
    return found
