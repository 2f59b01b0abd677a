"""score: how right the matcher is, by class, with what is not known of it (95 % intervals), held out and as shipped.

In: labelled units of kind action and description, each with its plan, and what the matcher answered on their texts
alone, headings hidden. Out: plain dictionaries. "With alternatives" counts an answer that `dim_alt` or `sub_alt` lists;
a null `sub` is an answer of its own: the text covers the whole dimension.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.measure import classes
from etl.measure.classes import Matrix
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


def confusion(found: Iterable[Answer]) -> Matrix:
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
    matrix = confusion(found)
    lines.append(f"macro-F1 {classes.macro_f1(classes.by_class(matrix, DIMS)):.3f}")
    return "\n".join(lines + classes.shown(matrix, DIMS, "nội dung"))


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
    matrix = confusion(found)
    return {"measures": out, "macro_f1": classes.macro_f1(classes.by_class(matrix, DIMS))} | classes.figures(
        matrix, DIMS
    )
