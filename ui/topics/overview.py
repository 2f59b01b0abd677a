"""The overview: every plan against the eight dimensions and the cross-cutting work; one task, one square.

In: the reader's filters. Out: a `View` of what the page shows, and made of it the answer, the finding that titles the
picture, the picture in two forms, and the tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.data.coverage import PlanDimension, PlansSummary, PlanSummary
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.draw import marks
from ui.draw.measure import wrap
from ui.draw.palette import DIM, INK, RULE, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.page import paging
from ui.words import absence, handed, labels, layers, places, plans
from ui.words.markup import filled
from ui.words.remember import remember

_DIMS = (1, 2, 3, 4, 5, 6, 7, 8, 0)
MOST_SQUARES = 24
"""Above so many tasks in one cell the squares give way to the matrix's tile."""
_MOST_WIDE = 12
"""Of more plans than these the page shows tiles."""


@dataclass(frozen=True, eq=False)
class View:
    """Plans in the order asked for, counted one way; `own` is the reader's plan. Each with its figures, and its cell on each
    dimension, where they are asked for one by one.
    """

    basis: Basis
    plan_ids: tuple[str, ...]
    own: str | None

    @cached_property
    def sums(self) -> PlansSummary:
        """All of them together."""
        return data.plans_summary(self.basis, self.plan_ids)

    @cached_property
    def plans(self) -> tuple[tuple[Plan, PlanSummary], ...]:
        figures = {row.plan_id: row for row in data.plan_summaries(self.basis, self.plan_ids)}
        return tuple((data.plan(plan_id), figures[plan_id]) for plan_id in self.plan_ids)

    @cached_property
    def cells(self) -> Mapping[tuple[str, int], PlanDimension]:
        return {(cell.plan_id, cell.dim): cell for cell in data.plan_dimensions(self.basis, self.plan_ids)}

    @property
    def few(self) -> bool:
        """Whether no cell has more tasks than can be drawn one by one."""
        return max(cell.tasks for cell in self.cells.values()) <= MOST_SQUARES

    def one(self, plan_id: str) -> tuple[Plan, PlanSummary]:
        """One plan with its figures."""
        (figures,) = data.plan_summaries(self.basis, (plan_id,))
        return data.plan(plan_id), figures


@remember
def view(basis: Basis, plan_ids: tuple[str, ...], own: str | None = None) -> View:
    """What is to be seen of these plans, counted one way."""
    return View(basis, plan_ids, own)


def _dim_name(dim: int) -> str:
    return labels.lower(labels.pick(data.dimension(dim), "name"))


@remember
def answer(view: View) -> Markup:
    """The answer as markup: what the reader's own plan holds and leaves open; how many tasks all have, on what most and
    least, which plans leave dimensions empty, which indicators nobody was given, and how many tasks say neither who nor
    when.
    """
    sums, silent = view.sums, view.sums.plans - view.sums.read
    unread = [labels.html("overview.answer_unread", n=silent)] if silent else []
    if not sums.read:
        return unread[0]
    if not sums.tasks:
        return Markup(" ").join([labels.html("overview.answer_no_task", who=_who(sums), n=sums.descriptions), *unread])
    bare = _bare(view)
    said = [
        _own(view),
        _most_and_least(view),
        bare,
        _nobody(view),
        labels.html("overview.answer_unsaid", n=sums.tasks - sums.with_lead, times=sums.tasks - sums.with_time),
        labels.html("overview.answer_unplaced", n=sums.unplaced) if sums.unplaced else Markup(),
        *unread,
        layers.aside(
            view.plan_ids,
            *filter(
                None,
                [handed.said(view.plan_ids), absence.amendments(view.plan_ids), absence.how_right() if bare else ""],
            ),
        ),
    ]
    return Markup(" ").join(filter(None, said))


def _who(sums: PlansSummary) -> str:
    if sums.read == 1 and sums.one_id:
        return labels.pick(data.plan(sums.one_id), "short")
    return labels.t("overview.plans", plans=labels.word(sums.read, capital=True))


def _most_and_least(view: View) -> Markup:
    """How many tasks there are, and on what most and least of them."""
    by_dim = {dim: n for dim, n in data.dimension_tasks(view.basis, view.plan_ids).items() if dim}
    most = max(by_dim, key=lambda dim: (by_dim[dim], -dim))
    least = min(by_dim, key=lambda dim: (by_dim[dim], dim))
    return labels.html(
        "overview.answer_total",
        who=_who(view.sums),
        n=view.sums.tasks,
        most=_dim_name(most),
        most_n=by_dim[most],
        least=_dim_name(least),
        least_n=by_dim[least],
    )


def _own(view: View) -> Markup:
    """What the reader's own plan holds, as markup; empty where they have chosen none."""
    if view.own is None:
        return Markup()
    plan, figures = view.one(view.own)
    short = labels.pick(plan, "short")
    if not plan.is_read:
        return labels.html("own.unread", plan=short, state=labels.t("common.state." + data.plan_state(plan.plan_id)))
    return labels.html(
        "overview.answer_own",
        plan=short,
        n=figures.tasks,
        lead=figures.with_lead,
        time=figures.with_time,
        part=figures.subs_with_tasks,
        whole=figures.subs,
    )


def _bare(view: View) -> Markup:
    """Which plan leaves most dimensions empty, as markup, of the reader's own where they have one; empty where none
    does.
    """
    found = data.most_open(view.basis, (view.own,) if view.own else view.plan_ids)
    if found is None:
        return Markup()
    plan, dims = data.plan(found.plan_id), [str(dim) for dim in found.dims]
    return labels.html("overview.answer_bare", plan=labels.pick(plan, "short"), n=len(dims), dims=labels.names(dims))


def _nobody(view: View) -> Markup:
    """Which indicators no plan has a task on, as markup, and which of them have one counted the other way; empty where there
    is none.
    """
    counts = data.subdimension_counts(view.basis, view.plan_ids)
    nobody = [count.sub for count in counts if not count.has_task]
    if len(nobody) > 4:
        return labels.html("overview.answer_nobody_many", n=len(nobody), subs=len(counts))
    if not nobody:
        return Markup()
    words = labels.html("overview.answer_nobody", n=len(nobody), subs=labels.names(nobody))
    counted = data.subdimension_counts(view.basis.other, view.plan_ids)
    held = [count.sub for count in counted if count.has_task and count.sub in nobody]
    if not held:
        return words
    return filled(
        "{} {}", words, labels.html(f"overview.nobody_{view.basis.other}", n=len(held), subs=labels.names(held))
    )


@remember
def title(view: View) -> str:
    """The finding over the picture. Rule: one plan, or the reader's own → how many dimensions it reaches; every plan has
    tasks on all eight dimensions → that; else how many have, and which plan has nothing on most of them; where each
    names all eight → that. Fallback, when not even one plan has a task: the plain total.
    """
    sums = view.sums
    if not sums.tasks or sums.most_id is None:
        return labels.t("overview.finding_total", n=sums.tasks, plans=labels.word(sums.read))
    alone = sums.one_id if sums.read == 1 else view.own
    if alone and data.plan(alone).is_read:
        plan, figures = view.one(alone)
        reached = labels.word(figures.dims_with_tasks)
        return labels.t("overview.finding_one", plan=labels.pick(plan, "short"), n=figures.tasks, full=reached)
    full, holes = sums.full, sums.most
    if full == sums.counted:
        return labels.t("overview.finding_all", n=full, plans=labels.word(full))
    if not holes:
        return labels.t("overview.finding_named", n=full, full=labels.word(full))
    worst = data.plan(sums.most_id)
    name = labels.pick(worst, "short")
    if not full:
        return labels.t("overview.finding_most", plan=name, count=labels.word(holes), n=holes)
    return labels.t(
        "overview.finding_some" if sums.open == 1 else "overview.finding_some_most",
        n=full,
        full=labels.word(full, capital=True),
        plan=name,
        count=labels.word(holes),
    )


@remember
def table(view: View) -> tuple[dict[str, str], Sequence[dict[str, Any]]]:
    """The plans as a table: columns, and one row each."""
    columns = {
        "plan": labels.t("common.plan_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "with_lead": labels.t("common.with_lead_heading"),
        "with_time": labels.t("common.with_time_heading"),
        "subs": labels.t("overview.subs_heading"),
        "top": labels.t("overview.top_heading"),
    }

    def row(plan: Plan, figures: PlanSummary, top: str) -> dict[str, Any]:
        return {
            "plan": f"{labels.pick(plan, 'short')}\n{plans.sort_of(plan)} · {plan.issuer} · {places.now(plan)}",
            "tasks": figures.tasks,
            "with_lead": figures.with_lead,
            "with_time": figures.with_time,
            "subs": labels.t("common.of", part=figures.subs_with_tasks, whole=figures.subs),
            "top": top,
        }

    def rows(plan_ids: Sequence[str]) -> list[dict[str, Any]]:
        shown = View(view.basis, tuple(plan_ids), None)
        return [row(plan, figures, _top(shown, figures)) for plan, figures in shown.plans]

    return columns, paging.Fetched(view.plan_ids, rows)


def _top(view: View, figures: PlanSummary) -> str:
    """The dimension on which a plan has most tasks, with how many; all of them where several have as many."""
    if figures.top_dim is None:
        return "–"
    most = [dim for dim in _DIMS if dim and view.cells[figures.plan_id, dim].tasks == figures.top_tasks]
    if len(most) > 1:
        return labels.t("overview.top_tied", dims=labels.names(list(map(str, most))), n=figures.top_tasks)
    return f"{figures.top_dim} {labels.pick(data.dimension(figures.top_dim), 'short')} ({figures.top_tasks})"


@remember
def cell_rows(view: View) -> tuple[dict[str, str], Sequence[dict[str, Any]]]:
    """For the download: columns, and one row per plan and dimension with the numbers of the picture."""
    columns = {
        "plan": labels.t("common.plan_heading"),
        "level": labels.t("common.level"),
        "dim": labels.t("common.dimension_number"),
        "name": labels.t("common.dimension_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "with_lead": labels.t("common.with_lead_heading"),
        "with_time": labels.t("common.with_time_heading"),
        "says": labels.t("common.says"),
    }

    def row(plan: Plan, cell: PlanDimension) -> dict[str, Any]:
        return {
            "plan": labels.pick(plan, "short"),
            "level": labels.t("common.level." + plan.level),
            "dim": cell.dim,
            "name": labels.pick(data.dimension(cell.dim), "name"),
            "tasks": cell.tasks,
            "with_lead": cell.with_lead,
            "with_time": cell.with_time,
            "says": marks.words(cell),
        }

    def rows(plan_ids: Sequence[str]) -> list[dict[str, Any]]:
        cells = View(view.basis, tuple(plan_ids), None).cells
        return [row(data.plan(plan_id), cells[plan_id, dim]) for plan_id in plan_ids for dim in _DIMS]

    return columns, paging.Fetched(view.plan_ids, rows, len(_DIMS))


def _under(plan: Plan, figures: PlanSummary) -> list[str]:
    """The lines under a plan's name: how many tasks, and the shares that say who and when."""
    if not plan.is_read:
        return [labels.t("common.state." + data.plan_state(plan.plan_id))]
    said = [labels.t("common.tasks", n=figures.tasks)]
    if not figures.tasks:
        return said
    shares = {
        "lead": labels.percent(figures.with_lead, figures.tasks),
        "time": labels.percent(figures.with_time, figures.tasks),
    }
    return [*said, labels.t("overview.shares", **shares)]


def _sheet(view: View, width: int, squares: bool) -> Sheet:
    subtitle = labels.t("overview.subtitle" if squares else "overview.subtitle_tiles")
    return Sheet(width, title=title(view), subtitle=subtitle, source=plans.source(view.plan_ids))


def _hit(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, plan: Plan, cell: PlanDimension) -> None:
    """A cell that opens by a click, and what is said when it is pointed at."""
    dim = f"{cell.dim} {_dim_name(cell.dim)}" if cell.dim else _dim_name(0)
    words = "\n".join((f"{labels.pick(plan, 'short')} · {dim}", marks.words(cell), labels.t("common.click")))
    sheet.hit(x0, y0, x1, y1, f"{plan.plan_id}~{cell.dim}", words)


def _squares(sheet: Sheet, x: float, y: float, cell: PlanDimension, *, across: int, side: float, step: float) -> None:
    color = DIM[cell.dim]
    for at in range(cell.tasks):
        left, top = x + at % across * step + side / 2, y + at // across * step + side / 2
        if at < cell.with_lead:
            sheet.symbol(left, top, "square", side, color)
        else:
            sheet.symbol(left, top, "square", side - 1.4, color, hollow=True, width=1.4)


def _rows_of(view: View, plan: Plan, across: int) -> int:
    """So many rows of squares the fullest cell of a plan needs."""
    return max(-(-view.cells[plan.plan_id, dim].tasks // across) for dim in _DIMS)


@remember
def wide(view: View) -> go.Figure:
    """The picture over the whole page."""
    squares = view.few and len(view.plans) <= _MOST_WIDE
    sheet = _sheet(view, WIDE, squares)
    first, column = 216, (WIDE - 216) / 9
    y = _wide_heads(sheet, first, column)
    for plan, figures in view.plans:
        names = wrap(labels.pick(plan, "short"), first - 12, 15, bold=True)
        tasks, *shares = _under(plan, figures)
        under = [f"{labels.t('common.level.' + plan.level)} · {tasks}", *shares]
        squared = max(16 + 13 * _rows_of(view, plan, 5) + 12, 14 + 19 * len(names) + 17 * len(under) + 10)
        height = max(78, squared) if squares else 78
        sheet.line(0, y, WIDE, y)
        for at, line in enumerate(names):
            sheet.text(0, y + 18 + 19 * at, line, size=15, bold=True)
        for at, line in enumerate(under):
            sheet.text(0, y + 18 + 19 * len(names) + 17 * at, line, size=13, color=SOFT)
        for at, dim in enumerate(_DIMS):
            x, cell = first + at * column, view.cells[plan.plan_id, dim]
            _wide_cell(sheet, x, y, x + column - 12, cell, squares)
            _hit(sheet, x - 6, y + 3, x + column - 8, y + height - 3, plan, cell)
        y += height
    sheet.line(0, y, WIDE, y, RULE)
    return sheet.figure(y)


def _wide_heads(sheet: Sheet, first: float, column: float) -> float:
    """The dimensions' numbers and names; gives back where the first plan begins."""
    y = sheet.top + 10
    heads = [wrap(labels.pick(data.dimension(dim), "short" if dim else "name"), column - 8, 13) for dim in _DIMS]
    for at, (dim, lines) in enumerate(zip(_DIMS, heads)):
        x = first + at * column
        if dim:
            sheet.text(x, y, str(dim), size=17, color=DIM[dim], bold=True)
        for line_at, line in enumerate(lines):
            sheet.text(x, y + 20 + 16 * line_at, line, size=13, color=DIM[dim])
    return y + 20 + 16 * max(map(len, heads))


def _wide_cell(sheet: Sheet, x: float, y: float, right: float, cell: PlanDimension, squares: bool) -> None:
    if cell.state in ("own", "weak") and squares:
        sheet.text(x, y + 18, labels.compact(cell.tasks), size=15, bold=True)
        _squares(sheet, x + 25, y + 13, cell, across=5, side=10.5, step=13)
    elif cell.state in ("own", "weak"):
        marks.tile(sheet, x, y + 10, right, y + 36, cell, DIM[cell.dim])
    else:
        marks.mark(sheet, x - 8, y + 5, right, y + 31, cell, cell.dim)
        if cell.state == "description":
            for at, line in enumerate(wrap(labels.t("overview.only_described"), right - x - 12, 13)):
                sheet.text(x + 18, y + 18 + 15 * at, line, size=13)


@remember
def narrow(view: View) -> go.Figure:
    """The sister for a phone: a plan's name over its line of marks."""
    squares = view.few
    sheet = _sheet(view, NARROW, squares)
    column = NARROW / 9
    y = sheet.top + 8
    for at, dim in enumerate(_DIMS):
        if dim:
            sheet.text(at * column + 3, y, str(dim), size=15, color=DIM[dim], bold=True)
        else:
            sheet.text(NARROW, y, labels.t("overview.general_short"), size=12, color=DIM[dim], anchor="right")
    y += 14
    for plan, figures in view.plans:
        sheet.line(0, y, NARROW, y)
        names = wrap(labels.pick(plan, "short"), NARROW - 72, 15, bold=True)
        for at, line in enumerate(names):
            sheet.text(0, y + 16 + 19 * at, line, size=15, bold=True)
        sheet.text(NARROW, y + 16, labels.t("common.level." + plan.level), size=13, color=SOFT, anchor="right")
        top = y + 16 + 19 * len(names)
        sheet.text(0, top, " · ".join(_under(plan, figures)), size=13, color=SOFT)
        top += 14
        height = max(34, 18 + 8 * _rows_of(view, plan, 4) + 8 if squares else 30)
        for at, dim in enumerate(_DIMS):
            x, cell = at * column + 3, view.cells[plan.plan_id, dim]
            if cell.state in ("own", "weak"):
                sheet.text(x, top + 9, labels.compact(cell.tasks), size=13, bold=True)
                if squares:
                    _squares(sheet, x, top + 18, cell, across=4, side=6.4, step=8)
            else:
                marks.mark(sheet, x - 8, top, x + column - 6, top + 26, cell, dim)
            _hit(sheet, x - 3, top - 3, x + column - 3, top + height - 2, plan, cell)
        y = top + height + 6
    sheet.line(0, y, NARROW, y)
    return sheet.figure(_narrow_key(sheet, y + 8))


def _narrow_key(sheet: Sheet, y: float) -> float:
    """What the numbers of the dimensions stand for; gives back where the drawing ends."""
    for dim in range(1, 9):
        sheet.text(0, y + 10, str(dim), size=13, color=DIM[dim], bold=True)
        for line in wrap(labels.pick(data.dimension(dim), "name"), NARROW - 20, 13):
            y += 18
            sheet.text(16, y - 8, line, size=13, color=INK)
    return y


def alt(view: View) -> str:
    """The picture for those who do not see it."""
    return labels.t("overview.alt", title=title(view))
