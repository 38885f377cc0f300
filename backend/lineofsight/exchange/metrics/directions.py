"""Directions as reports word them."""

from __future__ import annotations

import re

from lineofsight.exchange.tables.fields import bare
from lineofsight.goals.words import Direction

_WORDS = {
    Direction.INCREASE: """
        increase increasing up upward higher higherisbetter moreisbetter raise grow growth maximize maximise
        measurableincrease ascending positive improve atleast""",
    Direction.DECREASE: """
        decrease decreasing down downward lower lowerisbetter lessisbetter reduce reduction minimize minimise
        measurabledecrease descending negative atmost control""",
    Direction.MAINTAIN: """
        maintain maintained withinrange inrange range stable steady keep hold between band
        maintainatorabovethreshold maintainatorbelowthreshold stayabove staybelow""",
    Direction.REACH: """
        reach achieve complete completion milestone done yesno boolean binary""",
}
_BY_WORD = {word: direction for direction, words in _WORDS.items() for word in words.split()}
_FALLING = re.compile(r"\b(reduc\w*|decreas\w*|lower\w*|fewer|minimi[sz]\w*|shorten\w*|cut(?:ting)?)\b", re.I)


def direction(words: str | None) -> Direction | None:
    """The direction that a cell names, in whatever spelling: "With in Range", "Measurable increase"."""
    return _BY_WORD.get(bare(words)) if words else None


def likely_direction(*texts: str | None) -> Direction:
    """A direction from what a metric says of itself; INCREASE unless it speaks of reducing."""
    said = " ".join(text for text in texts if text)
    return Direction.DECREASE if _FALLING.search(said) else Direction.INCREASE
