"""What the first lines of a document call it: its kind, its title, its number.

In: blocks. Out: the lines before the first section, and what they say. Kinds of documents stand in document-types.csv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from etl.model import Block
from etl.reference import column_role, document_types, goes_on_title, is_annex, table, uncounted_heading, zone_words
from etl.text import BULLETS, is_upper, key

_ISSUED_WITH = r"kèm theo (?:{kinds})(?: này)? số"
_SIGN = r"(?P<number>\d{1,5}[a-z]?)\s*(?:/\s*(?P<year>20\d\d)\s*)?(?P<dash>[/-])\s*(?P<sign>[A-ZĐ][\wĐ&.]*(?:\s?[-–/]\s?[A-ZĐ][\wĐ&.]*)*)"
_BODY = re.compile(r"^(?:I|A|1|a|\(1\))\s*[.)]\s")
_ITEM = re.compile(rf"[{re.escape(BULLETS)}+*]\s|(?:PHẦN|Phần) [A-HIV\d]")
_SUBJECT = re.compile(r"^\W*V/v\b", re.IGNORECASE)
_NO_FIRST_LINE = re.compile(r"(?:căn cứ|kính gửi|số\s*:|cộng hòa|độc lập|điều \d|-|\()", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:căn cứ|thực hiện|theo|ngày|để|trên cơ sở|xét|kính gửi|số\s*:|cộng hòa|độc lập|điều \d|-|\(|qua |sau khi |nhằm )",
    re.IGNORECASE,
)
_PLACE_AND_DAY = re.compile(r"[A-ZĐÀ-Ỹ][^.,;:\d]{1,40},\s+ngày(?:\s+\d|\s*[.…])")
_LONGEST_TITLE_LINE, _MOST_TITLE_LINES, _MOST_FRONT = 200, 5, 60


def type_of(sign: str) -> str:
    """The type that a number's signs say: "CT-UBND" is a directive; "UBND-NC", with no sign of a type, a letter."""
    listed = table("document-types")
    first = re.split(r"[-–/]", sign)[0].upper()
    return next((row["doc_type"] for row in listed if row["sign"].upper() == first), "letter" if first else "plan")


def read(blocks: Sequence[Block]) -> tuple[list[str], str, str]:
    """The lines before the first section, the type its heading says ("" where none does), and the title."""
    # a letterhead may stand in a running head; a portal's menu is none of the plan's words
    front: list[Block] = []
    for block in [block for block in blocks if not block.is_aside or block.place == "header"][:_MOST_FRONT]:
        if front and (_BODY.match(block.text) or _begins_table(block)):
            break
        front.append(block)
    lines = [block.text for block in front]
    doc_type, title = "", ""
    for at, line in enumerate(lines):
        found = next((kind for words, kind in document_types().items() if _heads(words, front[at])), "")
        if not found:
            continue
        doc_type = doc_type or found
        own = [] if key(line) in document_types() else [line]
        if title := " ".join([*own, *_title_below(front, at, own)]):
            break
    if not title:
        title = _subject(front) or _annexed(front) or _headline(front)
    return lines, doc_type or ("letter" if any(_SUBJECT.match(line) for line in lines) else ""), title


def _begins_table(block: Block) -> bool:
    """Whether a row names the columns of a task table: an annex may be all there is."""
    roles = {column_role(cell) for cell in block.cells if cell.strip()}
    return len(roles & {"task", "lead", "coop", "monitor", "timing"}) > 1


def _heads(words: str, block: Block) -> bool:
    """Whether a line is a document's heading: its type alone, or its type in capitals, bold or marked as a heading
    with more behind it: "KẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI".
    """
    said = key(block.text)
    if said == words:
        return block.text[:1].isupper()
    return (
        said.startswith(words + " ")
        and (
            block.bold
            or block.level > 0
            or is_upper(block.text[: len(words)])
            or not block.text.rstrip().endswith((".", ";", ":", ","))
        )
        and len(block.text) <= _LONGEST_TITLE_LINE
        and not re.match(r"\W*\w+ \w+ số\b", block.text)
        and block.text[:1].isupper()
    )


def _title_below(front: Sequence[Block], at: int, begun: Sequence[str] = ()) -> list[str]:
    """The lines that go on with a title, up to the first sentence or heading; `begun` is what stands beside the type."""
    lines: list[str] = []
    for block, below in zip(front[at + 1 : at + 1 + _MOST_TITLE_LINES], [*front[at + 2 :], None]):
        title = " ".join([*begun, *lines])
        is_heading = title and below and _ITEM.match(below.text) and not goes_on_title(title, block.text)
        if is_heading or title and uncounted_heading(block.text) != block.text or _ITEM.match(block.text):
            break
        if (
            len(block.text) > _LONGEST_TITLE_LINE
            or block.text.endswith((".", ";", ":"))
            or (_NO_TITLE if lines and not block.text[:1].islower() else _NO_FIRST_LINE).match(block.text)
            or _SUBJECT.match(block.text)
            or _PLACE_AND_DAY.match(block.text)
        ):
            break
        is_authority = lines and is_upper(block.text) and not is_upper(lines[-1])
        if key(block.text) in document_types() or is_authority:
            break
        lines.append(block.text)
    return lines


def _subject(front: Sequence[Block]) -> str:
    """The subject of a letter: the line "V/v …" and those it runs over."""
    at = next((at for at, block in enumerate(front) if _SUBJECT.match(block.text)), None)
    return (
        ""
        if at is None
        else " ".join([front[at].text, *(line for line in _title_below(front, at) if not is_upper(line))])
    )


def _annexed(front: Sequence[Block]) -> str:
    """The title of an annex that came without its plan: what stands below "PHỤ LỤC", or the line in capitals that calls
    it one, with those it runs over.
    """
    for at, block in enumerate(front):
        if is_annex(block.text):
            return " ".join(_title_below(front, at))
        if is_upper(block.text) and f"{key(block.text)} ".startswith(_annexes()):
            return " ".join([block.text, *_title_below(front, at, [block.text])])
    return ""


@cache
def _annexes() -> tuple[str, ...]:
    """How the heading of an annex begins: "bảng phân công"."""
    return tuple(f"{words} " for words in zone_words("annex"))


def _headline(front: Sequence[Block]) -> str:
    """The first line of a text that has no letterhead, as a portal shows it."""
    first = front[0].text if front else ""
    is_head = (
        20 <= len(first) <= _LONGEST_TITLE_LINE
        and not first.endswith((".", ";", ",", ":"))
        and not _NO_TITLE.match(first)
    )
    return first if is_head and not is_upper(first) else ""


def number(front: Sequence[str], whole: str) -> tuple[str | None, str]:
    """A document's own number and its signs: that of the letterhead, or under which its annex says it was issued, or
    that a notice says was given. A number that is left blank still has signs.
    """
    kinds = "|".join(document_types())
    page = "\n".join(front)
    if blank := re.search(
        r"^\W*Số\s*:?\s*[./…_\s]*/\s*(?P<sign>[A-ZĐ][\wĐ&.]*(?:[-–][A-ZĐ][\wĐ&.]*)*)", page, re.MULTILINE
    ):
        return None, blank["sign"]
    for pattern, text in (
        (rf"^\W*(?:[A-ZĐÀ-Ỹ ]+\s)?Số\s*:?\s*{_SIGN}", page),
        (rf"{_ISSUED_WITH.format(kinds=kinds)}\s*:?\s*{_SIGN}", whole),
        (rf"(?:đã|vừa) ban hành (?i:{kinds})(?: \w+)? số\s*:?\s*{_SIGN}", page),
    ):
        if found := re.search(pattern, text, re.MULTILINE | (re.IGNORECASE if text is whole else 0)):
            sign = re.sub(r"\s", "", found["sign"]).replace("–", "-").rstrip(".")
            year = f"{found['year']}/" if found["year"] else ""
            return f"{found['number']}/{year}{sign}" if found["dash"] == "/" else f"{found['number']}-{sign}", sign
    return None, ""
