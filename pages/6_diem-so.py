"""Scores beside coverage: the province's PAPI scores by year, beside the plan's tasks on each dimension."""

import pandas
import streamlit as st

from ui.export import table
from ui.page import cards, files, frame, pick, picture, tables
from ui.topics import scores
from ui.words import labels, plans

frame.page("scores")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters", width=760):
    plan = pick.pick_plan()
    basis = pick.pick_basis()
if plan is None:
    tables.nothing(labels.t("scores.no_plan"))
    frame.stop()
plan_id = plan["plan_id"]
if not scores.has_scores(plan_id):
    tables.nothing(labels.t("scores.none"))
    frame.stop()
with answer:
    frame.answer(scores.answer(basis, plan_id))

picture.chart(
    "scores",
    lambda: scores.wide(basis, plan_id),
    lambda: scores.narrow(basis, plan_id),
    alt=scores.alt(basis, plan_id),
    picks="o",
)
columns, rows = scores.year_rows(basis, plan_id)
files.downloads(
    "scores",
    columns,
    rows,
    title=scores.title(basis, plan_id),
    filters=[*table.filters(basis), labels.t("scores.source")],
    plans=pandas.DataFrame([plan]),
)
tables.note(labels.t("scores.rule"))

topics = scores.topics()
st.header(labels.t("tasks.heading"), anchor=False)
chosen = pick.pick_item("o", topics, labels.t("common.dimension_heading"))
cards.show(
    "o",
    chosen,
    f"{plans.plan_name(plan)} · {topics.get(chosen or '', '')}",
    lambda: scores.unit_ids(basis, plan_id, chosen or ""),
    basis=basis,
    choose=labels.t("scores.choose"),
    none=labels.t("scores.none_here"),
)

st.header(labels.t("scores.first"), anchor=False)
tables.ranked(scores.ranked(basis, plan_id), note=labels.t("scores.first_note"), none=labels.t("scores.first_none"))

st.header(labels.t("scores.table"), anchor=False)
columns, rows = scores.table(basis, plan_id)
tables.table(
    columns,
    rows,
    name=labels.t("scores.table"),
    plans=pandas.DataFrame([plan]),
    filters=[*table.filters(basis), labels.t("scores.source")],
)
st.header(labels.t("scores.facts"), anchor=False)
for fact in scores.facts():
    tables.note(fact)
frame.foot()
