"""Questions about many plans at once: shares by group, one plan among its peers, plans near to one, provinces on a map."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from ui.data.ask import Record, column, columns, typed, typed_once
from ui.data.coverage import Cell
from ui.data.topic import Basis, Topic

LEAST = 5
"""Of fewer plans than these no share is told, only how many of how many."""


class Grouping(StrEnum):
    """A way in which plans are put into groups."""

    ALL = "all"
    LEVEL = "level"
    YEAR = "year"
    REGION = "region"
    PROVINCE = "province"
    PROVINCE_NOW = "province_now"
    DOC_TYPE = "doc_type"
    PLAN = "plan"


class Order(StrEnum):
    """In which order plans stand in a long list."""

    GAPS = "gaps"
    NEAR = "near"
    NAME = "name"
    YEAR = "year"


class State(StrEnum):
    """What is counted of a cell: a task of its own, named only inside tasks about more, or nothing that names it."""

    OWN = "own"
    NAMED = "named"
    GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def is_told(self) -> bool:
        """Whether there are enough to speak of a share."""
        return self.whole >= LEAST

    @property
    def value(self) -> float:
        """The share; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (E. B. Wilson 1927), which holds for small numbers and for shares near 0 and 1."""
        if not self.whole:
            return 0.0, 1.0
        z, n, share = 1.959964, self.whole, self.value
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class GroupCell:
    """A group of plans on a dimension (sub is None) or a sub-dimension: of its plans that were read, and in whose years PAPI
    measured it, how many have a task of their own, name it inside tasks about more only, or name it nowhere. `name` is None
    for the plans of which the group is not known.
    """

    name: str | None
    dim: int
    sub: str | None
    plans: int
    own: int
    named: int
    gaps: int

    @property
    def topic(self) -> str:
        return self.sub or str(self.dim)

    def share(self, state: State) -> Share:
        return Share(getattr(self, state.value), self.plans)


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A group of plans: how many they are, how many of them were read, and the sums of what these say; `cells` counts plan
    by plan the sub-dimensions that PAPI measured.
    """

    name: str | None
    plans: int
    read_plans: int
    tasks: int
    with_lead: int
    cells: int
    own: int
    gaps: int


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """A plan that was read: its tasks, the sub-dimensions that PAPI measured in its years (`cells`), and of these how many
    have a task of their own and how many nothing names.
    """

    plan_id: str
    tasks: int
    with_lead: int
    with_time: int
    cells: int
    own: int
    gaps: int


@dataclass(frozen=True, slots=True)
class PlanCells:
    """What a plan says on every dimension and sub-dimension: the topics, and of each its state and its figures."""

    plan_id: str
    topics: tuple[str, ...]
    states: tuple[str, ...]
    ns: tuple[int, ...]
    tasks: tuple[int, ...]
    with_lead: tuple[int, ...]
    with_time: tuple[int, ...]
    measured: tuple[bool, ...]

    def by_topic(self) -> dict[str, Cell]:
        """Its cells by their topic."""
        figures = zip(self.topics, self.states, self.ns, self.tasks, self.with_lead, self.with_time, self.measured)
        return {topic: Cell(self.plan_id, int(topic[0]), *said) for topic, *said in figures}


@dataclass(frozen=True, slots=True)
class Near:
    """How near a plan's coverage is to another's: of `any_of` sub-dimensions on which one of the two has a task of its own,
    `shared` are those of both.
    """

    plan_id: str
    shared: int
    any_of: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A figure of one plan (None where it has none) among its peers: the least and the most of all, the peers' median, and
    each peer's place on the strip, ascending.
    """

    figure: str
    mine: float | None
    least: float
    most: float
    median: float
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CellPlan:
    """A plan of a group on a topic, and what its cell says."""

    plan_id: str
    state: str
    n: int


@dataclass(frozen=True, slots=True)
class StateCount:
    """So many plans of a group say this of a topic."""

    state: str
    plans: int


@dataclass(frozen=True, slots=True)
class Tile(Record):
    """A province's square on the map: its name there, its row and its column."""

    province: str
    short: str
    down: int
    across: int


@dataclass(frozen=True, slots=True)
class ProvincePlan:
    """A plan of a province, and how many of the sub-dimensions that PAPI measured in its years have a task of its own, and how
    many nothing names; None where it was not read.
    """

    plan_id: str
    cells: int | None
    own: int | None
    gaps: int | None


@dataclass(frozen=True, slots=True)
class ProvinceScore:
    """A province's published score of the latest year."""

    province: str
    year: int
    score: float


def group_cells(basis: Basis, plan_ids: tuple[str, ...], grouping: Grouping) -> tuple[GroupCell, ...]:
    """Every group and topic, dimensions before their sub-dimensions."""
    return typed(
        GroupCell,
        f"select {columns(GroupCell)} from group_cell(?, ?, ?) order by name, dim, sub nulls first",
        basis,
        plan_ids,
        grouping,
    )


def group_figures(basis: Basis, plan_ids: tuple[str, ...], grouping: Grouping) -> tuple[GroupFigure, ...]:
    """Every group of these plans, those of which it is not known last."""
    return typed(
        GroupFigure,
        f"select {columns(GroupFigure)} from group_figure(?, ?, ?) order by name collate vi nulls last",
        basis,
        plan_ids,
        grouping,
    )


_ORDERS = {
    Order.GAPS: "gaps desc, position",
    Order.NEAR: "likeness desc nulls last, position",
    Order.NAME: "short_vi collate vi, position",
    Order.YEAR: "year nulls last, position",
}


def ordered_plans(
    basis: Basis, plan_ids: tuple[str, ...], order: Order, mine: str | None, first: int, most: int
) -> tuple[PlanFigure, ...]:
    """Of these plans that were read, in this order, so many from a place on; `mine` comes before all others."""
    return typed(
        PlanFigure,
        f"""
        select {columns(PlanFigure)}
        from plan_figure
        join near_plan(?, ?, ?) as near using (plan_id, position)
        join plan_list using (plan_id, position)
        where basis = ?
        order by plan_id is distinct from ?, {_ORDERS[order]} limit ? offset ?
    """,
        basis,
        plan_ids,
        mine,
        basis,
        mine,
        most,
        first,
    )


def plan_cells(basis: Basis, plan_ids: tuple[str, ...]) -> tuple[PlanCells, ...]:
    """What these plans say, a row a plan; no answer is kept, for they may be all."""
    return typed_once(PlanCells, f"select {columns(PlanCells)} from plan_cell_row(?, ?)", basis, plan_ids)


def nearest_plan(basis: Basis, plan_ids: tuple[str, ...], mine: str) -> Near | None:
    """Which other of these plans is nearest to one of them; None where there is no other, or nothing to be near by."""
    found = typed(
        Near,
        f"""
        select {columns(Near)} from near_plan(?, ?, ?) as near
        where plan_id <> ? and likeness is not null order by likeness desc, position limit 1
    """,
        basis,
        plan_ids,
        mine,
        mine,
    )
    return found[0] if found else None


def strips(basis: Basis, peers: tuple[str, ...], mine: str, places: int) -> tuple[Strip, ...]:
    """The figures of one plan among its peers, each on a strip of so many places."""
    return typed(
        Strip,
        f"""
        select {columns(Strip)} from peer_strip(?, ?, ?, ?)
        order by list_position(['tasks', 'lead', 'time', 'own', 'gaps'], figure)
    """,
        basis,
        peers,
        mine,
        places,
    )


_IN_CELL = """
    from group_plan(?, ?) as grouped
    join whole_cell using (plan_id, position)
    where name is not distinct from ? and basis = ? and dim = ? and sub is not distinct from ?
"""


def cell_plans(
    basis: Basis, plan_ids: tuple[str, ...], grouping: Grouping, name: str | None, topic: Topic, first: int, most: int
) -> tuple[CellPlan, ...]:
    """The plans of a group with what each says on a topic: those that nothing names first, then those that name it, then
    those with tasks; so many from a place on.
    """
    return typed(
        CellPlan,
        f"""
        select {columns(CellPlan)} {_IN_CELL}
        order by list_position(['none', 'description', 'passing', 'weak', 'named', 'own', 'unmeasured', 'not_read'], state), position
        limit ? offset ?
    """,
        plan_ids,
        grouping,
        name,
        basis,
        topic.dim,
        topic.sub,
        most,
        first,
    )


def cell_states(
    basis: Basis, plan_ids: tuple[str, ...], grouping: Grouping, name: str | None, topic: Topic
) -> dict[str, int]:
    """How many plans of a group say what on a topic."""
    found = typed(
        StateCount,
        f"select state, count(*)::integer as plans {_IN_CELL} group by state",
        plan_ids,
        grouping,
        name,
        basis,
        topic.dim,
        topic.sub,
    )
    return {row.state: row.plans for row in found}


def tiles(today: bool) -> tuple[Tile, ...]:
    """The map of squares: of the 34 provinces of today, or of the 63 as then; from the north to the south."""
    return typed(Tile, f"select {columns(Tile)} from {'tiles_now' if today else 'tiles_then'} order by down, across")


def province_scores(dim: int, today: bool) -> tuple[ProvinceScore, ...]:
    """The scores of all provinces on a dimension (0 is the total) in the latest year that has any. A province of today that a
    merger has made another has the one that PAPI has published of it since, and none of its parts'.
    """
    is_shown = "merged or province_now not in (from merged_province)" if today else "not merged"
    return typed(
        ProvinceScore,
        f"""
        select {"if(merged, province, province_now)" if today else "province"} as province, year, score
        from scores
        join provinces using (province)
        where dim = ? and score is not null and ({is_shown})
        qualify year = max(year) over ()
        order by 1
    """,
        dim,
    )


def merged_provinces() -> frozenset[str]:
    """The provinces of today that were made of several."""
    return frozenset(column("from merged_province"))


def province_plans(basis: Basis, plan_ids: tuple[str, ...], grouping: Grouping, name: str) -> tuple[ProvincePlan, ...]:
    """The plans of a province."""
    return typed(
        ProvincePlan,
        """
        select grouped.plan_id, cells, own, gaps
        from group_plan(?, ?) as grouped
        left join plan_figure on plan_figure.plan_id = grouped.plan_id and basis = ?
        where name = ? order by grouped.position
    """,
        plan_ids,
        grouping,
        basis,
        name,
    )
