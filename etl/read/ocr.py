"""Pages without letters, read by Tesseract where it is installed.

In: pictures of pages. Out: for each its words and strokes, placed in points as those of a PDF's page, so that the same
code makes paragraphs and tables of them. A page is straightened first, and turned where it makes no sense; Tesseract
gets each line of each cell as a picture of its own, all of a page in one run.
"""

from __future__ import annotations

import csv
import io
import logging
import os
import re
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from statistics import median

from PIL import Image, ImageDraw, ImageOps

from etl.model import Block
from etl.read import pixels
from etl.read.charset import is_vietnamese
from etl.read.pdf.line import Word
from etl.read.pdf.page import Page
from etl.read.pdf.table import drawn
from etl.read.repair import repaired
from etl.text import nfc

INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
DPI, MOST_DOTS = 250, 20_000_000
"""In how many dots an inch a page is drawn, and how many a picture may have: an A3 sheet has 12 million."""
MOST_PAGES = 40
SECONDS = 120
"""For one page: hand-writing, or a picture of a wood, keeps Tesseract busy for long."""
UNTIL = "OCR_UNTIL"
"""The variable that says when no page is tried any more, and none goes on, by this system's clock (`time.monotonic`);
without it there is no limit.
"""
UNSURE = 60
"""Of 100: a word less sure than this is marked."""
_SENSELESS, _NOTHING = 60, 30
"""The mean confidence of a page below which it may lie on its side or head, or be hand-writing, and below which nothing
was read.
"""
_STROKE, _BESIDE, _RIM = 1.0, 2.5, 12
"""Points that a stroke across and one down reach from its middle, for a tall one may still lean; dots of white around a
line."""
_WHITE = 255
_DASHES = ("-", "–", "—", "•", ":", "¬", "~", "'", "_", "`")
"""What a dash at the beginning of a line is taken for."""
_ONE_LINE, _WORD = "7", "5"
"""Tesseract's names: for a picture that is one line, and for a row of its answer that is about a word."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seen:
    """What a page shows: its strokes (in `page`) and words, and how sure each word is, 0 to 100. `repairs` say which
    words are written otherwise. Without words where the page could not be read.
    """

    page: Page
    words: Sequence[Word] = ()
    confidence: Sequence[float] = ()
    repairs: Sequence[str] = ()

    @property
    def mean(self) -> float:
        return sum(self.confidence) / max(len(self.confidence), 1)


def program() -> str | None:
    """Where Tesseract is, None where it is not installed."""
    return shutil.which("tesseract")


def remedy() -> tuple[str, str]:
    """What is said in both languages of a document in which no words could be recognised."""
    if program() and time.monotonic() >= _until():
        return (
            "; máy đã hết giờ nhận dạng khi chưa xong trang nào, hãy thử lại khi máy chủ bớt bận hoặc nộp ít trang hơn",
            "; time ran out before a page was recognised: try again when the server is less busy, or hand in fewer pages",
        )
    if program():
        return "; máy đã thử nhận dạng mà không ra chữ nào", "; no words could be recognised here"
    return (
        f"; máy chủ sẽ tự nhận dạng nếu quản trị viên cài Tesseract: {INSTALL}",
        f"; the server recognises such files once Tesseract is installed: {INSTALL}",
    )


def pages(pictures: Iterable[tuple[int, Image.Image, float]]) -> Iterator[Seen]:
    """Each page (number, picture, dots an inch), as many at once as there are processors. Ends when time is up; a page
    that is not done by then was not tried.
    """
    several, until = os.cpu_count() or 1, _until()
    waiting = iter(pictures)
    with ThreadPoolExecutor(several) as workers:
        while time.monotonic() < until and (some := list(islice(waiting, several))):
            for seen in workers.map(lambda one: _page(until, *one), some):
                if seen.words or time.monotonic() < until:
                    _log.info("%d", seen.page.number)
                    yield seen


def _until() -> float:
    return float(os.environ.get(UNTIL, "inf"))


def _page(until: float, number: int, picture: Image.Image, dpi: float) -> Seen:
    grey = pixels.clean(pixels.grey(picture))
    with suppress(subprocess.SubprocessError, OSError):
        seen = _upright(number, grey, dpi, until)
        if seen.mean < _SENSELESS and (turn := _turn(grey, until)):
            seen = _upright(number, grey.rotate(-turn, expand=True, fillcolor=_WHITE), dpi, until)
        is_text = seen.mean >= _SENSELESS or is_vietnamese(" ".join(word.text for word in seen.words))
        if seen.mean >= _NOTHING and is_text:
            return seen
    return Seen(_as_page(number, grey, dpi))


def _as_page(number: int, grey: Image.Image, dpi: float) -> Page:
    scale = 72 / dpi
    return Page(number, grey.width * scale, grey.height * scale, {0: []}, pixels.strokes(grey, dpi), [], 1.0)


def _turn(grey: Image.Image, until: float) -> int:
    """By how many degrees a page has to be turned to stand upright, clockwise."""
    said = _run([grey], until, "--psm", "0", "-l", "osd")
    return next((int(line.split()[-1]) for line in said.splitlines() if line.startswith("Rotate:")), 0)


def _upright(number: int, grey: Image.Image, dpi: float, until: float) -> Seen:
    """What a page shows that stands upright."""
    level = pixels.straightened(grey).copy()
    page = _as_page(number, level, dpi)
    scale = dpi / 72
    paint = ImageDraw.Draw(level)
    lines: list[tuple[pixels.Place, Image.Image]] = []
    for cell in chain.from_iterable(drawn(page)):
        box = pixels.Place(*(round(value * scale) for value in cell))
        for x in (box.left, box.right):
            paint.line((x, box.top, x, box.bottom), _WHITE, round(2 * _BESIDE * scale))
        for y in (box.top, box.bottom):
            paint.line((box.left, y, box.right, y), _WHITE, round(2 * _STROKE * scale))
        lines += _lines(level.crop(box), box.left, box.top)
        paint.rectangle(box, fill=_WHITE)
    found = list(_words([*lines, *_lines(level, 0, 0)], dpi, until))
    words, confidence = [word for word, _ in found], [sure for _, sure in found]
    mended = repaired([word.text for word in words], confidence)
    return Seen(
        page,
        [word._replace(text=mended.get(at, word.text)) for at, word in enumerate(words)],
        confidence,
        [f"{words[at].text} → {text}" for at, text in mended.items()],
    )


def _lines(piece: Image.Image, left: int, top: int) -> Iterator[tuple[pixels.Place, Image.Image]]:
    """Each line of a piece of a page: its place on the page, and its picture with white around it."""
    for place in pixels.lines(piece):
        yield (
            pixels.Place(left + place.left, top + place.top, left + place.right, top + place.bottom),
            ImageOps.expand(piece.crop(place), _RIM, _WHITE),
        )


def _words(lines: Sequence[tuple[pixels.Place, Image.Image]], dpi: float, until: float) -> Iterator[tuple[Word, float]]:
    """The words of lines, each where it stands on the page and as high as most lines are, and how sure it is."""
    if not lines:
        return
    pictures = [picture for _, picture in lines]
    said = _run(pictures, until, "--psm", _ONE_LINE, "-l", "vie", "--dpi", str(round(dpi)), "tsv")
    scale = 72 / dpi
    size = median(place.bottom - place.top for place, _ in lines) * scale
    for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE):
        text, sure = nfc(row["text"] or "").strip(), float(row["conf"])
        if row["level"] != _WORD or not text:
            continue
        if row["word_num"] == "1" and text in _DASHES:
            text = "-"
        # specks of a stamp and rests of strokes are taken for signs
        if any(map(str.isalnum, text)) or text == "-" or sure >= UNSURE and text.strip("_|=~"):
            place, _ = lines[int(row["page_num"]) - 1]
            x0 = (place.left - _RIM + int(row["left"])) * scale
            bottom = (place.top + place.bottom) / 2 * scale + size / 2
            yield Word(x0, x0 + int(row["width"]) * scale, bottom - size, bottom, text, "", False), sure


def _run(pictures: Sequence[Image.Image], until: float, *options: str) -> str:
    """What Tesseract says of pictures, each a page to it. It is ended when it takes too long for one page, or for all."""
    tesseract = program()
    if tesseract is None:
        raise FileNotFoundError("tesseract")
    content = io.BytesIO()
    pictures[0].save(content, "TIFF", save_all=True, append_images=pictures[1:])
    done = subprocess.run(
        [tesseract, "stdin", "stdout", *options],
        input=content.getvalue(),
        capture_output=True,
        check=True,
        timeout=min(SECONDS, max(until - time.monotonic(), 0)),
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8", errors="replace")


_PAGE = re.compile(r"page:(\d+)")


def marked(blocks: Iterable[Block], seen: Sequence[Seen]) -> Iterator[Block]:
    """Blocks with how sure their words are, where they come from pages that were read here; on the first of a page
    stands what was repaired.
    """
    words: dict[tuple[int, str], list[float]] = defaultdict(list)
    repairs = {one.page.number: "; ".join(one.repairs) for one in seen if one.repairs}
    for one in seen:
        for word, sure in zip(one.words, one.confidence):
            words[one.page.number, word.text].append(sure)
    numbers = {one.page.number for one in seen if one.words}
    for block in blocks:
        found = _PAGE.match(block.place)
        number = int(found[1]) if found else 0
        if number not in numbers:
            yield block
            continue
        told = [
            (text, known.pop(0))
            for text in block.text.split()
            if (known := words[number, text] or words[number + 1, text])
        ]
        note = f"{block.note}\nocr_repaired {repairs.pop(number)}".strip() if number in repairs else block.note
        yield replace(
            block,
            confidence=sum(sure for _, sure in told) / len(told) if told else None,
            doubtful=tuple(text for text, sure in told if sure < UNSURE),
            note=note,
        )
