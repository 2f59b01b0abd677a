"""Questions of whoever counts anew: one row a task, one a task and whoever holds it, one a cell and what speaks there."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ui.data.ask import column, columns, typed_once
from ui.data.topic import Basis


@dataclass(frozen=True, slots=True)
class CountedTask:
    """Where a task counts in either way and whether that is weak, what it names, where its lead is from, and its first
    and last day.
    """

    unit_id: str
    heading_dim: int | None
    heading_sub: str | None
    heading_weak: bool
    content_dim: int | None
    content_sub: str | None
    content_weak: bool
    dim_basis: str | None
    has_lead: bool
    lead_basis: str
    has_time: bool
    due_from: datetime.date | None
    due_to: datetime.date | None


@dataclass(frozen=True, slots=True)
class TaskHolder:
    """A task, an agency in one role and how it was read, and the office that holds it today with its standing; `once`
    where that office is counted for the task.
    """

    unit_id: str
    plan_id: str
    heading_dim: int | None
    heading_sub: str | None
    content_dim: int | None
    content_sub: str | None
    role: str
    agency: str
    as_written: str
    basis: str | None
    is_known: bool
    is_group: bool
    uncertain: bool
    standing: str
    office: str
    once: bool


@dataclass(frozen=True, slots=True)
class ListedCell:
    """A cell of coverage and a unit that speaks there, as what; without a unit where none does. `counts`: it is one of
    those that make the cell say what it says.
    """

    basis: str
    plan_id: str
    dim: int
    sub: str | None
    state: str
    unit_id: str | None
    section: str | None
    first_line: int | None
    last_line: int | None
    place: str | None
    kind: str | None
    says: str | None
    weak: bool | None
    counts: bool
    has_lead: bool | None
    has_time: bool | None
    quote: str | None


def counted_tasks(
    basis: Basis, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None, most: int
) -> tuple[CountedTask, ...]:
    """The tasks of `task_ids`, in the same order; at most so many."""
    return typed_once(
        CountedTask,
        f"""
        select {columns(CountedTask)} from listed_task(?, ?, ?, ?) join task_counted using (unit_id, ordinal)
        order by position, ordinal limit ?
    """,
        basis,
        plan_ids,
        dims is None,
        dims or (),
        most,
    )


def task_holders(
    basis: Basis, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None, most: int
) -> tuple[tuple[TaskHolder, ...], int]:
    """Who is named in these tasks, task by task, the lead first; at most so many, and how many there are."""
    asked = "from listed_task(?, ?, ?, ?) join task_holder using (unit_id, ordinal)"
    values = (basis, plan_ids, dims is None, dims or ())
    found = typed_once(
        TaskHolder,
        f"""
        select {columns(TaskHolder)} {asked}
        order by position, ordinal, list_position(['lead', 'coop', 'monitor'], role), task_holder.place limit ?
    """,
        *values,
        most,
    )
    return found, _total(asked, values, found, most)


def listed_cells(
    plan_ids: tuple[str, ...], dims: tuple[int, ...] | None, most: int
) -> tuple[tuple[ListedCell, ...], int]:
    """The cells of these plans in both ways of counting, plan by plan, dimensions before sub-dimensions; at most so many
    rows, and how many there are.
    """
    asked = "from cell_listed(?, ?, ?)"
    values = (plan_ids, dims is None, dims or ())
    found = typed_once(
        ListedCell,
        f"""
        select {columns(ListedCell)} {asked}
        order by basis = 'content', position, sub is not null, dim, sub,
            list_position(['own', 'named', 'passing', 'description', 'placed', 'mentioned'], says), ordinal, weak limit ?
    """,
        *values,
        most,
    )
    return found, _total(asked, values, found, most)


def _total(asked: str, values: tuple[object, ...], found: tuple[object, ...], most: int) -> int:
    """How many rows a question has, of which at most so many were found."""
    return len(found) if len(found) < most else int(column(f"select count(*)::int {asked}", *values)[0])
