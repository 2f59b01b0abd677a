"""The strokes of a page → the tables drawn on it, cell by cell; and a table with all its pages → one grid.

A cell is what strokes go around without another stroke through it. A row that a page break cut goes on where its words
do; the head that stands again on a new page is no row.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from etl.read.blocks import Cell, Grid, Paragraph, begins_item
from etl.read.pdf.line import MAY_BE_NO_ITEM, SENTENCE_END, Line, Word, is_next_dash, lines
from etl.read.pdf.page import Box, Page

NEAR = 2.5
"""Points: two strokes nearer than this are one."""
_OPEN_END = (",", " và", " của", " các", " trong", " với", " cho", " về", " tại", " để", " là", " hoặc", " theo", " -")
_SAME_HEAD = 90
"""Of 100: how alike heads are that stand again on a new page, where letters were guessed."""
_MEETS = 3.0
"""Points: strokes that end nearer than this to another meet it, and go on in the next."""


@dataclass
class Part:
    """What one page shows of a table: its cells by their edges, with their words."""

    page: int
    number: int
    cells: list[tuple[Box, list[Line]]] = field(default_factory=list)

    @property
    def columns(self) -> list[float]:
        return _apart(x for box, _ in self.cells for x in (box.x0, box.x1))

    @property
    def rows(self) -> list[float]:
        return _apart(y for box, _ in self.cells for y in (box.top, box.bottom))


def parts(page: Page, words: Sequence[Word]) -> tuple[list[Part], list[Word]]:
    """The tables drawn on a page, and the words outside them."""
    found: list[Part] = []
    for cells in drawn(page):
        whole = _around(cells)
        inside = [word for word in words if word.is_in(whole)]
        if not any(map(str.isalpha, "".join(word.text for word in inside))):
            continue
        words = [word for word in words if not word.is_in(whole)]
        part = Part(page.number, len(found) + 1)
        for box in cells:
            own = [word for word in inside if word.is_in(box)]
            inside = [word for word in inside if not word.is_in(box)]
            part.cells.append((box, lines(own, page.number, parts_columns=False)))
        found.append(part)
    return found, list(words)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


# -- strokes → cells ----------------------------------------------------------------------------------------------------


Lines = dict[float, list[tuple[float, float]]]
"""Where lines of one direction run (their x or y), and from where to where."""


def drawn(page: Page) -> list[list[Box]]:
    """The cells of each table, from the top: those that share a corner. A frame around words is no table."""
    across = _merged((stroke.top, stroke.x0, stroke.x1) for stroke in page.strokes if not stroke.height)
    down = _merged((stroke.x0, stroke.top, stroke.bottom) for stroke in page.strokes if not stroke.width)
    for y in _open_ends(across, down):
        across[y] = [(0.0, page.width)]
    tables: dict[tuple[float, float], list[Box]] = {}
    for cell in _cells(across, down):
        corners = [(x, y) for x in (cell.x0, cell.x1) for y in (cell.top, cell.bottom)]
        touched = {id(tables[corner]): tables[corner] for corner in corners if corner in tables}
        table = [*itertools.chain(*touched.values()), cell]
        for box in table if len(touched) > 1 else [cell]:
            tables.update(((x, y), table) for x in (box.x0, box.x1) for y in (box.top, box.bottom))
        if len(touched) == 1:
            (table,) = touched.values()
            table.append(cell)
            tables.update((corner, table) for corner in corners)
    found = {id(table): table for table in tables.values()}.values()
    return sorted(filter(_is_table, found), key=lambda table: min(cell.top for cell in table))


def _is_table(cells: Sequence[Box]) -> bool:
    return len(cells) > 2 and len(_apart(x for cell in cells for x in (cell.x0, cell.x1))) > 2


def _merged(strokes: Iterable[tuple[float, float, float]]) -> Lines:
    """(where, from, to) of strokes in one direction → lines. Strokes that are nearly at one place are one line, and one
    that begins where another ends goes on in it.
    """
    groups: list[list[tuple[float, float, float]]] = []
    for stroke in sorted(strokes):
        if groups and stroke[0] - groups[-1][-1][0] <= _MEETS:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    merged: Lines = {}
    for group in groups:
        reaches: list[tuple[float, float]] = []
        for begin, end in sorted((begin, end) for _, begin, end in group):
            if reaches and begin - reaches[-1][1] <= _MEETS:
                reaches[-1] = (reaches[-1][0], max(reaches[-1][1], end))
            else:
                reaches.append((begin, end))
        merged[sum(where for where, *_ in group) / len(group)] = [
            (begin, end) for begin, end in reaches if end - begin >= _MEETS
        ]
    return merged


def _open_ends(across: Lines, down: Lines) -> list[float]:
    """Heights where three strokes or more run down into nothing: a row that a page break left open has its last stroke
    on the next page.
    """
    ends = Counter(round(end) for reaches in down.values() for reach in reaches for end in reach)
    return [
        float(y) for y, count in ends.items() if count > 2 and not any(abs(y - other) < 2 * NEAR for other in across)
    ]


def _cells(across: Lines, down: Lines) -> Iterator[Box]:
    """Every smallest area with a stroke along each side."""
    xs, ys = sorted(down), sorted(across)
    crossings = {(x, y) for y in ys for x in xs if _joins(across[y], x, x) and _joins(down[x], y, y)}
    for x, top in sorted(crossings, key=lambda crossing: (crossing[1], crossing[0])):
        rights = [
            right for right in xs[bisect_right(xs, x) :] if (right, top) in crossings and _joins(across[top], x, right)
        ]
        bottoms = [
            bottom
            for bottom in ys[bisect_right(ys, top) :]
            if (x, bottom) in crossings and _joins(down[x], top, bottom)
        ]
        closed = (
            Box(x, top, right, bottom)
            for bottom in bottoms
            for right in rights
            if (right, bottom) in crossings and _joins(across[bottom], x, right) and _joins(down[right], top, bottom)
        )
        if cell := next(closed, None):
            yield cell


def _joins(reaches: Sequence[tuple[float, float]], begin: float, end: float) -> bool:
    """Whether a line runs from one place to another without a gap."""
    return any(start - _MEETS <= begin and end <= stop + _MEETS for start, stop in reaches)


# -- parts → a grid ------------------------------------------------------------------------------------------------------


def grid(parts: Sequence[Part]) -> Grid:
    """A table with all its pages."""
    edges = _apart((x for part in parts for x in part.columns), 2 * NEAR)
    cells: list[Cell] = []
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
            cells.append(Cell(cell.row - cut + above, cell.column, cell.rows, cell.columns, cell.parts))
            places.setdefault(cell.row - cut + above, f"page:{part.page}/table:{part.number}/row:{cell.row + 1}")
        above = max(cell.row + cell.rows for cell in cells)
    return Grid(tuple(cells), places)


def _cut_row(cells: list[Cell], own: list[Cell]) -> int:
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
        cells[at] = Cell(
            before.row, before.column, before.rows, before.columns, (Paragraph(f"{before.text}{glue}{cell.text}"),)
        )
    return spent + 1


def _runs_on(before: str, after: str) -> bool:
    """Whether words go on after a page break: they begin small, or those before end openly."""
    return not begins_item(after) and (after[:1].islower() or before.rstrip().endswith(_OPEN_END))


def _lists_on(before: str, after: str) -> bool:
    """Whether the items of a list in a cell go on after a page break."""
    return begins_item(after) and any(map(begins_item, before.split("\n")))


def goes_on_below(above: Part, below: Part) -> bool:
    """Whether a table goes on after a page break: the columns of one are columns of the other."""
    if below.page == above.page:
        return False
    some, others = sorted((above.columns, below.columns), key=len)
    return (
        abs(some[0] - others[0]) < 2 * NEAR
        and abs(some[-1] - others[-1]) < 2 * NEAR
        and all(any(abs(x - y) < 2 * NEAR for y in others) for x in some)
    )


def _cell(box: Box, lines: list[Line], rows: list[float], columns: list[float]) -> Cell:
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
    return Cell(
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


def _apart(values: Iterator[float], near: float = NEAR) -> list[float]:
    """Values without those that are nearly another: the edges of a grid."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > near:
            found.append(value)
    return found


def _at(edges: Sequence[float], value: float) -> int:
    """Which edge of a grid a value is."""
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
