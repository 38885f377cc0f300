"""The goals themselves, from the strategic plan down to each person, and their primary edges."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from .course import quarterly_targets
from .dates import months_later
from .facts import Alignment, Cycle, Goal
from .organization import Crew, Organization
from .plan import Objective, strategic_goals
from .text import Line, UnitBlock, common_lines, sentences
from .writing import Writer


class Cascade:
    """Builds goals level by level. `by_code`: (unit, code, cycle) and ("plan", code) to goal."""

    def __init__(self, rng: Random, today: date, org: Organization, cycles: tuple[Cycle, Cycle]) -> None:
        self.rng = rng
        self.today = today
        self.org = org
        self.last, self.this = cycles
        self.plan_start = months_later(self.this.start, -24)
        self.plan_end = months_later(self.plan_start, 60) - timedelta(days=1)
        self.writer = Writer(rng, today)
        self.alignments: list[Alignment] = []
        self.by_code: dict[tuple[str, ...], Goal] = {}
        self.team_goals: dict[tuple[int, str], list[tuple[Goal, list[Line]]]] = {}
        self.workforce: dict[tuple[str, str], list[Goal]] = {}
        self.common_used: Counter[str] = Counter()
        self.leads = {unit.code: org.lead_of(unit.code) for unit in org.units}

    @property
    def goals(self) -> list[Goal]:
        return self.writer.goals

    def align(
        self, child: Goal, parent: Goal, weight: float | None = None, reason: str | None = None
    ) -> None:
        """The primary edge of `child`."""
        why = reason or self.rng.choice(sentences("weight_why"))
        since = max(child.start, parent.start)
        self.alignments.append(Alignment(child.key, parent.key, "CONTRIBUTES", True, weight, why, since))

    def explain(self, child: Goal, reason: str) -> None:
        """Gives the reason of a goal's primary edge in words of its own."""
        for edge in self.alignments:
            if edge.child == child.key and edge.primary:
                edge.reason = reason

    def unit_codes(self) -> Iterable[tuple[tuple[str, str, str], Goal]]:
        """Goals of units by (unit, code, cycle)."""
        return (((key[0], key[1], key[2]), goal) for key, goal in self.by_code.items() if len(key) == 3)

    def weight(self) -> float | None:
        return self.rng.choice((None, None, None, 0.5, 1.0, 1.0, 1.5, 2.0))

    def plan(self) -> None:
        codes = {unit.code for unit in self.org.units}
        strategist = next((c.person for c in self.org.cast if c.role == "strategy office"), None)
        for strategic in strategic_goals():
            unit = strategic.unit if strategic.unit in codes else "agency"
            top = self._strategic(strategic.code, strategic.title, strategic.about, unit, strategist)
            top.level, top.source = "STRATEGIC_GOAL", "CHILDREN"
            for objective in strategic.objectives:
                self.align(
                    self._objective(objective, codes, strategist),
                    top,
                    None,
                    "One of the outcomes that make up this strategic goal.",
                )

    def _strategic(self, code: str, title: str, about: str, unit: str, author: int | None) -> Goal:
        goal = Goal(
            len(self.goals),
            title,
            "STRATEGIC_OBJECTIVE",
            unit,
            None,
            author,
            self.plan_start,
            self.plan_end,
            None,
            "QUARTERLY",
            about,
            code,
            horizon="STRATEGIC",
            origin="ASSIGNED",
            subject=None,
        )
        self.goals.append(goal)
        self.by_code[("plan", code)] = goal
        return goal

    def _objective(self, row: Objective, codes: set[str], author: int | None) -> Goal:
        unit = row.unit if row.unit in codes else "agency"
        goal = self._strategic(row.code, row.title, row.about, unit, author)
        goal.method, goal.source, goal.mandate = "KPI", "MEASURES", row.mandate
        goal.pillar = str(row.pillar)
        line = Line(row.code, "", row.title, row.measure, row.unit_of_measure, row.figures)
        goal.metric = self.writer.metric(line, row.figures)
        goal.luck = row.luck
        return goal

    def unit_goals(self) -> None:
        for code, block in self.org.blocks.items():
            for line in block.goals:
                self._unit_goal(code, block, line, self.this)
                if self.rng.random() < 0.8:
                    self._unit_goal(code, block, line, self.last)
            if block.kind == "department":
                self._workforce(code, block)

    def _unit_goal(self, code: str, block: UnitBlock, line: Line, cycle: Cycle) -> None:
        strategic = line.parent[:1].isdigit()
        goal = self.writer.write(
            line,
            level="UNIT",
            unit=code,
            owner=None,
            author=self.leads[code],
            cycle=cycle,
            cadence="QUARTERLY" if block.kind == "department" else "MONTHLY",
            plain=True,
            reach=None if cycle is self.this else self.rng.choice((1.0, 1.0, 0.9, 0.8, 0.6)),
        )
        goal.code, goal.method = line.code, "KPI" if self.rng.random() < 0.6 else "OKR"
        goal.ambition = "ASPIRATIONAL" if self.rng.random() < 0.15 else "COMMITTED"
        goal.horizon, goal.origin = "ANNUAL", "ASSIGNED" if self.rng.random() < 0.4 else "COCREATED"
        goal.source = "MEASURES" if self.rng.random() < 0.65 else None
        if goal.metric:
            goal.metric.definition = f"{code} {line.code}"
            if goal.metric.target is not None and self.rng.random() < 0.3:
                goal.metric.targets = quarterly_targets(goal, goal.metric)
            goal.description = (
                f"Measured as {line.measure[0].lower()}{line.measure[1:]}, reported by {block.name}."
            )
        self.by_code[(code, line.code, cycle.key)] = goal
        key = ("plan", line.parent) if strategic else (block.parent, line.parent, cycle.key)
        parent = self.by_code.get(key) or self._above(block, line.parent)
        if parent:
            self.align(goal, parent, self.weight())

    def _above(self, block: UnitBlock, code: str) -> Goal | None:
        """Where last year's parent was not written: the objective its line names."""
        above = self.org.blocks.get(block.parent)
        line = next((g for g in above.goals if g.code == code), None) if above else None
        return self.by_code.get(("plan", line.parent)) if line else None

    def _workforce(self, code: str, block: UnitBlock) -> None:
        for line in self.rng.sample(common_lines("dept"), 2):
            for cycle in (self.this, self.last):
                goal = self.writer.write(
                    line,
                    level="UNIT",
                    unit=code,
                    owner=None,
                    author=self.leads[code],
                    cycle=cycle,
                    cadence="QUARTERLY",
                    holes={"dept": block.name},
                    reach=None if cycle is self.this else 0.9,
                )
                goal.source = "MEASURES"
                self.align(goal, self.by_code[("plan", line.parent)], self.weight())
                self.workforce.setdefault((code, cycle.key), []).append(goal)

    def crew_goals(self) -> None:
        for crew in self.org.crews:
            for cycle in (self.this, self.last):
                if cycle is self.last and self.rng.random() < 0.4:
                    continue
                for line, below in crew.block.goals:
                    goal = self._crew_goal(crew, line, cycle)
                    self.team_goals.setdefault((crew.number, cycle.key), []).append((goal, below))

    def _crew_goal(self, crew: Crew, line: Line, cycle: Cycle) -> Goal:
        owner = crew.supervisor.holder
        goal = self.writer.write(
            line,
            level="TEAM",
            unit=crew.unit,
            owner=owner,
            author=owner or self.leads[crew.unit],
            cycle=cycle,
            cadence="MONTHLY",
            reach=None if cycle is self.this else self.rng.choice((1.0, 0.9, 0.7)),
        )
        goal.crew, goal.method = crew.number, "OKR" if self.rng.random() < 0.5 else "SMART"
        goal.source = "MEASURES" if self.rng.random() < 0.5 else None
        unit = crew.unit if (crew.unit, line.parent, "this") in self.by_code else crew.unit.split("-")[0]
        parent = self.by_code.get((unit, line.parent, cycle.key)) or self.by_code[(unit, line.parent, "this")]
        if parent.cycle == cycle.key:
            self.align(goal, parent, self.weight())
        else:
            self._link_up(goal, parent)
        return goal

    def _link_up(self, goal: Goal, parent: Goal) -> None:
        """Last year's team goal whose unit goal was not written then: straight to the objective."""
        step: Goal | None = parent
        while step is not None and step.level == "UNIT":
            edge = next((a for a in self.alignments if a.child == step.key), None)
            step = self.goals[edge.parent] if edge else None
        if step is not None:
            self.align(goal, step, None)

    def personal_goals(self, count: int, skip: Iterable[int]) -> None:
        """`count` goals of single people, a quarter of them of last year, spread evenly with some chance."""
        skipped = set(skip)
        people = [p for p in self.org.positions if p.holder is not None and p.holder not in skipped]
        if not people:
            return
        for cycle, share in ((self.this, 0.74), (self.last, 0.26)):
            wanted = round(count * share) if cycle is self.this else count - round(count * 0.74)
            order: list[int] = []
            while len(order) < wanted:
                order.extend(self.rng.sample(range(len(people)), len(people)))
            taken: dict[int, set[str]] = {}
            for place in order[:wanted]:
                self._personal(people[place].key, cycle, taken.setdefault(place, set()))

    def _personal(self, position: int, cycle: Cycle, taken: set[str]) -> None:
        post = self.org.positions[position]
        assert post.holder is not None
        crew = self.org.crews[post.crew] if post.crew is not None else None
        team = self.team_goals.get((crew.number, cycle.key), []) if crew else []
        leads = crew is None or crew.supervisor is post
        choices: list[tuple[Line, Goal | None]] = []
        if not leads:
            choices = [(line, goal) for goal, lines in team for line in lines if line.title not in taken]
            choices = [
                c
                for c in choices
                if c[0].figures
                or "{" in c[0].title
                or not self.writer.used[(f"{post.unit}{cycle.key}", c[0].title)]
            ]
        word = "lead" if leads else "own"
        if not choices or self.rng.random() < 0.22:
            lines = [line for line in common_lines(word) if line.title not in taken]
            if not lines:
                return
            drawn = self.rng.sample(lines, min(4, len(lines)))
            line, parent = min(drawn, key=lambda one: self.common_used[one.title]), None
            self.common_used[line.title] += 1
        else:
            line, parent = self.rng.choice(choices)
        taken.add(line.title)
        goal = self.writer.write(
            line,
            level="INDIVIDUAL",
            unit=post.unit,
            owner=post.holder,
            author=post.holder,
            cycle=cycle,
            cadence="WEEKLY" if self.rng.random() < 0.03 else "MONTHLY",
            holes=self._holes(crew, post.holder),
            reach=None if cycle is self.this else self.rng.choice((1.0, 0.9, 0.7)),
        )
        goal.crew = post.crew
        goal.origin = "BOTTOM_UP" if parent is None and self.rng.random() < 0.6 else "COCREATED"
        if parent is None:
            self._own(goal, post.unit, cycle, line, [goal for goal, _ in team])
        else:
            self.align(goal, parent, self.weight())

    def _own(self, goal: Goal, unit: str, cycle: Cycle, line: Line, team: list[Goal]) -> None:
        """What a goal of one's own counts toward: the team's or unit's work, the department's workforce, or nothing."""
        goal.kind = "CAPACITY" if line.milestones or "hours" in line.unit_of_measure else "BEHAVIOR"
        department = unit.split("-")[0]
        near = team or [
            found for (place, _, year), found in self.unit_codes() if place == unit and year == cycle.key
        ]
        draw = self.rng.random()
        targets = near if draw < 0.6 and near else self.workforce.get((department, cycle.key), [])
        if targets and draw < 0.87:
            self.align(goal, self.rng.choice(targets), 0.5)
        elif self.rng.random() < 0.5:
            goal.unaligned_reason = self.rng.choice(
                (
                    "Personal development, agreed with my supervisor.",
                    "No matching goal in the plan yet.",
                    "One-time task for this year.",
                )
            )

    def _holes(self, crew: Crew | None, person: int) -> dict[str, str]:
        others = [p.holder for p in crew.staff if p.holder is not None and p.holder != person] if crew else []
        if not others:
            return {"colleague": "the unit's main contact"}
        name = self.org.people[self.rng.choice(others)].name
        return {"colleague": name}
