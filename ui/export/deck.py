"""Slides that an office can go on editing: 16:9, native tables and charts, notes; every text measured so that none
leaves its box.

In: words and numbers, lengths in inches. Out: a python-pptx presentation made in memory, and its bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from ui.draw.measure import width_of, wrap
from ui.draw.palette import INK, PAGE, PANEL, RULE, SOFT
from ui.export import plain
from ui.words import labels

FONT = "Arial"
WIDTH, HEIGHT = 13.333, 7.5
LEFT, ROOM = 0.6, 12.133
TOP, BOTTOM = 1.55, 6.85
"""Where the body of a slide begins and ends."""
_WIDER = 1.12
"""Letters of Arial beside those that `width_of` measures."""
_LINE = 1.2
_PAD = 0.08
_NAMES = 0.35
"""So much of a chart's width the names of its bars take at most."""


def new(title: str) -> Any:
    """An empty presentation of 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.core_properties.title, deck.core_properties.author = plain.text(title)[:255], ""
    return deck


def save(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def sorry(words: str) -> bytes:
    """A slide that only says this."""
    deck = new(words)
    slide(deck, words, "")
    return save(deck)


def lines(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines that a text takes in a column of so many inches, with letters of so many points; a word longer than the
    column is broken.
    """
    found = []
    for line in wrap(words, width * 72 / _WIDER, size, bold=bold) or [""]:
        while width_of(line, size, bold=bold) * _WIDER > width * 72 and len(line) > 1:
            keep = max(1, int(len(line) * width * 72 / (width_of(line, size, bold=bold) * _WIDER)) - 1)
            found.append(line[:keep])
            line = line[keep:]
        found.append(line)
    return found


def fitted(words: str, width: float, size: float, most: int, where: str, *, bold: bool = False) -> str:
    """A text in at most so many lines; what is cut says how much is left, and `where` it is."""
    words = plain.text(words)
    keep = len(words)
    while keep > 8 and len(lines(plain.cut(words, keep, where), width, size, bold=bold)) > most:
        keep = keep * 9 // 10
    return plain.cut(words, keep, where)


def slide(deck: Any, title: str, where: str, *, note: str = "") -> Any:
    """A slide with its title in at most two lines, a line below it, and the note at its foot."""
    made = deck.slides.add_slide(deck.slide_layouts[5])
    head = made.shapes.title
    head.left, head.top, head.width, head.height = Inches(LEFT), Inches(0.4), Inches(ROOM), Inches(1.0)
    write(
        head.text_frame,
        [fitted(title, ROOM - 0.3, 26, 2, where, bold=True)],
        size=26,
        bold=True,
        anchor=MSO_ANCHOR.MIDDLE,
    )
    if note:
        text(made, [fitted(note, ROOM, 11, 2, where)], LEFT, BOTTOM + 0.08, ROOM, 0.45, size=11, color=SOFT)
    return made


def text(
    made: Any,
    paragraphs: Sequence[str],
    left: float,
    top: float,
    width: float,
    height: float,
    *,
    size: float = 18,
    bold: bool = False,
    color: str = INK,
    after: float = 0,
) -> Any:
    """A box of paragraphs, named by its first words for those who hear the slide."""
    box = made.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    write(box.text_frame, paragraphs, size=size, bold=bold, color=color, after=after)
    return box


def write(
    frame: Any,
    paragraphs: Sequence[str],
    *,
    size: float,
    bold: bool = False,
    color: str = INK,
    align: Any = PP_ALIGN.LEFT,
    anchor: Any = MSO_ANCHOR.TOP,
    after: float = 0,
) -> None:
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = Inches(_PAD)
    frame.margin_top = frame.margin_bottom = Inches(0.03)
    for at, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = align, Pt(after)
        run = paragraph.add_run()
        run.text = plain.text(words)
        _font(run.font, size, bold, color)


def height_of(words: str, width: float, size: float, *, bold: bool = False) -> float:
    """Inches that a text takes in a cell of so many inches."""
    return len(lines(words, width - 2 * _PAD - 0.04, size, bold=bold)) * size * _LINE / 72 + 0.08


def pages(
    rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, room: float
) -> list[list[Sequence[str]]]:
    """Rows of a table spread over slides, as many on each as `room` inches hold under its head."""
    spread: list[list[Sequence[str]]] = []
    left = 0.0
    for row in rows:
        high = max(height_of(words, width, size) for words, width in zip(row, widths))
        if not spread or high > left:
            spread.append([])
            left = room
        spread[-1].append(row)
        left -= high
    return spread


def table(
    made: Any,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    top: float = TOP,
    size: float = 12,
    centred: bool = False,
    fills: Sequence[Sequence[str | None]] = (),
    least: float = 0.0,
) -> Any:
    """A native table; `centred` centres every column but the first, `fills` colours the cells row by row, `least` is
    the least height of a row.
    """
    heights = [
        max(least, *(height_of(words, width, size, bold=at == 0) for words, width in zip(row, widths)))
        for at, row in enumerate([headings, *rows])
    ]
    shape = made.shapes.add_table(
        len(rows) + 1, len(widths), Inches(LEFT), Inches(top), Inches(sum(widths)), Inches(sum(heights))
    )
    grid = shape.table
    style = shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # no fill, thin grid
    grid.horz_banding = False
    for column, width in zip(grid.columns, widths):
        column.width = Inches(width)
    for at, (row, high) in enumerate(zip([headings, *rows], heights)):
        grid.rows[at].height = Inches(high)
        for column, words in enumerate(row):
            cell = grid.cell(at, column)
            write(
                cell.text_frame,
                [words],
                size=size,
                bold=at == 0,
                align=PP_ALIGN.CENTER if centred and column else PP_ALIGN.LEFT,
            )
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_left = cell.margin_right = Inches(_PAD)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            fill = PANEL if at == 0 else fills[at - 1][column] if fills else None
            if fill:
                cell.fill.solid()
                cell.fill.fore_color.rgb = rgb(fill)
    return shape


def bars(
    made: Any,
    categories: Sequence[str],
    series: Mapping[str, Sequence[int]],
    colours: Sequence[str],
    *,
    alt: str,
    top: float = TOP,
    room: float = BOTTOM - TOP,
) -> Any:
    """A native stacked bar chart; the first category stands on top. A zero has no number, and so has a bar that is
    narrower than its number.
    """
    data = CategoryChartData()
    data.categories = [plain.text(name) for name in categories]
    for name, values in series.items():
        data.add_series(plain.text(name), values)
    frame = made.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED, Inches(LEFT), Inches(top), Inches(ROOM), Inches(room), data
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain.text(alt))
    chart = frame.chart
    _font(chart.font, 12, False, INK)
    chart.has_title, chart.has_legend = False, True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = rgb(RULE)
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45 if len(categories) > 2 else 150, 100
    most = max((sum(values[at] for values in series.values()) for at in range(len(categories))), default=0) or 1
    beside = max((width_of(plain.text(name), 12) * _WIDER for name in categories), default=0)
    scale = (ROOM * 72 - min(beside, ROOM * 72 * _NAMES) - 60) * 0.9 / most
    for one, values, colour in zip(plot.series, series.values(), colours):
        one.format.fill.solid()
        one.format.fill.fore_color.rgb = rgb(colour)
        one.format.line.color.rgb = rgb(PAGE)
        shown = one.data_labels
        shown.show_value, shown.number_format, shown.number_format_is_linked = True, "0;;;", False
        shown.position = XL_LABEL_POSITION.CENTER
        _font(shown.font, 11, True, INK if _is_pale(colour) else PAGE)
        for at in reversed(
            [
                at
                for at, value in enumerate(values)
                if value and value * scale < width_of(labels.num(value), 11, bold=True) * _WIDER + 2
            ]
        ):
            shown._element.insert(
                0, parse_xml(f'<c:dLbl {nsdecls("c")}><c:idx val="{at}"/><c:delete val="1"/></c:dLbl>')
            )
    for name in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        # the library numbers its axes below zero, which the schema does not allow
        name.set("val", name.get("val").lstrip("-"))
    return frame


def notes(made: Any, said: Sequence[str]) -> None:
    """The speaker's notes: sources and what cannot stand on the slide."""
    made.notes_slide.notes_text_frame.text = "\n".join(plain.text(line) for line in said)


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


def tint(colour: str, share: float) -> str:
    """A colour on white paper: so much of it."""
    return "#" + "".join(f"{round(255 - (255 - int(colour[at : at + 2], 16)) * share):02X}" for at in (1, 3, 5))


def _is_pale(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue > 150


def _font(font: Any, size: float, bold: bool, color: str) -> None:
    font.name, font.size, font.bold = FONT, Pt(size), bold
    font.color.rgb = rgb(color)
