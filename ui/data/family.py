"""Questions about plans of one office over the years: which follows on, amends or replaces which, and what two of them say."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from carried import Said
from ui.data.ask import PLANS, by_plan, column, columns, mapped, typed
from ui.data.topic import Basis


@dataclass(frozen=True)
class PlanLink:
    """A plan and an earlier one that it follows on (next_year), amends or replaces; `earlier_id` is None where that one is
    not held, and `number` and `issued` say which is meant. Of tasks: carried over word for word, changed, gone (dropped; of an
    amendment: it does not speak of them), new; None where they could not be compared.
    """

    plan_id: str
    earlier_id: str | None
    kind: str
    basis: str
    number: str | None
    issued: datetime.date | None
    quote: str | None
    line: int | None
    title_likeness: int | None
    same: int | None
    changed: int | None
    gone: int | None
    new: int | None


@dataclass(frozen=True)
class Standing:
    """Whether a later plan that is held replaced, amended or followed on a plan, and which; `latest` where none did."""

    plan_id: str
    standing: str
    by_id: str | None


@dataclass(frozen=True)
class KinUnit:
    """What two plans are compared by: a unit's words and place, the dimension it counts for, who leads it (by name, and as
    written), and when.
    """

    unit_id: str
    plan_id: str
    ordinal: int
    kind: str
    dim: int | None
    text: str
    section: str
    first_line: int
    last_line: int
    place: str | None
    timing: str
    timing_raw: str | None
    leads: tuple[str, ...]
    written: tuple[str, ...]

    @cached_property
    def said(self) -> Said:
        """What is compared of it, made once for all comparisons."""
        return Said(self.text, self.kind, self.dim, self.leads, self.written, self.timing, self.timing_raw)


def family_links(plan_id: str) -> tuple[PlanLink, ...]:
    """The links among all plans that hang together with one."""
    return typed(
        PlanLink, f"select {columns(PlanLink)} from family_link(?) order by plan_id, kind, earlier_id, number", plan_id
    )


def amendments(plan_ids: tuple[str, ...]) -> int:
    """How many of these plans amend another."""
    return len(set(column("select plan_id from plan_list where amends")) & set(plan_ids))


def amended() -> frozenset[str]:
    """The plans that other documents amend, where both were read."""
    return frozenset(column("select distinct plan_id from amended_unit"))


def amended_by(plan_ids: tuple[str, ...]) -> dict[str, str]:
    """The plan that each of these amendments counts for, where it is held and both were read."""
    return mapped(
        """
        select units.plan_id, min(amended_unit.plan_id) from amended_unit join units using (unit_id)
        where units.plan_id = any(?) and units.plan_id <> amended_unit.plan_id group by 1
        """,
        plan_ids,
    )


def standings(plan_ids: tuple[str, ...]) -> tuple[Standing, ...]:
    """How these plans stand, by the documents that are held."""
    asked = f"select {columns(Standing)} from plan_standing where plan_id = any(?) order by plan_id"
    return by_plan(Standing, sorted(plan_ids), asked, PLANS)


def unit_counts(plan_ids: tuple[str, ...]) -> dict[str, int]:
    """How many units each of these plans has, where it has any."""
    return mapped("select plan_id, count(*) from units where plan_id = any(?) group by plan_id", plan_ids)


def kin_units(basis: Basis, plan_ids: tuple[str, ...]) -> tuple[KinUnit, ...]:
    """All units of these plans, each in its plan's order."""
    asked = f"select {columns(KinUnit)} from kin_unit(?, ?) order by plan_id, ordinal"
    return by_plan(KinUnit, sorted(plan_ids), asked, basis, PLANS)
