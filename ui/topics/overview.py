"""The overview: every plan against the eight dimensions and the cross-cutting work; one task, one square.

In: frames of `ui.data`. Out: the answer, the finding that titles the picture, and the picture in two forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.draw import marks
from ui.draw.measure import wrap
from ui.draw.palette import DIM, INK, RULE, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.words import absence, labels, layers, plans
from ui.words.remember import remember

_DIMS = (1, 2, 3, 4, 5, 6, 7, 8, 0)
MOST_SQUARES = 24
"""Above so many tasks in one cell the squares give way to the matrix's tile."""


def _cells(basis: str, plan_ids: tuple[str, ...]) -> dict[tuple[str, int], dict[str, Any]]:
    return {(row["plan_id"], row["dim"]): row for row in data.plan_dimensions(basis, plan_ids).to_dict("records")}


def _chosen_rows(basis: str, plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{**data.plan(row["plan_id"]), **row} for row in data.plan_summaries(basis, plan_ids).to_dict("records")]


def _dim_name(dim: int) -> str:
    return labels.lower(labels.pick(data.dimension(dim), "name"))


@remember
def answer(basis: str, plan_ids: tuple[str, ...]) -> Markup:
    """The answer as markup: how many tasks, on what most and least, which plans leave dimensions empty, which
    indicators nobody was given, and how many tasks say neither who nor when.
    """
    chosen = _chosen_rows(basis, plan_ids)
    rows = [row for row in chosen if row["status"] == "read"]
    unread = [labels.html("overview.answer_unread", n=len(chosen) - len(rows))] if len(rows) < len(chosen) else []
    if not rows:
        return unread[0]
    cells = _cells(basis, plan_ids)
    total = sum(row["tasks"] for row in rows)
    by_dim = {dim: sum(cells[row["plan_id"], dim]["tasks"] for row in rows) for dim in range(1, 9)}
    most = max(by_dim, key=lambda dim: (by_dim[dim], -dim))
    least = min(by_dim, key=lambda dim: (by_dim[dim], dim))
    who = (
        labels.pick(rows[0], "short")
        if len(rows) == 1
        else labels.t("overview.plans", plans=labels.word(len(rows), capital=True))
    )
    sentences = [
        labels.html(
            "overview.answer_total",
            who=who,
            n=total,
            most=_dim_name(most),
            most_n=by_dim[most],
            least=_dim_name(least),
            least_n=by_dim[least],
        )
        if total
        else labels.html("overview.answer_no_task", who=who, n=sum(row["descriptions"] for row in rows))
    ]
    if not total:
        return Markup(" ").join(sentences + unread)
    bare = [
        (row, [dim for dim in range(1, 9) if cells[row["plan_id"], dim]["state"] in ("none", "description")])
        for row in rows
    ]
    bare = sorted((pair for pair in bare if pair[1]), key=lambda pair: -len(pair[1]))
    if bare:
        row, dims = bare[0]
        sentences.append(
            labels.html(
                "overview.answer_bare",
                plan=labels.pick(row, "short"),
                n=len(dims),
                count=labels.word(len(dims)),
                dims=labels.names([str(dim) for dim in dims]),
            )
        )
    counts = data.subdimension_counts(basis, plan_ids)
    nobody = list(counts[counts["plans_with_tasks"] == 0]["sub"])
    if nobody and len(nobody) <= 4:
        sentences.append(labels.html("overview.answer_nobody", n=len(nobody), subs=labels.names(nobody)))
    elif nobody:
        sentences.append(labels.html("overview.answer_nobody_many", n=len(nobody), subs=len(counts)))
    sentences.append(
        labels.html(
            "overview.answer_unsaid",
            n=total - sum(row["with_lead"] for row in rows),
            times=total - sum(row["with_time"] for row in rows),
        )
    )
    unplaced = sum(row["unplaced"] for row in rows)
    if unplaced:
        sentences.append(labels.html("overview.answer_unplaced", n=unplaced))
    return Markup(" ").join(
        filter(None, [*sentences, *unread, layers.aside(plan_ids, *([absence.how_right()] if bare else []))])
    )


@remember
def title(basis: str, plan_ids: tuple[str, ...]) -> str:
    """The finding over the picture. Rule: one plan → how many dimensions it reaches; every plan has tasks on all eight
    dimensions → that; else how many have, and which plan has nothing on most of them; where each names all eight →
    that. Fallback, when not even one plan has a task: the plain total.
    """
    rows = [row for row in _chosen_rows(basis, plan_ids) if row["status"] == "read"]
    full = [row for row in rows if row["dims_with_tasks"] == 8]
    total = sum(row["tasks"] for row in rows)
    if total == 0 or not rows:
        return labels.t("overview.finding_total", n=total, plans=labels.word(len(rows)))
    if len(rows) == 1:
        row = rows[0]
        return labels.t(
            "overview.finding_one", plan=labels.pick(row, "short"), n=total, full=labels.word(row["dims_with_tasks"])
        )
    if len(full) == len(rows):
        return labels.t("overview.finding_all", n=len(rows), plans=labels.word(len(rows)))
    worst = max(rows, key=lambda row: (row["dims_open"], -row["position"]))
    holes = worst["dims_open"]
    if not holes:
        return labels.t("overview.finding_named", n=len(full), full=labels.word(len(full)))
    only = sum(row["dims_open"] > 0 for row in rows) == 1
    if not full:
        return labels.t("overview.finding_most", plan=labels.pick(worst, "short"), count=labels.word(holes), n=holes)
    return labels.t(
        "overview.finding_some" if only else "overview.finding_some_most",
        n=len(full),
        full=labels.word(len(full), capital=True),
        plan=labels.lower(labels.pick(worst, "short"))
        if worst["level"] == "commune" and labels.lang() == "vi"
        else labels.pick(worst, "short"),
        count=labels.word(holes),
    )


@remember
def table_rows(basis: str, plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """One row per plan, for the table and the download."""
    found = []
    for row in _chosen_rows(basis, plan_ids):
        top = row["top_dim"]
        found.append(
            {
                "plan": f"{labels.pick(row, 'short')}\n{labels.t('common.level.' + row['level'])} · {row['issuer']} · {labels.t('overview.now', province=row['province_now'])}",
                "tasks": int(row["tasks"]),
                "with_lead": int(row["with_lead"]),
                "with_time": int(row["with_time"]),
                "subs": labels.t("common.of", part=int(row["subs_with_tasks"]), whole=int(row["subs"])),
                "top": "–"
                if top != top or top is None
                else f"{int(top)} {labels.pick(data.dimension(int(top)), 'short')} ({int(row['top_tasks'])})",
            }
        )
    return found


@remember
def cell_rows(basis: str, plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """One row per plan and dimension: the numbers of the picture, for the download."""
    cells = _cells(basis, plan_ids)
    return [
        {
            "plan": labels.pick(row, "short"),
            "level": labels.t("common.level." + row["level"]),
            "dim": dim,
            "name": labels.pick(data.dimension(dim), "name"),
            "tasks": int(cells[row["plan_id"], dim]["tasks"]),
            "with_lead": int(cells[row["plan_id"], dim]["with_lead"]),
            "with_time": int(cells[row["plan_id"], dim]["with_time"]),
            "says": marks.words(cells[row["plan_id"], dim]),
        }
        for row in _chosen_rows(basis, plan_ids)
        for dim in _DIMS
    ]


def _hover(row: Mapping[str, Any], dim: int, cell: Mapping[str, Any]) -> str:
    head = _dim_name(dim) if dim == 0 else f"{dim} {_dim_name(dim)}"
    return "\n".join((f"{labels.pick(row, 'short')} · {head}", marks.words(cell), labels.t("common.click")))


def _under(row: Mapping[str, Any]) -> list[str]:
    """The lines under a plan's name: how many tasks, and the shares that say who and when."""
    if row["status"] != "read":
        return [labels.t("common.state." + ("not_read" if row["status"] == "not_read" else "no_plan"))]
    tasks = int(row["tasks"])
    if not tasks:
        return [labels.t("common.tasks", n=0)]
    return [
        labels.t("common.tasks", n=tasks),
        labels.t(
            "overview.shares",
            lead=labels.percent(int(row["with_lead"]), tasks),
            time=labels.percent(int(row["with_time"]), tasks),
        ),
    ]


def _squares(
    sheet: Sheet, x: float, y: float, cell: Mapping[str, Any], dim: int, *, across: int, side: float, step: float
) -> None:
    for at in range(int(cell["tasks"])):
        left, top = x + at % across * step, y + at // across * step
        if at < cell["with_lead"]:
            sheet.symbol(left + side / 2, top + side / 2, "square", side, DIM[dim])
        else:
            sheet.symbol(left + side / 2, top + side / 2, "square", side - 1.4, DIM[dim], hollow=True, width=1.4)


def _rows_of(cells: Mapping[tuple[str, int], Mapping[str, Any]], plan: str, across: int) -> int:
    return max(-(-int(cells[plan, dim]["tasks"]) // across) for dim in _DIMS)


@remember
def wide(basis: str, plan_ids: tuple[str, ...]) -> go.Figure:
    """The picture over the whole page."""
    rows, cells = _chosen_rows(basis, plan_ids), _cells(basis, plan_ids)
    squares = max(cell["tasks"] for cell in cells.values()) <= MOST_SQUARES and len(rows) <= 12
    sheet = Sheet(
        WIDE,
        title=title(basis, plan_ids),
        subtitle=labels.t("overview.subtitle" if squares else "overview.subtitle_tiles"),
        source=plans.source(),
    )
    first, column = 216, (WIDE - 216) / 9
    y = sheet.top + 10
    tall = 1
    for at, dim in enumerate(_DIMS):
        x = first + at * column
        if dim:
            sheet.text(x, y, str(dim), size=17, color=DIM[dim], bold=True)
        lines = wrap(
            labels.pick(data.dimension(dim), "short") if dim else labels.pick(data.dimension(0), "name"), column - 8, 13
        )
        tall = max(tall, len(lines))
        for line_at, line in enumerate(lines):
            sheet.text(x, y + 20 + 16 * line_at, line, size=13, color=DIM[dim])
    y += 20 + 16 * tall
    for row in rows:
        plan = row["plan_id"]
        names = wrap(labels.pick(row, "short"), first - 12, 15, bold=True)
        under = [labels.t("common.level." + row["level"]) + " · " + _under(row)[0], *_under(row)[1:]]
        height = (
            max(78, 16 + 13 * _rows_of(cells, plan, 5) + 12, 14 + 19 * len(names) + 17 * len(under) + 10)
            if squares
            else 78
        )
        sheet.line(0, y, WIDE, y)
        for at, line in enumerate(names):
            sheet.text(0, y + 18 + 19 * at, line, size=15, bold=True)
        for at, line in enumerate(under):
            sheet.text(0, y + 18 + 19 * len(names) + 17 * at, line, size=13, color=SOFT)
        for at, dim in enumerate(_DIMS):
            x, cell = first + at * column, cells[plan, dim]
            if cell["state"] in ("own", "weak") and squares:
                sheet.text(x, y + 18, labels.compact(int(cell["tasks"])), size=15, bold=True)
                _squares(sheet, x + 25, y + 13, cell, dim, across=5, side=10.5, step=13)
            elif cell["state"] == "weak":
                marks.tile(sheet, x, y + 10, x + column - 12, y + 36, cell, DIM[dim])
            else:
                marks.mark(
                    sheet,
                    x - 8 if cell["state"] != "own" else x,
                    y + 5 if cell["state"] != "own" else y + 10,
                    x + column - 12,
                    y + 31 if cell["state"] != "own" else y + 36,
                    cell,
                    dim,
                )
                if cell["state"] == "description":
                    for line_at, line in enumerate(wrap(labels.t("overview.only_described"), column - 24, 13)):
                        sheet.text(x + 18, y + 18 + 15 * line_at, line, size=13)
            sheet.hit(x - 6, y + 3, x + column - 8, y + height - 3, f"{plan}~{dim}", _hover(row, dim, cell))
        y += height
    sheet.line(0, y, WIDE, y, RULE)
    return sheet.figure(y)


@remember
def narrow(basis: str, plan_ids: tuple[str, ...]) -> go.Figure:
    """The sister for a phone: a plan's name over its line of marks."""
    rows, cells = _chosen_rows(basis, plan_ids), _cells(basis, plan_ids)
    squares = max(cell["tasks"] for cell in cells.values()) <= MOST_SQUARES
    sheet = Sheet(
        NARROW,
        title=title(basis, plan_ids),
        subtitle=labels.t("overview.subtitle" if squares else "overview.subtitle_tiles"),
        source=plans.source(),
    )
    column = NARROW / 9
    y = sheet.top + 8
    for at, dim in enumerate(_DIMS):
        if dim:
            sheet.text(at * column + 3, y, str(dim), size=15, color=DIM[dim], bold=True)
        else:
            sheet.text(NARROW, y, labels.t("overview.general_short"), size=12, color=DIM[dim], anchor="right")
    y += 14
    for row in rows:
        plan = row["plan_id"]
        sheet.line(0, y, NARROW, y)
        level = labels.t("common.level." + row["level"])
        names = wrap(labels.pick(row, "short"), NARROW - 72, 15, bold=True)
        for at, line in enumerate(names):
            sheet.text(0, y + 16 + 19 * at, line, size=15, bold=True)
        sheet.text(NARROW, y + 16, level, size=13, color=SOFT, anchor="right")
        top = y + 16 + 19 * len(names)
        sheet.text(0, top, " · ".join(_under(row)), size=13, color=SOFT)
        top += 14
        height = 18 + 8 * _rows_of(cells, plan, 4) + 8 if squares else 30
        height = max(height, 34)
        for at, dim in enumerate(_DIMS):
            x, cell = at * column + 3, cells[plan, dim]
            if cell["state"] in ("own", "weak"):
                sheet.text(x, top + 9, labels.compact(int(cell["tasks"])), size=13, bold=True)
                if squares:
                    _squares(sheet, x, top + 18, cell, dim, across=4, side=6.4, step=8)
            else:
                marks.mark(sheet, x - 8, top, x + column - 6, top + 26, cell, dim)
            sheet.hit(x - 3, top - 3, x + column - 3, top + height - 2, f"{plan}~{dim}", _hover(row, dim, cell))
        y = top + height + 6
    sheet.line(0, y, NARROW, y)
    y += 8
    for dim in range(1, 9):
        sheet.text(0, y + 10, str(dim), size=13, color=DIM[dim], bold=True)
        for line in wrap(labels.pick(data.dimension(dim), "name"), NARROW - 20, 13):
            y += 18
            sheet.text(16, y - 8, line, size=13, color=INK)
    return sheet.figure(y)


def alt(basis: str, plan_ids: Sequence[str]) -> str:
    """The picture for those who do not see it."""
    return labels.t("overview.alt", title=title(basis, tuple(plan_ids)))
