"""Read a plan: the document as it was published, each unit marked in place; beside it what was read from one of them,
and why.
"""

import streamlit as st

from ui import frame, labels, panel, reading, widgets

frame.page("read", reading.title)
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plan = reading.pick_plan()
    basis = widgets.pick_basis()
    shown = panel.pick_one(
        "xem",
        {"tat-ca": labels.t("read.all"), "con-lai": labels.t("read.left")},
        labels.t("read.show"),
        labels.t("read.show"),
    )
if plan is None:
    widgets.nothing(labels.t("read.no_plan"))
    frame.stop()
with answer:
    frame.answer(reading.answer(plan["plan_id"]))
if plan["status"] != "read":
    widgets.nothing(reading.unread(plan))
    frame.stop()

reading.strip(plan["plan_id"], basis)
with st.container(key="reading"):
    text, beside = st.columns([2, 1], gap="medium")
with text:
    reading.text(plan["plan_id"], basis, left=shown == "con-lai")
    reading.downloads(plan)
with beside:
    reading.beside(plan, basis)
frame.foot()
