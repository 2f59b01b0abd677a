"""How well plans are read whose tables and lines have heads that no table knows: every known head of the plans of tests/strangers,
tests/unseen and tests/latest gives way to one that says nothing ("Cột A" for "Cơ quan chủ trì"), and what is read is set beside
the same plans as they are.

An office's own heads are never all unknown: this is the floor, and no forecast.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cells import FOLDERS, LATEST
from etl import about
from etl.match import Matcher
from etl.measure.reading import labelled, pairs
from etl.reference import ROOT, column_role, names_columns, table
from etl.way import reading

_CELLS = re.compile(r"(\s*[\t|]\s*)")
_SAYING = ("lead", "coop", "monitor", "timing")


def hidden(text: str) -> str:
    """A document with every known head of its columns, and every known label of who and when before a colon, under a name
    that says nothing, each its own.
    """
    return "\n".join(_hidden_row(line) if _CELLS.search(line) else _hidden_labels(line) for line in text.split("\n"))


def _hidden_row(line: str) -> str:
    parts = _CELLS.split(line)
    if not names_columns(parts[::2]):
        return line
    return "".join(part if at % 2 or not _is_known(part) else _name(part) for at, part in enumerate(parts))


def _is_known(head: str) -> bool:
    return bool(head.strip()) and column_role(head) not in ("unknown", "number")


def _hidden_labels(line: str) -> str:
    return _labels().sub(lambda hit: f"{hit[1]}{_name(hit[2])}:", line)


@cache
def _labels() -> re.Pattern:
    heads = (row["header"] for row in table("columns") if row["role"] in _SAYING)
    said = "|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True))
    return re.compile(rf"((?:^|[.;])[\s(+•*-]*)({said})\s*:", re.IGNORECASE)


def _name(head: str) -> str:
    """A name for a head, the same for the same head."""
    known = sorted({row["header"].casefold() for row in table("columns")} | {head.casefold().strip()})
    at = known.index(head.casefold().strip())
    return f"Cột {string.ascii_uppercase[at // 26]}{string.ascii_lowercase[at % 26]}"


def told(folder: Path, matcher: Matcher, *, is_hidden: bool) -> Counter[str]:
    """Of a folder's labelled plans: units, how many are found, and of tasks how many have the lead and the time of the label."""
    found: Counter[str] = Counter()
    with TemporaryDirectory() as room:
        for file in folder.glob("*.jsonl"):
            text = file.with_suffix(".txt").read_text(encoding="utf-8")
            (Path(room) / f"{file.stem}.txt").write_text(hidden(text) if is_hidden else text, encoding="utf-8")
        for plan in about.plans(Path(room)):
            labels = labelled(folder / f"{plan.file.stem}.jsonl")
            units = reading(plan, matcher, is_any=True).units
            found += Counter(units=len(labels), read=len(units))
            for label, unit in pairs(labels, units):
                found["found"] += 1
                if label["kind"] == "action":
                    found["tasks"] += 1
                    found["lead"] += set(label.get("lead", ())) == set(unit.names("lead"))
                    found["timing"] += label.get("timing") == unit.timing
    return found


def main() -> None:
    matcher = Matcher.shipped()
    print(f"{'':20} {'units':>6} {'read':>6} {'found':>6} {'tasks':>6} {'lead':>6} {'timing':>6}")
    for folder in (*FOLDERS, *([LATEST] if LATEST.is_dir() else [])):
        for is_hidden in (False, True):
            said = told(folder, matcher, is_hidden=is_hidden)
            name = f"{folder.relative_to(ROOT).name}{', hidden' if is_hidden else ''}"
            print(f"{name:20}", *(f"{said[one]:6}" for one in ("units", "read", "found", "tasks", "lead", "timing")))


if __name__ == "__main__":
    main()
