"""The tables and files of a comparison: the numbers of the picture, the pairs, what only one plan has.

In: a `Comparison` or its pairs. Out: columns (key → heading) and rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.data.compare import ComparedTask
from ui.topics.compare import words
from ui.topics.compare.comparison import PARTS, Comparison, Pairs, TaskPair
from ui.topics.compare.words import dim_name
from ui.words import labels, units
from ui.words.offices import offices
from ui.words.plans import plan_name, plan_names
from ui.words.remember import remember_few

Rows = tuple[dict[str, str], list[dict[str, Any]]]
_TOLD = ("sub", "section", "lines", "text", "lead", "time")
"""What a file says of a task, beside its plan and its dimension."""


def counts(found: Comparison) -> Rows:
    """One row per plan and dimension: the numbers of the picture, for the download."""
    columns = {
        "plan": labels.t("common.plan_heading"),
        "level": labels.t("common.level"),
        "dim": labels.t("common.dimension_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "both": labels.t("compare.both_heading"),
        "maybe": labels.t("compare.maybe_heading"),
        "only": labels.t("compare.only_heading"),
        "left_out": labels.t("compare.left_out_heading"),
    }
    return columns, [
        {
            "plan": words.name(plan),
            "level": labels.t(f"common.level.{plan.level}"),
            "dim": dim_name(dim, short=False),
            "tasks": tasks.total,
            "both": len(tasks.both),
            "maybe": len(tasks.maybe),
            "only": len(tasks.only),
            "left_out": tasks.total - tasks.compared,
        }
        for plan in found.plans
        for dim in found.dims
        for tasks in (found.tasks[plan.plan_id, dim],)
    ]


@remember_few
def table(found: Comparison) -> Rows:
    """The picture as a table: one row per dimension, for each plan the tasks that correspond and those that only it
    has.
    """
    columns = {"dim": labels.t("common.dimension_heading"), **{plan.plan_id: words.name(plan) for plan in found.plans}}
    return columns, [
        {"dim": dim_name(dim, short=False), **{plan.plan_id: _cell(found, plan.plan_id, dim) for plan in found.plans}}
        for dim in found.dims
    ]


def _cell(found: Comparison, plan_id: str, dim: str) -> str:
    tasks = found.tasks[plan_id, dim]
    if tasks.compared:
        return "\n".join(labels.t(f"compare.table_{part}", n=len(tasks.part(part))) for part in PARTS)
    return labels.t(f"common.state.{tasks.says.state}" if tasks.says else "common.tasks", n=0)


def _told(task: ComparedTask) -> dict[str, Any]:
    values = (task.sub, task.section, units.span(task), task.text, "; ".join(task.leads), words.when(task))
    return dict(zip(_TOLD, values, strict=True))


def matches(chosen: Sequence[TaskPair]) -> Rows:
    """One row per pair with what its two tasks share and all that they say, for the download."""
    names = plan_names()
    columns = {
        "score": labels.t("compare.score_heading"),
        "matters": labels.t("compare.matters_heading"),
        "subs": labels.t("compare.subs_heading"),
        **{
            f"{side}_{what}": labels.t(f"compare.column_{side}", what=labels.t(f"compare.column.{what}"))
            for side in ("left", "right")
            for what in ("plan", "dim", *_TOLD[:3], "shared", *_TOLD[3:])
        },
        "lead": labels.t("compare.lead_heading"),
        "time": labels.t("compare.time_heading"),
    }
    rows = []
    for match in chosen:
        row: dict[str, Any] = {
            "score": match.points,
            "matters": "; ".join(map(words.matter_name, match.alike.matters)),
            "subs": "; ".join(match.alike.subs),
            "lead": words.lead_relation(match),
            "time": words.time_relation(match),
        }
        for side, task, shared in zip(("left", "right"), (match.left, match.right), match.shared):
            said = {"plan": names[task.plan_id], "dim": dim_name(task.dim, short=False)}
            said |= {"shared": f"{100 * shared:.0f}%", **_told(task)}
            row |= {f"{side}_{what}": value for what, value in said.items()}
        rows.append(row)
    return columns, rows


def only(found: Comparison) -> Rows:
    """One row per task that only one of the plans has, for the download."""
    columns = {
        "plan": labels.t("common.plan_heading"),
        "dim": labels.t("common.dimension_heading"),
        **{what: labels.t(f"compare.column.{what}") for what in _TOLD},
    }
    return columns, [
        {"plan": plan_name(plan), "dim": dim_name(task.dim, short=False), **_told(task)}
        for plan in found.plans
        for tasks in found.of(plan)
        for task in tasks.only
    ]


def differences(chosen: Pairs, most: int) -> tuple[dict[str, str], list[dict[str, Any]], int]:
    """The pairs whose leads or timings differ: columns, at most so many rows, and how many there are."""
    names = plan_names()
    differing = chosen.where(chosen.lead_differs | chosen.time_differs)
    columns = {
        "topic": labels.t("common.dimension_heading"),
        "left": labels.t("compare.column.left"),
        "right": labels.t("compare.column.right"),
        "lead": labels.t("compare.lead_heading"),
        "time": labels.t("compare.time_heading"),
    }

    def side(task: ComparedTask) -> str:
        leads = offices(task.leads) or labels.t("tasks.no_lead")
        return f"{names[task.plan_id]}, {units.where(task)}\n{leads} · {words.when(task)}"

    rows = [
        {
            "topic": f"{words.topic(match.left)}\n{labels.t('compare.score', n=match.points)}",
            "left": side(match.left),
            "right": side(match.right),
            "lead": words.lead_relation(match),
            "time": words.time_relation(match),
        }
        for match in differing[:most]
    ]
    return columns, rows, len(differing)
