"""What a reader picks: plans, a way of counting, a cell; the choice lives in the address."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import streamlit as st

from ui import data
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.page import address, own, write
from ui.page.select import findable
from ui.words import labels
from ui.words import plans as words_plans
from ui.words.plans import plan_names


def _bound(name: str, chosen: str | None, first: str | None = None, *clears: str | None) -> dict[str, Any]:
    """What makes a widget show a choice and write a new one into the address; `first` is what an address without `name`
    means, `clears` choices that go with the old option.
    """
    widget = f"w.{name}"
    st.session_state[widget] = chosen

    def store() -> None:
        now = st.session_state[widget]
        address.put(name, None if now == first else now)
        for gone in filter(None, clears):
            address.put(gone, None)
        address.redraw()

    return {"key": widget, "on_change": store}


def pick_one(name: str, options: Mapping[str, str], label: str, what: str, *, clears: str | None = None) -> str:
    """One of a few options; the first is what an address without `name` means. `what` names it where the link is wrong.
    `clears` is a choice that goes with the old option."""
    first = next(iter(options))
    chosen = address.value(name, list(options), what) or first
    st.segmented_control(
        label,
        list(options),
        **_bound(name, chosen, first, clears),
        required=True,
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


def pick_item(name: str, options: Mapping[str, str], label: str, first: str | None = None) -> str | None:
    """One of a list; or nothing, unless `first` is what an address without `name` means: the keyboard's way to what a
    click on a mark does.
    """
    chosen = address.value(name, list(options), labels.lower(label)) or first
    st.selectbox(
        label,
        list(options),
        **_bound(name, chosen, first),
        **findable(options.__getitem__),
        index=None,
        placeholder=labels.t("common.choose"),
    )
    return chosen


def pick_nothing(name: str) -> None:
    """Where there is nothing to choose from: what the address still holds is dropped with a note."""
    address.value(name, (), labels.t("common.cell"))


def shown_plan() -> str | None:
    """The one plan that a page shows: that of the address (`ke`), else the reader's own, else the first of the filter
    that pages share, else the first of all; None where there is none.
    """
    plans = plan_names()
    shared = (address.asked("kh") or "").split(",")
    return next((plan for plan in (address.asked("ke"), own.chosen(), *shared, *plans) if plan in plans), None)


def pick_plan(*clears: str, among: Collection[str] | None = None) -> Plan | None:
    """One plan (`shown_plan`), to be changed here; `clears` are choices that go with the old one. With `among` one of
    these, and None where there are none.
    """
    plans = plan_names()
    asked = address.value("ke", plans, labels.t("common.plan")) or own.chosen()
    chosen = shown_plan()
    if among is not None and chosen not in among:
        chosen = next(iter(among), None)
    if not plans:
        return None
    with st.container():
        st.selectbox(
            labels.t("common.plan_heading"),
            list(plans),
            index=0 if chosen else None,
            placeholder=labels.t("common.state.no_plan"),
            **_bound("ke", chosen, own.chosen(), *clears),
            **findable(plans.__getitem__),
        )
        shared = (address.asked("kh") or "").split(",")
        if not asked and len(shared) > 1:
            write.line("note", labels.html("common.one_plan", n=len(shared)))
    return data.plan(chosen) if chosen else None


MOST_PLANS = 12
"""So many plans fit one picture side by side."""


# Filters. Each reads its value from the address, shows it, and writes it back.


def _store(name: str, widget: str) -> None:
    chosen = st.session_state[widget]
    address.put(name, ",".join(chosen) if isinstance(chosen, list) else chosen)
    # the cell in view goes with its plan
    plan = (st.session_state.get("o") or "").partition("~")[0]
    if name == "kh" and chosen and plan not in own.first(chosen) and plan in words_plans.plan_names():
        address.put("o", None)


def pick_basis() -> Basis:
    """The way of counting, by headings where nothing is said. In the address: `dem=noi-dung`."""
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
    return Basis.CONTENT if chosen == "noi-dung" else Basis.HEADING


def pick_dimension(label: str = "common.only_dimension") -> int | None:
    """One dimension of the eight, or None for all. In the address: `nd=3`. `label` is the key of the words above."""
    options = [str(dim) for dim in range(1, 9)]
    chosen = address.value("nd", options, labels.t("common.dimension"))
    st.session_state["w.nd"] = chosen
    st.pills(labels.t(label), options, key="w.nd", on_change=_store, args=("nd", "w.nd"), wrap=True)
    return int(chosen) if chosen else None


def pick_plans(*, cited: bool = False, alone: bool = False, placeholder: str | None = None) -> tuple[Plan, ...]:
    """The plans the reader wants to see, in reading order; all of them when none is picked. In the address: `kh=a,b`.
    The reader's own comes first whatever is picked, and with `alone` without the others where none is.

    With `cited` also plans that others cite and nobody has collected. `placeholder` says what an empty choice means, if
    not all plans.
    """
    names = words_plans.plan_names(cited)
    chosen = address.values("kh", list(names), labels.t("common.plan"))
    st.session_state["w.kh"] = chosen
    is_alone = alone and own.chosen() is not None
    plans = tuple(data.plan(plan_id) for plan_id in own.first(chosen or ([] if is_alone else list(names))))
    if is_alone:
        placeholder = labels.t("own.alone")
    with st.container():
        st.multiselect(
            labels.t("common.plans"),
            list(names),
            key="w.kh",
            on_change=_store,
            args=("kh", "w.kh"),
            **findable(names.__getitem__),
            placeholder=placeholder or labels.t("common.all_plans"),
            select_all=False,
        )
        if len(plans) > MOST_PLANS:
            write.line("note", labels.html("common.first_plans", shown=MOST_PLANS, n=len(plans)))
    return plans[:MOST_PLANS]


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
        for label, key, options in ((first_label, left, first), (second_label, right, second)):
            st.selectbox(
                label,
                list(options),
                index=None,
                key=key,
                **findable(options.__getitem__),
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
