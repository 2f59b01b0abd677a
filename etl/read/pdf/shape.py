"""A page of a PDF → what is drawn on it: strokes, areas, pictures, and text that is printed a second time."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from etl.read import guard

MOST_SHAPES = 200_000
"""On one page."""
_DEEPEST = 8
"""Forms in forms."""
_THIN = 2.5
"""Points: a box that is thinner is a stroke."""

Point = tuple[float, float]


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


@dataclass
class Shapes:
    """Strokes across and down; areas that are filled or that a slanted line spans; pictures; words printed again."""

    strokes: list[Box] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    again: list[Box] = field(default_factory=list)


def shapes(source: pypdfium2.PdfPage, place: Callable[[Point], Point], read: Container[int], name: str) -> Shapes:
    """What is drawn on a page, in places of its own; `read` are the text objects whose letters are known already.

    Raises Unread where there is more than on any page of a plan.
    """
    found = Shapes()
    for count, (shape, matrix) in enumerate(_objects(source)):
        if count > MOST_SHAPES or len(found.strokes) > MOST_SHAPES:
            raise guard.too_much(name, "nét vẽ trên một trang", "strokes on one page", MOST_SHAPES)
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.pictures.append(_box(place, *_corners(shape, matrix)))
        elif kind == raw.FPDF_PAGEOBJ_TEXT and ctypes.addressof(shape.contents) not in read:
            found.again.append(_box(place, *_corners(shape, matrix)))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            mode, is_drawn = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(shape, mode, is_drawn)
            if not mode.value and not is_drawn.value:
                continue
            for points in _outlines(shape, matrix):
                whole = _box(place, *points)
                if min(whole.width, whole.height) < _THIN:
                    found.strokes.append(_flat(whole))
                    continue
                sides = [_flat(_box(place, one, other)) for one, other in itertools.pairwise(points)]
                straight = [side for side in sides if not side.width or not side.height]
                if mode.value or len(straight) < len(sides):
                    found.areas.append(whole)
                found.strokes += straight
    return found


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
