"""What ties departments together, beside the cascade: shared goals, help, needs, and a conflict or two."""

from random import Random

from .cascade import Cascade
from .facts import Alignment, AlignmentKind, Contributor, Goal
from .figures import parse_figures
from .text import Line

# child, parent, type, reason; a goal is UNIT:CODE
LINKS: tuple[tuple[str, str, AlignmentKind, str], ...] = (
    ("IT-APP:U1", "PLAN:D4", "CONTRIBUTES", "The permit forms are among the forms that move online."),
    ("LIB:D3", "HS-BEN:U1", "CONTRIBUTES", "Librarians help families finish benefit applications."),
    ("EM-911:U1", "SO:D1", "CONTRIBUTES", "The clock starts when the call is answered."),
    ("SO-DET:U2", "PH:D1", "CONTRIBUTES", "People leave custody with a first clinic appointment."),
    ("PLAN:D2", "HS:D3", "CONTRIBUTES", "Homes near transit are the ones that vouchers can reach."),
    ("PH-PREP:U2", "EM:D3", "CONTRIBUTES", "The same volunteers run shelters in an evacuation."),
    ("IT-SEC:U2", "ELEC:D1", "CONTRIBUTES", "Protected accounts are a condition of the scanner network."),
    ("PW-FLEET:U2", "LIB-BR:U1", "CONTRIBUTES", "A branch with a broken boiler closes."),
    ("PLAN-CODE:U2", "HS:D4", "SUPPORTS", "Repairs keep older owners in their homes."),
    ("PW-ROADS:U3", "SO-PAT:U3", "SUPPORTS", "Crossings and lighting where the crashes happen."),
    ("LIB-BR:U2", "PH-CLIN:U2", "SUPPORTS", "School visits carry the vaccination calendar."),
    ("EM:D2", "PH:D3", "SUPPORTS", "Health alerts go out over the same list."),
    ("CEO-COM:U2", "ELEC:D3", "SUPPORTS", "Notices in two languages bring in bilingual poll workers."),
    ("PARKS-REC:U2", "HS:D2", "SUPPORTS", "Relatives who foster get places in classes for free."),
    ("HR:D3", "CEO-STRAT:U1", "SUPPORTS", "The supervisor course teaches how to write goals."),
    ("EM-911:U2", "HR:D1", "DEPENDS_ON", "Call-taker openings wait for the faster hiring process."),
    ("PW-ROADS:U2", "FIN-BUD:U1", "DEPENDS_ON", "Patch material is bought through yearly contracts."),
    ("IT-APP:U1", "CEO-COM:U2", "DEPENDS_ON", "A form goes live together with its translation."),
    ("HS-BEN:U1", "IT-APP:U2", "DEPENDS_ON", "Three changes in the interview scheduler come first."),
    ("PLAN-LONG:U1", "PW-WATER:U2", "DEPENDS_ON", "Rezoning along the creek needs the flood-proofing count."),
    ("PLAN-PERM:U3", "IT-APP:U1", "DEPENDS_ON", "The completeness check runs inside the new online form."),
    ("PH-CLIN:U1", "HR:D1", "DEPENDS_ON", "Two nurse positions are open."),
    (
        "PLAN-LONG:U1",
        "PW:D2",
        "CONFLICTS_WITH",
        "New homes near the creek add paved area that the flood program must absorb.",
    ),
)

OVERTIME = Line(
    "X1",
    "6.1",
    "Cut paid overtime from {b} to {t} hours a month",
    "Paid overtime, all departments",
    "hours a month",
    parse_figures("11,800>9,500"),
)
OVERLAP = Line(
    "X1",
    "D1",
    "Staff the weekend overlap shift with {t} overtime hours a month",
    "Overtime hours on the overlap shift",
    "hours a month",
    parse_figures("300>520"),
)
MANDATED = {
    "EM:D1": "911",
    "PLAN:D1": "permit",
    "PW:D2": "flood",
    "PW:D3": "waste",
    "HS:D1": "benefits",
    "ELEC:D2": "records",
    "FIN:D3": "reserve",
    "IT:D2": "security",
}
JOINT: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = (
    ("SO:D1", (("SO-PAT", 0.6), ("EM-911", 0.4))),
    ("HS:D3", (("HS-HOUS", 0.7), ("PLAN-LONG", 0.3))),
    ("PLAN:D4", (("PLAN-PERM", 0.6), ("IT-APP", 0.4))),
    ("EM:D3", (("EM", 0.5), ("PH-PREP", 0.25), ("SO-PAT", 0.25))),
    ("PW:D4", (("PW-ROADS", 0.75), ("SO-PAT", 0.25))),
)


def link_departments(cascade: Cascade) -> None:
    """The edges named above, as far as this agency has both ends."""
    _overtime(cascade)
    for child, parent, kind, reason in LINKS:
        one, other = _named(cascade, child), _named(cascade, parent)
        if one and other:
            cascade.alignments.append(
                Alignment(
                    one.key,
                    other.key,
                    kind,
                    False,
                    0.5 if kind == "CONTRIBUTES" else None,
                    reason,
                    max(one.start, other.start),
                )
            )
    for name, mandate in MANDATED.items():
        if goal := _named(cascade, name):
            goal.mandate = mandate
    for name, shares in JOINT:
        goal = _named(cascade, name)
        if goal and all(unit in cascade.leads for unit, _ in shares):
            goal.contributors = [Contributor(None, unit, share) for unit, share in shares]


def _named(cascade: Cascade, name: str) -> Goal | None:
    unit, code = name.split(":")
    return cascade.by_code.get((unit, code, "this"))


def _overtime(cascade: Cascade) -> None:
    """Finance saves overtime, patrol spends it: the conflict every agency knows."""
    if not {"FIN", "SO-PAT"} <= set(cascade.leads):
        return
    made = []
    for unit, line in (("FIN", OVERTIME), ("SO-PAT", OVERLAP)):
        goal = cascade.writer.write(
            line,
            level="UNIT",
            unit=unit,
            owner=None,
            author=cascade.leads[unit],
            cycle=cascade.this,
            cadence="MONTHLY",
            plain=True,
        )
        goal.code, goal.source = "X1", "MEASURES"
        parent = cascade.by_code[("plan", "6.1") if unit == "FIN" else ("SO", "D1", "this")]
        cascade.align(goal, parent)
        made.append(goal)
    cascade.alignments.append(
        Alignment(
            made[0].key,
            made[1].key,
            "CONFLICTS_WITH",
            False,
            None,
            "More overlap hours are paid as overtime until patrol's vacancies are filled.",
            cascade.this.start,
        )
    )


def share_personal_goals(rng: Random, cascade: Cascade) -> None:
    """Colleagues who help on a goal; some goals of single people that help another's."""
    staff: dict[str, list[int]] = {}
    for position in cascade.org.positions:
        if position.holder is not None and position.crew is not None:
            staff.setdefault(position.unit, []).append(position.holder)
    open_goals = [g for g in cascade.goals if g.level in ("TEAM", "INDIVIDUAL") and g.status == "ACTIVE"]
    for goal in open_goals:
        near = [p for p in staff.get(goal.unit, []) if p != goal.owner_person]
        if goal.contributors or len(near) < 2 or rng.random() > 0.08:
            continue
        chosen = rng.sample(near, rng.choice((1, 2, 2)))
        shares = [None] if len(chosen) == 1 else rng.choice(([0.5, 0.5], [0.6, 0.4], [None, None]))
        goal.contributors = [Contributor(p, None, s) for p, s in zip(chosen, shares, strict=True)]
    by_unit: dict[str, list[Goal]] = {}
    for goal in open_goals:
        by_unit.setdefault(goal.unit, []).append(goal)
    reasons = (
        "Same files, seen from the other side.",
        "What I finish early, they can start early.",
        "We share the same list of addresses.",
        "Fewer errors here save time there.",
    )
    for goal in open_goals:
        if goal.level == "INDIVIDUAL" and rng.random() < 0.06:
            other = rng.choice(by_unit[goal.unit])
            if other.key != goal.key and other.owner_person != goal.owner_person:
                cascade.alignments.append(
                    Alignment(
                        goal.key,
                        other.key,
                        "SUPPORTS",
                        False,
                        None,
                        rng.choice(reasons),
                        max(goal.start, other.start),
                    )
                )
