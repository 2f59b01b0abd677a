"""Vietnamese text: one normal form, and two keys to compare by. What is stored keeps every mark.

`nfc` is the form everything is stored in, `key` makes two spellings equal, `fold` also drops the marks and is only a
second look: "đất" (land) and "đạt" (reach) fold to one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse

from tables.cells import is_loose

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_STARS = re.compile(r"(\(\*{1,3}\))|\*{1,3}")
"""Emphasis, and the mark of a note, which stays: "(*)"."""
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
BRACKET = re.compile(r"\([^()]*\)")
"""A bracket that holds no other."""
QUOTED = re.compile(r"[“\"‘«]\s*([^“”\"’«»]{4,160}?)\s*[”\"’»]")
"""A name in quotes, and within them the name: "Đối với nội dung 5: “Thủ tục hành chính công”"."""
BULLETS = "-–—•●▪■◦○◆❖►➢➤✓✔·∙‣\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
"""Signs that begin an item of a list; the last ones are what a word processor's own bullets are once copied."""
_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:(?:Trang|trang|Page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–\s]*$")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")


def nfc(text: str) -> str:
    """Bring text to NFC without invisible signs and halves of signs: "U" + marks and "Ủ" become the same letter."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def spaced(text: str) -> str:
    """Collapse every run of white space: "UBND  xã\\t" → "UBND xã"."""
    return " ".join(text.split())


def tidy(text: str) -> str:
    """Text in its normal form, with single spaces: what is all plain letters and signs is so already."""
    is_so = text.isascii() and text.isprintable() and "  " not in text and text == text.strip()
    return text if is_so else spaced(nfc(text))


def are_tidy(texts: Iterable[str]) -> bool:
    """Whether all of these are in their normal form, with single spaces: all of them are looked at as one."""
    said = "\n".join(texts)
    return unicodedata.is_normalized("NFC", said) and not _INVISIBLE.search(said) and not is_loose(said)


def plain(text: str) -> str:
    """Take markup away and keep the words: "<p>a) Rà soát (<i>hàng năm</i>)</p>" → "a) Rà soát ( hàng năm )".

    Text is never interpreted: what looks like a tag goes, what it held stays.
    """
    return spaced(_STARS.sub(r"\1", _TAG.sub(" ", text)))


def is_page_number(words: str) -> bool:
    """Whether a line only says which page it stands on: "12", "- 3 -", "Trang 2/7"."""
    return bool(_PAGE_NUMBER.match(words))


def capital(words: str) -> str:
    """Words with a capital at their beginning: "các địa phương" → "Các địa phương"."""
    return words[:1].upper() + words[1:]


def is_upper(words: str) -> bool:
    """Whether words are written in capitals: "MỤC ĐÍCH, YÊU CẦU"."""
    signs = list(filter(str.isalpha, words))
    return len(signs) > 3 and sum(map(str.isupper, signs)) > 0.85 * len(signs)


@lru_cache(maxsize=4096)
def key(written: str) -> str:
    """Make two spellings of one name equal: "UBND  Xã" and "ubnd xã;" → "ubnd xã"."""
    return _words(written)


def _words(written: str) -> str:
    return _NOT_WORD.sub(" ", nfc(written).lower()).strip()


def unmarked(text: str) -> str:
    """Lower-case text without marks: "đất" → "dat"."""
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFD", text))).replace("đ", "d")


@lru_cache(maxsize=4096)
def fold(written: str) -> str:
    """The key without marks, for a search typed without them: "Sở Tài chính" → "so tai chinh"."""
    return unmarked(key(written))


def folded(line: str) -> str:
    """The same of a line that nobody asks for again: it is not kept in mind, as names are."""
    return unmarked(_words(line))
