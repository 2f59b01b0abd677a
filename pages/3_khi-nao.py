"""When: how each plan says when a task is due, and the real dates on a line."""
import datetime

import streamlit as st

from ui import data, frame, labels, panel, widgets
from ui.charts import when

frame.page("when")
today = datetime.date.today()
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters", width=560):
    plans = widgets.pick_plans()
plan_ids = tuple(plans["plan_id"])
with answer:
    frame.answer(when.answer(plan_ids, today))

if when.total(plan_ids):
    names = {plan["plan_id"]: widgets.plan_name(plan) for plan in data.plans().to_dict("records")}
    ways = {timing: labels.t(f"common.timing.{timing}") for timing in when.TIMINGS}
    widgets.chosen_pair("o", names, ways)
    widgets.chart("when", lambda: when.wide(plan_ids), lambda: when.narrow(plan_ids), alt=when.alt(plan_ids), picks="o")
    columns, rows = when.cell_rows(plan_ids)
    widgets.downloads("when", columns, rows, title=when.title(plan_ids), filters=(), plans=plans)
    chosen = widgets.pick_pair("o", names, ways, labels.t("common.plan_heading"), labels.t("when.way"))
    plan, timing = chosen or ("", "")
    panel.show("o", "~".join(chosen) if chosen else None, f"{names.get(plan)} · {ways.get(timing)}",
               lambda: data.timing_unit_ids(plan, timing), basis="heading", choose=labels.t("when.choose"), none=labels.t("when.none_here"))
else:
    widgets.nothing(labels.t("who.nothing"))

st.header(labels.t("when.dates"), anchor=False)
options = when.options(plan_ids)
if options:
    widgets.chart("when-dates", lambda: when.dates_wide(plan_ids, today), lambda: when.dates_narrow(plan_ids, today), alt=when.dates_alt(plan_ids, today), picks="moc")
    mark = panel.pick_item("moc", options, labels.t("when.dates_item"))
    panel.show("moc", mark, options.get(mark, ""), lambda: when.units_of(plan_ids, mark), basis="heading", choose=labels.t("when.dates_choose"),
               none=labels.t("when.none_here"))
    columns, rows = when.dates_table(plan_ids, today)
    widgets.table(columns, rows, name=labels.t("when.dates"))
    widgets.downloads("when-dates", columns, [{**row, "plan": row["plan"].replace("\n", ", ")} for row in rows], title=when.dates_title(plan_ids, today),
                      filters=(), plans=plans)
else:
    widgets.nothing(labels.t("when.no_dates"))

if when.total(plan_ids):
    st.header(labels.t("when.table"), anchor=False)
    columns, rows, numbers = when.table(plan_ids)
    widgets.table(columns, rows, name=labels.t("when.table"), numbers=numbers)
frame.foot()
