"""A plan beside an earlier one: what became of each unit.

In: the units of two plans (`data.kin_units`), whichever two a reader chose. Out: `Family`, which every sentence, picture, list
and file of the page is made from; kept for a build. It is counted as `etl` counts linked plans (`carried`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from carried import MOST_UNITS, carried
from ui import data
from ui.data.family import KinUnit, PlanLink
from ui.data.kept import kept_apart
from ui.data.plans import Plan
from ui.data.topic import Basis

STATES = ("same", "changed", "new", "gone")
"""What may have become of a unit; gone are those that are dropped, or of which an amendment does not speak."""
DIMS = ("1", "2", "3", "4", "5", "6", "7", "8", "0", "x")
"""The eight dimensions, what is cross-cutting, and what fits none."""


@dataclass(frozen=True)
class Fate:
    """What became of a unit: its words in the earlier and in the later plan, one of which may be None; `nearest` is the likest
    unit of the other plan where it stands alone, if any is near.
    """

    earlier: KinUnit | None
    later: KinUnit | None
    likeness: int
    changes: tuple[str, ...]
    nearest: KinUnit | None

    @property
    def state(self) -> str:
        if self.later is None:
            return "gone"
        if self.earlier is None:
            return "new"
        return "changed" if set(self.changes) - {"year"} else "same"

    @property
    def unit(self) -> KinUnit:
        """The unit itself, as the later plan has it where it does."""
        unit = self.later or self.earlier
        assert unit is not None
        return unit

    @property
    def dim(self) -> str:
        return "x" if self.unit.dim is None else str(self.unit.dim)

    @property
    def is_task(self) -> bool:
        return self.unit.kind == "action"


@dataclass(frozen=True, eq=False)
class Family:
    """Two plans, how the program has linked them (None: only the reader did), and what became of each unit, in the order of
    the later plan.
    """

    basis: Basis
    plan: Plan
    earlier: Plan
    link: PlanLink | None
    fates: tuple[Fate, ...]

    @property
    def is_amendment(self) -> bool:
        """Whether what the later plan does not speak of stands."""
        return self.link is not None and self.link.kind == "amends"

    def of(self, state: str, dim: str | None = None) -> list[Fate]:
        """The fates of tasks in a state, of one dimension or of all; of one that was split or merged only the first."""
        return list(reversed(self._tasks[state, dim].values()))

    def count(self, state: str, dim: str | None = None) -> int:
        return len(self._tasks[state, dim])

    @cached_property
    def _tasks(self) -> Mapping[tuple[str, str | None], dict[str, Fate]]:
        """The same by state and dimension, from the last to the first."""
        found: dict[tuple[str, str | None], dict[str, Fate]] = {
            (state, dim): {} for state in STATES for dim in (None, *DIMS)
        }
        for fate in reversed(self.fates):
            if fate.is_task:
                for dim in (None, fate.dim):
                    found[fate.state, dim][fate.unit.unit_id] = fate
        return found

    @property
    def tasks(self) -> int:
        """The tasks of the later plan."""
        return sum(self.count(state) for state in ("same", "changed", "new"))

    @property
    def dims(self) -> list[str]:
        """The rows of the picture: the eight dimensions, and the others where they have any."""
        held = {fate.dim for fate in self.fates if fate.is_task}
        return [dim for dim in DIMS if dim in held or dim not in "0x"]

    @property
    def years(self) -> int:
        """Of the tasks that are the same, those of which only a year was moved."""
        return sum("year" in fate.changes for fate in self.of("same"))

    def changes(self) -> Counter[str]:
        """In how many changed tasks each thing has changed."""
        return Counter(change for fate in self.of("changed") for change in fate.changes if change != "year")

    @property
    def differing(self) -> tuple[str, ...]:
        """The states that are a change: what an amendment does not speak of stands."""
        return STATES[1:3] if self.is_amendment else STATES[1:]

    @property
    def is_one_file(self) -> bool:
        return self.plan.sha256 == self.earlier.sha256


Two = tuple[Basis, str, str]
"""Which tasks a plan has, the plan, and the earlier one."""


def family(basis: Basis, plan_id: str, earlier_id: str) -> Family | None:
    """A plan beside an earlier one; None where one of them has too many units to be compared at once."""
    two = basis, plan_id, earlier_id
    return _families(data.build().path, (two,))[two]


@kept_apart(48_000, lambda found: len(found.fates) if found else 1)
def _families(path: str, asked: tuple[Two, ...]) -> dict[Two, Family]:
    return {two: found for two in asked if (found := _family(*two))}


def _family(basis: Basis, plan_id: str, earlier_id: str) -> Family | None:
    if any(n > MOST_UNITS for n in data.unit_counts((plan_id, earlier_id)).values()):
        return None
    units = data.kin_units(basis, (plan_id, earlier_id))
    earlier, later = ([unit for unit in units if unit.plan_id == one] for one in (earlier_id, plan_id))
    link = next((one for one in links(plan_id) if one.earlier_id == earlier_id), None)
    fates = tuple(
        Fate(
            None if step.earlier is None else earlier[step.earlier],
            None if step.later is None else later[step.later],
            step.likeness,
            step.changes,
            None if step.nearest is None else (later if step.later is None else earlier)[step.nearest],
        )
        for step in carried([unit.said for unit in earlier], [unit.said for unit in later])
    )
    return Family(basis, data.plan(plan_id), data.plan(earlier_id), link, fates)


_FIRST = ("amends", "replaces", "next_year")
"""The plan that a plan speaks of comes before the one of the year before."""


def links(plan_id: str) -> list[PlanLink]:
    """The earlier plans that a plan is linked to, those it speaks of first."""
    mine = [link for link in data.family_links(plan_id) if link.plan_id == plan_id]
    return sorted(mine, key=lambda link: (_FIRST.index(link.kind), link.earlier_id or ""))
