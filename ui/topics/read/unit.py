"""What was read from one unit and why, as markup: beside the document.

In: a plan and the place of a unit in it. Out: one piece of markup. Text of documents is escaped here.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas
from markupsafe import Markup, escape

from ui import data
from ui.page import write
from ui.topics.compare import likeness, picture
from ui.words import findings, labels, plans, units
from ui.words.remember import remember

_MOST_TOPICS = 4
_MOST_REASONS = 8
_MOST_ALIKE = 3
_COMPARED = 1000
"""A unit is compared with at most so many tasks of other plans on its topic; the page says when there are more."""


@remember
def markup(plan_id: str, ordinal: int, basis: str, kept: str) -> Markup:
    """All that was read from a unit, by its place in its plan. `kept` as for `widgets.line_link`."""
    (unit,) = _of(data.plan_units(plan_id), ordinal)
    evidence = _of(data.plan_evidence(plan_id), ordinal)
    dim, sub = topic(unit, basis)
    colour = f"var(--d{dim})" if dim is not None else "var(--rule)"
    head = Markup(
        '<h2 class="unit-head" tabindex="-1" data-unit="{}" style="--c:{}">{}</h2><p class="small">{} · {}</p>'
    ).format(
        unit["ordinal"],
        colour,
        units.topic_name(dim, sub, short=True),
        labels.html("read.unit", ordinal=str(unit["ordinal"])),
        units.where(unit),
    )
    flags = Markup().join(write.paragraph("fl", words) for words in _flags(unit))
    return Markup('<section class="unit" aria-label="{}">{}{}{}{}{}</section>').format(
        labels.html("read.unit", ordinal=str(unit["ordinal"])),
        head,
        _facts(unit, kept),
        flags,
        _why(unit, evidence, kept),
        _alike(unit, basis, kept),
    )


def _of(frame: pandas.DataFrame, ordinal: int) -> list[dict[str, Any]]:
    """The rows of a plan that are of one unit."""
    return frame[frame["ordinal"] == ordinal].to_dict("records")


def topic(unit: Mapping[str, Any], basis: str) -> tuple[int | None, str | None]:
    """The dimension and sub-dimension under which a unit counts."""
    dim, sub = (unit["dim"], unit["sub"]) if basis == "heading" else (unit["matched_dim"], unit["matched_sub"])
    return None if dim is None or dim != dim else int(dim), sub if isinstance(sub, str) else None


def _name(dim: Any, sub: Any) -> str:
    return units.topic_name(units.whole(dim), sub if isinstance(sub, str) else None, short=True)


def _linked(unit: Mapping[str, Any], kept: str) -> Markup:
    """The tasks on the same indicator in the plan's other layer, as links with the likeness of their words; "" where
    there are none.
    """
    rows = data.linked_rows(unit["unit_id"])
    others = (
        {one["unit_id"]: one for one in data.units(tuple(row["unit_id"] for row in rows)).to_dict("records")}
        if rows
        else {}
    )
    return Markup().join(
        Markup('<p><a href="{}">{}</a></p>').format(
            units.line_link(unit["plan_id"], row["unit_id"], kept),
            labels.html(
                "layers.link", where=units.where(others[row["unit_id"]]), sub=row["sub"], likeness=row["likeness"]
            ),
        )
        for row in rows
    )


def _facts(unit: Mapping[str, Any], kept: str) -> Markup:
    """Kind, dimensions, what else it touches, agencies by role, timing."""
    rows = [(labels.t("read.kind"), labels.t(f"common.kind.{unit['kind']}"))]
    declared, matched = units.whole(unit["declared_dim"]), units.whole(unit["matched_dim"])
    rows.append(
        (
            labels.t("read.declared"),
            _name(declared, unit["declared_sub"]) if declared is not None else labels.html("read.not_declared"),
        )
    )
    said = _name(matched, unit["matched_sub"])
    if declared is not None and matched is not None:
        said += Markup(" <small>{}</small>").format(
            labels.html("read.agrees" if declared == matched else "read.disagrees")
        )
    rows.append((labels.t("read.matched"), said))
    if touched := units.touches_in_words(data.unit_touches(unit["unit_id"])):
        rows.append((labels.t("read.touches"), touched))
    if linked := _linked(unit, kept):
        rows.append((labels.t("read.linked"), linked))
    held: dict[str, list[str]] = defaultdict(list)
    parts = data.plan_parts(unit["plan_id"])
    for part in parts[parts["unit_id"] == unit["unit_id"]].to_dict("records"):
        held[part["role"]].append(_agency(part))
    rows += [
        (labels.t(f"read.role.{role}"), Markup().join(held[role])) for role in ("lead", "coop", "monitor") if held[role]
    ]
    if not held["lead"] and unit["kind"] == "action":
        rows.insert(3, (labels.t("read.role.lead"), labels.html("read.no_lead")))
    rows.append((labels.t("read.timing"), _timing(unit)))
    return Markup('<dl class="facts">{}</dl>').format(
        Markup().join(Markup("<dt>{}</dt><dd>{}</dd>").format(name, value) for name, value in rows)
    )


def _agency(part: Mapping[str, Any]) -> Markup:
    """One agency: its name, on which basis, as written where that differs, and where it went in 2025."""
    said = [labels.lower(labels.t(f"method.basis.{part['basis']}"))] if isinstance(part["basis"], str) else []
    if part["as_written"] != part["agency"]:
        said.append(labels.html("read.as_written", written=part["as_written"]))
    if isinstance(part["office"], str) and part["office"] != part["agency"]:
        said.append(labels.html("read.now", office=part["office"]))
    elif (
        not isinstance(part["office"], str)
        and part["successors"] is not None
        and not isinstance(part["successors"], float)
    ):
        offices = "; ".join(
            f"{one['office']} ({labels.pick(one, 'scope')})" for one in part["successors"] if one["office"]
        )
        said.append(labels.html("read.now_split", offices=offices) if offices else labels.html("read.now_open"))
    if part["uncertain"]:
        said.append(labels.html("read.uncertain"))
    return Markup("<p><b>{}</b> <small>{}</small></p>").format(part["agency"], Markup(" · ").join(said))


def _timing(unit: Mapping[str, Any]) -> Markup:
    said: list[str] = [units.timing(unit)]
    if isinstance(unit["timing_basis"], str):
        said.append(Markup("<small>{}</small>").format(labels.html("read.timing_basis." + unit["timing_basis"])))
    days = [
        value for value in (unit["due_from"], unit["due_to"]) if isinstance(value, datetime.date) and value == value
    ]
    if days:
        said.append(Markup("<p>{}</p>").format(" – ".join(dict.fromkeys(map(labels.day, days)))))
    return Markup(" ").join(said)


def _flags(unit: Mapping[str, Any]) -> list[str]:
    """What a person should look at: the findings at the unit, a weak match, a doubt who acts."""
    said: list[str] = [labels.html("tasks.review")] if unit["review"] else []
    said += [
        findings.sentence(one)
        for one in _of(data.plan_findings(unit["plan_id"]), unit["ordinal"])
        if one["code"] in findings.rules()
    ]
    return list(dict.fromkeys(said))


def _why(unit: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]], kept: str) -> Markup:
    """What spoke for which dimension: bars by topic, the score, then each reason."""
    if not evidence:
        return Markup('<h3>{}</h3><p class="small">{}</p>').format(
            labels.html("read.why_none"), labels.html("read.nothing_spoke")
        )
    sums: dict[tuple[int, str | None], float] = defaultdict(float)
    for one in evidence:
        sums[int(one["dim"]), one["sub"] if isinstance(one["sub"], str) else None] += float(one["weight"])
    ranked = sorted(sums.items(), key=lambda item: -item[1])[:_MOST_TOPICS]
    most = ranked[0][1] or 1
    bars = Markup().join(
        Markup('<li style="--c:var(--d{})"><span>{}</span><i style="width:{:.0f}%"></i><b>{}</b></li>').format(
            dim, _name(dim, sub), 100 * weight / most, units.percent(weight)
        )
        for (dim, sub), weight in ranked
    )
    rival = _name(unit["runner_up_dim"], unit["runner_up_sub"])
    score = labels.html(
        "tasks.score" if units.whole(unit["runner_up_dim"]) is not None else "tasks.score_alone",
        score=units.percent(unit["score"]),
        margin=units.percent(unit["margin"]),
        runner_up=rival,
    )
    reasons = Markup().join(
        Markup("<li>{} <small>→ {}</small></li>").format(_reason(one, unit, kept), _name(one["dim"], one["sub"]))
        for one in evidence[:_MOST_REASONS]
    )
    head = labels.html("read.why", topic=_name(unit["matched_dim"], unit["matched_sub"]))
    return Markup('<h3>{}</h3><ul class="bars">{}</ul><p class="small">{}</p><ul class="reasons">{}</ul>').format(
        head, bars, score, reasons
    )


def _reason(one: Mapping[str, Any], unit: Mapping[str, Any], kept: str) -> Markup:
    """One thing that spoke; a labelled sentence of a plan that is held with a link to its line."""
    plan, line = units.spoken(one)
    if (
        one["kind"] != "unit"
        or plan not in plans.plan_names()
        or not line
        or (plan, line) == (unit["plan_id"], int(unit["first_line"]))
    ):
        return escape(units.reason(one, unit))
    return Markup('<a href="{}">{}</a>').format(
        units.line_link(plan, None, kept, line=line), units.reason(one, unit, labels.pick(data.plan(plan), "short"))
    )


def _alike(unit: Mapping[str, Any], basis: str, kept: str) -> Markup:
    """The tasks of other plans that are most like this one, with links to them."""
    dim, sub = topic(unit, basis)
    if unit["kind"] != "action" or dim is None:
        return Markup()
    found = data.alike_tasks(basis, unit["plan_id"], sub or str(dim), _COMPARED).to_dict("records")
    names = plans.plan_names()
    items = Markup().join(
        Markup('<li><a href="{}">{}, {}</a> <small>{}</small><p>{}</p></li>').format(
            units.line_link(found[pair.right]["plan_id"], found[pair.right]["unit_id"], kept),
            names[found[pair.right]["plan_id"]],
            units.where(found[pair.right]),
            labels.html("read.alike_score", n=pair.score),
            found[pair.right]["text"],
        )
        for pair in likeness.nearest(unit["text"], [str(one["text"]) for one in found], picture.BARS[0], _MOST_ALIKE)
    )
    note = labels.html("read.alike_capped", most=_COMPARED) if len(found) == _COMPARED else Markup()
    body = (
        Markup('<ul class="alikes">{}</ul>').format(items)
        if items
        else write.paragraph("small", labels.html("read.alike_none"))
    )
    return Markup('<h3>{}</h3>{}<p class="small">{}</p>').format(labels.html("read.alike"), body, note)
