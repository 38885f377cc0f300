"""What every database holds from its first moment: the root unit, this installation's keys, its counters."""

import secrets

from lineofsight.kernel import ids
from lineofsight.kernel.models import AgencySetting, Counter, InstanceKey
from lineofsight.kernel.paths import descend
from lineofsight.kernel.sortkey import sort_key
from lineofsight.people import viewer
from lineofsight.people.models import Unit
from lineofsight.settings import settings

ROOT_CODE = "agency"


async def ensure() -> None:
    """Makes what is missing; called by ``migrate``, inside its transaction. Repeating it changes nothing."""
    for name in ("ids", "cursors", "secrets"):
        await InstanceKey.get_or_create(name=name, defaults={"value": secrets.token_bytes(64)})
    await Counter.get_or_create(name="rights", defaults={"value": 1})
    if not await Unit.filter(parent_id__isnull=True).exists():
        name = settings().agency_name
        root = await Unit.create(code=ROOT_CODE, name=name, sort_key=sort_key(name), path="")
        root.path = descend("", root.id)
        await root.save()


async def open_installation() -> None:
    """Reads this installation's keys; called once after the database is opened."""
    ids.use_secret(await instance_key("ids"))
    viewer.forget()


async def instance_key(name: str) -> bytes:
    """One of this installation's secret keys, 64 bytes."""
    return bytes((await InstanceKey.get(name=name)).value)


async def agency_setting(name: str) -> object | None:
    """A stored setting of the agency; None where it was never set."""
    row = await AgencySetting.get_or_none(name=name)
    return None if row is None else row.value


async def root_unit() -> Unit:
    """The unit at the top: the agency itself."""
    return await Unit.filter(parent_id__isnull=True).order_by("id").first()  # type: ignore[return-value]
