"""How figures of groups are drawn, each a dot on a line with its pale band: topics against columns, or a line under each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from ui import data
from ui.data.country import Share
from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, RULE, SOFT
from ui.draw.sheet import NARROW, Drawing, Sheet
from ui.topics.country.view import by_dim, hover, named, short
from ui.words import labels

_NAMES = 262
"""So wide is the column of names."""
_LINE_NAMES, _SAYS = 330, 190
"""So wide are the names of lines, and what is said at their ends."""
Band = tuple[float, float, float]
"""Where a band begins, its dot lies, and it ends, from 0 to 1."""


@dataclass(frozen=True)
class Column:
    """A column: its key in the address, its name, how many plans it counts, and its share on each topic."""

    key: str
    name: str
    n: int
    shares: Mapping[str, Share]


@dataclass(frozen=True)
class Line:
    """A line under its name: its key in the address, what is said at its end and when it is pointed at, and its band; None
    where there is nothing to draw.
    """

    key: str
    name: str
    says: str
    hover: str
    band: Band | None


def band(share: Share) -> Band | None:
    """A share with its interval; None where too few are counted."""
    low, high = share.interval
    return (low, share.value, high) if share.is_told else None


def _lane(sheet: Sheet, x0: float, x1: float, y: float, band: Band | None, color: str) -> None:
    sheet.line(x0, y, x1, y, RULE)
    if band is None:
        return
    low, dot, high = (x0 + (x1 - x0) * place for place in band)
    sheet.box(low, y - 4, high, y + 4, color, opacity=0.25)
    sheet.circle(dot, y, 9, color)


def _hit(
    sheet: Sheet, box: tuple[float, float, float, float], column: Column, topic: str, topics: Mapping[str, str]
) -> None:
    """A cell that opens by a click, and what is said when it is pointed at."""
    words = (f"{column.name} · {named(topic, topics[topic])}", hover(column.shares[topic]), labels.t("common.click"))
    sheet.hit(*box, f"{column.key}~{topic}", "\n".join(words))


def wide(sheet: Sheet, columns: Sequence[Column], topics: Mapping[str, str]) -> Drawing:
    """Topics under their dimension, columns beside each other."""
    width = (sheet.width - _NAMES) / max(len(columns), 3)
    lefts = [_NAMES + at * width for at in range(len(columns))]
    y = _heads(sheet, columns, lefts, width - 14, sheet.top + 6)
    for dim, subs in by_dim(topics).items():
        sheet.line(0, y, sheet.width, y, DIM[dim], width=2)
        sheet.text(0, y + 17, f"{dim}  {labels.pick(data.dimension(dim), 'short')}", size=15, color=DIM[dim], bold=True)
        y += 30
        for sub in subs:
            lines = wrap(topics[sub], _NAMES - 44, 14)
            height = max(26, 10 + 16 * len(lines))
            middle = y + height / 2
            sheet.text(0, middle, sub, size=13, color=SOFT)
            sheet.lines(30, middle - 8 * (len(lines) - 1), lines, 16)
            for column, left in zip(columns, lefts):
                share = column.shares[sub]
                if share.is_told:
                    _lane(sheet, left, left + width - 64, middle, band(share), DIM[dim])
                sheet.text(left + width - 18, middle, short(share), size=13, anchor="right")
                _hit(sheet, (left - 6, middle - 12, left + width - 12, middle + 12), column, sub, topics)
            y += height
        y += 8
    return sheet.figure(y)


def _heads(sheet: Sheet, columns: Sequence[Column], lefts: Sequence[float], width: float, y: float) -> float:
    """The columns' names, with their last line on one height, and under each how many plans it counts; gives back where
    the first row begins.
    """
    heads = [wrap(column.name, width, 13, bold=True) for column in columns]
    tall = max(map(len, heads))
    for column, left, lines in zip(columns, lefts, heads):
        sheet.lines(left, y + 16 * (tall - len(lines)), lines, 16, size=13, bold=True)
        sheet.text(left, y + 16 * tall, labels.t("country.n", n=column.n), size=12, color=SOFT)
    return y + 16 * tall + 16


def narrow(sheet: Sheet, columns: Sequence[Column], topics: Mapping[str, str]) -> Drawing:
    """The sister for a phone: columns have letters, whose names stand on top."""
    width = sheet.width / max(len(columns), 3)
    lefts = [at * width for at in range(len(columns))]
    y = sheet.top
    for letter, column in zip(ascii_uppercase, columns):
        words = f"{column.name} ({labels.t('country.n', n=column.n)})"
        sheet.text(0, y + 8, letter, size=13, bold=True)
        y = sheet.lines(20, y + 8, wrap(words, sheet.width - 24, 13), 16, size=13) - 6
    y += 12
    for dim, subs in by_dim(topics).items():
        sheet.line(0, y, sheet.width, y, DIM[dim], width=2)
        words = f"{dim}  {labels.pick(data.dimension(dim), 'short')}"
        sheet.text(0, y + 15, words, size=16, color=DIM[dim], bold=True)
        for letter, left in zip(ascii_uppercase, lefts):
            sheet.text(left, y + 36, letter, size=13, color=SOFT, bold=True)
        y += 46
        for sub in subs:
            sheet.line(0, y, sheet.width, y)
            y = sheet.lines(0, y + 11, wrap(named(sub, topics[sub]), sheet.width - 4, 14), 17)
            for column, left in zip(columns, lefts):
                share = column.shares[sub]
                sheet.text(left, y, short(share), size=13, bold=True)
                if share.is_told:
                    _lane(sheet, left, left + width - 10, y + 13, band(share), DIM[dim])
                _hit(sheet, (left, y - 9, left + width - 4, y + 17), column, sub, topics)
            y += 20
        y += 10
    return sheet.figure(y)


def listed(sheet: Sheet, lines: Sequence[Line], color: str) -> Drawing:
    """Lines under each other: names beside them, or above where there is no room."""
    y, is_wide = sheet.top, sheet.width > NARROW
    for line in lines:
        top = y
        sheet.line(0, y, sheet.width, y)
        if is_wide:
            names = wrap(line.name, _LINE_NAMES - 20, 14)
            y += max(28, 11 + 17 * len(names))
            middle = (top + y) / 2
            sheet.lines(0, middle - 8.5 * (len(names) - 1), names, 17)
            sheet.text(sheet.width, middle, line.says, size=13, anchor="right")
            _lane(sheet, _LINE_NAMES, sheet.width - _SAYS, middle, line.band, color)
        else:
            names = wrap(line.name, sheet.width - width_of(line.says, 13) - 14, 14)
            sheet.text(sheet.width, y + 12, line.says, size=13, anchor="right")
            y = sheet.lines(0, y + 12, names, 17)
            _lane(sheet, 4, sheet.width - 4, y, line.band, color)
            y += 12
        words = (line.name, line.hover, labels.t("common.click"))
        sheet.hit(0, top + 2, sheet.width, y - 2, line.key, "\n".join(words))
    sheet.line(0, y, sheet.width, y)
    return sheet.figure(y)
