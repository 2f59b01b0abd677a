"""The tables of the page on agencies: counts, decisions that somebody has to take, and how names were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ui import data
from ui.topics.who import picture, rows
from ui.words import labels, units
from ui.words.plans import plan_names
from ui.words.remember import remember

_MOST_DECISIONS = 100


# Tables.


@remember
def table(
    basis: str, plan_ids: tuple[str, ...], role: str, today: bool = False
) -> tuple[dict[str, str], list[dict[str, Any]], tuple[str, ...]]:
    """The picture as a table, with every agency: its columns, its rows, and which columns hold numbers."""
    found = rows.rows(basis, plan_ids, role, today)
    dims = picture.columns_of(found)
    others = [other for other in rows.ROLES if other != role]
    columns = {
        "agency": labels.t("who.office" if today else "who.agency"),
        role: labels.t(f"who.role.{role}"),
        **{f"dim{dim}": dim if dim not in ("0", rows.UNPLACED) else labels.t(f"who.dim_narrow.{dim}") for dim in dims},
        **{other: labels.t(f"who.role.{other}") for other in others},
        **({} if today else {"assignments": labels.t("who.assignments")}),
        "uncertain": labels.t("who.uncertain_heading"),
    }
    said = []
    for row in found:
        small = [labels.t("who.unknown")] if not row.is_known else list(row.more)
        small += [rows.group_head(row.group)] if row.group in ("open", "unknown") else []
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
        dim = rows.topic_of(row["dim"])
        found.append(
            {
                "agency": row["agency"],
                "role": labels.t(f"who.role.{row['role']}"),
                "dim": "" if dim == rows.UNPLACED else dim,
                "name": labels.t("tasks.no_topic")
                if dim == rows.UNPLACED
                else rows.dim_name(dim).removeprefix(f"{dim} "),
                "tasks": int(row["tasks"]),
                "uncertain": int(row["uncertain"]),
                "known": yes[bool(row["is_known"])],
                "group": yes[bool(row["is_group"])],
            }
        )
    for row in data.leaderless_dimensions(basis, plan_ids).to_dict("records"):
        dim = rows.topic_of(row["dim"])
        found.append(
            {
                "agency": labels.t("who.nobody"),
                "role": labels.t("who.role.lead"),
                "dim": "" if dim == rows.UNPLACED else dim,
                "name": labels.t("tasks.no_topic")
                if dim == rows.UNPLACED
                else rows.dim_name(dim).removeprefix(f"{dim} "),
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
    fates = rows.fates_of(plan_ids)
    found = []
    for row in data.office_dimensions(basis, plan_ids).to_dict("records"):
        dim, group = rows.topic_of(row["dim"]), "groups" if row["standing"] == "group" else row["standing"]
        found.append(
            {
                "office": row["office"],
                "standing": rows.group_head(group),
                "notes": "; ".join(fates.get((group == "open", row["office"]), ())),
                "role": labels.t(f"who.role.{row['role']}"),
                "dim": "" if dim == rows.UNPLACED else dim,
                "name": labels.t("tasks.no_topic")
                if dim == rows.UNPLACED
                else rows.dim_name(dim).removeprefix(f"{dim} "),
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
def decisions(plan_ids: tuple[str, ...], kept: str = "") -> tuple[list[Markup], str]:
    """The tasks whose lead has no single successor, as markup, the first hundred; and the sentence over them. `kept` as
    for `widgets.line_link`.
    """
    n = data.open_lead_count(plan_ids)
    if not n:
        return [], ""
    names = plan_names()
    frame_ = data.office_roles(plan_ids)
    note = labels.t("who.decide_note", n=n, tasks=int(frame_[frame_["role"] == "lead"]["open"].sum()))
    if n > _MOST_DECISIONS:
        note = f"{note} {labels.t('who.decide_shown', shown=_MOST_DECISIONS, n=n)}"
    items = []
    for row in data.open_leads(plan_ids, _MOST_DECISIONS).to_dict("records"):
        lead = labels.html("who.decide_lead", written=row["as_written"]) + (
            f" ({row['agency']})" if row["as_written"] != row["agency"] else ""
        )
        others = (
            labels.html("who.decide_others", n=int(row["others"])) if row["others"] else labels.html("who.decide_alone")
        )
        to = [labels.html("who.decide_to", offices=_successors(row))] if _successors(row) else []
        to += [labels.html("who.decide_nobody", scopes=_scopes(row))] if _scopes(row) else []
        to += [labels.html("who.to_check")] if row["to_check"] else []
        plan = Markup("{} · {}").format(names[row["plan_id"]], units.where_link(row, kept))
        items.append(
            Markup(
                '<div class="card"><p class="says">{}</p><p class="where">{}</p><p class="who">{} · {}</p>'
                '<p class="who">{}</p></div>'
            ).format(row["text"], plan, lead, others, Markup(" · ").join(to))
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
    names = plan_names()
    found = []
    for row in data.open_leads(plan_ids).to_dict("records"):
        basis = [row["basis"]] if isinstance(row["basis"], str) else []
        found.append(
            {
                "plan": names[row["plan_id"]],
                "section": row["section"],
                "lines": units.span(row),
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
        if row["role"] in rows.ROLES:
            headers[row["plan_id"]].append(
                labels.t(
                    "who.column",
                    header=row["header"],
                    role=labels.lower(labels.t(f"who.role.{row['role']}")),
                    at=units.at(row["line"], row.get("place")),
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
