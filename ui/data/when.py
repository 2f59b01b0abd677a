"""Questions about time: dates, rhythms, and what falls due."""

from __future__ import annotations

import pandas

from ui.data.ask import frame


def plan_timings(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and way of saying when, zeros among them."""
    return frame("select * from plan_timing where plan_id = any(?) order by plan_id, timing", plan_ids)


def timing_words(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan, way of saying when and wording, the most frequent first."""
    return frame(
        "select * from timing_words where plan_id = any(?) order by plan_id, timing, tasks desc, timing_raw collate vi",
        plan_ids,
    )


def timing_unit_ids(plan_id: str, timing: str) -> tuple[str, ...]:
    """The tasks of a plan that say when in one way."""
    return tuple(frame("select unit_id from timed_task where plan_id = ? and timing = ?", plan_id, timing)["unit_id"])


def dated_marks(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan, kind, wording and date that units of these plans name; those without a date of their own
    last.
    """
    return frame("select * from dated_mark where plan_id = any(?) order by due nulls last, plan_id, ordinal", plan_ids)


def dated_unit_ids(plan_id: str, first_unit_id: str) -> tuple[str, ...]:
    """The units that name the same date in the same words as one of them does."""
    found = frame(
        """
        select dated_unit.unit_id from dated_unit
        join dated_unit as first on first.plan_id = dated_unit.plan_id and first.kind = dated_unit.kind and first.timing_raw is not distinct from dated_unit.timing_raw
            and first.due_from is not distinct from dated_unit.due_from and first.due_to is not distinct from dated_unit.due_to
        where dated_unit.plan_id = ? and first.unit_id = ? order by dated_unit.ordinal
    """,
        plan_id,
        first_unit_id,
    )
    return tuple(found["unit_id"])


def dimension_timings(basis: str, plan_ids: tuple[str, ...], dims: tuple[int, ...]) -> pandas.DataFrame:
    """One row per plan and way of saying when that its tasks on these dimensions use."""
    return frame(
        """
        select plan_id, timing, count(*)::int as tasks from timed_task join unit_placed using (plan_id, unit_id)
        where basis = ? and plan_id = any(?) and dim = any(?) group by all order by plan_id, timing
    """,
        basis,
        plan_ids,
        dims,
    )


# What falls due.


def due_counts(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan, kind, bearing (dated, rhythm, undated), way of saying when and wording: how many units."""
    return frame(
        "select * from due_count where plan_id = any(?) order by plan_id, kind, timing, units desc, timing_raw collate vi",
        plan_ids,
    )


def due_units(plan_ids: tuple[str, ...], bearing: str, most: int | None = None) -> pandas.DataFrame:
    """The tasks, assignments, reporting duties and targets of one bearing, the earliest date first, those without a day
    of their own last; with `most` only so many, of the latest dates.
    """
    return frame(
        """
        with picked as (select * from due_unit where plan_id = any(?) and bearing = ? order by due desc nulls first, position, ordinal limit ?)
        select picked.*, named.leads from picked left join (select unit_id, leads from unit_named where plan_id = any(?)) as named using (unit_id)
        order by due nulls last, due_from nulls first, position, ordinal
    """,
        plan_ids,
        bearing,
        most or 2**40,
        plan_ids,
    )


def due_total(plan_ids: tuple[str, ...]) -> int:
    """How many tasks, assignments, reporting duties and dated targets these plans hold."""
    return int(frame("select count(*) as n from due_unit where plan_id = any(?)", plan_ids)["n"].iloc[0])


def due_unit_ids(plan_id: str, timing: str) -> tuple[str, ...]:
    """The tasks, assignments and reporting duties of a plan that say when in one way, without a date."""
    found = frame(
        "select unit_id from due_unit where plan_id = ? and timing = ? and bearing <> 'dated' order by ordinal",
        plan_id,
        timing,
    )
    return tuple(found["unit_id"])


def recurring_days(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per unit with a rhythm and day of the year that its own words name."""
    return frame(
        """
        select recurring_day.* from recurring_day join plan_list using (plan_id)
        where plan_id = any(?) order by position, recurring_day.ordinal, month nulls first, day
    """,
        plan_ids,
    )
