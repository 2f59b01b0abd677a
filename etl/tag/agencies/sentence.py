"""The head of a sentence → the agencies it is said of: "Sở Y tế, Sở Nội vụ phối hợp …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from etl.reference import form, person
from etl.tag.agencies.names import Found, places, scan
from etl.tag.agencies.spellings import ends_whole, is_subject, levels, sizes
from etl.tag.agencies.words import Agency, Word, is_one_of, keys, leading, leading_at, somebody, split, titles_at
from etl.text import capital, fold

_HEAD = 1200
"""A sentence's subject is read within its first characters, the longest list of offices met is half of that."""
_HELPS = r"(?:với )?{helper}\b"
_LONGEST_NAME = 22
"""No name has as many words as this."""


def chain(text: str, unknown: bool) -> tuple[list[Agency], str]:
    """The agencies that a sentence begins with, and the words after them.

    "Đài Phát thanh và Truyền hình tỉnh, Báo Bắc Kạn đẩy mạnh …" → two names, "đẩy mạnh …". With `unknown`, a body that
    no table knows counts where it stands before a duty's verb: "Phòng Quản lý ngân sách báo cáo …".
    """
    someone = somebody(text)
    if someone:
        return [(person(), "")], _after_office(text[someone.end() :].lstrip(" -–,"))
    text = text[:_HEAD]
    words = split(text)
    if _is_ruler(words):
        return [(f"UBND {levels()[words[0].key,]}", words[0].raw)], text[words[1].begin :]
    if not words or not _can_begin(words):
        return [], text
    head = _Head(text, words, scan(text), unknown)
    found: list[Agency] = []
    at, goes_on = 0, True
    while goes_on and at < len(words):
        said, at = head.agencies_at(at)
        found += said
        at, goes_on = head.joined(at) if said else (at, False)
    return list(dict.fromkeys(found)), text[words[at].begin :] if at < len(words) else ""


def has_duty(text: str) -> bool:
    """Whether a duty's verb stands anywhere in a text."""
    words = split(text[:_HEAD])
    return any(leading_at(words, at, "verbs") for at in range(len(words)))


def _is_ruler(words: Sequence[Word]) -> bool:
    """Whether words begin with a level alone that does something, and so means who governs it: "Xã giữ kín tên …"."""
    if len(words) < 2 or (words[0].key,) not in levels() or not words[0].raw.istitle():
        return False
    return not words[1].gap and words[1].raw.islower() and leading_at(words, 1, "verbs") > 0


def _can_begin(words: Sequence[Word]) -> bool:
    """Whether the first word can begin a name at all."""
    return fold(words[0].key) in sizes() or bool(titles_at(words, 0)) or leading_at(words, 0, "bodies") > 0


@dataclass(frozen=True)
class _Head:
    """The head of a sentence: its words and the known agencies among them."""

    text: str
    words: Sequence[Word]
    hits: Sequence[Found]
    unknown: bool

    def agencies_at(self, at: int) -> tuple[list[Agency], int]:
        """The agencies that stand at a word, a title before them left out, and the word behind; none where none does."""
        here = self._hits_at(at)
        if at == 0 and here and self._is_verb(here[0]):
            return [], at
        if here and at == 0 and self.words[0].raw.islower() and not self.unknown:
            return [], at
        if here:
            last = max(hit.last for hit in here)
            if self.unknown and _is_narrowed(self.words, last + 1):
                # "Các đơn vị được giao chủ trì": some of them only, and none that a table could know
                stop = _until_verb(self.words, at, frozenset()) or at + 1
                return [self._as_written(at, stop)], stop
            return [(hit.agency, hit.as_written) for hit in here], _after_qualifier(self.words, last + 1)
        verb = leading_at(self.words, at, "verbs") if at == 0 else 0
        body = next(
            (begin for begin in (at, *titles_at(self.words, at)) if leading_at(self.words, begin, "bodies")), at
        )
        if not self.unknown or body + leading_at(self.words, body, "bodies") <= at + verb:
            return [], at
        end = _until_verb(self.words, body, frozenset(hit.first for hit in self.hits))
        return ([], at) if end is None else ([self._as_written(at, end)], end)

    def joined(self, at: int) -> tuple[int, bool]:
        """The word behind a name, or behind the "và" there, and whether the list goes on with it."""
        if at >= len(self.words):
            return at, False
        word = self.words[at]
        if word.key in ("và", "cùng") and not word.gap:
            # "Công an xã cùng tổ tự quản đi tuần": whoever helps does not lead
            is_help = word.key == "cùng" and form("assigning", _HELPS).match(
                " ".join(keys(self.words[at + 1 : at + 6]))
            )
            return (at, False) if is_help else (at + 1, True)
        is_name = bool(self._hits_at(at)) or leading_at(self.words, at, "bodies") > 0
        return at, word.gap in (",", ";", "/") and is_name

    def _hits_at(self, at: int) -> list[Found]:
        """The known agencies at a word, or behind the titles there: "Giám đốc Sở Y tế"."""
        begins = (at, *titles_at(self.words, at))
        return [hit for hit in self.hits if hit.first in begins]

    def _is_verb(self, hit: Found) -> bool:
        """Whether the name without a level that a sentence begins with is its verb: "Thanh tra, kiểm tra đột xuất …",
        "Thanh tra việc …"; not "Thanh tra chủ trì …", "Thanh tra, Công an huyện", "Thanh tra: …".
        """
        behind = hit.last + 1
        if not hit.needs_level or leading_at(self.words, 0, "verbs") != behind or behind == len(self.words):
            return False
        following = self.words[behind]
        if following.gap == "," or following.key == "và":
            return leading_at(self.words, behind + (following.key == "và"), "verbs") > 0
        said = keys(self.words[behind : behind + 3])
        return not following.gap and not any(is_one_of(" ".join(said[:size]), "acts") for size in (1, 2, 3))

    def _as_written(self, first: int, stop: int) -> Agency:
        said = self.text[self.words[first].begin : self.words[stop - 1].end]
        each, *of = keys(self.words[first:stop])
        level = levels().get(("các", *of)) if is_one_of(each, "each") else None
        # "Các xã, thị trấn" are those who govern them
        return f"UBND {level}" if level in ("cấp huyện", "cấp xã") else capital(said), said


def _after_qualifier(words: Sequence[Word], at: int) -> int:
    """Behind the words that only narrow down the name before them: "có liên quan", "trên địa bàn tỉnh"."""
    together = keys(takewhile(lambda word: not word.gap, words[at : at + 7]))
    size = leading(together, "qualifiers")
    return places(words, at + size - 1) + 1 if size else at


def _is_narrowed(words: Sequence[Word], at: int) -> bool:
    """Whether a name goes on with those it means: "được (UBND tỉnh) giao", "được phân công"."""
    said = keys(words[at : at + 6])
    return said[:1] == ("được",) and ("giao" in said or "phân" in said)


def _after_office(rest: str) -> str:
    """What a person named has to do, after the office held: "Công chức Địa chính kiêm … có trách nhiệm …"."""
    words = split(rest)
    at = next((i for i in range(len(words)) if leading_at(words, i, "verbs")), 0)
    return rest[words[at].begin :] if words else rest


def _until_verb(words: Sequence[Word], first: int, begins: frozenset[int]) -> int | None:
    """Where the name that begins here ends: at a duty's verb, a colon, a comma before another body, or the end.

    `begins` are the words that known names begin with. None where it is no name.
    """
    own = max(leading_at(words, first, "bodies"), 1)
    for stop in range(first + own, min(len(words), first + _LONGEST_NAME)):
        word = words[stop]
        if word.gap in (":", ".", ";"):
            return stop
        if is_one_of(word.key, "clause") or word.key == "được" and not _is_narrowed(words, stop):
            return None
        if (
            _ends_at_level(words, first, stop)
            or _ends_whole(words, first, stop)
            or _begins_duty(words, first, stop)
            or _begins_body(words, first, stop, begins)
        ):
            return stop
    return len(words) if len(words) - first < _LONGEST_NAME else None


def _ends_at_level(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether a name ended with its level, or with that and the place, before a word: "Trung tâm Văn hóa - Thể thao xã |
    diễn kịch", "Phòng Dân tộc huyện Mường Lát | dịch tờ rơi".
    """
    last = at - 1
    while last > first and words[last].raw[:1].isupper() and not words[last].gap:
        last -= 1
    word, level = words[at], words[last]
    is_listed = level.gap == "," and (words[last - 1].key,) in levels()
    is_level = (level.key,) in levels() and level.raw.islower() and (not level.gap or is_listed) and last > first
    goes_on = (level.key, word.key) in levels() or is_one_of(word.key, "beside") or leading_at(words, at, "qualifiers")
    is_given = "được" in keys(words[first:at])
    return bool(is_level and not word.gap and word.raw.islower() and not goes_on and not is_given)


def _ends_whole(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether a name was whole before a word: "Trường Tiểu học Hồng Quang | viết thư ngỏ", "Phòng Dân tộc | dịch bảng"."""
    word = words[at]
    is_small = word.raw.islower() and not word.gap and not words[at - 1].gap
    if not is_small or not ends_whole(" ".join(one.raw for one in words[first:at])):
        return False
    behind = [" ".join(keys(words[at : at + size])) for size in (1, 2, 3)]
    is_part = any(is_one_of(said, use) for said in behind for use in ("beside", "within", "end"))
    is_part = is_part or is_subject(keys(words[at : at + 2]))
    return not (is_part or (word.key,) in levels() or leading_at(words, at, "qualifiers"))


def _begins_duty(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether a duty's verb stands at a word. In capitals it is part of a name: "Phòng Quản lý ngân sách", "Ban Thường
    trực Mặt trận".
    """
    word, before = words[at], words[at - 1]
    if word.gap or not word.raw[:1].islower() or not leading_at(words, at, "verbs"):
        return False
    if before.raw[:1].isupper() and leading_at(words, at - 1, "verbs") > 1:
        return False
    if any(is_one_of(" ".join(keys(words[begin : begin + 2])), "within") for begin in (at - 1, at)):
        return False
    said = keys(words[first : at + 1])
    is_given = "được" in said and "giao" in said[said.index("được") :]
    return not (is_given and is_one_of(word.key, "office"))


def _begins_body(words: Sequence[Word], first: int, at: int, begins: frozenset[int]) -> bool:
    """Whether another body begins at a word behind a comma, or at the word after "và".

    After "các", "cơ quan" or "trưởng" a comma may stand within the name: "Các phòng, ban".
    """
    word, opening = words[at], words[first].key
    if word.gap == ",":
        size = leading_at(words, at, "bodies")
        # "Phòng Tổ chức, Công chức" is one office: staff in capitals names none
        is_staff = word.raw[:1].isupper() and is_one_of(" ".join(keys(words[at : at + size])), "staff")
        is_own = word.key == "các" or is_one_of(word.key, "head") or not is_one_of(opening, "many")
        is_body = size and not is_staff and is_own
        title = leading_at(words, at, "titles")
        if at + title in begins or title or is_body:
            return True
    if word.key != "và" or at + 1 >= len(words):
        return False
    is_body = words[at + 1].key == "các" or leading_at(words, at + 1, "bodies") > 0 and opening != "các"
    return at + 1 in begins or is_body
