"""The plans behind a mark of a picture: what each says there, with links to its coverage and to the plan itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from ui import data
from ui.data import country
from ui.data.country import Grouping
from ui.data.topic import Topic
from ui.export import table
from ui.page import address, files, paging, pick, picture, write
from ui.topics.country.view import UNKNOWN, Asked, Columns, Rows
from ui.words import labels
from ui.words.markup import filled
from ui.words.plans import plan_name
from ui.words.units import line_link

_FIRST = 8
"""So many plans are open at once."""


def show(asked: Asked, grouping: Grouping, groups: Mapping[str | None, str], topics: Mapping[str, str]) -> None:
    """The group and the topic in view, by two selects or by a click: how many plans say what there, and which they are."""
    st.header(labels.t("country.behind"), anchor=False)
    keys = {UNKNOWN if name is None else name: words for name, words in groups.items()}
    chosen = pick.pick_pair("o", keys, topics, labels.t("country.group"), labels.t("tasks.topic"))
    if chosen is None:
        write.line("small choose", labels.html("country.choose"))
        return
    group, topic = chosen
    name = None if group == UNKNOWN else group
    where = asked.basis, asked.plan_ids, grouping, name, Topic.of(topic)
    states = country.cell_states(*where)
    listed(
        f"{keys[group]} · {topics[topic]}",
        _counted(states),
        sum(states.values()),
        lambda first, most: [
            item(found.plan_id, labels.t(f"common.state.{found.state}", n=found.n), topic)
            for found in country.cell_plans(*where, first, most)
        ],
        lambda: _rows(country.cell_plans(*where, 0, len(asked.plan_ids))),
    )


def listed(
    head: str,
    counted: Markup,
    n: int,
    items: Callable[[int, int], list[Markup]],
    rows: Callable[[], tuple[Columns, Rows]],
) -> None:
    """So many plans under a head that says what they are, a page at a time: `items` makes so many from a place on. In a
    dialog too where a mark was clicked just now.
    """
    page = paging.page(n)

    def body() -> None:
        write.head(head)
        write.line("small", counted)
        found = [filled("<li>{}</li>", item) for item in items(page.first, page.last - page.first)]
        write.markup(write.folded("ranked", found, _FIRST, "common.more"))

    def clear() -> None:
        address.put("o", None)
        address.redraw()

    body()
    paging.turn(page)
    files.save(
        "country-behind",
        labels.t("country.download_plans"),
        table.file_name("country-behind"),
        lambda: table.Table(*rows(), head, (), ()),
    )
    st.button(labels.t("tasks.clear"), key="clear.country", type="tertiary", on_click=clear)
    if picture.wants_dialog("o"):
        st.dialog(labels.t("country.behind"), width="small", position="right")(body)()


_STATES = ("own", "named", "passing", "description", "weak", "none", "unmeasured", "not_read", "no_plan")


def _counted(states: Mapping[str, int]) -> Markup:
    """How many plans say what: "12 có nhiệm vụ riêng; 3 không nhiệm vụ nào nhắc đến"."""
    said = [labels.t(f"country.plans_{state}", n=states[state]) for state in _STATES if states.get(state)]
    return labels.html("country.counted_plans", n=sum(states.values()), said="; ".join(said))


def item(plan_id: str, says: str, topic: str) -> Markup:
    """A plan, what it says on a topic, and where to look further."""
    also = f" ({labels.t('country.with_amendments')})" if plan_id in data.amended() else ""
    return filled("<b>{}</b><br>{}{} {}", plan_name(data.plan(plan_id)), says, also, _links(plan_id, topic))


def ways(plan_id: str, topic: str) -> None:
    """Where to look further from a plan's cell, as a line of its own."""
    write.line("small", _links(plan_id, topic))


def _links(plan_id: str, topic: str) -> Markup:
    """The way to a plan's coverage, where this cell is open (a dimension as a whole is a cell of the first page; no topic
    opens none), and to its text.
    """
    there = "." if topic and "." not in topic else "bao-phu"
    cell = {"o": f"{plan_id}~{topic}"} if topic else {}
    return filled(
        '<span class="small"><a href="{}">{}</a> · <a href="{}">{}</a></span>',
        f"{there}?{address.written({**address.kept(kh=plan_id), **cell})}",
        labels.t("country.to_coverage"),
        line_link(plan_id, None, address.kept_query()),
        labels.t("country.to_plan"),
    )


def _rows(found: Iterable[country.CellPlan]) -> tuple[Columns, Rows]:
    columns = {key: labels.t(f"country.column.{key}") for key in ("plan", "level", "year", "province", "says")}
    return columns, [{**about(one.plan_id), "says": labels.t(f"common.state.{one.state}", n=one.n)} for one in found]


def about(plan_id: str) -> dict[str, Any]:
    """What a file says of a plan before its figures."""
    plan = data.plan(plan_id)
    return {
        "plan": labels.pick(plan, "short"),
        "level": labels.t(f"common.level.{plan.level}"),
        "year": plan.year or "",
        "province": plan.province,
    }
