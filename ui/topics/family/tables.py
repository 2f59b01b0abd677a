"""The tables and files of a plan beside an earlier one.

In: a `Family`. Out: columns (key → heading) and rows.
"""

from __future__ import annotations

from typing import Any

from ui import data
from ui.data.family import KinUnit, PlanLink
from ui.topics.family import words
from ui.topics.family.comparison import STATES, Family, Fate
from ui.topics.family.picture import ALL
from ui.words import labels, units
from ui.words.plans import plan_names

Rows = tuple[dict[str, str], list[dict[str, Any]]]
_TOLD = ("section", "lines", "text", "lead", "time")
"""What a file says of a unit in each of the plans."""


def counts(found: Family) -> Rows:
    """The picture as a table: one row per dimension, the whole plan first."""
    columns = {"dim": labels.t("common.dimension_heading"), **words.parts(found)}
    rows = []
    for dim in (ALL, *found.dims):
        of = None if dim == ALL else dim
        said = labels.t("family.whole") if of is None else words.dim_name(of, short=False)
        rows.append({"dim": said, **{state: found.count(state, of) for state in STATES}})
    return columns, rows


def fates(found: Family) -> Rows:
    """One row per unit, or pair of units, of both plans with all that they say."""
    sides = {"earlier": found.earlier, "later": found.plan}
    columns = {
        "state": labels.t("family.state_heading"),
        "changes": labels.t("family.changes_heading"),
        "likeness": labels.t("compare.score_heading"),
        "kind": labels.t("tasks.column_kind"),
        "dim": labels.t("common.dimension_heading"),
        **{
            f"{side}_{what}": labels.t("family.column", plan=words.name(plan), what=labels.t(f"compare.column.{what}"))
            for side, plan in sides.items()
            for what in _TOLD
        },
    }
    return columns, [_row(found, fate) for fate in found.fates]


def _row(found: Family, fate: Fate) -> dict[str, Any]:
    return {
        "state": words.state_name(found, fate.state),
        "changes": words.changes(fate),
        "likeness": fate.likeness,
        "kind": labels.t(f"common.kind.{fate.unit.kind}"),
        "dim": words.dim_name(fate.dim, short=False),
        **_told("earlier", fate.earlier),
        **_told("later", fate.later),
    }


def _told(side: str, unit: KinUnit | None) -> dict[str, Any]:
    said = (unit.section, units.span(unit), unit.text, "; ".join(unit.leads), units.timing(unit)) if unit else ()
    return {f"{side}_{what}": value for what, value in zip(_TOLD, said or [""] * len(_TOLD))}


def links(found: list[PlanLink]) -> Rows:
    """One row per link of an office's plans: what became of the tasks of the earlier, by what they are linked, and how the
    later stands.
    """
    names = plan_names(True)
    columns = {
        "plan": labels.t("common.plan_heading"),
        "earlier": labels.t("family.earlier"),
        **{state: labels.t(f"family.state.{state}") for state in STATES},
        "standing": labels.t("family.standing"),
    }
    return columns, [
        {
            "plan": names[link.plan_id],
            "earlier": f"{names[link.earlier_id] if link.earlier_id else words.cited(link)}\n{words.link_name(link)}",
            **{state: "–" if (n := getattr(link, state)) is None else n for state in STATES},
            "standing": words.standing(link.plan_id),
        }
        for link in sorted(found, key=lambda link: (data.plan(link.plan_id).year or 0, link.plan_id, link.kind))
    ]
