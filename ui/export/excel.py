"""Excel workbooks that print well: frozen heads, filters, widths, one page wide, page numbers.

In: words and numbers; words stay words, whatever they begin with. Out: an XlsxWriter workbook made in memory, and its
bytes.
"""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from ui.draw.palette import SOFT, VAGUE
from ui.export import origin, plain
from ui.words import labels

FONT = "Times New Roman"
MOST_LETTERS = 32000
"""A cell holds 32,767; what is longer is cut and says so."""
_LONGEST_NAME = 31
_DAY = "[$-42A]dd/mm/yyyy"
"""As Vietnam writes it: without a country LibreOffice puts the month first where its own does."""
_WIDER = 0.76
"""Letters of this font are narrower than the digits that widths are counted in, and words break before a line is
full.
"""


class Book:
    """A workbook in the making. `bytes` closes it and gives the file."""

    def __init__(self, title: str) -> None:
        self._out = io.BytesIO()
        # nothing on the disk, and no text that becomes a formula, a link or a number
        self.book = xlsxwriter.Workbook(
            self._out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": _DAY,
            },
        )
        self.book.set_properties({"title": plain.text(title)[:255], "author": "", "comments": ""})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()

    def format(self, **how: Any) -> Any:
        """A cell's format, made once: `format(bold=True)`."""
        key = tuple(sorted(how.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": FONT, "font_size": 11, "valign": "top", **how})
        return self._formats[key]

    def sheet(self, name: str, *, landscape: bool = True, named: bool = False) -> Any:
        """A sheet of A4, as many pages long as it needs and one wide, with its name and page below; `named` where
        `free_name` gave its name.
        """
        sheet = self.book.add_worksheet(name if named else self.free_name(name))
        sheet.set_paper(9)
        sheet.set_landscape() if landscape else sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def free_name(self, name: str) -> str:
        """A name that Excel allows, and that no other sheet has: at most 31 letters, none of []:*?/\\."""
        wanted = re.sub(r"[\[\]:*?/\\]", " ", plain.text(name)).strip("' ")[:_LONGEST_NAME] or "1"
        found, number = wanted, 2
        while found.lower() in self._names:
            found, number = f"{wanted[: _LONGEST_NAME - 4]} {number}", number + 1
        self._names.add(found.lower())
        return found

    def put(self, sheet: Any, row: int, column: int, value: Any, **how: Any) -> None:
        """One value in one cell: a number as a number, a day as a day, nothing as an empty cell, everything else as words,
        which are a link where they end in the address that the file leads back to.
        """
        shape = self.format(**how)
        if value is None or value != value or value is False or value == "":
            sheet.write_blank(row, column, None, shape)
        elif value is True:
            sheet.write_string(row, column, labels.t("common.yes"), shape)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, shape)
        elif isinstance(value, datetime.date) and value.year >= 1900:
            sheet.write_datetime(
                row,
                column,
                datetime.datetime(value.year, value.month, value.day),
                self.format(num_format=_DAY, align="left", **how),
            )
        else:
            words = plain.text(value)
            if (link := origin.link_of(words)) and sheet.write_url(row, column, link, shape, words) == 0:
                return
            sheet.write_string(
                row,
                column,
                words if len(words) <= MOST_LETTERS else plain.cut(words, MOST_LETTERS, labels.t("office.in_document")),
                shape,
            )

    def head(self, sheet: Any, title: str, notes: Sequence[str] = ()) -> int:
        """A title and lines under it; the first free row. Long lines run over the empty cells beside them."""
        self.put(sheet, 0, 0, title, bold=True, font_size=14)
        for at, note in enumerate(notes, 1):
            self.put(sheet, at, 0, note, italic=True, font_color=SOFT)
        return len(notes) + 2

    def heights(self, sheet: Any, row: int, cells: Sequence[tuple[Any, float]]) -> None:
        """A row as high as its words need: (value, width in letters). Excel would find that itself, other programs do
        not; 409 points is the most.
        """
        lines = max(
            (
                math.ceil(len(plain.text(value)) * _WIDER / width)
                for value, width in cells
                if isinstance(value, str) and value
            ),
            default=1,
        )
        sheet.set_row(row, min(max(lines, 1) * 15.0, 409))

    def table(
        self,
        sheet: Any,
        columns: Mapping[str, str],
        widths: Sequence[float],
        rows: Sequence[Mapping[str, Any]],
        *,
        top: int = 0,
        filtered: bool = True,
    ) -> int:
        """A list with its head frozen and printed on every page; the row after it. `widths` in letters."""
        for at, (words, width) in enumerate(zip(columns.values(), widths, strict=True)):
            sheet.set_column(at, at, width)
            self.put(sheet, top, at, words, bold=True, text_wrap=True, border=1, bg_color=VAGUE[1], valign="vcenter")
        for down, row in enumerate(rows, top + 1):
            for at, key in enumerate(columns):
                self.put(sheet, down, at, row[key], text_wrap=True, border=1)
            self.heights(sheet, down, [(row[key], width) for key, width in zip(columns, widths)])
        self.heights(sheet, top, list(zip(columns.values(), [width - 3 for width in widths])))
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        last = top + max(len(rows), 1)
        if filtered:
            sheet.autofilter(top, 0, last, len(columns) - 1)
        return last + 1

    def about(self, lines: Sequence[str]) -> None:
        """A sheet of its own that says what the file is, from what, and how to cite it."""
        sheet = self.sheet(labels.t("office.about"), landscape=False)
        sheet.set_column(0, 0, 72)
        for at, line in enumerate(lines):
            self.put(sheet, at, 0, line, text_wrap=True, bold=at == 0)
            self.heights(sheet, at, [(line, 72)])

    def bytes(self) -> bytes:
        self.book.close()
        return self._out.getvalue()


def sorry(words: str) -> bytes:
    """A workbook that only says this."""
    book = Book(words)
    book.about([words])
    return book.bytes()
