"""Dimensions and indicators that nothing in a plan names.

The same rule as the states of `sql/cell_said.sql`: absent is only what no unit touches, by its words or by a heading
over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.check.detail import said
from etl.model import Finding, Plan, Unit
from etl.reference import named, subdimensions


def findings(plan: Plan, units: Sequence[Unit]) -> Iterator[Finding]:
    """One finding a dimension that nothing names or that is described only; in a dimension that something names, one an
    indicator that nothing names. Those of an amendment go when it is loaded (`etl/load/families.py`).
    """
    if not any(unit.kind in ("action", "description") for unit in units):
        return
    heads = {
        heading.dim: heading.line
        for unit in reversed(units)
        for heading in reversed(unit.headings)
        if heading.dim and heading.sub is None and named(heading.text)
    }
    first = min(unit.first_line for unit in units)
    touched = {touch.sub for unit in units for touch in unit.touches}
    measured = [row["sub"] for row in subdimensions() if _is_measured(row, plan.period_from or plan.year)]
    for dim in range(1, 9):
        subs = [sub for sub in measured if sub.startswith(str(dim))]
        if not subs:
            continue
        tasks = [unit for unit in units if unit.kind == "action" and dim == unit.dim]
        described = [unit for unit in units if unit.kind == "description" and dim == unit.put_dim]
        line = heads.get(dim, first)
        if described and not any(unit.put_dim == dim for unit in tasks):
            yield Finding(
                "dimension_described",
                line,
                said(dim=str(dim), items=len(described), elsewhere=len(tasks)),
                described[0].ordinal,
            )
        is_decided = any(unit.decided and unit.dim == dim for unit in units)
        if not tasks and not described and not is_decided and not touched.intersection(subs):
            yield Finding("dimension_without_task", line, said(dim=str(dim)))
            continue
        for sub in subs:
            if sub not in touched:
                yield Finding("indicator_without_task", line, said(sub=sub, dim=str(dim), items=len(tasks)), None)


def _is_measured(row: dict[str, str], year: int | None) -> bool:
    """Whether PAPI measured an indicator in a year; yes where the plan names no year."""
    return not year or int(row["measured_from"]) <= year <= int(row["measured_to"] or year)
