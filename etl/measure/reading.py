"""evaluate: how well read, cut and tag do against labelled units, a plan at a time and in all.

A unit counts as found when its text is at least 95 % the labelled text by rapidfuzz `ratio`; each pair is used once,
the nearest lines first. Shares are over the found units; agencies over tasks and assignments (sets equal), with the
units whose layout left a guess (`agencies_uncertain` in the labels) apart.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.measure.classes import Pair
from etl.model import ROLES, Unit, Unread

FOUND = 95
COLUMNS = (
    "units",
    "found",
    "precision",
    "recall",
    "f1",
    "kind",
    "declared_dim",
    "declared_sub",
    *ROLES,
    *(f"{role}_uncertain" for role in ROLES),
    "timing",
    "timing_cells",
    "lines",
)


@dataclass(frozen=True)
class Share:
    """How many of how many are right."""

    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None


def labelled(file: Path) -> list[dict]:
    """The labelled units of one plan. Raises Unread with the line where one is not JSON."""
    units = []
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            units.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise Unread(
                f"{file.name}, dòng {number}: không phải JSON ({error.msg}); hãy sửa dòng này.",
                f"{file.name}, line {number}: not JSON ({error.msg}); mend the line.",
            ) from None
    return units


def pairs(gold: Sequence[dict], units: Sequence[Unit]) -> list[tuple[dict, Unit]]:
    """The labelled units that were found, each with the unit that is it."""
    if not gold or not units:
        return []
    scores = process.cdist([g["text"] for g in gold], [u.text for u in units], scorer=fuzz.ratio, score_cutoff=FOUND)
    candidates = sorted(
        (abs(unit.first_line - g["lines"][0]), -scores[i][j], i, j)
        for i, g in enumerate(gold)
        for j, unit in enumerate(units)
        if scores[i][j] >= FOUND
    )
    taken_gold: set[int] = set()
    taken_units: set[int] = set()
    found = []
    for _, _, i, j in candidates:
        if i not in taken_gold and j not in taken_units:
            taken_gold.add(i)
            taken_units.add(j)
            found.append((gold[i], units[j]))
    return found


def measure(gold: Sequence[dict], units: Sequence[Unit], lines: tuple[int, int]) -> dict[str, Share]:
    """The measures of one plan. `lines` is how many lines are accounted for, of how many."""
    found = pairs(gold, units)
    doing = [(g, u) for g, u in found if g["kind"] in ("action", "assignment")]
    certain = [(g, u) for g, u in doing if not g["agencies_uncertain"]]
    guessed = [(g, u) for g, u in doing if g["agencies_uncertain"]]
    cells = [(g, u) for g, u in found if g["timing_basis"] in ("row", "merged")]
    out = {
        "units": Share(len(units), len(gold)),
        "found": Share(len(found), len(gold)),
        "kind": _right(found, lambda g, u: g["kind"] == u.kind),
        "declared_dim": _right(found, lambda g, u: g["declared_dim"] == u.declared_dim),
        "declared_sub": _right(found, lambda g, u: g["declared_sub"] == u.declared_sub),
        "timing": _right(found, lambda g, u: g["timing"] == u.timing),
        "timing_cells": _right(cells, lambda g, u: g["timing"] == u.timing),
        "lines": Share(*lines),
    }
    for role in ROLES:
        out[role] = _right(certain, _has_same(role))
        out[f"{role}_uncertain"] = _right(guessed, _has_same(role))
    return out


def kinds(gold: Sequence[dict], units: Sequence[Unit]) -> Counter[Pair]:
    """How often a kind by the labels (None: no label) was read as another (None: not found), over one plan."""
    found = pairs(gold, units)
    missed = Counter(g["kind"] for g in gold) - Counter(g["kind"] for g, _ in found)
    more = Counter(unit.kind for unit in units) - Counter(unit.kind for _, unit in found)
    matrix: Counter[Pair] = Counter((g["kind"], unit.kind) for g, unit in found)
    matrix.update({(kind, None): n for kind, n in missed.items()} | {(None, kind): n for kind, n in more.items()})
    return matrix


def _has_same(role: str) -> Callable[[dict, Unit], bool]:
    return lambda g, u: set(g[role]) == set(u.names(role))


def _right(found: Iterable[tuple[dict, Unit]], test: Callable[[dict, Unit], bool]) -> Share:
    results = [test(g, u) for g, u in found]
    return Share(sum(results), len(results))


def shares(measures: dict[str, Share]) -> dict[str, tuple[int, int]]:
    """(right, of) of each measure; the units found as precision (of those cut) and recall (of those labelled)."""
    found = measures["found"].right
    return {"precision": (found, measures["units"].right), "recall": (found, measures["units"].of)} | {
        name: (share.right, share.of) for name, share in measures.items() if name not in ("units", "found")
    }


def total(measures: Iterable[dict[str, Share]]) -> dict[str, Share]:
    """The measures of several plans, unit by unit: large plans weigh more."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for measure_ in measures:
        for name, share in measure_.items():
            right[name] += share.right
            of[name] += share.of
    return {name: Share(right[name], of[name]) for name in right}


def figures(measures: dict[str, Share]) -> dict[str, float | int | None]:
    """The measures as numbers: precision, recall and F1 of the units found, then shares from 0 to 1."""
    found, cut, gold = measures["found"].right, measures["units"].right, measures["units"].of
    out: dict[str, float | int | None] = {
        "units": gold,
        "found": found,
        "precision": found / cut if cut else None,
        "recall": found / gold if gold else None,
        "f1": 2 * found / (cut + gold) if cut + gold else None,
    }
    return out | {name: share.share for name, share in measures.items() if name not in out}


def shown(by_plan: dict[str, dict[str, Share]]) -> str:
    """A table for the screen: a row a measure, a column a plan, the whole last."""
    columns = {name: figures(measures) for name, measures in by_plan.items()} | {
        "tất cả": figures(total(by_plan.values()))
    }
    width = max(len(name) for name in columns) + 2
    lines = [" " * 18 + "".join(f"{name:>{width}}" for name in columns)]
    for row in COLUMNS:
        cells = []
        for values in columns.values():
            value = values.get(row)
            cells.append("–" if value is None else f"{value:d}" if isinstance(value, int) else f"{value:.3f}")
        lines.append(f"{row:<18}" + "".join(f"{cell:>{width}}" for cell in cells))
    return "\n".join(lines)
