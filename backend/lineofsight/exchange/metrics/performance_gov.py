"""The data behind performance.gov: goals.json with target.json, and codes.json where it is given.

goals.json: strategic objectives (goal_type SG; goal_name is the strategic goal above, goal_description the
objective) and agency priority goals (APG). target.json: one indicator of a goal in one fiscal quarter. A
goal of several agencies (joint_agency) is owned by the one that leads it; the others contribute.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lineofsight.exchange.metrics.directions import direction, likely_direction
from lineofsight.exchange.metrics.objects import Entry, objects
from lineofsight.exchange.metrics.records import Aim, GoalRow, MetricRow, Observation, UnitRow
from lineofsight.exchange.report import ImportReport
from lineofsight.exchange.tables.source import UnreadableFile
from lineofsight.exchange.tables.values import amount, is_debris, one_line, slug, text
from lineofsight.goals.periods import parse_period
from lineofsight.goals.words import Cadence, Direction, GoalLevel, OwnView

SYSTEM = "performance-gov"

AGENCIES = {
    "005": ("USDA", "Department of Agriculture"),
    "006": ("DOC", "Department of Commerce"),
    "007": ("DOD", "Department of Defense"),
    "009": ("HHS", "Department of Health and Human Services"),
    "010": ("DOI", "Department of the Interior"),
    "011": ("DOJ", "Department of Justice"),
    "012": ("DOL", "Department of Labor"),
    "014": ("DOS", "Department of State"),
    "015": ("USDT", "Department of the Treasury"),
    "016": ("SSA", "Social Security Administration"),
    "018": ("ED", "Department of Education"),
    "019": ("DOE", "Department of Energy"),
    "020": ("EPA", "Environmental Protection Agency"),
    "021": ("DOT", "Department of Transportation"),
    "023": ("GSA", "General Services Administration"),
    "024": ("DHS", "Department of Homeland Security"),
    "025": ("HUD", "Department of Housing and Urban Development"),
    "026": ("NASA", "National Aeronautics and Space Administration"),
    "027": ("OPM", "Office of Personnel Management"),
    "028": ("SBA", "Small Business Administration"),
    "029": ("VA", "Department of Veterans Affairs"),
    "184": ("USAID", "United States Agency for International Development"),
    "422": ("NSF", "National Science Foundation"),
    "429": ("NRC", "Nuclear Regulatory Commission"),
}
"""Treasury agency codes, for agencies that contribute to a goal and own none."""

_VIEWS = {
    "ahead": OwnView.ON_TRACK,
    "on track": OwnView.ON_TRACK,
    "delayed": OwnView.AT_RISK,
    "blocked": OwnView.OFF_TRACK,
}
_GOAL_FIELDS = ("goal_id", "goal_name", "goal_type", "organization_name", "agency_code")
_TARGET_FIELDS = ("related_goal_id", "indicator", "fiscal_yr", "fiscal_qtr", "value_target", "value_current")


@dataclass(slots=True)
class PerformanceGov:
    """The files of one publication."""

    paths: Sequence[Path]
    report: ImportReport
    system: str = SYSTEM
    cadence: Cadence = Cadence.QUARTERLY
    units: dict[str, UnitRow] = field(default_factory=dict)
    goals: dict[str, GoalRow] = field(default_factory=dict)
    metrics: dict[str, MetricRow] = field(default_factory=dict)
    _observations: list[Observation] = field(default_factory=list)
    _seen: dict[tuple[str, str], tuple[str, int, bool]] = field(default_factory=dict)

    def read(self) -> None:
        """Take in all files, goals before targets whatever their order."""
        goals: list[tuple[str, int, Entry]] = []
        targets: list[tuple[str, int, Entry]] = []
        codes: list[Entry] = []
        for path in self.paths:
            try:
                self._sort(path, goals, targets, codes)
            except UnreadableFile as error:
                self.report.error(str(path), error.line, error.code, error.message)
        names = dict(AGENCIES)
        names |= {
            entry["Code"]: (
                entry.get("Agency_Abbreviation") or entry["Code"],
                entry.get("Name") or entry["Code"],
            )
            for entry in codes
            if entry.get("Code")
        }
        for file, line, entry in goals:
            self._agency(file, line, entry)
        for file, line, entry in goals:
            self._goal(file, line, entry, names)
        for file, line, entry in targets:
            self._target(file, line, entry)
        self._drop_constant_targets()

    def observations(self) -> Iterator[Observation]:
        yield from self._observations

    def _sort(
        self,
        path: Path,
        goals: list[tuple[str, int, Entry]],
        targets: list[tuple[str, int, Entry]],
        codes: list[Entry],
    ) -> None:
        def remark(line: int, code: str, message: str) -> None:
            self.report.warn(str(path), line, code, message)

        entries = list(objects(path, remark))
        found = {name for _, entry in entries for name in entry}
        if found.issuperset(_GOAL_FIELDS):
            goals += [(str(path), line, entry) for line, entry in entries]
        elif found.issuperset(_TARGET_FIELDS):
            targets += [(str(path), line, entry) for line, entry in entries]
        elif "Code" in found:
            codes += [entry for _, entry in entries]
        else:
            needed = f"{', '.join(_GOAL_FIELDS)} (goals) or {', '.join(_TARGET_FIELDS)} (targets)"
            shown = ", ".join(sorted(found)[:30]) or "nothing"
            raise UnreadableFile("wrong-header", f"needs the fields {needed}; found: {shown}")

    def _agency(self, file: str, line: int, entry: Entry) -> None:
        code = text(entry.get("agency_code"))
        if code and code not in self.units:
            short = one_line(entry.get("organization_abbreviation")) or code
            self.units[code] = UnitRow(
                file, line, code, short, one_line(entry.get("organization_name")) or short
            )

    def _goal(self, file: str, line: int, entry: Entry, names: dict[str, tuple[str, str]]) -> None:
        key, name = text(entry.get("goal_id")), one_line(entry.get("goal_name"))
        if key is None or name is None:
            missing = "goal_id" if key is None else "goal_name"
            self.report.error(
                file, line, "missing-key" if key is None else "missing-name", f"has no {missing}"
            )
            return
        if key in self.goals:
            message = f"{key} is there in line {self.goals[key].line}; skipped"
            self.report.warn(file, line, "duplicate-row", message)
            return
        debris = [f"{field} {value}" for field, value in entry.items() if is_debris(value)]
        if debris:
            self.report.warn(file, line, "spreadsheet-error", f"{key}: left out {', '.join(debris)}")
        owner = text(entry.get("agency_code"))
        goal = GoalRow(file, line, key, name, GoalLevel.STRATEGIC_OBJECTIVE, owner=owner)
        goal.description = text(entry.get("goal_description"))
        if text(entry.get("goal_type")) == "SG":
            self._objective(goal, entry, name)
        else:
            goal.unaligned_reason = "performance.gov names no strategic goal above it."
        goal.start_date, goal.due_date = _years(entry)
        goal.own_view = _VIEWS.get((text(entry.get("goal_status")) or "").casefold())
        joint = text(entry.get("joint_goal_id"))
        if joint and joint != key:
            goal.other_keys = (joint,)
        goal.contributors = self._contributors(file, line, entry, owner, names)
        tags = one_line(entry.get("applied_tags"))
        goal.source = {"tags": [tag.strip() for tag in tags.split(",")]} if tags else None
        self.goals[key] = goal

    def _objective(self, goal: GoalRow, entry: Entry, strategic: str) -> None:
        """Put an objective under its strategic goal, which the data only names."""
        number = text(entry.get("sg_id"))
        above = f"{goal.owner}SG{(text(entry.get('fiscal_year')) or '')}-{number or strategic}"
        if above not in self.goals:
            self.goals[above] = GoalRow(
                goal.file, goal.line, above, strategic, GoalLevel.STRATEGIC_GOAL, owner=goal.owner
            )
        goal.parent = above
        if goal.description:
            goal.title, goal.description = one_line(goal.description) or strategic, None

    def _contributors(
        self, file: str, line: int, entry: Entry, owner: str | None, names: dict[str, tuple[str, str]]
    ) -> tuple[str, ...]:
        codes = []
        for part in re.split(r"[,;]", text(entry.get("joint_agency")) or ""):
            code = part.strip().zfill(3) if part.strip().isdigit() else part.strip()
            if not code or code == owner:
                continue
            if code not in self.units:
                short, name = names.get(code, (code, f"Agency {code}"))
                if code not in names:
                    self.report.warn(file, line, "unknown-agency", f"no name is known for agency {code}")
                self.units[code] = UnitRow(file, line, code, short, name)
            codes.append(code)
        return tuple(dict.fromkeys(codes))

    def _target(self, file: str, line: int, entry: Entry) -> None:
        goal, name = text(entry.get("related_goal_id")), one_line(entry.get("indicator"))
        if goal is None and name is None:
            self.report.warn(file, line, "blank-row", "names neither goal nor indicator; skipped")
            return
        if goal is None or name is None:
            self.report.error(
                file, line, "missing-key", f"has no {'related_goal_id' if goal is None else 'indicator'}"
            )
            return
        if goal not in self.goals:
            self.report.error(file, line, "unknown-goal", f"no goal has the key {goal}")
            return
        year, quarter = text(entry.get("fiscal_yr")) or "", text(entry.get("fiscal_qtr")) or ""
        if not re.fullmatch(r"\d{4}", year) or not re.fullmatch(r"[1-4]", quarter):
            self.report.error(file, line, "unreadable-period", f"{year!r}, quarter {quarter!r} is no period")
            return
        key = f"{goal}/{slug(name)}"
        start, target, value = (amount(entry.get(f"value_{what}")) for what in ("start", "target", "current"))
        metric = self.metrics.get(key)
        if metric is None:
            metric = self._metric(file, line, entry, key, goal, name)
            self.metrics[key] = metric
        for what, read in (("start", start), ("target", target), ("current", value)):
            if read.is_text:
                self.report.warn(
                    file, line, "kept-as-text", f"value_{what}: {read.text!r} is no number; kept as text"
                )
            elif read.debris:
                self.report.warn(file, line, "spreadsheet-error", f"value_{what}: left out")
        aim = Aim(start.value, target.value, target.text if target.is_text else None)
        if metric.direction is Direction.MAINTAIN:
            bound = (
                "upper_bound"
                if "below" in (text(entry.get("indicator_type")) or "").casefold()
                else "lower_bound"
            )
            setattr(aim, bound, target.value)
        if metric.aim.is_empty():
            metric.aim = aim
        period = f"FY{year}-Q{quarter}"
        if self._is_new(file, line, key, period, name, has_value=value.text is not None):
            self._observations.append(
                Observation(file, line, key, period, aim, value if value.text is not None else None)
            )

    def _is_new(self, file: str, line: int, key: str, period: str, name: str, *, has_value: bool) -> bool:
        """Whether an indicator's row for a period is its first; a row with a value takes the place of one
        without.
        """
        earlier = self._seen.get((key, period))
        if earlier is None:
            self._seen[key, period] = (file, line, has_value)
            return True
        skipped = (file, line)
        if has_value and not earlier[2]:
            skipped = earlier[:2]
            self._observations = [
                seen for seen in self._observations if (seen.metric, seen.period) != (key, period)
            ]
            self._seen[key, period] = (file, line, True)
        which = "with a value" if has_value or earlier[2] else "that comes first"
        message = f"{name!r} in {period} is there twice; the row {which} counts"
        self.report.warn(*skipped, "duplicate-row", message)
        return skipped != (file, line)

    def _metric(self, file: str, line: int, entry: Entry, key: str, goal: str, name: str) -> MetricRow:
        written, sentence = one_line(entry.get("indicator_type")), one_line(entry.get("target"))
        towards = direction(written)
        if towards is None:
            towards = likely_direction(sentence, name)
            message = f"{name!r}: direction {written or 'none'!r} is unknown; taken as {towards.value}"
            self.report.warn(file, line, "direction-unknown", message)
        unit = "%" if re.search(r"(?i)\bpercent|%", name) else None
        return MetricRow(file, line, key, goal, name, towards, description=sentence, unit_of_measure=unit)

    def _drop_constant_targets(self) -> None:
        """An aim that is the same in every quarter is the metric's own and no target by period."""
        aims: dict[str, list[Aim]] = {}
        for seen in self._observations:
            if seen.aim is not None:
                aims.setdefault(seen.metric, []).append(seen.aim)
        constant = {key for key, found in aims.items() if all(aim == found[0] for aim in found)}
        for seen in self._observations:
            if seen.metric in constant:
                seen.aim = None


def _years(entry: Entry) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day of the fiscal years a goal runs in."""
    first, last = (text(entry.get(f"date_{end}_fy")) for end in ("start", "end"))
    known = [year if year and re.fullmatch(r"\d{4}", year) else None for year in (first, last)]
    return (
        parse_period(f"FY{known[0]}").start if known[0] else None,
        parse_period(f"FY{known[1]}").end if known[1] else None,
    )
