"""The coverage matrix: plans against the 29 sub-dimensions, eight states told apart without colour.

In: frames of `ui.data`. Out: the answer, the finding that titles the picture, the picture in two forms, the table, the
gaps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.data.plans import dimension, dimensions, known_plans, plans_of, subdimensions
from ui.draw import marks
from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, SOFT
from ui.draw.sheet import NARROW, WIDE_BESIDE, Sheet
from ui.page import address
from ui.words import labels, units
from ui.words import units as words_units
from ui.words.plans import source
from ui.words.remember import remember

_WIDE_PLANS = 7
"""So many plans stand side by side; the others follow in a matrix below."""
_NARROW_PLANS = 5
"""So many plans stand side by side on a phone; the others follow below them."""
_CLEAR_LEAD = 5
"""So many indicators must lie between two plans before the title sets them against each other."""


def _cells(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (row["plan_id"], row["sub"]): row
        for row in data.plan_subdimensions(basis, plan_ids).to_dict("records")
        if dim in (None, row["dim"])
    }


def _plans(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    return plans_of(plan_ids)


def _subs(dim: int | None) -> list[dict[str, Any]]:
    return [row for row in subdimensions().to_dict("records") if dim in (None, row["dim"])]


def _general(basis: str, plan_ids: tuple[str, ...]) -> dict[tuple[str, int], int]:
    return {
        (row["plan_id"], row["dim"]): int(row["general"])
        for row in data.plan_dimensions(basis, plan_ids).to_dict("records")
    }


def sub_name(sub: Mapping[str, Any], *, short: bool = True) -> str:
    """A sub-dimension's name, with the last year PAPI measured it where it no longer does: "Cấp phép xây dựng (đến
    2020)".
    """
    name = labels.pick(sub, "short" if short else "name")
    year = sub["measured_to"]
    return name if year is None or year != year else labels.t("coverage.measured_to", name=name, year=str(int(year)))


@remember
def topics() -> dict[str, str]:
    """What a cell can be about: each sub-dimension, and what each dimension says on none of them in particular."""
    found: dict[str, str] = {}
    for dim in dimensions().to_dict("records"):
        if dim["dim"] == 0:
            continue
        found.update({sub["sub"]: f"{sub['sub']} {sub_name(sub)}" for sub in _subs(dim["dim"])})
        found[f"{dim['dim']}+"] = labels.t(
            "coverage.general_topic", dim=str(dim["dim"]), name=labels.pick(dim, "short")
        )
    return found


@remember
def answer(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> Markup:
    """The answer as markup: how many cells say what, and which indicators all plans or no plan has tasks on."""
    cells = [cell for cell in _cells(basis, plan_ids, dim).values() if cell["state"] not in ("not_read", "no_plan")]
    states = Counter(cell["state"] for cell in cells)
    plans = len({cell["plan_id"] for cell in cells})
    if not plans:
        return labels.html("coverage.finding_none", n=len(plan_ids))
    subs = len(_subs(dim))
    sentences = [
        labels.html("coverage.answer_cells", cells=len(cells), plans=plans, n=plans, subs=subs, tasks=states["own"])
    ]
    parts = [
        labels.t(f"coverage.answer_{state}", n=states[state])
        for state in ("named", "passing", "weak", "description", "none")
        if states[state]
    ]
    if parts:
        sentences.append(labels.html("coverage.answer_rest", parts=labels.names(parts)))
    having = Counter(cell["sub"] for cell in cells if cell["state"] == "own")
    names = [sub["sub"] for sub in _subs(dim)]
    everywhere = [name for name in names if having[name] == plans]
    nowhere = [name for name in names if not having[name]]
    if plans > 1 and everywhere:
        sentences.append(
            labels.html(
                "coverage.answer_everywhere",
                n=len(everywhere),
                plans=labels.word(plans),
                subs=labels.names(everywhere[:6]),
            )
            if len(everywhere) <= 6
            else labels.html("coverage.answer_everywhere_many", n=len(everywhere), plans=labels.word(plans))
        )
    if nowhere:
        sentences.append(
            labels.html("coverage.answer_nowhere", n=len(nowhere), subs=labels.names(nowhere[:6]))
            if len(nowhere) <= 6
            else labels.html("coverage.answer_nowhere_many", n=len(nowhere))
        )
    return Markup(" ").join(sentences)


@remember
def title(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> str:
    """The finding over the picture. Rule: with at least five indicators between the plan that reaches fewest and the
    one that reaches most, the two; closer together, the span. Fallbacks: one plan → its figure; no plan read → the
    plain number.
    """
    cells = _cells(basis, plan_ids, dim)
    subs = len(_subs(dim))
    scope = "" if dim is None else labels.t("coverage.finding_scope", dim=str(dim))
    reached = [
        (sum(cells[plan["plan_id"], sub["sub"]]["state"] == "own" for sub in _subs(dim)), plan)
        for plan in _plans(plan_ids)
        if plan["status"] == "read"
    ]
    if not reached:
        return labels.t("coverage.finding_none", n=len(plan_ids))
    fewest, most = min(reached, key=lambda pair: pair[0]), max(reached, key=lambda pair: pair[0])
    if len(reached) == 1:
        return labels.t(
            "coverage.finding_one", plan=labels.pick(most[1], "short"), most=most[0], subs=subs, scope=scope
        )
    if most[0] - fewest[0] < min(_CLEAR_LEAD, subs):
        key = "coverage.finding_same" if most[0] == fewest[0] else "coverage.finding_span"
        return labels.t(key, plans=labels.word(len(reached)), fewest=fewest[0], most=most[0], subs=subs, scope=scope)
    return labels.t(
        "coverage.finding_two",
        low=labels.pick(fewest[1], "short"),
        fewest=fewest[0],
        subs=subs,
        high=labels.pick(most[1], "short"),
        most=most[0],
        scope=scope,
    )


def _said(cell: Mapping[str, Any], basis: str) -> list[str]:
    """What a cell says in words, and what it would say the other way of counting where that differs."""
    said = [marks.words(cell)]
    if cell["other_state"] != cell["state"]:
        other = labels.t("common.by_heading" if basis == "content" else "common.by_content")
        said.append(
            labels.t(
                "coverage.other_way",
                way=labels.lower(other),
                says=labels.t(f"common.state.{cell['other_state']}", n=int(cell["other_n"])),
            )
        )
    if cell["bar_state"] != cell["state"]:
        without = next(
            (
                state
                for state, n in (
                    ("passing", cell["passing"]),
                    ("description", cell["described"] + cell["descriptions"]),
                    ("passing", cell["mentioned"]),
                )
                if n
            ),
            "none",
        )
        said.append(
            labels.t("borrow.bar_weak", says=labels.t(f"common.state.{without}"))
            if cell["state"] == "weak"
            else labels.t("borrow.bar_close", n=int(cell["tasks"]))
        )
    return said


def _hangs(cell: Mapping[str, Any]) -> bool:
    """Whether the verdict changes with the way of counting or with the bar for a review."""
    return cell["other_state"] != cell["state"] or cell["bar_state"] != cell["state"]


def _hover(plan: Mapping[str, Any], sub: Mapping[str, Any], cell: Mapping[str, Any], basis: str) -> str:
    return "\n".join(
        (f"{labels.pick(plan, 'short')} · {sub['sub']} {sub_name(sub)}", *_said(cell, basis), labels.t("common.click"))
    )


def _draw_cell(
    sheet: Sheet,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    plan: Mapping[str, Any],
    sub: Mapping[str, Any],
    cell: Mapping[str, Any],
    basis: str,
) -> None:
    marks.mark(sheet, x0, y0, x1, y1, cell, sub["dim"])
    if _hangs(cell):
        sheet.dotted(x0, y0, x1, y1)
    sheet.hit(x0, y0, x1, y1, f"{plan['plan_id']}~{sub['sub']}", _hover(plan, sub, cell, basis))


def _draw_general(sheet: Sheet, x: float, x1: float, y: float, plan: Mapping[str, Any], dim: int, general: int) -> None:
    if general:
        words = labels.t("coverage.general", n=general)
        sheet.text(x, y, words, size=13, color=DIM[dim])
        sheet.hit(
            x,
            y - 12,
            x1,
            y + 12,
            f"{plan['plan_id']}~{dim}+",
            "\n".join(
                (
                    f"{labels.pick(plan, 'short')} · {labels.t('coverage.general_hover', n=general, dim=str(dim))}",
                    labels.t("common.click"),
                )
            ),
        )


def _head(plan: Mapping[str, Any], width: float) -> tuple[list[str], list[str]]:
    """A column's head: the plan's name without its year, or its short form where the column is narrow; level and year,
    below each other where they must.
    """
    year = "" if plan["year"] is None or plan["year"] != plan["year"] else str(int(plan["year"]))
    name = labels.pick(plan, "short").removesuffix(f" {year}").strip()
    lines = wrap(name, width, 13, bold=True)
    if len(lines) > 3 or any(width_of(line, 13, bold=True) > width for line in lines):
        lines = [plan["narrow"]]
    level = labels.t(f"common.level_short.{plan['level']}")
    under = labels.t("coverage.level_year", level=level, year=year)
    return lines, [under] if width_of(under, 12) <= width + 4 else [level, year]


@remember
def wide(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> go.Figure:
    """The matrix with a column beside it."""
    plans, cells, general = _plans(plan_ids), _cells(basis, plan_ids, dim), _general(basis, plan_ids)
    sheet = Sheet(
        WIDE_BESIDE, title=title(basis, plan_ids, dim), subtitle=labels.t("coverage.subtitle"), source=source()
    )
    y = sheet.top
    for at in range(0, len(plans), _WIDE_PLANS):
        y = (
            _matrix(sheet, y, plans[at : at + _WIDE_PLANS], min(len(plans), _WIDE_PLANS), cells, general, basis, dim)
            + 16
        )
    return sheet.figure(y - 16)


def _matrix(
    sheet: Sheet,
    y: float,
    plans: list[dict[str, Any]],
    columns: int,
    cells: Mapping[tuple[str, str], Mapping[str, Any]],
    general: Mapping[tuple[str, int], int],
    basis: str,
    dim: int | None,
) -> float:
    """So many plans as fit side by side; gives back where the drawing ends."""
    first = 262
    column = min((WIDE_BESIDE - first) / columns, 132)
    right = first + column * len(plans)
    heads = [_head(plan, column - 10) for plan in plans]
    tall, deep = max(len(lines) for lines, _ in heads), max(len(under) for _, under in heads)
    y += 4
    for at, (plan, (lines, under)) in enumerate(zip(plans, heads)):
        color = SOFT if plan["status"] == "not_collected" else INK
        for line_at, line in enumerate(lines):
            sheet.text(
                first + at * column + 8, y + 17 * (line_at + tall - len(lines)), line, size=13, color=color, bold=True
            )
        for line_at, line in enumerate(under):
            sheet.text(first + at * column + 8, y + 17 * tall + 15 * line_at, line, size=12, color=SOFT)
    y += 17 * tall + 15 * deep - 3
    for row in dimensions().to_dict("records"):
        number = row["dim"]
        if number == 0 or dim not in (None, number):
            continue
        sheet.line(0, y, right, y, DIM[number], width=2)
        name = wrap(f"{number}  {labels.pick(row, 'name')}", first - 16, 15, bold=True)
        if len(name) > 1:
            name = wrap(f"{number}  {labels.pick(row, 'short')}", first - 16, 15, bold=True)
        for at, line in enumerate(name):
            sheet.text(0, y + 17 + 18 * at, line, size=15, color=DIM[number], bold=True)
        for at, plan in enumerate(plans):
            _draw_general(
                sheet,
                first + at * column + 8,
                first + (at + 1) * column - 4,
                y + 17,
                plan,
                number,
                general[plan["plan_id"], number],
            )
        y += 30 + 18 * (len(name) - 1)
        for sub in _subs(number):
            lines = wrap(sub_name(sub), first - 44, 14)
            height = max(26, 10 + 16 * len(lines))
            sheet.text(0, y + height / 2, sub["sub"], size=13, color=SOFT)
            for at, line in enumerate(lines):
                sheet.text(30, y + height / 2 + 16 * (at - (len(lines) - 1) / 2), line, size=14)
            for at, plan in enumerate(plans):
                x = first + at * column
                middle = y + height / 2
                _draw_cell(
                    sheet,
                    x,
                    middle - 11.5,
                    x + column - 4,
                    middle + 11.5,
                    plan,
                    sub,
                    cells[plan["plan_id"], sub["sub"]],
                    basis,
                )
            y += height
        y += 8
    return y


@remember
def narrow(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> go.Figure:
    """The sister for a phone: an indicator's name over its line of marks, the plans' names again over each dimension.

    A column of dashes would cost a phone more than it says: plans nobody has collected stand in the table alone."""
    held = [plan for plan in _plans(plan_ids) if plan["status"] != "not_collected"]
    plans, cells, general = held or _plans(plan_ids), _cells(basis, plan_ids, dim), _general(basis, plan_ids)
    groups = [plans[at : at + _NARROW_PLANS] for at in range(0, len(plans), _NARROW_PLANS)]
    sheet = Sheet(
        NARROW, title=title(basis, plan_ids, dim), subtitle=labels.t("coverage.subtitle_narrow"), source=source()
    )
    column = NARROW / min(len(plans), _NARROW_PLANS)
    y = sheet.top
    for row in dimensions().to_dict("records"):
        number = row["dim"]
        if number == 0 or dim not in (None, number):
            continue
        sheet.line(0, y, NARROW, y, DIM[number], width=2)
        y += 8
        for line in wrap(f"{number}  {labels.pick(row, 'name')}", NARROW - 8, 16, bold=True):
            y += 20
            sheet.text(0, y - 9, line, size=16, color=DIM[number], bold=True)
        for group in groups:
            y += 38
            for at, plan in enumerate(group):
                sheet.text(at * column, y - 25, plan["narrow"], size=13, bold=True)
                sheet.text(at * column, y - 9, labels.t(f"common.level_short.{plan['level']}"), size=12, color=SOFT)
            if any(general[plan["plan_id"], number] for plan in group):
                y += 22
                for at, plan in enumerate(group):
                    _draw_general(
                        sheet,
                        at * column,
                        (at + 1) * column - 3,
                        y - 10,
                        plan,
                        number,
                        general[plan["plan_id"], number],
                    )
            y += 4
            for sub in _subs(number):
                sheet.line(0, y, NARROW, y)
                y += 3
                for line in wrap(f"{sub['sub']} {sub_name(sub)}", NARROW - 4, 14):
                    y += 18
                    sheet.text(0, y - 8, line, size=14)
                y += 3
                for at, plan in enumerate(group):
                    _draw_cell(
                        sheet,
                        at * column,
                        y,
                        (at + 1) * column - 3,
                        y + 25,
                        plan,
                        sub,
                        cells[plan["plan_id"], sub["sub"]],
                        basis,
                    )
                y += 31
        y += 14
    return sheet.figure(y)


def alt(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> str:
    """The picture for those who do not see it."""
    return labels.t("overview.alt", title=title(basis, plan_ids, dim))


@remember
def table(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The matrix as a table: its columns, and one row per sub-dimension; a cell's second line is what it says in
    words.
    """
    plans, cells = _plans(plan_ids), _cells(basis, plan_ids, dim)
    columns = {
        "sub": labels.t("coverage.sub_heading"),
        **{plan["plan_id"]: f"{labels.pick(plan, 'short')}" for plan in plans},
    }
    rows = []
    for sub in _subs(dim):
        row: dict[str, Any] = {"sub": f"{sub['sub']} {sub_name(sub)}"}
        for plan in plans:
            cell = cells[plan["plan_id"], sub["sub"]]
            said = _said(cell, basis)
            if cell["state"] == "own":
                said[0] = marks.shares(cell)
            row[plan["plan_id"]] = f"{_short_mark(cell)}\n{'; '.join(said)}"
        rows.append(row)
    return columns, rows


def _short_mark(cell: Mapping[str, Any]) -> str:
    n = labels.num(int(cell["n"]))
    return {
        "own": n,
        "named": f"({n})",
        "passing": "•",
        "weak": f"{n}?",
        "description": "≡",
        "none": "○",
        "not_read": "▨",
        "no_plan": "–",
    }[cell["state"]]


def cell_columns() -> dict[str, str]:
    """The columns of `cell_rows`, with their headings."""
    return {
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


@remember
def cell_rows(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> list[dict[str, Any]]:
    """One row per plan and sub-dimension: the numbers of the picture, for the download."""
    cells = _cells(basis, plan_ids, dim)
    return [
        {
            "plan": labels.pick(plan, "short"),
            "level": labels.t(f"common.level.{plan['level']}"),
            "sub": sub["sub"],
            "name": sub_name(sub, short=False),
            **{
                name: int(cells[plan["plan_id"], sub["sub"]][name])
                for name in ("tasks", "with_lead", "with_time", "named", "passing", "weak", "descriptions")
            },
            "says": "; ".join(_said(cells[plan["plan_id"], sub["sub"]], basis)),
        }
        for plan in _plans(plan_ids)
        for sub in _subs(dim)
    ]


@remember
def gaps(basis: str, plan_ids: tuple[str, ...], dim: int | None, kept: str) -> list[Markup]:
    """The gaps to read first, as list items for `widgets.ranked`: whole dimensions, then indicators that many others
    have; where the plan names one all the same, with its words and their place. `kept` as for `widgets.line_link`.
    """
    plans = {plan["plan_id"]: plan for plan in _plans(plan_ids)}
    subs = {sub["sub"]: sub for sub in _subs(None)}
    found = []
    for gap in data.gaps(basis, plan_ids).to_dict("records"):
        if dim not in (None, gap["dim"]):
            continue
        name = (
            f"{gap['dim']} {labels.pick(dimension(gap['dim']), 'name')}"
            if gap["whole"]
            else f"{gap['sub']} {sub_name(subs[gap['sub']])}"
        )
        plan = labels.pick(plans[gap["plan_id"]], "short")
        whole = "whole_" if gap["whole"] else ""
        says = labels.html(
            f"borrow.gap_{whole if gap['lacks'] in ('none', 'description') else ''}{gap['lacks']}",
            plan=plan,
            n=int(gap["tasks"]),
        )
        if isinstance(gap["text"], str):
            says += Markup(' <q>{}</q> <span class="small">({})</span>').format(
                words_units.around(gap["text"], gap["quote"]), units.where_link(gap, kept)
            )
        others = (
            labels.html("coverage.gap_others", n=int(gap["others"]))
            if gap["others"]
            else labels.html("coverage.gap_nobody")
        )
        # the link opens the cell, with the tasks of other plans under it
        link = address.link(
            o=f"{gap['plan_id']}~{str(gap['dim']) + '+' if gap['whole'] else gap['sub']}",
            dem="noi-dung" if basis == "content" else None,
            nd=None if dim is None else str(dim),
            kh=None if len(plan_ids) == len(known_plans()) else ",".join(plan_ids),
        )
        found.append(
            Markup(
                '<a class="chip" style="--c:var(--d{})" href="{}">{}</a><br>{} <span class="small">{}</span>'
            ).format(gap["dim"], link, name, says, others)
        )
    return found


@remember
def gap_rows(basis: str, plan_ids: tuple[str, ...], dim: int | None) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The same gaps in the same order, one row each, for the download: plan, level, indicator, what is missing, how
    many others have it.
    """
    plans = {plan["plan_id"]: plan for plan in _plans(plan_ids)}
    subs = {sub["sub"]: sub for sub in _subs(None)}
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
    }
    rows = [
        {
            "plan": labels.pick(plans[gap["plan_id"]], "short"),
            "level": labels.t(f"common.level.{plans[gap['plan_id']]['level']}"),
            "number": str(gap["dim"]) if gap["whole"] else gap["sub"],
            "name": labels.pick(dimension(gap["dim"]), "name")
            if gap["whole"]
            else sub_name(subs[gap["sub"]], short=False),
            "lacks": labels.t(f"borrow.lacks.{gap['lacks']}"),
            "tasks": int(gap["tasks"]),
            "others": int(gap["others"]),
            "named": gap["text"] if isinstance(gap["text"], str) else "",
            "where": units.where(gap) if isinstance(gap["text"], str) else "",
        }
        for gap in data.gaps(basis, plan_ids).to_dict("records")
        if dim in (None, gap["dim"])
    ]
    return columns, rows
