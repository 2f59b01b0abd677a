"""Find a task: words as one types Vietnamese, facets with counts, the passages found with what was hit, and how they
spread.
"""

import streamlit as st

from ui import address, data, facets, found, frame, hits, labels, panel, search, widgets
from ui.charts import find as charts

frame.page("find")
text = hits.pick_words()
query = search.read(text)
note = st.container()
order = hits.ORDERS[address.value("xep", tuple(hits.ORDERS), labels.t("find.order")) or "gan"]
basis = "content" if address.value("dem", address.COUNTING, labels.t("common.count_by")) == "noi-dung" else "heading"
on_top = hits.take_cell()
chosen = facets.chosen()
asked = search.asked(query, chosen, basis, order == "nearness")
results = found.find(asked)
total = found.total(results)
spread = charts.spread(results)
with note:
    frame.answer(hits.answer(query, spread))
    hits.say_readings(text, query)
facets.pick(results)
facets.chips(chosen)
if not total:
    hits.nothing(query, asked)
    frame.stop()

with st.container(key="beside"):
    left, right = st.columns([1.95, 1], gap="large")
with left:
    at = hits.pick_page(total, "top", with_order=bool(query.words))
    units = data.cards(found.page(results, (at - 1) * found.PAGE))
    hits.cards(units, query, basis)
    hits.pick_page(total, "bottom")
    hits.download(results, query, total)
with right:
    widgets.chart(
        "find",
        lambda: charts.picture(spread, charts.BESIDE),
        lambda: charts.picture(spread, charts.NARROW),
        alt=charts.alt(spread),
        picks="o",
        beside=True,
    )
    columns, rows, numbers = charts.rows(spread)
    panel.download(
        "find-spread",
        labels.t("common.download_csv"),
        lambda: (columns, rows),
        title=charts.title(spread),
        plans=hits.plans_of(spread),
    )

if on_top:
    st.dialog(labels.t("find.results"), width="large", position="right")(hits.cards)(units, query, basis)
st.header(labels.t("find.table"), anchor=False)
widgets.table(columns, rows, name=labels.t("find.table"), numbers=numbers)
frame.foot()
