"""The questions of the page that sets plans side by side: their tasks, and which of them correspond."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from ui.data.ask import PLANS, by_plan, columns, told, typed, typed_once
from ui.data.build import build
from ui.data.kept import kept_apart
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

    @property
    def turned(self) -> Likeness:
        """The same with the left on the right."""
        return Likeness(self.right_unit, self.left_unit, self.points, self.matters)


@dataclass(frozen=True)
class Named:
    """A matter in a task's words: from character `first` to before `last`; None where only a heading says it."""

    unit_id: str
    matter: str
    first: int | None
    last: int | None

    @property
    def plan_id(self) -> str:
        return _plan_of(self.unit_id)


@dataclass(frozen=True)
class Matter:
    """What tasks of two plans may both do, in both languages."""

    matter: str
    matter_en: str


def compared_tasks(basis: Basis, plan_ids: tuple[str, ...], most: int) -> tuple[ComparedTask, ...]:
    """One row per task of these plans with its leads, at most so many a plan, in the plan's own order."""
    asked = f"select {columns(ComparedTask)} from compared_led(?, ?, ?) order by plan_id, ordinal"
    return by_plan(ComparedTask, sorted(plan_ids), asked, basis, PLANS, most)


def task_pairs(plan_ids: tuple[str, ...], most: int, bar: int) -> tuple[Likeness, ...]:
    """What tasks of these plans correspond, of each plan at most so many tasks, from so many points on, the most alike
    first; of two tasks the one whose plan is named first stands on the left. How alike the tasks of two plans are does not
    depend on a third, so it is asked once of each two.
    """
    with told():
        held = _pairs(build().path, tuple(combinations(sorted(plan_ids), 2)), most, bar)
    found = [
        pair if plan_ids.index(one) < plan_ids.index(other) else pair.turned
        for (one, other), pairs in held.items()
        for pair in pairs or ()
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.points, pair.left_unit, pair.right_unit)))


@kept_apart(20_000)
def _pairs(
    path: str, two: tuple[tuple[str, str], ...], most: int, bar: int
) -> dict[tuple[str, str], tuple[Likeness, ...]]:
    plan_ids = tuple(sorted({plan_id for one in two for plan_id in one}))
    found: dict[tuple[str, str], list[Likeness]] = defaultdict(list)
    for pair in typed_once(Likeness, f"select {columns(Likeness)} from task_pair(?, ?, ?)", plan_ids, most, bar):
        found[_plan_of(pair.left_unit), _plan_of(pair.right_unit)].append(pair)
    return {one: tuple(found[one]) for one in two}


def named_matters(plan_ids: tuple[str, ...]) -> tuple[Named, ...]:
    """One row per task of these plans and matter that it names."""
    asked = f"select {columns(Named)} from named_matter(?) order by unit_id, first, matter"
    return by_plan(Named, sorted(plan_ids), asked, PLANS)


def _plan_of(unit_id: str) -> str:
    """The plan that a unit is in: "bac-kan-2021:10" → "bac-kan-2021"."""
    return unit_id.rpartition(":")[0]


def matters() -> tuple[Matter, ...]:
    """Every matter by its two names."""
    return typed(Matter, "select matter, matter_en from matters order by matter")
