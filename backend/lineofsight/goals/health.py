"""Health: what the clock moves. One SQL expression with a Python twin over (row, request date).

A row here is a goal's columns with the piece of its expected progress that covers the day, joined as ``s``
(goals.models.PaceSegment): ``s__from_day``, ``s__to_day``, ``s__from_value``,
``s__to_value``; NULL where there is none.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lineofsight.goals.words import GoalStatus, Health
from lineofsight.kernel.sql import Sql
from lineofsight.settings import settings

DUE_FROM = 0.1  # share of expected progress from which a goal is judged
BEFORE = (GoalStatus.DRAFT.value, GoalStatus.PROPOSED.value, GoalStatus.APPROVED.value)

JOIN = 'left join "pace_segment" s on s.goal_id = t.id and s.from_day <= ? and ? < s.to_day'

_EXPECTED = (
    "(case when t.due_date is null then null when s.id is null then 0.0 "
    "else s.from_value + (s.to_value - s.from_value) * (? - s.from_day) / (s.to_day - s.from_day) end)"
)


def join(on: date) -> Sql:
    """Joins the piece of expected progress that covers the day."""
    return Sql(JOIN, on.toordinal(), on.toordinal())


def expected_sql(on: date) -> Sql:
    """Expected progress on a day."""
    return Sql(_EXPECTED, Sql(f"cast({on.toordinal()} as double precision)"))


def expected(row: Mapping[str, Any], on: date) -> float | None:
    """The same of one row."""
    if row["due_date"] is None:
        return None
    if row["s__from_day"] is None:
        return 0.0
    rise = row["s__to_value"] - row["s__from_value"]
    share = rise * float(on.toordinal() - row["s__from_day"]) / (row["s__to_day"] - row["s__from_day"])
    return float(row["s__from_value"] + share)


def health_sql(on: date) -> Sql:
    """Health on a day, the first that matches (GLOSSARY.md, formula 4)."""
    e = expected_sql(on)
    return Sql(
        "(case when t.status in (?, ?, ?) then 'PENDING' "
        "when t.status <> 'ACTIVE' then coalesce(t.closed_health, 'NO_DATA') "
        "when not ((t.first_due_on is not null and t.first_due_on <= ?) or coalesce(?, 0) >= ?) then 'PENDING' "
        "when t.progress is null then 'NO_DATA' "
        "when t.stale_on is not null and t.stale_on <= ? then 'OUTDATED' "
        "when ? is null or t.progress >= ? * ? then 'ON_TRACK' "
        "when t.progress >= ? * ? then 'AT_RISK' else 'OFF_TRACK' end)",
        *BEFORE,
        on,
        e,
        DUE_FROM,
        on,
        e,
        settings().on_track_pace,
        e,
        settings().at_risk_pace,
        e,
    )


def health(row: Mapping[str, Any], on: date) -> Health:
    """The same of one row."""
    if row["status"] in BEFORE:
        return Health.PENDING
    if row["status"] != GoalStatus.ACTIVE:
        return Health(row["closed_health"] or Health.NO_DATA)
    e = expected(row, on)
    due = row["first_due_on"] is not None and row["first_due_on"] <= on
    if not due and (e or 0.0) < DUE_FROM:
        return Health.PENDING
    if row["progress"] is None:
        return Health.NO_DATA
    if row["stale_on"] is not None and row["stale_on"] <= on:
        return Health.OUTDATED
    if e is None or row["progress"] >= settings().on_track_pace * e:
        return Health.ON_TRACK
    return Health.AT_RISK if row["progress"] >= settings().at_risk_pace * e else Health.OFF_TRACK
