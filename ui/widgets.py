"""What pages share below the title: filters, charts that can be clicked, the tasks behind a cell, tables, downloads.

In: frames from `ui.data`, figures from `ui.charts`. Out: what the reader chose, checked; the choice lives in the
address (`ui.address`). Everything that comes from a document is escaped here.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import logging
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas
import streamlit as st

from ui import address, data, labels
from ui.charts import base
from ui.export import excel
from ui.remember import remember

MOST_PLANS = 12
"""So many plans fit one picture side by side."""
_READ = "doc-ke-hoach"
"""The address of the page that shows a plan as it was published."""
_FIRST_CARDS = 6
_FIRST_RANKED = 8
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ROWS = 1_048_575
"""So many rows of a list fit a sheet of Excel below its head; the CSV has them all."""
_LETTERS = (8, 60)
"""The least and the most that a column of a workbook is wide."""


# Filters. Each reads its value from the address, shows it, and writes it back.


def _store(name: str, widget: str) -> None:
    chosen = st.session_state[widget]
    address.put(name, ",".join(chosen) if isinstance(chosen, list) else chosen)
    # the cell in view goes with its plan
    plan = (st.session_state.get("o") or "").partition("~")[0]
    if name == "kh" and chosen and plan not in chosen and plan in plan_names():
        address.put("o", None)


def pick_basis() -> str:
    """The way of counting: `heading` (default) or `content`. In the address: `dem=noi-dung`."""
    chosen = address.value("dem", address.COUNTING, labels.t("common.count_by")) or "de-muc"
    st.session_state["w.dem"] = chosen
    st.segmented_control(
        labels.t("common.count_by"),
        address.COUNTING,
        key="w.dem",
        required=True,
        on_change=_store,
        args=("dem", "w.dem"),
        format_func=lambda option: labels.t("common.by_heading" if option == "de-muc" else "common.by_content"),
    )
    return "content" if chosen == "noi-dung" else "heading"


def pick_dimension() -> int | None:
    """One dimension of the eight, or None for all. In the address: `nd=3`."""
    options = [str(dim) for dim in range(1, 9)]
    chosen = address.value("nd", options, labels.t("common.dimension"))
    st.session_state["w.nd"] = chosen
    st.pills(labels.t("common.only_dimension"), options, key="w.nd", on_change=_store, args=("nd", "w.nd"), wrap=True)
    return int(chosen) if chosen else None


def pick_plans(*, cited: bool = False, placeholder: str | None = None) -> pandas.DataFrame:
    """The plans the reader wants to see, in reading order; all of them when none is picked. In the address: `kh=a,b`.

    With `cited` also plans that others cite and nobody has collected. `placeholder` says what an empty choice means, if
    not all plans.
    """
    plans, names = data.known_plans() if cited else data.plans(), plan_names(cited)
    chosen = address.values("kh", list(names), labels.t("common.plan"))
    st.session_state["w.kh"] = chosen
    if chosen:
        plans = plans[plans["plan_id"].isin(chosen)]
    with st.container():
        st.multiselect(
            labels.t("common.plans"),
            list(names),
            key="w.kh",
            on_change=_store,
            args=("kh", "w.kh"),
            format_func=lambda option: names[option],
            placeholder=placeholder or labels.t("common.all_plans"),
            select_all=False,
        )
        if len(plans) > MOST_PLANS:
            st.html(f'<p class="note">{labels.html("common.first_plans", shown=MOST_PLANS, n=len(plans))}</p>')
    return plans.head(MOST_PLANS)


def plan_name(plan: Mapping[str, Any]) -> str:
    """A plan with its level, so that no commune or department passes for a province: "Xã Nậm Khánh 2020 (cấp xã)"."""
    return f"{labels.pick(plan, 'short')} ({labels.lower(labels.t('common.level.' + plan['level']))})"


@remember
def plan_names(cited: bool = False) -> dict[str, str]:
    """The names of all plans in reading order, with `cited` also of those that others only cite."""
    return {
        plan["plan_id"]: plan_name(plan) for plan in (data.known_plans() if cited else data.plans()).to_dict("records")
    }


class Pairs(Collection[str]):
    """Every "first~second", none of them made: of many plans and topics there are many."""

    def __init__(self, first: Mapping[str, str], second: Mapping[str, str]) -> None:
        self.first, self.second = first, second

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and any(
            key[:at] in self.first and key[at + 1 :] in self.second for at, letter in enumerate(key) if letter == "~"
        )

    def __iter__(self) -> Iterator[str]:
        return (f"{a}~{b}" for a in self.first for b in self.second)

    def __len__(self) -> int:
        return len(self.first) * len(self.second)


def pick_pair(
    name: str, first: Mapping[str, str], second: Mapping[str, str], first_label: str, second_label: str
) -> tuple[str, str] | None:
    """Two selects that do by keyboard what a click on a cell does. `first` and `second` map keys to words; the cell's
    key is "first~second", as `base.Sheet.hit` gave it to the chart. In the address under `name`. None: nothing
    chosen.
    """
    now = chosen_pair(name, first, second)
    left, right = f"w.{name}.1", f"w.{name}.2"
    if now:
        st.session_state[left], st.session_state[right] = now
    elif st.session_state.get(f"w.{name}.was"):
        st.session_state[left] = st.session_state[right] = None
    st.session_state[f"w.{name}.was"] = bool(now)
    # a half choice is kept until the other half follows
    for key, allowed in ((left, first), (right, second)):
        if st.session_state.get(key) not in allowed:
            st.session_state[key] = None

    def store() -> None:
        if st.session_state[left] and st.session_state[right]:
            address.put(name, f"{st.session_state[left]}~{st.session_state[right]}")
        elif now:
            address.put(name, None)
        address.redraw()

    placeholder = labels.t("common.choose")
    with st.container(horizontal=True, gap="small", key=f"pair-{name}"):
        st.selectbox(
            first_label,
            list(first),
            index=None,
            key=left,
            format_func=lambda option: first[option],
            on_change=store,
            placeholder=placeholder,
        )
        st.selectbox(
            second_label,
            list(second),
            index=None,
            key=right,
            format_func=lambda option: second[option],
            on_change=store,
            placeholder=placeholder,
        )
    return now


def chosen_pair(name: str, first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, str] | None:
    """The cell in view, checked, before its selects are drawn: a chart above them needs it for its frame."""
    now = address.value(name, Pairs(first, second), labels.t("common.cell"))
    if now is None:
        return None
    a, _, b = now.partition("~")
    return a, b


# Pictures.


def chart(
    name: str,
    wide: Callable[[], base.Drawing],
    narrow: Callable[[], base.Drawing],
    *,
    alt: str,
    picks: str | None = None,
    beside: bool = False,
) -> None:
    """A picture in its wide and its narrow form; one of them is hidden by the reader's width. `wide` and `narrow` give
    the cached figure. A click on a cell puts its key into the address under `picks`, the cell wears a frame, and the
    page is told to open a dialog (`wants_dialog`), unless the cell in view stands `beside` the wide form.
    """
    chosen = st.session_state.get(picks) if picks else None
    for form, build in (("wide", wide), ("narrow", narrow)):
        with st.container(key=f"{form}-{'beside-' if beside else ''}{name}"):
            figure = build()
            key = f"{name}.{form}.{address.generation()}.{labels.lang()}"
            if picks is None:
                st.plotly_chart(figure, theme=None, key=key, config=base.config(file_name(name)), alt=alt)
            else:
                st.plotly_chart(
                    figure.framed(chosen) if chosen else figure,
                    theme=None,
                    key=key,
                    config=base.config(file_name(name)),
                    alt=alt,
                    selection_mode="points",
                    on_select=lambda key=key, form=form: _clicked(key, picks, form == "narrow" or not beside),
                )
            st.html(_save_picture())


def _save_picture() -> str:
    """Buttons that save the picture above them, for a finger and the keyboard too; the browser makes the file
    (`frame`), so it needs no server.
    """
    buttons = "".join(
        f'<button class="picture" type="button" data-format="{form}">{labels.html("common.save_picture", form=form.upper())}</button>'
        for form in ("png", "svg")
    )
    return f'<p class="pictures">{buttons}</p>'


def _clicked(key: str, picks: str, dialog: bool) -> None:
    points = st.session_state[key].selection.points
    if points:
        address.put(picks, points[0]["customdata"][0])
    # a second click on the cell in view takes its frame away in the browser, and is a click all the same
    if dialog and st.session_state.get(picks):
        st.session_state[f"dialog.{picks}"] = True


def wants_dialog(picks: str) -> bool:
    """Whether a picture without room beside it was clicked just now; true once a click."""
    return bool(st.session_state.pop(f"dialog.{picks}", False))


def key_of_marks(items: Sequence[tuple[str, str]]) -> None:
    """One line that explains the marks: (drawing, words); the drawings are those of `_MARKS`."""
    st.html(
        '<ul class="key">'
        + "".join(f"<li>{_MARKS[mark]}<span>{html.escape(words)}</span></li>" for mark, words in items)
        + "</ul>"
    )


# Streamlit takes drawings (svg) out of markup, so the marks of the key are boxes and borders.
_MARKS = {
    "tile": '<i class="mark tile" aria-hidden="true"><b>4</b><i><i class="bar full"></i><i class="bar part"></i></i></i>',
    "weak": "<b>2?</b>",
    "named": "<b>(2)</b>",
    "passing": "<b>•</b>",
    "described": '<i class="mark described" aria-hidden="true"></i>',
    "empty": '<i class="mark empty" aria-hidden="true"></i>',
    "hatched": '<i class="mark hatched" aria-hidden="true"></i>',
    "no_plan": "<b>–</b>",
    "solid": '<i class="mark solid" aria-hidden="true"></i>',
    "hollow": '<i class="mark hollow" aria-hidden="true"></i>',
    "dotted": '<i class="mark dotted" aria-hidden="true"></i>',
    "spoke": '<mark class="d2" aria-hidden="true">Aa</mark>',
    "other": '<mark class="d6 o" aria-hidden="true">Aa</mark>',
    "flag": '<i class="mark" aria-hidden="true">⚑</i>',
}


# The tasks behind a cell.


def tasks(
    units: pandas.DataFrame | Sequence[Mapping[str, Any]],
    *,
    basis: str = "heading",
    name: str | None = None,
    most: int = _FIRST_CARDS,
    marked: Callable[[str], str] = html.escape,
    note: Callable[[Mapping[str, Any]], str] | None = None,
) -> None:
    """The units behind a cell, one card each: text, plan with level, section, lines, who, when, and what is in doubt.
    `units` comes from `data.units`. The first six (or `most`) are open, the rest one click away. `name` tells two lists
    of a page apart. `marked` makes markup of a text, `note` of what else is to be said of a unit.
    """
    kept = address.kept_query()
    records = units.to_dict("records") if isinstance(units, pandas.DataFrame) else units
    cards = [_card(unit, basis, kept, marked, note(unit) if note else "") for unit in records]
    first, rest = cards[:most], cards[most:]
    markup = f'<ul class="cards">{"".join(first)}</ul>'
    if rest:
        markup += f'<details class="more"><summary>{labels.html("tasks.more" if all(unit["kind"] == "action" for unit in records) else "tasks.more_passages", n=len(rest))}</summary><ul class="cards">{"".join(rest)}</ul></details>'
    # the keyboard must reach what a dialog scrolls
    st.html(
        f'<div class="reach" tabindex="0" role="region" aria-label="{html.escape(name or labels.t("tasks.heading"))}">{markup}</div>'
    )


def _list(value: Any) -> list[str]:
    return [] if value is None or isinstance(value, float) else [str(item) for item in value]


def _number(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def topic_name(dim: int | None, sub: str | None, *, short: bool = False) -> str:
    """ "3.3 Tiếp cận dịch vụ tư pháp", "5 Thủ tục hành chính công", "Việc chung", or "chưa xếp được"."""
    stem = "short" if short else "name"
    if sub:
        row = data.subdimension(sub)
        return f"{sub} {labels.pick(row, stem)}" if row else sub
    if dim is None:
        return labels.t("tasks.no_topic")
    row = data.dimension(dim)
    return labels.pick(row, "name") if dim == 0 else f"{dim} {labels.pick(row, stem)}"


def place(at: Any) -> str:
    """A place in a document that has no lines: "page:3/table:1/row:5" → "trang 3, bảng 1, hàng 5"; "" where lines say
    it.
    """
    steps = [step.partition(":") for step in (_text(at) or "").split("/") if step]
    return ", ".join(labels.t(f"tasks.place.{kind}", at=value) for kind, _, value in steps)


def at(line: Any, spot: Any) -> str:
    """One line of a document, or its place where the format has no lines: "dòng 81", "trang 3, đoạn 12"."""
    return place(spot) or labels.t("tasks.lines", lines=str(int(line)), n=1)


def span(unit: Mapping[str, Any]) -> str:
    """The lines of a unit, or the place where it begins: "109", "109–112", "trang 3, bảng 1, hàng 5"."""
    first, last = int(unit["first_line"]), int(unit["last_line"])
    return place(unit.get("place")) or (str(first) if first == last else f"{first}–{last}")


def where(unit: Mapping[str, Any]) -> str:
    """A unit's place: "mục II.6.a, dòng 109" or "dòng 109–112", as plain text."""
    lines = place(unit.get("place")) or labels.t(
        "tasks.lines", lines=span(unit), n=int(unit["last_line"]) - int(unit["first_line"]) + 1
    )
    return labels.t("tasks.section", section=section(unit["section"]), lines=lines) if unit["section"] else lines


def section(numbering: str) -> str:
    """A unit's numbering in the reader's words: "annex.2" → "phụ lục 2"."""
    return numbering.replace("annex.", labels.t("tasks.annex") + " ").replace("annex", labels.t("tasks.annex"))


_AROUND = 110
"""So many letters of a text stand on either side of the words that a sentence quotes."""


def around(text: str, quote: str) -> str:
    """A text cut to what stands around some words of it, at the ends of words: "… nhất là các dịch vụ: Chứng thực, xác
    nhận, cấp giấy phép …".
    """
    at = max(text.find(quote), 0) if quote else 0
    first, last = max(0, at - _AROUND), min(len(text), at + len(quote) + _AROUND)
    if first:
        first = text.find(" ", first) + 1 or first
    if last < len(text):
        last = text.rfind(" ", 0, last)
        last = last if last > at else len(text)
    return f"{'… ' if first else ''}{text[first:last].strip()}{' …' if last < len(text) else ''}"


def line_link(plan_id: str, unit_id: str | None, kept: str, *, line: int | None = None) -> str:
    """The address of a unit on the page that shows the plan itself, for an `href`; without a unit, of a line. `kept` is
    `address.kept_query()`: a function that is remembered takes it as an argument, since what it gives is shared by
    readers with other filters.
    """
    values = {"ke": plan_id, **({"doan": unit_id.rpartition(":")[2]} if unit_id else {})}
    place = f"#dong-{line}" if line is not None and not unit_id else ""
    return html.escape(f"{_READ}?{kept}{'&' if kept else ''}{urlencode(values)}{place}")


def where_link(unit: Mapping[str, Any], kept: str) -> str:
    """A unit's place as markup, a link to it in its plan."""
    return f'<a href="{line_link(unit["plan_id"], unit["unit_id"], kept)}">{html.escape(where(unit))}</a>'


def timing(unit: Mapping[str, Any]) -> str:
    """When, as the plan words it, with our reading of it: "“Hằng năm” (hằng năm)"; "không nói khi nào"."""
    meaning = labels.t(f"common.timing.{unit['timing']}")
    raw = _text(unit["timing_raw"])
    return labels.t("tasks.timing_said", raw=raw, meaning=meaning) if raw else meaning


def percent(share: float) -> str:
    """A share of 1 as a whole percentage."""
    return labels.percent(round(1000 * share), 1000)


def spoken(evidence: Mapping[str, Any]) -> tuple[str, int]:
    """Where something that spoke for a dimension stands: "phrases.csv, dòng 12" → ("phrases.csv", 12); 0 where that has
    no line.
    """
    file, _, line = str(evidence["source"]).rpartition(", dòng ")
    return (file, int(line)) if file and line.isdecimal() else (str(evidence["source"]), 0)


def reason(evidence: Mapping[str, Any], unit: Mapping[str, Any], name: str = "") -> str:
    """One thing that spoke for a dimension, where it stands, and its share: a phrase in quotes, a labelled unit that
    reads alike, or the label given to this very unit. `name` is what its plan is called.
    """
    is_unit = evidence["kind"] == "unit"
    file, line = spoken(evidence)
    source = ", ".join(
        filter(None, (name or file, at(line, data.line_place(file, line) if is_unit else None) if line else ""))
    )
    if is_unit:
        is_own = (file, line) == (unit["plan_id"], int(unit["first_line"])) and str(unit["text"])[:40] == str(
            evidence["quote"]
        )[:40]
        said = labels.t("tasks.own_label") if is_own else labels.t("tasks.alike", source=source)
    else:
        said = f"“{evidence['quote']}” ({source})"
    return labels.t("tasks.reason", said=said, share=percent(evidence["weight"]))


def _card(
    unit: Mapping[str, Any], basis: str, kept: str, marked: Callable[[str], str] = html.escape, note: str = ""
) -> str:
    dim = _number(unit["dim"] if basis == "heading" else unit["matched_dim"])
    shown = [f'<p class="says">{marked(unit["text"])}</p>', f'<p class="who">{note}</p>' if note else ""]
    plan = f"<b>{html.escape(plan_name(unit))}</b>"
    kind = "" if unit["kind"] == "action" else f" · {labels.html('common.kind.' + unit['kind'])}"
    shown.append(f'<p class="where">{plan} · {where_link(unit, kept)}{kind}</p>')
    who = []
    leads = _list(unit["leads"])
    who.append(labels.html("tasks.lead", names=", ".join(leads)) if leads else labels.html("tasks.no_lead"))
    for role, column in (("coop", "coops"), ("monitor", "monitors")):
        if names := _list(unit[column]):
            who.append(labels.html(f"tasks.{role}", names=", ".join(names)))
    shown.append(f'<p class="who">{" · ".join(who)}</p>')
    shown.append(f'<p class="who">{labels.html("tasks.when", timing=timing(unit))}</p>')
    declared = _number(unit["declared_dim"])
    matched = _number(unit["matched_dim"])
    declared_name = topic_name(declared, _text(unit["declared_sub"]), short=True)
    matched_name = topic_name(matched, _text(unit["matched_sub"]), short=True)
    quotes = [] if unit["evidence"] is None or isinstance(unit["evidence"], float) else list(unit["evidence"])
    because = "; ".join(reason(item, unit) for item in quotes)
    if declared is not None:
        shown.append(f'<p class="why">{labels.html("tasks.declared", topic=declared_name)}</p>')
    if matched is not None:
        shown.append(
            f'<p class="why">{labels.html("tasks.matched" if because else "tasks.matched_bare", topic=matched_name, because=because)}</p>'
        )
        runner_up = _number(unit["runner_up_dim"])
        rival = topic_name(runner_up, _text(unit["runner_up_sub"]), short=True)
        said = labels.html(
            "tasks.score" if runner_up is not None else "tasks.score_alone",
            score=percent(unit["score"]),
            margin=percent(unit["margin"]),
            runner_up=rival,
        )
        shown.append(f'<p class="why">{said}</p>')
    if touched := touches_in_words(unit["touches"]):
        shown.append(f'<p class="why">{labels.html("tasks.touches", touches=touched)}</p>')
    if declared is not None and matched is not None and declared != matched:
        shown.append(f'<p class="flag">{labels.html("tasks.disagree")}</p>')
    if unit["review"]:
        shown.append(f'<p class="flag">{labels.html("tasks.review")}</p>')
    if unit["agencies_uncertain"]:
        shown.append(f'<p class="flag">{labels.html("tasks.uncertain")}</p>')
    colour = f"var(--d{dim})" if dim is not None else "var(--rule)"
    return f'<li class="card" style="--c:{colour}">{"".join(shown)}</li>'


def touches_in_words(touches: Any) -> str:
    """What a unit touches beside what it is mainly about: "5.1 nêu (“chứng thực, xác nhận”), 8.1 nhắc qua (“trên
    cổng”)"; "" where nothing.
    """
    rows = [] if touches is None or isinstance(touches, float) else [one for one in touches if one["how"] != "main"]
    return labels.names(
        [
            labels.t(
                f"tasks.touch_{one['how']}_{one['by']}" if one["how"] == "names" else f"tasks.touch_{one['how']}",
                sub=one["sub"],
                quote=one["quote"],
            )
            for one in rows
        ]
    )


def cell(
    name: str,
    plans: Mapping[str, str],
    topics: Mapping[str, str],
    basis: str,
    *,
    offer: Callable[[str, str, str], None] | None = None,
) -> None:
    """The cell in view: its two selects, what it says, and the tasks behind it; also as a dialog when the cell was
    clicked in a picture that has no room beside it. `offer` shows what else belongs to a cell, given the plan, the
    topic and where it is shown (page or dialog); without it a cell without a task shows the tasks of other plans.
    """
    st.header(labels.t("tasks.heading"), anchor=False)
    now = pick_pair(name, plans, topics, labels.t("common.plan_heading"), labels.t("tasks.topic"))
    if now is None:
        st.html(f'<p class="small">{labels.html("tasks.choose")}</p>')
        return
    _show_cell(*now, plans, topics, basis, alone=offer is None)
    if offer:
        offer(*now, "page")
    _download_tasks(name, *now, plans, topics, basis)
    st.button(labels.t("tasks.clear"), key=f"clear.{name}", type="tertiary", on_click=_clear, args=(name,))
    if wants_dialog(name):

        @st.dialog(labels.t("tasks.heading"), width="small", position="right")
        def opened() -> None:
            _show_cell(*now, plans, topics, basis, alone=offer is None)
            if offer:
                offer(*now, "dialog")

        opened()


def _clear(name: str) -> None:
    address.put(name, None)
    address.redraw()


def _show_cell(
    plan_id: str, topic: str, plans: Mapping[str, str], topics: Mapping[str, str], basis: str, *, alone: bool
) -> None:
    found = data.units(data.cell_unit_ids(basis, plan_id, topic))
    st.html(f'<p class="cell-head"><b>{html.escape(plans[plan_id])} · {html.escape(topics[topic])}</b></p>')
    if len(found):
        st.html(f'<p class="small">{labels.html("common.tasks", n=len(found))}</p>')
        if topic.endswith("+") and (named := data.named_in_general(basis, plan_id, int(topic[:-1]))):
            said = labels.names([labels.t("tasks.named_times", sub=row["sub"], n=row["tasks"]) for row in named])
            st.html(f'<p class="small">{labels.html("tasks.general_names", subs=said)}</p>')
        tasks(found, basis=basis)
    spoken = data.touching_units(basis, plan_id, topic)
    for says in ("named", "passing", "description", "mentioned"):
        ids = tuple(row["unit_id"] for row in spoken if row["says"] == says)
        if ids:
            st.html(f'<p class="small">{labels.html(f"tasks.says_{says}", n=len(ids))}</p>')
            tasks(data.units(ids), basis=basis)
    if len(found) or spoken:
        return
    state = data.plan_state(plan_id)
    st.html(f'<p class="small">{labels.html("common.state." + ("none" if state == "read" else state))}</p>')
    if alone and (elsewhere := data.elsewhere_unit_ids(basis, plan_id, topic)):
        units = data.units(elsewhere)
        st.html(
            f'<p class="small">{labels.html("tasks.elsewhere", n=len(units), plans=units["plan_id"].nunique())}</p>'
        )
        tasks(units, basis=basis)


def _download_tasks(
    name: str, plan_id: str, topic: str, plans: Mapping[str, str], topics: Mapping[str, str], basis: str
) -> None:
    unit_ids = data.cell_unit_ids(basis, plan_id, topic)
    if unit_ids:
        save(
            f"tasks.{name}",
            labels.t("tasks.download", n=len(unit_ids)),
            file_name("tasks"),
            lambda: Table(
                task_columns(),
                [task_row(unit) for unit in data.units(unit_ids).to_dict("records")],
                f"{plans[plan_id]} · {topics[topic]}",
                filters(basis),
                [plans[plan_id]],
            ),
        )


def task_columns() -> dict[str, str]:
    """The columns of a list of tasks that leaves the dashboard."""
    return {
        name: labels.t(f"tasks.column_{name}")
        for name in (
            "plan",
            "section",
            "lines",
            "kind",
            "text",
            "lead",
            "coop",
            "monitor",
            "timing_raw",
            "timing",
            "declared",
            "matched",
            "counted",
            "touches",
            "layer",
            "review",
            "uncertain",
        )
    }


def task_row(unit: Mapping[str, Any]) -> dict[str, Any]:
    """One unit of `data.units` under these columns."""
    yes = {True: labels.t("common.yes"), False: ""}
    return {
        "plan": plan_name(unit),
        "section": unit["section"],
        "lines": span(unit),
        "kind": labels.t(f"common.kind.{unit['kind']}"),
        "text": unit["text"],
        "lead": "; ".join(_list(unit["leads"])),
        "coop": "; ".join(_list(unit["coops"])),
        "monitor": "; ".join(_list(unit["monitors"])),
        "timing_raw": _text(unit["timing_raw"]) or "",
        "timing": labels.t(f"common.timing.{unit['timing']}"),
        "declared": _text(unit["declared_sub"]) or _number(unit["declared_dim"]),
        "matched": _text(unit["matched_sub"]) or _number(unit["matched_dim"]),
        "counted": _text(unit["sub"]) or _number(unit["dim"]),
        "touches": touches_in_words(unit["touches"]),
        "layer": labels.t(f"layers.{unit['layer']}") if _text(unit["layer"]) else "",
        "review": yes[bool(unit["review"])],
        "uncertain": yes[bool(unit["agencies_uncertain"])],
    }


def ranked(items: Sequence[str], *, note: str, none: str) -> None:
    """A ranked list of markup made by `labels.html`: the first eight open, the rest one click away; `none` when
    empty.
    """
    if not items:
        st.html(f'<p class="small">{html.escape(none)}</p>')
        return
    markup = [f"<li>{item}</li>" for item in items]
    more = (
        f'<details class="more"><summary>{labels.html("common.more", n=len(items) - _FIRST_RANKED)}</summary><ul class="ranked">{"".join(markup[_FIRST_RANKED:])}</ul></details>'
        if len(items) > _FIRST_RANKED
        else ""
    )
    st.html(f'<p class="small">{html.escape(note)}</p><ul class="ranked">{"".join(markup[:_FIRST_RANKED])}</ul>{more}')


def filters(basis: str, dim: int | None = None) -> list[str]:
    """The filters in words, for a file that leaves the dashboard."""
    said = [f"{labels.t('common.count_by')}: {labels.t('common.by_' + basis)}"]
    return [*said, f"{labels.t('common.only_dimension')}: {dim}"] if dim else said


# Tables and downloads.


def table(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    numbers: Sequence[str] = (),
    plans: pandas.DataFrame | None = None,
    filters: Sequence[str] = (),
) -> None:
    """A table in its own region that scrolls sideways where it must. `columns` maps a row's keys to headings; the first
    column names the row; a value of "main\\nsecond line" gets its second line small. `name` is for screen readers. With
    the `plans` that it is of it can be taken away, under the `filters` said.
    """

    def cell(key: str, value: Any, tag: str) -> str:
        main, _, small = (labels.num(value) if isinstance(value, int) else str(value)).partition("\n")
        small = f"<small>{html.escape(small)}</small>" if small else ""
        kind = ' class="n"' if key in numbers else ""
        scope = ' scope="row"' if tag == "th" else ""
        return f"<{tag}{scope}{kind}>{html.escape(main)}{small}</{tag}>"

    head = "".join(
        f'<th scope="col"{" class=n" if key in numbers else ""}>{html.escape(words)}</th>'
        for key, words in columns.items()
    )
    body = "".join(
        "<tr>" + "".join(cell(key, row[key], "th" if at == 0 else "td") for at, key in enumerate(columns)) + "</tr>"
        for row in rows
    )
    st.html(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{html.escape(name)}"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
    if plans is not None and rows:
        flat = [
            {key: value.replace("\n", " · ") if isinstance(value, str) else value for key, value in row.items()}
            for row in rows
        ]
        save(
            f"table.{name}",
            labels.t("common.download_table"),
            file_name(_slug(name), len(plans)),
            lambda: Table(columns, flat, name, filters, names_of(plans)),
        )


def _slug(words: str) -> str:
    """Words as a file is called: "Từng chỉ số trong một dòng" → "tung-chi-so-trong-mot-dong"."""
    return "-".join(
        re.findall(
            "[a-z0-9]+",
            unicodedata.normalize("NFD", words.lower().replace("đ", "d")).encode("ascii", "ignore").decode(),
        )
    )


def file_name(name: str, plans: int | None = None) -> str:
    """What a saved file is called, without ending: "bao-phu_5-ke-hoach_2026-11-21"."""
    parts = [labels.t(f"{name}.file")] if f"{name}.file" in labels.table() else [name]
    if plans is not None:
        parts.append(labels.t("common.file_plans", n=plans))
    return "_".join([*parts, datetime.date.today().isoformat()])


def safe(value: Any) -> Any:
    """A value that no spreadsheet runs as a formula: "=1+1" → "'=1+1". Numbers stay numbers."""
    if value is None or value != value:
        return ""
    if isinstance(value, str) and (value.lstrip().startswith(("=", "+", "-", "@")) or value.startswith(("\t", "\r"))):
        return "'" + value
    return value


def about(filters: Sequence[str], plan_names: Sequence[str]) -> list[str]:
    """What every file that leaves the dashboard says of itself: the filters, the data's version, the date, the plans,
    how to cite it, and the guard.
    """
    build = data.build()
    return [
        labels.t("common.csv_filters", filters="; ".join(filters) or labels.t("common.no_filter")),
        labels.t(
            "common.build", build=build.build_id, day=labels.day(build.built_at.date()), version=build.program_version
        ),
        labels.t("common.csv_day", day=labels.day(datetime.date.today())),
        labels.t("common.csv_plans", plans="; ".join(plan_names)),
        labels.t("common.cite", build=build.build_id, year=str(build.built_at.year)),
        labels.t("common.guard"),
    ]


def csv_bytes(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    filters: Sequence[str],
    plan_names: Sequence[str],
) -> bytes:
    """A CSV that opens right in Excel (UTF-8 with BOM) and says of itself, in lines that begin with #, what it shows,
    the filters, the data's version, the date, the plans and how to cite it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in (title, *about(filters, plan_names)):
        writer.writerow([f"# {line}"])
    writer.writerow([safe(words) for words in columns.values()])
    for row in rows:
        writer.writerow([safe(row[key]) for key in columns])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def xlsx_bytes(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    filters: Sequence[str],
    plan_names: Sequence[str],
) -> bytes:
    """The same table as a workbook: its head frozen, with filters; a second sheet says what the lines with # say in the
    CSV.
    """
    book = excel.Book(title)
    shown = rows[:_MOST_ROWS]
    widths = [
        min(max(_LETTERS[0], len(words) + 3, *(len(str(row[key])) + 1 for row in shown)), _LETTERS[1])
        if shown
        else len(words) + 3
        for key, words in columns.items()
    ]
    book.table(book.sheet(title), columns, widths, shown)
    cut = [labels.t("common.xlsx_first", n=_MOST_ROWS, of=len(rows))] if len(rows) > _MOST_ROWS else []
    book.about([title, *cut, *about(filters, plan_names)])
    return book.bytes()


@dataclass(frozen=True)
class Table:
    """A table that leaves the dashboard: its columns and rows, what it shows, under which filters, of which plans."""

    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    title: str
    filters: Sequence[str]
    plan_names: Sequence[str]


def later(make: Callable[[], bytes], sorry: Callable[[str], bytes] = str.encode) -> Callable[[], bytes]:
    """A file that is made only when it is asked for: in the language and from the build of the page it was on, since no
    page runs by then. Where it cannot be made the file says so: `sorry` makes it of a sentence.
    """
    language, shown = labels.lang(), data.build()

    def content() -> bytes:
        with labels.speaking(language), data.showing(shown):
            try:
                return make()
            except data.NoDatabase as trouble:
                return sorry(labels.t(f"common.database_{trouble.reason}"))
            except Exception:
                # Streamlit would answer with a sentence in English, and nobody would read the reason
                logging.getLogger(__name__).exception("a file could not be made")
                return sorry(labels.t("common.not_made"))

    return content


def save(key: str, words: str, file: str, make: Callable[[], Table]) -> None:
    """Two quiet buttons, for a CSV and for a workbook of the same table; `file` is their name without ending, `words`
    are on the first.
    """

    def made(write: Callable[..., bytes]) -> bytes:
        table = make()
        return write(table.columns, table.rows, title=table.title, filters=table.filters, plan_names=table.plan_names)

    with st.container(horizontal=True, gap="medium", vertical_alignment="center", width="content"):
        st.download_button(
            words,
            later(lambda: made(csv_bytes)),
            file + ".csv",
            "text/csv",
            key=f"csv.{key}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
        st.download_button(
            labels.t("common.download_xlsx"),
            later(lambda: made(xlsx_bytes), excel.sorry),
            file + ".xlsx",
            _XLSX,
            key=f"xlsx.{key}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def names_of(plans: pandas.DataFrame) -> list[str]:
    """What these plans are called, for a file that names them."""
    return [plan_name(plan) for plan in plans.to_dict("records")]


def downloads(
    name: str,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    filters: Sequence[str],
    plans: pandas.DataFrame,
) -> None:
    """The quiet row under a picture: its numbers as CSV and for Excel, and a button that copies the address."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        save(
            name,
            labels.t("common.download_csv"),
            file_name(name, len(plans)),
            lambda: Table(columns, rows, title, filters, names_of(plans)),
        )
        st.html(
            f'<button class="copy" type="button" data-done="{labels.html("common.copied")}">{labels.html("common.copy_link")}</button>',
            width="content",
        )


def nothing(words: str) -> None:
    """The empty case: a sentence where the picture would stand."""
    st.html(f'<p class="answer" role="status">{html.escape(words)}</p>')
