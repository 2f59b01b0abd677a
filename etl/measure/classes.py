"""classes: what was taken for what, class by class, with what is not known of it (95 % intervals): dimensions that the
matcher answers, kinds of units that are read.

In: a matrix, how many units of a labelled class (first) were taken for another (second); None is no class at all: no
answer, a labelled unit that was not found, or a unit that no label is. Out: shares, lines for the screen, numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Class = int | str
Pair = tuple[Class | None, Class | None]
Matrix = Mapping[Pair, int]
Sides = dict[str, tuple[int, int]]
"""(right, of) of a class's precision and recall."""


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (E. B. Wilson 1927): it holds for small numbers and for shares near 0 and 1."""
    if not of:
        return 0.0, 1.0
    z, share = 1.959964, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def by_class(matrix: Matrix, classes: Sequence[Class]) -> dict[Class, Sides]:
    """How right each class is, and how much of it is found, strict."""
    return {
        one: {
            "precision": (matrix.get((one, one), 0), sum(n for (_, said), n in matrix.items() if said == one)),
            "recall": (matrix.get((one, one), 0), sum(n for (labelled, _), n in matrix.items() if labelled == one)),
        }
        for one in classes
    }


def macro_f1(sides: Mapping[Class, Sides]) -> float:
    """The mean of the F1 of the classes that have labelled units: a small class counts as much as a large one."""
    scores = []
    for shares in sides.values():
        right, said = shares["precision"]
        labelled = shares["recall"][1]
        if labelled:
            scores.append(2 * right / (said + labelled) if said + labelled else 0.0)
    return sum(scores) / len(scores) if scores else 0.0


def shown(matrix: Matrix, classes: Sequence[Class], head: str) -> list[str]:
    """For the screen: each class that has labels with its intervals, then the matrix; None stands last, where it
    occurs.
    """
    lines = [f"{head:<14}{'precision':>28}{'recall':>28}"]
    for one, sides in by_class(matrix, classes).items():
        cells = (_said(right, of) if sides["recall"][1] and of else "–" for right, of in sides.values())
        lines.append(f"{one:<14}" + "".join(f"{cell:>28}" for cell in cells))
    width = max(len(str(one)) for one in classes) + 4
    down = (*classes, *([None] if any(labelled is None for labelled, _ in matrix) else []))
    across = (*classes, None)
    lines.append("nhãn ↓ được đọc là → " + "".join(f"{'–' if one is None else one:>{width}}" for one in across))
    lines += [
        f"{'–' if labelled is None else labelled:<21}"
        + "".join(f"{matrix.get((labelled, said), 0) or '·':>{width}}" for said in across)
        for labelled in down
    ]
    return lines


def _said(right: int, of: int) -> str:
    low, high = interval(right, of)
    return f"{right / of:.3f} [{low:.3f}–{high:.3f}] {right}/{of}"


def figure(right: int, of: int) -> dict:
    """A share as numbers, ready for JSON: with right, of and its interval."""
    return {"share": right / of if of else None, "right": right, "of": of, "interval": interval(right, of)}


def figures(matrix: Matrix, classes: Sequence[Class]) -> dict:
    """The same as numbers, ready for JSON: each class with its intervals, and the matrix."""
    return {
        "classes": {
            str(one): {name: figure(right, of) for name, (right, of) in sides.items()}
            for one, sides in by_class(matrix, classes).items()
        },
        "confusion": [
            {"labelled": labelled, "read_as": said, "units": units}
            for (labelled, said), units in sorted(matrix.items(), key=str)
        ],
    }
