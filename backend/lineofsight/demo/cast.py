"""The eight people a visitor may sign in as, and the password all demo people share."""

from dataclasses import dataclass

PASSWORD = "line-of-sight"  # noqa: S105  (public on purpose: the sign-in page of a demo shows it)


@dataclass(frozen=True)
class Part:
    """A seat of the cast: who plays it, what they see, which offices (office, unit code) they hold."""

    role: str
    name: str
    about: str
    offices: tuple[tuple[str, str], ...] = ()


CAST = (
    Part(
        "employee",
        "Amara Solheim-Reyes",
        "Reviews building plans: five goals of her own, one behind, one waiting for an update.",
    ),
    Part(
        "manager",
        "Devin Kowalczuk",
        "Leads Plans Review: a team's goals, one proposal to approve, one goal far behind.",
    ),
    Part(
        "director",
        "Ruth Okeyo-Lang",
        "Leads Planning and Permitting: sees all its goals, restricted ones of her reports too.",
    ),
    Part(
        "strategy office",
        "Tobias Achterberg",
        "Keeps the strategic plan: edits its goals and sees what is not linked to it.",
        (("STRATEGY", "agency"),),
    ),
    Part("HR", "Lucinda Farrow-Mbeki", "Keeps people, positions and reporting lines.", (("HR", "agency"),)),
    Part(
        "executive",
        "Hannah Vasquez-Lund",
        "Runs the county: how the plan stands, department by department.",
        (("EXECUTIVE", "agency"),),
    ),
    Part(
        "auditor",
        "Emeka Strandvold",
        "Reads what was decided, when and by whom; changes nothing.",
        (("AUDITOR", "agency"),),
    ),
    Part(
        "administrator",
        "Priya Castellane",
        "Sets up units, settings and offices; reads no one's ratings or pay.",
        (("ADMINISTRATOR", "agency"),),
    ),
)
