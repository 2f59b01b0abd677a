"""When: plans against the ways of saying it, from a date to nothing at all.

In: the view of the page. Out: the answer, the finding that titles the bars, the bars in two forms, and their tables.
What is counted are tasks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.data.plans import Plan
from ui.draw.measure import wrap
from ui.draw.palette import INK, SOFT, VAGUE
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.page import paging
from ui.topics.when.view import MOST_WORDS, ROUND, TIMINGS, View
from ui.words import labels, layers
from ui.words.plans import source
from ui.words.remember import remember

SAID = TIMINGS[:-1]
"""All but "unspecified", which says no time."""
_TONES = dict(zip(TIMINGS, (9, 8, 7, 7, 6, 6, 4, 3), strict=False))


@remember
def answer(view: View) -> Markup:
    """The answer as markup: how many tasks name a date and whether it has passed, how many are ongoing, how many say
    nothing.
    """
    if not view.tasks:
        return labels.html("when.answer_no_tasks")
    by, passed = {timing: view.by_timing.get(timing, 0) for timing in TIMINGS}, view.dated.passed_tasks
    if not by["dated"]:
        said = [labels.html("when.answer_no_date", n=view.tasks)]
    elif passed == by["dated"]:
        said = [labels.html("when.answer_passed", n=by["dated"], tasks=view.tasks)]
    else:
        said = [labels.html("when.answer_dated", n=by["dated"], tasks=view.tasks, passed=passed)]
    said.append(
        labels.html(
            "when.answer_rest",
            rhythm=sum(by[timing] for timing in ROUND),
            ongoing=by["ongoing"],
            worded=by["event"] + by["regulation"],
            unsaid=by["unspecified"],
        )
    )
    return Markup(" ").join(filter(None, [*said, layers.aside(view.plan_ids)]))


@remember
def title(view: View) -> str:
    """The finding over the bars. Rule: which plans name a time for more than half of their tasks:
    none, all, up to three by name, else how many. Fallback, with one plan that has tasks: its plain share.
    """
    found = data.plans_timed(view.plan_ids, SAID)
    if found.with_tasks <= 1:
        name = _names(found.first)
        return labels.t("when.finding_one", plan=name, said=found.said, n=found.tasks)
    if not found.clear:
        return labels.t("when.finding_none", n=found.with_tasks, plans=labels.word(found.with_tasks))
    if found.clear == found.with_tasks:
        return labels.t("when.finding_all", n=found.with_tasks, plans=labels.word(found.with_tasks))
    if found.clear <= 3:
        return labels.t("when.finding_some", names=_names(found.first_clear), n=found.clear)
    return labels.t("when.finding_many", n=found.clear, plans=labels.word(found.with_tasks))


def _names(plan_ids: Sequence[str]) -> str:
    return labels.names([labels.pick(data.plan(plan_id), "short") for plan_id in plan_ids])


def _subtitle(view: View) -> str:
    """What is counted, and which ways no plan uses: their columns are left out."""
    unused = [labels.lower(labels.t(f"when.head.{timing}")) for timing in TIMINGS if timing not in view.used]
    said = [labels.t("when.subtitle"), *([labels.t("when.unused", names="; ".join(unused))] if unused else [])]
    return " ".join(said)


@remember
def alt(view: View) -> str:
    """The bars for those who do not see them."""
    rows = [
        f"{labels.pick(plan, 'short')}: "
        + ", ".join(f"{labels.t(f'common.timing.{timing}')} {labels.num(n)}" for timing, n in row.items() if n)
        for plan in view.plans
        for row in (view.counts[plan.plan_id],)
        if any(row.values())
    ]
    return labels.t("when.alt", title=title(view), rows="; ".join(rows))


def _hover(view: View, plan: Plan, timing: str) -> str:
    n, said = view.counts[plan.plan_id][timing], view.words.get((plan.plan_id, timing), ())
    lines = [f"{labels.pick(plan, 'short')} · {labels.t(f'common.timing.{timing}')}", labels.t("common.tasks", n=n)]
    for raw, times in said[:MOST_WORDS]:
        lines += [f"{'  ' if at else '“'}{part}" for at, part in enumerate(wrap(raw, 380, 14))]
        lines[-1] += f"” {times}×"
    if len(said) > MOST_WORDS:
        lines.append(labels.t("when.more_words", n=len(said) - MOST_WORDS))
    return "\n".join((*lines, labels.t("common.click")))


def _under(view: View, plan: Plan) -> str:
    level, tasks = labels.t(f"common.level.{plan.level}"), sum(view.counts[plan.plan_id].values())
    if not plan.is_read:
        return f"{level} · {labels.t('common.state.not_read' if plan.status == 'not_read' else 'common.state.no_plan')}"
    return f"{level} · {labels.t('common.tasks', n=tasks)}" if tasks else f"{level} · {labels.t('when.no_tasks')}"


def _bar(sheet: Sheet, x: float, y: float, n: int, scale: float, timing: str, half: float) -> None:
    if not n:
        sheet.text(x + 4, y, "–", size=14, color=SOFT)
        return
    length = max(2.0 if timing != "unspecified" else 4.0, n * scale)
    if timing == "unspecified":
        sheet.frame(x, y - half, x + length, y + half, INK)
    else:
        sheet.box(x, y - half, x + length, y + half, VAGUE[_TONES[timing]])
    sheet.text(x + length + 5, y, labels.compact(n), size=15, bold=True)


@remember
def wide(view: View) -> go.Figure:
    """The bars over the whole page."""
    sheet = Sheet(WIDE, title=title(view), subtitle=_subtitle(view), source=source(view.plan_ids))
    first = 216.0
    column = (WIDE - first) / len(view.used)
    y = _heads(sheet, view, first, column)
    for plan in view.plans:
        y = _row(sheet, view, plan, y, first, column)
    sheet.line(0, y, WIDE, y)
    return sheet.figure(y + 4)


def _most(view: View) -> int:
    return max(n for row in view.counts.values() for n in row.values())


def _heads(sheet: Sheet, view: View, first: float, column: float) -> float:
    """The ways over their columns, from clear to vague; where the rows begin."""
    y = sheet.top + 10
    heads = [wrap(labels.t(f"when.head.{timing}"), column - 10, 14, bold=True) for timing in view.used]
    y = max(sheet.lines(first + at * column, y, head, 17, bold=True) for at, head in enumerate(heads)) + 4
    sheet.text(first, y, labels.t("when.clear"), size=12.5, color=SOFT)
    sheet.text(WIDE - 2, y, labels.t("when.vague"), size=12.5, color=SOFT, anchor="right")
    return y + 16


def _row(sheet: Sheet, view: View, plan: Plan, y: float, first: float, column: float) -> float:
    """One plan: its name, and a bar a way; where the next row begins."""
    row = view.counts[plan.plan_id]
    names = wrap(labels.pick(plan, "short"), first - 16, 15, bold=True)
    below = wrap(_under(view, plan), first - 12, 13)
    tall = 18 * len(names) + 17 * len(below)
    height = max(52.0, 14 + tall)
    top = y + (height - tall) / 2
    sheet.line(0, y, WIDE, y)
    sheet.lines(0, top + 9, names, 18, size=15, bold=True)
    sheet.lines(0, top + 8 + 18 * len(names), below, 17, size=13, color=SOFT)
    if plan.is_read and any(row.values()):
        for at, timing in enumerate(view.used):
            x = first + at * column
            sheet.line(x, y + 8, x, y + height - 8)
            _bar(sheet, x, y + height / 2, row[timing], (column - 46) / _most(view), timing, 11)
            if row[timing]:
                key = f"{plan.plan_id}~{timing}"
                sheet.hit(x - 5, y + 3, x + column - 12, y + height - 3, key, _hover(view, plan, timing))
    return y + height


@remember
def narrow(view: View) -> go.Figure:
    """The sister for a phone: under each plan's name one line a way that this plan uses; its own zeros are left out."""
    subtitle = f"{_subtitle(view)} {labels.t('when.left_out')}"
    sheet = Sheet(NARROW, title=title(view), subtitle=subtitle, source=source(view.plan_ids))
    first = 128.0
    scale = (NARROW - first - 34) / _most(view)
    y = sheet.top
    for plan in view.plans:
        sheet.line(0, y, NARROW, y)
        y = sheet.lines(0, y + 17, wrap(labels.pick(plan, "short"), NARROW - 4, 15, bold=True), 19, size=15, bold=True)
        y = sheet.lines(0, y - 2, wrap(_under(view, plan), NARROW - 4, 13), 17, size=13, color=SOFT) - 5
        for timing, n in view.counts[plan.plan_id].items():
            if not n:
                continue
            head = wrap(labels.t(f"when.head.{timing}"), first - 10, 13.5)
            height = max(28.0, 8 + 16 * len(head))
            middle = y + height / 2
            sheet.lines(0, middle - 8 * (len(head) - 1), head, 16, size=13.5)
            sheet.line(first, y + 3, first, y + height - 3)
            _bar(sheet, first, middle, n, scale, timing, 8)
            key = f"{plan.plan_id}~{timing}"
            sheet.hit(0, y + 1, NARROW, y + height - 1, key, _hover(view, plan, timing))
            y += height
        y += 8
    sheet.line(0, y, NARROW, y)
    return sheet.figure(y + 4)


# Tables.


@remember
def table(view: View) -> tuple[dict[str, str], Sequence[dict[str, Any]], tuple[str, ...]]:
    """The bars as a table: columns, one row per plan, and which columns hold numbers; the plan's words stand small
    below.
    """
    columns = {
        "plan": labels.t("common.plan_heading"),
        **{timing: labels.t(f"when.head.{timing}") for timing in view.used},
    }

    def row_of(some: View, plan: Plan) -> dict[str, Any]:
        row: dict[str, Any] = {"plan": f"{labels.pick(plan, 'short')}\n{_under(some, plan)}"}
        for timing in view.used:
            said = some.words.get((plan.plan_id, timing), ())
            own = "; ".join(f"“{raw}” {labels.num(times)}×" for raw, times in said)
            count = labels.num(some.counts[plan.plan_id][timing]) if plan.is_read else "–"
            row[timing] = f"{count}\n{own}" if own else count
        return row

    def rows(plan_ids: Sequence[str]) -> list[dict[str, Any]]:
        some = view.only(plan_ids)
        return [row_of(some, plan) for plan in some.plans]

    return columns, paging.Fetched([plan.plan_id for plan in view.plans], rows), ()


@remember
def cell_rows(view: View) -> tuple[dict[str, str], Sequence[dict[str, Any]]]:
    """For the download: columns, and one row per plan that was read and way of saying when, zeros among them."""
    columns = {
        "plan": labels.t("common.plan_heading"),
        "level": labels.t("common.level"),
        "timing": labels.t("when.way"),
        "tasks": labels.t("common.tasks_heading"),
        "words": labels.t("when.words"),
    }

    def row(some: View, plan: Plan, timing: str) -> dict[str, Any]:
        return {
            "plan": labels.pick(plan, "short"),
            "level": labels.t(f"common.level.{plan.level}"),
            "timing": labels.t(f"common.timing.{timing}"),
            "tasks": some.counts[plan.plan_id][timing],
            "words": "; ".join(
                f"{raw} ({labels.num(times)})" for raw, times in some.words.get((plan.plan_id, timing), ())
            ),
        }

    def rows(plan_ids: Sequence[str]) -> list[dict[str, Any]]:
        some = view.only(plan_ids)
        return [row(some, plan, timing) for plan in some.plans for timing in TIMINGS]

    read = [plan.plan_id for plan in view.plans if plan.is_read]
    return columns, paging.Fetched(read, rows, len(TIMINGS))
