"""Paragraphs and tables, whatever they came from → blocks in reading order.

A table comes as cells with their spans. Out go rows of equal length, as plain text has them: a cell stands in the first
row and column that it spans and is empty below; what stands under one head of a column is one cell; a head of two rows
is one row. A table without known columns that only holds the page in place (the letterhead, the signature, a portal's
frame) gives its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from etl.model import Block
from etl.read.guard import MOST_PARAGRAPHS, Budget, too_much
from etl.reference import column_role
from etl.text import BULLETS, key, nfc, spaced

_MARK = re.compile(
    rf"^(?:[{re.escape(BULLETS)}+*]\s|\(?[a-zđ]{{1,2}}\)|\(?\d{{1,2}}\)|\d{{1,2}}[.)](?!\d)|\d{{1,2}}(?:\.\d{{1,2}})+(?!\d)|[IVX]{{1,6}}[.)]|[A-HĐ][.)]\s|(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:(?:THỨ|thứ)\s|[IVXLC\d]+\b|[A-HĐ]\s*[.:]))"
)
_SENTENCE_END = (".", ";", ":", "!", "?")
_LABEL = re.compile(rf"^(?:[IVX]{{1,6}}|[A-HĐ]|[a-zđ]|\d{{1,2}}(?:\.\d{{1,2}})*)?[.)]?$|^[{re.escape(BULLETS)}+]$")
_LONGEST_HEADER = 80
_LONGEST_CELL = 12
"""Paragraphs; a cell with more is a page and no cell of a table."""


@dataclass(frozen=True)
class Paragraph:
    """Words of one paragraph; a line feed is a line break inside it."""

    text: str
    level: int = 0
    bold: bool = False
    is_aside: bool = False


@dataclass(frozen=True)
class GridCell:
    """A cell where it begins, counted from 0, and how far it reaches. It holds paragraphs and tables."""

    row: int
    column: int
    rows: int
    columns: int
    parts: tuple[Paragraph | Grid, ...]

    @cached_property
    def text(self) -> str:
        """All its words, a line a paragraph; a table inside gives a line a row."""
        return "\n".join(
            filter(None, (clean(part.text) if isinstance(part, Paragraph) else part.text for part in self.parts))
        )


@dataclass(frozen=True)
class Grid:
    """A table: its cells in reading order. `places` names rows that are called otherwise than by their count."""

    cells: tuple[GridCell, ...]
    places: dict[int, str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> dict[int, list[GridCell]]:
        """The cells that begin in each row, also empty ones."""
        found: dict[int, list[GridCell]] = {}
        for cell in self.cells:
            found.setdefault(cell.row, []).append(cell)
        return found

    @cached_property
    def width(self) -> int:
        return max(cell.column + cell.columns for cell in self.cells)

    @property
    def text(self) -> str:
        return "\n".join(
            filter(
                None,
                (" ".join(cell.text.replace("\n", " ") for cell in row if cell.text) for row in self.rows.values()),
            )
        )


def clean(text: str) -> str:
    """NFC, and white space made one space; line breaks stay."""
    return "\n".join(
        filter(None, map(spaced, nfc(text).replace("\r", "\n").replace("\v", "\n").replace("\f", "\n").split("\n")))
    )


def begins_item(text: str) -> bool:
    """Whether a line begins like an item of a list or a heading: "a)", "2.1.", "-", "IV."."""
    return bool(_MARK.match(text))


def marked(mark: str, words: str) -> str:
    """An item whose mark stands in a column of its own: "1" beside "Rà soát" → "1. Rà soát"; "" where the first is no
    mark.
    """
    if not _LABEL.match(mark):
        return ""
    return f"{mark}. {words}" if mark.isalnum() and mark != "o" else f"{mark} {words}"


def lines_of(text: str) -> Iterator[str]:
    """The paragraphs that somebody parted by line breaks only: a break in the middle of a sentence parts nothing."""
    kept = ""
    for line in clean(text).split("\n"):
        if kept and (kept.endswith(_SENTENCE_END) or begins_item(line) or not line[:1].islower() and len(kept) < 60):
            yield kept
            kept = line
        else:
            kept = f"{kept} {line}" if kept else line
    if kept:
        yield kept


class Blocks:
    """The blocks of one document while it is read; each gets the next number and its place."""

    def __init__(self, name: str):
        self.made: list[Block] = []
        self.budget = Budget(name)
        self.tables = self.paragraphs = 0

    def say(
        self,
        text: str,
        place: str,
        cells: tuple[str, ...] = (),
        *,
        level: int = 0,
        bold: bool = False,
        is_aside: bool = False,
        note: str = "",
    ) -> None:
        """One block, where there is anything in it."""
        if text.strip():
            self.budget.text(text)
            number = len(self.made) + 1
            if number > MOST_PARAGRAPHS:
                raise too_much(self.budget.name, "đoạn văn", "paragraphs", MOST_PARAGRAPHS)
            self.made.append(Block(number, number, text, cells, level, bold, place, is_aside, note))

    def paragraph(self, paragraph: Paragraph, place: str = "") -> None:
        """A paragraph, or several where its line breaks part them."""
        if paragraph.is_aside:
            return self.aside(paragraph.text, place or f"paragraph:{self.paragraphs + 1}")
        for line in [spaced(clean(paragraph.text))] if paragraph.level else lines_of(paragraph.text):
            self.paragraphs += 1
            self.say(line, place or f"paragraph:{self.paragraphs}", level=paragraph.level, bold=paragraph.bold)

    def aside(self, text: str, place: str, note: str = "") -> None:
        """What is no part of the text: a running header, a footnote, a menu."""
        self.say(spaced(clean(text)), place, is_aside=True, note=note)

    def note(self, code: str, detail: object, at: int = 0) -> None:
        """Say at a block, the first where no other is named, what the reader had to assume: a finding's code and
        detail, a line each.
        """
        if self.made:
            self.made[at] = replace(
                self.made[at], note="\n".join(filter(None, (self.made[at].note, f"{code} {detail}")))
            )

    def table(self, grid: Grid) -> None:
        """A table's rows, or the paragraphs of one that only holds the page in place."""
        if not grid.cells:
            return
        if _is_frame(grid):
            for row, inside in grid.rows.items():
                self.loose([cell for cell in inside if cell.text], grid.places.get(row, ""))
            return
        self.tables += 1
        for first, last, cells, beside in rows_of(grid):
            self.budget.row(len(cells))
            at = grid.places.get(first) or f"table:{self.tables}/row:{first + 1}" + (
                f"-{last + 1}" if last > first else ""
            )
            if len(cells) == 1:
                for line in lines_of(cells[0]):
                    self.say(line, at)
            else:
                self.row(cells, at)
            self.aside(beside, at)

    def row(self, cells: tuple[str, ...], place: str) -> None:
        """A table's row: its text is its cells, with a blank between them."""
        self.say(" ".join(filter(None, cells)).replace("\n", " "), place, cells)

    def loose(self, cells: Sequence[GridCell], place: str = "") -> None:
        """The cells of a row that belongs to no task table: a list that somebody drew as a table ("1." beside its
        words), else each by itself.
        """
        if len(cells) == 2 and (item := marked(cells[0].text, cells[1].text)):
            return self.paragraph(Paragraph(item, bold=_is_bold(cells[1])), place)
        for cell in cells:
            for part in cell.parts:
                self.table(part) if isinstance(part, Grid) else self.paragraph(part, place)


def _is_bold(cell: GridCell) -> bool:
    return all(isinstance(part, Paragraph) and part.bold for part in cell.parts)


def _is_frame(grid: Grid) -> bool:
    """Whether a table only holds the page in place: no known head, and at most two columns with words, or a page or
    tables within a cell.
    """
    if any(header(grid, row) for row in sorted(grid.rows)[:8]):
        return False
    used = {cell.column for cell in grid.cells if cell.text}
    return (
        len(used) <= 2
        or any(len(cell.parts) > _LONGEST_CELL for cell in grid.cells)
        or any(isinstance(part, Grid) and not _is_frame(part) for cell in grid.cells for part in cell.parts)
    )


@dataclass(frozen=True)
class Header:
    """The head of a table: the rows it takes, its columns as (first, after the last) of the grid, their names, and
    names over several columns that are in none of these.
    """

    first: int
    rows: int
    spans: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    beside: str


def apart(values: Iterable[float], near: float) -> list[float]:
    """Values without those that are nearly another: the edges of a grid."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > near:
            found.append(value)
    return found


def header(grid: Grid, row: int) -> Header | None:
    """The head that begins in a row; None where the row is none. One of two rows has its lower names, behind the
    upper where only those are known.
    """
    upper = grid.rows.get(row, [])
    if sum(bool(cell.text) for cell in upper) < 2 or any(len(cell.text) > _LONGEST_HEADER for cell in upper):
        return None
    below = [cell for cell in grid.rows.get(row + 1, ()) if cell.text]
    tallest = max(cell.rows for cell in upper)
    depth = 1
    if (
        tallest > 1
        and any(cell.rows < tallest and cell.columns > 1 for cell in upper)
        and all(len(cell.text) <= _LONGEST_HEADER for cell in below)
    ):
        depth = tallest
    elif (
        len(below) > 1
        and all(column_role(cell.text) != "unknown" for cell in below)
        and len(below) < sum(bool(cell.text) for cell in upper) + 2
        and not _same(upper, below)
    ):
        depth = 2
    heads = [cell for at in range(row, row + depth) for cell in grid.rows.get(at, ())]
    spans: list[tuple[int, int]] = []
    names: list[str] = []
    last = None
    for column in range(grid.width):
        over = [cell for cell in heads if cell.column <= column < cell.column + cell.columns]
        said = [cell for cell in over if cell.text]
        lowest = said[-1] if said else over[-1] if over else None
        if lowest is not None and lowest is last and lowest.columns > 1:
            spans[-1] = (spans[-1][0], column + 1)
            continue
        last = lowest
        spans.append((column, column + 1))
        names.append(_name(said))
    roles = {column_role(name) for name in names} - {"unknown", "number", "note"}
    if len(roles) < 2:
        return None
    return Header(
        row,
        depth,
        tuple(spans),
        tuple(names),
        " ".join(words for cell in heads if (words := spaced(cell.text)) and not any(words in name for name in names)),
    )


def _same(one: Sequence[GridCell], other: Sequence[GridCell]) -> bool:
    return [key(cell.text) for cell in one if cell.text] == [key(cell.text) for cell in other]


def _name(said: Sequence[GridCell]) -> str:
    """A column's name from the names over it, the lowest that is known; else all of them. Under one that is known and
    stands over several columns, each keeps its own: "Thời gian: Quý I", "Thời gian: Quý II".
    """
    known = next((cell for cell in reversed(said) if column_role(cell.text) != "unknown"), None)
    if known is None:
        return spaced(" ".join(cell.text for cell in said))
    below = said[-1]
    return spaced(f"{known.text}: {below.text}" if below.columns < known.columns else known.text)


def rows_of(grid: Grid) -> Iterator[tuple[int, int, tuple[str, ...], str]]:
    """(first row, last row, cells, what a head says beside them) of each row that holds any, in the columns of the head
    over it.

    What stands over the first head, and each row where no head is known, keeps the columns of the grid.
    """
    height = max(grid.rows) + 1
    starts = sorted({cell.column for cell in grid.cells if cell.text})
    top = next((found for row in range(min(height, 12)) if (found := header(grid, row))), None)
    spans = top.spans if top else tuple(zip(starts, [*starts[1:], max(starts, default=0) + 1]))
    heads = [cell for cell in grid.rows[top.first] if cell.text] if top else []
    row = 0
    while row < height:
        cells = grid.rows.get(row, [])
        if top and (row == top.first or heads and _same(heads, [cell for cell in cells if cell.text])):
            yield row, row + top.rows - 1, top.names, top.beside
            row += top.rows
            continue
        if any(cell.text for cell in cells):
            if top and row < top.first:
                yield row, row, ("\n".join(cell.text for cell in cells if cell.text),), ""
            else:
                yield (
                    row,
                    row,
                    tuple(
                        " ".join(filter(None, (cell.text for cell in cells if first <= cell.column < end)))
                        for first, end in spans
                    ),
                    "",
                )
        row += 1
