"""What the program could not place or understand: strange columns, agencies, timings, layouts, and units without a
dimension.

A build prints some of these with line and remedy, so their detail is plain words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from etl.check.detail import said
from etl.model import Block, Column, Finding, Lost, Unit
from etl.reference import agency_names
from etl.text import key

_MOST_PLACES = 20


def assumptions(blocks: Sequence[Block]) -> Iterator[Finding]:
    """What the reader had to assume, or left out: the code of the letters, tracked changes, hidden rows."""
    for block in blocks:
        for note in block.note.split("\n") if block.note else ():
            code, _, detail = note.partition(" ")
            yield Finding(code, block.first_line, detail)


def not_read(lost: Sequence[Lost]) -> Iterator[Finding]:
    """Text of the file that is in no block, place by place, the largest first; of many places the rest together."""
    for one in lost[:_MOST_PLACES]:
        yield Finding("text_not_read", 1, said(letters=one.letters, spot=one.place, words=one.beginning))
    if rest := lost[_MOST_PLACES:]:
        letters = sum(one.letters for one in rest)
        yield Finding("text_not_read", 1, said(letters=letters, spot=rest[0].place, words=rest[0].beginning))


def findings(units: Sequence[Unit], columns: Sequence[Column]) -> Iterator[Finding]:
    """One finding a strange column or one whose role is a guess, a strange agency, and a unit that was not understood."""
    seen = set()
    for column in columns:
        code = "guessed_role" if column.is_guessed else "unknown_column" if column.role == "unknown" else ""
        if code and (column.header or column.is_guessed) and key(column.header) not in seen:
            seen.add(key(column.header))
            yield Finding(code, column.line, column.header)
    known = sorted(agency_names())
    for unit in units:
        if unit.kind in ("action", "assignment") and unit.agencies_uncertain:
            yield Finding("agencies_uncertain", unit.first_line, unit.section, unit.ordinal)
        for agency in unit.agencies:
            if not _is_known(agency.agency) and agency.agency not in seen:
                seen.add(agency.agency)
                near = process.extract(agency.agency, known, scorer=fuzz.ratio, limit=3)
                yield Finding(
                    "unknown_agency",
                    unit.first_line,
                    f"{agency.agency} → {' · '.join(name for name, _, _ in near)}",
                    unit.ordinal,
                )
        if unit.kind in ("action", "description") and unit.dim is None and not unit.decided:
            yield Finding("no_dimension", unit.first_line, unit.text[:120], unit.ordinal)
        if unit.timing_basis in ("row", "merged") and unit.timing == "unspecified":
            yield Finding("unknown_timing", unit.first_line, unit.timing_raw or "", unit.ordinal)


def _is_known(agency: str) -> bool:
    """Whether a table knows an agency, by its codebook name or by the words it is kept in ("Phòng Nội vụ huyện")."""
    said = f"{key(agency)} "
    return agency in agency_names() or any(said.startswith(f"{key(name)} ") for name in agency_names())
