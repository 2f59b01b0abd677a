"""The letters of a page → its lines.

What stands far apart at one height, as in a letterhead, is parted. Letters printed twice to look bold are read once,
and a small raised number is written as one: "mô hình²".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from etl.read.blocks import begins_item, clean
from etl.read.charset import from_font
from etl.read.pdf.page import Letter, Page
from etl.read.pdf.shape import Box

SENTENCE_END = (".", ";", ":", "!", "?", "./.")
MAY_BE_NO_ITEM = re.compile(r"^[-–\d]")
"""A dash or a figure at the beginning of a line may have come there by chance: "giai đoạn 2021" and "- 2025"."""
_ROW = 3.0
"""Points: letters that stand nearer than this stand at one height."""
_GAP, _BLANK, _APART = 0.15, 0.08, 2.5
"""Of a letter's size: letters farther apart begin a word; pieces nearer than a blank are one word; words farther apart
are lines of their own."""
_BELOW = 0.22
"""Of a letter's size: how far it may reach below the height on which it stands."""
_TWICE = 0.15
"""Of a letter's size: the same letter nearer than this is printed again to look bold."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Word(NamedTuple):
    """Letters of one font that stand beside each other."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    font: str
    is_bold: bool

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def base(self) -> float:
        return self.bottom - _BELOW * self.size

    def is_in(self, box: Box) -> bool:
        return box.x0 <= (self.x0 + self.x1) / 2 <= box.x1 and box.top <= self.middle <= box.bottom


@dataclass(frozen=True)
class Line:
    """Words that stand beside each other; `size` is that of their letters, `first` is the width of the first word,
    `space` of the narrowest gap,
    `widest` of the widest, `after` where the second begins, `alone` that nothing else stands at its height.
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
    widest: float
    after: float
    size: float
    alone: bool = True

    @property
    def hangs(self) -> float | None:
        """Where the lines below go on if this one begins with a mark that stands out to the left: below its second
        word.
        """
        return self.after if begins_item(self.text) else None

    def leaves_room(self, following: Line, right: float) -> bool:
        """Whether the next line's first word would have fitted here, so that somebody ended the line on purpose."""
        return self.x1 + self.space + following.first <= right - 0.5


def words(page: Page) -> list[Word]:
    """The words of a page: upright ones, and a line that is turned against the page as one word."""
    found = list(_words(page.letters[0]))
    for turn in filter(None, page.letters):
        for line in lines(list(_words(page.letters[turn])), page.number):
            x0, top, x1, bottom = _turned_back(line, turn, page)
            found.append(Word(x0, x1, top, bottom, line.text, "", line.bold))
    return found


def leaning(page: Page) -> list[Line]:
    """What is written slantwise over a page, as one line: "DỰ THẢO"."""
    text = clean("".join(letter.text for letter in page.letters.get(None, ())))
    return [Line(page.number, 0, 0, 0, 0, text, False, 0, 0, 0, 0, 0)] if text else []


def _turned_back(line: Line, turn: int, page: Page) -> Box:
    """Where a line stands on the page that was turned for it."""
    if turn == 1:
        return Box(line.top, page.height - line.x1, line.bottom, page.height - line.x0)
    if turn == 2:
        return Box(page.width - line.x1, page.height - line.bottom, page.width - line.x0, page.height - line.top)
    return Box(page.width - line.bottom, line.x0, page.width - line.top, line.x1)


def _words(letters: Sequence[Letter]) -> Iterator[Word]:
    for row in _rows(letters):
        piece: list[Letter] = []
        for letter in _once(row):
            before = piece[-1] if piece else None
            if before and (
                letter.text.isspace()
                or letter.font != before.font
                or letter.is_bold != before.is_bold
                or letter.x0 - before.x1 > _GAP * before.size
            ):
                yield _word(piece)
                piece = []
            if not letter.text.isspace():
                piece.append(letter)
        if piece:
            yield _word(piece)


def _rows(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Letters that stand at one height, from the left."""
    row: list[Letter] = []
    for letter in sorted(letters, key=lambda letter: letter.base):
        if row and letter.base - row[-1].base > _ROW:
            yield sorted(row, key=lambda letter: letter.x0)
            row = []
        row.append(letter)
    if row:
        yield sorted(row, key=lambda letter: letter.x0)


def _once(row: Sequence[Letter]) -> Iterator[Letter]:
    """Letters without those that are printed again a hair apart; the one that stays is bold."""
    kept: list[Letter] = []
    for letter in row:
        # letters come from the left: where the last one is not as near, none is
        least = letter.x0 - _TWICE * letter.size
        near = kept[:-7:-1] if kept and kept[-1].x0 > least else ()
        at = next((-back for back, one in enumerate(near, 1) if one.text == letter.text and one.x0 > least), None)
        if at is None or letter.text.isspace():
            kept.append(letter)
        else:
            kept[at] = kept[at]._replace(is_bold=True)
    yield from kept


def _word(letters: Sequence[Letter]) -> Word:
    size, base = max(letter.size for letter in letters), letters[0].base
    text = from_font("".join(letter.text for letter in letters), letters[0].font)
    return Word(
        letters[0].x0,
        max(letter.x1 for letter in letters),
        base - (1 - _BELOW) * size,
        base + _BELOW * size,
        text,
        letters[0].font,
        letters[0].is_bold,
    )


def lines(found: Sequence[Word], page: int, parts_columns: bool = True) -> list[Line]:
    """Words → lines. What stands far apart at one height, as in a letterhead, is parted, but not inside a cell, and no
    mark from its item.
    """
    rows: list[list[Word]] = []
    middles: list[float] = []
    for middle, _, word in sorted(((word.middle, word.x0, word) for word in found), key=itemgetter(0, 1)):
        if rows and abs(middle - sum(middles) / len(middles)) < 0.5 * word.size:
            rows[-1].append(word)
            middles.append(middle)
        else:
            rows.append([word])
            middles = [middle]
    made = []
    for row in rows:
        row.sort(key=lambda word: word.x0)
        pieces = [[row[0]]]
        for before, word in itertools.pairwise(row):
            is_mark = before is row[0] and begins_item(f"{before.text} ")
            if parts_columns and not is_mark and word.x0 - before.x1 > _APART * word.size:
                pieces.append([word])
            else:
                pieces[-1].append(word)
        made += [_line(piece, page, len(pieces) == 1) for piece in pieces]
    return made


def _line(found: Sequence[Word], page: int, alone: bool) -> Line:
    largest = max(found, key=lambda word: word.size)
    size, text = largest.size, ""
    for before, word in zip([None, *found], found):
        is_raised = word.text.isdecimal() and word.size < 0.8 * size and word.base < largest.base - 0.15 * size
        # a word in two fonts comes in two pieces, and a raised number belongs to the word before it
        least = _GAP * size if is_raised else _BLANK * word.size
        # words of a picture have no font and come whole
        is_part = before is None or bool(word.font) and word.x0 - before.x1 < least
        text += ("" if is_part else " ") + (word.text.translate(_RAISED) if is_raised else word.text)
    gaps = [after.x0 - word.x1 for word, after in itertools.pairwise(found)]
    first = next((at for at, gap in enumerate(gaps) if gap >= _BLANK * size), len(found) - 1)
    return Line(
        page,
        found[0].x0,
        found[-1].x1,
        min(word.top for word in found),
        max(word.bottom for word in found),
        clean(text),
        all(word.is_bold for word in found if any(map(str.isalnum, word.text))),
        found[first].x1 - found[0].x0,
        min((gap for gap in gaps if gap >= _BLANK * size), default=0.28 * size),
        max(gaps, default=0.0),
        found[min(first + 1, len(found) - 1)].x0,
        size,
        alone,
    )


def is_next_dash(first: Line, line: Line) -> bool:
    """Whether a line begins the item after a paragraph's: both begin with the same dash, and this one goes on large."""
    return first.text[:1] == line.text[:1] in ("-", "–", "+") and line.text[1:].lstrip()[:1].isupper()
