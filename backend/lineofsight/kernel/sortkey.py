"""Sort keys made by the application, so that every database orders names and titles alike."""

import re
import unicodedata


def sort_key(text: str) -> str:
    """``text`` folded for ordering: no case, no accents, runs of digits by value, at most 200 characters."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"\d+", lambda run: run.group().lstrip("0").zfill(8), plain)
    return " ".join(plain.split())[:200]
