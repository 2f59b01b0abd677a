"""Slides that an office can go on editing: native tables and charts, notes, slide numbers; every text measured so that
none leaves its box.

In: words and numbers, lengths in inches on a page of 16:9; the template that is worn. Out: a python-pptx presentation
made in memory, and its bytes. Paper, layouts, letters and colours stand in `deck.pptx`, which PowerPoint opens and
changes, or in the office's own template: its titles stay where and as they are there, and what we draw is fitted into the
room between title and foot. What a template lacks is put in its place, and can be asked for (`missing_layouts`).
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from ui.draw.measure import width_of, wrap
from ui.draw.palette import INK, PAGE, PANEL, RULE
from ui.export import office, plain
from ui.words import labels

EMU = 914_400
"""Of PowerPoint's units in an inch."""
WIDTH, HEIGHT = 13.333, 7.5
LEFT, ROOM = 0.6, 12.133
TOP, BOTTOM = 1.55, 6.6
"""Where the body of a slide begins and ends."""
BODY = 16
"""The smallest size of a body's letters on the slides for a chair."""
LAYOUTS = {"title": "Title Slide", "titleOnly": "Title Only"}
"""The layouts that our slides are made from, by the type that PowerPoint gives them in every language, and their
names.
"""
_OWN = Path(__file__).with_name("deck.pptx")
_NOTE, _NOTE_HIGH = BOTTOM + 0.05, 0.45
_LOGO_WIDE, _LOGO_HIGH = 2.4, 0.9
_WIDER = {"Arial": 1.12, "Times New Roman": 1.0}
"""Letters of a face beside those that `width_of` measures: of faces that every office program has, or one as wide."""
_WIDEST = 1.32
"""The same of any other: a machine without it puts one in its place, and Verdana and DejaVu are the widest in use."""
_LINE = 1.2
_PAD = 0.08
_NAMES = 0.35
"""So much of a chart's width the names of its bars take at most."""
_HIGHEST = 0.4
"""A title ends above so much of a slide's height, where a body has its room."""
_FOOT = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
_SMALLEST_TITLE, _LARGEST_TITLE = 18, 36
_WIDOW = 14
"""Letters: a last line of a title that is shorter stands alone."""
_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


# The presentation.


def new(title: str) -> Any:
    """An empty presentation: the worn template without its slides, else ours; what it says of itself is ours."""
    deck = Presentation(str(office.template("pptx") or _OWN))
    _empty(deck)
    core = deck.core_properties
    core.title = core.subject = plain.text(title)[:255]
    core.author = core.last_modified_by = plain.text(office.worn().name)[:255]
    core.comments, core.keywords, core.category = labels.t("common.guard"), "PAPI", ""
    core.language, core.revision = _LANGUAGES[labels.lang()], 1
    core.created = core.modified = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
    return deck


def _empty(deck: Any) -> None:
    """Takes the slides of a template out, and what is said of them by their numbers."""
    listed = deck.slides._sldIdLst
    for one in list(listed):
        deck.part.drop_rel(one.rId)
        listed.remove(one)
    for name in ("p:custShowLst", "p:extLst"):
        for told in deck.part._element.findall(qn(name)):
            deck.part._element.remove(told)


def missing_layouts(template: Path) -> list[str]:
    """Which of the layouts that our slides are made from a template lacks, and whether its slides bear no number.
    Raises ValueError where it cannot be opened.
    """
    try:
        deck = Presentation(str(template))
        kinds = {layout._element.get("type") for layout in deck.slide_layouts}
        lacking = [name for kind, name in LAYOUTS.items() if kind not in kinds]
        numbered = bool(_numbers(_layout(deck, "titleOnly")))
    except Exception as trouble:
        # a file that says that it is PowerPoint's and is not fails in as many ways as there are files
        raise ValueError(labels.t("profile.no_template", file=template.name)) from trouble
    return lacking if numbered else [*lacking, "Slide Number"]


def _layout(deck: Any, kind: str) -> Any:
    """The layout of a type; where the template has none, the first whose title stands over a body, else the first with
    any title, else the first.
    """
    layouts = list(deck.slide_layouts)
    ranked = [
        *(layout for layout in layouts if layout._element.get("type") == kind),
        *(layout for layout in layouts if any(map(_is_above, layout.placeholders))),
        *(layout for layout in layouts if any(map(_is_title, layout.placeholders))),
        *layouts,
    ]
    return ranked[0]


def _is_above(placeholder: Any) -> bool:
    """Whether it is a title that leaves room for a body below."""
    low = placeholder.part.package.presentation_part.presentation.slide_height * _HIGHEST
    return _is_title(placeholder) and placeholder.top is not None and placeholder.top + placeholder.height < low


def _is_title(placeholder: Any) -> bool:
    return placeholder.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def kind_of(placeholder: Any) -> str:
    """ "title", "number", or "body" for everything else."""
    if _is_title(placeholder):
        return "title"
    return "number" if placeholder.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER else "body"


def _numbers(layout: Any) -> list[Any]:
    return [one for one in layout.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER]


def save(deck: Any) -> bytes:
    """The file, made in memory: what is drawn on each slide is put into the room of its layout, and the slide is
    numbered.
    """
    for at, made in enumerate(deck.slides, 1):
        _settle(made)
        if at > 1:
            _number(made, at)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def sorry(words: str) -> bytes:
    """A slide that only says this."""
    deck = new(words)
    slide(deck, words, "")
    return save(deck)


def _room(made: Any) -> tuple[float, float, float]:
    """Where what we draw begins on a slide of this layout, in inches, and by how much it is made smaller: the room
    between the title and the foot, and as wide as the title.
    """
    paper = made.part.package.presentation_part.presentation
    wide, high = paper.slide_width / EMU, paper.slide_height / EMU
    title = next((one for one in made.slide_layout.placeholders if _is_above(one)), None)
    left, top, room = wide * LEFT / WIDTH, high * TOP / HEIGHT, wide * ROOM / WIDTH
    if title is not None:
        top = (title.top + title.height) / EMU + 0.15 * high / HEIGHT
        if title.width / EMU > wide * 0.6:
            left, room = title.left / EMU, title.width / EMU
    feet = [
        one.top / EMU
        for one in made.slide_layout.placeholders
        if one.placeholder_format.type in _FOOT and one.top and one.top / EMU > high * 0.8
    ]
    bottom = min([*feet, high * 0.98])
    return left, top, min(room / ROOM, (bottom - top) / (_NOTE + _NOTE_HIGH - TOP))


def _settle(made: Any) -> None:
    """Puts what was drawn for a page of ours into the room of this slide."""
    left, top, by = _room(made)
    if abs(by - 1) < 0.01 and abs(left - LEFT) < 0.01 and abs(top - TOP) < 0.02:
        return
    for shape in made.shapes:
        if shape.is_placeholder:
            continue
        at = shape.left / EMU, shape.top / EMU
        shape.left, shape.top = Inches(left + (at[0] - LEFT) * by), Inches(top + (at[1] - TOP) * by)
        shape.width, shape.height = int(shape.width * by), int(shape.height * by)
        element = shape._element
        if shape.has_chart:
            element = shape.chart._chartSpace
        for part in element.iter(qn("a:gridCol"), qn("a:tr"), qn("a:tcPr"), qn("a:bodyPr"), qn("a:spcPts")):
            for name in ("w", "h", "marL", "marR", "marT", "marB", "lIns", "rIns", "tIns", "bIns", "val"):
                if part.get(name):
                    part.set(name, str(round(int(part.get(name)) * by)))
        for letters in element.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
            if letters.get("sz"):
                letters.set("sz", str(max(100, round(int(letters.get("sz")) * by / 50) * 50)))


def _number(made: Any, at: int) -> None:
    """The number of a slide, where its layout has it, else at its lower right."""
    found = _numbers(made.slide_layout)
    if found:
        shape = deepcopy(found[0]._element)
        shape.spPr.clear()
        for old in list(shape.txBody.findall(qn("a:p"))):
            shape.txBody.remove(old)
    else:
        paper = made.part.package.presentation_part.presentation
        box = made.shapes.add_textbox(
            int(paper.slide_width * 0.92), int(paper.slide_height * 0.95), int(paper.slide_width * 0.07), Inches(0.3)
        )
        shape = box._element
        shape.txBody.remove(shape.txBody.findall(qn("a:p"))[0])
    language = _LANGUAGES[labels.lang()]
    shape.txBody.append(
        parse_xml(
            f'<a:p {nsdecls("a")}><a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">'
            f'<a:rPr lang="{language}"/><a:t>{at}</a:t></a:fld></a:p>'
        )
    )
    shape.nvSpPr.cNvPr.set("id", str(max(int(one.get("id")) for one in made.shapes._spTree.iter(qn("p:cNvPr"))) + 1))
    if found:
        made.shapes._spTree.append(shape)


# Words that fit.


@lru_cache(maxsize=8)
def _wider_of(template: Path, changed: int) -> float:
    """How wide the letters of a template run; `changed` is when it was written."""
    for part in Presentation(str(template)).slide_master.part.rels.values():
        if part.reltype.endswith("/theme"):
            face = parse_xml(part.target_part.blob).find(f".//{qn('a:minorFont')}/{qn('a:latin')}")
            return _WIDER.get(face.get("typeface") if face is not None else "", _WIDEST)
    return _WIDEST


def wider() -> float:
    """The letters of the slides that are being made beside those that `width_of` measures."""
    template = office.template("pptx")
    return _wider_of(template, template.stat().st_mtime_ns) if template else _WIDER["Arial"]


def lines(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines that a text takes in a column of so many inches, with letters of so many points; a word longer than the
    column is broken.
    """
    found, face = [], wider()
    for line in wrap(words, width * 72 / face, size, bold=bold) or [""]:
        while width_of(line, size, bold=bold) * face > width * 72 and len(line) > 1:
            keep = max(1, int(len(line) * width * 72 / (width_of(line, size, bold=bold) * face)) - 1)
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


def clipped(words: str, width: float, size: float, most: int) -> str:
    """A text in at most so many lines, ended by "…" where it is longer; whoever shows it says where the whole is."""
    words = plain.text(words)
    keep = len(words)
    while keep > 8 and len(lines(plain.short(words, keep), width, size)) > most:
        keep = keep * 19 // 20
    return plain.short(words, keep)


def unwidowed(words: str, width: float, size: float) -> str:
    """A bold heading whose last line is more than one short word: the last words hold together by spaces that do not
    break.
    """
    while len(shown := lines(words, width, size, bold=True)) > 1 and len(shown[-1]) < _WIDOW:
        head, space, tail = words.rpartition(" ")
        if not space or len(tail) > 3 * _WIDOW:
            break
        words = f"{head}\u00a0{tail}"
    return words


# Slides.


def slide(deck: Any, title: str, where: str, *, note: str = "") -> Any:
    """A slide with its title, and the note at its foot; what is cut of either, and `where` it is whole, is said."""
    made = deck.slides.add_slide(_layout(deck, "titleOnly"))
    head = made.shapes.title
    for other in list(made.placeholders):
        if other._element is not getattr(head, "_element", None):
            other._element.getparent().remove(other._element)
    if head is None:
        text(made, [fitted(title, ROOM - 0.3, 26, 2, where, bold=True)], LEFT, 0.4, ROOM, 1.0, size=26, bold=True)
    else:
        _raise(head)
        _fill(head, title, where)
    if note:
        text(made, [fitted(note, ROOM - 0.2, 12, 2, where)], LEFT, _NOTE, ROOM, _NOTE_HIGH, size=12)
    return made


def front(deck: Any, title: str, said: Sequence[str], where: str) -> Any:
    """The first slide: what it is about, whose it is and when, and the office's logo where there is room above."""
    made = deck.slides.add_slide(_layout(deck, "title"))
    head = made.shapes.title
    below = next((one for one in made.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE), None)
    for other in list(made.placeholders):
        if other._element not in [one._element for one in (head, below) if one is not None]:
            other._element.getparent().remove(other._element)
    if head is None:
        text(made, [fitted(title, ROOM - 0.3, 36, 3, where, bold=True)], LEFT, TOP, ROOM, 2.0, size=36, bold=True)
    else:
        _fill(head, title, where)
    if below is None:
        text(made, [fitted(line, ROOM - 0.3, 18, 2, where) for line in said], LEFT, 4.0, ROOM, 2.4, size=18, after=6)
    else:
        _paragraphs(below, said, where)
    _logo(made, head)
    return made


def _logo(made: Any, head: Any) -> None:
    """The office's picture above the title; none where a template leaves no room for it."""
    worn, paper = office.worn(), made.part.package.presentation_part.presentation
    by = paper.slide_width / EMU / WIDTH
    if worn.logo is None or (head is not None and head.top / EMU < (0.6 + _LOGO_HIGH) * by):
        return
    shape = made.shapes.add_picture(str(worn.logo), Inches(LEFT * by), Inches(0.5 * by))
    # the room of what is drawn below a title is not that of a picture above it
    size = min(_LOGO_WIDE * by * EMU / shape.width, _LOGO_HIGH * by * EMU / shape.height)
    shape.width, shape.height = int(shape.width * size), int(shape.height * size)
    shape._element.nvPicPr.cNvPr.set("descr", plain.text(worn.name)[:255])


def _raise(head: Any) -> None:
    """A title that a layout has in the middle of the slide, put where ours stand."""
    if not _is_above(head):
        paper = head.part.package.presentation_part.presentation
        across, down = paper.slide_width / WIDTH, paper.slide_height / HEIGHT
        head.left, head.width = int(LEFT * across), int(ROOM * across)
        head.top, head.height = int(0.4 * down), int(1.0 * down)


def _fill(head: Any, words: str, where: str) -> None:
    """A title in its box: as large as its layout has it, smaller where it is long, and cut where it is longer still."""
    width, high, usual = head.width / EMU - 0.3, head.height / EMU, size_of(head)
    words, size = plain.text(words), min(usual, _LARGEST_TITLE)
    while size > _SMALLEST_TITLE and len(lines(words, width, size, bold=True)) > _most(high, size):
        size -= 2
    shown = unwidowed(fitted(words, width, size, _most(high, size), where, bold=True), width, size)
    head.text_frame.text = shown
    run = head.text_frame.paragraphs[0].runs[0] if shown else None
    if run is not None:
        run._r.get_or_add_rPr().set("lang", _LANGUAGES[labels.lang()])
        if size != usual:
            run.font.size = Pt(size)


def _most(high: float, size: float) -> int:
    """So many lines of a size a box holds."""
    return max(1, int((high - 0.06) * 72 / (size * _LINE)))


def _paragraphs(box: Any, said: Sequence[str], where: str) -> None:
    """Paragraphs in a placeholder, each in the size of its layout or smaller, so that all stand in it."""
    width, high, usual = box.width / EMU - 0.3, box.height / EMU, size_of(box)
    said, size = [plain.text(words) for words in said if words], usual

    def taken() -> float:
        return sum(len(lines(words, width, size)) * size * _LINE / 72 + size * 0.35 / 72 for words in said)

    while size > 12 and taken() > high - 0.1:
        size -= 1
    if taken() > high - 0.1:
        said = [fitted(words, width, size, 2, where) for words in said]
    box.text_frame.text = "\n".join(said)
    for paragraph in box.text_frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", _LANGUAGES[labels.lang()])
            if size != usual:
                run.font.size = Pt(size)


def size_of(placeholder: Any) -> float:
    """The size that a placeholder has of its layout, else of the master."""
    layout = placeholder._base_placeholder
    ours = "p:titleStyle" if _is_title(placeholder) else "p:bodyStyle"
    master = placeholder.part.slide_layout.slide_master._element
    for root in (layout._element.txBody if layout is not None else None, master.find(f".//{qn(ours)}")):
        shape = None if root is None else root.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        if shape is not None and shape.get("sz"):
            return int(shape.get("sz")) / 100
    return 28.0 if _is_title(placeholder) else 18.0


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
    after: float = 0,
) -> Any:
    """A box of paragraphs, named by its first words for those who hear the slide."""
    box = made.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    write(box.text_frame, paragraphs, size=size, bold=bold, after=after)
    return box


def write(
    frame: Any,
    paragraphs: Sequence[str],
    *,
    size: float,
    bold: bool = False,
    color: str | None = None,
    align: Any = PP_ALIGN.LEFT,
    anchor: Any = MSO_ANCHOR.TOP,
    after: float = 0,
) -> None:
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = Inches(_PAD)
    frame.margin_top = frame.margin_bottom = Inches(0.03)
    language = _LANGUAGES[labels.lang()]
    for at, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = align, Pt(after)
        run = paragraph.add_run()
        run.text = plain.text(words)
        run._r.get_or_add_rPr().set("lang", language)
        _font(run.font, size, bold, color)


def height_of(words: str, width: float, size: float, *, bold: bool = False) -> float:
    """Inches that a text takes in a cell of so many inches."""
    return len(lines(words, width - 2 * _PAD - 0.04, size, bold=bold)) * size * _LINE / 72 + 0.08


def pages(
    rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, room: float, *, least: float = 0.0
) -> list[list[Sequence[str]]]:
    """Rows of a table, none lower than `least`, spread over slides, as many on each as `room` inches hold under its
    head.
    """
    spread: list[list[Sequence[str]]] = []
    left = 0.0
    for row in rows:
        high = max(least, *(height_of(words, width, size) for words, width in zip(row, widths)))
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
            fill = PANEL if at == 0 else fills[at - 1][column] if fills else None
            write(
                cell.text_frame,
                [words],
                size=size,
                bold=at == 0,
                # what is filled is pale, whatever the template's ground
                color=INK if fill else None,
                align=PP_ALIGN.CENTER if centred and column else PP_ALIGN.LEFT,
            )
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_left = cell.margin_right = Inches(_PAD)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
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
    size: float = 12,
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
    _font(chart.font, size, False)
    chart.has_title, chart.has_legend = False, True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = rgb(RULE)
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45 if len(categories) > 2 else 150, 100
    most = max((sum(values[at] for values in series.values()) for at in range(len(categories))), default=0) or 1
    beside = max((width_of(plain.text(name), size) * wider() for name in categories), default=0)
    scale = (ROOM * 72 - min(beside, ROOM * 72 * _NAMES) - 60) * 0.9 / most
    for one, values, colour in zip(plot.series, series.values(), colours):
        one.format.fill.solid()
        one.format.fill.fore_color.rgb = rgb(colour)
        one.format.line.color.rgb = rgb(PAGE)
        shown = one.data_labels
        shown.show_value, shown.number_format, shown.number_format_is_linked = True, "0;;;", False
        shown.position = XL_LABEL_POSITION.CENTER
        _font(shown.font, size, True, INK if is_pale(colour) else PAGE)
        for at in reversed(
            [
                at
                for at, value in enumerate(values)
                if value and value * scale < width_of(labels.num(value), size, bold=True) * wider() + 2
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


def is_pale(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue > 150


def _font(font: Any, size: float, bold: bool, color: str | None = None) -> None:
    """The face, and the colour where none is named, are those of the template."""
    font.size, font.bold = Pt(size), bold
    if color:
        font.color.rgb = rgb(color)
