"""When: how each plan says when a task is due, the real dates on a line and in a list, and what comes round in a
year.
"""

import datetime

import streamlit as st

from ui import data
from ui.export import calendar, table
from ui.page import address, cards, files, frame, pick, picture, tables
from ui.topics.when import ways as when_ways
from ui.topics.when import year
from ui.words import labels
from ui.words.plans import plan_names

frame.page("when")
today = datetime.date.today()
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters", width=560):
    plans = pick.pick_plans()
plan_ids = tuple(plan.plan_id for plan in plans)
with answer:
    frame.answer(when_ways.answer(plan_ids, today))

if when_ways.total(plan_ids):
    names = plan_names()
    ways = {timing: labels.t(f"common.timing.{timing}") for timing in when_ways.TIMINGS}
    pick.chosen_pair("o", names, ways)
    picture.chart(
        "when",
        lambda: when_ways.wide(plan_ids),
        lambda: when_ways.narrow(plan_ids),
        alt=when_ways.alt(plan_ids),
        picks="o",
    )
    columns, rows = when_ways.cell_rows(plan_ids)
    files.downloads("when", columns, rows, title=when_ways.title(plan_ids), filters=(), plans=plans)
    chosen = pick.pick_pair("o", names, ways, labels.t("common.plan_heading"), labels.t("when.way"))
    plan, timing = chosen or ("", "")
    cards.show(
        "o",
        "~".join(chosen) if chosen else None,
        f"{names.get(plan)} · {ways.get(timing)}",
        lambda: data.timing_unit_ids(plan, timing),
        basis="heading",
        choose=labels.t("when.choose"),
        none=labels.t("when.none_here"),
    )
else:
    tables.nothing(labels.t("who.nothing"))

st.header(labels.t("when.dates"), anchor=False)
options = when_ways.options(plan_ids)
if options:
    picture.chart(
        "when-dates",
        lambda: when_ways.dates_wide(plan_ids, today),
        lambda: when_ways.dates_narrow(plan_ids, today),
        alt=when_ways.dates_alt(plan_ids, today),
        picks="moc",
    )
    mark = pick.pick_item("moc", options, labels.t("when.dates_item"))
    cards.show(
        "moc",
        mark,
        options.get(mark, ""),
        lambda: when_ways.units_of(plan_ids, mark),
        basis="heading",
        choose=labels.t("when.dates_choose"),
        none=labels.t("when.none_here"),
    )
    tables.ranked(
        year.agenda(plan_ids, today, address.kept_query()),
        note=year.agenda_note(plan_ids),
        none=labels.t("when.no_dates"),
    )
else:
    pick.pick_nothing("moc")
    tables.nothing(labels.t("when.no_dates"))
    tables.note(year.agenda_note(plan_ids))
if year.count(plan_ids):
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
            labels.t("due.csv", n=year.count(plan_ids)),
            lambda: year.csv_rows(plan_ids, today),
            title=labels.t("due.csv_title"),
            plans=plans,
        )
    tables.note(labels.t("due.calendar_note"))

st.header(labels.t("due.heading"), anchor=False)
if year.has_rows(plan_ids):
    rhythms = year.options(plan_ids)
    picture.chart(
        "due",
        lambda: year.wide(plan_ids, today),
        lambda: year.narrow(plan_ids, today),
        alt=year.alt(plan_ids, today),
        picks="nhip",
    )
    row = pick.pick_item("nhip", rhythms, labels.t("due.item"))
    cards.show(
        "nhip",
        row,
        rhythms.get(row, ""),
        lambda: year.unit_ids(row),
        basis="heading",
        choose=labels.t("due.choose"),
        none=labels.t("when.none_here"),
    )
    tables.table(*year.table(plan_ids, today), name=labels.t("due.heading"), plans=plans)
else:
    pick.pick_nothing("nhip")
    tables.nothing(labels.t("due.nothing"))

if when_ways.total(plan_ids):
    st.header(labels.t("when.table"), anchor=False)
    columns, rows, numbers = when_ways.table(plan_ids)
    tables.table(columns, rows, name=labels.t("when.table"), numbers=numbers, plans=plans)
frame.foot()
