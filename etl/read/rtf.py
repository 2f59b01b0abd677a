"""Rich text (.rtf): words, letters and groups are told by `striprtf`, which gives no tables; their cells are marked for
it beforehand by letters that no text has, and found again in what it gives.

In: a .rtf as Word and LibreOffice write it. Out: blocks. Deleted and hidden text is left out, and said. Where the
fonts of TCVN3 are named, each line is read as the likelier code says. Pictures, fields' commands, notes, running heads
and footers are left aside by the library; tables in cells give their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from striprtf.striprtf import rtf_to_text

from etl.model import Block
from etl.read import charset, guard
from etl.read.blocks import Blocks, Grid, GridCell, Paragraph, apart

_CELL, _ROW, _BEGIN, _EDGE, _DOWN, _INSIDE, _BREAK, _END = map(chr, range(0xE000, 0xE008))
_MARKS = {
    "cell": _CELL,
    "row": _ROW,
    "trowd": _BEGIN,
    "clvmrg": _DOWN,
    "intbl": _INSIDE,
    "line": _BREAK,
    "nestcell": _BREAK,
}
"""Control words that a table and a line break are made of, and the letter that stands for each."""
_LEFT_OUT = {"deleted": "changes_accepted", "v": "text_hidden"}
"""Control words of what is not to be read, up to the end of their group, and the finding that says so."""
_WORD = re.compile(r"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|.)", re.DOTALL)
_EDGES = re.compile(rf"({_DOWN}?){_EDGE}(-?\d+){_END}")
_HEX = re.compile(rb"[0-9a-fA-F\s]{4000,}")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_NEAR = 40
"""Twentieths of a point; edges that lie as close are one."""


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a rich text. Raises Unread where it is damaged or would be read wrong."""
    content = _HEX.sub(b"", content)
    if len(content) > 3 * guard.LARGEST_TEXT:
        raise guard.too_much(name, "chữ", "letters", guard.LARGEST_TEXT)
    left_out = {word: len(re.findall(rb"\\%s(?!0|[a-z])" % word.encode(), content)) for word in _LEFT_OUT}
    if any(n and b"\\%s0" % word.encode() in content for word, n in left_out.items()):
        raise guard.save_as_docx(
            name, "là tệp .rtf còn vết sửa đổi hoặc chữ ẩn", "an .rtf file with tracked changes or hidden text"
        )
    text = _text(content.decode("latin-1"), name)
    if rb" .Vn" in content:
        text = "\n".join(map(charset.likelier, text.split("\n")))
    out = Blocks(name)
    for part in _parts(text):
        out.table(part) if isinstance(part, Grid) else out.paragraph(part)
    for word, n in left_out.items():
        if n:
            out.note(_LEFT_OUT[word], n)
    yield from out.made


def _text(rich: str, name: str) -> str:
    """The words, with a mark for whatever makes a table."""
    # a line feed says nothing in rich text; here it keeps the library from writing the addresses of links
    marked = _WORD.sub(_marked, rich).replace("\\field{", "\\field\n{")
    try:
        text = rtf_to_text(marked, errors="replace")
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except MemoryError:
        raise
    except Exception:  # whatever a broken file makes the library run into
        raise guard.damaged(name) from None


def _marked(word: re.Match[str]) -> str:
    if word[1] == "cellx" and word[2]:
        return f"{_EDGE}{word[2]}{_END}"
    if word[1] in _LEFT_OUT and word[2] != "0":
        return r"\*"
    # the library's search for fonts takes the square of what stands between these, up to a line's end or a semicolon
    if word[1] == "f":
        return f"\n{word[0]}"
    if word[1] == "fcharset":
        return f"{word[0].rstrip()} -;"
    return _MARKS.get(word[1], word[0]) if word[1] else word[0]


@dataclass
class _Table:
    """Rows of a table: of each cell its right edge, whether it goes on from the one above, and its words."""

    rows: list[list[tuple[int, bool, str]]] = field(default_factory=list)

    def grid(self) -> Grid:
        """The cells where they stand: a column between any two edges that some row has."""
        edges = apart((edge for row in self.rows for edge, _, _ in row), _NEAR)
        made: dict[tuple[int, int], tuple[int, int, str]] = {}
        begun: dict[int, tuple[int, int]] = {}
        for at, row in enumerate(self.rows):
            column = 0
            for edge, goes_on, words in row:
                last = max((i for i, one in enumerate(edges) if one <= edge + _NEAR), default=0)
                across = max(last + 1 - column, 1)
                above = begun.get(column) if goes_on else None
                if above and above in made:
                    _, its, said = made[above]
                    made[above] = (at - above[0] + 1, its, "\n".join(filter(None, (said, words))))
                else:
                    made[at, column], begun[column] = (1, across, words), (at, column)
                column += across
        return Grid(
            tuple(
                GridCell(row, column, down, across, tuple(_paragraphs(words)))
                for (row, column), (down, across, words) in made.items()
            )
        )


def _parts(text: str) -> Iterator[Paragraph | Grid]:
    """Paragraphs and tables in order. A row's edges stand before its words, after them, or both; where a row has none,
    those of the row above hold.
    """
    table = _Table()
    edges: list[tuple[int, bool]] = []
    *rows, rest = text.split(_ROW)
    for row in rows:
        first = min((at for mark in (_BEGIN, _INSIDE) if (at := row.find(mark)) >= 0), default=0)
        if before := list(_paragraphs(row[:first])):
            yield from _ended(table)
            yield from before
            table = _Table()
        told = [(int(edge), bool(down)) for down, edge in _EDGES.findall(row[max(row.rfind(_BEGIN), 0) :])]
        edges = told or edges
        words = _EDGES.sub("", row[first:]).split(_CELL)
        table.rows.append([(edge, down, said) for (edge, down), said in zip(edges, words)])
    yield from _ended(table)
    yield from _paragraphs(_EDGES.sub("", rest))


def _ended(table: _Table) -> Iterator[Grid]:
    if table.rows:
        yield table.grid()


def _paragraphs(words: str) -> Iterator[Paragraph]:
    for line in words.split("\n"):
        said = _PRIVATE.sub("", line.replace(_BREAK, "\n")).strip()
        if said:
            yield Paragraph(said)
