"""What a heading declares: the names and numbers of dimensions and sub-dimensions, as plans write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from etl.reference.tables import dims, subdimensions, table
from etl.reference.words import uncounted
from etl.text import QUOTED, is_upper, key


@dataclass(frozen=True)
class Named:
    """A dimension or sub-dimension that a heading names, and how alike the two wordings are (0 to 100)."""

    dim: int
    sub: str | None
    wording: str
    likeness: float


@cache
def _wordings() -> tuple[tuple[str, Named], ...]:
    """Every wording of names.csv, both whole and without the words that only introduce a heading."""
    found: dict[tuple[str, str | None], Named] = {}
    for row in table("names"):
        named = Named(int(row["dim"]), row["sub"] or None, row["wording"], 100.0)
        for words in (key(row["wording"]), bare(row["wording"])):
            found.setdefault((words, named.sub), named)
    for row in table("dimensions"):
        if row["dim"] != "0":
            found.setdefault((key(row["short_vi"]), None), Named(int(row["dim"]), None, row["short_vi"], 100.0))
    for row in subdimensions():
        found.setdefault((key(row["short_vi"]), row["sub"]), Named(int(row["dim"]), row["sub"], row["short_vi"], 100.0))
    return tuple((words, named) for (words, _), named in found.items())


@cache
def _openers() -> tuple[str, ...]:
    """Words that introduce a heading and name nothing, the longest first ("đối với nội dung", "nâng cao hơn nữa")."""
    return tuple(sorted((key(row["words"]) for row in table("openers")), key=len, reverse=True))


def bare(heading: str) -> str:
    """The key of a heading without what only introduces it: "5. Đôi với nội dung 5: “Thủ tục …”" → "thủ tục …"."""
    words = key(heading)
    while True:
        opener = next((o for o in _openers() if words.startswith(o + " ")), None)
        if opener:
            words = words[len(opener) + 1 :]
        elif words[:2].strip().isdecimal() and " " in words:
            words = words.split(" ", 1)[1]
        else:
            return words


_NUMBER = r"(?:\d{1,2}|[IVX]{1,4}|[A-HĐ]|nhất|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười)"
_COUNTED = re.compile(
    rf"^(?P<of>(?:\w+ ){{1,4}}?)(?:(?:số|thứ) )?{_NUMBER}(?:(?:, | và (?:thứ )?|\s?[–-]\s?){_NUMBER})*\s?[.:–-]\s+(?=\S)"
)


def uncounted_heading(heading: str) -> str:
    """What stands behind words that only count a heading: "Điểm yếu thứ nhất - Công khai" → "Công khai"; the whole
    heading where none do.
    """
    return _COUNTED.sub("", heading)


def counts_with(heading: str) -> str:
    """The words that count a heading, without its number: "Nội dung 3 và 4 - Trách nhiệm" → "nội dung"; empty where none
    do.
    """
    counted = _COUNTED.match(heading)
    return key(counted["of"]) if counted else ""


def goes_on_title(title: str, line: str) -> bool:
    """Whether a line goes on with the title above it: it begins in small letters, or both are in capitals; a heading that
    is counted never does.
    """
    if uncounted_heading(line) != line:
        return False
    return line[:1].islower() or is_upper(title) and not any(map(str.islower, line))


@lru_cache(maxsize=4096)
def named(heading: str, dim: int | None = None, least: float = 84) -> Named | None:
    """The dimension (or, within `dim`, the sub-dimension) that a heading names; None where none is alike enough.

    Missing letters, doubled letters and words around the name do not matter: both wordings are compared whole by
    rapidfuzz `ratio`. 84 lets through "Công khai, minh bạch trong hoạch định …" and "Đôi với nội dung …", and keeps
    apart the two nearest different names ("Cung ứng dịch vụ công" and "… tham nhũng trong cung ứng dịch vụ công").
    """
    quoted = QUOTED.search(heading)
    candidates = {bare(heading), key(heading), bare(uncounted_heading(heading)), bare(uncounted(heading))}
    # a name in quotes is the heading's only where nothing but an opener stands before it, and nothing after
    if quoted and bare(heading[: quoted.start()] + " x") in ("x", "") and not key(heading[quoted.end() :]):
        candidates.add(bare(quoted[1]))
    choices = {
        i: words
        for i, (words, n) in enumerate(_wordings())
        if (n.sub is None) == (dim is None) and dim in (None, n.dim)
    }
    best: tuple[float, int] | None = None
    for words in candidates:
        if len(words) < 6:
            continue
        hit = process.extractOne(words, choices, scorer=fuzz.ratio, score_cutoff=least)
        if hit and (best is None or hit[1] > best[0]):
            best = (hit[1], hit[2])
    if best is None:
        return None
    return replace(_wordings()[best[1]][1], likeness=best[0])


def holding(heading: str) -> Named | None:
    """The one dimension whose name stands within a heading: "Nhóm nhiệm vụ về chính quyền số, quản trị điện tử"."""
    said = f" {key(heading)} "
    held = {n.dim: n for words, n in _wordings() if n.sub is None and len(words.split()) > 2 and f" {words} " in said}
    return next(iter(held.values())) if len(held) == 1 else None


def behind(text: str, openers: Sequence[str]) -> list[Named]:
    """The dimensions and sub-dimensions whose names stand, one after another, right behind one of some words: behind
    "nội dung" in "nội dung quyết tâm chống tham nhũng và công bằng trong tuyển dụng vào khu vực công".
    """
    found: list[Named] = []
    for rest in re.split(rf"\b(?:{'|'.join(openers)}) ", key(text))[1:]:
        while hit := _name_first(rest):
            found.append(hit[1])
            rest = rest[len(hit[0]) :].removeprefix(" và").lstrip()
    return found


def _name_first(said: str) -> tuple[str, Named] | None:
    """The longest name of three words or more that words begin with, and what it names."""
    begins = (one for one in _wordings() if len(one[0].split()) > 2 and f"{said} ".startswith(f"{one[0]} "))
    return max(begins, key=lambda one: len(one[0]), default=None)


def meant(words: str) -> Named | None:
    """The dimension, or the sub-dimension of any, that words name, whichever they are more like."""
    found = [named(words), *(named(words, dim) for dim in dims())]
    return max(filter(None, found), key=lambda hit: hit.likeness, default=None)
