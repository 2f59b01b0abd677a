"""Which plans a reader asks for: what is chosen of their level, place, years and kind.

In: a `Choice`. Out: the plans it leaves, and how many each value of a facet would leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from ui.data.ask import column
from ui.data.build import build
from ui.data.kept import kept
from ui.data.plans import Plan, known_plans, plans

FACETS = ("level", "region", "province", "province_now", "doc_type")
"""What a plan is chosen by, its years aside."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The values that a plan may have in each facet, and the years between which it begins; nothing means all. `alike` is
    the level that it must have too, that of the reader's own plan. Of plans that another replaced by the end of these years
    only the other counts, unless those `replaced` are asked for too.
    """

    level: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    province_now: tuple[str, ...] = ()
    doc_type: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    alike: str | None = None
    replaced: bool = False

    @property
    def is_set(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def values(plan: Plan, facet: str) -> tuple[str, ...]:
    """What a plan is in a facet: of two regions both; nothing where it is not known."""
    if facet == "region":
        return plan.regions
    value = getattr(plan, facet)
    return (str(value),) if value else ()


def listed(facet: str) -> tuple[str, ...]:
    """Every value that a plan of this build has in a facet, in the order of the Vietnamese alphabet."""
    met = tuple(sorted(_by_value(build().path, facet)))
    return column("select unnest(?::text[]) as value order by value collate vi", met)


def left(choice: Choice, cited: bool = False, picked: tuple[str, ...] = ()) -> tuple[Plan, ...]:
    """The plans asked for in reading order, of these only the `picked` ones, replaced or not, where any is; with `cited` also
    those that others only cite.
    """
    return _left(build().path, choice, cited, picked)


@kept(64)
def _left(path: str, choice: Choice, cited: bool, picked: tuple[str, ...]) -> tuple[Plan, ...]:
    every = known_plans() if cited else plans()
    fitting = _fitting(choice)
    wanted = fitting.intersection(picked) if picked else fitting - _replaced(choice)
    return tuple(plan for plan in every if plan.plan_id in wanted)


def replaced(choice: Choice) -> tuple[Plan, ...]:
    """The plans that the same choice leaves out because others replaced them, in reading order."""
    gone = _replaced(choice)
    if gone:
        gone &= _fitting(choice)
    return tuple(plan for plan in plans() if plan.plan_id in gone) if gone else ()


def _replaced(choice: Choice) -> frozenset[str]:
    """The plans that count no longer at the end of the years asked for."""
    return frozenset() if choice.replaced else _replaced_by(build().path, choice.until)


@kept(32)
def _replaced_by(path: str, until: int | None) -> frozenset[str]:
    return frozenset(plan.plan_id for plan in known_plans() if not plan.stands(until))


def counts(choice: Choice, facet: str) -> dict[str, int]:
    """How many plans that are held each value of a facet ("year" too) would leave, whatever is chosen in it now; each year
    those that stood at its end.
    """
    others = _fitting(choice, facet).intersection(plan.plan_id for plan in plans())
    found = {}
    for value, ids in _by_value(build().path, facet).items():
        asked = replace(choice, until=int(value)) if facet == "year" else choice
        found[value] = len((ids & others) - _replaced(asked))
    return {value: n for value, n in found.items() if n}


def _fitting(choice: Choice, aside: str = "") -> frozenset[str]:
    """The plans asked for, by their ids, one facet left aside. A plan without a year is in no span of years."""
    path = build().path
    wanted = {facet: getattr(choice, facet) for facet in FACETS if getattr(choice, facet)}
    if choice.since or choice.until:
        wanted["year"] = [
            year for year in _by_value(path, "year") if (choice.since or 0) <= int(year) <= (choice.until or 9999)
        ]
    found = [_having(facet, some) for facet, some in wanted.items() if facet != aside]
    if choice.alike:
        found.append(_having("level", (choice.alike,)))
    return frozenset.intersection(*found) if found else frozenset(plan.plan_id for plan in known_plans())


def _having(facet: str, some: Iterable[str]) -> frozenset[str]:
    """The plans that have one of these values in a facet."""
    held = _by_value(build().path, facet)
    return frozenset().union(*(held.get(value, ()) for value in some))


@kept(8)
def _by_value(path: str, facet: str) -> dict[str, frozenset[str]]:
    """By each value that a plan of this build has in a facet the plans that have it."""
    found: dict[str, set[str]] = defaultdict(set)
    for plan in known_plans():
        for value in values(plan, facet):
            found[value].add(plan.plan_id)
    return {value: frozenset(ids) for value, ids in found.items()}
