"""Who acts: agencies by dimension and role, by the plan's names or by today's; what somebody has to decide; and which
column became which role.
"""

import streamlit as st

from ui.export import table
from ui.page import address, cards, files, frame, pick, picture, tables, write
from ui.topics.who import picture as who_picture
from ui.topics.who import rows as who_rows
from ui.topics.who import tables as who_tables
from ui.topics.who.rows import ROLES
from ui.words import labels

frame.page("who")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plans = pick.pick_plans(alone=True)
    basis = pick.pick_basis()
    names = pick.pick_one(
        "ten",
        {one: labels.t(f"who.names_{word}") for one, word in (("ke-hoach", "plan"), ("hien-nay", "today"))},
        labels.t("who.names"),
        labels.t("who.choose_names"),
        clears="o",
    )
    role = pick.pick_one(
        "vt",
        {one: labels.t(f"who.role.{one}") for one in ROLES},
        labels.t("who.role"),
        labels.lower(labels.t("who.role")),
    )
plan_ids, today = tuple(plan.plan_id for plan in plans), names == "hien-nay"
view = who_rows.view(basis, plan_ids, role, today)
with answer:
    frame.answer(who_rows.answer(view))
if not view.has_tasks:
    tables.nothing(labels.t("who.nothing"))
    frame.stop()

said = [
    *table.filters(basis),
    f"{labels.t('who.names')}: {labels.t('who.names_today' if today else 'who.names_plan')}",
    f"{labels.t('who.role')}: {labels.t(f'who.role.{role}')}",
]
agencies, parts = who_rows.offices() if today else who_rows.agencies(), who_rows.parts(role, today)
pick.chosen_pair("o", agencies, parts)
if view.has_role:
    every = pick.pick_flag("it", labels.t("who.every", few=who_rows.FEW), labels.t("who.every_filter"))
    picture.chart(
        "who",
        lambda: who_picture.wide(view, every),
        lambda: who_picture.narrow(view, every),
        alt=who_rows.alt(view),
        picks="o",
    )
    files.downloads(
        "who", lambda: who_tables.cell_rows(view), title=lambda: who_rows.title(view), filters=said, plans=plans
    )
else:
    tables.nothing(labels.t("who.nothing_role", role=labels.lower(labels.t(f"who.role.{role}"))))
if today:
    for words in (labels.t("who.rule_today"), who_tables.provinces(plan_ids)):
        tables.note(words)

st.header(labels.t("tasks.heading"), anchor=False)
chosen = pick.pick_pair("o", agencies, parts, labels.t("who.office" if today else "who.agency"), labels.t("who.part"))
agency, part = chosen or ("", "")
cards.show(
    "o",
    "~".join(chosen) if chosen else None,
    f"{agencies.get(agency)} · {parts.get(part)}",
    lambda: who_rows.unit_ids(view, agency, part),
    basis=basis,
    choose=labels.t("who.choose"),
    none=labels.t("who.none_here"),
)

st.header(labels.t("who.decide"), anchor=False)
items, note = who_tables.decisions(plan_ids, address.kept_query())
tables.ranked(items, note=note, none=labels.t("who.decide_none"))
if items:
    files.download(
        "who-decide",
        labels.t("who.decide_file", n=who_tables.decision_count(plan_ids)),
        lambda: who_tables.decision_rows(plan_ids),
        title=labels.t("who.decide"),
        plans=plans,
    )

st.header(labels.t("who.origins"), anchor=False)
columns, rows = who_tables.origins(plan_ids)
tables.table(columns, rows, name=labels.t("who.origins"), numbers=("uncertain",), plans=plans)
write.line("small", labels.html("who.origins_note"))

st.header(labels.t("who.table"), anchor=False)
columns, rows, numbers = who_tables.table(view)
tables.table(columns, rows, name=labels.t("who.table"), numbers=numbers, plans=plans, filters=said)
frame.foot()
