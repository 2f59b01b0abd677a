"""What a picture of many plans lets a reader choose, each in the address."""

from __future__ import annotations

from ui.data.country import Grouping, State
from ui.page import address, paging, pick
from ui.page.paging import Page
from ui.words import labels

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


def page(of: int, most: int) -> Page:
    """Which page of a long picture is shown, with the way to the next: `trang`, from 1."""
    last = max(1, -(-of // most))
    at = address.number("trang", last, labels.t("find.page")) or 1
    shown = Page("trang", at, (at - 1) * most, min(of, at * most), of)

    def go(to: int) -> None:
        address.put("trang", str(to))
        address.redraw()

    if last > 1:
        words = labels.html("common.range", first=shown.first + 1, last=shown.last, n=of)
        paging.steps("country", at, last, words, go)
    return shown


def part(shown: Page) -> str:
    """Which of how many stand in the picture; "" where all do."""
    if shown.last - shown.first == shown.of:
        return ""
    return labels.t("country.part", first=shown.first + 1, last=shown.last, n=shown.of)
