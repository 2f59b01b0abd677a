"""What a header of a workbook of scores means, and which province a name is, by the tables of data/reference."""

from __future__ import annotations

import re
from functools import cache

from etl.reference import provinces_now, subdimensions, table
from etl.text import fold, key

TOTAL = "0"
_NUMBERED = re.compile(
    r"^(?:trục nội dung|chỉ số nội dung|chỉ số lĩnh vực|nội dung thành phần|chỉ số thành phần|nội dung|chỉ số|nd|dimension|dim|sub-dimension|subdimension|trục)?\s*"
    r"(?P<dim>[1-8])(?:\s*\.\s*(?P<sub>[1-9]))?(?![\d.,]*\d)\s*[.:)–-]?\s*(?P<name>.*)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)20[0-9]{2}(?!\d)")
_KIND = re.compile(r"^(?:(?:tỉnh|thành phố|tp)\b\s*)+|\s*\b(?:province|city)$", re.IGNORECASE)


@cache
def _roles() -> dict[str, str]:
    return {fold(row["words"]): row["role"] for row in table("score-columns")}


def role(words: str) -> str:
    """What a cell is beside scores: province, year, total, summary, or ""."""
    return _roles().get(fold(_YEAR.sub("", words)), "")


@cache
def _names() -> dict[str, frozenset[str]]:
    """Every name of a dimension or a sub-dimension, and what it may be: some are called alike."""
    found: dict[str, set[str]] = {}
    for row in (*table("dimensions"), *subdimensions()):
        for name in ("name_vi", "name_en", "short_vi", "short_en"):
            if row["dim"] != TOTAL:
                found.setdefault(fold(row[name]), set()).add(row.get("sub") or row["dim"])
    for row in table("names"):
        if not row["to_year"]:
            found.setdefault(fold(row["wording"]), set()).add(row["sub"] or row["dim"])
    return {name: frozenset(topics) for name, topics in found.items()}


def topics(header: str) -> frozenset[str]:
    """What a header may be about: "3.2", "3", "0" for a total; empty where it says nothing. Its number counts, and a name
    beside the number that is another's makes it nothing.
    """
    if role(header) == "total":
        return frozenset([TOTAL])
    if named := _names().get(fold(header)):
        return named
    if not (hit := _NUMBERED.match(header.strip())):
        return frozenset()
    topic = f"{hit['dim']}.{hit['sub']}" if hit["sub"] else hit["dim"]
    named = _names().get(fold(hit["name"]))
    return frozenset([topic]) if named is None or topic in named else frozenset()


def contradicts(header: str) -> bool:
    """Whether a header has the number of one topic and the name of another."""
    hit = _NUMBERED.match(header.strip())
    named = hit and _names().get(fold(hit["name"]))
    return bool(hit and named and not topics(header))


@cache
def merged() -> dict[str, tuple[str, ...]]:
    """The provinces of today that were made of several, and of which."""
    parts = {
        now: tuple(then for then, one in provinces_now().items() if one == now) for now in provinces_now().values()
    }
    return {now: then for now, then in parts.items() if len(then) > 1}


@cache
def _provinces() -> dict[str, str]:
    """Every name of a province, and what it was called to 30 June 2025; one of today that was made of several keeps its
    own.
    """
    names = {_bare(now): then for then, now in provinces_now().items() if now not in merged()}
    names |= {_bare(now): now for now in merged()} | {_bare(then): then for then in provinces_now()}
    return names | {_bare(row["written"]): row["province"] for row in table("province-names")}


@cache
def _bare(name: str) -> str:
    """A province's name without what kind of place it is, its marks and its blanks."""
    return fold(_KIND.sub("", key(name))).replace(" ", "")


def province(words: str) -> str:
    """The province that a cell names; "" where it names none."""
    return _provinces().get(_bare(words), "") if words else ""
