"""Which plans a reader asks for: what is chosen of their level, place, years and kind.

In: a `Choice`. Out: the plans it leaves, and how many each value of a facet would leave.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields

from ui.data.ask import column
from ui.data.build import build
from ui.data.kept import kept
from ui.data.plans import Plan, known_plans

FACETS = ("level", "region", "province", "province_now", "doc_type")
"""What a plan is chosen by, its years aside."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The values that a plan may have in each facet, and the years between which it begins; nothing means all. `alike` is
    the level that it must have too, that of the reader's own plan.
    """

    level: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    province_now: tuple[str, ...] = ()
    doc_type: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    alike: str | None = None

    @property
    def is_set(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    def fits(self, plan: Plan, aside: str = "") -> bool:
        """Whether a plan is asked for, one facet left aside ("year" for both its ends). A plan without a year is in no
        span of years.
        """
        if self.alike and plan.level != self.alike:
            return False
        if aside != "year" and (self.since or self.until):
            if plan.year is None or not (self.since or 0) <= plan.year <= (self.until or 9999):
                return False
        return all(
            not (wanted := getattr(self, facet)) or any(value in wanted for value in values(plan, facet))
            for facet in FACETS
            if facet != aside
        )


def values(plan: Plan, facet: str) -> tuple[str, ...]:
    """What a plan is in a facet: of two regions both; nothing where it is not known."""
    if facet == "region":
        return plan.regions
    value = getattr(plan, facet)
    return (str(value),) if value else ()


def listed(facet: str) -> tuple[str, ...]:
    """Every value that a plan of this build has in a facet, in the order of the Vietnamese alphabet."""
    met = tuple({value for plan in known_plans() for value in values(plan, facet)})
    return column("select unnest(?::text[]) as value order by value collate vi", met)


def left(choice: Choice, cited: bool = False) -> tuple[Plan, ...]:
    """The plans asked for in reading order, with `cited` also those that others only cite."""
    return _left(build().path, choice, cited)


@kept(64)
def _left(path: str, choice: Choice, cited: bool) -> tuple[Plan, ...]:
    return tuple(plan for plan in known_plans() if (cited or plan.is_held) and choice.fits(plan))


def counts(choice: Choice, facet: str) -> dict[str, int]:
    """How many plans that are held each value of a facet ("year" too) would leave, whatever is chosen in it now."""
    return dict(
        Counter(
            value
            for plan in known_plans()
            if plan.is_held and choice.fits(plan, facet)
            for value in values(plan, facet)
        )
    )
