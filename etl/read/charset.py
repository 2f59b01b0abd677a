"""Bytes → text, and letters of the old Vietnamese fonts → Unicode.

Unicode says so itself. Of the older codes the one is taken whose words are Vietnamese: syllables that stand in
data/reference. Text that somebody took for another code and saved as Unicode is turned back the same way. What the
signs of TCVN3 and VNI mean stands in old-codes.csv.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import tables
from etl.reference import DATA, table
from etl.text import fold, nfc

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 0.6
_LETTERS = re.compile(r"\w*[^\W\d_]\w*")
_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?|[bcdđghklmnpqrstvx]{1,5}"
)
"""A syllable without its marks, or letters of an abbreviation."""
_LEAST_WORDS = 20
_FIGURED = re.compile(r"[^\W\d_A-Z]\d|\d[^\W\d_A-Z]")
"""A figure beside a small letter."""
_MOST_FIGURED = 0.1
"""Share of a text's words: English has hardly any."""
_STRANGE = re.compile(r"[ñöøïûäåëüæîÑÖØÏÛÄÅËÜÆÎ¡-¿×÷]")
"""Signs of the older codes that are no letters of Vietnamese."""
_SURE, _DOUBTED = 0.8, 0.5
"""From this share of Vietnamese words on a text is what another code makes of it, where it has less of them than that as
it stands.
"""


def decode(content: bytes) -> tuple[str, str] | None:
    """The text and what its code is called ("UTF-8", "UTF-16", "Windows-1258", "TCVN3"); None where no code gives
    Vietnamese.
    """
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _try(content, code, "UTF-8" if code == "utf-8-sig" else "UTF-16")
    beginning = content[:4000]
    for at, code in ((1, "utf-16-le"), (0, "utf-16-be")):
        # every second byte of an ASCII sign is nought; what is no text decodes to signs of other scripts
        if beginning[at::2].count(0) > 0.2 * len(beginning) / 2 and (found := _try(content, code, "UTF-16")):
            return (
                found
                if all(sign < "\u2100" and (sign.isprintable() or sign.isspace()) for sign in found[0][:500])
                else None
            )
    if found := _try(content, "utf-8", "UTF-8"):
        return undone(found[0])
    # words from the middle say as much as the whole
    sample = content[len(content) // 3 :][:200_000] if len(content) > 400_000 else content
    share, name = max((_share_of_words(read(sample)), name) for name, read in _OLDER.items())
    return (_OLDER[name](content), name) if share >= _LEAST else None


def from_tcvn3(text: str, capitals: bool = False) -> str:
    """Letters as a font of TCVN3 draws them: "ñy ban nh©n d©n" → "ủy ban nhân dân"; in a font for capitals "ỦY BAN NHÂN
    DÂN".
    """
    read = text.translate(_tcvn3())
    return read.upper() if capitals else "".join(map(_capitals, read.splitlines(keepends=True)))


def _signs(code: str) -> list[dict[str, str]]:
    """The rows of a code as they are written: one of its signs is invisible."""
    return [row for row in tables.rows(DATA / "reference" / "old-codes.csv") if row["code"] == code]


@cache
def _tcvn3() -> dict[int, str]:
    """One sign a letter; capitals with a tone have none, their font draws them."""
    return {ord(row["written"]): row["letter"] for row in _signs("TCVN3")}


def from_vni(text: str) -> str:
    """Letters as a font of VNI draws them, a letter and often a sign behind it: "UÛy ban nhaân daân" → "Ủy ban nhân
    dân".
    """
    signs, pattern = _vni()
    return pattern.sub(lambda hit: signs[hit[0]], text)


@cache
def _vni() -> tuple[dict[str, str], re.Pattern[str]]:
    known = {row["written"]: row["letter"] for row in _signs("VNI")}
    signs = {form(written): letter.upper() for written, letter in known.items() for form in (str.upper, str.capitalize)}
    signs |= known
    return signs, re.compile("|".join(sorted(map(re.escape, signs), key=len, reverse=True)))


def _capitals(line: str) -> str:
    """Plain text has lost the font for capitals: a line whose other letters are capitals is one. "Kế HOạCH" → "KẾ
    HOẠCH".
    """
    signs = [sign for sign in line if sign.isascii() and sign.isalpha()]
    return line.upper() if len(signs) > 2 and sum(map(str.isupper, signs)) > 0.85 * len(signs) else line


def from_font(text: str, font: str | None) -> str:
    """Text as its font draws it: those of TCVN3 are called .VnTime, .VnArial, and .VnTimeH for capitals, those of VNI
    VNI-Times.
    """
    name = (font or "").strip().lower()
    if any(ord(sign) > 0xFF for sign in text):
        return text
    if name.startswith("vni-"):
        return meant(text, "VNI")
    return from_tcvn3(text, name.endswith("h")) if name.startswith(".vn") else text


def _try(content: bytes, code: str, name: str) -> tuple[str, str] | None:
    try:
        return content.decode(code), name
    except UnicodeDecodeError:
        return None


_READ: dict[str, Callable[[str], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni}
_OLDER = {
    "Windows-1258": lambda content: nfc(content.decode("cp1258", errors="replace")),
    "TCVN3": lambda content: from_tcvn3(content.decode("latin-1")),
    "VNI": lambda content: from_vni(content.decode("latin-1")),
}
"""A single byte that Windows-1258 does not have, as in a smudged page, does not make it another code."""


def is_vietnamese(text: str) -> bool:
    """Whether words are syllables of Vietnamese: "Kế hoạch", "KE HOACH", but not "Kr HOiCH" or "cing khai tgi c6c xS"."""
    words = [word for word in _LETTERS.findall(text) if len(word) > 1]
    if len(words) < _LEAST_WORDS:
        return True
    good = [word for word in words if _SYLLABLE.fullmatch(fold(word)) and (word[1:].islower() or word.isupper())]
    marked = sum(not word.isascii() for word in good)
    return marked > 0.25 * len(words) or len(good) > 0.85 * len(words)


def is_broken(text: str) -> bool:
    """Whether a scan's text was badly recognised: no Vietnamese, and figures where letters were, as in "c6ng khai thri
    tuc".
    """
    words = _LETTERS.findall(text)
    return not is_vietnamese(text) and sum(map(bool, map(_FIGURED.search, words))) > _MOST_FIGURED * len(words)


def likelier(line: str) -> str:
    """A line as it stands, or as a font of TCVN3 draws it where that has more Vietnamese words."""
    drawn = from_tcvn3(line)
    return drawn if _share_of_words(drawn) > _share_of_words(line) else line


def taken_for(texts: Sequence[str]) -> str:
    """The code whose signs somebody took for Latin letters in many of these texts: "TCVN3" or "VNI", or "" for none."""
    strange = " ".join(text for text in texts if _STRANGE.search(text))
    if not strange or _share_of_words(strange) >= _DOUBTED:
        return ""
    share, code = max((_share_of_words(read(strange)), code) for code, read in _READ.items())
    return code if share >= _SURE else ""


def undone(text: str) -> tuple[str, str]:
    """A text of Unicode and what its code is called, older codes that somebody took for Latin letters turned back."""
    lines = text.split("\n") if _STRANGE.search(text) else ()
    code = taken_for(lines)
    return ("\n".join(meant(line, code) for line in lines), code) if code else (text, "UTF-8")


def meant(line: str, code: str) -> str:
    """A line of a document in which signs of a code were taken for letters, unless it has none that only the code has and
    is better Vietnamese as it stands.
    """
    drawn = _READ[code](line)
    return drawn if _STRANGE.search(line) or _share_of_words(drawn) >= _share_of_words(line) else line


def _share_of_words(text: str) -> float:
    """Which share of the words with marks are syllables that Vietnamese documents use."""
    words = [word for word in _WORD.findall(nfc(text).lower()) if not word.isascii()]
    return sum(word in _syllables() for word in words) / len(words) if words else 0.0


@cache
def _syllables() -> frozenset[str]:
    said = " ".join(
        value
        for name in ("phrases", "names", "labels", "columns", "agencies")
        for row in table(name)
        for value in row.values()
    )
    return frozenset(_WORD.findall(nfc(said).lower()))
