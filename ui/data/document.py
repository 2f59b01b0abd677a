"""Questions about one document: its lines, units, parts and findings."""

from __future__ import annotations

import pandas

from ui.data.ask import frame


def document(plan_id: str) -> pandas.DataFrame:
    """One row per non-blank line of a plan, in its own order: line, role, text, cells (of a table's row), ordinals of
    its units.
    """
    return frame("select * from plan_line where plan_id = ? order by line", plan_id)


def plan_units(plan_id: str) -> pandas.DataFrame:
    """One row per unit of a plan, in its own order."""
    return frame("select * from units where plan_id = ? order by ordinal", plan_id)


def plan_evidence(plan_id: str) -> pandas.DataFrame:
    """One row per unit of a plan and reason of its match, the heaviest first; of a labelled unit only the first
    words.
    """
    return frame(
        """
        select ordinal, kind, case when kind = 'unit' then left(quote, 40) else quote end as quote, source, dim, sub, weight
        from unit_evidence where unit_id between ? and ? order by ordinal, rank
    """,
        *_names(plan_id),
    )


def plan_parts(plan_id: str) -> pandas.DataFrame:
    """One row per unit of a plan, agency and role, leads first: as written, on which basis, and where it went in the
    reform of 2025.
    """
    return frame(
        """
        select * from unit_part where unit_id between ? and ?
        order by unit_id, case role when 'lead' then 1 when 'coop' then 2 else 3 end, agency collate vi
    """,
        *_names(plan_id),
    )


def plan_findings(plan_id: str) -> pandas.DataFrame:
    """One row per finding of a plan, line by line."""
    return frame("select * from unit_finding where plan_id = ? order by line, ordinal, code, detail", plan_id)


def _names(plan_id: str) -> tuple[str, str]:
    """Between these lie the names of all units of a plan, "hung-yen-2020:34", and no others: ";" is the sign after
    ":".
    """
    return f"{plan_id}:", f"{plan_id};"
