"""What is said of a comparison: the answer, the finding that titles the picture, how two tasks compare.

In: a `Comparison`, or its tasks and pairs. Out: sentences in the reader's language.
"""

from __future__ import annotations

from markupsafe import Markup

from ui import data
from ui.data.compare import ComparedTask
from ui.data.plans import Plan
from ui.topics.compare.comparison import DIMS, PARTS, Comparison, TaskPair
from ui.words import labels, units
from ui.words.plans import plan_name
from ui.words.remember import remember, remember_few

_FEW_NAMES = 3
"""So many dimensions are named in a title."""


def name(plan: Plan) -> str:
    return labels.pick(plan, "short")


def dim_name(dim: str, *, short: bool = True) -> str:
    """ "3 Trách nhiệm giải trình", "Việc chung", "chưa xếp được vào nội dung nào"."""
    return units.topic_name(None if dim == "x" else int(dim), None, short=short)


def parts(found: Comparison) -> dict[str, str]:
    """What a bar's segment says of a dimension: "3-both", "3-maybe", "3-only"."""
    return {
        f"{dim}-{part}": labels.t(f"compare.part.{part}", dim=dim_name(dim)) for dim in found.dims for part in PARTS
    }


# Of the whole.


@remember_few
def answer(found: Comparison) -> Markup:
    """The answer as markup: how many pairs between which plans, of which level; how many tasks have no counterpart at
    all; how many pairs are alike nearly word for word, and how many differ in lead or timing.
    """
    matches = found.matches
    names = _named(found)
    only = labels.html("compare.answer_only", n=sum(len(tasks.only) for tasks in found.tasks.values()))
    if not matches:
        return Markup(" ").join((labels.html("compare.answer_no_pairs", n=0, plans=names, bar=found.bar), only))
    near = int(matches.near.sum())
    return Markup(" ").join(
        (
            labels.html("compare.answer_pairs", n=len(matches), plans=names, bar=found.bar),
            only,
            labels.html("compare.answer_near" if near else "compare.answer_no_near", n=near),
            labels.html(
                "compare.answer_differ", lead=int(matches.lead_differs.sum()), time=int(matches.time_differs.sum())
            ),
        )
    )


def _named(found: Comparison) -> str:
    """The plans with their level and number of tasks; the reader's own is set against each of several others."""
    said = {
        plan.plan_id: labels.t(
            "compare.plan_tasks",
            plan=name(plan),
            level=labels.lower(labels.t(f"common.level.{plan.level}")),
            n=found.summaries[plan.plan_id].tasks,
        )
        for plan in found.plans
    }
    if found.own is None or len(said) == 2:
        return labels.names(list(said.values()))
    own = said.pop(found.own)
    return labels.t("compare.against", own=own, others=labels.names(list(said.values())))


def notes(found: Comparison) -> list[str]:
    """What the reader has to know beside the picture: plans without tasks, plans of different levels, tasks that were
    not compared.
    """
    said = []
    for plan in found.plans:
        row = found.summaries[plan.plan_id]
        if not plan.is_read:
            said.append(labels.t("compare.not_read", plan=name(plan)))
        elif not row.tasks:
            said.append(labels.t("compare.no_tasks", plan=name(plan), n=row.descriptions))
    if len({plan.level for plan in found.plans}) > 1:
        said.append(labels.t("compare.levels", plans=labels.names([plan_name(plan) for plan in found.plans])))
    for plan in found.plans:
        compared, total = (sum(getattr(tasks, what) for tasks in found.of(plan)) for what in ("compared", "total"))
        if total > compared:
            said.append(labels.t("compare.capped", plan=name(plan), most=compared, n=total))
    return said


def title(found: Comparison) -> str:
    """The finding over the picture. Rule for two plans: of the dimensions in which both have tasks, those without any
    pair, when they are at most three; all of them have a pair → that. Fallbacks, also for three and four plans: the
    plain number of tasks that correspond; no pair → that, no dimension in common → that.
    """
    if not found.matches:
        return labels.t("compare.finding_none")
    if len(found.plans) != 2:
        every = [tasks for plan in found.plans for tasks in found.of(plan)]
        paired = sum(len(tasks.both) for tasks in every)
        return labels.t("compare.finding_total", n=paired, tasks=sum(tasks.compared for tasks in every))
    both = [
        dim
        for dim, left, right in zip(DIMS, *map(found.of, found.plans))
        if dim != "x" and left.compared and right.compared
    ]
    without = [dim for dim in both if dim not in found.matches.dims]
    if 0 < len(without) <= _FEW_NAMES:
        short = [labels.pick(data.dimension(int(dim)), "short") for dim in without]
        return labels.t("compare.finding_without", dims=labels.names([labels.lower(one) for one in short]))
    eight = [dim for dim in both if dim != "0"]  # what is cross-cutting is none of PAPI's
    if eight and not without:
        return labels.t("compare.finding_all" if eight == both else "compare.finding_all_general", n=len(eight))
    return labels.t("compare.finding_pairs", n=len(found.matches), dims=len(set(eight) - set(without)))


def alt(found: Comparison) -> str:
    """The picture for those who do not see it: the finding, and each plan's sums."""
    rows = "; ".join(
        labels.t(
            "compare.alt_plan",
            plan=name(plan),
            both=sum(len(tasks.both) for tasks in found.of(plan)),
            maybe=sum(len(tasks.maybe) for tasks in found.of(plan)),
            only=sum(len(tasks.only) for tasks in found.of(plan)),
        )
        for plan in found.plans
    )
    return labels.t("compare.alt", title=title(found), rows=rows)


# Of a task or a pair.


def topic(task: ComparedTask) -> str:
    """A task's sub-dimension, else its dimension."""
    return units.topic_name(int(task.sub[0]), task.sub, short=True) if task.sub else dim_name(task.dim)


def place(task: ComparedTask, kept: str) -> str:
    """Where a task stands, as markup: "mục II.6.a, dòng 109", a link to it; `kept` as for `units.line_link`."""
    return units.where_link(task, kept)


def when(task: ComparedTask) -> str:
    """When, in the plan's words and ours."""
    return units.timing(task)


def matter_name(matter: str) -> str:
    """A matter in the reader's language: "danh sách hộ nghèo"."""
    return matter if labels.lang() == "vi" else _english().get(matter, matter)


@remember
def _english() -> dict[str, str]:
    return {row.matter: row.matter_en for row in data.matters()}


def shares(match: TaskPair) -> str:
    """What two tasks share: the matters, the sub-dimensions that both touch, and where neither is known how much of their
    words.
    """
    left, right = match.shared
    said = [
        labels.t("compare.same_matter", matters="; ".join(map(matter_name, match.alike.matters)))
        if match.alike.matters
        else labels.t("compare.no_matter")
    ]
    if subs := match.alike.subs:
        said.append(labels.t("compare.same_sub", n=len(subs), subs=labels.names(list(subs))))
    said.append(labels.t("compare.shared", left=units.percent(left), right=units.percent(right)))
    return " · ".join(said)


def lead_relation(match: TaskPair) -> str:
    """How the leads of a pair compare, in words; names the plan that alone names any."""
    says = match.left if match.left.leads else match.right
    return labels.t(f"compare.lead.{match.lead}", plan=name(data.plan(says.plan_id)))


def time_relation(match: TaskPair) -> str:
    """How the timings of a pair compare, in words; names the plan that alone says when."""
    says = match.left if match.left.timing != "unspecified" else match.right
    return labels.t(f"compare.time.{match.time}", plan=name(data.plan(says.plan_id)))
