"""Who and when by what is written there, where no table knows the words over it: a column whose cells are offices, a
label that stands before days.

In: the heads of a table with the rows below, or the lines of a document. Out: a role for what was `unknown`. It is a
guess, and whoever takes it says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from statistics import median

from etl.reference import column_role, form, named, table
from etl.text import BULLETS, key

_PIECE = re.compile(rf"[;\n{re.escape(BULLETS)}]")
_TIME = r"(?i)^(?:{begins} )*(?:(?:quý|tháng|năm|ngày|tuần|q|t)\.? ?(?:[ivx]+|\d+)\b|\d{1,2}[/-]\d|20\d\d\b)"
_PART_OF_YEAR = re.compile(r"\b(?:quý|tháng|tuần) (?:[ivx]+|\d+)\b|\b\d{1,2} \d{1,2} 20\d\d\b|\bngày \d")
_AROUND = r"\b(?:{around}|[ivx]+)\b"
"""What a heading says beside a number or a rhythm and is a time all the same."""
_LABEL = re.compile(rf"(?:^[\s({re.escape(BULLETS)}+*]*|(?<=[.;]\s))([^\W\d][^:;.,()]{{2,28}}?)\s*:\s+(?=\S)")
_SIGN = re.compile(r"\s*[,;]\s*|\s+[-–/]\s+|\.\s+")
_APART = re.compile(r"\s[-–/]\s|;\s")
_ARROW = re.compile(r"^\s*(?:[=–-]+>|[⇒→➔])\s*")
_LONGEST_NAME, _LONGEST_TIME = 90, 60
"""Characters of a cell that only names offices, and of a time behind them."""
_LONGEST_OPENER = 13
"""Words of the longest opener in the tables: the name of an office."""
_TASK = 25
"""Characters that half of the cells of a column of tasks have at least."""
_FEW, _MOST = 2, 2 / 3
"""So many cells say what a column holds, and such a share of all that are not empty."""
_AGAIN = 3
"""A label that stands so often is the document's own name for who or when."""
_form = partial(form, "timing-words")


def roles(known: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The roles of a table's columns, those that are `unknown` by the cells of the rows below (each with as many): the
    first with offices leads where none does, a second joins in, and the longest is the task where there is none.
    """
    found = list(known)
    if "score" in found:
        return found
    # a row that is mostly empty is a heading over others
    full = [row for row in rows if sum(bool(cell.strip()) for cell in row) * 2 > len(row)]
    cells = {at: [row[at] for row in full if row[at].strip()] for at, role in enumerate(found) if role == "unknown"}
    for at in cells:
        held = holds(cells[at])
        free = [role for role in (("lead", "coop") if held == "who" else ("timing",)) if role not in found]
        if held and free and (free[0] != "coop" or found[:at].count("lead")):
            found[at] = free[0]
    for at, role in enumerate(found):
        # whatever its own head: what cells that name dimensions declare holds for the rows below
        if role in ("unknown", "note") and _are_names([row[at] for row in rows if row[at].strip()]):
            found[at] = "indicator"
            cells.pop(at, None)
    if not {"task", "indicator"} & set(found):
        long = {at: median(map(len, said)) for at, said in cells.items() if said and found[at] == "unknown"}
        if long and max(long.values()) >= _TASK:
            found[max(long, key=lambda at: long[at])] = "task"
    return found


def is_data(roles: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row itself holds what the rows below do, and so is no header."""
    is_such = {"lead": is_who, "coop": is_who, "timing": _is_when}
    return any(role in is_such and is_such[role](cell) for role, cell in zip(roles, cells))


def labels(lines: Iterable[str]) -> dict[str, str]:
    """The labels that stand before who or when again and again in a document, by their key, with the role of each:
    "Mũi chính: Sở Y tế" at every task. "" is there where lines of an office and a time, a stroke between them, are.
    """
    said: dict[str, list[str]] = defaultdict(list)
    stroked = []
    for line in lines:
        for label, words in parted(line):
            if column_role(label) == "unknown":
                said[key(label)].append(words)
        if _APART.search(line) and (both := who_and_when(line.rstrip(" .;"))):
            stroked.append(both[0])
    names = sum(not _does(who) for who in stroked)
    given: dict[str, str] = {"": "both"} if names >= _AGAIN and names >= _MOST * len(stroked) else {}
    for name, behind in said.items():
        held = holds(behind) if len(behind) >= _AGAIN else ""
        if held:
            given[name] = "timing" if held == "when" else "coop" if "lead" in given.values() else "lead"
    return given


def labelled(line: str, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a line says behind these labels, as (role, words); nothing where it says more than who and when."""
    parts = [(given.get(key(label), ""), words) for label, words in parted(line)]
    is_all = all(
        role and len(words) <= _LONGEST_NAME and (role == "timing" or not is_duty(words)) for role, words in parts
    )
    return parts if is_all else []


def who_and_when(words: str) -> tuple[str, str] | None:
    """Words that are offices and a time, and nothing else, in two: "Sở Lao động, Thương binh và Xã hội; quý II"."""
    for sign in _SIGN.finditer(words):
        one, other = words[: sign.start()].strip(), words[sign.end() :].strip(" .;")
        for who, when in ((one, other), (other, one)):
            if is_who(who) and _is_when(when) and len(when) <= _LONGEST_TIME:
                return who, when
    return None


def unlabelled(line: str, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who and when, as (role, words), where a line below a task says nothing else: "Sở Tài chính - Quý II", "→ Sở Y tế";
    who alone only behind an arrow, for an office may head what follows. A name with a duty's verb in it is one only
    where other such lines have none.
    """
    words, arrows = _ARROW.subn("", line.rstrip(" .;"))
    both = who_and_when(words)
    # behind a comma a sentence may end with a time: "Đoàn xã nhập phiếu vào máy, xong trước 25/6"
    if both and (arrows or _APART.search(words) and ("" in given or not _does(both[0]))):
        return list(zip(("lead", "timing"), both))
    return [("lead", words)] if arrows and is_who(words) else []


def parted(line: str) -> list[tuple[str, str]]:
    """A line by its labels, each with what stands behind it: "Mũi chính: Sở Y tế. Mốc: quý II"; nothing where it begins
    otherwise.
    """
    hits = list(_LABEL.finditer(line))
    if not hits or hits[0].start():
        return []
    ends = [hit.start() for hit in hits[1:]] + [len(line)]
    return [(hit[1], line[hit.end() : end].strip(" .;,)")) for hit, end in zip(hits, ends)]


def holds(cells: Sequence[str]) -> str:
    """What most of these cells are: `who` (only offices, or people by their post), `when` (times), or "" (else)."""
    for held, is_such in (("who", is_who), ("when", _is_when)):
        found = sum(map(is_such, cells))
        if found >= _FEW and found >= _MOST * len(cells):
            return held
    return ""


def _are_names(cells: Sequence[str]) -> bool:
    """Whether most of these cells name a dimension: "Nội dung 2: Công khai, minh bạch"."""
    found = sum(named(cell) is not None for cell in cells)
    return found >= _FEW and found >= _MOST * len(cells)


def is_who(cell: str) -> bool:
    """Whether a cell only names offices: it begins like one, and no part of it like a duty ("tổ chức hội nghị")."""
    if len(cell) > _LONGEST_NAME or not _longest(key(cell), _offices()):
        return False
    return not any(map(is_duty, _PIECE.split(cell)))


def is_duty(words: str) -> bool:
    """Whether words begin like something to do, and not like an office's name: "tổ chức", "ban hành"."""
    said = key(words)
    return _longest(said, _duties()) > _longest(said, _offices())


def _does(words: str) -> bool:
    """Whether somebody does something in words: a duty's verb stands there in small letters ("UBND xã niêm yết …")."""
    said = f" {' '.join(words.split())} "
    for level in _levels():
        said = said.replace(f" {level} ", " ")
    return any(f" {duty} " in said for duty in _duties())


def is_time(heading: str) -> bool:
    """Whether a heading is a time and nothing else, but a year alone, which may be the plan's own: "Quý II/2024", "CÁC NHIỆM VỤ
    THỰC HIỆN THƯỜNG XUYÊN".
    """
    said = f" {key(heading)} "
    rhythm = next((times for times in _times_longest() if f" {times} " in said), "")
    if not (rhythm or _PART_OF_YEAR.search(said)):
        return False
    return not re.search(r"[^\W\d_]", _form(_AROUND).sub(" ", said.replace(f" {rhythm} ", " ") if rhythm else said))


def _is_when(cell: str) -> bool:
    said = cell.strip(f" \n{BULLETS}")
    return bool(_form(_TIME).match(said)) or _longest(key(said), _times()) > 0


def _longest(words: str, openers: frozenset[str]) -> int:
    """How many words of a text are the longest of these that it begins with; 0 of none."""
    said = words.split()
    sizes = range(min(_LONGEST_OPENER, len(said)), 0, -1)
    return next((size for size in sizes if " ".join(said[:size]) in openers), 0)


@cache
def _offices() -> frozenset[str]:
    """How the name of an office begins, or of who holds a post."""
    names = [row["words"] for name in ("bodies", "titles") for row in table(name)]
    names += [row["words"] for row in table("agency-words") if row["use"] in ("honorific", "staff")]
    return _keys([*names, *(row["written"] for row in table("agencies"))])


@cache
def _levels() -> tuple[str, ...]:
    """What names a level, though "cấp" is also a verb: "UBND cấp xã"."""
    return tuple({row["level"] for row in table("levels") if row["level"].startswith("cấp ")} | {"các cấp", "cùng cấp"})


@cache
def _duties() -> frozenset[str]:
    return _keys(row["words"] for row in table("verbs"))


@cache
def _times_longest() -> tuple[str, ...]:
    return tuple(sorted(_times(), key=len, reverse=True))


@cache
def _times() -> frozenset[str]:
    return _keys(row["words"] for row in table("timing") if row["where"] in ("cell", "both"))


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(key, words)))
