"""A real browser before a real server, as tests need them: the fixtures stand in conftest.py, for a second driver cannot
run in one process.

One server stands behind all pages of a process. The browser is $CHROMIUM, else the system's Chromium, else Playwright's
own, else these tests are skipped, and with REQUIRE_BROWSER=1 they fail instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import house
import pytest
from house import PATIENCE, ROOT

from ui.page.frame import MENU

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

WIDE, NARROW, PAPER = (1366, 900), (360, 740), (718, 1047)
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _address(file: str) -> str:
    """Where Streamlit puts a page: "pages/1_bao-phu.py" → "/bao-phu"."""
    return "/" if file == "app.py" else "/" + Path(file).stem.partition("_")[2]


PAGES = [_address(file) for _, file in MENU if (ROOT / file).exists()]
WITHOUT_CHARTS = {"/doc-ke-hoach", "/bao-cao", "/du-thao", "/nam-truoc"}
"""Pages that draw in words and boxes only, or only once a reader has given them a document or chosen a second plan."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        try:
            opened = (
                driver.chromium.launch(executable_path=path, args=_ARGS) if path else driver.chromium.launch(args=_ARGS)
            )
        except playwright.Error as error:
            words = (
                "Không có trình duyệt Chromium để chạy thử: hãy cài chromium hoặc chạy “playwright install chromium”."
            )
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(f"{words} ({error})")
            pytest.skip(words)
        yield opened
        opened.close()


@contextmanager
def serving(folder: Path, home: Path = ROOT) -> Iterator[str]:
    """The address of a server on a free port over one folder of builds; of this program, or of the one in `home`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=home,
        env={**os.environ, "PAPI_BUILD": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"

    def is_up() -> bool:
        assert server.poll() is None, "the server has ended"
        try:
            return bool(urllib.request.urlopen(f"{url}/_stcore/health", timeout=5).read())
        except OSError:
            return False

    try:
        house.until(is_up, f"no server at {url}")
        yield url
    finally:
        server.kill()
        server.wait(PATIENCE)


@pytest.fixture(scope="session")
def server(build_folder: Path) -> Iterator[str]:
    """The address of the server that all pages share."""
    with serving(build_folder) as url:
        yield url


@pytest.fixture(scope="session")
def tab(browser) -> Iterator[Callable[..., Page]]:
    """Tabs of one profile by name. They are kept: each address is a new session to the server, but the scripts are
    loaded once. Their reader has asked the system for less motion: what moves is drawn over and over, and looked at by
    no test.
    """
    context = browser.new_context(locale="vi-VN", has_touch=True, reduced_motion="reduce")
    context.set_default_timeout(1000 * PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tabs: dict[str, Page] = {}

    def get(name: str = "", size: tuple[int, int] = WIDE) -> Page:
        if name not in tabs:
            tabs[name] = page = context.new_page()
            page.asked, page.errors = [], []
            page.on("request", lambda request: page.asked.append(request.url))
            page.on("websocket", lambda socket: page.asked.append(socket.url))
            page.on("pageerror", lambda error: page.errors.append(str(error)))
        resize(tabs[name], size)
        return tabs[name]

    yield get
    context.close()


def resize(page: Page, size: tuple[int, int]) -> None:
    """A window of another size; what it opens next begins as on a visit after the first at that size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    screen_was(page, form_of(page))


def screen_was(page: Page, screen: str) -> None:
    """How wide the window was on the last visit."""
    cookie = {"name": "papi-screen", "value": screen, "domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([cookie])


def go(page: Page, url: str) -> Page:
    """Open an address in a tab and wait until the page has come to its end."""
    page.goto("about:blank")  # a new document even where only the part after # differs
    page.asked.clear()
    page.errors.clear()
    page.goto(url)
    page.wait_for_selector("footer.foot", state="attached")
    page.wait_for_selector(".menu a")
    wait_until_still(page)
    return page


def open_drawn(page: Page, url: str) -> Page:
    """The same, and wait until its charts are drawn."""
    go(page, url)
    wait_until_drawn(page)
    return page


def wait_until_drawn(page: Page) -> None:
    """Wait until the charts of the form that a tab shows are there."""
    if urlsplit(page.url).path not in WITHOUT_CHARTS:
        page.wait_for_function(
            "form => {const all=[...document.querySelectorAll(`[class*=st-key-${form}-]`)];"
            "return all.length>0 && all.every(one => one.querySelectorAll('.js-plotly-plot svg text').length>5)}",
            arg=form_of(page),
        )


def form_of(page: Page) -> str:
    """Which form of a picture a tab shows."""
    return "wide" if page.viewport_size["width"] == WIDE[0] else "narrow"


def wait_until_still(page: Page) -> None:
    """Wait until the server has done what was asked of it, and nothing is pale any more: what is being drawn anew may
    miss a click.
    """
    page.wait_for_function(
        "document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning' && "
        "[...document.querySelectorAll('.stElementContainer')].every(one => getComputedStyle(one).opacity === '1')"
    )


def until_done(
    act: Callable[[], object], seen: Locator, state: Literal["visible", "attached", "detached"] = "visible"
) -> None:
    """Do something until it has done what it does: what a busy server is drawing anew may miss a key, as a reader would
    press it again. What `act` gives is told where it never does.
    """
    from playwright.sync_api import TimeoutError as Late

    end, met = time.monotonic() + PATIENCE, None
    while time.monotonic() < end:
        with suppress(Late):
            met = act()
            seen.wait_for(state=state, timeout=5_000)
            return
    raise AssertionError(f"{seen} is not {state}; met: {met}")


def see(page: Page, selector: str) -> None:
    """Wait until something is on the screen, where a reader sees it."""
    page.wait_for_function(
        """selector => [...document.querySelectorAll(selector)].some(one => {const at = one.getBoundingClientRect();
        return at.height > 0 && at.top < innerHeight - 16 && at.bottom > 16})""",
        arg=selector,
    )
