"""Find a task: words as one types Vietnamese, facets with counts, the passages found with what was hit, and how they
spread.
"""

import streamlit as st

from ui import data
from ui.data import search
from ui.draw import sheet
from ui.page import address, files, frame, picture, tables, write
from ui.topics.find import facets, question
from ui.topics.find import picture as charts
from ui.topics.find.results import (
    ORDERS,
    answer,
    cards,
    download,
    nothing,
    pick_page,
    pick_words,
    plans_of,
    say_readings,
    take_cell,
)
from ui.words import labels

frame.page("find")
text = pick_words()
query = question.read(text)
note = st.container()
order = ORDERS[address.value("xep", tuple(ORDERS), labels.t("find.order")) or "gan"]
counted = address.value("dem", address.COUNTING, labels.t("common.count_by"))
basis = data.Basis.CONTENT if counted == "noi-dung" else data.Basis.HEADING
on_top = take_cell()
chosen = facets.chosen()
asked = question.asked(query, chosen, basis, order == "nearness", facets.looked_through())
results = search.find(asked)
total = search.total(results)
spread = charts.spread(results)
with note:
    frame.answer(answer(query, spread))
    say_readings(text, query)
facets.pick(results)
facets.chips(chosen)
if not total:
    nothing(query, asked)
    frame.stop()

with st.container(key="beside"):
    left, right = st.columns([1.95, 1], gap="large")
with left:
    at = pick_page(total, "top", with_order=bool(query.words))
    units = data.cards(search.page(results, (at - 1) * search.PAGE))
    with st.container(key="cut-find"):
        cards(units, query, basis)
        if not query.words and chosen == search.Chosen():
            write.markup(write.whole(labels.t("find.whole")))
    pick_page(total, "bottom")
    download(results, query, total)
with right:
    picture.chart(
        "find",
        lambda: charts.picture(spread, charts.BESIDE),
        lambda: charts.picture(spread, sheet.NARROW),
        alt=charts.alt(spread),
        picks="o",
        beside=True,
    )
    columns, rows, numbers = charts.rows(spread)
    files.download(
        "find-spread",
        labels.t("common.download_csv"),
        lambda: (columns, rows),
        title=charts.title(spread),
        plans=plans_of(spread),
    )

if on_top:
    st.dialog(labels.t("find.results"), width="large", position="right")(cards)(units, query, basis)
st.header(labels.t("find.table"), anchor=False)
tables.table(columns, rows, name=labels.t("find.table"), numbers=numbers)
frame.foot()
