"""Coverage: every plan against the 29 sub-dimensions, and the gaps to read first."""

import streamlit as st

from ui.export import table
from ui.page import address, cards, files, frame, own, pick, tables
from ui.page.picture import chart
from ui.topics.coverage import borrow
from ui.topics.coverage import picture as coverage_picture
from ui.topics.coverage import tables as coverage_tables
from ui.topics.coverage import view as views
from ui.words import absence, labels
from ui.words.plans import names_by_id

frame.page("coverage")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = pick.pick_plans(cited=True)
    basis = pick.pick_basis()
    dim = pick.pick_dimension()
    ordered = pick.pick_order(plans, basis)
view = views.view(basis, tuple(plan.plan_id for plan in plans), dim, own.chosen())
with answer:
    frame.answer(views.answer(view))

part = pick.side_by_side(ordered)
shown = views.view(basis, part.plan_ids, dim, own.chosen())
names = names_by_id(plans)
topics = views.topics()
pick.chosen_pair("o", names, topics)
with st.container(key="beside"):
    picture, beside = st.columns([68, 32], gap="large")
with picture:
    pick.turn(part, "coverage")
    chart(
        "coverage",
        lambda: coverage_picture.wide(shown),
        lambda: coverage_picture.narrow(shown),
        alt=views.alt(shown),
        picks="o",
        beside=True,
        part=part.said,
    )
    files.downloads(
        "coverage",
        lambda: coverage_tables.cell_rows(view),
        title=lambda: views.title(view),
        filters=table.filters(basis, dim),
        plans=plans,
    )
with beside:
    cards.cell(
        "o",
        names,
        topics,
        basis,
        offer=lambda plan_id, topic, where: borrow.offer(basis, plan_id, topic, topics[str(topic)], where),
    )
    st.header(labels.t("coverage.gaps"), anchor=False)
    tables.ranked(
        coverage_tables.gaps(view, address.kept_query()),
        note=" ".join(
            filter(None, [labels.t("coverage.gaps_note"), absence.amendments(view.plan_ids), absence.how_right()])
        ),
        none=labels.t("coverage.gaps_none"),
    )
    borrow.download_gaps(coverage_tables.gap_rows(view), filters=table.filters(basis, dim), plans=plans)

st.header(labels.t("coverage.table"), anchor=False)
pick.turn(part, "coverage-table")
tables.table(
    *coverage_tables.table(shown), name=labels.t("coverage.table"), plans=part.plans, filters=table.filters(basis, dim)
)
frame.foot()
