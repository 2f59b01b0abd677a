"""This year against last year: what of an office's earlier plan stands in the later word for word, what changed, what is gone,
and what is new.
"""

import streamlit as st

from ui.page import frame, pick, tables
from ui.topics.family import page, words
from ui.words import labels

frame.page("family")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plan = pick.pick_plan("truoc")
    earlier = page.pick_earlier(plan) if plan else None
    basis = pick.pick_basis()
if plan is None:
    pick.pick_nothing("o")
    tables.nothing(labels.t("family.no_plan"))
    frame.stop()
if lacking := words.missing(plan, earlier):
    pick.pick_nothing("o")
    with answer:
        tables.nothing(lacking)
    page.linked(plan)
    page.paper(plan, earlier, basis)
    page.family(plan)
    frame.stop()

assert earlier is not None
with answer:
    found = page.compared(plan, earlier, basis)
    page.linked(plan)
if found:
    page.show(found, picks="o")
else:
    page.paper(plan, earlier, basis)
page.family(plan)
frame.foot()
