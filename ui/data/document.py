"""Questions about one document: its lines, units, parts and findings."""

from __future__ import annotations

from dataclasses import dataclass

from ui.data.ask import columns, typed
from ui.data.units import UnitRow
from ui.data.who import Successor


@dataclass(frozen=True)
class Line:
    """A line of a plan that is not blank: what it is ("unit", "heading", …), its words, its cells where it is a
    table's row, the places of the units that stand in it, and the words that a machine was not sure of.
    """

    line: int
    role: str
    text: str
    cells: tuple[str, ...] | None
    place: str | None
    ordinals: tuple[int, ...] | None
    doubtful: tuple[str, ...] | None = None


def document(plan_id: str) -> tuple[Line, ...]:
    """One row per line of a plan that is not blank, in its own order."""
    return typed(
        Line,
        "select line, role, text, cells, place, ordinals, doubtful from plan_line where plan_id = ? order by line",
        plan_id,
    )


def plan_units(plan_id: str) -> tuple[UnitRow, ...]:
    """One row per unit of a plan, in its own order."""
    return typed(UnitRow, f"select {columns(UnitRow)} from units where plan_id = ? order by ordinal", plan_id)


@dataclass(frozen=True)
class UnitEvidence:
    """A reason of a unit's match: words of a phrase or of a labelled unit, where they stand, what they spoke for, and
    how much.
    """

    ordinal: int
    kind: str
    quote: str
    source: str
    dim: int
    sub: str | None
    weight: float


def plan_evidence(plan_id: str, places: range | None = None) -> tuple[UnitEvidence, ...]:
    """One row per unit of a plan (or of those at these places in it) and reason of its match, the heaviest first; of a
    labelled unit only the first words.
    """
    return typed(
        UnitEvidence,
        f"""
        select ordinal, kind, case when kind = 'unit' then left(quote, 40) else quote end as quote, source, dim, sub, weight
        from unit_evidence where {_AMONG} order by ordinal, rank
    """,
        *_among(plan_id, places),
    )


@dataclass(frozen=True)
class UnitPart:
    """The part of an agency in a unit: as written, on which basis, and where it went in the reform of 2025 (None for
    both: it did not change).
    """

    unit_id: str
    agency: str
    role: str
    basis: str | None
    as_written: str
    uncertain: bool
    office: str | None
    successors: tuple[Successor, ...] | None


def plan_parts(plan_id: str, places: range | None = None) -> tuple[UnitPart, ...]:
    """One row per unit of a plan (or of those at these places in it), agency and role, leads first."""
    return typed(
        UnitPart,
        f"""
        select * exclude (plan_id, to_check) from unit_part where {_AMONG}
        order by unit_id, case role when 'lead' then 1 when 'coop' then 2 else 3 end, agency collate vi
    """,
        *_among(plan_id, places),
    )


@dataclass(frozen=True)
class UnitFinding:
    """A finding: its rule, what it says, its line, and the place of its unit in the plan (None where it is about a line
    or a heading).
    """

    code: str
    line: int | None
    detail: str
    ordinal: int | None


def plan_findings(plan_id: str) -> tuple[UnitFinding, ...]:
    """One row per finding of a plan, line by line."""
    return typed(
        UnitFinding,
        "select code, line, detail, ordinal from unit_finding where plan_id = ? order by line, ordinal, code, detail",
        plan_id,
    )


_AMONG = "unit_id between ? and ? and (? or unit_id = any(?))"
"""The units of a plan, or some of them."""


def _among(plan_id: str, places: range | None) -> tuple[str, str, bool, tuple[str, ...]]:
    """What `_AMONG` is asked with. Between the first two lie the names of all units of a plan, "hung-yen-2020:34", and no
    others: ";" is the sign after ":".
    """
    return f"{plan_id}:", f"{plan_id};", places is None, tuple(f"{plan_id}:{at}" for at in places or ())
