"""The agencies that are known, and the words that stand where a person is named."""

from __future__ import annotations

from functools import cache

from etl.reference.tables import table
from etl.reference.words import listed
from etl.text import capital

KEPT = "="
"""In agencies.csv: an agency that the codebook does not name. It is known by its words and kept as written."""


@cache
def person() -> str:
    """The agency name that stands for an official who is named in person: the name itself goes into no list."""
    return listed("agency-words", "person")[0]


@cache
def agency_names() -> dict[str, bool]:
    """Every agency of agencies.csv by its codebook name, levels filled in, and whether it names nobody in
    particular.
    """
    levels = {row["level"] for row in table("levels")} - {"cùng cấp"}
    names: dict[str, bool] = {person(): False}
    for row in table("agencies"):
        for level in levels if "{level}" in row["agency"] else {""}:
            name = (capital(row["written"]) if row["agency"] == KEPT else row["agency"]).replace("{level}", level)
            names[name] = names.get(name, False) or row["is_group"] == "yes"
    return names
