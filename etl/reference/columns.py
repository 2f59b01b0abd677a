"""What a column of a table means, by the words of its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from etl.reference.tables import table
from etl.text import key

_BRACKET = re.compile(r"\([^()]*\)")
_SHORTEST_HEADER, _LONGEST_HEADER = 5, 60
"""Characters: a header as short has no misprints, a longer one is a sentence and not read by a word it holds."""
_MISPRINTED, _ALIKE = 86, 93
"""How alike (0 to 100) a header is to a known one that it misspells, and where a word in it says something else."""


@cache
def _statement() -> re.Pattern:
    """A role's name before a colon, as columns.csv spells it: "Cơ quan chủ trì: …", "Thời gian thực hiện: …"."""
    spelt = {
        row["header"]: row["role"] for row in table("columns") if row["role"] in ("lead", "coop", "monitor", "timing")
    }
    words = "|".join(re.escape(header) for header in sorted(spelt, key=len, reverse=True) if " " in header)
    return re.compile(rf"(?:^|(?<=[\s(.;,+–-]))(?P<header>{words})\s*:\s*", re.IGNORECASE)


@cache
def _header_roles() -> dict[str, str]:
    return {key(row["header"]): row["role"] for row in table("columns")}


@lru_cache(maxsize=4096)
def column_role(header: str) -> str:
    """The role of a column by its header, misprints included: "Có quan phối hợp" → coop. A header that columns.csv does
    not know is read by the first of the words in columnwords.csv that it holds: "Sở, ngành chủ trì tham mưu" → lead;
    `unknown` where it holds none.
    """
    for words in dict.fromkeys((key(header), key(_BRACKET.sub(" ", header)))):
        if words in _header_roles():
            return _header_roles()[words]
    said, whole = key(header), f" {key(_BRACKET.sub(' ', header))} "
    listed = table("columnwords") if len(whole) <= _LONGEST_HEADER else ()
    by_words = next((row["role"] for row in listed if f" {key(row['words'])} " in whole), "unknown")
    least = _MISPRINTED if by_words == "unknown" else _ALIKE
    hit = process.extractOne(said, list(_header_roles()), scorer=fuzz.ratio, score_cutoff=least)
    return _header_roles()[hit[0]] if hit and len(said) > _SHORTEST_HEADER else by_words


def names_columns(cells: Sequence[str]) -> bool:
    """Whether a row is the head of a table that tells two things or more, beside numbers and notes."""
    return len({column_role(cell) for cell in cells if cell.strip()} - {"unknown", "number", "note"}) > 1


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
