"""Which tasks of two plans correspond: likeness proposes, the reader decides.

In: texts of tasks, already parted into those that may correspond (the same dimension). Out: pairs, one to one.

The rule, in full. Texts are compared as words: NFC, lower case, without punctuation; marks are never stripped. Two
figures are taken of every two texts. `score` is rapidfuzz's token_set_ratio, 0 to 100: it forgives order and additions,
so a short text that lies inside a long one gets more than 90 although little of the long one is in the short one.
`shared` says how much of each text stands in the other, as a share of its words. Two tasks may correspond when `score`
reaches the bar that the reader has set and the longer text shares at least a third of its words. Pairs are then taken
greedily, the greatest `points` first: the mean of `score` and of the share of all words of both texts that they have in
common. A task is in one pair at most. No bar tells the same task in other words from another task in the same frame:
the figures stand beside every pair.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy
from rapidfuzz import fuzz, process

from ui.data.kept import texts

LEAST_SHARED = 1 / 3
"""So much of the longer text must stand in the shorter one."""
NEAR_SCORE, NEAR_SHARED = 95, 0.9
"""From here on two texts are alike nearly word for word: the score, and the share of each text."""
_WORD = re.compile(r"\w+(?:[./]\w+)*")
_FEW = 3
"""Texts of fewer words say too little to be compared."""


@dataclass(frozen=True)
class Pair:
    """Two tasks that correspond, by their places in the two lists; how alike, and how much of each is in the other."""

    left: int
    right: int
    score: int
    left_shared: float
    right_shared: float
    points: float

    @property
    def near(self) -> bool:
        """Alike nearly word for word."""
        return self.score >= NEAR_SCORE and min(self.left_shared, self.right_shared) >= NEAR_SHARED


@texts
@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words that are compared: "Tăng cường kiểm tra, giám sát." → tăng cường kiểm tra giám sát."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def pairs(left: Sequence[str], right: Sequence[str], bar: int) -> list[Pair]:
    """The pairs between two lists of texts of one dimension, the most alike first. `bar` is the least score, 0 to
    100.
    """
    return _one_to_one(_alike(left, right, bar))


def nearest(text: str, others: Sequence[str], bar: int, most: int) -> list[Pair]:
    """The texts that may correspond to one text, at most so many, the most alike first: `left` is 0, `right` the place
    in the list.
    """
    return _alike([text], others, bar)[:most]


def _alike(left: Sequence[str], right: Sequence[str], bar: int) -> list[Pair]:
    """Every two texts that may correspond, the most alike first."""
    left_words, right_words = [words(text) for text in left], [words(text) for text in right]
    if not left_words or not right_words:
        return []
    common = _common(left_words, right_words)
    lengths = numpy.array([len(one) for one in left_words]), numpy.array([len(one) for one in right_words])
    longer, shorter = numpy.maximum.outer(*lengths), numpy.minimum.outer(*lengths)
    at, to = numpy.nonzero((common >= LEAST_SHARED * longer) & (shorter >= _FEW))
    if not at.size:
        return []
    scores = process.cpdist(
        [" ".join(left_words[one]) for one in at],
        [" ".join(right_words[one]) for one in to],
        scorer=fuzz.token_set_ratio,
        score_cutoff=bar,
    )
    found = []
    for one, other, score in zip(at.tolist(), to.tolist(), scores.tolist()):
        # what does not reach the bar comes back as nothing
        if score > 0:
            shared, left_size, right_size = float(common[one, other]), len(left_words[one]), len(right_words[other])
            points = (score + 100 * 2 * shared / (left_size + right_size)) / 2
            # a score goes down to whole points: 100 is said of texts with the same words only
            found.append(Pair(one, other, int(score), shared / left_size, shared / right_size, points))
    return sorted(found, key=lambda pair: (-pair.points, pair.left, pair.right))


def _common(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> numpy.ndarray:
    """How many words every two texts have in common; a word that stands twice in one counts twice only where it does so
    in both.
    """
    place: dict[str, int] = {}
    for one in (*left, *right):
        for word in one:
            place.setdefault(word, len(place))
    counts = []
    for side in (left, right):
        table = numpy.zeros((len(side), len(place)), numpy.float32)
        for at, one in enumerate(side):
            numpy.add.at(table[at], [place[word] for word in one], 1)
        counts.append(table)
    most = int(min(counts[0].max(initial=0), counts[1].max(initial=0)))
    return sum(
        (
            (counts[0] >= times).astype(numpy.float32) @ (counts[1] >= times).astype(numpy.float32).T
            for times in range(1, most + 1)
        ),
        numpy.zeros((len(left), len(right)), numpy.float32),
    )


def _one_to_one(found: Iterable[Pair]) -> list[Pair]:
    taken: list[Pair] = []
    lefts: set[int] = set()
    rights: set[int] = set()
    for pair in found:
        if pair.left not in lefts and pair.right not in rights:
            taken.append(pair)
            lefts.add(pair.left)
            rights.add(pair.right)
    return taken


def parts(text: str, other: str) -> list[tuple[str, bool]]:
    """A text in pieces that together are the text again; True for words that the other text lacks. Neighbours are
    joined: "Tổ chức đối thoại định kỳ" beside "Tổ chức đối thoại" → [("Tổ chức đối thoại ", False), ("định kỳ",
    True)].
    """
    text = unicodedata.normalize("NFC", text)
    left_over = Counter(words(other))
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match[0].lower()
        lacking = not left_over[word]
        left_over[word] -= not lacking
        between = text[end : match.start()]
        if pieces and pieces[-1][1] == lacking:
            pieces[-1] = (pieces[-1][0] + between + match[0], lacking)
        else:
            # what stands between two pieces is underlined with neither
            if between:
                pieces = _append(pieces, between)
            pieces.append((match[0], lacking))
        end = match.end()
    return _append(pieces, text[end:]) if text[end:] else pieces


def _append(pieces: list[tuple[str, bool]], plain: str) -> list[tuple[str, bool]]:
    if pieces and not pieces[-1][1]:
        return [*pieces[:-1], (pieces[-1][0] + plain, False)]
    return [*pieces, (plain, False)]
