"""PDF files: the words of each page, in the paragraphs and tables that they stand in.

    bomb        what is refused before anybody unpacks it
    page        a page → its letters, and what is drawn on it
    shape       strokes, areas, pictures
    line        letters → words and lines
    table       strokes → drawn cells with their words
    grid        a table with all its pages → a grid
    unreadable  whether a page's text layer can be used
    aside       lines that are no part of the text
    flow        lines and tables of all pages → blocks

In: a .pdf. Out: blocks. A PDF knows letters and strokes only: what belongs together is told by where it stands.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from etl.model import Block
from etl.read import guard, ocr
from etl.read.blocks import Blocks
from etl.read.pdf import bomb
from etl.read.pdf.aside import asides
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
    """Page by page: its lines, or the reason why they cannot be used. Such pages are recognised where that can be had."""
    found: list[Sheet] = []
    left_out: dict[int, str] = {}
    for number in range(1, len(file) + 1):
        sheet, reason = _sheet(page(file[number - 1], number, name))
        found.append(sheet)
        if reason:
            left_out[number] = reason
    seen = list(ocr.pages(_drawn(file, list(left_out)[: ocr.MOST_PAGES]))) if ocr.program() else []
    for one in seen:
        if one.words:
            found[one.page.number - 1] = recognised(one)
            del left_out[one.page.number]
    if left_out and not any(sheet.has_text for sheet in found):
        if ocr.program() and not any(sheet.page.pictured for sheet in found):
            raise guard.empty(name)  # what is drawn there are no letters
        reasons = list(left_out.values())
        raise refusal(max(reasons, key=reasons.count), name)
    tried = {one.page.number for one in seen}
    codes = {
        number: "page_not_recognised" if number in tried else "page_not_tried" if ocr.program() else NOTES[reason]
        for number, reason in left_out.items()
    }
    return together(found, seen, codes, name)


def _drawn(file: pypdfium2.PdfDocument, numbers: Sequence[int]) -> Iterator[tuple[int, Image.Image, float]]:
    """Pages as pictures, each drawn when its turn comes, with its dots an inch: fewer of a sheet as large as a wall."""
    for number in numbers:
        width, height = file.get_page_size(number - 1)
        dpi = min(float(ocr.DPI), 72 * (ocr.MOST_DOTS / (width * height)) ** 0.5)
        yield number, file[number - 1].render(scale=dpi / 72).to_pil(), dpi


def recognised(seen: ocr.Seen) -> Sheet:
    """A page that was read as a picture, with its lines and tables."""
    tables, found = parts(seen.page, seen.words)
    return Sheet(seen.page, lines(found, seen.page.number), tables, frozenset())


def together(found: Sequence[Sheet], seen: Sequence[ocr.Seen], left_out: Mapping[int, str], name: str) -> list[Block]:
    """The blocks of all pages; the first says which were recognised, and by a finding's code which were left out."""
    left_aside = asides(found)
    out = Blocks(name)
    Flow(out).read([replace(sheet, asides=sheet.asides | left_aside) for sheet in found])
    if out.made:
        out.made = list(ocr.marked(out.made, seen))
    if read := [one for one in seen if one.words]:
        mean = sum(one.mean for one in read) / len(read)
        out.note("read_by_ocr", f"{_runs([one.page.number for one in read])} ({mean:.0f} %)")
    for code, numbers in itertools.groupby(sorted(left_out, key=left_out.__getitem__), left_out.__getitem__):
        out.note(code, _runs(list(numbers)))
    return out.made


def _runs(numbers: Sequence[int]) -> str:
    """[1, 2, 5, 6, 7] → "1, 2, 5–7"."""
    runs = [
        [number for _, number in run]
        for _, run in itertools.groupby(enumerate(sorted(numbers)), lambda one: one[1] - one[0])
    ]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _sheet(one: Page) -> tuple[Sheet, str | None]:
    """A page with its lines and tables. Of one whose text layer cannot be used, all lines are asides."""
    found, slanted = words(one), leaning(one)
    if reason := unreadable(one, every := lines(found, one.number)):
        return Sheet(one, every, (), frozenset(every)), reason
    tables, found = parts(one, found)
    return Sheet(one, [*lines(found, one.number), *slanted], tables, frozenset(slanted)), None
