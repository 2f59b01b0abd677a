"""Read a plan: the document as it was published, each unit marked in place; beside it what was read from one of them,
and why.
"""

import streamlit as st

from ui.page import frame, pick, tables
from ui.topics.read import page
from ui.topics.read.view import view
from ui.words import labels

frame.page("read", page.title)
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plan = page.pick_plan()
    basis = pick.pick_basis()
    shown = pick.pick_one(
        "xem",
        {"tat-ca": labels.t("read.all"), "con-lai": labels.t("read.left")},
        labels.t("read.show"),
        labels.t("read.show"),
    )
if plan is None:
    tables.nothing(labels.t("read.no_plan"))
    frame.stop()
reading = view(basis, plan.plan_id)
with answer:
    frame.answer(page.answer(reading))
if not plan.is_read:
    page.no_unit()
    tables.nothing(page.unread(plan))
    frame.stop()

page.strip(reading)
part = page.part(reading, left=shown == "con-lai")
with st.container(key="reading"):
    text, beside = st.columns([2, 1], gap="medium")
with text:
    page.text(reading, part, left=shown == "con-lai")
    page.downloads(plan)
with beside:
    page.beside(reading, part)
frame.foot()
