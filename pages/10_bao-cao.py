"""Briefing: choose plans, dimensions and parts, see how it will look, take it away; and one office's checklist."""

import streamlit as st

from ui import briefing, checklists, frame, labels, widgets

frame.page("briefing")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = briefing.pick_plans()
    basis = widgets.pick_basis()
dims = briefing.pick_dimensions()
parts = briefing.pick_parts()
plan_ids = tuple(plans["plan_id"])
if not plan_ids:
    with answer:
        frame.answer(labels.html("briefing.answer"))
    briefing.choose()
elif look := briefing.look(plan_ids, dims, parts, basis):
    with answer:
        frame.answer(f"{look.holds} {labels.html('briefing.answer')}")
    st.header(labels.t("briefing.files"), anchor=False)
    briefing.files(plan_ids, dims, parts, basis, look)
    st.html(f'<p class="note">{labels.html("briefing.note")}</p>')
    st.header(labels.t("briefing.look"), anchor=False)
    briefing.show(look)
checklists.section()
frame.foot()
