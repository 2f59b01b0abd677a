"""Borrowing: for a gap, how the other plans put it, in full and ready to be copied with its source.

In: a cell of the coverage matrix. Out: the tasks of other plans on that indicator as cards, a button that copies them
as plain text, the same as a .txt file; and the list of gaps as CSV. Words of plans leave as text, never as markup.
"""

from __future__ import annotations

import datetime
import html
from collections.abc import Mapping, Sequence
from typing import Any

import pandas
import streamlit as st

from ui import data, labels, widgets

MOST = 60
"""So many tasks of other plans stand under a gap."""


def lacks(basis: str, plan_id: str, topic: str) -> str | None:
    """What is missing in a cell: a task of its own (none, description, passing, named or weak: what the cell says
    instead), lead_time, lead, time; None where nothing is, or where the plan was not read. Of a dimension as a whole
    ("5+") only that it has no task at all.
    """
    whole = topic.endswith("+")
    cells = data.plan_dimensions(basis, (plan_id,)) if whole else data.plan_subdimensions(basis, (plan_id,))
    key = cells["dim"].astype(str) == topic[:-1] if whole else cells["sub"] == topic
    found = cells[(cells["plan_id"] == plan_id) & key].to_dict("records")
    if not found:
        return None
    cell = found[0]
    if cell["state"] in ("none", "description") or cell["state"] in ("passing", "named", "weak") and not whole:
        return str(cell["state"])
    if cell["state"] != "own" or whole:
        return None
    return {(True, True): "lead_time", (True, False): "lead", (False, True): "time"}.get(
        (cell["with_lead"] == 0, cell["with_time"] == 0)
    )


def find(basis: str, plan_id: str, topic: str, gap: str) -> tuple[pandas.DataFrame, int, str]:
    """The tasks that other plans have where this one has a gap, plans of its level first; how many there are before the
    cap; and on what: the topic itself, else the dimension as a whole ("5+") where no plan says anything on the
    indicator alone. Where the lead or the time is missing: only tasks that name it.
    """
    tried = [topic.removesuffix("+")] if topic.endswith("+") else [topic, f"{topic[0]}+"]
    for about in tried:
        unit_ids, n = data.borrowed_unit_ids(basis, plan_id, about, MOST)
        units = data.units(unit_ids)
        if len(units):
            # the cards come plan by plan; those of the same level stay in front
            order = {unit_id: at for at, unit_id in enumerate(unit_ids)}
            units = units.iloc[sorted(range(len(units)), key=lambda at: order[units["unit_id"].iloc[at]])]
            if gap in ("lead", "lead_time"):
                units = units[
                    [leads is not None and not isinstance(leads, float) and len(leads) > 0 for leads in units["leads"]]
                ]
            if gap in ("time", "lead_time"):
                units = units[~units["timing"].isin(["unspecified", "regulation"])]
        if len(units):
            return units, n, about
    return data.units(()), 0, topic


def offer(basis: str, plan_id: str, topic: str, name: str, where: str) -> None:
    """The panel under a cell with a gap; nothing under another cell. `name` is the topic in words, `where` tells page
    and dialog apart.
    """
    gap = lacks(basis, plan_id, topic)
    if gap is None:
        return
    st.html(
        f'<h3 class="cell-head">{labels.html("borrow.heading")}</h3><p class="small">{labels.html(f"borrow.missing.{gap}")}</p>'
    )
    units, n, about = find(basis, plan_id, topic, gap)
    if not len(units):
        st.html(f'<p class="small">{labels.html(f"borrow.none.{gap}")}</p>')
        return
    if about.endswith("+"):
        st.html(f'<p class="small">{labels.html("borrow.general", dim=about[:-1])}</p>')
    st.html(f'<p class="small">{labels.html("borrow.found", n=len(units), plans=units["plan_id"].nunique())}</p>')
    if n > MOST:
        st.html(f'<p class="small">{labels.html("borrow.capped", most=MOST, n=n)}</p>')
    words = text(units.to_dict("records"), name)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.html(
            f'<div><button class="copy" type="button" data-words="1" data-done="{labels.html("common.copied")}">{labels.html("borrow.copy")}</button>'
            f'<pre class="plain">{html.escape(words)}</pre></div>',
            width="content",
        )
        st.download_button(
            labels.t("borrow.download"),
            ("\ufeff" + words).replace("\n", "\r\n").encode("utf-8"),
            f"{widgets.file_name('borrow')}_{topic.rstrip('+')}.txt",
            "text/plain",
            key=f"txt.{where}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    widgets.tasks(units, basis=basis, name=labels.t("borrow.heading"))


def text(units: Sequence[Mapping[str, Any]], name: str) -> str:
    """The tasks as plain text to be pasted into a letter: each in the plan's own words, under it plan, level, number,
    section, line, who and when; at the end the data's version, the date and how to cite it.
    """
    build = data.build()
    numbers = {plan["plan_id"]: plan["number"] for plan in data.plans().to_dict("records")}
    blocks = [labels.t("borrow.text_heading", name=name)]
    for unit in units:
        number = numbers.get(unit["plan_id"])
        plan = widgets.plan_name(unit) + (f", {number}" if isinstance(number, str) and number else "")
        lines = [f"“{unit['text']}”", labels.t("borrow.text_source", plan=plan, where=widgets.where(unit))]
        for role, column in (("lead", "leads"), ("coop", "coops"), ("monitor", "monitors")):
            names = unit[column]
            if names is not None and not isinstance(names, float) and len(names):
                lines.append(labels.t(f"tasks.{role}", names=", ".join(names)))
            elif role == "lead":
                lines.append(labels.t("tasks.no_lead"))
        lines.append(labels.t("tasks.when", timing=widgets.timing(unit)))
        blocks.append("\n".join(lines))
    blocks.append(
        "\n".join(
            (
                labels.t(
                    "common.build",
                    build=build.build_id,
                    day=labels.day(build.built_at.date()),
                    version=build.program_version,
                ),
                labels.t("common.csv_day", day=labels.day(datetime.date.today())),
                labels.t("common.cite", build=build.build_id, year=str(build.built_at.year)),
                labels.t("common.guard"),
            )
        )
    )
    return "\n\n".join(blocks) + "\n"


def download_gaps(
    table: tuple[dict[str, str], list[dict[str, Any]]], *, filters: Sequence[str], plans: pandas.DataFrame
) -> None:
    """The list of gaps as CSV and for Excel, in the order in which it is read."""
    columns, rows = table
    if not rows:
        return
    widgets.save(
        "gaps",
        labels.t("borrow.download_gaps", n=len(rows)),
        widgets.file_name("coverage.gaps", len(plans)),
        lambda: widgets.Table(columns, rows, labels.t("coverage.gaps"), filters, widgets.names_of(plans)),
    )
