"""The questions of the page that sets plans side by side: their tasks, and which of them correspond."""

from __future__ import annotations

from dataclasses import dataclass

from ui.data.ask import columns, typed
from ui.data.topic import Basis

BAR = 60
"""The least points of a pair unless a reader sets another: the point that was measured against labelled pairs."""
NEAR = 45
"""The least points of tasks that may correspond: what has none so near stands on one side only."""


@dataclass(frozen=True)
class ComparedTask:
    """What a comparison needs of a task. `dim` is its dimension as text, "x" for what fits none; `section`, the lines and
    `place` say where it stands; `subs` are the sub-dimensions it is about or names.
    """

    unit_id: str
    plan_id: str
    dim: str
    sub: str | None
    text: str
    section: str
    first_line: int
    last_line: int
    leads: tuple[str, ...]
    timing: str
    timing_raw: str | None
    place: str | None = None
    subs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """Two tasks that may correspond: how alike, 0 to 100, and which matters they share, the weightiest first."""

    left_unit: str
    right_unit: str
    points: float
    matters: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A matter in a task's words: from character `first` to before `last`; None where only a heading says it."""

    unit_id: str
    matter: str
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Matter:
    """What tasks of two plans may both do, in both languages."""

    matter: str
    matter_en: str


def compared_tasks(basis: Basis, plan_ids: tuple[str, ...], most: int) -> tuple[ComparedTask, ...]:
    """One row per task of these plans with its leads, at most so many a plan, in the plan's own order."""
    return typed(
        ComparedTask,
        f"select {columns(ComparedTask)} from compared_led(?, ?, ?) order by plan_id, ordinal",
        basis,
        plan_ids,
        most,
    )


def task_pairs(plan_ids: tuple[str, ...], most: int, bar: int) -> tuple[Likeness, ...]:
    """What tasks of these plans correspond, of each plan at most so many tasks, from so many points on, the most alike
    first; of two tasks the one whose plan is named first stands on the left.
    """
    return typed(
        Likeness,
        f"select {columns(Likeness)} from task_pair(?, ?, ?) order by points desc, left_unit, right_unit",
        plan_ids,
        most,
        bar,
    )


def named_matters(plan_ids: tuple[str, ...]) -> tuple[Named, ...]:
    """One row per task of these plans and matter that it names."""
    return typed(Named, f"select {columns(Named)} from named_matter(?) order by unit_id, first", plan_ids)


def matters() -> tuple[Matter, ...]:
    """Every matter by its two names."""
    return typed(Matter, "select matter, matter_en from matters order by matter")
