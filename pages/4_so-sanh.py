"""Compare: two to four plans side by side, their tasks that correspond, and those that only one of them has."""

import streamlit as st

from ui import data
from ui.export import table
from ui.page import cards, files, frame, pick, picture, tables, write
from ui.topics.compare import pairs
from ui.topics.compare import picture as compare_picture
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
    tables.nothing(labels.t("compare.one_chosen" if plan_ids else "compare.too_few"))
    frame.stop()
with answer:
    frame.answer(compare_picture.answer(basis, plan_ids, bar))
pairs.say(compare_picture.notes(basis, plan_ids, bar))

found = compare_picture.compare(basis, plan_ids, bar)
title = compare_picture.title(basis, plan_ids, bar)
plans = data.plans()
plans = plans[plans["plan_id"].isin(plan_ids)]
filters = [*table.filters(basis), labels.t("compare.bar_said", bar=bar)]
if found.tasks:
    names = {plan["plan_id"]: plan_name(plan) for plan in plans.to_dict("records")}
    parts = compare_picture.parts(basis, plan_ids)
    pick.chosen_pair("o", names, parts)
    picture.chart(
        "compare",
        lambda: compare_picture.wide(basis, plan_ids, bar),
        lambda: compare_picture.narrow(basis, plan_ids, bar),
        alt=compare_picture.alt(basis, plan_ids, bar),
        picks="o",
    )
    files.downloads(
        "compare", *compare_picture.count_rows(basis, plan_ids, bar), title=title, filters=filters, plans=plans
    )
    chosen = pick.pick_pair("o", names, parts, labels.t("common.plan_heading"), labels.t("compare.part"))
    plan, part = chosen or ("", "")
    cards.show(
        "o",
        "~".join(chosen) if chosen else None,
        f"{names.get(plan)} · {parts.get(part)}",
        lambda: compare_picture.unit_ids(basis, plan_ids, bar, plan, part),
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
        pairs.pairs(matches)
        pairs.download(
            "compare.pairs",
            compare_picture.match_rows(matches),
            words=labels.t("compare.download_pairs", n=len(matches)),
            title=title,
            filters=[*filters, labels.t(f"compare.shown.{shown}")],
            plan_ids=plan_ids,
        )
    else:
        tables.nothing(labels.t("compare.no_pairs_here" if found.matches else "compare.no_pairs", bar=bar))
    write.line("small rule", labels.html("compare.rule", bar=bar, share=labels.percent(1, 3)))

    columns, rows, differing = compare_picture.difference_rows(matches, pairs.MOST_PAIRS)
    if rows:
        st.header(labels.t("compare.differences"), anchor=False)
        write.line("small", labels.html("compare.differences_note", n=differing, shown=len(rows)))
        tables.table(columns, rows, name=labels.t("compare.differences"), plans=plans, filters=filters)

    st.header(labels.t("compare.only"), anchor=False)
    pairs.only_lists(basis, plan_ids, bar, dim)
    pairs.download(
        "compare.only",
        compare_picture.only_rows(basis, plan_ids, bar),
        words=labels.t("compare.download_only"),
        title=title,
        filters=filters,
        plan_ids=plan_ids,
    )

    st.header(labels.t("compare.table"), anchor=False)
    tables.table(
        *compare_picture.table(basis, plan_ids, bar), name=labels.t("compare.table"), plans=plans, filters=filters
    )
else:
    tables.nothing(labels.t("compare.no_task_anywhere"))
frame.foot()
