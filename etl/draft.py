"""draft: one document that nobody keeps → a database of its own beside the plans it is compared with."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from etl import about, cage, way
from etl.check import is_plan
from etl.load.beside import extend
from etl.match import Matcher
from etl.model import Block, Reading, Unread
from etl.read import prepare, read_counted
from etl.reference import table
from etl.tag.agencies import scan

DRAFT = "du-thao"
"""The plan_id of a draft: it stands in no list, and no plan of data/plans.csv may have it."""
LIMITS = cage.Limits(scan_cpu=60, scan_seconds=90, seconds=60, output=40_000_000)
"""Somebody waits for it."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drafted:
    """What was read of a draft: the reading, why it may be no PAPI plan, and the agencies of the reform of 2025 that stand
    anywhere in it, each with the number of paragraphs and its spellings.
    """

    reading: Reading
    refusal: Unread | None
    named: dict[str, tuple[int, list[str]]]


def draft(file: Path, base: Path, out: Path, corrections: Path | None, name: str = "") -> int:
    """One document that is not to be kept → a database with the plans of `base`, of a large one the nearest, and this
    document; what was read of it as JSON on standard output, a line a step before. `corrections` is a JSON object of
    plan data that a person knows better than the text, `name` what the file is called where it came from: it is shown,
    and never a path.

    2 where the document cannot be read: one line on standard error, the same in both languages on standard output.
    """

    def say(**words: object) -> None:
        print(json.dumps(words, ensure_ascii=False, default=vars), flush=True)

    def heard(step: str) -> None:
        words, _, number = step.partition(" ")
        say(step=words, **({"page": number} if number else {}))

    told = json.loads(corrections.read_text(encoding="utf-8")) if corrections else {}
    say(step="read")
    try:
        done = cage.one(cage.Job(file, partial(drafted, file, told), Drafted, prepare), LIMITS, heard)
    except Unread as reason:
        print(reason.vi, file=sys.stderr)
        say(unread={"vi": reason.vi, "en": reason.en})
        return 2
    say(step="load")
    one = done.reading
    beside, of = extend(base, out, replace(one, plan=replace(one.plan, file=Path(name or file.name))))
    say(
        plan=asdict(one.plan) | {"file": one.plan.file.name},
        units=len(one.units),
        lines=len(one.lines),
        refusal=done.refusal,
        beside=beside,
        of=of,
        named=done.named,
    )
    return 0


def drafted(file: Path, told: Mapping[str, Any]) -> Drafted:
    """Read one document as a draft. Raises Unread."""
    blocks, counted = read_counted(file)
    _log.info("match")
    found = about.describe(about.unlisted(file), blocks)
    # where the text names neither, the file's name stood in; a draft's is its sender's own business
    words = {
        "title": "Dự thảo chưa có tên" if found.title == file.stem else found.title,
        "issuer": "chưa rõ cơ quan ban hành" if found.issuer == file.stem else found.issuer,
    } | dict(told)
    described = replace(
        found, **words, plan_id=DRAFT, short_vi="Dự thảo của bạn", short_en="Your draft", narrow="Dự thảo"
    )
    one = way.read_as(described, blocks, Matcher.shipped(), counted, is_any=True)
    refusal = None
    try:
        is_plan(one.plan, blocks, one.units)
    except Unread as reason:
        refusal = reason
    return Drafted(one, refusal, _reformed(blocks))


def _reformed(blocks: Sequence[Block]) -> dict[str, tuple[int, list[str]]]:
    """Agency that the reform of 2025 has ended → in how many paragraphs and rows its name stands, whoever acts there, and
    its spellings. One that only lost parts of its work, or took over others', is there still.
    """
    rows = table("agencies-2025")
    still = {row["agency"] for row in rows if row["since_2025"] == row["agency"]}
    reformed = {row["agency"] for row in rows if not row["part"]} - still
    named: dict[str, tuple[int, list[str]]] = {}
    for block in blocks:
        for agency, written in {
            hit.agency: hit.as_written for hit in scan(block.text) if hit.agency in reformed
        }.items():
            times, spellings = named.get(agency, (0, []))
            named[agency] = times + 1, spellings if written in spellings else [*spellings, written]
    return named
