"""Slides drawn small: the words, tables, charts and pictures of a PowerPoint file, each in its place.

In: the bytes of a file that `ui.export.deck` made. Out: a picture a slide. A template's own ground and ornaments are not
drawn.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn

from ui.draw.measure import width_of
from ui.draw.palette import INK, PAGE, RULE
from ui.export import deck
from ui.export.preview.sheet import Picture, Sheet
from ui.words import labels

_FACE = "Arial, Liberation Sans, sans-serif"
_LINE, _RISE = 1.2, 0.95
"""A line's height, and where its letters stand in it, in parts of their size."""
_EMU = 12_700
_ANCHORS = {"ctr": 0.5, "b": 1.0}


def pictures(made: bytes) -> Iterator[Picture]:
    """A picture a slide."""
    opened: Any = Presentation(io.BytesIO(made))
    for one in opened.slides:
        sheet = Sheet(opened.slide_width / _EMU, opened.slide_height / _EMU, _FACE)
        for shape in one.shapes:
            _draw(sheet, shape)
        title = one.shapes.title
        words = title.text_frame.text if title is not None else ""
        yield sheet.picture(words.replace("\u00a0", " "))


def _draw(sheet: Sheet, shape: Any) -> None:
    x, y, width, height = (side / _EMU for side in (shape.left, shape.top, shape.width, shape.height))
    if shape.has_text_frame:
        _words(sheet, shape.text_frame, x, y, width, height, _usual(shape), _anchor(shape))
    elif getattr(shape, "has_table", False) and shape.has_table:
        _table(sheet, shape.table, x, y)
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        _bars(sheet, shape.chart, x, y, width, height)
    elif hasattr(shape, "image"):
        sheet.image(x, y, width, height, shape.image.blob, shape.image.content_type)


@dataclass(frozen=True)
class _Usual:
    """The manner of letters that say none of their own."""

    size: float
    bold: bool = False
    align: str = "start"


_PLAIN, _NUMBER = _Usual(18.0), _Usual(12.0, align="end")


def _usual(shape: Any) -> _Usual:
    if not shape.is_placeholder:
        return _PLAIN
    kind = deck.kind_of(shape)
    return _NUMBER if kind == "number" else _Usual(deck.size_of(shape), kind == "title")


def _anchor(shape: Any) -> float:
    """Where words stand in their box: 0 at its top, 1 at its foot; a placeholder may leave it to its layout."""
    while shape is not None:
        said = shape._element.txBody.find(qn("a:bodyPr")).get("anchor")
        if said:
            return _ANCHORS.get(said, 0.0)
        # a master stands on nothing
        shape = getattr(shape, "_base_placeholder", None)
    return 0.0


def _words(
    sheet: Sheet,
    frame: Any,
    x: float,
    y: float,
    width: float,
    height: float,
    usual: _Usual,
    anchor: float,
    color: str = INK,
) -> None:
    """The paragraphs of a frame, broken as we measure them."""
    drawn: list[tuple[str, float, bool, str, float]] = []
    for paragraph in frame.paragraphs:
        fonts = [run.font for run in paragraph.runs]
        size = fonts[0].size.pt if fonts and fonts[0].size else usual.size
        bold = bool(fonts[0].bold) if fonts and fonts[0].bold is not None else usual.bold
        words = "".join(one.text or "" for one in paragraph._p.iter(qn("a:t")))
        align = {PP_ALIGN.CENTER: "middle", PP_ALIGN.RIGHT: "end"}.get(paragraph.alignment, usual.align)
        after = paragraph.space_after.pt if paragraph.space_after is not None else 0
        shown = deck.lines(words, (width - 12) / 72, size, bold=bold)
        drawn += [(line, size, bold, align, after * (line is shown[-1])) for line in shown]
    high = sum(size * _LINE + after for _, size, _, _, after in drawn)
    top = y + 2 + max(0.0, height - 4 - high) * anchor
    for line, size, bold, align, after in drawn:
        at = {"start": x + 6, "middle": x + width / 2, "end": x + width - 6}[align]
        sheet.text(at, top + size * _RISE, line.replace("\u00a0", " "), size, bold=bold, color=color, anchor=align)
        top += size * _LINE + after


def _table(sheet: Sheet, table: Any, x: float, y: float) -> None:
    for row in table.rows:
        left, high = x, row.height / _EMU
        for cell, column in zip(row.cells, table.columns):
            wide = column.width / _EMU
            filled = cell._tc.tcPr is not None and cell._tc.tcPr.find(qn("a:solidFill")) is not None
            sheet.box(left, y, wide, high, f"#{cell.fill.fore_color.rgb}" if filled else "none", RULE)
            _words(sheet, cell.text_frame, left, y, wide, high, _PLAIN, 0.5)
            left += wide
        y += high


def _bars(sheet: Sheet, chart: Any, x: float, y: float, width: float, height: float) -> None:
    """Stacked bars with their names, the key below."""
    plot, size = chart.plots[0], chart.font.size.pt if chart.font.size else 12.0
    names, series = list(plot.categories), list(plot.series)
    colours = [f"#{one.format.fill.fore_color.rgb}" for one in series]
    beside, most = width * 0.35, max((sum(values) for values in zip(*(one.values for one in series))), default=0) or 1
    step = (height - 2 * size) / max(len(names), 1)
    letters = min(size, step * 0.42)
    for at, name in enumerate(names):
        top, left = y + at * step, x + beside
        shown = deck.lines(str(name), (beside - 10) / 72, letters)[:2]
        for down, line in enumerate(shown):
            middle = top + step / 2 + letters * (0.35 + (down - (len(shown) - 1) / 2) * _LINE)
            sheet.text(left - 6, middle, line, letters, anchor="end")
        for one, colour in zip(series, colours):
            value = int(one.values[at] or 0)
            wide = (width - beside - 20) * value / most
            sheet.box(left, top + step * 0.18, wide, step * 0.64, colour, PAGE)
            number = labels.num(value)
            if wide > width_of(number, letters, bold=True) * deck.wider() + 2:
                ink = INK if deck.is_pale(colour) else PAGE
                at_y = top + step / 2 + letters * 0.35
                sheet.text(left + wide / 2, at_y, number, letters, bold=True, color=ink, anchor="middle")
            left += wide
    _key(sheet, [str(one.name) for one in series], colours, x, y + height - size, width, min(size, 16.0))


def _key(sheet: Sheet, names: list[str], colours: list[str], x: float, y: float, width: float, size: float) -> None:
    wide = [width_of(name, size) * deck.wider() + 2.5 * size for name in names]
    left = x + max(0.0, width - sum(wide)) / 2
    for name, colour, room in zip(names, colours, wide):
        sheet.box(left, y, size * 0.7, size * 0.7, colour)
        sheet.text(left + size, y + size * 0.7, name, size)
        left += room
