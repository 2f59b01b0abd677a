"""Vietnamese letters without their marks: for a search typed without them, a file's name, the width of a word."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
_D = str.maketrans("đĐ", "dD")


def unmarked(text: str) -> str:
    """Text without marks, as the database folds it: "đất" → "dat"."""
    apart = unicodedata.normalize("NFD", text.translate(_D))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def slug(words: str) -> str:
    """Words as a file is called: "Từng chỉ số trong một dòng" → "tung-chi-so-trong-mot-dong"."""
    return "-".join(re.findall("[a-z0-9]+", unmarked(words.lower())))


_BREAK = re.compile(r"[.,;:!?…](\s|$)|[()]")


def breaks_of(text: str) -> frozenset[int]:
    """After which words of a text, counted from 0, a part of a sentence ends, as the database parts them."""
    words = list(_WORD.finditer(unicodedata.normalize("NFC", text)))
    return frozenset(
        at for at, (one, other) in enumerate(pairwise(words)) if _BREAK.search(one.string, one.end(), other.start())
    )


def words_of(text: str) -> list[str]:
    """The words of a text as the database parts them: runs of letters and digits in lower case."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())
