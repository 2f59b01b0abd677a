"""Plain text, as it comes out of a scan or a word processor: a paragraph a line, a table row a line.

Cells are parted by tabs, or by `|`: on both ends of the line too, or in a table whose head is known. A tab that only
parts a list's mark from its words, or moves a line to the right, parts no cells. Markdown and the tags that scanning programs leave in
(`##`, `**`, `<p>`, `<i>`) are taken off; what they say of a heading is kept in `level` and `bold`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from etl.model import Block, Unread
from etl.read import charset
from etl.read.blocks import begins_item, marked
from etl.read.guard import Budget
from etl.read.printed import once
from etl.reference import ends_open, meant, names_columns
from etl.text import is_upper, nfc, plain

_HASHES = re.compile(r"^\s*(#{1,6})\s+")
_STAR_ITEM = re.compile(r"^\s*\*\s+(?=\S)")
_BREAK = re.compile(r"</p>|<br\s*/?>|</li>", re.IGNORECASE)
_SENTENCE_END = (".", ";", ":", "!", "?", "…")
_WIDEST, _FULL, _SHORT = 160, 0.85, 20
"""Signs of the widest lines that a text is broken into, the share of them that makes a line full, and the signs of a
line that is but the rest of a sentence.
"""
_YEAR_LAST, _YEAR_NEXT = re.compile(r"\b20\d\d$"), re.compile(r"[-–]\s*20\d\d\b")
_RULE = re.compile(r"^[\s|:+=_*-]+$")


def decode(content: bytes, name: str) -> tuple[str, str]:
    """Bytes → text and the name of its code. Raises Unread, with the line, where no code gives Vietnamese, or where
    there is no text at all.
    """
    found = charset.decode(content)
    if b"\0" in content and (found is None or "\0" in found[0]):
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise Unread(
            f"{name}, dòng {line}: tệp nhị phân, không phải văn bản; hãy lưu kế hoạch thành .docx hoặc .txt (UTF-8).",
            f"{name}, line {line}: a binary file, not text; save the plan as .docx or .txt (UTF-8).",
        )
    if found is None:
        line = content.count(b"\n", 0, _first_wrong(content)) + 1
        raise Unread(
            f"{name}, dòng {line}: không phải văn bản UTF-8, cũng không phải bảng mã tiếng Việt nào đã biết; hãy mở tệp và lưu lại với mã hóa UTF-8.",
            f"{name}, line {line}: neither UTF-8 text nor text in any other known Vietnamese encoding; open the file and save it again as UTF-8.",
        )
    return found


def _first_wrong(content: bytes) -> int:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The non-blank lines with their numbers from 1, as written but for NFC. A line feed ends a line; in a text without any,
    as old Macs wrote it, a carriage return does.
    """
    for number, line in enumerate(text.split("\n" if "\n" in text else "\r"), 1):
        if line.strip():
            yield number, nfc(line.rstrip("\r"))


def blocks(content: bytes, name: str) -> Iterator[Block]:
    """One block a non-blank line; a code that had to be guessed is noted at the first. Where a portal, a mail or a
    viewer broke the lines at a width, those in the middle of a paragraph are said to go on. Raises Unread where the
    bytes are no text.
    """
    yield from _rejoined(once(list(_lines(content, name))))


def _rejoined(made: list[Block]) -> Iterator[Block]:
    """The lines of a text that was broken at a width, each but a paragraph's first marked as going on.

    Broken is a text of which lines stop in the middle of a sentence right above one that goes on, while hardly any line
    is longer than these. What stands right under a line that is about as long goes on with it, unless that names a
    dimension; so do the last words of a sentence, wherever they stand: "Chương trình."
    """
    joining = [(one, other) for one, other in pairwise(made) if _may_join(one, other)]
    inside = [one for one, other in joining if other.text[:1].islower() or _stops(one, other)]
    width = max((len(one.text) for one in inside), default=0)
    is_broken = bool(inside) and width <= _WIDEST and sum(len(one.text) > width for one in made) <= len(made) / 10
    yield from made[:1]
    for one, other in pairwise(made):
        is_small = other.text[:1].islower()
        joins = _may_join(one, other) and (_stops(one, other) or is_broken and (is_small or _fills(one, other, width)))
        yield replace(other, goes_on=joins)


def _fills(one: Block, other: Block, width: int) -> bool:
    """Whether the first word of a line had little room at the end of the one above, which names no dimension."""
    return len(one.text) + 1 + len(other.text.split(" ")[0]) > _FULL * width and not meant(one.text)


def _stops(one: Block, other: Block) -> bool:
    """Whether a line stops in the middle of a sentence wherever it stands: only its last words stand below it, it ends
    with a word that nothing ends with ("… danh mục đầu tư của"), or a number is cut off what counts by it.
    """
    is_rest = len(other.text) <= _SHORT and other.text.endswith(_SENTENCE_END)
    is_cut = is_rest or ends_open(one.text, other.text) or _is_span(one, other)
    return len(one.text) > _SHORT and is_cut


def _is_span(one: Block, other: Block) -> bool:
    """Whether a break parts a span of years: "giai đoạn 2021" over "- 2025"."""
    return bool(_YEAR_LAST.search(one.text) and _YEAR_NEXT.match(other.text))


def _may_join(one: Block, other: Block) -> bool:
    """Whether a line may go on with the one right above it: neither ends a sentence, begins an item or is a heading."""
    return (
        other.first_line == one.last_line + 1
        and not (one.cells or other.cells or one.level or other.level)
        and one.bold == other.bold
        and not one.text.endswith(_SENTENCE_END)
        and (not begins_item(other.text) or _is_span(one, other))
        and is_upper(one.text) == is_upper(other.text)
        and not is_upper(one.text)
    )


def _lines(content: bytes, name: str) -> Iterator[Block]:
    text, code = decode(content, name)
    note = "" if code.startswith("UTF") else f"charset_assumed {code}"
    is_bold_open = False
    budget = Budget(name)
    for number, line, cells in _parted(text):
        budget.text(line)
        if cells:
            budget.row(len(cells))
            yield Block(number, number, " ".join(cell.replace("\n", " ") for cell in cells if cell), cells, note=note)
            note = ""
            continue
        hashes = _HASHES.match(line)
        # a star before a space is a list's mark, any other is emphasis
        words = _STAR_ITEM.sub("- ", line[hashes.end() :] if hashes else line)
        stars = 0 if _RULE.match(line) else words.count("**")
        # a bold stretch may run over several lines: "**TM. ỦY BAN NHÂN DÂN" … "CHỦ TỊCH**"
        bold = is_bold_open or words.strip().startswith("**") and (stars % 2 == 1 or words.strip().endswith("**"))
        is_bold_open ^= stars % 2 == 1
        yield Block(
            number, number, plain(words) or line.strip(), level=len(hashes[1]) if hashes else 0, bold=bold, note=note
        )
        note = ""


def _parted(text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Each line with its number and its cells, none for a paragraph. A table whose head is known goes on until a
    paragraph, or an item after an empty line.
    """
    is_table, last = False, 0
    for number, line in lines(text):
        cells, words = _cells(line, is_table), _untabbed(line)
        if words and not (is_table and (number == last + 1 or "\t" not in line.strip())):
            line, cells = words, ()
        is_head = bool(cells) and names_columns(cells)
        is_table = is_head or is_table and (bool(cells) or not any(map(str.isalpha, line)))
        last = number
        yield number, line, cells


def _untabbed(line: str) -> str:
    """A line that holds tabs and no table's row: one moved to the right, or an item ("1.\tRà soát"); "" for others."""
    parts = line.lstrip().split("\t")
    if "\t" not in line or len(parts) > 2:
        return ""
    return marked(parts[0].strip(), parts[1].strip()) if "".join(parts[1:]).strip() else parts[0]


def _cells(line: str, is_table: bool) -> tuple[str, ...]:
    """The cells of a table row, none for a paragraph. Paragraphs inside a cell are parted by a line feed."""
    bars = line.strip().strip("|").split("|")
    is_barred = line.count("|") > 2 and line.strip().startswith("|") and line.strip().endswith("|")
    if "\t" in line.strip(" "):
        parts = line.split("\t")
    elif is_barred or len(bars) > 1 and (is_table or len(bars) > 2 and names_columns(bars)):
        parts = bars
    else:
        return ()
    if _RULE.match(line) and "|" in line:
        parts = [""] * len(parts)
    if len(parts) < 2 or (not any(part.strip() for part in parts) and "|" not in line):
        return ()
    return tuple("\n".join(filter(None, map(plain, _BREAK.split(part)))) for part in parts)
