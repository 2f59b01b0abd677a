"""When: how each plan says when a task is due, the real dates on a line and in a list, and what comes round in a
year.
"""

import datetime

import streamlit as st

from ui import data
from ui.data import Basis
from ui.export import calendar, table
from ui.page import address, cards, files, frame, pick, picture, tables
from ui.topics.when import agenda, line, ways, year
from ui.topics.when.view import TIMINGS, view
from ui.words import labels
from ui.words.plans import plan_names

frame.page("when")
today = datetime.date.today()
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters", width=560):
    plans = pick.pick_plans(alone=True)
plan_ids = tuple(plan.plan_id for plan in plans)
shown, part = view(plan_ids, today), pick.side_by_side(plans)
beside = view(part.plan_ids, today)
with answer:
    frame.answer(ways.answer(shown))

if shown.tasks:
    names = plan_names()
    timings = {timing: labels.t(f"common.timing.{timing}") for timing in TIMINGS}
    pick.chosen_pair("o", names, timings)
    if beside.tasks:
        pick.turn(part, "when")
        picture.chart(
            "when",
            lambda: ways.wide(beside),
            lambda: ways.narrow(beside),
            alt=ways.alt(beside),
            picks="o",
            part=part.said,
        )
    files.downloads("when", lambda: ways.cell_rows(shown), title=lambda: ways.title(shown), filters=(), plans=plans)
    chosen = pick.pick_pair("o", names, timings, labels.t("common.plan_heading"), labels.t("when.way"))
    plan, timing = chosen or ("", "")
    cards.show(
        "o",
        "~".join(chosen) if chosen else None,
        f"{names.get(plan)} · {timings.get(timing)}",
        lambda: data.timing_unit_ids(plan, timing),
        basis=Basis.HEADING,
        choose=labels.t("when.choose"),
        none=labels.t("when.none_here"),
    )
else:
    tables.nothing(labels.t("who.nothing"))

st.header(labels.t("when.dates"), anchor=False)
options = line.options(shown)
if options:
    picture.chart("when-dates", lambda: line.wide(shown), lambda: line.narrow(shown), alt=line.alt(shown), picks="moc")
    mark = pick.pick_item("moc", options, labels.t("when.dates_item"))
    cards.show(
        "moc",
        mark,
        options.get(mark or "", ""),
        lambda: line.unit_ids(shown, mark or ""),
        basis=Basis.HEADING,
        choose=labels.t("when.dates_choose"),
        none=labels.t("when.none_here"),
    )
    tables.ranked(
        agenda.items(plan_ids, today, address.kept_query()), note=agenda.note(plan_ids), none=line.nothing(shown)
    )
else:
    pick.pick_nothing("moc")
    tables.nothing(line.nothing(shown))
    tables.note(agenda.note(plan_ids))
if agenda.count(plan_ids):
    with st.container(horizontal=True, gap="medium"):
        if calendar.has_calendar(plan_ids):
            st.download_button(
                labels.t("due.calendar"),
                files.later(lambda: calendar.calendar(plan_ids)),
                table.file_name("due", len(plans)) + ".ics",
                "text/calendar",
                key="ics.due",
                on_click="ignore",
                type="tertiary",
                icon=":material/event:",
            )
        files.download(
            "due",
            labels.t("due.csv", n=agenda.count(plan_ids)),
            lambda: agenda.csv_rows(plan_ids, today),
            title=labels.t("due.csv_title"),
            plans=plans,
        )
    tables.note(labels.t("due.calendar_note"))

st.header(labels.t("due.heading"), anchor=False)
columns, rows = year.table(shown)
if rows:
    rhythms = year.options(year.in_view(shown, part.plan_ids, address.asked("nhip")))
    pick.turn(part, "due")
    if beside.undated:
        picture.chart(
            "due",
            lambda: year.wide(beside),
            lambda: year.narrow(beside),
            alt=year.alt(beside),
            picks="nhip",
            part=part.said,
        )
    row = pick.pick_item("nhip", rhythms, labels.t("due.item"))
    cards.show(
        "nhip",
        row,
        rhythms.get(row or "", ""),
        lambda: year.unit_ids(row or ""),
        basis=Basis.HEADING,
        choose=labels.t("due.choose"),
        none=labels.t("when.none_here"),
    )
    tables.table(columns, rows, name=labels.t("due.heading"), plans=plans)
else:
    pick.pick_nothing("nhip")
    tables.nothing(labels.t("due.nothing"))

if shown.tasks:
    st.header(labels.t("when.table"), anchor=False)
    columns, rows, numbers = ways.table(shown)
    tables.table(columns, rows, name=labels.t("when.table"), numbers=numbers, plans=plans)
frame.foot()
