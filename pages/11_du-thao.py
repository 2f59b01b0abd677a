"""Your plan: a document of the reader's own is read for this session alone, and set beside all others."""

import streamlit as st

from ui.mine import held
from ui.page import frame, pick, tables, write
from ui.topics import draft
from ui.words import labels

frame.page("draft")
now = held.now()
if now is None:
    frame.answer(labels.html("draft.what"))
    draft.offer(labels.t("draft.drop"))
    write.line("small", labels.html("draft.private"))
    frame.stop()

answer = st.container()
basis = pick.pick_basis()
with answer:
    draft.answer(basis)
    draft.doubts(now)
    tables.note(labels.t("draft.private_now"))

st.header(labels.t("draft.about"), anchor=False)
draft.about(now)
st.header(labels.t("draft.gaps"), anchor=False)
draft.gaps(basis)
st.header(labels.t("draft.last_year"), anchor=False)
draft.last_year(basis)
st.header(labels.t("draft.matrix"), anchor=False)
draft.matrix(basis)
st.header(labels.t("draft.offices"), anchor=False)
tables.note(labels.t("draft.offices_note"))
draft.offices()
st.header(labels.t("draft.findings"), anchor=False)
draft.doubtful()
st.header(labels.t("draft.units"), anchor=False)
draft.units(basis)
draft.left()
st.header(labels.t("draft.take"), anchor=False)
draft.take(basis)
st.header(labels.t("draft.another"), anchor=False)
draft.offer(labels.t("draft.drop"))
frame.foot()
