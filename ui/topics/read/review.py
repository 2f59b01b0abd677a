"""A reader corrects, or confirms, what was read from a unit; what is decided counts in every number once the build that takes
it up is there.

In: the view of the page, a unit of it, and what the reader fills in. Out: a decision beside the builds (`decided`), a build, and
what was decided of the unit before, with a way to take it back. Words of documents and of readers are text, never markup.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data.review import (
    KINDS,
    Decision,
    Said,
    Unfit,
    as_read,
    decided_number,
    decided_units,
    decisions,
    fingerprint,
    is_waiting,
)
from ui.data.units import UnitRow
from ui.export import plain
from ui.page import address, building, select, write
from ui.topics.read.view import View
from ui.words import labels, units
from ui.words.markup import filled, joined

_WHO, _ROUND = "decide-who", "decide-round"
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")
_HERE = {"localhost", "127.0.0.1", "::1"}
_MOST, _QUOTED = 40, 90
"""So many decisions of a plan are listed, the latest first, each with so many letters of its passage."""


def may() -> bool:
    """Whether this reader may decide: `PAPI_REVIEW` says so for all ("on"; any other word is "off"); where it says nothing,
    whoever sits at the machine that serves the page to itself alone, since a decision counts for everybody.
    """
    if said := os.environ.get("PAPI_REVIEW", "").strip().lower():
        return said == "on"
    headers = st.context.headers
    asked = [urlsplit(f"//{headers.get('Host') or ''}"), urlsplit(headers.get("Origin") or "//localhost")]
    is_here = st.get_option("server.address") in _HERE and all(one.hostname in _HERE for one in asked)
    return is_here and not any(headers.get(name) for name in _FORWARDED)


# What was decided.


def said(says: Said) -> Markup:
    """What a unit is, in words: "nhiệm vụ, chủ yếu về 5.3 …; nêu 8.1; nhắc 3.2"."""
    kind = labels.lower(labels.t(f"common.kind.{says.kind}"))
    topic = units.topic_name(says.dim, says.sub, short=True)
    parts = [labels.html("review.says" if says.main else "review.says_nothing", kind=kind, topic=topic)]
    for how, subs in (("named", says.named), ("passing", says.passing)):
        if subs:
            parts.append(labels.html(f"review.says_{how}", subs=labels.names(list(subs))))
    return Markup("; ").join(parts)


def _history(view: View) -> list[Decision]:
    """What was decided of a plan, the latest first; where that cannot be read the page says so."""
    try:
        return decisions().history(view.plan_id)
    except OSError:
        write.line("note", labels.html("review.not_read"), role="alert")
        return []


def _told(one: Decision, rows: Iterable[Decision]) -> Markup:
    """A decision in a sentence: who, when, what, what it was before, and why; or whose it takes back."""
    day = labels.day(datetime.datetime.fromisoformat(one.decided_at).astimezone().date())
    whose = next((other.who for other in rows if other.number == one.takes_back), "")
    how = "back" if one.says is None else "confirmed" if one.says == one.was else "decided"
    says, was = said(one.says or one.was), said(one.was)
    words = [labels.html(f"review.{how}", who=one.who, day=day, says=says, was=was, whose=whose)]
    if one.why:
        words.append(labels.html("review.because", why=one.why))
    return Markup(" ").join(words)


def listed(view: View) -> None:
    """What people have decided of a plan, the latest first, each with its passage; nothing where nobody has."""
    rows = _history(view)
    if not rows:
        return
    there = decided_units(view.plan_id)
    items = joined(_item(view, one, rows, there.get(one.number), address.kept_query()) for one in rows[:_MOST])
    more = labels.html("review.more", n=len(rows) - _MOST) if len(rows) > _MOST else Markup()
    write.markup(
        filled(
            '<section aria-label="{}"><h2 class="unit-head">{}</h2><ul class="reasons">{}</ul><p class="small">{}</p></section>',
            *(labels.html("review.listed"), labels.html("review.listed"), items, more),
        )
    )


def _item(view: View, one: Decision, rows: Iterable[Decision], unit_id: str | None, kept: str) -> Markup:
    words = filled("{} <small>“{}”</small>", _told(one, rows), plain.short(one.text, _QUOTED))
    if unit_id is None:
        return filled("<li>{}</li>", words)
    return filled('<li><a href="{}">{}</a></li>', units.line_link(view.plan_id, unit_id, kept), words)


def offer(view: View, unit: UnitRow) -> None:
    """What was decided of a unit, the latest first, and the way to decide otherwise; nothing in a reader's own draft."""
    if data.is_mine():
        return
    mark = fingerprint(view.plan_id, unit.section, unit.text)
    rows = [one for one in _history(view) if one.fingerprint == mark]
    if rows:
        write.markup(
            filled(
                '<section class="unit"><h3>{}</h3><ul class="reasons">{}</ul></section>',
                labels.html("review.head"),
                joined(filled("<li>{}</li>", _told(one, rows)) for one in rows),
            )
        )
    if rows and is_waiting():  # what counts is not what was decided: nobody decides by numbers that are about to change
        write.line("note", labels.html("review.pending"), role="status")
    elif may():
        with st.expander(labels.t("review.again" if rows else "review.offer")):
            _form(view, unit, rows)


def read(unit: UnitRow) -> Said:
    """What counts of a unit now; what a heading only leaves open is nothing that was read of it."""
    touched = [one for one in data.unit_touches(unit.unit_id) if one.sure or one.by == "text"]
    return as_read(unit.kind, unit.dim, unit.sub, ((one.sub, one.how) for one in touched))


def _form(view: View, unit: UnitRow, rows: Sequence[Decision]) -> None:
    """The choices as they count now, to be changed and signed; the decision that counts may be taken back. The form is
    another where somebody has decided meanwhile: nobody signs what they have not seen.
    """
    now, number = read(unit), decided_number(unit.unit_id)
    subs = [one.sub for one in data.subdimensions()]
    dims = [str(one.dim) for one in data.dimensions()]
    # a decision may name what a table no longer has
    now = replace(
        now,
        main=now.main if now.main in ("", *dims, *subs) else "",
        named=_known(now.named, subs),
        passing=_known(now.passing, subs),
    )
    names = {one: _main(one) for one in ["", *sorted([*dims, *subs])]}
    mains, found = list(names), select.findable(names.__getitem__)
    kinds = {one: labels.t(f"common.kind.{one}") for one in KINDS}
    key = f"decide-{unit.unit_id}-{rows[0].number if rows else 0}-{st.session_state.get(_ROUND, 0)}"
    with st.form(f"{key}-form", border=False):
        kind = st.selectbox(
            labels.t("review.kind"), KINDS, KINDS.index(now.kind), format_func=kinds.__getitem__, key=f"{key}-kind"
        )
        main = st.selectbox(labels.t("review.main"), mains, mains.index(now.main), key=f"{key}-main", **found)
        named = st.multiselect(labels.t("review.named"), subs, now.named, key=f"{key}-named", placeholder="", **found)
        passing = st.multiselect(
            labels.t("review.passing"), subs, now.passing, key=f"{key}-passing", placeholder="", **found
        )
        who = st.text_input(labels.t("review.who"), st.session_state.get(_WHO, ""), key=f"{key}-who", max_chars=80)
        why = st.text_input(labels.t("review.why"), key=f"{key}-why", max_chars=500)
        write.line("small", labels.html("review.note"))
        with st.container(horizontal=True, gap="small"):
            is_decided = st.form_submit_button(labels.t("review.save"), type="primary", key=f"{key}-save")
            is_right = st.form_submit_button(labels.t("review.confirm"), key=f"{key}-confirm")
            is_undone = number is not None and st.form_submit_button(labels.t("review.undo"), key=f"{key}-undo")
    if is_undone and number is not None:
        _kept(who, lambda: decisions().take_back(number, who=who, why=why))
    elif is_decided or is_right:
        chosen = now if is_right else Said(kind, main, tuple(sorted(named)), tuple(sorted(passing)))
        _kept(
            who, lambda: decisions().add(view.plan_id, unit.section, unit.text, was=now, says=chosen, who=who, why=why)
        )


def _known(named: Sequence[str], subs: Sequence[str]) -> tuple[str, ...]:
    return tuple(sub for sub in named if sub in subs)


def _main(value: str) -> str:
    if not value:
        return labels.t("review.nothing")
    if "." in value:
        return units.topic_name(int(value[0]), value, short=True)
    name = units.topic_name(int(value), None, short=True)
    return name if value == "0" else labels.t("review.whole", topic=name)


def _kept(who: str, keep: Callable[[], int | None]) -> None:
    """Keep what a reader decided, and begin to count it; or say why that cannot be."""
    trouble = "" if any(map(str.isalnum, who)) else "unsigned"
    try:
        if not trouble:
            keep()
    except Unfit:
        trouble = "twice"
    except OSError:
        trouble = "not_written"
    if trouble:
        write.line("note", labels.html(f"review.{trouble}"), role="alert")
        return
    st.session_state[_WHO] = who
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    building.again()
    st.rerun(scope="app")
