"""The invented agency as plain rows: deterministic, complete, believable in its proportions."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from lineofsight.demo.agency import invent
from lineofsight.demo.cast import CAST
from lineofsight.demo.facts import Agency, Goal
from lineofsight.demo.figures import counted, nice, one_of, parse_figures, shown

TODAY = date(2026, 11, 22)


@cache
def agency(people: int = 400, seed: int = 1, today: date = TODAY) -> Agency:
    return invent(people, seed, today)


def parents(made: Agency) -> dict[int, int]:
    return {a.child: a.parent for a in made.alignments if a.primary}


def owned_by(made: Agency, role: str) -> list[Goal]:
    person = next(c.person for c in made.cast if c.role == role)
    return [goal for goal in made.goals if goal.owner_person == person]


def test_the_same_seed_makes_the_same_agency() -> None:
    assert invent(60, 7, TODAY) == invent(60, 7, TODAY)
    assert invent(60, 7, TODAY) != invent(60, 8, TODAY)


def test_the_standard_agency_has_the_promised_size() -> None:
    made = agency()
    assert len(made.people) == 400
    assert len(made.goals) == 1_600
    assert 40 <= len(made.units) <= 46
    levels = Counter(goal.level for goal in made.goals)
    assert levels["STRATEGIC_GOAL"] == 6
    assert levels["STRATEGIC_OBJECTIVE"] == 22
    assert sum(len(goal.check_ins) for goal in made.goals) > 8_000


@pytest.mark.parametrize("people", [10, 20, 40, 150, 1_000])
def test_every_size_has_the_whole_cast_and_plan(people: int) -> None:
    made = agency(people)
    assert len(made.people) == people
    assert [c.role for c in made.cast] == [c.role for c in CAST]
    assert sum(goal.level == "STRATEGIC_OBJECTIVE" for goal in made.goals) == 22
    assert len(made.goals) >= 3 * people


@pytest.mark.parametrize("people", [10, 40, 400])
def test_names_and_addresses_are_unique(people: int) -> None:
    made = agency(people)
    assert len({person.name for person in made.people}) == people
    assert len({person.email for person in made.people}) == people
    assert len({unit.code for unit in made.units}) == len(made.units)
    assert all(person.email.endswith("@kestrel.example") for person in made.people)


def test_positions_make_a_line_with_a_vacancy_inside_it() -> None:
    made = agency()
    held = {position.key for position in made.positions if position.holder is not None}
    inside = {position.superior for position in made.positions} - held - {None}
    assert inside
    assert any(position.dotted is not None for position in made.positions)
    assert any(position.headcount < 1 for position in made.positions)
    for position in made.positions:
        assert position.superior is None or position.superior < position.key


def test_every_goal_reaches_the_plan_but_for_some_orphans() -> None:
    made = agency()
    above = parents(made)
    by_key = {goal.key: goal for goal in made.goals}
    lost = 0
    for goal in made.goals:
        key, seen = goal.key, set()
        while key in above:
            assert key not in seen
            seen.add(key)
            key = above[key]
        lost += by_key[key].level != "STRATEGIC_GOAL"
    assert 0.01 < lost / len(made.goals) < 0.1


def test_children_stand_below_their_parents_level() -> None:
    made = agency()
    rank = ["STRATEGIC_GOAL", "STRATEGIC_OBJECTIVE", "UNIT", "TEAM", "INDIVIDUAL"]
    by_key = {goal.key: goal for goal in made.goals}
    for child, parent in parents(made).items():
        assert rank.index(by_key[child].level) >= rank.index(by_key[parent].level)


def test_contributing_edges_make_no_circle_and_no_pair_twice() -> None:
    made = agency()
    for kind in ("CONTRIBUTES", "DEPENDS_ON"):
        edges = [(a.child, a.parent) for a in made.alignments if a.type == kind]
        assert len(edges) == len(set(edges))
        above: dict[int, set[int]] = {}
        for child, parent in edges:
            above.setdefault(child, set()).add(parent)
        for start in above:
            reached, todo = set(), [start]
            while todo:
                for parent in above.get(todo.pop(), ()):
                    if parent not in reached:
                        reached.add(parent)
                        todo.append(parent)
            assert start not in reached


def test_the_troubles_of_a_real_agency_are_there() -> None:
    made = agency()
    assert {goal.status for goal in made.goals} == {
        "DRAFT", "PROPOSED", "APPROVED", "ACTIVE", "CLOSED", "RETIRED",
    }  # fmt: skip
    assert {goal.visibility for goal in made.goals} == {"AGENCY", "UNIT", "CHAIN", "PRIVATE"}
    assert {a.type for a in made.alignments} == {"CONTRIBUTES", "SUPPORTS", "DEPENDS_ON", "CONFLICTS_WITH"}
    assert {goal.outcome for goal in made.goals} == {None, "ACHIEVED", "PARTIAL", "MISSED", "DROPPED"}
    units = {goal.key: goal.unit.split("-")[0] for goal in made.goals}
    shared = [a for a in made.alignments if a.type == "CONTRIBUTES" and not a.primary]
    assert any(units[a.child] != units[a.parent] for a in shared)
    for goal in made.goals:
        shares = [helper.share for helper in goal.contributors if helper.share is not None]
        assert not shares or sum(shares) == pytest.approx(1)


def test_weights_of_one_persons_year_make_a_whole() -> None:
    weights: dict[int, list[float | None]] = {}
    for goal in agency().goals:
        if goal.owner_person is not None and goal.cycle == "this" and goal.status in ("ACTIVE", "APPROVED"):
            weights.setdefault(goal.owner_person, []).append(goal.weight)
    weighed = [theirs for theirs in weights.values() if any(theirs)]
    assert weighed
    for theirs in weighed:
        assert sum(share or 0 for share in theirs) == pytest.approx(1)


def test_some_goals_are_judged_and_some_have_targets_by_quarter() -> None:
    made = agency()
    judged = [g for g in made.goals if g.source == "MANUAL" and g.check_ins]
    assert judged
    for goal in judged:
        shares = [c.progress for c in goal.check_ins if c.progress is not None]
        assert shares == sorted(shares)
        assert all(0 <= share <= 1 for share in shares)
    targets = [goal.metric.targets for goal in made.goals if goal.metric and goal.metric.targets]
    assert targets
    assert all(len({target.period for target in one}) == 4 for one in targets)


def test_nothing_happened_in_the_future_or_before_the_goal() -> None:
    made = agency()
    for goal in made.goals:
        assert goal.start < goal.due
        for check_in in goal.check_ins:
            assert goal.start <= check_in.on <= made.today
        assert all(step.due <= goal.due for step in goal.milestones)
        assert all(step.done is None or step.done <= made.today for step in goal.milestones)
        if goal.metric:
            assert all(value.observed <= made.today for value in goal.metric.values)
            periods = [value.period for value in goal.metric.values]
            assert len(periods) == len(set(periods))
            ends = [value.period_end for value in goal.metric.values]
            assert ends == sorted(ends)


def test_numbers_agree_with_their_measure() -> None:
    for goal in agency().goals:
        metric = goal.metric
        if metric is None:
            continue
        if metric.direction == "MAINTAIN":
            assert metric.lower is not None or metric.upper is not None
        else:
            assert metric.baseline is not None
            assert metric.target is not None
            assert (metric.target > metric.baseline) == (metric.direction == "INCREASE")
        for value in metric.values:
            assert value.value >= 0
            assert metric.unit_of_measure != "%" or value.value <= 100
        if metric.cumulative:
            own = [v.value for v in metric.values if v.observed >= goal.start]
            assert own == sorted(own)


@pytest.mark.parametrize("month", range(1, 13))
def test_the_cycle_is_always_well_under_way(month: int) -> None:
    made = agency(20, 1, date(2027, month, 3))
    this = next(cycle for cycle in made.cycles if cycle.key == "this")
    elapsed = (made.today - this.start).days / ((this.end - this.start).days + 1)
    assert 0.35 < elapsed < 0.75


def test_the_employee_has_a_story() -> None:
    goals = owned_by(agency(), "employee")
    active = sorted(goal.mood for goal in goals if goal.status == "ACTIVE")
    assert active == ["OFF_TRACK", "ON_TRACK", "ON_TRACK", "OUTDATED"]
    assert [goal.status for goal in goals if goal.status != "ACTIVE"].count("DRAFT") == 1


def test_the_manager_has_reports_a_proposal_and_a_hidden_step() -> None:
    made = agency()
    manager = next(made.people[c.person] for c in made.cast if c.role == "manager")
    reports = {p.holder for p in made.positions if p.superior == manager.position and p.holder is not None}
    assert 6 <= len(reports) <= 9
    assert any(g.status == "PROPOSED" and g.owner_person in reports for g in made.goals)
    assert any(g.mood == "OFF_TRACK" and g.owner_person in reports for g in made.goals)
    by_key = {goal.key: goal for goal in made.goals}
    above = parents(made)
    assert any(
        by_key[above[g.key]].visibility == "CHAIN" for g in owned_by(made, "manager") if g.key in above
    )


def test_figures_are_read_rounded_and_shown_as_people_do() -> None:
    assert parse_figures("4,500>9,000.5").decimals == 1
    assert parse_figures("..25").upper == 25
    assert parse_figures("0.5..1.5").decimals == 1
    assert nice(1_237, 0) == 1_240
    assert shown(8.0, 1) == "8"
    assert counted(1, "classes") == "1 class"
    assert counted(3, "%") == "3%"
    assert one_of("working days") == "working day"
    assert one_of("hours a month") == "hour a month"
