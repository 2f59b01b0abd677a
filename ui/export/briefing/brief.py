"""What a chair is told beside the figures of a briefing: which tasks name no lead or no time, who carries most by today's
names, and sentences of other plans that are worth borrowing.

In: plans, those they are set against, dimensions, way of counting. Out: a `Brief`, from the questions that the pages ask.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ui import data
from ui.data import borrow
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.data.units import Lacks, Unit
from ui.export import plain
from ui.export.briefing.rows import Quote, Topic
from ui.words import labels
from ui.words import plans as words_plans
from ui.words.units import cited, where

MOST_BORROWED = 5
"""So many sentences a chair is shown."""
MOST_SHOWN = 6
"""So many tasks of a plan are shown where something is missing."""
_GAPS_ASKED = 12
"""So many gaps of a plan, the worst first, are looked at for a sentence to borrow."""


@dataclass(frozen=True)
class Office:
    """An office by today's name, its standing (today, open, unknown, group), and how many tasks it has in each role."""

    name: str
    standing: str
    roles: Mapping[str, int]


@dataclass(frozen=True)
class Borrowed:
    """A sentence of another plan, and for which topic of which plan it may be used."""

    plan_id: str
    topic: Topic
    quote: Quote


@dataclass(frozen=True)
class Brief:
    """`leaderless` and `undated` are by plan the first tasks that name no lead, no date or rhythm; `complete` counts by
    plan those that name both; `against` are the plans that are only sources.
    """

    complete: Mapping[str, int]
    leaderless: Mapping[str, tuple[Quote, ...]]
    undated: Mapping[str, tuple[Quote, ...]]
    offices: tuple[Office, ...]
    borrowed: tuple[Borrowed, ...]
    against: tuple[Plan, ...]

    def leading(self) -> list[Office]:
        """The offices that lead any task, the busiest first."""
        return [one for one in self.offices if one.roles.get("lead")]


def against_of(plan: Plan) -> tuple[Plan, ...]:
    """The plans that one is set against where nobody says which: those of its level that were read and stand, else all such."""
    others = tuple(one for one in data.plans() if one.is_read and one.stands() and one.plan_id != plan.plan_id)
    return tuple(one for one in others if one.level == plan.level) or others


def read(
    basis: Basis,
    plans: Sequence[Plan],
    against: Sequence[Plan],
    dims: tuple[int, ...] | None,
    topics: Mapping[str, Topic],
) -> Brief:
    """Of these plans, on these dimensions (None: all, and what fits none)."""
    ids = tuple(plan.plan_id for plan in plans if plan.is_read)
    return Brief(
        complete={row: data.complete_count(basis, row, dims) for row in ids},
        leaderless=_first(basis, ids, "lead", dims),
        undated=_first(basis, ids, "time", dims),
        offices=_offices(basis, ids, dims),
        borrowed=_borrowed(basis, ids, tuple(plan.plan_id for plan in against) or ids, topics),
        against=tuple(against),
    )


def _first(
    basis: Basis, plan_ids: tuple[str, ...], lacks: Lacks, dims: tuple[int, ...] | None
) -> dict[str, tuple[Quote, ...]]:
    """By plan the first tasks that lack something, in the plan's order; none where all have it."""
    ids = [unit_id for plan_id in plan_ids for unit_id in data.lacking_ids(basis, plan_id, lacks, dims, MOST_SHOWN)]
    found: dict[str, list[Quote]] = defaultdict(list)
    for unit in data.units(tuple(ids)):
        found[unit.plan_id].append(quote_of(unit))
    return {plan_id: tuple(quotes) for plan_id, quotes in found.items()}


def quote_of(unit: Unit) -> Quote:
    """A unit's words, whose they are and where they stand."""
    return Quote(plain.text(unit.text), plain.text(words_plans.plan_name(unit)), where(unit), cited(unit))


def _offices(basis: Basis, plan_ids: tuple[str, ...], dims: tuple[int, ...] | None) -> tuple[Office, ...]:
    """The busiest in the lead first; what is only a group comes last, as on the page."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in data.office_dimensions(basis, plan_ids):
        if dims is None or row.dim in dims:
            counted[row.office, row.standing][row.role] += row.tasks
    found = [Office(plain.text(name), standing, dict(roles)) for (name, standing), roles in counted.items()]
    return tuple(
        sorted(found, key=lambda one: (one.standing == "group", -one.roles.get("lead", 0), -sum(one.roles.values())))
    )


def _borrowed(
    basis: Basis, plan_ids: tuple[str, ...], among: tuple[str, ...], topics: Mapping[str, Topic]
) -> tuple[Borrowed, ...]:
    """At most so many, a topic and a sentence once each, the plans by turns: the worst gap of each first. Of many plans no
    more are asked than it takes.
    """
    kept: list[tuple[Borrowed, Unit]] = []
    for one, unit in _by_turns(_of_plan(basis, plan_id, among, topics) for plan_id in plan_ids):
        if not any(one.topic == other.topic or borrow.alike(unit, there) for other, there in kept):
            kept.append((one, unit))
        if len(kept) == MOST_BORROWED:
            break
    return tuple(one for one, _ in kept)


def _by_turns(lists: Iterable[Iterator[tuple[Borrowed, Unit]]]) -> Iterator[tuple[Borrowed, Unit]]:
    """The first of each list, then the second of each, and so on; a list is begun when its turn comes."""
    left = iter(lists)
    while True:
        going = []
        for ones in left:
            if one := next(ones, None):
                going.append(ones)
                yield one
        if not going:
            return
        left = iter(going)


def _of_plan(
    basis: Basis, plan_id: str, among: tuple[str, ...], topics: Mapping[str, Topic]
) -> Iterator[tuple[Borrowed, Unit]]:
    gaps = [gap for gap in data.gaps(basis, (plan_id,)) if str(gap.sub or gap.dim) in topics][:_GAPS_ASKED]
    for topic, unit in borrow.best(basis, plan_id, gaps, among).items():
        yield Borrowed(plan_id, topics[topic.sub or str(topic.dim)], quote_of(unit)), unit


def standing_of(one: Office) -> str:
    """What has to be said of an office beside its name: a group, or an old one without a single successor; ""."""
    return labels.t(f"chair.standing_{one.standing}") if one.standing in ("group", "open") else ""
