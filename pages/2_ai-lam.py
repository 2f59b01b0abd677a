"""Who acts: agencies by dimension and role, by the plan's names or by today's; what somebody has to decide; and which
column became which role.
"""

import streamlit as st

from ui import address, frame, labels, panel, widgets
from ui.charts import who

frame.page("who")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = widgets.pick_plans()
    basis = widgets.pick_basis()
    names = panel.pick_one(
        "ten",
        {one: labels.t(f"who.names_{word}") for one, word in (("ke-hoach", "plan"), ("hien-nay", "today"))},
        labels.t("who.names"),
        labels.t("who.choose_names"),
        clears="o",
    )
    role = panel.pick_one(
        "vt",
        {one: labels.t(f"who.role.{one}") for one in who.ROLES},
        labels.t("who.role"),
        labels.lower(labels.t("who.role")),
    )
plan_ids, today = tuple(plans["plan_id"]), names == "hien-nay"
with answer:
    frame.answer(who.answer(plan_ids, today))
if not who.has_tasks(plan_ids):
    widgets.nothing(labels.t("who.nothing"))
    frame.stop()

said = [
    *widgets.filters(basis),
    f"{labels.t('who.names')}: {labels.t('who.names_today' if today else 'who.names_plan')}",
    f"{labels.t('who.role')}: {labels.t(f'who.role.{role}')}",
]
agencies, parts = who.offices() if today else who.agencies(), who.parts(role, today)
widgets.chosen_pair("o", agencies, parts)
if who.has_tasks(plan_ids, role):
    every = panel.pick_flag("it", labels.t("who.every", few=who.FEW), labels.t("who.every_filter"))
    widgets.chart(
        "who",
        lambda: who.wide(basis, plan_ids, role, every, today),
        lambda: who.narrow(basis, plan_ids, role, every, today),
        alt=who.alt(basis, plan_ids, role, today),
        picks="o",
    )
    columns, rows = who.office_rows(basis, plan_ids) if today else who.cell_rows(basis, plan_ids)
    widgets.downloads("who", columns, rows, title=who.title(basis, plan_ids, role, today), filters=said, plans=plans)
else:
    widgets.nothing(labels.t("who.nothing_role", role=labels.lower(labels.t(f"who.role.{role}"))))
if today:
    for words in (labels.t("who.rule_today"), who.provinces(plan_ids)):
        panel.note(words)

st.header(labels.t("tasks.heading"), anchor=False)
chosen = widgets.pick_pair(
    "o", agencies, parts, labels.t("who.office" if today else "who.agency"), labels.t("who.part")
)
agency, part = chosen or ("", "")
panel.show(
    "o",
    "~".join(chosen) if chosen else None,
    f"{agencies.get(agency)} · {parts.get(part)}",
    lambda: who.unit_ids(basis, plan_ids, agency, part, today),
    basis=basis,
    choose=labels.t("who.choose"),
    none=labels.t("who.none_here"),
)

st.header(labels.t("who.decide"), anchor=False)
items, note = who.decisions(plan_ids, address.kept_query())
widgets.ranked(items, note=note, none=labels.t("who.decide_none"))
if items:
    panel.download(
        "who-decide",
        labels.t("who.decide_file", n=who.decision_count(plan_ids)),
        lambda: who.decision_rows(plan_ids),
        title=labels.t("who.decide"),
        plans=plans,
    )

st.header(labels.t("who.origins"), anchor=False)
columns, rows = who.origins(plan_ids)
widgets.table(columns, rows, name=labels.t("who.origins"), numbers=("uncertain",), plans=plans)
st.html(f'<p class="small">{labels.html("who.origins_note")}</p>')

st.header(labels.t("who.table"), anchor=False)
columns, rows, numbers = who.table(basis, plan_ids, role, today)
widgets.table(columns, rows, name=labels.t("who.table"), numbers=numbers, plans=plans, filters=said)
frame.foot()
