"""What was read from one unit and why, as markup: beside the document.

In: the view of the page, and the place of a unit in its plan. Out: one piece of markup. Text of documents is escaped here.
"""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup, escape

from ui import data
from ui.data.document import UnitEvidence, UnitPart
from ui.data.units import UnitRow
from ui.page import write
from ui.topics.compare import likeness
from ui.topics.read.view import View
from ui.words import findings, labels, plans, units
from ui.words.markup import filled, joined
from ui.words.offices import office, successor
from ui.words.remember import remember

_MOST_TOPICS = 4
_MOST_REASONS = 8
_ALIKE = 60
"""From so many points on a task of another plan is shown as like a unit."""
_MOST_ALIKE = 3
_COMPARED = 1000
"""A unit is compared with at most so many tasks of other plans on its topic; the page says when there are more."""


@remember
def markup(view: View, ordinal: int, kept: str) -> Markup:
    """All that was read from a unit, by its place in its plan. `kept` as for `units.line_link`."""
    unit, topic = view.units[ordinal], view.topic(view.units[ordinal])
    colour = f"var(--d{topic.dim})" if topic.dim is not None else "var(--rule)"
    name = labels.html("read.unit", ordinal=str(ordinal))
    head = filled(
        '<h2 class="unit-head" tabindex="-1" data-unit="{}" style="--c:{}">{}</h2><p class="small">{} · {}</p>',
        ordinal,
        colour,
        _name(topic.dim, topic.sub),
        name,
        units.where(unit),
    )
    flags = joined(write.paragraph("fl", words) for words in _flags(view, unit))
    facts, why = _facts(view, unit, kept), _why(view, unit, kept)
    return filled(
        '<section class="unit" aria-label="{}">{}{}{}{}{}</section>',
        name,
        head,
        facts,
        flags,
        why,
        _alike(view, unit, kept),
    )


def _name(dim: int | None, sub: str | None) -> str:
    return units.topic_name(dim, sub, short=True)


def _linked(unit: UnitRow, kept: str) -> Markup:
    """The tasks on the same indicator in the plan's other layer, as links with the likeness of their words; "" where
    there are none.
    """
    rows = data.linked_rows(unit.unit_id)
    others = {one.unit_id: one for one in data.units(tuple(row.unit_id for row in rows))}
    return joined(
        filled(
            '<p><a href="{}">{}</a></p>',
            units.line_link(unit.plan_id, row.unit_id, kept),
            labels.html("layers.link", where=units.where(others[row.unit_id]), sub=row.sub, likeness=row.likeness),
        )
        for row in rows
    )


def _facts(view: View, unit: UnitRow, kept: str) -> Markup:
    """Kind, dimensions, what else it touches, agencies by role, timing."""
    rows: list[tuple[str, str]] = [(labels.t("read.kind"), labels.t(f"common.kind.{unit.kind}"))]
    declared, matched = unit.declared_dim, unit.matched_dim
    said = _name(declared, unit.declared_sub) if declared is not None else labels.html("read.not_declared")
    rows.append((labels.t("read.declared"), said))
    said = _name(matched, unit.matched_sub)
    if unit.unit_id in view.decided:
        rows.append((labels.t("read.reviewed"), said))
    else:
        if declared is not None and matched is not None:
            agrees = "read.agrees" if declared == matched else "read.disagrees"
            said += filled(" <small>{}</small>", labels.html(agrees))
        rows.append((labels.t("read.matched"), said))
        rows.append((labels.t("read.certainty"), units.certainty(unit)))
    if touched := units.touches_in_words(data.unit_touches(unit.unit_id)):
        rows.append((labels.t("read.touches"), touched))
    if linked := _linked(unit, kept):
        rows.append((labels.t("read.linked"), linked))
    held: dict[str, list[Markup]] = defaultdict(list)
    for part in view.parts.get(unit.ordinal, ()):
        held[part.role].append(_agency(part))
    rows += [(labels.t(f"read.role.{role}"), joined(held[role])) for role in ("lead", "coop", "monitor") if held[role]]
    if not held["lead"] and unit.kind == "action":
        rows.insert(4, (labels.t("read.role.lead"), labels.html("read.no_lead")))
    rows.append((labels.t("read.timing"), _timing(unit)))
    return filled(
        '<dl class="facts">{}</dl>', joined(filled("<dt>{}</dt><dd>{}</dd>", name, value) for name, value in rows)
    )


def _agency(part: UnitPart) -> Markup:
    """One agency: its name, on which basis, as written where that differs, and where it went in 2025."""
    said = [labels.lower(labels.t(f"method.basis.{part.basis}"))] if part.basis is not None else []
    if part.as_written != part.agency:
        said.append(labels.html("read.as_written", written=part.as_written))
    if part.office is not None and part.office != part.agency:
        said.append(labels.html("read.now", office=office(part.office)))
    elif part.office is None and part.successors is not None:
        offices = "; ".join(successor(one) for one in part.successors if one["office"])
        said.append(labels.html("read.now_split", offices=offices) if offices else labels.html("read.now_open"))
    if part.uncertain:
        said.append(labels.html("read.uncertain"))
    return filled("<p><b>{}</b> <small>{}</small></p>", office(part.agency), Markup(" · ").join(said))


def _timing(unit: UnitRow) -> Markup:
    said: list[str] = [units.timing(unit)]
    if unit.timing_basis is not None:
        said.append(filled("<small>{}</small>", labels.html("read.timing_basis." + unit.timing_basis)))
    if days := [labels.day(day) for day in (unit.due_from, unit.due_to) if day]:
        said.append(filled("<p>{}</p>", " – ".join(dict.fromkeys(days))))
    return Markup(" ").join(said)


def _flags(view: View, unit: UnitRow) -> list[str]:
    """What a person should look at: the findings at the unit, a weak match, a doubt who acts."""
    said: list[str] = [] if unit.kind_sure else [labels.html("tasks.kind_doubt")]
    said += [
        findings.sentence(one) for one in view.findings if one.ordinal == unit.ordinal and one.code in findings.rules()
    ]
    return list(dict.fromkeys(said))


def _why(view: View, unit: UnitRow, kept: str) -> Markup:
    """What spoke for which dimension: bars by topic, what came second, then each reason. Of a unit that a person decided only
    what the program found in it.
    """
    evidence, is_decided = view.evidence.get(unit.ordinal, ()), unit.unit_id in view.decided
    if not evidence:
        return (
            Markup()
            if is_decided
            else filled(
                '<h3>{}</h3><p class="small">{}</p>', labels.html("read.why_none"), labels.html("read.nothing_spoke")
            )
        )
    sums: dict[tuple[int, str | None], float] = defaultdict(float)
    for one in evidence:
        sums[one.dim, one.sub] += one.weight
    ranked = sorted(sums.items(), key=lambda item: -item[1])[:_MOST_TOPICS]
    most = ranked[0][1] or 1
    bars = joined(
        Markup('<li style="--c:var(--d{})"><span>{}</span><i style="width:{:.0f}%"></i><b>{}</b></li>').format(
            dim, _name(dim, sub), 100 * weight / most, units.percent(weight)
        )
        for (dim, sub), weight in ranked
    )
    reasons = joined(
        filled("<li>{} <small>→ {}</small></li>", _reason(one, kept), _name(one.dim, one.sub))
        for one in evidence[:_MOST_REASONS]
    )
    if is_decided:
        head, told = labels.html("read.why_read"), []
    else:
        head = labels.html("read.why", topic=_name(unit.matched_dim, unit.matched_sub))
        decided = units.decided(unit, evidence, data.unit_touches(unit.unit_id), unit.plan_id)
        told = [decided, units.second(unit, evidence)]
    return filled(
        '<h3>{}</h3><ul class="bars">{}</ul><p class="small">{}</p><ul class="reasons">{}</ul>',
        head,
        bars,
        Markup(" ").join(filter(None, told)),
        reasons,
    )


def _reason(one: UnitEvidence, kept: str) -> Markup:
    """One thing that spoke; a labelled sentence of a plan that is held with a link to its line."""
    plan, line = units.spoken(one)
    if one.kind != "unit" or plan not in plans.plan_names() or not line:
        return escape(units.reason(one))
    said = units.reason(one, labels.pick(data.plan(plan), "short"))
    return filled('<a href="{}">{}</a>', units.line_link(plan, None, kept, line=line), said)


def _alike(view: View, unit: UnitRow, kept: str) -> Markup:
    """The tasks of other plans that are most like this one, with links to them."""
    topic = view.topic(unit)
    if unit.kind != "action" or topic.dim is None:
        return Markup()
    found = data.alike_tasks(view.basis, unit.plan_id, topic, _COMPARED)
    names = plans.plan_names()
    items = Markup()
    for pair in likeness.nearest(unit.text, [one.text for one in found], _ALIKE, _MOST_ALIKE):
        one = found[pair.at]
        items += filled(
            '<li><a href="{}">{}, {}</a> <small>{}</small><p>{}</p></li>',
            units.line_link(one.plan_id, one.unit_id, kept),
            names[one.plan_id],
            units.where(one),
            labels.html("read.alike_score", n=pair.score),
            one.text,
        )
    note = labels.html("read.alike_capped", most=_COMPARED) if len(found) == _COMPARED else Markup()
    body = (
        filled('<ul class="alikes">{}</ul>', items)
        if items
        else write.paragraph("small", labels.html("read.alike_none"))
    )
    return filled('<h3>{}</h3>{}<p class="small">{}</p>', labels.html("read.alike"), body, note)
