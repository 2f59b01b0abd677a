"""How soon a page's first picture stands in a browser, beside an empty page of the same server and one with the smallest
picture: `python -m benchmarks.drawn`, of another build with `PAPI_BUILD=FOLDER`, of builds made for it with `--plans 300
3000 10000` (`benchmarks.many`, some minutes each), `BENCH_FULL=1` the same.

One server, one browser, scripts already in its cache. Every page is opened anew, turn by turn with the empty one, by
its own address; the time runs from the question for the address to the first text of a picture, and on the empty page
to its one word. Both times hold Streamlit's own start in the browser. Beside them stand the processor seconds that the page's
main thread in the browser took until then, which other programs of a busy machine change less.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks import many
from benchmarks.pages import server
from etl import load
from etl.reference import ROOT

TIMES = 7
UNITS = 20
"""So many units the plans of a build made here have on average."""
PATIENCE = 240_000
GOAL = 1.5
EMPTY, SMALLEST = "trong", "mot-chu"
"""The empty page, and one with the smallest picture plotly can draw: what lies between the two is plotly's own
start.
"""
FULL = (300, 3_000, 10_000)
"""So many plans the builds of `BENCH_FULL` have."""
PAGES = ("", "bao-phu", "ca-nuoc", "ai-lam", "khi-nao", "diem-so", "so-sanh", "phat-hien", "do-tin-cay")
"""The pages that draw pictures."""
_PICTURE = "() => document.querySelectorAll('[class*=st-key-wide-] .js-plotly-plot svg text').length > 0"
_WORD = "() => [...document.querySelectorAll('.stMarkdown p')].some(p => p.textContent === 'trống')"


def home(folder: Path) -> Path:
    """The dashboard as it is, with two more pages: one word, one picture of one letter."""
    for name in ("ui", "sql", "data", ".streamlit", "etl", "tables", "carried", "decided", "pyproject.toml"):
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


def seconds(window: BrowserContext, url: str) -> tuple[float, float]:
    """From asking for a page to what is waited for on it, and the processor seconds of the page's main thread until then."""
    page = window.new_page()
    inside = window.new_cdp_session(page)
    inside.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(_WORD if url.endswith(EMPTY) else _PICTURE, polling="raf", timeout=PATIENCE)
    took = time.perf_counter() - start
    told = {one["name"]: one["value"] for one in inside.send("Performance.getMetrics")["metrics"]}
    page.close()
    return took, told["TaskDuration"]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drawn", description=__doc__)
    parser.add_argument("--plans", type=int, nargs="+", default=list(FULL) if os.environ.get("BENCH_FULL") else [])
    sizes: list[int] = parser.parse_args(arguments).plans
    if not sizes:
        measure(load.folder())
    for plans in sizes:
        with tempfile.TemporaryDirectory() as folder:
            many.build(Path(folder), UNITS * plans, plans)
            print(f"\n{plans:,} kế hoạch")
            measure(Path(folder))


def measure(build: Path) -> None:
    """Every page over this build; prints a table."""
    with (
        tempfile.TemporaryDirectory() as place,
        server(home(Path(place)) / "app.py", build) as address,
        sync_playwright() as driver,
    ):
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        window = browser.new_context(locale="vi-VN", viewport={"width": 1366, "height": 900})
        base = f"http://{urlsplit(address).netloc}/"
        for page in (EMPTY, SMALLEST, *PAGES):  # scripts into the browser's cache, modules into the server
            seconds(window, base + page)
        took: dict[str, list[tuple[float, float]]] = {page: [] for page in (EMPTY, SMALLEST, *PAGES)}
        for _ in range(TIMES):
            for page in took:
                took[page].append(seconds(window, base + page))
        browser.close()
    medians = {page: [statistics.median(told) for told in zip(*times)] for page, times in took.items()}
    (empty, _), (smallest, worked) = medians[EMPTY], medians[SMALLEST]
    print(f"Hình đầu tiên hiện ra, so với trang trống của cùng máy chủ ({1000 * empty:.0f} ms), trung vị {TIMES} lần")
    print(
        f"{'trang':<14}{'ms':>8}{'so với trống':>14}{'so với một chữ':>16}{'CPU ms':>8}{'so với một chữ':>16}   mức ≤ {GOAL} trang một chữ"
    )
    for page in (SMALLEST, *PAGES):
        median, work = medians[page]
        beside = f"{median / empty:>14.2f}{median / smallest:>16.2f}{1000 * work:>8.0f}{work / worked:>16.2f}"
        print(f"/{page:<13}{1000 * median:>8.0f}{beside}   {'đạt' if median <= GOAL * smallest else 'chưa'}")


if __name__ == "__main__":
    main()
