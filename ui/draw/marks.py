"""Words and marks that the overview and the coverage matrix share: what a cell says, drawn and spoken.

In: a plan's cell on a dimension or a sub-dimension. Out: marks on a sheet, and the same in words.
"""

from __future__ import annotations

from collections.abc import Collection

from ui.data.coverage import Cell
from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, SOFT
from ui.draw.sheet import TINT, Sheet
from ui.words import labels


def words(cell: Cell) -> str:
    """What a cell says, in words: "4 nhiệm vụ · 3 có chủ trì · 1 có thời gian"; "chỉ nêu kèm trong việc khác (2
    nhiệm vụ)".
    """
    said = labels.t(f"common.state.{cell.state}", n=cell.n)
    return f"{said} · {shares(cell)}" if cell.state in ("own", "weak") else said


def shares(cell: Cell) -> str:
    """How many of a cell's tasks say who and when: "3 có chủ trì · 1 có thời gian"."""
    return f"{labels.t('common.with_lead', n=cell.with_lead)} · {labels.t('common.with_time', n=cell.with_time)}"


def tile(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, cell: Cell, color: str) -> None:
    """A tile in a tint of the dimension's colour, its number, and two bars: the share with a lead over the share with a
    time.
    """
    middle = (y0 + y1) / 2
    number = labels.compact(cell.tasks)
    sheet.box(x0, y0, x1, y1, color, opacity=TINT)
    sheet.text(x0 + 8, middle, number, size=14, bold=True)
    left, right = x0 + max(24, width_of(number, 14, bold=True) + 15), x1 - 6
    for y, share in ((middle - 4, cell.with_lead / cell.tasks), (middle + 4, cell.with_time / cell.tasks)):
        sheet.line(left, y, right, y, color)
        if share:
            sheet.box(left, y - 2, left + (right - left) * share, y + 2, color)


def mark(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, cell: Cell, dim: int) -> None:
    """The mark of one of the nine states in its cell."""
    middle, state = (y0 + y1) / 2, cell.state
    if state == "own":
        tile(sheet, x0, y0, x1, y1, cell, DIM[dim])
    elif state == "weak":
        sheet.text(x0 + 8, middle, f"{labels.compact(cell.n)}?", size=14, color=INK)
    elif state == "named":
        sheet.text(x0 + 8, middle, f"({labels.compact(cell.n)})", size=14, color=DIM[dim])
    elif state == "passing":
        sheet.circle(x0 + 14.5, middle, 5, INK)
    elif state == "description":
        sheet.described(x0 + 8, middle)
    elif state == "none":
        sheet.empty(x0 + 8, middle)
    elif state == "not_read":
        sheet.hatched(x0, y0 + 2, x1, y1 - 2)
    else:
        sheet.text(x0 + 8, middle, "/" if state == "unmeasured" else "–", size=14, color=SOFT)


_KEY = ("own", "named", "passing", "weak", "description", "none", "unmeasured", "not_read", "no_plan", "hangs")
"""The order of the key: every state, then a cell that the other way of counting would change ("hangs")."""


def key(sheet: Sheet, states: Collection[str]) -> None:
    """What the marks of these states say, under the subtitle; the drawing begins below it."""
    if not states:
        return
    x, room, step = 0.0, 40, 17
    for state in filter(states.__contains__, _KEY):
        lines = wrap(labels.t(f"coverage.key_{state}"), sheet.width - room, 13)
        wide = room + max(width_of(line, 13) for line in lines) + 20
        if x and x + wide > sheet.width:
            x, sheet.top = 0.0, sheet.top + 24
        top = sheet.top
        if state == "hangs":
            sheet.dotted(x, top, x + room - 8, top + 20)
        else:
            left = x if state in ("own", "not_read") else x - 8
            sample = Cell("", 0, state, 4 if state == "own" else 2, 4, 4, 2, True)
            mark(sheet, left, top, x + room - 6, top + 20, sample, 0)
        sheet.lines(x + room, top + 10, lines, step, size=13)
        x, sheet.top = x + wide, top + step * (len(lines) - 1)
    sheet.top += 24 + 8
