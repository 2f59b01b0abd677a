"""How sure we are: what was measured of reading and matching against units that people labelled, what was left, and how
to read it.

In: frames of `ui.data`. Out: the answer, three pictures of shares with their 95 % intervals on one scale from 0 to 100
%, each in two forms, the matrix of what is taken for what, lists and tables. No figure is written here: each stands in
the build, which measured itself.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas
import plotly.graph_objects as go

from ui import data, findings, labels
from ui.charts.base import DIM, INK, NARROW, PAGE, RULE, SOFT, WIDE, Sheet, wrap
from ui.remember import remember

READING = (
    "recall",
    "precision",
    "kind",
    "declared_dim",
    "declared_sub",
    "lead",
    "lead_uncertain",
    "coop",
    "coop_uncertain",
    "monitor",
    "monitor_uncertain",
    "timing",
    "timing_cells",
)
MATCHING = ("dim", "dim_with_alternatives", "sub", "sub_with_alternatives", "unflagged_right", "flagged_right")
FLAGGED = "flagged"
"""A share that is neither right nor wrong: what is handed to a person."""
PARTS = ("held_out", "shipped")
CELLS = ("touches_precision", "touches_recall", "main", "cells", "gaps_right", "gaps_found")
DIMS = (*range(1, 9), 0)
KINDS = ("action", "description", "assignment", "objective", "reporting")
BASES = ("row", "merged", "header", "text", "assignment", "unknown", "none")
STEPS = ("read", "cut", "tag", "match", "check", "load")
LIMITS = ("readers", "plans", "rules", "strangers", "alternatives", "done")
ROLES = ("unit", "heading", "table_header", "front", "back")
LEAST = 12
"""So many of the least certain tasks of a dimension are shown."""
_FEW = 30
"""Below so many, "21 / 29" says more than a percentage."""
_MOST_PAIRS = 3


@dataclass(frozen=True)
class Share:
    """Right of how many, and between which shares the truth lies with 95 % confidence."""

    right: int
    of: int
    low: float
    high: float

    @property
    def said(self) -> str:
        """ "266 / 278"."""
        return labels.t("method.figures", right=self.right, of=self.of)

    @property
    def percent(self) -> str:
        """ "95,7%"; never 100 % for less than all, nor 0 % for something; "" of nothing."""
        if not self.of:
            return ""
        if self.right in (0, self.of):
            return f"{100 if self.right else 0}%"
        return f"{labels.num(min(max(100 * self.right / self.of, 0.1), 99.9), 1)}%"

    @property
    def interval(self) -> str:
        """ "92,6–97,5%"; words where there is nothing to measure."""
        if not self.of:
            return labels.t("method.no_interval")
        low, high = (labels.num(100 * end, 0 if end in (0, 1) else 1) for end in (self.low, self.high))
        return labels.t("method.interval", low=low, high=f"{high}%")

    @property
    def percent_of_many(self) -> str:
        """The percentage where there are enough to take one of, else ""."""
        return self.percent if self.of >= _FEW else ""

    @property
    def below(self) -> str:
        """What stands below right / of in a table: "95,7% (92,6–97,5%)", "(81,7–99,3%)" of few."""
        return " ".join(part for part in (self.percent_of_many, f"({self.interval})") if part)


@dataclass(frozen=True)
class Series:
    """One line of marks in a row: all plans together, and single plans as ticks."""

    share: Share
    color: str
    hollow: bool = False
    words: str = ""
    plans: tuple[Share, ...] = ()


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


# What was measured.


@remember
def _totals() -> dict[tuple[str, str], dict[str | None, Share]]:
    """The measures by part and measure, and in them by plan; None is all plans together."""
    found: dict[tuple[str, str], dict[str | None, Share]] = {}
    for row in data.measures().to_dict("records"):
        plan = row["plan_id"] if isinstance(row["plan_id"], str) else None
        found.setdefault((row["part"], row["measure"]), {})[plan] = Share(
            int(row["right_count"]), int(row["of_count"]), float(row["low"]), float(row["high"])
        )
    return found


@remember
def _classes() -> dict[tuple[str, int], dict[str, Any]]:
    """By part and dimension: precision, recall, F1 (None where no unit has the label)."""
    found = {}
    for row in data.class_measures().to_dict("records"):
        found[row["part"], int(row["dim"])] = {
            "precision": Share(
                int(row["right_count"]),
                int(row["read_count"]),
                float(row["precision_low"]),
                float(row["precision_high"]),
            ),
            "recall": Share(
                int(row["right_count"]), int(row["labelled_count"]), float(row["recall_low"]), float(row["recall_high"])
            ),
            "f1": float(row["f1"]) if row["f1"] == row["f1"] else None,
        }
    return found


def _total(part: str, measure: str) -> Share | None:
    return _totals().get((part, measure), {}).get(None)


def has_reading() -> bool:
    """Whether the reading of this build was measured."""
    return _total("reading", "recall") is not None


def has_matching() -> bool:
    """Whether matching from the words alone was measured."""
    return all((share := _total(part, "dim")) is not None and share.of > 0 for part in PARTS)


def plans() -> pandas.DataFrame:
    """The plans of this build that are labelled, in reading order."""
    found = data.plans()
    return found[found["plan_id"].isin({plan for shares in _totals().values() for plan in shares if plan})]


def _names() -> dict[str, str]:
    return {plan["plan_id"]: labels.pick(plan, "short") for plan in plans().to_dict("records")}


def _dim_name(dim: int, *, short: bool = True) -> str:
    row = data.dimensions().set_index("dim").loc[dim]
    return labels.pick(row, "name") if dim == 0 else f"{dim} {labels.pick(row, 'short' if short else 'name')}"


def topics() -> dict[str, str]:
    """The dimensions by key: the select that does what a click does."""
    return {str(dim): _dim_name(dim, short=False) for dim in DIMS}


def unit_ids(topic: str) -> tuple[str, ...]:
    """The tasks matched with a dimension of which the matcher is least sure."""
    return data.least_sure_unit_ids(int(topic), LEAST)


def source() -> str:
    """The line at the foot of the pictures: which labels, when measured, which intervals, and the guard."""
    return f"{labels.t('method.source', n=len(plans()), day=labels.day(data.build().built_at.date()))} {labels.t('common.guard')}"


# The answer.


@remember
def answer() -> str:
    """The answer as markup: how right the matching is on a plan whose labels are hidden, how much of the reading
    agrees, and what is handed to a person.
    """
    found = _total("reading", "recall")
    if found is None and not has_matching():
        return labels.html("method.nothing")
    said = []
    if has_matching():
        dim, flagged, sure = (_totals()["held_out", name][None] for name in ("dim", FLAGGED, "unflagged_right"))
        said.append(
            labels.html(
                "method.answer_held_out",
                right=dim.right,
                of=dim.of,
                share=dim.percent,
                interval=dim.interval,
                flagged=flagged.right,
                unflagged=sure.of,
                sure=sure.right,
            )
        )
    if found is not None and has_matching():
        n = len(plans())
        said.append(labels.html("method.answer_trust", found=found.right, of=found.of, plans=labels.word(n), n=n))
    elif found is not None:
        said.append(
            f"{labels.html('method.answer_reading', found=found.right, of=found.of)} {labels.html('method.answer_reading_only')}"
        )
    return " ".join(said)


# How a plan is read, in words.


def _paragraph(words: str) -> str:
    return f'<p class="prose">{html.escape(words)}</p>'


def _counted(words: str, n: int) -> str:
    return f"{words[:1].upper()}{words[1:]} ({labels.num(n)})"


def _item(term: str, words: str) -> str:
    return f"<dt>{html.escape(term)}</dt><dd>{html.escape(words)}</dd>"


@remember
def how() -> str:
    """The way of a plan through the program, as markup; the codebook in short is one click away."""
    steps = "".join(f"<li>{labels.html(f'method.how_{step}')}</li>" for step in STEPS)
    counted = data.kind_counts()
    kinds = "".join(
        _item(_counted(labels.t(f"common.kind.{kind}"), counted.get(kind, 0)), labels.t(f"method.kind.{kind}"))
        for kind in KINDS
    )
    leads = data.plan_lead_bases(tuple(data.plans()["plan_id"])).groupby("lead_basis")["tasks"].sum().to_dict()
    bases = "".join(
        _item(
            _counted(labels.t(f"method.basis.{basis}"), int(leads.get(basis, 0))), labels.t(f"method.basis_of.{basis}")
        )
        for basis in BASES
        if basis != "unknown" or leads.get(basis)
    )
    return (
        f'<ol class="prose">{steps}</ol><details class="more prose"><summary>{labels.html("method.codebook")}</summary>'
        f'<h3 class="cell-head">{labels.html("method.kinds")}</h3><dl>{kinds}</dl>'
        f'<h3 class="cell-head">{labels.html("method.bases")}</h3><dl>{bases}</dl><p>{labels.html("method.topics")}</p>'
        f'<h3 class="cell-head">{labels.html("method.states")}</h3><p>{labels.html("method.states_own")}</p><p>{labels.html("method.states_passing")}</p></details>'
    )


@remember
def limits() -> str:
    """What these figures do not say, as markup."""
    n = len(plans())
    items = [labels.html(f"method.limit_{name}", n=n) for name in LIMITS if n or name != "plans"]
    return f'<ul class="prose">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


@remember
def versions() -> str:
    """Which data and program this is, how to cite it and under which licence, as markup."""
    build = data.build()
    cite = labels.t("common.cite", build=build.build_id, year=str(build.built_at.year))
    said = (
        ("data", build.build_id),
        ("day", labels.day(build.built_at.date())),
        ("program", build.program_version),
        ("cite", cite.removeprefix(labels.t("method.version_cite") + ": ")),
        ("licence", labels.t("method.licence")),
        ("again", labels.t("method.again")),
    )
    items = [_item(labels.t(f"method.version_{name}"), words) for name, words in said]
    return f'<dl class="prose">{"".join(items)}</dl>'


# Pictures: rows of shares with their intervals.


def _hover(name: str, said: Sequence[tuple[str, Share]], last: str = "") -> str:
    rows = [
        f"{words}: {share.said} ({share.interval})" if words else f"{share.said} ({share.interval})"
        for words, share in said
        if share.of
    ]
    return "\n".join([name, *rows, *([last] if last else [])])


def _reading_rows() -> list[Row]:
    names, found = _names(), []
    for measure in READING:
        shares = _totals().get(("reading", measure))
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
    names, found = _names(), []
    for measure in (*MATCHING, FLAGGED):
        held, shipped = _totals()["held_out", measure], _totals()["shipped", measure]
        name, color = labels.t(f"method.measure.{measure}"), SOFT if measure == FLAGGED else INK
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
                apart=labels.t("method.more_is_not_better") if measure == FLAGGED else "",
            )
        )
    return found


def _class_rows() -> list[Row]:
    found = []
    for dim in DIMS:
        one = _classes()["held_out", dim]
        series = tuple(
            Series(one[side], DIM[dim], hollow=side == "recall", words=labels.t(f"method.{side}"))
            for side in ("precision", "recall")
        )
        said = [(labels.t(f"method.{side}"), one[side]) for side in ("precision", "recall")]
        found.append(
            Row(
                _dim_name(dim),
                series,
                _hover(_dim_name(dim, short=False), said, labels.t("method.least_click")),
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
    sheet = Sheet(WIDE, title=title, subtitle=subtitle, source=source())
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
    sheet = Sheet(NARROW, title=title, subtitle=subtitle, source=source())
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
    found = _totals()["reading", "recall"][None]
    others = {
        measure: shares[None]
        for (part, measure), shares in _totals().items()
        if part == "reading" and measure in READING and measure not in ("recall", "precision")
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
    dim, sub = _totals()["held_out", "dim"][None], _totals()["held_out", "sub"][None]
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


@remember
def macro() -> str:
    """Mean F1 over the dimensions that have labels, in a sentence."""
    means = {}
    for part in PARTS:
        scores = [one["f1"] for (which, _), one in _classes().items() if which == part and one["f1"] is not None]
        means[part] = labels.num(sum(scores) / len(scores), 3) if scores else "–"
    return labels.t("method.macro", held=means["held_out"], shipped=means["shipped"])


def _outlier(side: str) -> tuple[int, Share] | None:
    """The dimension whose interval lies wholly below another's: the lowest of them; None where all overlap."""
    shares = {dim: _classes()["held_out", dim][side] for dim in DIMS if _classes()["held_out", dim][side].of}
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
            return labels.t(f"method.{key}", name=_dim_name(found[0]), right=found[1].right, of=found[1].of)
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


# The matrix.


@remember
def _cells() -> list[tuple[int, int | None, int]]:
    """Labelled, read as (None: no answer), units; one plan held out at a time."""
    return [
        (
            int(row["labelled"]),
            None if row["read_as"] != row["read_as"] or row["read_as"] is None else int(row["read_as"]),
            int(row["units"]),
        )
        for row in data.confusion_cells("held_out").to_dict("records")
    ]


def _read_name(dim: int | None) -> str:
    return labels.t("method.no_answer") if dim is None else _dim_name(dim)


@remember
def confusion_words() -> str:
    """The largest confusions in words, as markup."""
    total = sum(units for *_, units in _cells())
    wrong = sorted(
        ((units, labelled, read_as) for labelled, read_as, units in _cells() if labelled != read_as),
        key=lambda one: -one[0],
    )
    if not wrong:
        return _paragraph(labels.t("method.confusion_all_right", n=total))
    pairs = [one for one in wrong if one[2] is not None]
    # pairs of one size are named together or not at all, unless there is nothing else to name
    sizes = [units for units, *_ in pairs]
    shown = [one for one in pairs if sum(units >= one[0] for units in sizes) <= _MOST_PAIRS] or pairs[:_MOST_PAIRS]
    rest = pairs[len(shown) :]
    said = []
    if shown:
        said.append(
            labels.t(
                "method.confusion_says",
                wrong=sum(units for units, *_ in wrong),
                of=total,
                pairs="; ".join(
                    labels.t(
                        "method.confusion_pair", labelled=_read_name(labelled), read_as=_read_name(read_as), n=units
                    )
                    for units, labelled, read_as in shown
                ),
            )
        )
    if rest:
        said.append(labels.t("method.confusion_rest", n=len(rest), most=rest[0][0]))
    said.append(labels.t("method.confusion_unanswered", n=sum(units for units, _, read_as in wrong if read_as is None)))
    return _paragraph(" ".join(said))


@remember
def confusion() -> str:
    """The matrix as markup: labelled dimensions downwards, what they were read as across; one tint, the number in every
    cell.
    """
    cells = {(labelled, read_as): units for labelled, read_as, units in _cells()}
    across: tuple[int | None, ...] = (*DIMS, None)
    head = "".join(f'<th scope="col" class="n">{html.escape(_short(dim))}</th>' for dim in across)
    rows = []
    for labelled in DIMS:
        total = sum(cells.get((labelled, dim), 0) for dim in across)
        shown = "".join(_cell(cells.get((labelled, dim), 0), total) for dim in across)
        rows.append(
            f'<tr><th scope="row">{html.escape(_dim_name(labelled) if labelled else f"0 {_dim_name(0)}")}</th>{shown}<td class="n">{labels.num(total)}</td></tr>'
        )
    sums = [sum(cells.get((labelled, dim), 0) for labelled in DIMS) for dim in across]
    last = "".join(f'<td class="n">{labels.num(one)}</td>' for one in (*sums, sum(sums)))
    rows.append(f'<tr><th scope="row">{labels.html("method.sum")}</th>{last}</tr>')
    corner = f"{labels.html('method.labelled')} ↓<small>{labels.html('method.read_as')} →</small>"
    return (
        f'<div class="scroll matrix" tabindex="0" role="region" aria-label="{labels.html("method.confusion")}"><table><thead><tr><th scope="col">{corner}</th>{head}'
        f'<th scope="col" class="n">{labels.html("method.sum")}</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _short(dim: int | None) -> str:
    return labels.t("method.no_answer") if dim is None else str(dim)


def _cell(units: int, total: int) -> str:
    if not units:
        return '<td class="n">·</td>'
    # ink stays readable on every step of the tint
    tint = 6 + round(30 * units / total)
    return f'<td class="n" style="background:color-mix(in srgb,var(--ink) {tint}%,transparent)"><b>{labels.num(units)}</b></td>'


@remember
def confusion_rows() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The matrix for the download: one row per part, labelled dimension and dimension it was read as."""
    columns = {
        "part": labels.t("method.csv_part"),
        "labelled": labels.t("method.labelled"),
        "read_as": labels.t("method.read_as"),
        "units": labels.t("method.units"),
    }
    found = []
    for part in PARTS:
        for row in data.confusion_cells(part).sort_values(["labelled", "read_as"]).to_dict("records"):
            read_as = row["read_as"]
            found.append(
                {
                    "part": labels.t(f"method.part.{part}"),
                    "labelled": int(row["labelled"]),
                    "read_as": labels.t("method.no_answer") if read_as is None or read_as != read_as else int(read_as),
                    "units": int(row["units"]),
                }
            )
    return columns, found


# Tables.


def _in_table(share: Share | None) -> str:
    return "–" if share is None or not share.of else f"{share.said}\n{share.below}"


@remember
def reading_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Reading: columns, one row per measure; all plans with the interval, and each plan."""
    names = _names()
    columns = {"measure": labels.t("method.measure_heading"), "all": labels.t("method.all_plans"), **names}
    rows = []
    for measure in READING:
        shares = _totals().get(("reading", measure), {})
        rows.append(
            {
                "measure": labels.t(f"method.measure.{measure}"),
                "all": _in_table(shares.get(None)),
                **{plan: _in_table(shares.get(plan)) for plan in names},
            }
        )
    return columns, rows


@remember
def matching_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Matching: columns, one row per measure; held out and as shipped over all plans, and each plan held out."""
    names = _names()
    columns = {
        "measure": labels.t("method.measure_heading"),
        **{part: labels.t(f"method.all_{part}") for part in PARTS},
        **names,
    }
    rows = []
    for measure in (*MATCHING, FLAGGED):
        held = _totals().get(("held_out", measure), {})
        rows.append(
            {
                "measure": labels.t(f"method.measure.{measure}"),
                **{part: _in_table(_total(part, measure)) for part in PARTS},
                **{plan: _in_table(held.get(plan)) for plan in names},
            }
        )
    return columns, rows


def has_cells() -> bool:
    """Whether what cells say was measured."""
    return (share := _total("cells", "cells")) is not None and share.of > 0


@remember
def cell_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """What units touch and cells say, each plan held out: columns, one row per measure; all plans with the interval,
    and each plan.
    """
    names = _names()
    columns = {"measure": labels.t("method.measure_heading"), "all": labels.t("method.all_plans"), **names}
    return columns, [
        {
            "measure": labels.t(f"method.measure.{measure}"),
            "all": _in_table(_total("cells", measure)),
            **{plan: _in_table(_totals().get(("cells", measure), {}).get(plan)) for plan in names},
        }
        for measure in CELLS
    ]


@remember
def class_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The dimensions: columns, one row each; precision, recall and F1, held out and as shipped."""
    columns = {"dim": labels.t("common.dimension_heading")}
    for part in PARTS:
        for side in ("precision", "recall", "f1"):
            columns[f"{part}.{side}"] = labels.t(
                "method.class_part", name=labels.t(f"method.{side}"), part=labels.t(f"method.{part}")
            )
    rows = []
    for dim in DIMS:
        row: dict[str, Any] = {"dim": _dim_name(dim, short=False)}
        for part in PARTS:
            one = _classes()[part, dim]
            row |= {
                f"{part}.precision": _in_table(one["precision"]),
                f"{part}.recall": _in_table(one["recall"]),
                f"{part}.f1": "–" if one["f1"] is None else labels.num(one["f1"], 3),
            }
        rows.append(row)
    return columns, rows


@remember
def measure_rows() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: columns, and one row per part, measure, plan and dimension."""
    columns = {
        name: labels.t(f"method.csv_{name}")
        for name in ("part", "measure", "plan", "class", "right", "of", "share", "low", "high")
    }
    known = {"reading": READING, "cells": CELLS, **dict.fromkeys(PARTS, (*MATCHING, FLAGGED))}
    found: list[dict[str, Any]] = []

    def add(part: str, measure: str, plan: str, dim: int | None, share: Share) -> None:
        found.append(
            {
                "part": labels.t(f"method.part.{part}"),
                "measure": measure,
                "plan": plan,
                "class": dim,
                "right": share.right,
                "of": share.of,
                "share": round(share.right / share.of, 4) if share.of else None,
                "low": round(share.low, 4) if share.of else None,
                "high": round(share.high, 4) if share.of else None,
            }
        )

    for part, measures in known.items():
        for measure in measures:
            for plan, share in _totals().get((part, measure), {}).items():
                add(
                    part,
                    labels.t(f"method.measure.{measure}"),
                    labels.t("method.all_plans") if plan is None else _names().get(plan, plan),
                    None,
                    share,
                )
    for (part, dim), one in _classes().items():
        for side in ("precision", "recall"):
            add(part, labels.t(f"method.{side}"), labels.t("method.all_plans"), dim, one[side])
    return columns, found


# What was left.


@remember
def left_says() -> str:
    """What became of all lines, and how many tasks are in doubt, in words, as markup."""
    roles = data.line_roles()
    doubts = data.plan_doubts()
    lines, units = int(roles["lines"].sum()), int(roles[roles["role"] == "unit"]["lines"].sum())
    return _paragraph(
        labels.t(
            "method.left_says",
            lines=lines,
            plans=int(roles["plan_id"].nunique()),
            units=units,
            others=lines - units,
            review=int(doubts["to_review"].sum()),
            tasks=int(doubts["tasks"].sum()),
        )
    )


@remember
def line_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Where every line went: columns, one row per plan that is held."""
    lines = {(row["plan_id"], row["role"]): int(row["lines"]) for row in data.line_roles().to_dict("records")}
    columns = {
        "plan": labels.t("common.plan_heading"),
        "all": labels.t("method.lines_total"),
        **{role: labels.t(f"method.role.{role}") for role in ROLES},
    }
    rows: list[dict[str, Any]] = []
    for plan in data.plans().to_dict("records"):
        state = "" if plan["status"] == "read" else f", {labels.t('common.state.not_read')}"
        by_role = {role: lines.get((plan["plan_id"], role), 0) for role in ROLES}
        rows.append(
            {
                "plan": f"{labels.pick(plan, 'short')}\n{labels.t('common.level.' + plan['level'])}{state}",
                "all": sum(by_role.values()),
                **by_role,
            }
        )
    return columns, rows


@remember
def check_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """What a person should look at: columns, one row per thing that was counted or noted, of these only what was
    met.
    """
    names = {plan["plan_id"]: labels.pick(plan, "short") for plan in data.plans().to_dict("records")}
    columns = {"what": labels.t("method.check"), "all": labels.t("method.all_plans"), **names}
    rows: list[dict[str, Any]] = []
    doubts: dict[str | None, Mapping[str, Any]] = {row["plan_id"]: row for row in data.plan_doubts().to_dict("records")}
    for part, whole in (("to_review", "tasks"), ("uncertain", "units")):
        counted = {
            plan: labels.t("method.figures", right=int(doubt[part]), of=int(doubt[whole]))
            for plan, doubt in doubts.items()
        }
        total = labels.t(
            "method.figures",
            right=sum(int(doubt[part]) for doubt in doubts.values()),
            of=sum(int(doubt[whole]) for doubt in doubts.values()),
        )
        rows.append({"what": labels.t(f"method.{part}"), "all": total, **counted})
    known: dict[str, str] = {}
    for row in data.agency_doubts().to_dict("records"):
        known[row["plan_id"] if isinstance(row["plan_id"], str) else "all"] = labels.t(
            "method.figures", right=int(row["unknown"]), of=int(row["agencies"])
        )
    none = labels.t("method.figures", right=0, of=0)
    rows.append(
        {"what": labels.t("method.unknown_agencies"), **{column: known.get(column, none) for column in ("all", *names)}}
    )
    # a code that has words (method.finding.CODE) stands for itself, the others are counted together; the sum is of all
    noted: dict[str, dict[str, int]] = {}
    for row in data.finding_counts().to_dict("records"):
        key = f"method.finding.{row['code']}"
        for line in (key if key in labels.table() else "method.other_findings", "method.all_findings"):
            by_plan = noted.setdefault(line, {})
            by_plan[row["plan_id"]] = by_plan.get(row["plan_id"], 0) + int(row["findings"])
    for key in sorted(noted, key=list(labels.table()).index):
        rows.append(
            {
                "what": labels.t(key),
                "all": sum(noted[key].values()),
                **{plan: noted[key].get(plan, 0) for plan in names},
            }
        )
    return columns, rows


def rule_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The rules that find things to look at: columns, one row each; how many of their findings were right when counted
    one by one.
    """
    columns = {"kind": labels.t("findings.column_kind"), "precision": labels.t("findings.precision")}
    return columns, [{"kind": findings.title(code), "precision": findings.precision(code)} for code in findings.rules()]
