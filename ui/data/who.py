"""Questions about agencies: as plans name them, and as they are called since the reform of 2025."""

from __future__ import annotations

from typing import Any

import pandas

from ui.data.ask import frame


def changed_offices(plan_id: str) -> pandas.DataFrame:
    """One row per agency that a plan names and that is no office of its own since the reform of 2025, whatever the
    plan's day; the most named first.
    """
    return frame("select * from plan_old_office where plan_id = ? order by units desc, agency collate vi", plan_id)


def reformed_agencies(agencies: tuple[str, ...]) -> pandas.DataFrame:
    """One row per agency of these that is no office of its own since the reform of 2025."""
    return frame(
        "select * from agency_change where agency = any(?) and office is distinct from agency order by agency collate vi",
        agencies,
    )


# Who and when.


def agency_dimensions(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per agency, role and dimension: the tasks of these plans in which it has that role."""
    return frame(
        """
        select agency, is_known, is_group, role, dim, sum(tasks)::int as tasks, sum(uncertain)::int as uncertain
        from agency_dimension_role where basis = ? and plan_id = any(?)
        group by all order by agency collate vi, role, dim
    """,
        basis,
        plan_ids,
    )


def leaderless_dimensions(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per dimension: the tasks of these plans that name nobody in the lead."""
    return frame(
        """
        select dim, count(*)::int as tasks from unit_placed
        where basis = ? and plan_id = any(?) and kind = 'action' and not has_lead group by dim order by dim
    """,
        basis,
        plan_ids,
    )


def assignments(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per agency: how many assignments of these plans put it in the lead."""
    return frame(
        "select agency, sum(assignments)::int as assignments from agency_assignment where plan_id = any(?) group by agency",
        plan_ids,
    )


def agency_names() -> list[str]:
    """Every agency that has a role in a task of any plan, or leads an assignment."""
    return list(
        frame("select agency from agency_dimension_role union select agency from agency_assignment order by agency")[
            "agency"
        ]
    )


def successors() -> pandas.DataFrame:
    """One row per agency whose whole work has gone to one other office since 2025, on a named legal basis."""
    return frame("select * from agency_successor")


def plan_roles(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and role: tasks, how many name somebody, only groups, or leave it open who it is."""
    return frame("select * from plan_role where plan_id = any(?) order by position, role", plan_ids)


def plan_lead_bases(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and place that a task's lead is from, the most frequent first; none where nobody is named."""
    return frame(
        "select * from plan_lead_basis where plan_id = any(?) order by plan_id, lead_basis = 'none', tasks desc, lead_basis",
        plan_ids,
    )


def column_roles(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and column of its tables, with the role it was read as."""
    return frame("select * from column_role where plan_id = any(?) order by plan_id, position, line", plan_ids)


def agency_unit_ids(basis: str, plan_ids: tuple[str, ...], agency: str, role: str, topic: str = "") -> tuple[str, ...]:
    """The tasks in which an agency has a role: all of them (""), on one dimension ("3"), or without a dimension
    ("x").
    """
    found = frame(
        """
        select unit_id from agency_unit
        where basis = ? and plan_id = any(?) and kind = 'action' and agency = ? and role = ? and (? = '' or coalesce(dim::text, 'x') = ?)
    """,
        basis,
        plan_ids,
        agency,
        role,
        topic,
        topic,
    )
    return tuple(found["unit_id"])


def leaderless_unit_ids(basis: str, plan_ids: tuple[str, ...], topic: str = "") -> tuple[str, ...]:
    """The tasks that name nobody in the lead; `topic` as above."""
    found = frame(
        """
        select unit_id from unit_placed
        where basis = ? and plan_id = any(?) and kind = 'action' and not has_lead and (? = '' or coalesce(dim::text, 'x') = ?)
    """,
        basis,
        plan_ids,
        topic,
        topic,
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


def office_dimensions(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per office of today, its standing, role and dimension: the tasks of these plans in which it has that
    role.
    """
    return frame(
        """
        select standing, office, role, dim, sum(tasks)::int as tasks, sum(uncertain)::int as uncertain
        from office_dimension_role where basis = ? and plan_id = any(?)
        group by all order by office collate vi, role, dim
    """,
        basis,
        plan_ids,
    )


def office_names() -> pandas.DataFrame:
    """One row per office of today that any plan names; is_open where it is an old name without a single successor."""
    return frame("select * from office_name order by office collate vi, is_open")


def office_parts(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per office of today and agency of these plans that went over into it."""
    return frame(
        """
        select office, agency, min(from_date) as from_date, bool_or(to_check) as to_check
        from office_part where plan_id = any(?) group by office, agency order by office, agency collate vi
    """,
        plan_ids,
    )


def open_agencies(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per agency that has no single successor, for plans issued before it was changed: the successors and their
    scopes.
    """
    return frame(
        """
        select agency, any_value(offices)::int as offices, any_value(successors) as successors, min(from_date) as from_date, bool_or(to_check) as to_check
        from plan_reform where plan_id = any(?) and office is null group by agency order by agency
    """,
        plan_ids,
    )


def office_roles(plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per plan and role: the tasks whose holders include, or are only, offices without a single successor."""
    return frame("select * from plan_role_today where plan_id = any(?) order by plan_id, role", plan_ids)


def office_unit_ids(
    basis: str, plan_ids: tuple[str, ...], office: str, is_open: bool, role: str, topic: str = ""
) -> tuple[str, ...]:
    """The tasks in which an office of today has a role (`is_open`: an old one without a single successor); `topic` as
    for agencies.
    """
    found = frame(
        """
        select unit_id from office_unit
        where basis = ? and plan_id = any(?) and office = ? and (standing = 'open') = ? and role = ? and (? = '' or coalesce(dim::text, 'x') = ?)
    """,
        basis,
        plan_ids,
        office,
        is_open,
        role,
        topic,
        topic,
    )
    return tuple(found["unit_id"])


def open_leads(plan_ids: tuple[str, ...], most: int | None = None) -> pandas.DataFrame:
    """One row per task and lead of it without a single successor, those with no other lead first; only the first
    `most`.
    """
    return frame(
        "select * from open_lead where plan_id = any(?) order by others > 0, position, ordinal, agency limit ?",
        plan_ids,
        most or 2**40,
    )


def open_lead_count(plan_ids: tuple[str, ...]) -> int:
    """How many rows `open_leads` has."""
    return int(frame("select count(*) as n from open_lead where plan_id = any(?)", plan_ids)["n"].iloc[0])


# What a plan gives one office.


def given_agencies(plan_id: str) -> pandas.DataFrame:
    """One row per agency that the plan gives something, groups last: how many units name it as lead, coop and monitor,
    each once under the first of these; how many mean it as one of a group; and how many may, as far as it is
    concerned.
    """
    return frame(
        """
        with given as (
            select agency, unit_id, bool_or(through is null) as named, bool_or(extent = 'all') as meant, min(list_position(['lead', 'coop', 'monitor'], role)) as first_role
            from given_unit where plan_id = ? group by agency, unit_id
        ),
        counted as (
            select agency,
                (count(*) filter (named and first_role = 1))::int as lead, (count(*) filter (named and first_role = 2))::int as coop,
                (count(*) filter (named and first_role = 3))::int as monitor, (count(*) filter (not named and meant))::int as grouped,
                (count(*) filter (not named and not meant))::int as concerned
            from given group by agency having bool_or(named)
        )
        select agency, coalesce(is_group, false) as is_group, lead, coop, monitor, grouped, concerned
        from counted left join agencies using (agency)
        where agency <> named_person() -- a person is no office
        order by is_group, agency collate vi
    """,
        plan_id,
    )


def given_units(plan_id: str, agency: str) -> pandas.DataFrame:
    """One row per unit that gives an agency something to do: its roles, strongest first, the groups by which it is
    meant (none where it is named), and its time; what has an end or a beginning in its order, then the rest in the
    plan's.
    """
    return frame(
        """
        with given as (
            select unit_id, list(distinct role) as roles, list(distinct through) filter (through is not null) as through,
                bool_or(extent = 'all') as is_meant, bool_or(uncertain) as uncertain
            from given_unit where plan_id = ? and agency = ? group by unit_id
        )
        select given.*, due_unit.due_from, due_unit.due_to, due_unit.due, due_unit.bearing
        from given join due_unit using (unit_id)
        order by due nulls last, due_from nulls first, ordinal
    """,
        plan_id,
        agency,
    )


def reformed(plan_id: str, agency: str) -> dict[str, Any] | None:
    """What became of an agency since the plan was issued: `office` (None without a single successor), its successors,
    the day, and whether that has to be checked; None where the reform did not change it.
    """
    rows = frame("select * from plan_reform where plan_id = ? and agency = ?", plan_id, agency).to_dict("records")
    return rows[0] if rows else None
