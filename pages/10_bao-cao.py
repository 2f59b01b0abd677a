"""Briefing: choose plans, dimensions and parts, see how it will look, take it away; letters and checklists."""

import streamlit as st
from markupsafe import Markup

from ui.page import frame, pick, write
from ui.topics.briefing import checklists, issuer, page
from ui.words import labels

frame.page("briefing")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = page.pick_plans()
    basis = pick.pick_basis()
dims = page.pick_dimensions()
parts = page.pick_parts()
office = issuer.section()
plan_ids = tuple(plan.plan_id for plan in plans)
if not plan_ids:
    with answer:
        frame.answer(labels.html("briefing.answer"))
    page.choose()
elif look := page.look(plan_ids, dims, parts, basis):
    with answer:
        frame.answer(Markup("{} {}").format(look.holds, labels.html("briefing.answer")))
    st.header(labels.t("briefing.files"), anchor=False)
    page.files(plan_ids, dims, parts, basis, look, office)
    write.line("note", labels.html("briefing.note"))
    st.header(labels.t("briefing.look"), anchor=False)
    page.show(look)
checklists.section(office)
frame.foot()
