"""How sure are we: how a plan is read, how right that was found to be, what was left, and what the figures do not
say.
"""

from pathlib import Path

import streamlit as st

from ui import address, data, frame, labels, panel, widgets
from ui.charts import method
from ui.export import package

frame.page("method")
frame.answer(method.answer())

st.header(labels.t("method.how"), anchor=False)
st.html(method.how())

if method.has_reading():
    st.header(labels.t("method.reading"), anchor=False)
    panel.note(labels.t("method.reading_note"))
    widgets.chart("method-reading", method.reading_wide, method.reading_narrow, alt=method.reading_alt())
    columns, rows = method.measure_rows()
    widgets.downloads("method", columns, rows, title=labels.t("method.title"), filters=(), plans=method.plans())
    st.subheader(labels.t("method.reading_table"), anchor=False)
    with st.container(key="figures-reading"):
        widgets.table(*method.reading_table(), name=labels.t("method.reading_table"), plans=method.plans())

if method.has_matching():
    st.header(labels.t("method.matching"), anchor=False)
    panel.note(labels.t("method.matching_note"))
    widgets.chart("method-matching", method.matching_wide, method.matching_narrow, alt=method.matching_alt())
    panel.note(method.macro())
    st.subheader(labels.t("method.matching_table"), anchor=False)
    with st.container(key="figures-matching"):
        widgets.table(*method.matching_table(), name=labels.t("method.matching_table"), plans=method.plans())

    topics = method.topics()
    address.value("o", list(topics), labels.t("common.cell"))
    st.header(labels.t("method.classes"), anchor=False)
    widgets.chart("method-classes", method.class_wide, method.class_narrow, alt=method.class_alt(), picks="o")
    chosen = panel.pick_item("o", topics, labels.t("method.least"))
    panel.show(
        "o",
        chosen,
        labels.t("method.least_head", name=topics.get(chosen or "", "")),
        lambda: method.unit_ids(chosen or ""),
        basis="content",
        choose=labels.t("method.least_choose", n=method.LEAST),
        none=labels.t("method.least_none"),
    )
    st.subheader(labels.t("method.classes_table"), anchor=False)
    with st.container(key="figures-classes"):
        widgets.table(*method.class_table(), name=labels.t("method.classes_table"), plans=method.plans())

    st.header(labels.t("method.confusion"), anchor=False)
    st.html(method.confusion_words())
    st.html(method.confusion())
    panel.note(labels.t("method.confusion_note"))
    panel.download(
        "method.confusion",
        labels.t("method.csv_confusion"),
        method.confusion_rows,
        title=labels.t("method.confusion"),
        plans=method.plans(),
    )

if method.has_cells():
    st.header(labels.t("method.cells"), anchor=False)
    panel.note(labels.t("method.cells_note"))
    with st.container(key="figures-cells"):
        widgets.table(*method.cell_table(), name=labels.t("method.cells_table"), plans=method.plans())

st.header(labels.t("method.left"), anchor=False)
st.html(method.left_says())
st.subheader(labels.t("method.left_lines"), anchor=False)
widgets.table(
    *method.line_table(), name=labels.t("method.left_lines"), numbers=("all", *method.ROLES), plans=method.plans()
)
st.subheader(labels.t("method.left_checks"), anchor=False)
widgets.table(*method.check_table(), name=labels.t("method.left_checks"), plans=method.plans())

st.subheader(labels.t("method.rules"), anchor=False)
widgets.table(*method.rule_table(), name=labels.t("method.rules"))
panel.note(labels.t("method.rules_note"))
panel.download(
    "method.rules",
    labels.t("common.download_csv"),
    method.rule_table,
    title=labels.t("method.rules"),
    plans=method.plans(),
)

st.header(labels.t("method.limits"), anchor=False)
st.html(method.limits())
st.header(labels.t("method.take"), anchor=False)
panel.note(labels.t("method.take_note"))
with st.container(horizontal=True, gap="medium"):
    st.download_button(
        labels.t("method.take_package"),
        widgets.later(package.make),
        widgets.file_name("papi") + ".zip",
        "application/zip",
        key="zip.package",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
    published = data.published()
    st.download_button(
        labels.t("method.take_database"),
        widgets.later(lambda: Path(published.path).read_bytes()),
        published.build_id + ".duckdb",
        "application/octet-stream",
        key="duckdb",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
if data.is_mine():
    panel.note(labels.t("method.take_published"))

st.header(labels.t("method.versions"), anchor=False)
st.html(method.versions())
frame.foot()
