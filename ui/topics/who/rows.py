"""Who acts: one row an agency, in the plan's names or today's, and the sentences that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy
from markupsafe import Markup

from ui import data
from ui.data.topic import Basis, Topic
from ui.data.who import RoleSum, Totals
from ui.page import paging
from ui.words import handed, labels, layers
from ui.words.offices import busiest, office, since
from ui.words.remember import remember

ROLES = ("lead", "coop", "monitor")
MOST_DRAWN = 50
"""So many agencies stand in the picture; the table has them all."""
FEW = 3
"""Agencies with fewer tasks than this are counted in one line unless the reader asks for all."""
NOBODY = "-"
"""Stands for the agency where a task names nobody in the lead."""
OPEN = "*"
"""Ends the key of an old agency that has no single successor, for an office of the same name may exist in a later
plan.
"""
DIMS = ("1", "2", "3", "4", "5", "6", "7", "8", "0")
UNPLACED = "x"
NAMED = ("open", "named", "today", "unknown")


@dataclass(frozen=True)
class AgencyRow:
    """An agency in the picture: its tasks by dimension in the role shown, its totals by role, and what is to be said of
    it.
    """

    agency: str
    group: str  # named, or by today's names open, today, unknown; groups, nobody
    cells: Mapping[str, int]
    totals: Mapping[str, int]
    uncertain: int = 0
    assignments: int = 0
    is_known: bool = True
    now: str | None = None
    more: tuple[str, ...] = ()  # by today's names: what became of it, or what it took over

    @property
    def key(self) -> str:
        return self.agency + OPEN if self.group == "open" else self.agency

    def name(self) -> str:
        return labels.t("who.nobody") if self.agency == NOBODY else office(self.agency)

    def notes(self) -> list[str]:
        """What stands small under the name."""
        said = list(self.more)
        if not self.is_known:
            said.append(labels.t("who.unknown"))
        if self.now:
            said.append(labels.t("who.now", office=office(self.now)))
        if self.assignments:
            said.append(labels.t("who.assigned", n=self.assignments))
        if self.uncertain:
            said.append(labels.t("who.uncertain", n=self.uncertain))
        return said


@dataclass(frozen=True, eq=False)
class View:
    """What the page shows: how tasks are counted, of which plans, which role is spread over the dimensions, and whether
    by today's names; one row an agency, made where it is shown, and the sums by role. Whatever is drawn or said of it is kept
    with it.
    """

    basis: Basis
    plan_ids: tuple[str, ...]
    role: str
    today: bool
    totals: Totals
    sums: Mapping[str, RoleSum]
    nobody: AgencyRow | None

    @property
    def has_tasks(self) -> bool:
        """Whether these plans assign any task."""
        return "lead" in self.sums and self.sums["lead"].tasks > 0

    @property
    def has_role(self) -> bool:
        """Whether they name anybody in the role; a missing lead is something to show too."""
        return self.has_tasks if self.role == "lead" else self.sums[self.role].named > 0

    @property
    def others(self) -> tuple[str, ...]:
        """The roles that stand beside."""
        return tuple(role for role in ROLES if role != self.role)

    @property
    def counts(self) -> numpy.ndarray:
        """The tasks of each agency in the role."""
        return self.totals.tasks[self.role]

    @property
    def rows(self) -> paging.Fetched[int, AgencyRow]:
        """One row per agency that has any role in a task: named ones, then groups that name nobody in particular, then the
        tasks without a lead; within each, the busiest in the role first. By today's names those without a single successor
        come first.
        """
        return paging.Fetched(range(len(self.counts) + (self.nobody is not None)), lambda at: _made(self, at))

    @property
    def acting(self) -> numpy.ndarray:
        """The places of the agencies that have the role in some task, groups among them."""
        return numpy.flatnonzero(self.counts)

    @cached_property
    def dims(self) -> tuple[str, ...]:
        """The dimensions on which any agency has the role, with those of no dimension last where there are any."""
        nobody = self.nobody is not None and UNPLACED in self.nobody.cells
        return (*DIMS, UNPLACED) if nobody or self.totals.dims[None].any() else DIMS


def topic_of(dim: int | None) -> str:
    return UNPLACED if dim is None else str(dim)


@remember
def view(basis: Basis, plan_ids: tuple[str, ...], role: str = "lead", today: bool = False) -> View:
    """What is to be seen of these plans."""
    nobody = None
    if role == "lead":
        cells = {topic_of(row.dim): row.tasks for row in data.leaderless_dimensions(basis, plan_ids)}
        nobody = AgencyRow(NOBODY, "nobody", cells, dict.fromkeys(ROLES, 0) | {"lead": sum(cells.values())})
    found = data.totals(basis, plan_ids, role, today)
    sums = data.role_sums(plan_ids)
    return View(basis, plan_ids, role, today, found, sums, nobody if nobody and nobody.cells else None)


def _made(view: View, places: Sequence[int]) -> list[AgencyRow]:
    """The rows at these places of a view."""
    found, last = view.totals, len(view.counts)
    places, with_nobody = [at for at in places if at < last], last in places
    names = tuple(found.name[at] for at in places)
    fates = fates_of(view.plan_ids) if view.today else {}
    now, assigned = ({}, {}) if view.today else (data.successors(), data.assignments(view.plan_ids, names))
    made = [
        AgencyRow(
            name,
            standing := str(found.standing[at]),
            {topic_of(dim): int(tasks[at]) for dim, tasks in found.dims.items() if tasks[at]},
            {role: int(found.tasks[role][at]) for role in ROLES},
            int(found.uncertain[at]),
            assigned.get(name, 0),
            bool(found.is_known[at]),
            now.get(name),
            fates.get((standing == "open", name), ()),
        )
        for at, name in zip(places, names)
    ]
    return [*made, view.nobody] if with_nobody and view.nobody else made


def group_of(standing: str) -> str:
    """The group of rows in which an office of that standing has its place."""
    return "groups" if standing == "group" else standing


def fates_of(plan_ids: tuple[str, ...]) -> dict[tuple[bool, str], tuple[str, ...]]:
    """By whether it has no single successor, and name: what became of an old agency, or which ones an office of today
    took over.
    """
    said: dict[tuple[bool, str], tuple[str, ...]] = {}
    check = labels.t("who.to_check")
    for fate in data.open_agencies(plan_ids):
        first = labels.t(
            "who.parted" if len(fate.successors) > 1 else "who.abolished", n=len(fate.successors), day=since(fate)
        )
        said[True, fate.agency] = (first, check) if fate.to_check else (first,)
    parts: dict[str, list[str]] = defaultdict(list)
    unsure: set[str] = set()
    for part in data.office_parts(plan_ids):
        if part.agency != part.office:
            parts[part.office].append(part.agency)
        if part.to_check:
            unsure.add(part.office)
    for name in {*parts, *unsure}:
        taken: tuple[str, ...] = (labels.t("who.includes", names=", ".join(parts[name])),) if parts[name] else ()
        said[False, name] = (*taken, check) if name in unsure else taken
    return said


def least(view: View, every: bool) -> int:
    """With how many tasks in the role an agency is drawn: FEW, or any with `every`; more where else more than MOST_DRAWN
    would be.
    """
    counts = numpy.sort(view.counts[view.acting])[::-1]
    return max(1 if every else FEW, int(counts[MOST_DRAWN]) + 1 if len(counts) > MOST_DRAWN else 1)


@remember
def split(view: View, every: bool) -> tuple[list[AgencyRow], list[int]]:
    """The rows to draw, and of the agencies that are only counted the tasks in the role: those with fewer than `least`, and those
    that somebody has to decide on only where there is no room for them.
    """
    bar, counts = least(view, every), view.counts
    spared = (view.totals.standing == "open") & (bar <= FEW)
    small = counts < numpy.where(spared, 1, bar)
    if not every and small.all():
        # all are small: then none is
        small = counts == 0
    drawn = _made(view, [*numpy.flatnonzero(~small).tolist(), *([len(counts)] if view.nobody else [])])
    return drawn, counts[small & (counts > 0)].tolist()


@remember
def answer(view: View) -> Markup:
    """The answer as markup: how many tasks name a lead, how many only a group, and where the layout leaves it open; by
    today's names also how many have a lead without a single successor.
    """
    if not view.has_tasks:
        return labels.html("who.answer_no_tasks")
    sums = view.sums["lead"]
    nobody = sums.tasks - sums.named
    said = [
        labels.html("who.answer_lead", n=sums.tasks, named=sums.named, nobody=nobody)
        if nobody
        else labels.html("who.answer_all", n=sums.tasks)
    ]
    if view.today:
        said += _held_today(sums)
    if sums.only_groups:
        said.append(labels.html("who.answer_groups", n=sums.only_groups))
    if sums.uncertain and not view.today:
        said.append(labels.html("who.answer_uncertain", n=sums.uncertain))
    general = [words] if nobody and (words := handed.said(view.plan_ids)) else []
    return Markup(" ").join(filter(None, [*said, layers.aside(view.plan_ids, *general)]))


def _held_today(sums: RoleSum) -> list[Markup]:
    """How many tasks have a lead without a single successor, and how many one that stands in no table."""
    said = [
        labels.html("who.answer_open", n=sums.open, only=sums.only_open)
        if sums.open
        else labels.html("who.answer_no_open")
    ]
    return [*said, labels.html("who.answer_unknown", n=sums.unknown)] if sums.unknown else said


_FIRST = 3
"""So many of the busiest agencies may carry the finding."""


@remember
def title(view: View) -> str:
    """The finding over the picture (`offices.busiest`): by today's names the busiest of those without a single successor
    stand first, and so carry it.
    """
    found, acting = view.totals, view.acting
    named = acting[found.standing[acting] != "groups"][:_FIRST].tolist()
    ranked = [(found.name[at], int(view.counts[at]), bool(found.standing[at] == "open")) for at in named]
    sums = view.sums[view.role]
    return busiest(view.role, ranked, len(acting), sums.named, sums.tasks)


@remember
def alt(view: View) -> str:
    """The picture for those who do not see it: its title, and the first five agencies with their tasks."""
    found, counts = view.totals, view.counts
    rows = [f"{office(found.name[at])}: {labels.num(int(counts[at]))}" for at in view.acting[:5].tolist()]
    return labels.t("who.alt", title=title(view), rows="; ".join(rows))


# The options of the selects, and the units behind a choice.


@remember
def agencies() -> dict[str, str]:
    """Every agency of all plans, and the missing lead, by its key: the options of the first select."""
    return {**{name: office(name) for name in data.agency_names()}, NOBODY: labels.t("who.nobody")}


@remember
def offices() -> dict[str, str]:
    """The same by today's names."""
    found = {
        one.office + OPEN if one.is_open else one.office: labels.t("who.open_option", agency=office(one.office))
        if one.is_open
        else office(one.office)
        for one in data.office_names()
    }
    return {**found, NOBODY: labels.t("who.nobody")}


@remember
def parts(role: str, today: bool = False) -> dict[str, str]:
    """The parts an agency can have, by key: the role on all dimensions, on one, and assignments; the shown role
    first.
    """
    found = {}
    for one in (role, *(other for other in ROLES if other != role)):
        found[one] = labels.t("who.part_all", role=labels.t(f"who.role.{one}"))
        for dim in DIMS:
            name = (
                labels.pick(data.dimension(int(dim)), "short") if dim != "0" else labels.pick(data.dimension(0), "name")
            )
            found[f"{one}-{dim}"] = labels.t(
                "who.part_dim", role=labels.t(f"who.role.{one}"), dim=name if dim == "0" else f"{dim} {name}"
            )
        found[f"{one}-{UNPLACED}"] = labels.t(
            "who.part_dim", role=labels.t(f"who.role.{one}"), dim=labels.t("tasks.no_topic")
        )
    return found if today else {**found, "assignment": labels.t("who.part_assignment")}


def unit_ids(view: View, agency: str, part: str) -> tuple[str, ...]:
    """The units behind a choice of both selects."""
    basis, plan_ids = view.basis, view.plan_ids
    role, _, dim = part.partition("-")
    topic = Topic() if dim == UNPLACED else Topic(int(dim)) if dim else None
    if agency == NOBODY:
        return data.leaderless_unit_ids(basis, plan_ids, topic) if role == "lead" else ()
    if view.today:
        return data.office_unit_ids(basis, plan_ids, agency.removesuffix(OPEN), agency.endswith(OPEN), role, topic)
    if role == "assignment":
        return data.assignment_unit_ids(plan_ids, agency)
    return data.agency_unit_ids(basis, plan_ids, agency, role, topic)


def dim_name(dim: str) -> str:
    name = labels.pick(data.dimension(int(dim)), "name")
    return name if dim == "0" else f"{dim} {name}"


def group_head(group: str) -> str:
    return labels.t(f"who.group.{group}")
