"""The spellings of agencies.csv, levels filled in, and the one spelling that a misprint can have meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from etl.reference import KEPT, listed, table
from etl.tag.agencies.words import STOPS, Word, keys, phrases, split
from etl.text import fold, key

_LONG = 12
"""Names at least as long as this, in characters, are told apart by more than one letter."""

_FEWEST_WORDS = 3
"""A name of so many words is told by all but one of them."""

Spelling = tuple[str, ...]
"""The keys of a name's words."""


@dataclass(frozen=True)
class Name:
    """One row of agencies.csv: the codebook name (with `{level}` where it has one), the level without words for it, and
    the spelling.
    """

    agency: str
    default: str = ""
    written: str = ""

    @property
    def has_level(self) -> bool:
        return "{level}" in self.agency

    def at(self, level: str) -> str:
        """The codebook name at a level: "UBND {level}" → "UBND cấp huyện"."""
        return self.agency.replace("{level}", level)


@cache
def names() -> dict[Spelling, list[Name]]:
    """The rows of agencies.csv by their spelling."""
    found: dict[Spelling, list[Name]] = {}
    for row in table("agencies"):
        spelt = keys(split(row["written"]))
        found.setdefault(spelt, []).append(Name(row["agency"], row["level"], row["written"]))
    return found


@cache
def levels() -> dict[Spelling, str]:
    """Every level by its spelling, the longest first."""
    found = {tuple(key(row["written"]).split()): row["level"] for row in table("levels")}
    return dict(sorted(found.items(), key=lambda entry: -len(entry[0])))


def ends_with_level(written: str) -> bool:
    """Whether a name ends with its level in small letters, or with that and the place: "Trung tâm Văn hóa - Thể thao xã",
    "Phòng Dân tộc huyện Mường Lát".
    """
    last = next((word for word in reversed(written.split()) if not word[:1].isupper()), "")
    return last.islower() and (key(last),) in levels()


def ends_whole(written: str) -> bool:
    """Whether nothing of a name follows its last words: they are its own name, its field, or such as stand last ("Các
    trường tiểu học", "Ban Dân vận Huyện ủy").
    """
    return written.lower().endswith(_ends()) or _ends_with_proper_name(written) or _is_of_field(written)


@cache
def _ends() -> tuple[str, ...]:
    return tuple(f" {words}" for words in listed("agency-words", "end"))


def _ends_with_proper_name(written: str) -> bool:
    """Whether the last two words of a school, a firm or the like are its own name: "Trường Tiểu học Hồng Quang"."""
    kind = next((words for words in listed("agency-words", "named") if key(written).startswith(f"{words} ")), "")
    last = written.split()[len(kind.split()) :][-2:]
    return bool(kind) and len(last) == 2 and all(word[:1].isupper() and word[1:].islower() for word in last)


def _is_of_field(written: str) -> bool:
    """Whether a name is that of a field which a known office runs at another level: "Phòng Dân tộc" beside "Ban Dân tộc"."""
    branch, _, field = written.partition(" ")
    is_branch = key(branch) in listed("agency-words", "branch")
    return is_branch and field[:1].isupper() and tuple(key(field).split()) in _fields()


@cache
def _fields() -> frozenset[Spelling]:
    """What the branches of agencies.csv run: "Sở Công Thương" → công, thương."""
    return frozenset(spelt[1:] for spelt in names() if spelt[0] in listed("agency-words", "branch"))


def is_subject(words: Sequence[str]) -> bool:
    """Whether two words stand together in an office's name or in what PAPI is about, as the second half of a name does:
    "kế toán" of "Phòng Tài chính kế toán", and not "dịch bảng" of "Phòng Dân tộc dịch bảng niêm yết".
    """
    return tuple(words) in _pairs()


@cache
def _pairs() -> frozenset[Spelling]:
    return frozenset(pair for said in (*names(), *phrases("phrases", "phrase")) for pair in pairwise(said))


@cache
def longest() -> int:
    """The number of words of the longest name."""
    return max(map(len, names()))


@cache
def sizes() -> dict[str, tuple[int, ...]]:
    """The numbers of words of the names that begin with a word (its letters without marks), the longest first."""
    found: dict[str, set[int]] = {}
    for spelt, _ in _whole().values():
        found.setdefault(fold(spelt[0]), set()).add(len(spelt))
    return {first: tuple(sorted(counts, reverse=True)) for first, counts in found.items()}


def spelt_by(words: Sequence[Word]) -> list[Name]:
    """The rows that words spell, with one misprint at most; none where a sign stands between them."""
    if not STOPS.isdisjoint("".join([word.gap for word in words[1:]])):
        return []
    return names().get(keys(words)) or _nearly(words)


def begins_name(words: Sequence[Word], at: int) -> bool:
    """Whether a name begins at a word."""
    return any(keys(words[at : at + size]) in names() for size in sizes().get(fold(words[at].key), ()))


@cache
def _whole() -> dict[str, tuple[Spelling, list[Name]]]:
    """Every spelling, and every spelling with a level after it: "thanh tra tỉnh"."""
    found = {" ".join(spelt): (spelt, rows) for spelt, rows in names().items()}
    levelled = [(spelt, name) for spelt, rows in names().items() for name in rows if name.has_level]
    for spelt, name in levelled:
        for level_spelt, level in levels().items():
            whole = (*spelt, *level_spelt)
            found.setdefault(" ".join(whole), (whole, [Name(name.at(level), written=name.written)]))
    return found


@cache
def _by_length() -> dict[int, list[str]]:
    """Whole names long enough that one wrong letter cannot turn one into another, by their number of words."""
    found: dict[int, list[str]] = {}
    for joined, (spelt, _) in _whole().items():
        if len(joined) >= _LONG and not joined.endswith("cùng cấp"):
            found.setdefault(len(spelt), []).append(joined)
    return found


@cache
def _folded() -> dict[str, tuple[str, ...]]:
    """The spellings of one whole name by their letters without marks, where no other name has these."""
    found: dict[str, set[str]] = {}
    for joined in _whole():
        found.setdefault(fold(joined), set()).add(joined)
    return {
        letters: tuple(sorted(meant))
        for letters, meant in found.items()
        if len({_whole()[one][1][0].agency for one in meant}) == 1
    }


def _nearly(words: Sequence[Word]) -> list[Name]:
    """A name with one wrong letter, or typed without marks: "Ủy ban Mật trận Tổ quốc Việt Nam", "UBNĐ"."""
    joined = " ".join([word.key for word in words])
    if joined in _whole():
        return []
    letters = fold(joined)
    meant = _folded().get(letters, ())
    if slip := _blurred(words, meant):
        return _mended(slip)
    # over a comma two names meet rather than that one is misspelt
    if "," in "".join([word.gap for word in words[1:]]):
        return []
    is_unmarked = len(joined) >= _LONG and letters == joined
    if meant and (is_unmarked or any(len(word.raw) > 2 and word.raw.isupper() for word in words)):
        return _mended(meant[0])
    if len(joined) < _LONG or len(words) not in _by_length():
        return []
    hit = process.extractOne(joined, _by_length()[len(words)], scorer=Levenshtein.distance, score_cutoff=1)
    # "Công an thường (xuyên tuần tra)" is right as it stands, and no "Công an phường"
    is_right = hit and hit[0].split()[-1] != words[-1].key and words[-1].key in _verb_beginnings()
    return _mended(hit[0]) if hit and not is_right else []


@cache
def _verb_beginnings() -> frozenset[str]:
    """The first words of duties' verbs of more than one word: "thường xuyên" → thường."""
    return frozenset(said[0] for said in phrases("verbs") if len(said) > 1)


def _blurred(words: Sequence[Word], alike: Sequence[str]) -> str:
    """Of whole names with the same letters without marks the one that differs from words in the marks of one word only, as
    a scan leaves it: "Sờ Tư pháp"; a long name in those of two: "Sờ Công Thưong".
    """
    if not alike or len(words) < _FEWEST_WORDS or not words[0].raw[:1].isupper():
        return ""
    said = keys(words)
    for meant in alike:
        wrong = sum(one != other for one, other in zip(said, meant.split()))
        is_alike = any(_has_commas_of(name, words) for name in _whole()[meant][1])
        if is_alike and (wrong == 1 or wrong == 2 and len(meant) >= _LONG):
            return meant
    return ""


def _has_commas_of(name: Name, words: Sequence[Word]) -> bool:
    """Whether words have as many commas as a name; in the list of levels behind it there may be more: "UBND các huyên,
    thành phố".
    """
    size = len(split(name.written))
    return name.written.count(",") == sum("," in word.gap for word in words[1 : size + 1])


def _mended(joined: str) -> list[Name]:
    """The rows of a whole name; one that is else kept as written comes in the spelling of the table, without its
    misprint.
    """
    return [replace(name, agency=name.written) if name.agency == KEPT else name for name in _whole()[joined][1]]
