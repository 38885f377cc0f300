"""Numbers of invented measures: read, varied, shown, and grown over time."""

import re
from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True)
class Figures:
    """Baseline and target, or the band to stay in."""

    baseline: float | None = None
    target: float | None = None
    lower: float | None = None
    upper: float | None = None
    decimals: int = 0

    @property
    def band(self) -> bool:
        return self.target is None


def parse_figures(text: str) -> Figures:
    """`31>20`, `0>4,500`, `2.6>1.8`, `18..40`, `..25`, `95..`."""
    clean = text.replace(",", "")
    decimals = max((len(part) for part in re.findall(r"(?<!\.)\.(\d+)", clean)), default=0)
    if ">" in clean:
        first, second = clean.split(">")
        return Figures(float(first), float(second), decimals=decimals)
    low, high = clean.split("..")
    return Figures(lower=float(low) if low else None, upper=float(high) if high else None, decimals=decimals)


def nice(value: float, decimals: int) -> float:
    """Rounds as people do when they set a target: 1,237 becomes 1,240."""
    if decimals:
        return round(value, decimals)
    for limit, step in ((10_000, 500), (2_000, 100), (400, 10), (60, 5)):
        if abs(value) >= limit:
            return float(round(value / step) * step)
    return float(round(value))


def vary(rng: Random, figures: Figures, percent: bool) -> Figures:
    """Like figures for another owner: same direction, much the same gap."""
    baseline, target = figures.baseline, figures.target
    if baseline is None or target is None:
        return figures
    step = 10**-figures.decimals
    if percent:
        shift = rng.randint(-5, 5)
        low, high = (2 * step, 99.0) if max(baseline, target) < 100 else (2 * step, 100.0)
        new_b = min(max(round(baseline + shift, figures.decimals), low), high)
        new_t = min(max(round(target + shift / 2, figures.decimals), low), high)
    else:
        factor = rng.uniform(0.8, 1.2)
        new_b, new_t = nice(baseline * factor, figures.decimals), nice(target * factor, figures.decimals)
        new_t = max(new_t, 2 * step)
    if abs(new_t - new_b) < abs(target - baseline) * 0.4 or (new_t > new_b) != (target > baseline):
        return figures
    return replace(figures, baseline=new_b, target=new_t)


def before(figures: Figures, reach: float) -> Figures:
    """Last year's figures of the same measure: what it ended at is this year's baseline.

    reach: share of last year's target that was covered (1 met, less fell short).
    """
    baseline, target = figures.baseline, figures.target
    assert baseline is not None
    assert target is not None
    if baseline == 0:
        return replace(figures, target=max(nice(target * 0.85, figures.decimals), 2 * 10**-figures.decimals))
    old = nice(baseline - (target - baseline) * 0.6, figures.decimals)
    aimed = nice(old + (baseline - old) / reach, figures.decimals)
    return replace(
        figures, baseline=max(old, 10**-figures.decimals), target=max(aimed, 10**-figures.decimals)
    )


def shown(value: float, decimals: int = 0) -> str:
    """A number as it is written in a sentence: 1,240 or 7.8, never 8.0."""
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(value: float, unit: str, decimals: int = 0) -> str:
    """A number with its unit of measure: 84%, 27 working days, 1 plan, 38 a month."""
    number = shown(value, decimals)
    if unit == "%":
        return f"{number}%"
    return f"{number} {one_of(unit) if number == '1' else unit}"


def one_of(unit: str) -> str:
    """The singular of a unit of measure."""
    words = {
        "people": "person",
        "children": "child",
        "classes": "class",
        "batteries": "battery",
        "boxes": "box",
        "switches": "switch",
        "practices": "practice",
    }
    head, _, rest = unit.partition(" a ")
    *front, last = head.split(" ")
    if last in words:
        last = words[last]
    elif last.endswith("ies"):
        last = last[:-3] + "y"
    elif last.endswith(("sses", "shes", "ches")):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith("ss"):
        last = last[:-1]
    return " ".join([*front, last]) + (f" a {rest}" if rest else "")
