"""What a column of a table means, by the words of its head."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from etl.reference.tables import table
from etl.text import key


@cache
def _statement() -> re.Pattern:
    """A role's name before a colon, as columns.csv spells it: "Cơ quan chủ trì: …", "Thời gian thực hiện: …"."""
    spelt = {
        row["header"]: row["role"]
        for row in table("columns", "role", "header")
        if row["role"] in ("lead", "coop", "monitor", "timing")
    }
    words = "|".join(re.escape(header) for header in sorted(spelt, key=len, reverse=True) if " " in header)
    return re.compile(rf"(?:^|(?<=[\s(.;,+–-]))(?P<header>{words})\s*:\s*", re.IGNORECASE)


@cache
def _header_roles() -> dict[str, str]:
    return {key(row["header"]): row["role"] for row in table("columns", "role", "header")}


@lru_cache(maxsize=4096)
def column_role(header: str) -> str:
    """The role of a column by its header, misprints included: "Có quan phối hợp" → coop; `unknown` where columns.csv
    knows none.
    """
    words = key(header)
    if not words:
        return "unknown"
    if words in _header_roles():
        return _header_roles()[words]
    hit = (
        process.extractOne(words, list(_header_roles()), scorer=fuzz.ratio, score_cutoff=86) if len(words) > 5 else None
    )
    return _header_roles()[hit[0]] if hit else "unknown"


def statements(text: str) -> list[tuple[str, str, int]]:
    """What a text itself says in the manner of a table's columns: (role, words, where it begins).

    "… đúng quy định. Cơ quan chủ trì: Sở Tư pháp; thời gian thực hiện: Quý II." → lead "Sở Tư pháp", timing "Quý II".
    """
    hits = list(_statement().finditer(text))
    found = []
    for hit, following in zip(hits, [*hits[1:], None]):
        words = text[hit.end() : following.start() if following else len(text)]
        words = re.split(r"\.\s+(?=[A-ZĐÀ-Ỹ])|\)\s*[.;]?\s*$", words)[0]
        found.append((_header_roles()[key(hit["header"])], words.strip(" .;,)-–+"), hit.start()))
    return found
