"""The matrix of many plans, or groups of plans, against the dimensions or their sub-dimensions: a page of rows at a time, in
the order that one asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ui import data
from ui.data import country
from ui.data.country import GroupCell, Grouping, Near, Order, PlanCells, PlanFigure, State
from ui.data.coverage import Cell
from ui.draw import marks
from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, SOFT
from ui.draw.sheet import NARROW, TINT, WIDE, Drawing, Sheet
from ui.page import cards, pick
from ui.page.paging import Page
from ui.topics.country import behind as panel
from ui.topics.country import choices
from ui.topics.country.view import (
    UNKNOWN,
    Asked,
    Columns,
    Rows,
    asides,
    by_dim,
    group_name,
    groups,
    hover,
    long,
    named,
    read,
    sentences,
    short,
    topics,
)
from ui.words import labels
from ui.words.plans import plan_names, source
from ui.words.remember import remember

NAME = "matrix"
MOST = 40
"""So many rows stand on a page."""
_BLOCK = 20
"""After so many rows the heads stand again."""
_NAMES, _GAPS = 250, 62
"""So wide are the column of names, and the last one, of gaps."""
_SMALL = 34
"""A cell narrower than this holds no number."""
_ORDERS = {"trong": Order.GAPS, "gan": Order.NEAR, "ten": Order.NAME, "nam": Order.YEAR}


@dataclass(frozen=True)
class Row:
    """A plan or a group: its key in the address, its name, what stands under it, its gaps, and its cells by topic: of a plan
    what it says, of a group how many of its plans have a task of their own.
    """

    key: str
    name: str
    under: str
    gaps: country.Share
    cells: Mapping[str, Cell | GroupCell]


@dataclass(frozen=True)
class View:
    """The rows of a page, and the topics that are their columns."""

    asked: Asked
    grouping: Grouping
    order: Order
    dim: int | None
    subs: bool
    page: Page

    @property
    def n(self) -> int:
        return self.page.of

    @property
    def rows(self) -> tuple[Row, ...]:
        return _page(self.asked, self.grouping, self.order, self.page.first)

    @property
    def topics(self) -> Mapping[str, str]:
        return topics(self.dim, self.subs)

    @property
    def is_plans(self) -> bool:
        return self.grouping is Grouping.PLAN


def choose(asked: Asked) -> View:
    """What a row is, what a column is, in which order rows stand, and which page of them."""
    grouping = choices.rows()
    asked = asked.by(grouping)
    wide = {key: labels.t(f"country.matrix.columns_{key.replace('-', '_')}") for key in ("noi-dung", "chi-so")}
    subs = (
        pick.pick_one("cot", wide, labels.t("country.matrix.columns"), labels.t("country.matrix.columns")) == "chi-so"
    )
    dim = pick.pick_dimension()
    order = _order(grouping, asked.own)
    n = read(asked) if grouping is Grouping.PLAN else sum(group.read_plans > 0 for group in groups(asked, grouping))
    return View(asked, grouping, order, dim, subs or dim is not None, choices.page(n, MOST))


def _order(grouping: Grouping, own: str | None) -> Order:
    """The orders that make sense: near only where the reader has a plan, and a year only of plans."""
    held = {
        key: order
        for key, order in _ORDERS.items()
        if grouping is Grouping.PLAN and (order is not Order.NEAR or own) or order in (Order.GAPS, Order.NAME)
    }
    said = {key: labels.t(f"country.matrix.by_{order}") for key, order in held.items()}
    return held[pick.pick_one("xep", said, labels.t("country.matrix.order"), labels.t("country.matrix.order"))]


def nothing(view: View) -> str:
    return "" if view.n else labels.t("country.none_read")


@remember
def _page(asked: Asked, grouping: Grouping, order: Order, first: int) -> tuple[Row, ...]:
    """So many rows from a place on."""
    if grouping is Grouping.PLAN:
        found = country.ordered_plans(asked.basis, asked.plan_ids, order, asked.own, first, MOST)
        cells = {row.plan_id: row for row in country.plan_cells(asked.basis, tuple(row.plan_id for row in found))}
        return tuple(_plan_row(row, cells[row.plan_id]) for row in found)
    return tuple(_group_rows(asked, grouping, order)[first : first + MOST])


def _plan_row(figure: PlanFigure, cells: PlanCells) -> Row:
    plan = data.plan(figure.plan_id)
    level = labels.t(f"common.level_short.{plan.level}")
    under = labels.t("coverage.level_year", level=level, year=str(plan.year)) if plan.year else level
    return Row(
        figure.plan_id, labels.pick(plan, "short"), under, country.Share(figure.gaps, figure.cells), cells.by_topic()
    )


@remember
def _group_rows(asked: Asked, grouping: Grouping, order: Order) -> list[Row]:
    cells: dict[str | None, dict[str, GroupCell]] = {}
    for cell in country.group_cells(asked.basis, asked.plan_ids, grouping):
        cells.setdefault(cell.name, {})[cell.topic] = cell
    rows = [
        Row(
            UNKNOWN if group.name is None else group.name,
            group_name(grouping, group.name),
            labels.t("country.n", n=group.read_plans),
            country.Share(group.gaps, group.cells),
            cells[group.name],
        )
        for group in groups(asked, grouping)
        if group.read_plans
    ]
    return sorted(rows, key=lambda row: -row.gaps.value) if order is Order.GAPS else rows


@remember
def _nearest(asked: Asked) -> Near | None:
    """The plan whose coverage is nearest to the reader's own."""
    return country.nearest_plan(asked.basis, asked.plan_ids, asked.own) if asked.own else None


def _near_words(near: Near) -> dict[str, object]:
    return {
        "plan": labels.pick(data.plan(near.plan_id), "short"),
        "shared": near.shared,
        "any_of": near.any_of,
        "likeness": labels.num(near.likeness, 2),
    }


@remember
def _emptiest(view: View) -> Row | None:
    """The row with the most gaps of all, whatever page is shown; None where no row has one."""
    if view.is_plans:
        rows = _page(Asked(view.asked.basis, view.asked.plan_ids, None), view.grouping, Order.GAPS, 0)
    else:
        rows = tuple(_group_rows(view.asked, view.grouping, Order.GAPS))
    return rows[0] if rows and rows[0].gaps.part else None


@remember
def answer(view: View) -> Markup:
    """How many rows there are, which has the most gaps, and, where asked, which plan's coverage is nearest to the reader's."""
    kind = "plans" if view.is_plans else "groups"
    said = [labels.html(f"country.matrix.answer_{kind}", n=view.n, plans=read(view.asked))]
    if row := _emptiest(view):
        said.append(labels.html(f"country.matrix.emptiest_{kind}", row=row.name, **_gaps(row)))
    if view.order is Order.NEAR and (near := _nearest(view.asked)):
        said.append(labels.html("country.matrix.nearest", **_near_words(near)))
    return sentences(*said, asides(view.asked, view.grouping))


def _gaps(row: Row) -> dict[str, object]:
    return {"gaps": row.gaps.part, "cells": row.gaps.whole, "share": short(row.gaps)}


@remember
def title(view: View) -> str:
    """The finding. Rule: by likeness the nearest plan; else which row has the most gaps. Fallback: how many rows."""
    kind = "plans" if view.is_plans else "groups"
    if view.order is Order.NEAR and (near := _nearest(view.asked)):
        return labels.t("country.matrix.title_near", **_near_words(near))
    if row := _emptiest(view):
        return labels.t(f"country.matrix.title_{kind}", row=row.name, **_gaps(row))
    return labels.t(f"country.matrix.title_all_{kind}", n=view.n)


def part(view: View) -> str:
    return choices.part(view.page)


def rule(view: View) -> str:
    if not view.is_plans:
        return labels.t("country.matrix.rule_groups", least=country.LEAST)
    return " ".join(
        [labels.t("country.matrix.rule"), *([labels.t("country.matrix.jaccard")] if view.order is Order.NEAR else [])]
    )


def filters(view: View) -> list[str]:
    return [f"{labels.t('country.rows')}: {labels.t(f'country.row.{view.grouping}')}"]


def _sheet(view: View, width: int, small: bool = False) -> Sheet:
    """The sheet with what its marks say: `small` ones are told by the subtitle, the others by a key."""
    kind = f"{'plans' if view.is_plans else 'groups'}{'_small' if small else ''}"
    sheet = Sheet(width, title=title(view), subtitle=labels.t(f"country.matrix.subtitle_{kind}"), source=source())
    if view.is_plans and not small:
        cells = [row.cells[topic] for row in view.rows for topic in view.topics]
        marks.key(sheet, {cell.state for cell in cells if isinstance(cell, Cell)})
    return sheet


def _gaps_shown(view: View, row: Row) -> str:
    """A plan's gaps are counted; of a group it is their share of all its cells."""
    return labels.num(row.gaps.part) if view.is_plans else short(row.gaps)


def _hit(sheet: Sheet, box: tuple[float, float, float, float], row: Row, topic: str, name: str) -> None:
    cell = row.cells[topic]
    says = marks.words(cell) if isinstance(cell, Cell) else hover(cell.share(State.OWN))
    words = (f"{row.name} · {named(topic, name)}", says, labels.t("common.click"))
    sheet.hit(*box, f"{row.key}~{topic}", "\n".join(words))


@remember
def wide(view: View) -> Drawing:
    sheet = _sheet(view, WIDE)
    width = min((WIDE - _NAMES - _GAPS) / len(view.topics), 110)
    lefts = {topic: _NAMES + at * width for at, topic in enumerate(view.topics)}
    end = _NAMES + width * len(view.topics)
    y = sheet.top
    for at, row in enumerate(view.rows):
        if at % _BLOCK == 0:
            y = _heads(sheet, view, lefts, width, end, y + (18 if at else 4))
        names = wrap(row.name, _NAMES - 84, 14)
        height = max(27, 8 + 17 * len(names))
        middle = y + height / 2
        sheet.line(0, y, end + _GAPS, y)
        sheet.lines(0, middle - 8.5 * (len(names) - 1), names, 17, bold=row.key == view.asked.own)
        sheet.text(_NAMES - 10, middle, row.under, size=12, color=SOFT, anchor="right")
        for topic, left in lefts.items():
            box = (left, middle - 11, left + width - 2, middle + 11)
            _cell(sheet, box, row.cells[topic], int(topic[0]))
            _hit(sheet, box, row, topic, view.topics[topic])
        sheet.text(end + _GAPS, middle, _gaps_shown(view, row), anchor="right")
        y += height
    sheet.line(0, y, end + _GAPS, y)
    return sheet.figure(y)


def _heads(sheet: Sheet, view: View, lefts: Mapping[str, float], width: float, end: float, y: float) -> float:
    """The dimensions' names over their columns, and the numbers of sub-dimensions; gives back where the first row begins."""
    spans = {dim: (lefts[keys[0]], lefts[keys[-1]] + width - 4) for dim, keys in by_dim(lefts).items()}
    heads = {
        dim: wrap(named(str(dim), labels.pick(data.dimension(dim), "short")), right - left, 13, bold=True)
        for dim, (left, right) in spans.items()
    }
    tall = max(map(len, heads.values()))
    for dim, (left, right) in spans.items():
        sheet.lines(left, y + 16 * (tall - len(heads[dim])) + 8, heads[dim], 16, size=13, color=DIM[dim], bold=True)
        sheet.line(left, y + 16 * tall + 6, right, y + 16 * tall + 6, DIM[dim], width=2)
    y += 16 * tall + 6
    gaps = wrap(labels.t("country.state.gaps_short"), _GAPS - 4, 12)
    sheet.lines(end + _GAPS, y - 6 - 14 * (len(gaps) - 1), gaps, 14, size=12, color=SOFT, anchor="right")
    if any("." in topic for topic in lefts):
        for topic, left in lefts.items():
            sheet.text(left + (width - 2) / 2, y + 12, topic, size=12, color=SOFT, anchor="center")
        y += 22
    return y + 6


def _cell(sheet: Sheet, box: tuple[float, float, float, float], cell: Cell | GroupCell, dim: int) -> None:
    """What a cell says: of a plan its mark, a tile with the number of its tasks; of a group a tile filled as far as the
    share goes, with the share.
    """
    x0, y0, x1, y1 = box
    middle = (y0 + y1) / 2
    if isinstance(cell, GroupCell):
        share = cell.share(State.OWN)
        if share.part:
            sheet.box(x0, y0, x0 + (x1 - x0) * share.value, y1, DIM[dim], opacity=2 * TINT)
        sheet.text((x0 + x1) / 2, middle, short(share), size=12, anchor="center")
    elif cell.state == "own":
        sheet.box(x0, y0, x1, y1, DIM[dim], opacity=2 * TINT)
        sheet.text((x0 + x1) / 2, middle, labels.compact(cell.tasks), size=13, bold=True, anchor="center")
    else:
        marks.mark(sheet, (x0 + x1) / 2 - 14, y0, x1 if x1 - x0 < 40 else (x0 + x1) / 2 + 14, y1, cell, dim)


@remember
def narrow(view: View) -> Drawing:
    """A row's name over its line of cells: of many columns only whether there is a task of its own, named only, or nothing."""
    width = NARROW / len(view.topics)
    sheet = _sheet(view, NARROW, small=width < _SMALL)
    lefts = {topic: at * width for at, topic in enumerate(view.topics)}
    y = sheet.top
    for at, row in enumerate(view.rows):
        if at % _BLOCK == 0:
            y = _narrow_heads(sheet, lefts, width, y + (14 if at else 4))
        sheet.line(0, y, NARROW, y)
        aside = f"{row.under} · {labels.t('country.gaps_n', gaps=_gaps_shown(view, row))}"
        names = wrap(row.name, NARROW - width_of(aside, 12) - 8, 14)
        sheet.text(NARROW, y + 12, aside, size=12, color=SOFT, anchor="right")
        y = sheet.lines(0, y + 12, names, 17, bold=row.key == view.asked.own) - 4
        for topic, left in lefts.items():
            box = (left, y, left + width - 1.5, y + 15)
            _narrow_cell(sheet, box, row.cells[topic], int(topic[0]))
            _hit(sheet, box, row, topic, view.topics[topic])
        y += 19
    return sheet.figure(y)


def _narrow_heads(sheet: Sheet, lefts: Mapping[str, float], width: float, y: float) -> float:
    """The dimensions' numbers over their cells."""
    for dim, keys in by_dim(lefts).items():
        left, right = lefts[keys[0]], lefts[keys[-1]] + width - 1.5
        sheet.text(left, y + 6, str(dim), size=14, color=DIM[dim], bold=True)
        sheet.line(left, y + 17, right, y + 17, DIM[dim], width=2)
    return y + 22


def _narrow_cell(sheet: Sheet, box: tuple[float, float, float, float], cell: Cell | GroupCell, dim: int) -> None:
    x0, y0, x1, y1 = box
    if x1 - x0 + 1.5 >= _SMALL:
        _cell(sheet, box, cell, dim)
    elif isinstance(cell, GroupCell):
        share = cell.share(State.OWN)
        sheet.line(x0, y1, x1, y1)
        if share.part:
            sheet.box(x0, y1 - (y1 - y0) * share.value, x1, y1, DIM[dim], opacity=1 if share.is_told else 3 * TINT)
    elif cell.state == "own":
        sheet.box(x0, y0 + 2, x1, y1 - 2, DIM[dim])
    elif cell.state == "none":
        sheet.circle((x0 + x1) / 2, (y0 + y1) / 2, 7, INK, hollow=True, width=1.5)
    elif cell.state == "named":
        sheet.box(x0, y1 - 7, x1, y1 - 2, DIM[dim])
    elif cell.state == "unmeasured":
        sheet.text((x0 + x1) / 2, (y0 + y1) / 2, "/", size=12, color=SOFT, anchor="center")
    else:
        sheet.circle((x0 + x1) / 2, (y0 + y1) / 2, 3, SOFT)


def rows(view: View) -> tuple[Columns, Rows]:
    """Every row, whatever page is shown, with what each sub-dimension says."""
    subs = topics(view.dim)
    if not view.is_plans:
        columns = {"group": labels.t("country.group"), "plans": labels.t("country.plans_heading")}
        columns |= {"gaps": labels.t("country.state.gaps")}
        return columns | {topic: named(topic, name) for topic, name in subs.items()}, [
            {"group": row.name, "plans": max(_of(row, topic).whole for topic in subs), "gaps": long(row.gaps)}
            | {topic: long(_of(row, topic)) for topic in subs}
            for row in _group_rows(view.asked, view.grouping, view.order)
        ]
    asked = view.asked
    found = country.ordered_plans(asked.basis, asked.plan_ids, view.order, asked.own, 0, view.n)
    columns = {key: labels.t(f"country.column.{key}") for key in ("plan", "level", "year", "province", "own", "cells")}
    columns |= {"gaps": labels.t("country.state.gaps")}
    cells = {row.plan_id: row.by_topic() for row in country.plan_cells(asked.basis, asked.plan_ids)}
    return columns | {topic: named(topic, name) for topic, name in subs.items()}, [
        panel.about(row.plan_id)
        | {"own": row.own, "cells": row.cells, "gaps": row.gaps}
        | {topic: marks.words(cells[row.plan_id][topic]) for topic in subs}
        for row in found
    ]


def _of(row: Row, topic: str) -> country.Share:
    cell = row.cells[topic]
    return cell.share(State.OWN) if isinstance(cell, GroupCell) else country.Share(0, 0)


def behind(view: View) -> None:
    """The tasks behind a plan's cell; the plans behind a group's."""
    names = {topic: named(topic, name) for topic, name in view.topics.items()}
    if not view.is_plans:
        panel.show(
            view.asked,
            view.grouping,
            {group.name: group_name(view.grouping, group.name) for group in groups(view.asked, view.grouping)},
            names,
        )
        return
    every = plan_names()
    plans = {plan_id: every[plan_id] for plan_id in view.asked.plan_ids}
    cards.cell("o", plans, names, view.asked.basis)
    if chosen := pick.chosen_pair("o", plans, names):
        panel.ways(*chosen)


def table(view: View) -> tuple[Columns, Rows]:
    """The rows of the page."""
    columns = {"row": labels.t(f"country.row.{view.grouping}"), "gaps": labels.t("country.state.gaps")}
    return columns | {topic: named(topic, name) for topic, name in view.topics.items()}, [
        {"row": f"{row.name}\n{row.under}", "gaps": _of_gaps(view, row)}
        | {topic: _in_table(cell) for topic, cell in row.cells.items() if topic in view.topics}
        for row in view.rows
    ]


def _of_gaps(view: View, row: Row) -> str:
    return labels.t("common.of", part=row.gaps.part, whole=row.gaps.whole) if view.is_plans else long(row.gaps)


def _in_table(cell: Cell | GroupCell) -> str:
    """What fits a cell of the table: "4", "nêu chung (2)", "trống"; a group's share."""
    if isinstance(cell, GroupCell):
        return hover(cell.share(State.OWN))
    return labels.t(f"country.cell.{cell.state}", n=cell.n)
