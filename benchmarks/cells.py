"""What units are, what they touch and what cells say on plans that no label is from: those of tests/strangers and tests/unseen, each
against two readings made apart.

None is a real document. Rules and tables have been mended after looking at all of them, so the figures say that what
works still does; what a first look gave, before anything was mended for it, stands in the README.
"""

from __future__ import annotations

from pathlib import Path

from etl import about
from etl.match import Matcher
from etl.measure import cells, classes
from etl.measure.plans import KINDS_HEAD, kinds, told
from etl.measure.reading import labelled
from etl.model import KINDS, Reading
from etl.reference import ROOT
from etl.way import reading

FOLDERS = (ROOT / "tests" / "strangers", ROOT / "tests" / "unseen")


def read(folder: Path, matcher: Matcher) -> dict[str, Reading]:
    """Every plan of a folder that two readings are there of, as read."""
    known = cells.rows(folder, "cells.tsv")
    return {
        plan.file.stem: reading(plan, matcher, is_any=True)
        for plan in about.plans(folder)
        if plan.file.suffix == ".txt" and plan.file.stem in known
    }


def main() -> None:
    matcher = Matcher.shipped()
    for folder in FOLDERS:
        done = read(folder, matcher)
        shares = cells.total(told(done, folder, folder).values())
        place = folder.relative_to(ROOT).as_posix()
        print(cells.shown({folder.name: shares}, f"{place}: so với hai lượt đọc"))
        print()
        matrix = kinds((labelled(folder / f"{name}.jsonl"), one) for name, one in done.items())
        print(f"{place}. {KINDS_HEAD}", *classes.shown(matrix, KINDS, "loại"), sep="\n")
        print()


if __name__ == "__main__":
    main()
