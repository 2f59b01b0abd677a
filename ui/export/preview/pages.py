"""Pages drawn small: the paragraphs and tables of a Word file, broken into pages as we measure them.

In: the bytes of a file that `ui.export.word` made. Out: a picture a page. Where Word itself breaks a line or a page its
own measure decides; ours is near it, and so is the number of pages.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import docx
from docx.oxml.ns import qn

from ui.draw.measure import width_of
from ui.draw.palette import INK
from ui.export.decree import ROMAN
from ui.export.preview.sheet import Picture, Piece, Sheet

_FACE = "Times New Roman, Liberation Serif, serif"
_NARROWER = 0.97
"""Letters of Times beside those that `width_of` measures."""
_DOTS = 0.42
"""By so much of its size "…" is wider in Times."""
_LINE, _RISE = 1.15, 0.9
_DXA = 20
_TITLE = 80


@dataclass(frozen=True)
class _Word:
    """A word with the space before it, in its manner."""

    text: str
    size: float
    bold: bool
    italic: bool
    fill: str | None
    glued: bool

    @property
    def wide(self) -> float:
        dots = self.text.count("…") * _DOTS * self.size
        return width_of(self.text, self.size, bold=self.bold) * _NARROWER + dots

    @property
    def space(self) -> float:
        return 0.0 if self.glued else self.size * 0.25


@dataclass(frozen=True)
class _Style:
    """What a paragraph's style says where the paragraph says nothing; `level` of a heading that numbers itself."""

    size: float
    bold: bool
    before: float
    after: float
    stretch: float
    level: int | None


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph broken into lines in a column of some width; lengths in points."""

    lines: tuple[tuple[_Word, ...], ...]
    align: str
    before: float
    after: float
    first: float
    left: float
    width: float
    stretch: float
    rule: tuple[float, float] | None
    keeps: bool

    @property
    def height(self) -> float:
        return self.before + sum(_high(line, self.stretch) for line in self.lines) + self.after

    def text(self) -> str:
        return " ".join(word.text for line in self.lines for word in line)


@dataclass(frozen=True)
class _Row:
    """A row of a table: where its cells begin and end, their paragraphs, their grounds."""

    cells: tuple[tuple[float, float, tuple[_Paragraph, ...], str | None], ...]
    drawn: bool
    is_head: bool

    @property
    def height(self) -> float:
        return max((sum(one.height for one in cell[2]) for cell in self.cells), default=0.0)


def _high(line: Sequence[_Word], stretch: float) -> float:
    return max((word.size for word in line), default=13.0) * _LINE * stretch


class _Paper:
    """Pages that are filled from the top down."""

    def __init__(self) -> None:
        self.done: list[Picture] = []
        self.sheet: Sheet | None = None
        self.first = ""
        self.number = 0

    def begin(self, section: Any, *, anew: bool = False) -> None:
        """A new page of a section; with `anew` its first, which bears no number."""
        self.end()
        self.section, self.number = section, 1 if anew else self.number + 1
        self.sheet = Sheet(section.page_width.pt, section.page_height.pt, _FACE)
        self.y, self.low = section.top_margin.pt, section.page_height.pt - section.bottom_margin.pt
        self.left, self.first = section.left_margin.pt, ""
        if self.number > 1:
            middle = (self.left + section.page_width.pt - section.right_margin.pt) / 2
            self.sheet.text(middle, section.header_distance.pt + 12, str(self.number), 13, anchor="middle")

    def end(self) -> None:
        if self.sheet is not None:
            self.done.append(self.sheet.picture(self.first[:_TITLE]))
            self.sheet = None

    def room(self, high: float) -> None:
        """A new page where so much does not stand on this one any more."""
        if self.y + high > self.low and self.y > self.section.top_margin.pt:
            self.begin(self.section)


def pictures(made: bytes) -> Iterator[Picture]:
    """A picture a page."""
    yield from _laid_out(made).done


def filled(made: bytes) -> float:
    """How many pages it fills: 0.8 is most of one."""
    paper = _laid_out(made)
    top = paper.section.top_margin.pt
    return len(paper.done) - 1 + (paper.y - top) / (paper.low - top)


def _laid_out(made: bytes) -> _Paper:
    document: Any = docx.Document(io.BytesIO(made))
    styles, counts, paper = _styles(document), [0, 0], _Paper()
    sections = list(document.sections)
    paper.begin(sections[0], anew=True)
    waiting: list[_Paragraph] = []
    for element in document.element.body:
        section = sections[0]
        width = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
        if element.tag == qn("w:tbl"):
            _put_table(paper, _rows(element, styles, paper.left), waiting)
            waiting = []
        elif element.tag == qn("w:p"):
            paragraph = _paragraph(element, styles, width, counts)
            waiting.append(paragraph)
            if not paragraph.keeps:
                _put(paper, waiting)
                waiting = []
            if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                sections.pop(0)
                paper.begin(sections[0], anew=True)
    _put(paper, waiting)
    paper.end()
    return paper


def _put(paper: _Paper, paragraphs: Sequence[_Paragraph], more: float = 0.0) -> None:
    """Paragraphs that hold together, with so much of what follows; a long one goes on over the page."""
    high = sum(one.height for one in paragraphs)
    paper.room(min(high, 90.0) + more if len(paragraphs) == 1 else high + more)
    for one in paragraphs:
        paper.first = paper.first or one.text()
        paper.y += one.before
        _rule(paper, one, paper.left, paper.y)
        for at, line in enumerate(one.lines):
            paper.room(_high(line, one.stretch))
            _line(paper, one, at, paper.left, paper.y)
            paper.y += _high(line, one.stretch)
        paper.y += one.after


def _rule(paper: _Paper, one: _Paragraph, left: float, y: float) -> None:
    if one.rule and paper.sheet is not None:
        paper.sheet.line(left + one.rule[0], y, left + one.rule[1])


def _put_table(paper: _Paper, rows: Sequence[_Row], waiting: Sequence[_Paragraph]) -> None:
    """Rows that are not torn, the head again on each page; what holds to the table stands on the page of its first."""
    _put(paper, waiting, sum(row.height for row in rows[:2]))
    head = [row for row in rows if row.is_head]
    for row in rows:
        before = paper.sheet
        paper.room(row.height)
        for again in head if paper.sheet is not before and not row.is_head else ():
            _row(paper, again)
        _row(paper, row)


def _row(paper: _Paper, row: _Row) -> None:
    sheet, high = paper.sheet, row.height
    for left, right, paragraphs, fill in row.cells:
        if sheet is None:
            continue
        sheet.box(left, paper.y, right - left, high, f"#{fill}" if fill else "none", INK if row.drawn else "none")
        y = paper.y
        for one in paragraphs:
            paper.first = paper.first or one.text()
            y += one.before
            _rule(paper, one, left, y)
            for at, line in enumerate(one.lines):
                _line(paper, one, at, left + (4 if row.drawn else 5), y)
                y += _high(line, one.stretch)
            y += one.after
    paper.y += high


def _line(paper: _Paper, one: _Paragraph, at: int, left: float, y: float) -> None:
    """One line of a paragraph; a justified one is stretched."""
    line, sheet = one.lines[at], paper.sheet
    if not line or sheet is None:
        return
    start = left + one.left + (one.first if at == 0 else 0)
    room = one.width - one.left - (one.first if at == 0 else 0)
    taken = sum(word.wide for word in line) + sum(word.space for word in line[1:])
    x = start + {"center": (room - taken) / 2, "right": room - taken}.get(one.align, 0.0)
    foot = y + _high(line, one.stretch) - max(word.size for word in line) * (_LINE - _RISE)
    for word in line:
        x += word.space if word is not line[0] else 0
        if word.fill:
            sheet.box(x, foot - word.size * 0.8, word.wide, word.size, "#FFFF00")
        x += word.wide
    at_x, anchor = {"center": (start + room / 2, "middle"), "right": (start + room, "end")}.get(
        one.align, (start, "start")
    )
    is_full = one.align == "both" and at < len(one.lines) - 1 and len(line) > 1
    sheet.words(at_x, foot, list(_pieces_of(line)), anchor=anchor, fill=room if is_full else None)


def _pieces_of(line: Sequence[_Word]) -> Iterator[Piece]:
    """Words of one manner that stand side by side are one piece."""
    for (size, bold, italic), words in groupby(line, lambda word: (word.size, word.bold, word.italic)):
        said = "".join(f"{'' if word.glued or word is line[0] else ' '}{word.text}" for word in words)
        yield Piece(said, size, bold, italic)


# What a document says.


def _styles(document: Any) -> dict[str, _Style]:
    """The paragraph styles of a document, by their ids."""
    normal = document.styles["Normal"]
    found = {}
    for style in document.styles:
        if style.type != 1:
            continue
        chain = [style]
        while chain[-1].base_style is not None:
            chain.append(chain[-1].base_style)
        size, bold, before, after, stretch = (
            next((value for value in values if value is not None), usual)
            for values, usual in (
                ([one.font.size.pt if one.font.size else None for one in (*chain, normal)], 13.0),
                ([one.font.bold for one in chain], False),
                ([_points(one.paragraph_format.space_before) for one in chain], 0.0),
                ([_points(one.paragraph_format.space_after) for one in chain], 0.0),
                ([_times(one.paragraph_format.line_spacing) for one in chain], 1.0),
            )
        )
        level = {"heading 1": 0, "heading 2": 1}.get(style.name.lower())
        found[style.style_id] = _Style(size, bool(bold), before, after, stretch, level)
    found[""] = found[normal.style_id]
    return found


def _points(length: Any) -> float | None:
    return None if length is None else length.pt


def _times(spacing: Any) -> float | None:
    return spacing if isinstance(spacing, float) else None


def _paragraph(element: Any, styles: dict[str, _Style], width: float, counts: list[int]) -> _Paragraph:
    """A paragraph in a column of so many points; a heading gets its number."""
    shape = element.find(qn("w:pPr"))
    named = None if shape is None else shape.find(qn("w:pStyle"))
    style = styles.get("" if named is None else named.get(qn("w:val")), styles[""])
    spacing, indent = _values(shape, "w:spacing"), _values(shape, "w:ind")
    before, after = (
        int(spacing[name]) / _DXA if name in spacing else usual
        for name, usual in (("before", style.before), ("after", style.after))
    )
    exact = spacing.get("lineRule") in ("exact", "atLeast")
    stretch = int(spacing["line"]) / 240 if "line" in spacing and not exact else style.stretch
    left, first, right = (int(indent.get(name, 0)) / _DXA for name in ("left", "firstLine", "right"))
    rule = None
    if shape is not None and shape.find(qn("w:pBdr")) is not None:
        rule = (left, width - right)
    words = list(_words(element, style))
    if style.level is not None and words:
        counts[style.level] += 1
        counts[style.level + 1 :] = [0] * len(counts[style.level + 1 :])
        number = ROMAN[min(counts[0], len(ROMAN)) - 1] if style.level == 0 else str(counts[1])
        words.insert(0, _Word(f"{number}.", words[0].size, words[0].bold, False, None, False))
    lines = tuple(_broken(words, width - left, first)) if not rule else ()
    return _Paragraph(
        lines or (() if rule else ((),)),
        _values(shape, "w:jc").get("val", "left"),
        before,
        after,
        first,
        left,
        width,
        stretch,
        rule,
        shape is not None and shape.find(qn("w:keepNext")) is not None,
    )


def _values(shape: Any, name: str) -> dict[str, str]:
    """The attributes of a property, without their space; {} where it is not said."""
    found = None if shape is None else shape.find(qn(name))
    return {} if found is None else {key.rpartition("}")[2]: value for key, value in found.attrib.items()}


def _words(element: Any, style: _Style) -> Iterator[_Word]:
    ended = True
    for text in element.iter(qn("w:t")):
        shape = text.getparent().find(qn("w:rPr"))
        size = int(_values(shape, "w:sz")["val"]) / 2 if _values(shape, "w:sz") else style.size
        bold = style.bold if shape is None or shape.find(qn("w:b")) is None else True
        italic = shape is not None and shape.find(qn("w:i")) is not None
        fill = _values(shape, "w:highlight").get("val")
        said = text.text or ""
        for at, word in enumerate(said.split(" ")):
            if word:
                yield _Word(word, size, bold, italic, fill, at == 0 and not ended)
                ended = False
            if at < said.count(" "):
                ended = True


def _broken(words: Sequence[_Word], width: float, first: float) -> Iterator[tuple[_Word, ...]]:
    """Words in lines; a word that is longer than a line is broken as Word breaks it, by letters."""
    line: list[_Word] = []
    taken, room = 0.0, width - first
    for word in (piece for whole in words for piece in _pieces(whole, width)):
        longer = taken + (word.space if line else 0.0) + word.wide
        if line and longer > room:
            yield tuple(line)
            line, taken, room = [word], word.wide, width
        else:
            line.append(word)
            taken = longer
    if line:
        yield tuple(line)


def _pieces(word: _Word, width: float) -> Iterator[_Word]:
    keep = len(word.text) if word.wide <= width else max(1, int(len(word.text) * width / word.wide))
    for at in range(0, len(word.text), keep):
        yield _Word(word.text[at : at + keep], word.size, word.bold, word.italic, word.fill, word.glued or at > 0)


def _rows(table: Any, styles: dict[str, _Style], left: float) -> list[_Row]:
    """The rows of a table, in the widths of its columns."""
    widths = [int(column.get(qn("w:w"))) / _DXA for column in table.iter(qn("w:gridCol"))]
    drawn = table.tblPr.find(qn("w:tblStyle")) is not None
    inner = 7.0 if drawn else 10.8
    rows = []
    for row in table.findall(qn("w:tr")):
        cells, x = [], left - inner / 2
        for cell, wide in zip(row.findall(qn("w:tc")), widths):
            paragraphs = tuple(_paragraph(one, styles, wide - inner, [0, 0]) for one in cell.iter(qn("w:p")))
            fill = _values(cell.find(qn("w:tcPr")), "w:shd").get("fill")
            cells.append((x, x + wide, paragraphs, fill))
            x += wide
        properties = row.find(qn("w:trPr"))
        is_head = properties is not None and properties.find(qn("w:tblHeader")) is not None
        rows.append(_Row(tuple(cells), drawn, is_head))
    return rows
