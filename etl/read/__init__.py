"""read: one document → its blocks (paragraphs and table rows), in reading order.

    guard      what a file is by its first bytes, and whether it may be opened
    docx, doc, rtf, xlsx, pdf, image, html, txt      a reader for each format
    blocks     paragraphs and tables → blocks; all readers give the same
    ocr, pixels, repair      pages that are pictures: their words, strokes, and what a blurred word was
    counted      what a file holds, counted in a second way, beside what was read
    printed    what printing left in a copied text: lines that stand twice, running feet and notes
    charset, numbering      old codes of Vietnamese; the numbers of Word's lists

What cannot be read raises `Unread`, one sentence with file, reason and remedy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from etl.model import Block
from etl.read import charset, guard
from etl.read.counted import Counted, count
from etl.read.printed import drawn_together, once, without_feet, without_notes


def read(file: Path) -> tuple[Block, ...]:
    """The blocks of one document, all that it says in one of them. What it is is told by its bytes, not by its name.

    Raises Unread where the file is missing, empty, damaged, too large, or of a kind that cannot be read.
    """
    return understood(*_opened(file), file.name)


def read_counted(file: Path) -> tuple[tuple[Block, ...], Counted]:
    """The same, with the letters that the document holds beside those of its blocks, and what is in none of them."""
    content, kind = _opened(file)
    blocks = understood(content, kind, file.name)
    return blocks, count(content, kind, blocks)


def grids(file: Path) -> tuple[tuple[str, list[list[str]]], ...]:
    """The sheets of a workbook and the cells of each, row by row. Raises Unread for all that is no workbook."""
    content, kind = _opened(file)
    if kind != "xlsx":
        vi, en = "không phải bảng tính .xlsx; hãy lưu lại thành .xlsx", "this is no .xlsx workbook; save it as .xlsx"
        raise guard.unread(file.name, vi, en)
    return tuple(import_module("etl.read.xlsx").grids(content, file.name))


def understood(content: bytes, kind: str, name: str) -> tuple[Block, ...]:
    """The blocks of bytes that are of this kind ("docx", "txt" …). Raises Unread."""
    blocks = without_notes(without_feet(drawn_together(once(list(_reader(kind)(content, name))))))
    if not blocks:
        raise guard.empty(name)
    if all(block.confidence is None for block in blocks) and charset.is_broken(" ".join(b.text for b in blocks)):
        raise guard.unread(
            name,
            "các chữ không thành tiếng Việt (thường do chép từ một bản quét có lớp chữ nhận dạng hỏng); hãy nộp bản Word hoặc PDF xuất từ Word, hoặc nhận dạng chữ tiếng Việt (OCR) rồi kiểm tra lại",
            "its text is not Vietnamese (usually copied from a badly recognised scan); submit the Word document or a PDF made from it, or recognise the text as Vietnamese (OCR) and check it",
        )
    return _turned_back(tuple(blocks), name)


def _turned_back(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The blocks of a document as its letters were meant, where signs of an older code were taken for letters."""
    code = charset.taken_for([part for block in blocks for part in (block.text, *block.cells)])
    if not code:
        return blocks
    if code == "TCVN3":  # one of its signs is an invisible one of Unicode, and is gone by now
        raise guard.unread(
            name,
            "chữ viết theo bảng mã TCVN3 (phông .VnTime) nhưng tệp không còn ghi phông, nên hiện sai; hãy chuyển văn bản sang Unicode (UniKey, Ctrl+Shift+F9) rồi nộp lại",
            "its text is in the old encoding TCVN3 (.VnTime font) but the file no longer names the font, so it shows wrongly; convert the text to Unicode and submit it again",
        )
    found = [
        replace(
            block, text=charset.meant(block.text, code), cells=tuple(charset.meant(cell, code) for cell in block.cells)
        )
        for block in blocks
    ]
    note = "\n".join(filter(None, [found[0].note, f"charset_assumed {code}"]))
    return (replace(found[0], note=note), *found[1:])


def _opened(file: Path) -> tuple[bytes, str]:
    """The bytes of a document, and what it is. Raises Unread."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise guard.unread(
            file.name,
            f"không mở được tệp ({error.strerror}); hãy kiểm tra đường dẫn và quyền đọc",
            f"the file cannot be opened ({error.strerror}); check its path and permissions",
        ) from None
    return content, guard.format_of(content, file.name)


def _reader(kind: str) -> Callable[[bytes, str], Iterable[Block]]:
    """A format's reader, imported when it is first asked for: a build of plain text waits for no library."""
    return import_module(f"etl.read.{kind}").blocks


_TEXTS = ("html", "txt")
_READERS = {
    b"PK": ("docx", "xlsx"),
    b"%PDF": ("pdf",),
    b"\xd0\xcf": ("doc",),
    b"{\\rtf": ("rtf",),
    b"\x89PNG": ("image",),
    b"\xff\xd8": ("image",),
    b"II*": ("image",),
    b"MM": ("image",),
}

_FOLDERS = {"docx": b"word/", "xlsx": b"xl/"}
"""What the list of its parts, at the end of such a file, names in plain letters."""


def prepare(file: Path) -> None:
    """Import the readers that a file may need by its first bytes, of which nothing is understood here: whoever opens it
    in a process of its own then need not.
    """
    kinds = _kinds(_beginning(file))
    named = [kind for kind in kinds if _FOLDERS.get(kind, b"") in _end(file)]
    for kind in named or kinds:
        _reader(kind)


def is_plain(file: Path) -> bool:
    """Whether a file can be nothing but plain text, by its first bytes: Python alone reads it, and no library that a
    fault in its memory could make do something else.
    """
    beginning = _beginning(file)
    return _kinds(beginning) == _TEXTS and not any(sign in beginning for sign in (b"<", b"\0", b"%PDF-"))


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(guard.BEGINNING)
    except OSError:
        return b""  # whoever reads it says so


def _end(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            opened.seek(max(file.stat().st_size - guard.BEGINNING, 0))
            return opened.read(guard.BEGINNING)
    except OSError:
        return b""


def _kinds(beginning: bytes) -> tuple[str, ...]:
    return next((kinds for sign, kinds in _READERS.items() if beginning.lstrip().startswith(sign)), _TEXTS)
