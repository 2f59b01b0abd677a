"""Scores beside coverage: the province's PAPI scores by year, beside the plan's tasks on each dimension."""

import streamlit as st

from ui.data import Topic
from ui.export import table
from ui.page import cards, files, frame, pick, picture, tables
from ui.topics import scores
from ui.words import labels, plans

frame.page("scores")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters", width=760):
    plan = pick.pick_plan("o")
    basis = pick.pick_basis()
if plan is None:
    tables.nothing(labels.t("scores.no_plan"))
    frame.stop()
view = scores.view(basis, plan.plan_id)
if not scores.has_scores(view):
    tables.nothing(labels.t("scores.none"))
    frame.stop()
with answer:
    frame.answer(scores.answer(view))

picture.chart("scores", lambda: scores.wide(view), lambda: scores.narrow(view), alt=scores.alt(view), picks="o")
files.downloads(
    "scores",
    *scores.year_rows(view),
    title=scores.title(view),
    filters=[*table.filters(basis), labels.t("scores.source")],
    plans=[plan],
)
tables.note(labels.t("scores.rule"))

topics = scores.topics()
st.header(labels.t("tasks.heading"), anchor=False)
chosen = pick.pick_item("o", topics, labels.t("common.dimension_heading"))
cards.show(
    "o",
    chosen,
    f"{plans.plan_name(plan)} · {topics.get(chosen or '', '')}",
    lambda: scores.unit_ids(basis, view.plan.plan_id, Topic.of(chosen or "")),
    basis=basis,
    choose=labels.t("scores.choose"),
    none=labels.t("scores.none_here"),
)

st.header(labels.t("scores.first"), anchor=False)
tables.ranked(scores.ranked(view), note=labels.t("scores.first_note"), none=labels.t("scores.first_none"))

st.header(labels.t("scores.table"), anchor=False)
tables.table(
    *scores.table(view),
    name=labels.t("scores.table"),
    plans=[plan],
    filters=[*table.filters(basis), labels.t("scores.source")],
)
st.header(labels.t("scores.facts"), anchor=False)
for fact in scores.facts():
    tables.note(fact)
frame.foot()
