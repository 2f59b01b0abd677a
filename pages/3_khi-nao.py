"""When: how each plan says when a task is due, the real dates on a line and in a list, and what comes round in a
year.
"""

import datetime

import streamlit as st

from ui import address, data, frame, labels, panel, widgets
from ui.charts import due, when

frame.page("when")
today = datetime.date.today()
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters", width=560):
    plans = widgets.pick_plans()
plan_ids = tuple(plans["plan_id"])
with answer:
    frame.answer(when.answer(plan_ids, today))

if when.total(plan_ids):
    names = widgets.plan_names()
    ways = {timing: labels.t(f"common.timing.{timing}") for timing in when.TIMINGS}
    widgets.chosen_pair("o", names, ways)
    widgets.chart("when", lambda: when.wide(plan_ids), lambda: when.narrow(plan_ids), alt=when.alt(plan_ids), picks="o")
    columns, rows = when.cell_rows(plan_ids)
    widgets.downloads("when", columns, rows, title=when.title(plan_ids), filters=(), plans=plans)
    chosen = widgets.pick_pair("o", names, ways, labels.t("common.plan_heading"), labels.t("when.way"))
    plan, timing = chosen or ("", "")
    panel.show(
        "o",
        "~".join(chosen) if chosen else None,
        f"{names.get(plan)} · {ways.get(timing)}",
        lambda: data.timing_unit_ids(plan, timing),
        basis="heading",
        choose=labels.t("when.choose"),
        none=labels.t("when.none_here"),
    )
else:
    widgets.nothing(labels.t("who.nothing"))

st.header(labels.t("when.dates"), anchor=False)
options = when.options(plan_ids)
if options:
    widgets.chart(
        "when-dates",
        lambda: when.dates_wide(plan_ids, today),
        lambda: when.dates_narrow(plan_ids, today),
        alt=when.dates_alt(plan_ids, today),
        picks="moc",
    )
    mark = panel.pick_item("moc", options, labels.t("when.dates_item"))
    panel.show(
        "moc",
        mark,
        options.get(mark, ""),
        lambda: when.units_of(plan_ids, mark),
        basis="heading",
        choose=labels.t("when.dates_choose"),
        none=labels.t("when.none_here"),
    )
    widgets.ranked(
        due.agenda(plan_ids, today, address.kept_query()),
        note=due.agenda_note(plan_ids),
        none=labels.t("when.no_dates"),
    )
else:
    panel.pick_nothing("moc")
    widgets.nothing(labels.t("when.no_dates"))
    panel.note(due.agenda_note(plan_ids))
if due.count(plan_ids):
    with st.container(horizontal=True, gap="medium"):
        if due.has_calendar(plan_ids):
            st.download_button(
                labels.t("due.calendar"),
                widgets.later(lambda: due.calendar(plan_ids)),
                widgets.file_name("due", len(plans)) + ".ics",
                "text/calendar",
                key="ics.due",
                on_click="ignore",
                type="tertiary",
                icon=":material/event:",
            )
        panel.download(
            "due",
            labels.t("due.csv", n=due.count(plan_ids)),
            lambda: due.csv_rows(plan_ids, today),
            title=labels.t("due.csv_title"),
            plans=plans,
        )
    panel.note(labels.t("due.calendar_note"))

st.header(labels.t("due.heading"), anchor=False)
if due.has_rows(plan_ids):
    rhythms = due.options(plan_ids)
    widgets.chart(
        "due",
        lambda: due.wide(plan_ids, today),
        lambda: due.narrow(plan_ids, today),
        alt=due.alt(plan_ids, today),
        picks="nhip",
    )
    row = panel.pick_item("nhip", rhythms, labels.t("due.item"))
    panel.show(
        "nhip",
        row,
        rhythms.get(row, ""),
        lambda: due.unit_ids(row),
        basis="heading",
        choose=labels.t("due.choose"),
        none=labels.t("when.none_here"),
    )
    widgets.table(*due.table(plan_ids, today), name=labels.t("due.heading"), plans=plans)
else:
    panel.pick_nothing("nhip")
    widgets.nothing(labels.t("due.nothing"))

if when.total(plan_ids):
    st.header(labels.t("when.table"), anchor=False)
    columns, rows, numbers = when.table(plan_ids)
    widgets.table(columns, rows, name=labels.t("when.table"), numbers=numbers, plans=plans)
frame.foot()
