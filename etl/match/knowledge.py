"""What the matcher is told: the classes, labelled units, and sentences written as examples. Each row is checked on its
way in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from etl.model import BadReference
from etl.reference import DATA, number, table
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

HOWS = ("names", "passing", "hint")
"""What the words of a subject do: name it, only mention it, or name it in a unit that is on its dimension anyway."""
GAP = re.compile(r"\s*…\s*")
BODY = re.compile(r"(sở|phòng|ban|bộ|ủy ban|chi cục|cục|văn phòng|thanh tra (tỉnh|huyện|sở)) ")
"""How the name of an office begins that is no topic by itself; "trạm y tế" and "tòa án" are what a task may be
about.
"""


def short_forms() -> dict[str, str]:
    """What stands for longer words, and these: "tthc" → "thủ tục hành chính"."""
    return {row["short"]: row["full"] for row in table("shortforms", "short", "full")}


def stops() -> list[str]:
    """Words that say nothing of what a text is about: those of stopphrases.csv, and names of offices."""
    return [row["words"] for row in table("stopphrases", "words")] + [
        row["written"]
        for row in table("agencies", "agency", "written", "level", "is_group")
        if BODY.match(key(row["written"])) and "{" not in row["written"]
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
    for row in table("examples", "text", "dim", "sub"):
        dim, sub = CLASSES[class_of(row, "examples.csv")]
        found.append({"text": row["text"], "dim": dim, "sub": sub, "plan": "examples.csv", "lines": [int(row["_row"])]})
    return found


def class_of(row: Mapping[str, str], file: str) -> int:
    """The class of a row of phrases.csv, names.csv or examples.csv, checked."""
    dim = number(row, "dim", file, 0, 8) if row["dim"] else OUTSIDE
    sub = row["sub"] or None
    if (dim, sub) not in CLASS:
        raise BadReference(f"{file}, dòng {row['_row']}, cột sub: {sub!r} không thuộc nội dung {dim}")
    return CLASS[dim, sub]


def subject_of(row: Mapping[str, str]) -> tuple[int, str]:
    """The class and the `how` of a row of subjects.csv, checked."""
    sub = row["sub"]
    if sub not in SUBS:
        raise BadReference(f"subjects.csv, dòng {row['_row']}, cột sub: {sub!r} không phải chỉ số thành phần")
    if row["how"] not in HOWS:
        raise BadReference(
            f"subjects.csv, dòng {row['_row']}, cột how: {row['how']!r} không phải một trong {', '.join(HOWS)}"
        )
    return CLASS[int(sub[0]), sub], row["how"]


def has_words(row: Mapping[str, str], column: str, parts: Sequence[Sequence[int]], file: str) -> None:
    """A phrase of which nothing is left once empty words are dropped would never be found: BadReference."""
    if not all(parts):
        raise BadReference(
            f"{file}, dòng {row['_row']}, cột {column}: {row[column]!r} không còn từ nào có nghĩa (xem stopphrases.csv)"
        )
