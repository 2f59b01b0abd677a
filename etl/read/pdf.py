"""PDF files with a text layer: lines joined into paragraphs over line ends and pages, tables joined over pages.

In: a .pdf. Out: blocks. A PDF knows letters and strokes only. A line goes on in the next where the next's first word
would not have fitted; drawn cells give the spans of merged ones; a row that a page break cut goes on where its words
do. Running heads, footers and page numbers are kept aside.
"""

from __future__ import annotations

import io
import itertools
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from etl.model import Block
from etl.read import guard
from etl.read.blocks import Blocks, Cell, Grid, Paragraph, begins_item, clean
from etl.read.charset import from_font

# what pdfminer says of a broken font is nothing to a reader, who gets one sentence
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
_BOLD = re.compile(r"bold|black|heavy|-bd\b|,bd\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?[-–\s]*$", re.IGNORECASE)
_SENTENCE_END = (".", ";", ":", "!", "?", "./.")
_OPEN_END = (",", " và", " của", " các", " trong", " với", " cho", " về", " tại", " để", " là", " hoặc", " theo", " -")
_MAY_BE_NO_ITEM = re.compile(r"^[-–\d]")
"""A dash or a figure at the beginning of a line may have come there by chance: "giai đoạn 2021" and "- 2025"."""
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_LARGEST_STREAM, _LARGEST_STREAMS, _MOST_LETTERS = 40_000_000, 200_000_000, 60_000
"""Bytes that one stream and all together may unpack to; letters on one page."""
_MARGIN = 0.1
"""Of a page's height: where running heads and page numbers stand."""
_NEAR = 2.5
"""Points: two strokes nearer than this are one."""


@dataclass(frozen=True)
class _Line:
    """Words that stand beside each other; `first` is the width of the first word, `space` of the narrowest gap, `after`
    where the second begins, `alone` that nothing else stands at its height.
    """

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    bold: bool
    first: float
    space: float
    after: float
    alone: bool = True

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def hangs(self) -> float | None:
        """Where the lines below go on if this one begins with a mark that stands out to the left: below its second
        word.
        """
        return self.after if begins_item(self.text) else None

    def leaves_room(self, following: _Line, right: float) -> bool:
        """Whether the next line's first word would have fitted here, so that somebody ended the line on purpose."""
        return self.x1 + self.space + following.first <= right - 0.5


@dataclass
class _Part:
    """What one page shows of a table: its cells by their edges, with their words."""

    page: int
    number: int
    cells: list[tuple[tuple[float, float, float, float], list[_Line]]] = field(default_factory=list)

    @property
    def columns(self) -> list[float]:
        return _apart(x for (x0, _, x1, _), _ in self.cells for x in (x0, x1))

    @property
    def rows(self) -> list[float]:
        return _apart(y for (_, top, _, bottom), _ in self.cells for y in (top, bottom))


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a PDF. Raises Unread where it is locked, damaged, a scan, or holds more than a plan."""
    _harmless(content, name)
    try:
        with pdfplumber.open(io.BytesIO(content)) as file:
            if len(file.pages) > guard.MOST_PAGES:
                raise guard.too_much(name, "trang", "pages", guard.MOST_PAGES)
            yield from _Reader(name).read(file.pages)
    except PdfminerException as error:
        if any(type(cause).__name__ == "PDFPasswordIncorrect" for cause in error.args):
            raise guard.encrypted(name) from None
        raise guard.damaged(name) from None
    except guard.Unread:
        raise
    except (MemoryError, RecursionError):
        raise
    except Exception:  # pdfminer raises whatever a broken file leads it into
        raise guard.damaged(name) from None


def _harmless(content: bytes, name: str) -> None:
    """Refuse a file of which a stream unpacks to more than any page of text: it is asked here, with a limit, before
    anybody unpacks it.
    """
    total = 0
    for found in _STREAM.finditer(content):
        said = content[max(found.start() - 1000, 0) : found.start()].rpartition(b" obj")[2]
        if b"/Fl" not in said or re.search(rb"/Subtype\s*/Image", said):
            continue
        unpacker = zlib.decompressobj()
        try:
            size = 0
            for at in range(found.end(), len(content), 1 << 16):
                data = content[at : at + (1 << 16)]
                while data and size <= _LARGEST_STREAM:
                    size += len(unpacker.decompress(data, 1 << 20))
                    data = unpacker.unconsumed_tail
                if unpacker.eof or size > _LARGEST_STREAM:
                    break
        except zlib.error:
            continue
        total += size
        if size > _LARGEST_STREAM or total > _LARGEST_STREAMS:
            raise guard.unread(
                name,
                "tệp bung ra quá lớn so với một kế hoạch nên không được mở; hãy xuất lại PDF từ bản gốc",
                "the file unpacks to far more than a plan, so it is not opened; make the PDF again from the original",
            )


class _Reader:
    """One file: its pages' lines and tables, then the blocks made of them."""

    def __init__(self, name: str):
        self.name = name
        self.out = Blocks(name)
        self.lines: list[list[_Line]] = []
        self.tables: list[list[_Part]] = []
        self.heights: list[float] = []
        self.widths: list[float] = []
        self.paragraphs: Counter[int] = Counter()
        self.asides: list[_Line] = []

    def read(self, pages: Sequence[Page]) -> list[Block]:
        pictures = []
        for number, page in enumerate(pages, 1):
            lines, tables, has_picture = self._page(page, number)
            self.lines.append(lines)
            self.tables.append(tables)
            self.heights.append(float(page.height))
            self.widths.append(float(page.width))
            if has_picture and not lines and not any(words for table in tables for _, words in table.cells):
                pictures.append(number)
            page.close()
        said = "".join(line.text for lines in self.lines for line in lines) + "".join(
            line.text for tables in self.tables for table in tables for _, words in table.cells for line in words
        )
        if not said.strip():
            raise guard.unread(
                self.name,
                "là bản quét (ảnh), không có lớp chữ để đọc; hãy nộp bản Word hoặc PDF xuất từ Word, hoặc nhận dạng chữ (OCR) rồi kiểm tra lại",
                "a scan (pictures) without text; hand in the Word document or a PDF made from it, or recognise the text (OCR) and check it",
            )
        if said.count("(cid:") * 8 > 0.2 * len(said):
            raise guard.unread(
                self.name,
                "phông chữ trong tệp thiếu bảng mã nên chữ không đọc được; hãy nộp bản Word, hoặc xuất lại PDF từ Word",
                "the fonts of the file do not say their letters, so its text cannot be read; hand in the Word document, or make the PDF again from it",
            )
        self._flow()
        if pictures:
            self.out.note("page_without_text", ", ".join(map(str, pictures)))
        return self.out.made

    # -- one page ---------------------------------------------------------------------------------------------------

    def _page(self, page: Page, number: int) -> tuple[list[_Line], list[_Part], bool]:
        """The lines outside tables, the tables, and whether there is a picture."""
        if len(page.chars) > _MOST_LETTERS:
            raise guard.too_much(self.name, "chữ trên một trang", "letters on one page", _MOST_LETTERS)
        words = page.extract_words(extra_attrs=["fontname"], keep_blank_chars=False, x_tolerance_ratio=0.15)
        found = sorted(
            filter(_is_table, page.find_tables({"explicit_horizontal_lines": _open_ends(page)})),
            key=lambda table: table.bbox[1],
        )
        parts = []
        for order, table in enumerate(found, 1):
            inside = [word for word in words if _within(word, table.bbox)]
            ids = {id(word) for word in inside}
            words = [word for word in words if id(word) not in ids]
            part = _Part(number, order)
            for box in table.cells:
                own = [word for word in inside if _within(word, box)]
                ids = {id(word) for word in own}
                inside = [word for word in inside if id(word) not in ids]
                part.cells.append((box, _lines(own, number, parts_columns=False)))
            parts.append(part)
        return _lines(words, number), parts, bool(page.images)

    # -- all pages --------------------------------------------------------------------------------------------------

    def _flow(self) -> None:
        """Every line and table in order: paragraphs and tables stay open over the end of a page."""
        furniture = self._furniture()
        body = [line for lines in self.lines for line in lines if id(line) not in furniture]
        edges = self._edges(body)
        pitch = _pitch(body)
        is_indented = {
            width: _is_indented([line for line in body if self.widths[line.page - 1] == width], found)
            for width, found in edges.items()
        }
        begun: list[_Line] = []
        table: list[_Part] = []
        for page, (lines, parts) in enumerate(zip(self.lines, self.tables)):
            elements: list[_Line | _Part] = [*lines, *parts]
            elements.sort(key=lambda one: (one.top, one.x0) if isinstance(one, _Line) else (one.rows[0], 0.0))
            for one in elements:
                if isinstance(one, _Line) and id(one) in furniture:
                    self.asides.append(one)
                elif isinstance(one, _Part):
                    self._paragraph(begun)
                    begun = []
                    if table and not _goes_on_below(table[-1], one):
                        self._table(table)
                        table = []
                    table.append(one)
                else:
                    self._table(table)
                    table = []
                    width = self.widths[page]
                    if begun and not _goes_on(begun[0], begun[-1], one, edges[width], pitch, is_indented[width]):
                        self._paragraph(begun)
                        begun = []
                    begun.append(one)
        self._paragraph(begun)
        self._table(table)

    def _furniture(self) -> set[int]:
        """Running heads, footers, page numbers: what stands in the margin and counts pages, or comes again on other
        pages.
        """
        edge = []
        for page, lines in enumerate(self.lines):
            for line in lines:
                if line.bottom < _MARGIN * self.heights[page] or line.top > (1 - _MARGIN) * self.heights[page]:
                    edge.append(line)
        pages: dict[tuple[str, int], set[int]] = {}
        for line in edge:
            pages.setdefault((re.sub(r"\d+", "#", line.text), round(line.top / 6)), set()).add(line.page)
        return {
            id(line)
            for line in edge
            if _PAGE_NUMBER.match(line.text) or len(pages[re.sub(r"\d+", "#", line.text), round(line.top / 6)]) > 1
        }

    def _edges(self, body: Sequence[_Line]) -> dict[float, tuple[float, float]]:
        """Where text begins and ends on pages of each width, by their long lines."""
        edges = {}
        for width in set(self.widths):
            lines = [line for line in body if self.widths[line.page - 1] == width and line.alone]
            long = [line for line in lines if line.x1 - line.x0 > 0.5 * width] or lines
            edges[width] = (
                min((line.x0 for line in long), default=0.0),
                max((line.x1 for line in long), default=width),
            )
        return edges

    def _paragraph(self, lines: list[_Line]) -> None:
        if lines:
            self.paragraphs[lines[0].page] += 1
            self.out.paragraph(
                Paragraph(" ".join(line.text for line in lines), bold=all(line.bold for line in lines)),
                f"page:{lines[0].page}/paragraph:{self.paragraphs[lines[0].page]}",
            )
            self._say_asides()

    def _say_asides(self) -> None:
        for line in self.asides:
            self.out.aside(line.text, f"page:{line.page}")
        self.asides = []

    def _table(self, parts: list[_Part]) -> None:
        """A table with all its pages, as one grid."""
        if not parts:
            return
        edges = _apart((x for part in parts for x in part.columns), 2 * _NEAR)
        cells: list[Cell] = []
        places: dict[int, str] = {}
        above = 0
        for part in parts:
            rows = part.rows
            own = [_cell(box, lines, rows, edges) for box, lines in part.cells]
            own.sort(key=lambda cell: (cell.row, cell.column))
            cut = self._cut_row(cells, own) if cells else 0
            for cell in own:
                if cell.row < cut:
                    continue
                cells.append(Cell(cell.row - cut + above, cell.column, cell.rows, cell.columns, cell.parts))
                places.setdefault(cell.row - cut + above, f"page:{part.page}/table:{part.number}/row:{cell.row + 1}")
            above = max(cell.row + cell.rows for cell in cells)
        self.out.table(Grid(tuple(cells), places))
        self._say_asides()

    @staticmethod
    def _cut_row(cells: list[Cell], own: list[Cell]) -> int:
        """Put what goes on from the last row above a page break where it belongs; how many rows of the new page are
        spent by that.

        The head that stands again on the new page is spent with them.
        """
        heads = [cell.text for cell in cells if cell.row == 0 and cell.text]
        again = [cell.text for cell in own if cell.row == 0 and cell.text]
        spent = max(cell.rows for cell in own if cell.row == 0) if again == heads and heads else 0
        first = {cell.column: cell for cell in own if cell.row == spent and cell.text}
        last_row = max(cell.row for cell in cells)
        # of a cell over several rows it is the last words that stand at the page's end
        last = {
            cell.column: (at, cell) for at, cell in enumerate(cells) if cell.row + cell.rows > last_row and cell.text
        }
        columns = min(cell.column for cell in cells)
        if not first or columns in first or not set(first) <= set(last):
            return 0
        if not any(
            _runs_on(last[column][1].text, cell.text) or _lists_on(last[column][1].text, cell.text)
            for column, cell in first.items()
        ):
            return 0
        for column, cell in first.items():
            at, before = last[column]
            glue = " " if _runs_on(before.text, cell.text) else "\n"
            cells[at] = Cell(
                before.row, before.column, before.rows, before.columns, (Paragraph(f"{before.text}{glue}{cell.text}"),)
            )
        return spent + 1


def _runs_on(before: str, after: str) -> bool:
    """Whether words go on after a page break: they begin small, or those before end openly."""
    return not begins_item(after) and (after[:1].islower() or before.rstrip().endswith(_OPEN_END))


def _lists_on(before: str, after: str) -> bool:
    """Whether the items of a list in a cell go on after a page break."""
    return begins_item(after) and any(map(begins_item, before.split("\n")))


def _goes_on(
    first: _Line, before: _Line, line: _Line, edges: tuple[float, float], pitch: float, is_indented: bool
) -> bool:
    """Whether a paragraph, by its first line and its last before, goes on in the next. `is_indented` says that
    paragraphs begin further in than they go on.
    """
    left, right = edges
    if not before.alone or not line.alone or before.bold != line.bold or before.leaves_room(line, right):
        return False
    is_below = first.hangs is not None and abs(line.x0 - first.hangs) < 2 * _NEAR
    if begins_item(line.text) and (
        before.text.endswith(_SENTENCE_END)
        or line.x0 > left + 4
        and not is_below
        or not _MAY_BE_NO_ITEM.match(line.text)
        or _is_next_dash(first, line)
    ):
        return False
    if before.page != line.page:
        return line.text[:1].islower() or not before.text.endswith(_SENTENCE_END)
    if line.top - before.top > 1.4 * pitch:
        return False
    return line.x0 < left + 10 or is_below or not is_indented and (before.x0 > left + 4 or begins_item(before.text))


def _is_next_dash(first: _Line, line: _Line) -> bool:
    """Whether a line begins the item after a paragraph's: both begin with the same dash, and this one goes on large."""
    return first.text[:1] == line.text[:1] in ("-", "–", "+") and line.text[1:].lstrip()[:1].isupper()


def _is_indented(lines: Sequence[_Line], edges: tuple[float, float]) -> bool:
    """Whether full lines that begin further in go on at the left edge (the layout of official letters), more often than
    below themselves.
    """
    left, right = edges
    pairs = [
        (before, line)
        for before, line in itertools.pairwise(lines)
        if before.page == line.page
        and before.alone
        and line.alone
        and before.x0 > left + 10
        and not before.leaves_room(line, right)
        and not begins_item(line.text)
    ]
    return sum(line.x0 < left + 4 for _, line in pairs) > sum(line.x0 > left + 10 for _, line in pairs)


def _goes_on_below(above: _Part, below: _Part) -> bool:
    """Whether a table goes on after a page break: the columns of one are columns of the other."""
    if below.page == above.page:
        return False
    some, others = sorted((above.columns, below.columns), key=len)
    return (
        abs(some[0] - others[0]) < 2 * _NEAR
        and abs(some[-1] - others[-1]) < 2 * _NEAR
        and all(any(abs(x - y) < 2 * _NEAR for y in others) for x in some)
    )


def _pitch(lines: Sequence[_Line]) -> float:
    """The usual distance from line to line."""
    steps = sorted(
        after.top - before.top
        for before, after in itertools.pairwise(lines)
        if before.page == after.page and 0 < after.top - before.top < 60
    )
    return steps[len(steps) // 4] if steps else 20.0


def _lines(words: Sequence[dict], page: int, parts_columns: bool = True) -> list[_Line]:
    """Words → lines. What stands far apart at one height, as in a letterhead, is parted, but not inside a cell, and no
    mark from its item.
    """
    rows: list[list[dict]] = []
    for word in sorted(words, key=lambda word: ((word["top"] + word["bottom"]) / 2, word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and abs(middle - sum(w["top"] + w["bottom"] for w in rows[-1]) / (2 * len(rows[-1]))) < 0.5 * (
            word["bottom"] - word["top"]
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda word: word["x0"])
        pieces = [[row[0]]]
        for before, word in itertools.pairwise(row):
            is_mark = before is row[0] and begins_item(f"{before['text']} ")
            if parts_columns and not is_mark and word["x0"] - before["x1"] > 2.5 * (word["bottom"] - word["top"]):
                pieces.append([word])
            else:
                pieces[-1].append(word)
        lines += [_line(piece, page, len(pieces) == 1) for piece in pieces]
    return lines


def _line(words: Sequence[dict], page: int, alone: bool) -> _Line:
    text = ""
    for before, word in zip([None, *words], words):
        said = from_font(word["text"], word["fontname"].rpartition("+")[2])
        # a word in two fonts comes in two pieces
        text += (
            said if before is None or word["x0"] - before["x1"] < 0.08 * (word["bottom"] - word["top"]) else f" {said}"
        )
    gaps = [after["x0"] - word["x1"] for word, after in itertools.pairwise(words)]
    size = max(word["bottom"] - word["top"] for word in words)
    first = next((at for at, gap in enumerate(gaps) if gap >= 0.08 * size), len(words) - 1)
    return _Line(
        page,
        words[0]["x0"],
        words[-1]["x1"],
        min(word["top"] for word in words),
        max(word["bottom"] for word in words),
        clean(text),
        all(_BOLD.search(word["fontname"]) for word in words if any(map(str.isalnum, word["text"]))),
        words[first]["x1"] - words[0]["x0"],
        min((gap for gap in gaps if gap >= 0.08 * size), default=0.28 * size),
        words[min(first + 1, len(words) - 1)]["x0"],
        alone,
    )


def _cell(box: tuple[float, float, float, float], lines: list[_Line], rows: list[float], columns: list[float]) -> Cell:
    """A drawn cell → where it begins, how far it reaches, and its paragraphs."""
    x0, top, x1, bottom = box
    row, column = _at(rows, top), _at(columns, x0)
    padding = min((line.x0 - x0 for line in lines), default=0.0)
    right = x1 - min(max(padding, 0.0), 6.0)
    paragraphs: list[list[_Line]] = []
    for line in lines:
        before = paragraphs[-1][-1] if paragraphs else None
        if (
            before is None
            or before.leaves_room(line, right)
            and not line.text[:1].islower()
            or begins_item(line.text)
            and (
                before.leaves_room(line, right)
                or before.text.endswith(_SENTENCE_END)
                or not _MAY_BE_NO_ITEM.match(line.text)
                or _is_next_dash(paragraphs[-1][0], line)
            )
        ):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return Cell(
        row,
        column,
        max(_at(rows, bottom) - row, 1),
        max(_at(columns, x1) - column, 1),
        tuple(Paragraph(_joined(some, right), bold=all(line.bold for line in some)) for some in paragraphs),
    )


def _joined(lines: Sequence[_Line], right: float) -> str:
    """The lines of one paragraph. A number or a short capital word that a narrow cell broke is whole again: "31/12/202"
    and "3", "ST" and "T".
    """
    text = ""
    for before, line in zip([None, *lines], lines):
        is_hyphened = re.search(r"\w[-/]$", text) and line.text[:1].isupper()
        is_full = before is not None and before.x1 + 0.4 * before.size > right
        is_broken = (
            re.fullmatch(r"\d{1,2}\.", text)
            and line.text[:1].isdecimal()
            or is_full
            and (
                re.search(r"[\d./]$", text)
                and line.text[:1].isdecimal()
                or text.isupper()
                and " " not in text
                and line.text.isupper()
                and len(line.text) < 3
            )
        )
        text += line.text if before is None or is_broken or is_hyphened else f" {line.text}"
    return text


def _open_ends(page: Page) -> list[float]:
    """Heights where three strokes or more run down into nothing: a row that a page break left open has its last stroke
    on the next page.
    """
    across = [edge["top"] for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 2 * _NEAR]
    ends: Counter[int] = Counter()
    for x in {
        (round(edge["x0"]), round(end))
        for edge in page.edges
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 2 * _NEAR
        for end in (edge["top"], edge["bottom"])
    }:
        ends[x[1]] += 1
    return [
        float(y) for y, count in ends.items() if count > 2 and not any(abs(y - other) < 2 * _NEAR for other in across)
    ]


def _is_table(table: Table) -> bool:
    """Whether strokes make a table: two columns at least. A frame around words is none."""
    return len(_apart(x for box in table.cells for x in (box[0], box[2]))) > 2 and len(table.cells) > 2


def _within(word: dict, box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _apart(values: Iterator[float], near: float = _NEAR) -> list[float]:
    """Values without those that are nearly another: the edges of a grid."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > near:
            found.append(value)
    return found


def _at(edges: Sequence[float], value: float) -> int:
    """Which edge of a grid a value is."""
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
