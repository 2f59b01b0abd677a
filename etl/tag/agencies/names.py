"""A piece of text → the agencies it names, each by its name in agencies.csv, with what stands there and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.reference import KEPT, listed
from etl.tag.agencies.spellings import Name, begins_name, levels, longest, names, sizes, spelt_by
from etl.tag.agencies.words import AND, JOINS, LIST, Word, is_one_of, keys, leading_at, split
from etl.text import capital, fold

_LONGEST_PLACE = 5


@dataclass(frozen=True)
class Found:
    """An agency met in a text: its codebook name, its words, and where they stand (in words and in characters)."""

    agency: str
    as_written: str
    begin: int
    end: int
    first: int
    last: int
    needs_level: str = ""


def scan(text: str) -> list[Found]:
    """Every agency of a text in its order.

    Shared words are given to all they belong to: "UBND cấp huyện, cấp xã" is two agencies, so are "UBND, Mặt trận Tổ
    quốc cấp huyện", and "Các Sở: Nội vụ, Tư pháp".
    """
    words = split(text)
    found: list[Found] = []
    at = 0
    while at < len(words):
        hits = _match(words, at) or _implied(words, at, found[-1] if found else None)
        found.extend(hits)
        at = hits[-1].last + 1 if hits else at + 1
    return [_written(hit, text) for hit in _lend_levels(_without_openers(found, words), words)]


def _written(hit: Found, text: str) -> Found:
    """A hit with its words; what the table only keeps goes under them, "&" as "và"."""
    said = text[hit.begin : hit.end]
    kept = f" {AND} ".join(part.strip() for part in said.split("&"))
    return replace(hit, as_written=said, agency=capital(kept) if hit.agency == KEPT else hit.agency)


def _found(agency: str, words: Sequence[Word], first: int, last: int, needs_level: str = "") -> Found:
    return Found(agency, "", words[first].begin, words[last].end, first, last, needs_level)


def _match(words: Sequence[Word], at: int) -> list[Found]:
    """The agency that begins at a word, the longest spelling first; more than one where it has several levels."""
    for size in sizes().get(fold(words[at].key), ()):
        span = words[at : at + size]
        rows = spelt_by(span) if len(span) == size else []
        is_verb = size == 1 and (span[0].raw.islower() or leading_at(words, at, "verbs") > 1 or _is_half(words, at))
        if rows and not is_verb:
            return _at_levels(rows, words, at, at + size - 1)
    return []


def _is_half(words: Sequence[Word], at: int) -> bool:
    """Whether a word is the first half of another: the first of "Báo chí" is no newspaper."""
    behind = words[at + 1 : at + 2]
    is_small = bool(behind) and not behind[0].gap and behind[0].raw.islower()
    return is_small and not (_level(words, at + 1)[1] or leading_at(words, at + 1, "verbs") or behind[0].key == "và")


def _at_levels(rows: Sequence[Name], words: Sequence[Word], first: int, last: int) -> list[Found]:
    """The agencies of one spelling: one for each level behind it, or the one it means without a level."""
    levelled = next((row for row in rows if row.has_level), None)
    if levelled is None:
        size = _own_level(words, last)[1] if rows[0].agency == KEPT else 0
        return [_found(rows[0].agency, words, first, places(words, last + size))]
    chain = _level_chain(words, last + 1)
    if chain:
        return [_found(levelled.at(level), words, first, stop) for level, stop in chain]
    stop = places(words, last)
    whole = next((row for row in rows if not row.has_level), None)
    if whole:
        return [_found(whole.agency, words, first, stop)]
    if levelled.default:
        return [_found(levelled.at(levelled.default), words, first, stop, levelled.agency)]
    return [
        _found(capital(" ".join(word.raw for word in words[first : last + 1])), words, first, stop, levelled.agency)
    ]


# -- levels ---------------------------------------------------------------------------------------------------------


def _level(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The level that stands at a word, and its number of words."""
    if at >= len(words) or words[at].gap not in LIST:
        return "", 0
    for size in range(min(max(map(len, levels())), len(words) - at), 0, -1):
        span = words[at : at + size]
        level = levels().get(keys(span))
        if level and all(word.gap in (*LIST, "-", "–") for word in span[1:]):
            return level, size
    return _misread_level(words, at)


def _misread_level(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The level that a word is but for its marks, where a place's name follows: "huyên" in "Công an huyên Mường Nhé"."""
    following = words[at + 1] if at + 1 < len(words) else None
    is_before_place = following is not None and not following.gap and following.raw[:1].isupper()
    if not is_before_place or words[at].gap or not words[at].raw.islower() or leading_at(words, at, "verbs"):
        return "", 0
    return next(
        ((level, 1) for spelt, level in levels().items() if [fold(words[at].key)] == [*map(fold, spelt)]), ("", 0)
    )


def _own_level(words: Sequence[Word], last: int) -> tuple[str, int]:
    """The level right behind a name's last word, with no sign between: "UBND huyện"."""
    return _level(words, last + 1) if last + 1 < len(words) and not words[last + 1].gap else ("", 0)


def _level_chain(words: Sequence[Word], at: int) -> list[tuple[str, int]]:
    """The levels that follow a name, with the last word of each: "cấp huyện, cấp xã" → cấp huyện, cấp xã."""
    chain: list[tuple[str, int]] = []
    following: int | None = at
    while following is not None:
        level, size = _level(words, following)
        if not level or chain and size == 1 and _runs_on(words, following + 1):
            break
        chain.append((level, places(words, following + size - 1)))
        following = _next_level(words, chain[-1][1] + 1)
    return chain


def _runs_on(words: Sequence[Word], at: int) -> bool:
    """Whether a word goes on with the one before: the first of "tỉnh đoàn" is no level."""
    return at < len(words) and not words[at].gap and words[at].key != "và"


def _next_level(words: Sequence[Word], at: int) -> int | None:
    """Where another level may stand after one: behind "và" or a comma; None where the list ends."""
    if at >= len(words):
        return None
    if words[at].key == "và" and not words[at].gap:
        return at + 1
    return at if words[at].gap in (",", "/") else None


def _lend_levels(found: Sequence[Found], words: Sequence[Word]) -> list[Found]:
    """Give a name without a level the level of the next in its chain: "UBND, Mặt trận Tổ quốc cấp huyện"."""
    lent: list[Found] = []
    for hit in reversed(found):
        if hit.needs_level and lent and _joined(words, hit.last, lent[-1].first):
            level = _level_of(lent[-1], words)
            if level:
                hit = replace(hit, agency=hit.needs_level.replace("{level}", level), needs_level="")
        lent.append(hit)
    return lent[::-1]


def _level_of(hit: Found, words: Sequence[Word]) -> str:
    """The level that a name's own words end with, or that follows them."""
    tail = keys(words[hit.first : hit.last + 1])
    ends = (level for spelt, level in levels().items() if len(spelt) < len(tail) and tail[-len(spelt) :] == spelt)
    return next(ends, "") or _own_level(words, hit.last)[0]


def _joined(words: Sequence[Word], last: int, first: int) -> bool:
    """Whether only joining words and signs stand between two names."""
    between = [word.gap for word in words[last + 1 : first + 1]] + [word.key for word in words[last + 1 : first]]
    return all(sign in JOINS for sign in between)


# -- what stands around a name --------------------------------------------------------------------------------------


def places(words: Sequence[Word], last: int) -> int:
    """The last word of a name, with the place or the branch that follows it: "Báo Hưng Yên" ends at "Yên"."""
    at = last + 1
    if at < len(words) and words[at].key == "tỉnh" and not words[at].gap:
        at += 1
    while at < len(words) and at - last <= _LONGEST_PLACE and _is_place(words, at):
        at += 1
    return at - 1


def _is_place(words: Sequence[Word], at: int) -> bool:
    """Whether a word goes on with a place's name: it has a capital, and begins no other body's name."""
    word = words[at]
    is_name = not word.gap and word.raw[:1].isupper() and not word.raw.isupper()
    return is_name and not is_one_of(word.key, "body") and not begins_name(words, at)


def _implied(words: Sequence[Word], at: int, before: Found | None) -> list[Found]:
    """A name whose first word stands only once: the second of "Các Sở: Nội vụ, Tài chính"."""
    first = _shared(words, at, before)
    for size in range(min(longest() - 1, len(words) - at) if first else 0, 0, -1):
        rows = names().get((first, *keys(words[at : at + size])))
        if rows:
            return [_found(rows[0].agency, words, at, at + size - 1)]
    return []


def _shared(words: Sequence[Word], at: int, before: Found | None) -> str:
    """The first word that a list's name takes over: "sở" in "Các Sở: Nội vụ", "phòng" in "Phòng Y tế, Tài chính"."""
    if at and words[at].gap == ":" and is_one_of(words[at - 1].key, "shared"):
        return words[at - 1].key
    if before is None:
        return ""
    is_next = before.last == at - 1 and words[at].gap in ("", ",", ";")
    is_after_and = before.last == at - 2 and words[at - 1].key == "và"
    shared = (word for word in listed("agency-words", "shared") if before.agency.startswith(capital(word) + " "))
    return next(shared, "") if is_next or is_after_and else ""


def _without_openers(found: Sequence[Found], words: Sequence[Word]) -> list[Found]:
    """Without the collective before a colon, which only begins the list that follows: "Các sở: Nội vụ, Tài chính"."""
    return [
        hit
        for hit, following in zip(found, [*found[1:], None])
        if following is None
        or following.first != hit.last + 1
        or words[following.first].gap != ":"
        or not hit.agency.startswith("Các sở")
    ]
