"""A page as pixels → straightened, without red ink, and the strokes drawn on it.

In: a picture of a page as Pillow has it. Out: a grey one whose lines lie level, and its long strokes in points, as a PDF
has them: cells are found from these in the same way.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from etl.read.pdf.shape import Box

_STEEPEST, _COARSE, _FINE = 0.09, 0.004, 0.0005
"""Slopes that are tried: up to 5 degrees, by steps of a quarter of one, then near the best of those."""
_SPECKS = 2
"""Dots that are taken together, so that a lone dark one counts for nothing."""
_FAINT, _LOWEST, _APART = 0.003, 4, 2.5
"""Of a row's dots: so few dark ones part two lines; dots of the lowest line; of its height, what parts columns."""
_RESOLUTION, _ACROSS, _DOWN, _THICKEST = 150, 0.27, 0.2, 0.1
"""Strokes are looked for at 150 dots an inch; inches of the shortest across and down, and of the thickest."""
_WHOLE = 0.9
"""Of a stroke's dots that are dark: a scanner leaves gaps."""
_WHITE = 255
_STAIN = 0.92
"""Of the paper's brightness."""
Dots = np.ndarray[tuple[Any, ...], np.dtype[np.bool_]]


class Place(NamedTuple):
    """A part of a page, in dots."""

    left: int
    top: int
    right: int
    bottom: int


def grey(picture: Image.Image) -> Image.Image:
    """The picture's red part: a red stamp vanishes from it, black and blue ink stay dark."""
    if picture.mode in ("RGB", "RGBA"):
        return picture.getchannel("R")
    return picture.convert("RGB").getchannel("R")


def clean(page: Image.Image) -> Image.Image:
    """A grey page on white paper: what is lighter than a stain vanishes."""
    white = _STAIN * float(np.median(np.asarray(page)))
    return page.point(lambda value: min(round(value * _WHITE / white), _WHITE))


def straightened(page: Image.Image) -> Image.Image:
    """A grey page turned so that its lines lie level; as it is where they do."""
    slope = _slope(np.asarray(page.reduce(max(page.width // 600, 1))))
    if abs(slope) < 2 * _FINE:
        return page
    return page.rotate(float(np.degrees(np.arctan(slope))), Image.Resampling.BICUBIC, fillcolor=_WHITE)


def _slope(dots: np.ndarray) -> float:
    """How far lines fall from left to right, by the slope along which the dark dots gather in the fewest rows."""
    down, right = np.nonzero(_dark(dots))
    if not len(down):
        return 0.0

    def gathered(slope: float) -> float:
        rows = np.bincount((down - right * slope + dots.shape[1]).astype(int))
        return float((rows.astype(float) ** 2).sum())

    best = max(np.arange(-_STEEPEST, _STEEPEST, _COARSE), key=gathered)
    return float(max(np.arange(best - _COARSE, best + _COARSE, _FINE), key=gathered))


def _dark(dots: np.ndarray) -> Dots:
    """Which dots are ink: darker than halfway from the paper to black."""
    return dots < 0.6 * float(np.median(dots))


def lines(piece: Image.Image) -> list[Place]:
    """Where in a grey piece of a page, which lies level, its lines of writing stand, from the top."""
    ink = _dark(np.asarray(piece.reduce(_SPECKS)))
    found = _lines(ink, 0, 0)
    return [Place(*(value * _SPECKS for value in place)) for place in found]


def _lines(ink: np.ndarray, left: int, top: int) -> list[Place]:
    """Lines are parted by empty rows; where columns stand side by side whose lines are parted elsewhere, each column by
    itself.
    """
    found: list[Place] = []
    for first, last in _bands(ink):
        band = ink[first:last]
        right = np.nonzero(band.any(axis=0))[0]
        ends = np.nonzero(np.diff(right) > _APART * (last - first))[0]
        columns = [(int(part[0]), int(part[-1]) + 1) for part in np.split(right, ends + 1)]
        inside = [_lines(band[:, x0:x1], left + x0, top + first) for x0, x1 in columns] if len(columns) > 1 else []
        if any(len(some) > 1 for some in inside):
            found += [place for some in inside for place in some]
        else:
            found.append(Place(left + columns[0][0], top + first, left + columns[-1][1], top + last))
    return found


def _bands(ink: np.ndarray) -> list[tuple[int, int]]:
    """The rows of each line: first and after the last. What hangs below one and what rises above the next may meet; a
    lone mark belongs to the nearest line.
    """
    counts = ink.sum(axis=1)
    full = np.flatnonzero(counts > _FAINT * ink.shape[1])
    bands = [
        [int(some[0]), int(some[-1]) + 1] for some in np.split(full, np.flatnonzero(np.diff(full) > 1) + 1) if len(some)
    ]
    if not bands:
        return []
    height = float(np.median([last - first for first, last in bands if last - first > _LOWEST] or [_LOWEST]))
    parted = []
    for first, last in bands:
        several = max(round((last - first) / (1.2 * height)), 1)
        step = (last - first) / several
        cuts = [first]
        for number in range(1, several):
            begin = round(first + (number - 0.3) * step)
            cuts.append(begin + int(np.argmin(counts[begin : round(first + (number + 0.3) * step)])))
        parted += list(map(list, zip(cuts, [*cuts[1:], last])))
    whole = _with_marks(parted, 0.4 * height)
    edges = [0, *(_emptiest(counts, above[1], below[0]) for above, below in itertools.pairwise(whole)), len(counts)]
    trimmed = []
    for begin, end in itertools.pairwise(edges):
        own = np.flatnonzero(counts[begin:end])
        trimmed.append((begin + int(own[0]), begin + int(own[-1]) + 1))
    return [band for band in trimmed if band[1] - band[0] > _LOWEST]


def _with_marks(bands: list[list[int]], least: float) -> list[list[int]]:
    """Bands where one that is lower than a line, marks above letters or below them, is part of the nearer neighbour."""
    whole = list(bands)
    while len(whole) > 1 and (low := min(whole, key=lambda band: band[1] - band[0]))[1] - low[0] < least:
        at = whole.index(low)
        above = low[0] - whole[at - 1][1] if at else float("inf")
        below = whole[at + 1][0] - low[1] if at + 1 < len(whole) else float("inf")
        first = at - 1 if above <= below else at
        if min(above, below) < 2 * least:
            whole[first : first + 2] = [[whole[first][0], whole[first + 1][1]]]
        else:
            del whole[at]
    return whole


def _emptiest(counts: np.ndarray, begin: int, end: int) -> int:
    """Where between two lines the row stands that holds the least: in the middle of several."""
    between = counts[begin : max(end, begin + 1)]
    emptiest = np.flatnonzero(between == between.min())
    return begin + int(emptiest[len(emptiest) // 2])


def strokes(page: Image.Image, dpi: float) -> list[Box]:
    """The long strokes of a grey page that lies level, in points: those across, then those down."""
    step = max(round(dpi / _RESOLUTION), 1)
    ink = _dark(np.asarray(page))
    ink = ink[: ink.shape[0] // step * step, : ink.shape[1] // step * step]
    ink = np.asarray(ink.reshape(ink.shape[0] // step, step, -1, step).any(axis=(1, 3)))
    scale, dots = 72 * step / dpi, dpi / step
    across = _runs(ink, round(_ACROSS * dots), _THICKEST * dots)
    down = _runs(ink.T, round(_DOWN * dots), _THICKEST * dots)
    return [
        *(Box(first * scale, at * scale, last * scale, at * scale) for at, first, last in across),
        *(Box(at * scale, first * scale, at * scale, last * scale) for at, first, last in down),
    ]


def _runs(ink: np.ndarray, shortest: int, thickest: float) -> Iterator[tuple[float, float, float]]:
    """Each stroke across: its row, first and last column."""
    near: Dots = ink.copy()
    near[1:] |= ink[:-1]
    near[:-1] |= ink[1:]
    sums = np.cumsum(np.pad(near, ((0, 0), (shortest, 0))), axis=1, dtype=np.int32)
    full = sums[:, shortest:] - sums[:, :-shortest] >= _WHOLE * shortest
    edges = np.diff(np.pad(full, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    begins, ends = np.nonzero(edges == 1), np.nonzero(edges == -1)
    open_: list[list[int]] = []
    for row, first, last in zip(begins[0].tolist(), (begins[1] - shortest + 1).tolist(), (ends[1] - 1).tolist()):
        done = [one for one in open_ if one[1] < row - 1]
        open_ = [one for one in open_ if one[1] >= row - 1]
        yield from _thin(done, thickest)
        for one in open_:
            if first <= one[3] and last >= one[2]:
                one[1:] = [row, min(one[2], first), max(one[3], last)]
                break
        else:
            open_.append([row, row, first, last])
    yield from _thin(open_, thickest)


def _thin(found: list[list[int]], thickest: float) -> Iterator[tuple[float, float, float]]:
    for top, bottom, first, last in found:
        if bottom - top <= thickest:
            yield (top + bottom + 1) / 2, max(first, 0), last + 1
