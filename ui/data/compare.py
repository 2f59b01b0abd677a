"""The questions of the page that sets plans side by side: their tasks, and which of them correspond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations

import numpy

from carried.alike import Alike, Tasks, alike, of_plans, shared
from ui.data.ask import PLANS, arrays_once, by_plan, columns, told, typed
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
    `place` say where it stands.
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


@dataclass(frozen=True)
class Likeness:
    """Two tasks that may correspond: how alike, 0 to 100, which matters they share, the weightiest first, and which
    sub-dimensions both are about or name.
    """

    left_unit: str
    right_unit: str
    points: float
    matters: tuple[str, ...]
    subs: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class TaskPairs(Sequence[Likeness]):
    """Tasks that may correspond, the most alike first: of each pair the places of both among the tasks of all plans
    (`unit_ids`), and its points. What else is known of a pair is looked up when it is asked for.
    """

    unit_ids: tuple[str, ...]
    left: numpy.ndarray
    right: numpy.ndarray
    points: numpy.ndarray
    _tasks: Mapping[str, Tasks]

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, at: int) -> Likeness:  # type: ignore[override]  # a part is taken by `where`
        left, right = self.unit_ids[self.left[at]], self.unit_ids[self.right[at]]
        (one, here), (other, there) = ((self._tasks[_plan_of(unit)], unit) for unit in (left, right))
        mine, theirs = one.place[here], other.place[there]
        touched = other.subs.get(theirs, ())
        subs = tuple(sub for sub in one.subs.get(mine, ()) if sub in touched)
        return Likeness(left, right, float(self.points[at]), shared(one, mine, other, theirs), subs)

    def where(self, here: numpy.ndarray) -> TaskPairs:
        """Some of the pairs."""
        return replace(self, left=self.left[here], right=self.right[here], points=self.points[here])


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
    asked = f"select {columns(ComparedTask)} from compared_led(?, ?, ?) order by plan_id, ordinal"
    return by_plan(ComparedTask, sorted(plan_ids), asked, basis, PLANS, most)


def task_pairs(plan_ids: tuple[str, ...], most: int, bar: int) -> TaskPairs:
    """What tasks of these plans correspond, of each plan at most so many tasks, from so many points on, the most alike
    first; of two tasks the one whose plan is named first stands on the left. What is known of a plan does not depend on
    another, nor how alike the tasks of two plans are on a third, so either is asked once.
    """
    ordered = tuple(sorted(plan_ids))
    with told():
        tasks = _told(build().path, ordered, most)
        held = _pairs(build().path, tuple(combinations(ordered, 2)), most, bar)
    starts = dict(zip(ordered, accumulate((len(tasks[plan_id].unit_ids) for plan_id in ordered), initial=0)))
    sides: list[list[numpy.ndarray]] = [[], [], []]
    for (one, other), found in held.items():
        if found is None:
            continue
        places = [starts[one] + found.left, starts[other] + found.right]
        if plan_ids.index(one) > plan_ids.index(other):
            places.reverse()
        for side, part in zip(sides, (*places, found.points)):
            side.append(part)
    left, right, points = (numpy.concatenate(side) if side else numpy.zeros(0, int) for side in sides)
    unit_ids = tuple(unit_id for plan_id in ordered for unit_id in tasks[plan_id].unit_ids)
    rank = numpy.empty(len(unit_ids), int)
    rank[numpy.argsort(numpy.array(unit_ids, str))] = numpy.arange(len(unit_ids))
    return TaskPairs(unit_ids, left, right, points, tasks).where(numpy.lexsort((rank[right], rank[left], -points)))


@kept_apart(32)
def _tasks(path: str, plan_ids: tuple[str, ...], most: int) -> dict[str, Tasks]:
    about, words = (arrays_once(f"from {view}(?, ?)", plan_ids, most) for view in ("task_about", "task_word"))
    return dict(zip(plan_ids, of_plans(len(plan_ids), about, words)))


def _told(path: str, plan_ids: tuple[str, ...], most: int) -> dict[str, Tasks]:
    return {plan_id: one for plan_id, one in _tasks(path, plan_ids, most).items() if one is not None}


@kept_apart(400_000)
def _pairs(path: str, two: tuple[tuple[str, str], ...], most: int, bar: int) -> dict[tuple[str, str], Alike]:
    tasks = _told(path, tuple(sorted({plan_id for one in two for plan_id in one})), most)
    return {(one, other): alike(tasks[one], tasks[other], bar) for one, other in two}


def named_matters(unit_ids: tuple[str, ...]) -> tuple[Named, ...]:
    """One row per task of these and matter that it names."""
    by_plan: dict[str, list[str]] = {}
    for unit_id in unit_ids:
        by_plan.setdefault(_plan_of(unit_id), []).append(unit_id)
    if not by_plan:
        return ()
    # plan by plan, since the rows of a plan lie together; in one question, since to plan another takes longer than to answer it
    asked = " union all ".join(f"select {columns(Named)} from named_matter(?, ?)" for _ in by_plan)
    values = (value for plan_id, own in by_plan.items() for value in (plan_id, tuple(own)))
    return typed(Named, f"{asked} order by unit_id, first, matter", *values)


def _plan_of(unit_id: str) -> str:
    """The plan that a unit is in: "bac-kan-2021:10" → "bac-kan-2021"."""
    return unit_id.rpartition(":")[0]


def matters() -> tuple[Matter, ...]:
    """Every matter by its two names."""
    return typed(Matter, "select matter, matter_en from matters order by matter")
