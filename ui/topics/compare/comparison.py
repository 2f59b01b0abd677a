"""Two to four plans side by side: which of their tasks correspond, and which only one of them has.

In: the tasks of the chosen plans (`data.compared_tasks`), paired by `likeness` within a dimension. Out: `Comparison`,
which every sentence, picture and table of the page is made from. Computed when it is asked for, and kept for a build, a
way of counting, the plans and the bar; of a dimension at most `MOST_TASKS` tasks a plan are compared, and it is said
where there are more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ui import data
from ui.data.compare import ComparedTask
from ui.data.coverage import PlanDimension, PlanSummary
from ui.data.kept import kept
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.topics.compare import likeness

MOST_PLANS = 4
MOST_TASKS = 250
"""So many tasks of a plan are compared in one dimension."""
BARS = (60, 70, 80, 90)
BAR = 70
"""The least score of a pair, unless the reader sets another."""
DIMS = ("1", "2", "3", "4", "5", "6", "7", "8", "0", "x")
"""The rows of the picture, and what `ComparedTask.dim` may be: the eight dimensions, what is cross-cutting, and what fits
none.
"""


@dataclass(frozen=True)
class TaskPair:
    """Two tasks that correspond, the one of the plan that comes first on the left."""

    left: ComparedTask
    right: ComparedTask
    pair: likeness.Pair

    @property
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

    @property
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
    """The tasks of a plan on one dimension: those that correspond to some task of another plan, and those that only
    this plan has; how many there are in all; and the row that says what the plan says of the dimension.
    """

    both: tuple[ComparedTask, ...]
    only: tuple[ComparedTask, ...]
    total: int
    says: PlanDimension | None

    @property
    def compared(self) -> int:
        return len(self.both) + len(self.only)


@dataclass(frozen=True, eq=False)
class Comparison:
    """The plans in the order asked for with their sums; their tasks by plan and dimension, and the pairs, the most alike
    first.
    """

    basis: Basis
    bar: int
    plans: Sequence[Plan]
    summaries: Mapping[str, PlanSummary]
    tasks: Mapping[tuple[str, str], PlanTasks]
    matches: tuple[TaskPair, ...]

    @property
    def dims(self) -> list[str]:
        """The rows of the picture; what fits no dimension has a row only where there is any."""
        unplaced = any(self.tasks[plan.plan_id, "x"].total for plan in self.plans)
        return [dim for dim in DIMS if dim != "x" or unplaced]

    @property
    def has_tasks(self) -> bool:
        return any(tasks.compared for tasks in self.tasks.values())

    def unit_ids(self, plan_id: str, part: str) -> tuple[str, ...]:
        """The tasks behind a segment of a bar: "3-both", "3-only"."""
        dim, _, which = part.partition("-")
        tasks = self.tasks[plan_id, dim]
        return tuple(task.unit_id for task in (tasks.both if which == "both" else tasks.only))

    def of(self, plan: Plan) -> list[PlanTasks]:
        """The tasks of a plan, dimension by dimension."""
        return [self.tasks[plan.plan_id, dim] for dim in DIMS]


def compare(basis: Basis, plan_ids: tuple[str, ...], bar: int) -> Comparison:
    """The comparison of these plans, kept for this build."""
    return _compare(data.build().path, basis, plan_ids, bar)


@kept(24)
def _compare(build: str, basis: Basis, plan_ids: tuple[str, ...], bar: int) -> Comparison:
    tasks: dict[tuple[str, str], list[ComparedTask]] = defaultdict(list)
    for task in data.compared_tasks(basis, plan_ids, MOST_TASKS):
        tasks[task.plan_id, task.dim].append(task)
    matches = [
        TaskPair(ours[pair.left], theirs[pair.right], pair)
        for left, right in combinations(plan_ids, 2)
        for dim in DIMS
        for ours, theirs in ((tasks[left, dim], tasks[right, dim]),)
        for pair in likeness.pairs([task.text for task in ours], [task.text for task in theirs], bar)
    ]
    matches.sort(key=lambda match: -match.pair.points)
    paired = {task.unit_id for match in matches for task in (match.left, match.right)}
    summaries = {row.plan_id: row for row in data.plan_summaries(basis, plan_ids)}
    says = {(row.plan_id, str(row.dim)): row for row in data.plan_dimensions(basis, plan_ids)}
    totals = {place: row.tasks for place, row in says.items()}
    totals |= {(plan, "x"): row.unplaced for plan, row in summaries.items()}
    held = {
        (plan, dim): PlanTasks(
            tuple(task for task in tasks[plan, dim] if task.unit_id in paired),
            tuple(task for task in tasks[plan, dim] if task.unit_id not in paired),
            totals.get((plan, dim), 0),
            says.get((plan, dim)),
        )
        for plan in plan_ids
        for dim in DIMS
    }
    return Comparison(basis, bar, [data.plan(plan_id) for plan_id in plan_ids], summaries, held, tuple(matches))
