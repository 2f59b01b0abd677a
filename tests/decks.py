"""What tests ask of slides: their titles, tables and charts, and whether everything stands in its place."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

from pptx import Presentation

from ui.export import deck

EMU = 914_400


def opened(made: bytes) -> list[Any]:
    """The slides of a file."""
    return list(Presentation(io.BytesIO(made)).slides)


def titled(one: Any) -> str:
    return one.shapes.title.text_frame.text.replace("\u00a0", " ")


def tables(slides: list[Any]) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for one in slides
        for shape in one.shapes
        if shape.has_table
    ]


def charts(slides: list[Any]) -> list[Any]:
    return [shape.chart for one in slides for shape in one.shapes if shape.has_chart]


def notes(one: Any) -> str:
    return one.notes_slide.notes_text_frame.text


def sizes(one: Any) -> Iterator[tuple[float, str]]:
    """The sizes of the letters in the body of a slide, with the words: not of its title, its number and its foot."""
    for shape in one.shapes:
        if shape.is_placeholder or shape.top / EMU >= deck.BOTTOM:
            continue
        frames = [shape.text_frame] if shape.has_text_frame else []
        if shape.has_table:
            frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            yield shape.chart.font.size.pt, "chart"
            yield from ((one.data_labels.font.size.pt, one.name) for one in shape.chart.plots[0].series)
        yield from ((run.font.size.pt, run.text) for frame in frames for line in frame.paragraphs for run in line.runs)


def stands(slides: list[Any], wide: float = 13.34, high: float = 7.5) -> None:
    """Nothing leaves its box or its slide, and no box lies over another."""
    for number, one in enumerate(slides, 1):
        for shape in one.shapes:
            if shape.has_text_frame:
                words = [(line.text, line.runs[0].font) for line in shape.text_frame.paragraphs if line.runs]
                sizes = [font.size.pt if font.size else deck.size_of(shape) for _, font in words]
                taken = sum(
                    len(deck.lines(text, shape.width / EMU - 0.2, size, bold=bool(font.bold))) * size * 1.2 / 72
                    for (text, font), size in zip(words, sizes)
                )
                assert taken <= shape.height / EMU + 0.05, (number, words[0][0])
        boxes = [
            (shape.top / EMU, (shape.top + shape.height) / EMU, shape.left / EMU, (shape.left + shape.width) / EMU)
            for shape in one.shapes
        ]
        assert boxes, number
        for top, bottom, left, right in boxes:
            assert top >= 0 and bottom <= high + 0.01 and left >= 0 and right <= wide + 0.01, number
        for first, second in itertools.combinations(boxes, 2):
            is_apart = first[1] <= second[0] + 0.05 or second[1] <= first[0] + 0.05
            assert is_apart or first[3] <= second[2] + 0.05 or second[3] <= first[2] + 0.05, (number, first, second)
