"""tag: what each unit says of itself: its kind, who leads, joins in and watches, and when.

In: the units of one plan, in order, as cut. Out: the same units, filled in. `assign` comes after the match: another
section may give an agency the dimension, the sub-dimension or the topic of a unit that names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.model import Plan, Unit, UnitAgency
from etl.reference import statements, uncounted
from etl.tag import kinds, timing, who
from etl.tag.assignments import assign, topic_of
from etl.tag.bracket import led_by_brackets, who_and_when
from etl.tag.offices import named_by_offices
from etl.text import key

__all__ = ["assign", "tag", "topic_of"]


def tag(units: Sequence[Unit], plan: Plan, decided: Sequence[str | None] = ()) -> tuple[Unit, ...]:
    """Fill in kind, agencies and timing of a plan's units; `decided` is the kind of each that a person decided, if any."""
    kinds_ = decided or [None] * len(units)
    tagged = (_tag(unit, said, plan, kind) for unit, said, kind in zip(units, named_by_offices(units), kinds_))
    return tuple(kinds.beside_assignments(led_by_brackets(list(tagged))))


def _tag(unit: Unit, said: Unit, plan: Plan, decided: str | None) -> Unit:
    """Fill in one unit, by its words and headings as they are `said`."""
    said = replace(said, text=uncounted(said.text))
    agencies, basis = who.agencies_of(said)
    if plan.level == "district":
        agencies = tuple(map(_of_city, agencies))
    leads = list(dict.fromkeys(a.agency for a in agencies if a.role == "lead"))
    kind = decided or kinds.kind_of(said, leads, basis, plan.period_from)
    when, when_basis = _timing(unit, plan, kind)
    if kind == "description":
        agencies, basis = (), None
    return replace(
        unit,
        kind=kind,
        kind_sure=kinds.is_sure(said, kind),
        agencies=agencies,
        lead_basis=basis if leads and agencies else None,
        timing=when.timing,
        timing_raw=when.raw,
        timing_basis=when_basis,
        due_from=when.due_from,
        due_to=when.due_to,
    )


def _of_city(agency: UnitAgency) -> UnitAgency:
    """In a plan of a city within a province "Thanh tra thành phố" is a district's, and no province's."""
    is_city = key(agency.as_written).endswith("thành phố") and agency.agency.endswith(" tỉnh")
    return replace(agency, agency=f"{agency.agency.removesuffix('tỉnh')}cấp huyện") if is_city else agency


def _timing(unit: Unit, plan: Plan, kind: str) -> tuple[timing.Timing, str | None]:
    """A cell says when; where a table has none, or the plan no table, the text does."""
    cell = next((cell for cell in unit.cells if cell.role == "timing"), None)
    if cell and cell.basis == "merged" and kind == "description":
        # what is said of a list is said of what it asks for
        return timing.Timing(), None
    if cell and cell.basis == "merged" and unit.channel != "table":
        # what the task itself says counts before what is said of its list
        own, basis = _timing(replace(unit, cells=()), plan, kind)
        if own.raw:
            return own, basis
    if cell:
        lines = cell.text.split("\n")
        words = lines[unit.item - 1] if 1 < unit.items == len(lines) else cell.text
        of_year = replace(plan, period_from=cell.year, period_to=cell.year) if cell.year else plan
        return timing.of_cell(words, of_year), cell.basis
    if kind == "description":
        return timing.Timing(), None
    for role, words, _ in statements(unit.text):
        if role == "timing":
            return timing.of_cell(words, plan), "text"
    if words := who_and_when(unit.text)[1]:
        return timing.of_cell(words, plan), "text"
    found = timing.of_text(unit.text, plan, is_report=unit.declared_dim is None, is_aim=kind == "objective")
    return found, "text" if found.raw else None
