"""Questions about coverage: cells and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy

from ui.data.ask import PLANS, Record, by_plan, column, columns, typed
from ui.data.plans import in_reading_order, plan
from ui.data.topic import Basis, Topic
from ui.data.units import Unit, cards, condition
from ui.data.whole import Whole, whole


@dataclass(frozen=True, slots=True)
class Cell:
    """What a plan says on a topic: its state, how many units that is of, its tasks there with those that name a lead and
    a time, and whether PAPI measured it in the plan's years.
    """

    plan_id: str
    dim: int
    state: str
    n: int
    tasks: int
    with_lead: int
    with_time: int
    measured: bool

    @property
    def is_read(self) -> bool:
        return self.state not in ("not_read", "no_plan")

    @property
    def is_open(self) -> bool:
        """Whether nothing in the plan names the topic, or it is described only."""
        return self.state in ("none", "description")


@dataclass(frozen=True, slots=True)
class PlanDimension(Cell):
    """A plan on one dimension; `general` counts its tasks on none of the sub-dimensions."""

    general: int


@dataclass(frozen=True, slots=True)
class PlanSubdimension(Cell):
    """A plan on one sub-dimension: how many tasks with a lead, or a time, are about it or name it, what the other way of
    counting says, and what another bar for a review would.
    """

    sub: str
    led: int
    timed: int
    weak: int
    close: int
    descriptions: int
    named: int
    passing: int
    described: int
    mentioned: int
    other_state: str
    other_n: int
    bar_state: str

    @property
    def hangs(self) -> bool:
        """Whether the verdict changes with the way of counting or with the bar for a review."""
        return self.other_state != self.state or self.bar_state != self.state


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan in figures: its tasks, how many say who and when, and how much of what PAPI measured in its years they
    reach. Open is what nothing names; of dimensions also what is described only.
    """

    plan_id: str
    tasks: int
    with_lead: int
    with_time: int
    unplaced: int
    descriptions: int
    subs_with_tasks: int
    subs: int
    dims_with_tasks: int
    dims_open: int
    top_dim: int | None
    top_tasks: int


@dataclass(frozen=True, slots=True)
class PlansSummary:
    """Plans together: how many they are, how many were read, and the sums of what these say. Of those that are `counted`, which
    amendments are not, `full` have tasks on all eight dimensions, `open` leave some open; `one_id` is one that was read, `most_id` the first of those that leave most open, `most`
    dimensions; None where none was read.
    """

    plans: int
    read: int
    counted: int
    tasks: int
    with_lead: int
    with_time: int
    unplaced: int
    descriptions: int
    full: int
    open: int
    one_id: str | None
    most_id: str | None
    most: int | None


@dataclass(frozen=True, slots=True)
class OpenDimensions:
    """The dimensions that a plan leaves open, whatever PAPI measured in its years."""

    plan_id: str
    dims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SubdimensionState:
    """How many plans say this of a sub-dimension, and how many of them on what PAPI measured in their years."""

    dim: int
    sub: str
    state: str
    plans: int
    measured: int


@dataclass(frozen=True, slots=True)
class Reached:
    """How many sub-dimensions a plan reaches with a task of its own, of how many that PAPI measured in its years."""

    plan_id: str
    own: int
    cells: int


@dataclass(frozen=True, slots=True)
class PlansReached:
    """Of plans how many were read (`read`), and have a measured cell (`plans`); the first that reach fewest and most, None where
    none was read; and the least and the most cells that one has.
    """

    read: int
    plans: int
    low: Reached | None
    high: Reached | None
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class SubdimensionCount:
    """In how many plans, of those in whose years PAPI measured it, a sub-dimension has a task that is not weak; and
    whether it has one in any plan.
    """

    sub: str
    plans_with_tasks: int
    has_task: bool


@dataclass(frozen=True, slots=True)
class Touching:
    """A unit that speaks of a topic without being a task of its own there: named, passing, description or mentioned."""

    unit_id: str
    says: str


@dataclass(frozen=True, slots=True)
class NamedInGeneral:
    """How many tasks on a dimension as a whole name one of its sub-dimensions."""

    sub: str
    tasks: int


@dataclass(frozen=True, slots=True)
class PlanLayers:
    """A plan that assigns in an annex: tasks of its body and of its annex, how many of each name a lead, and how many of
    the body are linked to a row.
    """

    plan_id: str
    body: int
    body_with_lead: int
    annex: int
    annex_with_lead: int
    linked: int


@dataclass(frozen=True, slots=True)
class _FoundGap(Record):
    """What a plan lacks, with the number of the unit in place of its words."""

    plan_id: str
    dim: int
    sub: str | None
    lacks: str
    tasks: int
    others: int
    rank: int
    unit_id: str | None
    no: int | None


@dataclass(frozen=True, slots=True)
class Gap(_FoundGap):
    """What a plan lacks on a sub-dimension, or on a whole dimension (`sub` is None); how many plans have it; and the unit
    that names, mentions or describes it all the same, None where none does.
    """

    section: str | None = None
    first_line: int | None = None
    last_line: int | None = None
    place: str | None = None
    text: str | None = None
    quote: str | None = None

    @property
    def whole(self) -> bool:
        return self.sub is None

    @property
    def topic(self) -> Topic:
        """The cell of coverage that it stands in."""
        return Topic(self.dim, self.sub, general=self.whole)


@dataclass(frozen=True, slots=True)
class AlikeTask(Record):
    """A task of another plan that may be set beside one of this plan."""

    unit_id: str
    plan_id: str
    text: str
    section: str
    first_line: int
    last_line: int
    place: str | None


Row = TypeVar("Row")

# Overview and coverage.


def plan_summaries(basis: Basis, plan_ids: tuple[str, ...] | None = None) -> tuple[PlanSummary, ...]:
    """Of these plans or of all."""
    return _of_plans(PlanSummary, "plan_summary", "position", basis, plan_ids)


def plan_dimensions(basis: Basis, plan_ids: tuple[str, ...] | None = None) -> tuple[PlanDimension, ...]:
    """Every dimension, 0 among them, of these plans or of all."""
    return _of_plans(PlanDimension, "plan_dimension", "position, dim", basis, plan_ids)


def plan_subdimensions(basis: Basis, plan_ids: tuple[str, ...] | None = None) -> tuple[PlanSubdimension, ...]:
    """Every sub-dimension of these plans or of all."""
    return _of_plans(PlanSubdimension, "plan_subdimension", "position, dim, sub", basis, plan_ids)


def plans_summary(basis: Basis, plan_ids: tuple[str, ...]) -> PlansSummary:
    """These plans together, the documents as they are; how far they reach (`full` and what follows) of those that are
    counted (`_counted`).
    """
    every = _summaries(basis)
    rows, counted = (_read(every, ids) for ids in (plan_ids, _counted(plan_ids)))
    said = {name: every.columns[name][counted] for name in ("plan_id", "dims_open", "dims_with_tasks")}
    opened, is_any = said["dims_open"], len(counted) > 0
    added = {
        name: int(every.columns[name][rows].sum())
        for name in ("tasks", "with_lead", "with_time", "unplaced", "descriptions")
    }
    return PlansSummary(
        plans=len(every.rows(plan_ids)),
        read=len(rows),
        counted=len(counted),
        **added,
        full=int((said["dims_with_tasks"] == 8).sum()),
        open=int((opened > 0).sum()),
        one_id=min(said["plan_id"]) if is_any else None,
        most_id=said["plan_id"][opened.argmax()] if is_any else None,
        most=int(opened.max()) if is_any else None,
    )


def _read(every: Whole, plan_ids: tuple[str, ...]) -> numpy.ndarray:
    """The rows of those of these plans that were read."""
    rows = every.rows(plan_ids)
    return rows[every.columns["is_read"][rows]]


def _summaries(basis: Basis) -> Whole:
    """Every plan in figures, in reading order."""
    return whole(
        """
        select plan_id, status = 'read' as is_read, tasks, with_lead, with_time, unplaced, descriptions, dims_with_tasks, dims_open,
            body, body_with_lead, annex, annex_with_lead
        from plan_summary where basis = ? order by position
        """,
        basis,
    )


def dimension_tasks(basis: Basis, plan_ids: tuple[str, ...]) -> dict[int, int]:
    """By dimension, 0 among them: the tasks of these plans."""
    every = whole("select plan_id, dim, tasks from plan_dimension where basis = ?", basis)
    return {dim: n for (dim,), (n,) in every.sums(every.rows(plan_ids), ("dim",), "tasks").items()}


def subdimension_states(basis: Basis, plan_ids: tuple[str, ...], dim: int | None) -> tuple[SubdimensionState, ...]:
    """What these plans say of each sub-dimension, of one dimension or of all (`_counted`)."""
    every = whole(
        "select plan_id, dim, sub, state, 1 as plans, measured::integer as measured from standing_cell where basis = ? and sub is not null",
        basis,
    )
    found = every.sums(every.rows(_counted(plan_ids)), ("dim", "sub", "state"), "plans", "measured")
    return tuple(SubdimensionState(*said, *found[said]) for said in sorted(found) if dim in (None, said[0]))


def _counted(plan_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Of these plans those that are counted: an amendment is no plan of its own, what it says counts for the plan that it
    amends; alone it is counted all the same.
    """
    aside = set(column("select plan_id from plan_list where amends"))
    return tuple(plan_id for plan_id in plan_ids if plan_id not in aside) or plan_ids if aside else plan_ids


def plans_reached(basis: Basis, plan_ids: tuple[str, ...], dim: int | None) -> PlansReached:
    """How far these plans reach on a dimension or on all (`_counted`)."""
    every = whole(
        """
        select plan_id, dim, count(*) filter (measured and state = 'own') as own, count(*) filter (measured) as cells
        from standing_cell join plan_list using (plan_id, position)
        where basis = ? and sub is not null and status = 'read' group by plan_id, position, dim order by position
        """,
        basis,
    )
    rows = every.rows(_counted(plan_ids))
    here = rows if dim is None else rows[every.columns["dim"][rows] == dim]
    each = [Reached(plan_id, *said) for (plan_id,), said in every.sums(here, ("plan_id",), "own", "cells").items()]
    cells = [one.cells for one in each] or [0]
    return PlansReached(
        len(each),
        sum(one.cells > 0 for one in each),
        min(each, key=lambda one: one.own, default=None),
        max(each, key=lambda one: one.own, default=None),
        min(cells),
        max(cells),
    )


def most_open(basis: Basis, plan_ids: tuple[str, ...]) -> OpenDimensions | None:
    """Which of these plans leaves most dimensions open, the first of several; None where none leaves any. An amendment leaves
    none, for what it does not speak of stands.
    """
    every = typed(
        OpenDimensions,
        """
        select plan_id, list(dim order by dim) as dims from whole_cell
        where basis = ? and sub is null and dim > 0 and state in ('none', 'description')
        group by plan_id, position order by count(*) desc, position
        """,
        basis,
    )
    asked = set(plan_ids)
    return next((row for row in every if row.plan_id in asked), None)


def _of_plans(
    kind: type[Row], view: str, order: str, basis: Basis, plan_ids: tuple[str, ...] | None
) -> tuple[Row, ...]:
    asked = f"select {columns(kind)} from {view} where basis = ?"
    if plan_ids is None:
        return typed(kind, f"{asked} order by {order}", basis)
    return by_plan(kind, in_reading_order(plan_ids), f"{asked} and plan_id = any(?) order by {order}", basis, PLANS)


def subdimension_counts(basis: Basis, plan_ids: tuple[str, ...]) -> tuple[SubdimensionCount, ...]:
    """Every sub-dimension that PAPI measured in the years of one of these plans, in those plans."""
    found: dict[str, dict[str, SubdimensionState]] = {}
    for row in subdimension_states(basis, plan_ids, None):
        found.setdefault(row.sub, {})[row.state] = row
    return tuple(
        SubdimensionCount(sub, rows["own"].measured if "own" in rows else 0, "own" in rows)
        for sub, rows in found.items()
        if any(row.measured for row in rows.values())
    )


def touching_units(basis: Basis, plan_id: str, topic: Topic) -> tuple[Touching, ...]:
    """What speaks of a topic without being a task of its own there, named ones first; of a dimension's general tasks, none."""
    return typed(
        Touching,
        """
        with found as (
            select unit_id, ordinal, min(list_position(['named', 'passing', 'placed', 'description', 'mentioned'], says)) as says
            from cell_unit where basis = ? and plan_id = ? and topic = ?
            group by unit_id, ordinal having not bool_or(says = 'own')
        )
        select unit_id, ['named', 'passing', 'description', 'description', 'mentioned'][says] as says
        from found order by says, ordinal
    """,
        basis,
        plan_id,
        str(topic),
    )


def named_in_general(basis: Basis, plan_id: str, dim: int) -> tuple[NamedInGeneral, ...]:
    """The sub-dimensions that the tasks on a dimension as a whole name."""
    return typed(
        NamedInGeneral,
        f"select {columns(NamedInGeneral)} from named_subdimension(?, ?, ?) order by sub",
        basis,
        plan_id,
        dim,
    )


@dataclass(frozen=True, slots=True)
class LayerSum:
    """Plans that assign in an annex: how many they are, and the tasks of their bodies and annexes with how many name a lead."""

    plans: int
    body: int
    body_with_lead: int
    annex: int
    annex_with_lead: int


def layer_sum(plan_ids: tuple[str, ...]) -> LayerSum:
    """Those of these plans that assign in an annex, together."""
    every = _summaries(Basis.HEADING)
    rows = every.rows(plan_ids)
    here = rows[every.columns["annex"][rows] > 0]
    named = ("body", "body_with_lead", "annex", "annex_with_lead")
    return LayerSum(len(here), *(int(every.columns[name][here].sum()) for name in named))


def layers(plan_ids: tuple[str, ...]) -> tuple[PlanLayers, ...]:
    """Those of these plans that assign in an annex."""
    asked = f"select {columns(PlanLayers)} from plan_layer(?) order by position"
    return by_plan(PlanLayers, in_reading_order(plan_ids), asked, PLANS)


def gaps(
    basis: Basis, plan_ids: tuple[str, ...], dim: int | None = None, first: int = 0, most: int | None = None
) -> tuple[Gap, ...]:
    """The gaps on a dimension or on any, the worst first: whole dimensions that nothing names, or that are only described;
    then sub-dimensions that nothing names, only described, only mentioned, weak matches only, only named in tasks about more, neither lead nor time, no lead, no time;
    among these what most other plans have. So many from a place on.
    """
    found = typed(
        _FoundGap,
        f"""
        select {columns(_FoundGap)} from gap where basis = ? and plan_id = any(?) and (? or dim = ?)
        order by rank, whole desc, others desc, position, dim, sub limit ? offset ?
        """,
        basis,
        plan_ids,
        dim is None,
        dim,
        most,
        first,
    )
    said = {unit.unit_id: unit for unit in cards(tuple(dict.fromkeys(gap.no for gap in found if gap.no is not None)))}
    return tuple(_whole(gap, said.get(gap.unit_id or "")) for gap in found)


def _whole(gap: _FoundGap, unit: Unit | None) -> Gap:
    if unit is None:
        return Gap(**gap)
    words = {name: getattr(unit, name) for name in ("section", "first_line", "last_line", "place", "text")}
    quote = next((touch.quote for touch in unit.touches if touch.sub == gap.sub), None)
    return Gap(**gap, **words, quote=quote)


def gap_count(basis: Basis, plan_ids: tuple[str, ...], dim: int | None = None) -> int:
    """How many gaps these plans have on a dimension or on any."""
    every = whole("select plan_id, dim, count(*) as gaps from gap where basis = ? group by plan_id, dim", basis)
    found = every.sums(every.rows(plan_ids), ("dim",), "gaps")
    return sum(n for (on,), (n,) in found.items() if dim in (None, on))


def alike_tasks(basis: Basis, plan_id: str, topic: Topic, most: int) -> tuple[AlikeTask, ...]:
    """The tasks on a topic of other plans that no document has replaced, to be compared with one of this plan: at most so many,
    plans of the same level first.
    """
    where, values = condition(topic)
    where = f"kind = 'action' and plan_id <> ? and replaced_by is null and {'matched_' if basis == Basis.CONTENT else ''}{where}"
    level, kept = plan(plan_id).level, columns(AlikeTask)
    return typed(
        AlikeTask,
        f"""
        with there as (select {kept}, level from units join plan_list using (plan_id) where {where})
        (select {kept} from there where level = ? limit ?) union all (select {kept} from there where level <> ? limit ?) limit ?
    """,
        plan_id,
        *values,
        level,
        most,
        level,
        most,
        most,
    )


def lacks(basis: Basis, plan_id: str, topic: Topic) -> str | None:
    """What is missing in a cell: a task of its own (none, description, passing, named or weak: what the cell says
    instead), lead_time, lead, time; None where nothing is, or where the plan was not read. Of a dimension as a whole
    ("5+") only that it has no task at all.
    """
    found: dict[Topic, Cell] = {Topic(cell.dim, general=True): cell for cell in plan_dimensions(basis, (plan_id,))} | {
        Topic(cell.dim, cell.sub): cell for cell in plan_subdimensions(basis, (plan_id,))
    }
    cell = found.get(topic)
    if cell is None:
        return None
    if cell.is_open or (cell.state in ("passing", "named", "weak") and topic.sub):
        return cell.state
    if cell.state != "own" or not isinstance(cell, PlanSubdimension):
        return None
    return {(True, True): "lead_time", (True, False): "lead", (False, True): "time"}.get(
        (cell.led == 0, cell.timed == 0)
    )
