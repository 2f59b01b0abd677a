"""The strokes of a page → the tables drawn on it, cell by cell. A cell is what strokes go around without another stroke
through it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, takewhile

from etl.read.blocks import apart
from etl.read.pdf.line import Line, Word, lines
from etl.read.pdf.page import Page
from etl.read.pdf.shape import Box

NEAR = 2.5
"""Points: two strokes nearer than this are one."""
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
        return apart((x for box, _ in self.cells for x in (box.x0, box.x1)), NEAR)

    @property
    def rows(self) -> list[float]:
        return apart((y for box, _ in self.cells for y in (box.top, box.bottom)), NEAR)


def parts(page: Page, words: Sequence[Word]) -> tuple[list[Part], list[Word]]:
    """The tables drawn on a page, and the words that are in no cell."""
    found: list[Part] = []
    left = list(words)
    for cells in drawn(page):
        inside, outside = _split(left, _around(cells))
        if not any(map(str.isalpha, "".join(word.text for word in inside))):
            continue
        part = Part(page.number, len(found) + 1)
        for box in cells:
            own, inside = _split(inside, box)
            part.cells.append((box, lines(own, page.number, parts_columns=False)))
        found.append(part)
        left = outside + inside
    return found, left


def _split(words: Sequence[Word], box: Box) -> tuple[list[Word], list[Word]]:
    """The words inside a box, and the others."""
    inside: list[Word] = []
    outside: list[Word] = []
    for word in words:
        (inside if word.is_in(box) else outside).append(word)
    return inside, outside


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


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
        table = [*chain(*touched.values()), cell]
        for box in table if len(touched) > 1 else [cell]:
            tables.update(((x, y), table) for x in (box.x0, box.x1) for y in (box.top, box.bottom))
        if len(touched) == 1:
            (table,) = touched.values()
            table.append(cell)
            tables.update((corner, table) for corner in corners)
    found = {id(table): table for table in tables.values()}.values()
    return sorted(filter(_is_table, found), key=lambda table: min(cell.top for cell in table))


def _is_table(cells: Sequence[Box]) -> bool:
    return len(cells) > 2 and len(apart((x for cell in cells for x in (cell.x0, cell.x1)), NEAR)) > 2


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

    def smallest(x: float, top: float) -> Box | None:
        for bottom in takewhile(lambda y: _joins(down[x], top, y), ys[bisect_right(ys, top) :]):
            for right in takewhile(lambda end: _joins(across[top], x, end), xs[bisect_right(xs, x) :]):
                corners = {(x, bottom), (right, top), (right, bottom)}
                if corners <= crossings and _joins(across[bottom], x, right) and _joins(down[right], top, bottom):
                    return Box(x, top, right, bottom)
        return None

    for y, x in sorted((y, x) for x, y in crossings):
        if cell := smallest(x, y):
            yield cell


def _joins(reaches: Sequence[tuple[float, float]], begin: float, end: float) -> bool:
    """Whether a line runs from one place to another without a gap."""
    return any(start - _MEETS <= begin and end <= stop + _MEETS for start, stop in reaches)
