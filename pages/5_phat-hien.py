"""Findings: where each plan contradicts itself, what it leaves open, what could not be read for sure; each with its
place.
"""

import streamlit as st

from ui import data
from ui.page import address, cards, files, filters, frame, paging, pick, picture, tables, write
from ui.topics import findings as charts
from ui.words import findings, labels
from ui.words.plans import names_by_id

frame.page("findings")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters", width=760):
    plans = pick.pick_plans(alone=True)
    every = charts.view(tuple(plan.plan_id for plan in filters.plans()), None)
    kinds = charts.options(every)
    kind = pick.pick_item("loai", kinds, labels.t("findings.kind"))
view = charts.view(tuple(plan.plan_id for plan in plans), kind)
with answer:
    frame.answer(charts.answer(view))
shown = {code: findings.title(code) for code in view.codes}
if not shown:
    tables.nothing(labels.t("findings.nothing"))
    frame.stop()

names = names_by_id(plans)
# the cell in view goes with the kind that is no longer shown
if kind and (address.asked("o") or "").partition("~")[2] not in ("", kind):
    address.put("o", None)
pick.chosen_pair("o", names, shown)
part = pick.side_by_side(plans)
beside = charts.view(part.plan_ids, kind)
pick.turn(part, "findings")
picture.chart(
    "findings",
    lambda: charts.wide(beside),
    lambda: charts.narrow(beside),
    alt=charts.alt(beside),
    picks="o",
    part=part.said,
)
said = [f"{labels.t('findings.kind')}: {kinds[kind]}"] if kind else []
files.downloads("findings", lambda: charts.cell_rows(view), title=lambda: charts.title(view), filters=said, plans=plans)
files.download(
    "findings.download",
    labels.t("findings.download"),
    lambda: findings.csv_rows(tuple(names), tuple(shown)),
    title=labels.t("findings.menu"),
    plans=plans,
)

st.header(labels.t("tasks.heading"), anchor=False)
chosen = pick.pick_pair("o", names, shown, labels.t("common.plan_heading"), labels.t("findings.kind"))
# one finding in view goes with its cell
if st.session_state.get("seen.o") not in (None, chosen):
    address.put("muc", None)
st.session_state["seen.o"] = chosen
if chosen:
    plan_id, code = chosen
    found = data.findings((plan_id,), (code,), findings.MOST)
    only = address.value("muc", [str(one.nth) for one in found], labels.t("findings.one"))
    picked = [one for one in found if only in (None, str(one.nth))]

    def body() -> None:
        write.head(labels.html("findings.cell_head", plan=names[plan_id], kind=shown[code], n=len(picked)))
        if not picked:
            write.line("small", labels.html("findings.none_here"))
            return
        write.markup(charts.cards(picked, data.plan(plan_id), address.kept_query()))
        units = data.units(findings.unit_ids(picked))
        if units:
            write.line("small", labels.html("findings.cards", n=len(units)))
            cards.tasks(units)

    def clear() -> None:
        address.put("o", None)
        address.put("muc", None)
        address.redraw()

    body()
    # a link to one finding shows it at once, far below as its cell may stand
    is_new = only is not None and st.session_state.get("seen.muc") != (chosen, only)
    st.session_state["seen.muc"] = (chosen, only)
    st.button(labels.t("tasks.clear"), key="clear.o", type="tertiary", on_click=clear)
    if picture.wants_dialog("o") or is_new:
        st.dialog(labels.t("tasks.heading"), width="large", position="right")(body)()
else:
    address.put("muc", None)
    write.line("small choose", labels.html("findings.choose"))

pick.turn(part, "findings-lists")
some = paging.page(len(part.plans), charts.MOST_LISTS)
here = charts.view(part.plan_ids[some.here], kind)
for plan in here.plans:
    st.header(names[plan.plan_id], anchor=False)
    write.markup(charts.lists(here, plan.plan_id, address.kept_query()))
paging.turn(some)

st.header(labels.t("findings.rules"), anchor=False)
tables.note(labels.t("findings.rules_note"))
tables.table(*charts.rule_table(every), name=labels.t("findings.rules"), numbers=("found",))
frame.foot()
