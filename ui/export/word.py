"""Word documents by the layout of Nghị định 30/2020/NĐ-CP: paper, letters, numbered headings, tables, page numbers.

In: words that were made safe here once more (`plain.text`). Out: a python-docx document, and its bytes. Paper is A4
with margins of 20, 20, 30 and 20 mm (top, bottom, left, right), letters are Times New Roman, the page number stands in
the middle above the text from the second page on.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from ui.draw.palette import VAGUE
from ui.export import plain
from ui.words import labels

FONT = "Times New Roman"
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
_NUMBERS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
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
    """An empty document with its paper, letters, headings and page numbers."""
    document = docx.Document()
    # a copy of the styles for a Word of 2010, which the library's empty document holds: it would contradict ours
    for key in [key for key, part in document.part.rels.items() if part.reltype.endswith("/stylesWithEffects")]:
        document.part.drop_rel(key)
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(20),
        Mm(20),
        Mm(30),
        Mm(20),
    )
    section.header_distance = section.footer_distance = Mm(10)
    _styles(document)
    _numbers(document)
    _page_numbers(section)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments, core.created, core.modified = (
        plain.text(title)[:255],
        "",
        "",
        "",
        now,
        now,
    )
    core.language = "vi-VN" if labels.lang() == "vi" else "en-GB"
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


def _fonts(properties: Any, font: str = FONT) -> None:
    """One font for all kinds of letters: Word takes "cs" and "eastAsia" from elsewhere where they are not said."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), font)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(BODY)
    _fonts(normal.element.get_or_add_rPr())
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN" if labels.lang() == "vi" else "en-GB")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_before, normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = (
        Pt(0),
        Pt(6),
        1.1,
    )
    for level, (size, italic) in enumerate(((BODY + 1, False), (BODY, False), (BODY, True)), 1):
        style = document.styles[f"Heading {level}"]
        style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = (
            Pt(size),
            True,
            italic,
            RGBColor(0, 0, 0),
        )
        _fonts(style.element.get_or_add_rPr())
        (
            style.paragraph_format.space_before,
            style.paragraph_format.space_after,
            style.paragraph_format.keep_with_next,
        ) = Pt(12 if level == 1 else 8), Pt(4), True


def _numbers(document: Any) -> None:
    """Headings number themselves, I. – 1. – a), so that who takes a section out gets the rest renumbered."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="Heading{at + 1}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{shape}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for at, (kind, shape) in enumerate(_NUMBERS)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    # the schema wants every abstractNum before the first num
    first = numbering.find(qn("w:num"))
    numbering.append(abstract) if first is None else first.addprevious(abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for at in range(len(_NUMBERS)):
        properties = document.styles[f"Heading {at + 1}"].element.get_or_add_pPr()
        properties._insert_numPr(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="90"/></w:numPr>')
        )


def _page_numbers(section: Any) -> None:
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(BODY)
    for kind, words in (("begin", None), (None, " PAGE "), ("separate", None), ("text", "2"), ("end", None)):
        part = OxmlElement("w:instrText" if kind is None else "w:t" if kind == "text" else "w:fldChar")
        if words:
            part.set(qn("xml:space"), "preserve")
            part.text = words
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


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
    return made


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
