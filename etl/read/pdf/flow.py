"""The lines and tables of all pages, in order → blocks. Paragraphs and tables stay open over the end of a page.

A line goes on in the next where the next's first word would not have fitted.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from etl.read.blocks import Blocks, Paragraph, begins_item
from etl.read.pdf.grid import goes_on_below, grid
from etl.read.pdf.line import MAY_BE_NO_ITEM, SENTENCE_END, Line, is_next_dash
from etl.read.pdf.page import Page
from etl.read.pdf.table import NEAR, Part


@dataclass(frozen=True)
class Sheet:
    """A page with its lines and tables; the lines in `asides` are no part of the text."""

    page: Page
    lines: Sequence[Line]
    parts: Sequence[Part]
    asides: frozenset[Line]

    @property
    def has_text(self) -> bool:
        return bool(self.body) or any(inside for part in self.parts for _, inside in part.cells)

    @property
    def body(self) -> list[Line]:
        return [line for line in self.lines if line not in self.asides]


class Flow:
    """One file: blocks made of its pages."""

    def __init__(self, out: Blocks):
        self.out = out
        self.begun: list[Line] = []
        self.table: list[Part] = []
        self.paragraphs: Counter[int] = Counter()
        self.asides: list[Line] = []

    def read(self, sheets: Sequence[Sheet]) -> None:
        """Every line and table in order."""
        pitch = _pitch([line for sheet in sheets for line in sheet.body])
        layouts = {
            width: _layout(width, [line for sheet in sheets if sheet.page.width == width for line in sheet.body])
            for width in {sheet.page.width for sheet in sheets}
        }
        for sheet in sheets:
            (edges, is_indented) = layouts[sheet.page.width]
            elements: list[Line | Part] = [*sheet.lines, *sheet.parts]
            elements.sort(key=lambda one: (one.top, one.x0) if isinstance(one, Line) else (one.rows[0], 0.0))
            for one in elements:
                if isinstance(one, Part):
                    self._end_paragraph()
                    if self.table and not goes_on_below(self.table[-1], one):
                        self._end_table()
                    self.table.append(one)
                elif one in sheet.asides:
                    self.asides.append(one)
                else:
                    self._end_table()
                    if self.begun and not _goes_on(self.begun[0], self.begun[-1], one, edges, pitch, is_indented):
                        self._end_paragraph()
                    self.begun.append(one)
        self._end_paragraph()
        self._end_table()
        self._say_asides()

    def _end_paragraph(self) -> None:
        if not self.begun:
            return
        page = self.begun[0].page
        self.paragraphs[page] += 1
        self.out.paragraph(
            Paragraph(" ".join(line.text for line in self.begun), bold=all(line.bold for line in self.begun)),
            f"page:{page}/paragraph:{self.paragraphs[page]}",
        )
        self.begun = []
        self._say_asides()

    def _end_table(self) -> None:
        if not self.table:
            return
        table, shifted = grid(self.table)
        begun = len(self.out.made)
        self.out.table(table)
        for page in shifted:
            places = [block.place for block in self.out.made[begun:]]
            at = next((at for at, place in enumerate(places, begun) if place.startswith(f"page:{page}/")), begun)
            self.out.note("columns_shifted", page, at)
        self.table = []
        self._say_asides()

    def _say_asides(self) -> None:
        for line in self.asides:
            self.out.aside(line.text, f"page:{line.page}")
        self.asides = []


Edges = tuple[float, float]


def _layout(width: float, lines: Sequence[Line]) -> tuple[Edges, bool]:
    """Where text begins and ends on pages of one width, by their long lines; whether paragraphs begin further in than
    they go on.
    """
    alone = [line for line in lines if line.alone]
    long = [line for line in alone if line.x1 - line.x0 > 0.5 * width] or alone
    edges = min((line.x0 for line in long), default=0.0), max((line.x1 for line in long), default=width)
    return edges, _is_indented(lines, edges)


def _goes_on(
    first: Line, before: Line, line: Line, edges: tuple[float, float], pitch: float, is_indented: bool
) -> bool:
    """Whether a paragraph, by its first line and its last before, goes on in the next. `is_indented` says that
    paragraphs begin further in than they go on.
    """
    left, right = edges
    if not before.alone or not line.alone or before.bold != line.bold or before.leaves_room(line, right):
        return False
    is_below = first.hangs is not None and abs(line.x0 - first.hangs) < 2 * NEAR
    if begins_item(line.text) and (
        before.text.endswith(SENTENCE_END)
        or line.x0 > left + 4
        and not is_below
        or not MAY_BE_NO_ITEM.match(line.text)
        or is_next_dash(first, line)
    ):
        return False
    if before.page != line.page:
        return line.text[:1].islower() or not before.text.endswith(SENTENCE_END)
    if line.top - before.top > 1.4 * pitch:
        return False
    return line.x0 < left + 10 or is_below or not is_indented and (before.x0 > left + 4 or begins_item(before.text))


def _is_indented(lines: Sequence[Line], edges: tuple[float, float]) -> bool:
    """Whether full lines that begin further in go on at the left edge (the layout of official letters), more often than
    below themselves.
    """
    left, right = edges
    pairs = [
        (before, line)
        for before, line in itertools.pairwise(lines)
        if before.page == line.page
        and before.alone
        and line.alone
        and before.x0 > left + 10
        and not before.leaves_room(line, right)
        and not begins_item(line.text)
    ]
    return sum(line.x0 < left + 4 for _, line in pairs) > sum(line.x0 > left + 10 for _, line in pairs)


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line."""
    steps = sorted(
        after.top - before.top
        for before, after in itertools.pairwise(lines)
        if before.page == after.page and 0 < after.top - before.top < 60
    )
    return steps[len(steps) // 4] if steps else 20.0
