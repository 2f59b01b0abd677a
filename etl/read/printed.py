"""What printing leaves in a text that somebody copied: bold lines that stand twice, letters set apart, running
feet, and notes below a page.

In: the blocks of one document. Out: a line printed twice as one, a heading's letters together; running feet and notes
aside, and the marks of notes taken from the sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from etl.model import Block
from etl.reference import document_types
from etl.text import is_page_number

_FEWEST_TWICE = 2
"""So many different lines stand twice where printing doubled them; one alone is a slip of the writer."""
_MARK = r"\[\^[\w-]{1,20}\]|\[\d{1,3}\]|\(\*{1,4}\)|[¹²³⁰⁴-⁹]{1,3}"
_STARS = tuple(f"({'*' * many})" for many in range(1, 5))
_NOTE = re.compile(rf"^(?:[-+•]\s*)?({_MARK}):?\s*(?=\w)")
_RULED, _NUMBERED = re.compile(r"[_—–-]{5,}"), re.compile(r"(\d{1,2})\.?\s+(?=[^\W\d_])")
"""A ruled line, and the number of a note below it."""
_APART = re.compile(r"[^\W\d_](?:\s+[^\W\d_]){4,}")
_MARKS = re.compile(rf"\s?({_MARK})(?!:)")


def once(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each paragraph that stands twice in a row as one, where several do."""
    twice = {one.text for one, other in pairwise(blocks) if _is_again(one, other)}
    if len(twice) < _FEWEST_TWICE:
        return list(blocks)
    made: list[Block] = []
    for block in blocks:
        if made and _is_again(made[-1], block):
            made[-1] = replace(made[-1], last_line=block.last_line)
        else:
            made.append(block)
    return made


def _is_again(one: Block, other: Block) -> bool:
    """Whether a paragraph is the one right above it once more."""
    is_next = other.first_line == one.last_line + 1 and not (one.cells or other.cells)
    return is_next and one.text == other.text and any(map(str.isalpha, one.text))


def drawn_together(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each heading of a document whose letters were set apart with its letters together: "C H Ỉ   T H Ị"."""
    return [
        replace(block, text=_drawn_together(block.text)) if _APART.fullmatch(block.text) else block for block in blocks
    ]


def _drawn_together(text: str) -> str:
    letters = "".join(text.split())
    kind = next((kind for kind in document_types() if kind.replace(" ", "") == letters.lower()), "")
    return kind.upper() if kind and letters.isupper() else kind.capitalize() or text


def without_feet(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with aside what stands at the foot of page after page: a line that is there again and again, each time
    beside the number of a page, and notes below a ruled line, whose numbers stand at words before it ("nước1 vùng").
    """
    beside = Counter(
        block.text
        for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None])
        if any(one is not None and is_page_number(one.text) for one in (before, after)) and not block.cells
    )
    standing = Counter(block.text for block in blocks)
    running = {
        text
        for text, times in beside.items()
        if times > 1 and times == standing[text] and any(map(str.isalpha, text)) and not is_page_number(text)
    }
    made = [replace(block, is_aside=True) if block.text in running else block for block in blocks]
    for at, block in enumerate(made):
        if _RULED.fullmatch(block.text):
            _set_aside(made, at)
    return made


def _set_aside(blocks: list[Block], ruled: int) -> None:
    """Put the notes below a ruled line aside, with the line, and take their numbers from the words before it."""
    at = ruled + 1
    while at < len(blocks) and (note := _NUMBERED.match(blocks[at].text)):
        mark = re.compile(rf"(?<=[^\W\d_]{{2}}){note[1]}(?![\w.,]*\d)(?!\w)")
        marked = next((i for i in range(ruled - 1, -1, -1) if mark.search(blocks[i].text)), None)
        if marked is None:
            return
        one = blocks[marked]
        blocks[marked] = replace(
            one, text=mark.sub("", one.text), cells=tuple(mark.sub("", cell) for cell in one.cells)
        )
        blocks[ruled], blocks[at] = replace(blocks[ruled], is_aside=True), replace(blocks[at], is_aside=True)
        at += 1


def without_notes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each note aside whose mark stands in a sentence before it, with the ruled line over the first, and
    without these marks: "vùng lòng hồ[1], …" over "[1] Gồm các xóm …". A star in brackets begins a note also where the
    mark was left out.
    """
    noted = {hit[1] for block in blocks if not block.cells and (hit := _NOTE.match(block.text))}
    if not noted:
        return list(blocks)
    made: list[Block] = []
    said: set[str] = set()
    for block in blocks:
        note = _NOTE.match(block.text)
        if note and (note[1] in said or note[1] in _STARS) and not block.cells:
            if made and _RULED.fullmatch(made[-1].text):
                made[-1] = replace(made[-1], is_aside=True)
            made.append(replace(block, is_aside=True))
            continue
        said.update(_MARKS.findall(block.text))
        made.append(
            replace(block, text=_unmarked(block.text, noted), cells=tuple(_unmarked(c, noted) for c in block.cells))
        )
    return made


def _unmarked(text: str, noted: set[str]) -> str:
    return _MARKS.sub(lambda mark: "" if mark[1] in noted else mark[0], text)
