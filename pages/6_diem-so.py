"""Scores beside coverage: a province's PAPI scores by year, beside a plan's tasks on each dimension or sub-dimension."""

import streamlit as st

from ui.data import Topic
from ui.export import table
from ui.page import address, cards, files, frame, pick, picture, tables
from ui.topics.scores import picture as scores_picture
from ui.topics.scores import tables as scores_tables
from ui.topics.scores import view as scores
from ui.words import labels, plans

frame.page("scores")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters", width=760):
    plan = pick.pick_plan("o", "diem", among=scores.plans_of(address.asked("diem")))
    province = pick.pick_item("diem", scores.provinces(), labels.t("scores.place"), scores.own_province(plan))
    basis = pick.pick_basis()
    dim = pick.pick_dimension("scores.sub_of")
if province is None:
    tables.nothing(labels.t("scores.no_plan"))
    frame.stop()
view = scores.view(basis, province, plan.plan_id if plan else None, dim)
with answer:
    frame.answer(scores.answer(view))
if not scores.has_scores(view):
    tables.nothing(labels.t("scores.none"))
    frame.stop()

shown = [plan] if plan else []
filters = [*table.filters(basis), labels.t("scores.source"), labels.t("scores.fact_rights")]
picture.chart(
    "scores",
    lambda: scores_picture.wide(view),
    lambda: scores_picture.narrow(view),
    alt=scores.alt(view),
    picks="o" if shown else None,
)
files.downloads(
    "scores", lambda: scores_tables.every_year(view), title=scores.title(view), filters=filters, plans=shown
)
tables.note(labels.t("scores.rule"))

if plan:
    topics, plan_id = scores.topics(), plan.plan_id
    st.header(labels.t("tasks.heading"), anchor=False)
    chosen = pick.pick_item("o", topics, labels.t("common.dimension_heading"))
    cards.show(
        "o",
        chosen,
        f"{plans.plan_name(plan)} · {topics.get(chosen or '', '')}",
        lambda: scores.unit_ids(basis, plan_id, Topic.of(chosen or "")),
        basis=basis,
        choose=labels.t("scores.choose"),
        none=labels.t("scores.none_here"),
    )
    st.header(labels.t("scores.first"), anchor=False)
    tables.ranked(scores.ranked(view), note=labels.t("scores.first_note"), none=labels.t("scores.first_none"))

st.header(labels.t("scores.table"), anchor=False)
tables.table(*scores_tables.around(view), name=labels.t("scores.table"), plans=shown, filters=filters)
if plan and view.is_merged:
    st.header(labels.t("scores.parts"), anchor=False)
    tables.table(*scores_tables.parts(plan), name=labels.t("scores.parts"), plans=shown, filters=filters)
st.header(labels.t("scores.facts"), anchor=False)
for fact in scores.facts():
    tables.note(fact)
tables.table(*scores_tables.breaks(view), name=labels.t("scores.breaks"), plans=shown, filters=filters)
frame.foot()
