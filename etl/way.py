"""The whole way of one document: read → about → cut → tag → match → assign → check.

In: a plan and its file. Out: a Reading. No step knows another; only this module puts them in order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from etl import about
from etl.check import check
from etl.cut import cut
from etl.layer import layers, links
from etl.match import Matcher, touched, with_matters
from etl.model import Block, Finding, OtherIndex, Plan, Reading, Unread
from etl.read import read
from etl.tag import assign, tag


def reading(plan: Plan, matcher: Matcher, *, is_any: bool = False) -> Reading:
    """One document, the whole way but for loading; with `is_any` also one that is no PAPI plan. Raises Unread where it
    cannot be read, Unaccounted where text was lost.
    """
    return read_as(plan, read(plan.file), matcher, is_any=is_any)


def read_as(plan: Plan, blocks: Sequence[Block], matcher: Matcher, *, is_any: bool = False) -> Reading:
    """The same from the blocks of a document on."""
    described = about.with_index(about.describe(plan, blocks), blocks)
    pieces = cut(blocks)
    tagged = tag(pieces.units, described)
    matches = matcher.match([unit.text for unit in tagged], plan.plan_id)
    matched = [replace(unit, match=match) for unit, match in zip(tagged, matches)]
    touching = [replace(unit, touches=touched(unit)) for unit in matched]
    units = layers(assign(with_matters(touching)), pieces.lines)
    findings = check(described, blocks, units, pieces.lines, pieces.columns, is_any=is_any)
    if not plan.level:
        findings = (Finding("plan_data_from_text", 1, described.title[:160]), *findings)
    return Reading(
        described,
        sha256(plan.file),
        units,
        pieces.lines,
        pieces.columns,
        pieces.findings + findings,
        tuple(links(units)),
    )


def readings(folder: Path, matcher: Matcher) -> Iterator[Reading]:
    """Every plan: read, or not read with the reason (the others are still read), or only cited by others and not
    collected.
    """
    for plan in about.plans(folder):
        if not plan.file.name:
            yield Reading(plan, "", is_collected=False)
            continue
        try:
            yield reading(plan, matcher)
        except Unread as reason:
            known = (
                reason.plan
                if isinstance(reason, OtherIndex)
                else plan
                if plan.level
                else replace(
                    plan,
                    title=plan.file.stem,
                    short_vi=plan.file.stem,
                    short_en=plan.file.stem,
                    narrow=plan.file.stem[:9],
                    issuer=plan.file.stem,
                    level="province",
                )
            )
            yield Reading(known, sha256(plan.file) if plan.file.exists() else "", unread=reason)


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
