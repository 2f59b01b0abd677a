"""score: how right the matcher is, by class, with what is not known of it (95 % intervals), held out and as shipped.

In: labelled units of kind action and description, each with its plan, and what the matcher answered on their texts
alone, headings hidden. Out: plain dictionaries. "With alternatives" counts an answer that `dim_alt` or `sub_alt` lists;
a null `sub` is an answer of its own: the text covers the whole dimension.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.model import Match

KINDS = ("action", "description")
DIMS = tuple(range(9))


@dataclass(frozen=True)
class Answer:
    """A labelled unit and what the matcher said of its text."""

    plan_id: str
    gold: dict
    match: Match

    @property
    def dim(self) -> bool:
        return self.match.dim == self.gold["dim"]

    @property
    def dim_with_alternatives(self) -> bool:
        return self.dim or self.match.dim in self.gold["dim_alt"]

    @property
    def sub(self) -> bool:
        return self.match.sub == self.gold["sub"] and self.match.dim is not None

    @property
    def sub_with_alternatives(self) -> bool:
        return self.sub or (self.match.sub is not None and self.match.sub in self.gold["sub_alt"])


def answers(gold: Mapping[str, Sequence[dict]], matching: Callable[[str, list[str]], Sequence[Match]]) -> list[Answer]:
    """Ask for every plan's units; `matching(plan_id, texts)` answers, with that plan's labels held out or not."""
    found: list[Answer] = []
    for plan_id, labelled in gold.items():
        units = [unit for unit in labelled if unit["kind"] in KINDS]
        found.extend(
            Answer(plan_id, unit, match)
            for unit, match in zip(units, matching(plan_id, [unit["text"] for unit in units]), strict=True)
        )
    return found


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (E. B. Wilson 1927): it holds for small numbers and for shares near 0 and 1."""
    if not of:
        return 0.0, 1.0
    z, share = 1.959964, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def measures(found: Sequence[Answer]) -> dict[str, tuple[int, int]]:
    """(right, of) of each measure over some answers."""
    flagged = [one for one in found if one.match.review]
    unflagged = [one for one in found if not one.match.review]
    return {
        "dim": _share(found, lambda one: one.dim),
        "dim_with_alternatives": _share(found, lambda one: one.dim_with_alternatives),
        "sub": _share(found, lambda one: one.sub),
        "sub_with_alternatives": _share(found, lambda one: one.sub_with_alternatives),
        "flagged": (len(flagged), len(found)),
        "unflagged_right": _share(unflagged, lambda one: one.dim_with_alternatives),
        "flagged_right": _share(flagged, lambda one: one.dim_with_alternatives),
    }


def by_class(found: Sequence[Answer]) -> dict[int, dict[str, tuple[int, int]]]:
    """(right, of) of precision and recall, dimension by dimension, strict."""
    said: Counter[int | None] = Counter()
    labelled: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for one in found:
        said[one.match.dim] += 1
        labelled[one.gold["dim"]] += 1
        right[one.gold["dim"]] += one.dim
    return {dim: {"precision": (right[dim], said[dim]), "recall": (right[dim], labelled[dim])} for dim in DIMS}


def macro_f1(classes: dict[int, dict[str, tuple[int, int]]]) -> float:
    """The mean of the F1 of the classes that have labelled units: a small class counts as much as a large one."""
    scores = []
    for shares in classes.values():
        right, said = shares["precision"]
        labelled = shares["recall"][1]
        if labelled:
            scores.append(2 * right / (said + labelled) if said + labelled else 0.0)
    return sum(scores) / len(scores) if scores else 0.0


def confusion(found: Iterable[Answer]) -> dict[tuple[int, int | None], int]:
    """How often a dimension (first) was taken for another (second; None is no answer)."""
    return dict(Counter((one.gold["dim"], one.match.dim) for one in found))


def _share(found: Sequence[Answer], test: Callable[[Answer], bool]) -> tuple[int, int]:
    return sum(map(test, found)), len(found)


def shown(found: Sequence[Answer], title: str) -> str:
    """Tables for the screen: measures by plan, classes with their intervals, the confusion matrix."""
    plans = list(dict.fromkeys(one.plan_id for one in found))
    columns = {plan: [one for one in found if one.plan_id == plan] for plan in plans} | {"tất cả": list(found)}
    width = max(map(len, columns)) + 2
    lines = [title, " " * 24 + "".join(f"{name:>{width}}" for name in columns)]
    by_plan = {name: measures(some) for name, some in columns.items()}
    for name in by_plan["tất cả"]:
        figures = (
            f"{right / of:.3f} ({right}/{of})" if of else "–"
            for right, of in (shares[name] for shares in by_plan.values())
        )
        lines.append(f"{name:<24}" + "".join(f"{figure:>{width}}" for figure in figures))
    classes = by_class(found)
    lines.append(f"macro-F1 {macro_f1(classes):.3f}")
    lines.append(f"{'nội dung':<10}{'precision':>28}{'recall':>28}")
    for dim, shares in classes.items():
        cells = []
        for name in ("precision", "recall"):
            right, of = shares[name]
            low, high = interval(right, of)
            cells.append(f"{right / of:.3f} [{low:.3f}–{high:.3f}] {right}/{of}" if of else "–")
        lines.append(f"{dim:<10}" + "".join(f"{cell:>28}" for cell in cells))
    matrix = confusion(found)
    lines.append("nhãn ↓ được đọc là → " + "".join(f"{dim:>5}" for dim in DIMS) + f"{'–':>5}")
    for dim in DIMS:
        lines.append(f"{dim:<21}" + "".join(f"{matrix.get((dim, said), 0) or '·':>5}" for said in (*DIMS, None)))
    return "\n".join(lines)


def figures(found: Sequence[Answer]) -> dict:
    """The same as numbers, ready for JSON: shares 0 to 1 with right and of, classes with intervals, the matrix."""
    plans = list(dict.fromkeys(one.plan_id for one in found))
    out = {
        name: {
            m: {"share": right / of if of else None, "right": right, "of": of}
            for m, (right, of) in measures(some).items()
        }
        for name, some in [
            ("all", list(found)),
            *((plan, [one for one in found if one.plan_id == plan]) for plan in plans),
        ]
    }
    classes = by_class(found)
    return {
        "measures": out,
        "macro_f1": macro_f1(classes),
        "classes": {
            str(dim): {
                name: {"share": right / of if of else None, "right": right, "of": of, "interval": interval(right, of)}
                for name, (right, of) in shares.items()
            }
            for dim, shares in classes.items()
        },
        "confusion": [
            {"labelled": dim, "read_as": said, "units": units}
            for (dim, said), units in sorted(confusion(found).items(), key=str)
        ],
    }
