"""The reader's own plan: chosen once, at the top of every page, and obeyed by all of them.

In: `own` of the address, else what this session has chosen before. Out: one plan of this build, or none; the address
kept in step, so that a copied link says whose plan it is about. A tab has an address of its own, and with it a plan of
its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.page import address
from ui.page.select import findable, offered
from ui.words import labels
from ui.words.plans import plan_name, plan_names

_NAME = "own"
_KEPT = "kept.own"
_OF_A_PLAN = ("o", "ke", "truoc", "doan", "plans", "noi", "muc", "moc", "nhip", "trong")
"""Choices that belong to the plan in view: they go where another becomes the reader's own."""


def chosen() -> str | None:
    """The plan that the reader calls theirs, by its id."""
    return address.chosen(_NAME)


def first(plan_ids: Sequence[str]) -> list[str]:
    """These plans with the reader's own in front, whether it is among them or not."""
    mine = [own] if (own := chosen()) else []
    return mine + [plan_id for plan_id in plan_ids if plan_id not in mine]


def take() -> None:
    """Read the choice from the address, else from this session, with a note on each plan that is not there any more, and
    on an address that names another than before.
    """
    names, kept = plan_names(), st.session_state.get(_KEPT)
    asked = address.asked(_NAME)
    gone = dict.fromkeys(plan_id for plan_id in (asked, kept) if plan_id and plan_id not in names)
    for plan_id in gone:
        address.note(_missing(plan_id))
    now = next((plan_id for plan_id in (asked, kept) if plan_id in names), None)
    if now and kept in names and now != kept:
        address.note(labels.html("own.changed", plan=names[now], before=names[kept]))
    _put(now)


def pick() -> None:
    """The box that chooses it; its cross takes it back."""
    names, now = plan_names(), chosen()
    st.session_state["w.own"] = now

    def store() -> None:
        for name in _OF_A_PLAN:
            address.put(name, None)
        _put(st.session_state["w.own"])
        if not chosen():
            # no level is that of nobody's plan
            address.put("cungcap", None)
        address.redraw()

    offer = offered("own", names, names, labels.t("own.label"), shown=[now] if now else [])
    st.selectbox(
        labels.t("own.label"),
        offer.options,
        index=None,
        key="w.own",
        on_change=store,
        **findable(names.__getitem__),
        placeholder=offer.said or labels.t("own.none"),
    )


def say_cited(name: str) -> None:
    """Where the address names a plan that others only cite: a line that says so, and the parameter is dropped."""
    asked = address.asked(name)
    if asked and _is_cited(asked):
        address.note(labels.html("own.cited", plan=plan_name(data.plan(asked))))
        address.put(name, None)


def _missing(plan_id: str) -> Markup:
    """Why a plan cannot be the reader's own: others only cite it, or nobody knows it."""
    if _is_cited(plan_id):
        return labels.html("own.cited", plan=plan_name(data.plan(plan_id)))
    return labels.html("own.gone", plan=plan_id[:60])


def _is_cited(plan_id: str) -> bool:
    """Whether a plan is known and nobody has collected it."""
    try:
        return not data.plan(plan_id).is_held
    except KeyError:
        return False


def _put(plan_id: str | None) -> None:
    address.put(_NAME, plan_id)
    st.session_state[_KEPT] = plan_id
