"""Word documents as they look once every tracked change is accepted: insertions in, deletions out.

In: a .docx that `guard` has let through. Out: blocks. Lists get the numbers that Word computes and no file holds;
merged cells are walked by the grid, since python-docx's `table.cell` is quadratic and repeats them; `paragraph.text`
would drop insertions and content controls. Running headers come first as asides, for a letterhead often stands there;
footnotes and footers last.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part, PartFactory
from docx.oxml import ns, parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from etl.model import Block
from etl.read import guard
from etl.read.blocks import Blocks, Grid, GridCell, Paragraph, clean
from etl.read.charset import from_font
from etl.read.numbering import Numbering

# a template or a document with macros is a document too; the macros are never looked at
for _kind in ("document.macroEnabled", "template.macroEnabledTemplate"):
    PartFactory.part_type_for[f"application/vnd.ms-word.{_kind}.main+xml"] = DocumentPart
PartFactory.part_type_for[CONTENT_TYPE.WML_DOCUMENT_MAIN.replace("document.main", "template.main")] = DocumentPart

qn = cache(ns.qn)  # asked for every run of letters
_P, _TBL, _TR, _TC, _R, _T = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:r", "w:t"))
_OUT = {
    qn(name)
    for name in (
        "w:del",
        "w:moveFrom",
        "w:pPr",
        "w:rPr",
        "w:sdtPr",
        "w:sdtEndPr",
        "w:instrText",
        "w:delText",
        "w:tblPr",
        "w:tblGrid",
        "w:rubyPr",
    )
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SIGNS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_VAL = qn("w:val")
_HEADING = re.compile(r"heading ([1-6])")
_WIDEST, _LONGEST_CHAIN = 1_000, 20
"""Columns of a table's grid, where Word itself knows 63; styles that stand on each other."""


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a Word document. Raises Unread where its parts do not fit together, or where it holds too much."""
    try:
        main = Package.open(io.BytesIO(content)).main_document_part
        body = main.element.body
    except MemoryError:
        raise
    except Exception:  # a package whose parts do not fit together raises whatever its library ran into
        raise guard.damaged(name) from None
    if body is None:
        raise guard.damaged(name)
    reader = _Reader(main, name)
    reader.read(body)
    if shut := guard.left_shut(content):
        reader.out.note("parts_left_shut", shut)
    yield from reader.out.made


@dataclass(frozen=True)
class _Piece:
    """A stretch of text with what its font says of it."""

    text: str
    bold: bool


class _Reader:
    """One document: its styles and lists, and the blocks made so far."""

    def __init__(self, main: DocumentPart, name: str):
        self.main = main
        self.styles = _Styles(_part(main, RELATIONSHIP_TYPE.STYLES))
        self.numbering = Numbering(_part(main, RELATIONSHIP_TYPE.NUMBERING))
        self.out = Blocks(name)
        self.hidden = self.changed = 0

    def read(self, body: etree._Element) -> None:
        for kind, place in (
            (RELATIONSHIP_TYPE.HEADER, "header"),
            (RELATIONSHIP_TYPE.FOOTNOTES, ""),
            (RELATIONSHIP_TYPE.ENDNOTES, ""),
            (RELATIONSHIP_TYPE.FOOTER, "footer"),
        ):
            if place != "header" and body is not None:
                self._flow(body)
                body = None
            for number, text in enumerate(self._besides(kind), 1):
                self.out.aside(text, place or f"footnote:{number}")
        if self.changed and self.out.made:
            self.out.note("changes_accepted", self.changed)
        if self.hidden and self.out.made:
            self.out.note("text_hidden", self.hidden)

    def _besides(self, kind: str) -> list[str]:
        """What stands beside the text, each once: running headers and footers, notes."""
        found = []
        for relation in self.main.rels.values():
            if relation.reltype == kind and not relation.is_external:
                root = _element(relation.target_part)
                notes = (
                    [note for note in root if note.get(qn("w:type")) in (None, "normal")]
                    if kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
                    else [root]
                )
                found += [
                    " ".join(
                        filter(
                            None,
                            (
                                clean("".join(piece.text for piece in self._pieces(paragraph, [])))
                                for paragraph in note.iter(_P)
                            ),
                        )
                    )
                    for note in notes
                ]
        return list(dict.fromkeys(filter(None, found)))

    def _flow(self, parent: etree._Element) -> None:
        for part in self._parts(parent):
            self.out.table(part) if isinstance(part, Grid) else self.out.paragraph(part)

    def _parts(self, parent: etree._Element, in_cell: bool = False) -> Iterator[Paragraph | Grid]:
        """Paragraphs and tables in order, content controls opened. A paragraph whose end was deleted goes on in the
        next.
        """
        begun: list[_Piece] = []
        label = None
        for child in _flat(parent):
            if child.tag == _TBL:
                yield self._grid(child)
                continue
            boxes: list[etree._Element] = []
            pieces = list(self._pieces(child, boxes))
            properties = child.find(qn("w:pPr"))
            said = "".join(piece.text for piece in pieces).strip()
            if label is None:
                label = self.numbering.label(*self.styles.numbering(properties), is_shown=bool(said) or in_cell)
            begun += pieces
            if properties is not None and properties.find(f"{qn('w:rPr')}/{qn('w:del')}") is not None:
                continue
            if said := "".join(piece.text for piece in begun):
                yield Paragraph(
                    f"{label} {said.lstrip()}" if label else said, self.styles.level(properties), _is_bold(begun)
                )
            elif label and in_cell:
                yield Paragraph(label)
            begun, label = [], None
            for box in boxes:
                yield from self._parts(box)
        if said := "".join(piece.text for piece in begun).strip():
            yield Paragraph(f"{label} {said}" if label else said)

    def _pieces(self, node: etree._Element, boxes: list[etree._Element]) -> Iterator[_Piece]:
        """The text under a paragraph, wherever it stands but in deletions; text boxes are put aside for after it."""
        for child in node:
            if child.tag in (qn("w:del"), qn("w:moveFrom")):
                self.changed += 1
            elif child.tag == qn("w:txbxContent"):
                boxes.append(child)
            elif child.tag == _R:
                yield from self._run(child, boxes)
            elif child.tag in _OUT or not isinstance(child.tag, str):
                continue
            else:
                self.changed += child.tag in (qn("w:ins"), qn("w:moveTo"))
                yield from self._pieces(child, boxes)

    def _run(self, run: etree._Element, boxes: list[etree._Element]) -> Iterator[_Piece]:
        properties = run.find(qn("w:rPr"))
        text = ""
        for child in run:
            if child.tag == _T or child.tag == "{http://schemas.openxmlformats.org/officeDocument/2006/math}t":
                text += child.text or ""
            elif child.tag in _SIGNS:
                text += _SIGNS[child.tag]
            elif child.tag not in _OUT and isinstance(child.tag, str):
                yield from self._pieces(child, boxes)
        if not text:
            return
        paragraph = next((above.find(qn("w:pPr")) for above in run.iterancestors(_P)), None)
        if self.styles.is_on("w:vanish", properties, paragraph):
            self.hidden += 1
            return
        yield _Piece(
            from_font(text, self.styles.font(properties, paragraph)), self.styles.is_on("w:b", properties, paragraph)
        )

    def _grid(self, table: etree._Element) -> Grid:
        """A table's cells with their spans: `gridSpan` across, `vMerge` down, `gridBefore` where a row begins later."""
        cells: list[GridCell] = []
        open_: dict[int, int] = {}
        number = 0
        for row in _flat(table, _TR):
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                self.changed += 1
                continue
            before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
            column = _whole(before, 0)
            for tc in _flat(row, _TC):
                properties = tc.find(qn("w:tcPr"))
                span = merge = None
                if properties is not None:
                    span, merge = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
                width = max(_whole(span, 1), 1)
                if merge is not None and merge.get(_VAL, "continue") == "continue" and column in open_:
                    above = cells[open_[column]]
                    cells[open_[column]] = GridCell(
                        above.row, above.column, number - above.row + 1, above.columns, (*above.parts, *self._parts(tc))
                    )
                else:
                    open_[column] = len(cells)
                    cells.append(GridCell(number, column, 1, width, tuple(self._parts(tc, in_cell=True))))
                column += width
                if column > _WIDEST:
                    raise guard.too_much(self.out.budget.name, "cột trong một bảng", "columns in a table", _WIDEST)
            number += 1
        return Grid(tuple(cells))


class _Styles:
    """Styles with what they stand on: what a paragraph or a run looks like when it does not say so itself."""

    def __init__(self, part: etree._Element | None):
        found = [] if part is None else part.findall(qn("w:style"))
        self.by_id = {style.get(qn("w:styleId")): style for style in found}
        self.chains: dict[int, tuple[etree._Element, ...]] = {}
        self.default = next(
            (
                style
                for style in found
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")
            ),
            None,
        )
        self.document = None if part is None else part.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")

    def chain(self, properties: etree._Element | None, kind: str) -> tuple[etree._Element, ...]:
        """The style that properties name, then the styles it stands on."""
        named = None if properties is None else properties.find(qn(kind))
        if named is None:
            return self._based(self.default) if kind == "w:pStyle" else ()
        return self._based(self.by_id.get(named.get(_VAL)))

    def _based(self, style: etree._Element | None) -> tuple[etree._Element, ...]:
        first = id(style)
        if first not in self.chains:
            found: list[etree._Element] = []
            while style is not None and style not in found and len(found) < _LONGEST_CHAIN:
                found.append(style)
                base = style.find(qn("w:basedOn"))
                style = self.by_id.get(base.get(_VAL)) if base is not None else None
            self.chains[first] = tuple(found)
        return self.chains[first]

    def _looks(self, run: etree._Element | None, paragraph: etree._Element | None) -> Iterator[etree._Element]:
        """Every description of a run's font, the nearest first."""
        if run is not None:
            yield run
        for properties, kind in ((run, "w:rStyle"), (paragraph, "w:pStyle")):
            for style in self.chain(properties, kind):
                if (look := style.find(qn("w:rPr"))) is not None:
                    yield look
        if self.document is not None:
            yield self.document

    def is_on(self, name: str, run: etree._Element | None, paragraph: etree._Element | None) -> bool:
        said = next(
            (look.find(qn(name)) for look in self._looks(run, paragraph) if look.find(qn(name)) is not None), None
        )
        return said is not None and said.get(_VAL, "true") not in ("0", "false", "off")

    def font(self, run: etree._Element | None, paragraph: etree._Element | None) -> str | None:
        for look in self._looks(run, paragraph):
            fonts = look.find(qn("w:rFonts"))
            if fonts is not None and (name := fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))):
                return name
        return None

    def level(self, paragraph: etree._Element | None) -> int:
        """1 to 6 for a heading by its outline level, 0 for text."""
        for properties in (paragraph, *(style.find(qn("w:pPr")) for style in self.chain(paragraph, "w:pStyle"))):
            outline = None if properties is None else properties.find(qn("w:outlineLvl"))
            if outline is not None:
                level = _whole(outline, 9)
                return level + 1 if level < 6 else 0
        for style in self.chain(paragraph, "w:pStyle"):
            name = style.find(qn("w:name"))
            if name is not None and (found := _HEADING.fullmatch(name.get(_VAL, "").lower())):
                return int(found[1])
        return 0

    def numbering(self, paragraph: etree._Element | None) -> tuple[str | None, int]:
        """The list and the level that a paragraph belongs to, by itself or by its style; (None, 0) for none."""
        number = level = None
        for properties in (paragraph, *(style.find(qn("w:pPr")) for style in self.chain(paragraph, "w:pStyle"))):
            found = None if properties is None else properties.find(qn("w:numPr"))
            if found is None:
                continue
            said, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
            number = said.get(_VAL) if number is None and said is not None else number
            level = _whole(depth, 0) if level is None and depth is not None else level
        return (None, 0) if number in (None, "0") else (number, level or 0)


def _is_bold(pieces: list[_Piece]) -> bool:
    said = [piece for piece in pieces if piece.text.strip()]
    return bool(said) and all(piece.bold for piece in said)


def _flat(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Children of some kinds (paragraphs and tables where none is named), also inside content controls and accepted
    changes.
    """
    for child in parent:
        if child.tag in (tags or (_P, _TBL)):
            yield child
        elif child.tag not in _OUT and isinstance(child.tag, str) and child.tag not in (_P, _TBL, _TR, _TC):
            yield from _flat(child, *tags)


def _whole(element: etree._Element | None, default: int) -> int:
    value = None if element is None else element.get(_VAL)
    return int(value) if value and value.isdecimal() and len(value) < 10 else default


def _part(main: DocumentPart, kind: str) -> etree._Element | None:
    return next(
        (
            _element(relation.target_part)
            for relation in main.rels.values()
            if relation.reltype == kind and not relation.is_external
        ),
        None,
    )


def _element(part: Part) -> etree._Element:
    return part.element if hasattr(part, "element") else parse_xml(part.blob)
