"""Who and when by what is written there, where no table knows the words over it: a column whose cells are offices, a
label that stands before days.

In: the heads of a table with the rows below, or the lines of a document. Out: a role for what was `unknown`. It is a
guess, and whoever takes it says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from statistics import median

from etl.reference import column_role, table
from etl.text import BULLETS, key

_PIECE = re.compile(rf"[;\n{re.escape(BULLETS)}]")
_TIME = re.compile(
    r"(?i)^(?:(?:trong|vào|trước|từ|đến|hết|xong|chậm nhất|muộn nhất|hoàn thành|thực hiện|là) )*"
    r"(?:(?:quý|tháng|năm|ngày|tuần|q|t)\.? ?(?:[ivx]+|\d+)\b|\d{1,2}[/-]\d|20\d\d\b)"
)
_LABEL = re.compile(rf"(?:^[\s({re.escape(BULLETS)}+*]*|(?<=[.;]\s))([^\W\d][^:;.,()]{{2,28}}?)\s*:\s+(?=\S)")
_LONGEST_NAME = 90
"""Characters of a cell that only names offices."""
_TASK = 25
"""Characters that half of the cells of a column of tasks have at least."""
_FEW, _MOST = 2, 2 / 3
"""So many cells say what a column holds, and such a share of all that are not empty."""
_AGAIN = 3
"""A label that stands so often is the document's own name for who or when."""


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
    "Mũi chính: Sở Y tế" at every task.
    """
    said: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        for label, words in _parted(line):
            if column_role(label) == "unknown":
                said[key(label)].append(words)
    given: dict[str, str] = {}
    for name, behind in said.items():
        held = holds(behind) if len(behind) >= _AGAIN else ""
        if held:
            given[name] = "timing" if held == "when" else "coop" if "lead" in given.values() else "lead"
    return given


def labelled(line: str, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a line says behind these labels, as (role, words); nothing where it says more than who and when."""
    parts = [(given.get(key(label), ""), words) for label, words in _parted(line)]
    is_all = all(
        role and len(words) <= _LONGEST_NAME and (role == "timing" or not is_duty(words)) for role, words in parts
    )
    return parts if is_all else []


def _parted(line: str) -> list[tuple[str, str]]:
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


def is_who(cell: str) -> bool:
    """Whether a cell only names offices: it begins like one, and no part of it like a duty ("tổ chức hội nghị")."""
    parts = [f"{key(part)} " for part in _PIECE.split(cell) if key(part)]
    if not parts or len(cell) > _LONGEST_NAME or not _longest(f"{key(cell)} ", _offices()):
        return False
    return not any(map(is_duty, parts))


def is_duty(words: str) -> bool:
    """Whether words begin like something to do, and not like an office's name: "tổ chức", "ban hành"."""
    said = f"{key(words)} "
    return _longest(said, _duties()) > _longest(said, _offices())


def _is_when(cell: str) -> bool:
    said = cell.strip(f" \n{BULLETS}")
    return bool(_TIME.match(said)) or _longest(f"{key(said)} ", _times()) > 0


def _longest(words: str, openers: Sequence[str]) -> int:
    """The length of the longest of these that words begin with; 0 of none."""
    return max((len(opener) for opener in openers if words.startswith(opener)), default=0)


@cache
def _offices() -> tuple[str, ...]:
    """How the name of an office begins, or of who holds a post."""
    names = [row["words"] for name in ("bodies", "titles") for row in table(name)]
    names += [row["words"] for row in table("agency-words") if row["use"] in ("honorific", "staff")]
    return _spaced([*names, *(row["written"] for row in table("agencies"))])


@cache
def _duties() -> tuple[str, ...]:
    return _spaced(row["words"] for row in table("verbs"))


@cache
def _times() -> tuple[str, ...]:
    return _spaced(row["words"] for row in table("timing") if row["where"] in ("cell", "both"))


def _spaced(words: Iterable[str]) -> tuple[str, ...]:
    return tuple({f"{said} " for said in map(key, words) if said})
