"""The sheets of a workbook drawn small: the first rows and columns of each, as a window shows them.

In: the bytes of an Excel file. Out: a picture a sheet. Charts and what stands further down are not drawn.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ui.draw.measure import width_of
from ui.draw.palette import RULE
from ui.export import plain
from ui.export.preview.sheet import Picture, Sheet
from ui.words import labels

_FACE = "Arial, Liberation Sans, sans-serif"
_WIDE, _HIGH, _ROW, _LETTERS = 720.0, 405.0, 22.0, 11.0
_DIGIT = 5.6
"""Points of a letter, by which Excel counts the width of a column."""
_USUAL = 9.0


def pictures(made: bytes) -> Iterator[Picture]:
    """A picture a sheet, named by it."""
    for one in load_workbook(io.BytesIO(made)).worksheets:
        sheet, y = Sheet(_WIDE, _HIGH, _FACE), 0.0
        for row in one.iter_rows(max_row=int(_HIGH / _ROW), max_col=20):
            x = 0.0
            for cell in row:
                wide = (one.column_dimensions[get_column_letter(cell.column)].width or _USUAL) * _DIGIT
                if x < _WIDE:
                    sheet.box(x, y, min(wide, _WIDE - x), _ROW, stroke=RULE)
                    room = min(wide, _WIDE - x) if _followed(row, cell.column) else _WIDE - x
                    words = _fitted(_said(cell.value), room - 8, bold=bool(cell.font.b))
                    sheet.text(x + 4, y + _ROW * 0.68, words, _LETTERS, bold=bool(cell.font.b))
                x += wide
            y += _ROW
        yield sheet.picture(one.title)


def _followed(row: tuple, column: int) -> bool:
    """Whether the next cell holds something: else words run on over it."""
    return column >= len(row) or row[column].value is not None


def _said(value: object) -> str:
    if isinstance(value, datetime.date):
        return labels.day(value)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return labels.num(value) if is_number else plain.text(value)  # type: ignore[arg-type]


def _fitted(words: str, room: float, *, bold: bool) -> str:
    while words and width_of(words, _LETTERS, bold=bold) * 1.12 > room:
        words = words[: len(words) * 9 // 10]
    return words
