"""Every page in a real browser, opened by its own address, as a stranger with a link does; and here only what a browser
alone can tell.

Each page is opened once, as on a phone, and its first task is done there by taps; for the tests that follow its
language is changed by its link and its size by hand. Which browser and which server: browsing.py.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import duckdb
import house
import pytest
from browsing import (
    NARROW,
    PAGES,
    PAPER,
    WIDE,
    WITHOUT_CHARTS,
    form_of,
    go,
    open_drawn,
    resize,
    screen_was,
    see,
    serving,
    until_done,
    wait_until_drawn,
    wait_until_still,
)

from etl import load
from ui.draw.palette import INK, PAGE

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

each_page = pytest.mark.parametrize("page", PAGES)
each_page_with_charts = pytest.mark.parametrize("page", [page for page in PAGES if page not in WITHOUT_CHARTS])
# one after the other, so that from each to the next either the size or the language changes
each_form = pytest.mark.parametrize(
    ("lang", "size"),
    [("vi", NARROW), ("vi", WIDE), ("en", WIDE), ("en", NARROW)],
    ids=["vi-narrow", "vi-wide", "en-wide", "en-narrow"],
)


def _speak(page: playwright.Page, lang: str) -> None:
    """Change the language by its link, without a new address being loaded."""
    wait_until_still(page)
    page.evaluate("window.same = true")
    page.locator(".menu .language").click()
    page.wait_for_function("lang => document.documentElement.lang === lang", arg=lang)
    page.wait_for_function("lang => location.search.includes('lang=en') === (lang === 'en')", arg=lang)
    wait_until_still(page)
    assert page.evaluate("window.same")


@pytest.fixture(scope="session")
def opened(tab, server: str) -> Callable[..., playwright.Page]:
    """A page in one language and size, without the dialog that another test may have left. It is opened once, in
    Vietnamese as on a phone, for tests of one page stand together (conftest.py).
    """
    shown = ""

    def get(page: str, lang: str = "vi", size: tuple[int, int] = WIDE) -> playwright.Page:
        nonlocal shown
        held = tab("kept", NARROW if shown != page else size)
        # what stands behind another tab is not drawn
        held.bring_to_front()
        if shown != page or urlsplit(held.url).path != page:
            held.emulate_media(color_scheme="light")
            open_drawn(held, server + page)
            shown = page
        if held.locator("[role=dialog]").count():
            _close_dialog(held)
        if held.evaluate("document.documentElement.lang") != lang:
            _speak(held, lang)
        resize(held, size)
        wait_until_drawn(held)
        wait_until_still(held)
        return held

    return get


_MOST_SCREENS = 5
"""So many screens of a phone a page is long before anything is asked of it."""


def _by_a_cell(page: playwright.Page) -> None:
    _click_a_cell(page)
    see(page, "[role=dialog] .card .where")
    assert "dòng" in page.locator("[role=dialog] .card .where").first.inner_text()
    # the same cell opens again
    _close_dialog(page)
    _click_a_cell(page)
    see(page, "[role=dialog] .card .says")
    _close_dialog(page)


def _by_a_gap(page: playwright.Page) -> None:
    page.locator(".stElementContainer:has(+ * .ranked) .fold").tap()
    page.locator(".ranked a.chip").first.tap()
    page.wait_for_function("location.search.includes('o=')")
    see(page, ".stMain p.cell-head")
    wait_until_drawn(page)
    _by_a_cell(page)


def _by_a_second_plan(page: playwright.Page) -> None:
    """No shipped plan has one of the year before: another is chosen, and the bars are a picture like others."""
    page.locator(".st-key-w-truoc input").tap()
    page.locator("[role=option]").first.tap()
    page.locator(
        "[class*=st-key-narrow-family] .js-plotly-plot path.point, [class*=st-key-narrow-family] .point path"
    ).first.wait_for()
    _by_a_cell(page)


def _by_a_group(page: playwright.Page) -> None:
    _click_a_cell(page)
    see(page, "[role=dialog] .ranked a")
    _close_dialog(page)


def _by_words(page: playwright.Page) -> None:
    page.locator(".st-key-w-q input").tap()
    page.keyboard.type("ho ngheo")
    page.keyboard.press("Enter")
    page.locator(".card mark", has_text="hộ nghèo").first.wait_for()


def _by_a_heading(page: playwright.Page) -> None:
    link = page.locator(".toc a").nth(3)
    link.tap()
    see(page, link.get_attribute("href"))


def _by_a_button(page: playwright.Page) -> None:
    page.locator(".st-key-briefing-all button").tap()
    page.locator(".st-key-briefing-files button").first.wait_for()


def _by_a_paste(page: playwright.Page) -> None:
    page.locator("textarea").tap()
    page.keyboard.insert_text("1. Sở Nội vụ công khai danh sách hộ nghèo tại trụ sở UBND cấp xã.")
    page.locator(".stFormSubmitButton button").tap()
    # the rest is told where drafts are tested
    see(page, "[role=progressbar], .stHeading h2")


def _by_a_figure(page: playwright.Page) -> None:
    page.locator(".stElementContainer:has(> .fold):has(+ * [class*=st-key-narrow-method-classes]) .fold").tap()
    _by_a_cell(page)


_FIRST_TASK = {
    "/bao-phu": _by_a_gap,
    "/nam-truoc": _by_a_second_plan,
    "/ca-nuoc": _by_a_group,
    "/tim-viec": _by_words,
    "/doc-ke-hoach": _by_a_heading,
    "/bao-cao": _by_a_button,
    "/du-thao": _by_a_paste,
    "/do-tin-cay": _by_a_figure,
}
"""What a reader comes to a page for, where it is not a picture: the steps, each a tap or what is typed after one."""


@each_page
def test_on_a_phone_a_page_is_short_and_its_first_task_is_done_by_taps(opened, page):
    address, page = page, opened(page, "vi", NARROW)
    screens = page.evaluate("document.querySelector('.stMain').scrollHeight / innerHeight")
    assert screens <= _MOST_SCREENS, screens
    # the answer is on the first screen, before any picture
    assert page.locator(".answer").first.bounding_box()["y"] < NARROW[1]
    _FIRST_TASK.get(address, _by_a_cell)(page)
    assert page.errors == [] and page.locator(".stException").count() == 0
    if address in _FIRST_TASK:
        page.goto("about:blank")  # the tests that follow open it anew


def _wait_until_it_fits(page: playwright.Page, part: str = ".stMain") -> None:
    """Wait until nothing of a part of the page is to its side, out of sight."""
    page.wait_for_function("part => (m => m.scrollWidth <= m.clientWidth)(document.querySelector(part))", arg=part)


_CHARTS = """form => [...document.querySelectorAll(`[class*=st-key-${form}-]`)].map(box => {
  const svg = box.querySelector('.js-plotly-plot .main-svg'), all = box.querySelectorAll('.js-plotly-plot .main-svg');
  const texts = [...box.querySelectorAll('.scatterlayer text')].filter(text => text.textContent.trim());
  const edge = svg.getBoundingClientRect();
  return {
    name: box.className,
    texts: texts.length,
    marks: box.querySelectorAll('.js-plotly-plot .point path, .js-plotly-plot path.point').length,
    small: texts.filter(text => parseFloat(getComputedStyle(text).fontSize) < 12).map(text => text.textContent),
    cut: texts.filter(text => {const r = text.getBoundingClientRect(); return r.left < edge.left - 2 || r.right > edge.right + 2 || r.bottom > edge.bottom + 2})
              .map(text => text.textContent),
  }})"""


@each_page
@each_form
def test_a_page_opens_whole_by_its_own_address_and_its_menu_is_one_line(opened, page, lang, size):
    address, page = page, opened(page, lang, size)
    _unfold(page)
    assert page.locator(".stException").count() == 0 and page.errors == []
    assert page.locator("h1").count() == 1 and page.locator("h1").inner_text().endswith("?")
    assert page.evaluate("document.documentElement.lang") == lang
    assert len(page.locator(".menu a").all()) == len(PAGES) + 1
    _wait_until_it_fits(page)
    links = page.locator(".menu .pages a")
    assert links.count() == len(PAGES) and len({round(link.bounding_box()["y"]) for link in links.all()}) == 1
    menu = page.locator(".menu .pages").bounding_box()
    place = page.locator(".menu .pages a[aria-current=page]").bounding_box()
    assert menu["x"] - 1 <= place["x"] and place["x"] + place["width"] <= menu["x"] + menu["width"] + 1
    if size == WIDE:
        _wait_until_it_fits(page, ".menu .pages")
    charts = page.evaluate(_CHARTS, form_of(page))
    assert bool(charts) == (address not in WITHOUT_CHARTS)
    for chart in charts:
        assert chart["texts"] >= 20 and chart["marks"] >= 10, chart
        assert chart["small"] == [] and chart["cut"] == [], chart


@each_page
def test_the_menu_keeps_the_language_and_another_is_chosen_without_a_new_address(opened, page):
    page = opened(page, "en", NARROW)
    links = [link.get_attribute("href") for link in page.locator(".menu .pages a").all()]
    assert len(links) == len(PAGES) and all("lang=en" in link for link in links)
    _speak(page, "vi")


@each_page
def test_axe_finds_nothing_either_on_a_dark_phone_with_a_dialog_open(opened, page, stock):
    has_charts, parts = page not in WITHOUT_CHARTS, (".card .says", ".card b")
    if page in _BEHIND:
        parts = (".ranked li", ".ranked b")
    page = opened(page, "vi", NARROW)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    if has_charts:
        _unfold(page)
        _click_a_cell(page)
        says, bold = (page.locator(f"[role=dialog] {part}").first for part in parts)
        says.wait_for()
        wait_until_still(page)
        under = _hex(page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor"))
        for part in (says, bold):
            assert _contrast(_hex(part.evaluate("e => getComputedStyle(e).color")), under) > 7
        assert _violations(page, context="[role=dialog]") == {}
        _close_dialog(page)
    wait_until_still(page)
    assert _violations(page) - stock == {}
    page.emulate_media(color_scheme="light")


@each_page
def test_a_page_asks_nobody_but_its_own_server(opened, server, page):
    asked = [urlsplit(url) for url in opened(page).asked]
    assert {one.scheme for one in asked} >= {"http", "ws"}
    assert [
        one for one in asked if one.scheme in ("http", "https", "ws", "wss") and one.netloc != urlsplit(server).netloc
    ] == []


def _unfold(page: playwright.Page) -> None:
    """Open all that a phone keeps folded under its headings."""
    page.evaluate(
        "document.querySelectorAll('.fold[aria-expanded=false],.whole:not([open]) summary').forEach(one => one.click())"
    )


def _click_a_cell(page: playwright.Page) -> None:
    """Click what can be clicked in a picture, on a phone with a finger: the last bars of a sheet, the first of them; and
    wait until the server has answered this click, for an earlier answer may look alike. A busy browser may hear of a run
    only when it is over, and shows nothing of it but the dialog.
    """
    wait_until_still(page)
    press = page.mouse.click if form_of(page) == "wide" else page.touchscreen.tap
    page.evaluate(
        """() => {const root = document.documentElement; delete root.dataset.answered;
        const seen = () => {root.dataset.answered = true};
        new MutationObserver(seen).observe(root, {subtree: true, attributeFilter: ['data-test-script-state']});
        new MutationObserver(() => document.querySelector('[role=dialog]') && seen())
        .observe(root, {subtree: true, childList: true})}"""
    )

    def act() -> str:
        """Press, and say what lay there."""
        # not below the head of the page
        *at, met = page.evaluate(
            """form => {const bars=[...document.querySelectorAll(`[class*=st-key-${form}-] .js-plotly-plot .trace.bars`)];
            const place = bars.filter(one => one.getClientRects().length).pop().querySelector('path');
            place.scrollIntoView({block: 'center'});
            const box = place.getBoundingClientRect(), at = [box.x + box.width / 2, box.y + box.height / 2];
            const met = document.elementFromPoint(...at);
            return [...at, met === null ? "nothing" : met.closest(".js-plotly-plot") ? "the picture" : met.outerHTML.slice(0, 200)]}""",
            form_of(page),
        )
        press(*at)
        return met

    until_done(act, page.locator("html[data-answered]"), "attached")
    wait_until_still(page)


def _close_dialog(page: playwright.Page) -> None:
    """Close the dialog, and again one that a second press has opened anew."""
    dialog = page.locator("[role=dialog]")
    wait_until_still(page)
    while dialog.count():
        until_done(lambda: dialog.press("Escape", timeout=5_000), dialog, "detached")
        wait_until_still(page)


_BEHIND = {"/ca-nuoc": (".ranked li", "đọc kế hoạch")}
"""What stands behind a cell where that is no task: plans, each with a way to its text."""


@each_page_with_charts
def test_a_click_on_a_cell_shows_its_tasks_with_their_line(opened, page):
    behind, said = _BEHIND.get(page, (".card .where", "dòng"))
    page = opened(page)
    _click_a_cell(page)
    first = page.locator(behind).first
    first.wait_for()
    assert said in first.inner_text()
    # the choice is in the address; that the address shows the same again is tested without a browser
    page.wait_for_function("location.search.includes('=')")


def _violations(page: playwright.Page, **where: str) -> Counter[str]:
    """What axe finds of WCAG 2.2 A and AA, and whatever else it calls serious: the rule, as often as it is broken."""
    found = axe.Axe().run(page, **where).response["violations"]
    return Counter(
        {
            one["id"]: len(one["nodes"])
            for one in found
            if one["impact"] in ("serious", "critical")
            or any(tag.startswith("wcag") and not tag.endswith("aaa") for tag in one["tags"])
        }
    )


@pytest.fixture(scope="session")
def stock(tab, tmp_path_factory) -> Counter[str]:
    """What axe finds on an empty page of Streamlit as it comes."""

    def look(folder: Path) -> None:
        (folder / "app.py").write_text("", encoding="utf-8")
        with serving(folder, folder) as url:
            page = tab("stock")
            page.goto(url)
            page.wait_for_selector(".stMainBlockContainer", state="attached")
            (folder / "found.json").write_text(json.dumps(_violations(page)), encoding="utf-8")

    return Counter(json.loads((house.once(tmp_path_factory, "stock", look) / "found.json").read_text(encoding="utf-8")))


def test_axe_finds_what_is_wrong(tab):
    page = tab("stock")
    page.goto("about:blank")
    page.set_content(
        '<html lang="vi"><title>x</title><main><img src="x.png"><p style="color:#999;background:#fff">mờ</p></main>'
    )
    assert _violations(page) == {"image-alt": 1, "color-contrast": 1}


@each_page
def test_axe_finds_nothing_that_an_empty_page_of_streamlit_has_not(opened, page, stock):
    page = opened(page)
    wait_until_still(page)
    assert _violations(page) - stock == {}


@each_page_with_charts
def test_each_picture_is_saved_as_it_stands_with_its_letters_and_the_way_back(opened, page):
    page = opened(page)
    wait_until_still(page)
    rows = page.locator("[class*=st-key-wide-] .pictures").all()
    assert rows
    for row in rows:
        shown = float(
            row.evaluate(
                "row => row.closest('[class*=st-key-wide-]').querySelector('.js-plotly-plot .main-svg').getAttribute('width')"
            )
        )
        saved = {}
        for form in ("svg", "png"):
            with page.expect_download() as waiting:
                row.locator(f"button[data-format={form}]").press("Enter")
            assert re.fullmatch(rf"[a-z0-9-]+_\d{{4}}-\d\d-\d\d\.{form}", waiting.value.suggested_filename)
            saved[form] = Path(waiting.value.path()).read_bytes()
        drawing = ElementTree.fromstring(saved["svg"])
        words = " ".join(text for text in drawing.itertext() if text.strip())
        assert float(drawing.get("width")) == shown and "Nguồn" in words and "url(data:font" in words
        # the only address in it is the one it was saved at
        assert set(re.findall(r'href="([^"]+)"', html.unescape(saved["svg"].decode()))) == {page.url}
        size = [int.from_bytes(saved["png"][at : at + 4], "big") for at in (16, 20)]
        assert saved["png"][:8] == b"\x89PNG\r\n\x1a\n"
        assert size == [int(3 * shown), int(3 * float(drawing.get("height")))]


@each_page
def test_on_paper_each_picture_has_a_sheet_of_its_own_and_nothing_stands_there_that_is_pressed(opened, page):
    page = opened(page)
    page.emulate_media(media="print")
    resize(page, PAPER)
    try:
        assert page.locator("select, button:visible, input:visible, .menu:visible").count() == 0
        assert page.locator("[class*=st-key-narrow-]").count() == 0
        for picture in page.locator("[class*=st-key-wide-]").all():
            size = picture.locator(".main-svg").first.evaluate(
                "one => [one.getBoundingClientRect()].map(at => [at.width, at.height])[0]"
            )
            assert 50 < min(size) <= 700 and max(size) <= 1040, size
            assert picture.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
        for head in page.locator(".scroll thead").all():
            assert head.evaluate("one => getComputedStyle(one).display") == "table-header-group"
        # what a list of the page holds back on the screen is there
        for item in page.locator("details.more > .ranked > li").all():
            assert item.evaluate("one => one.checkVisibility()")
        assert page.get_by_test_id("stSkipToContent").inner_text() == "Chuyển tới nội dung chính"
    finally:
        page.emulate_media(media="screen")


def test_a_window_gets_the_one_form_of_a_picture_that_it_has_room_for_and_the_other_when_it_is_turned(tab, server):
    forms = "[...document.querySelectorAll('[class*=st-key-wide-],[class*=st-key-narrow-]')].map(one => one.className)"
    desk, phone = tab("desk"), tab("phone", NARROW)
    for page in (desk, phone):
        open_drawn(page, server + "/ai-lam")
    for page in (desk, phone):
        (shown,) = page.evaluate(forms)
        assert f"st-key-{form_of(page)}-who" in shown
    # who reads in a dialog is not disturbed
    phone.bring_to_front()
    _click_a_cell(phone)
    phone.locator("[role=dialog] .card").first.wait_for()
    resize(phone, WIDE)
    wait_until_still(phone)
    assert phone.locator("[role=dialog] .card").count() and phone.locator("[class*=st-key-narrow-who]").count()
    _close_dialog(phone)
    wait_until_drawn(phone)
    assert len(phone.evaluate(forms)) == 1 and phone.errors == []


def test_the_chart_of_a_briefing_is_saved_as_a_png_twice_as_large_as_a_slide(tab, server):
    page = open_drawn(tab(), f"{server}/bao-cao?kh=bac-kan-2021&phan=coverage&tep=svg")
    with page.expect_download() as waiting:
        page.locator("button.png").press("Enter")
    saved = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename == "do-phu-bac-kan-2021.png" and saved[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(saved[16:20], "big"), int.from_bytes(saved[20:24], "big")) == (2560, 1440)
    assert page.errors == []


def test_a_cell_is_chosen_and_its_line_reached_by_keyboard_alone(tab, server):
    page = open_drawn(tab(), server + "/bao-phu")

    def tab_to(selector: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached")

    def choose() -> None:
        until_done(lambda: page.keyboard.press("ArrowDown"), page.locator("[role=option][data-focused]"))
        page.keyboard.press("Enter")

    for select in (1, 2):
        wait_until_still(page)  # a page that is just being drawn anew may miss a key
        box = f".st-key-w-o-{select} input"
        tab_to(box)
        until_done(choose, page.locator(f"{box}:not([value=''])"))
    page.locator(".card .where").first.wait_for()
    page.wait_for_function("location.search.includes('o=')")
    wait_until_still(page)
    tab_to(".card .where a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc-ke-hoach?**doan=**")


@each_page_with_charts
def test_a_chart_follows_the_theme_without_being_drawn_anew(opened, page):
    page = opened(page)
    wait_until_still(page)
    wait_until_drawn(page)
    texts = "[...document.querySelectorAll('[class*=st-key-wide-] .scatterlayer text')]"
    colours = page.evaluate(f"{texts}.map(text => getComputedStyle(text).fill)")
    at = [_hex(colour) for colour in colours].index(INK)
    ink, used = f"{texts}[{at}].style.fill", f"getComputedStyle({texts}[{at}]).fill"
    drawn, light = page.evaluate(ink), page.evaluate(used)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{used} !== '{light}'")
    assert page.evaluate(ink) == drawn
    page_colour = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert _hex(page_colour) != PAGE
    assert _contrast(_hex(page.evaluate(used)), _hex(page_colour)) > 7
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("before", ["wide", "narrow"])
def test_a_bad_value_leaves_the_address_and_the_menu_with_a_note(tab, server, before):
    """Also where the window is another than on the last visit, and the page is drawn once more."""
    page = tab()
    screen_was(page, before)
    open_drawn(page, server + "/bao-phu?lang=en&dem=abc&kh=nowhere")
    links = [link.get_attribute("href") for link in page.locator(".menu .pages a").all()]
    assert len(links) == len(PAGES) and all("lang=en" in link and "nowhere" not in link for link in links)
    assert page.locator("p.note").count() >= 1
    page.wait_for_function("!location.search.includes('nowhere') && location.search.includes('lang=en')")


def _is_whole(page: playwright.Page, address: str) -> bool:
    """Whether a page that was come to by a link has its title, its menu and its place there, and keeps its address."""
    here = page.locator(".menu .pages a[aria-current=page]").get_attribute("href")
    return (
        page.locator("h1").count() == 1
        and page.locator("h1").inner_text().endswith("?")
        and page.title() not in ("", "Streamlit")
        and page.locator(".menu .pages a").count() == len(PAGES)
        and urlsplit(here).path.rpartition("/")[2] == urlsplit(address).path[1:]
        and all(choice in page.url for choice in urlsplit(address).query.split("&"))
        and page.locator(".stException").count() == 0
    )


def test_the_first_visitor_of_a_server_comes_by_a_shared_link_and_gets_title_and_menu(tab, build_folder):
    with serving(build_folder) as url:
        address = "/doc-ke-hoach?ke=bac-kan-2021"
        assert _is_whole(open_drawn(tab(), url + address), address)


def test_a_missing_database_is_built_while_its_first_reader_watches_and_the_page_opens_by_itself(tab, tmp_path):
    address, builds = "/bao-phu?lang=en&nd=3", tmp_path / "build"
    with serving(builds, house.small(tmp_path)) as url:
        page = tab()
        page.goto(url + address)
        page.get_by_role("progressbar").wait_for()
        assert "building one" in page.locator(".answer").inner_text() and page.locator(".stException").count() == 0
        page.wait_for_selector("footer.foot", state="attached")
        wait_until_drawn(page)
        assert _is_whole(page, address) and len(list(builds.glob("papi-*.duckdb"))) == 1


def test_wording_and_link_are_copied_as_text_by_keyboard_and_several_plans_compared(tab, server, build_folder):
    page = open_drawn(tab(), server + "/bao-phu")
    # the first gap of the list opens its cell, with the words of other plans under it
    page.locator(".ranked a.chip").first.click()
    button = page.locator("button.copy[data-words]")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('button.copy[data-words]').textContent === document.querySelector('button.copy[data-words]').dataset.done"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Nguồn:" in copied and "dòng" in copied and "<" not in copied
    go(page, server + "/so-sanh?plans=" + ",".join(["nowhere", *_plan_ids(build_folder)]))
    notes = " ".join(page.locator("p.note").all_inner_texts())
    assert "nowhere" in notes and "tối đa 4" in notes
    page.wait_for_function("location.search.split(/%2C|,/).length === 4")
    go(page, server + "/so-sanh?plans=" + _plan_ids(build_folder)[0])
    assert (
        "Chọn thêm một kế hoạch để so sánh." in page.locator(".answer").all_inner_texts()
        and page.locator(".stException").count() == 0
    )


def test_a_unit_is_chosen_in_its_document_and_an_address_opens_at_its_line(tab, server, build_folder):
    plan = _plan_ids(build_folder)[0]
    # a stranger comes by the link of a unit far below
    page = open_drawn(tab(), f"{server}/doc-ke-hoach?ke={plan}&doan=40")
    page.locator('.unit-head[data-unit="40"]').wait_for()
    page.wait_for_function("""() => {const at = document.getElementById("doan-40").getBoundingClientRect();
        return at.top > 0 && at.bottom < innerHeight && document.querySelector(".doc .on").dataset.u === "40"}""")
    # a click on another shows what was read from it, without loading the page anew
    page.evaluate("window.same = true")
    page.locator("#doan-41").click()
    page.locator('.unit-head[data-unit="41"]').wait_for()
    page.wait_for_function("location.search.includes('doan=41')")
    assert "dòng" in page.locator(".unit .small").first.inner_text() and page.locator(".unit .bars li").count() >= 1
    # by keyboard the reader is taken to what was read, and on by the buttons
    page.locator("#doan-42").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.dataset.unit === '42'")
    page.get_by_role("button", name="Đoạn 43 ›").press("Enter")
    page.locator('.unit-head[data-unit="43"]').wait_for()
    page.keyboard.press("Escape")
    page.locator(".toc").wait_for()
    page.wait_for_function("document.activeElement.id === 'doan-43' && !location.search.includes('doan')")
    assert page.evaluate("window.same") and page.errors == [] and page.locator(".stException").count() == 0
    page = open_drawn(tab(), f"{server}/doc-ke-hoach?ke={plan}#dong-47")
    page.wait_for_function(
        "(at => at.top > 0 && at.bottom < innerHeight)(document.getElementById('dong-47').getBoundingClientRect())"
    )
    page = open_drawn(tab(), f"{server}/doc-ke-hoach?ke={plan}&doan=99999")
    page.wait_for_function("!location.search.includes('99999')")
    assert "99999" in page.locator("p.note").first.inner_text()


@pytest.fixture(scope="module")
def long_document(build_folder, tmp_path_factory):
    """The address of a server on whose build one plan has as many lines more as a long annex has."""
    folder = tmp_path_factory.mktemp("long")
    plan = _plan_ids(build_folder)[0]
    shutil.copy(build_folder / "papi.duckdb", folder / "papi.duckdb")
    (folder / load.POINTER).write_text("papi.duckdb\n", encoding="utf-8")
    with duckdb.connect(str(folder / "papi.duckdb")) as con:
        for table, lines in (("units", "first_line = {n}, last_line = {n}, ordinal = {n}"), ("lines", "line = {n}")):
            numbered = ", ".join(
                f"{said.partition(' = ')[2]} as {said.partition(' = ')[0]}" for said in lines.split(", ")
            )
            con.execute(
                f"""insert into {table} select one.* replace ({numbered.format(n="1000 + i::int")}, '{plan}:' || (1000 + i) as unit_id)
                from (from {table} where unit_id = '{plan}:40' limit 1) as one, range(1, 501) as more(i)"""
            )
    with serving(folder) as url:
        yield f"{url}/doc-ke-hoach?ke={plan}"


def test_a_long_document_is_read_in_parts_and_every_link_finds_its_own(tab, long_document):
    def lines() -> list[int]:
        return page.evaluate("[...document.querySelectorAll('.doc .l')].map(one => +one.dataset.n)")

    def wait_for_line(number: int) -> None:
        page.wait_for_function(
            "n => {const at = document.getElementById('dong-' + n)?.getBoundingClientRect();"
            "return at && at.top > 0 && at.bottom < innerHeight}",
            arg=number,
        )

    page = open_drawn(tab(), long_document)
    wait_for_line(lines()[0])
    first = lines()
    assert len(first) == 100 and "100" in page.locator("[class*=st-key-turn-document-above] p").first.inner_text()
    # on by a button: the next lines, from the first of them on
    page.locator("[class*=st-key-turn-document-below] button").last.click()
    page.wait_for_function("n => document.querySelector('.doc .l').dataset.n > n", arg=first[-1])
    wait_for_line(lines()[0])
    assert lines()[0] > first[-1] and "phan=2" in page.url
    # the map and the contents lead to other parts
    page.locator(".strip a").last.click()
    page.locator(".unit-head").wait_for()
    page.wait_for_function("document.querySelector('.doc .on') && location.search.includes('phan=')")
    wait_for_line(
        max(lines())
        if page.locator(".doc .on").count() == 0
        else page.evaluate("+document.querySelector('.doc .on').closest('.l').dataset.n")
    )
    page.keyboard.press("Escape")
    page.locator(".toc a").first.click()
    wait_for_line(int(page.locator(".toc a").first.get_attribute("href").rpartition("-")[2]))
    # a stranger comes by a link to a unit, or to a line
    page = open_drawn(tab(), f"{long_document}&doan=1333")
    page.locator('.unit-head[data-unit="1333"]').wait_for()
    wait_for_line(1333)
    page = open_drawn(tab(), f"{long_document}#dong-1222")
    wait_for_line(1222)
    # and whoever wants to print has the whole
    page.locator(".st-key-read-whole button").click()
    page.wait_for_function("document.querySelectorAll('.doc .l').length > 500")
    assert lines() == sorted(lines()) and lines()[-1] == 1500 and page.locator("[class*=st-key-turn-]").count() == 0
    assert page.errors == [] and page.locator(".stException").count() == 0


def test_the_own_plan_is_chosen_by_keyboard_handed_on_by_menu_and_card_and_cleared_with_one_click(tab, server):
    page = open_drawn(tab(), server + "/")
    page.locator(".st-key-own input").focus()
    page.keyboard.type("Hưng Yên")
    page.keyboard.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('own') === 'hung-yen-2020'")
    # by the menu, in the same session
    page.locator(".menu .pages a").nth(PAGES.index("/bao-phu")).click()
    page.locator(".answer b", has_text="Hưng Yên 2020").wait_for()
    page.wait_for_function("location.search.includes('own=hung-yen-2020')")
    # by a card's link, which loads the page anew
    page.locator(".ranked .fill a").first.click()
    page.wait_for_url("**/doc-ke-hoach?*own=hung-yen-2020*")
    wait_until_still(page)
    assert page.locator(".st-key-own input").input_value().startswith("Hưng Yên 2020")
    # what a link asks for is shown, and the choice stays
    assert "hung-yen-2020" not in re.search(r"ke=([a-z0-9-]+)", page.url)[1]
    page.locator(".st-key-own svg").first.click()
    page.wait_for_function("!location.search.includes('own=')")
    assert page.locator(".stException").count() == 0


def test_filters_are_opened_on_a_phone_by_keyboard_and_stay_open_while_one_chooses(tab, server, stock):
    page = open_drawn(tab(size=NARROW), server + "/?lang=vi")
    page.locator(".st-key-own .stPopover button").focus()
    page.keyboard.press("Enter")
    level = page.locator("[data-testid=stPopoverBody] button[data-variant=pills]", has_text="Cấp xã")
    level.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('cap') === 'commune'")
    wait_until_still(page)
    assert page.locator("[data-testid=stPopoverBody]").is_visible()
    assert _violations(page, context="[data-testid=stPopoverBody]") - stock == {}
    page.keyboard.press("Escape")
    _wait_until_it_fits(page)
    wait_until_still(page)
    assert _violations(page) - stock == {}
    page.locator(".st-key-filters-chips button", has_text="Cấp xã").click()
    page.wait_for_function("!location.search.includes('cap=')")


def test_a_search_is_typed_narrowed_and_taken_back_by_keyboard(tab, server, stock):
    page = open_drawn(tab(size=NARROW), server + "/tim-viec?lang=vi")
    field = page.locator(".st-key-w-q input")
    # the field is the first thing after the menu, the reader's own plan and the filters of all pages
    page.locator(".st-key-own .stPopover button").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("one => one === document.activeElement", field.element_handle())
    page.keyboard.type("ho ngheo")
    page.keyboard.press("Enter")
    page.locator(".card mark", has_text="hộ nghèo").first.wait_for()
    page.wait_for_function("new URLSearchParams(location.search).get('q') === 'ho ngheo'")
    page.locator(".st-key-open-dim button").focus()
    page.keyboard.press("Enter")
    choice = page.locator("[data-testid=stPopoverBody] button[data-variant=pills]").first
    choice.wait_for()
    assert re.search(r"\(\d+\)", choice.inner_text())
    wanted = int(re.search(r"\((\d+)\)", choice.inner_text())[1])
    choice.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('nd')")
    page.keyboard.press("Escape")
    page.locator("[class*=st-key-chip-] button").first.wait_for()
    page.wait_for_function("n => document.querySelector('.answer b').textContent === String(n)", arg=wanted)
    _wait_until_it_fits(page)
    page.locator("[data-testid=stPopoverBody]").wait_for(state="detached")
    wait_until_still(page)
    assert _violations(page) - stock == {}
    page.locator("[class*=st-key-chip-] button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!new URLSearchParams(location.search).get('nd')")


def _plan_ids(folder: Path) -> list[str]:
    name = (folder / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(folder / name), read_only=True) as connection:
        return [
            plan
            for (plan,) in connection.execute(
                "select plan_id from plan_list where status = 'read' order by position"
            ).fetchall()
        ]


def _hex(colour: str) -> str:
    """ "rgb(27, 37, 48)" → "#1B2530"."""
    numbers = [int(float(part)) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return "#" + "".join(f"{number:02X}" for number in numbers)


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_a_select_finds_by_words_without_marks_and_back_returns_to_what_was_chosen(tab, server):
    page = open_drawn(tab(), server + "/so-sanh")
    page.locator(".st-key-filters-pairs").get_by_text("1", exact=True).click()
    page.wait_for_function("location.search.includes('nd=1')")
    box = page.locator(".stMultiSelect input").first
    for typed, found in (("kan bac", "Bắc Kạn 2021"), ("khong co", "Không tìm thấy")):
        box.click()
        box.fill(typed)
        page.locator("[role=listbox]").get_by_text(found).wait_for()
        page.keyboard.press("Escape")
    page.locator(".menu .pages a").nth(1).click()
    page.wait_for_url("**/bao-phu**")
    page.locator("footer.foot").wait_for()
    page.go_back()
    page.wait_for_url("**/so-sanh?nd=1")
