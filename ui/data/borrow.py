"""Questions about what others have where a plan has a gap: who leads it in them and who holds that today, and their
tasks, those first that a reader may best go by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ui.data.ask import columns, typed
from ui.data.coverage import Gap
from ui.data.plans import plan
from ui.data.topic import Basis, Topic
from ui.data.units import Unit, units
from ui.data.who import Successor

MOST_BORROWED = 60
"""So many tasks of other plans stand under a gap."""
_CANDIDATES = 12
"""Among so many tasks of a topic the one to go by is chosen."""
_MOST_HOLDERS = 8
"""So many agencies of a topic are given back."""
_SAME = 90
"""From so many of 100 points of likeness on two sentences are the same one for a reader."""


@dataclass(frozen=True, slots=True)
class Holder:
    """An agency that leads tasks on a topic in these plans, and what the reform of 2025 made of it there: `office` is its
    only successor, None without one; where it is not `is_changed` the reform left it as it was. `agencies` and `plans`:
    how many such agencies there are on the topic, and how many plans in which one of them leads.
    """

    topic: str
    agency: str
    plan_ids: tuple[str, ...]
    tasks: int
    is_known: bool
    is_changed: bool
    office: str | None
    successors: tuple[Successor, ...] | None
    basis: str | None
    agencies: int
    plans: int


@dataclass(frozen=True, slots=True)
class _Offered:
    """A task of another plan on a topic, and how many there are in all."""

    topic: str
    unit_id: str
    tasks: int


def holders(basis: Basis, plan_id: str, topics: Sequence[Topic]) -> dict[Topic, list[Holder]]:
    """By topic the first of the agencies that lead it in other plans: those in most plans of this one's level first, then
    in most plans, then with most tasks.
    """
    found: dict[str, list[Holder]] = {}
    for row in typed(
        Holder,
        f"select {columns(Holder)} from topic_holder(?, ?, ?, ?, ?) order by topic, rank",
        basis,
        plan_id,
        plan(plan_id).level,
        tuple(_key(topic) for topic in topics),
        _MOST_HOLDERS,
    ):
        found.setdefault(row.topic, []).append(row)
    return {topic: found.get(_key(topic), []) for topic in topics}


def _key(topic: Topic) -> str:
    """A dimension with all that lies in it, or a sub-dimension: what is missing on a whole dimension is looked for in
    all of it.
    """
    return topic.sub or str(topic.dim)


def _offered(
    basis: Basis, plan_id: str, topics: Sequence[Topic], most: int, among: tuple[str, ...] | None = None
) -> dict[str, list[_Offered]]:
    """By topic the tasks of other plans that stand (`among`: only of these), none of them a weak match or a copy, at most so
    many: plans of the same level first, and of these the best to go by (`task_offered`).
    """
    about: dict[str, tuple[int | str | None, ...]] = {
        "select sub as topic, * from there where sub = any(?)": tuple(topic.sub for topic in topics if topic.sub),
        "select dim::text as topic, * from there where dim = any(?)": tuple(one.dim for one in topics if one.whole),
        "select dim || '+' as topic, * from there where sub is null and dim = any(?)": tuple(
            topic.dim for topic in topics if topic.general
        ),
    }
    asked = {select: values for select, values in about.items() if values}
    found: dict[str, list[_Offered]] = {}
    for row in typed(
        _Offered,
        f"""
        with there as (
            select * from task_offered
            where basis = ? and plan_id <> ?
                and (? and plan_id not in (select plan_id from plan_list where replaced_by is not null) or plan_id = any(?))
        ),
        asked as ({" union all ".join(asked)}),
        ranked as (
            select
                topic, unit_id, count(*) over (partition by topic)::int as tasks,
                row_number() over (partition by topic order by level <> ?, behind, position, ordinal) as rank
            from asked
        )
        select topic, unit_id, tasks from ranked where rank <= ? order by topic, rank
    """,
        basis,
        plan_id,
        among is None,
        among or (),
        *asked.values(),
        plan(plan_id).level,
        most,
    ):
        found.setdefault(row.topic, []).append(row)
    return found


def _fills(unit: Unit, lacks: str) -> bool:
    """Whether a task has what is missing: a lead, a time, where these are."""
    return bool(unit.leads or lacks not in ("lead", "lead_time")) and (
        unit.timing != "unspecified" or lacks not in ("time", "lead_time")
    )


def find(
    basis: Basis, plan_id: str, topic: Topic, lacks: str, among: tuple[str, ...] | None = None
) -> tuple[tuple[Unit, ...], int, Topic]:
    """The tasks that other plans (`among`: only these) have where this one has a gap, the best first; how many there are
    before the cap; and on what: the topic itself, else the dimension as a whole where no plan says anything on the indicator alone. Where
    the lead or the time is missing: only tasks that name it.
    """
    for about in (topic, Topic(topic.dim, general=True)) if topic.sub else (Topic(topic.dim),):
        offered = _offered(basis, plan_id, (about,), MOST_BORROWED, among).get(str(about), [])
        cards = {unit.unit_id: unit for unit in units(tuple(one.unit_id for one in offered))}
        found = tuple(cards[one.unit_id] for one in offered if _fills(cards[one.unit_id], lacks))
        if found:
            return found, offered[0].tasks, about
    return (), 0, topic


def best(basis: Basis, plan_id: str, gaps: Sequence[Gap], among: tuple[str, ...] | None = None) -> dict[Topic, Unit]:
    """For each gap of a plan the one task of another (`among`: of these) to go by, and never (nearly) the same words for
    two; a gap that no other plan can fill so is left out.
    """
    if not gaps:
        return {}
    about = {gap.topic: Topic(gap.dim, gap.sub) for gap in gaps}
    offered = _offered(basis, plan_id, tuple(about.values()), _CANDIDATES, among)
    ids = tuple({one.unit_id for ones in offered.values() for one in ones})
    cards = {unit.unit_id: unit for unit in units(ids)}

    def candidates(gap: Gap) -> Iterator[Unit]:
        """The first few, then, where none of these will do, as many as stand under the gap itself."""
        first = (cards[one.unit_id] for one in offered.get(str(about[gap.topic]), []))
        yield from (unit for unit in first if _fills(unit, gap.lacks))
        more, _, topic = find(basis, plan_id, about[gap.topic], gap.lacks, among)
        yield from more if topic == about[gap.topic] else ()

    found: dict[Topic, Unit] = {}
    for gap in gaps:
        for unit in candidates(gap):
            if not any(alike(unit, other) for other in found.values()):
                found[gap.topic] = unit
                break
    return found


def alike(one: Unit, other: Unit) -> bool:
    """Whether two tasks read as one: "… TTHC về đất đai …" and "… TTHC về xây dựng …" in the same long sentence."""
    return fuzz.ratio(one.text.casefold(), other.text.casefold()) >= _SAME
