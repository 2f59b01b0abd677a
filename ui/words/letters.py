"""Vietnamese letters without their marks: for a search typed without them, a file's name, the width of a word."""

from __future__ import annotations

import re
import unicodedata

_D = str.maketrans("đĐ", "dD")


def unmarked(text: str) -> str:
    """Text without marks, as the database folds it: "đất" → "dat"."""
    apart = unicodedata.normalize("NFD", text.translate(_D))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def slug(words: str) -> str:
    """Words as a file is called: "Từng chỉ số trong một dòng" → "tung-chi-so-trong-mot-dong"."""
    return "-".join(re.findall("[a-z0-9]+", unmarked(words.lower())))
