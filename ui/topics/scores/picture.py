"""The picture: a dimension or a sub-dimension a row; its tasks, its scores by year, and the figures around the plan's
year. Between years that are not to be compared the line is cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from ui import data
from ui.data.scores import PlanScore
from ui.draw import marks
from ui.draw.measure import wrap
from ui.draw.palette import DIM, INK, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.topics.scores.view import View, figures, name, note, rank, title, when
from ui.words import labels
from ui.words.remember import remember

_MOST_SQUARES = 24
_HEIGHT = 84.0
"""So high is a row on a page."""
_SPREAD = 0.5
"""The least difference of scores that fills a row's height, so that small ones look small."""


@dataclass(frozen=True)
class _Axis:
    """The years from left to right, and one scale for the scores of all rows, each about its own middle."""

    years: range
    left: float
    right: float
    middles: Mapping[str, float]
    most: float

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(1, len(self.years) - 1)

    def x(self, year: int) -> float:
        return self.left + (year - self.years[0]) * self.step

    def y(self, topic: str, value: float, top: float, bottom: float) -> float:
        return (top + bottom) / 2 - (value - self.middles[topic]) / self.most * (bottom - top)


def _axis(view: View, left: float, right: float) -> _Axis:
    middles, most = {}, _SPREAD
    for row in view.rows:
        values = [value for one in view.of(row).values() for value in (one.score, one.national_median)]
        if values:
            middles[str(row.topic)] = (min(values) + max(values)) / 2
            most = max(most, max(values) - min(values))
    return _Axis(view.years, left, right, middles, most)


def _sheet(view: View, width: int) -> Sheet:
    tasks = "" if view.plan is None else labels.t("scores.subtitle_tasks") + " "
    return Sheet(
        width,
        title=title(view),
        subtitle=tasks + labels.t("scores.subtitle", province=view.place),
        source=f"{labels.t('scores.source')} {labels.t('common.guard')}",
    )


def _dots(sheet: Sheet, view: View, axis: _Axis, row: PlanScore, top: float, bottom: float) -> None:
    """One topic by year: the median as a quiet line that is cut where years are not compared (the cut is marked), the
    province as dots (hollow: low, larger: the plan's year); a year without a score says so.
    """
    by_year, topic = view.of(row), str(row.topic)
    if not by_year:
        sheet.text(axis.left, (top + bottom) / 2, labels.t("scores.no_dim"), size=13, color=SOFT)
        return
    medians = {year: one.national_median for year, one in by_year.items()}
    for year in axis.years:
        x, why = axis.x(year), view.broken(topic, year)
        if why and year > min(by_year):
            sheet.text(x - axis.step / 2, bottom + 2, "//", size=12, color=SOFT, anchor="center")
        if year in medians and year - 1 in medians and not why:
            y0, y1 = (axis.y(topic, medians[one], top, bottom) for one in (year - 1, year))
            sheet.line(x - axis.step, y0, x, y1, SOFT)
        if score := by_year.get(year):
            y = axis.y(topic, score.score, top, bottom)
            sheet.circle(x, y, 11 if year == view.year else 8, DIM[row.dim], hollow=score.low, width=2)
        elif not min(by_year) < year < max(by_year):
            continue
        else:
            sheet.text(x, (top + bottom) / 2, "–", size=12, color=SOFT, anchor="center")
        sheet.hit(x - axis.step / 2, top - 8, x + axis.step / 2, bottom + 8, topic, _told_of(view, row, year))


def _told_of(view: View, row: PlanScore, year: int) -> str:
    """What is said of a topic in a year: its score, or that none is published, and whether it is compared with the year
    before.
    """
    score = view.of(row).get(year)
    head = " · ".join(filter(None, (str(year), when(view, year))))
    said = figures(score) if score else [labels.t("scores.told_none_here")]
    if why := view.broken(str(row.topic), year):
        said = [*said, labels.t("scores.broken", why=why)]
    return "\n".join([head, name(row.topic), *said, *([labels.t("scores.click")] if view.plan else [])])


def _tasks(sheet: Sheet, row: PlanScore, x0: float, x1: float, y: float) -> None:
    """The plan's tasks on a topic: a number and as many squares, solid with a lead; else the mark of what the cell says,
    with its words.
    """
    if row.state != "own" or row.tasks > _MOST_SQUARES:
        marks.mark(sheet, x0 - 8, y - 14, x0 + 92, y + 14, row, row.dim)
        if row.state != "own":
            lines = wrap(labels.t(f"common.state.{row.state}", n=row.n), x1 - x0 - 30, 13)
            sheet.lines(x0 + 26, y - 8 * (len(lines) - 1), lines, 16, size=13, color=SOFT)
        return
    sheet.text(x0, y, labels.num(row.tasks), size=16, bold=True)
    left = x0 + 28
    across = min(12, int((x1 - left) // 14))
    down = -(-row.tasks // across)
    for at in range(row.tasks):
        x, top = left + 14 * (at % across), y + 15 * (at // across - (down - 1) / 2) - 5.5
        draw = sheet.box if at < row.with_lead else sheet.frame
        draw(x, top, x + 11, top + 11, DIM[row.dim])


def _told(view: View, row: PlanScore) -> list[tuple[str, bool]]:
    """The figures beside the dots: the year before, the plan's year (bold) and the latest; what is not published says
    so for the plan's year only.
    """
    by_year, own = view.of(row), view.year
    said = []
    for year in sorted({year for year in (own - 1 if own else None, own, max(by_year, default=None)) if year}):
        if score := by_year.get(year):
            points = labels.num(score.score, 2)
            words = labels.t("scores.told", year=str(year), score=points, rank=rank(score))
            said.append((words, year == own))
        elif year == own:
            sub = data.subdimension(row.sub) if row.sub else None
            is_gone = sub is not None and sub.measured_to is not None and year > sub.measured_to
            said.append((labels.t("scores.told_gone" if is_gone else "scores.told_none", year=str(year)), True))
    return said


def _hover(view: View, row: PlanScore) -> str:
    click = labels.t("common.click") if view.plan else ""
    return "\n".join(filter(None, (name(row.topic), marks.words(row), note(row), click)))


@remember
def wide(view: View) -> go.Figure:
    """The picture over the whole page."""
    sheet, axis = _sheet(view, WIDE), _axis(view, 446.0, 932.0)
    tasks, told = 224.0, 968.0
    top = y = _wide_heads(sheet, view, axis, tasks, told)
    for row in view.rows:
        sheet.line(0, y, WIDE, y)
        _wide_names(sheet, row, y, tasks)
        middle = y + _HEIGHT / 2
        _tasks(sheet, row, tasks, axis.left - 26, middle)
        sheet.hit(0, y + 2, axis.left - 22, y + _HEIGHT - 2, str(row.topic), _hover(view, row))
        _dots(sheet, view, axis, row, y + 16, y + _HEIGHT - 16)
        figures = _told(view, row)
        for at, (line, bold) in enumerate(figures):
            line_y = middle + 19 * (at - (len(figures) - 1) / 2)
            sheet.text(told, line_y, line, size=13, bold=bold, color=INK if bold else SOFT)
        y += _HEIGHT
    sheet.line(0, y, WIDE, y)
    if view.year:
        x = axis.x(view.year)
        sheet.line(x, top, x, y, INK, dash="dot")
        words, to_left = labels.t("scores.plan_year"), x + 110 > axis.right + 20
        anchor = "right" if to_left else "left"
        sheet.text(x + (-5 if to_left else 5), y + 10, words, size=13, bold=True, anchor=anchor)
        y += 18
    return sheet.figure(y + 4)


def _wide_heads(sheet: Sheet, view: View, axis: _Axis, tasks: float, told: float) -> float:
    """The heads of the columns and the years under them; gives back where the first row begins."""
    y, own = sheet.top + 8, view.year
    sheet.text(tasks, y, labels.t("scores.head_tasks"), size=13, bold=True)
    scores = labels.t("scores.head_scores", province=view.place)
    sheet.text(axis.left - 10, y, scores, size=13, bold=True)
    sheet.text(told, y, labels.t("scores.head_figures"), size=13, bold=True)
    y += 22
    for at, year in enumerate(axis.years):
        if year == own or (at % 2 == 0 and (own is None or abs(year - own) > 1)):
            color = INK if year == own else SOFT
            sheet.text(axis.x(year), y, str(year), size=13, color=color, bold=year == own, anchor="center")
    return y + 14


def _wide_names(sheet: Sheet, row: PlanScore, y: float, width: float) -> None:
    """A topic's name and what is to be said of its score, in the middle of its row."""
    names = wrap(name(row.topic, short=True), width - 20, 15, bold=True)
    notes = wrap(note(row), width - 16, 13)
    y += (_HEIGHT - 18 * len(names) - 16 * len(notes)) / 2
    sheet.lines(0, y + 9, names, 18, size=15, bold=True, color=DIM[row.dim])
    sheet.lines(0, y + 8 + 18 * len(names), notes, 16, size=13, color=INK if row.few else SOFT)


@remember
def narrow(view: View) -> go.Figure:
    """The sister for a phone: under a topic's name its tasks, its dots, and the figures around the plan's year."""
    sheet, axis = _sheet(view, NARROW), _axis(view, 10.0, NARROW - 12.0)
    y = sheet.top
    for row in view.rows:
        start = y
        sheet.line(0, y, NARROW, y, DIM[row.dim], width=2)
        y += 6
        for line in wrap(name(row.topic, short=True), NARROW - 4, 15, bold=True):
            y += 19
            sheet.text(0, y - 8, line, size=15, bold=True, color=DIM[row.dim])
        for line in wrap(note(row), NARROW - 4, 13):
            y += 17
            sheet.text(0, y - 8, line, size=13, color=INK if row.few else SOFT)
        y += 38
        _tasks(sheet, row, 0 if row.state == "own" else 8, NARROW - 4, y - 18)
        sheet.hit(0, start + 3, NARROW, y, str(row.topic), _hover(view, row))
        top = y + 10
        _dots(sheet, view, axis, row, top, top + 56)
        if view.year:
            sheet.line(axis.x(view.year), top - 8, axis.x(view.year), top + 64, INK, dash="dot")
        y = top + 74
        _narrow_years(sheet, axis, view.year, y)
        y += 10
        for line, bold in _told(view, row):
            y += 18
            sheet.text(0, y - 8, line, size=13, bold=bold, color=INK if bold else SOFT)
        y += 14
    return sheet.figure(y + 4)


def _narrow_years(sheet: Sheet, axis: _Axis, own: int | None, y: float) -> None:
    """The first year, the last and the plan's own, where these leave room for them."""
    for year in dict.fromkeys((axis.years[0], own, axis.years[-1])):
        if year and (year == own or own is None or abs(axis.x(year) - axis.x(own)) > 36):
            x = axis.x(year)
            anchor = "left" if x < 20 else "right" if x > NARROW - 24 else "center"
            color = INK if year == own else SOFT
            sheet.text(x, y, str(year), size=12.5, color=color, bold=year == own, anchor=anchor)
