"""Briefing: choose plans, dimensions and parts, see how it will look, take it away; and one office's checklist."""
import streamlit as st

from ui import briefing, checklists, frame, labels, widgets

frame.page("briefing")
frame.answer(labels.html("briefing.answer"))
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = widgets.pick_plans()
    basis = widgets.pick_basis()
dims = briefing.pick_dimensions()
parts = briefing.pick_parts()
plan_ids = tuple(plans["plan_id"])
if not plan_ids:
    widgets.nothing(labels.t("content.no_plan"))
    frame.stop()
with st.spinner(labels.t("briefing.making")):
    printable, names = briefing.look(plan_ids, dims, parts, basis)
st.header(labels.t("briefing.files"), anchor=False)
briefing.files(plan_ids, dims, parts, basis, names)
st.html(f'<p class="note">{labels.html("briefing.note")}</p>')
st.header(labels.t("briefing.look"), anchor=False)
briefing.show(printable)
checklists.section()
frame.foot()
