"""Who acts: agencies against the eight dimensions and the cross-cutting work; lead, coop and monitor are kept apart.
Names are those the plan uses, or (`today`) those of the offices that hold the work since the reform of 2025.

In: frames of `ui.data`. Out: the answer, the finding that titles the picture, the picture in two forms, and its tables.
One role at a time is spread over the dimensions (a disc leads, a ring joins in, a ring with a dot watches); the
other two stand beside it as bars (solid leads, hollow joins in, thin watches). What is counted are tasks.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ui import data, frame, labels, layers, widgets
from ui.charts.base import DIM, INK, NARROW, PAGE, RULE, SOFT, WIDE, Sheet, width_of, wrap
from ui.remember import remember

ROLES = ("lead", "coop", "monitor")
FEW = 3
"""Agencies with fewer tasks than this are counted in one line unless the reader asks for all."""
NOBODY = "-"
"""Stands for the agency where a task names nobody in the lead."""
OPEN = "*"
"""Ends the key of an old agency that has no single successor, for an office of the same name may exist in a later
plan.
"""
_DIMS = ("1", "2", "3", "4", "5", "6", "7", "8", "0")
_UNPLACED = "x"
_ORDER = {"open": 0, "named": 1, "today": 1, "unknown": 2, "groups": 3, "nobody": 4}
_NAMED = ("open", "named", "today", "unknown")
_MOST_DECISIONS = 100
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


def _topic(dim: Any) -> str:
    return _UNPLACED if dim is None or dim != dim else str(int(dim))


@remember
def rows(basis: str, plan_ids: tuple[str, ...], role: str, today: bool = False) -> list[Row]:
    """One row per agency that has any role in a task or leads an assignment: named ones, then groups that name nobody
    in particular, then the tasks without a lead; within each, the busiest in `role` first. By today's names those
    without a single successor come first.
    """
    found = _offices(basis, plan_ids, role) if today else _agencies(basis, plan_ids, role)
    if role == "lead":
        nobody = {
            _topic(row["dim"]): int(row["tasks"])
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
            cells[agency][_topic(row["dim"])] = int(row["tasks"])
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
            cells[office][_topic(row["dim"])] = int(row["tasks"])
            uncertain[office] += int(row["uncertain"])
    fates = _fates(plan_ids)
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


def _fates(plan_ids: tuple[str, ...]) -> dict[tuple[bool, str], tuple[str, ...]]:
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
        first = (labels.t("who.includes", names=", ".join(parts[office])),) if parts[office] else ()
        said[False, office] = (*first, check) if office in unsure else first
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
def answer(plan_ids: tuple[str, ...], today: bool = False) -> str:
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
    return " ".join(filter(None, [*said, layers.aside(plan_ids)]))


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
    found = [row for row in rows(basis, plan_ids, role, today) if row.group in _NAMED and row.totals[role]]
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
        for dim in _DIMS:
            name = (
                labels.pick(data.dimension(int(dim)), "short") if dim != "0" else labels.pick(data.dimension(0), "name")
            )
            found[f"{one}-{dim}"] = labels.t(
                "who.part_dim", role=labels.t(f"who.role.{one}"), dim=name if dim == "0" else f"{dim} {name}"
            )
        found[f"{one}-{_UNPLACED}"] = labels.t(
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


# The picture.


def _columns(drawn: Sequence[Row]) -> tuple[str, ...]:
    return (*_DIMS, _UNPLACED) if any(_UNPLACED in row.cells for row in drawn) else _DIMS


def _color(dim: str) -> str:
    return SOFT if dim == _UNPLACED else DIM[int(dim)]


def _disc(sheet: Sheet, x: float, y: float, n: int, largest: int, most: float, dim: str, form: str) -> None:
    """A mark whose area is a count, with the count inside where it fits and beside it where not."""
    color, number = _color(dim), labels.compact(n)
    diameter = round(max(5.0, most * (n / largest) ** 0.5))
    wide = width_of(number, 13, bold=True)
    inside = diameter >= max(18, wide + 6) and form != "monitor"
    middle = x if inside else x - (3 + wide) / 2
    if form == "monitor":
        sheet.symbol(middle, y, "circle-dot", diameter, color, hollow=True, width=1.5)
        sheet.circle(middle, y, 3, color)
    else:
        sheet.circle(middle, y, diameter, color, hollow=form != "lead", width=1.5)
    if inside:
        sheet.text(x, y, number, size=13, bold=True, color=PAGE if form == "lead" else INK, anchor="center")
    else:
        sheet.text(middle + diameter / 2 + 2, y, number, size=13)


def _bar(sheet: Sheet, x: float, y: float, n: int, scale: float, role: str) -> None:
    """A role beside the one that is shown: solid leads, hollow joins in, thin watches; a dash for none."""
    if not n:
        sheet.text(x, y, "–", size=13, color=SOFT)
        return
    length = max(3.0, n * scale)
    if role == "lead":
        sheet.box(x, y - 7, x + length, y + 7, SOFT)
    elif role == "coop":
        sheet.frame(x, y - 7, x + length, y + 7, SOFT)
    else:
        sheet.box(x, y - 2, x + length, y + 2, SOFT)
    sheet.text(x + length + 4, y, labels.compact(n), size=13)


def _form(row: Row, role: str) -> str:
    # what nobody leads is hollow, as everywhere
    return "hollow" if row.group == "nobody" else role


def _note_lines(row: Row, pixels: float, size: float) -> list[str]:
    """The notes under a name, as many on a line as fit: no line begins or ends with a separator."""
    lines: list[str] = []
    for note in row.notes():
        joined = f"{lines[-1]} · {note}" if lines else note
        if lines and width_of(joined, size) <= pixels:
            lines[-1] = joined
        else:
            lines += wrap(note, pixels, size)
    return lines


def _hover(row: Row, role: str, dim: str | None = None) -> str:
    name = row.name()
    if dim is None:
        said = [labels.t("common.tasks", n=row.totals[role])]
        if row.group != "nobody":
            said[0] = f"{labels.t(f'who.role.{role}')}: {said[0]}"
        return "\n".join((name, *said, *row.notes(), labels.t("common.click")))
    head = labels.t("tasks.no_topic") if dim == _UNPLACED else _dim_name(dim)
    counted = labels.t("common.tasks", n=row.cells.get(dim, 0))
    return "\n".join(
        (
            f"{name} · {head}",
            counted if row.group == "nobody" else f"{labels.t(f'who.role.{role}')}: {counted}",
            labels.t("common.click"),
        )
    )


def _dim_name(dim: str) -> str:
    name = labels.pick(data.dimension(int(dim)), "name")
    return name if dim == "0" else f"{dim} {name}"


def _subtitle(role: str, today: bool) -> str:
    return labels.t(f"who.subtitle_today.{role}") if today else labels.t(f"who.subtitle.{role}")


def _group_head(group: str) -> str:
    return labels.t(f"who.group.{group}")


def _left_out(left_out: Sequence[Row], role: str) -> str | None:
    small = [row for row in left_out if row.totals[role]]
    if not small:
        return None
    return labels.t(f"who.left_out.{role}", n=len(small), few=FEW, sum=sum(row.totals[role] for row in small))


@remember
def wide(basis: str, plan_ids: tuple[str, ...], role: str, every: bool, today: bool = False) -> go.Figure:
    """The picture over the whole page."""
    drawn, left_out = split(rows(basis, plan_ids, role, today), role, every)
    others = [other for other in ROLES if other != role]
    sheet = Sheet(
        WIDE, title=title(basis, plan_ids, role, today), subtitle=_subtitle(role, today), source=frame.source()
    )
    dims = _columns(drawn)
    total, first, aside = 300.0, 318.0, (922.0, 1044.0)
    column = (aside[0] - 14 - first) / len(dims)
    y = sheet.top + 8
    sheet.text(first, y, labels.t(f"who.spread.{role}"), size=13, bold=True)
    for x, other in zip(aside, others, strict=True):
        sheet.text(x, y, labels.t(f"who.role.{other}"), size=13, bold=True)
    y += 22
    heads = {dim: labels.t(f"who.dim.{dim}").split("/") for dim in dims}
    for at, dim in enumerate(dims):
        x = first + (at + 0.5) * column
        if dim not in ("0", _UNPLACED):
            sheet.text(x, y, dim, size=16, bold=True, color=_color(dim), anchor="center")
        for line_at, line in enumerate(heads[dim]):
            sheet.text(x, y + 17 + 14 * line_at, line, size=12, color=_color(dim), anchor="center")
    y += 17 + 14 * max(len(lines) for lines in heads.values())
    largest = max((n for row in drawn for n in row.cells.values()), default=1)
    scale = _scale(drawn, others, 62)
    group, counted = None, False
    for row in drawn:
        if row.group != group:
            if group is not None:
                # what is only counted stands below the last of the named ones
                if not counted and row.group not in _NAMED:
                    y, counted = _tail(sheet, y, left_out, role, WIDE), True
                y += 8
            group = row.group
            sheet.line(0, y, WIDE, y, INK, width=1.5)
            sheet.text(0, y + 17, _group_head(group), size=14, bold=True)
            for at, dim in enumerate(dims):
                # the heads stand far above by now
                if row is not drawn[0] and dim not in ("0", _UNPLACED):
                    sheet.text(
                        first + (at + 0.5) * column, y + 17, dim, size=14, bold=True, color=_color(dim), anchor="center"
                    )
            y += 32
        y = _draw_wide(sheet, y, row, role, dims, others, total, first, column, aside, largest, scale)
    if not counted:
        y = _tail(sheet, y, left_out, role, WIDE)
    return sheet.figure(y + 4)


def _scale(drawn: Sequence[Row], others: Sequence[str], room: float) -> float:
    most = max((row.totals[other] for row in drawn for other in others), default=0)
    return room / most if most else 0.0


def _tail(sheet: Sheet, y: float, left_out: Sequence[Row], role: str, width: float) -> float:
    words = _left_out(left_out, role)
    if not words:
        return y
    sheet.line(0, y, width, y)
    lines = wrap(words, width, 13)
    for at, line in enumerate(lines):
        sheet.text(0, y + 18 + 17 * at, line, size=13, color=SOFT)
    return y + 18 + 17 * len(lines)


def _draw_wide(
    sheet: Sheet,
    y: float,
    row: Row,
    role: str,
    dims: Sequence[str],
    others: Sequence[str],
    total: float,
    first: float,
    column: float,
    aside: tuple[float, float],
    largest: int,
    scale: float,
) -> float:
    names, notes = wrap(row.name(), 258, 14), _note_lines(row, 262, 12)
    height = max(38.0, 12 + 17 * len(names) + 15 * len(notes))
    sheet.line(0, y, WIDE, y)
    top = y + (height - 17 * len(names) - 15 * len(notes)) / 2
    for at, line in enumerate(names):
        sheet.text(0, top + 9 + 17 * at, line, size=14)
    for at, line in enumerate(notes):
        sheet.text(0, top + 8 + 17 * len(names) + 15 * at, line, size=12, color=SOFT)
    middle = y + height / 2
    sheet.text(total, middle, labels.compact(row.totals[role]), size=15, bold=True, anchor="right")
    sheet.hit(0, y + 2, total + 6, y + height - 2, f"{row.key}~{role}", _hover(row, role))
    for at, dim in enumerate(dims):
        x = first + at * column
        if n := row.cells.get(dim):
            _disc(sheet, x + column / 2, middle, n, largest, 36, dim, _form(row, role))
            sheet.hit(x + 2, y + 1, x + column - 2, y + height - 1, f"{row.key}~{role}-{dim}", _hover(row, role, dim))
        else:
            sheet.circle(x + column / 2, middle, 2.5, RULE)
    if row.group == "nobody":
        return y + height
    for x, other in zip(aside, others, strict=True):
        _bar(sheet, x, middle, row.totals[other], scale, other)
        if row.totals[other]:
            sheet.hit(
                x - 4,
                y + 2,
                x + 92,
                y + height - 2,
                f"{row.key}~{other}",
                f"{row.name()}\n{labels.t(f'who.role.{other}')}: {labels.t('common.tasks', n=row.totals[other])}\n{labels.t('common.click')}",
            )
    return y + height


@remember
def narrow(basis: str, plan_ids: tuple[str, ...], role: str, every: bool, today: bool = False) -> go.Figure:
    """The sister for a phone: an agency's name over its line of marks, the other two roles in a line below."""
    drawn, left_out = split(rows(basis, plan_ids, role, today), role, every)
    others = [other for other in ROLES if other != role]
    sheet = Sheet(
        NARROW, title=title(basis, plan_ids, role, today), subtitle=_subtitle(role, today), source=frame.source()
    )
    dims = _columns(drawn)
    column = NARROW / len(dims)
    y = sheet.top
    largest = max((n for row in drawn for n in row.cells.values()), default=1)
    scale = _scale(drawn, others, 40)
    group, counted = None, False
    for row in drawn:
        if row.group != group:
            if group is not None:
                # what is only counted stands below the last of the named ones
                if not counted and row.group not in _NAMED:
                    y, counted = _tail(sheet, y, left_out, role, NARROW), True
                y += 10
            group = row.group
            sheet.line(0, y, NARROW, y, INK, width=1.5)
            for line in wrap(_group_head(group), NARROW, 15, bold=True):
                y += 20
                sheet.text(0, y - 5, line, size=15, bold=True)
            y += 18
            for at, dim in enumerate(dims):
                short = dim if dim not in ("0", _UNPLACED) else labels.t(f"who.dim_narrow.{dim}")
                sheet.text(
                    (at + 0.5) * column,
                    y,
                    short,
                    size=14 if dim == short else 12,
                    bold=dim == short,
                    color=_color(dim),
                    anchor="center",
                )
            y += 12
        y = _draw_narrow(sheet, y, row, role, dims, others, column, largest, scale)
    if not counted:
        y = _tail(sheet, y, left_out, role, NARROW)
    return sheet.figure(y + 4)


def _draw_narrow(
    sheet: Sheet,
    y: float,
    row: Row,
    role: str,
    dims: Sequence[str],
    others: Sequence[str],
    column: float,
    largest: int,
    scale: float,
) -> float:
    sheet.line(0, y, NARROW, y)
    start = y
    names = wrap(row.name(), NARROW - 56, 15, bold=True)
    for at, line in enumerate(names):
        sheet.text(0, y + 15 + 18 * at, line, size=15, bold=True)
    sheet.text(NARROW - 2, y + 15, labels.compact(row.totals[role]), size=15, bold=True, anchor="right")
    y += 8 + 18 * len(names)
    for line in _note_lines(row, NARROW - 8, 12.5):
        sheet.text(0, y + 7, line, size=12.5, color=SOFT)
        y += 16
    sheet.hit(0, start + 2, NARROW, y, f"{row.key}~{role}", _hover(row, role))
    middle = y + 17
    for at, dim in enumerate(dims):
        x = at * column
        if n := row.cells.get(dim):
            _disc(sheet, x + column / 2, middle, n, largest, 27, dim, _form(row, role))
            sheet.hit(x, y + 2, x + column, y + 32, f"{row.key}~{role}-{dim}", _hover(row, role, dim))
        else:
            sheet.circle(x + column / 2, middle, 2.5, RULE)
    y += 34
    if row.group == "nobody":
        return y + 4
    for x, other in zip((0, NARROW / 2), others, strict=True):
        word = labels.t(f"who.role.{other}")
        sheet.text(x, y + 9, word, size=12.5, color=SOFT)
        _bar(sheet, x + width_of(word, 12.5) + 8, y + 9, row.totals[other], scale, other)
        if row.totals[other]:
            sheet.hit(
                x,
                y - 3,
                x + NARROW / 2 - 4,
                y + 21,
                f"{row.key}~{other}",
                f"{row.name()}\n{word}: {labels.t('common.tasks', n=row.totals[other])}",
            )
    return y + 24


# Tables.


@remember
def table(
    basis: str, plan_ids: tuple[str, ...], role: str, today: bool = False
) -> tuple[dict[str, str], list[dict[str, Any]], tuple[str, ...]]:
    """The picture as a table, with every agency: its columns, its rows, and which columns hold numbers."""
    found = rows(basis, plan_ids, role, today)
    dims = _columns(found)
    others = [other for other in ROLES if other != role]
    columns = {
        "agency": labels.t("who.office" if today else "who.agency"),
        role: labels.t(f"who.role.{role}"),
        **{f"dim{dim}": dim if dim not in ("0", _UNPLACED) else labels.t(f"who.dim_narrow.{dim}") for dim in dims},
        **{other: labels.t(f"who.role.{other}") for other in others},
        **({} if today else {"assignments": labels.t("who.assignments")}),
        "uncertain": labels.t("who.uncertain_heading"),
    }
    said = []
    for row in found:
        small = [labels.t("who.unknown")] if not row.is_known else list(row.more)
        small += [_group_head(row.group)] if row.group in ("open", "unknown") else []
        small += [labels.t("who.now", office=row.now)] if row.now else []
        small += [labels.t("who.group_short")] if row.group == "groups" else []
        said.append(
            {
                "agency": "\n".join((row.name(), " · ".join(small))) if small else row.name(),
                **row.totals,
                **{f"dim{dim}": row.cells.get(dim, 0) for dim in dims},
                "assignments": row.assignments,
                "uncertain": row.uncertain,
            }
        )
    return columns, said, tuple(name for name in columns if name != "agency")


@remember
def cell_rows(basis: str, plan_ids: tuple[str, ...]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: its columns, and one row per agency, role and dimension."""
    columns = {
        "agency": labels.t("who.agency"),
        "role": labels.t("who.role"),
        "dim": labels.t("common.dimension_number"),
        "name": labels.t("common.dimension_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "uncertain": labels.t("who.uncertain_heading"),
        "known": labels.t("who.known"),
        "group": labels.t("who.is_group"),
    }
    yes = {True: labels.t("who.yes"), False: labels.t("who.no")}
    found = []
    for row in data.agency_dimensions(basis, plan_ids).to_dict("records"):
        dim = _topic(row["dim"])
        found.append(
            {
                "agency": row["agency"],
                "role": labels.t(f"who.role.{row['role']}"),
                "dim": "" if dim == _UNPLACED else dim,
                "name": labels.t("tasks.no_topic") if dim == _UNPLACED else _dim_name(dim).removeprefix(f"{dim} "),
                "tasks": int(row["tasks"]),
                "uncertain": int(row["uncertain"]),
                "known": yes[bool(row["is_known"])],
                "group": yes[bool(row["is_group"])],
            }
        )
    for row in data.leaderless_dimensions(basis, plan_ids).to_dict("records"):
        dim = _topic(row["dim"])
        found.append(
            {
                "agency": labels.t("who.nobody"),
                "role": labels.t("who.role.lead"),
                "dim": "" if dim == _UNPLACED else dim,
                "name": labels.t("tasks.no_topic") if dim == _UNPLACED else _dim_name(dim).removeprefix(f"{dim} "),
                "tasks": int(row["tasks"]),
                "uncertain": 0,
                "known": "",
                "group": "",
            }
        )
    return columns, found


@remember
def office_rows(basis: str, plan_ids: tuple[str, ...]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The same by today's names: its columns, and one row per office, role and dimension."""
    columns = {
        "office": labels.t("who.office"),
        "standing": labels.t("who.standing"),
        "notes": labels.t("who.includes_heading"),
        "role": labels.t("who.role"),
        "dim": labels.t("common.dimension_number"),
        "name": labels.t("common.dimension_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "uncertain": labels.t("who.uncertain_heading"),
    }
    fates = _fates(plan_ids)
    found = []
    for row in data.office_dimensions(basis, plan_ids).to_dict("records"):
        dim, group = _topic(row["dim"]), "groups" if row["standing"] == "group" else row["standing"]
        found.append(
            {
                "office": row["office"],
                "standing": _group_head(group),
                "notes": "; ".join(fates.get((group == "open", row["office"]), ())),
                "role": labels.t(f"who.role.{row['role']}"),
                "dim": "" if dim == _UNPLACED else dim,
                "name": labels.t("tasks.no_topic") if dim == _UNPLACED else _dim_name(dim).removeprefix(f"{dim} "),
                "tasks": int(row["tasks"]),
                "uncertain": int(row["uncertain"]),
            }
        )
    return columns, found


# What somebody has to decide.


def _successors(row: Mapping[str, Any]) -> str:
    return "; ".join(f"{part['office']} ({labels.pick(part, 'scope')})" for part in row["successors"] if part["office"])


def _scopes(row: Mapping[str, Any]) -> str:
    return "; ".join(dict.fromkeys(labels.pick(part, "scope") for part in row["successors"] if not part["office"]))


@remember
def decisions(plan_ids: tuple[str, ...], kept: str = "") -> tuple[list[str], str]:
    """The tasks whose lead has no single successor, as markup, the first hundred; and the sentence over them. `kept` as
    for `widgets.line_link`.
    """
    n = data.open_lead_count(plan_ids)
    if not n:
        return [], ""
    names = widgets.plan_names()
    frame_ = data.office_roles(plan_ids)
    note = labels.t("who.decide_note", n=n, tasks=int(frame_[frame_["role"] == "lead"]["open"].sum()))
    if n > _MOST_DECISIONS:
        note = f"{note} {labels.t('who.decide_shown', shown=_MOST_DECISIONS, n=n)}"
    items = []
    for row in data.open_leads(plan_ids, _MOST_DECISIONS).to_dict("records"):
        lead = labels.html("who.decide_lead", written=row["as_written"]) + (
            f" ({html.escape(row['agency'])})" if row["as_written"] != row["agency"] else ""
        )
        others = (
            labels.html("who.decide_others", n=int(row["others"])) if row["others"] else labels.html("who.decide_alone")
        )
        to = [labels.html("who.decide_to", offices=_successors(row))] if _successors(row) else []
        to += [labels.html("who.decide_nobody", scopes=_scopes(row))] if _scopes(row) else []
        to += [labels.html("who.to_check")] if row["to_check"] else []
        plan = f"{html.escape(names[row['plan_id']])} · {widgets.where_link(row, kept)}"
        items.append(
            f'<div class="card"><p class="says">{html.escape(row["text"])}</p><p class="where">{plan}</p><p class="who">{lead} · {others}</p><p class="who">{" · ".join(to)}</p></div>'
        )
    return items, note


def decision_count(plan_ids: tuple[str, ...]) -> int:
    """How many rows the download has."""
    return data.open_lead_count(plan_ids)


def decision_rows(plan_ids: tuple[str, ...]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """All of them for the download: columns, one row per task and lead."""
    columns = {
        "plan": labels.t("tasks.column_plan"),
        "section": labels.t("tasks.column_section"),
        "lines": labels.t("tasks.column_lines"),
        "text": labels.t("tasks.column_text"),
        "written": labels.t("who.decide_written"),
        "agency": labels.t("who.decide_agency"),
        "offices": labels.t("who.decide_offices"),
        "since": labels.t("who.decide_since"),
        "basis": labels.t("who.decide_basis"),
        "others": labels.t("who.decide_other_leads"),
        "uncertain": labels.t("tasks.column_uncertain"),
    }
    names = widgets.plan_names()
    found = []
    for row in data.open_leads(plan_ids).to_dict("records"):
        basis = [row["basis"]] if isinstance(row["basis"], str) else []
        found.append(
            {
                "plan": names[row["plan_id"]],
                "section": row["section"],
                "lines": widgets.span(row),
                "text": row["text"],
                "written": row["as_written"],
                "agency": row["agency"],
                "offices": "; ".join(part for part in (_successors(row), _scopes(row)) if part),
                "since": labels.day(row["from_date"]),
                "basis": "; ".join((*basis, labels.t("who.to_check"))) if row["to_check"] else "; ".join(basis),
                "others": int(row["others"]),
                "uncertain": labels.t("common.yes") if row["uncertain"] else "",
            }
        )
    return columns, found


@remember
def provinces(plan_ids: tuple[str, ...]) -> str:
    """Where the plans' provinces have gone since 1 July 2025, and what the table does not know of communes; "" where
    all is as it was.
    """
    plans = data.plans_of(plan_ids)
    moves = dict.fromkeys(
        labels.t("who.province_move", old=plan["province"], new=plan["province_now"])
        for plan in plans
        if plan["province"] != plan["province_now"]
    )
    said = [labels.t("who.provinces_now", moves="; ".join(moves))] if moves else []
    if any(plan["level"] == "commune" for plan in plans):
        said.append(labels.t("who.communes_now"))
    return " ".join(said)


@remember
def origins(plan_ids: tuple[str, ...]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Which column of which plan became which role, and where the leads of its tasks are from: columns, one row per
    plan.
    """
    columns = {
        "plan": labels.t("common.plan_heading"),
        "table": labels.t("who.from_columns"),
        "lead": labels.t("who.from_where"),
        "uncertain": labels.t("who.uncertain_tasks"),
    }
    headers: dict[str, list[str]] = defaultdict(list)
    for row in data.column_roles(plan_ids).to_dict("records"):
        if row["role"] in ROLES:
            headers[row["plan_id"]].append(
                labels.t(
                    "who.column",
                    header=row["header"],
                    role=labels.lower(labels.t(f"who.role.{row['role']}")),
                    at=widgets.at(row["line"], row.get("place")),
                )
            )
    bases: dict[str, list[str]] = defaultdict(list)
    uncertain: dict[str, int] = defaultdict(int)
    for row in data.plan_lead_bases(plan_ids).to_dict("records"):
        if row["tasks"]:
            bases[row["plan_id"]].append(labels.t(f"who.basis.{row['lead_basis']}", n=int(row["tasks"])))
            uncertain[row["plan_id"]] += int(row["uncertain"])
    found = []
    for plan in data.plans_of(plan_ids):
        name = plan["plan_id"]
        none = labels.t("who.no_table" if not plan["has_table"] else "who.no_role_column")
        found.append(
            {
                "plan": f"{labels.pick(plan, 'short')}\n{labels.t('common.level.' + plan['level'])}",
                "table": "; ".join(headers[name]) or none,
                "lead": "; ".join(bases[name])
                or labels.t("who.no_tasks" if plan["status"] == "read" else "common.state.not_read"),
                "uncertain": uncertain[name],
            }
        )
    return columns, found
