"""A workbook's cells, read in a process of its own: sheet by sheet, each row as the words of its cells. What several
cells share stands in each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from etl import cage
from etl.read import grids, prepare


@dataclass(frozen=True)
class Sheet:
    """A sheet that is to be seen: its name, and its rows from the first."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Book:
    """A workbook: its file's name and its sheets."""

    name: str
    sheets: list[Sheet]


def shut_in(file: Path) -> Book:
    """The cells of a workbook. Raises Unread where it is none, or hangs, or takes too much."""
    return cage.one(cage.Job(file, partial(_read, file), Book, prepare))


def _read(file: Path) -> Book:
    return Book(file.name, [Sheet(name, rows) for name, rows in grids(file)])
