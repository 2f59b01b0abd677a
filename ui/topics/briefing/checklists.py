"""The part of a page where the letters of a plan are taken away, and one office's checklist chosen, looked at and taken.

In: the reader's choice of plan (`ke`; until then the first that is chosen for the page) and office (`noi`), kept in the
address; the office that issues the papers. Out: its items as cards, part by part, and downloads that are made only when
they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import streamlit as st

from ui import data
from ui.export import checklist
from ui.export.briefing.formats import FORMATS
from ui.export.office import Office, wearing
from ui.page import address, cards, files, own, tables, write
from ui.page.select import findable, offered
from ui.topics.briefing import letters
from ui.words import labels, plans
from ui.words.markup import filled
from ui.words.offices import office


def section(issuer: Office, plan_ids: Sequence[str] = ()) -> None:
    """The whole part, with its heading, on the page of these plans."""
    st.header(labels.t("checklist.heading"), anchor=False)
    names = {plan.plan_id: plans.plan_name(plan) for plan in data.plans() if plan.is_read}
    if not names:
        tables.note(labels.t("checklist.no_plan"))
        return
    usual = _usual(plan_ids, names)
    plan_id = _pick("ke", names, labels.t("common.plan_heading"), labels.t("checklist.plan"), usual)
    if plan_id is None:
        tables.note(labels.t("checklist.own_unread"))
        return
    letters.of_plan(plan_id, issuer)
    offices = {
        row.agency: labels.t("checklist.option", agency=office(row.agency), parts=checklist.said(vars(row)))
        for row in data.given_agencies(plan_id)
    }
    agency = _pick("noi", offices, labels.t("who.agency"), labels.t("checklist.agency")) if offices else None
    if agency is None:
        tables.note(labels.t("checklist.choose" if offices else "checklist.no_agency"))
        return
    with st.container(horizontal=True, gap="medium"):
        for ending in checklist.ENDINGS:
            make = wearing(issuer)(partial(checklist.make, plan_id, agency, ending, labels.lang()))
            st.download_button(
                labels.t(f"checklist.download_{ending}"),
                files.later(make, FORMATS[ending].sorry),
                checklist.file_name(plan_id, agency, ending),
                FORMATS[ending].mime,
                key=f"checklist.{ending}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
        letters.of_agency(plan_id, agency, issuer)
    _show(checklist.read(plan_id, agency))


def _usual(plan_ids: Sequence[str], names: Collection[str]) -> str | None:
    """The plan to begin with: the reader's own, else the first that is chosen for the page, else of all. Never another than
    their own, though it could not be read.
    """
    if mine := own.chosen():
        return mine if mine in names else None
    return next((plan_id for plan_id in (*plan_ids, *names) if plan_id in names), None)


def _pick(name: str, options: Mapping[str, str], label: str, what: str, usual: str | None = None) -> str | None:
    """One of a list, kept in the address under `name`; until the reader chooses, the usual one."""
    chosen = address.value(name, list(options), what)
    widget, is_plan = f"w.{name}.checklist", name == "ke"
    st.session_state[widget] = chosen or usual

    def store() -> None:
        address.put(name, st.session_state[widget])
        if is_plan:
            # the office goes with its plan
            address.put("noi", None)

    now = st.session_state[widget]
    offer = offered(f"{name}-checklist", options, options, label, shown=[now] if now else [])
    st.selectbox(
        label,
        offer.options,
        index=0 if usual else None,
        key=widget,
        on_change=store,
        **findable(options.__getitem__),
        placeholder=offer.said or labels.t("common.choose"),
    )
    return st.session_state[widget]


def _show(found: checklist.Checklist) -> None:
    for words in (checklist.counts(found), found.today):
        if words:
            write.markup(filled("<p>{}</p>", words))
    units = {unit.unit_id: unit for unit in data.units(tuple(item.unit_id for item in found.items))}
    for part in checklist.PARTS:
        if items := checklist.of(found.items, part):
            head = labels.t(f"checklist.part.{part}", n=len(items))
            write.head(head)
            cards.tasks([units[item.unit_id] for item in items], name=head)
