"""Word documents by the layout of Nghị định 30/2020/NĐ-CP: paper, letters, numbered headings, tables, page numbers.

In: words that were made safe here once more (`plain.text`). Out: a python-docx document, and its bytes. The layout
stands in `nd30.docx`, which Word opens and changes: A4 with margins of 20, 20, 30 and 20 mm (top, bottom, left, right),
the styles Normal, Heading 1 and 2 and Table Grid in Times New Roman, the page number in the middle above the text from
the second page on. It holds no text of its own. An office's own template gives its styles and nothing else: paper,
numbering and page numbers stay the decree's.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml import etree

from ui.draw.palette import VAGUE
from ui.export import office, origin, plain
from ui.words import labels

BODY = 13
"""Size of the body in points; the decree allows 13 and 14."""
SMALL = 11
"""Size inside tables."""
STYLES = ("Normal", "Heading 1", "Heading 2", "Table Grid")
"""What our documents are set in; a template that lacks one gets ours."""
_TEMPLATE = Path(__file__).with_name("nd30.docx")
_NUMBERING = "90"
"""The list in `nd30.docx` by which headings number themselves."""
_DXA = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
_BOX_FONT = "MS Gothic"


@dataclass(frozen=True)
class Run:
    """Words in one manner; size in points, None for the paragraph's own; `marked` where somebody has to write."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float | None = None
    marked: bool = False


@dataclass(frozen=True)
class TickBox:
    """A box that a click ticks, and a pen as well."""


Words = str | Run
Line = Words | Sequence[Words]
Cell = Words | TickBox | Sequence[Line]
"""Words, a box, or several lines, each of one or more runs."""


# The document.


def new(title: str, *, landscape: bool = False) -> Any:
    """An empty document: paper, letters, headings that number themselves and page numbers are those of `nd30.docx`."""
    document = docx.Document(str(_TEMPLATE))
    if template := office.template("docx"):
        _dress(document, template)
    if landscape:
        _turn(document.sections[0])
    language = "vi-VN" if labels.lang() == "vi" else "en-GB"
    for said in document.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), language)
    core = document.core_properties
    core.title, core.language = plain.text(title)[:255], language
    # who has changed the template in Word is not the author of the file
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
    return document


def _turn(section: Any) -> None:
    section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)[section.page_width > section.page_height]


def part(document: Any, *, landscape: bool = False) -> None:
    """A new page with a page 1 of its own, as an annex has it; the first page bears no number."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if landscape != (section.page_width > section.page_height):
        _turn(section)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.insert_element_before(
        parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'), "w:cols", "w:titlePg", "w:docGrid"
    )


def missing_styles(template: Path) -> list[str]:
    """Which of the styles that ours are set in an office's template lacks. Raises ValueError where Word's own reader
    cannot open it.
    """
    theirs = _styles_of(template)[0]
    return [name for name in STYLES if _named(theirs, name) is None]


def _styles_of(template: Path) -> tuple[Any, bytes | None]:
    """The styles of a template and the theme that they name fonts of. No text, picture or program of it is looked
    at.
    """
    try:
        opened = docx.Document(str(template))
        themes = [rel.target_part for rel in opened.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.THEME]
        return opened.styles.element, themes[0].blob if themes else None
    except Exception as trouble:
        # a file that says that it is Word's and is not fails in as many ways as there are files
        raise ValueError(labels.t("profile.no_template", file=template.name)) from trouble


def _named(styles: Any, name: str) -> Any:
    """A style by its name, which is the same in every language of Word: "heading 1"."""
    return next(
        (
            style
            for style in styles.findall(qn("w:style"))
            if style.find(qn("w:name")).get(qn("w:val")).lower() == name.lower()
        ),
        None,
    )


def _dress(document: Any, template: Path) -> None:
    """A document in the styles of a template; what the template lacks stays ours, and headings number themselves."""
    ours = document.styles.element
    kept = {name: deepcopy(_named(ours, name)) for name in STYLES}
    theirs, theme = _styles_of(template)
    ours[:] = [deepcopy(part) for part in theirs]
    for name, style in kept.items():
        if _named(ours, name) is None:
            for named in (qn("w:basedOn"), qn("w:link"), qn("w:next")):
                for inner in style.findall(named):
                    style.remove(inner)
            ours.append(style)
    for level, name in enumerate(("Heading 1", "Heading 2")):
        _number(document, document.styles[name], level)
    for rel in document.part.rels.values():
        if theme and rel.reltype == RELATIONSHIP_TYPE.THEME:
            rel.target_part._blob = theme


def _number(document: Any, style: Any, level: int) -> None:
    """A style numbers itself by our list, whatever list it was in."""
    properties = style.element.get_or_add_pPr()
    numbered = properties.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = int(_NUMBERING)
    lists = document.part.numbering_part.element.findall(qn("w:abstractNum"))
    ours = next(one for one in lists if one.get(qn("w:abstractNumId")) == _NUMBERING)
    for shape in ours.findall(qn("w:lvl")):
        if shape.get(qn("w:ilvl")) == str(level):
            shape.find(qn("w:pStyle")).set(qn("w:val"), style.style_id)


def save(document: Any) -> bytes:
    """The file, made in memory."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sorry(words: str) -> bytes:
    """A document that only says this."""
    document = new(words)
    paragraph(document, words)
    return save(document)


# Paragraphs.


def paragraph(
    into: Any,
    *words: Words,
    align: str = "both",
    before: float = 0,
    after: float = 6,
    indent: float = 0,
    left: float = 0,
    size: float | None = None,
    next_too: bool = False,
) -> Any:
    """A paragraph in a document or a cell; `before` and `after` in points, `indent` of its first line and `left` of all
    in mm.
    """
    made = into.add_paragraph()
    shape = _in(made._p, "w:pPr")
    if next_too:
        _in(shape, "w:keepNext")
    _in(shape, "w:spacing", before=round(20 * before), after=round(20 * after))
    if indent or left:
        _in(shape, "w:ind", left=round(left * _DXA), firstLine=round(indent * _DXA))
    _in(shape, "w:jc", val=align)
    for one in words:
        run = one if isinstance(one, Run) else Run(one)
        part = _run(made._p, run, size)
        if address := origin.link_of(run.text):
            _link(made, part, address)
    return made


def _link(paragraph: Any, run: Any, address: str) -> None:
    """Makes a run of a paragraph a link."""
    made = OxmlElement("w:hyperlink")
    made.set(_called("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    _in(run.rPr, "w:u", val="single")
    run.addprevious(made)
    made.append(run)


def _words(text: str) -> str:
    """Safe words that keep the space to their neighbours: "- " stays "- "."""
    inner = plain.text(text)
    return f"{' ' * text.startswith(' ')}{inner}{' ' * (text.endswith(' ') and bool(inner))}"


def heading(document: Any, words: str, level: int = 1) -> Any:
    """A heading that numbers itself: level 1 is I., 2 is 1.; a point a) is a paragraph with its letter."""
    return document.add_heading(plain.text(words), level)


def rule(into: Any, millimetres: float, room: float, *, before: float = 1) -> None:
    """A solid line in the middle of a column `room` mm wide, as the decree wants it under the motto and under the
    title.
    """
    made = into.add_paragraph()
    shape = made.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(4), Pt(3)
    shape.left_indent = shape.right_indent = Mm(max(room - millimetres, 0) / 2)
    made._p.get_or_add_pPr().insert_element_before(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'),
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:rPr",
    )


# Tables.


def table(
    document: Any,
    headings: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    *,
    size: float = SMALL,
    align: Sequence[str] = (),
    fills: Sequence[Sequence[str | None]] = (),
) -> Any:
    """A table whose head stands again on every page and whose rows are not torn; `widths` in mm, a colour ("E3E7E9")
    for a cell in `fills`.
    """
    made = grid(document, widths, borders=True)
    align = [*align, *["left"] * (len(widths) - len(align))]
    head = _row(
        [[Run(words, bold=True)] for words in headings],
        widths,
        size,
        ["center"] * len(widths),
        [VAGUE[1].lstrip("#")] * len(widths),
    )
    _in(head.trPr, "w:tblHeader")
    made._tbl.append(head)
    for at, row in enumerate(rows):
        made._tbl.append(_row(row, widths, size, align, fills[at] if fills else ()))
    document.add_paragraph().paragraph_format.space_after = Pt(2)
    return made


def grid(into: Any, widths: Sequence[float], *, rows: int = 0, borders: bool = False) -> Any:
    """An empty table of fixed columns. LibreOffice goes by the columns' widths, Word by the cells'."""
    made = (
        into.add_table(rows, len(widths))
        if not hasattr(into, "sections")
        else into.add_table(rows, len(widths), "Table Grid" if borders else None)
    )
    made.autofit = False
    if borders:
        made._tbl.tblPr.insert_element_before(
            parse_xml(
                f'<w:tblCellMar {nsdecls("w")}><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
            ),
            "w:tblLook",
        )
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, width in zip(made.columns, widths):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return made


def _row(
    cells: Sequence[Cell], widths: Sequence[float], size: float, align: Sequence[str], fills: Sequence[str | None]
) -> Any:
    """A row that is not torn. Elements are put in one after the other, in the schema's order: python-docx would look
    for the place of each, and a long table took half a minute.
    """
    row = OxmlElement("w:tr")
    _in(_in(row, "w:trPr"), "w:cantSplit")
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        box = _in(row, "w:tc")
        properties = _in(box, "w:tcPr")
        _in(properties, "w:tcW", type="dxa", w=round(width * _DXA))
        if fill := fills[at] if at < len(fills) else None:
            _in(properties, "w:shd", val="clear", color="auto", fill=fill)
        lines: Sequence[Any] = [cell] if isinstance(cell, (str, Run, TickBox)) else cell
        for line in lines or [""]:
            _line(box, line, size, align[at], _ink(fill))
    return row


def _in(parent: Any, name: str, **values: object) -> Any:
    """A new last child, with its attributes."""
    return etree.SubElement(parent, _called(name), {_called(f"w:{key}"): str(value) for key, value in values.items()})


@lru_cache(maxsize=64)
def _called(name: str) -> str:
    """A name with its space written out; python-docx puts each together anew."""
    return qn(name)


def _ink(fill: str | None) -> str | None:
    """White on a dark ground, nothing said on a light one."""
    if not fill:
        return None
    red, green, blue = (int(fill[at : at + 2], 16) for at in (0, 2, 4))
    return "FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 130 else None


def _line(box: Any, line: Line | TickBox, size: float, align: str, ink: str | None) -> None:
    made = _in(box, "w:p")
    properties = _in(made, "w:pPr")
    _in(properties, "w:spacing", before=20, after=20, line=240, lineRule="auto")
    _in(properties, "w:jc", val=align)
    if isinstance(line, TickBox):
        made.append(deepcopy(_BOX))
        return
    for one in [line] if isinstance(line, (str, Run)) else line:
        _run(made, one if isinstance(one, Run) else Run(one), size, ink)


def _run(paragraph: Any, run: Run, size: float | None, ink: str | None = None) -> Any:
    """The run, put last into a paragraph; None where it has no words."""
    said = _words(run.text)
    if not said:
        return None
    made = _in(paragraph, "w:r")
    shape = _in(made, "w:rPr")
    if run.bold:
        _in(shape, "w:b")
    if run.italic:
        _in(shape, "w:i")
    if ink:
        _in(shape, "w:color", val=ink)
    if points := run.size or size:
        _in(shape, "w:sz", val=round(2 * points))
    if run.marked:
        _in(shape, "w:highlight", val="yellow")
    words = _in(made, "w:t")
    words.set(_called("xml:space"), "preserve")
    words.text = said
    return made


_BOX = parse_xml(
    f'<w:sdt {nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
    f'<w14:checkedState w14:val="2612" w14:font="{_BOX_FONT}"/><w14:uncheckedState w14:val="2610" w14:font="{_BOX_FONT}"/></w14:checkbox></w:sdtPr>'
    f'<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="{_BOX_FONT}" w:hAnsi="{_BOX_FONT}" w:eastAsia="{_BOX_FONT}" w:cs="{_BOX_FONT}" w:hint="eastAsia"/>'
    f'<w:sz w:val="28"/></w:rPr><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>'
)
