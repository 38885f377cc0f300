"""Who asks, and the facts that rules know of them."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from lineofsight.kernel import clock, paths, sql
from lineofsight.kernel.database import connected_url, fetch
from lineofsight.kernel.events import Actor
from lineofsight.kernel.models import ActorKind
from lineofsight.kernel.sql import Sql
from lineofsight.people import lines
from lineofsight.people.models import GrantState, Office
from lineofsight.settings import settings


class ViewerKind(StrEnum):
    """A person, a partner's client, or a stranger."""

    PERSON = "PERSON"
    CLIENT = "CLIENT"
    ANONYMOUS = "ANONYMOUS"


@dataclass(frozen=True)
class Viewer:
    """The facts of who asks. Paths are prefixes (kernel.paths); a closed fact is empty, so its branches drop.

    ``contributes_to``: goals the viewer helps on; filled by goals.viewer.
    """

    kind: ViewerKind = ViewerKind.ANONYMOUS
    id: int | None = None  # of the person; a client has none, so that no "self" branch opens
    client_id: int | None = None
    name: str = ""
    scopes: frozenset[str] | None = None
    limits: tuple[str, ...] | None = None
    positions: frozenset[int] = frozenset()
    lines: tuple[str, ...] = ()
    directs: frozenset[int] = frozenset()
    direct_positions: frozenset[int] = frozenset()
    units_up: frozenset[int] = frozenset()
    led_units: tuple[str, ...] = ()
    led_unit_ids: frozenset[int] = frozenset()
    contributes_to: frozenset[int] = frozenset()
    offices: tuple[tuple[Office, int, str], ...] = ()  # office, unit, its path
    session_id: int | None = None
    on: date = field(default_factory=clock.today)

    @property
    def is_known(self) -> bool:
        """Anyone but a stranger."""
        return self.kind is not ViewerKind.ANONYMOUS

    @property
    def is_colleague(self) -> bool:
        """A person of the agency."""
        return self.kind is ViewerKind.PERSON

    @property
    def reads_contacts(self) -> bool:
        """A colleague, where the agency lets colleagues read each other's contact details."""
        return self.is_colleague and settings().directory_emails

    def _office(self, office: Office) -> tuple[str, ...]:
        return tuple(path for held, _, path in self.offices if held is office)

    @property
    def hr(self) -> tuple[str, ...]:
        """Where the viewer is HR."""
        return self._office(Office.HR)

    @property
    def strategy(self) -> tuple[str, ...]:
        """Where the viewer is the strategy office."""
        return self._office(Office.STRATEGY)

    @property
    def executive(self) -> tuple[str, ...]:
        """Where the viewer is an executive."""
        return self._office(Office.EXECUTIVE)

    @property
    def administrator(self) -> tuple[str, ...]:
        """Where the viewer is an administrator."""
        return self._office(Office.ADMINISTRATOR)

    @property
    def actor(self) -> Actor:
        """As the event log names the viewer."""
        if self.kind is ViewerKind.PERSON:
            return Actor(ActorKind.PERSON, self.id)
        if self.kind is ViewerKind.CLIENT:
            return Actor(ActorKind.CLIENT, self.client_id)
        return Actor(ActorKind.NOBODY)


ANONYMOUS = Viewer()

_cache: dict[tuple[str, int, date], tuple[int, Viewer]] = {}
_CACHED = 2_000
_caught_up: set[date] = set()


def forget() -> None:
    """Drops what is kept of viewers: another database was opened, or the same one restored."""
    _cache.clear()
    _caught_up.clear()


async def rights_epoch() -> int:
    """The number that moves whenever a fact of any viewer may have; first brings the structure up to today."""
    wanted = "select name, value from counter where name in (?, ?)"
    found = {row["name"]: int(row["value"]) for row in await fetch(Sql(wanted, "rights", lines.DAY))}
    today = clock.today()
    if found.get(lines.DAY, 0) < today.toordinal() and today not in _caught_up:
        await lines.catch_up(found.get(lines.DAY, 0))
        _caught_up.add(today)
        found = {row["name"]: int(row["value"]) for row in await fetch(Sql(wanted, "rights", lines.DAY))}
    return found.get("rights", 0)


async def of_person(person_id: int) -> Viewer | None:
    """The viewer a person is today; None when the person has left. Cached until a right changes."""
    key = (str(connected_url()), person_id, clock.today())
    epoch = await rights_epoch()
    held = _cache.get(key)
    if held is not None and held[0] == epoch:
        return held[1]
    viewer = await _load(person_id)
    if viewer is not None:
        if len(_cache) >= _CACHED:
            _cache.clear()
        _cache[key] = (epoch, viewer)
    return viewer


async def _load(person_id: int) -> Viewer | None:
    today = clock.today()
    people = await fetch(
        Sql(
            "select p.name, p.unit_path, p.unit_id from person p "
            "where p.id = ? and (p.ended_on is null or p.ended_on > ?)",
            person_id,
            today,
        )
    )
    if not people:
        return None
    positions = await fetch(
        Sql(
            "select distinct p.id, p.line from holding h join position p on p.id = h.position_id "
            "where h.person_id = ? and h.valid_from <= ? and (h.valid_to is null or h.valid_to > ?)",
            person_id,
            today,
            today,
        )
    )
    held = frozenset(row["id"] for row in positions)
    below = await fetch(
        Sql(
            "select p.id as position_id, null as person_id from position p where p.manager_id = ? "
            "union all select null, p.id from person p "
            "where p.manager_id = ? and (p.ended_on is null or p.ended_on > ?)",
            person_id,
            person_id,
            today,
        )
    )
    led = await fetch(Sql("select u.id, u.path from unit u where ?", sql.among("u.lead_position_id", sorted(held))))
    offices = await fetch(
        Sql(
            "select o.office, o.unit_id, u.path from office_holding o join unit u on u.id = o.unit_id "
            "where o.person_id = ? and o.state = ? and o.valid_from <= ? and (o.valid_to is null or o.valid_to > ?) "
            "order by o.id",
            person_id,
            GrantState.HELD.value,
            today,
            today,
        )
    )
    person = people[0]
    return Viewer(
        kind=ViewerKind.PERSON,
        id=person_id,
        name=person["name"],
        positions=held,
        lines=tuple(sorted(row["line"] for row in positions)),
        directs=frozenset(row["person_id"] for row in below if row["person_id"] is not None),
        direct_positions=frozenset(row["position_id"] for row in below if row["position_id"] is not None),
        units_up=frozenset(paths.keys(person["unit_path"])),
        led_units=tuple(sorted(row["path"] for row in led)),
        led_unit_ids=frozenset(row["id"] for row in led),
        offices=tuple((Office(row["office"]), row["unit_id"], row["path"]) for row in offices),
        on=today,
    )


async def of_client(client_id: int, scopes: frozenset[str]) -> Viewer | None:
    """The viewer a partner's client is; None when it, or its sponsor, is no longer here."""
    await rights_epoch()
    rows = await fetch(
        Sql(
            "select c.name, u.path from client c join person s on s.id = c.sponsor_id "
            "left join unit u on u.id = c.unit_id "
            "where c.id = ? and c.ended_at is null and c.expires_on > ? and (s.ended_on is null or s.ended_on > ?)",
            client_id,
            clock.today(),
            clock.today(),
        )
    )
    if not rows:
        return None
    limits = None if rows[0]["path"] is None else (rows[0]["path"],)
    return Viewer(kind=ViewerKind.CLIENT, client_id=client_id, name=rows[0]["name"], scopes=scopes, limits=limits)


def scoped(viewer: Viewer, scopes: frozenset[str]) -> Viewer:
    """The person behind a token, held to the token's scopes."""
    return replace(viewer, scopes=scopes)
