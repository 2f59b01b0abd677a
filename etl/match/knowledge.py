"""What the matcher is told: the classes, labelled units, and sentences written as examples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from etl.match.phrases import holds
from etl.model import BadReference
from etl.reference import DATA, table
from etl.text import key

GOLD = DATA / "gold"
SUBS = (
    "1.1",
    "1.2",
    "1.3",
    "1.4",
    "2.1",
    "2.2",
    "2.3",
    "2.4",
    "3.1",
    "3.2",
    "3.3",
    "4.1",
    "4.2",
    "4.3",
    "4.4",
    "5.1",
    "5.2",
    "5.3",
    "5.4",
    "6.1",
    "6.2",
    "6.3",
    "6.4",
    "7.1",
    "7.2",
    "7.3",
    "8.1",
    "8.2",
    "8.3",
)
DIMS = tuple(range(9))
OUTSIDE = len(DIMS)
"""Where a dimension would stand: what PAPI does not ask about. In a CSV file its `dim` is empty."""
CLASSES: tuple[tuple[int, str | None], ...] = (
    *((dim, None) for dim in (*DIMS, OUTSIDE)),
    *((int(sub[0]), sub) for sub in SUBS),
)
CLASS = {c: i for i, c in enumerate(CLASSES)}
DIM_OF = [d for d, _ in CLASSES]
SUBS_OF = {dim: [(i, sub) for i, (d, sub) in enumerate(CLASSES) if d == dim and sub] for dim in DIMS}

GAP = re.compile(r"\s*…\s*")
BODY = re.compile(r"(sở|phòng|ban|bộ|ủy ban|chi cục|cục|văn phòng|thanh tra (tỉnh|huyện|sở)) ")
"""How the name of an office begins that is no topic by itself; "trạm y tế" and "tòa án" are what a task may be
about.
"""


def short_forms() -> dict[str, str]:
    """What stands for longer words, and these: "tthc" → "thủ tục hành chính"."""
    return {row["short"]: row["full"] for row in table("shortforms")}


def stops() -> list[str]:
    """Words that say nothing of what a text is about: those of stopphrases.csv, and names of offices."""
    return [row["words"] for row in table("stopphrases")] + [
        row["written"] for row in table("agencies") if BODY.match(key(row["written"])) and "{" not in row["written"]
    ]


def gold_units(without_plan: str | None) -> list[dict]:
    """The labelled units of data/gold, each with its plan; one plan can be left out."""
    units: list[dict] = []
    for file in sorted(GOLD.glob("*.jsonl")):
        if file.stem == without_plan:
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                units.append({**json.loads(line), "plan": file.stem})
    return units


def example_units() -> list[dict]:
    """The sentences of examples.csv as labelled units of no plan."""
    found = []
    for row in table("examples"):
        dim, sub = CLASSES[class_of(row)]
        found.append({"text": row["text"], "dim": dim, "sub": sub, "plan": "examples.csv", "lines": [int(row["_row"])]})
    return found


def class_of(row: Mapping[str, str]) -> int:
    """The class of a row of phrases.csv, names.csv or examples.csv."""
    return CLASS[int(row["dim"]) if row["dim"] else OUTSIDE, row["sub"] or None]


def has_words(row: Mapping[str, str], column: str, parts: Sequence[Sequence[int]], file: str) -> None:
    """A phrase of which nothing is left once empty words are dropped would never be found: BadReference."""
    if not all(parts):
        said = repr(row[column])
        raise BadReference(
            f"{file}, dòng {row['_row']}, cột {column}: {said} không còn từ nào có nghĩa (xem stopphrases.csv)",
            f"{file}, row {row['_row']}, column {column}: {said} has no word left that says anything (see stopphrases.csv)",
        )


def may_speak(
    row: Mapping[str, str], parts: Sequence[Sequence[int]], unlesses: Sequence[Sequence[int]], file: str
) -> None:
    """A phrase that one of its `unless` always silences would never be found: BadReference. Empty words are dropped
    from both, so that "trong sạch" takes back every "nước sạch".
    """
    if any(list(holds(part, unless, 0, len(part))) for unless in unlesses for part in parts):
        said = repr(row["unless"])
        raise BadReference(
            f"{file}, dòng {row['_row']}, cột unless: {said} luôn bỏ cụm từ của chính dòng này (xem stopphrases.csv)",
            f"{file}, row {row['_row']}, column unless: {said} always takes back the row's own words (see stopphrases.csv)",
        )
