"""Overview: what every plan commits to, dimension by dimension, and where it leaves a hole."""

import streamlit as st

from ui.export import table
from ui.page import cards, files, frame, pick, picture, tables, write
from ui.topics import overview
from ui.words import labels, units
from ui.words.plans import plan_name

frame.page("overview")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = pick.pick_plans()
    basis = pick.pick_basis()
plan_ids = tuple(plans["plan_id"])
with answer:
    frame.answer(overview.answer(basis, plan_ids))
    write.line("small", labels.html("overview.what"))

names = {plan["plan_id"]: plan_name(plan) for plan in plans.to_dict("records")}
topics = {str(dim): units.topic_name(dim, None) for dim in (*range(1, 9), 0)}
topics["none"] = units.topic_name(None, None)
cell = pick.chosen_pair("o", names, topics)
picture.chart(
    "overview",
    lambda: overview.wide(basis, plan_ids),
    lambda: overview.narrow(basis, plan_ids),
    alt=overview.alt(basis, plan_ids),
    picks="o",
)
columns = {
    "plan": labels.t("common.plan_heading"),
    "level": labels.t("common.level"),
    "dim": labels.t("common.dimension_number"),
    "name": labels.t("common.dimension_heading"),
    "tasks": labels.t("common.tasks_heading"),
    "with_lead": labels.t("common.with_lead_heading"),
    "with_time": labels.t("common.with_time_heading"),
    "says": labels.t("common.says"),
}
files.downloads(
    "overview",
    columns,
    overview.cell_rows(basis, plan_ids),
    title=overview.title(basis, plan_ids),
    filters=table.filters(basis),
    plans=plans,
)

cards.cell("o", names, topics, basis)

st.header(labels.t("overview.table"), anchor=False)
tables.table(
    {
        "plan": labels.t("common.plan_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "with_lead": labels.t("common.with_lead_heading"),
        "with_time": labels.t("common.with_time_heading"),
        "subs": labels.t("overview.subs_heading"),
        "top": labels.t("overview.top_heading"),
    },
    overview.table_rows(basis, plan_ids),
    name=labels.t("overview.table"),
    numbers=("tasks", "with_lead", "with_time", "subs"),
    plans=plans,
    filters=table.filters(basis),
)
frame.foot()
