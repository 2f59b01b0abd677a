"""When: the real dates on a line of years, each in the plan's own words.

In: the view of the page. Out: the finding that titles the line, the line in two forms, and its marks as options. Tasks,
reporting duties, assignments and targets each have a mark of their own.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui import data
from ui.draw.measure import width_of, wrap
from ui.draw.palette import INK, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.topics.when.view import Mark, View, mark_of
from ui.words import dates, labels
from ui.words.plans import source
from ui.words.remember import remember

_MARKS = {
    "action": ("circle", False),
    "reporting": ("diamond", True),
    "assignment": ("square", True),
    "objective": ("triangle-down", True),
}
"""The shape of each kind, and whether it is hollow."""
_MOST_MARKS = 40


@remember
def title(view: View) -> str:
    """The finding over the line. Rule: all dates have passed; or how many lie ahead, and the nearest in the plan's
    words. Fallback, when none of the words could be turned into a date: how many passages name a time.
    """
    dated = view.dated
    if not dated.marks:
        return labels.t("when.dates_unplaced", n=dated.unplaced)
    found = data.next_mark(view.plan_ids, view.today)
    if found is None:
        return labels.t("when.dates_passed", n=dated.placed)
    first = mark_of(found)
    return labels.t(
        "when.dates_ahead",
        n=dated.placed,
        ahead=dated.ahead,
        raw=first.raw or first.span(),
        plan=labels.pick(first.plan, "short"),
    )


_FEW_PLANS = 3
"""Of so many plans the periods are named."""


def nothing(view: View) -> str:
    """That no passage has a time that could stand on the line; and of few plans their own periods, which are not counted."""
    said = labels.t("when.no_dates")
    spans = [
        labels.t("when.period", plan=labels.pick(plan, "short"), span=dates.period(plan))
        for plan in view.plans[: _FEW_PLANS + 1]
        if dates.period(plan)
    ]
    if not spans or len(spans) > _FEW_PLANS:
        return said
    return f"{said} {labels.t('when.periods', periods='; '.join(spans))}"


def _subtitle(view: View) -> str:
    """Which mark is what: only the kinds that occur."""
    kinds = {mark.kind for mark in view.marks}
    said = " · ".join(labels.t(f"when.mark.{kind}") for kind in _MARKS if kind in kinds)
    return f"{said}. {labels.t('when.dates_subtitle')}"


def _placed(view: View) -> list[Mark]:
    """The marks that are drawn: where there are many, the latest days."""
    return [mark for mark in view.marks if mark.due][-_MOST_MARKS:]


def _unplaced(view: View) -> list[Mark]:
    """The marks without a day that are named below, of many the first."""
    return [mark for mark in view.marks if mark.due is None][:_MOST_MARKS]


@remember
def alt(view: View) -> str:
    """The line for those who do not see it."""
    return labels.t(
        "when.dates_alt",
        title=title(view),
        rows="; ".join(f"{mark.span()}: {mark.what()}, “{mark.raw}”" for mark in _placed(view) + _unplaced(view)),
    )


def options(view: View) -> dict[str, str]:
    """The marks by key, for the select that does what a click does."""
    return {mark.key: labels.t("when.option", raw=mark.raw or mark.span(), what=mark.what()) for mark in view.marks}


def unit_ids(view: View, key: str) -> tuple[str, ...]:
    """The units behind a mark."""
    return next((data.dated_unit_ids(mark.plan.plan_id, key) for mark in view.marks if mark.key == key), ())


@remember
def wide(view: View) -> go.Figure:
    """The line of dates over the whole page."""
    sheet = Sheet(WIDE, title=title(view), subtitle=_subtitle(view), source=source(view.plan_ids))
    return _drawn(sheet, view, 18, WIDE - 22)


@remember
def narrow(view: View) -> go.Figure:
    """The sister for a phone: words above their mark."""
    sheet = Sheet(NARROW, title=title(view), subtitle=_subtitle(view), source=source(view.plan_ids))
    return _drawn(sheet, view, 8, NARROW - 10)


def _drawn(sheet: Sheet, view: View, left: float, right: float) -> go.Figure:
    placed, unplaced = _placed(view), _unplaced(view)
    axis = _Axis.over(placed, view.today, left, right)
    top = axis.heads(sheet, sheet.top + 12) + 14
    y = _today(sheet, axis.at(view.today), top + 8)
    for mark in placed:
        y = _mark(sheet, axis, mark, y)
    axis.lines(sheet, top, y + 4)
    sheet.line(axis.at(view.today), top, axis.at(view.today), y + 4, INK, width=1.5, dash="dot")
    return sheet.figure(_notes(sheet, y + 8, view, len(placed), unplaced))


@dataclass(frozen=True)
class _Axis:
    """Days as pixels, and the years that are written over them."""

    zero: datetime.date
    left: float
    pixels: float
    years: tuple[int, ...]

    @classmethod
    def over(cls, marks: Sequence[Mark], today: datetime.date, left: float, right: float) -> _Axis:
        """From the first to after the last year of these marks and today, as many years as fit."""
        days = [day for mark in marks for day in (mark.start, mark.end) if day] + [today]
        start, stop = min(day.year for day in days), max(day.year for day in days) + 1
        zero = datetime.date(start, 1, 1)
        step = max(1, -(-int(44 * (stop - start)) // int(right - left)))
        pixels = (right - left) / (datetime.date(stop, 1, 1) - zero).days
        return cls(zero, left, pixels, tuple(range(start, stop + 1, step)))

    def at(self, day: datetime.date) -> float:
        return self.left + (day - self.zero).days * self.pixels

    def heads(self, sheet: Sheet, y: float) -> float:
        for year in self.years:
            x = self.at(datetime.date(year, 1, 1))
            anchor = "right" if x > sheet.width - 20 else "left" if x < 16 else "center"
            sheet.text(x, y, str(year), size=13, color=SOFT, anchor=anchor)
        return y

    def lines(self, sheet: Sheet, top: float, bottom: float) -> None:
        for year in self.years:
            x = self.at(datetime.date(year, 1, 1))
            sheet.line(x, top, x, bottom)


def _today(sheet: Sheet, now: float, y: float) -> float:
    """The word for today beside its line, on the side where there is room."""
    note = labels.t("when.today")
    to_left = now + width_of(note, 13, bold=True) + 6 > sheet.width
    sheet.text(now + (-5 if to_left else 5), y + 6, note, size=13, bold=True, anchor="right" if to_left else "left")
    return y + 22


def _mark(sheet: Sheet, axis: _Axis, mark: Mark, y: float) -> float:
    """One mark with its words, beside it or (narrow) above it; where the next begins."""
    assert mark.due is not None  # only these are placed
    begin, end = axis.at(mark.start if mark.start and mark.end else mark.due), axis.at(mark.due)
    if sheet.width == NARROW:
        lines = wrap(f"{mark.said} {mark.what()}", sheet.width - 34, 13.5)
        middle = sheet.lines(0, y + 9, lines, 17, size=13.5) + 3
        bottom = middle + 14
    else:
        lines = wrap(mark.said, max(sheet.width - end, begin) - 20, 14, bold=True)
        middle, bottom = y + 13 + 9 * len(lines), y + 26 + 18 * len(lines)
        span = max(width_of(line, 14) for line in (*lines, mark.what()))
        side, x = ("left", end + 12) if end + 14 + span <= sheet.width else ("right", begin - 12)
        below = sheet.lines(x, y + 13, lines, 18, bold=True, anchor=side)
        sheet.text(x, below, mark.what(), size=13, color=SOFT, anchor=side)
    shape, hollow = _MARKS.get(mark.kind, _MARKS["objective"])
    if end - begin > 6:
        (sheet.frame if hollow else sheet.box)(begin, middle - 5, end, middle + 5, INK)
    if hollow or end - begin <= 6:
        sheet.symbol(end, middle, shape, 12, INK, hollow=hollow)
    hover = "\n".join((*wrap(mark.said, 380, 14), mark.what(), mark.span(), labels.t("common.click")))
    sheet.hit(0, y + 1, sheet.width, bottom - 1, mark.key, hover)
    return bottom


def _notes(sheet: Sheet, y: float, view: View, placed: int, unplaced: Sequence[Mark]) -> float:
    """How many marks are left out, and the words that could not be turned into a day, of many the first."""
    if left_out := view.dated.marks - placed:
        sheet.text(0, y + 17, labels.t("when.left_out_marks", n=left_out), size=13, color=SOFT)
        y += 29
    if unplaced:
        names = [f"“{mark.raw}” ({mark.what()})" for mark in unplaced]
        if more := view.dated.unplaced - sum(mark.n for mark in unplaced):
            names.append(labels.t("when.no_day_more", n=more))
        said = wrap(labels.t("when.no_day", names="; ".join(names), n=len(unplaced)), sheet.width - 4, 13)
        y = sheet.lines(0, y + 17, said, 17, size=13, color=SOFT) - 5
    return y
