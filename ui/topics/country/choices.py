"""What a picture of many plans lets a reader choose, each in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from ui.data.country import Grouping, State
from ui.page import address, pick, write
from ui.words import labels

T = TypeVar("T")

_GROUPINGS = {
    "chung": Grouping.ALL,
    "cap": Grouping.LEVEL,
    "nam": Grouping.YEAR,
    "vung": Grouping.REGION,
    "tinh": Grouping.PROVINCE,
    "tinh-nay": Grouping.PROVINCE_NOW,
    "loai": Grouping.DOC_TYPE,
}
_STATES = {"rieng": State.OWN, "chung": State.NAMED, "trong": State.GAPS}


def grouping() -> Grouping:
    """By what plans are put together: `theo`."""
    said = {key: labels.t(f"country.by.{one}") for key, one in _GROUPINGS.items()}
    return _GROUPINGS[
        pick.pick_one("theo", said, labels.t("country.group"), labels.t("country.group_what"), clears="o")
    ]


def rows() -> Grouping:
    """What a row is, a plan or a group of plans: `hang`."""
    options = {"ke-hoach": Grouping.PLAN, **{key: one for key, one in _GROUPINGS.items() if one is not Grouping.ALL}}
    said = {key: labels.t(f"country.row.{one}") for key, one in options.items()}
    return options[pick.pick_one("hang", said, labels.t("country.rows"), labels.t("country.rows_what"), clears="o")]


def state() -> State:
    """What is counted of a cell: `ve`."""
    said = {key: labels.t(f"country.state.{one}") for key, one in _STATES.items()}
    return _STATES[pick.pick_one("ve", said, labels.t("country.counted"), labels.t("country.counted_what"))]


def part(items: Sequence[T], most: int) -> tuple[T, ...]:
    """So many of a list as fit one picture: those of the page in the address."""
    first = page(len(items), most) * most
    return tuple(items[first : first + most])


def page(n: int, most: int) -> int:
    """Which page of a long list is shown, from 0, with a step back and one on; nothing to choose where one page holds it.
    In the address, from 1: `trang`.
    """
    pages = max(1, -(-n // most))
    now = int(address.value("trang", [str(at) for at in range(1, pages + 1)], labels.t("country.page")) or 1)
    if pages == 1:
        return 0

    def turn(step: int) -> None:
        address.put("trang", str(now + step) if now + step > 1 else None)
        address.redraw()

    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="pages"):
        for key, step in (("back", -1), ("on", 1)):
            off = not 1 <= now + step <= pages
            st.button(labels.t(f"country.page_{key}"), key=f"page.{key}", on_click=turn, args=(step,), disabled=off)
            if step < 0:
                first = (now - 1) * most
                write.line(
                    "small",
                    labels.html("country.page_of", first=first + 1, last=min(first + most, n), n=n),
                    width="content",
                )
    return now - 1
