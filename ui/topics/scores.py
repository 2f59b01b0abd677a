"""Scores beside coverage: the published PAPI scores of a plan's province, year by year, beside the plan's tasks on each
dimension.

In: the reader's filters. Out: a `View` of what the page shows, and made of it the answer, the finding that titles the
picture, the picture in two forms, the list of dimensions to read first, and the tables. The two stand side by side;
nothing here says that one brings about the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.data.method import PlanScore, Score
from ui.data.plans import Plan
from ui.data.topic import Basis, Topic
from ui.draw import marks
from ui.draw.measure import wrap
from ui.draw.palette import DIM, INK, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.words import labels
from ui.words.remember import remember

DIMS = tuple(range(1, 9))
_MOST_SQUARES = 24
_FACTS = ("ranked", "breaks", "since", "parts", "permits")


@dataclass(frozen=True, eq=False)
class View:
    """A plan on each dimension, and its province's scores by dimension (0 is the total) and year."""

    plan: Plan
    rows: tuple[PlanScore, ...]
    scores: Mapping[int, Mapping[int, Score]]

    @property
    def year(self) -> int | None:
        return self.plan.year

    @property
    def is_comparable(self) -> bool:
        """Whether a score of the plan's year or the year before is published."""
        return any(row.judged_year for row in self.rows)

    @property
    def judged(self) -> int | None:
        """The year by which the plan is judged."""
        return max((row.judged_year for row in self.rows if row.judged_year), default=None)

    @property
    def latest(self) -> int | None:
        """The latest year with scores, where that comes after the year by which the plan is judged."""
        found = max((row.latest_year for row in self.rows if row.latest_year), default=None)
        return found if found != self.judged else None

    @property
    def weak(self) -> list[PlanScore]:
        """The dimensions whose score is low or falls."""
        return [row for row in self.rows if row.is_weak]

    @property
    def flagged(self) -> list[PlanScore]:
        """The dimensions that score low or fall and carry few or no tasks, those with the fewest first."""
        found = [row for row in self.weak if row.few]
        return sorted(found, key=lambda row: (row.tasks if row.state == "own" else 0, row.dim))

    @property
    def years(self) -> range:
        """From the first score of a dimension to the last; the plan's own year lies within."""
        known = {year for dim in DIMS for year in self.scores.get(dim, {})} | ({self.year} if self.year else set())
        return range(min(known), max(known) + 1)


@remember
def view(basis: Basis, plan_id: str) -> View:
    """What is to be seen of this plan, counted one way."""
    scores: dict[int, dict[int, Score]] = {}
    for score in data.plan_score_years(plan_id):
        scores.setdefault(score.dim, {})[score.year] = score
    return View(data.plan(plan_id), data.plan_scores(basis, plan_id), scores)


def has_scores(view: View) -> bool:
    """Whether the table holds any score of the plan's province."""
    return any(dim in DIMS for dim in view.scores)


def _name(dim: int, *, short: bool = False) -> str:
    return f"{dim} {labels.pick(data.dimension(dim), 'short' if short else 'name')}"


def _rank(score: Score) -> str:
    """ "hạng 53/63", by our count."""
    return labels.t("scores.rank", rank=score.rank, of=score.provinces_ranked)


def _figures(score: Score) -> list[str]:
    """ "6,46 điểm", "hạng 53/63", "trung vị 6,91"."""
    return [
        labels.t("scores.points", score=labels.num(score.score, 2)),
        _rank(score),
        labels.t("scores.median", median=labels.num(score.national_median, 2)),
    ]


def _why(low: bool, falls: bool) -> str:
    """What is to be said of a score: "điểm thấp và giảm", or ""."""
    if low and falls:
        return labels.t("scores.both")
    return labels.t("scores.low") if low else labels.t("scores.falls") if falls else ""


def _note(row: PlanScore) -> str:
    """What is to be said of a dimension in the year by which the plan is judged, and since."""
    why, now = _why(row.low, row.falls), _why(row.latest_low, row.latest_falls)
    said = [labels.t("scores.few", why=why) if row.few else why] if why else []
    if row.latest_year != row.judged_year and (why or now):
        said.append(labels.t("scores.latest", year=str(row.latest_year), why=now or labels.t("scores.neither")))
    return "; ".join(said)


def _when(view: View, year: int) -> str:
    """Whether a year lies before the plan, is its own, or comes after; "" where the plan names none."""
    if view.year is None:
        return ""
    return labels.t(
        "scores.plan_year" if year == view.year else "scores.before" if year < view.year else "scores.after"
    )


@remember
def answer(view: View) -> Markup:
    """The answer as markup: the dimensions that score low or fall, and of these those with few or no tasks; which score
    low or fall in the latest year; and the province's total. Whose scores these are where the plan is not the
    province's.
    """
    plan, year = view.plan, view.year
    said = []
    if plan.level != "province":
        said.append(labels.html(f"scores.answer_not_own.{plan.level}", province=plan.province))
    if not plan.is_read:
        said.append(labels.html("scores.answer_unread"))
    elif not year:
        said.append(labels.html("scores.answer_no_year"))
    elif not view.is_comparable:
        said.append(labels.html("scores.answer_not_yet", year=str(year), before=str(year - 1)))
    else:
        said += _judged(view)
    if total := view.scores.get(0):
        shown = total.get(view.judged or 0) or total[max(total)]
        figures = ", ".join(_figures(shown))
        said.append(labels.html("scores.answer_total", year=str(shown.year), province=plan.province, figures=figures))
    return Markup(" ").join(said)


def _judged(view: View) -> list[Markup]:
    """Which dimensions score low or fall, how many tasks these have, and what the latest year says."""
    weak, flagged = view.weak, view.flagged
    where = {"year": str(view.judged), "province": view.plan.province}
    if weak:
        names = labels.names([_with_why(row.dim, row.low, row.falls) for row in weak])
        said = [labels.html("scores.answer_weak", n=len(weak), names=names, **where)]
        said.append(
            labels.html("scores.answer_flagged", n=len(flagged), names=_names(flagged))
            if flagged
            else labels.html("scores.answer_none", least=min(row.tasks for row in weak), n=len(weak))
        )
    else:
        said = [labels.html("scores.answer_fine", **where)]
    if view.latest:
        now = [row for row in view.rows if row.is_weak_now and row.latest_year == view.latest]
        said.append(
            labels.html("scores.answer_latest", year=str(view.latest), names=names)
            if (names := labels.names([_with_why(row.dim, row.latest_low, row.latest_falls) for row in now]))
            else labels.html("scores.answer_latest_fine", year=str(view.latest))
        )
    return said


def _with_why(dim: int, low: bool, falls: bool) -> str:
    """ "5 Thủ tục hành chính (điểm thấp)"."""
    return f"{_name(dim, short=True)} ({_why(low, falls)})"


def _names(rows: Sequence[PlanScore]) -> str:
    return labels.names([_name(row.dim, short=True) for row in rows])


@remember
def title(view: View) -> str:
    """The finding over the picture. Rule: which dimensions score low or fall and carry few or no tasks. Fallbacks: how
    many score low or fall, none of them with few tasks; none does; or, where nothing can be compared, whose scores and
    tasks stand here.
    """
    short = labels.pick(view.plan, "short")
    if not view.plan.is_read or view.year is None or not view.is_comparable:
        return labels.t("scores.finding_plain", plan=short, province=view.plan.province)
    if flagged := view.flagged:
        dims = labels.names([str(dim) for dim in sorted(row.dim for row in flagged)])
        return labels.t("scores.finding_flagged", plan=short, n=len(flagged), dims=dims)
    weak = len(view.weak)
    return labels.t("scores.finding_low" if weak else "scores.finding_fine", plan=short, n=weak)


@remember
def alt(view: View) -> str:
    """The picture for those who do not see it."""
    said = []
    for row in view.rows:
        score = "–" if row.score is None else labels.num(row.score, 2)
        said.append(f"{_name(row.dim, short=True)}: {marks.words(row)}, {labels.t('scores.points', score=score)}")
    return labels.t("scores.alt", title=title(view), rows="; ".join(said))


def topics() -> dict[str, str]:
    """The dimensions by key: the select that does what a click does."""
    return {str(dim): _name(dim) for dim in DIMS}


def unit_ids(basis: Basis, plan_id: str, topic: Topic) -> tuple[str, ...]:
    """The tasks behind a dimension; where there is none, what only describes it."""
    return data.cell_unit_ids(basis, plan_id, topic) or data.cell_unit_ids(basis, plan_id, topic, "description")


# The picture.


@dataclass(frozen=True)
class _Axis:
    """The years from left to right, and one scale for the scores of all dimensions, each about its own middle."""

    years: range
    left: float
    right: float
    middles: Mapping[int, float]
    most: float

    @property
    def steps(self) -> int:
        return max(1, len(self.years) - 1)

    @property
    def step(self) -> float:
        return (self.right - self.left) / self.steps

    def x(self, year: int) -> float:
        return self.left + (year - self.years[0]) / self.steps * (self.right - self.left)

    def y(self, dim: int, value: float, top: float, bottom: float) -> float:
        return (top + bottom) / 2 - (value - self.middles[dim]) / self.most * (bottom - top)


def _axis(view: View, left: float, right: float) -> _Axis:
    middles, most = {}, 0.5
    for dim in DIMS:
        values = [value for one in view.scores.get(dim, {}).values() for value in (one.score, one.national_median)]
        if values:
            middles[dim] = (min(values) + max(values)) / 2
            most = max(most, max(values) - min(values))
    return _Axis(view.years, left, right, middles, most)


def _sheet(view: View, width: int) -> Sheet:
    return Sheet(
        width,
        title=title(view),
        subtitle=labels.t("scores.subtitle", province=view.plan.province),
        source=f"{labels.t('scores.source')} {labels.t('common.guard')}",
    )


def _dots(sheet: Sheet, view: View, axis: _Axis, dim: int, top: float, bottom: float) -> None:
    """One dimension by year: the median as a quiet line, the province as dots (hollow: low, larger: the plan's year)."""
    by_year = view.scores.get(dim, {})
    if not by_year:
        sheet.text(axis.left, (top + bottom) / 2, labels.t("scores.no_dim"), size=13, color=SOFT)
        return
    medians = {year: one.national_median for year, one in by_year.items()}
    for year, median in medians.items():
        if (after := medians.get(year + 1)) is not None:
            y0, y1 = (axis.y(dim, value, top, bottom) for value in (median, after))
            sheet.line(axis.x(year), y0, axis.x(year + 1), y1, SOFT)
    for year, score in by_year.items():
        x, y = axis.x(year), axis.y(dim, score.score, top, bottom)
        sheet.circle(x, y, 11 if year == view.year else 8, DIM[dim], hollow=score.low, width=2)
        when = " · ".join(filter(None, (str(year), _when(view, year))))
        words = (when, _name(dim), *_figures(score), labels.t("scores.click"))
        sheet.hit(x - axis.step / 2, top - 8, x + axis.step / 2, bottom + 8, str(dim), "\n".join(words))


def _tasks(sheet: Sheet, row: PlanScore, x0: float, x1: float, y: float) -> None:
    """The plan's tasks on a dimension: a number and as many squares, solid with a lead; else the mark of what the cell
    says, with its words.
    """
    if row.state != "own" or row.tasks > _MOST_SQUARES:
        marks.mark(sheet, x0 - 8, y - 14, x0 + 92, y + 14, row, row.dim)
        if row.state != "own":
            lines = wrap(labels.t(f"common.state.{row.state}", n=row.n), x1 - x0 - 30, 13)
            for at, line in enumerate(lines):
                sheet.text(x0 + 26, y + 16 * (at - (len(lines) - 1) / 2), line, size=13, color=SOFT)
        return
    sheet.text(x0, y, labels.num(row.tasks), size=16, bold=True)
    left = x0 + 28
    across = min(12, int((x1 - left) // 14))
    down = -(-row.tasks // across)
    for at in range(row.tasks):
        x, top = left + 14 * (at % across), y + 15 * (at // across - (down - 1) / 2) - 5.5
        draw = sheet.box if at < row.with_lead else sheet.frame
        draw(x, top, x + 11, top + 11, DIM[row.dim])


def _told(view: View, dim: int, latest: int | None) -> list[tuple[str, bool]]:
    """The figures beside the dots: the year before, the plan's year (bold) and the latest; what is not published says
    so for the plan's year only.
    """
    by_year, own = view.scores.get(dim, {}), view.year
    said = []
    for year in sorted({year for year in (own - 1 if own else None, own, latest) if year}):
        if score := by_year.get(year):
            points = labels.num(score.score, 2)
            words = labels.t("scores.told", year=str(year), score=points, rank=_rank(score))
            said.append((words, year == own))
        elif year == own:
            said.append((labels.t("scores.told_none", year=str(year)), True))
    return said


def _hover(row: PlanScore) -> str:
    words = (_name(row.dim), marks.words(row), _note(row), labels.t("common.click"))
    return "\n".join(filter(None, words))


_HEIGHT = 84.0
"""So high is a dimension on a page."""


@remember
def wide(view: View) -> go.Figure:
    """The picture over the whole page: a dimension a row; its tasks, its scores by year, and the figures around the
    plan's year.
    """
    sheet, axis = _sheet(view, WIDE), _axis(view, 446.0, 932.0)
    tasks, told = 224.0, 968.0
    top = y = _wide_heads(sheet, view, axis, tasks, told)
    for row in view.rows:
        sheet.line(0, y, WIDE, y)
        _wide_names(sheet, row, y, tasks)
        middle = y + _HEIGHT / 2
        _tasks(sheet, row, tasks, axis.left - 26, middle)
        sheet.hit(0, y + 2, axis.left - 22, y + _HEIGHT - 2, str(row.dim), _hover(row))
        _dots(sheet, view, axis, row.dim, y + 16, y + _HEIGHT - 16)
        figures = _told(view, row.dim, row.latest_year)
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
    """The heads of the columns and the years under them; gives back where the first dimension begins."""
    y, own = sheet.top + 8, view.year
    sheet.text(tasks, y, labels.t("scores.head_tasks"), size=13, bold=True)
    scores = labels.t("scores.head_scores", province=view.plan.province)
    sheet.text(axis.left - 10, y, scores, size=13, bold=True)
    sheet.text(told, y, labels.t("scores.head_figures"), size=13, bold=True)
    y += 22
    for at, year in enumerate(axis.years):
        if year == own or (at % 2 == 0 and (own is None or abs(year - own) > 1)):
            color = INK if year == own else SOFT
            sheet.text(axis.x(year), y, str(year), size=13, color=color, bold=year == own, anchor="center")
    return y + 14


def _wide_names(sheet: Sheet, row: PlanScore, y: float, width: float) -> None:
    """A dimension's name and what is to be said of its score, in the middle of its row."""
    names = wrap(_name(row.dim, short=True), width - 20, 15, bold=True)
    notes = wrap(_note(row), width - 16, 13)
    y += (_HEIGHT - 18 * len(names) - 16 * len(notes)) / 2
    for at, line in enumerate(names):
        sheet.text(0, y + 9 + 18 * at, line, size=15, bold=True, color=DIM[row.dim])
    for at, line in enumerate(notes):
        sheet.text(0, y + 8 + 18 * len(names) + 16 * at, line, size=13, color=INK if row.few else SOFT)


@remember
def narrow(view: View) -> go.Figure:
    """The sister for a phone: under a dimension's name its tasks, its dots, and the figures around the plan's year."""
    sheet, axis = _sheet(view, NARROW), _axis(view, 10.0, NARROW - 12.0)
    y = sheet.top
    for row in view.rows:
        start = y
        sheet.line(0, y, NARROW, y, DIM[row.dim], width=2)
        y += 6
        for line in wrap(_name(row.dim, short=True), NARROW - 4, 15, bold=True):
            y += 19
            sheet.text(0, y - 8, line, size=15, bold=True, color=DIM[row.dim])
        for line in wrap(_note(row), NARROW - 4, 13):
            y += 17
            sheet.text(0, y - 8, line, size=13, color=INK if row.few else SOFT)
        y += 38
        _tasks(sheet, row, 0 if row.state == "own" else 8, NARROW - 4, y - 18)
        sheet.hit(0, start + 3, NARROW, y, str(row.dim), _hover(row))
        top = y + 10
        _dots(sheet, view, axis, row.dim, top, top + 56)
        if view.year:
            sheet.line(axis.x(view.year), top - 8, axis.x(view.year), top + 64, INK, dash="dot")
        y = top + 74
        _narrow_years(sheet, axis, view.year, y)
        y += 10
        for line, bold in _told(view, row.dim, row.latest_year):
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


# Lists and tables.


@remember
def ranked(view: View) -> list[Markup]:
    """The dimensions that score low or fall and carry few or no tasks, as markup."""
    found = []
    for row in view.flagged:
        scores, year = view.scores.get(row.dim, {}), row.judged_year or 0
        shown = dict.fromkeys((year - 1, year, row.latest_year or year))
        figures = [f"{one}: {', '.join(_figures(scores[one]))}" for one in shown if one in scores]
        found.append(
            Markup('<span class="chip" style="--c:var(--d{})">{}</span><br>{} · {} · <b>{}</b>').format(
                row.dim, _name(row.dim), _note(row).capitalize(), "; ".join(figures), marks.words(row)
            )
        )
    return found


def facts() -> list[str]:
    """What is to be known of the figures before years are laid side by side."""
    return [labels.t(f"scores.fact_{name}") for name in _FACTS]


@remember
def table(view: View) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The picture as a table: columns, one row per dimension and one for the total; the years around the plan's and the
    latest.
    """
    own, known = view.year, {year for by_year in view.scores.values() for year in by_year}
    last = max(known)
    shown = sorted(known & set((own - 1, own, own + 1, last) if own else (last - 1, last)))
    columns = {
        "dim": labels.t("common.dimension_heading"),
        "tasks": labels.t("common.tasks_heading"),
        **{str(year): labels.t("scores.column_own", year=str(year)) if year == own else str(year) for year in shown},
    }

    def figures(dim: int) -> dict[str, str]:
        found = {year: view.scores.get(dim, {}).get(year) for year in shown}
        return {str(year): _in_table(score) for year, score in found.items()}

    return columns, [
        *(
            {
                "dim": f"{_name(row.dim)}\n{_note(row)}".rstrip("\n"),
                "tasks": f"{labels.num(row.tasks)}\n{marks.words(row)}",
                **figures(row.dim),
            }
            for row in view.rows
        ),
        {"dim": labels.t("scores.total"), "tasks": "", **figures(0)},
    ]


def _in_table(score: Score | None) -> str:
    return "–" if score is None else f"{labels.num(score.score, 2)}\n{', '.join(_figures(score)[1:])}"


@remember
def year_rows(view: View) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: columns, and one row per dimension (0 is the total) and year."""
    names = ("province", "dim", "name", "year", "score", "rank", "ranked", "median", "when", "tasks")
    columns = {name: labels.t(f"scores.csv_{name}") for name in names}
    tasks = {row.dim: row.tasks for row in view.rows}
    return columns, [
        {
            "province": view.plan.province,
            "dim": dim,
            "name": labels.pick(data.dimension(dim), "name") if dim else labels.t("scores.total"),
            "year": year,
            "score": score.score,
            "rank": score.rank,
            "ranked": score.provinces_ranked,
            "median": score.national_median,
            "when": _when(view, year),
            "tasks": tasks.get(dim, ""),
        }
        for dim, by_year in view.scores.items()
        for year, score in by_year.items()
    ]
