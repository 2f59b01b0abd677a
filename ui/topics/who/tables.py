"""The tables of the page on agencies: counts, decisions that somebody has to take, and how names were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from ui import data
from ui.data.who import OpenLead
from ui.page import paging
from ui.topics.who import rows
from ui.words import labels, places, units
from ui.words.markup import filled
from ui.words.offices import english, in_english, office, since, successor
from ui.words.plans import plan_names, sort_of
from ui.words.remember import remember

_MOST_DECISIONS = 100
_MOVES = 12
"""So many communes are named with where they have gone."""


# Tables.


@remember
def table(view: rows.View) -> tuple[dict[str, str], Sequence[dict[str, Any]], tuple[str, ...]]:
    """The picture as a table, with every agency: its columns, its rows, and which columns hold numbers."""
    dims = view.dims
    columns = {
        "agency": labels.t("who.office" if view.today else "who.agency"),
        view.role: labels.t(f"who.role.{view.role}"),
        **{f"dim{dim}": dim if dim not in ("0", rows.UNPLACED) else labels.t(f"who.dim_narrow.{dim}") for dim in dims},
        **{other: labels.t(f"who.role.{other}") for other in view.others},
        **({} if view.today else {"assignments": labels.t("who.assignments")}),
        "uncertain": labels.t("who.uncertain_heading"),
    }

    def said(row: rows.AgencyRow) -> dict[str, Any]:
        small = [labels.t("who.unknown")] if not row.is_known else list(row.more)
        small += [rows.group_head(row.group)] if row.group in ("open", "unknown") else []
        small += [labels.t("who.now", office=office(row.now))] if row.now else []
        small += [labels.t("who.group_short")] if row.group == "groups" else []
        return {
            "agency": "\n".join((row.name(), " · ".join(small))) if small else row.name(),
            **row.totals,
            **{f"dim{dim}": row.cells.get(dim, 0) for dim in dims},
            "assignments": row.assignments,
            "uncertain": row.uncertain,
        }

    return columns, paging.Made(view.rows, said), tuple(name for name in columns if name != "agency")


def cell_rows(view: rows.View) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: its columns, and one row per agency, or by today's names office, role and dimension."""
    return _office_rows(view) if view.today else _agency_rows(view)


def _counts() -> dict[str, str]:
    """The columns that say in which role and on which dimension how many tasks are counted."""
    return {
        "role": labels.t("who.role"),
        "dim": labels.t("common.dimension_number"),
        "name": labels.t("common.dimension_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "uncertain": labels.t("who.uncertain_heading"),
    }


def _count(role: str, dim: int | None, tasks: int, uncertain: int) -> dict[str, Any]:
    return {
        "role": labels.t(f"who.role.{role}"),
        "dim": "" if dim is None else str(dim),
        "name": labels.t("tasks.no_topic") if dim is None else labels.pick(data.dimension(dim), "name"),
        "tasks": tasks,
        "uncertain": uncertain,
    }


@remember
def _agency_rows(view: rows.View) -> tuple[dict[str, str], list[dict[str, Any]]]:
    columns = {
        "agency": labels.t("who.agency"),
        **in_english(english=labels.t("who.english")),
        **_counts(),
        "known": labels.t("who.known"),
        "group": labels.t("who.is_group"),
    }
    yes = {True: labels.t("who.yes"), False: labels.t("who.no")}
    found = [
        {
            "agency": row.agency,
            **in_english(english=english((row.agency,))),
            **_count(row.role, row.dim, row.tasks, row.uncertain),
            "known": yes[row.is_known],
            "group": yes[row.is_group],
        }
        for row in data.agency_dimensions(view.basis, view.plan_ids)
    ]
    found += [
        {
            "agency": labels.t("who.nobody"),
            **in_english(english=""),
            **_count("lead", row.dim, row.tasks, 0),
            "known": "",
            "group": "",
        }
        for row in data.leaderless_dimensions(view.basis, view.plan_ids)
    ]
    return columns, found


@remember
def _office_rows(view: rows.View) -> tuple[dict[str, str], list[dict[str, Any]]]:
    columns = {
        "office": labels.t("who.office"),
        **in_english(english=labels.t("who.english")),
        "standing": labels.t("who.standing"),
        "notes": labels.t("who.includes_heading"),
        **_counts(),
    }
    fates = rows.fates_of(view.plan_ids)
    return columns, [
        {
            "office": row.office,
            **in_english(english=english((row.office,))),
            "standing": rows.group_head(rows.group_of(row.standing)),
            "notes": "; ".join(fates.get((row.standing == "open", row.office), ())),
            **_count(row.role, row.dim, row.tasks, row.uncertain),
        }
        for row in data.office_dimensions(view.basis, view.plan_ids)
    ]


# What somebody has to decide.


def _successors(lead: OpenLead) -> str:
    return "; ".join(successor(one) for one in lead.successors if one["office"])


def _scopes(lead: OpenLead) -> str:
    return "; ".join(dict.fromkeys(successor(one) for one in lead.successors if not one["office"]))


@remember
def decisions(plan_ids: tuple[str, ...], kept: str = "") -> tuple[Sequence[Markup], str]:
    """The tasks whose lead has no single successor, as markup, the first hundred; and the sentence over them. `kept` as
    for `widgets.line_link`.
    """
    n = data.open_lead_count(plan_ids)
    if not n:
        return [], ""
    note = labels.t("who.decide_note", n=n, tasks=data.role_sums(plan_ids)["lead"].open)
    if n > _MOST_DECISIONS:
        note = f"{note} {labels.t('who.decide_shown', shown=_MOST_DECISIONS, n=n)}"

    def shown(at: Sequence[int]) -> list[Markup]:
        return [_decision(lead, kept) for lead in data.open_leads(plan_ids, at[0], len(at))]

    return paging.Fetched(range(min(n, _MOST_DECISIONS)), shown), note


def _decision(lead: OpenLead, kept: str) -> Markup:
    written = labels.html("who.decide_lead", written=lead.as_written) + (
        filled(" ({})", office(lead.agency)) if lead.as_written != lead.agency else Markup()
    )
    others = labels.html("who.decide_others", n=lead.others) if lead.others else labels.html("who.decide_alone")
    to = [labels.html("who.decide_to", offices=offices)] if (offices := _successors(lead)) else []
    to += [labels.html("who.decide_nobody", scopes=scopes)] if (scopes := _scopes(lead)) else []
    to += [labels.html("who.to_check")] if lead.to_check else []
    plan = filled("{} · {}", plan_names()[lead.plan_id], units.where_link(lead, kept))
    return filled(
        '<div class="card"><p class="says">{}</p><p class="where">{}</p><p class="who">{} · {}</p>'
        '<p class="who">{}</p></div>',
        lead.text,
        plan,
        written,
        others,
        Markup(" · ").join(to),
    )


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
    names = plan_names()
    return columns, [
        {
            "plan": names[lead.plan_id],
            "section": lead.section,
            "lines": units.span(lead),
            "text": lead.text,
            "written": lead.as_written,
            "agency": lead.agency,
            "offices": "; ".join(filter(None, (_successors(lead), _scopes(lead)))),
            "since": since(lead),
            "basis": "; ".join(filter(None, (lead.basis, labels.t("who.to_check") if lead.to_check else None))),
            "others": lead.others,
            "uncertain": labels.t("common.yes") if lead.uncertain else "",
        }
        for lead in data.open_leads(plan_ids)
    ]


@remember
def provinces(plan_ids: tuple[str, ...]) -> str:
    """Where the plans' provinces and communes have gone since 1 July 2025, of many communes the first; "" where all is as
    it was.
    """
    plans = data.plans_of(plan_ids)
    moves = dict.fromkeys(
        labels.t("who.province_move", old=plan.province, new=plan.province_now)
        for plan in plans
        if plan.province != plan.province_now
    )
    said = [labels.t("who.provinces_now", moves="; ".join(moves))] if moves else []
    moved = [plan for plan in plans if plan.communes_now]
    communes = [f"{labels.pick(plan, 'short')} {places.now(plan)}" for plan in moved[:_MOVES]]
    if left := len(moved) - len(communes):
        communes.append(labels.t("who.communes_more", n=left))
    said += [labels.t("who.communes_now", moves="; ".join(communes))] if communes else []
    return " ".join(said)


@remember
def origins(plan_ids: tuple[str, ...]) -> tuple[dict[str, str], Sequence[dict[str, Any]]]:
    """Which column of which plan became which role, and where the leads of its tasks are from: columns, one row per
    plan.
    """
    columns = {
        "plan": labels.t("common.plan_heading"),
        "table": labels.t("who.from_columns"),
        "lead": labels.t("who.from_where"),
        "uncertain": labels.t("who.uncertain_tasks"),
    }
    return columns, paging.Fetched(plan_ids, lambda some: _origins(tuple(some)))


def _origins(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    headers: dict[str, list[str]] = defaultdict(list)
    for column in data.column_roles(plan_ids):
        if column.role in rows.ROLES:
            role = labels.lower(labels.t(f"who.role.{column.role}"))
            at = units.at(column.line, column.place)
            headers[column.plan_id].append(labels.t("who.column", header=column.header, role=role, at=at))
    bases: dict[str, list[str]] = defaultdict(list)
    uncertain: dict[str, int] = defaultdict(int)
    for row in data.plan_lead_bases(plan_ids):
        if row.tasks:
            bases[row.plan_id].append(labels.t(f"who.basis.{row.lead_basis}", n=row.tasks))
            uncertain[row.plan_id] += row.uncertain
    found = []
    for plan in data.plans_of(plan_ids):
        name = plan.plan_id
        none = labels.t("who.no_table" if not plan.has_table else "who.no_role_column")
        found.append(
            {
                "plan": f"{labels.pick(plan, 'short')}\n{sort_of(plan)}",
                "table": "; ".join(headers[name]) or none,
                "lead": "; ".join(bases[name]) or labels.t("who.no_tasks" if plan.is_read else "common.state.not_read"),
                "uncertain": uncertain[name],
            }
        )
    return found
