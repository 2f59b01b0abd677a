"""Who acts: agencies against the eight dimensions and the cross-cutting work; lead, coop and monitor are kept apart.
Names are those the plan uses, or (`today`) those of the offices that hold the work since the reform of 2025.

In: frames of `ui.data`. Out: the answer, the finding that titles the picture, the picture in two forms, and its tables.
One role at a time is spread over the dimensions (a disc leads, a ring joins in, a ring with a dot watches); the
other two stand beside it as bars (solid leads, hollow joins in, thin watches). What is counted are tasks.
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


def columns_of(drawn: Sequence[rows.Row]) -> tuple[str, ...]:
    return (*rows.DIMS, rows.UNPLACED) if any(rows.UNPLACED in row.cells for row in drawn) else rows.DIMS


def _color(dim: str) -> str:
    return SOFT if dim == rows.UNPLACED else DIM[int(dim)]


def _disc(sheet: Sheet, x: float, y: float, n: int, largest: int, most: float, dim: str, form: str) -> None:
    """A mark whose area is a count, with the count inside where it fits and beside it where not."""
    color, number = _color(dim), labels.compact(n)
    diameter = round(max(5.0, most * (n / largest) ** 0.5))
    wide = width_of(number, 13, bold=True)
    inside = diameter >= max(18, wide + 6) and form != "monitor"
    middle = x if inside else x - (3 + wide) / 2
    if form == "monitor":
        sheet.symbol(middle, y, "circle-dot", diameter, color, hollow=True, width=1.5)
        sheet.circle(middle, y, 3, color)
    else:
        sheet.circle(middle, y, diameter, color, hollow=form != "lead", width=1.5)
    if inside:
        sheet.text(x, y, number, size=13, bold=True, color=PAGE if form == "lead" else INK, anchor="center")
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


def _form(row: rows.Row, role: str) -> str:
    # what nobody leads is hollow, as everywhere
    return "hollow" if row.group == "nobody" else role


def _note_lines(row: rows.Row, pixels: float, size: float) -> list[str]:
    """The notes under a name, as many on a line as fit: no line begins or ends with a separator."""
    lines: list[str] = []
    for note in row.notes():
        joined = f"{lines[-1]} · {note}" if lines else note
        if lines and width_of(joined, size) <= pixels:
            lines[-1] = joined
        else:
            lines += wrap(note, pixels, size)
    return lines


def _hover(row: rows.Row, role: str, dim: str | None = None) -> str:
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


def _subtitle(role: str, today: bool) -> str:
    return labels.t(f"who.subtitle_today.{role}") if today else labels.t(f"who.subtitle.{role}")


def _left_out(left_out: Sequence[rows.Row], role: str) -> str | None:
    small = [row for row in left_out if row.totals[role]]
    if not small:
        return None
    return labels.t(f"who.left_out.{role}", n=len(small), few=rows.FEW, sum=sum(row.totals[role] for row in small))


@remember
def wide(basis: str, plan_ids: tuple[str, ...], role: str, every: bool, today: bool = False) -> go.Figure:
    """The picture over the whole page."""
    drawn, left_out = rows.split(rows.rows(basis, plan_ids, role, today), role, every)
    others = [other for other in rows.ROLES if other != role]
    sheet = Sheet(
        WIDE, title=rows.title(basis, plan_ids, role, today), subtitle=_subtitle(role, today), source=source()
    )
    dims = columns_of(drawn)
    total, first, aside = 300.0, 318.0, (922.0, 1044.0)
    column = (aside[0] - 14 - first) / len(dims)
    y = sheet.top + 8
    sheet.text(first, y, labels.t(f"who.spread.{role}"), size=13, bold=True)
    for x, other in zip(aside, others, strict=True):
        sheet.text(x, y, labels.t(f"who.role.{other}"), size=13, bold=True)
    y += 22
    heads = {dim: labels.t(f"who.dim.{dim}").split("/") for dim in dims}
    for at, dim in enumerate(dims):
        x = first + (at + 0.5) * column
        if dim not in ("0", rows.UNPLACED):
            sheet.text(x, y, dim, size=16, bold=True, color=_color(dim), anchor="center")
        for line_at, line in enumerate(heads[dim]):
            sheet.text(x, y + 17 + 14 * line_at, line, size=12, color=_color(dim), anchor="center")
    y += 17 + 14 * max(len(lines) for lines in heads.values())
    largest = max((n for row in drawn for n in row.cells.values()), default=1)
    scale = _scale(drawn, others, 62)
    group, counted = None, False
    for row in drawn:
        if row.group != group:
            if group is not None:
                # what is only counted stands below the last of the named ones
                if not counted and row.group not in rows.NAMED:
                    y, counted = _tail(sheet, y, left_out, role, WIDE), True
                y += 8
            group = row.group
            sheet.line(0, y, WIDE, y, INK, width=1.5)
            sheet.text(0, y + 17, rows.group_head(group), size=14, bold=True)
            for at, dim in enumerate(dims):
                # the heads stand far above by now
                if row is not drawn[0] and dim not in ("0", rows.UNPLACED):
                    sheet.text(
                        first + (at + 0.5) * column, y + 17, dim, size=14, bold=True, color=_color(dim), anchor="center"
                    )
            y += 32
        y = _draw_wide(sheet, y, row, role, dims, others, total, first, column, aside, largest, scale)
    if not counted:
        y = _tail(sheet, y, left_out, role, WIDE)
    return sheet.figure(y + 4)


def _scale(drawn: Sequence[rows.Row], others: Sequence[str], room: float) -> float:
    most = max((row.totals[other] for row in drawn for other in others), default=0)
    return room / most if most else 0.0


def _tail(sheet: Sheet, y: float, left_out: Sequence[rows.Row], role: str, width: float) -> float:
    words = _left_out(left_out, role)
    if not words:
        return y
    sheet.line(0, y, width, y)
    lines = wrap(words, width, 13)
    for at, line in enumerate(lines):
        sheet.text(0, y + 18 + 17 * at, line, size=13, color=SOFT)
    return y + 18 + 17 * len(lines)


def _draw_wide(
    sheet: Sheet,
    y: float,
    row: rows.Row,
    role: str,
    dims: Sequence[str],
    others: Sequence[str],
    total: float,
    first: float,
    column: float,
    aside: tuple[float, float],
    largest: int,
    scale: float,
) -> float:
    names, notes = wrap(row.name(), 258, 14), _note_lines(row, 262, 12)
    height = max(38.0, 12 + 17 * len(names) + 15 * len(notes))
    sheet.line(0, y, WIDE, y)
    top = y + (height - 17 * len(names) - 15 * len(notes)) / 2
    for at, line in enumerate(names):
        sheet.text(0, top + 9 + 17 * at, line, size=14)
    for at, line in enumerate(notes):
        sheet.text(0, top + 8 + 17 * len(names) + 15 * at, line, size=12, color=SOFT)
    middle = y + height / 2
    sheet.text(total, middle, labels.compact(row.totals[role]), size=15, bold=True, anchor="right")
    sheet.hit(0, y + 2, total + 6, y + height - 2, f"{row.key}~{role}", _hover(row, role))
    for at, dim in enumerate(dims):
        x = first + at * column
        if n := row.cells.get(dim):
            _disc(sheet, x + column / 2, middle, n, largest, 36, dim, _form(row, role))
            sheet.hit(x + 2, y + 1, x + column - 2, y + height - 1, f"{row.key}~{role}-{dim}", _hover(row, role, dim))
        else:
            sheet.circle(x + column / 2, middle, 2.5, RULE)
    if row.group == "nobody":
        return y + height
    for x, other in zip(aside, others, strict=True):
        _bar(sheet, x, middle, row.totals[other], scale, other)
        if row.totals[other]:
            sheet.hit(
                x - 4,
                y + 2,
                x + 92,
                y + height - 2,
                f"{row.key}~{other}",
                f"{row.name()}\n{labels.t(f'who.role.{other}')}: {labels.t('common.tasks', n=row.totals[other])}\n{labels.t('common.click')}",
            )
    return y + height


@remember
def narrow(basis: str, plan_ids: tuple[str, ...], role: str, every: bool, today: bool = False) -> go.Figure:
    """The sister for a phone: an agency's name over its line of marks, the other two roles in a line below."""
    drawn, left_out = rows.split(rows.rows(basis, plan_ids, role, today), role, every)
    others = [other for other in rows.ROLES if other != role]
    sheet = Sheet(
        NARROW, title=rows.title(basis, plan_ids, role, today), subtitle=_subtitle(role, today), source=source()
    )
    dims = columns_of(drawn)
    column = NARROW / len(dims)
    y = sheet.top
    largest = max((n for row in drawn for n in row.cells.values()), default=1)
    scale = _scale(drawn, others, 40)
    group, counted = None, False
    for row in drawn:
        if row.group != group:
            if group is not None:
                # what is only counted stands below the last of the named ones
                if not counted and row.group not in rows.NAMED:
                    y, counted = _tail(sheet, y, left_out, role, NARROW), True
                y += 10
            group = row.group
            sheet.line(0, y, NARROW, y, INK, width=1.5)
            for line in wrap(rows.group_head(group), NARROW, 15, bold=True):
                y += 20
                sheet.text(0, y - 5, line, size=15, bold=True)
            y += 18
            for at, dim in enumerate(dims):
                short = dim if dim not in ("0", rows.UNPLACED) else labels.t(f"who.dim_narrow.{dim}")
                sheet.text(
                    (at + 0.5) * column,
                    y,
                    short,
                    size=14 if dim == short else 12,
                    bold=dim == short,
                    color=_color(dim),
                    anchor="center",
                )
            y += 12
        y = _draw_narrow(sheet, y, row, role, dims, others, column, largest, scale)
    if not counted:
        y = _tail(sheet, y, left_out, role, NARROW)
    return sheet.figure(y + 4)


def _draw_narrow(
    sheet: Sheet,
    y: float,
    row: rows.Row,
    role: str,
    dims: Sequence[str],
    others: Sequence[str],
    column: float,
    largest: int,
    scale: float,
) -> float:
    sheet.line(0, y, NARROW, y)
    start = y
    names = wrap(row.name(), NARROW - 56, 15, bold=True)
    for at, line in enumerate(names):
        sheet.text(0, y + 15 + 18 * at, line, size=15, bold=True)
    sheet.text(NARROW - 2, y + 15, labels.compact(row.totals[role]), size=15, bold=True, anchor="right")
    y += 8 + 18 * len(names)
    for line in _note_lines(row, NARROW - 8, 12.5):
        sheet.text(0, y + 7, line, size=12.5, color=SOFT)
        y += 16
    sheet.hit(0, start + 2, NARROW, y, f"{row.key}~{role}", _hover(row, role))
    middle = y + 17
    for at, dim in enumerate(dims):
        x = at * column
        if n := row.cells.get(dim):
            _disc(sheet, x + column / 2, middle, n, largest, 27, dim, _form(row, role))
            sheet.hit(x, y + 2, x + column, y + 32, f"{row.key}~{role}-{dim}", _hover(row, role, dim))
        else:
            sheet.circle(x + column / 2, middle, 2.5, RULE)
    y += 34
    if row.group == "nobody":
        return y + 4
    for x, other in zip((0, NARROW / 2), others, strict=True):
        word = labels.t(f"who.role.{other}")
        sheet.text(x, y + 9, word, size=12.5, color=SOFT)
        _bar(sheet, x + width_of(word, 12.5) + 8, y + 9, row.totals[other], scale, other)
        if row.totals[other]:
            sheet.hit(
                x,
                y - 3,
                x + NARROW / 2 - 4,
                y + 21,
                f"{row.key}~{other}",
                f"{row.name()}\n{word}: {labels.t('common.tasks', n=row.totals[other])}",
            )
    return y + 24
