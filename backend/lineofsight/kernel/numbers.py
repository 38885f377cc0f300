"""The one place where numbers are rounded. Weights and shares are whole basis points, 10,000 to one."""

from decimal import ROUND_HALF_EVEN, Decimal

ONE = 10_000


def to_bp(share: float | Decimal) -> int:
    """A share of one as basis points, halves to the even one: 0.25 → 2500."""
    return int((Decimal(str(share)) * ONE).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def from_bp(points: int | None) -> float | None:
    """Basis points as a share of one: 2500 → 0.25."""
    return None if points is None else points / ONE


def clamp(value: float) -> float:
    """``value`` held between 0 and 1."""
    return min(max(value, 0.0), 1.0)
