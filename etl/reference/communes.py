"""Which commune of today holds the place of one that was abolished on 1 July 2025, and in which province a district lay, by
communes-2025.csv.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from etl.reference.tables import table
from etl.text import fold, key

_COMMUNE = re.compile(r"\b(?:xã|phường|thị trấn) [^,;()]+", re.IGNORECASE)
_DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã|thành phố)(?:[^\S\n]+\w+){1,4}", re.IGNORECASE)


@cache
def _rows() -> dict[str, list[dict[str, str]]]:
    """The rows of each province."""
    found = defaultdict(list)
    for row in table("communes-2025"):
        found[row["province"]].append(row)
    return found


@cache
def _communes(province: str) -> dict[str, list[dict[str, str]]]:
    """The rows of each commune of a province as it was, by its name's key and, for a name that is written with other
    marks, without them.
    """
    found = defaultdict(list)
    for row in _rows().get(province, ()):
        for name in {key(row["commune"]), fold(row["commune"])} - {""}:
            found[name].append(row)
    return found


def communes_now(issuer: str, province: str, about: str = "") -> tuple[str, ...]:
    """The communes since 1 July 2025 that hold the place of an issuer's commune; several hold a part each. Empty where it
    names none, or one of several districts that neither the issuer nor what it is `about` tells apart: "UBND xã Nậm Khánh,
    huyện Bắc Hà", Lào Cai → xã Bản Liền.
    """
    if not (named := _COMMUNE.search(issuer)):
        return ()
    name, said = named[0].strip(), f" {key(f'{issuer} {about}')} "
    rows = _communes(province).get(key(name)) or _communes(province).get(fold(name), [])
    rows = [row for row in rows if f" {key(row['district'])} " in said] or rows
    if len({(row["district"], key(row["commune"])) for row in rows}) != 1:
        return ()
    return tuple(row["commune_now"][:1].lower() + row["commune_now"][1:] for row in rows)


@cache
def _only_provinces() -> dict[str, str]:
    """The province of each district, by the key of its name, where no other province had one of that name."""
    found = defaultdict(set)
    for row in table("communes-2025"):
        found[key(row["district"])].add(row["province"])
    return {district: next(iter(held)) for district, held in found.items() if len(held) == 1}


def province_of_district(text: str) -> str:
    """The province, as it was before 1 July 2025, of the first district in a text that lay in one province only; "" where
    there is none: "UBND huyện Nông Cống" → Thanh Hóa.
    """
    for named in _DISTRICT.finditer(text):
        words = key(named[0]).split()
        for size in range(len(words), 1, -1):
            if province := _only_provinces().get(" ".join(words[:size])):
                return province
    return ""
