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
class Row:
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


def _reading_rows() -> list[Row]:
    names, found = measures.plans_named(), []
    for measure in measures.READING:
        shares = measures.totals().get(("reading", measure))
        if not shares or not shares[None].of:
            continue
        name = labels.t(f"method.measure.{measure}")
        by_plan = [(names[plan], shares[plan]) for plan in names if plan in shares]
        found.append(
            Row(
                name,
                (Series(shares[None], INK, plans=tuple(share for _, share in by_plan if share.of)),),
                _hover(name, [(labels.t("method.all_plans"), shares[None]), *by_plan]),
                measure,
            )
        )
    return found


def _matching_rows() -> list[Row]:
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
            Row(
                name,
                series,
                _hover(name, said),
                measure,
                apart=labels.t("method.more_is_not_better") if measure == measures.FLAGGED else "",
            )
        )
    return found


def _class_rows() -> list[Row]:
    found = []
    for dim in measures.DIMS:
        one = measures.classes()["held_out", dim]
        series = tuple(
            Series(one[side], DIM[dim], hollow=side == "recall", words=labels.t(f"method.{side}"))
            for side in ("precision", "recall")
        )
        said = [(labels.t(f"method.{side}"), one[side]) for side in ("precision", "recall")]
        found.append(
            Row(
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


def _wide(title: str, subtitle: str, rows: Sequence[Row]) -> go.Figure:
    sheet = Sheet(WIDE, title=title, subtitle=subtitle, source=measures.source())
    words, left, right, figures, percents, intervals = 250.0, 430.0, 816.0, 936.0, 1016.0, WIDE - 4.0
    if not any(one.words for row in rows for one in row.series):
        words = left
    y = sheet.top + 8
    for stop in _STOPS:
        sheet.text(
            left + stop / 100 * (right - left), y, f"{stop}%" if stop else "0", size=13, color=SOFT, anchor="center"
        )
    for at, key in ((figures, "right"), (percents, "share"), (intervals, "interval")):
        sheet.text(at, y, labels.t(f"method.head_{key}"), size=13, color=SOFT, anchor="right")
    y += 14
    top = y
    for row in rows:
        if row.apart:
            sheet.line(0, y, WIDE, y, INK)
            sheet.text(6, y + 16, row.apart, size=13, color=SOFT)
            y += 28
        else:
            sheet.line(0, y, WIDE, y)
        lines = wrap(row.name, words - 16, 15, bold=True)
        height = max(26.0 * len(row.series) + 8, 19.0 * len(lines) + 10)
        for at, line in enumerate(lines):
            sheet.text(
                6,
                y + height / 2 + 19 * (at - (len(lines) - 1) / 2),
                line,
                size=15,
                bold=len(row.series) > 1,
                color=row.color,
            )
        for at, series in enumerate(row.series):
            middle = y + height / 2 + 26 * (at - (len(row.series) - 1) / 2)
            sheet.text(words, middle, series.words, size=13, color=SOFT)
            _marks(sheet, series, left, right, middle)
            sheet.text(figures, middle, series.share.said, size=14, bold=True, anchor="right")
            sheet.text(percents, middle, series.share.percent_of_many, size=14, anchor="right")
            sheet.text(intervals, middle, series.share.interval, size=14, color=SOFT, anchor="right")
        sheet.hit(0, y + 1, WIDE, y + height - 1, row.key, row.hover)
        y += height
    sheet.line(0, y, WIDE, y)
    for stop in _STOPS:
        at = left + stop / 100 * (right - left)
        sheet.line(at, top, at, y, RULE)
    return sheet.figure(y + 6)


def _narrow(title: str, subtitle: str, rows: Sequence[Row]) -> go.Figure:
    sheet = Sheet(NARROW, title=title, subtitle=subtitle, source=measures.source())
    left, right = 8.0, NARROW - 12.0
    y = sheet.top
    for row in rows:
        sheet.line(0, y, NARROW, y, row.color, width=2 if row.color != INK else 1)
        start = y
        y += 8
        for line in wrap(row.apart, NARROW - 4, 13):
            y += 17
            sheet.text(0, y - 8, line, size=13, color=SOFT)
        for line in wrap(row.name, NARROW - 4, 15, bold=True):
            y += 20
            sheet.text(0, y - 9, line, size=15, bold=True, color=row.color)
        for series in row.series:
            said = [series.words, series.share.said, series.share.percent_of_many, series.share.interval]
            for line in wrap(" · ".join(part for part in said if part), NARROW - 4, 13):
                y += 18
                sheet.text(0, y - 8, line, size=13)
            y += 28
            for stop in (0, 50, 100):
                at = left + stop / 100 * (right - left)
                sheet.line(at, y - 22, at, y - 6, RULE)
            sheet.line(left, y - 14, right, y - 14, RULE)
            _marks(sheet, series, left, right, y - 14)
        if row is rows[0]:
            y += 14
            for stop in (0, 50, 100):
                sheet.text(
                    left + stop / 100 * (right - left) if stop != 100 else NARROW,
                    y - 6,
                    f"{stop}%" if stop else "0",
                    size=12.5,
                    color=SOFT,
                    anchor={0: "left", 50: "center", 100: "right"}[stop],
                )
        sheet.hit(0, start + 2, NARROW, y, row.key, row.hover)
        y += 8
    return sheet.figure(y + 4)


def _alt(title: str, rows: Sequence[Row]) -> str:
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
    shares = {
        dim: measures.classes()["held_out", dim][side]
        for dim in measures.DIMS
        if measures.classes()["held_out", dim][side].of
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
