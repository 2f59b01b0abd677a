"""Overview: what every plan commits to, dimension by dimension, and where it leaves a hole."""

import streamlit as st

from ui import frame, labels, widgets
from ui.charts import overview

frame.page("overview")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = widgets.pick_plans()
    basis = widgets.pick_basis()
plan_ids = tuple(plans["plan_id"])
with answer:
    frame.answer(overview.answer(basis, plan_ids))
    st.html(f'<p class="small">{labels.html("overview.what")}</p>')

names = {plan["plan_id"]: widgets.plan_name(plan) for plan in plans.to_dict("records")}
topics = {str(dim): widgets.topic_name(dim, None) for dim in (*range(1, 9), 0)}
topics["none"] = widgets.topic_name(None, None)
cell = widgets.chosen_pair("o", names, topics)
widgets.chart(
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
widgets.downloads(
    "overview",
    columns,
    overview.cell_rows(basis, plan_ids),
    title=overview.title(basis, plan_ids),
    filters=widgets.filters(basis),
    plans=plans,
)

widgets.cell("o", names, topics, basis)

st.header(labels.t("overview.table"), anchor=False)
widgets.table(
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
    filters=widgets.filters(basis),
)
frame.foot()
