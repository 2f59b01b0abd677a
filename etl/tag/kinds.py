"""Kind: what a unit does (the codebook, section 2): commit, describe, assign, set an aim, oblige to report.

The words stand in kinds.csv. `where` says where they count: at the beginning of a part of a `heading` above (as its
whole: `title`), anywhere in one (`over`), at the `start` of the text, right behind the office that it begins with
(`told`), anywhere in the `text`, or in the text of somebody who chairs (`chair`: it also says "chủ trì") or that quotes
the name of a dimension (`quoted`), at the start of a table's `row`, where a later `clause` goes on with an aim, or where
a text or what it gives an office begins so that its kind is in `doubt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from etl.model import KINDS, Unit
from etl.reference import agency_names, bare, form, person, table
from etl.tag import agencies, assignments
from etl.text import fold, key

_PARTS = re.compile(r"[,;/]|\s(?:và|[-–])\s")
_CAPITAL_L = re.compile(r"(?<=[A-ZĐÀ-Ỹ])[l|](?=[A-ZĐÀ-Ỹ])|\b[l|](?=[A-ZĐÀ-Ỹ]{2})|(?<=[A-ZĐÀ-Ỹ]{2})[l|]\b")
"""An "I" that a scan took for an "l"."""
_LONGEST_HEADING = 90
_REPORTS = re.compile(r"(?i)(?:(?:theo dõi|đôn đốc|tổng hợp|kết quả)[,\s]+(?:và )?)*báo cáo\s+(?=\S)")
_REQUESTS = r"(?i)\b{request}\s+"


@cache
def _rows(kind: str, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(words, unless) of kinds.csv."""
    found = []
    for row in table("kinds"):
        if (row["kind"], row["where"]) == (kind, where):
            found.append((key(row["words"]), tuple(key(words) for words in row["unless"].split("|") if words)))
    return tuple(found)


def _says(kind: str, where: str, said: str) -> bool:
    """Whether a text says one of the words of a kind there, and none of those that bar them."""
    padded = f" {said} "
    return any(
        (
            padded.startswith(f" {words} ")
            if where in ("start", "clause", "row", "doubt", "told")
            else f" {words} " in padded
        )
        and not any(f" {u} " in padded for u in unless)
        for words, unless in _rows(kind, where)
    )


def kind_of(unit: Unit, leads: list[str], basis: str | None) -> str:
    """The kind of a unit whose leads are known. What is nothing else is an action."""
    said = key(unit.text)
    above = _heading_kind(unit)
    is_aim = above == "objective" or unit.channel == "narrative" and _aims(unit)
    if is_aim and not _is_request(unit.text):
        return "objective"
    is_told = above == "description" and unit.channel == "narrative" and (not leads or _tells(unit.text))
    if is_told or _describes(unit, said):
        return "description"
    if unit.channel == "table" or unit.declared_dim is not None:
        return "reporting" if unit.channel == "table" and _says("reporting", "row", said) else "action"
    if _assigns(unit, said, leads, basis):
        return "assignment"
    if _says("reporting", "text", said) or _says("reporting", "start", said) or _only_reports(unit.text):
        return "reporting"
    return "action"


def beside_assignments(units: Sequence[Unit]) -> Iterator[Unit]:
    """The same units, where tasks that give an office something to run in the form of an assignment ("Sở Y tế: Chủ trì
    …") and stand in one list with assignments are assignments too.
    """
    lists = {unit.headings for unit in units if unit.kind == "assignment" and unit.channel == "narrative"}
    for unit in units:
        is_task = unit.kind == "action" and unit.declared_dim is None and unit.lead_basis == "text"
        is_beside = is_task and unit.headings in lists and ":" in unit.text[:_LONGEST_HEADING]
        is_given = is_beside and _says("assignment", "doubt", key(unit.text.split(":", 1)[1]))
        yield replace(unit, kind="assignment", kind_sure=True) if is_given else unit


def _only_reports(text: str) -> bool:
    """Whether all that an office does is to report to another: "Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày
    20/12"; "tổng hợp, báo cáo về giá đất" tells a subject.
    """
    led, rest = agencies.chain(text, unknown=True)
    hit = _REPORTS.match(rest) if led else None
    return bool(hit and agencies.chain(rest[hit.end() :], unknown=True)[0])


def _aims(unit: Unit) -> bool:
    """Whether a text begins as an aim ("Phấn đấu …"); under a dimension one whose later clause is a duty is a task."""
    if not _says("objective", "start", key(unit.text)):
        return False
    duties = (key(clause).split() for clause in unit.text.split("; ")[1:])
    return not (unit.declared_dim and any(agencies.leading(duty, "verbs") and not _says_aim(duty) for duty in duties))


def _says_aim(words: Sequence[str]) -> bool:
    """Whether a clause goes on with an aim: "giảm 10% …", "giữ vững …"."""
    return _says("objective", "clause", " ".join(words))


def is_sure(unit: Unit, kind: str) -> bool:
    """Whether nothing speaks against a task's being one: it holds a duty's verb, does not begin with a thing that is
    only told ("Tỷ lệ …"), and does not give an office something to run ("Sở Y tế: chủ trì …").
    """
    if kind != "action" or unit.channel == "table":
        return True
    parts = [unit.text, *([unit.text.split(":", 1)[1]] if ":" in unit.text[:_LONGEST_HEADING] else [])]
    if _says("action", "doubt", key(parts[-1])) or not any(agencies.has_duty(part) for part in parts):
        return False
    said = f" {key(unit.text)} "
    if not any(f" {words} " in said for words, _ in _rows("assignment", "doubt")):
        return True
    led, rest = agencies.chain(unit.text, unknown=True)
    return not (led and _says("assignment", "doubt", key(rest)))


def _heading_kind(unit: Unit) -> str:
    """What the nearest heading that says it makes of what stands below: aims, what was found, or tasks; "" where none
    says it. "MỤC TIÊU, NHIỆM VỤ" says both, and so nothing.
    """
    below = ""
    for heading in reversed(unit.headings):
        said = _kinds_of(heading.text) if len(heading.text) <= _LONGEST_HEADING else set()
        parts = [key(part) for part in _PARTS.split(heading.text)]
        if below in parts and len(parts) > 2:
            # "2. Thông điệp" under "ĐỐI TƯỢNG, THÔNG ĐIỆP" is one part of it, and no target group
            return ""
        if said:
            return said.pop() if len(said) == 1 else ""
        below = key(heading.text)
    return ""


def _tells(text: str) -> bool:
    """Whether a text tells what somebody has done: "Năm 2021, các sở đã mở 27 lớp tập huấn"."""
    told = (agencies.chain(words.strip(), unknown=True) for words in re.split(r"[,;:]\s", text))
    return any(found and _says("description", "told", key(rest)) for found, rest in told)


@lru_cache(maxsize=4096)
def _kinds_of_words(words: str) -> frozenset[str]:
    """The kinds that the words between two commas of a heading begin with, or are but for marks that a scan blurred:
    "MUC ĐlCH".
    """
    said, blurred = {key(words), bare(words)}, fold(_CAPITAL_L.sub("I", words))
    return frozenset(
        kind
        for kind in KINDS
        if any(one.startswith(begin) for one in said for begin, _ in _rows(kind, "heading"))
        or any(blurred == fold(begin) and said.isdisjoint(unless) for begin, unless in _rows(kind, "heading"))
        or any(whole in said for whole, _ in _rows(kind, "title"))
    )


def _kinds_of(heading: str) -> set[str]:
    over = {kind for kind in KINDS if _says(kind, "over", key(heading))}
    return over or {kind for words in _PARTS.split(heading) for kind in _kinds_of_words(words)}


def _is_request(text: str) -> bool:
    """Whether the issuer asks somebody by name: "UBND tỉnh yêu cầu Giám đốc các sở …"."""
    requests = form("assigning", _REQUESTS).finditer(text[:80])
    return any(agencies.chain(text[hit.end() :], unknown=False)[0] for hit in requests)


def _describes(unit: Unit, said: str) -> bool:
    """Whether a text says what an indicator measures, under its name or without one."""
    after = said
    if ":" in unit.text[:120] and unit.channel == "narrative":
        after = key(unit.text.split(":", 1)[1])
    return _says("description", "text", said) or _says("description", "start", after)


def _assigns(unit: Unit, said: str, leads: list[str], basis: str | None) -> bool:
    """Whether a unit gives an agency, or an official, a dimension or a topic to run."""
    if not leads or len(leads) > 5:
        return False
    if person() in leads and basis == "text":
        return True
    if _says("assignment", "text", said) or _says("assignment", "start", said):
        return True
    if all(lead in collective() or lead.startswith("Các ") for lead in leads):
        return False
    is_shared_out = any(_says("assignment", "heading", key(heading.text)) for heading in unit.headings)
    if basis == "text" and ":" in unit.text[:120] and is_shared_out:
        return True
    if _says("assignment", "quoted", said) and assignments.names_any(unit.text):
        return True
    return "chủ trì" in said and _says("assignment", "chair", said)


@cache
def collective() -> frozenset[str]:
    """Names that mean everybody and nobody: "Các sở, ban, ngành"."""
    return frozenset(name for name, is_group in agency_names().items() if is_group and "đoàn thể" not in name)
