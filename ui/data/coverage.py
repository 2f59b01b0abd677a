"""Questions about coverage: cells, gaps, and what other plans have where one is silent."""

from __future__ import annotations

from typing import Any

import pandas

from ui.data.ask import frame
from ui.data.plans import plan
from ui.data.units import condition, units

# Overview and coverage.


def plan_summaries(basis: str, plan_ids: tuple[str, ...] | None = None) -> pandas.DataFrame:
    """One row per plan, of these plans or of all."""
    return _of_plans("plan_summary", "position", basis, plan_ids)


def plan_dimensions(basis: str, plan_ids: tuple[str, ...] | None = None) -> pandas.DataFrame:
    """One row per plan and dimension, 0 among them, of these plans or of all."""
    return _of_plans("plan_dimension", "position, dim", basis, plan_ids)


def plan_subdimensions(basis: str, plan_ids: tuple[str, ...] | None = None) -> pandas.DataFrame:
    """One row per plan and sub-dimension, of these plans or of all."""
    return _of_plans("plan_subdimension", "position, dim, sub", basis, plan_ids)


def _of_plans(view: str, order: str, basis: str, plan_ids: tuple[str, ...] | None) -> pandas.DataFrame:
    if plan_ids is None:
        return frame(f"select * from {view} where basis = ? order by {order}", basis)
    return frame(f"select * from {view} where basis = ? and plan_id = any(?) order by {order}", basis, plan_ids)


def subdimension_counts(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per sub-dimension: in how many of these plans it has a task that is not weak."""
    return frame(
        """
        select sub, dim, count(*) filter (where state = 'own') as plans_with_tasks, count(*) as plans
        from plan_subdimension where basis = ? and plan_id = any(?) group by sub, dim order by dim, sub
    """,
        basis,
        plan_ids,
    )


def touching_units(basis: str, plan_id: str, topic: str) -> list[dict[str, Any]]:
    """The units that speak of a sub-dimension without being a task of its own there, named ones first: unit_id, says
    (named, passing, description, mentioned), quote.
    """
    return frame(
        """
        select unit_id, says, quote from touch_placed where basis = ? and plan_id = ? and sub = ? and says <> 'own'
        order by case says when 'named' then 1 when 'passing' then 2 when 'description' then 3 else 4 end, ordinal
    """,
        basis,
        plan_id,
        topic,
    ).to_dict("records")


def named_in_general(basis: str, plan_id: str, dim: int) -> list[dict[str, Any]]:
    """One row per sub-dimension that the tasks on a dimension as a whole name, and how many of them do."""
    return frame(
        """
        select touch_placed.sub, count(*)::int as tasks
        from touch_placed join unit_placed using (basis, unit_id)
        where basis = ? and unit_placed.plan_id = ? and unit_placed.kind = 'action' and unit_placed.dim = ? and unit_placed.sub is null and says = 'named'
        group by all order by touch_placed.sub
    """,
        basis,
        plan_id,
        dim,
    ).to_dict("records")


def layers(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """One row per plan that assigns in an annex: tasks of its body and of its annex, how many of each name a lead, and
    how many of the body are linked to a row.
    """
    return frame(
        """
        select plan_id, short_vi, short_en, body, body_with_lead, annex, annex_with_lead,
            (select count(distinct body_unit_id) from layer_links join units on unit_id = body_unit_id where units.plan_id = plan_list.plan_id)::int as linked
        from plan_summary join plan_list using (plan_id) where basis = 'heading' and annex > 0 and plan_id = any(?) order by plan_list.position
    """,
        plan_ids,
    ).to_dict("records")


def gaps(basis: str, plan_ids: tuple[str, ...]) -> pandas.DataFrame:
    """One row per gap, the worst first: nothing names it (whole dimensions before sub-dimensions), only described, only
    mentioned, weak matches only, only named in tasks about more, neither lead nor time, no lead, no time; among these
    what most other plans have. With the unit that names or mentions it.
    """
    return frame(
        """
        select gap.*, units.section, units.first_line, units.last_line, units.place, units.text, touches.quote
        from gap left join units using (unit_id) left join touches on touches.unit_id = gap.unit_id and touches.sub = gap.sub
        where gap.basis = ? and gap.plan_id = any(?) order by rank, whole desc, others desc, gap.position, gap.dim, gap.sub
    """,
        basis,
        plan_ids,
    )


# Compare and borrow.


def borrowed_unit_ids(basis: str, plan_id: str, topic: str, most: int) -> tuple[tuple[str, ...], int]:
    """The tasks of other plans on a topic, none of them a weak match, plans of the same level first: at most so many,
    and how many there are.
    """
    where, values = condition(topic)
    found = frame(
        f"""
        select unit_id, count(*) over () as tasks
        from unit_placed join plan_list using (plan_id)
        where basis = ? and plan_id <> ? and kind = 'action' and not weak and {where}
        order by level <> (select level from plan_list where plan_id = ?), position, ordinal limit ?
    """,
        basis,
        plan_id,
        *values,
        plan_id,
        most,
    )
    return tuple(found["unit_id"]), int(found["tasks"].iloc[0]) if len(found) else 0


def alike_tasks(basis: str, plan_id: str, topic: str, most: int) -> pandas.DataFrame:
    """The tasks of other plans on a topic ("6.1", "6"), to be compared with one of this plan: at most so many, plans of
    the same level first.
    """
    where, values = condition(topic)
    where = f"kind = 'action' and plan_id <> ? and {'matched_' if basis == 'content' else ''}{where}"
    level = plan(plan_id)["level"]
    return frame(
        f"""
        with there as (select unit_id, plan_id, text, section, first_line, last_line, place, level from units join plan_list using (plan_id) where {where})
        (select * from there where level = ? limit ?) union all (select * from there where level <> ? limit ?) limit ?
    """,
        plan_id,
        *values,
        level,
        most,
        level,
        most,
        most,
    )


MOST_BORROWED = 60
"""So many tasks of other plans stand under a gap."""


def lacks(basis: str, plan_id: str, topic: str) -> str | None:
    """What is missing in a cell: a task of its own (none, description, passing, named or weak: what the cell says
    instead), lead_time, lead, time; None where nothing is, or where the plan was not read. Of a dimension as a whole
    ("5+") only that it has no task at all.
    """
    whole = topic.endswith("+")
    cells = plan_dimensions(basis, (plan_id,)) if whole else plan_subdimensions(basis, (plan_id,))
    key = cells["dim"].astype(str) == topic[:-1] if whole else cells["sub"] == topic
    found = cells[(cells["plan_id"] == plan_id) & key].to_dict("records")
    if not found:
        return None
    cell = found[0]
    if cell["state"] in ("none", "description") or cell["state"] in ("passing", "named", "weak") and not whole:
        return str(cell["state"])
    if cell["state"] != "own" or whole:
        return None
    return {(True, True): "lead_time", (True, False): "lead", (False, True): "time"}.get(
        (cell["with_lead"] == 0, cell["with_time"] == 0)
    )


def find(basis: str, plan_id: str, topic: str, gap: str) -> tuple[pandas.DataFrame, int, str]:
    """The tasks that other plans have where this one has a gap, plans of its level first; how many there are before the
    cap; and on what: the topic itself, else the dimension as a whole ("5+") where no plan says anything on the
    indicator alone. Where the lead or the time is missing: only tasks that name it.
    """
    tried = [topic.removesuffix("+")] if topic.endswith("+") else [topic, f"{topic[0]}+"]
    for about in tried:
        unit_ids, n = borrowed_unit_ids(basis, plan_id, about, MOST_BORROWED)
        found = units(unit_ids)
        if len(found):
            # the cards come plan by plan; those of the same level stay in front
            order = {unit_id: at for at, unit_id in enumerate(unit_ids)}
            found = found.iloc[sorted(range(len(found)), key=lambda at: order[found["unit_id"].iloc[at]])]
            if gap in ("lead", "lead_time"):
                found = found[
                    [leads is not None and not isinstance(leads, float) and len(leads) > 0 for leads in found["leads"]]
                ]
            if gap in ("time", "lead_time"):
                found = found[~found["timing"].isin(["unspecified", "regulation"])]
        if len(found):
            return found, n, about
    return units(()), 0, topic
