"""Two to four plans side by side: which of their tasks correspond, which may, and which only one of them has.

In: the tasks of the chosen plans (`data.compared_tasks`) and how alike they are (`data.task_pairs`), whatever headings
they stand under; a task may correspond to several. Out: `Comparison`, which every sentence, picture and table of the
page is made from. Computed when it is asked for, and kept for a build, a way of counting, the plans and the bar; of a
plan at most `MOST_TASKS` tasks are compared, and it is said where there are more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

import numpy

from ui import data
from ui.data.compare import BAR, NEAR, ComparedTask, Likeness, TaskPairs
from ui.data.coverage import PlanDimension, PlanSummary
from ui.data.kept import kept_apart
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.topics.compare import likeness

MOST_PLANS = 4
MOST_TASKS = 400
"""So many tasks of a plan are compared."""
BARS = (60, 70, 80, 90)
"""The least points of a pair that a reader may set; the first unless they do."""
assert BARS[0] == BAR
DIMS = ("1", "2", "3", "4", "5", "6", "7", "8", "0", "x")
"""The rows of the picture, and what `ComparedTask.dim` may be: the eight dimensions, what is cross-cutting, and what fits
none.
"""


@dataclass(frozen=True)
class TaskPair:
    """Two tasks that correspond, or may, the one of the plan that comes first on the left."""

    left: ComparedTask
    right: ComparedTask
    alike: Likeness

    @property
    def points(self) -> int:
        """0 to 100, down to whole points: 100 is said of the same words only, and not where one clause is the same."""
        return int(self.alike.points) if self.shared == (1, 1) else min(99, int(self.alike.points))

    @cached_property
    def shared(self) -> tuple[float, float]:
        """How much of each text stands in the other, as a share of its words."""
        return likeness.shared(self.left.text, self.right.text)

    @property
    def near(self) -> bool:
        """Alike nearly word for word."""
        return likeness.near(self.left.text, self.right.text)

    @cached_property
    def lead(self) -> str:
        """How the leads compare: same, part (some are the same), differ, one (only one side names any), none. By
        name.
        """
        left, right = set(self.left.leads), set(self.right.leads)
        if not left and not right:
            return "none"
        if not left or not right:
            return "one"
        if left == right:
            return "same"
        return "part" if left & right else "differ"

    @cached_property
    def time(self) -> str:
        """How the timings compare: same, differ, one (only one side says when), none. Dates and events by the plans'
        own words.
        """
        left, right = when(self.left), when(self.right)
        if left is None or right is None:
            return "none" if left == right else "one"
        return "same" if left == right else "differ"

    @property
    def lead_differs(self) -> bool:
        return led(self.left) != led(self.right)

    @property
    def time_differs(self) -> bool:
        return when(self.left) != when(self.right)


def led(task: ComparedTask) -> frozenset[str]:
    """Who leads a task, as two tasks are compared by it."""
    return frozenset(task.leads)


def when(task: ComparedTask) -> tuple[str, tuple[str, ...]] | None:
    """When a task is done, as two tasks are compared by it; None where it does not say."""
    if task.timing == "unspecified":
        return None
    return task.timing, likeness.words(task.timing_raw or "") if task.timing in ("dated", "event") else ()


@dataclass(frozen=True, eq=False)
class Pairs(Sequence[TaskPair]):
    """Pairs of tasks, the most alike first. There may be many thousands: what all of them are asked is answered for all at
    once, and a pair itself is made when it is shown.
    """

    tasks: Sequence[ComparedTask]
    alike: TaskPairs

    def __len__(self) -> int:
        return len(self.alike)

    @overload
    def __getitem__(self, at: int) -> TaskPair: ...
    @overload
    def __getitem__(self, at: slice) -> list[TaskPair]: ...
    def __getitem__(self, at: int | slice) -> TaskPair | list[TaskPair]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        left, right = (self.tasks[side[at]] for side in (self.alike.left, self.alike.right))
        return TaskPair(left, right, self.alike[at])

    def where(self, here: numpy.ndarray) -> Pairs:
        """Some of the pairs."""
        return replace(self, alike=self.alike.where(here))

    def on(self, dim: str) -> numpy.ndarray:
        """Of which pairs a task is on a dimension."""
        here = numpy.array([task.dim == dim for task in self.tasks], bool)
        return here[self.alike.left] | here[self.alike.right]

    @cached_property
    def dims(self) -> set[str]:
        """The dimensions of these pairs."""
        return {self.tasks[at].dim for at in numpy.flatnonzero(self.paired).tolist()}

    @cached_property
    def paired(self) -> numpy.ndarray:
        """Which tasks are in one of these pairs."""
        held = numpy.zeros(len(self.tasks), bool)
        held[self.alike.left] = held[self.alike.right] = True
        return held

    @cached_property
    def near(self) -> numpy.ndarray:
        """Which pairs are alike nearly word for word."""
        return likeness.all_near([task.text for task in self.tasks], self.alike.left, self.alike.right)

    @cached_property
    def lead_differs(self) -> numpy.ndarray:
        """Which pairs differ in who leads."""
        return self._differ([led(task) for task in self.tasks])

    @cached_property
    def time_differs(self) -> numpy.ndarray:
        """Which pairs differ in when."""
        return self._differ([when(task) for task in self.tasks])

    def _differ(self, said: Sequence[object]) -> numpy.ndarray:
        numbers = {one: at for at, one in enumerate(dict.fromkeys(said))}
        codes = numpy.array([numbers[one] for one in said], int)
        return codes[self.alike.left] != codes[self.alike.right]


@dataclass(frozen=True)
class PlanTasks:
    """The tasks of a plan on one dimension: those that correspond to some task of another plan, those that may, and those
    that only this plan has; how many there are in all; and the row that says what the plan says of the dimension.
    """

    both: tuple[ComparedTask, ...]
    maybe: tuple[ComparedTask, ...]
    only: tuple[ComparedTask, ...]
    total: int
    says: PlanDimension | None

    @property
    def compared(self) -> int:
        return len(self.both) + len(self.maybe) + len(self.only)

    def part(self, which: str) -> tuple[ComparedTask, ...]:
        """The tasks of a part: both, maybe or only."""
        return {"both": self.both, "maybe": self.maybe, "only": self.only}[which]


PARTS = ("both", "maybe", "only")
"""The parts of a bar, from its inner end."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """The plans in the order asked for with their sums; their tasks by plan and dimension; what corresponds (`matches`) and
    what may (`maybe`), the most alike first. `own` is the reader's plan, where only its pairs with the others are looked at.
    """

    basis: Basis
    bar: int
    own: str | None
    plans: Sequence[Plan]
    summaries: Mapping[str, PlanSummary]
    tasks: Mapping[tuple[str, str], PlanTasks]
    matches: Pairs
    maybe: Pairs

    @property
    def dims(self) -> list[str]:
        """The rows of the picture; what fits no dimension has a row only where there is any."""
        unplaced = any(self.tasks[plan.plan_id, "x"].total for plan in self.plans)
        return [dim for dim in DIMS if dim != "x" or unplaced]

    @property
    def has_tasks(self) -> bool:
        return any(tasks.compared for tasks in self.tasks.values())

    def unit_ids(self, plan_id: str, part: str) -> tuple[str, ...]:
        """The tasks behind a segment of a bar: "3-both", "3-maybe", "3-only"."""
        dim, _, which = part.partition("-")
        return tuple(task.unit_id for task in self.tasks[plan_id, dim].part(which))

    def of(self, plan: Plan) -> list[PlanTasks]:
        """The tasks of a plan, dimension by dimension."""
        return [self.tasks[plan.plan_id, dim] for dim in DIMS]


def groups(found: TaskPairs, most: int) -> list[tuple[int, ...]]:
    """The places of the first pairs, at most so many, by their left task: each with its counterparts, the most alike first, in
    the order of the pairs.
    """
    by_left: dict[int, list[int]] = defaultdict(list)
    for at, left in enumerate(found.left[:most].tolist()):
        by_left[left].append(at)
    return [tuple(some) for some in by_left.values()]


Asked = tuple[Basis, tuple[str, ...], int, str | None]
"""What is compared: which tasks plans have, the plans, the bar, and the reader's own where only its pairs are looked at."""


def compare(basis: Basis, plan_ids: tuple[str, ...], bar: int, own: str | None = None) -> Comparison:
    """The comparison of these plans, kept for this build; where one of them is the reader's own, of that one with each of
    the others.
    """
    asked = basis, plan_ids, bar, own if own in plan_ids else None
    found = _comparisons(data.build().path, (asked,))[asked]
    assert found is not None
    return found


def _size(found: Comparison) -> int:
    """How much a comparison holds, in tasks: a pair is three numbers, of which a task takes as much room as twenty. Twenty-four
    comparisons of four plans of 400 tasks are kept.
    """
    return len(found.matches.tasks) + (len(found.matches) + len(found.maybe)) // 20


@kept_apart(80_000, _size)
def _comparisons(build: str, asked: tuple[Asked, ...]) -> dict[Asked, Comparison]:
    return {one: _compare(*one) for one in asked}


def _compare(basis: Basis, plan_ids: tuple[str, ...], bar: int, own: str | None) -> Comparison:
    found = data.task_pairs(plan_ids, MOST_TASKS, NEAR)
    held = {task.unit_id: task for task in data.compared_tasks(basis, plan_ids, MOST_TASKS)}
    tasks = [held[unit_id] for unit_id in found.unit_ids]
    plan = numpy.array([plan_ids.index(task.plan_id) for task in tasks], int)
    if own is not None:
        mine = plan == plan_ids.index(own)
        found = found.where(mine[found.left] | mine[found.right])
    matches, maybe = _parted(Pairs(tasks, found), plan, bar)
    summaries = {row.plan_id: row for row in data.plan_summaries(basis, plan_ids)}
    says = {(row.plan_id, str(row.dim)): row for row in data.plan_dimensions(basis, plan_ids)}
    totals = {place: row.tasks for place, row in says.items()}
    totals |= {(plan_id, "x"): row.unplaced for plan_id, row in summaries.items()}
    parts: dict[tuple[str, str, str], list[ComparedTask]] = defaultdict(list)
    for task, is_paired, is_near in zip(tasks, matches.paired, maybe.paired):
        parts[task.plan_id, task.dim, "both" if is_paired else "maybe" if is_near else "only"].append(task)
    shown = {
        (plan_id, dim): PlanTasks(
            tuple(parts[plan_id, dim, "both"]),
            tuple(parts[plan_id, dim, "maybe"]),
            tuple(parts[plan_id, dim, "only"]),
            totals.get((plan_id, dim), 0),
            says.get((plan_id, dim)),
        )
        for plan_id in plan_ids
        for dim in DIMS
    }
    plans = [data.plan(plan_id) for plan_id in plan_ids]
    return Comparison(basis, bar, own, plans, summaries, shown, matches, maybe)


def _parted(pairs: Pairs, plan: numpy.ndarray, bar: int) -> tuple[Pairs, Pairs]:
    """The pairs that reach the bar; and of tasks that are in none of these for two plans the ones that come near it. `plan`:
    the plan of each task, by number.
    """
    left, right, is_match = pairs.alike.left, pairs.alike.right, pairs.alike.points >= bar
    settled = numpy.zeros((len(plan), plan.max(initial=0) + 1), bool)
    settled[left[is_match], plan[right[is_match]]] = settled[right[is_match], plan[left[is_match]]] = True
    is_open = ~settled[left, plan[right]] | ~settled[right, plan[left]]
    return pairs.where(is_match), pairs.where(~is_match & is_open)
