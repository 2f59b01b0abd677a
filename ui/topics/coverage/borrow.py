"""Borrowing: for a gap, who holds it in the other plans and how they put it, in full and ready to be copied with its
source.

In: a cell of the coverage matrix. Out: who leads there, and today; the tasks of other plans on that indicator as cards, a button that copies them
as plain text, the same as a .txt file; and the list of gaps as CSV. Words of plans leave as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui import data
from ui.data import borrow, coverage
from ui.data.plans import Plan
from ui.data.topic import Basis, Topic
from ui.data.units import Unit
from ui.export.table import Table, cite, file_name, made_today, version
from ui.page import cards, files, write
from ui.words import holders, labels
from ui.words import units as words_units
from ui.words.markup import filled
from ui.words.plans import names_of, plan_name

_HOLDERS = 4
"""So many agencies are named that hold what a plan lacks."""


def offer(basis: Basis, plan_id: str, topic: Topic, name: str, where: str) -> None:
    """The panel under a cell with a gap; nothing under another cell. `name` is the topic in words, `where` tells page
    and dialog apart.
    """
    gap = coverage.lacks(basis, plan_id, topic)
    if gap is None:
        return
    write.markup(
        filled(
            '<h3 class="cell-head">{}</h3><p class="small">{}</p>',
            labels.html("borrow.heading"),
            labels.html(f"borrow.missing.{gap}"),
        )
    )
    held = borrow.holders(basis, plan_id, (topic,))[topic]
    if held:
        write.line("small", holders.sentence(held, _HOLDERS))
    units, n, about = borrow.find(basis, plan_id, topic, gap)
    # whoever holds it has a task there, so what is not offered is a copy
    copies = "copies_" if held and gap not in ("lead", "time", "lead_time") else ""
    if not units:
        write.line("small", labels.html("borrow.only_copies" if copies else f"borrow.none.{gap}"))
        return
    if about.general:
        write.line("small", labels.html(f"borrow.{copies}general", dim=str(about.dim)))
    plans = len({unit.plan_id for unit in units})
    write.line("small", labels.html("borrow.found", n=len(units), plans=plans))
    if n > borrow.MOST_BORROWED:
        write.line("small", labels.html("borrow.capped", most=borrow.MOST_BORROWED, n=n))
    words = text(units, name)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        write.markup(
            filled(
                '<div><button class="copy" type="button" data-words="1" data-done="{}">{}</button>'
                '<pre class="plain">{}</pre></div>',
                labels.html("common.copied"),
                labels.html("borrow.copy"),
                words,
            ),
            width="content",
        )
        st.download_button(
            labels.t("borrow.download"),
            ("\ufeff" + words).replace("\n", "\r\n").encode("utf-8"),
            f"{file_name('borrow')}_{str(topic).rstrip('+')}.txt",
            "text/plain",
            key=f"txt.{where}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    cards.tasks(units, basis=basis, name=labels.t("borrow.heading"))


def text(units: Sequence[Unit], name: str) -> str:
    """The tasks as plain text to be pasted into a letter: each in the plan's own words, under it plan, level, number,
    section, line, who and when; at the end the data's version, the date and how to cite it.
    """
    blocks = [labels.t("borrow.text_heading", name=name)]
    for unit in units:
        plan = ", ".join(filter(None, (plan_name(unit), data.plan(unit.plan_id).number)))
        lines = [f"“{unit.text}”", labels.t("borrow.text_source", plan=plan, where=words_units.where(unit))]
        for role, names in (("lead", unit.leads), ("coop", unit.coops), ("monitor", unit.monitors)):
            if names:
                lines.append(labels.t(f"tasks.{role}", names=", ".join(names)))
            elif role == "lead":
                lines.append(labels.t("tasks.no_lead"))
        lines.append(labels.t("tasks.when", timing=words_units.timing(unit)))
        blocks.append("\n".join(lines))
    blocks.append("\n".join((version(), made_today(), *cite())))
    return "\n\n".join(blocks) + "\n"


def download_gaps(
    table: tuple[dict[str, str], Sequence[dict[str, Any]]], *, filters: Sequence[str], plans: Sequence[Plan]
) -> None:
    """The list of gaps as CSV and for Excel, in the order in which it is read."""
    columns, rows = table
    if not rows:
        return
    files.save(
        "gaps",
        labels.t("borrow.download_gaps", n=len(rows)),
        file_name("coverage.gaps", len(plans)),
        lambda: Table(columns, rows, labels.t("coverage.gaps"), filters, names_of(plans)),
    )
