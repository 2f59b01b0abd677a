"""The whole country: many plans in one picture, and the plans behind each of its marks."""

import streamlit as st

from ui.export import table
from ui.page import files, filters, frame, own, pick, picture, tables
from ui.topics.country import PICTURES
from ui.topics.country.view import Asked
from ui.words import labels

frame.page("country")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = pick.pick_plans()
    basis = pick.pick_basis()
asked = Asked.of(basis, plans, own.chosen(), filters.replaced())
names = {key: labels.t(f"country.{one.NAME}") for key, one in PICTURES.items()}
chosen = PICTURES[pick.pick_one("bieu", names, labels.t("country.picture"), labels.t("country.picture"), clears="o")]
with st.container(horizontal=True, gap="medium", key="choices"):
    view = chosen.choose(asked)
if nothing := chosen.nothing(view):
    tables.nothing(nothing)
    frame.stop()
with answer:
    frame.answer(chosen.answer(view))

name = f"country-{chosen.NAME}"
picture.chart(
    name,
    lambda: chosen.wide(view),
    lambda: chosen.narrow(view),
    alt=labels.t("overview.alt", title=chosen.title(view)),
    picks="o",
    part=chosen.part(view),
)
told = [*table.filters(basis), *chosen.filters(view)]
plans = (*plans, *(plan for plan in filters.replaced() if plan.plan_id in view.asked.plan_ids))
files.downloads(name, lambda: chosen.rows(view), title=chosen.title(view), filters=told, plans=plans)
tables.note(chosen.rule(view))
chosen.behind(view)
st.header(labels.t("country.table"), anchor=False)
tables.table(*chosen.table(view), name=labels.t("country.table"), plans=plans, filters=told)
frame.foot()
