"""The matrix of findings: plans against kinds of findings, with how often each rule was right; and the lists of each
plan.

In: frames of `ui.data`, the words of `ui.words.findings`. Out: the answer, the finding that titles the picture, both forms of
the picture, the lists as markup, the table of rules. A nought says: read, and nothing found; a plan that was not read
is hatched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.draw.measure import wrap
from ui.draw.palette import INK, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.page import address, write
from ui.words import findings, labels, units
from ui.words.plans import plan_name, source
from ui.words.remember import remember

_NARROW_PLANS = 5
"""So many plans stand side by side on a phone; the others follow below them."""
_OPEN = 4
"""So many findings of one kind stand in a plan's list; the others are behind the link."""
_SHADE = 0.08


@remember
def _counts(plan_ids: tuple[str, ...], code: str | None) -> dict[tuple[str, str], int]:
    return {
        (row["plan_id"], row["code"]): int(row["findings"])
        for row in data.finding_counts().to_dict("records")
        if row["plan_id"] in plan_ids and row["code"] in findings.rules() and code in (None, row["code"])
    }


def _plans(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    return data.plans_of(plan_ids)


def codes(plan_ids: tuple[str, ...], code: str | None = None) -> list[str]:
    """The kinds that these plans have at least once, in the order of the table."""
    return findings.known([kind for _, kind in _counts(plan_ids, code)])


def options() -> dict[str, str]:
    """Every kind that any plan has, for the filter: by its code, in words."""
    return {code: findings.title(code) for code in codes(tuple(data.plans()["plan_id"]))}


def _sum(plan_ids: tuple[str, ...], code: str | None, group: str, plan_id: str | None = None) -> int:
    return sum(
        n
        for (plan, kind), n in _counts(plan_ids, code).items()
        if findings.rules()[kind].group == group and plan_id in (None, plan)
    )


@remember
def answer(plan_ids: tuple[str, ...], code: str | None) -> Markup:
    """The answer as markup: how often the plans contradict themselves, which most, and how many tasks name nobody or no
    time.
    """
    read = [plan for plan in _plans(plan_ids) if plan["status"] == "read"]
    total = _sum(plan_ids, code, "contradiction")
    if not read:
        return labels.html("findings.answer_unread")
    if code and findings.rules()[code].group != "contradiction":
        return labels.html("findings.answer_kind", kind=findings.title(code), n=sum(_counts(plan_ids, code).values()))
    if not total:
        return labels.html("findings.answer_none", plans=labels.word(len(read)), n=len(read))
    by_plan = sorted(
        ((_sum(plan_ids, code, "contradiction", plan["plan_id"]), plan) for plan in read), key=lambda pair: -pair[0]
    )
    said = [labels.html("findings.answer_total", total=total, plans=labels.word(len(read)), n=len(read))]
    if len(read) > 1 and by_plan[0][0] > by_plan[1][0]:
        said.append(labels.html("findings.answer_most", plan=plan_name(by_plan[0][1]), n=by_plan[0][0]))
    lead, time = (
        sum(n for (_, kind), n in _counts(plan_ids, code).items() if kind == name)
        for name in ("task_without_lead", "task_without_timing")
    )
    if lead or time:
        said.append(labels.html("findings.answer_missing", lead=lead, time=time))
    return Markup(" ").join(said)


@remember
def title(plan_ids: tuple[str, ...], code: str | None) -> str:
    """The finding over the picture. Rule: the kinds of contradiction that most plans share, up to three. Fallbacks:
    none shared, or more → how many kinds; one plan → its number of kinds; one kind chosen → its number; no
    contradiction → says so.
    """
    read = [plan["plan_id"] for plan in _plans(plan_ids) if plan["status"] == "read"]
    if code:
        return labels.t(
            "findings.finding_kind",
            kind=findings.title(code),
            n=sum(_counts(plan_ids, code).values()),
            plans=len({plan for plan, _ in _counts(plan_ids, code)}),
        )
    kinds = [kind for kind in codes(plan_ids) if findings.rules()[kind].group == "contradiction"]
    if not kinds:
        return labels.t("findings.finding_none", n=len(read))
    if len(read) == 1:
        return labels.t("findings.finding_one", plan=labels.pick(_plans(tuple(read))[0], "short"), n=len(kinds))
    shared = {kind: sum((plan, kind) in _counts(plan_ids, None) for plan in read) for kind in kinds}
    most = max(shared.values())
    names = [labels.lower(findings.title(kind)) for kind in kinds if shared[kind] == most]
    if most == 1 or len(names) > 3:
        return labels.t("findings.finding_plain", n=len(kinds), of=len(read))
    return labels.t("findings.finding_shared", kinds=labels.names(names), plans=most, of=len(read))


def alt(plan_ids: tuple[str, ...], code: str | None) -> str:
    """The picture for those who do not see it."""
    return labels.t("overview.alt", title=title(plan_ids, code))


def _hover(plan: Mapping[str, Any], code: str, n: int) -> str:
    rule = findings.rules()[code]
    counted = (
        labels.t("findings.counted", right=rule.right, of=rule.of) if rule.of else labels.t("findings.not_counted")
    )
    return "\n".join(
        (
            labels.pick(plan, "short"),
            labels.t("findings.cell", kind=findings.title(code), n=n),
            counted,
            labels.t("common.click"),
        )
    )


def _cell(
    sheet: Sheet,
    x0: float,
    x1: float,
    y: float,
    plan: Mapping[str, Any],
    code: str,
    counts: Mapping[tuple[str, str], int],
) -> None:
    if plan["status"] != "read":
        sheet.hatched(x0, y - 8, x0 + 26, y + 8)
        return
    n = counts.get((plan["plan_id"], code), 0)
    if not n:
        sheet.text(x0 + 9, y, labels.num(0), size=14, color=SOFT)
        return
    sheet.box(x0, y - 12, x1, y + 12, INK, opacity=_SHADE)
    sheet.text(x0 + 9, y, labels.compact(n), size=15, bold=True)
    sheet.hit(x0, y - 12, x1, y + 12, f"{plan['plan_id']}~{code}", _hover(plan, code, n))


def _head(plan: Mapping[str, Any], width: float) -> list[str]:
    year = "" if plan["year"] is None or plan["year"] != plan["year"] else str(int(plan["year"]))
    lines = wrap(labels.pick(plan, "short").removesuffix(f" {year}").strip(), width, 13, bold=True)
    return lines if len(lines) <= 3 else [plan["narrow"]]


def _groups(plan_ids: tuple[str, ...], code: str | None) -> list[tuple[str, list[str]]]:
    shown = codes(plan_ids, code)
    found = [(group, [kind for kind in shown if findings.rules()[kind].group == group]) for group in findings.GROUPS]
    return [(group, kinds) for group, kinds in found if kinds]


@remember
def wide(plan_ids: tuple[str, ...], code: str | None) -> go.Figure:
    """The matrix over the whole page: a kind a row, a plan a column, the rule's precision last."""
    plans, counts = _plans(plan_ids), _counts(plan_ids, code)
    sheet = Sheet(WIDE, title=title(plan_ids, code), subtitle=labels.t("findings.subtitle"), source=source())
    first, last = 372.0, WIDE - 128.0
    column = min((last - first) / len(plans), 132)
    heads = [_head(plan, column - 10) for plan in plans]
    tall = max(len(lines) for lines in heads)
    y = sheet.top + 6
    for at, (plan, lines) in enumerate(zip(plans, heads)):
        for line_at, line in enumerate(lines):
            sheet.text(first + at * column + 8, y + 17 * (line_at + tall - len(lines)), line, size=13, bold=True)
        sheet.text(first + at * column + 8, y + 17 * tall, _under(plan), size=12, color=SOFT)
    sheet.text(last + 12, y + 17 * (tall - 1), labels.t("findings.precision"), size=13, bold=True)
    y += 17 * tall + 16
    for group, kinds in _groups(plan_ids, code):
        sheet.line(0, y, WIDE, y, INK, width=2)
        y += 18
        sheet.text(0, y, labels.t(f"findings.group.{group}"), size=15, bold=True)
        y += 16
        for kind in kinds:
            y += 14
            sheet.text(0, y, findings.title(kind), size=14)
            for at, plan in enumerate(plans):
                _cell(sheet, first + at * column, first + (at + 1) * column - 4, y, plan, kind, counts)
            sheet.text(last + 12, y, findings.precision(kind), size=14, color=SOFT)
            y += 14
            sheet.line(0, y, WIDE, y)
        y += 14
    return sheet.figure(y)


def _under(plan: Mapping[str, Any]) -> str:
    year = "" if plan["year"] is None or plan["year"] != plan["year"] else str(int(plan["year"]))
    return labels.t("coverage.level_year", level=labels.t(f"common.level_short.{plan['level']}"), year=year)


@remember
def narrow(plan_ids: tuple[str, ...], code: str | None) -> go.Figure:
    """The sister for a phone: a kind's name over its line of numbers, the plans' names again over each group."""
    plans, counts = _plans(plan_ids), _counts(plan_ids, code)
    groups = [plans[at : at + _NARROW_PLANS] for at in range(0, len(plans), _NARROW_PLANS)]
    column = NARROW / min(len(plans), _NARROW_PLANS)
    sheet = Sheet(NARROW, title=title(plan_ids, code), subtitle=labels.t("findings.subtitle_narrow"), source=source())
    y = sheet.top
    for group, kinds in _groups(plan_ids, code):
        sheet.line(0, y, NARROW, y, INK, width=2)
        y += 20
        sheet.text(0, y, labels.t(f"findings.group.{group}"), size=16, bold=True)
        y += 12
        for some in groups:
            y += 16
            for at, plan in enumerate(some):
                sheet.text(at * column, y, plan["narrow"], size=13, bold=True)
                sheet.text(at * column, y + 16, labels.t(f"common.level_short.{plan['level']}"), size=12, color=SOFT)
            y += 30
            for kind in kinds:
                sheet.line(0, y, NARROW, y)
                y += 3
                for line in wrap(
                    labels.t("findings.narrow_row", kind=findings.title(kind), precision=findings.precision(kind)),
                    NARROW - 4,
                    14,
                ):
                    y += 18
                    sheet.text(0, y - 8, line, size=14)
                y += 16
                for at, plan in enumerate(some):
                    _cell(sheet, at * column, (at + 1) * column - 3, y, plan, kind, counts)
                y += 17
        y += 14
    return sheet.figure(y)


def cell_rows(plan_ids: tuple[str, ...], code: str | None) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The picture's numbers for the download: one row per kind, one column per plan, a plan that was not read left
    empty.
    """
    plans, counts = _plans(plan_ids), _counts(plan_ids, code)
    columns = {
        "group": labels.t("findings.column_group"),
        "kind": labels.t("findings.column_kind"),
        **{plan["plan_id"]: plan_name(plan) for plan in plans},
        "right": labels.t("findings.column_right"),
        "of": labels.t("findings.column_of"),
    }
    rows = [
        {
            "group": labels.t(f"findings.group.{group}"),
            "kind": findings.title(kind),
            **{
                plan["plan_id"]: counts.get((plan["plan_id"], kind), 0) if plan["status"] == "read" else None
                for plan in plans
            },
            "right": findings.rules()[kind].right,
            "of": findings.rules()[kind].of,
        }
        for group, kinds in _groups(plan_ids, code)
        for kind in kinds
    ]
    return columns, rows


# Lists.


def cards(rows: Sequence[Mapping[str, Any]], plan: Mapping[str, Any], kept: str) -> Markup:
    """Findings of one cell as markup: sentence, place, and the plan's own words where they stand at a unit. `kept` as
    for `widgets.line_link`.
    """
    shown = []
    for one in rows:
        said = one["text"] if isinstance(one["text"], str) else one["line_text"]
        words = Markup('<p class="why">“{}”</p>').format(said) if isinstance(said, str) else Markup()
        place = units.line_link(
            one["plan_id"], one["unit_id"] if isinstance(one["unit_id"], str) else None, kept, line=int(one["line"])
        )
        shown.append(
            Markup(
                '<li class="card"><p class="says">{}</p><p class="where"><b>{}</b> · <a href="{}">{}</a></p>{}</li>'
            ).format(findings.sentence(one), plan_name(plan), place, findings.where(one), words)
        )
    return Markup('<ul class="cards">{}</ul>').format(Markup().join(shown))


@remember
def lists(plan_ids: tuple[str, ...], code: str | None, plan_id: str) -> Markup:
    """All findings of one plan as markup, by kind in the table's order: a number, the rule's precision, the sentences
    with their place and a link.
    """
    counts = _counts(plan_ids, code)
    kinds = tuple(kind for kind in codes(plan_ids, code) if (plan_id, kind) in counts)
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in kinds}
    for one in data.findings((plan_id,), tuple(kind for kind in kinds if kind not in findings.COUNTED), _OPEN).to_dict(
        "records"
    ):
        rows[one["code"]].append(one)
    shown = []
    for kind in kinds:
        n = counts[plan_id, kind]
        rule = findings.rules()[kind]
        right = (
            labels.html("findings.counted", right=rule.right, of=rule.of)
            if rule.of
            else labels.html("findings.not_counted")
        )
        head = Markup('{} <span class="small" style="font-weight:400">· {}</span>').format(
            labels.html("findings.list_head", kind=findings.title(kind), n=n), right
        )
        items = Markup().join(
            Markup('<li>{} <a style="color:var(--link)" href="{}">{}</a></li>').format(
                findings.sentence(one), _link(plan_ids, code, plan_id, kind, one), findings.where(one)
            )
            for one in rows[kind]
        )
        left = n - len(rows[kind])
        if left:
            items += Markup('<li><a style="color:var(--link)" href="{}">{}</a></li>').format(
                _link(plan_ids, code, plan_id, kind, None),
                labels.html("findings.all_of" if kind in findings.COUNTED else "findings.more_of", n=left),
            )
        shown.append(Markup('<h3 style="padding:0!important">{}</h3><ul class="ranked">{}</ul>').format(head, items))
    return (
        Markup('<div class="only">{}</div>').format(Markup().join(shown))
        if shown
        else write.paragraph("small", labels.html("findings.nothing_here"))
    )


def _link(plan_ids: tuple[str, ...], code: str | None, plan_id: str, kind: str, one: Mapping[str, Any] | None) -> str:
    kept = {"kh": None if len(plan_ids) == len(data.plans()) else ",".join(plan_ids), "loai": code}
    return address.link(o=f"{plan_id}~{kind}", muc=str(int(one["nth"])) if one is not None else None, **kept)


def rule_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Every rule, also those that no plan here meets: what it is about, how many it finds in all plans, how many were
    right when counted one by one.
    """
    everything = _counts(tuple(data.plans()["plan_id"]), None)
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
            "found": sum(n for (_, kind), n in everything.items() if kind == code),
            "precision": findings.precision(code),
        }
        for code, rule in findings.rules().items()
    ]
