"""Workbooks: sheet by sheet what a person sees, each row under the number that the program shows.

In: a .xlsx that `guard` has let through. Out: blocks. Rows and columns that are hidden are kept aside and said; a
number is written as its cell shows it, in a column of numbers "1.10" stays apart from "1.1" and a date is the "1.2"
that somebody typed. Only cells that hold something are walked: one value in the last corner of a sheet makes the rest
of it no longer.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as Source
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.model import Block
from etl.read import guard
from etl.read.blocks import Blocks, Grid, GridCell, Paragraph, header
from etl.read.charset import from_font
from etl.reference import column_role, table
from etl.text import key

_LONGEST_LABEL, _WIDEST = 12, 1_000
"""Signs of a label; columns of a sheet that hold words."""


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a workbook. Raises Unread where it is damaged, or holds more than a plan."""
    out = Blocks(name)
    for sheet in _opened(content, name).worksheets:
        _Sheet(sheet, out).read()
    if empty := _without_value(content):
        out.note("formula_without_value", empty)
    if shut := guard.left_shut(content):
        out.note("parts_left_shut", shut)
    yield from out.made


def _opened(content: bytes, name: str) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parts ran into
        if isinstance(error, MemoryError):
            raise
        raise guard.damaged(name) from None


def grids(content: bytes, name: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Each sheet that is to be seen: its name, and its rows from the first, a number with all its digits; what several cells
    share stands in each of them. Raises Unread where the workbook is damaged, or holds too much.
    """
    for sheet in _opened(content, name).worksheets:
        found = {(cell.row, cell.column): _exact(cell) for cell in sheet._cells.values() if shown(cell)}
        for span in sheet.merged_cells.ranges:
            held = found.get((span.min_row, span.min_col), "")
            if held and span.size["rows"] * span.size["columns"] < guard.MOST_COLUMNS:
                found |= dict.fromkeys(span.cells, held)
        height, width = (max((at[side] for at in found), default=0) for side in (0, 1))
        if height > guard.MOST_ROWS or height * width > guard.MOST_CELLS:
            raise guard.too_much(name, "ô", "cells", guard.MOST_CELLS)
        if found and sheet.sheet_state == "visible":
            yield (
                sheet.title,
                [[found.get((row, column), "") for column in range(1, width + 1)] for row in range(1, height + 1)],
            )


def _exact(cell: Source) -> str:
    """A number with all its digits, whatever the cell shows of it; else what the cell shows."""
    is_number = isinstance(cell.value, float) and "%" not in (cell.number_format or "")
    return f"{cell.value:.9f}".rstrip("0").rstrip(".") if is_number else shown(cell)


class _Sheet:
    """One sheet: its cells with words, in rows and columns without gaps."""

    def __init__(self, sheet: Worksheet, out: Blocks):
        self.sheet, self.out = sheet, out
        self.name = sheet.title.replace("/", " ")
        self.before = ""
        found = [cell for cell in sheet._cells.values() if shown(cell)]
        if len(found) > guard.MOST_CELLS:
            raise guard.too_much(out.budget.name, "ô", "cells", guard.MOST_CELLS)
        self.spans = {(span.min_row, span.min_col): span for span in sheet.merged_cells.ranges}
        hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
        hidden_columns = [
            (column.min, column.max) for column in sheet.column_dimensions.values() if column.hidden and column.min
        ]
        self.hidden = [cell for cell in found if self._is_hidden(cell, hidden_rows, hidden_columns)]
        is_hidden = {id(cell) for cell in self.hidden}
        self.seen = sorted(
            (cell for cell in found if id(cell) not in is_hidden), key=lambda cell: (cell.row, cell.column)
        )
        self.rows = sorted({cell.row for cell in self.seen})
        if len({cell.column for cell in self.seen}) > _WIDEST:
            raise guard.too_much(out.budget.name, "cột trong một bảng", "columns in a table", _WIDEST)
        self.columns = sorted({cell.column for cell in self.seen})

    def _is_hidden(self, cell: Source, rows: set[int], columns: list[tuple[int, int]]) -> bool:
        """Whether nothing of a cell is to be seen; of a merged one all its rows or all its columns must be hidden."""
        span = self.spans.get((cell.row, cell.column))
        last_row, last_column = (span.max_row, span.max_col) if span else (cell.row, cell.column)
        # a range longer than the list of hidden rows is not walked
        if last_row - cell.row < len(rows) and all(row in rows for row in range(cell.row, last_row + 1)):
            return True
        return any(first <= cell.column and last_column <= last for first, last in columns)

    def read(self) -> None:
        """Say every row; then, aside, what is hidden."""
        if self.sheet.sheet_state != "visible":
            self.hidden, self.seen = [*self.hidden, *self.seen], []
        if self.seen:
            self._tables()
        if self.hidden:
            self._hidden()

    def _tables(self) -> None:
        """From each head to the next, or to the signature, a table; everything else row by row."""
        cells = self._cells()
        grid = Grid(tuple(cells))
        heads = {row: head for row in grid.rows if (head := header(grid, row))}
        rows = list(heads)
        starts = [row for at, row in enumerate(rows) if not at or row > rows[at - 1] + heads[rows[at - 1]].rows - 1]
        ends = [*starts[1:], len(self.rows)]
        first = starts[0] if starts else len(self.rows)
        self._loose(grid, range(first))
        for start, end in zip(starts, ends):
            close = next((row for row in range(start + 1, end) if _closes(grid.rows.get(row, []))), end)
            # prose that goes on under a table stands in its first column, and no row of the table follows it
            while (
                close > start + 1
                and [cell.column for cell in grid.rows.get(close - 1, ())] == [0]
                and len(grid.rows[close - 1][0].text) > _LONGEST_LABEL
            ):
                close -= 1
            top = heads[start]
            numbers = {
                column
                for (begin, stop), name in zip(top.spans, top.names)
                if column_role(name) == "number"
                for column in range(begin, stop)
            }
            self.before = ""
            part = [self._labelled(cell, numbers) for row in range(start, close) for cell in grid.rows.get(row, ())]
            self.out.table(
                Grid(
                    tuple(replace(cell, row=cell.row - start) for cell in part),
                    {row - start: self._place(row) for row in range(start, close)},
                )
            )
            self._loose(grid, range(close, end))

    def _labelled(self, cell: GridCell, numbers: set[int]) -> GridCell:
        """A cell of a column of numbers, as a label: after "1.9" the number 1.1 is "1.10", and 1 February is "1.2"."""
        if cell.column not in numbers:
            return cell
        source = self.sheet.cell(self.rows[cell.row], self.columns[cell.column])
        label = cell.text
        if isinstance(source.value, (datetime.datetime, datetime.date)):
            label = f"{source.value.day}.{source.value.month}"
        elif (
            isinstance(source.value, float)
            and (now := re.fullmatch(r"(\d+)\.(\d)", label))
            and (last := re.fullmatch(r"(\d+)\.(\d+)", self.before))
        ):
            follows = int(last[2]) + 1
            if now[1] == last[1] and follows >= 10 and follows == 10 * int(now[2]):
                label = f"{now[1]}.{follows}"
        self.before = label.rstrip(".")
        return replace(cell, parts=(Paragraph(label),))

    def _loose(self, grid: Grid, rows: range) -> None:
        for row in rows:
            cells = grid.rows.get(row, [])
            if len(cells) > 2:
                self.out.budget.row(len(cells))
                self.out.row(tuple(cell.text for cell in cells), self._place(row))
            elif cells:
                self.out.loose(cells, self._place(row))

    def _cells(self) -> list[GridCell]:
        """The cells that are seen, by their count among rows and columns that hold any."""
        found = []
        for source in self.seen:
            span = self.spans.get((source.row, source.column))
            row, column = bisect_left(self.rows, source.row), bisect_left(self.columns, source.column)
            rows = bisect_left(self.rows, span.max_row + 1) - row if span else 1
            columns = bisect_left(self.columns, span.max_col + 1) - column if span else 1
            found.append(
                GridCell(
                    row, column, max(rows, 1), max(columns, 1), (Paragraph(shown(source), bold=bool(source.font.b)),)
                )
            )
        return found

    def _place(self, row: int) -> str:
        return f"sheet:{self.name}/row:{self.rows[row]}"

    def _hidden(self) -> None:
        """What is hidden, a row a block, with the rows and columns named at the first."""
        by_row: dict[int, list[str]] = {}
        for cell in sorted(self.hidden, key=lambda cell: (cell.row, cell.column)):
            by_row.setdefault(cell.row, []).append(shown(cell))
        columns = [
            get_column_letter(first)
            if first == last
            else f"{get_column_letter(first)}–{get_column_letter(min(last, 16384))}"
            for first, last in (
                (column.min, column.max)
                for column in self.sheet.column_dimensions.values()
                if column.hidden and column.min
            )
        ]
        rows = [
            number
            for number in by_row
            if number in self.sheet.row_dimensions and self.sheet.row_dimensions[number].hidden
        ]
        said = (
            self.name
            if self.sheet.sheet_state != "visible"
            else f"{self.name}: {', '.join([*map(str, rows[:12]), *(['…'] if len(rows) > 12 else []), *columns])}"
        )
        for at, (row, words) in enumerate(by_row.items()):
            self.out.aside(" ".join(words), f"sheet:{self.name}/row:{row}", note="" if at else f"sheet_hidden {said}")


def shown(cell: Source) -> str:
    """A cell's words as it shows them: 1.1 in the format 0.00 is "1.10", 0.95 in 0% is "95%", a date "15/12/2026"."""
    value, form = cell.value, cell.number_format or "General"
    if value is None:
        return ""
    if isinstance(value, str):
        return from_font(value, cell.font.name if cell.font else None).strip()
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, (datetime.datetime, datetime.date)):
        if "d" not in re.sub(r"\[[^]]*\]|\"[^\"]*\"", "", form.lower()):
            return f"{value.month:02}/{value.year}"
        return f"{value.day:02}/{value.month:02}/{value.year}"
    if isinstance(value, (int, float)):
        if "%" in form:
            return f"{100 * value:.{_decimals(form)}f}%"
        if re.fullmatch(r"[#,]*0+(?:\.0+)?(?:[;_ ].*)?", form) and ("." in form or isinstance(value, float)):
            return f"{value:.{_decimals(form)}f}"
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    return str(value)


def _decimals(form: str) -> int:
    found = re.search(r"\.(0+)", form)
    return len(found[1]) if found else 0


def _closes(cells: list[GridCell]) -> bool:
    """Whether a row is the signature or the list of receivers under a table."""
    openers = {(row["zone"], key(row["words"])) for row in table("zones")}
    for cell in cells:
        said = key(cell.text.split("\n")[0])
        if any(
            zone == "back"
            and (said + " ").startswith(words + " ")
            or zone == "signature"
            and said == words
            and cell.text.isupper()
            for zone, words in openers
        ):
            return True
    return False


def _without_value(content: bytes) -> int:
    """How many formulas no program has ever counted: they show nothing, and nobody may think the cell is empty."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [part for part in package.namelist() if part.startswith("xl/worksheets/") and part.endswith(".xml")]
        return sum(
            re.search(rb"<f[ />]", cell) is not None and re.search(rb"<v>[^<]", cell) is None
            for part in sheets
            for cell in package.read(part).split(b"<c ")[1:]
        )
