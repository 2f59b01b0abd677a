"""Questions about time: dates, rhythms, and what falls due."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from itertools import starmap

import numpy

from ui.data.ask import PLANS, by_plan, column, columns, frame, typed
from ui.data.plans import in_reading_order
from ui.data.topic import Basis
from ui.data.units import Place
from ui.data.whole import Whole, whole


@dataclass(frozen=True)
class PlanTiming:
    """One plan and way of saying when ("dated", "monthly", … "unspecified"): its tasks."""

    plan_id: str
    timing: str
    tasks: int


def plan_timings(plan_ids: tuple[str, ...]) -> tuple[PlanTiming, ...]:
    """One row per plan and way of saying when, zeros among them, in reading order."""
    every = _timings()
    rows = every.rows(plan_ids)
    said = (every.columns[field.name][rows].tolist() for field in fields(PlanTiming))
    return tuple(starmap(PlanTiming, zip(*said)))


def timing_sums(plan_ids: tuple[str, ...]) -> dict[str, int]:
    """By way of saying when: the tasks of these plans."""
    every = _timings()
    return {timing: n for (timing,), (n,) in every.sums(every.rows(plan_ids), ("timing",), "tasks").items()}


def _timings() -> Whole:
    """Every plan and way of saying when, in reading order."""
    return whole(
        "select plan_id, timing, tasks from plan_timing join plan_list using (plan_id) order by position, timing"
    )


@dataclass(frozen=True)
class PlansTimed:
    """Plans together: how many have tasks, and how many of these say when for more than half of them, in one of some ways; the
    first of either; and how many tasks do, of how many.
    """

    with_tasks: int
    clear: int
    first: tuple[str, ...]
    first_clear: tuple[str, ...]
    tasks: int
    said: int


def plans_timed(plan_ids: tuple[str, ...], ways: tuple[str, ...]) -> PlansTimed:
    """How these plans say when."""
    every = _timings()
    rows = every.rows(plan_ids)
    tasks, names = every.columns["tasks"][rows], tuple(every.numbers)
    all_tasks = numpy.bincount(every.plan[rows], weights=tasks, minlength=len(names))
    said = numpy.bincount(
        every.plan[rows], weights=tasks * numpy.isin(every.columns["timing"][rows], ways), minlength=len(names)
    )
    held, clear = numpy.flatnonzero(all_tasks), numpy.flatnonzero(2 * said > all_tasks)
    first, first_clear = tuple(names[at] for at in held[:1]), tuple(names[at] for at in clear[:3])
    return PlansTimed(len(held), len(clear), first, first_clear, int(all_tasks.sum()), int(said.sum()))


@dataclass(frozen=True)
class TimingWords:
    """One plan, way of saying when, and the plan's own words for it: the tasks that use them."""

    plan_id: str
    timing: str
    timing_raw: str
    tasks: int


def timing_words(plan_ids: tuple[str, ...]) -> tuple[TimingWords, ...]:
    """One row per plan, way of saying when and wording, the most frequent first."""
    asked = (
        "select * from timing_words where plan_id = any(?) order by plan_id, timing, tasks desc, timing_raw collate vi"
    )
    return by_plan(TimingWords, sorted(plan_ids), asked, PLANS)


def timing_unit_ids(plan_id: str, timing: str) -> tuple[str, ...]:
    """The tasks of a plan that say when in one way."""
    return tuple(frame("select unit_id from timed_task where plan_id = ? and timing = ?", plan_id, timing)["unit_id"])


@dataclass(frozen=True)
class DatedMark:
    """One plan, kind, wording ("" where a table's column says it) and date: the first of the units that name it, and
    how many do.
    """

    first_unit_id: str
    plan_id: str
    kind: str
    raw: str
    due_from: datetime.date | None
    due_to: datetime.date | None
    units: int


def dated_marks(plan_ids: tuple[str, ...], most: int | None = None) -> tuple[DatedMark, ...]:
    """One row per plan, kind, wording and date that units of these plans name, the earliest first; those without a date of
    their own last. With `most` only so many of either: of those with a date the latest.
    """
    return typed(
        DatedMark,
        f"""
        with marks as (select * from dated_mark where plan_id = any(?)),
        placed as (from marks where due is not null order by due desc, plan_id desc, ordinal desc limit ?),
        others as (from marks where due is null order by plan_id, ordinal limit ?)
        select {columns(DatedMark)} from (from placed union all from others) order by due nulls last, plan_id, ordinal
        """,
        plan_ids,
        most,
        most,
    )


@dataclass(frozen=True)
class DatedSum:
    """Plans together: how many marks have a day, and how many units; how many units have none; how many days lie ahead, and how
    many tasks' days have passed.
    """

    marks: int
    placed: int
    unplaced: int
    ahead: int
    passed_tasks: int


def dated_sum(plan_ids: tuple[str, ...], today: datetime.date) -> DatedSum:
    """What these plans date."""
    every = whole(
        "select plan_id, coalesce(due, date '0001-01-01') as due, due is not null as has_day, kind = 'action' as is_task, units from dated_mark"
    )
    rows = every.rows(plan_ids)
    due, has_day, is_task, units = (every.columns[name][rows] for name in ("due", "has_day", "is_task", "units"))
    ahead = has_day & (due >= numpy.datetime64(today))
    return DatedSum(
        int(has_day.sum()), *(int(units[here].sum()) for here in (has_day, ~has_day, ahead, has_day & ~ahead & is_task))
    )


def next_mark(plan_ids: tuple[str, ...], today: datetime.date) -> DatedMark | None:
    """The nearest of the days ahead; None where all have passed."""
    found = typed(
        DatedMark,
        f"""
        select {columns(DatedMark)} from dated_mark where plan_id = any(?) and due >= ?
        order by due, plan_id, ordinal limit 1
        """,
        plan_ids,
        today,
    )
    return found[0] if found else None


def dated_unit_ids(plan_id: str, first_unit_id: str) -> tuple[str, ...]:
    """The units that name the same date in the same words as one of them does."""
    return column("select unit_id from dated_alike(?, ?) order by ordinal", plan_id, first_unit_id)


def dimension_timings(basis: Basis, plan_ids: tuple[str, ...], dims: tuple[int, ...]) -> tuple[PlanTiming, ...]:
    """One row per plan and way of saying when that its tasks on these dimensions use."""
    return typed(
        PlanTiming,
        f"select {columns(PlanTiming)} from dimension_timing(?, ?, ?) order by plan_id, timing",
        basis,
        plan_ids,
        dims,
    )


# What falls due.


@dataclass(frozen=True)
class DueCount:
    """One plan, kind, bearing (dated, rhythm, worded, undated), way of saying when and wording: how many units."""

    plan_id: str
    kind: str
    bearing: str
    timing: str
    timing_raw: str | None
    units: int


def due_counts(plan_ids: tuple[str, ...]) -> tuple[DueCount, ...]:
    """One row per plan, kind, bearing, way of saying when and wording, the most frequent wording first."""
    asked = """
        select * from due_count where plan_id = any(?) and kind <> 'objective'
        order by plan_id, kind, timing, units desc, timing_raw collate vi
    """
    return by_plan(DueCount, sorted(plan_ids), asked, PLANS)


@dataclass(frozen=True)
class DueUnit:
    """A task, assignment, reporting duty or dated target: how it says when, its day where it has one (`due`: the last
    of its time, else the first), and who leads.
    """

    unit_id: str
    plan_id: str
    kind: str
    section: str
    first_line: int
    last_line: int
    place: str | None
    text: str
    timing: str
    timing_raw: str | None
    due_from: datetime.date | None
    due_to: datetime.date | None
    due: datetime.date | None
    leads: tuple[str, ...] | None


def due_units(plan_ids: tuple[str, ...], bearing: str) -> tuple[DueUnit, ...]:
    """The tasks, assignments, reporting duties and targets of one bearing, the earliest date first, those without a day
    of their own last.
    """
    return typed(
        DueUnit,
        f"select {columns(DueUnit)} from due_led(?, ?) order by due nulls last, due_from nulls first, position, ordinal",
        plan_ids,
        bearing,
    )


def due_places(plan_ids: tuple[str, ...], bearing: str, most: int) -> tuple[Place, ...]:
    """In the same order where at most so many stand, of the latest dates."""
    return typed(
        Place,
        f"""
        with latest as (
            from due_order where bearing = ? and plan_id = any(?) order by due desc nulls first, no limit ?
        )
        select {columns(Place)} from latest order by due nulls last, due_from nulls first, no
        """,
        bearing,
        plan_ids,
        most,
    )


def due_total(plan_ids: tuple[str, ...]) -> int:
    """How many tasks, assignments, reporting duties and dated targets these plans hold."""
    return sum(_due_sums(plan_ids).values())


def due_sums(plan_ids: tuple[str, ...]) -> dict[str, int]:
    """By bearing: the tasks, assignments and reporting duties of these plans."""
    found: dict[str, int] = {}
    for (bearing, kind), n in _due_sums(plan_ids).items():
        if kind != "objective":
            found[bearing] = found.get(bearing, 0) + n
    return found


def _due_sums(plan_ids: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """By bearing and kind."""
    every = whole("select plan_id, bearing, kind, sum(units)::integer as units from due_count group by all")
    found = every.sums(every.rows(plan_ids), ("bearing", "kind"), "units")
    return {said: n for said, (n,) in found.items()}


@dataclass(frozen=True)
class UndatedWay:
    """A plan and a way in which it says something without a date."""

    timing: str
    plan_id: str


def undated_count(plan_ids: tuple[str, ...], ways: tuple[str, ...]) -> int:
    """In how many of these ways these plans say something without a date, plan by plan."""
    return len(_undated(plan_ids, ways))


def undated(plan_ids: tuple[str, ...], ways: tuple[str, ...], first: int, most: int) -> tuple[UndatedWay, ...]:
    """Which of these plans do in which of these ways: by way, then in reading order; so many from a place on."""
    return tuple(UndatedWay(*one) for one in _undated(plan_ids, ways)[first : first + most])


def _undated(plan_ids: tuple[str, ...], ways: tuple[str, ...]) -> list[tuple[str, str]]:
    every = whole("select plan_id, timing from undated_way order by position")
    rows = every.rows(plan_ids)
    timing, plan = every.columns["timing"][rows], every.columns["plan_id"][rows]
    return [(way, plan_id) for way in ways for plan_id in plan[timing == way]]


def due_unit_ids(plan_id: str, timing: str) -> tuple[str, ...]:
    """The tasks, assignments and reporting duties of a plan that say when in one way, without a date."""
    found = frame(
        "select unit_id from due_unit where plan_id = ? and timing = ? and bearing <> 'dated' order by ordinal",
        plan_id,
        timing,
    )
    return tuple(found["unit_id"])


@dataclass(frozen=True)
class RecurringDay:
    """A day of the year (`month` is None: of every month) that the words of a unit with a rhythm name."""

    unit_id: str
    plan_id: str
    timing: str
    raw: str
    month: int | None
    day: int


def recurring_days(plan_ids: tuple[str, ...]) -> tuple[RecurringDay, ...]:
    """One row per unit with a rhythm and day of the year that its own words name."""
    asked = (
        f"select {columns(RecurringDay)} from recurring_placed(?) order by position, ordinal, month nulls first, day"
    )
    return by_plan(RecurringDay, in_reading_order(plan_ids), asked, PLANS)
