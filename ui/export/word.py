"""Word documents by the layout of Nghị định 30/2020/NĐ-CP: paper, letters, numbered headings, tables, page numbers.

In: words that were made safe here once more (`plain.text`). Out: a python-docx document, and its bytes. The layout
stands in `nd30.docx`, which Word opens and changes: A4 with margins of 20, 20, 30 and 20 mm (top, bottom, left, right),
the styles Normal, Heading 1 to 3 and Table Grid in Times New Roman, the page number in the middle above the text from
the second page on. It holds no text of its own.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from ui.draw.palette import VAGUE
from ui.export import origin, plain
from ui.words import labels

BODY = 13
"""Size of the body in points; the decree allows 13 and 14."""
SMALL = 11
"""Size inside tables."""
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_TEMPLATE = Path(__file__).with_name("nd30.docx")
_BOX_FONT = "MS Gothic"


@dataclass(frozen=True)
class Run:
    """Words in one manner; size in points, None for the paragraph's own."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float | None = None


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
    if landscape:
        section = document.sections[0]
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.LANDSCAPE
    language = "vi-VN" if labels.lang() == "vi" else "en-GB"
    for said in document.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), language)
    core = document.core_properties
    core.title, core.language = plain.text(title)[:255], language
    # who has changed the template in Word is not the author of the file
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
    return document


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
    size: float | None = None,
    next_too: bool = False,
) -> Any:
    """A paragraph in a document or a cell; `before` and `after` in points, `indent` of its first line in mm."""
    made = into.add_paragraph()
    made.alignment = ALIGN[align]
    shape = made.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Mm(indent)
    shape.keep_with_next = next_too or None
    for one in words:
        run = one if isinstance(one, Run) else Run(one)
        part = made.add_run(_words(run.text))
        part.bold, part.italic = run.bold or None, run.italic or None
        if points := run.size or size:
            part.font.size = Pt(points)
        if address := origin.link_of(run.text):
            _link(made, part, address)
    return made


def _link(paragraph: Any, part: Any, address: str) -> None:
    """Makes a run of a paragraph a link."""
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    part.font.underline = True
    part._r.addprevious(made)
    made.append(part._r)


def _words(text: str) -> str:
    """Safe words that keep the space to their neighbours: "- " stays "- "."""
    inner = plain.text(text)
    return f"{' ' * text.startswith(' ')}{inner}{' ' * (text.endswith(' ') and bool(inner))}"


def heading(document: Any, words: str, level: int = 1) -> Any:
    """A heading that numbers itself: level 1 is I., 2 is 1., 3 is a)."""
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
    head.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
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
    row = OxmlElement("w:tr")
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        box = OxmlElement("w:tc")
        properties = box.get_or_add_tcPr()
        box.width = Mm(width)
        if fill := fills[at] if at < len(fills) else None:
            properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))
        lines: Sequence[Any] = [cell] if isinstance(cell, (str, Run, TickBox)) else cell
        for line in lines or [""]:
            box.append(_line(line, size, align[at], _ink(fill)))
        row.append(box)
    return row


def _ink(fill: str | None) -> str | None:
    """White on a dark ground, nothing said on a light one."""
    if not fill:
        return None
    red, green, blue = (int(fill[at : at + 2], 16) for at in (0, 2, 4))
    return "FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 130 else None


def _line(line: Line | TickBox, size: float, align: str, ink: str | None) -> Any:
    made = OxmlElement("w:p")
    properties = made.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:spacing {nsdecls("w")} w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>')
    )
    properties.append(parse_xml(f'<w:jc {nsdecls("w")} w:val="{align}"/>'))
    if isinstance(line, TickBox):
        made.append(deepcopy(_BOX))
        return made
    for one in [line] if isinstance(line, (str, Run)) else line:
        run = one if isinstance(one, Run) else Run(one)
        made.append(_run(replace(run, size=run.size or size), ink))
    return made


def _run(run: Run, ink: str | None) -> Any:
    made = OxmlElement("w:r")
    shape = made.get_or_add_rPr()
    if run.bold:
        shape.append(OxmlElement("w:b"))
    if run.italic:
        shape.append(OxmlElement("w:i"))
    for name, value in (("w:color", ink), ("w:sz", str(round(2 * (run.size or BODY))))):
        if value:
            part = OxmlElement(name)
            part.set(qn("w:val"), value)
            shape.append(part)
    words = OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = _words(run.text)
    made.append(words)
    return made


_BOX = parse_xml(
    f'<w:sdt {nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
    f'<w14:checkedState w14:val="2612" w14:font="{_BOX_FONT}"/><w14:uncheckedState w14:val="2610" w14:font="{_BOX_FONT}"/></w14:checkbox></w:sdtPr>'
    f'<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="{_BOX_FONT}" w:hAnsi="{_BOX_FONT}" w:eastAsia="{_BOX_FONT}" w:cs="{_BOX_FONT}" w:hint="eastAsia"/>'
    f'<w:sz w:val="28"/></w:rPr><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>'
)
