"""The words of a text one by one, the signs between them, and the word lists that they are looked up in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from etl.reference import form, listed, table
from etl.text import key

_WORD = re.compile(r"\w+|&", re.UNICODE)
AND = "và"
_SOMEONE = r"\b(?:{honorific}|{Honorific})\s+(?=[A-ZĐÀ-Ỹ])(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]*\.?\s*){1,5}"

STOPS = frozenset(";.:\n()")
"""No name goes on over one of these."""
LIST = ("", ",", "/")
"""Between the parts of one list of levels: "cấp huyện, cấp xã"."""
JOINS = {*LIST, "và", "cùng", "với", ";", "-", "–"}
"""What alone stands between two names of one list."""

Agency = tuple[str, str]
"""An agency under its codebook name, and as written."""


class Word(NamedTuple):
    """A word, by its key and as written, where it stands in the text, and the signs between it and the word before."""

    key: str
    raw: str
    begin: int
    end: int
    gap: str


@lru_cache(maxsize=1024)
def split(text: str) -> tuple[Word, ...]:
    """The words of a text, each with what stands between it and the word before; "&" is the word "và"."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        begin = match.start()
        for raw in _unstuck(match[0]):
            said = AND if raw == "&" else key(raw)
            words.append(Word(said, raw, begin, begin + len(raw), text[end:begin].strip()))
            begin = end = begin + len(raw)
    return tuple(words)


def _unstuck(raw: str) -> tuple[str, ...]:
    """A word, or two where the space behind an office's first word was left out: "SởY tế"."""
    if raw.islower() or raw.istitle() or raw.isupper():
        return (raw,)
    at = next((at for at in range(1, len(raw)) if raw[at - 1].islower() and raw[at].isupper()), 0)
    return (raw[:at], raw[at:]) if at and is_one_of(key(raw[:at]), "body") else (raw,)


def keys(words: Iterable[Word]) -> tuple[str, ...]:
    """The keys of words: "Sở Y tế" → sở, y, tế."""
    return tuple([word.key for word in words])


@cache
def phrases(name: str, column: str = "words") -> frozenset[tuple[str, ...]]:
    """One of the word lists titles.csv, verbs.csv, bodies.csv and the like, each phrase by its words."""
    return frozenset(tuple(key(row[column]).split()) for row in table(name))


def leading(said: Sequence[str], name: str) -> int:
    """How many words at the beginning are one phrase of a word list, the longest: "phó giám đốc sở y tế" → 3."""
    longest = min(max(map(len, phrases(name))), len(said))
    return next((size for size in range(longest, 0, -1) if tuple(said[:size]) in phrases(name)), 0)


def leading_at(words: Sequence[Word], at: int, name: str) -> int:
    """How many words from here on are one phrase of a word list."""
    return leading(keys(words[at : at + max(map(len, phrases(name)))]), name)


def titles_at(words: Sequence[Word], at: int) -> list[int]:
    """Behind each of the titles that stand one after the other from a word on: "Bí thư, Chủ tịch", "Chủ tịch và các Phó
    Chủ tịch".
    """
    ends: list[int] = []
    while at < len(words) and not (ends and words[at].gap not in ("", ",")):
        begins = at + (bool(ends) and words[at].key == AND)
        begins += begins < len(words) and words[begins].key == "các" and not leading_at(words, begins, "titles")
        size = leading_at(words, begins, "titles")
        if not size:
            break
        at = begins + size
        ends.append(at)
    return ends


def are_titles(words: Sequence[Word]) -> bool:
    """Whether words are titles and nothing else: "Chủ tịch, các Phó Chủ tịch"."""
    return titles_at(words, 0)[-1:] == [len(words)]


def is_one_of(word: str, use: str) -> bool:
    """Whether a word is one of a use of agency-words.csv."""
    return word in listed("agency-words", use)


def somebody(text: str) -> re.Match | None:
    """The person that a text begins with: "Đồng chí Nguyễn Văn A, …"."""
    return form("agency-words", _SOMEONE).match(text)


def is_person(words: str) -> bool:
    """Whether words name a person: "Đồng chí …", "Ông …", or a family name and given names in capitals."""
    if somebody(words.strip()):
        return True
    parts = words.split()
    return (
        2 <= len(parts) <= 5
        and all(part[:1].isupper() and part[1:].islower() for part in parts)
        and key(parts[0]) in {key(row["name"]) for row in table("surnames")}
    )
