"""Every rule says the same as SQL over rows and as Python over one row; so do health and expected progress.

Rows are random, with missing facts planted wherever a column may lack them; viewers are random too.
"""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from tortoise.models import Model

from lineofsight.goals import policy as goal_policy
from lineofsight.goals.health import expected, expected_sql, health, health_sql, join
from lineofsight.goals.models import Goal, GoalStatus, Health, Visibility
from lineofsight.kernel import paths
from lineofsight.kernel.access import Rule
from lineofsight.kernel.database import dialect, execute, fetch
from lineofsight.kernel.rows import columns_of, decode, decoders_of
from lineofsight.kernel.sql import Sql
from lineofsight.people import policy as people_policy
from lineofsight.people.models import Office
from lineofsight.people.viewer import Viewer, ViewerKind
from lineofsight.strategy import policy as strategy_policy
from tests.cast import EVERY_SCOPE
from tests.support.databases import TestDatabase

pytestmark = pytest.mark.requirement("C4.5")

RULES: list[Rule] = [*people_policy.RULES, *strategy_policy.RULES, *goal_policy.RULES]
TYPES = {
    "visibility": "text", "status": "text", "unit_path": "text", "owner_line": "text", "path": "text", "line": "text",
}  # fmt: skip
"""Columns that hold text; all others hold keys."""
ROWS, VIEWERS = 120, 40


def _path(rng: random.Random) -> str:
    """A path of few nodes, so that many lie under each other."""
    path = ""
    for _ in range(rng.randint(0, 4)):
        path = paths.descend(path, rng.choice((1, 2, 3, 35, 36, 1_296)))
    return path


def _fact(rng: random.Random, column: str) -> Any:
    if rng.random() < 0.15:
        return None
    if column == "visibility":
        return rng.choice(list(Visibility)).value
    if column == "status":
        return rng.choice(list(GoalStatus)).value
    if TYPES.get(column) == "text":
        return _path(rng)
    return rng.randint(0, 6)


def _viewer(rng: random.Random) -> Viewer:
    """A person, a client or a stranger, with any facts."""
    kind = rng.choice([ViewerKind.PERSON] * 6 + [ViewerKind.CLIENT] * 2 + [ViewerKind.ANONYMOUS])
    scopes = rng.choice([None, None, frozenset(rng.sample(EVERY_SCOPE, rng.randint(0, 9)))])
    some = lambda: frozenset(rng.randint(0, 6) for _ in range(rng.randint(0, 3)))  # noqa: E731
    ways = lambda: tuple(_path(rng) for _ in range(rng.randint(0, 2)))  # noqa: E731
    if kind is not ViewerKind.PERSON:
        return Viewer(kind, scopes=scopes, limits=rng.choice([None, ways()]))
    offices = [(rng.choice(list(Office)), 1, _path(rng)) for _ in range(rng.randint(0, 3))]
    return Viewer(
        kind, id=rng.randint(0, 6), scopes=scopes, positions=some(), lines=ways(), directs=some(),
        direct_positions=some(), units_up=some(), led_units=ways(), led_unit_ids=some(), contributes_to=some(),
        offices=tuple(offices),
    )  # fmt: skip


async def test_sql_and_python_agree_on_every_rule(db: TestDatabase) -> None:
    rng = random.Random(7)
    columns = sorted({column for rule in RULES for column in rule.columns})
    names = ", ".join(f"{c} {'text' if TYPES.get(c) else 'bigint'}" for c in columns)
    collate = names.replace("text", 'text collate "C"') if dialect() == "postgres" else names
    await execute(Sql(f"create table fact (n bigint, {collate})"))
    rows = [{"n": n, **{c: _fact(rng, c) for c in columns}} for n in range(ROWS)]
    for row in rows:
        await execute(Sql(f"insert into fact values ({', '.join('?' * (len(columns) + 1))})", *row.values()))
    opened = closed = 0
    for _ in range(VIEWERS):
        viewer = _viewer(rng)
        for rule in RULES:
            found = {r["n"] for r in await fetch(Sql("select t.n from fact t where ?", rule.sql(viewer)))}
            allowed = {row["n"] for row in rows if rule.allows(viewer, row)}
            assert found == allowed, (rule.name, viewer)
            opened, closed = opened + len(allowed), closed + ROWS - len(allowed)
    assert min(opened, closed) > ROWS * VIEWERS


def test_a_rule_without_facts_is_closed() -> None:
    nobody, empty = Viewer(), dict.fromkeys({c for rule in RULES for c in rule.columns})
    for rule in RULES:
        assert not rule.allows(nobody, empty), rule.name
        assert not rule.allows(Viewer(ViewerKind.CLIENT, limits=()), empty), rule.name


def test_a_client_opens_no_branch_about_a_person() -> None:
    """Facts of a client hold no person: its rules open by visibility alone, and it writes nothing."""
    client = Viewer(ViewerKind.CLIENT, client_id=1, scopes=frozenset(EVERY_SCOPE))
    row = {c: 1 for rule in RULES for c in rule.columns} | {"visibility": "PRIVATE", "status": "ACTIVE"}
    row |= {"unit_path": "000001/", "owner_line": "000001/", "path": "000001/", "line": "000001/"}
    opened = {rule.name for rule in RULES if rule.allows(client, row)}
    assert opened == {rule.name for rule in RULES if [people_policy.KNOWN] in [list(b) for b in rule.branches]}


DAY = date(2026, 3, 16)


def _goal_row(rng: random.Random) -> dict[str, Any]:
    def maybe(value: Any) -> Any:
        return None if rng.random() < 0.2 else value

    def day() -> date:
        return DAY + timedelta(days=rng.choice((-400, -93, -31, -1, 0, 1, 31, 200)))

    return {
        "status": rng.choice([GoalStatus.ACTIVE] * 5 + list(GoalStatus)).value,
        "due_date": maybe(day()),
        "progress": maybe(rng.choice((0.0, 0.05, 0.35, 0.5, 0.63, 0.7, 0.9, 1.0, rng.random()))),
        "stale_on": maybe(day()),
        "first_due_on": maybe(day()),
        "closed_health": maybe(rng.choice(list(Health)).value),
    }


@pytest.mark.requirement("A3")
async def test_health_and_expected_progress_agree(db: TestDatabase, cast: object) -> None:
    rng = random.Random(11)
    keys = [row["id"] for row in await fetch(Sql("select id from goal order by id limit 60"))]
    await execute(Sql("delete from pace_segment"))
    for key in keys:
        values = _goal_row(rng)
        sets = ", ".join(f"{name} = ?" for name in values)
        await execute(Sql(f"update goal set {sets} where id = ?", *values.values(), key))
        at = DAY.toordinal() - rng.randint(0, 300)
        for _ in range(rng.randint(0, 3)):
            to = at + rng.randint(1, 250)
            piece = (key, at, to, rng.random(), rng.choice((0.0, 1.0, rng.random())))
            await execute(
                Sql("insert into pace_segment (goal_id, from_day, to_day, from_value, to_value) values (?, ?, ?, ?, ?)",
                    *piece)
            )  # fmt: skip
            at = to
    seen = set()
    for shift in (-365, -90, -1, 0, 1, 17, 90, 365):
        on = DAY + timedelta(days=shift)
        names = ", ".join(f't."{c}"' for c in columns_of(Goal))
        pieces = ", ".join(f's.{c} as "s__{c}"' for c in ("from_day", "to_day", "from_value", "to_value"))
        rows = await fetch(
            Sql(
                f"select {names}, {pieces}, ? as told_health, ? as told_expected from goal t ? where t.id <= ?",
                health_sql(on),
                expected_sql(on),
                join(on),
                keys[-1],
            )
        )
        assert len(rows) == len(keys)
        for row in decode(decoders_of(Goal), rows):
            assert health(row, on).value == row["told_health"], row
            assert expected(row, on) == pytest.approx(row["told_expected"]), row
            seen.add(row["told_health"])
    assert seen == {h.value for h in Health}


def test_facts_of_rules_are_columns_that_rows_carry() -> None:
    """A rule reads only columns of the row it guards."""
    from lineofsight.people.models import Person, Position, Unit

    def has(model: type[Model], rule: Rule) -> bool:
        return set(rule.columns) <= columns_of(model).keys()

    for rule in goal_policy.GOAL_RULES:
        assert has(Goal, rule), rule.name
    for rule, model in (
        (people_policy.SEE_PERSON, Person),
        (people_policy.SEE_CONTACT, Person),
        (people_policy.SEE_UNIT, Unit),
        (goal_policy.CREATE_FOR_UNIT, Unit),
        (goal_policy.CREATE_FOR_PERSON, Person),
    ):
        assert has(model, rule), rule.name
    assert not has(Position, people_policy.SEE_POSITION), "its unit's path is joined"
