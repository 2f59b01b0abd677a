"""draft: one document that nobody keeps → a database of its own beside the plans it is compared with."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from etl import about, way
from etl.check import is_plan
from etl.load.beside import extend
from etl.match import Matcher
from etl.model import Block, Unread
from etl.read import read
from etl.reference import table
from etl.tag.agencies import scan

DRAFT = "du-thao"
"""The plan_id of a draft: it stands in no list, and no plan of data/plans.csv may have it."""


def draft(file: Path, base: Path, out: Path, corrections: Path | None, name: str = "") -> int:
    """One document that is not to be kept → a database with the plans of `base`, of a large one the nearest, and this
    document; what was read of it as JSON on standard output, a line a step before. `corrections` is a JSON object of
    plan data that a person knows better than the text, `name` what the file is called where it came from: it is shown,
    and never a path.

    2 where the document cannot be read: one line on standard error, the same in both languages on standard output.
    """

    def say(**words: object) -> None:
        print(json.dumps(words, ensure_ascii=False), flush=True)

    try:
        say(step="read")
        with _each_page(lambda page: say(step="page", page=page)):
            blocks = read(file)
        say(step="match")
        told = json.loads(corrections.read_text(encoding="utf-8")) if corrections else {}
        found = about.describe(about.unlisted(file), blocks)
        # where the text names neither, the file's name stood in; a draft's is its sender's own business
        words = {
            "title": "Dự thảo chưa có tên" if found.title == file.stem else found.title,
            "issuer": "chưa rõ cơ quan ban hành" if found.issuer == file.stem else found.issuer,
        } | told
        described = replace(
            found, **words, plan_id=DRAFT, short_vi="Dự thảo của bạn", short_en="Your draft", narrow="Dự thảo"
        )
        one = way.read_as(described, blocks, Matcher.shipped(), is_any=True)
    except Unread as reason:
        print(reason.vi, file=sys.stderr)
        say(unread={"vi": reason.vi, "en": reason.en})
        return 2
    say(step="load")
    beside, of = extend(base, out, replace(one, plan=replace(one.plan, file=Path(name or file.name))))
    try:
        is_plan(one.plan, blocks, one.units)
        refusal = None
    except Unread as reason:
        refusal = {"vi": reason.vi, "en": reason.en}
    plan = asdict(one.plan) | {"file": one.plan.file.name}
    say(
        plan=plan,
        units=len(one.units),
        lines=len(one.lines),
        refusal=refusal,
        beside=beside,
        of=of,
        named=_reformed(blocks),
    )
    return 0


@contextmanager
def _each_page(say: Callable[[str], None]) -> Iterator[None]:
    """Says each page that is recognised, as it is done, while this lasts."""

    class Pages(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            say(record.getMessage())

    recognising, pages = logging.getLogger("etl.read.ocr"), Pages()
    before = recognising.level
    recognising.setLevel(logging.INFO)
    recognising.addHandler(pages)
    try:
        yield
    finally:
        recognising.removeHandler(pages)
        recognising.setLevel(before)


def _reformed(blocks: Sequence[Block]) -> dict[str, tuple[int, list[str]]]:
    """Agency of the table of the 2025 reform → in how many paragraphs and rows its name stands, whoever acts there, and
    its spellings.
    """
    reformed = {row["agency"] for row in table("agencies-2025")}
    named: dict[str, tuple[int, list[str]]] = {}
    for block in blocks:
        for agency, written in {
            hit.agency: hit.as_written for hit in scan(block.text) if hit.agency in reformed
        }.items():
            times, spellings = named.get(agency, (0, []))
            named[agency] = times + 1, spellings if written in spellings else [*spellings, written]
    return named
