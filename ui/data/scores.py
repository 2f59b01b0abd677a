"""Questions about PAPI's published scores, and about a plan's tasks beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from ui.data.ask import Record, column, columns, typed
from ui.data.coverage import Cell
from ui.data.topic import Basis, Topic


@dataclass(frozen=True, slots=True)
class PlanScore(Cell):
    """A plan's tasks on a dimension (sub is None) or a sub-dimension beside its province's score: whether that of
    `judged_year` (the plan's, else the year before) is low or falls, the same of the latest year, and whether the tasks
    are few.
    """

    sub: str | None
    year: int | None
    score: float | None
    judged_year: int | None
    low: bool
    falls: bool
    latest_year: int | None
    latest_low: bool
    latest_falls: bool
    few: bool

    @property
    def topic(self) -> Topic:
        return Topic(self.dim, self.sub)

    @property
    def is_weak(self) -> bool:
        """Whether its score is low or falls in the year by which the plan is judged."""
        return self.low or self.falls

    @property
    def is_weak_now(self) -> bool:
        """The same of the latest year."""
        return self.latest_low or self.latest_falls


@dataclass(frozen=True, slots=True)
class Score:
    """A province's published score of one year on a dimension (0 is the total; sub is None) or a sub-dimension, its number
    in that year's report, where it stands among all provinces by our count, and whether that is low or falls.
    """

    year: int
    dim: int
    sub: str | None
    score: float
    sub_in_report: str | None
    rank: int
    provinces_ranked: int
    national_median: float
    low: bool
    falls: bool

    @property
    def topic(self) -> str:
        return self.sub or str(self.dim)


class Reason(TypedDict):
    """Why years are not compared, what says so, and where that stands; `part` is the sub-dimension that makes its dimension
    another.
    """

    part: str | None
    evidence: str
    reason_vi: str
    reason_en: str
    source: str


@dataclass(frozen=True, slots=True)
class Break:
    """A year before which scores of a dimension or a sub-dimension are not compared with those from it on."""

    dim: int
    sub: str | None
    year: int
    reasons: tuple[Reason, ...]

    @property
    def topic(self) -> str:
        return self.sub or str(self.dim)


@dataclass(frozen=True, slots=True)
class Dropped(Record):
    """A province's score of one year on what PAPI no longer measures, a part of its dimension then."""

    year: int
    dim: int
    name_vi: str
    name_en: str
    score: float
    sub_in_report: str


@dataclass(frozen=True, slots=True)
class Province(Record):
    """A province as it was to 30 June 2025, what it has been part of since, what kind each is (province, city), and how
    many plans of it are held.
    """

    province: str
    province_now: str
    kind: str
    kind_now: str
    plans: int


def plan_scores(basis: Basis, plan_id: str) -> tuple[PlanScore, ...]:
    """The dimensions 1 to 8 of a plan, then its sub-dimensions."""
    return typed(
        PlanScore,
        f"select {columns(PlanScore)} from plan_score where basis = ? and plan_id = ? order by sub is not null, dim, sub",
        basis,
        plan_id,
    )


def scores_of_province(province: str, *, merged: bool = False) -> tuple[Score, ...]:
    """The published scores of a province as it was, or with `merged` as it was made of several in 2025: dimension by
    dimension, sub-dimension by sub-dimension and year by year.
    """
    return typed(
        Score,
        f"select {columns(Score)} from score_standing where province = ? and merged = ? order by dim, sub nulls first, year",
        province,
        merged,
    )


def dropped_scores(province: str) -> tuple[Dropped, ...]:
    """A province's scores on what PAPI no longer measures, year by year."""
    return typed(
        Dropped,
        f"select {columns(Dropped)} from dropped_scores where province = ? order by dim, sub_in_report, year",
        province,
    )


def score_breaks() -> tuple[Break, ...]:
    """Every year before which scores are not compared, by dimension and sub-dimension; 0 is the total."""
    return typed(Break, f"select {columns(Break)} from score_break order by dim, sub nulls first, year")


def provinces_of_plan(plan_id: str) -> tuple[str, ...]:
    """The provinces as PAPI has measured them of which a plan's province is made; that of its own name first."""
    return column(
        "select plan_part.province from plan_part join plans using (plan_id) where plan_id = ? "
        "order by plan_part.province <> plans.province, plan_part.province collate vi",
        plan_id,
    )


def plans_of_province(province: str) -> tuple[str, ...]:
    """The plans that are held of a province as it was, in reading order."""
    return column(
        "select plan_id from plan_part join plan_list using (plan_id) "
        "where plan_part.province = ? and status <> 'not_collected' order by position",
        province,
    )


def provinces() -> tuple[Province, ...]:
    """All provinces as they were, by name."""
    return typed(
        Province,
        """
        select province, provinces.province_now, kind, kind_now, (count(plan_id) filter (where status <> 'not_collected'))::int as plans
        from provinces
        left join plan_part using (province)
        left join plans using (plan_id)
        group by all order by province collate vi
    """,
    )
