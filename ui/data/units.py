"""Questions about units: all that a card shows, and which units stand behind a number."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Literal, Protocol, TypeVar

from ui.data.ask import Record, column, columns, typed, typed_once
from ui.data.build import build
from ui.data.kept import kept_apart
from ui.data.plans import plans_of
from ui.data.topic import Basis, Topic

Lacks = Literal["lead", "time"]
"""What a task may not name: who leads it, and when."""


@dataclass(frozen=True, slots=True)
class Touch(Record):
    """A sub-dimension that a unit touches: how (main, names, passing), the words that say so, and whether text or
    heading does.
    """

    unit_id: str
    sub: str
    how: str
    quote: str
    by: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """One reason of a unit's match, with its weight."""

    unit_id: str
    rank: int
    kind: str
    quote: str
    source: str
    dim: int
    sub: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class _Part:
    """An agency of a unit, in one role."""

    unit_id: str
    agency: str
    role: str
    as_written: str


@dataclass(frozen=True, slots=True)
class UnitRow(Record):
    """A unit: its words, where they stand, and what was read from them; `due_from` and `due_to` are the days its time lies
    between.
    """

    unit_id: str
    plan_id: str
    ordinal: int
    section: str
    kind: str
    kind_sure: bool
    text: str
    first_line: int
    last_line: int
    place: str | None
    declared_dim: int | None
    declared_sub: str | None
    matched_dim: int | None
    matched_sub: str | None
    dim: int | None
    sub: str | None
    score: float
    margin: float
    review: bool
    runner_up_dim: int | None
    runner_up_sub: str | None
    agencies_uncertain: bool
    timing: str
    timing_raw: str | None
    timing_basis: str | None
    due_from: datetime.date | None
    due_to: datetime.date | None


@dataclass(frozen=True, slots=True)
class LedUnit(UnitRow):
    """A unit and who leads it."""

    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stored(UnitRow):
    """The same with its layer in the plan, and its place in the table."""

    rowid: int
    layer: str | None


@dataclass(frozen=True, slots=True)
class Unit(_Stored):
    """A unit with all that a card shows of it; `written` is every spelling of the agencies it names."""

    position: int
    short_vi: str
    short_en: str
    level: str
    leads: tuple[str, ...]
    coops: tuple[str, ...]
    monitors: tuple[str, ...]
    written: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    touches: tuple[Touch, ...]

    def topic(self, basis: Basis) -> tuple[int | None, str | None]:
        """The dimension and sub-dimension that it counts for."""
        return (self.dim, self.sub) if basis == Basis.HEADING else (self.matched_dim, self.matched_sub)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit, by its number in `find_unit`, and its agencies stand in their tables."""

    no: int
    unit_row: int
    agency_first: int | None
    agency_last: int | None


@dataclass(frozen=True, slots=True)
class _Place(Place):
    """The same of all that belongs to a unit."""

    evidence_first: int | None
    evidence_last: int | None
    touch_first: int | None
    touch_last: int | None


@dataclass(frozen=True, slots=True)
class LinkedRow(Record):
    """A task of a plan's other layer on the same sub-dimension; likeness of their words, 0 to 100."""

    sub: str
    likeness: int
    unit_id: str


class _OfUnit(Protocol):
    @property
    def unit_id(self) -> str: ...


Held = TypeVar("Held", bound=_OfUnit)
Row = TypeVar("Row")


def units(unit_ids: tuple[str, ...]) -> tuple[Unit, ...]:
    """The units asked for, plan by plan in the plan's own order."""
    numbers = column(
        "select no from find_number(?, ?) order by no",
        tuple(dict.fromkeys(unit_id.rpartition(":")[0] for unit_id in unit_ids)),
        tuple(unit_ids),
    )
    return cards(numbers)


def cards(numbers: tuple[int, ...]) -> tuple[Unit, ...]:
    """The same by the units' numbers in `find_unit`, in the order given."""
    found = _cards(build().path, numbers)
    return tuple(unit for no in numbers if (unit := found[no]))


@kept_apart(2048)
def _cards(path: str, numbers: tuple[int, ...]) -> dict[int, Unit]:
    """By number. Each table is asked for single rows by their place in it, so that a few units among millions are found at
    once.
    """
    places = {
        place.no: place
        for place in typed_once(_Place, f"select {columns(_Place)} from find_unit where no = any(?)", numbers)
    }
    stored, parts = _stored(places.values()), _parts(places.values())
    touches = _by_unit(_at("touches", Touch, ((p.touch_first, p.touch_last) for p in places.values())))
    spoke = _by_unit(_at("evidence", Evidence, ((p.evidence_first, p.evidence_last) for p in places.values())))
    named = {plan.plan_id: plan for plan in plans_of(tuple({row.plan_id for row in stored.values()}))}

    def unit(row: _Stored) -> Unit:
        plan, mine = named[row.plan_id], parts.get(row.unit_id, [])
        leads, coops, monitors = (_in_role(mine, role) for role in ("lead", "coop", "monitor"))
        return Unit(
            **{field.name: getattr(row, field.name) for field in fields(row)},
            position=plan.position,
            short_vi=plan.short_vi,
            short_en=plan.short_en,
            level=plan.level,
            leads=leads,
            coops=coops,
            monitors=monitors,
            written=tuple(dict.fromkeys(part.as_written for part in mine)),
            evidence=tuple(sorted(spoke.get(row.unit_id, []), key=lambda one: one.rank)),
            touches=tuple(touches.get(row.unit_id, [])),
        )

    return {no: unit(stored[place.unit_row]) for no, place in places.items()}


def led(places: Sequence[Place]) -> tuple[LedUnit, ...]:
    """The units at these places with who leads them, in the order given: for lists that show no more."""
    found = _led(build().path, tuple(places))
    return tuple(unit for place in places if (unit := found[place]))


@kept_apart(2048)
def _led(path: str, places: tuple[Place, ...]) -> dict[Place, LedUnit]:
    stored, parts = _stored(places), _parts(places)

    def unit(row: _Stored) -> LedUnit:
        said = {field.name: getattr(row, field.name) for field in fields(UnitRow)}
        return LedUnit(**said, leads=_in_role(parts.get(row.unit_id, []), "lead"))

    return {place: unit(stored[place.unit_row]) for place in places}


def _stored(places: Iterable[Place]) -> dict[int, _Stored]:
    """The rows of these units."""
    return {row.rowid: row for row in _at("units", _Stored, ((place.unit_row, place.unit_row) for place in places))}


def _parts(places: Iterable[Place]) -> dict[str, list[_Part]]:
    """The agencies of these units."""
    return _by_unit(_at("unit_agencies", _Part, ((place.agency_first, place.agency_last) for place in places)))


def _in_role(parts: Iterable[_Part], role: str) -> tuple[str, ...]:
    return tuple(part.agency for part in parts if part.role == role)


def _by_unit(rows: Iterable[Held]) -> dict[str, list[Held]]:
    out: dict[str, list[Held]] = {}
    for row in rows:
        out.setdefault(row.unit_id, []).append(row)
    return out


def _at(table: str, kind: type[Row], spans: Iterator[tuple[int | None, int | None]]) -> tuple[Row, ...]:
    places = tuple(
        at for first, last in spans if first is not None and last is not None for at in range(first, last + 1)
    )
    return typed_once(kind, f"select {columns(kind)} from {table} where rowid = any(?) order by rowid", places)


def cell_unit_ids(basis: Basis, plan_id: str, topic: Topic, kind: str = "action") -> tuple[str, ...]:
    """The units behind a cell."""
    where, values = condition(topic)
    return column(
        f"select unit_id from unit_placed where basis = ? and plan_id = ? and kind = ? and {where}",
        basis,
        plan_id,
        kind,
        *values,
    )


def amending_unit_ids(basis: Basis, plan_id: str, topic: Topic) -> tuple[str, ...]:
    """The tasks that count for a plan on a topic and stand in documents that amend it."""
    where, values = condition(topic)
    return column(
        f"""
        select unit_id from unit_placed join amended_unit using (unit_id)
        where basis = ? and amended_unit.plan_id = ? and unit_placed.plan_id <> ? and kind = 'action' and {where}
        order by unit_placed.plan_id, ordinal
        """,
        basis,
        plan_id,
        plan_id,
        *values,
    )


def linked_rows(unit_id: str) -> tuple[LinkedRow, ...]:
    """The rows of the annex on the subject of a task of the body, the likest first; the same the other way round."""
    return typed(LinkedRow, f"select {columns(LinkedRow)} from linked_unit(?) order by likeness desc, unit_id", unit_id)


def elsewhere_unit_ids(basis: Basis, plan_id: str, topic: Topic) -> tuple[str, ...]:
    """The tasks that other plans that stand have on a topic where this one is silent, none of them weak."""
    where, values = condition(topic)
    return column(
        f"""
        select unit_id from unit_placed
        where basis = ? and plan_id <> ? and kind = 'action' and not weak and {where}
            and plan_id not in (select plan_id from plan_list where replaced_by is not null)
        """,
        basis,
        plan_id,
        *values,
    )


def condition(topic: Topic) -> tuple[str, tuple[str | int, ...]]:
    """What a row of units has to fulfil to lie in a topic: words for `where`, and their values."""
    if topic.dim is None:
        return "dim is null", ()
    if topic.sub:
        return "sub = ?", (topic.sub,)
    return ("sub is null and dim = ?" if topic.general else "dim = ?"), (topic.dim,)


# What a briefing lists.


def task_ids(basis: Basis, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None, most: int) -> tuple[str, ...]:
    """The tasks of these plans on these dimensions (None: all, also those without one), plan by plan in the plan's own
    order; at most so many.
    """
    return column(
        "select unit_id from listed_task(?, ?, ?, ?) order by position, ordinal limit ?",
        basis,
        plan_ids,
        dims is None,
        dims or (),
        most,
    )


def task_count(basis: Basis, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None) -> int:
    """How many tasks that are."""
    (n,) = column(
        """
        select count(*) from unit_placed where basis = ? and plan_id = any(?) and kind = 'action' and (? or dim = any(?))
    """,
        basis,
        plan_ids,
        dims is None,
        dims or (),
    )
    return n


def complete_count(basis: Basis, plan_id: str, dims: tuple[int, ...] | None) -> int:
    """How many tasks of a plan on these dimensions (None: all) name both a lead and a time."""
    (n,) = column(
        """
        select count(*) from unit_placed
        where basis = ? and plan_id = ? and kind = 'action' and has_lead and has_time and (? or dim = any(?))
    """,
        basis,
        plan_id,
        dims is None,
        dims or (),
    )
    return n


def lacking_ids(basis: Basis, plan_id: str, lacks: Lacks, dims: tuple[int, ...] | None, most: int) -> tuple[str, ...]:
    """The tasks of a plan on these dimensions (None: all) that name no lead, or no time, in the plan's own
    order; at most so many.
    """
    return column(
        f"""
        select unit_id from unit_placed
        where basis = ? and plan_id = ? and kind = 'action' and not has_{lacks} and (? or dim = any(?))
        order by ordinal limit ?
    """,
        basis,
        plan_id,
        dims is None,
        dims or (),
        most,
    )


def unit_touches(unit_id: str) -> tuple[Touch, ...]:
    """The sub-dimensions that a unit touches."""
    return typed(Touch, f"select {columns(Touch)} from touches where unit_id = ? order by how, sub", unit_id)
