"""The picture of a comparison: of each dimension what corresponds, solid, what may, tinted, and what only one plan
has, hollow.

In: a `Comparison`. Out: the picture in two forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import plotly.graph_objects as go

from ui.data.coverage import PlanDimension
from ui.data.plans import Plan
from ui.draw import marks
from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, PAGE, RULE, SOFT
from ui.draw.sheet import NARROW, TINT, WIDE, Sheet
from ui.topics.compare.comparison import PARTS, Comparison
from ui.topics.compare.words import dim_name, name, title
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember_few


def _color(dim: str) -> str:
    return SOFT if dim == "x" else DIM[int(dim)]


@dataclass(frozen=True)
class _Column:
    """Where the bars of one plan begin, and to which side they go: 1 right, -1 left."""

    plan: Plan
    x: float
    side: int = 1

    @property
    def anchor(self) -> str:
        return "left" if self.side > 0 else "right"

    @property
    def inner(self) -> str:
        """How words stand that end where a bar ends."""
        return "right" if self.side > 0 else "left"


@dataclass(frozen=True)
class _Bars:
    """How bars are drawn: the pixels a task takes, half a bar's height, and how much of the row above and below a
    finger may hit.
    """

    sheet: Sheet
    found: Comparison
    step: float
    half: int
    beyond: int

    def draw(self, column: _Column, dim: str, y: float) -> None:
        """One bar: solid what corresponds, tinted what may, hollow what only this plan has. Without a task, the mark of
        what the plan says instead.
        """
        tasks = self.found.tasks[column.plan.plan_id, dim]
        if not tasks.compared:
            self._nothing(column, dim, y, tasks.says)
            return
        counts = [len(tasks.part(part)) for part in PARTS]
        ends = [column.x + column.side * self.step * n for n in accumulate(counts, initial=0)]
        for part, n, (start, end) in zip(PARTS, counts, pairwise(ends)):
            if n:
                self._segment(part, dim, y, *sorted((start, end)))
                self._hit(column, dim, y, part, n, *sorted((start, end)))
        self._numbers(column, y, counts, ends)

    def _segment(self, part: str, dim: str, y: float, left: float, right: float) -> None:
        if part != "only":
            opacity = 1 if part == "both" else 2 * TINT
            self.sheet.box(left, y - self.half, right, y + self.half, _color(dim), opacity=opacity)
        if part != "both":
            self.sheet.frame(left, y - self.half, right, y + self.half, _color(dim))

    def _nothing(self, column: _Column, dim: str, y: float, says: PlanDimension | None) -> None:
        if says is None:
            self.sheet.text(column.x + 6 * column.side, y, "0", size=13, color=SOFT, anchor=column.anchor)
        else:
            wide = 30
            left = column.x if column.side > 0 else column.x - wide
            marks.mark(self.sheet, left, y - self.half, left + wide, y + self.half, says, int(dim))

    def _numbers(self, column: _Column, y: float, counts: Sequence[int], ends: Sequence[float]) -> None:
        """What corresponds in the bar where it fits, else with the rest beyond its end: "12 + 3 + 2"."""
        aside = 6 * column.side
        number = labels.compact(counts[0])
        is_inside = counts[0] > 0 and self.step * counts[0] >= width_of(number, 13, bold=True) + 10
        if is_inside:
            self.sheet.text(ends[1] - aside, y, number, size=13, color=PAGE, bold=True, anchor=column.inner)
        beyond = counts[1:] if is_inside else counts
        if any(beyond):
            said = " + ".join(map(labels.compact, beyond))
            self.sheet.text(ends[-1] + aside, y, said, size=13, anchor=column.anchor)

    def _hit(self, column: _Column, dim: str, y: float, part: str, n: int, left: float, right: float) -> None:
        said = (
            f"{name(column.plan)} · {dim_name(dim)}",
            labels.t(f"compare.hover.{part}", n=n),
            labels.t("common.click"),
        )
        key, reach = f"{column.plan.plan_id}~{dim}-{part}", self.half + self.beyond
        self.sheet.hit(left, y - reach, right, y + reach, key, "\n".join(said))


def _most(found: Comparison) -> int:
    """The tasks of the longest bar."""
    return max((tasks.compared for tasks in found.tasks.values()), default=0) or 1


def _under(found: Comparison, plan: Plan) -> str:
    return labels.t(
        "compare.head",
        level=labels.lower(labels.t(f"common.level.{plan.level}")),
        n=sum(tasks.total for tasks in found.of(plan)),
    )


def _sheet(width: int, found: Comparison) -> Sheet:
    return Sheet(
        width,
        title=title(found),
        subtitle=labels.t("compare.subtitle", bar=found.bar),
        source=source(tuple(plan.plan_id for plan in found.plans)),
    )


@remember_few
def wide(found: Comparison) -> go.Figure:
    """Two plans mirrored around the names of the dimensions; three or four in columns beside them."""
    sheet, mirrored = _sheet(WIDE, found), len(found.plans) == 2
    if mirrored:
        middle, room = WIDE / 2, 132
        length = middle - room - 70
        columns = [_Column(plan, middle + side * room, side) for plan, side in zip(found.plans, (-1, 1))]
    else:
        first = 258
        column = (WIDE - first) / len(found.plans)
        length = column - 70
        columns = [_Column(plan, first + at * column) for at, plan in enumerate(found.plans)]
    y = _heads(sheet, found, columns, length + 50)
    bars = _Bars(sheet, found, min(length / _most(found), 24), 10, 3)
    for dim in found.dims:
        sheet.line(0, y, WIDE, y)
        y += 19
        x, anchor = (WIDE / 2, "center") if mirrored else (0, "left")
        sheet.text(x, y, dim_name(dim), size=14, color=_color(dim), bold=True, anchor=anchor)
        for one in columns:
            bars.draw(one, dim, y)
        y += 19
    return sheet.figure(y)


def _heads(sheet: Sheet, found: Comparison, columns: list[_Column], room: float) -> float:
    """The plans over their columns; where the rows begin."""
    ends = []
    for column in columns:
        lines = wrap(name(column.plan), room, 15, bold=True)
        end = sheet.lines(column.x, sheet.top + 8, lines, 18, size=15, bold=True, anchor=column.anchor)
        sheet.text(column.x, end, _under(found, column.plan), size=13, color=SOFT, anchor=column.anchor)
        ends.append(end)
    return max(ends) + 22


@remember_few
def narrow(found: Comparison) -> go.Figure:
    """The sister for a phone: under each dimension's name one line a plan."""
    sheet = _sheet(NARROW, found)
    y = sheet.top + 4
    for plan in found.plans:
        head = wrap(f"{plan.narrow}: {name(plan)}", NARROW - 4, 14, bold=True)
        y = sheet.lines(0, y, head, 18, bold=True)
        sheet.text(0, y, _under(found, plan), size=13, color=SOFT)
        y += 24
    first = max(width_of(plan.narrow, 13, bold=True) for plan in found.plans) + 10
    bars = _Bars(sheet, found, min((NARROW - first - 56) / _most(found), 16), 9, 4)
    for dim in found.dims:
        sheet.line(0, y, NARROW, y, RULE if dim == "x" else DIM[int(dim)], width=2)
        head = wrap(dim_name(dim), NARROW - 4, 15, bold=True)
        y = sheet.lines(0, y + 16, head, 20, size=15, color=_color(dim), bold=True) - 12
        for plan in found.plans:
            y += 15
            sheet.text(0, y, plan.narrow, size=13)
            bars.draw(_Column(plan, first), dim, y)
            y += 14
        y += 8
    return sheet.figure(y)
