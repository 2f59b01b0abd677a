"""Coverage: every plan against the 29 sub-dimensions, and the gaps to read first."""

import streamlit as st

from ui.export import table
from ui.page import address, cards, files, frame, pick, tables
from ui.page.picture import chart, key_of_marks
from ui.topics.coverage import borrow
from ui.topics.coverage import picture as coverage_picture
from ui.words import absence, labels
from ui.words.plans import plan_names

frame.page("coverage")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = pick.pick_plans(cited=True)
    basis = pick.pick_basis()
    dim = pick.pick_dimension()
plan_ids = tuple(plans["plan_id"])
with answer:
    frame.answer(coverage_picture.answer(basis, plan_ids, dim))

key_of_marks(
    [
        (mark, labels.t(f"coverage.key_{mark}"))
        for mark in ("tile", "named", "passing", "weak", "described", "empty", "hatched", "no_plan", "dotted")
    ]
)
names = {plan_id: name for plan_id, name in plan_names(True).items() if plan_id in plan_ids}
topics = coverage_picture.topics()
pick.chosen_pair("o", names, topics)
with st.container(key="beside"):
    picture, beside = st.columns([68, 32], gap="large")
with picture:
    chart(
        "coverage",
        lambda: coverage_picture.wide(basis, plan_ids, dim),
        lambda: coverage_picture.narrow(basis, plan_ids, dim),
        alt=coverage_picture.alt(basis, plan_ids, dim),
        picks="o",
        beside=True,
    )
    files.downloads(
        "coverage",
        coverage_picture.cell_columns(),
        coverage_picture.cell_rows(basis, plan_ids, dim),
        title=coverage_picture.title(basis, plan_ids, dim),
        filters=table.filters(basis, dim),
        plans=plans,
    )
with beside:
    cards.cell(
        "o",
        names,
        topics,
        basis,
        offer=lambda plan_id, topic, where: borrow.offer(basis, plan_id, topic, topics[topic], where),
    )
    st.header(labels.t("coverage.gaps"), anchor=False)
    tables.ranked(
        coverage_picture.gaps(basis, plan_ids, dim, address.kept_query()),
        note=f"{labels.t('coverage.gaps_note')} {absence.how_right()}",
        none=labels.t("coverage.gaps_none"),
    )
    borrow.download_gaps(
        coverage_picture.gap_rows(basis, plan_ids, dim), filters=table.filters(basis, dim), plans=plans
    )

st.header(labels.t("coverage.table"), anchor=False)
tables.table(
    *coverage_picture.table(basis, plan_ids, dim),
    name=labels.t("coverage.table"),
    plans=plans,
    filters=table.filters(basis, dim),
)
frame.foot()
