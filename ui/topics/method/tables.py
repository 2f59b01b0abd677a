"""The tables of the method page: what was mistaken for what, and each measure with its counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ui import data
from ui.data.method import DoubtSum, PlanDoubt
from ui.page import paging
from ui.topics.method.measures import (
    CELLS,
    DIMS,
    FLAGGED,
    KINDS,
    MATCHING,
    MOST_PAIRS,
    PAIRS,
    PARTS,
    READING,
    ROLES,
    Share,
    classes,
    dim_name,
    paired_plans,
    paragraph,
    plans_named,
    totals,
    whole_total,
)
from ui.words import findings, labels
from ui.words.markup import filled, joined
from ui.words.plans import sort_of
from ui.words.remember import remember

# The matrix.


def _name(one: str | None, none: str = "method.no_answer") -> str:
    """A dimension or a kind in words; the words of `none` for neither."""
    if one is None:
        return labels.t(none)
    return dim_name(int(one)) if one.isdigit() else labels.t(f"common.kind.{one}")


@remember
def confusion_words() -> Markup:
    """The largest confusions of dimensions in words, as markup."""
    cells = data.confusion_cells("held_out")
    total = sum(cell.units for cell in cells)
    wrong = [cell for cell in cells if cell.labelled != cell.read_as]
    if not wrong:
        return paragraph(labels.t("method.confusion_all_right", n=total))
    pairs = [cell for cell in wrong if cell.read_as is not None]
    # pairs of one size are named together or not at all, unless there is nothing else to name
    shown = [cell for cell in pairs if sum(other.units >= cell.units for other in pairs) <= MOST_PAIRS] or pairs[
        :MOST_PAIRS
    ]
    rest = pairs[len(shown) :]
    said = []
    if shown:
        said.append(
            labels.t(
                "method.confusion_says",
                wrong=sum(cell.units for cell in wrong),
                of=total,
                pairs="; ".join(
                    labels.t(
                        "method.confusion_pair",
                        labelled=_name(cell.labelled),
                        read_as=_name(cell.read_as),
                        n=cell.units,
                    )
                    for cell in shown
                ),
            )
        )
    if rest:
        said.append(labels.t("method.confusion_rest", n=len(rest), most=rest[0].units))
    unanswered = sum(cell.units for cell in wrong if cell.read_as is None)
    said.append(labels.t("method.confusion_unanswered", n=unanswered))
    return paragraph(" ".join(said))


@remember
def kind_words() -> Markup:
    """How far what is read as a task is one, in words, as markup."""
    cells = data.confusion_cells("kind")
    return paragraph(
        labels.t(
            "method.kinds_says",
            right=sum(cell.units for cell in cells if cell.labelled == cell.read_as == "action"),
            read=sum(cell.units for cell in cells if cell.read_as == "action"),
            of=sum(cell.units for cell in cells if cell.labelled == "action"),
        )
    )


@remember
def confusion() -> Markup:
    """The matrix of dimensions as markup."""
    across: dict[str | None, str] = {str(dim): str(dim) for dim in DIMS}
    down: dict[str | None, str] = {str(dim): dim_name(dim) if dim else f"0 {dim_name(0)}" for dim in DIMS}
    none: dict[str | None, str] = {None: labels.t("method.no_answer")}
    return _matrix("held_out", labels.t("method.confusion"), down, across | none, labels.t("method.read_as"))


@remember
def kinds() -> Markup:
    """The matrix of kinds as markup; what no label is stands last."""
    down, across = (
        {kind: _name(kind, none) for kind in (*KINDS, None)} for none in ("method.no_label", "method.not_found")
    )
    return _matrix("kind", labels.t("method.kinds_confused"), down, across, labels.t("method.read_kind"))


def _matrix(
    part: str, title: str, down: Mapping[str | None, str], across: Mapping[str | None, str], read_as: str
) -> Markup:
    """Labelled classes downwards, what they were read as across; one tint, the number in every cell."""
    cells = {(cell.labelled, cell.read_as): cell.units for cell in data.confusion_cells(part)}
    head = joined(filled('<th scope="col" class="n">{}</th>', name) for name in across.values())
    rows = []
    for labelled, name in down.items():
        total = sum(cells.get((labelled, said), 0) for said in across)
        shown = joined(_cell(cells.get((labelled, said), 0), total) for said in across)
        rows.append(filled('<tr><th scope="row">{}</th>{}<td class="n">{}</td></tr>', name, shown, labels.num(total)))
    sums = [sum(cells.get((labelled, said), 0) for labelled in down) for said in across]
    last = joined(filled('<td class="n">{}</td>', labels.num(one)) for one in (*sums, sum(sums)))
    rows.append(filled('<tr><th scope="row">{}</th>{}</tr>', labels.html("method.sum"), last))
    corner = filled("{} ↓<small>{} →</small>", labels.html("method.labelled"), read_as)
    return filled(
        '<div class="scroll matrix" tabindex="0" role="region" aria-label="{}"><table><thead><tr>'
        '<th scope="col">{}</th>{}<th scope="col" class="n">{}</th></tr></thead>'
        "<tbody>{}</tbody></table></div>",
        title,
        corner,
        head,
        labels.html("method.sum"),
        joined(rows),
    )


def _cell(units: int, total: int) -> Markup:
    if not units:
        return Markup('<td class="n">·</td>')
    # ink stays readable on every step of the tint
    tint = 6 + round(30 * units / total)
    return filled(
        '<td class="n" style="background:color-mix(in srgb,var(--ink) {}%,transparent)"><b>{}</b></td>',
        tint,
        labels.num(units),
    )


@remember
def confusion_rows() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The matrices for the download: one row per part, labelled dimension or kind, and what it was read as."""
    columns = {
        "part": labels.t("method.csv_part"),
        "labelled": labels.t("method.labelled"),
        "read_as": labels.t("method.read_as"),
        "units": labels.t("method.units"),
    }

    def name(one: str | None, none: str) -> str | int:
        return int(one) if one and one.isdigit() else _name(one, none)

    return columns, [
        {
            "part": labels.t(f"method.part.{part}"),
            "labelled": name(cell.labelled, "method.no_label"),
            "read_as": name(cell.read_as, "method.not_found" if part == "kind" else "method.no_answer"),
            "units": cell.units,
        }
        for part in (*PARTS, "kind")
        for cell in sorted(data.confusion_cells(part), key=lambda cell: (cell.labelled or "~", cell.read_as or "~"))
    ]


# Tables.


def _in_table(share: Share | None) -> str:
    return "–" if share is None or not share.of else f"{share.said}\n{share.below}"


@remember
def reading_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Reading: columns, one row per measure; all plans with the interval, and each plan."""
    names = plans_named()
    columns = {"measure": labels.t("method.measure_heading"), "all": labels.t("method.all_plans"), **names}
    rows = []
    for measure in READING:
        shares = totals().get(("reading", measure), {})
        rows.append(
            {
                "measure": labels.t(f"method.measure.{measure}"),
                "all": _in_table(shares.get(None)),
                **{plan: _in_table(shares.get(plan)) for plan in names},
            }
        )
    return columns, rows


@remember
def matching_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Matching: columns, one row per measure; held out and as shipped over all plans, and each plan held out."""
    names = plans_named()
    columns = {
        "measure": labels.t("method.measure_heading"),
        **{part: labels.t(f"method.all_{part}") for part in PARTS},
        **names,
    }
    rows = []
    for measure in (*MATCHING, FLAGGED):
        held = totals().get(("held_out", measure), {})
        rows.append(
            {
                "measure": labels.t(f"method.measure.{measure}"),
                **{part: _in_table(whole_total(part, measure)) for part in PARTS},
                **{plan: _in_table(held.get(plan)) for plan in names},
            }
        )
    return columns, rows


@remember
def cell_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """What units touch and cells say, each plan held out: columns, one row per measure; all plans with the interval,
    and each plan.
    """
    return _by_plan("cells", CELLS, plans_named())


@remember
def pair_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Which tasks of two plans correspond: columns, one row per measure; all together with the interval, and each two
    plans.
    """
    return _by_plan("pairs", PAIRS, paired_plans())


def _by_plan(part: str, measures: Sequence[str], names: dict[str, str]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    columns = {"measure": labels.t("method.measure_heading"), "all": labels.t("method.all_plans"), **names}
    return columns, [
        {
            "measure": labels.t(f"method.measure.{measure}"),
            "all": _in_table(whole_total(part, measure)),
            **{plan: _in_table(totals().get((part, measure), {}).get(plan)) for plan in names},
        }
        for measure in measures
    ]


@remember
def class_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The dimensions: columns, one row each; precision, recall and F1, held out and as shipped."""
    columns = {"dim": labels.t("common.dimension_heading")}
    for part in PARTS:
        for side in ("precision", "recall", "f1"):
            columns[f"{part}.{side}"] = labels.t(
                "method.class_part", name=labels.t(f"method.{side}"), part=labels.t(f"method.{part}")
            )
    rows = []
    for dim in DIMS:
        row: dict[str, Any] = {"dim": dim_name(dim, short=False)}
        for part in PARTS:
            one = classes()[part, dim]
            row |= {
                f"{part}.precision": _in_table(one.precision),
                f"{part}.recall": _in_table(one.recall),
                f"{part}.f1": "–" if one.f1 is None else labels.num(one.f1, 3),
            }
        rows.append(row)
    return columns, rows


@remember
def measure_rows() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: columns, and one row per part, measure, plan and dimension."""
    columns = {
        name: labels.t(f"method.csv_{name}")
        for name in ("part", "measure", "plan", "class", "right", "of", "share", "low", "high")
    }
    known = {"reading": READING, "cells": CELLS, "pairs": PAIRS, **dict.fromkeys(PARTS, (*MATCHING, FLAGGED))}
    found: list[dict[str, Any]] = []

    def add(part: str, measure: str, plan: str, dim: int | None, share: Share) -> None:
        found.append(
            {
                "part": labels.t(f"method.part.{part}"),
                "measure": measure,
                "plan": plan,
                "class": dim,
                "right": share.right,
                "of": share.of,
                "share": round(share.right / share.of, 4) if share.of else None,
                "low": round(share.low, 4) if share.of else None,
                "high": round(share.high, 4) if share.of else None,
            }
        )

    for part, measures in known.items():
        for measure in measures:
            for plan, share in totals().get((part, measure), {}).items():
                add(
                    part,
                    labels.t(f"method.measure.{measure}"),
                    labels.t("method.all_plans") if plan is None else (plans_named() | paired_plans()).get(plan, plan),
                    None,
                    share,
                )
    for (part, dim), one in classes().items():
        for side, share in (("precision", one.precision), ("recall", one.recall)):
            add(part, labels.t(f"method.{side}"), labels.t("method.all_plans"), dim, share)
    return columns, found


# What was left.


@remember
def left_says(plan_ids: tuple[str, ...]) -> Markup:
    """What became of all lines of these plans, and how many tasks are in doubt, in words, as markup."""
    roles, plans = data.role_lines(plan_ids)
    doubts, lines = data.doubt_sum(plan_ids), sum(roles.values())
    return paragraph(
        labels.t(
            "method.left_says",
            lines=lines,
            plans=plans,
            units=roles.get("unit", 0),
            others=lines - roles.get("unit", 0),
            review=doubts.to_review,
            tasks=doubts.tasks,
        )
    )


@remember
def line_table(plan_ids: tuple[str, ...]) -> tuple[dict[str, str], Sequence[dict[str, Any]]]:
    """Where every line went: columns, one row per plan."""
    columns = {
        "plan": labels.t("common.plan_heading"),
        "all": labels.t("method.lines_total"),
        **{role: labels.t(f"method.role.{role}") for role in ROLES},
    }
    return columns, paging.Fetched(plan_ids, lambda some: _lines(tuple(some)))


def _lines(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    lines = {(row.plan_id, row.role): row.lines for row in data.line_roles(plan_ids)}
    rows: list[dict[str, Any]] = []
    for plan in map(data.plan, plan_ids):
        state = "" if plan.is_read else f", {labels.t('common.state.not_read')}"
        by_role = {role: lines.get((plan.plan_id, role), 0) for role in ROLES}
        rows.append(
            {"plan": f"{labels.pick(plan, 'short')}\n{sort_of(plan)}{state}", "all": sum(by_role.values()), **by_role}
        )
    return rows


@remember
def check_table(plan_ids: tuple[str, ...], shown: tuple[str, ...]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """What a person should look at in these plans: columns, all together and a plan each of those that are `shown` side by
    side; one row per thing that was counted or noted, of these only what was met.
    """
    names = {plan.plan_id: labels.pick(plan, "short") for plan in data.plans_of(shown)}
    columns = {"what": labels.t("method.check"), "all": labels.t("method.all_plans"), **names}
    whole = data.doubt_sum(plan_ids)
    doubts = {doubt.plan_id: doubt for doubt in data.plan_doubts(shown)}
    agencies = {row.plan_id or "all": (row.unknown, row.agencies) for row in data.agency_doubts(plan_ids, shown)}
    held: dict[str, DoubtSum | PlanDoubt] = {"all": whole, **doubts}
    return columns, [
        _of("to_review", {column: (one.to_review, one.tasks) for column, one in held.items()}),
        _of("uncertain", {column: (one.uncertain, one.units) for column, one in held.items()}),
        _of("unknown_agencies", {column: agencies.get(column, (0, 0)) for column in ("all", *shown)}),
        *_noted(plan_ids, shown),
    ]


def _of(what: str, counts: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """So many of how many, in all plans and in each that is shown."""
    said = {column: labels.t("method.figures", right=n, of=of) for column, (n, of) in counts.items()}
    return {"what": labels.t(f"method.{what}"), **said}


def _noted(plan_ids: tuple[str, ...], shown: tuple[str, ...]) -> list[dict[str, Any]]:
    """What the rules found: a code that has words (method.finding.CODE) stands for itself, the others are counted
    together; the sum is of all.
    """
    noted: dict[str, Counter[str]] = {}
    found = [("all", code, row.findings) for code, row in data.finding_sums(plan_ids).items()]
    for column, code, n in (*found, *((row.plan_id, row.code, row.findings) for row in data.finding_counts(shown))):
        key = f"method.finding.{code}"
        for line in (key if key in labels.table() else "method.other_findings", "method.all_findings"):
            noted.setdefault(line, Counter())[column] += n
    return [
        {"what": labels.t(key), **{column: noted[key][column] for column in ("all", *shown)}}
        for key in sorted(noted, key=list(labels.table()).index)
    ]


def rule_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The rules that find things to look at: columns, one row each; how many of their findings were right when counted
    one by one.
    """
    columns = {"kind": labels.t("findings.column_kind"), "precision": labels.t("findings.precision")}
    return columns, [{"kind": findings.title(code), "precision": findings.precision(code)} for code in findings.rules()]
