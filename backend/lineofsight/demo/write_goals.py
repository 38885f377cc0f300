"""Writes goals with their measures, milestones, check-ins and alignments, reckoned as actions would."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from lineofsight.exchange.bulk import reserve
from lineofsight.goals.models import (
    Alignment,
    CheckIn,
    Contributor,
    Goal,
    Metric,
    MetricDefinition,
    MetricTarget,
    MetricValue,
    Milestone,
    PaceSegment,
)
from lineofsight.kernel import clock
from lineofsight.kernel.numbers import to_bp
from lineofsight.kernel.sortkey import sort_key
from lineofsight.settings import settings

from . import facts
from .facts import Agency
from .figures import shown
from .ledger import Row, add
from .reckoning import Book, reckon
from .write_people import Places
from .write_plan import Strategy

SYSTEMS = {
    "PLAN": "Permit system", "PW": "Work order system", "PH": "Clinic records", "SO": "Dispatch system",
    "EM": "Dispatch system", "HS": "Case management", "LIB": "Library system", "PARKS": "Registration system",
    "FIN": "Ledger", "HR": "Payroll", "IT": "Service desk", "ASSR": "Assessment roll",
    "ELEC": "Voter registry",
}  # fmt: skip
FACTS = ("sort_key", "unit_path", "owner_position_id", "owner_line", "lead_position_id", "primary_parent_id",
         "plan_id", "is_linked", "progress", "progress_source", "counted", "total", "observed_on", "stale_on",
         "first_due_on", "changed_at", "version", "closed_health")  # fmt: skip


class GoalWriter:
    """Makes the rows of all goals in memory, reckons them, and writes them."""

    def __init__(self, agency: Agency, places: Places, strategy: Strategy) -> None:
        self.agency = agency
        self.places = places
        self.strategy = strategy
        self.book = Book()
        self.definitions: list[Row] = []
        self.values: list[Row] = []
        self.contributors: list[Row] = []
        self.zone = ZoneInfo(settings().time_zone)
        self.now = clock.now()

    async def write(self) -> None:
        """All of it; parents before children, as the foreign keys want."""
        await self._make()
        reckon(self.book, self.strategy.plan)
        goals = sorted(self.book.goals.values(), key=lambda row: self.book.depth[row["id"]])
        await add(Goal, goals, verb="goal.create", leave_out=FACTS)
        await add(PaceSegment, self.book.segments)
        await add(MetricDefinition, self.definitions, verb="metricDefinition.create")
        kept = ("current", "progress", "attainment", "observed_on")
        await add(Metric, self.book.metrics, verb="metric.create", leave_out=kept)
        await add(MetricTarget, self.book.targets, verb="metricTarget.create")
        await add(MetricValue, self.values, verb="metricValue.create")
        await add(Milestone, self.book.milestones, verb="milestone.create")
        await add(Contributor, self.contributors, verb="contributor.create")
        await add(Alignment, self.book.alignments, verb="alignment.create")
        await add(CheckIn, self.book.check_ins, verb="checkIn.create")

    async def _make(self) -> None:
        goals = self.agency.goals
        measured = [goal for goal in goals if goal.metric]
        count = sum(len(goal.metric.values) for goal in measured if goal.metric)
        steps = sum(len(goal.milestones) for goal in goals)
        keys = await reserve(Goal, len(goals))
        metric_keys = iter(await reserve(Metric, len(measured)))
        definition_keys = iter(await reserve(MetricDefinition, len(measured)))
        self._value_keys = iter(await reserve(MetricValue, count))
        self._milestone_keys = iter(await reserve(Milestone, steps))
        for goal, key in zip(goals, keys, strict=True):
            self.book.goals[key] = self._goal(goal, key)
            known = self._metric(goal, key, next(metric_keys), next(definition_keys)) if goal.metric else None
            milestones = self._milestones(goal, key)
            for check_in in goal.check_ins:
                self.book.check_ins.append(self._check_in(check_in, key, known, milestones))
            for helper in goal.contributors:
                self.contributors.append({
                    "goal_id": key,
                    "person_id": None if helper.person is None else self.places.people[helper.person],
                    "unit_id": self.places.units[helper.unit] if helper.unit else None,
                    "share_bp": None if helper.share is None else to_bp(helper.share),
                })  # fmt: skip
        for edge in self.agency.alignments:
            child = self.book.goals[keys[edge.child]]
            self.book.alignments.append({
                "child_id": keys[edge.child], "parent_id": keys[edge.parent], "type": edge.type,
                "is_primary": edge.primary, "weight_bp": None if edge.weight is None else to_bp(edge.weight),
                "reason": edge.reason, "author_id": child["author_id"], "valid_from": edge.since,
                "valid_to": None,
            })  # fmt: skip

    def moment(self, day: date, salt: int) -> datetime:
        """A time in office hours of a day, never later than now."""
        local = datetime.combine(day, time(8 + salt % 9, salt * 7 % 60), self.zone)
        return min(local.astimezone(UTC), self.now)

    def _goal(self, goal: facts.Goal, key: int) -> Row:
        places, person = self.places, goal.owner_person
        position = places.positions[places.holds[person]] if person is not None else places.leads[goal.unit]
        line = places.lines[places.holds[person]] if person is not None else self._line(goal.unit)
        begun = goal.status in ("ACTIVE", "CLOSED", "RETIRED")
        last = goal.check_ins[-1] if goal.check_ins else None
        changed = goal.closed or (last.on if last else goal.start)  # waiting goals were last touched when begun
        return {
            "id": key, "title": goal.title, "sort_key": sort_key(goal.title),
            "description": goal.description or None, "level": goal.level, "kind": goal.kind,
            "method": goal.method, "ambition": goal.ambition, "horizon": goal.horizon, "origin": goal.origin,
            "visibility": goal.visibility, "status": goal.status, "outcome": goal.outcome,
            "cycle_id": self.strategy.cycles[goal.cycle] if goal.cycle else None,
            "owner_person_id": None if person is None else places.people[person],
            "owner_unit_id": places.units[goal.unit] if person is None else None,
            "author_id": None if goal.author is None else places.people[goal.author],
            "pillar_id": None if goal.pillar is None else self.strategy.pillars[int(goal.pillar)],
            "mandate_id": self.strategy.mandates[goal.mandate] if goal.mandate else None,
            "start_date": goal.start, "due_date": goal.due, "cadence": goal.cadence,
            "unaligned_reason": goal.unaligned_reason, "own_view": last.view if last else None,
            "sequence": goal.code if goal.level.startswith("STRATEGIC") else None,
            "activated_on": goal.start if begun else None, "closed_on": goal.closed,
            "unit_id": places.units[goal.unit], "unit_path": places.unit_paths[goal.unit],
            "owner_position_id": position, "owner_line": line,
            "lead_position_id": 0 if person is not None else places.leads[goal.unit],
            "progress_choice": None if goal.source == "MANUAL" else goal.source,
            "manual_progress": last.progress if last else None,
            "weight_bp": None if goal.weight is None else to_bp(goal.weight),
            "changed_at": self.moment(min(changed, self.agency.today), key),
        }  # fmt: skip

    def _line(self, unit: str) -> str:
        lead = next(u.lead for u in self.agency.units if u.code == unit)
        return "" if lead is None else self.places.lines[lead]

    def _metric(self, goal: facts.Goal, key: int, metric_key: int, definition: int) -> "Known":
        metric, places = goal.metric, self.places
        assert metric is not None
        fed = any(value.source != "MANUAL" for value in metric.values)
        steward = goal.owner_person if goal.owner_person is not None else goal.author
        self.definitions.append({
            "id": definition, "name": metric.name, "unit_of_measure": metric.unit_of_measure,
            "steward_id": None if steward is None else places.people[steward],
            "source_system": SYSTEMS.get(goal.unit.split("-")[0]) if fed else None,
        })  # fmt: skip
        self.book.metrics.append({
            "id": metric_key, "goal_id": key, "definition_id": definition, "name": metric.name, "ordinal": 0,
            "direction": metric.direction, "unit_of_measure": metric.unit_of_measure, "weight_bp": None,
            "baseline": metric.baseline, "commit": metric.commit, "target": metric.target,
            "stretch": metric.stretch, "lower_bound": metric.lower, "upper_bound": metric.upper,
            "tolerance": None,
        })  # fmt: skip
        self.book.targets.extend(
            {"metric_id": metric_key, "period": target.period, "period_end": target.period_end,
             "baseline": None, "target": target.target, "target_text": None, "lower_bound": None,
             "upper_bound": None}
            for target in metric.targets
        )  # fmt: skip
        known = Known(metric_key)
        for value, value_key in zip(metric.values, self._value_keys, strict=False):
            recorded = self.moment(min(value.observed, self.agency.today), value_key)
            row: Row = {
                "id": value_key, "definition_id": definition, "period": value.period,
                "period_end": value.period_end, "value": value.value, "text": shown(value.value, 2),
                "source": value.source, "recorded_at": recorded, "superseded": False,
                "author_id": self.book.goals[key]["author_id"] if value.source == "MANUAL" else None,
            }  # fmt: skip
            self.values.append(row)
            known.values[value.observed] = value_key
            newest = self.book.newest.get(definition)
            if newest is None or value.period_end >= newest["period_end"]:
                self.book.newest[definition] = row
        return known

    def _milestones(self, goal: facts.Goal, key: int) -> list[Row]:
        rows: list[Row] = []
        for step in goal.milestones:
            row_key = next(self._milestone_keys)
            rows.append({
                "id": row_key, "goal_id": key, "title": step.title, "due_date": step.due, "weight_bp": None,
                "done_at": self.moment(step.done, row_key) if step.done else None,
            })  # fmt: skip
        self.book.milestones.extend(rows)
        return rows

    def _check_in(self, said: facts.CheckIn, goal: int, known: "Known | None", milestones: list[Row]) -> Row:
        value = known.values.get(said.on) if known and said.value is not None else None
        at = self.moment(said.on, value or goal)
        self.book.checked[goal] = max(self.book.checked.get(goal, at), at)
        return {
            "goal_id": goal, "at": at, "author_id": self.places.people[said.author],
            "metric_id": known.metric if known and value else None, "metric_value_id": value,
            "milestone_id": milestones[said.milestone]["id"] if said.milestone is not None else None,
            "value": said.value, "progress": said.progress,
            "text": None if said.value is None else shown(said.value, 2),
            "confidence": said.confidence, "note": said.note or None, "blocker": said.blocker,
            "view": said.view,
        }  # fmt: skip


class Known:
    """A written measure: its key, and the keys of its values by the day they were observed."""

    def __init__(self, metric: int) -> None:
        self.metric = metric
        self.values: dict[date, int] = {}
