"""Words that a scan blurred → the words they were: "Sờ Tư pháp" → "Sở Tư pháp".

In: words in their order, and how sure each is. Out: those that are others now. A word changes only where nobody is sure
of it, no table knows it, and exactly one known word lies a letter or a mark away that the tables have beside its
neighbour. The known words are those of data/reference: offices' names, phrases, examples.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from etl.reference import agency_names, table
from etl.text import key

SURE = 90
"""Of 100: a word that is surer than this stays as it is."""
_TEXTS = (("phrases", "phrase"), ("examples", "text"), ("names", "wording"), ("subjects", "words"), ("timing", "words"))
"""Words that plans use: the tables and the columns that hold them."""
_STROKES = (
    ("HH", "III"),
    ("H", "II"),
    ("[", ""),
    ("L", "I"),
    ("l", "I"),
    ("|", "I"),
    ("1", "I"),
    ("ï", "I"),
    (",", "."),
)
"""What a Roman number is taken for: "HI." is "III."."""
_LABEL = re.compile(r"[IVXLl|1ïH\[]{1,5}[.,]")
_NUMBER = re.compile(r"[IVX]+\.|1+[.,]")


def repaired(words: Sequence[str], confidence: Sequence[float] | None = None) -> dict[int, str]:
    """Which words are others, by their place: repaired(["Sờ", "Tư", "pháp"]) → {0: "Sở"}. Without confidence no word is
    sure.
    """
    mended = _labels(words)
    keys = [key(word) for word in words]
    for at, said in enumerate(keys):
        if parted := _parted(words[at]):
            mended[at] = parted
            continue
        is_sure = confidence is not None and confidence[at] > SURE
        if is_sure or len(said) < 2 or not said.isalpha() or said in _known() or _LABEL.fullmatch(words[at]):
            continue
        before, after = "".join(keys[max(at - 1, 0) : at]), "".join(keys[at + 1 : at + 2])
        near = [other for other in _near(said) if before in _known()[other] or other in _known().get(after, ())]
        if len(near) == 1:
            mended[at] = _like(words[at], said, near[0])
    return mended


def _parted(word: str) -> str:
    """Two words that stand beside each other in the tables and were run together: "SởY" → "Sở Y"; "" for any other."""
    at = next((at for at in range(1, len(word)) if word[at - 1].islower() and word[at].isupper()), 0)
    one, other = word[:at], word[at:]
    return f"{one} {other}" if at and key(one) in _known().get(key(other), ()) else ""


def _labels(words: Sequence[str]) -> dict[int, str]:
    """Roman numbers before words in capitals: "HI. NỘI DUNG" → "III. NỘI DUNG", "L. MỤC ĐÍCH" → "I. MỤC ĐÍCH"."""
    found = {}
    for at, (word, following) in enumerate(itertools.pairwise(words)):
        if _LABEL.fullmatch(word) and not _NUMBER.fullmatch(word) and following.isupper() and len(following) > 1:
            for said, meant in _STROKES:
                word = word.replace(said, meant)
            found[at] = word
    return found


def _near(word: str) -> Iterator[str]:
    """The known words that are one letter or mark away: "sờ" → "sở", "số", "sợ"."""
    for other, _, _ in extract(word, _known().keys(), scorer=Levenshtein.distance, score_cutoff=1, limit=None):
        yield other


def _like(written: str, said: str, other: str) -> str:
    """Another word written like one, signs around it kept: ("Sờ,", "sờ", "sở") → "Sở,"."""
    begin = written.lower().find(said)
    inside = written[begin : begin + len(said)]
    fitting = (
        other.upper() if inside.isupper() and len(inside) > 1 else other.capitalize() if inside[0].isupper() else other
    )
    return written[:begin] + fitting + written[begin + len(said) :]


@cache
def _known() -> Mapping[str, frozenset[str]]:
    """Every known word, and the words before it somewhere."""
    found: dict[str, set[str]] = {}
    texts = [*agency_names(), *(row[column] for name, column in _TEXTS for row in table(name))]
    for text in texts:
        words = key(text).split()
        for before, word in zip([" ", *words], words):
            found.setdefault(word, set()).add(before)
    return {word: frozenset(before) for word, before in found.items()}
