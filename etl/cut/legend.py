"""Lists of abbreviations, which are no units: where they stand, and what each abbreviation is short for.

In: blocks. Out: which of them only explain, and the long forms: "SNV: Sở Nội vụ", one a line or several in one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.cut import labels
from etl.cut.signs import LIMITS
from etl.model import Block, TableCell
from etl.reference import zone_words
from etl.text import fold, key

_PAIR = re.compile(
    r"\s*(?:[Gg]hi chú\s*:\s*)?(?P<short>(?:\w+\.? )?[A-ZĐ][A-ZĐ&.-]{1,15}\w{0,9}|[A-ZĐ])\s*[:=]\s*(?P<full>[^\W\d_][^:]{3,80})$"
)
_SURE = 3
"""Letters of an abbreviation that needs no other beside it."""
_JOINS = {"va", "cua"}
"""Words of a name that its abbreviation passes over, without marks."""


@dataclass(frozen=True)
class Legend:
    """The first lines of the blocks that only explain, and the long form of each abbreviation."""

    lines: frozenset[int]
    full: dict[str, str]

    def spelt(self, cell: TableCell) -> TableCell:
        """A cell with its abbreviations in full."""
        if cell.role not in ("lead", "coop", "monitor", "timing"):
            return cell
        return replace(cell, text=self.spell(cell.text))

    def spell(self, words: str) -> str:
        """Words with their abbreviations in full."""
        if not self.full:
            return words
        shorts = "|".join(map(re.escape, sorted(self.full, key=len, reverse=True)))
        return re.sub(rf"(?<![\w&])(?:{shorts})(?![\w&])", lambda short: self.full[short[0]], words)


def legend(blocks: Sequence[Block]) -> Legend:
    """What a document's own lists of abbreviations say. A line that explains one belongs to a list where a heading says
    so above it, where another stands beside it and both are made of the first letters of what they stand for, or where
    alone it is made of three and more; below such a heading some of the first letters are enough. In a line of several,
    where half of them are so made, the others are taken at their word ("H: UBND các huyện").
    """
    pairs = [_explained(block) for block in blocks]
    short = [pair is not None and _is_short(*pair) for pair in pairs]
    lines: set[int] = set()
    full: dict[str, str] = {}
    told: dict[str, str] = {}
    is_list = False
    for at, (block, pair) in enumerate(zip(blocks, pairs)):
        if is_legend(block.text):
            inside = {hit["short"]: hit["full"] for part in _parts(block.text) if (hit := _PAIR.match(part))}
            is_list = not inside
            if _are_mostly_short(inside):
                told.update(inside)
                lines.update(block.first_line for block in blocks[max(at - 1, 0) : at] if _only_opens(block))
        else:
            inside = dict([pair]) if pair else {}
            is_list = is_list and pair is not None
            is_sure = pair is not None and len(pair[0]) >= _SURE
            if not (is_list or short[at] and any([is_sure, *short[max(at - 1, 0) : at], *short[at + 1 : at + 2]])):
                continue
            if is_list and pair and _picks_letters(*pair):
                told[pair[0]] = pair[1]
        lines.add(block.first_line)
        full.update(inside)
    return Legend(frozenset(lines), told | {one: words for one, words in full.items() if _is_short(one, words)})


def _explained(block: Block) -> tuple[str, str] | None:
    """The abbreviation that a line explains and what it stands for, a name, if that is all it does."""
    hit = None if block.cells else _PAIR.match(labels.split(block.text)[1].rstrip(" ;.,"))
    return (hit["short"], hit["full"]) if hit and hit["full"][0].isupper() else None


def is_legend(words: str) -> bool:
    """Whether a line only explains abbreviations: "Chú giải: Sở GD&ĐT: Sở Giáo dục và Đào tạo; …"."""
    said = key(words) + " "
    if any(said.startswith(f"{opener} ") for opener in zone_words("legend")):
        return True
    if "viết tắt" in key(words.split(":")[0][: LIMITS.lead_in]) and ":" in words:
        return True
    pairs = [_PAIR.match(part) for part in _parts(words)]
    if len(pairs) < 2 or None in pairs:
        return False
    inside = {pair["short"]: pair["full"] for pair in pairs if pair}
    return all(full[0].isupper() for full in inside.values()) or _are_mostly_short(inside)


def _only_opens(block: Block) -> bool:
    """Whether a line only opens what follows: "Ghi chú:"."""
    return not block.cells and block.text.endswith(":") and len(block.text) <= LIMITS.lead_in


def _are_mostly_short(inside: Mapping[str, str]) -> bool:
    """Whether half of several abbreviations, or more, are made of the first letters of what they stand for."""
    return len(inside) > 1 and 2 * sum(_is_short(*pair) for pair in inside.items()) >= len(inside)


def _parts(words: str) -> list[str]:
    """The parts of a line that may explain an abbreviation each, without the words that open the list."""
    return [
        part.strip(" .") for part in re.split(r";|\.\s|(?<=tắt):|(?<=giải):|(?<=thích):", words) if part.strip(" .")
    ]


def _is_short(short: str, full: str) -> bool:
    """Whether an abbreviation is made of the first letters of words: "Sở TN&MT" of "Sở Tài nguyên và Môi trường"."""
    said, initials = _letters(short), _initials(full)
    return len(said) > 1 and said == initials


def _picks_letters(short: str, full: str) -> bool:
    """Whether an abbreviation is made of some first letters of words in their order: "VPUB" of "Văn phòng Ủy ban nhân
    dân"; enough where a heading says that abbreviations follow.
    """
    said, initials = _letters(short), iter(_initials(full))
    return len(said) > 1 and all(letter in initials for letter in said)


def _letters(short: str) -> str:
    return "".join(fold(word) if word[1:2].isupper() else fold(word[:1]) for word in re.findall(r"\w+", short))


def _initials(full: str) -> str:
    return "".join(word[0] for word in fold(full).split() if word not in _JOINS)
