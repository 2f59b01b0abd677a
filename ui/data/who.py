"""Questions about agencies: as plans name them, and as they are called since the reform of 2025."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypedDict

import numpy

from ui.data.ask import PLANS, arrays, by_plan, column, columns, frame, mapped, records, typed
from ui.data.topic import Basis, Topic
from ui.data.whole import Whole, whole


class Successor(TypedDict):
    """An office that holds some of an agency's work since the reform of 2025 (None: nobody does), at which level where it
    does so by that and is no successor, and which work.
    """

    office: str | None
    level: str | None
    scope_vi: str
    scope_en: str


@dataclass(frozen=True)
class Reformed:
    """What became of an agency in the reform of 2025: its office today, None without a single successor; all who hold
    its work; since when (`from_part`: of the date only the month or the year is known); and whether that has to be
    checked.
    """

    agency: str
    office: str | None
    from_date: datetime.date | None
    from_part: str
    to_check: bool
    successors: tuple[Successor, ...]


@dataclass(frozen=True)
class ChangedOffice(Reformed):
    """The same for an agency that a plan names, with how many units do, and in which spellings."""

    units: int
    written: tuple[str, ...]


_REFORMED = "agency, office, from_date, from_part, to_check, successors"


def changed_offices(plan_id: str) -> tuple[ChangedOffice, ...]:
    """One row per agency that a plan names and that is no office of its own since the reform of 2025, whatever the
    plan's day; the most named first.
    """
    return typed(
        ChangedOffice,
        f"select {_REFORMED}, units, written from plan_old_office where plan_id = ? order by units desc, agency collate vi",
        plan_id,
    )


def reformed_agencies(agencies: tuple[str, ...]) -> tuple[Reformed, ...]:
    """One row per agency of these that is no office of its own since the reform of 2025."""
    return typed(
        Reformed,
        f"select {_REFORMED} from agency_change where agency = any(?) and office is distinct from agency "
        "order by agency collate vi",
        agencies,
    )


def reform_basis(agency: str) -> str | None:
    """By which law or decree the reform of 2025 changed an agency; None where the table names none."""
    return next(iter(column("select basis from agency_change where agency = ?", agency)), None)


# Who and when.


@dataclass(frozen=True)
class AgencyTasks:
    """One agency, role and dimension: the tasks in which the agency has the role, and of these those where the source
    leaves open who it is.
    """

    agency: str
    is_known: bool
    is_group: bool
    role: str
    dim: int | None
    tasks: int
    uncertain: int


def agency_dimensions(basis: Basis, plan_ids: tuple[str, ...]) -> tuple[AgencyTasks, ...]:
    """One row per agency, role and dimension: the tasks of these plans in which it has that role."""
    return typed(
        AgencyTasks,
        f"select {columns(AgencyTasks)} from agency_dimension(?, ?) order by agency collate vi, role, dim",
        basis,
        plan_ids,
    )


ORDER = ("open", "named", "today", "unknown", "groups")
"""In which order agencies and offices of each standing are listed; those of today and those that are named stand alike."""
_ROLES = ("lead", "coop", "monitor")
_DIMS = (*range(9), None)
_HELD = {
    False: """
        select agency as name, case when is_group then 'groups' else 'named' end as standing, is_known,
            plan_id, basis, role, dim, tasks, uncertain
        from agency_dimension_role
    """,
    True: """
        select office as name, case standing when 'group' then 'groups' else standing end as standing, true as is_known,
            plan_id, basis, role, dim, tasks, uncertain
        from office_dimension_role
    """,
}
"""Which agency has which tasks, and which office of today."""


@dataclass(frozen=True, eq=False)
class Totals:
    """Agencies or offices in the order of their standing, the busiest in one role first: name and standing of each, its tasks
    by role, and of those in the role how many are in doubt and how many are on each dimension (None: on none). A column each,
    for they may be thousands.
    """

    name: numpy.ndarray
    standing: numpy.ndarray
    is_known: numpy.ndarray
    tasks: Mapping[str, numpy.ndarray]
    uncertain: numpy.ndarray
    dims: Mapping[int | None, numpy.ndarray]


def _held(basis: Basis, today: bool) -> tuple[dict[str, numpy.ndarray], Whole]:
    """Every agency, or office of today, in the order of names; and the tasks of each, which is known there by its place in that
    order: ten thousand plans name them half a million times.
    """
    named = f"""
        select name, standing, bool_or(is_known) as is_known,
            row_number() over (order by name collate vi, name, standing)::integer - 1 as holder
        from ({_HELD[today]}) group by name, standing
    """
    holders = arrays(f"select name, standing, is_known from ({named}) order by holder")
    every = whole(
        f"""
        select plan_id, holder, list_position(?, role) - 1 as role, coalesce(dim, 9) as dim,
            tasks::integer as tasks, uncertain::integer as uncertain
        from ({_HELD[today]}) join ({named}) using (name, standing) where basis = ?
        """,
        _ROLES,
        basis,
    )
    return holders, every


def totals(basis: Basis, plan_ids: tuple[str, ...], role: str, today: bool) -> Totals:
    """The agencies of these plans by the plans' own names, or the offices of today that hold their tasks."""
    holders, every = _held(basis, today)
    rows, shown = every.rows(plan_ids), _ROLES.index(role)
    axes = {"holder": len(holders["name"]), "role": len(_ROLES), "dim": len(_DIMS)}
    tasks, uncertain = every.tables(rows, axes, "tasks", "uncertain")
    by_role = tasks.sum(axis=2)
    in_any = by_role.sum(axis=1)
    places = [ORDER.index("today" if standing == "named" else standing) for standing in holders["standing"]]
    order = numpy.lexsort((-in_any, -by_role[:, shown], places))
    order = order[in_any[order] > 0]
    return Totals(
        holders["name"][order],
        holders["standing"][order],
        holders["is_known"][order],
        {one: by_role[order, at] for at, one in enumerate(_ROLES)},
        uncertain[order, shown].sum(axis=1),
        {dim: tasks[order, shown, at] for at, dim in enumerate(_DIMS)},
    )


@dataclass(frozen=True)
class LeaderlessTasks:
    """The tasks on one dimension that name nobody in the lead."""

    dim: int | None
    tasks: int


def leaderless_dimensions(basis: Basis, plan_ids: tuple[str, ...]) -> tuple[LeaderlessTasks, ...]:
    """One row per dimension: the tasks of these plans that name nobody in the lead."""
    every = whole(
        """
        select plan_id, coalesce(dim, 9) as dim, count(*) as tasks from unit_placed
        where basis = ? and kind = 'action' and not has_lead group by all
        """,
        basis,
    )
    found = every.sums(every.rows(plan_ids), ("dim",), "tasks")
    return tuple(LeaderlessTasks(None if dim == 9 else dim, n) for (dim,), (n,) in sorted(found.items()))


def assignments(plan_ids: tuple[str, ...], names: tuple[str, ...] | None = None) -> dict[str, int]:
    """By agency, of these or of all: how many assignments of these plans put it in the lead."""
    every = whole("select plan_id, agency, assignments from agency_assignment")
    found = every.sums(every.rows(plan_ids), ("agency",), "assignments")
    wanted = None if names is None else set(names)
    return {agency: n for (agency,), (n,) in found.items() if wanted is None or agency in wanted}


def agency_names() -> list[str]:
    """Every agency that has a role in a task of any plan, or leads an assignment."""
    return list(
        frame("select agency from agency_dimension_role union select agency from agency_assignment order by agency")[
            "agency"
        ]
    )


def successors() -> dict[str, str]:
    """The office of today by agency, of those whose whole work has gone to one other on a named legal basis."""
    return mapped("select agency, now from agency_successor")


@dataclass(frozen=True)
class RoleSum:
    """One role: the tasks of plans, how many name somebody in it, only groups, or leave it open who it is; and how many are held
    by an office without a single successor, by such offices only, and by one that stands in no table.
    """

    role: str
    tasks: int
    named: int
    only_groups: int
    uncertain: int
    open: int
    only_open: int
    unknown: int


def role_sums(plan_ids: tuple[str, ...]) -> dict[str, RoleSum]:
    """These plans together, by role."""
    figures = tuple(field.name for field in fields(RoleSum))[1:]
    every = whole(
        """
        select plan_id, role, plan_role.tasks, plan_role.named, plan_role.only_groups, plan_role.uncertain,
            coalesce(open, 0) as open, coalesce(only_open, 0) as only_open, coalesce(unknown, 0) as unknown
        from plan_role left join plan_role_today using (plan_id, role)
        """
    )
    found = every.sums(every.rows(plan_ids), ("role",), *figures)
    return {role: RoleSum(role, *sums) for (role,), sums in sorted(found.items())}


@dataclass(frozen=True)
class LeadBasis:
    """One plan and place that a task's lead is from ("row", "header", … "none"): its tasks, and of these those that
    leave it open who it is.
    """

    plan_id: str
    lead_basis: str
    tasks: int
    uncertain: int


def plan_lead_bases(plan_ids: tuple[str, ...]) -> tuple[LeadBasis, ...]:
    """One row per plan and place that a task's lead is from, the most frequent first; none where nobody is named."""
    asked = "select * from plan_lead_basis where plan_id = any(?) order by plan_id, lead_basis = 'none', tasks desc, lead_basis"
    return by_plan(LeadBasis, sorted(plan_ids), asked, PLANS)


def lead_bases(plan_ids: tuple[str, ...]) -> dict[str, int]:
    """By the place that a lead is from: the tasks of these plans."""
    every = whole("select plan_id, lead_basis, tasks from plan_lead_basis")
    return {place: n for (place,), (n,) in every.sums(every.rows(plan_ids), ("lead_basis",), "tasks").items()}


@dataclass(frozen=True)
class ColumnRole:
    """One column of a plan's tables, where it stands first, and the role it was read as."""

    plan_id: str
    header: str
    role: str
    line: int
    place: str | None


def column_roles(plan_ids: tuple[str, ...]) -> tuple[ColumnRole, ...]:
    """One row per plan and column of its tables."""
    asked = "select * exclude (position) from column_role where plan_id = any(?) order by plan_id, position, line"
    return by_plan(ColumnRole, sorted(plan_ids), asked, PLANS)


@dataclass(frozen=True)
class Handed:
    """A unit that hands a plan's work over as a whole, in a plan with tasks that name no lead; `quote` are the words that say so."""

    unit_id: str
    plan_id: str
    section: str
    first_line: int
    last_line: int
    place: str | None
    text: str
    quote: str


def handed(plan_ids: tuple[str, ...], most: int) -> tuple[Handed, ...]:
    """The first of the units that hand over the work of these plans as a whole, in reading order."""
    return typed(
        Handed,
        f"select {columns(Handed)} from handed_unit where plan_id = any(?) order by position, ordinal limit ?",
        plan_ids,
        most,
    )


def handed_count(plan_ids: tuple[str, ...]) -> int:
    """How many units of these plans hand over the work as a whole."""
    every = whole("select plan_id, count(*) as units from handed_unit group by plan_id")
    return int(every.columns["units"][every.rows(plan_ids)].sum())


def _asked(topic: Topic | None) -> tuple[bool, int | None]:
    """What `(? or dim is not distinct from ?)` takes: whether every task is meant, and else on which dimension."""
    return topic is None, topic.dim if topic else None


def agency_unit_ids(
    basis: Basis, plan_ids: tuple[str, ...], agency: str, role: str, topic: Topic | None = None
) -> tuple[str, ...]:
    """The tasks in which an agency has a role: all of them (None), on one dimension, or without a dimension
    (`Topic()`).
    """
    found = frame(
        """
        select unit_id from agency_unit
        where basis = ? and plan_id = any(?) and kind = 'action' and agency = ? and role = ? and (? or dim is not distinct from ?)
    """,
        basis,
        plan_ids,
        agency,
        role,
        *_asked(topic),
    )
    return tuple(found["unit_id"])


def leaderless_unit_ids(basis: Basis, plan_ids: tuple[str, ...], topic: Topic | None = None) -> tuple[str, ...]:
    """The tasks that name nobody in the lead; `topic` as above."""
    found = frame(
        """
        select unit_id from unit_placed
        where basis = ? and plan_id = any(?) and kind = 'action' and not has_lead and (? or dim is not distinct from ?)
    """,
        basis,
        plan_ids,
        *_asked(topic),
    )
    return tuple(found["unit_id"])


def assignment_unit_ids(plan_ids: tuple[str, ...], agency: str) -> tuple[str, ...]:
    """The assignments that put an agency in the lead."""
    found = frame(
        """
        select unit_id from agency_unit where basis = 'heading' and plan_id = any(?) and kind = 'assignment' and role = 'lead' and agency = ?
    """,
        plan_ids,
        agency,
    )
    return tuple(found["unit_id"])


# Who holds it today.


@dataclass(frozen=True)
class OfficeTasks:
    """The same of an office of today; `standing`: today, open (an old one without a single successor), unknown,
    group.
    """

    standing: str
    office: str
    role: str
    dim: int | None
    tasks: int
    uncertain: int


def office_dimensions(basis: Basis, plan_ids: tuple[str, ...]) -> tuple[OfficeTasks, ...]:
    """One row per office of today, its standing, role and dimension: the tasks of these plans in which it has that
    role.
    """
    return typed(
        OfficeTasks,
        f"select {columns(OfficeTasks)} from office_dimension(?, ?) order by office collate vi, role, dim",
        basis,
        plan_ids,
    )


@dataclass(frozen=True)
class OfficeName:
    """An office of today that a plan names; `is_open` where it is an old name without a single successor."""

    office: str
    is_open: bool


def office_names() -> tuple[OfficeName, ...]:
    """One row per office of today that any plan names."""
    return typed(OfficeName, "select * from office_name order by office collate vi, is_open")


@dataclass(frozen=True)
class OfficePart:
    """An agency that went over into an office of today; `to_check` where no legal basis is named, or no source says all of it."""

    office: str
    agency: str
    to_check: bool


def office_parts(plan_ids: tuple[str, ...]) -> tuple[OfficePart, ...]:
    """One row per office of today and agency of these plans that went over into it."""
    return typed(
        OfficePart, f"select {columns(OfficePart)} from office_origin(?) order by office, agency collate vi", plan_ids
    )


def open_agencies(plan_ids: tuple[str, ...]) -> tuple[Reformed, ...]:
    """One row per agency that has no single successor, for plans issued before it was changed."""
    return typed(Reformed, f"select {columns(Reformed)} from open_agency(?) order by agency", plan_ids)


def office_unit_ids(
    basis: Basis, plan_ids: tuple[str, ...], office: str, is_open: bool, role: str, topic: Topic | None = None
) -> tuple[str, ...]:
    """The tasks in which an office of today has a role (`is_open`: an old one without a single successor); `topic` as
    for agencies.
    """
    found = frame(
        """
        select unit_id from office_unit
        where basis = ? and plan_id = any(?) and office = ? and (standing = 'open') = ? and role = ? and (? or dim is not distinct from ?)
    """,
        basis,
        plan_ids,
        office,
        is_open,
        role,
        *_asked(topic),
    )
    return tuple(found["unit_id"])


@dataclass(frozen=True)
class OpenLead:
    """A task and a lead of it that has no single successor; `others`: its leads that are an office today, or a
    group.
    """

    unit_id: str
    plan_id: str
    section: str
    first_line: int
    last_line: int
    place: str | None
    text: str
    agency: str
    as_written: str
    uncertain: bool
    from_date: datetime.date | None
    from_part: str
    successors: tuple[Successor, ...]
    basis: str | None
    to_check: bool
    others: int


def open_leads(plan_ids: tuple[str, ...], first: int = 0, most: int | None = None) -> tuple[OpenLead, ...]:
    """One row per task and lead of it without a single successor, those with no other lead first; so many from a place on."""
    order = "order by others > 0, position, ordinal, agency"
    picked = records(
        f"select unit_id, agency from open_lead where plan_id = any(?) {order} limit ? offset ?", plan_ids, most, first
    )
    wanted = {(row["unit_id"], row["agency"]) for row in picked}
    # by their names: their words are read of these alone
    unit_ids = tuple(dict.fromkeys(row["unit_id"] for row in picked))
    found = typed(OpenLead, f"select {columns(OpenLead)} from open_lead where unit_id = any(?) {order}", unit_ids)
    return tuple(lead for lead in found if (lead.unit_id, lead.agency) in wanted)


def open_lead_count(plan_ids: tuple[str, ...]) -> int:
    """How many rows `open_leads` has."""
    every = whole("select plan_id, count(*) as leads from open_lead group by plan_id")
    return sum(n for (n,) in every.sums(every.rows(plan_ids), (), "leads").values())


# What a plan gives one office.


@dataclass(frozen=True)
class GivenAgency:
    """An agency that a plan gives something: how many units name it as lead, coop and monitor, each once under the
    first of these; how many mean it as one of a group; and how many may, as far as it is concerned.
    """

    agency: str
    is_group: bool
    lead: int
    coop: int
    monitor: int
    grouped: int
    concerned: int


def given_agencies(plan_id: str) -> tuple[GivenAgency, ...]:
    """One row per agency that the plan gives something, groups last."""
    return typed(
        GivenAgency, f"select {columns(GivenAgency)} from given_agency(?) order by is_group, agency collate vi", plan_id
    )


@dataclass(frozen=True)
class GivenUnit:
    """A unit that gives an agency something to do: in which roles, by which groups (none where it is named), and
    when. `is_meant`: not only as far as it is concerned.
    """

    unit_id: str
    roles: tuple[str, ...]
    through: tuple[str, ...] | None
    is_meant: bool
    uncertain: bool
    due_from: datetime.date | None
    due_to: datetime.date | None
    bearing: str


def given_units(plan_id: str, agency: str) -> tuple[GivenUnit, ...]:
    """One row per unit that gives an agency something to do; what has an end or a beginning in its order, then the
    rest in the plan's.
    """
    return typed(
        GivenUnit,
        f"select {columns(GivenUnit)} from given_due(?, ?) order by due nulls last, due_from nulls first, ordinal",
        plan_id,
        agency,
    )


def reformed(plan_id: str, agency: str) -> Reformed | None:
    """What became of an agency since the plan was issued; None where the reform did not change it."""
    return next(
        iter(typed(Reformed, f"select {_REFORMED} from plan_reform where plan_id = ? and agency = ?", plan_id, agency)),
        None,
    )
