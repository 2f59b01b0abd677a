"""The filters and the panel that the pages on agencies and on timing share.

In: words for the options, and a function that finds the units behind a choice. Out: the choice, checked and kept in the
address; the units behind it below the picture, and in a dialog where a picture was clicked.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas
import streamlit as st

from ui import address, data, labels, widgets


def pick_one(name: str, options: Mapping[str, str], label: str, what: str, *, clears: str | None = None) -> str:
    """One of a few options; the first is what an address without `name` means. `what` names it where the link is wrong.
    `clears` is a choice that goes with the old option."""
    first = next(iter(options))
    chosen = address.value(name, list(options), what) or first
    widget = f"w.{name}"
    st.session_state[widget] = chosen

    def store() -> None:
        now = st.session_state[widget]
        address.put(name, None if now == first else now)
        if clears:
            address.put(clears, None)
        address.redraw()

    st.segmented_control(
        label,
        list(options),
        key=widget,
        required=True,
        on_change=store,
        format_func=lambda option: options[option],
        wrap=True,
    )
    return chosen


def pick_flag(name: str, label: str, what: str) -> bool:
    """A switch that is off unless the address says `name=1`."""
    widget = f"w.{name}"
    st.session_state[widget] = address.value(name, ("1",), what) == "1"

    def store() -> None:
        address.put(name, "1" if st.session_state[widget] else None)
        address.redraw()

    st.toggle(label, key=widget, on_change=store)
    return st.session_state[widget]


def pick_item(name: str, options: Mapping[str, str], label: str) -> str | None:
    """One of a list, or nothing: the keyboard's way to what a click on a mark does."""
    chosen = address.value(name, list(options), labels.lower(label))
    widget = f"w.{name}"
    st.session_state[widget] = chosen

    def store() -> None:
        address.put(name, st.session_state[widget])
        address.redraw()

    st.selectbox(
        label,
        list(options),
        index=None,
        key=widget,
        on_change=store,
        format_func=lambda option: options[option],
        placeholder=labels.t("common.choose"),
    )
    return chosen


def pick_nothing(name: str) -> None:
    """Where there is nothing to choose from: what the address still holds is dropped with a note."""
    address.value(name, (), labels.t("common.cell"))


def pick_plan() -> dict[str, Any] | None:
    """One plan: the first that the address names (`kh`), else the first of all; None where there is none."""
    plans = widgets.plan_names()
    if not plans:
        return None
    asked = address.values("kh", plans, labels.t("common.plan"))
    chosen = asked[0] if asked else next(iter(plans))
    st.session_state["w.kh.one"] = chosen

    def store() -> None:
        address.put("kh", st.session_state["w.kh.one"])
        address.put("o", None)
        address.redraw()

    with st.container():
        st.selectbox(
            labels.t("common.plan_heading"),
            list(plans),
            key="w.kh.one",
            on_change=store,
            format_func=lambda option: plans[option],
        )
        if len(asked) > 1:
            st.html(f'<p class="note">{labels.html("common.one_plan", n=len(asked))}</p>')
    return data.plan(chosen)


def show(
    name: str, chosen: str | None, head: str, find: Callable[[], tuple[str, ...]], *, basis: str, choose: str, none: str
) -> None:
    """The units behind the choice `chosen` under its `head`; `choose` where nothing is chosen, `none` where nothing is
    there.
    """
    if chosen is None:
        st.html(f'<p class="small">{html.escape(choose)}</p>')
        return

    def body() -> None:
        st.html(f'<p class="cell-head"><b>{html.escape(head)}</b></p>')
        found = data.units(find())
        if not len(found):
            st.html(f'<p class="small">{html.escape(none)}</p>')
            return
        st.html(f'<p class="small">{_counted(found)}</p>')
        widgets.tasks(found, basis=basis)

    def clear() -> None:
        address.put(name, None)
        address.redraw()

    body()
    _download(name, head, data.units(find()))
    st.button(labels.t("tasks.clear"), key=f"clear.{name}", type="tertiary", on_click=clear)
    if widgets.wants_dialog(name):
        st.dialog(labels.t("tasks.heading"), width="large", position="right")(body)()


def _download(name: str, head: str, units: pandas.DataFrame) -> None:
    records = units.to_dict("records")
    if not records:
        return
    plans = list(dict.fromkeys(widgets.plan_name(unit) for unit in records))
    widgets.save(
        f"tasks.{name}",
        labels.t("who.download", n=len(records)),
        widgets.file_name("tasks"),
        lambda: widgets.Table(widgets.task_columns(), [widgets.task_row(unit) for unit in records], head, (), plans),
    )


def note(words: str) -> None:
    """A small line below a picture; nothing where there are no words."""
    if words:
        st.html(f'<p class="small">{html.escape(words)}</p>')


def download(
    name: str,
    label: str,
    make: Callable[[], tuple[Mapping[str, str], Sequence[Mapping[str, Any]]]],
    *,
    title: str,
    plans: pandas.DataFrame,
) -> None:
    """A list that may be long, as a CSV and for Excel, made only when asked for; `make` gives its columns and its
    rows.
    """
    widgets.save(
        name,
        label,
        widgets.file_name(name, len(plans)),
        lambda: widgets.Table(*make(), title, (), widgets.names_of(plans)),
    )


def _counted(units: pandas.DataFrame) -> str:
    key = "common.tasks" if (units["kind"] == "action").all() else "who.items"
    return labels.html(key, n=len(units))
