"""Compare: two to four plans side by side, their tasks that correspond, those that may, and those that only one of them
has.
"""

import streamlit as st

from ui import data
from ui.data.compare import NEAR
from ui.export import table
from ui.page import cards, files, frame, own, pick, picture, tables, write
from ui.topics.compare import comparison, pairs, words
from ui.topics.compare import picture as compare_picture
from ui.topics.compare import tables as compare_tables
from ui.words import labels
from ui.words.plans import plan_name

frame.page("compare")
answer = st.container()
with st.container(horizontal=True, gap="medium", key="filters"):
    plan_ids, notes = pairs.pick_plans()
    basis = pick.pick_basis()
    bar = pairs.pick_bar()
pairs.say(notes)
if len(plan_ids) < 2:
    pick.pick_nothing("o")
    tables.nothing(labels.t("compare.one_chosen" if plan_ids else "compare.too_few"))
    frame.stop()
found = comparison.compare(basis, plan_ids, bar, own.chosen())
with answer:
    frame.answer(words.answer(found))
pairs.say(words.notes(found))

plans = [data.plan(plan_id) for plan_id in plan_ids]
filters = [*table.filters(basis), labels.t("compare.bar_said", bar=bar)]
if found.has_tasks:
    names = {plan.plan_id: plan_name(plan) for plan in plans}
    parts = words.parts(found)
    pick.chosen_pair("o", names, parts)
    picture.chart(
        "compare",
        lambda: compare_picture.wide(found),
        lambda: compare_picture.narrow(found),
        alt=words.alt(found),
        picks="o",
    )
    files.downloads(
        "compare", lambda: compare_tables.counts(found), title=words.title(found), filters=filters, plans=plans
    )
    chosen = pick.pick_pair("o", names, parts, labels.t("common.plan_heading"), labels.t("compare.part"))
    plan, part = chosen or ("", "")
    cards.show(
        "o",
        "~".join(chosen) if chosen else None,
        f"{names.get(plan)} · {parts.get(part)}",
        lambda: found.unit_ids(plan, part),
        basis=basis,
        choose=labels.t("compare.choose"),
        none=labels.t("compare.none_here"),
    )

    st.header(labels.t("compare.pairs"), anchor=False)
    with st.container(horizontal=True, gap="medium", key="filters-pairs"):
        shown = pick.pick_one(
            "loc",
            {one: labels.t(f"compare.shown.{one}") for one in pairs.SHOWN},
            labels.t("compare.shown"),
            labels.t("compare.shown_filter"),
        )
        dim = pick.pick_dimension()
    matches = pairs.chosen_matches(found, shown, dim)
    if matches:
        write.line("small", labels.html("compare.pairs_note", n=len(matches)))
        pairs.pairs(found, matches, "pairs", [*filters, labels.t(f"compare.shown.{shown}")])
    else:
        tables.nothing(labels.t("compare.no_pairs_here" if found.matches else "compare.no_pairs", bar=bar))
    write.line("small rule", labels.html("compare.rule", bar=bar, near=NEAR))

    near = pairs.chosen_maybe(found, dim)
    if near:
        st.header(labels.t("compare.maybe"), anchor=False)
        write.line("small", labels.html("compare.maybe_note", n=len(near), near=NEAR, bar=bar))
        pairs.pairs(found, near, "maybe", [*filters, labels.t("compare.maybe")])

    columns, rows, differing = compare_tables.differences(matches, pairs.MOST_DIFFERENCES)
    if rows:
        st.header(labels.t("compare.differences"), anchor=False)
        write.line("small", labels.html("compare.differences_note", n=differing, shown=len(rows)))
        tables.table(columns, rows, name=labels.t("compare.differences"), plans=plans, filters=filters)

    st.header(labels.t("compare.only"), anchor=False)
    write.line("small", labels.html("compare.only_note", near=NEAR))
    pairs.only_lists(found, dim)
    pairs.download(
        "compare.only", labels.t("compare.download_only"), found, lambda: compare_tables.only(found), filters
    )

    st.header(labels.t("compare.table"), anchor=False)
    tables.table(*compare_tables.table(found), name=labels.t("compare.table"), plans=plans, filters=filters)
else:
    tables.nothing(labels.t("compare.no_task_anywhere"))
frame.foot()
