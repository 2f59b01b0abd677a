"""What a reader picks: plans, a way of counting, a cell; the choice lives in the address."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NoReturn

import streamlit as st

from ui import data
from ui.data import country
from ui.data.country import Order
from ui.data.plans import Plan
from ui.data.topic import Basis
from ui.page import address, filters, frame, own, paging, write
from ui.page.select import findable, offered, place
from ui.words import labels
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


def pick_item(
    name: str,
    options: Mapping[str, str],
    label: str,
    first: str | None = None,
    *,
    clears: str | None = None,
    placeholder: str | None = None,
) -> str | None:
    """One of a list; or nothing, unless `first` is what an address without `name` means: the keyboard's way to what a
    click on a mark does; `clears` is a choice that goes with the old one, `placeholder` says what there is to choose.
    """
    chosen = address.value(name, options, labels.lower(label)) or first
    with place(options):
        offer = offered(name, options, options, label, shown=[chosen] if chosen else [])
        st.selectbox(
            label,
            offer.options,
            **_bound(name, chosen, first, clears),
            **findable(options.__getitem__),
            index=None,
            placeholder=offer.said or placeholder or labels.t("common.choose"),
        )
    return chosen


def pick_nothing(name: str) -> None:
    """Where there is nothing to choose from: what the address still holds is dropped with a note."""
    address.value(name, (), labels.t("common.cell"))


def shown_plan() -> str | None:
    """The one plan that a page shows: that of the address (`ke`), else the reader's own, else the first that the filters
    leave, else the first of all; None where there is none.
    """
    plans = plan_names()
    left = (plan.plan_id for plan in chain(filters.plans(), filters.shown()))
    asked = chain((address.asked("ke"), own.chosen()), left, plans)
    return next((plan for plan in asked if plan in plans), None)


def pick_plan(*clears: str, among: Collection[str] | None = None) -> Plan | None:
    """One plan (`shown_plan`) of those that the filters leave, to be changed here; `clears` are choices that go with the
    old one. With `among` one of these, and None where there are none.
    """
    plans, left = plan_names(), [plan.plan_id for plan in filters.shown()]
    own.say_cited("ke")
    asked = address.value("ke", plans, labels.t("common.plan")) or own.chosen()
    chosen = shown_plan()
    if chosen is None:
        return None
    if among is not None and chosen not in among:
        chosen = next(iter(among), None)
    if not left:
        nothing()
    label = labels.t("common.plan_heading")
    with place(left):
        offer = offered("ke", left, plans, label, shown=[chosen] if chosen else [])
        st.selectbox(
            label,
            offer.options,
            index=0 if chosen else None,
            placeholder=labels.t("common.state.no_plan"),
            **_bound("ke", chosen, own.chosen(), *clears),
            **findable(plans.__getitem__),
        )
        if not asked and filters.is_set() and len(left) > 1:
            write.line("note", labels.html("common.one_plan", n=len(left)))
    return data.plan(chosen) if chosen else None


def counted() -> tuple[Plan, ...]:
    """The plans that a page counts which has no field for them: those that the filters leave, with the reader's own. Where
    they leave none, the page says so and ends.
    """
    if filters.is_set() and not filters.plans():
        nothing()
    return filters.counted()


def nothing() -> NoReturn:
    """The page ends where the filters leave no plan."""
    filters.nothing()
    frame.stop()


MOST_PLANS = 12
"""So many plans fit one picture side by side."""


@dataclass(frozen=True)
class Part:
    """The plans that a picture sets side by side: part `at` of so many (`last`) of `of` plans."""

    plans: tuple[Plan, ...]
    at: int
    last: int
    of: int

    @property
    def plan_ids(self) -> tuple[str, ...]:
        return tuple(plan.plan_id for plan in self.plans)

    @property
    def said(self) -> str:
        """Which part of how many plans these are, in words; "" where they are all."""
        if self.last == 1:
            return ""
        return labels.t("common.part_said", shown=len(self.plans), n=self.of, part=self.at, parts=self.last)


_ORDERS = {"ds": None, "trong": Order.GAPS, "gan": Order.NEAR}


def pick_order(plans: Sequence[Plan], basis: Basis) -> Sequence[Plan]:
    """The plans in the order in which a picture that cannot show all of them at once shows them: as they are listed, those
    with the most gaps first, or those nearest to the reader's own. What could not be read comes last.
    """
    if len(plans) <= MOST_PLANS:
        return plans
    mine = own.chosen()
    orders = {key: order for key, order in _ORDERS.items() if order is not Order.NEAR or mine}
    said = {
        key: labels.t(f"country.matrix.by_{order}" if order else "common.order_listed") for key, order in orders.items()
    }
    heading = labels.t("common.order_picture")
    order = orders[pick_one("xep", said, heading, heading, clears="hinh")]
    if order is None:
        return plans
    ids = tuple(plan.plan_id for plan in plans)
    places = {row.plan_id: at for at, row in enumerate(country.ordered_plans(basis, ids, order, mine, 0, len(ids)))}
    return sorted(plans, key=lambda plan: places.get(plan.plan_id, len(places)))


def side_by_side(plans: Sequence[Plan]) -> Part:
    """The plans of a picture that sets plan beside plan: all, or so many as fit, in the address `hinh=2`, the reader's own
    always among them; the part that holds the cell in view (`o`) where the address names none.
    """
    of_reader = own.chosen()
    mine = [plan for plan in plans if plan.plan_id == of_reader] if of_reader and len(plans) > MOST_PLANS else []
    others = [plan for plan in plans if plan.plan_id != of_reader] if mine else plans
    room = MOST_PLANS - len(mine)
    last = max(1, -(-len(others) // room))
    asked = address.number("hinh", last, labels.t("common.part"))
    cell = (address.asked("o") or "").partition("~")[0]
    there = next((at // room for at, plan in enumerate(others) if plan.plan_id == cell), 0)
    at = asked or there + 1
    return Part((*mine, *others[(at - 1) * room : at * room]), at, last, len(plans))


def turn(part: Part, key: str) -> None:
    """What stands over such a picture where it does not show all: how many of how many, and the way to the next and the
    one before. `key` parts two pictures of one page.
    """
    if part.last == 1:
        return

    def go(at: int) -> None:
        address.put("hinh", str(at))
        address.redraw()

    words = labels.html("common.part_note", shown=len(part.plans), n=part.of, part=part.at, parts=part.last)
    paging.steps(key, part.at, part.last, words, go)


# Filters. Each reads its value from the address, shows it, and writes it back.


def _store(name: str, widget: str) -> None:
    address.put(name, st.session_state[widget])


def _store_plans() -> None:
    chosen = st.session_state["w.kh"]
    filters.put(kh=",".join(chosen) or None)
    # the cell in view goes with its plan
    plan = (address.chosen("o") or "").partition("~")[0]
    if chosen and plan not in own.first(chosen) and plan in plan_names():
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
        wrap=True,
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
    """The plans that the page counts, in reading order: all that the filters leave, or of these the ones picked by name.
    In the address: `kh=a,b`. The reader's own comes first whatever is picked, and with `alone` without the others where
    nothing is asked for. Where the filters leave no plan, the page says so and ends.

    With `cited` also plans that others cite and nobody has collected. `placeholder` says what an empty choice means, if
    not all plans.
    """
    names, left = plan_names(cited), [plan.plan_id for plan in filters.offered(cited)]
    chosen = address.values("kh", names, labels.t("common.plan"))
    st.session_state["w.kh"] = chosen
    is_alone = alone and own.chosen() is not None
    if is_alone:
        placeholder = labels.t("own.alone")
    elif filters.chosen().is_set:
        placeholder = labels.t("filters.all_left", n=len(filters.plans(cited)))
    with place(left):
        offer = offered("kh", left, names, labels.t("common.plans"), shown=chosen)
        st.multiselect(
            labels.t("common.plans"),
            offer.options,
            key="w.kh",
            on_change=_store_plans,
            **findable(names.__getitem__),
            placeholder=offer.said or placeholder or labels.t("common.all_plans"),
            select_all=False,
        )
    if filters.is_set() and not filters.plans(cited):
        nothing()
    if is_alone and not filters.is_set():
        return tuple(data.plan(plan_id) for plan_id in own.first([]))
    return filters.counted(cited)


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
    # a half choice is kept until the other half follows; where only one thing can be chosen first, it is
    for key, allowed in ((left, first), (right, second)):
        if st.session_state.get(key) not in allowed:
            st.session_state[key] = next(iter(allowed)) if key == left and len(allowed) == 1 else None

    def store() -> None:
        if st.session_state[left] and st.session_state[right]:
            address.put(name, f"{st.session_state[left]}~{st.session_state[right]}")
        elif now:
            address.put(name, None)
        address.redraw()

    placeholder = labels.t("common.choose")
    with st.container(horizontal=True, gap="small", key=f"pair-{name}"):
        for label, key, options in ((first_label, left, first), (second_label, right, second)):
            with place(options):
                now_in = st.session_state[key]
                offer = offered(key, options, options, label, shown=[now_in] if now_in else [])
                st.selectbox(
                    label,
                    offer.options,
                    index=None,
                    key=key,
                    **findable(options.__getitem__),
                    on_change=store,
                    placeholder=offer.said or placeholder,
                )
    return now


def chosen_pair(name: str, first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, str] | None:
    """The cell in view, checked, before its selects are drawn: a chart above them needs it for its frame."""
    now = address.value(name, Pairs(first, second), labels.t("common.cell"))
    if now is None:
        return None
    a, _, b = now.partition("~")
    return a, b
