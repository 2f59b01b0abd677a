"""Who acts: one row an agency, in the plan's names or today's, and the sentences that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ui import data
from ui.words import labels, layers
from ui.words.remember import remember

ROLES = ("lead", "coop", "monitor")
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
_CLOSE = 1.1
"""An agency stands out when it has this many times the tasks of the next."""


@dataclass(frozen=True)
class Row:
    """An agency in the picture: its tasks by dimension in the role shown, its totals by role, and what is to be said of
    it.
    """

    agency: str
    group: str  # named, or by today's names open, today, unknown; groups, nobody
    cells: dict[str, int]
    totals: dict[str, int]
    uncertain: int
    assignments: int
    is_known: bool
    now: str | None
    more: tuple[str, ...] = ()  # by today's names: what became of it, or what it took over

    @property
    def key(self) -> str:
        return self.agency + OPEN if self.group == "open" else self.agency

    def name(self) -> str:
        return labels.t("who.nobody") if self.agency == NOBODY else self.agency

    def notes(self) -> list[str]:
        """What stands small under the name."""
        said = list(self.more)
        if not self.is_known:
            said.append(labels.t("who.unknown"))
        if self.now:
            said.append(labels.t("who.now", office=self.now))
        if self.assignments:
            said.append(labels.t("who.assigned", n=self.assignments))
        if self.uncertain:
            said.append(labels.t("who.uncertain", n=self.uncertain))
        return said


def topic_of(dim: Any) -> str:
    return UNPLACED if dim is None or dim != dim else str(int(dim))


@remember
def rows(basis: str, plan_ids: tuple[str, ...], role: str, today: bool = False) -> list[Row]:
    """One row per agency that has any role in a task or leads an assignment: named ones, then groups that name nobody
    in particular, then the tasks without a lead; within each, the busiest in `role` first. By today's names those
    without a single successor come first.
    """
    found = _offices(basis, plan_ids, role) if today else _agencies(basis, plan_ids, role)
    if role == "lead":
        nobody = {
            topic_of(row["dim"]): int(row["tasks"])
            for row in data.leaderless_dimensions(basis, plan_ids).to_dict("records")
        }
        if nobody:
            found.append(
                Row(
                    NOBODY,
                    "nobody",
                    nobody,
                    {**dict.fromkeys(ROLES, 0), "lead": sum(nobody.values())},
                    0,
                    0,
                    True,
                    None,
                )
            )
    # the frame is sorted by name already, and sorting keeps that order among equals
    return sorted(found, key=lambda row: (_ORDER[row.group], -row.totals[role], -sum(row.totals.values())))


def _agencies(basis: str, plan_ids: tuple[str, ...], role: str) -> list[Row]:
    cells: dict[str, dict[str, int]] = defaultdict(dict)
    totals: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(ROLES, 0))
    uncertain: dict[str, int] = defaultdict(int)
    groups: dict[str, str] = {}
    known: dict[str, bool] = {}
    for row in data.agency_dimensions(basis, plan_ids).to_dict("records"):
        agency = row["agency"]
        groups[agency] = "groups" if row["is_group"] else "named"
        known[agency] = bool(row["is_known"])
        totals[agency][row["role"]] += int(row["tasks"])
        if row["role"] == role:
            cells[agency][topic_of(row["dim"])] = int(row["tasks"])
            uncertain[agency] += int(row["uncertain"])
    now = data.successors().set_index("agency")["now"].to_dict()
    assigned = data.assignments(plan_ids).set_index("agency")["assignments"].to_dict()
    return [
        Row(
            agency,
            groups[agency],
            cells[agency],
            totals[agency],
            uncertain[agency],
            int(assigned.get(agency, 0)),
            known[agency],
            now.get(agency),
        )
        for agency in groups
    ]


def _offices(basis: str, plan_ids: tuple[str, ...], role: str) -> list[Row]:
    cells: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    totals: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(ROLES, 0))
    uncertain: dict[tuple[str, str], int] = defaultdict(int)
    for row in data.office_dimensions(basis, plan_ids).to_dict("records"):
        office = row["standing"], row["office"]
        totals[office][row["role"]] += int(row["tasks"])
        if row["role"] == role:
            cells[office][topic_of(row["dim"])] = int(row["tasks"])
            uncertain[office] += int(row["uncertain"])
    fates = fates_of(plan_ids)
    return [
        Row(
            name,
            "groups" if standing == "group" else standing,
            cells[standing, name],
            totals[standing, name],
            uncertain[standing, name],
            0,
            True,
            None,
            fates.get((standing == "open", name), ()),
        )
        for standing, name in totals
    ]


def fates_of(plan_ids: tuple[str, ...]) -> dict[tuple[bool, str], tuple[str, ...]]:
    """By whether it has no single successor, and name: what became of an old agency, or which ones an office of today
    took over.
    """
    said: dict[tuple[bool, str], tuple[str, ...]] = {}
    check = labels.t("who.to_check")
    for row in data.open_agencies(plan_ids).to_dict("records"):
        parted = sum(1 for part in row["successors"]) > 1
        first = (
            labels.t("who.parted", n=len(row["successors"]), day=labels.day(row["from_date"]))
            if parted
            else labels.t("who.abolished", day=labels.day(row["from_date"]))
        )
        said[True, row["agency"]] = (first, check) if row["to_check"] else (first,)
    parts: dict[str, list[str]] = defaultdict(list)
    unsure: set[str] = set()
    for row in data.office_parts(plan_ids).to_dict("records"):
        if row["agency"] != row["office"]:
            parts[row["office"]].append(row["agency"])
        if row["to_check"]:
            unsure.add(row["office"])
    for office in {*parts, *unsure}:
        taken: tuple[str, ...] = (labels.t("who.includes", names=", ".join(parts[office])),) if parts[office] else ()
        said[False, office] = (*taken, check) if office in unsure else taken
    return said


def split(found: Sequence[Row], role: str, every: bool) -> tuple[list[Row], list[Row]]:
    """The rows to draw, and those that are only counted: agencies with fewer than FEW tasks in the role, but for those
    that somebody has to decide on.
    """

    def small(row: Row) -> bool:
        return row.totals[role] == 0 or (not every and row.group not in ("nobody", "open") and row.totals[role] < FEW)

    left_out = [row for row in found if small(row)]
    if not every and len(left_out) == len([row for row in found if row.group != "nobody"]):
        # all are small: then none is
        left_out = [row for row in found if row.totals[role] == 0]
    return [row for row in found if row not in left_out], left_out


def _sums(plan_ids: tuple[str, ...], role: str) -> dict[str, int]:
    frame_ = data.plan_roles(plan_ids)
    frame_ = frame_[frame_["role"] == role]
    return {name: int(frame_[name].sum()) for name in ("tasks", "named", "only_groups", "uncertain")}


def has_tasks(plan_ids: tuple[str, ...], role: str | None = None) -> bool:
    """Whether these plans assign any task, or (with `role`) name anybody in that role; a missing lead is something to
    show too.
    """
    sums = _sums(plan_ids, role or "lead")
    return sums["tasks"] > 0 if role in (None, "lead") else sums["named"] > 0


@remember
def answer(plan_ids: tuple[str, ...], today: bool = False) -> Markup:
    """The answer as markup: how many tasks name a lead, how many only a group, and where the layout leaves it open; by
    today's names also how many have a lead without a single successor.
    """
    sums = _sums(plan_ids, "lead")
    if not sums["tasks"]:
        return labels.html("who.answer_no_tasks")
    nobody = sums["tasks"] - sums["named"]
    said = [
        labels.html("who.answer_lead", n=sums["tasks"], named=sums["named"], nobody=nobody)
        if nobody
        else labels.html("who.answer_all", n=sums["tasks"])
    ]
    if today:
        frame_ = data.office_roles(plan_ids)
        now = {name: int(frame_[frame_["role"] == "lead"][name].sum()) for name in ("open", "only_open", "unknown")}
        said.append(
            labels.html("who.answer_open", n=now["open"], only=now["only_open"])
            if now["open"]
            else labels.html("who.answer_no_open")
        )
        if now["unknown"]:
            said.append(labels.html("who.answer_unknown", n=now["unknown"]))
    if sums["only_groups"]:
        said.append(labels.html("who.answer_groups", n=sums["only_groups"]))
    if sums["uncertain"] and not today:
        said.append(labels.html("who.answer_uncertain", n=sums["uncertain"]))
    return Markup(" ").join(filter(None, [*said, layers.aside(plan_ids)]))


@remember
def title(basis: str, plan_ids: tuple[str, ...], role: str, today: bool = False) -> str:
    """The finding over the picture. Rule: by today's names, the busiest one without a single successor; else the named
    agency with the most tasks in the role, where it has at least a tenth more than the next; else the first two, where
    they have that over the third. Fallback: how many agencies share how many tasks; or that no task names anybody in
    the role. Groups that name nobody in particular never carry the title.
    """
    sums = _sums(plan_ids, role)
    if not sums["named"]:
        return labels.t(f"who.finding_none.{role}", n=sums["tasks"])
    found = [row for row in rows(basis, plan_ids, role, today) if row.group in NAMED and row.totals[role]]
    if found and found[0].group == "open":
        return labels.t(f"who.finding_open.{role}", agency=found[0].agency, n=found[0].totals[role])
    counts = [row.totals[role] for row in found] + [0, 0, 0]
    if counts[0] > 1 and counts[0] >= _CLOSE * counts[1]:
        return labels.t(f"who.finding_one.{role}", agency=found[0].agency, n=counts[0], tasks=sums["tasks"])
    if counts[1] > 1 and counts[1] >= _CLOSE * counts[2]:
        return labels.t(
            f"who.finding_two.{role}", first=found[0].agency, n=counts[0], second=found[1].agency, m=counts[1]
        )
    return labels.t(
        f"who.finding_total.{role}",
        n=len([row for row in rows(basis, plan_ids, role, today) if row.group != "nobody" and row.totals[role]]),
        named=sums["named"],
        tasks=sums["tasks"],
    )


@remember
def alt(basis: str, plan_ids: tuple[str, ...], role: str, today: bool = False) -> str:
    """The picture for those who do not see it: its title, and the first five agencies with their tasks."""
    first = [row for row in rows(basis, plan_ids, role, today) if row.group != "nobody" and row.totals[role]][:5]
    return labels.t(
        "who.alt",
        title=title(basis, plan_ids, role, today),
        rows="; ".join(f"{row.name()}: {labels.num(row.totals[role])}" for row in first),
    )


# The options of the selects, and the units behind a choice.


@remember
def agencies() -> dict[str, str]:
    """Every agency of all plans, and the missing lead, by its key: the options of the first select."""
    return {**{name: name for name in data.agency_names()}, NOBODY: labels.t("who.nobody")}


@remember
def offices() -> dict[str, str]:
    """The same by today's names."""
    found = {
        row["office"] + OPEN if row["is_open"] else row["office"]: labels.t("who.open_option", agency=row["office"])
        if row["is_open"]
        else row["office"]
        for row in data.office_names().to_dict("records")
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


def unit_ids(basis: str, plan_ids: tuple[str, ...], agency: str, part: str, today: bool = False) -> tuple[str, ...]:
    """The units behind a choice of both selects."""
    role, _, topic = part.partition("-")
    if agency == NOBODY:
        return data.leaderless_unit_ids(basis, plan_ids, topic) if role == "lead" else ()
    if today:
        return data.office_unit_ids(basis, plan_ids, agency.removesuffix(OPEN), agency.endswith(OPEN), role, topic)
    if role == "assignment":
        return data.assignment_unit_ids(plan_ids, agency)
    return data.agency_unit_ids(basis, plan_ids, agency, role, topic)


def dim_name(dim: str) -> str:
    name = labels.pick(data.dimension(int(dim)), "name")
    return name if dim == "0" else f"{dim} {name}"


def group_head(group: str) -> str:
    return labels.t(f"who.group.{group}")
