"""Cells as numbers, weights and text, where that is honest; `amount` keeps the text of all it cannot read.

A cell such as "<5", "80-85%" or "TBD" is no number: its text stays and nothing is computed from it. What a
spreadsheet left behind instead of a value (#REF!, #N/A) is no value at all.
"""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass

from lineofsight.exchange.tables.workbook import Cell, Percent

SPREADSHEET_ERRORS = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_NOTHING = frozenset({"-", "--", "\u2013", "\u2014", "n/a", "na", "n.a.", "null", "none", "nil", "(blank)", "."})


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says of a quantity.

    `value`: the number, or None where the cell holds none. `text`: the cell as written, or None where it is
    empty.
    `unit`: a currency or % that stood in the cell. `low`, `high`: the ends of a range.
    """

    value: float | None = None
    text: str | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    debris: bool = False
    """Whether a spreadsheet error stood there; it counts as empty."""

    @property
    def is_text(self) -> bool:
        """Whether something stands there that is no number."""
        return self.value is None and self.text is not None


def text(cell: Cell) -> str | None:
    """A cell as one trimmed text; None where it is empty or holds a spreadsheet error."""
    if cell is None:
        return None
    if isinstance(cell, str):
        trimmed = cell.strip()
        return trimmed if trimmed and trimmed.upper() not in SPREADSHEET_ERRORS else None
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Percent):
        return f"{_plain(round(float(cell) * 100, 10))}%"
    if isinstance(cell, float):
        return _plain(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)


def one_line(cell: Cell) -> str | None:
    """A cell as text on one line: names and titles."""
    words = text(cell)
    return " ".join(words.split()) if words else None


def key(cell: Cell) -> str | None:
    """A cell as the key of a row elsewhere: a number without the ".0" a spreadsheet gives it."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, str):
        words = text(cell)
        return re.sub(r"^(-?\d+)\.0+$", r"\1", words) if words else None
    return text(cell)


def slug(words: str) -> str:
    """A title as part of a key: its words in small letters, without punctuation."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def is_debris(cell: Cell) -> bool:
    """Whether a spreadsheet error stands where a value should."""
    return isinstance(cell, str) and cell.strip().upper() in SPREADSHEET_ERRORS


def is_nothing(words: str | None) -> bool:
    """Whether a text says that there is no value: "N/A", "-"."""
    return words is None or words.casefold() in _NOTHING


def amount(cell: Cell) -> Amount:
    """The quantity a cell holds. Never raises: what is no number keeps its text."""
    if isinstance(cell, bool):
        return Amount(text=text(cell))
    if isinstance(cell, Percent):
        return Amount(value=round(float(cell) * 100, 10), text=text(cell), unit="%")
    if isinstance(cell, int | float):
        return Amount(value=_finite(cell), text=text(cell))
    if isinstance(cell, datetime.date):
        return Amount(text=text(cell))
    words = text(cell)
    if words is None:
        return Amount(debris=is_debris(cell))
    if is_nothing(words):
        return Amount(text=words)
    parsed = _quantity(words)
    if parsed is not None:
        return Amount(value=parsed[0], text=words, unit=parsed[1])
    low, high, unit = _range(words)
    return Amount(text=words, unit=unit, low=low, high=high)


_CURRENCIES = {
    "$": "$",
    "US$": "$",
    "USD": "$",
    "£": "£",
    "GBP": "£",
    "€": "€",
    "EUR": "€",
    "¥": "¥",
    "CA$": "CA$",
}
_SCALES = {
    "": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
_QUANTITY = re.compile(
    r"(?P<minus>-?)\s*(?P<before>US\$|CA\$|USD|GBP|EUR|[$£€¥])?\s*(?P<sign>[-+]?)"
    r"(?P<digits>[\d][\d.,'\u00a0\u202f ]*|[.,]\d+)"
    r"(?P<exponent>[eE][-+]?\d{1,3})?\s*(?P<scale>thousand|million|billion|trillion|bn|mn|[kKmMbB](?![a-z]))?\s*"
    r"(?P<after>%|percent|per cent|pct\.?|US\$|USD|GBP|EUR|[$£€¥])?",
    re.ASCII | re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:([,.'\u00a0\u202f ])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", re.ASCII)


def _quantity(words: str) -> tuple[float, str | None] | None:
    """A single number with the currency or % beside it, or None."""
    words = words.replace("\u2212", "-")
    brackets = words.startswith("(") and words.endswith(")")
    found = _QUANTITY.fullmatch(words[1:-1].strip() if brackets else words)
    if found is None:
        return None
    number = plain_number(found["digits"].rstrip(), found["exponent"] or "")
    if number is None:
        return None
    unit = found["before"] or found["after"]
    scale = (found["scale"] or "").lower()
    if found["before"] and found["after"] and found["after"] not in _CURRENCIES:
        return None
    if len(scale) == 1 and not (unit and unit.upper() in _CURRENCIES):
        return None  # "5 m" may be metres
    minus = (found["minus"] != "") + (found["sign"] == "-") + brackets
    if minus > 1:
        return None
    value = _finite(number * _SCALES[scale] * (-1 if minus else 1))
    if value is None:
        return None
    if unit is None:
        return value, None
    return value, _CURRENCIES.get(unit.upper(), "%")


def plain_number(digits: str, exponent: str = "") -> float | None:
    """Digits with their separators as a number: 1,234.5 and 1.234,5 and 1 234,5; None where they fit
    neither.
    """
    if _GROUPED.fullmatch(digits) and not re.fullmatch(r"\d{1,3}\.\d{3}", digits, re.ASCII):
        separator = next(letter for letter in digits if not letter.isdigit())
        whole, fraction = digits, ""
        last = max(digits.rfind(","), digits.rfind("."))
        if last >= 0 and digits[last] != separator:
            whole, fraction = digits[:last], digits[last + 1 :]
        digits = whole.replace(separator, "") + ("." + fraction if fraction else "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    if not re.fullmatch(r"\d+\.?\d*|\.\d+", digits, re.ASCII):
        return None
    return _finite(float(digits + exponent))


_RANGE = re.compile(r"(?P<low>.*?\d.*?)\s*(?:-|\bto\b)\s*(?P<high>[^\s-].*)", re.IGNORECASE)


def _range(words: str) -> tuple[float | None, float | None, str | None]:
    """The ends of "80-85%", or nothing."""
    dashed = re.sub("[\u2012-\u2015\u2212]", "-", words)
    found = _RANGE.fullmatch(re.sub(r"(?i)^between\s+(.*)\s+and\s+", r"\1 to ", dashed))
    if found is None:
        return None, None, None
    low, high = _quantity(found["low"].strip()), _quantity(found["high"].strip())
    if low is None or high is None or low[0] > high[0]:
        return None, None, None
    return low[0], high[0], high[1] or low[1]


def _finite(number: float) -> float | None:
    try:
        value = float(number)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def _plain(number: float) -> str:
    """A double as a person writes it: no ".0", no exponent where it can be helped."""
    if number.is_integer() and abs(number) < 1e16:
        return str(int(number))
    return repr(number)


def share(found: Amount, *, percent: bool) -> float | None:
    """An amount meant as a share of a whole, 0..1: "25%", or 0.25, or 25 where the column is in `percent`."""
    if found.value is None:
        return None
    return found.value / 100 if percent or found.unit == "%" else found.value
