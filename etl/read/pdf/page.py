"""A page of a PDF → its letters, the straight strokes drawn on it, and how much of it pictures cover.

Coordinates are points from the upper left corner of the page as it is read: turned until most of its letters stand
upright, whatever the file says of its rotation.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from etl.read import guard

MOST_LETTERS, MOST_SHAPES = 60_000, 200_000
"""On one page."""
UNKNOWN = "\ufffd"
"""A letter of which the font does not say what it is."""
_DEEPEST = 8
"""Forms in forms."""
_THIN = 2.5
"""Points: a box that is thinner is a stroke."""
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


class Box(NamedTuple):
    """A stroke, which has no width or no height, or an area."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Page:
    """One page: its letters by the quarters they are turned against it, each as if the page were turned for them (None:
    those that lean); strokes across and down; filled areas; the share of it that pictures cover.
    """

    number: int
    width: float
    height: float
    letters: dict[int | None, list[Letter]]
    strokes: tuple[Box, ...]
    areas: tuple[Box, ...]
    pictured: float


class _Type(NamedTuple):
    """What the letters of one text object have in common; `quarter` is how far their lines are turned in the file, None
    where they lean.
    """

    font: str
    size: float
    is_bold: bool
    quarter: int | None


Point = tuple[float, float]


def page(source: pypdfium2.PdfPage, number: int, name: str) -> Page:
    """Read one page. Raises Unread where it holds more than any page of a plan."""
    found = list(_letters(source, name))
    quarters = Counter(kind.quarter for *_, kind in found)
    turn = max((kind for kind in quarters if kind is not None), key=lambda kind: quarters[kind], default=None)
    if turn is None:
        turn = source.get_rotation() // 90
    sheet = source.get_bbox()
    places = [_turned(sheet, quarter) for quarter in range(4)]
    letters: dict[int | None, list[Letter]] = {0: []}
    for text, origin, end, kind in found:
        own = turn if kind.quarter is None else kind.quarter
        (x0, base), (x1, _) = places[own](origin), places[own](end)
        letters.setdefault(None if kind.quarter is None else (own - turn) % 4, []).append(
            Letter(text, x0, x1, base, kind.size, kind.font, kind.is_bold)
        )
    width, height = sheet[2] - sheet[0], sheet[3] - sheet[1]
    if turn % 2:
        width, height = height, width
    strokes, areas, pictured = _shapes(source, places[turn], name)
    return Page(number, width, height, letters, strokes, areas, min(pictured / max(width * height, 1.0), 1.0))


def _turned(box: tuple[float, float, float, float], turn: int) -> Callable[[Point], Point]:
    """Where a point of the file comes to stand on a page that is turned by so many quarters."""
    left, bottom, right, top = box
    return (
        lambda point: (point[0] - left, top - point[1]),
        lambda point: (point[1] - bottom, point[0] - left),
        lambda point: (right - point[0], point[1] - bottom),
        lambda point: (top - point[1], right - point[0]),
    )[turn]


def _letters(source: pypdfium2.PdfPage, name: str) -> Iterator[tuple[str, Point, Point, _Type]]:
    """(letter, where it begins on its line, where it ends, its type) in the order of the file, blanks as well."""
    text = source.get_textpage()
    try:
        count = text.count_chars()
        if count > MOST_LETTERS:
            raise guard.too_much(name, "chữ trên một trang", "letters on one page", MOST_LETTERS)
        types: dict[int, _Type] = {}
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
            end = (
                (max(box.right, origin[0]), origin[1]),
                (origin[0], max(box.top, origin[1])),
                (min(box.left, origin[0]), origin[1]),
                (origin[0], min(box.bottom, origin[1])),
            )[kind.quarter or 0]
            yield said, origin, end, kind
    finally:
        text.close()


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


def _shapes(
    source: pypdfium2.PdfPage, place: Callable[[Point], Point], name: str
) -> tuple[tuple[Box, ...], tuple[Box, ...], float]:
    """Strokes across and down, filled areas, and how many square points pictures cover."""
    strokes: list[Box] = []
    areas: list[Box] = []
    pictured = 0.0
    for count, (shape, matrix) in enumerate(_objects(source)):
        if count > MOST_SHAPES or len(strokes) > MOST_SHAPES:
            raise guard.too_much(name, "nét vẽ trên một trang", "strokes on one page", MOST_SHAPES)
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = _box(place, *_corners(shape, matrix))
            pictured += box.width * box.height
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            mode, is_drawn = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(shape, mode, is_drawn)
            if not mode.value and not is_drawn.value:
                continue
            for points in _outlines(shape, matrix):
                sides = [_box(place, one, other) for one, other in itertools.pairwise(points)]
                whole = _box(place, *points)
                if min(whole.width, whole.height) < _THIN:
                    sides = [_flat(whole)]
                elif mode.value:
                    areas.append(whole)
                strokes += [side for side in map(_flat, sides) if not side.width or not side.height]
    return tuple(strokes), tuple(areas), pictured


def _flat(box: Box) -> Box:
    """A thin box as the stroke along its middle; any other as it is."""
    x0, top, x1, bottom = box
    if box.height < _THIN and box.height <= box.width:
        return Box(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    if box.width < _THIN:
        return Box((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
    return box


def _box(place: Callable[[Point], Point], *points: Point) -> Box:
    xs, ys = zip(*map(place, points))
    return Box(min(xs), min(ys), max(xs), max(ys))


def _objects(source: pypdfium2.PdfPage) -> Iterator[tuple[Any, Any]]:
    """Each object of a page with the matrix that places it, those inside forms as well."""
    waiting = [
        (raw.FPDFPage_GetObject(source, at), raw.FS_MATRIX(1, 0, 0, 1, 0, 0), 0)
        for at in range(raw.FPDFPage_CountObjects(source))
    ]
    while waiting:
        shape, matrix, depth = waiting.pop()
        if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(shape, own)
            inner = _product(own, matrix)
            waiting += [
                (raw.FPDFFormObj_GetObject(shape, at), inner, depth + 1)
                for at in range(raw.FPDFFormObj_CountObjects(shape))
            ]
        else:
            yield shape, matrix


def _product(first: Any, second: Any) -> Any:
    return raw.FS_MATRIX(
        first.a * second.a + first.b * second.c,
        first.a * second.b + first.b * second.d,
        first.c * second.a + first.d * second.c,
        first.c * second.b + first.d * second.d,
        first.e * second.a + first.f * second.c + second.e,
        first.e * second.b + first.f * second.d + second.f,
    )


def _moved(matrix: Any, x: float, y: float) -> Point:
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _corners(shape: Any, matrix: Any) -> tuple[Point, Point]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
    return _moved(matrix, left.value, bottom.value), _moved(matrix, right.value, top.value)


def _outlines(shape: Any, matrix: Any) -> Iterator[list[Point]]:
    """The points of each line that a path draws without lifting the pen; of a curve only its end counts."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, own)
    whole = _product(own, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for at in range(min(raw.FPDFPath_CountSegments(shape), MOST_SHAPES)):
        segment = raw.FPDFPath_GetPathSegment(shape, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(_moved(whole, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points
