"""PDF files: the words of each page, in the paragraphs and tables that they stand in.

    bomb        what is refused before anybody unpacks it
    page        a page → letters, strokes, areas
    line        letters → words and lines
    table       strokes → drawn cells with their words; a table with all its pages → a grid
    unreadable  whether a page's text layer can be used
    aside       lines that are no part of the text
    flow        lines and tables of all pages → blocks

In: a .pdf. Out: blocks. A PDF knows letters and strokes only: what belongs together is told by where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from etl.model import Block
from etl.read import guard
from etl.read.blocks import Blocks
from etl.read.pdf import bomb
from etl.read.pdf.aside import furniture
from etl.read.pdf.flow import Flow, Sheet
from etl.read.pdf.line import leaning, lines, words
from etl.read.pdf.page import Page, page
from etl.read.pdf.table import parts
from etl.read.pdf.unreadable import NOTES, refusal, unreadable


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a PDF. Raises Unread where it is locked, damaged, a scan, or holds more than a plan."""
    bomb.refuse(content, name)
    if b"startxref" not in content[-4096:]:
        raise guard.damaged(name)
    try:
        with pypdfium2.PdfDocument(content) as file:
            if len(file) > guard.MOST_PAGES:
                raise guard.too_much(name, "trang", "pages", guard.MOST_PAGES)
            yield from _read(file, name)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise (guard.encrypted if locked else guard.damaged)(name) from None


def _read(file: pypdfium2.PdfDocument, name: str) -> list[Block]:
    """Page by page: its lines, or the reason why they cannot be used."""
    found: list[Sheet] = []
    left_out: dict[str, list[int]] = defaultdict(list)
    for number in range(1, len(file) + 1):
        sheet, reason = _sheet(page(file[number - 1], number, name))
        found.append(sheet)
        if reason:
            left_out[reason].append(number)
    if left_out and not any(sheet.has_text for sheet in found):
        raise refusal(max(left_out, key=lambda reason: len(left_out[reason])), name)
    running = furniture(found)
    out = Blocks(name)
    Flow(out).read([replace(sheet, asides=sheet.asides | running) for sheet in found])
    for reason, numbers in left_out.items():
        out.note(NOTES[reason], ", ".join(map(str, numbers)))
    return out.made


def _sheet(one: Page) -> tuple[Sheet, str | None]:
    """A page with its lines and tables. Of one whose text layer cannot be used, all lines are asides."""
    found, slanted = words(one), leaning(one)
    if reason := unreadable(one, every := lines(found, one.number)):
        return Sheet(one, every, (), frozenset(every)), reason
    tables, found = parts(one, found)
    return Sheet(one, [*lines(found, one.number), *slanted], tables, frozenset(slanted)), None
