"""What the words of two tasks share, and which other texts a text is like.

In: texts. Out: how much of each text stands in the other; a text in pieces, so that a reader sees what it shares; and for
one text the nearest of others (rapidfuzz's token_set_ratio, 0 to 100, where the longer text shares at least a third of
its words). Texts are compared as words: NFC, lower case, without punctuation; marks are never stripped. Which tasks of
two plans correspond is counted where they stand (`sql/task_pair.sql`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count, pairwise

import numpy
from rapidfuzz import fuzz

from ui.data.kept import texts

LEAST_SHARED = 1 / 3
"""So much of the longer text must stand in the shorter one."""
NEAR_SHARED = 0.9
"""From this share of each text on two texts are alike nearly word for word."""
_WORD = re.compile(r"\w+(?:[./]\w+)*")
_AT_ONCE = 256
"""So many pairs are looked at together: what they say has room near the processor."""
_FEW = 3
"""Texts of fewer words say too little to be compared."""


@dataclass(frozen=True)
class Near:
    """A text that is like another, by its place in a list, and how alike."""

    at: int
    score: int


@texts
@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words that are compared: "Tăng cường kiểm tra, giám sát." → tăng cường kiểm tra giám sát."""
    return tuple(chain.from_iterable(map(_parted, unicodedata.normalize("NFC", text).lower().split())))


@texts
@lru_cache(maxsize=1 << 16)
def _parted(piece: str) -> list[str]:
    """The words of what stands between two blanks: most plans say most of it again and again."""
    return _WORD.findall(piece)


@texts
@lru_cache(maxsize=8192)
def shared(left: str, right: str) -> tuple[float, float]:
    """How much of each text stands in the other, as a share of its words; a word that stands twice counts twice only
    where it does so in both.
    """
    mine, others = _counted(left), _counted(right)
    common = sum(min(mine[word], others[word]) for word in mine.keys() & others.keys())
    return common / max(1, mine.total()), common / max(1, others.total())


def near(left: str, right: str) -> bool:
    """Whether two texts are alike nearly word for word: each stands nearly whole in the other, so neither is much longer."""
    mine, others = sorted((len(words(left)), len(words(right))))
    return mine >= NEAR_SHARED * others and min(shared(left, right)) >= NEAR_SHARED


def all_near(said: Sequence[str], left: numpy.ndarray, right: numpy.ndarray) -> numpy.ndarray:
    """The same of many pairs of texts, by their places."""
    spelt = [words(text) for text in said]
    lengths = numpy.array([len(text) for text in spelt], int)
    fewer, more = numpy.minimum(lengths[left], lengths[right]), numpy.maximum(lengths[left], lengths[right])
    found = fewer >= NEAR_SHARED * more
    may = numpy.flatnonzero(found)
    held = _held(spelt, lengths) if len(may) else numpy.zeros((0, 0), numpy.uint8)
    for some in range(0, len(may), _AT_ONCE):
        here = may[some : some + _AT_ONCE]
        common = numpy.bitwise_count(held[left[here]] & held[right[here]]).sum(axis=1, dtype=int)
        found[here] = common >= NEAR_SHARED * more[here] - 1e-9
    return found


def _held(spelt: Sequence[tuple[str, ...]], lengths: numpy.ndarray) -> numpy.ndarray:
    """Which words each text has, a bit a word; a word that stands there a second time is another."""
    number: defaultdict[str, int] = defaultdict(count().__next__)
    word = numpy.fromiter(map(number.__getitem__, chain.from_iterable(spelt)), int)
    place = numpy.sort(numpy.repeat(numpy.arange(len(spelt)), lengths) * len(number) + word)
    text, word = numpy.divmod(place, len(number))
    again = numpy.arange(len(place)) - numpy.searchsorted(place, place)
    known, term = numpy.unique(again * len(number) + word, return_inverse=True)
    has = numpy.zeros((len(spelt), len(known)), bool)
    has[text, term] = True
    return numpy.packbits(has, axis=1)


@texts
@lru_cache(maxsize=8192)
def _counted(text: str) -> Counter[str]:
    return Counter(words(text))


def nearest(text: str, others: Sequence[str], bar: int, most: int) -> list[Near]:
    """The texts that are like one text from so many points on, at most so many, the most alike first."""
    mine = words(text)
    is_mine = frozenset(mine).__contains__
    may = []
    for at, other in enumerate(others):
        theirs = words(other)
        fewer, more = sorted((len(mine), len(theirs)))
        # no more of the longer one is shared than what of theirs is mine too
        if fewer >= _FEW and (bound := sum(map(is_mine, theirs)) / more) >= LEAST_SHARED:
            may.append((-bound, at))
    found: list[tuple[float, Near]] = []
    for bound, at in sorted(may):
        if len(found) == most and 100 - 100 * bound < -found[-1][0]:
            break
        common = min(shared(text, others[at]))
        if common < LEAST_SHARED:
            continue
        score = fuzz.token_set_ratio(" ".join(mine), " ".join(words(others[at])), score_cutoff=bar)
        if score:
            # a score goes down to whole points: 100 is said of texts with the same words only
            found = sorted([*found, (-score - 100 * common, Near(at, int(score)))], key=lambda one: (one[0], one[1].at))
            found = found[:most]
    return [near for _, near in found]


def parts(text: str, other: str, named: Iterable[tuple[int, int]] = ()) -> list[tuple[str, str]]:
    """A text in pieces that together are the text again, each with what it is: "matter" (it lies in one of the spans
    `named`: from character to before character), "shared" (two words or more that stand side by side in both texts), or
    "". "Tổ chức đối thoại định kỳ" beside "Tổ chức đối thoại" → [("Tổ chức đối thoại", "shared"), (" định kỳ", "")].
    """
    text = unicodedata.normalize("NFC", text)
    theirs = set(pairwise(words(other)))
    spans = [(*span, "matter") for span in named]
    begin = end = 0
    for one, two in pairwise(_WORD.finditer(text)):
        if (one[0].lower(), two[0].lower()) in theirs:
            if one.start() >= end:
                spans.append((begin, end, "shared"))
                begin = one.start()
            end = two.end()
    spans.append((begin, end, "shared"))
    ends = sorted({0, len(text), *(end for first, last, _ in spans for end in (first, last))})
    pieces: list[tuple[str, str]] = []
    kinds = dict.fromkeys(ends, "")
    for first, last, kind in reversed(spans):  # a matter, which stands first, is said last
        for end in ends[bisect_left(ends, first) : bisect_left(ends, last)]:
            kinds[end] = kind
    for first, last in pairwise(ends):
        if pieces and pieces[-1][1] == kinds[first]:
            pieces[-1] = pieces[-1][0] + text[first:last], kinds[first]
        else:
            pieces.append((text[first:last], kinds[first]))
    return pieces
