"""How soon a page's first picture stands in a browser, beside an empty page of the same server and one with the smallest
picture: `python -m benchmarks.drawn`, of another build with `PAPI_BUILD=FOLDER`.

One server, one browser, scripts already in its cache. Every page is opened anew, turn by turn with the empty one, by
its own address; the time runs from the question for the address to the first text of a picture, and on the empty page
to its one word. Both times hold Streamlit's own start in the browser.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.pages import server
from etl import load
from etl.reference import ROOT

TIMES = 7
GOAL = 1.5
EMPTY, SMALLEST = "trong", "mot-chu"
"""The empty page, and one with the smallest picture plotly can draw: what lies between the two is plotly's own
start.
"""
PAGES = ("", "bao-phu", "ca-nuoc", "ai-lam", "khi-nao", "diem-so", "so-sanh", "phat-hien", "do-tin-cay")
"""The pages that draw pictures."""
_PICTURE = "() => document.querySelectorAll('[class*=st-key-wide-] .js-plotly-plot svg text').length > 0"
_WORD = "() => [...document.querySelectorAll('.stMarkdown p')].some(p => p.textContent === 'trống')"


def home(folder: Path) -> Path:
    """The dashboard as it is, with two more pages: one word, one picture of one letter."""
    for name in ("ui", "sql", "data", ".streamlit", "etl", "tables", "carried", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    # Streamlit looks for pages beside the file that a link leads to
    shutil.copy(ROOT / "app.py", folder)
    (folder / "pages").mkdir()
    for file in (ROOT / "pages").glob("*.py"):
        (folder / "pages" / file.name).symlink_to(file)
    (folder / "pages" / f"99_{EMPTY}.py").write_text('import streamlit\nstreamlit.write("trống")\n', encoding="utf-8")
    (folder / "pages" / f"98_{SMALLEST}.py").write_text(
        'import streamlit\nwith streamlit.container(key="wide-x"):\n    streamlit.plotly_chart({"data": [{"type": "scatter", "mode": "text", "x": [0], "y": [0], "text": ["x"]}]}, theme=None)\n',
        encoding="utf-8",
    )
    return folder


def seconds(window: BrowserContext, url: str) -> float:
    """From asking for a page to what is waited for on it."""
    page = window.new_page()
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(_WORD if url.endswith(EMPTY) else _PICTURE, polling="raf")
    took = time.perf_counter() - start
    page.close()
    return took


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as place,
        server(home(Path(place)) / "app.py", load.folder()) as address,
        sync_playwright() as driver,
    ):
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        window = browser.new_context(locale="vi-VN", viewport={"width": 1366, "height": 900})
        base = f"http://{urlsplit(address).netloc}/"
        for page in (EMPTY, SMALLEST, *PAGES):  # scripts into the browser's cache, modules into the server
            seconds(window, base + page)
        took: dict[str, list[float]] = {page: [] for page in (EMPTY, SMALLEST, *PAGES)}
        for _ in range(TIMES):
            for page in took:
                took[page].append(seconds(window, base + page))
        browser.close()
    empty, smallest = (statistics.median(took[page]) for page in (EMPTY, SMALLEST))
    print(f"Hình đầu tiên hiện ra, so với trang trống của cùng máy chủ ({1000 * empty:.0f} ms), trung vị {TIMES} lần")
    print(f"{'trang':<14}{'ms':>8}{'so với trống':>14}{'so với một chữ':>16}   mức ≤ {GOAL} trang trống")
    for page in (SMALLEST, *PAGES):
        median = statistics.median(took[page])
        beside = f"{median / empty:>14.2f}{median / smallest:>16.2f}"
        print(f"/{page:<13}{1000 * median:>8.0f}{beside}   {'đạt' if median <= GOAL * empty else 'chưa'}")


if __name__ == "__main__":
    main()
