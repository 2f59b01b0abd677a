"""Where a document's body begins: what stands before it is front matter.

In: blocks. Out: the number of the first block of the body, None where nothing begins one. A document of sections begins
with the first of them. One without begins after the sentence that opens it ("… chỉ thị:", "… như sau:"), whether what
follows is counted or not, and one without that with its first counted paragraph. One that has none of these and calls
itself a plan, or what else may order something, begins with what its title and what it rests on leave: an item, the
line right above it, or a sentence; so does one whose first section is the bare name of a dimension, where items stand
above that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from etl.cut import labels, signs
from etl.cut.heading import Paragraph, is_heading
from etl.cut.labels import DASH, DECIMAL, NONE, PART, ROMAN
from etl.cut.legend import is_legend
from etl.cut.signs import LIMITS
from etl.model import Block
from etl.reference import (
    PAPI,
    document_types,
    form,
    goes_on_title,
    named,
    names_columns,
    table,
    uncounted_heading,
    zone_words,
)
from etl.text import key

_ORDERING = {"plan", "directive", "programme", "scheme", "method", "guidance", "telegram", "letter"}
"""Documents that order something in whatever form; others only tell, or say where they begin to decide."""
_SENTENCE_END = (".", ";", "./.")
_LISTS = r"(?:bảng |biểu |danh mục |danh sách )?(?:phân công|{errand}) "


def start(blocks: Sequence[Block]) -> int | None:
    """The index of the block with which the body begins."""
    section = opened = counted = None
    plain: int | None = None
    above: Block | None = None
    is_titled = titled_above = False
    for at, block in enumerate(blocks):
        titled_above, is_titled = is_titled, is_titled or titles(block.text)
        if block.is_aside:
            continue
        if is_legend(block.text):
            above = None
            continue
        if block.cells:
            if signs.zone(block.text) == "back":
                break
            above = None
            continue
        label, words = labels.split(block.text)
        paragraph = Paragraph(block, label, words, _next(blocks, at))
        if signs.zone(block.text) == "back" and counted is not None:
            break
        if begins_section(paragraph, titled_above):
            section = at
            break
        is_opened = above is not None and _opens(above.text)
        if opened is None and (is_opened and label.rank != NONE or labels.inline(words)):
            opened = at
        if plain is None and is_opened:
            plain = at
        if (
            counted is None
            and label.rank in (DECIMAL, labels.LETTER)
            and label.name in ("1", "a")
            and above is not None
        ):
            counted = at
        above = block
    item, sentence = _rest(blocks)
    if opened is not None and (section is None or opened < section):
        return opened if item is None else min(opened, item)
    found = next((found for found in (section, plain, counted) if found is not None), None)
    if found is not None and (found != section or labels.split(blocks[found].text)[0].rank != NONE):
        return found
    if found is None:
        return item if sentence is None else sentence
    return found if item is None else min(found, item)


def _rest(blocks: Sequence[Block]) -> tuple[int | None, int | None]:
    """Where a document without numbered sections may begin, after its title and what it rests on: with its first item, or
    the line right above that, and with a sentence before them. A sentence over a table of tasks only opens the table.
    """
    named_at = next((at for at, block in enumerate(blocks) if not block.cells and _orders(block.text)), None)
    if named_at is None:
        return None, None
    first = blocks[named_at].text
    title, heading, sentence = "" if key(first) in document_types() else first, None, None
    has_table = any(names_columns(block.cells) for block in blocks)
    is_addressed = signs.addresses(first)
    for at, block in enumerate(blocks[named_at + 1 :], named_at + 1):
        if block.is_aside or block.cells:
            continue
        if signs.zone(block.text) == "back":
            break
        label, words = labels.split(block.text)
        is_addressed = signs.addresses(words) or is_addressed and label.rank != NONE
        if is_addressed or signs.rests_on(words):
            heading = None
        elif label.rank != NONE or title and uncounted_heading(words) != words:
            return at if heading is None else heading, sentence
        elif words.endswith(_SENTENCE_END):
            heading = None
            sentence = at if sentence is None and not has_table else sentence
        else:
            heading = at if sentence is not None or title and not goes_on_title(title, words) else None
            title = words
    return None, sentence


def _orders(words: str) -> bool:
    """Whether a line is the heading of a document that may order something, of a list of tasks for PAPI ("Những việc cần
    làm để nâng điểm PAPI"), or a letter's subject or address.
    """
    said = f"{key(words)} "
    if form("assigning", _LISTS).match(said) and any(f" {sign} " in said for sign in _signs()):
        return True
    kinds = {kind for name, kind in document_types().items() if said.startswith(f"{name} ")}
    return bool(kinds & _ORDERING) or said.startswith("v v ") or signs.addresses(words)


@cache
def _signs() -> tuple[str, ...]:
    """The words by which a text names PAPI."""
    return tuple(key(row["words"]) for row in table("indexes") if row["about"] == PAPI)


def begins_section(paragraph: Paragraph, is_titled: bool) -> bool:
    """Whether a section begins here: "I. MỤC ĐÍCH", "1. Công khai" over a list, the name of a dimension."""
    label = paragraph.label
    is_first = label.rank == DECIMAL and label.name.split(".")[0] == "1" and is_heading(paragraph)
    return is_part(paragraph) or is_first or is_titled and _opens_a_section(paragraph) or _names(paragraph)


def is_part(paragraph: Paragraph) -> bool:
    """Whether a paragraph heads a part of a document: "II. NHIỆM VỤ"."""
    words = paragraph.words
    return paragraph.label.rank in (PART, ROMAN) and len(words) <= LIMITS.section and not words.endswith((";", ","))


def _names(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the name of a dimension."""
    return (
        len(key(paragraph.block.text)) <= LIMITS.name
        and paragraph.label.rank != DASH
        and named(paragraph.words) is not None
        and signs.names_only(paragraph.words)
    )


def _opens_a_section(paragraph: Paragraph) -> bool:
    """Whether a line without a label is a first heading: "**Mục đích, yêu cầu**"; it is one after the plan's title."""
    block = paragraph.block
    is_marked = block.bold or block.level or signs.is_upper(block.text)
    if paragraph.label.rank != NONE or len(block.text) > LIMITS.line or not is_marked:
        return False
    return signs.opens_a_section(block.text)


def titles(words: str) -> bool:
    """Whether a line is the heading of a document: "KẾ HOẠCH", "CHỈ THỊ"."""
    return f"{key(words)} ".startswith(tuple(f"{said} " for said in document_types()))


def _opens(words: str) -> bool:
    """Whether a sentence opens the body: "Ủy ban nhân dân tỉnh yêu cầu các cơ quan thực hiện:"."""
    said = f" {key(words)} "
    return (
        words.endswith(":")
        and not said.startswith((" kính gửi ", " nơi nhận "))
        and not (said.startswith(" căn cứ ") and "," not in words)
        and any(f" {opening} " in said for opening in zone_words("opening"))
    )


def _next(blocks: Sequence[Block], at: int) -> Block | None:
    return next((block for block in blocks[at + 1 :] if not block.is_aside), None)
