"""Assignments: a unit that names nobody takes its lead from the section that gives an agency its dimension or topic.

The most specific assignment counts: a topic before a dimension. The topic is what stands after "kết quả thực hiện", before
the bracket that names the dimension; it covers a unit when its rare words stand in the unit. A task is never another task's
assignment.
"""
from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.model import Unit, UnitAgency
from etl.reference import bare, named
from etl.text import key

_TOPIC = re.compile(
    r"(?:kết quả(?:, tình hình)? thực hiện|chịu trách nhiệm|làm đầu mối|triển khai các giải pháp|xây dựng kế hoạch|phụ trách|tham mưu)\s+(?P<topic>.+)", re.IGNORECASE | re.DOTALL)
_AGENCY_TOPIC = re.compile(r"^[^:]{4,120}:\s*(?P<topic>.+)", re.DOTALL)
_BRACKET = re.compile(r"\((?:trong|thuộc|của)?\s*(?:các\s+)?nội dung[^()]*\)", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"‘«]\s*([^“”\"’«»]{4,160}?)\s*[”\"’»]")
# a topic covers a unit that says this share of it; a smaller share is enough where no other topic comes near
_NUMBERS = re.compile(r"nội dung (?:số |thứ )?((?:[1-8](?: (?:và )?(?:nội dung )?(?:số )?)?)+)(?!\S)")
_COVERS, _COVERS_ALONE, _ALONE = 0.4, 0.28, 1.5


@dataclass(frozen=True)
class _Assignment:
    unit: Unit
    dims: frozenset[int]
    whole: frozenset[int]
    topic: tuple[str, ...]


def assign(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Give every narrative action without a lead the lead of the assignment that covers it, if there is one."""
    given = [found for found in map(_assignment, units) if found]
    if not given:
        return tuple(units)
    weights = _weights(units)
    return tuple(_with_lead(unit, given, weights) for unit in units)


def _assignment(unit: Unit) -> _Assignment | None:
    """What an assignment gives to whom: dimensions it names, dimensions given whole, and its topic's words."""
    if unit.kind != "assignment" or not unit.names("lead"):
        return None
    found = _TOPIC.search(unit.text) or _AGENCY_TOPIC.match(unit.text)
    if not found:
        return None
    topic = found["topic"].split(". ")[0]
    bracketed = " ".join(_BRACKET.findall(topic))
    outside = _BRACKET.sub(" ", topic)
    whole = {n.dim for n in map(named, _QUOTED.findall(outside)) if n} | _unquoted(found["topic"])
    narrowed = {n.dim for n in map(named, _QUOTED.findall(bracketed)) if n}
    words = _QUOTED.sub(" ", outside)
    words = re.split(r"\b(?:để|nhằm|góp phần|trên địa bàn)\b", words)[0]
    return _Assignment(unit, frozenset(whole | narrowed), frozenset(whole), tuple(_pairs(words)))


def _unquoted(topic: str) -> set[int]:
    """Dimensions given by number or by a name without quotes: "phụ trách các nội dung 6, 7 và 8", "nội dung Quản trị môi trường"."""
    found = {int(digit) for run in _NUMBERS.findall(key(topic)) for digit in re.findall(r"[1-8]", run)}
    for words in re.split(r"\bnội dung\b", _QUOTED.sub(" ", topic))[1:]:
        for end in (re.split(r"[;.]|\bvà\b", words)[0], re.split(r"[;.,]", words)[0]):
            hit = named(end.strip(" :"))
            found |= {hit.dim} if hit and hit.likeness >= 90 else set()
    return found


def _pairs(words: str) -> list[str]:
    """Pairs of neighbouring words: Vietnamese words mostly have two syllables."""
    said = key(words).split()
    return [f"{a} {b}" for a, b in zip(said, said[1:])]


def _weights(units: Sequence[Unit]) -> dict[str, float]:
    """How much a pair of words tells: the fewer of a plan's units it stands in, the more."""
    counts = Counter(pair for unit in units for pair in set(_pairs(unit.text)))
    return {pair: math.log(1 + len(units) / count) for pair, count in counts.items()}


def _with_lead(unit: Unit, given: Sequence[_Assignment], weights: dict[str, float]) -> Unit:
    if unit.kind != "action" or unit.channel == "table" or unit.names("lead"):
        return unit
    near = [(a, _cover(unit, a, weights)) for a in given if not _is_general(a) and (not a.dims or unit.declared_dim in a.dims)]
    topics = sorted(((cover, order) for order, (a, cover) in enumerate(near) if unit.declared_dim not in a.whole), reverse=True)
    specific = sorted(order for cover, order in topics if cover >= _COVERS)
    if not specific and topics and topics[0][0] >= max(_COVERS_ALONE, _ALONE * (topics[1][0] if len(topics) > 1 else 0)):
        specific = [topics[0][1]]
    chosen = [near[order][0] for order in specific] or [a for a, _ in near if unit.declared_dim in a.whole]
    if not chosen:
        return unit
    leads = [UnitAgency(agency.agency, "lead", "assignment", agency.as_written)
             for a in chosen for agency in a.unit.agencies if agency.role == "lead"]
    unique = {agency.agency: agency for agency in reversed(leads)}
    return replace(unit, agencies=tuple(a for a in leads if unique[a.agency] is a) + unit.agencies, lead_basis="assignment")


def _is_general(assignment: _Assignment) -> bool:
    """Whether an assignment is about the plan as a whole and so covers no unit in particular."""
    said = f" {key(assignment.unit.text)} "
    return not assignment.dims and (" kế hoạch này " in said or " các nội dung nâng cao " in said or not assignment.topic)


def _cover(unit: Unit, assignment: _Assignment, weights: dict[str, float]) -> float:
    """The share of a topic's weight whose words stand in a unit or in its headings, 0 to 1."""
    told = list(dict.fromkeys(assignment.topic))
    if any(heading.dim is None and set(_pairs(bare(heading.text))) <= set(told) and " " in bare(heading.text) for heading in unit.headings):
        # the topic names the section that the unit stands in: "kế hoạch tuyên truyền" and "9. Công tác tuyên truyền"
        return 1.0
    said = set(_pairs(unit.text)) | {pair for heading in unit.headings for pair in _pairs(heading.text)}
    total = sum(weights.get(pair, 0.0) for pair in told)
    return sum(weights.get(pair, 0.0) for pair in told if pair in said) / total if total else 0.0
