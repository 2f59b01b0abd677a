"""The tables of the method page: what was mistaken for what, and each measure with its counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ui import data
from ui.topics.method.measures import (
    CELLS,
    DIMS,
    FLAGGED,
    MATCHING,
    MOST_PAIRS,
    PARTS,
    READING,
    ROLES,
    Share,
    classes,
    dim_name,
    paragraph,
    plans_named,
    totals,
    whole_total,
)
from ui.words import findings, labels
from ui.words.remember import remember

# The matrix.


@remember
def _cells() -> list[tuple[int, int | None, int]]:
    """Labelled, read as (None: no answer), units; one plan held out at a time."""
    return [
        (
            int(row["labelled"]),
            None if row["read_as"] != row["read_as"] or row["read_as"] is None else int(row["read_as"]),
            int(row["units"]),
        )
        for row in data.confusion_cells("held_out").to_dict("records")
    ]


def _read_name(dim: int | None) -> str:
    return labels.t("method.no_answer") if dim is None else dim_name(dim)


@remember
def confusion_words() -> Markup:
    """The largest confusions in words, as markup."""
    total = sum(units for *_, units in _cells())
    wrong = sorted(
        ((units, labelled, read_as) for labelled, read_as, units in _cells() if labelled != read_as),
        key=lambda one: -one[0],
    )
    if not wrong:
        return paragraph(labels.t("method.confusion_all_right", n=total))
    pairs = [one for one in wrong if one[2] is not None]
    # pairs of one size are named together or not at all, unless there is nothing else to name
    sizes = [units for units, *_ in pairs]
    shown = [one for one in pairs if sum(units >= one[0] for units in sizes) <= MOST_PAIRS] or pairs[:MOST_PAIRS]
    rest = pairs[len(shown) :]
    said = []
    if shown:
        said.append(
            labels.t(
                "method.confusion_says",
                wrong=sum(units for units, *_ in wrong),
                of=total,
                pairs="; ".join(
                    labels.t(
                        "method.confusion_pair", labelled=_read_name(labelled), read_as=_read_name(read_as), n=units
                    )
                    for units, labelled, read_as in shown
                ),
            )
        )
    if rest:
        said.append(labels.t("method.confusion_rest", n=len(rest), most=rest[0][0]))
    said.append(labels.t("method.confusion_unanswered", n=sum(units for units, _, read_as in wrong if read_as is None)))
    return paragraph(" ".join(said))


@remember
def confusion() -> Markup:
    """The matrix as markup: labelled dimensions downwards, what they were read as across; one tint, the number in every
    cell.
    """
    cells = {(labelled, read_as): units for labelled, read_as, units in _cells()}
    across: tuple[int | None, ...] = (*DIMS, None)
    head = Markup().join(Markup('<th scope="col" class="n">{}</th>').format(_short(dim)) for dim in across)
    rows = []
    for labelled in DIMS:
        total = sum(cells.get((labelled, dim), 0) for dim in across)
        shown = Markup().join(_cell(cells.get((labelled, dim), 0), total) for dim in across)
        rows.append(
            Markup('<tr><th scope="row">{}</th>{}<td class="n">{}</td></tr>').format(
                dim_name(labelled) if labelled else f"0 {dim_name(0)}", shown, labels.num(total)
            )
        )
    sums = [sum(cells.get((labelled, dim), 0) for labelled in DIMS) for dim in across]
    last = Markup().join(Markup('<td class="n">{}</td>').format(labels.num(one)) for one in (*sums, sum(sums)))
    rows.append(Markup('<tr><th scope="row">{}</th>{}</tr>').format(labels.html("method.sum"), last))
    corner = Markup("{} ↓<small>{} →</small>").format(labels.html("method.labelled"), labels.html("method.read_as"))
    return Markup(
        '<div class="scroll matrix" tabindex="0" role="region" aria-label="{}"><table><thead><tr>'
        '<th scope="col">{}</th>{}<th scope="col" class="n">{}</th></tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(labels.html("method.confusion"), corner, head, labels.html("method.sum"), Markup().join(rows))


def _short(dim: int | None) -> str:
    return labels.t("method.no_answer") if dim is None else str(dim)


def _cell(units: int, total: int) -> Markup:
    if not units:
        return Markup('<td class="n">·</td>')
    # ink stays readable on every step of the tint
    tint = 6 + round(30 * units / total)
    return Markup(
        '<td class="n" style="background:color-mix(in srgb,var(--ink) {}%,transparent)"><b>{}</b></td>'
    ).format(tint, labels.num(units))


@remember
def confusion_rows() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The matrix for the download: one row per part, labelled dimension and dimension it was read as."""
    columns = {
        "part": labels.t("method.csv_part"),
        "labelled": labels.t("method.labelled"),
        "read_as": labels.t("method.read_as"),
        "units": labels.t("method.units"),
    }
    found = []
    for part in PARTS:
        for row in data.confusion_cells(part).sort_values(["labelled", "read_as"]).to_dict("records"):
            read_as = row["read_as"]
            found.append(
                {
                    "part": labels.t(f"method.part.{part}"),
                    "labelled": int(row["labelled"]),
                    "read_as": labels.t("method.no_answer") if read_as is None or read_as != read_as else int(read_as),
                    "units": int(row["units"]),
                }
            )
    return columns, found


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
    names = plans_named()
    columns = {"measure": labels.t("method.measure_heading"), "all": labels.t("method.all_plans"), **names}
    return columns, [
        {
            "measure": labels.t(f"method.measure.{measure}"),
            "all": _in_table(whole_total("cells", measure)),
            **{plan: _in_table(totals().get(("cells", measure), {}).get(plan)) for plan in names},
        }
        for measure in CELLS
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
                f"{part}.precision": _in_table(one["precision"]),
                f"{part}.recall": _in_table(one["recall"]),
                f"{part}.f1": "–" if one["f1"] is None else labels.num(one["f1"], 3),
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
    known = {"reading": READING, "cells": CELLS, **dict.fromkeys(PARTS, (*MATCHING, FLAGGED))}
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
                    labels.t("method.all_plans") if plan is None else plans_named().get(plan, plan),
                    None,
                    share,
                )
    for (part, dim), one in classes().items():
        for side in ("precision", "recall"):
            add(part, labels.t(f"method.{side}"), labels.t("method.all_plans"), dim, one[side])
    return columns, found


# What was left.


@remember
def left_says() -> Markup:
    """What became of all lines, and how many tasks are in doubt, in words, as markup."""
    roles = data.line_roles()
    doubts = data.plan_doubts()
    lines, units = int(roles["lines"].sum()), int(roles[roles["role"] == "unit"]["lines"].sum())
    return paragraph(
        labels.t(
            "method.left_says",
            lines=lines,
            plans=int(roles["plan_id"].nunique()),
            units=units,
            others=lines - units,
            review=int(doubts["to_review"].sum()),
            tasks=int(doubts["tasks"].sum()),
        )
    )


@remember
def line_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Where every line went: columns, one row per plan that is held."""
    lines = {(row["plan_id"], row["role"]): int(row["lines"]) for row in data.line_roles().to_dict("records")}
    columns = {
        "plan": labels.t("common.plan_heading"),
        "all": labels.t("method.lines_total"),
        **{role: labels.t(f"method.role.{role}") for role in ROLES},
    }
    rows: list[dict[str, Any]] = []
    for plan in data.plans().to_dict("records"):
        state = "" if plan["status"] == "read" else f", {labels.t('common.state.not_read')}"
        by_role = {role: lines.get((plan["plan_id"], role), 0) for role in ROLES}
        rows.append(
            {
                "plan": f"{labels.pick(plan, 'short')}\n{labels.t('common.level.' + plan['level'])}{state}",
                "all": sum(by_role.values()),
                **by_role,
            }
        )
    return columns, rows


@remember
def check_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """What a person should look at: columns, one row per thing that was counted or noted, of these only what was
    met.
    """
    names = {plan["plan_id"]: labels.pick(plan, "short") for plan in data.plans().to_dict("records")}
    columns = {"what": labels.t("method.check"), "all": labels.t("method.all_plans"), **names}
    rows: list[dict[str, Any]] = []
    doubts: dict[str, Mapping[str, Any]] = {row["plan_id"]: row for row in data.plan_doubts().to_dict("records")}
    for part, whole in (("to_review", "tasks"), ("uncertain", "units")):
        counted = {
            plan: labels.t("method.figures", right=int(doubt[part]), of=int(doubt[whole]))
            for plan, doubt in doubts.items()
        }
        total = labels.t(
            "method.figures",
            right=sum(int(doubt[part]) for doubt in doubts.values()),
            of=sum(int(doubt[whole]) for doubt in doubts.values()),
        )
        rows.append({"what": labels.t(f"method.{part}"), "all": total, **counted})
    known: dict[str, str] = {}
    for row in data.agency_doubts().to_dict("records"):
        known[row["plan_id"] if isinstance(row["plan_id"], str) else "all"] = labels.t(
            "method.figures", right=int(row["unknown"]), of=int(row["agencies"])
        )
    none = labels.t("method.figures", right=0, of=0)
    rows.append(
        {"what": labels.t("method.unknown_agencies"), **{column: known.get(column, none) for column in ("all", *names)}}
    )
    # a code that has words (method.finding.CODE) stands for itself, the others are counted together; the sum is of all
    noted: dict[str, dict[str, int]] = {}
    for row in data.finding_counts().to_dict("records"):
        key = f"method.finding.{row['code']}"
        for line in (key if key in labels.table() else "method.other_findings", "method.all_findings"):
            by_plan = noted.setdefault(line, {})
            by_plan[row["plan_id"]] = by_plan.get(row["plan_id"], 0) + int(row["findings"])
    for key in sorted(noted, key=list(labels.table()).index):
        rows.append(
            {
                "what": labels.t(key),
                "all": sum(noted[key].values()),
                **{plan: noted[key].get(plan, 0) for plan in names},
            }
        )
    return columns, rows


def rule_table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The rules that find things to look at: columns, one row each; how many of their findings were right when counted
    one by one.
    """
    columns = {"kind": labels.t("findings.column_kind"), "precision": labels.t("findings.precision")}
    return columns, [{"kind": findings.title(code), "precision": findings.precision(code)} for code in findings.rules()]
