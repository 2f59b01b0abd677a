"""Coverage: every plan against the 29 sub-dimensions, and the gaps to read first."""

import streamlit as st

from ui import absence, address, borrow, frame, labels, widgets
from ui.charts import coverage

frame.page("coverage")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = widgets.pick_plans(cited=True)
    basis = widgets.pick_basis()
    dim = widgets.pick_dimension()
plan_ids = tuple(plans["plan_id"])
with answer:
    frame.answer(coverage.answer(basis, plan_ids, dim))

widgets.key_of_marks(
    [
        (mark, labels.t(f"coverage.key_{mark}"))
        for mark in ("tile", "named", "passing", "weak", "described", "empty", "hatched", "no_plan", "dotted")
    ]
)
names = {plan_id: name for plan_id, name in widgets.plan_names(True).items() if plan_id in plan_ids}
topics = coverage.topics()
widgets.chosen_pair("o", names, topics)
with st.container(key="beside"):
    picture, beside = st.columns([68, 32], gap="large")
with picture:
    widgets.chart(
        "coverage",
        lambda: coverage.wide(basis, plan_ids, dim),
        lambda: coverage.narrow(basis, plan_ids, dim),
        alt=coverage.alt(basis, plan_ids, dim),
        picks="o",
        beside=True,
    )
    widgets.downloads(
        "coverage",
        coverage.cell_columns(),
        coverage.cell_rows(basis, plan_ids, dim),
        title=coverage.title(basis, plan_ids, dim),
        filters=widgets.filters(basis, dim),
        plans=plans,
    )
with beside:
    widgets.cell(
        "o",
        names,
        topics,
        basis,
        offer=lambda plan_id, topic, where: borrow.offer(basis, plan_id, topic, topics[topic], where),
    )
    st.header(labels.t("coverage.gaps"), anchor=False)
    widgets.ranked(
        coverage.gaps(basis, plan_ids, dim, address.kept_query()),
        note=f"{labels.t('coverage.gaps_note')} {absence.how_right()}",
        none=labels.t("coverage.gaps_none"),
    )
    borrow.download_gaps(coverage.gap_rows(basis, plan_ids, dim), filters=widgets.filters(basis, dim), plans=plans)

st.header(labels.t("coverage.table"), anchor=False)
widgets.table(
    *coverage.table(basis, plan_ids, dim),
    name=labels.t("coverage.table"),
    plans=plans,
    filters=widgets.filters(basis, dim),
)
frame.foot()
