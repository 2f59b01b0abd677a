"""The coverage matrix as a table and a file, and the gaps to read first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ui import data
from ui.data import borrow
from ui.data.coverage import Gap, PlanSubdimension
from ui.data.plans import Plan, Subdimension
from ui.data.topic import Basis, Topic
from ui.data.units import Unit
from ui.draw import marks
from ui.page import address, paging
from ui.topics.coverage.view import View, said, sub_name
from ui.words import holders, labels, units
from ui.words.absence import sought
from ui.words.markup import filled, joined
from ui.words.offices import lead, offices
from ui.words.plans import plan_name
from ui.words.remember import remember


@remember
def table(view: View) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The matrix as a table: its columns, and one row per sub-dimension; a cell's second line is what it says in
    words.
    """
    columns = {
        "sub": labels.t("coverage.sub_heading"),
        **{plan.plan_id: labels.pick(plan, "short") for plan in view.plans},
    }
    return columns, [
        {
            "sub": f"{sub.sub} {sub_name(sub)}",
            **{plan.plan_id: _in_table(view.cells[plan.plan_id, sub.sub], view.basis) for plan in view.plans},
        }
        for sub in view.subs
    ]


def _in_table(cell: PlanSubdimension, basis: Basis) -> str:
    words, n = said(cell, basis), labels.num(cell.n)
    if cell.state == "own":
        words[0] = marks.shares(cell)
    mark = {
        "own": n,
        "named": f"({n})",
        "passing": "•",
        "weak": f"{n}?",
        "description": "≡",
        "none": "○",
        "unmeasured": "/",
        "not_read": "▨",
        "no_plan": "–",
    }[cell.state]
    return f"{mark}\n{'; '.join(words)}"


_HOLDERS = 2
"""So many agencies are named that hold what a plan lacks."""
_FILL = ("holders", "best", "best_plan", "best_where", "best_lead", "best_when")
_COUNTS = ("tasks", "with_lead", "with_time", "named", "passing", "weak", "descriptions")


@remember
def cell_rows(view: View) -> tuple[dict[str, str], Sequence[dict[str, Any]]]:
    """For the download: columns, and one row per plan and sub-dimension with the numbers of the picture."""
    columns = {
        "plan": labels.t("common.plan_heading"),
        "level": labels.t("common.level"),
        "sub": labels.t("coverage.sub_number"),
        "name": labels.t("coverage.sub_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "with_lead": labels.t("common.with_lead_heading"),
        "with_time": labels.t("common.with_time_heading"),
        "named": labels.t("coverage.named_heading"),
        "passing": labels.t("coverage.passing_heading"),
        "weak": labels.t("coverage.weak_heading"),
        "descriptions": labels.t("coverage.descriptions_heading"),
        "says": labels.t("common.says"),
    }

    def row(plan: Plan, sub: Subdimension, cell: PlanSubdimension) -> dict[str, Any]:
        return {
            "plan": labels.pick(plan, "short"),
            "level": labels.t(f"common.level.{plan.level}"),
            "sub": sub.sub,
            "name": sub_name(sub, short=False),
            **{name: getattr(cell, name) for name in _COUNTS},
            "says": "; ".join(said(cell, view.basis)),
        }

    def rows(plan_ids: Sequence[str]) -> list[dict[str, Any]]:
        some = view.only(*plan_ids)
        return [row(plan, sub, some.cells[plan.plan_id, sub.sub]) for plan in some.plans for sub in some.subs]

    return columns, paging.Fetched(view.plan_ids, rows, len(view.subs))


def _gaps(view: View) -> Sequence[Gap]:
    """The gaps of the reader's own plan, else of all that are shown."""
    plan_ids = (view.own,) if view.own else view.plan_ids
    return paging.Fetched(
        range(data.gap_count(view.basis, plan_ids, view.dim)),
        lambda at: data.gaps(view.basis, plan_ids, view.dim, at[0], len(at)),
    )


def _named(gap: Gap, *, short: bool) -> tuple[str, str]:
    """Number and name of what a gap is on."""
    sub = data.subdimension(gap.sub) if gap.sub else None
    return (
        (sub.sub, sub_name(sub, short=short)) if sub else (str(gap.dim), labels.pick(data.dimension(gap.dim), "name"))
    )


def others(gap: Gap) -> Markup:
    """How many plans have what this one lacks, as markup."""
    return labels.html(
        "coverage.gap_others" if gap.others else "coverage.gap_nobody", n=gap.others, what=sought(gap.lacks)
    )


def gaps(view: View, kept: str) -> paging.Made[Gap, Markup]:
    """The gaps to read first, as list items for `tables.ranked`: whole dimensions, then indicators that many others
    have; where the plan names one all the same, with its words and their place. For the reader's own plan each also
    says who holds it in other plans, and today, and one task of another to go by. `kept` as for `units.line_link`.
    """
    filters = {
        "dem": "noi-dung" if view.basis == Basis.CONTENT else None,
        "nd": None if view.dim is None else str(view.dim),
        "kh": address.kept().get("kh"),
    }
    elsewhere = _elsewhere(view)

    def item(gap: Gap) -> Markup:
        whole = "whole_" if gap.whole and gap.lacks in ("none", "description") else ""
        says = labels.html(
            f"borrow.gap_{whole}{gap.lacks}", plan=labels.pick(data.plan(gap.plan_id), "short"), n=gap.tasks
        )
        if gap.text:
            words = units.around(gap.text, gap.quote or "")
            says += filled(' <q>{}</q> <span class="small">({})</span>', words, units.where_link(gap, kept))
        fill = _filling(gap, elsewhere[gap.topic], kept) if elsewhere else Markup()
        # the link opens the cell, with the tasks of other plans under it
        link = address.link(o=f"{gap.plan_id}~{gap.topic}", **filters)
        name = " ".join(_named(gap, short=True))
        return filled(
            '<a class="chip" style="--c:var(--d{})" href="{}">{}</a><br>{} <span class="small">{}</span>{}',
            gap.dim,
            link,
            name,
            says,
            others(gap),
            fill,
        )

    return paging.Made(_gaps(view), item)


@dataclass(frozen=True)
class _Elsewhere:
    """What others have where the reader's own plan has a gap: who holds it, in words, and the task to go by."""

    holders: Markup
    best: Unit | None


@remember
def _elsewhere(view: View) -> Mapping[Topic, _Elsewhere]:
    """By gap; nothing where the reader has no plan of their own."""
    if view.own is None:
        return {}
    found = tuple(_gaps(view))
    held = borrow.holders(view.basis, view.own, [gap.topic for gap in found])
    best = borrow.best(view.basis, view.own, found)
    return {gap.topic: _Elsewhere(holders.sentence(held[gap.topic], _HOLDERS), best.get(gap.topic)) for gap in found}


def _filling(gap: Gap, there: _Elsewhere, kept: str) -> Markup:
    """The same under a gap, as markup."""
    said = [there.holders] if there.holders else []
    if (unit := there.best) is None:
        said.append(labels.html("borrow.only_copies" if gap.others else f"borrow.none.{gap.lacks}"))
    else:
        said.append(
            filled(
                "{} <q>{}</q> <b>{}</b> ({}) · {} · {}",
                labels.html("borrow.best"),
                unit.text,
                plan_name(unit),
                units.where_link(unit, kept),
                lead(unit.leads),
                labels.html("tasks.when", timing=units.timing(unit)),
            )
        )
    return joined(filled('<p class="fill">{}</p>', words) for words in said)


@remember
def gap_rows(view: View) -> tuple[dict[str, str], Sequence[dict[str, Any]]]:
    """The same gaps in the same order, one row each, for the download: plan, level, indicator, what is missing, how
    many others have it; for the reader's own plan also who holds it and the task to go by.
    """
    elsewhere = _elsewhere(view)
    columns = {
        "plan": labels.t("common.plan_heading"),
        "level": labels.t("common.level"),
        "number": labels.t("borrow.number_heading"),
        "name": labels.t("coverage.sub_heading"),
        "lacks": labels.t("borrow.lacks_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "others": labels.t("borrow.others_heading"),
        "named": labels.t("borrow.named_heading"),
        "where": labels.t("borrow.where_heading"),
        **({name: labels.t(f"borrow.{name}_heading") for name in _FILL} if elsewhere else {}),
    }

    def row(gap: Gap) -> dict[str, Any]:
        plan, (number, name) = data.plan(gap.plan_id), _named(gap, short=False)
        return {
            "plan": labels.pick(plan, "short"),
            "level": labels.t(f"common.level.{plan.level}"),
            "number": number,
            "name": name,
            "lacks": labels.t(f"borrow.lacks.{gap.lacks}"),
            "tasks": gap.tasks,
            "others": gap.others,
            "named": gap.text or "",
            "where": units.where(gap) if gap.text else "",
            **(_fill_row(elsewhere[gap.topic]) if elsewhere else {}),
        }

    return columns, paging.Made(_gaps(view), row)


def _fill_row(there: _Elsewhere) -> dict[str, str]:
    unit = there.best
    if unit is None:
        return {**dict.fromkeys(_FILL, ""), "holders": there.holders}
    best = (unit.text, plan_name(unit), units.where(unit), offices(unit.leads), units.timing(unit))
    return dict(zip(_FILL, (there.holders, *best)))
