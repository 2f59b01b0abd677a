"""The matrix of findings: plans against kinds of findings, with how often each rule was right; and the lists of each
plan.

In: the reader's filters and the words of `ui.words.findings`. Out: a `View` of what the page shows, and made of it the
answer, the finding that titles the picture, both forms of the picture, the lists as markup; the table of rules. A nought
says: read, and nothing found; a plan that was not read is hatched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.data.findings import FindingSum, PlanFinding
from ui.data.plans import Plan
from ui.draw import marks
from ui.draw.measure import wrap
from ui.draw.palette import INK, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.page import address, write
from ui.topics.coverage.picture import head
from ui.words import findings, labels, units
from ui.words.markup import filled, joined
from ui.words.plans import plan_name, source
from ui.words.remember import remember

_NARROW_PLANS = 5
"""So many plans stand side by side on a phone; the others follow below them."""
_OPEN = 4
"""So many findings of one kind stand in a plan's list; the others are behind the link."""
MOST_LISTS = 6
"""Of so many plans the findings are listed at a time."""
_SHADE = 0.08


@dataclass(frozen=True, eq=False)
class View:
    """Plans in reading order, and the kind asked for (None: all). All of them together by kind; and how many findings of a
    kind are in a plan, where plans stand side by side: none where there are none.
    """

    plan_ids: tuple[str, ...]
    code: str | None

    @cached_property
    def plans(self) -> Sequence[Plan]:
        return data.plans_of(self.plan_ids)

    @cached_property
    def sums(self) -> Mapping[str, FindingSum]:
        """By kind, of those that the table of rules holds."""
        found = data.finding_sums(self.plan_ids)
        return {code: row for code, row in found.items() if code in findings.rules() and self.code in (None, code)}

    @cached_property
    def counts(self) -> Mapping[tuple[str, str], int]:
        found = data.finding_counts(self.plan_ids)
        return {(row.plan_id, row.code): row.findings for row in found if row.code in self.sums}

    @cached_property
    def read(self) -> list[Plan]:
        return [plan for plan in map(data.plan, self.plan_ids) if plan.is_read]

    @property
    def total(self) -> int:
        return sum(row.findings for row in self.sums.values())

    @property
    def codes(self) -> list[str]:
        """The kinds that these plans have at least once, in the order of the table."""
        return findings.known(self.sums)

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """The same by what they are about."""
        found = [(group, [code for code in self.codes if _group(code) == group]) for group in findings.GROUPS]
        return [(group, codes) for group, codes in found if codes]

    def of(self, code: str) -> int:
        return self.sums[code].findings if code in self.sums else 0


@remember
def view(plan_ids: tuple[str, ...], code: str | None) -> View:
    """What is to be seen of these plans, of one kind or of all."""
    return View(plan_ids, code)


def _group(code: str) -> str:
    return findings.rules()[code].group


def options(every: View) -> dict[str, str]:
    """Every kind that any of these plans has, for the filter: by its code, in words."""
    return {code: findings.title(code) for code in every.codes}


@remember
def answer(view: View) -> Markup:
    """The answer as markup: how often the plans contradict themselves, which most, and how many tasks name nobody or no
    time.
    """
    n = len(view.read)
    if not n:
        return labels.html("findings.answer_unread")
    if view.code and _group(view.code) != "contradiction":
        return labels.html("findings.answer_kind", kind=findings.title(view.code), n=view.total)
    kinds = tuple(code for code in view.codes if _group(code) == "contradiction")
    if not (total := sum(map(view.of, kinds))):
        return labels.html("findings.answer_none", plans=labels.word(n), n=n)
    said = [labels.html("findings.answer_total", total=total, plans=labels.word(n), n=n)]
    most, *others = data.most_findings(view.plan_ids, kinds, 2)
    if n > 1 and most.findings > sum(row.findings for row in others):
        said.append(labels.html("findings.answer_most", plan=plan_name(data.plan(most.plan_id)), n=most.findings))
    lead, time = view.of("task_without_lead"), view.of("task_without_timing")
    if lead or time:
        said.append(labels.html("findings.answer_missing", lead=lead, time=time))
    return Markup(" ").join(said)


@remember
def title(view: View) -> str:
    """The finding over the picture. Rule: the kinds of contradiction that most plans share, up to three. Fallbacks:
    none shared, or more → how many kinds; one plan → its number of kinds; one kind chosen → its number; no
    contradiction → says so.
    """
    if view.code:
        return labels.t(
            "findings.finding_kind",
            kind=findings.title(view.code),
            n=view.total,
            plans=view.sums[view.code].plans if view.code in view.sums else 0,
        )
    read, kinds = view.read, [code for code in view.codes if _group(code) == "contradiction"]
    if not kinds:
        return labels.t("findings.finding_none", n=len(read))
    if len(read) == 1:
        return labels.t("findings.finding_one", plan=labels.pick(read[0], "short"), n=len(kinds))
    shared = {kind: view.sums[kind].read for kind in kinds}
    most = max(shared.values())
    names = [labels.lower(findings.title(kind)) for kind in kinds if shared[kind] == most]
    if most == 1 or len(names) > 3:
        return labels.t("findings.finding_plain", n=len(kinds), of=len(read))
    return labels.t("findings.finding_shared", kinds=labels.names(names), plans=most, of=len(read))


def alt(view: View) -> str:
    """The picture for those who do not see it."""
    return labels.t("overview.alt", title=title(view))


def _counted(code: str, say: Callable[..., str] = labels.t) -> str:
    """How often a rule was right, in words; as markup by `labels.html`."""
    rule = findings.rules()[code]
    return say("findings.counted", right=rule.right, of=rule.of) if rule.of else say("findings.not_counted")


def _cell(sheet: Sheet, view: View, x0: float, x1: float, y: float, plan: Plan, code: str) -> None:
    if not plan.is_read:
        sheet.hatched(x0, y - 8, x0 + 26, y + 8)
        return
    n = view.counts.get((plan.plan_id, code), 0)
    if not n:
        sheet.text(x0 + 9, y, labels.num(0), size=14, color=SOFT)
        return
    kind = labels.t("findings.cell", kind=findings.title(code), n=n)
    said = (labels.pick(plan, "short"), kind, _counted(code), labels.t("common.click"))
    sheet.box(x0, y - 12, x1, y + 12, INK, opacity=_SHADE)
    sheet.text(x0 + 9, y, labels.compact(n), size=15, bold=True)
    sheet.hit(x0, y - 12, x1, y + 12, f"{plan.plan_id}~{code}", "\n".join(said))


@remember
def wide(view: View) -> go.Figure:
    """The matrix over the whole page: a kind a row, a plan a column, the rule's precision last."""
    sheet = Sheet(WIDE, title=title(view), subtitle=labels.t("findings.subtitle"), source=source(view.plan_ids))
    marks.key(sheet, ["not_read"] if len(view.read) < len(view.plans) else [])
    first, last = 372.0, WIDE - 128.0
    column = min((last - first) / len(view.plans), 132)
    y = _heads(sheet, view, first, column, last)
    for group, kinds in view.groups:
        sheet.line(0, y, WIDE, y, INK, width=2)
        y += 18
        sheet.text(0, y, labels.t(f"findings.group.{group}"), size=15, bold=True)
        y += 16
        for kind in kinds:
            y += 14
            sheet.text(0, y, findings.title(kind), size=14)
            for at, plan in enumerate(view.plans):
                _cell(sheet, view, first + at * column, first + (at + 1) * column - 4, y, plan, kind)
            sheet.text(last + 12, y, findings.precision(kind), size=14, color=SOFT)
            y += 14
            sheet.line(0, y, WIDE, y)
        y += 14
    return sheet.figure(y)


def _heads(sheet: Sheet, view: View, first: float, column: float, last: float) -> float:
    """The plans' names, all with their last line on one height, level and year under them, and the head of the last
    column; gives back where the first row begins.
    """
    y = sheet.top + 6
    heads = [head(plan, column - 10) for plan in view.plans]
    tall, deep = (max(map(len, some)) for some in zip(*heads))
    for at, (lines, under) in enumerate(heads):
        x = first + at * column + 8
        for line_at, line in enumerate(lines, tall - len(lines)):
            sheet.text(x, y + 17 * line_at, line, size=13, bold=True)
        for line_at, line in enumerate(under):
            sheet.text(x, y + 17 * tall + 15 * line_at, line, size=12, color=SOFT)
    sheet.text(last + 12, y + 17 * (tall - 1), labels.t("findings.precision"), size=13, bold=True)
    return y + 17 * tall + 15 * deep + 1


@remember
def narrow(view: View) -> go.Figure:
    """The sister for a phone: a kind's name over its line of numbers, the plans' names again over each group."""
    rows = [view.plans[at : at + _NARROW_PLANS] for at in range(0, len(view.plans), _NARROW_PLANS)]
    column = NARROW / min(len(view.plans), _NARROW_PLANS)
    sheet = Sheet(
        NARROW, title=title(view), subtitle=labels.t("findings.subtitle_narrow"), source=source(view.plan_ids)
    )
    marks.key(sheet, ["not_read"] if len(view.read) < len(view.plans) else [])
    y = sheet.top
    for group, kinds in view.groups:
        sheet.line(0, y, NARROW, y, INK, width=2)
        y += 20
        sheet.text(0, y, labels.t(f"findings.group.{group}"), size=16, bold=True)
        y += 12
        for plans in rows:
            y = _narrow_group(sheet, view, plans, kinds, column, y)
        y += 14
    return sheet.figure(y)


def _narrow_group(
    sheet: Sheet, view: View, plans: Sequence[Plan], kinds: Sequence[str], column: float, y: float
) -> float:
    """One group of kinds for so many plans as fit a phone side by side; gives back where the drawing ends."""
    y += 16
    for at, plan in enumerate(plans):
        sheet.text(at * column, y, plan.narrow, size=13, bold=True)
        sheet.text(at * column, y + 16, labels.t(f"common.level_short.{plan.level}"), size=12, color=SOFT)
    y += 30
    for kind in kinds:
        sheet.line(0, y, NARROW, y)
        y += 3
        name = labels.t("findings.narrow_row", kind=findings.title(kind), precision=findings.precision(kind))
        for line in wrap(name, NARROW - 4, 14):
            y += 18
            sheet.text(0, y - 8, line, size=14)
        y += 16
        for at, plan in enumerate(plans):
            _cell(sheet, view, at * column, (at + 1) * column - 3, y, plan, kind)
        y += 17
    return y


def cell_rows(view: View) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The picture's numbers for the download: one row per kind, one column per plan, a plan that was not read left
    empty.
    """
    columns = {
        "group": labels.t("findings.column_group"),
        "kind": labels.t("findings.column_kind"),
        **{plan.plan_id: plan_name(plan) for plan in view.plans},
        "right": labels.t("findings.column_right"),
        "of": labels.t("findings.column_of"),
    }
    return columns, [
        {
            "group": labels.t(f"findings.group.{group}"),
            "kind": findings.title(kind),
            **{plan.plan_id: view.counts.get((plan.plan_id, kind), 0) if plan.is_read else None for plan in view.plans},
            "right": findings.rules()[kind].right,
            "of": findings.rules()[kind].of,
        }
        for group, kinds in view.groups
        for kind in kinds
    ]


# Lists.


def cards(rows: Sequence[PlanFinding], plan: Plan, kept: str) -> Markup:
    """Findings of one cell as markup: sentence, place, and the plan's own words where they stand at a unit. `kept` as
    for `widgets.line_link`.
    """
    shown = []
    for one in rows:
        words = Markup() if one.words is None else filled('<p class="why">“{}”</p>', one.words)
        place = units.line_link(one.plan_id, one.unit_id, kept, line=one.line)
        shown.append(
            filled(
                '<li class="card"><p class="says">{}</p><p class="where"><b>{}</b> · <a href="{}">{}</a></p>{}</li>',
                findings.sentence(one),
                plan_name(plan),
                place,
                findings.where(one),
                words,
            )
        )
    return filled('<ul class="cards">{}</ul>', joined(shown))


@remember
def lists(view: View, plan_id: str, kept: str) -> Markup:
    """All findings of one plan as markup, by kind in the table's order: a number, the rule's precision, the sentences
    with their place and a link; `kept` is what the address of the page keeps.
    """
    kinds = [kind for kind in view.codes if (plan_id, kind) in view.counts]
    rows: dict[str, list[PlanFinding]] = {kind: [] for kind in kinds}
    # of all plans that stand side by side at once
    asked = tuple(kind for kind in view.codes if kind not in findings.COUNTED)
    for one in data.findings(view.plan_ids, asked, _OPEN):
        if one.plan_id == plan_id:
            rows[one.code].append(one)
    if not kinds:
        return write.paragraph("small", labels.html("findings.nothing_here"))
    shown = [_list(view, plan_id, kind, rows[kind]) for kind in kinds]
    return filled('<div class="only">{}</div>', joined(shown))


def _list(view: View, plan_id: str, kind: str, rows: Sequence[PlanFinding]) -> Markup:
    """The findings of one kind in a plan: the first of them, and a link to all."""
    n = view.counts[plan_id, kind]
    head = filled(
        '{} <span class="small" style="font-weight:400">· {}</span>',
        labels.html("findings.list_head", kind=findings.title(kind), n=n),
        _counted(kind, labels.html),
    )

    def link(words: str, one: PlanFinding | None = None) -> Markup:
        here = address.link(
            o=f"{plan_id}~{kind}", muc=str(one.nth) if one else None, kh=address.kept().get("kh"), loai=view.code
        )
        return filled('<a style="color:var(--link)" href="{}">{}</a>', here, words)

    items = [filled("{} {}", findings.sentence(one), link(findings.where(one), one)) for one in rows]
    if left := n - len(rows):
        items.append(link(labels.html("findings.all_of" if kind in findings.COUNTED else "findings.more_of", n=left)))
    listed = joined(filled("<li>{}</li>", item) for item in items)
    return filled('<h3 style="padding:0!important">{}</h3><ul class="ranked">{}</ul>', head, listed)


def rule_table(every: View) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Every rule, also those that no plan here meets: what it is about, how many it finds in these plans, how many were
    right when counted one by one.
    """
    columns = {
        "kind": labels.t("findings.column_kind"),
        "group": labels.t("findings.column_group"),
        "found": labels.t("findings.column_found"),
        "precision": labels.t("findings.precision"),
    }
    return columns, [
        {
            "kind": findings.title(code),
            "group": labels.t(f"findings.group.{rule.group}"),
            "found": every.of(code),
            "precision": findings.precision(code),
        }
        for code, rule in findings.rules().items()
    ]
