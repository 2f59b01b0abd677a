"""A piece of text → the agencies it names, each by its name in agencies.csv, with what stands there and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from etl.model import BadReference
from etl.reference import KEPT, table
from etl.text import capital, fold, key

_WORD = re.compile(r"\w+", re.UNICODE)
SOMEONE = re.compile(r"\b(?:[Đđ]ồng chí|[Đđ]/c|[ÔôBb](?:ng|à))\s+(?=[A-ZĐÀ-Ỹ])(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]*\.?\s*){1,5}")
_JOINS = {"", ",", "và", "/", "-", "–", ";", "cùng", "với", "&"}


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


@dataclass(frozen=True)
class Word:
    key: str
    raw: str
    begin: int
    end: int
    gap: str


@dataclass(frozen=True)
class _Name:
    """One row of agencies.csv: the codebook name (with `{level}` where it has one) and the level without words for
    it.
    """

    agency: str
    default: str
    written: str = ""


@cache
def _names() -> dict[tuple[str, ...], list[_Name]]:
    names: dict[tuple[str, ...], list[_Name]] = {}
    for row in table("agencies", "agency", "written", "level", "is_group"):
        if not row["agency"] or not row["written"]:
            raise BadReference(f"agencies.csv, dòng {row['_row']}, cột agency hoặc written: để trống")
        names.setdefault(tuple(key(row["written"]).split()), []).append(
            _Name(row["agency"], row["level"], row["written"])
        )
    return names


@cache
def _levels() -> dict[tuple[str, ...], str]:
    return {tuple(key(row["written"]).split()): row["level"] for row in table("levels", "level", "written")}


@cache
def _longest() -> int:
    return max(map(len, _names()))


@cache
def sizes() -> dict[str, tuple[int, ...]]:
    """The numbers of words of the names that begin with a word (its letters without marks), the longest first."""
    sizes: dict[str, set[int]] = {}
    for words, _ in _whole_names().values():
        sizes.setdefault(fold(words[0]), set()).add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


@cache
def _whole_names() -> dict[str, tuple[tuple[str, ...], list[_Name]]]:
    """Every spelling, and every spelling with a level after it: "thanh tra tỉnh"."""
    found = {" ".join(words): (words, names) for words, names in _names().items()}
    for words, names in _names().items():
        for name in names:
            for level_words, level in _levels().items() if "{level}" in name.agency else ():
                spelt = (*words, *level_words)
                found.setdefault(" ".join(spelt), (spelt, [_Name(name.agency.replace("{level}", level), "")]))
    return found


@cache
def _by_length() -> dict[int, list[str]]:
    """Whole names long enough that one wrong letter cannot turn one into another, by their number of words."""
    found: dict[int, list[str]] = {}
    for joined, (words, _) in _whole_names().items():
        if len(joined) >= 12 and not joined.endswith("cùng cấp"):
            found.setdefault(len(words), []).append(joined)
    return found


@cache
def _folded() -> dict[str, str]:
    """Whole names by their letters without marks, where no two agree."""
    found: dict[str, set[str]] = {}
    for joined in _whole_names():
        found.setdefault(fold(joined), set()).add(joined)
    return {
        letters: min(names)
        for letters, names in found.items()
        if len({_whole_names()[n][1][0].agency for n in names}) == 1
    }


@cache
def phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """The word lists of titles.csv, verbs.csv, bodies.csv and the like, the longest first."""
    return tuple(sorted((tuple(key(row["words"]).split()) for row in table(name, "words")), key=len, reverse=True))


def split(text: str) -> list[Word]:
    """The words of a text, each with what stands between it and the word before."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        words.append(Word(key(match[0]), match[0], match.start(), match.end(), text[end : match.start()].strip()))
        end = match.end()
    return words


def scan(text: str) -> list[Found]:
    """Every agency of a text in its order.

    Shared words are given to all they belong to: "UBND cấp huyện, cấp xã" is two agencies, so are "UBND, Mặt trận Tổ
    quốc cấp huyện", and "Các Sở: Nội vụ, Tư pháp".
    """
    words = split(text)
    found: list[Found] = []
    at = 0
    while at < len(words):
        hits = _match(words, at) or _implied(words, at, found)
        if hits:
            found.extend(hits)
            at = hits[-1].last + 1
        else:
            at += 1
    found = _lend_levels(found, words)
    return [
        replace(
            hit,
            as_written=text[hit.begin : hit.end],
            agency=capital(text[hit.begin : hit.end]) if hit.agency == KEPT else hit.agency,
        )
        for hit in found
    ]


def _match(words: Sequence[Word], at: int) -> list[Found]:
    """The agency that begins at a word, the longest spelling first; more than one where it has several levels."""
    for size in sizes().get(fold(words[at].key), ()):
        spelt = tuple(word.key for word in words[at : at + size])
        if len(spelt) < size or any(set(word.gap) & set(";.:\n()") for word in words[at + 1 : at + size]):
            continue
        names = _names().get(spelt) or _nearly(
            spelt, any(len(word.raw) > 2 and word.raw.isupper() for word in words[at : at + size])
        )
        if not names:
            continue
        if size == 1 and words[at].raw.islower():
            continue
        last = at + size - 1
        with_level = next((name for name in names if "{level}" in name.agency), None)
        if with_level is None and names[0].agency == KEPT:
            level, more = _level(words, last + 1)
            is_own = bool(level) and not words[last + 1].gap
            return [_found(KEPT, words, at, places(words, last + more if is_own else last))]
        if with_level is None:
            return [_found(names[0].agency, words, at, places(words, last))]
        levels = _level_chain(words, last + 1)
        if levels:
            hits = []
            for level, stop in levels:
                hits.append(_found(with_level.agency.replace("{level}", level), words, at, places(words, stop)))
            return hits
        whole = next((name for name in names if "{level}" not in name.agency), None)
        if whole:
            return [_found(whole.agency, words, at, places(words, last))]
        agency = (
            with_level.agency.replace("{level}", with_level.default)
            if with_level.default
            else spelt_name(words[at : last + 1])
        )
        return [replace(_found(agency, words, at, places(words, last)), needs_level=with_level.agency)]
    return []


def _nearly(spelt: tuple[str, ...], is_capital: bool) -> list[_Name] | None:
    """A name with one wrong letter, or typed without marks: "Ủy ban Mật trận Tổ quốc Việt Nam", "UBNĐ"."""
    joined = " ".join(spelt)
    if joined in _whole_names():
        return None
    letters = fold(joined)
    # a misprint is not kept as written
    if letters in _folded() and (is_capital or len(joined) >= 12 and letters == joined):
        return [_mended(name) for name in _whole_names()[_folded()[letters]][1]]
    if len(joined) < 12 or len(spelt) not in _by_length():
        return None
    hit = process.extractOne(joined, _by_length()[len(spelt)], scorer=Levenshtein.distance, score_cutoff=1)
    return [_mended(name) for name in _whole_names()[hit[0]][1]] if hit else None


def _mended(name: _Name) -> _Name:
    """A name that is else kept as written, in the spelling of the table: its misprint goes."""
    return replace(name, agency=name.written) if name.agency == KEPT else name


def _level_chain(words: Sequence[Word], at: int) -> list[tuple[str, int]]:
    """The levels that follow a name, with the last word of each: "cấp huyện, cấp xã" → cấp huyện, cấp xã."""
    chain: list[tuple[str, int]] = []
    while True:
        level, size = _level(words, at)
        if not level:
            return chain
        stop = at + size - 1
        after = words[stop + 1] if stop + 1 < len(words) else None
        if chain and size == 1 and after is not None and not after.gap and after.key != "và":
            return chain
        chain.append((level, places(words, stop)))
        at = chain[-1][1] + 1
        if at < len(words) and words[at].key == "và" and not words[at].gap:
            at += 1
        elif at >= len(words) or words[at].gap not in (",", "/"):
            return chain


def _level(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The level that stands at a word, and its number of words."""
    for size in range(min(9, len(words) - at), 0, -1):
        if at < len(words) and words[at].gap not in ("", ",", "/"):
            return "", 0
        if any(word.gap not in ("", ",", "/", "-", "–") for word in words[at + 1 : at + size]):
            continue
        level = _levels().get(tuple(word.key for word in words[at : at + size]))
        if level:
            return level, size
    return "", 0


def places(words: Sequence[Word], last: int) -> int:
    """The last word of a name, with the place or the branch that follows it: "Báo Hưng Yên" ends at "Yên"."""
    at = last + 1
    if at < len(words) and words[at].key == "tỉnh" and not words[at].gap:
        at += 1
    while (
        at < len(words)
        and at - last <= 5
        and not words[at].gap
        and words[at].raw[:1].isupper()
        and not words[at].raw.isupper()
    ):
        if any(
            _names().get(tuple(w.key for w in words[at : at + size]))
            for size in range(1, min(_longest(), len(words) - at) + 1)
        ):
            break
        if words[at].key in ("sở", "ban", "phòng", "trung", "công", "hội", "văn", "các", "đài", "chi", "cục"):
            break
        at += 1
    return at - 1


def _implied(words: Sequence[Word], at: int, found: Sequence[Found]) -> list[Found]:
    """A name whose first word stands only once: the second of "Các Sở: Nội vụ, Tài chính"."""
    first = ""
    if (
        found
        and found[-1].last == at - 1
        and words[at].gap in (",", ";", "")
        and found[-1].agency.startswith(("Sở ", "Phòng "))
    ) or (
        found
        and found[-1].last == at - 2
        and words[at - 1].key == "và"
        and found[-1].agency.startswith(("Sở ", "Phòng "))
    ):
        first = found[-1].agency.split()[0].lower()
    elif (
        at
        and words[at - 1].key in ("sở", "phòng")
        and words[at].gap == ":"
        or found
        and found[-1].last == at - 1
        and words[at].gap == ":"
        and words[at - 1].key in ("sở", "phòng")
    ):
        first = words[at - 1].key
    if not first:
        return []
    for size in range(min(_longest() - 1, len(words) - at), 0, -1):
        names = _names().get((first, *(word.key for word in words[at : at + size])))
        if names:
            return [_found(names[0].agency, words, at, at + size - 1)]
    return []


def _lend_levels(found: list[Found], words: Sequence[Word]) -> list[Found]:
    """Give a name without a level the level of the next in its chain: "UBND, Mặt trận Tổ quốc cấp huyện"."""
    out = list(found)
    # the collective "Các sở" before a colon is only the beginning of the list that follows
    out = [
        hit
        for i, hit in enumerate(out)
        if not (
            i + 1 < len(out)
            and out[i + 1].first == hit.last + 1
            and words[out[i + 1].first].gap == ":"
            and hit.agency.startswith("Các sở")
        )
    ]
    for i in range(len(out) - 2, -1, -1):
        hit, following = out[i], out[i + 1]
        if hit.needs_level and _joined(words, hit.last, following.first):
            tail = " ".join(word.key for word in words[following.first : following.last + 1])
            level = next(
                (
                    level
                    for spelt, level in sorted(_levels().items(), key=lambda entry: -len(entry[0]))
                    if tail.endswith(" " + " ".join(spelt))
                ),
                "",
            )
            after = level or next(iter(_tail_level(words, following.last)), "")
            if after:
                out[i] = replace(hit, agency=hit.needs_level.replace("{level}", after), needs_level="")
    return out


def _tail_level(words: Sequence[Word], last: int) -> Iterator[str]:
    level, _ = _level(words, last + 1)
    if level and not words[last + 1].gap:
        yield level


def _joined(words: Sequence[Word], last: int, first: int) -> bool:
    """Whether only joining words and signs stand between two names."""
    between = [word.gap for word in words[last + 1 : first + 1]] + [word.key for word in words[last + 1 : first]]
    return all(sign in _JOINS for sign in between)


def _found(agency: str, words: Sequence[Word], first: int, last: int) -> Found:
    return Found(agency, "", words[first].begin, words[last].end, first, last)


def spelt_name(words: Sequence[Word]) -> str:
    """A name as written, with a capital: "công chức địa chính" → "Công chức địa chính"."""
    return capital(" ".join(word.raw for word in words))


def person(words: str) -> bool:
    """Whether words name a person: "Đồng chí …", "Ông …", or a family name and given names in capitals."""
    if SOMEONE.match(words.strip()):
        return True
    parts = words.split()
    return (
        2 <= len(parts) <= 5
        and all(part[:1].isupper() and part[1:].islower() for part in parts)
        and key(parts[0]) in {key(row["name"]) for row in table("surnames", "name")}
    )
