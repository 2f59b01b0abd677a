"""The tables of data/reference, and what several steps ask of them. They are checked where they are read: `tables`."""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path

import tables
from etl.text import are_tidy, key, tidy

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PAPI = "PAPI"
"""The index that the house is about, as indexes.csv calls it."""


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a table, their words in one normal form; every row also carries `_row`, its line in the file.

    Raises BadReference with file, row and column where the table is not what it should be.
    """
    found = tables.rows(file)
    values = set(chain.from_iterable(map(dict.values, found)))
    if are_tidy(values):
        return list(found)
    untidy = {value: clean for value in values if (clean := tidy(value)) != value}
    return [
        row
        if untidy.keys().isdisjoint(row.values())
        else {name: untidy.get(value, value) for name, value in row.items()}
        for row in found
    ]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """One table of `data/reference` by its name without ".csv", read once a process."""
    return tuple(rows(DATA / "reference" / f"{name}.csv"))


def subdimensions() -> tuple[dict[str, str], ...]:
    """The 29 sub-dimensions over the years: their numbers and names, and from which year to which PAPI measured each
    (`measured_to` empty: it still does).
    """
    return table("subdimensions")


@cache
def subs() -> frozenset[str]:
    """The numbers of the sub-dimensions: "1.1", "1.2" …"""
    return frozenset(row["sub"] for row in subdimensions())


def matters() -> tuple[dict[str, str], ...]:
    """What tasks of two plans may both do: the name of each matter, the sub-dimension it belongs to, whether it is broad
    ("yes": a whole dimension's, shared by tasks that do quite different things), its words, and what takes them back.
    """
    return table("matters")


@cache
def dims() -> tuple[int, ...]:
    """The numbers of the dimensions that sub-dimensions belong to, 1 to 8."""
    return tuple(sorted({int(row["dim"]) for row in subdimensions()}))


@cache
def document_types() -> dict[str, str]:
    """What a document may call itself, by `key`, and its kind: the longest words first."""
    listed = table("document-types")
    return {key(row["words"]): row["doc_type"] for row in sorted(listed, key=lambda row: -len(row["words"]))}


@cache
def amends(title: str) -> bool:
    """Whether a title begins as that of an amendment does: "Sửa đổi, bổ sung Kế hoạch số 15/KH-UBND …"."""
    return key(title).startswith(tuple(key(row["words"]) for row in table("relations") if row["kind"] == "amends"))


@cache
def provinces_now() -> dict[str, str]:
    """Every province that there was, and what it has been since 1 July 2025."""
    listed = table("provinces-2025")
    return {row["province"]: row["province_since_2025_07_01"] for row in listed}


REFORM = "2025-07-01"
"""Since this day there are 34 provinces."""


def region_of(province: str, issued: str) -> str | None:
    """The socio-economic region of the province that issued a plan on a day or in a year ("2021-05-10", "2021"). One of
    the 34 may hold parts of two: "Phú Thọ", "2026" → "Trung du và miền núi phía Bắc; Đồng bằng sông Hồng". None where no
    table knows the province.
    """
    name = "province_since_2025_07_01" if issued >= REFORM else "province"
    regions = {row["region"] for row in table("provinces-2025") if row[name] == province}
    return "; ".join(row["region"] for row in table("regions") if row["region"] in regions) or None
