"""Two to four plans side by side: which of their tasks correspond, which may, and which only one of them has.

In: the tasks of the chosen plans (`data.compared_tasks`) and how alike they are (`data.task_pairs`), whatever headings
they stand under; a task may correspond to several. Out: `Comparison`, which every sentence, picture and table of the
page is made from. Computed when it is asked for, and kept for a build, a way of counting, the plans and the bar; of a
plan at most `MOST_TASKS` tasks are compared, and it is said where there are more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ui import data
from ui.data.compare import BAR, NEAR, ComparedTask, Likeness, Named
from ui.data.coverage import PlanDimension, PlanSummary
from ui.data.kept import kept
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

    @property
    def subs(self) -> tuple[str, ...]:
        """The sub-dimensions that both are about or name."""
        return tuple(sub for sub in self.left.subs if sub in self.right.subs)

    @property
    def dims(self) -> set[str]:
        return {self.left.dim, self.right.dim}

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
        said = [task.timing != "unspecified" for task in (self.left, self.right)]
        if not all(said):
            return "one" if any(said) else "none"
        if self.left.timing != self.right.timing:
            return "differ"
        worded = self.left.timing in ("dated", "event")
        return (
            "differ"
            if worded and likeness.words(self.left.timing_raw or "") != likeness.words(self.right.timing_raw or "")
            else "same"
        )

    @property
    def lead_differs(self) -> bool:
        return self.lead in ("differ", "part", "one")

    @property
    def time_differs(self) -> bool:
        return self.time in ("differ", "one")


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
    what may (`maybe`), the most alike first; and of each task the matters that its words name. `own` is the reader's plan,
    where only its pairs with the others are looked at.
    """

    basis: Basis
    bar: int
    own: str | None
    plans: Sequence[Plan]
    summaries: Mapping[str, PlanSummary]
    tasks: Mapping[tuple[str, str], PlanTasks]
    matches: tuple[TaskPair, ...]
    maybe: tuple[TaskPair, ...]
    named: Mapping[str, Sequence[Named]]

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


def groups(matches: Iterable[TaskPair]) -> list[tuple[TaskPair, ...]]:
    """Pairs by their left task, each task with its counterparts, the most alike first, in the order of the pairs."""
    found: dict[str, list[TaskPair]] = defaultdict(list)
    for match in matches:
        found[match.left.unit_id].append(match)
    return [tuple(some) for some in found.values()]


def compare(basis: Basis, plan_ids: tuple[str, ...], bar: int, own: str | None = None) -> Comparison:
    """The comparison of these plans, kept for this build; where one of them is the reader's own, of that one with each of
    the others.
    """
    return _compare(data.build().path, basis, plan_ids, bar, own if own in plan_ids else None)


@kept(24)
def _compare(build: str, basis: Basis, plan_ids: tuple[str, ...], bar: int, own: str | None) -> Comparison:
    tasks = {task.unit_id: task for task in data.compared_tasks(basis, plan_ids, MOST_TASKS)}
    pairs = [
        TaskPair(tasks[alike.left_unit], tasks[alike.right_unit], alike)
        for alike in data.task_pairs(plan_ids, MOST_TASKS, NEAR)
        if own is None or own in (tasks[alike.left_unit].plan_id, tasks[alike.right_unit].plan_id)
    ]
    matches, maybe = _parted(pairs, bar)
    paired, near = ({task.unit_id for match in some for task in (match.left, match.right)} for some in (matches, maybe))
    summaries = {row.plan_id: row for row in data.plan_summaries(basis, plan_ids)}
    says = {(row.plan_id, str(row.dim)): row for row in data.plan_dimensions(basis, plan_ids)}
    totals = {place: row.tasks for place, row in says.items()}
    totals |= {(plan, "x"): row.unplaced for plan, row in summaries.items()}
    parts: dict[tuple[str, str, str], list[ComparedTask]] = defaultdict(list)
    for task in tasks.values():
        which = "both" if task.unit_id in paired else "maybe" if task.unit_id in near else "only"
        parts[task.plan_id, task.dim, which].append(task)
    held = {
        (plan, dim): PlanTasks(
            tuple(parts[plan, dim, "both"]),
            tuple(parts[plan, dim, "maybe"]),
            tuple(parts[plan, dim, "only"]),
            totals.get((plan, dim), 0),
            says.get((plan, dim)),
        )
        for plan in plan_ids
        for dim in DIMS
    }
    named: dict[str, list[Named]] = defaultdict(list)
    for one in data.named_matters(plan_ids):
        named[one.unit_id].append(one)
    plans = [data.plan(plan_id) for plan_id in plan_ids]
    return Comparison(basis, bar, own, plans, summaries, held, matches, maybe, named)


def _parted(pairs: Sequence[TaskPair], bar: int) -> tuple[tuple[TaskPair, ...], tuple[TaskPair, ...]]:
    """The pairs that reach the bar; and of tasks that are in none of these for two plans the ones that come near it."""
    matches = tuple(pair for pair in pairs if pair.alike.points >= bar)
    settled = {(task.unit_id, other.plan_id) for pair in matches for task, other in _both_ways(pair)}
    return matches, tuple(
        pair
        for pair in pairs
        if pair.alike.points < bar
        and any((task.unit_id, other.plan_id) not in settled for task, other in _both_ways(pair))
    )


def _both_ways(pair: TaskPair) -> tuple[tuple[ComparedTask, ComparedTask], ...]:
    return (pair.left, pair.right), (pair.right, pair.left)
