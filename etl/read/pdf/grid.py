"""A table with all its pages → one grid.

A row that a page break cut goes on where its words do; the head that stands again on a new page is no row; cells that
stand a little beside the columns of their head belong under it.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from etl.read.blocks import Grid, GridCell, Paragraph, apart, begins_item, header
from etl.read.pdf.line import MAY_BE_NO_ITEM, SENTENCE_END, Line, is_next_dash
from etl.read.pdf.shape import Box
from etl.read.pdf.table import NEAR, Part
from etl.reference import ends_open

_SAME_HEAD = 90
"""Of 100: how alike heads are that stand again on a new page, for letters may have been guessed."""


def grid(parts: Sequence[Part]) -> tuple[Grid, list[int]]:
    """A table with all its pages, and the pages on which its cells stand beside the columns of its head."""
    parts, shifted = _aligned(parts)
    edges = apart((x for part in parts for x in part.columns), 2 * NEAR)
    cells: list[GridCell] = []
    places: dict[int, str] = {}
    above = 0
    for part in parts:
        rows = part.rows
        own = [_cell(box, lines, rows, edges) for box, lines in part.cells]
        own.sort(key=lambda cell: (cell.row, cell.column))
        cut = _cut_row(cells, own) if cells else 0
        for cell in own:
            if cell.row < cut:
                continue
            cells.append(GridCell(cell.row - cut + above, cell.column, cell.rows, cell.columns, cell.parts))
            places.setdefault(cell.row - cut + above, f"page:{part.page}/table:{part.number}/row:{cell.row + 1}")
        above = max(cell.row + cell.rows for cell in cells)
    return Grid(tuple(cells), places), shifted


def goes_on_below(above: Part, below: Part) -> bool:
    """Whether a table goes on after a page break: the columns of one are columns of the other, or it has as many, a
    little shifted, and no head of its own.
    """
    if below.page == above.page:
        return False
    some, others = sorted((above.columns, below.columns), key=len)
    if (
        abs(some[0] - others[0]) < 2 * NEAR
        and abs(some[-1] - others[-1]) < 2 * NEAR
        and all(any(abs(x - y) < 2 * NEAR for y in others) for x in some)
    ):
        return True
    return _is_shifted(below.columns, above.columns) and header(grid([below])[0], 0) is None


def _aligned(parts: Sequence[Part]) -> tuple[list[Part], list[int]]:
    """Parts whose cells stand under the columns of the head, and the pages on which they had to be moved there."""
    top = parts[0].rows[0] + NEAR
    head = apart((x for box, _ in parts[0].cells if box.top < top for x in (box.x0, box.x1)), NEAR)
    aligned: list[Part] = []
    shifted = []
    for part in parts:
        body = [cell for cell in part.cells if aligned or cell[0].top > top]
        columns = apart((x for box, _ in body for x in (box.x0, box.x1)), NEAR)
        if _is_shifted(columns, head):
            if not _are_as_wide(columns, head):
                shifted.append(part.page)
            moved = [
                (box._replace(x0=head[_at(columns, box.x0)], x1=head[_at(columns, box.x1)]), inside)
                for box, inside in body
            ]
            part = replace(part, cells=[*part.cells[: len(part.cells) - len(body)], *moved])
        aligned.append(part)
        head = aligned[0].columns
    return aligned, shifted


def _is_shifted(columns: Sequence[float], head: Sequence[float]) -> bool:
    """Whether columns are those of a head, moved together, or each by less than half of its neighbours."""
    if len(columns) != len(head) or all(abs(x - y) < 2 * NEAR for x, y in zip(columns, head)):
        return False
    narrowest = [min(b - a, c - b) for a, b, c in zip([-math.inf, *head], head, [*head[1:], math.inf])]
    return _are_as_wide(columns, head) or all(abs(x - y) < 0.45 * room for x, y, room in zip(columns, head, narrowest))


def _are_as_wide(columns: Sequence[float], head: Sequence[float]) -> bool:
    return all(
        abs((b - a) - (d - c)) < 2 * NEAR
        for (a, b), (c, d) in zip(itertools.pairwise(columns), itertools.pairwise(head))
    )


def _cut_row(cells: list[GridCell], own: list[GridCell]) -> int:
    """Put what goes on from the last row above a page break where it belongs; how many rows of the new page are
    spent by that.

    The head that stands again on the new page is spent with them.
    """
    heads = [cell.text for cell in cells if cell.row == 0 and cell.text]
    again = [cell.text for cell in own if cell.row == 0 and cell.text]
    spent = (
        max(cell.rows for cell in own if cell.row == 0)
        if fuzz.ratio(" ".join(again), " ".join(heads)) > _SAME_HEAD
        else 0
    )
    first = {cell.column: cell for cell in own if cell.row == spent and cell.text}
    last_row = max(cell.row for cell in cells)
    # of a cell over several rows it is the last words that stand at the page's end
    last = {cell.column: (at, cell) for at, cell in enumerate(cells) if cell.row + cell.rows > last_row and cell.text}
    columns = min(cell.column for cell in cells)
    if not first or columns in first or not set(first) <= set(last):
        return 0
    if not any(
        _runs_on(last[column][1].text, cell.text) or _lists_on(last[column][1].text, cell.text)
        for column, cell in first.items()
    ):
        return 0
    for column, cell in first.items():
        at, before = last[column]
        glue = " " if _runs_on(before.text, cell.text) else "\n"
        cells[at] = GridCell(
            before.row, before.column, before.rows, before.columns, (Paragraph(f"{before.text}{glue}{cell.text}"),)
        )
    return spent + 1


def _runs_on(before: str, after: str) -> bool:
    """Whether words go on after a page break: they begin small, or those before end openly."""
    return not begins_item(after) and (after[:1].islower() or ends_open(before))


def _lists_on(before: str, after: str) -> bool:
    """Whether the items of a list in a cell go on after a page break."""
    return begins_item(after) and any(map(begins_item, before.split("\n")))


def _cell(box: Box, lines: list[Line], rows: list[float], columns: list[float]) -> GridCell:
    """A drawn cell → where it begins, how far it reaches, and its paragraphs."""
    x0, top, x1, bottom = box
    row, column = _at(rows, top), _at(columns, x0)
    padding = min((line.x0 - x0 for line in lines), default=0.0)
    right = x1 - min(max(padding, 0.0), 6.0)
    paragraphs: list[list[Line]] = []
    for line in lines:
        before = paragraphs[-1][-1] if paragraphs else None
        if (
            before is None
            or before.leaves_room(line, right)
            and not line.text[:1].islower()
            or begins_item(line.text)
            and (
                before.leaves_room(line, right)
                or before.text.endswith(SENTENCE_END)
                or not MAY_BE_NO_ITEM.match(line.text)
                or is_next_dash(paragraphs[-1][0], line)
            )
        ):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return GridCell(
        row,
        column,
        max(_at(rows, bottom) - row, 1),
        max(_at(columns, x1) - column, 1),
        tuple(Paragraph(_joined(some, right), bold=all(line.bold for line in some)) for some in paragraphs),
    )


def _joined(lines: Sequence[Line], right: float) -> str:
    """The lines of one paragraph. A number or a short capital word that a narrow cell broke is whole again: "31/12/202"
    and "3", "ST" and "T".
    """
    text = ""
    for before, line in zip([None, *lines], lines):
        is_hyphened = re.search(r"\w[-/]$", text) and line.text[:1].isupper()
        is_full = before is not None and before.x1 + 0.4 * before.size > right
        is_broken = (
            re.fullmatch(r"\d{1,2}\.", text)
            and line.text[:1].isdecimal()
            or is_full
            and (
                re.search(r"[\d./]$", text)
                and line.text[:1].isdecimal()
                or text.isupper()
                and " " not in text
                and line.text.isupper()
                and len(line.text) < 3
            )
        )
        text += line.text if before is None or is_broken or is_hyphened else f" {line.text}"
    return text


def _at(edges: Sequence[float], value: float) -> int:
    """Which edge of a grid a value is."""
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
