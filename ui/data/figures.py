"""More questions about many plans: how their figures are spread, what they kept of the plans before, who leads a topic in how
many, and scores beside coverage.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.data.ask import column, columns, typed
from ui.data.country import Grouping, Share
from ui.data.topic import Basis


class Figure(StrEnum):
    """What is counted of a plan."""

    TASKS = "tasks"
    LED = "led"
    TIMED = "timed"
    DATED = "dated"
    OWN = "own"
    GAPS = "gaps"


class Fate(StrEnum):
    """What became of a plan's having a task of its own on a sub-dimension in the plan that follows."""

    KEPT = "kept"
    DROPPED = "dropped"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Spread:
    """How a figure is spread over the plans of a group that were read: the least, the quartiles, the most."""

    name: str | None
    figure: str
    plans: int
    least: int
    low: float
    median: float
    high: float
    most: int


@dataclass(frozen=True, slots=True)
class PlanAmount:
    """A plan, and how much a figure of it is."""

    plan_id: str
    amount: int


@dataclass(frozen=True, slots=True)
class FateCount:
    """Of the plans that follow on an earlier one: how many kept, dropped or took up a task of their own on a sub-dimension;
    `emptied` are those dropped where nothing names it any more.
    """

    sub: str
    plans: int
    kept: int
    dropped: int
    taken: int
    emptied: int

    def share(self, fate: Fate) -> Share:
        return Share(getattr(self, fate.value), self.plans)


@dataclass(frozen=True, slots=True)
class FollowedCell:
    """A plan and the earlier one it follows on: what each says on a sub-dimension."""

    plan_id: str
    state: str
    n: int
    earlier_id: str
    earlier_state: str
    earlier_n: int


@dataclass(frozen=True, slots=True)
class Leader:
    """An agency that leads a topic: in so many of the plans that have a task of their own there (`of_plans`), so many tasks."""

    agency: str
    plans: int
    of_plans: int
    tasks: int

    @property
    def share(self) -> Share:
        return Share(self.plans, self.of_plans)


@dataclass(frozen=True, slots=True)
class Beside:
    """A plan of a province: of the sub-dimensions measured how many have a task of its own, beside its province's score of the
    year, the score's rank among the provinces, and the same as a height (1 the best); how far up it stands by each of the
    two among the plans in view, from 0 to 1 (None of one alone).
    """

    plan_id: str
    year: int
    cells: int
    own: int
    score: float
    rank: int
    provinces_ranked: int
    height: float
    share_place: float | None
    score_place: float | None

    @property
    def apart(self) -> float | None:
        """How far the two part: above 0 where the plan stands higher by its score than by its coverage; None of one alone."""
        if self.score_place is None or self.share_place is None:
            return None
        return self.score_place - self.share_place


def spreads(basis: Basis, plan_ids: tuple[str, ...], grouping: Grouping) -> tuple[Spread, ...]:
    """Every group and figure."""
    return typed(
        Spread,
        f"select {columns(Spread)} from group_spread(?, ?, ?) order by name nulls last, figure",
        basis,
        plan_ids,
        grouping,
    )


def amounts(
    basis: Basis, plan_ids: tuple[str, ...], grouping: Grouping, name: str | None, figure: Figure
) -> tuple[PlanAmount, ...]:
    """The plans of a group with one figure, those with most first."""
    return typed(
        PlanAmount,
        """
        select plan_id, amount from plan_amount(?, ?, ?) as amounts
        where name is not distinct from ? and figure = ? order by amount desc, position
    """,
        basis,
        plan_ids,
        grouping,
        name,
        figure,
    )


def fate_counts(basis: Basis, plan_ids: tuple[str, ...]) -> tuple[FateCount, ...]:
    """Every sub-dimension that PAPI measured in the years of two plans that follow on each other."""
    return typed(FateCount, f"select {columns(FateCount)} from followed_fate(?, ?) order by sub", basis, plan_ids)


def followed_count(basis: Basis, plan_ids: tuple[str, ...]) -> int:
    """How many of these plans follow on an earlier one, both of them read."""
    (n,) = column("select count(distinct plan_id)::integer from followed_cell(?, ?) as cells", basis, plan_ids)
    return n


def followed_cells(basis: Basis, plan_ids: tuple[str, ...], fate: Fate, sub: str) -> tuple[FollowedCell, ...]:
    """The plans of one fate on a sub-dimension."""
    return typed(
        FollowedCell,
        f"select {columns(FollowedCell)} from followed_cell(?, ?) as cells where fate = ? and sub = ? order by position",
        basis,
        plan_ids,
        fate,
        sub,
    )


def leaders(basis: Basis, plan_ids: tuple[str, ...], topic: str) -> tuple[Leader, ...]:
    """Who leads a topic, those in most plans first."""
    return typed(
        Leader,
        f"select {columns(Leader)} from topic_led(?, ?, ?) order by plans desc, tasks desc, agency",
        basis,
        plan_ids,
        topic,
    )


def led_amounts(basis: Basis, plan_ids: tuple[str, ...], topic: str, agency: str) -> tuple[PlanAmount, ...]:
    """The plans in which an agency leads a topic, with how many tasks, those with most first."""
    return typed(
        PlanAmount,
        """
        select plan_id, tasks as amount from whole_lead join plan_list using (plan_id)
        where basis = ? and topic = ? and agency = ? and plan_id = any(?) order by tasks desc, position
    """,
        basis,
        topic,
        agency,
        plan_ids,
    )


def beside(basis: Basis, plan_ids: tuple[str, ...], dim: int) -> tuple[Beside, ...]:
    """Coverage and score of these plans on a dimension (0: in all), those where the two part most first."""
    return typed(
        Beside,
        f"""
        select {columns(Beside)} from score_beside(?, ?, ?) as beside
        order by abs(score_place - share_place) desc nulls last, position
    """,
        basis,
        plan_ids,
        dim,
    )
