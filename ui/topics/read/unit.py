"""What was read from one unit and why, as markup: beside the document.

In: the view of the page, and the place of a unit in its plan. Out: one piece of markup. Text of documents is escaped here.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Sequence

from ui import data
from ui.data.document import PlanUnit, UnitEvidence, UnitPart
from ui.topics.compare import likeness
from ui.topics.compare.comparison import BARS
from ui.topics.read.view import View
from ui.words import findings, labels, plans, units
from ui.words.remember import remember

_MOST_TOPICS = 4
_MOST_REASONS = 8
_MOST_ALIKE = 3
_COMPARED = 1000
"""A unit is compared with at most so many tasks of other plans on its topic; the page says when there are more."""


@remember
def markup(view: View, ordinal: int, kept: str) -> str:
    """All that was read from a unit, by its place in its plan. `kept` as for `units.line_link`."""
    unit, topic = view.units[ordinal], view.topic(view.units[ordinal])
    colour = f"var(--d{topic.dim})" if topic.dim is not None else "var(--rule)"
    name = labels.html("read.unit", ordinal=str(ordinal))
    head = (
        f'<h2 class="unit-head" tabindex="-1" data-unit="{ordinal}" style="--c:{colour}">'
        f"{html.escape(_name(topic.dim, topic.sub))}</h2>"
        f'<p class="small">{name} · {html.escape(units.where(unit))}</p>'
    )
    flags = "".join(f'<p class="fl">{words}</p>' for words in _flags(view, unit))
    facts, why = _facts(view, unit, kept), _why(unit, view.evidence.get(ordinal, ()), kept)
    return f'<section class="unit" aria-label="{name}">{head}{facts}{flags}{why}{_alike(view, unit, kept)}</section>'


def _name(dim: int | None, sub: str | None) -> str:
    return units.topic_name(dim, sub, short=True)


def _linked(unit: PlanUnit, kept: str) -> str:
    """The tasks on the same indicator in the plan's other layer, as links with the likeness of their words; "" where
    there are none.
    """
    rows = data.linked_rows(unit.unit_id)
    others = {one.unit_id: one for one in data.units(tuple(row.unit_id for row in rows))}
    return "".join(
        f'<p><a href="{units.line_link(unit.plan_id, row.unit_id, kept)}">'
        f"{labels.html('layers.link', where=units.where(others[row.unit_id]), sub=row.sub, likeness=row.likeness)}</a></p>"
        for row in rows
    )


def _facts(view: View, unit: PlanUnit, kept: str) -> str:
    """Kind, dimensions, what else it touches, agencies by role, timing."""
    rows = [(labels.t("read.kind"), html.escape(labels.t(f"common.kind.{unit.kind}")))]
    declared, matched = unit.declared_dim, unit.matched_dim
    said = labels.html("read.not_declared") if declared is None else html.escape(_name(declared, unit.declared_sub))
    rows.append((labels.t("read.declared"), said))
    said = html.escape(_name(matched, unit.matched_sub))
    if declared is not None and matched is not None:
        said += f" <small>{labels.html('read.agrees' if declared == matched else 'read.disagrees')}</small>"
    rows.append((labels.t("read.matched"), said))
    if touched := units.touches_in_words(data.unit_touches(unit.unit_id)):
        rows.append((labels.t("read.touches"), html.escape(touched)))
    if linked := _linked(unit, kept):
        rows.append((labels.t("read.linked"), linked))
    held: dict[str, list[str]] = defaultdict(list)
    for part in view.parts.get(unit.unit_id, ()):
        held[part.role].append(_agency(part))
    rows += [(labels.t(f"read.role.{role}"), "".join(held[role])) for role in ("lead", "coop", "monitor") if held[role]]
    if not held["lead"] and unit.kind == "action":
        rows.insert(3, (labels.t("read.role.lead"), labels.html("read.no_lead")))
    rows.append((labels.t("read.timing"), _timing(unit)))
    return f'<dl class="facts">{"".join(f"<dt>{html.escape(name)}</dt><dd>{value}</dd>" for name, value in rows)}</dl>'


def _agency(part: UnitPart) -> str:
    """One agency: its name, on which basis, as written where that differs, and where it went in 2025."""
    said = [html.escape(labels.lower(labels.t(f"method.basis.{part.basis}")))] if part.basis is not None else []
    if part.as_written != part.agency:
        said.append(labels.html("read.as_written", written=part.as_written))
    if part.office is not None and part.office != part.agency:
        said.append(labels.html("read.now", office=part.office))
    elif part.office is None and part.successors is not None:
        offices = "; ".join(
            f"{one['office']} ({labels.pick(one, 'scope')})" for one in part.successors if one["office"]
        )
        said.append(labels.html("read.now_split", offices=offices) if offices else labels.html("read.now_open"))
    if part.uncertain:
        said.append(labels.html("read.uncertain"))
    return f"<p><b>{html.escape(part.agency)}</b> <small>{' · '.join(said)}</small></p>"


def _timing(unit: PlanUnit) -> str:
    said = [html.escape(units.timing(unit))]
    if unit.timing_basis is not None:
        said.append(f"<small>{labels.html('read.timing_basis.' + unit.timing_basis)}</small>")
    if days := [labels.day(day) for day in (unit.due_from, unit.due_to) if day]:
        said.append(f"<p>{html.escape(' – '.join(dict.fromkeys(days)))}</p>")
    return " ".join(said)


def _flags(view: View, unit: PlanUnit) -> list[str]:
    """What a person should look at: the findings at the unit, a weak match, a doubt who acts."""
    said = [labels.html("tasks.review")] if unit.review else []
    said += [
        html.escape(findings.sentence(one))
        for one in view.findings
        if one.ordinal == unit.ordinal and one.code in findings.rules()
    ]
    return list(dict.fromkeys(said))


def _why(unit: PlanUnit, evidence: Sequence[UnitEvidence], kept: str) -> str:
    """What spoke for which dimension: bars by topic, the score, then each reason."""
    if not evidence:
        return f'<h3>{labels.html("read.why_none")}</h3><p class="small">{labels.html("read.nothing_spoke")}</p>'
    sums: dict[tuple[int, str | None], float] = defaultdict(float)
    for one in evidence:
        sums[one.dim, one.sub] += one.weight
    ranked = sorted(sums.items(), key=lambda item: -item[1])[:_MOST_TOPICS]
    most = ranked[0][1] or 1
    bars = "".join(
        f'<li style="--c:var(--d{dim})"><span>{html.escape(_name(dim, sub))}</span><i style="width:{100 * weight / most:.0f}%"></i><b>{units.percent(weight)}</b></li>'
        for (dim, sub), weight in ranked
    )
    rival = _name(unit.runner_up_dim, unit.runner_up_sub)
    score = labels.html(
        "tasks.score" if unit.runner_up_dim is not None else "tasks.score_alone",
        score=units.percent(unit.score),
        margin=units.percent(unit.margin),
        runner_up=rival,
    )
    reasons = "".join(
        f"<li>{_reason(one, unit, kept)} <small>→ {html.escape(_name(one.dim, one.sub))}</small></li>"
        for one in evidence[:_MOST_REASONS]
    )
    head = labels.html("read.why", topic=_name(unit.matched_dim, unit.matched_sub))
    return f'<h3>{head}</h3><ul class="bars">{bars}</ul><p class="small">{score}</p><ul class="reasons">{reasons}</ul>'


def _reason(one: UnitEvidence, unit: PlanUnit, kept: str) -> str:
    """One thing that spoke; a labelled sentence of a plan that is held with a link to its line."""
    plan, line = units.spoken(one)
    is_own = (plan, line) == (unit.plan_id, unit.first_line)
    if one.kind != "unit" or plan not in plans.plan_names() or not line or is_own:
        return html.escape(units.reason(one, unit))
    said = units.reason(one, unit, labels.pick(data.plan(plan), "short"))
    return f'<a href="{units.line_link(plan, None, kept, line=line)}">{html.escape(said)}</a>'


def _alike(view: View, unit: PlanUnit, kept: str) -> str:
    """The tasks of other plans that are most like this one, with links to them."""
    topic = view.topic(unit)
    if unit.kind != "action" or topic.dim is None:
        return ""
    found = data.alike_tasks(view.basis, unit.plan_id, topic, _COMPARED)
    names = plans.plan_names()
    items = ""
    for pair in likeness.nearest(unit.text, [one.text for one in found], BARS[0], _MOST_ALIKE):
        one = found[pair.right]
        items += (
            f'<li><a href="{units.line_link(one.plan_id, one.unit_id, kept)}">'
            f"{html.escape(names[one.plan_id])}, {html.escape(units.where(one))}</a> "
            f"<small>{labels.html('read.alike_score', n=pair.score)}</small><p>{html.escape(one.text)}</p></li>"
        )
    note = labels.html("read.alike_capped", most=_COMPARED) if len(found) == _COMPARED else ""
    body = f'<ul class="alikes">{items}</ul>' if items else f'<p class="small">{labels.html("read.alike_none")}</p>'
    return f'<h3>{labels.html("read.alike")}</h3>{body}<p class="small">{note}</p>'
