"""Who acts: agencies against the eight dimensions and the cross-cutting work; lead, coop and monitor are kept apart.
Names are those the plan uses, or (`today`) those of the offices that hold the work since the reform of 2025.

In: the view of `rows`. Out: the picture in two forms, drawn from the top down: the heads of the columns, group by group
its head and its rows, and below the last named agency how many are only counted. One role at a time is spread over the
dimensions (a disc leads, a ring joins in, a ring with a dot watches); the other two stand beside it as bars (solid
leads, hollow joins in, thin watches). What is counted are tasks.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, PAGE, RULE, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.topics.who import rows
from ui.words import labels
from ui.words.plans import source
from ui.words.remember import remember

# The picture.


def columns_of(drawn: Sequence[rows.AgencyRow]) -> tuple[str, ...]:
    return (*rows.DIMS, rows.UNPLACED) if any(rows.UNPLACED in row.cells for row in drawn) else rows.DIMS


def _color(dim: str) -> str:
    return SOFT if dim == rows.UNPLACED else DIM[int(dim)]


_UNDER = 16
"""So much taller is a row whose counts stand under their marks."""


def _sizes(n: int, largest: int, most: float, form: str) -> tuple[int, float, bool]:
    """Of a mark whose area is a count: its diameter, how wide the count is in letters, and whether it fits inside."""
    diameter = round(max(5.0, most * (n / largest) ** 0.5))
    wide = width_of(labels.compact(n), 13, bold=True)
    return diameter, wide, diameter >= max(18, wide + 6) and form != "monitor"


def _disc(
    sheet: Sheet, x: float, y: float, n: int, largest: int, most: float, dim: str, form: str, under: bool = False
) -> None:
    """A mark whose area is a count, with the count inside where it fits, and where not beside it, or `under` it."""
    color, number = _color(dim), labels.compact(n)
    diameter, wide, inside = _sizes(n, largest, most, form)
    middle = x if inside or under else x - (3 + wide) / 2
    if form == "monitor":
        sheet.symbol(middle, y, "circle-dot", diameter, color, hollow=True, width=1.5)
        sheet.circle(middle, y, 3, color)
    else:
        sheet.circle(middle, y, diameter, color, hollow=form != "lead", width=1.5)
    if inside:
        sheet.text(x, y, number, size=13, bold=True, color=PAGE if form == "lead" else INK, anchor="center")
    elif under:
        sheet.text(x, y + most / 2 + _UNDER / 2, number, size=13, anchor="center")
    else:
        sheet.text(middle + diameter / 2 + 2, y, number, size=13)


def _bar(sheet: Sheet, x: float, y: float, n: int, scale: float, role: str) -> None:
    """A role beside the one that is shown: solid leads, hollow joins in, thin watches; a dash for none."""
    if not n:
        sheet.text(x, y, "–", size=13, color=SOFT)
        return
    length = max(3.0, n * scale)
    if role == "lead":
        sheet.box(x, y - 7, x + length, y + 7, SOFT)
    elif role == "coop":
        sheet.frame(x, y - 7, x + length, y + 7, SOFT)
    else:
        sheet.box(x, y - 2, x + length, y + 2, SOFT)
    sheet.text(x + length + 4, y, labels.compact(n), size=13)


def _form(row: rows.AgencyRow, role: str) -> str:
    # what nobody leads is hollow, as everywhere
    return "hollow" if row.group == "nobody" else role


def _note_lines(row: rows.AgencyRow, pixels: float, size: float) -> list[str]:
    """The notes under a name, as many on a line as fit: no line begins or ends with a separator."""
    lines: list[str] = []
    for note in row.notes():
        joined = f"{lines[-1]} · {note}" if lines else note
        if lines and width_of(joined, size) <= pixels:
            lines[-1] = joined
        else:
            lines += wrap(note, pixels, size)
    return lines


def _hover(row: rows.AgencyRow, role: str, dim: str | None = None) -> str:
    name = row.name()
    if dim is None:
        said = [labels.t("common.tasks", n=row.totals[role])]
        if row.group != "nobody":
            said[0] = f"{labels.t(f'who.role.{role}')}: {said[0]}"
        return "\n".join((name, *said, *row.notes(), labels.t("common.click")))
    head = labels.t("tasks.no_topic") if dim == rows.UNPLACED else rows.dim_name(dim)
    counted = labels.t("common.tasks", n=row.cells.get(dim, 0))
    return "\n".join(
        (
            f"{name} · {head}",
            counted if row.group == "nobody" else f"{labels.t(f'who.role.{role}')}: {counted}",
            labels.t("common.click"),
        )
    )


def _hover_other(row: rows.AgencyRow, role: str) -> str:
    return f"{row.name()}\n{labels.t(f'who.role.{role}')}: {labels.t('common.tasks', n=row.totals[role])}"


class _Picture:
    """What both forms share: the rows and their columns, how large a mark and how long a bar may be. A form says how its
    heads and a row are drawn; each gives where the next thing begins.
    """

    width: int
    gap: int
    """Between two groups."""
    bar: int
    """The longest bar of a role beside the one shown."""
    mark: int
    """The largest mark."""
    aside: int
    """Between two marks' places to hit."""

    def __init__(self, view: rows.View, every: bool) -> None:
        self.view = view
        self.role = view.role
        self.drawn, self.left_out = rows.split(view, every)
        self.least = rows.least(view, every)
        self.dims = columns_of(self.drawn)
        self.largest = max((n for row in self.drawn for n in row.cells.values()), default=1)
        most = max((row.totals[other] for row in self.drawn for other in view.others), default=0)
        self.scale = self.bar / most if most else 0.0
        subtitle = labels.t(f"who.subtitle{'_today' if view.today else ''}.{self.role}")
        self.sheet = Sheet(self.width, title=rows.title(view), subtitle=subtitle, source=source(view.plan_ids))

    def heads(self, y: float) -> float:
        """The heads of the columns, where they stand once over all."""
        return y

    def group_head(self, y: float, group: str, *, is_first: bool) -> float:
        raise NotImplementedError

    def row(self, y: float, row: rows.AgencyRow) -> float:
        raise NotImplementedError

    def figure(self) -> go.Figure:
        y = self.heads(self.sheet.top)
        group, counted = None, False
        for row in self.drawn:
            if row.group != group:
                if group is not None:
                    # what is only counted stands below the last of the named ones
                    if not counted and row.group not in rows.NAMED:
                        y, counted = self._tail(y), True
                    y += self.gap
                self.sheet.line(0, y, self.width, y, INK, width=1.5)
                y = self.group_head(y, row.group, is_first=group is None)
                group = row.group
            y = self.row(y, row)
        if not counted:
            y = self._tail(y)
        return self.sheet.figure(y + 4)

    def _tail(self, y: float) -> float:
        """How many agencies are left out, and their tasks."""
        small = self.left_out
        if not small:
            return y
        self.sheet.line(0, y, self.width, y)
        words = labels.t(f"who.left_out.{self.role}", n=len(small), few=self.least, sum=sum(small))
        return self.sheet.lines(0, y + 18, wrap(words, self.width, 13), 17, size=13, color=SOFT)

    def is_tight(self, row: rows.AgencyRow, column: float) -> bool:
        """Whether a count beside its mark would run into the next column."""
        for n in row.cells.values():
            diameter, wide, inside = _sizes(n, self.largest, self.mark, _form(row, self.role))
            if n and not inside and diameter + 2 + wide > column:
                return True
        return False

    def cells(
        self,
        row: rows.AgencyRow,
        first: float,
        column: float,
        middle: float,
        top: float,
        bottom: float,
        under: bool = False,
    ) -> None:
        """A row's marks, dimension by dimension, each with its place to hit: from `top` to `bottom`."""
        for at, dim in enumerate(self.dims):
            x = first + at * column
            if n := row.cells.get(dim):
                form = _form(row, self.role)
                _disc(self.sheet, x + column / 2, middle, n, self.largest, self.mark, dim, form, under)
                key = f"{row.key}~{self.role}-{dim}"
                self.sheet.hit(x + self.aside, top, x + column - self.aside, bottom, key, _hover(row, self.role, dim))
            else:
                self.sheet.circle(x + column / 2, middle, 2.5, RULE)


class _Wide(_Picture):
    """Over the whole page: dimensions as columns, the other two roles beside them."""

    width, gap, bar, mark, aside = WIDE, 8, 62, 36, 2
    total, first, others_at = 300.0, 318.0, (922.0, 1044.0)

    def __init__(self, view: rows.View, every: bool) -> None:
        super().__init__(view, every)
        self.column = (self.others_at[0] - 14 - self.first) / len(self.dims)

    def _number(self, at: int, y: float, size: float) -> float:
        """The number over a column; the middle of the column."""
        x, dim = self.first + (at + 0.5) * self.column, self.dims[at]
        if dim not in ("0", rows.UNPLACED):
            self.sheet.text(x, y, dim, size=size, bold=True, color=_color(dim), anchor="center")
        return x

    def heads(self, y: float) -> float:
        y += 8
        self.sheet.text(self.first, y, labels.t(f"who.spread.{self.role}"), size=13, bold=True)
        for x, other in zip(self.others_at, self.view.others, strict=True):
            self.sheet.text(x, y, labels.t(f"who.role.{other}"), size=13, bold=True)
        y += 22
        ends = []
        for at, dim in enumerate(self.dims):
            x, head = self._number(at, y, 16), labels.t(f"who.dim.{dim}").split("/")
            ends.append(self.sheet.lines(x, y + 17, head, 14, size=12, color=_color(dim), anchor="center"))
        return max(ends)

    def group_head(self, y: float, group: str, *, is_first: bool) -> float:
        self.sheet.text(0, y + 17, rows.group_head(group), size=14, bold=True)
        # the heads stand far above by now
        if not is_first:
            for at in range(len(self.dims)):
                self._number(at, y + 17, 14)
        return y + 32

    def row(self, y: float, row: rows.AgencyRow) -> float:
        sheet = self.sheet
        names, notes = wrap(row.name(), 258, 14), _note_lines(row, 262, 12)
        tall = 17 * len(names) + 15 * len(notes)
        height = max(38.0, 12 + tall)
        sheet.line(0, y, WIDE, y)
        top = y + (height - tall) / 2
        sheet.lines(0, top + 9, names, 17)
        sheet.lines(0, top + 8 + 17 * len(names), notes, 15, size=12, color=SOFT)
        middle, bottom = y + height / 2, y + height
        sheet.text(self.total, middle, labels.compact(row.totals[self.role]), size=15, bold=True, anchor="right")
        sheet.hit(0, y + 2, self.total + 6, bottom - 2, f"{row.key}~{self.role}", _hover(row, self.role))
        self.cells(row, self.first, self.column, middle, y + 1, bottom - 1)
        if row.group == "nobody":
            return bottom
        for x, other in zip(self.others_at, self.view.others, strict=True):
            _bar(sheet, x, middle, row.totals[other], self.scale, other)
            if row.totals[other]:
                hover = f"{_hover_other(row, other)}\n{labels.t('common.click')}"
                sheet.hit(x - 4, y + 2, x + 92, bottom - 2, f"{row.key}~{other}", hover)
        return bottom


class _Narrow(_Picture):
    """The sister for a phone: an agency's name over its line of marks, the other two roles in a line below."""

    width, gap, bar, mark, aside = NARROW, 10, 40, 27, 0

    def __init__(self, view: rows.View, every: bool) -> None:
        super().__init__(view, every)
        self.column = NARROW / len(self.dims)

    def group_head(self, y: float, group: str, *, is_first: bool) -> float:
        head = wrap(rows.group_head(group), NARROW, 15, bold=True)
        y = self.sheet.lines(0, y + 15, head, 20, size=15, bold=True) + 3
        for at, dim in enumerate(self.dims):
            x, color = (at + 0.5) * self.column, _color(dim)
            if dim in ("0", rows.UNPLACED):
                short = labels.t(f"who.dim_narrow.{dim}")
                self.sheet.text(x, y, short, size=12, color=color, anchor="center")
            else:
                self.sheet.text(x, y, dim, size=14, bold=True, color=color, anchor="center")
        return y + 12

    def row(self, y: float, row: rows.AgencyRow) -> float:
        sheet, start = self.sheet, y
        sheet.line(0, y, NARROW, y)
        names = wrap(row.name(), NARROW - 56, 15, bold=True)
        sheet.lines(0, y + 15, names, 18, size=15, bold=True)
        sheet.text(NARROW - 2, y + 15, labels.compact(row.totals[self.role]), size=15, bold=True, anchor="right")
        y += 8 + 18 * len(names)
        y = sheet.lines(0, y + 7, _note_lines(row, NARROW - 8, 12.5), 16, size=12.5, color=SOFT) - 7
        sheet.hit(0, start + 2, NARROW, y, f"{row.key}~{self.role}", _hover(row, self.role))
        under = self.is_tight(row, self.column)
        bottom = y + 32 + (_UNDER if under else 0)
        self.cells(row, 0, self.column, y + 17, y + 2, bottom, under)
        y = bottom + 2
        if row.group == "nobody":
            return y + 4
        for x, other in zip((0, NARROW / 2), self.view.others, strict=True):
            word = labels.t(f"who.role.{other}")
            sheet.text(x, y + 9, word, size=12.5, color=SOFT)
            _bar(sheet, x + width_of(word, 12.5) + 8, y + 9, row.totals[other], self.scale, other)
            if row.totals[other]:
                key, hover = f"{row.key}~{other}", _hover_other(row, other)
                sheet.hit(x, y - 3, x + NARROW / 2 - 4, y + 21, key, hover)
        return y + 24


@remember
def wide(view: rows.View, every: bool) -> go.Figure:
    """The picture over the whole page; `every`: also the agencies with few tasks."""
    return _Wide(view, every).figure()


@remember
def narrow(view: rows.View, every: bool) -> go.Figure:
    """The sister for a phone."""
    return _Narrow(view, every).figure()
