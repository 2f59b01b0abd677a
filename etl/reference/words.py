"""Word lists, and forms of sentences that have such a list in them."""

from __future__ import annotations

import re
from functools import cache

from etl.reference.tables import table
from etl.text import capital, key

_END = 40
"""The last characters of a text, in which its last words stand."""
_ANNEX = re.compile(r"phụ lục(?: số)?(?: (?:\d{1,2}|[ivx]{1,5}|[a-hđ]))?")
_REFERS = 250
"""Characters of a text that only refers."""
_REFERS_TO = r"(?i)\W*(?:(?:các )?(?:nội dung|nhiệm vụ|giải pháp)(?: này)? )?{refer} (?!dõi)[^;:]{0,120}?\d+(?:/20\d\d)?/(?-i:[A-ZĐ]{2,})[^;:]*$"
_LIST = re.compile(r"\{([A-Za-z]\w*)\}")


@cache
def listed(name: str, use: str) -> tuple[str, ...]:
    """The words of one use in a table of `use,words`, as written, the longest first."""
    found = [row["words"] for row in table(name) if row["use"] == use]
    return tuple(sorted(found, key=len, reverse=True))


def refers_away(text: str) -> bool:
    """Whether a short text only refers to a document with a number of its own, which may hold the tasks: "(Xem Kế hoạch số
    03/KH-UBND …)", "Thực hiện theo Kế hoạch số 15/KH-UBND của UBND tỉnh".
    """
    return len(text) <= _REFERS and bool(form("assigning", _REFERS_TO).match(text))


@cache
def zone_words(zone: str) -> tuple[str, ...]:
    """The words of one zone in zones.csv, by their key."""
    return tuple(key(row["words"]) for row in table("zones") if row["zone"] == zone)


def ends_open(words: str, following: str = "") -> bool:
    """Whether words stop where no sentence does: at a comma or a dash, or with "của", "và"; "tồn tại" ends well. Before a
    line that begins with a number also with "ít nhất", "năm".
    """
    if not words.rstrip()[-1:].isalpha():
        return words.rstrip().endswith((",", " -"))
    last = f" {key(words[-_END:])}"
    return any(
        last.endswith(f" {row['words']}") and not last.endswith(tuple(filter(None, row["unless"].split("|"))))
        for row in table("openends")
        if not row["before"] or following[:1].isdigit()
    )


def is_annex(words: str) -> bool:
    """Whether a line is the heading of an annex and says no more than which: "Phụ lục", "PHỤ LỤC SỐ 02"."""
    return bool(_ANNEX.fullmatch(key(words)))


def uncounted(text: str) -> str:
    """A text without the word that only counts it: "Thứ nhất, Sở Y tế …", "Một là: …"."""
    rest = form("assigning", r"(?i)^{counted}\s*[,:]\s*").sub("", text, 1)
    return capital(rest) if rest != text else text


def unopened(text: str) -> str:
    """A text without the words that only say that something is somebody's: "PHẦN VIỆC CỦA", "Giao"."""
    return form("assigning", r"(?i)^(?:{opener})\s*:?\s+").sub("", text)


@cache
def form(name: str, pattern: str) -> re.Pattern:
    """A form of words whose lists stand in a table: `{ask}` is one of the words of that use, `{Ask}` the same with a
    capital.
    """

    def filled(hit: re.Match) -> str:
        found = (capital(words) if hit[1][0].isupper() else words for words in listed(name, hit[1].lower()))
        return f"(?:{'|'.join(map(re.escape, found))})"

    return re.compile(_LIST.sub(filled, pattern))
