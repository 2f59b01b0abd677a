"""How sure we are: what was measured of reading and matching against units that people labelled, what was left, and how
to read it.

In: frames of `ui.data`. Out: the answer, three pictures of shares with their 95 % intervals on one scale from 0 to 100
%, each in two forms, the matrix of what is taken for what, lists and tables. No figure is written here: each stands in
the build, which measured itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.draw.measure import wrap
from ui.draw.palette import DIM, INK, PAGE, RULE, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.topics.method import measures
from ui.words import labels
from ui.words.remember import remember


@dataclass(frozen=True)
class Series:
    """One line of marks in a row: all plans together, and single plans as ticks."""

    share: measures.Share
    color: str
    hollow: bool = False
    words: str = ""
    plans: tuple[measures.Share, ...] = ()


@dataclass(frozen=True)
class Bar:
    """One row of a picture: its name, its lines, what is said when it is pointed at; `apart` is a sentence that stands
    before it.
    """

    name: str
    series: tuple[Series, ...]
    hover: str
    key: str
    color: str = INK
    apart: str = ""


# Pictures: rows of shares with their intervals.


def _hover(name: str, said: Sequence[tuple[str, measures.Share]], last: str = "") -> str:
    rows = [
        f"{words}: {share.said} ({share.interval})" if words else f"{share.said} ({share.interval})"
        for words, share in said
        if share.of
    ]
    return "\n".join([name, *rows, *([last] if last else [])])


def _reading_rows() -> list[Bar]:
    names, found = measures.plans_named(), []
    for measure in measures.READING:
        shares = measures.totals().get(("reading", measure))
        if not shares or not shares[None].of:
            continue
        name = labels.t(f"method.measure.{measure}")
        by_plan = [(names[plan], shares[plan]) for plan in names if plan in shares]
        found.append(
            Bar(
                name,
                (Series(shares[None], INK, plans=tuple(share for _, share in by_plan if share.of)),),
                _hover(name, [(labels.t("method.all_plans"), shares[None]), *by_plan]),
                measure,
            )
        )
    return found


def _matching_rows() -> list[Bar]:
    names, found = measures.plans_named(), []
    for measure in (*measures.MATCHING, measures.FLAGGED):
        held, shipped = measures.totals()["held_out", measure], measures.totals()["shipped", measure]
        name, color = labels.t(f"method.measure.{measure}"), SOFT if measure == measures.FLAGGED else INK
        by_plan = [(names[plan], held[plan]) for plan in names if plan in held]
        series = (
            Series(
                held[None],
                color,
                words=labels.t("method.held_out"),
                plans=tuple(share for _, share in by_plan if share.of),
            ),
            Series(shipped[None], color, hollow=True, words=labels.t("method.shipped")),
        )
        said = [
            (labels.t("method.all_held_out"), held[None]),
            (labels.t("method.all_shipped"), shipped[None]),
            *((labels.t("method.plan_held_out", plan=plan), share) for plan, share in by_plan),
        ]
        found.append(
            Bar(
                name,
                series,
                _hover(name, said),
                measure,
                apart=labels.t("method.more_is_not_better") if measure == measures.FLAGGED else "",
            )
        )
    return found


def _class_rows() -> list[Bar]:
    found = []
    for dim in measures.DIMS:
        one = measures.classes()["held_out", dim]
        said = [(labels.t("method.precision"), one.precision), (labels.t("method.recall"), one.recall)]
        series = tuple(Series(share, DIM[dim], hollow=share is one.recall, words=words) for words, share in said)
        found.append(
            Bar(
                measures.dim_name(dim),
                series,
                _hover(measures.dim_name(dim, short=False), said, labels.t("method.least_click")),
                str(dim),
                color=DIM[dim],
            )
        )
    return found


def _marks(sheet: Sheet, series: Series, left: float, right: float, y: float) -> None:
    """Ticks of single plans, the interval and the dot, on the scale from `left` (0) to `right` (100 %)."""

    def x(share: float) -> float:
        return left + share * (right - left)

    for share in series.plans:
        at = x(share.right / share.of)
        sheet.line(at, y - 9, at, y + 9, SOFT)
    share = series.share
    if not share.of:
        return
    sheet.line(x(share.low), y, x(share.high), y, series.color, width=2)
    for end in (share.low, share.high):
        sheet.line(x(end), y - 4, x(end), y + 4, series.color, width=2)
    at = x(share.right / share.of)
    if series.hollow:
        # the line ends at the ring
        sheet.circle(at, y, 11, PAGE)
    sheet.circle(at, y, 11, series.color, hollow=series.hollow, width=2)


_STOPS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class _Columns:
    """Where the words of a line and its figures stand on a page, and the scale between them."""

    words: float
    left: float = 430.0
    right: float = 816.0
    figures: float = 936.0
    percents: float = 1016.0
    intervals: float = WIDE - 4.0

    def x(self, percent: float) -> float:
        return self.left + percent / 100 * (self.right - self.left)


def _wide(title: str, subtitle: str, rows: Sequence[Bar]) -> go.Figure:
    sheet = Sheet(WIDE, title=title, subtitle=subtitle, source=measures.source())
    columns = _Columns(250.0 if any(one.words for row in rows for one in row.series) else 430.0)
    top = y = _wide_heads(sheet, columns)
    for row in rows:
        if row.apart:
            sheet.line(0, y, WIDE, y, INK)
            sheet.text(6, y + 16, row.apart, size=13, color=SOFT)
            y += 28
        else:
            sheet.line(0, y, WIDE, y)
        lines, bold = wrap(row.name, columns.words - 16, 15, bold=True), len(row.series) > 1
        height = max(26.0 * len(row.series) + 8, 19.0 * len(lines) + 10)
        middle = y + height / 2
        for at, line in enumerate(lines):
            sheet.text(6, middle + 19 * (at - (len(lines) - 1) / 2), line, size=15, bold=bold, color=row.color)
        for at, series in enumerate(row.series):
            _wide_line(sheet, columns, series, middle + 26 * (at - (len(row.series) - 1) / 2))
        sheet.hit(0, y + 1, WIDE, y + height - 1, row.key, row.hover)
        y += height
    sheet.line(0, y, WIDE, y)
    for stop in _STOPS:
        sheet.line(columns.x(stop), top, columns.x(stop), y, RULE)
    return sheet.figure(y + 6)


def _wide_heads(sheet: Sheet, columns: _Columns) -> float:
    """The scale and the heads of the figures; gives back where the first row begins."""
    y = sheet.top + 8
    for stop in _STOPS:
        sheet.text(columns.x(stop), y, _stop(stop), size=13, color=SOFT, anchor="center")
    for at, key in ((columns.figures, "right"), (columns.percents, "share"), (columns.intervals, "interval")):
        sheet.text(at, y, labels.t(f"method.head_{key}"), size=13, color=SOFT, anchor="right")
    return y + 14


def _wide_line(sheet: Sheet, columns: _Columns, series: Series, y: float) -> None:
    share = series.share
    sheet.text(columns.words, y, series.words, size=13, color=SOFT)
    _marks(sheet, series, columns.left, columns.right, y)
    sheet.text(columns.figures, y, share.said, size=14, bold=True, anchor="right")
    sheet.text(columns.percents, y, share.percent_of_many, size=14, anchor="right")
    sheet.text(columns.intervals, y, share.interval, size=14, color=SOFT, anchor="right")


def _stop(percent: int) -> str:
    return f"{percent}%" if percent else "0"


def _narrow(title: str, subtitle: str, rows: Sequence[Bar]) -> go.Figure:
    sheet = Sheet(NARROW, title=title, subtitle=subtitle, source=measures.source())
    y = sheet.top
    for row in rows:
        start = y
        sheet.line(0, y, NARROW, y, row.color, width=2 if row.color != INK else 1)
        y += 8
        for line in wrap(row.apart, NARROW - 4, 13):
            y += 17
            sheet.text(0, y - 8, line, size=13, color=SOFT)
        for line in wrap(row.name, NARROW - 4, 15, bold=True):
            y += 20
            sheet.text(0, y - 9, line, size=15, bold=True, color=row.color)
        for series in row.series:
            y = _narrow_line(sheet, series, y)
        if row is rows[0]:
            y += 14
            for x, stop, anchor in ((_NARROW_LEFT, 0, "left"), (_NARROW_MIDDLE, 50, "center"), (NARROW, 100, "right")):
                sheet.text(x, y - 6, _stop(stop), size=12.5, color=SOFT, anchor=anchor)
        sheet.hit(0, start + 2, NARROW, y, row.key, row.hover)
        y += 8
    return sheet.figure(y + 4)


_NARROW_LEFT, _NARROW_RIGHT = 8.0, NARROW - 12.0
_NARROW_MIDDLE = (_NARROW_LEFT + _NARROW_RIGHT) / 2


def _narrow_line(sheet: Sheet, series: Series, y: float) -> float:
    """What a line says, over its scale; gives back where it ends."""
    said = [series.words, series.share.said, series.share.percent_of_many, series.share.interval]
    for line in wrap(" · ".join(part for part in said if part), NARROW - 4, 13):
        y += 18
        sheet.text(0, y - 8, line, size=13)
    y += 28
    for x in (_NARROW_LEFT, _NARROW_MIDDLE, _NARROW_RIGHT):
        sheet.line(x, y - 22, x, y - 6, RULE)
    sheet.line(_NARROW_LEFT, y - 14, _NARROW_RIGHT, y - 14, RULE)
    _marks(sheet, series, _NARROW_LEFT, _NARROW_RIGHT, y - 14)
    return y


def _alt(title: str, rows: Sequence[Bar]) -> str:
    said = [
        labels.t(
            "method.alt_row",
            name=row.name
            if not one.words
            else labels.t("method.class_part", name=row.name, part=labels.lower(one.words)),
            right=one.share.right,
            of=one.share.of,
            interval=one.share.interval,
        )
        for row in rows
        for one in row.series
        if one.share.of
    ]
    return labels.t("method.alt", title=title, rows="; ".join(said))


@remember
def reading_title() -> str:
    """The finding. Rule: how many units were found, and the measure with the smallest share. Fallback: all measures but
    that agree.
    """
    found = measures.totals()["reading", "recall"][None]
    others = {
        measure: shares[None]
        for (part, measure), shares in measures.totals().items()
        if part == "reading" and measure in measures.READING and measure not in ("recall", "precision")
    }
    short = {measure: share for measure, share in others.items() if share.right < share.of}
    if not short:
        return labels.t("method.reading_finding_all", found=found.right, of=found.of)
    weakest = min(short, key=lambda measure: short[measure].right / short[measure].of)
    return labels.t(
        "method.reading_finding",
        found=found.right,
        of=found.of,
        weakest=labels.lower(labels.t(f"method.measure.{weakest}")),
        right=short[weakest].right,
        total=short[weakest].of,
    )


@remember
def reading_wide() -> go.Figure:
    """Reading, over the whole page."""
    return _wide(reading_title(), labels.t("method.reading_subtitle"), _reading_rows())


@remember
def reading_narrow() -> go.Figure:
    """Reading, on a phone."""
    return _narrow(reading_title(), labels.t("method.reading_subtitle"), _reading_rows())


@remember
def reading_alt() -> str:
    """Reading, for those who do not see the picture."""
    return _alt(reading_title(), _reading_rows())


@remember
def matching_title() -> str:
    """The finding: dimension and sub-dimension, strict, with the plan's labels hidden."""
    dim, sub = measures.totals()["held_out", "dim"][None], measures.totals()["held_out", "sub"][None]
    return labels.t("method.matching_finding", dim=dim.right, of=dim.of, sub=sub.right)


@remember
def matching_wide() -> go.Figure:
    """Matching, over the whole page."""
    return _wide(matching_title(), labels.t("method.matching_subtitle"), _matching_rows())


@remember
def matching_narrow() -> go.Figure:
    """Matching, on a phone."""
    return _narrow(matching_title(), labels.t("method.matching_subtitle"), _matching_rows())


@remember
def matching_alt() -> str:
    """Matching, for those who do not see the picture."""
    return _alt(matching_title(), _matching_rows())


def _outlier(side: str) -> tuple[int, measures.Share] | None:
    """The dimension whose interval lies wholly below another's: the lowest of them; None where all overlap."""
    shares: dict[int, measures.Share] = {
        dim: share for dim in measures.DIMS if (share := getattr(measures.classes()["held_out", dim], side)).of
    }
    highest = max((share.low for share in shares.values()), default=0.0)
    below = {dim: share for dim, share in shares.items() if share.high < highest}
    return min(below.items(), key=lambda item: item[1].right / item[1].of) if below else None


@remember
def class_title() -> str:
    """The finding. Rule: the dimension that is missed more, else that takes in more by mistake, than another beyond
    both intervals. Fallback: none is.
    """
    for side, key in (("recall", "classes_finding"), ("precision", "classes_finding_wrong")):
        if found := _outlier(side):
            return labels.t(f"method.{key}", name=measures.dim_name(found[0]), right=found[1].right, of=found[1].of)
    return labels.t("method.classes_finding_none")


@remember
def class_wide() -> go.Figure:
    """The dimensions, over the whole page."""
    return _wide(class_title(), labels.t("method.classes_subtitle"), _class_rows())


@remember
def class_narrow() -> go.Figure:
    """The dimensions, on a phone."""
    return _narrow(class_title(), labels.t("method.classes_subtitle"), _class_rows())


@remember
def class_alt() -> str:
    """The dimensions, for those who do not see the picture."""
    return _alt(class_title(), _class_rows())
