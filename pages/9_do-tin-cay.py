"""How sure are we: how a plan is read, how right that was found to be, what was left, and what the figures do not
say.
"""

from pathlib import Path

import streamlit as st

from ui import data
from ui.data import Basis
from ui.data.compare import BAR
from ui.export import package, table
from ui.page import address, cards, files, frame, pick, picture, tables, write
from ui.topics.method import measures
from ui.topics.method import picture as method_picture
from ui.topics.method import tables as method_tables
from ui.words import labels

frame.page("method")
frame.answer(measures.answer())
plans = pick.counted()
plan_ids = tuple(plan.plan_id for plan in plans)
part = pick.side_by_side(plans)

st.header(labels.t("method.how"), anchor=False)
write.markup(measures.how(plan_ids))

if measures.has_reading():
    st.header(labels.t("method.reading"), anchor=False)
    tables.note(labels.t("method.reading_note"))
    picture.chart(
        "method-reading", method_picture.reading_wide, method_picture.reading_narrow, alt=method_picture.reading_alt()
    )
    title = labels.t("method.title")
    files.downloads("method", method_tables.measure_rows, title=title, filters=(), plans=measures.plans())
    st.subheader(labels.t("method.reading_table"), anchor=False)
    with st.container(key="figures-reading"):
        tables.table(*method_tables.reading_table(), name=labels.t("method.reading_table"), plans=measures.plans())
    st.subheader(labels.t("method.kinds_confused"), anchor=False)
    write.markup(method_tables.kind_words())
    write.markup(method_tables.kinds())
    tables.note(labels.t("method.kinds_note"))

if measures.has_matching():
    st.header(labels.t("method.matching"), anchor=False)
    tables.note(labels.t("method.matching_note"))
    picture.chart(
        "method-matching",
        method_picture.matching_wide,
        method_picture.matching_narrow,
        alt=method_picture.matching_alt(),
    )
    tables.note(measures.macro())
    st.subheader(labels.t("method.matching_table"), anchor=False)
    with st.container(key="figures-matching"):
        tables.table(*method_tables.matching_table(), name=labels.t("method.matching_table"), plans=measures.plans())

    topics = measures.topics()
    address.value("o", list(topics), labels.t("common.cell"))
    st.header(labels.t("method.classes"), anchor=False)
    picture.chart(
        "method-classes",
        method_picture.class_wide,
        method_picture.class_narrow,
        alt=method_picture.class_alt(),
        picks="o",
    )
    chosen = pick.pick_item("o", topics, labels.t("method.least"))
    cards.show(
        "o",
        chosen,
        labels.t("method.least_head", name=topics.get(chosen or "", "")),
        lambda: measures.unit_ids(chosen or ""),
        basis=Basis.CONTENT,
        choose=labels.t("method.least_choose", n=measures.LEAST),
        none=labels.t("method.least_none"),
    )
    st.subheader(labels.t("method.classes_table"), anchor=False)
    with st.container(key="figures-classes"):
        tables.table(*method_tables.class_table(), name=labels.t("method.classes_table"), plans=measures.plans())

    st.header(labels.t("method.confusion"), anchor=False)
    write.markup(method_tables.confusion_words())
    write.markup(method_tables.confusion())
    tables.note(labels.t("method.confusion_note"))
    files.download(
        "method.confusion",
        labels.t("method.csv_confusion"),
        method_tables.confusion_rows,
        title=labels.t("method.confusion"),
        plans=measures.plans(),
    )

if measures.has_cells():
    st.header(labels.t("method.cells"), anchor=False)
    tables.note(labels.t("method.cells_note"))
    with st.container(key="figures-cells"):
        tables.table(*method_tables.cell_table(), name=labels.t("method.cells_table"), plans=measures.plans())

if measures.has_pairs():
    st.header(labels.t("method.pairs"), anchor=False)
    tables.note(labels.t("method.pairs_note", bar=BAR))
    with st.container(key="figures-pairs"):
        tables.table(*method_tables.pair_table(), name=labels.t("method.pairs_table"), plans=measures.plans())

st.header(labels.t("method.left"), anchor=False)
write.markup(method_tables.left_says(plan_ids))
st.subheader(labels.t("method.left_lines"), anchor=False)
tables.table(
    *method_tables.line_table(plan_ids),
    name=labels.t("method.left_lines"),
    numbers=("all", *measures.ROLES),
    plans=plans,
)
st.subheader(labels.t("method.left_checks"), anchor=False)
pick.turn(part, "checks")
tables.table(*method_tables.check_table(plan_ids, part.plan_ids), name=labels.t("method.left_checks"), plans=plans)

st.subheader(labels.t("method.rules"), anchor=False)
tables.table(*method_tables.rule_table(), name=labels.t("method.rules"))
tables.note(labels.t("method.rules_note"))
files.download(
    "method.rules",
    labels.t("common.download_csv"),
    method_tables.rule_table,
    title=labels.t("method.rules"),
    plans=measures.plans(),
)

st.header(labels.t("method.limits"), anchor=False)
write.markup(measures.limits())
st.header(labels.t("method.take"), anchor=False)
tables.note(labels.t("method.take_note"))
with st.container(horizontal=True, gap="medium"):
    st.download_button(
        labels.t("method.take_package"),
        files.later(package.make),
        table.file_name("papi") + ".zip",
        "application/zip",
        key="zip.package",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
    published = data.published()
    st.download_button(
        labels.t("method.take_database"),
        files.later(lambda: Path(published.path).read_bytes()),
        published.build_id + ".duckdb",
        "application/octet-stream",
        key="duckdb",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
if data.is_mine():
    tables.note(labels.t("method.take_published"))

st.header(labels.t("method.versions"), anchor=False)
write.markup(measures.versions())
frame.foot()
