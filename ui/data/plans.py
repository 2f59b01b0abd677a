"""Questions about plans, dimensions and sub-dimensions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ui.data.ask import Record, columns, told, typed
from ui.data.build import build, connection_of
from ui.data.kept import kept


@dataclass(frozen=True, slots=True)
class Plan(Record):
    """One plan: status is read, not_read, or not_collected where others only cite it; `position` is its place in
    reading order, `amends` whether it is an amendment and no plan of its own, and `replaced_by` the document that replaced it,
    in `replaced_year` (0: nobody knows when).
    """

    plan_id: str
    title: str
    doc_type: str
    short_vi: str
    short_en: str
    narrow: str
    issuer: str
    level: str
    province: str
    province_now: str
    communes_now: tuple[str, ...] | None
    region: str | None
    number: str | None
    issued: datetime.date | None
    year: int | None
    period_from: int | None
    period_to: int | None
    file: str
    sha256: str
    has_table: bool
    status: str
    read_by: str | None
    ocr_confidence: float | None
    partly_read: bool
    letters: int | None
    letters_left: int | None
    letters_lost: int | None
    unread_vi: str | None
    unread_en: str | None
    position: int
    amends: bool
    replaced_by: str | None
    replaced_year: int | None

    @property
    def is_read(self) -> bool:
        return self.status == "read"

    def stands(self, until: int | None = None) -> bool:
        """Whether no document that is held has replaced it by the end of a year, or at all."""
        return self.replaced_year is None or until is not None and self.replaced_year > until

    @property
    def stood(self) -> bool:
        """Whether it stood at the end of its own year."""
        return self.stands(self.year)

    @property
    def is_recognised(self) -> bool:
        """Whether a machine guessed its letters, or some of them, from pictures."""
        return self.read_by in ("ocr", "both")

    @property
    def regions(self) -> tuple[str, ...]:
        """The socio-economic regions of its province, two where a province of 2025 holds parts of both."""
        return tuple(self.region.split("; ")) if self.region else ()

    @property
    def is_held(self) -> bool:
        return self.status != "not_collected"


@dataclass(frozen=True, slots=True)
class Dimension(Record):
    """One of PAPI's eight dimensions; 0 is what cuts across them."""

    dim: int
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str


@dataclass(frozen=True, slots=True)
class Subdimension(Record):
    """One of PAPI's indicators, with the first and the last year it was measured, None where it still is."""

    sub: str
    dim: int
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    measured_from: int
    measured_to: int | None


def plans() -> tuple[Plan, ...]:
    """The plans that are held, in the order that every page keeps: level, then year."""
    return _held(build().path)


def known_plans() -> tuple[Plan, ...]:
    """All plans, those that others only cite last: nobody has collected them."""
    return typed(Plan, f"select {columns(Plan)} from plan_list order by status = 'not_collected', position")


def dimensions() -> tuple[Dimension, ...]:
    """The dimensions; 0 comes last."""
    return typed(Dimension, f"select {columns(Dimension)} from dimensions order by dim = 0, dim")


def subdimensions(dim: int | None = None) -> tuple[Subdimension, ...]:
    """The sub-dimensions, all or those of one dimension."""
    found = typed(Subdimension, f"select {columns(Subdimension)} from subdimensions order by dim, sub")
    return found if dim is None else tuple(sub for sub in found if sub.dim == dim)


def dimension(dim: int) -> Dimension:
    """One dimension."""
    return _by_dim(build().path)[dim]


def subdimension(sub: str) -> Subdimension | None:
    """One sub-dimension; None where PAPI has no such."""
    return _by_sub(build().path).get(sub)


def plan(plan_id: str) -> Plan:
    """One plan, also one that others only cite. Raises KeyError where there is none."""
    return _by_id(build().path)[plan_id]


def in_reading_order(plan_ids: tuple[str, ...]) -> list[str]:
    """These plans by their place, as a question orders them by `position`."""
    known = _by_id(build().path)
    return sorted((plan_id for plan_id in plan_ids if plan_id in known), key=lambda plan_id: known[plan_id].position)


def plans_of(plan_ids: tuple[str, ...]) -> list[Plan]:
    """These plans, in reading order, those that nobody has collected last."""
    known = _by_id(build().path)
    return sorted(
        (known[plan_id] for plan_id in plan_ids if plan_id in known), key=lambda plan: (not plan.is_held, plan.position)
    )


@kept(1)
def _held(path: str) -> tuple[Plan, ...]:
    return tuple(plan for plan in known_plans() if plan.is_held)


@kept(1)
def _by_id(path: str) -> dict[str, Plan]:
    return {plan.plan_id: plan for plan in known_plans()}


@kept(1)
def _by_dim(path: str) -> dict[int, Dimension]:
    return {dimension.dim: dimension for dimension in dimensions()}


@kept(1)
def _by_sub(path: str) -> dict[str, Subdimension]:
    return {subdimension.sub: subdimension for subdimension in subdimensions()}


@dataclass(frozen=True, slots=True)
class Region(Record):
    """A socio-economic region, and the law that draws it."""

    region: str
    region_en: str
    basis: str


def regions() -> tuple[Region, ...]:
    """The socio-economic regions, in the order of the law."""
    return typed(Region, f"select {columns(Region)} from regions order by rowid")


def plan_state(plan_id: str) -> str:
    """What became of a plan: read, not_read, or no_plan where it is known and nobody has it."""
    found = plan(plan_id)
    return found.status if found.is_held else "no_plan"


def line_place(plan_id: str, line: int) -> str | None:
    """Where a line of a plan stands whose format has no lines ("page:3/row:5"); None for one of a text, and for what is
    no plan that is held.
    """
    with told():
        return _line_places(build().path, plan_id).get(line)


@kept(16)
def _line_places(path: str, plan_id: str) -> dict[int, str]:
    return dict(
        connection_of(path)
        .cursor()
        .execute("select distinct line, place from lines where plan_id = ? and place is not null", [plan_id])
        .fetchall()
    )
