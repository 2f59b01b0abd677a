"""Who acts: one row an agency, in the plan's names or today's, and the sentences that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from markupsafe import Markup

from ui import data
from ui.data.topic import Basis, Topic
from ui.data.who import AgencyTasks, OfficeTasks
from ui.words import labels, layers
from ui.words.offices import busiest, office, since
from ui.words.remember import remember

Counted = TypeVar("Counted", AgencyTasks, OfficeTasks)
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
_ORDER = {"open": 0, "named": 1, "today": 1, "unknown": 2, "groups": 3, "nobody": 4}
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


@dataclass(frozen=True)
class Sums:
    """The tasks of the plans, and how many name somebody in a role, only groups, or leave it open who it is."""

    tasks: int
    named: int
    only_groups: int
    uncertain: int


@dataclass(frozen=True, eq=False)
class View:
    """What the page shows: how tasks are counted, of which plans, which role is spread over the dimensions, and whether
    by today's names; one row an agency, and the sums by role. Whatever is drawn or said of it is kept with it.
    """

    basis: Basis
    plan_ids: tuple[str, ...]
    role: str
    today: bool
    rows: tuple[AgencyRow, ...]
    sums: Mapping[str, Sums]

    @property
    def has_tasks(self) -> bool:
        """Whether these plans assign any task."""
        return self.sums["lead"].tasks > 0

    @property
    def has_role(self) -> bool:
        """Whether they name anybody in the role; a missing lead is something to show too."""
        return self.has_tasks if self.role == "lead" else self.sums[self.role].named > 0

    @property
    def others(self) -> tuple[str, ...]:
        """The roles that stand beside."""
        return tuple(role for role in ROLES if role != self.role)

    def acting(self) -> list[AgencyRow]:
        """The agencies that have the role in some task, groups among them."""
        return [row for row in self.rows if row.group != "nobody" and row.totals[self.role]]


def topic_of(dim: int | None) -> str:
    return UNPLACED if dim is None else str(dim)


@remember
def view(basis: Basis, plan_ids: tuple[str, ...], role: str = "lead", today: bool = False) -> View:
    """One row per agency that has any role in a task: named ones, then groups that name nobody in particular, then the
    tasks without a lead; within each, the busiest in `role` first. By today's names those without a single successor
    come first.
    """
    found = _offices(basis, plan_ids, role) if today else _agencies(basis, plan_ids, role)
    nobody = {topic_of(row.dim): row.tasks for row in data.leaderless_dimensions(basis, plan_ids)}
    if role == "lead" and nobody:
        found.append(AgencyRow(NOBODY, "nobody", nobody, dict.fromkeys(ROLES, 0) | {"lead": sum(nobody.values())}))
    # the rows are sorted by name already, and sorting keeps that order among equals
    found.sort(key=lambda row: (_ORDER[row.group], -row.totals[role], -sum(row.totals.values())))
    return View(basis, plan_ids, role, today, tuple(found), _sums(plan_ids))


def _agencies(basis: Basis, plan_ids: tuple[str, ...], role: str) -> list[AgencyRow]:
    counted = data.agency_dimensions(basis, plan_ids)
    known = {one.agency: one.is_known for one in counted}
    now, assigned = data.successors(), data.assignments(plan_ids)
    return [
        replace(row, assignments=assigned.get(row.agency, 0), is_known=known[row.agency], now=now.get(row.agency))
        for row in _gathered(counted, lambda one: ("groups" if one.is_group else "named", one.agency), role)
    ]


def _offices(basis: Basis, plan_ids: tuple[str, ...], role: str) -> list[AgencyRow]:
    fates = fates_of(plan_ids)
    return [
        replace(row, more=fates.get((row.group == "open", row.agency), ()))
        for row in _gathered(
            data.office_dimensions(basis, plan_ids), lambda one: (group_of(one.standing), one.office), role
        )
    ]


def _gathered(counted: Sequence[Counted], key: Callable[[Counted], tuple[str, str]], role: str) -> list[AgencyRow]:
    """One row per group and name, which `key` gives."""
    held: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for one in counted:
        held[key(one)].append(one)
    return [
        AgencyRow(
            name,
            group,
            {topic_of(one.dim): one.tasks for one in own if one.role == role},
            {each: sum(one.tasks for one in own if one.role == each) for each in ROLES},
            sum(one.uncertain for one in own if one.role == role),
        )
        for (group, name), own in held.items()
    ]


def _sums(plan_ids: tuple[str, ...]) -> dict[str, Sums]:
    found = data.plan_roles(plan_ids)
    return {
        role: Sums(
            sum(row.tasks for row in found if row.role == role),
            sum(row.named for row in found if row.role == role),
            sum(row.only_groups for row in found if row.role == role),
            sum(row.uncertain for row in found if row.role == role),
        )
        for role in ROLES
    }


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
    counts = sorted((row.totals[view.role] for row in view.acting()), reverse=True)
    return max(1 if every else FEW, counts[MOST_DRAWN] + 1 if len(counts) > MOST_DRAWN else 1)


def split(view: View, every: bool) -> tuple[list[AgencyRow], list[AgencyRow]]:
    """The rows to draw, and those that are only counted: agencies with fewer tasks in the role than `least`; those that
    somebody has to decide on only where there is no room for them.
    """
    bar = least(view, every)

    def small(row: AgencyRow) -> bool:
        n = row.totals[view.role]
        return n == 0 or (row.group != "nobody" and n < (bar if row.group != "open" or bar > FEW else 1))

    left_out = [row for row in view.rows if small(row)]
    if not every and len(left_out) == len([row for row in view.rows if row.group != "nobody"]):
        # all are small: then none is
        left_out = [row for row in view.rows if row.totals[view.role] == 0]
    return [row for row in view.rows if row not in left_out], left_out


@remember
def answer(view: View) -> Markup:
    """The answer as markup: how many tasks name a lead, how many only a group, and where the layout leaves it open; by
    today's names also how many have a lead without a single successor.
    """
    sums = view.sums["lead"]
    if not sums.tasks:
        return labels.html("who.answer_no_tasks")
    nobody = sums.tasks - sums.named
    said = [
        labels.html("who.answer_lead", n=sums.tasks, named=sums.named, nobody=nobody)
        if nobody
        else labels.html("who.answer_all", n=sums.tasks)
    ]
    if view.today:
        said += _held_today(view.plan_ids)
    if sums.only_groups:
        said.append(labels.html("who.answer_groups", n=sums.only_groups))
    if sums.uncertain and not view.today:
        said.append(labels.html("who.answer_uncertain", n=sums.uncertain))
    return Markup(" ").join(filter(None, [*said, layers.aside(view.plan_ids)]))


def _held_today(plan_ids: tuple[str, ...]) -> list[Markup]:
    """How many tasks have a lead without a single successor, and how many one that stands in no table."""
    leads = [row for row in data.office_roles(plan_ids) if row.role == "lead"]
    n, unknown = sum(row.open for row in leads), sum(row.unknown for row in leads)
    said = [
        labels.html("who.answer_open", n=n, only=sum(row.only_open for row in leads))
        if n
        else labels.html("who.answer_no_open")
    ]
    return [*said, labels.html("who.answer_unknown", n=unknown)] if unknown else said


@remember
def title(view: View) -> str:
    """The finding over the picture (`offices.busiest`): by today's names the busiest of those without a single successor
    stand first, and so carry it.
    """
    found = [(row.agency, row.totals[view.role], row.group == "open") for row in view.acting() if row.group in NAMED]
    sums = view.sums[view.role]
    return busiest(view.role, found, len(view.acting()), sums.named, sums.tasks)


@remember
def alt(view: View) -> str:
    """The picture for those who do not see it: its title, and the first five agencies with their tasks."""
    return labels.t(
        "who.alt",
        title=title(view),
        rows="; ".join(f"{row.name()}: {labels.num(row.totals[view.role])}" for row in view.acting()[:5]),
    )


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
