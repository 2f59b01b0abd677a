"""What units are, what they touch and what cells say on plans that no label is from: those of tests/strangers and tests/unseen, each
against two readings made apart, and those of tests/latest, where there are any, as they come.

None is a real document. Rules and tables have been mended after looking at all but the latest, so the figures say that what
works still does; what a first look gave, before anything was mended for it, stands in docs/measurements.md. Whether a task has a
lead and a time is set against presence.tsv where there is one (`_alt` where a reader was in doubt, or two readers differ).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from etl import about
from etl.match import Matcher
from etl.measure import cells, classes
from etl.measure.plans import KINDS_HEAD, kinds, told
from etl.measure.reading import labelled, pairs
from etl.model import KINDS, Reading, Unit
from etl.reference import ROOT
from etl.way import reading

FOLDERS = (ROOT / "tests" / "strangers", ROOT / "tests" / "unseen")
LATEST = ROOT / "tests" / "latest"
"""Plans that hardly a rule was mended for yet: no test holds what is said of them. None may be there."""


def read(folder: Path, matcher: Matcher) -> dict[str, Reading]:
    """Every plan of a folder that two readings are there of, as read."""
    known = cells.rows(folder, "cells.tsv")
    return {
        plan.file.stem: reading(plan, matcher, is_any=True)
        for plan in about.plans(folder)
        if plan.file.suffix == ".txt" and plan.file.stem in known
    }


def presence(done: dict[str, Reading], folder: Path) -> list[str]:
    """Of labelled tasks, how many are rightly read as with or without a lead and a time, how many of those in doubt, and
    of the rest how many are invented or missed; a task not found counts as one with neither. A line each.
    """
    said = {(row["plan"], row["n"]): row for row in cells.table(folder, "presence.tsv")}
    read_as = {
        (name, str(label["n"])): unit
        for name, one in done.items()
        for label, unit in pairs(labelled(folder / f"{name}.jsonl"), one.units)
        if unit.kind == "action"
    }
    lines = []
    for field, has in (("lead", _has_lead), ("time", _has_time)):
        found: Counter[str] = Counter()
        for unit, row in said.items():
            got = "yes" if unit in read_as and has(read_as[unit]) else "no"
            wrong = "in doubt" if row[f"{field}_alt"] else "invented" if got == "yes" else "missed"
            found["right" if got == row[field] else wrong] += 1
        lines.append(f"{field}: of {len(said)}, " + ", ".join(f"{name} {n}" for name, n in sorted(found.items())))
    return lines if said else []


def _has_lead(unit: Unit) -> bool:
    return bool(unit.names("lead"))


def _has_time(unit: Unit) -> bool:
    return unit.timing != "unspecified"


def main() -> None:
    matcher = Matcher.shipped()
    for folder in (*FOLDERS, *([LATEST] if LATEST.is_dir() else [])):
        done = read(folder, matcher)
        shares = cells.total(told(done, folder, folder).values())
        place = folder.relative_to(ROOT).as_posix()
        print(cells.shown({folder.name: shares}, f"{place}: so với các lượt đọc"))
        print()
        matrix = kinds((labelled(folder / f"{name}.jsonl"), one) for name, one in done.items())
        print(f"{place}. {KINDS_HEAD}", *classes.shown(matrix, KINDS, "loại"), *presence(done, folder), sep="\n")
        print()


if __name__ == "__main__":
    main()
