"""Briefing: choose plans, dimensions, parts and a file, see how it will look, take it away; letters and checklists."""

import streamlit as st

from ui.page import address, frame, pick, write
from ui.topics.briefing import checklists, issuer, page
from ui.words import labels
from ui.words.markup import filled

frame.page("briefing")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = page.pick_plans()
    basis = pick.pick_basis()
dims = page.pick_dimensions()
parts = page.pick_parts()
name = page.pick_format()
office = issuer.section()
plan_ids = tuple(plan.plan_id for plan in plans)
choice = page.Choice(plan_ids, dims, parts, basis, name, office, address.here())
if not plan_ids:
    with answer:
        frame.answer(labels.html("briefing.answer"))
    page.choose()
elif not page.is_wanted(choice):
    holds = page.ask(choice)
    with answer:
        frame.answer(filled("{} {}", holds, labels.html("briefing.answer")))
elif look := page.look(choice):
    with answer:
        frame.answer(filled("{} {}", look.holds, labels.html("briefing.answer")))
    page.take(choice, look)
    write.line("note", labels.html("briefing.note"))
    st.header(labels.t("briefing.look"), anchor=False)
    page.preview(choice, look)
checklists.section(office, plan_ids)
frame.foot()
