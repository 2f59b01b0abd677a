"""What a line's own words say of its place: a signature, an annex's title, a section's heading, an explanation.

The words stand in zones.csv, duties.csv and explanations.csv.
"""

from __future__ import annotations

from functools import cache

from etl.reference import subdimensions, table
from etl.text import fold, is_upper, key


@cache
def subs() -> frozenset[str]:
    return frozenset(row["sub"] for row in subdimensions())


def zone(words: str) -> str:
    """The zone that a line opens by its words: `back` ("Nơi nhận:", a signature), `annex` ("PHỤ LỤC"), or ""."""
    said, in_capitals = key(words), is_upper(words)
    for row in table("zones", "zone", "words"):
        opener = key(row["words"])
        if row["zone"] in ("pointer", "section"):
            continue
        if row["zone"] == "signature":
            if in_capitals and said == opener:
                return "back"
        elif (
            (said + " ").startswith(opener + " ")
            or fold(said) == fold(opener)
            or (row["zone"] == "annex" and words.startswith("(") and opener in said)
        ):
            return row["zone"]
    return ""


def names_only(words: str) -> bool:
    """Whether words are a name and no sentence: not longer than the longest name with its opener."""
    return len(words) <= 150 and words.count(".") <= 1 and words.count(";") <= 1


def obliges(words: str) -> bool:
    """Whether the sentence over a list is a duty to report, and so a unit of its own."""
    said = key(words)
    return any(f" {key(row['words'])} " in f" {said} " for row in table("duties", "words"))


def explanations() -> tuple[str, ...]:
    """How a paragraph begins that explains the item above it ("hình thức", "cụ thể"), without marks."""
    return tuple(fold(row["words"]) for row in table("explanations", "words"))


def opens_a_section(words: str) -> bool:
    """Whether words begin like a first heading: "Mục đích, yêu cầu"."""
    return any(
        key(words).startswith(key(row["words"])) for row in table("zones", "zone", "words") if row["zone"] == "section"
    )


def points_elsewhere(words: str) -> bool:
    """Whether a paragraph only points elsewhere: "(Chi tiết tại Phụ lục kèm theo)", "Nhiệm vụ cụ thể nêu tại Phụ
    lục".
    """
    if len(words) > 250:
        return False
    if words.startswith("(") and words.rstrip(". ").endswith(")"):
        return True
    said = f" {key(words)} "
    begins = said.startswith(
        (" chi tiết ", " các nhiệm vụ ", " nhiệm vụ ", " nội dung ", " các nội dung ", " phân công ", " danh mục ")
    )
    return (
        begins
        and ". " not in words.strip(". ")
        and any(f" {key(row['words'])} " in said for row in table("zones", "zone", "words") if row["zone"] == "pointer")
    )
