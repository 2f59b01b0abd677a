"""The fourteen tasks that a reader comes with, each as it is done: on a phone by taps, on a wide screen by clicks, each
in another language; the next task the other way round. With ALL_FORMS=1 every task is done in all four forms.

Each begins at a page opened by its address. A step is one click or tap; to tap a field, type and press Enter is one
too. To scroll is none, and reading what the page says by itself is none either.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import NARROW, WIDE, form_of, go, see, wait_until_drawn, wait_until_still

from ui.words import labels

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MOST = 3
"""So many steps a task may take."""


@dataclass
class Reader:
    """Somebody before a page: what they see of it, how they press, and how many steps they have taken."""

    page: Page
    lang: str
    steps: int = 0

    @property
    def is_on_phone(self) -> bool:
        return form_of(self.page) == "narrow"

    @property
    def cards(self) -> Locator:
        """The cards of a chosen cell: on a phone in a dialog over the page."""
        return self.page.locator("[role=dialog] .card" if self.is_on_phone else ".stMain .card")

    def words(self, key: str, **values: object) -> str:
        """A label as this reader sees it."""
        with labels.speaking(self.lang):
            return labels.t(key, **values)

    def button(self, key: str, **values: object) -> Locator:
        """The first button in sight that says so."""
        return self.page.get_by_role("button", name=self.words(key, **values)).first

    def press(self, target: Locator) -> None:
        """One step: a tap on a phone, a click elsewhere."""
        self.steps += 1
        wait_until_still(self.page)
        (target.tap if self.is_on_phone else target.click)()
        wait_until_still(self.page)

    def put(self, box: Locator, text: str) -> None:
        """One step: a field is tapped, and what is typed there ends with Enter."""
        self.press(box)
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        wait_until_still(self.page)

    def unfold(self, key: str) -> None:
        """One step on a phone, where a heading keeps what is under it folded; none elsewhere."""
        head = self.page.locator(f'.fold[aria-label="{self.words(key)}"]')
        head.wait_for(state="attached")
        if self.is_on_phone and head.get_attribute("aria-expanded") == "false":
            self.press(head)

    def take(self, button: Locator, name: str) -> bytes:
        """One step: a file is taken away; its name must be like this."""
        with self.page.expect_download() as waiting:
            self.press(button)
        assert re.fullmatch(name, waiting.value.suggested_filename), waiting.value.suggested_filename
        return Path(waiting.value.path()).read_bytes()

    def press_cell(self, key: str) -> None:
        """One step: a cell of the picture, by the key that the picture gave it."""
        wait_until_drawn(self.page)
        wait_until_still(self.page)
        cell = self.page.evaluate_handle(
            """([form, key]) => {for (const plot of document.querySelectorAll(`[class*=st-key-${form}-] .js-plotly-plot`)) {
            const at = plot.data.at(-1).customdata?.findIndex(one => one[0] === key) ?? -1;
            if (at >= 0) return [...plot.querySelectorAll(".trace.bars")].pop().querySelectorAll("path")[at]}}""",
            [form_of(self.page), key],
        ).as_element()
        cell.scroll_into_view_if_needed()
        box = cell.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.steps += 1
        (self.page.touchscreen.tap if self.is_on_phone else self.page.mouse.click)(x, y)

    def sees(self, selector: str, words: str = "") -> None:
        """What is asked for is there to be read; a reader may scroll to it."""
        found = self.page.locator(selector).filter(has_text=re.compile(words), visible=True).first
        found.wait_for()
        found.scroll_into_view_if_needed()


def _sentence_of_a_cell(reader: Reader) -> None:
    _cell_of_health(reader)
    reader.press(reader.cards.locator(".where a").first)
    reader.page.wait_for_url("**/doc-ke-hoach?**doan=**")
    see(reader.page, ".doc .on")
    reader.sees(".doc .on", "bảo hiểm y tế")


def _cell_of_health(reader: Reader) -> None:
    """The cell of 6.1 and the reader's own plan: on a phone it stands in the part of the picture that is cut off."""
    if reader.is_on_phone:
        reader.press(reader.page.get_by_text(reader.words("common.whole_picture")).filter(visible=True).first)
    reader.press_cell("bac-kan-2021~6.1")
    reader.cards.locator(".says", has_text="bảo hiểm y tế").first.wait_for()


def _why_and_how_sure(reader: Reader) -> None:
    _cell_of_health(reader)
    reader.press(reader.cards.get_by_text(reader.words("tasks.why")).first)
    reader.cards.locator("details[open] p.why").first.wait_for()
    assert re.search({"vi": "chắc", "en": "sure|checking"}[reader.lang], reader.cards.first.inner_text())


def _search_and_facets(reader: Reader) -> None:
    reader.put(reader.page.get_by_label(reader.words("find.field")), "ho ngheo")
    reader.sees(".card mark", "hộ nghèo")
    reader.press(reader.button("find.facet.dim"))
    choice = reader.page.locator("[data-testid=stPopoverBody] button[data-variant=pills]").first
    n = re.search(r"\((\d+)\)", choice.inner_text())[1]
    reader.press(choice)
    reader.page.wait_for_function("n => document.querySelector('.answer b').textContent === n", arg=n)


def _all_data(reader: Reader) -> None:
    reader.unfold("method.take")
    package = reader.take(reader.button("method.take_package"), r".*papi.*\.zip")
    assert {"datapackage.json"} <= set(zipfile.ZipFile(io.BytesIO(package)).namelist())


def _two_plans_side_by_side(reader: Reader) -> None:
    for plan in ("bac kan", "binh dinh"):
        reader.put(reader.page.get_by_label(reader.words("compare.plans")), plan)
    reader.page.wait_for_function(
        "location.search.includes('bac-kan-2021') && location.search.includes('binh-dinh-2022')"
    )
    reader.unfold("compare.pairs")
    for plan in ("Bắc Kạn 2021", "Bình Định 2022"):
        reader.sees("li.two .side", plan)


def _accuracy_by_class(reader: Reader) -> None:
    reader.unfold("method.classes")
    for dim in "18":
        reader.sees(".st-key-figures-classes tbody tr", f"^{dim}")


def _what_my_plan_lacks(reader: Reader) -> None:
    reader.unfold("coverage.gaps")
    reader.sees(".ranked li", "Hưng Yên 2020")
    reader.sees(".ranked li", reader.words("borrow.holders", n=2, holders="").split("2")[0])
    reader.sees(".ranked li", {"vi": "nay là", "en": "today"}[reader.lang])


def _how_others_fill_it(reader: Reader) -> None:
    reader.unfold("coverage.gaps")
    reader.press(reader.page.locator(".ranked a.chip").first)
    see(reader.page, ".stMain p.cell-head")
    reader.sees("h3.cell-head", reader.words("borrow.heading"))
    reader.sees(".card .where", "Bắc Kạn 2021|Bình Định 2022")
    reader.press(reader.button("borrow.copy"))
    reader.sees("button.copy", reader.words("common.copied"))


def _what_fell_due(reader: Reader) -> None:
    reader.unfold("when.dates")
    reader.sees("li", {"vi": "đã qua", "en": "passed"}[reader.lang] + r".*Quý I-II/2021")


def _scores_in_thirty_seconds(reader: Reader) -> None:
    see(reader.page, ".answer")
    reader.sees(".answer", "2022.*3.*8")
    reader.unfold("scores.table")
    reader.sees(".scroll tbody tr", "^8")


def _briefing_and_checklist(reader: Reader) -> None:
    briefing = reader.take(reader.page.locator(".st-key-briefing-files button").first, r".*\.pptx")
    reader.unfold("checklist.heading")
    reader.put(reader.page.get_by_label(reader.words("who.agency"), exact=True), "so noi vu")
    reader.sees("p.cell-head")
    checklist = reader.take(reader.button("checklist.download_docx"), r".*so-noi-vu.*\.docx")
    for file, part in ((briefing, "ppt/presentation.xml"), (checklist, "word/document.xml")):
        assert part in zipfile.ZipFile(io.BytesIO(file)).namelist()


def _picture(reader: Reader) -> None:
    wait_until_drawn(reader.page)
    picture = reader.take(reader.button("common.save_picture", form="PNG"), r".*\.png")
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")


def _own_draft(reader: Reader) -> None:
    reader.press(reader.page.get_by_label(reader.words("draft.paste")))
    reader.page.keyboard.insert_text("1. Sở Nội vụ công khai danh sách hộ nghèo tại trụ sở UBND cấp xã.")
    reader.press(reader.button("draft.go"))
    reader.page.get_by_role("heading", name=reader.words("draft.gaps")).wait_for()
    wait_until_still(reader.page)
    reader.unfold("draft.gaps")
    reader.sees(".ranked li")


def _shared_link(reader: Reader) -> None:
    reader.press_cell("bac-kan-2021~1.1")
    reader.sees(".card .says")
    if reader.is_on_phone:
        reader.press(reader.page.get_by_role("dialog").get_by_role("button", name=re.compile("^(Close|Đóng)")))
    reader.press(reader.button("common.copy_link"))
    reader.sees("button.copy", reader.words("common.copied"))
    head = reader.page.locator(".stMain p.cell-head").inner_text()
    go(reader.page, reader.page.evaluate("navigator.clipboard.readText()"))
    assert reader.page.locator(".stMain p.cell-head").inner_text() == head
    see(reader.page, ".stMain p.cell-head")


@dataclass(frozen=True)
class Task:
    """Where a task begins, and how it is done."""

    page: str
    do: Callable[[Reader], None]


TASKS = {
    "6.1 to its sentence": Task("/bao-phu?own=bac-kan-2021", _sentence_of_a_cell),
    "why, and how sure": Task("/bao-phu?own=bac-kan-2021", _why_and_how_sure),
    "search and facets": Task("/tim-viec", _search_and_facets),
    "all data": Task("/do-tin-cay", _all_data),
    "two plans side by side": Task("/so-sanh", _two_plans_side_by_side),
    "accuracy by class": Task("/do-tin-cay", _accuracy_by_class),
    "what my plan lacks, and who holds it today": Task("/bao-phu?own=hung-yen-2020", _what_my_plan_lacks),
    "how others fill it": Task("/bao-phu?own=hung-yen-2020", _how_others_fill_it),
    "what fell due": Task("/khi-nao?own=bac-kan-2021", _what_fell_due),
    "scores in 30 seconds": Task("/diem-so?own=binh-dinh-2022", _scores_in_thirty_seconds),
    "briefing and checklist": Task("/bao-cao?own=bac-kan-2021", _briefing_and_checklist),
    "picture": Task("/bao-phu?own=bac-kan-2021", _picture),
    "own draft": Task("/du-thao", _own_draft),
    "a shared link": Task("/bao-phu?own=bac-kan-2021", _shared_link),
}


FORMS = [
    pytest.param(task, lang, size, id=f"{name}-{lang}-{'phone' if size == NARROW else 'wide'}")
    for at, (name, task) in enumerate(TASKS.items())
    for one, (lang, size) in enumerate([("vi", NARROW), ("en", NARROW), ("en", WIDE), ("vi", WIDE)])
    if one % 2 == at % 2 or os.environ.get("ALL_FORMS") == "1"
]


@pytest.mark.parametrize(("task", "lang", "size"), FORMS)
def test_a_task_is_done_in_three_steps(tab, server, task, lang, size):
    page = tab("tasks", size)
    page.bring_to_front()
    go(page, f"{server}{task.page}{'&' if '?' in task.page else '?'}lang={lang}")
    reader = Reader(page, lang)
    task.do(reader)
    assert reader.steps <= MOST
    assert page.errors == [] and page.locator(".stException").count() == 0
