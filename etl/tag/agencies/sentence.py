"""The head of a sentence → the agencies it is said of: "Sở Y tế, Sở Nội vụ phối hợp …"."""

from __future__ import annotations

from collections.abc import Sequence

from etl.reference import PERSON
from etl.tag.agencies.names import SOMEONE, Word, phrases, places, scan, sizes, split
from etl.text import capital, fold

# a sentence's subject is read within its first characters, the longest list of offices met is half of that
_HEAD = 1200


# -- a sentence -----------------------------------------------------------------------------------------------------


def chain(text: str, unknown: bool) -> tuple[list[tuple[str, str]], str]:
    """The agencies that a sentence begins with, and the words after them.

    "Đài Phát thanh và Truyền hình tỉnh, Báo Bắc Kạn đẩy mạnh …" → two names, "đẩy mạnh …". With `unknown`, a body that
    no table knows counts where it stands before a duty's verb: "Phòng Quản lý ngân sách báo cáo …".
    """
    someone = SOMEONE.match(text)
    if someone:
        return [(PERSON, "")], _after_office(text[someone.end() :].lstrip(" -–,"))
    text = text[:_HEAD]
    words = split(text)
    if not words or not (fold(words[0].key) in sizes() or any(_size(words, 0, name) for name in ("titles", "bodies"))):
        return [], text
    hits = scan(text)
    begins = {hit.first for hit in hits}
    names: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        start = at + _size(words, at, "titles")
        here = [hit for hit in hits if hit.first in (at, start) and (hit.first == at or start > at)]
        if here and not names and words[at].raw.islower() and at == 0 and not unknown:
            break
        if here and unknown and _is_narrowed(words, max(hit.last for hit in here) + 1):
            # "Các đơn vị được giao chủ trì": some of them only, and none that a table could know
            stop = _until_verb(words, at, set())
            names.append(
                (
                    capital(text[words[at].begin : words[(stop or at + 1) - 1].end]),
                    text[words[at].begin : words[(stop or at + 1) - 1].end],
                )
            )
            at = stop or at + 1
        elif here:
            names.extend((hit.agency, hit.as_written) for hit in here)
            at = max(hit.last for hit in here) + 1
            at += _qualifier(words, at)
        elif unknown and _size(words, at, "bodies") > (_size(words, at, "verbs") if at == 0 else 0):
            stop = _until_verb(words, at, begins)
            if stop is None:
                break
            said = text[words[at].begin : words[stop - 1].end]
            names.append((capital(said), said))
            at = stop
        else:
            break
        if at < len(words) and words[at].key in ("và", "cùng") and not words[at].gap:
            at += 1
        elif at < len(words) and words[at].gap in (",", ";", "/"):
            if not any(hit.first in (at, at + _size(words, at, "titles")) for hit in hits) and not _size(
                words, at, "bodies"
            ):
                break
        else:
            break
    return list(dict.fromkeys(names)), text[words[at].begin :] if at < len(words) else ""


def _qualifier(words: Sequence[Word], at: int) -> int:
    """How many words only narrow down the name before them: "có liên quan", "của tỉnh", "trên địa bàn tỉnh"."""
    for size in range(min(7, len(words) - at), 0, -1):
        if any(word.gap for word in words[at : at + size]):
            continue
        if tuple(word.key for word in words[at : at + size]) in phrases("qualifiers"):
            return places(words, at + size - 1) - at + 1
    return 0


def _size(words: Sequence[Word], at: int, name: str) -> int:
    """How many words from here are one phrase of a word list."""
    said = tuple(word.key for word in words[at : at + 6])
    return next((len(phrase) for phrase in phrases(name) if said[: len(phrase)] == phrase), 0)


def _is_narrowed(words: Sequence[Word], at: int) -> bool:
    """Whether a name goes on with those it means: "được (UBND tỉnh) giao", "được phân công"."""
    said = [word.key for word in words[at : at + 6]]
    return said[:1] == ["được"] and ("giao" in said or "phân" in said)


def _after_office(rest: str) -> str:
    """What a person named has to do, after the office held: "Công chức Địa chính kiêm … có trách nhiệm …"."""
    words = split(rest)
    at = next((i for i in range(len(words)) if _size(words, i, "verbs")), 0)
    return rest[words[at].begin :] if words else rest


def _until_verb(words: Sequence[Word], at: int, begins: set[int]) -> int | None:
    """Where the name that begins here ends: at a duty's verb, a colon, a comma before another body, or the end."""
    own = max(_size(words, at, "bodies"), 1)
    is_given = False
    for stop in range(at + own, min(len(words), at + 22)):
        word = words[stop]
        if word.gap in (":", ".", ";"):
            return stop
        if word.key in ("để", "bị", "khi", "nếu", "mà", "thì"):
            return None
        is_given = is_given or word.key == "giao" and "được" in (w.key for w in words[at:stop])
        # a verb in capitals is part of a name: "Phòng Quản lý ngân sách"
        verb = _size(words, stop, "verbs") if word.raw[:1].islower() else 0
        if verb and not word.gap and not (is_given and word.key in ("chủ", "làm", "tham", "theo", "phụ")):
            return stop
        if word.gap == "," and (
            stop in begins
            or _size(words, stop, "bodies")
            and (word.key == "các" or words[at].key not in ("các", "cơ", "trưởng"))
        ):
            return stop
        following = stop + 1
        if (
            word.key == "và"
            and following < len(words)
            and (
                following in begins
                or words[following].key == "các"
                or _size(words, following, "bodies")
                and words[at].key != "các"
            )
        ):
            return stop
    return len(words) if len(words) - at < 22 else None
