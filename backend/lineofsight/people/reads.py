"""What a viewer sees of the organisation."""

from collections.abc import Collection
from datetime import date

from lineofsight.kernel import clock, sql
from lineofsight.kernel.database import fetch
from lineofsight.kernel.rows import Join, Reach, Row, Source
from lineofsight.kernel.sql import Sql
from lineofsight.people import policy
from lineofsight.people.models import (
    Client,
    Holding,
    LineKind,
    OfficeHolding,
    Person,
    Position,
    ReportingLine,
    Token,
    Unit,
)

MAX_CHAIN = 64

UNITS = Source(Unit, policy.SEE_UNIT)
PEOPLE = Source(Person, policy.SEE_PERSON)
POSITIONS = Source(
    Position,
    policy.SEE_POSITION,
    on=("unit",),
    joins=(Join(Unit, "unit", "unit.id = t.unit_id", ("path",)),),
)
HOLDERS = Join(Holding, "holding", "holding.person_id = t.id", ("position_id", "is_primary"))


async def external_keys(kind: str, keys: Collection[int]) -> list[Row]:
    """The outside keys of rows: ``row_id``, ``system``, ``key``, ``is_open``, ``client_id``."""
    return await fetch(
        Sql(
            "select r.row_id, s.name as system, r.key, s.is_open, r.client_id "
            "from external_ref r join external_system s on s.id = r.system_id "
            "where r.kind = ? and ? order by s.name, r.key",
            kind,
            sql.among("r.row_id", keys),
        )
    )


UNIT_ABOVE = Join(
    Unit,
    "above",
    "t.unit_path >= above.path and t.unit_path < substr(above.path, 1, length(above.path) - 1) || '0'",
    ("id",),
)
_PERSON_ABOVE = Join(
    Person,
    "above",
    "above.line <> '' and t.line > above.line and t.line < substr(above.line, 1, length(above.line) - 1) || '0'",
    ("id",),
)


def current(on: date) -> Sql:
    """Rows that have not ended by a day."""
    return Sql("(t.ended_on is null or t.ended_on > ?)", on)


def people_of_units(on: date, *, deep: bool) -> Reach:
    """The people of a unit, or (``deep``) of it and of all below it."""
    return Reach("above.id", (UNIT_ABOVE,), current(on)) if deep else Reach("t.unit_id", where=current(on))


def reports(on: date, *, deep: bool) -> Reach:
    """Who reports to a person, or (``deep``) everyone below on the reporting line."""
    return Reach("above.id", (_PERSON_ABOVE,), current(on)) if deep else Reach("t.manager_id", where=current(on))


def holders(on: date) -> Reach:
    """Who holds a position on a day."""
    return Reach(
        "holding.position_id",
        (HOLDERS,),
        Sql("holding.valid_from <= ? and (holding.valid_to is null or holding.valid_to > ?)", on, on),
    )


async def first_holders(position_ids: Collection[int]) -> dict[int, int]:
    """The person who stands for each position today: its first holder."""
    today = clock.today()
    rows = await fetch(
        Sql(
            "select h.position_id, h.person_id from holding h join person p on p.id = h.person_id "
            "where ? and h.valid_from <= ? and (h.valid_to is null or h.valid_to > ?) "
            "and (p.ended_on is null or p.ended_on > ?) order by h.is_primary desc, h.valid_from, h.id",
            sql.among("h.position_id", position_ids),
            today,
            today,
            today,
        )
    )
    found: dict[int, int] = {}
    for row in rows:
        found.setdefault(row["position_id"], row["person_id"])
    return found


async def manager_chains(person_ids: Collection[int]) -> dict[int, list[int]]:
    """The managers of each person, nearest first."""
    rows = await fetch(
        Sql(
            "with recursive up(origin, id, depth) as (select id, manager_id, 0 from person where ? "
            "union all select up.origin, p.manager_id, up.depth + 1 from up join person p on p.id = up.id "
            f"where up.depth < {MAX_CHAIN}) select origin, id from up where id is not null order by origin, depth",
            sql.among("id", person_ids),
        )
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row["origin"], []).append(row["id"])
    return found


_GRANT_FACTS = Join(
    Person,
    "of",
    "of.grant_id = t.id",
    ("id", "unit_path"),
    table=(
        "(select o.id as grant_id, o.person_id as id, u.path as unit_path "
        "from office_holding o join unit u on u.id = o.unit_id)"
    ),
)
OFFICES = Source(OfficeHolding, policy.SEE_OFFICE, on=("of",), joins=(_GRANT_FACTS,))
"""Grants of offices, with the facts of their rules: the receiver, the path of the unit."""

_CLIENT_FACTS = Join(
    Person,
    "of",
    "of.client_id = t.id",
    ("id", "unit_path"),
    table=(
        "(select c.id as client_id, c.sponsor_id as id, coalesce(u.path, r.path) as unit_path from client c "
        "left join unit u on u.id = c.unit_id "
        "join (select min(path) as path from unit where parent_id is null) r on 1 = 1)"
    ),
)
CLIENTS = Source(Client, policy.SEE_CLIENT, on=("of",), joins=(_CLIENT_FACTS,))
"""Partners' clients, with the facts of their rules: the sponsor, the path of the unit they are limited to."""


def dotted(on: date, *, upward: bool) -> Reach:
    """The positions that dotted lines lead to on a day (``upward``), or come from."""
    near, far = ("position_id", "superior_id") if upward else ("superior_id", "position_id")
    return Reach(
        f"dotted.{near}",
        (Join(ReportingLine, "dotted", f"dotted.{far} = t.id", ("id",)),),
        Sql(
            "dotted.kind = ? and dotted.valid_from <= ? and (dotted.valid_to is null or dotted.valid_to > ?)",
            LineKind.DOTTED.value,
            on,
            on,
        ),
    )


async def tokens_of_clients(client_ids: Collection[int]) -> dict[int, list[Token]]:
    """The tokens in force of clients, newest first."""
    found: dict[int, list[Token]] = {}
    rows = Token.filter(client_id__in=client_ids, ended_at__isnull=True, expires_at__gt=clock.now())
    for token in await rows.order_by("-id"):
        found.setdefault(token.client_id or 0, []).append(token)
    return found
