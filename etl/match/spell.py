"""Words of a text in one spelling: text in, lower-case words and the signs that end a clause out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from etl.text import nfc, unmarked

_SIGN = re.compile(r"[^\W_]+|[.;:\n]")
ENDS = frozenset(".;:\n")  # of a clause
_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
_LONGEST = 20_000  # signs of a text that are read; what a line holds beyond that says nothing new
_MOST_WORDS = 3_000


@lru_cache(maxsize=65536)
def canon(word: str) -> str:
    """One spelling a syllable: the tone goes to the end, and "sỹ" is "sĩ" ("hoà" and "hòa" → "hoa1")."""
    if word.isascii():
        return word[:-1] + "i" if len(word) == 2 and word[1] == "y" and word[0] in "hklmst" else word
    tone, kept = "", []
    for sign in unicodedata.normalize("NFD", word):
        if sign in _TONES:
            tone = _TONES[sign]
        else:
            kept.append(sign)
    bare = unicodedata.normalize("NFC", "".join(kept))
    if len(bare) == 2 and bare[1] == "y" and bare[0] in "hklmst":
        bare = bare[0] + "i"
    return bare + tone


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """The syllable without its marks: "hoà" → "hoa"."""
    kept = unmarked(word)
    return kept[0] + "i" if len(kept) == 2 and kept[1] == "y" and kept[0] in "hklmst" else kept


def signs_of(text: str) -> list[str]:
    """The lower-case words of a text, and the signs between them that end a clause (. ; : or a line)."""
    return _SIGN.findall(nfc(text[:_LONGEST]).lower())


def words_of(signs: Sequence[str]) -> list[str]:
    """The words among a text's signs, at most `_MOST_WORDS`."""
    return [sign for sign in signs if sign not in ENDS][:_MOST_WORDS]


@lru_cache(maxsize=32768)
def words_learnt(text: str) -> tuple[str, ...]:
    """The words of a text that is looked at in several ways."""
    return tuple(words_of(signs_of(text)))


def clauses_of(signs: Sequence[str]) -> list[int]:
    """For every word among a text's signs the number of its clause."""
    ends = [sign in ENDS for sign in signs]
    return [clause for clause, end in zip(accumulate(ends), ends) if not end]


def is_unmarked(words: Sequence[str]) -> bool:
    """Whether a text was typed without marks: hardly a word of it has any."""
    letters = len(words) - sum(map(str.isdecimal, words))
    return letters >= 2 and len(words) - sum(map(str.isascii, words)) < 0.12 * letters
