"""How the results of a search spread over dimensions and plans: small bars, a dimension a row, a plan a column.

In: what `ui.data.search` has found. Out: the answer and the finding in words, the picture in two widths, its numbers as a
table. Of many plans the five with most results have a column of their own, the others share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy

from ui import data
from ui.data import search
from ui.data.plans import Plan
from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, RULE, SOFT
from ui.draw.sheet import NARROW, Sheet
from ui.words import labels, units
from ui.words.plans import plan_name, source

BESIDE = 384
"""Design width of the picture in the column beside the results."""
_COLUMNS = 5
_ORDER = ("1", "2", "3", "4", "5", "6", "7", "8", "0", "none")


class Spread(NamedTuple):
    """The results by dimension and column. A column is a plan's row, or None for the plans that share the last."""

    total: int
    plans: int
    columns: tuple[Plan | None, ...]
    cells: dict[str, tuple[int, ...]]

    def of(self, dim: str) -> int:
        """The results on one dimension."""
        return sum(self.cells[dim])


def spread(results: search.Found) -> Spread:
    """Count."""
    cells = results.cells
    by_plan: numpy.ndarray = sum(cells.values(), numpy.zeros(1, dtype=int))
    met = numpy.flatnonzero(by_plan)
    most = sorted(met.tolist(), key=lambda at: (-by_plan[at], at))[
        : _COLUMNS if len(met) > _COLUMNS + 1 else _COLUMNS + 1
    ]
    shown = sorted(most)
    ids = search.plan_ids()
    columns: list[Plan | None] = [data.plan(ids[at]) for at in shown]
    rest = len(met) > len(shown)
    rows = {}
    for dim in _ORDER:
        if dim not in cells and dim == "none":
            continue
        counted = cells.get(dim, numpy.zeros(len(by_plan), dtype=int))
        own = [int(counted[at]) for at in shown]
        rows[dim] = tuple([*own, int(counted.sum()) - sum(own)] if rest else own)
    if "none" in rows and not sum(rows["none"]):
        del rows["none"]
    return Spread(int(by_plan.sum()), len(met), tuple([*columns, None] if rest else columns), rows)


def _name(dim: str) -> str:
    return labels.t("find.no_dimension") if dim == "none" else units.topic_name(int(dim), None, short=True)


def _most(spread: Spread) -> str | None:
    """The dimension with most results, where it stands out."""
    ranked = sorted((spread.of(dim), dim) for dim in spread.cells if dim not in ("0", "none"))
    return ranked[-1][1] if ranked and ranked[-1][0] and (len(ranked) == 1 or ranked[-1][0] > ranked[-2][0]) else None


def in_plans(spread: Spread) -> str:
    """In how many plans the results are: "5 kế hoạch"."""
    return labels.t("find.plans", plans=labels.word(spread.plans), n=spread.plans)


def title(spread: Spread) -> str:
    """The finding over the picture. Rule: the dimension with most results. Fallback: how many results in how many
    plans.
    """
    most = _most(spread)
    if most is None:
        return labels.t("find.finding_total", n=spread.total, plans=in_plans(spread))
    return labels.t("find.finding_most", dim=_name(most), n=spread.of(most), total=spread.total)


def alt(spread: Spread) -> str:
    """The picture for those who do not see it."""
    return labels.t(
        "find.alt",
        title=title(spread),
        each=", ".join(f"{_name(dim)}: {labels.num(spread.of(dim))}" for dim in spread.cells),
    )


def picture(spread: Spread, width: int) -> Any:
    """The picture in one width; a bar is as long as its share of the longest."""
    sheet = Sheet(
        NARROW if width <= NARROW else width, title=title(spread), subtitle=labels.t("find.subtitle"), source=source()
    )
    step = width / len(spread.columns)
    heads = [
        wrap(plan.narrow, step - 6, 12.5, bold=True)
        if plan
        else wrap(labels.t("find.other_plans", n=spread.plans - len(spread.columns) + 1), step - 4, 12.5, bold=True)
        for plan in spread.columns
    ]
    y = sheet.top + 6 + 16 * max(map(len, heads))
    for at, lines in enumerate(heads):
        sheet.lines(at * step, y - 16 * len(lines), lines, 16, size=12.5, bold=True)
    longest = max((n for row in spread.cells.values() for n in row), default=0) or 1
    room = step - 12 - width_of(labels.compact(longest), 13, bold=True)
    for dim, row in spread.cells.items():
        sheet.line(0, y, width, y, RULE)
        head = wrap(_name(dim), width - 50, 13.5, bold=True)
        y = sheet.lines(0, y + 12, head, 18, size=13.5, color=INK if dim == "none" else DIM[int(dim)], bold=True) - 12
        total = spread.of(dim)
        sheet.text(width, y - 6, labels.compact(total), size=13.5, anchor="right", color=INK if total else SOFT)
        if not total:
            y += 6
            continue
        for at, n in enumerate(row):
            _bar(sheet, spread, dim, at, at * step, y + 15, step, room * n / longest)
        y += 29
    return sheet.figure(y)


def _bar(sheet: Sheet, spread: Spread, dim: str, at: int, x: float, y: float, step: float, long: float) -> None:
    """The results on a dimension in one column; a click leads to them where the column is one plan's."""
    n, plan = spread.cells[dim][at], spread.columns[at]
    if not n:
        sheet.text(x, y, labels.num(0), size=13, color=SOFT)
        return
    long = max(2.0, long)
    sheet.box(x, y - 6, x + long, y + 6, SOFT if dim == "none" else DIM[int(dim)])
    sheet.text(x + long + 4, y, labels.compact(n), size=13)
    if plan is not None:
        hover = "\n".join((plan_name(plan), _name(dim), labels.t("find.passages", n=n), labels.t("find.click")))
        sheet.hit(x, y - 12, x + step - 4, y + 12, f"{plan.plan_id}~{dim}", hover)


def rows(spread: Spread) -> tuple[dict[str, str], list[dict[str, Any]], Sequence[str]]:
    """The picture's numbers: a row a dimension, a column a plan; and which columns are numbers."""
    names = [
        plan_name(plan) if plan else labels.t("find.other_plans", n=spread.plans - len(spread.columns) + 1)
        for plan in spread.columns
    ]
    columns = {
        "dim": labels.t("common.dimension_heading"),
        "all": labels.t("find.all"),
        **{f"c{at}": name for at, name in enumerate(names)},
    }
    listed = [
        {"dim": _name(dim), "all": sum(row), **{f"c{at}": n for at, n in enumerate(row)}}
        for dim, row in spread.cells.items()
    ]
    return columns, listed, [name for name in columns if name != "dim"]
