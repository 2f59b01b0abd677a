"""The lines of pages that are no part of their text: running heads and page numbers, footnotes, the words of charts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from etl.read.blocks import begins_item
from etl.read.pdf.flow import Sheet
from etl.read.pdf.line import Line

_MARGIN = 0.1
"""Of a page's height: where running heads and page numbers stand."""
_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?[-–\s]*$", re.IGNORECASE)
_SMALLER = 0.8
"""Points: what is so much smaller than the text may be a footnote or a chart's label."""
_NOTE = re.compile(r"^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3}(?=\s|[^\W\d_])|\[\d{1,3}\]|\(\d{1,3}\)|\*+)\s*\S")
"""How a footnote begins."""
_FIGURES = re.compile(r"(?:[-+]?\d+(?:[.,]\d+)*\s*%?\s*)+")
_CAPTION = re.compile(r"(?:biểu đồ|đồ thị|hình|chart|figure)\s*\d", re.IGNORECASE)
_CHART_GAP, _LEAST_AREAS, _LEAST_FIGURES, _MOST_WORDS = 40.0, 2, 3, 6
"""Points between the shapes of one chart; how many shapes and figures make one; words of its longest label."""


def asides(sheets: Sequence[Sheet]) -> frozenset[Line]:
    """Every line of these pages that is no part of their text."""
    found = _running(sheets)
    size = _size_of_text(sheets)
    for sheet in sheets:
        body = sorted((line for line in sheet.body if line not in found), key=lambda line: (line.top, line.x0))
        notes = _footnotes(sheet, body, size)
        found |= notes | _chart_words(sheet, [line for line in body if line not in notes], size)
    return frozenset(found)


def _running(sheets: Sequence[Sheet]) -> set[Line]:
    """What stands in the margin and counts pages, or comes again on other pages."""
    edge = [
        line
        for sheet in sheets
        for line in sheet.body
        if line.bottom < _MARGIN * sheet.page.height or line.top > (1 - _MARGIN) * sheet.page.height
    ]
    on: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in edge:
        on[_without_numbers(line)].add(line.page)
    return {line for line in edge if _PAGE_NUMBER.match(line.text) or len(on[_without_numbers(line)]) > 1}


def _without_numbers(line: Line) -> tuple[str, int]:
    """What is the same of a running head on each page: its words without numbers, and its height."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 6)


def _size_of_text(sheets: Sequence[Sheet]) -> float:
    """The size in which most letters stand."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.body or [line for part in sheet.parts for _, inside in part.cells for line in inside]:
            sizes[round(2 * line.size) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _footnotes(sheet: Sheet, body: Sequence[Line], size: float) -> set[Line]:
    """What stands at the foot of a page in small type, or below a short stroke, from the first mark or the stroke on."""
    below_tables = max((part.rows[-1] for part in sheet.parts), default=0.0)
    rule = max(
        (
            stroke.top
            for stroke in sheet.page.strokes
            if 30 < stroke.width < 0.5 * sheet.page.width
            and stroke.top > max(below_tables, 0.4 * sheet.page.height)
            and not any(line.top < stroke.top < line.bottom + 3 and line.x1 > stroke.x0 for line in body)
        ),
        default=sheet.page.height,
    )
    foot: list[Line] = []
    for line in reversed(body):
        if line.top < below_tables or line.size > size - _SMALLER and line.top < rule:
            break
        foot.insert(0, line)
    begin = next(
        (at for at, line in enumerate(foot) if _NOTE.match(line.text) and line.top > sheet.page.height / 2), None
    )
    if begin is None:
        return set()
    return {line for at, line in enumerate(foot) if at >= begin or line.top > rule}


def _chart_words(sheet: Sheet, body: Sequence[Line], size: float) -> set[Line]:
    """The figures, labels and key of the charts drawn on a page, with the caption beside them."""
    found: set[Line] = set()
    for top, bottom in _charts(sheet, body):
        inside = []
        for line in body:
            if top - 2 * line.size < line.top < bottom + line.size and _is_label(line, size):
                inside.append(line)
                bottom = max(bottom, line.bottom)
        if sum(bool(_FIGURES.fullmatch(line.text)) for line in inside) >= _LEAST_FIGURES:
            found.update(inside)
    return found


def _is_label(line: Line, size: float) -> bool:
    """Whether a line beside a chart may be its words: figures, a caption, small type, words here and there, few words."""
    if _FIGURES.fullmatch(line.text) or _CAPTION.match(line.text) or line.size < size - _SMALLER or _is_spread(line):
        return True
    return not line.bold and not begins_item(line.text) and _is_short(line) and line.text[-1:] not in ".;:"


def _is_short(line: Line) -> bool:
    return len(line.text.split()) <= _MOST_WORDS


def _is_spread(line: Line) -> bool:
    """Whether words stand together here and apart there, as labels of columns do."""
    if begins_item(line.text):
        return line.widest > 6 * line.size
    return not line.alone or line.widest > max(2 * line.space, 0.5 * line.size)


def _charts(sheet: Sheet, body: Sequence[Line]) -> list[tuple[float, float]]:
    """Where columns, slices or slanted lines are drawn outside tables: from the top of each chart to its bottom. A
    shaded box around a sentence is none.
    """
    tables = [(part.rows[0] - 3, part.rows[-1] + 3) for part in sheet.parts]
    prose = [line for line in body if not _is_short(line) and not _is_spread(line)]
    outside = [
        (shape.top, shape.bottom, is_area)
        for shapes, is_area in ((sheet.page.areas, True), (sheet.page.strokes, False))
        for shape in shapes
        if not any(top <= shape.top and shape.bottom <= bottom for top, bottom in tables)
        and not any(shape.top <= line.top and line.bottom <= shape.bottom for line in prose)
    ]
    charts: list[tuple[float, float, int]] = []
    for top, bottom, is_area in sorted(outside):
        if charts and top - charts[-1][1] < _CHART_GAP:
            begin, end, areas = charts.pop()
            charts.append((begin, max(end, bottom), areas + is_area))
        else:
            charts.append((top, bottom, int(is_area)))
    return [(top, bottom) for top, bottom, areas in charts if areas >= _LEAST_AREAS]
