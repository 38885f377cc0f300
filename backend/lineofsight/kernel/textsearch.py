"""Finding rows by words, alike on every database."""

from collections.abc import Sequence

from lineofsight.kernel import sql
from lineofsight.kernel.sortkey import sort_key
from lineofsight.kernel.sql import Sql


def words_in(text: str, keys: Sequence[str], plain: Sequence[str] = ()) -> Sql:
    """Every word of ``text`` occurs in one of the columns; at most ten words count.

    ``keys``: columns of sort keys (kernel.sortkey), matched without case and accents; ``plain``: other text, without
    case.
    """
    conditions = []
    for word in text.split()[:10]:
        found = [Sql(f"{column} like ? escape '\\'", _pattern(sort_key(word))) for column in keys]
        found += [Sql(f"lower({column}) like ? escape '\\'", _pattern(word.lower())) for column in plain]
        conditions.append(sql.any_of(found))
    return sql.all_of(conditions)


def _pattern(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
