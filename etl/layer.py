"""layer: is a plan one list of tasks, or a body and an annex that assigns them?

In: units with what they touch, and the lines of the document. Out: each unit's layer (`body`, `annex`, None where the
plan has one layer only), and which rows of the annex are on the subject of which task of the body, with how alike their
words are. Nobody takes a lead over from the other layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz

from etl.model import Line, Link, Unit
from etl.reference import table
from etl.text import key

MOST_LINKS = 3
"""So many rows of the annex are kept for a task of the body, the likest first."""


def layers(units: Sequence[Unit], lines: Sequence[Line]) -> tuple[Unit, ...]:
    """The units with their layer. A plan has two where it says that a table is attached, tasks stand in its text, and a
    table of tasks follows the text.
    """
    last_in_text = max((unit.first_line for unit in units if unit.channel == "narrative"), default=0)
    annex = {unit.ordinal for unit in units if unit.channel == "table" and unit.first_line > last_in_text}
    tasks = [unit for unit in units if unit.kind == "action"]
    if (
        not any(unit.ordinal in annex for unit in tasks)
        or all(unit.ordinal in annex for unit in tasks)
        or not any(_attaches(line.text) for line in lines)
    ):
        return tuple(units)
    return tuple(replace(unit, layer="annex" if unit.ordinal in annex else "body") for unit in units)


def links(units: Sequence[Unit]) -> Iterator[Link]:
    """For every task of the body the tasks of the annex on one of its subjects, at most `MOST_LINKS`, the likest first
    (token_set_ratio, 0 to 100).
    """
    rows = [(unit, _subjects(unit)) for unit in units if unit.layer == "annex" and unit.kind == "action"]
    for unit in units:
        if unit.layer != "body" or unit.kind != "action":
            continue
        mine = _subjects(unit)
        found = [
            Link(
                unit.ordinal,
                row.ordinal,
                min(mine & theirs),
                round(fuzz.token_set_ratio(key(unit.text), key(row.text))),
            )
            for row, theirs in rows
            if mine & theirs
        ]
        yield from sorted(found, key=lambda link: (-link.likeness, link.annex))[:MOST_LINKS]


def _subjects(unit: Unit) -> set[str]:
    return {touch.sub for touch in unit.touches if touch.how != "passing"}


@cache
def _said() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(key(part) for part in row["words"].split("…")) for row in table("annexes"))


def _attaches(text: str) -> bool:
    """Whether a line says that a table or an annex is attached: "(Có Bảng phân công nhiệm vụ cụ thể kèm theo Kế
    hoạch)".
    """
    told = f" {key(text)} "
    return any(_in_order(told, parts) for parts in _said())


def _in_order(told: str, parts: Sequence[str]) -> bool:
    at = 0
    for part in parts:
        at = told.find(f" {part} ", at)
        if at < 0:
            return False
        at += len(part) + 1
    return True
