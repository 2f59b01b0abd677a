"""A page of a PDF → its letters, the straight strokes drawn on it, and how much of it pictures cover.

Coordinates are points from the upper left corner of the page as it is read: turned until most of its letters stand
upright, whatever the file says of its rotation.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from etl.read import guard
from etl.read.pdf.shape import Box, Point, shapes

MOST_LETTERS = 60_000
"""On one page."""
UNKNOWN = "\ufffd"
"""A letter of which the font does not say what it is."""
_BOLD = re.compile(r"bold|black|heavy|-bd\b|,bd\b", re.IGNORECASE)
_HYPHENS = (0x02, 0xAD, 0xFFFE)
"""What a hyphen at the end of a line is handed on as."""


class Letter(NamedTuple):
    """A letter: from where to where, the height of the line it stands on, its size and font."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    is_bold: bool


@dataclass(frozen=True)
class Page:
    """One page: its letters by the quarters they are turned against it, each as if the page were turned for them (None:
    those that lean); strokes across and down; areas; the share of it that pictures
    cover.
    """

    number: int
    width: float
    height: float
    letters: dict[int | None, list[Letter]]
    strokes: list[Box]
    areas: list[Box]
    pictured: float


class _Type(NamedTuple):
    """What the letters of one text object have in common; `quarter` is how far their lines are turned in the file, None
    where they lean.
    """

    font: str
    size: float
    is_bold: bool
    quarter: int | None


def page(source: pypdfium2.PdfPage, number: int, name: str) -> Page:
    """Read one page. Raises Unread where it holds more than any page of a plan."""
    types: dict[int, _Type] = {}
    found = list(_letters(source, types, name))
    quarters = Counter(kind.quarter for *_, kind in found)
    turn = max((kind for kind in quarters if kind is not None), key=lambda kind: quarters[kind], default=None)
    if turn is None:
        turn = source.get_rotation() // 90
    sheet = source.get_bbox()
    places = [_turned(sheet, quarter) for quarter in range(4)]
    drawn = shapes(source, places[turn], types, name)
    letters: dict[int | None, list[Letter]] = {0: []}
    for text, origin, end, kind in found:
        own = turn if kind.quarter is None else kind.quarter
        (x0, base), (x1, _) = places[own](origin), places[own](end)
        is_bold = kind.is_bold or any(
            box.x0 - kind.size / 4 < x0 < box.x1 and box.top < base < box.bottom + 1 for box in drawn.again
        )
        letters.setdefault(None if kind.quarter is None else (own - turn) % 4, []).append(
            Letter(text, x0, x1, base, kind.size, kind.font, is_bold)
        )
    width, height = sheet[2] - sheet[0], sheet[3] - sheet[1]
    if turn % 2:
        width, height = height, width
    pictured = sum(box.width * box.height for box in drawn.pictures) / max(width * height, 1.0)
    return Page(number, width, height, letters, drawn.strokes, drawn.areas, min(pictured, 1.0))


def _turned(box: tuple[float, float, float, float], turn: int) -> Callable[[Point], Point]:
    """Where a point of the file comes to stand on a page that is turned by so many quarters."""
    left, bottom, right, top = box
    return (
        lambda point: (point[0] - left, top - point[1]),
        lambda point: (point[1] - bottom, point[0] - left),
        lambda point: (right - point[0], point[1] - bottom),
        lambda point: (top - point[1], right - point[0]),
    )[turn]


def _letters(
    source: pypdfium2.PdfPage, types: dict[int, _Type], name: str
) -> Iterator[tuple[str, Point, Point, _Type]]:
    """(letter, where it begins on its line, where it ends, its type) in the order of the file, blanks as well. The type
    of each text object is put into `types`.
    """
    text = source.get_textpage()
    try:
        count = text.count_chars()
        if count > MOST_LETTERS:
            raise guard.too_much(name, "chữ trên một trang", "letters on one page", MOST_LETTERS)
        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        for at in range(count):
            owner = raw.FPDFText_GetTextObject(text, at)
            if not owner:
                continue  # a blank or line end that the library has put in
            key = ctypes.addressof(owner.contents)
            if key not in types:
                types[key] = _type(text, at, owner)
            kind = types[key]
            code = raw.FPDFText_GetUnicode(text, at)
            if code in _HYPHENS:
                said = "-"
            elif raw.FPDFText_HasUnicodeMapError(text, at) == 1 or code == 0 or 0xD800 <= code < 0xE000:
                said = UNKNOWN
            else:
                said = chr(code)
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            raw.FPDFText_GetLooseCharBox(text, at, box)
            origin = x.value, y.value
            yield said, origin, _end(origin, box, kind.quarter or 0), kind
    finally:
        text.close()


def _end(origin: Point, box: Any, quarter: int) -> Point:
    """Where a letter ends on its line."""
    x, y = origin
    if quarter % 2 == 0:
        return (max(box.right, x) if quarter == 0 else min(box.left, x)), y
    return x, (max(box.top, y) if quarter == 1 else min(box.bottom, y))


def _type(text: pypdfium2.PdfTextPage, at: int, owner: Any) -> _Type:
    matrix, font = raw.FS_MATRIX(), raw.FPDFTextObj_GetFont(owner)
    raw.FPDFText_GetMatrix(text, at, matrix)
    size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    called = buffer.value.decode("utf-8", errors="replace").rpartition("+")[2]
    is_outlined = raw.FPDFTextObj_GetTextRenderMode(owner) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
    quarter = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else None
    return _Type(called, size or 1.0, is_outlined or bool(_BOLD.search(called)), quarter)
