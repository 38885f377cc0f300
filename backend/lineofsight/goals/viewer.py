"""What the goals know of a viewer."""

from dataclasses import replace

from lineofsight.kernel import sql
from lineofsight.kernel.database import fetch
from lineofsight.kernel.problems import NotAllowed
from lineofsight.kernel.sql import Sql
from lineofsight.people.viewer import Viewer, of_person


async def complete(viewer: Viewer) -> Viewer:
    """Adds the goals the viewer contributes to, in person or as the lead of a unit that does."""
    if viewer.id is None:
        return viewer
    rows = await fetch(
        Sql(
            "select distinct c.goal_id from contributor c where c.person_id = ? or ?",
            viewer.id,
            sql.among("c.unit_id", viewer.led_unit_ids),
        )
    )
    return replace(viewer, contributes_to=frozenset(row["goal_id"] for row in rows))


async def as_of_now(viewer: Viewer) -> Viewer:
    """The viewer with the rights they have by now; NotAllowed where they have left.

    For writes that waited for a lock: a right that was taken away meanwhile is gone.
    """
    if viewer.id is None:
        return viewer
    now = await of_person(viewer.id)
    if now is None:
        raise NotAllowed("You have left.")
    kept = {name: getattr(viewer, name) for name in ("scopes", "limits", "session_id")}
    return await complete(replace(now, **kept))
