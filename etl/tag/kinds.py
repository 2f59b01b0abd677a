"""Kind: what a unit does (the codebook, section 2): commit, describe, assign, set an aim, oblige to report.

The words stand in kinds.csv. `where` says where they count: in a `heading` above, at the `start` of the text, anywhere
in the `text`, or in the text of somebody who chairs (`chair`: it also says "chủ trì") or that quotes the name of a dimension
(`quoted`), or at the start of a table's `row`.
"""

from __future__ import annotations

from functools import cache

from etl.model import KINDS, BadReference, Unit
from etl.reference import PERSON, agency_names, bare, form, table
from etl.tag import agencies, assignments
from etl.text import key

_REQUESTS = r"(?i)\b{request}\s+"


@cache
def _rows(kind: str, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(words, unless) of kinds.csv."""
    found = []
    for row in table("kinds", "kind", "where", "words", "unless"):
        if row["kind"] not in KINDS:
            raise BadReference(f"kinds.csv, dòng {row['_row']}, cột kind: {row['kind']!r} không có trong bảng mã")
        if (row["kind"], row["where"]) == (kind, where):
            found.append((key(row["words"]), tuple(key(words) for words in row["unless"].split("|") if words)))
    return tuple(found)


def _says(kind: str, where: str, said: str) -> bool:
    """Whether a text says one of the words of a kind there, and none of those that bar them."""
    padded = f" {said} "
    return any(
        (padded.startswith(f" {words} ") if where in ("start", "row") else f" {words} " in padded)
        and not any(f" {u} " in padded for u in unless)
        for words, unless in _rows(kind, where)
    )


def kind_of(unit: Unit, leads: list[str], basis: str | None) -> str:
    """The kind of a unit whose leads are known. What is nothing else is an action."""
    said = key(unit.text)
    if (_is_under_aims(unit) or unit.channel == "narrative" and _says("objective", "start", said)) and not _is_request(
        unit.text
    ):
        return "objective"
    if _describes(unit, said):
        return "description"
    if unit.channel == "table" or unit.declared_dim is not None:
        return "reporting" if unit.channel == "table" and _says("reporting", "row", said) else "action"
    if _assigns(unit, said, leads, basis):
        return "assignment"
    if _says("reporting", "text", said):
        return "reporting"
    return "action"


def _is_under_aims(unit: Unit) -> bool:
    """Whether a heading above says that aims, demands, the scope or the money follow."""
    for heading in unit.headings:
        words = {key(heading.text), bare(heading.text)}
        if len(heading.text) <= 90 and any(
            w.startswith(aim) for w in words for aim, _ in _rows("objective", "heading")
        ):
            return True
    return False


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
    if PERSON in leads and basis == "text":
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
