"""Questions about what the rules of a build have found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from ui.data.ask import PLANS, Record, by_plan, columns
from ui.data.plans import in_reading_order
from ui.data.whole import Whole, whole


@dataclass(frozen=True, slots=True)
class PlanFinding(Record):
    """One finding: at a unit with its place and words, or else at a line; `nth` is its number among those of its plan
    and kind.
    """

    plan_id: str
    position: int
    code: str
    line: int | None
    detail: str
    place: str | None
    unit_id: str | None
    section: str | None
    first_line: int | None
    last_line: int | None
    text: str | None
    line_text: str | None
    nth: int

    @property
    def words(self) -> str | None:
        """The plan's own words, where it stands at any."""
        return self.line_text if self.text is None else self.text


@dataclass(frozen=True, slots=True)
class FindingCount:
    """So many findings of a kind are in a plan."""

    plan_id: str
    code: str
    findings: int


@dataclass(frozen=True, slots=True)
class FindingSum:
    """So many findings of a kind are in plans together, in so many of them, and in so many that were read."""

    code: str
    findings: int
    plans: int
    read: int


@dataclass(frozen=True, slots=True)
class PlanFindings:
    """So many findings of some kinds are in a plan."""

    plan_id: str
    findings: int


def findings(plan_ids: tuple[str, ...], codes: tuple[str, ...], most: int | None = None) -> tuple[PlanFinding, ...]:
    """The findings of these plans and codes, in the plan's own order; of each plan and code at most so many."""
    asked = f"select {columns(PlanFinding)} from finding_listed(?, ?, ?) order by position, code, nth"
    return by_plan(PlanFinding, in_reading_order(plan_ids), asked, PLANS, codes, most or 2**40)


def finding_counts(plan_ids: tuple[str, ...]) -> tuple[FindingCount, ...]:
    """Every kind of findings of these plans."""
    asked = f"select {columns(FindingCount)} from finding_count where plan_id = any(?) order by plan_id, code"
    return by_plan(FindingCount, sorted(plan_ids), asked, PLANS)


def finding_sums(plan_ids: tuple[str, ...]) -> dict[str, FindingSum]:
    """By code: these plans together."""
    every = _counts()
    found = every.sums(every.rows(plan_ids), ("code",), "findings", "plans", "is_read")
    return {code: FindingSum(code, *sums) for (code,), sums in sorted(found.items())}


def _counts() -> Whole:
    """Every plan and kind of findings, in reading order."""
    return whole(
        """
        select plan_id, code, findings, 1 as plans, (status = 'read')::integer as is_read
        from finding_count join plan_list using (plan_id) order by position
        """
    )


def most_findings(plan_ids: tuple[str, ...], codes: tuple[str, ...], most: int) -> tuple[PlanFindings, ...]:
    """The plans that have most findings of these kinds together, of those that were read: the first so many."""
    every = _counts()
    rows = every.rows(plan_ids)
    here = rows[(every.columns["is_read"][rows] == 1) & numpy.isin(every.columns["code"][rows], codes)]
    found = [PlanFindings(plan_id, n) for (plan_id,), (n,) in every.sums(here, ("plan_id",), "findings").items()]
    return tuple(sorted(found, key=lambda row: -row.findings)[: most or None])
