"""Dimensions and indicators that a plan leaves without a task."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from etl.check.detail import said
from etl.model import Finding, Plan, Unit
from etl.reference import named, number, table
from etl.text import key

_SPEAKS = 0.1
"""A phrase with at least this share of a unit's evidence makes the unit speak of the phrase's indicator as well."""


def findings(plan: Plan, units: Sequence[Unit]) -> Iterator[Finding]:
    """One finding a dimension without a task or with descriptions only; below a dimension with tasks, one an indicator nobody speaks of."""
    if not any(unit.kind in ("action", "description") for unit in units):
        return
    heads = {heading.dim: heading.line for unit in reversed(units) for heading in reversed(unit.headings) if heading.dim and heading.sub is None and named(heading.text)}
    first = min(unit.first_line for unit in units)
    year = plan.period_from or plan.year
    for dim in range(1, 9):
        if year and year < _since(str(dim), ""):
            continue
        tasks = [unit for unit in units if unit.kind == "action" and dim == _dim(unit)]
        described = [unit for unit in units if unit.kind == "description" and dim == unit.declared_dim]
        line = heads.get(dim, first)
        if described and not any(unit.declared_dim == dim for unit in tasks):
            yield Finding("dimension_described", line, said(dim=str(dim), items=len(described), elsewhere=len(tasks)), described[0].ordinal)
            continue
        if not tasks:
            yield Finding("dimension_without_task", line, said(dim=str(dim)))
            continue
        spoken = {sub for unit in tasks for sub in _subs(unit)} | {unit.match.sub for unit in units if unit.kind == "action"}
        merged = {sub for unit in units for heading in unit.headings if heading.sub and heading.dim for sub in _named_in(heading.text, heading.dim)}
        for row in table("subdimensions", "sub", "dim", "name_vi", "name_en", "short_vi", "short_en", "measured_to"):
            is_measured = not (row["measured_to"] and year and int(row["measured_to"]) < year)
            is_measured = is_measured and not (year and year < _since(row["dim"], row["sub"]))
            if row["dim"] == str(dim) and is_measured and row["sub"] not in spoken | merged and not any(_says(task, row["sub"]) for task in tasks):
                yield Finding("indicator_without_task", line, said(sub=row["sub"], dim=str(dim), items=len(tasks)), None)


@lru_cache(maxsize=None)
def _since(dim: str, sub: str) -> int:
    """The first year that PAPI measured a dimension or an indicator, by the oldest of its names."""
    return min((number(row, "from_year", "names.csv", 2009, 2099) for row in table("names", "dim", "sub", "wording", "from_year", "to_year")
                if row["dim"] == dim and row["sub"] == sub), default=0)


def _dim(unit: Unit) -> int | None:
    """The dimension a unit counts for: the declared one, else the one its words were matched with."""
    return unit.declared_dim if unit.declared_dim is not None else unit.match.dim


def _subs(unit: Unit) -> set[str | None]:
    """Every indicator that a unit could be said to speak of."""
    match = unit.match
    return {unit.declared_sub, match.sub, match.runner_up_sub} | {e.sub for e in match.evidence if e.kind != "unit" and e.weight >= _SPEAKS}


@lru_cache(maxsize=None)
def _phrases(sub: str) -> tuple[tuple[str, ...], ...]:
    """The phrases that speak for an indicator, in parts where words may stand between them."""
    return tuple(tuple(key(part) for part in row["phrase"].split("…")) for row in table("phrases", "phrase", "dim", "sub", "weight", "unless") if row["sub"] == sub)


def _says(unit: Unit, sub: str) -> bool:
    """Whether a unit mentions an indicator at all, be it beside others."""
    told = f" {key(unit.text)} "
    return any(_in_order(told, parts) for parts in _phrases(sub))


def _in_order(told: str, parts: tuple[str, ...]) -> bool:
    at = 0
    for part in parts:
        at = told.find(f" {part} ", at)
        if at < 0:
            return False
        at += len(part) + 1
    return True


def _named_in(text: str, dim: int) -> set[str]:
    """The indicators that a heading names beside its first: "Chất lượng không khí; nguồn nước sinh hoạt"."""
    parts = [part.strip() for part in text.replace(" và ", ";").split(";")]
    lead = " ".join(parts[0].split()[:2])
    return {hit.sub for part in parts[1:] for words in (part, f"{lead} {part}") if (hit := named(words, dim)) and hit.sub}
