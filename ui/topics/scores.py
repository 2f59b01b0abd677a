"""Scores beside coverage: the published PAPI scores of a plan's province, year by year, beside the plan's tasks on each
dimension.

In: frames of `ui.data` for one plan. Out: the answer, the finding that titles the picture, the picture in two forms,
the list of dimensions to read first, and the tables. The two stand side by side; nothing here says that one brings
about the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.draw import marks
from ui.draw.measure import wrap
from ui.draw.palette import DIM, INK, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.words import labels, units
from ui.words.remember import remember

DIMS = tuple(range(1, 9))
_MOST_SQUARES = 24
_FACTS = ("since", "parts", "permits", "ranked")


def _plan(plan_id: str) -> dict[str, Any]:
    return data.plan(plan_id)


def _name(dim: int, *, short: bool = False) -> str:
    row = data.dimension(dim)
    return f"{dim} {labels.pick(row, 'short' if short else 'name')}"


@remember
def _rows(basis: str, plan_id: str) -> list[dict[str, Any]]:
    """One per dimension: tasks, and whether the score is low or falls."""
    return data.plan_scores(basis, plan_id).to_dict("records")


@remember
def _years(plan_id: str) -> dict[int, dict[int, dict[str, Any]]]:
    """The published scores by dimension (0 is the total) and year."""
    found: dict[int, dict[int, dict[str, Any]]] = {}
    for row in data.plan_score_years(plan_id).to_dict("records"):
        if row["score"] == row["score"]:
            found.setdefault(int(row["dim"]), {})[int(row["year"])] = row
    return found


def has_scores(plan_id: str) -> bool:
    """Whether the table holds any score of the plan's province."""
    return any(dim in DIMS for dim in _years(plan_id))


def _flagged(basis: str, plan_id: str) -> list[dict[str, Any]]:
    """The dimensions that score low or fall and carry few or no tasks, those with the fewest first."""
    found = [row for row in _rows(basis, plan_id) if row["few"] and (row["low"] or row["falls"])]
    return sorted(found, key=lambda row: (row["tasks"] if row["state"] == "own" else 0, row["dim"]))


def _figures(row: Mapping[str, Any]) -> str:
    """ "6,46 điểm, hạng 53/63, trung vị 6,91"; what is not published is left out."""
    said = [labels.t("scores.points", score=labels.num(row["score"], 2))]
    if units.whole(row["rank"]) is not None and units.whole(row["provinces_ranked"]) is not None:
        said.append(labels.t("scores.rank", rank=int(row["rank"]), of=int(row["provinces_ranked"])))
    if row["national_median"] == row["national_median"]:
        said.append(labels.t("scores.median", median=labels.num(row["national_median"], 2)))
    return ", ".join(said)


def _why(row: Mapping[str, Any]) -> str:
    """What is to be said of a dimension's score: "điểm thấp, giảm", or ""."""
    return (
        labels.t("scores.both")
        if row["low"] and row["falls"]
        else labels.t("scores.low")
        if row["low"]
        else labels.t("scores.falls")
        if row["falls"]
        else ""
    )


def _note(row: Mapping[str, Any]) -> str:
    why = _why(row)
    return labels.t("scores.few", why=why) if why and row["few"] else why


def _comparable(basis: str, plan_id: str) -> bool:
    return any(row[name] == row[name] for row in _rows(basis, plan_id) for name in ("score", "score_before"))


@remember
def answer(basis: str, plan_id: str) -> Markup:
    """The answer as markup: the province's total, whose scores these are, and the dimensions that score low or fall and
    carry few or no tasks.
    """
    plan, total = _plan(plan_id), _years(plan_id).get(0, {})
    year = units.whole(plan["year"])
    said = []
    shown = next((one for one in (year, year - 1) if one in total), None) if year else None
    if shown:
        said.append(
            labels.html(
                "scores.answer_total", year=str(shown), province=plan["province"], figures=_figures(total[shown])
            )
        )
    if plan["level"] != "province":
        said.append(labels.html(f"scores.answer_not_own.{plan['level']}", province=plan["province"]))
    if plan["status"] != "read":
        said.append(labels.html("scores.answer_unread"))
    elif not year:
        said.append(labels.html("scores.answer_no_year"))
    elif not _comparable(basis, plan_id):
        said.append(labels.html("scores.answer_not_yet", year=str(year), before=str(year - 1)))
    elif flagged := _flagged(basis, plan_id):
        said.append(
            labels.html(
                "scores.answer_flagged",
                n=len(flagged),
                names=labels.names([_name(row["dim"], short=True) for row in flagged]),
            )
        )
    else:
        said.append(labels.html("scores.answer_none"))
    return Markup(" ").join(said)


@remember
def title(basis: str, plan_id: str) -> str:
    """The finding over the picture. Rule: which dimensions score low or fall and carry few or no tasks. Fallbacks: how
    many score low or fall, none of them with few tasks; none does; or, where nothing can be compared, whose scores and
    tasks stand here.
    """
    plan = _plan(plan_id)
    short = labels.pick(plan, "short")
    if plan["status"] != "read" or units.whole(plan["year"]) is None or not _comparable(basis, plan_id):
        return labels.t("scores.finding_plain", plan=short, province=plan["province"])
    flagged = _flagged(basis, plan_id)
    weak = [row for row in _rows(basis, plan_id) if row["low"] or row["falls"]]
    if flagged:
        return labels.t(
            "scores.finding_flagged",
            plan=short,
            n=len(flagged),
            dims=labels.names([str(dim) for dim in sorted(int(row["dim"]) for row in flagged)]),
        )
    return labels.t("scores.finding_low" if weak else "scores.finding_fine", plan=short, n=len(weak))


@remember
def alt(basis: str, plan_id: str) -> str:
    """The picture for those who do not see it."""
    said = []
    for row in _rows(basis, plan_id):
        score = labels.num(row["score"], 2) if row["score"] == row["score"] else "–"
        said.append(f"{_name(row['dim'], short=True)}: {marks.words(row)}, {labels.t('scores.points', score=score)}")
    return labels.t("scores.alt", title=title(basis, plan_id), rows="; ".join(said))


def _subtitle(plan_id: str) -> str:
    return labels.t("scores.subtitle", province=_plan(plan_id)["province"])


def _source() -> str:
    return f"{labels.t('scores.source')} {labels.t('common.guard')}"


def topics() -> dict[str, str]:
    """The dimensions by key: the select that does what a click does."""
    return {str(dim): _name(dim) for dim in DIMS}


def unit_ids(basis: str, plan_id: str, topic: str) -> tuple[str, ...]:
    """The tasks behind a dimension; where there is none, what only describes it."""
    return data.cell_unit_ids(basis, plan_id, topic) or data.cell_unit_ids(basis, plan_id, topic, "description")


# The picture.


def _span(plan_id: str) -> tuple[int, int]:
    years = {year for dim in DIMS for year in _years(plan_id).get(dim, {})}
    own = units.whole(_plan(plan_id)["year"])
    years |= {own} if own else set()
    return min(years), max(years)


def _heights(plan_id: str) -> tuple[dict[int, float], float]:
    """The middle of each dimension's values, and how many points the widest needs: one scale for all."""
    middles, most = {}, 0.5
    for dim in DIMS:
        values = [
            value
            for row in _years(plan_id).get(dim, {}).values()
            for value in (row["score"], row["national_median"])
            if value == value
        ]
        if values:
            middles[dim] = (min(values) + max(values)) / 2
            most = max(most, max(values) - min(values))
    return middles, most


def _dots(sheet: Sheet, plan_id: str, dim: int, left: float, right: float, top: float, bottom: float) -> None:
    """One dimension by year: the median as a quiet line, the province as dots (hollow: below it, larger: the plan's
    year).
    """
    by_year = _years(plan_id).get(dim, {})
    first, last = _span(plan_id)
    middles, most = _heights(plan_id)
    own = units.whole(_plan(plan_id)["year"])
    if not by_year:
        sheet.text(left, (top + bottom) / 2, labels.t("scores.no_dim"), size=13, color=SOFT)
        return

    def x(year: int) -> float:
        return left + (year - first) / max(1, last - first) * (right - left)

    def y(value: float) -> float:
        return (top + bottom) / 2 - (value - middles[dim]) / most * (bottom - top)

    for year, row in by_year.items():
        after = by_year.get(year + 1)
        if (
            after
            and row["national_median"] == row["national_median"]
            and after["national_median"] == after["national_median"]
        ):
            sheet.line(x(year), y(row["national_median"]), x(year + 1), y(after["national_median"]), SOFT)
    step = (right - left) / max(1, last - first)
    for year, row in by_year.items():
        below = bool(row["score"] < row["national_median"])
        sheet.circle(x(year), y(row["score"]), 11 if year == own else 8, DIM[dim], hollow=below, width=2)
        where = (
            labels.t("scores.plan_year" if year == own else "scores.before" if own and year < own else "scores.after")
            if own
            else ""
        )
        sheet.hit(
            x(year) - step / 2,
            top - 8,
            x(year) + step / 2,
            bottom + 8,
            str(dim),
            "\n".join(
                part
                for part in (
                    f"{year}{' · ' + where if where else ''}",
                    _name(dim),
                    *_figures(row).split(", "),
                    labels.t("scores.click"),
                )
                if part
            ),
        )


def _tasks(sheet: Sheet, row: Mapping[str, Any], x0: float, x1: float, y: float) -> None:
    """The plan's tasks on a dimension: a number and as many squares, solid with a lead; else the mark of what the cell
    says, with its words.
    """
    dim, tasks = int(row["dim"]), int(row["tasks"])
    if row["state"] != "own" or tasks > _MOST_SQUARES:
        marks.mark(sheet, x0 - 8, y - 14, x0 + 92, y + 14, row, dim)
        if row["state"] != "own":
            lines = wrap(labels.t(f"common.state.{row['state']}", n=int(row["n"])), x1 - x0 - 30, 13)
            for at, line in enumerate(lines):
                sheet.text(x0 + 26, y + 16 * (at - (len(lines) - 1) / 2), line, size=13, color=SOFT)
        return
    number = labels.num(tasks)
    sheet.text(x0, y, number, size=16, bold=True)
    left = x0 + 28
    across = min(12, int((x1 - left) // 14))
    down = -(-tasks // across)
    for at in range(tasks):
        x, top = left + 14 * (at % across), y + 15 * (at // across - (down - 1) / 2) - 5.5
        if at < int(row["with_lead"]):
            sheet.box(x, top, x + 11, top + 11, DIM[dim])
        else:
            sheet.frame(x, top, x + 11, top + 11, DIM[dim])


def _told(plan_id: str, row: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """The figures beside the dots: the year before, the plan's year (bold) and the latest; what is not published says
    so for the plan's year only.
    """
    by_year, own = _years(plan_id).get(int(row["dim"]), {}), units.whole(row["year"])
    years = sorted({year for year in (own - 1 if own else None, own, units.whole(row["latest_year"])) if year})
    said = []
    for year in years:
        if year in by_year:
            one = by_year[year]
            rank = (
                labels.t("scores.rank", rank=int(one["rank"]), of=int(one["provinces_ranked"]))
                if one["rank"] == one["rank"]
                else ""
            )
            said.append(
                (
                    labels.t("scores.told", year=str(year), score=labels.num(one["score"], 2), rank=rank).rstrip(" ·"),
                    year == own,
                )
            )
        elif year == own:
            said.append((labels.t("scores.told_none", year=str(year)), True))
    return said


def _hover(row: Mapping[str, Any]) -> str:
    return "\n".join(
        part for part in (_name(row["dim"]), marks.words(row), _note(row), labels.t("common.click")) if part
    )


@remember
def wide(basis: str, plan_id: str) -> go.Figure:
    """The picture over the whole page: a dimension a row; its tasks, its scores by year, and the figures around the
    plan's year.
    """
    sheet = Sheet(WIDE, title=title(basis, plan_id), subtitle=_subtitle(plan_id), source=_source())
    own = units.whole(_plan(plan_id)["year"])
    first, last = _span(plan_id)
    tasks, left, right, told = 224.0, 446.0, 932.0, 968.0
    at = {year: left + (year - first) / max(1, last - first) * (right - left) for year in range(first, last + 1)}
    y = sheet.top + 8
    sheet.text(tasks, y, labels.t("scores.head_tasks"), size=13, bold=True)
    sheet.text(left - 10, y, labels.t("scores.head_scores", province=_plan(plan_id)["province"]), size=13, bold=True)
    sheet.text(told, y, labels.t("scores.head_figures"), size=13, bold=True)
    y += 22
    for year in range(first, last + 1):
        if year == own or ((year - first) % 2 == 0 and (own is None or abs(year - own) > 1)):
            sheet.text(
                at[year], y, str(year), size=13, color=INK if year == own else SOFT, bold=year == own, anchor="center"
            )
    y += 14
    top = y
    for row in _rows(basis, plan_id):
        dim = int(row["dim"])
        height = 84.0
        sheet.line(0, y, WIDE, y)
        names = wrap(_name(dim, short=True), tasks - 20, 15, bold=True)
        notes = wrap(_note(row), tasks - 16, 13)
        start = y + (height - 18 * len(names) - 16 * len(notes)) / 2
        for line_at, line in enumerate(names):
            sheet.text(0, start + 9 + 18 * line_at, line, size=15, bold=True, color=DIM[dim])
        for line_at, line in enumerate(notes):
            sheet.text(0, start + 8 + 18 * len(names) + 16 * line_at, line, size=13, color=INK if row["few"] else SOFT)
        _tasks(sheet, row, tasks, left - 26, y + height / 2)
        sheet.hit(0, y + 2, left - 22, y + height - 2, str(dim), _hover(row))
        _dots(sheet, plan_id, dim, left, right, y + 16, y + height - 16)
        figures = _told(plan_id, row)
        for line_at, (line, bold) in enumerate(figures):
            sheet.text(
                told,
                y + height / 2 + 19 * (line_at - (len(figures) - 1) / 2),
                line,
                size=13,
                bold=bold,
                color=INK if bold else SOFT,
            )
        y += height
    sheet.line(0, y, WIDE, y)
    if own:
        sheet.line(at[own], top, at[own], y, INK, dash="dot")
        words, to_left = labels.t("scores.plan_year"), at[own] + 110 > right + 20
        sheet.text(
            at[own] + (-5 if to_left else 5), y + 10, words, size=13, bold=True, anchor="right" if to_left else "left"
        )
        y += 18
    return sheet.figure(y + 4)


@remember
def narrow(basis: str, plan_id: str) -> go.Figure:
    """The sister for a phone: under a dimension's name its tasks, its dots, and the figures around the plan's year."""
    sheet = Sheet(NARROW, title=title(basis, plan_id), subtitle=_subtitle(plan_id), source=_source())
    own = units.whole(_plan(plan_id)["year"])
    first, last = _span(plan_id)
    left, right = 10.0, NARROW - 12.0
    at = {year: left + (year - first) / max(1, last - first) * (right - left) for year in range(first, last + 1)}
    y = sheet.top
    for row in _rows(basis, plan_id):
        dim, start = int(row["dim"]), y
        sheet.line(0, y, NARROW, y, DIM[dim], width=2)
        y += 6
        for line in wrap(_name(dim, short=True), NARROW - 4, 15, bold=True):
            y += 19
            sheet.text(0, y - 8, line, size=15, bold=True, color=DIM[dim])
        for line in wrap(_note(row), NARROW - 4, 13):
            y += 17
            sheet.text(0, y - 8, line, size=13, color=INK if row["few"] else SOFT)
        y += 38
        _tasks(sheet, row, 0 if row["state"] == "own" else 8, NARROW - 4, y - 18)
        sheet.hit(0, start + 3, NARROW, y, str(dim), _hover(row))
        top = y + 10
        _dots(sheet, plan_id, dim, left, right, top, top + 56)
        if own:
            sheet.line(at[own], top - 8, at[own], top + 64, INK, dash="dot")
        y = top + 74
        for year in dict.fromkeys((first, own, last)):
            if year and (year == own or own is None or abs(at[year] - at[own]) > 36):
                anchor = "left" if at[year] < 20 else "right" if at[year] > NARROW - 24 else "center"
                sheet.text(
                    at[year],
                    y,
                    str(year),
                    size=12.5,
                    color=INK if year == own else SOFT,
                    bold=year == own,
                    anchor=anchor,
                )
        y += 10
        for line, bold in _told(plan_id, row):
            y += 18
            sheet.text(0, y - 8, line, size=13, bold=bold, color=INK if bold else SOFT)
        y += 14
    return sheet.figure(y + 4)


# Lists and tables.


@remember
def ranked(basis: str, plan_id: str) -> list[Markup]:
    """The dimensions that score low or fall and carry few or no tasks, as markup."""
    found = []
    for row in _flagged(basis, plan_id):
        dim, year = int(row["dim"]), int(row["year"])
        figures = [
            f"{one}: {_figures(_years(plan_id)[dim][one])}"
            for one in (year - 1, year)
            if one in _years(plan_id).get(dim, {})
        ]
        found.append(
            Markup('<span class="chip" style="--c:var(--d{})">{}</span><br>{} · {} · <b>{}</b>').format(
                dim, _name(dim), _why(row).capitalize(), "; ".join(figures), marks.words(row)
            )
        )
    return found


def facts() -> list[str]:
    """What is to be known of the figures before years are laid side by side."""
    return [labels.t(f"scores.fact_{name}") for name in _FACTS]


@remember
def table(basis: str, plan_id: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The picture as a table: columns, one row per dimension and one for the total; the years around the plan's and the
    latest.
    """
    years, own = _years(plan_id), units.whole(_plan(plan_id)["year"])
    last = max(year for by_year in years.values() for year in by_year)
    shown = sorted(
        {
            year
            for year in ((own - 1, own, own + 1, last) if own else (last - 1, last))
            if any(year in by_year for by_year in years.values())
        }
    )
    columns = {
        "dim": labels.t("common.dimension_heading"),
        "tasks": labels.t("common.tasks_heading"),
        **{str(year): labels.t("scores.column_own", year=str(year)) if year == own else str(year) for year in shown},
    }

    def figures(dim: int, year: int) -> str:
        row = years.get(dim, {}).get(year)
        return "–" if row is None else f"{labels.num(row['score'], 2)}\n{_figures(row).partition(', ')[2]}"

    said: list[dict[str, Any]] = [
        {
            "dim": f"{_name(row['dim'])}\n{_note(row)}".rstrip("\n"),
            "tasks": f"{labels.num(row['tasks'])}\n{marks.words(row)}",
            **{str(year): figures(int(row["dim"]), year) for year in shown},
        }
        for row in _rows(basis, plan_id)
    ]
    return columns, [
        *said,
        {"dim": labels.t("scores.total"), "tasks": "", **{str(year): figures(0, year) for year in shown}},
    ]


@remember
def year_rows(basis: str, plan_id: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: columns, and one row per dimension (0 is the total) and year."""
    names = ("province", "dim", "name", "year", "score", "rank", "ranked", "median", "when", "tasks")
    columns = {name: labels.t(f"scores.csv_{name}") for name in names}
    plan, own = _plan(plan_id), units.whole(_plan(plan_id)["year"])
    tasks = {int(row["dim"]): int(row["tasks"]) for row in _rows(basis, plan_id)}
    found: list[dict[str, Any]] = []
    for dim, by_year in _years(plan_id).items():
        for year, row in by_year.items():
            when = (
                ""
                if own is None
                else labels.t("scores.plan_year" if year == own else "scores.before" if year < own else "scores.after")
            )
            found.append(
                {
                    "province": plan["province"],
                    "dim": dim,
                    "name": labels.t("scores.total") if dim == 0 else _name(dim).partition(" ")[2],
                    "year": year,
                    "score": row["score"],
                    "rank": units.whole(row["rank"]),
                    "ranked": units.whole(row["provinces_ranked"]),
                    "median": row["national_median"],
                    "when": when,
                    "tasks": tasks.get(dim, ""),
                }
            )
    return columns, found
