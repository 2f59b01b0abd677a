"""The numbering of Vietnamese administrative documents: "II.", "3.1.", "a)", "đ)", "-", "+", and their order of rank.

In: the words of a paragraph. Out: its label, and the words without it. Wrong or repeated letters ("c)" twice, "d)" for
"đ)") do no harm: a label gives a rank and a name, never a position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.text import BULLETS

PART, ROMAN, DECIMAL, LETTER, DASH, PLUS, NONE = 0.0, 1.0, 2.0, 6.0, 7.0, 8.0, 9.0
LETTERS = "abcdđeghiklmnopqrstuvxy"

_COUNTED = "(?i:nhất|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười)"
_FORMS = (
    (
        PART,
        re.compile(
            rf"^(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:(?:THỨ|thứ)\s+)?([IVXLC\d]+|[A-HĐ]|{_COUNTED})\s*[.:)–-]?(?=\s|$)"
        ),
    ),
    (ROMAN, re.compile(r"^§\s*([IVX]{1,6}|\d{1,2})\s*[.:)–-]?\s*(?=\S)")),
    (ROMAN, re.compile(r"^([IVX]{1,6})\s*(?:[.):-]|/(?![Vv]\b))\s*(?:[-–]\s+)?(?=\S)")),
    # a scan takes "I." for "L" or "l"
    (ROMAN, re.compile(r"^([IVXL|l]{1,4})\s*(?:[.,]\s*|\s)(?=[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹl|]+\s+[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹl|]+)")),
    (DECIMAL, re.compile(r"^(l)\s*[.]\s+(?=[A-ZĐ])")),
    (PART, re.compile(r"^([A-HĐ])(?:\s*[.)]|\s[–-])\s+(?=\S)")),
    (DECIMAL, re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\s*[./:]\s*(?:[-–]\s+)?(?=[^\d\s])")),
    # "1. 6 tháng đầu năm", "3. 100% hồ sơ …"
    (DECIMAL, re.compile(r"^(\d{1,2})\.\s+(?=\d{1,3}%?\s+[^\W\d])")),
    (DECIMAL, re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,4})\s+(?=\S)")),
    # the Party's committees write "1- Các chi bộ …", "a- …"
    (DECIMAL, re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\s*[-–]\s+(?=[A-ZĐÀ-Ỹ])")),
    (LETTER, re.compile(r"^\(?([a-zđ]{1,2}|\d{1,2})\)\s*(?=\S)")),
    (LETTER, re.compile(r"^\[([a-zđ]|\d{1,2})\]\s*(?=\S)")),
    (LETTER + 0.1, re.compile(r"^\(?([a-zđ]\.?\d{1,2})\)\s*(?=\S)")),
    (LETTER, re.compile(r"^([a-hđ])(?:\.\s+(?=\S)|\s*[-–]\s+(?=[A-ZĐÀ-Ỹ]))")),
    (DASH, re.compile(rf"^([{re.escape(BULLETS)}*])\s+(?=\S)|^([-–—•\uf0b7])(?=[A-ZĐÀ-Ỹ])")),
    (PLUS, re.compile(r"^(\+|o)\s+(?=\S)|^(\+)(?=[A-ZĐÀ-Ỹ])")),
)
_ITEM = re.compile(r"(?:(?<=[\s;.,:])|^)(?:([a-zđ])\)|\(?(\d{1,2})\)|(\d{1,2})\.(?=\s*[^\d\s])|\(([ivx]{1,4})\))\s*")
_SMALL_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_INLINE = re.compile(r":\s*(?=\(?(?:1|a)\)\s*\S|\(i\)\s*\S)")
_ROMAN_STYLE = 3
_SHORTEST_ITEM = 20
_DASH_ITEM = re.compile(r"(?:^|\n|(?<=[.;:]\s)|(?<=[.;:]))\s*[-–•+]\s+")


@dataclass(frozen=True)
class Label:
    """A paragraph's label: its rank (lower stands over higher) and its name ("II", "3.1", "a", "" for a dash)."""

    rank: float
    name: str


def split(words: str) -> tuple[Label, str]:
    """A paragraph's label and the rest: "3.1. Các nội dung" → (rank 3, "3.1"), "Các nội dung"."""
    for rank, form in _FORMS:
        found = form.match(words)
        if not found:
            continue
        name = next((group for group in found.groups() if group), "")
        if rank == ROMAN:
            name = re.sub(r"[L|l]", "I", name)
        elif name == "l" and rank == DECIMAL:
            name = "1"
        if rank == DECIMAL:
            rank += name.count(".")
        elif rank in (DASH, PLUS):
            name = ""
        return Label(rank, name), words[found.end() :].strip()
    return Label(NONE, ""), words


def items(cell: str) -> list[tuple[str, str]]:
    """The enumerated items that stand in one cell, each with its label; one item where nothing is enumerated.

    "a) Rà soát … b) Niêm yết …" gives two. Letters must go forward, or repeat; numbers must count up from 1; a dash
    begins an item at the cell's beginning, on a new line, or after a full stop, a semicolon or a colon.
    """
    cell = cell.strip()
    if re.match(r"^[-–•+]\s+", cell):
        parts = [part.strip() for part in _DASH_ITEM.split(cell) if part.strip()]
        return [("", part) for part in parts] or [("", cell)]
    marks: list[tuple[int, str, int, int]] = []
    for found in _ITEM.finditer(cell):
        style = next(i for i, group in enumerate(found.groups()) if group)
        name = found.group(style + 1)
        if not marks and found.start() > 0:
            break
        if marks and (style != marks[0][0] or not _follows(name, marks[-1][1], style)):
            continue
        marks.append((style, name, found.start(), found.end()))
    if not marks:
        return [("", cell.replace("\n", " "))]
    ends = [mark[2] for mark in marks[1:]] + [len(cell)]
    return [(name, " ".join(cell[end:stop].split())) for (_, name, _, end), stop in zip(marks, ends)]


def inline(words: str) -> tuple[str, list[tuple[str, str]]] | None:
    """What is counted within one paragraph: "… các nhiệm vụ sau: (1) Đưa …. (2) Công khai …." → the words up to the
    colon, and the items. None where fewer than two whole sentences are counted.
    """
    opened = _INLINE.search(words)
    if not opened:
        return None
    found = items(words[opened.end() :])
    is_list = len(found) > 1 and all(len(item) >= _SHORTEST_ITEM for _, item in found)
    return (words[: opened.end()].strip(), found) if is_list else None


def _follows(name: str, before: str, style: int) -> bool:
    """Whether one label can come after another: b after a, again c after c, đ after d, e after d; 3 after 2."""
    if name.isdecimal():
        return before.isdecimal() and int(name) == int(before) + 1
    if style == _ROMAN_STYLE:
        return name in _SMALL_ROMAN and before == _SMALL_ROMAN[max(_SMALL_ROMAN.index(name) - 1, 0)]
    if name not in LETTERS or before not in LETTERS:
        return False
    return 0 <= LETTERS.index(name) - LETTERS.index(before) <= 2
