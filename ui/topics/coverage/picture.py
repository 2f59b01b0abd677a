"""The coverage matrix: plans against the 29 sub-dimensions, nine states told apart without colour; on a page and on a
phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.data.plans import Dimension, Plan, Subdimension
from ui.draw import marks
from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, SOFT
from ui.draw.sheet import NARROW, WIDE_BESIDE, Sheet
from ui.topics.coverage.view import View, said, sub_name, title
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember

_WIDE_PLANS = 7
"""So many plans stand side by side; the others follow in a matrix below."""
_NARROW_PLANS = 5
"""So many plans stand side by side on a phone; the others follow below them."""
_NAMES = 262
"""So wide is the column of names on a page."""


@dataclass(frozen=True)
class _Columns:
    """Plans side by side: where the first begins, how wide each is with the gap behind it."""

    plans: Sequence[Plan]
    first: float
    width: float
    gap: float

    def left(self, at: int) -> float:
        return self.first + at * self.width

    def __iter__(self) -> Iterator[tuple[Plan, float, float]]:
        """Each plan with the left edge of its column and that of the next."""
        return ((plan, self.left(at), self.left(at + 1)) for at, plan in enumerate(self.plans))


def _hit(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, plan: Plan, topic: str, *words: str) -> None:
    """A cell that opens by a click, and what is said when it is pointed at."""
    name = f"{labels.pick(plan, 'short')} · {words[0]}"
    sheet.hit(x0, y0, x1, y1, f"{plan.plan_id}~{topic}", "\n".join((name, *words[1:], labels.t("common.click"))))


def _cells(sheet: Sheet, view: View, columns: _Columns, sub: Subdimension, y0: float, y1: float) -> None:
    """The line of marks of one sub-dimension."""
    for plan, x0, _ in columns:
        cell, x1 = view.cells[plan.plan_id, sub.sub], x0 + columns.width - columns.gap
        marks.mark(sheet, x0, y0, x1, y1, cell, sub.dim)
        if cell.hangs:
            sheet.dotted(x0, y0, x1, y1)
        _hit(sheet, x0, y0, x1, y1, plan, sub.sub, f"{sub.sub} {sub_name(sub)}", *said(cell, view.basis))


def _general(sheet: Sheet, view: View, columns: _Columns, dim: int, y: float, indent: float = 0) -> None:
    """How many tasks each plan has on a dimension as a whole; nothing where it has none."""
    for plan, x0, after in columns:
        if n := view.general[plan.plan_id, dim]:
            said = labels.t("coverage.general", n=n)
            if width_of(said, 13) > columns.width - columns.gap - indent:
                said = labels.t("coverage.general_short", n=n)
            sheet.text(x0 + indent, y, said, size=13, color=DIM[dim])
            words = labels.t("coverage.general_hover", n=n, dim=str(dim))
            _hit(sheet, x0 + indent, y - 12, after - columns.gap, y + 12, plan, f"{dim}+", words)


def _key(sheet: Sheet, view: View, plans: Sequence[Plan]) -> None:
    """What the marks that occur among these plans say."""
    cells = [view.cells[plan.plan_id, sub.sub] for plan in plans for sub in view.subs]
    marks.key(sheet, {cell.state for cell in cells} | {"hangs" for cell in cells if cell.hangs})


@remember
def wide(view: View) -> go.Figure:
    """The matrix with a column beside it."""
    sheet = Sheet(WIDE_BESIDE, title=title(view), subtitle=labels.t("coverage.subtitle"), source=source(view.plan_ids))
    _key(sheet, view, view.plans)
    width = min((WIDE_BESIDE - _NAMES) / min(len(view.plans), _WIDE_PLANS), 132)
    y = sheet.top
    for at in range(0, len(view.plans), _WIDE_PLANS):
        y = _matrix(sheet, view, _Columns(view.plans[at : at + _WIDE_PLANS], _NAMES, width, 4), y) + 16
    return sheet.figure(y - 16)


def _matrix(sheet: Sheet, view: View, columns: _Columns, y: float) -> float:
    """So many plans as fit side by side; gives back where the drawing ends."""
    y = _heads(sheet, columns, y + 4)
    for dim in view.dims:
        sheet.line(0, y, columns.left(len(columns.plans)), y, DIM[dim.dim], width=2)
        lines = _dimension_lines(dim)
        for at, line in enumerate(lines):
            sheet.text(0, y + 17 + 18 * at, line, size=15, color=DIM[dim.dim], bold=True)
        _general(sheet, view, columns, dim.dim, y + 17, indent=8)
        y += 30 + 18 * (len(lines) - 1)
        for sub in view.of(dim):
            lines = wrap(sub_name(sub), _NAMES - 44, 14)
            height = max(26, 10 + 16 * len(lines))
            middle = y + height / 2
            sheet.text(0, middle, sub.sub, size=13, color=SOFT)
            for at, line in enumerate(lines):
                sheet.text(30, middle + 16 * (at - (len(lines) - 1) / 2), line, size=14)
            _cells(sheet, view, columns, sub, middle - 11.5, middle + 11.5)
            y += height
        y += 8
    return y


def _dimension_lines(dim: Dimension) -> list[str]:
    """Its name where that fits one line, else its short name."""
    names = (f"{dim.dim}  {labels.pick(dim, stem)}" for stem in ("name", "short"))
    name, short = (wrap(words, _NAMES - 16, 15, bold=True) for words in names)
    return name if len(name) == 1 else short


def _heads(sheet: Sheet, columns: _Columns, y: float) -> float:
    """The plans' names, all with their last line on one height, and level and year under them; gives back where the
    first row begins.
    """
    heads = [head(plan, columns.width - 10) for plan in columns.plans]
    tall, deep = max(len(lines) for lines, _ in heads), max(len(under) for _, under in heads)
    for (plan, x, _), (lines, under) in zip(columns, heads):
        for at, line in enumerate(lines, tall - len(lines)):
            sheet.text(x + 8, y + 17 * at, line, size=13, color=INK if plan.is_held else SOFT, bold=True)
        for at, line in enumerate(under):
            sheet.text(x + 8, y + 17 * tall + 15 * at, line, size=12, color=SOFT)
    return y + 17 * tall + 15 * deep - 3


def head(plan: Plan, width: float) -> tuple[list[str], list[str]]:
    """A column's head: the plan's name without its year, or its short form where the column is narrow; level and year,
    below each other where they must.
    """
    year = str(plan.year or "")
    lines = wrap(labels.pick(plan, "short").removesuffix(f" {year}").strip(), width, 13, bold=True)
    if len(lines) > 3 or any(width_of(line, 13, bold=True) > width for line in lines):
        lines = wrap(plan.narrow, width, 13, bold=True)
    level = labels.t(f"common.level_short.{plan.level}")
    under = labels.t("coverage.level_year", level=level, year=year)
    return lines, [under] if width_of(under, 12) <= width + 4 else [level, year]


@remember
def narrow(view: View) -> go.Figure:
    """The sister for a phone: an indicator's name over its line of marks, the plans' names again over each dimension.

    A column of dashes would cost a phone more than it says: plans nobody has collected stand in the table alone."""
    plans = tuple(plan for plan in view.plans if plan.is_held) or view.plans
    width = NARROW / min(len(plans), _NARROW_PLANS)
    groups = [_Columns(plans[at : at + _NARROW_PLANS], 0, width, 3) for at in range(0, len(plans), _NARROW_PLANS)]
    sheet = Sheet(
        NARROW, title=title(view), subtitle=labels.t("coverage.subtitle_narrow"), source=source(view.plan_ids)
    )
    _key(sheet, view, plans)
    y = sheet.top
    for dim in view.dims:
        sheet.line(0, y, NARROW, y, DIM[dim.dim], width=2)
        y += 8
        for line in wrap(f"{dim.dim}  {labels.pick(dim, 'name')}", NARROW - 8, 16, bold=True):
            y += 20
            sheet.text(0, y - 9, line, size=16, color=DIM[dim.dim], bold=True)
        for columns in groups:
            y = _group(sheet, view, columns, dim, y)
        y += 14
    return sheet.figure(y)


def _group(sheet: Sheet, view: View, columns: _Columns, dim: Dimension, y: float) -> float:
    """One dimension of so many plans as fit a phone side by side; gives back where the drawing ends."""
    y += 38
    for plan, x, _ in columns:
        sheet.text(x, y - 25, plan.narrow, size=13, bold=True)
        sheet.text(x, y - 9, labels.t(f"common.level_short.{plan.level}"), size=12, color=SOFT)
    if any(view.general[plan.plan_id, dim.dim] for plan in columns.plans):
        y += 22
        _general(sheet, view, columns, dim.dim, y - 10)
    y += 4
    for sub in view.of(dim):
        sheet.line(0, y, NARROW, y)
        y += 3
        for line in wrap(f"{sub.sub} {sub_name(sub)}", NARROW - 4, 14):
            y += 18
            sheet.text(0, y - 8, line, size=14)
        y += 3
        _cells(sheet, view, columns, sub, y, y + 25)
        y += 31
    return y
