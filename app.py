"""Overview: what every plan commits to, dimension by dimension, and where it leaves a hole."""

import streamlit as st

from ui.export import table
from ui.page import cards, files, frame, own, pick, picture, tables, write
from ui.topics import overview
from ui.words import labels, units
from ui.words.plans import names_by_id

frame.page("overview")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = pick.pick_plans()
    basis = pick.pick_basis()
    ordered = pick.pick_order(plans, basis)
view = overview.view(basis, tuple(plan.plan_id for plan in plans), own.chosen())
with answer:
    frame.answer(overview.answer(view))
    write.line("small", labels.html("overview.what"))

names = names_by_id(plans)
topics = {str(dim): units.topic_name(dim, None) for dim in (*range(1, 9), 0)}
topics["none"] = units.topic_name(None, None)
cell = pick.chosen_pair("o", names, topics)
part = pick.side_by_side(ordered)
beside = overview.view(basis, part.plan_ids, own.chosen())
pick.turn(part, "overview")
picture.chart(
    "overview",
    lambda: overview.wide(beside),
    lambda: overview.narrow(beside),
    alt=overview.alt(beside),
    picks="o",
    part=part.said,
)
files.downloads(
    "overview",
    lambda: overview.cell_rows(view),
    title=lambda: overview.title(view),
    filters=table.filters(basis),
    plans=plans,
)

cards.cell("o", names, topics, basis)

st.header(labels.t("overview.table"), anchor=False)
tables.table(
    *overview.table(view),
    name=labels.t("overview.table"),
    numbers=("tasks", "with_lead", "with_time", "subs"),
    plans=plans,
    filters=table.filters(basis),
)
frame.foot()
