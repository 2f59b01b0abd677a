"""What units touch and cells say on plans that no label is from: those of tests/strangers and tests/unseen, each
against two readings made apart.

None is a real document. Rules and tables have been mended after looking at all of them, so the figures say that what
works still does; what a first look gave, before anything was mended for it, stands in the README.
"""

from __future__ import annotations

from pathlib import Path

from etl import about
from etl.match import Matcher
from etl.measure import cells
from etl.measure.plans import told
from etl.reference import ROOT
from etl.way import reading

FOLDERS = (ROOT / "tests" / "strangers", ROOT / "tests" / "unseen")


def measured(folder: Path, matcher: Matcher) -> dict[str, cells.Shares]:
    """The measures of every plan of a folder that two readings are there of."""
    known = cells.rows(folder, "cells.tsv")
    return told(
        {
            plan.file.stem: reading(plan, matcher, is_any=True)
            for plan in about.plans(folder)
            if plan.file.suffix == ".txt" and plan.file.stem in known
        },
        folder,
        folder,
    )


def main() -> None:
    matcher = Matcher.shipped()
    for folder in FOLDERS:
        shares = cells.total(measured(folder, matcher).values())
        print(cells.shown({folder.name: shares}, f"{folder.relative_to(ROOT).as_posix()}: so với hai lượt đọc"))
        print()


if __name__ == "__main__":
    main()
