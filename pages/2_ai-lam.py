"""Who acts: agencies by dimension and role, and which column of which plan became which role."""
import streamlit as st

from ui import frame, labels, panel, widgets
from ui.charts import who

frame.page("who")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = widgets.pick_plans()
    basis = widgets.pick_basis()
    role = panel.pick_one("vt", {one: labels.t(f"who.role.{one}") for one in who.ROLES}, labels.t("who.role"), labels.lower(labels.t("who.role")))
plan_ids = tuple(plans["plan_id"])
with answer:
    frame.answer(who.answer(plan_ids))
if not who.has_tasks(plan_ids):
    widgets.nothing(labels.t("who.nothing"))
    frame.stop()

agencies, parts = who.agencies(), who.parts(role)
widgets.chosen_pair("o", agencies, parts)
if who.has_tasks(plan_ids, role):
    every = panel.pick_flag("it", labels.t("who.every", few=who.FEW), labels.t("who.every_filter"))
    widgets.chart("who", lambda: who.wide(basis, plan_ids, role, every), lambda: who.narrow(basis, plan_ids, role, every), alt=who.alt(basis, plan_ids, role), picks="o")
    columns, rows = who.cell_rows(basis, plan_ids)
    widgets.downloads("who", columns, rows, title=who.title(basis, plan_ids, role),
                      filters=[*widgets.filters(basis), f"{labels.t('who.role')}: {labels.t(f'who.role.{role}')}"], plans=plans)
else:
    widgets.nothing(labels.t("who.nothing_role", role=labels.lower(labels.t(f"who.role.{role}"))))

st.header(labels.t("tasks.heading"), anchor=False)
chosen = widgets.pick_pair("o", agencies, parts, labels.t("who.agency"), labels.t("who.part"))
agency, part = chosen or ("", "")
panel.show("o", "~".join(chosen) if chosen else None, f"{agencies.get(agency)} · {parts.get(part)}",
           lambda: who.unit_ids(basis, plan_ids, agency, part), basis=basis, choose=labels.t("who.choose"), none=labels.t("who.none_here"))

st.header(labels.t("who.origins"), anchor=False)
columns, rows = who.origins(plan_ids)
widgets.table(columns, rows, name=labels.t("who.origins"), numbers=("uncertain",))
st.html(f'<p class="small">{labels.html("who.origins_note")}</p>')

st.header(labels.t("who.table"), anchor=False)
columns, rows, numbers = who.table(basis, plan_ids, role)
widgets.table(columns, rows, name=labels.t("who.table"), numbers=numbers)
frame.foot()
