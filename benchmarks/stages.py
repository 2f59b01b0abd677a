"""What one answer of a page is made of: `python -m benchmarks.stages`, of another build with `PAPI_BUILD=FOLDER`.

One process is the server and asks itself the questions of `benchmarks.pages`, over a real websocket. What the script does
is told by the innermost of the functions below that is at work, in processor time of its thread; sending is the
processor time of the thread that serves. The stock page stands beside them, in the same server.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import MethodType, ModuleType
from typing import Any

from websockets import Subprotocol
from websockets.sync.client import connect

from benchmarks.drawn import EMPTY, home
from benchmarks.pages import ask, free_port, pages, plans_of, questions, until_up
from etl import load
from etl.reference import ROOT

COUNT = 20
"""So many filters a page is asked for, each twice."""
STAGES = {
    "script": "còn lại",
    "queries": "câu hỏi",
    "picture": "vẽ",
    "figure": "hình → JSON",
    "markup": "bảng, thẻ",
    "frame": "khung",
    "elements": "phần tử",
    "garbage": "dọn rác",
    "sending": "gửi",
}
"""What an answer is made of, and its head in the table: whatever no other stage is; questions and their rows; drawing;
what Streamlit makes of a picture; tables, cards and lists; what stands around every page; Streamlit's elements; what
is looked through for garbage; the thread that serves.
"""


class Clock:
    """Processor seconds by stage, of the threads that run a page."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._held = threading.local()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What happens now is of this stage, but for what stages within it take."""
        stack: list[str] = self._held.__dict__.setdefault("stack", [])
        self._told(stack)
        stack.append(name)
        try:
            yield
        finally:
            self._told(stack)
            stack.pop()

    def _told(self, stack: list[str]) -> None:
        now = time.thread_time()
        if stack:
            self.spent[stack[-1]] += now - self._held.since
        self._held.since = now

    def during(self, name: str, run: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, told as a stage."""

        @wraps(run)
        def told(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                return run(*args, **kwargs)

        return told

    def watch(self, name: str, module: ModuleType | type, *functions: str) -> None:
        """Tell these functions of a module as a stage."""
        for function in functions:
            setattr(module, function, self.during(name, getattr(module, function)))

    def swept(self, phase: str, _: dict[str, int]) -> None:
        """Python begins or ends to look for garbage (`gc.callbacks`)."""
        stack = self._held.__dict__.get("stack")
        if not stack:
            return
        self._told(stack)
        if phase == "start":
            stack.append("garbage")
        else:
            stack.pop()


def watched(clock: Clock) -> None:
    """Every stage of a page is told to a clock."""
    import streamlit
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

    from ui.data import ask
    from ui.page import cards, frame, picture, tables

    clock.watch("script", ScriptRunner, "_run_script", "_on_script_finished")
    clock.watch("queries", ask, "_cached", "_few", "_listed", "_typed", "_rows")
    clock.watch("picture", picture, "chart")
    clock.watch("markup", tables, "table", "ranked")
    clock.watch("markup", cards, "cell", "show", "tasks")
    clock.watch("frame", frame, "page", "foot")
    for name, made in vars(streamlit).items():
        if isinstance(made, MethodType) and isinstance(made.__self__, DeltaGenerator):
            clock.watch("figure" if name == "plotly_chart" else "elements", streamlit, name)
    gc.callbacks.append(clock.swept)


def answers(clock: Clock, port: int) -> Iterator[tuple[str, list[dict[str, float]], float]]:
    """Each page's name, the seconds by stage of a new filter and of the same again, and kilobytes of one answer; the
    stock page first.
    """
    thread = threading.main_thread().ident
    assert thread is not None  # it runs
    serving = time.pthread_getcpuclockid(thread)
    address, plans = f"ws://127.0.0.1:{port}/_stcore/stream", plans_of(load.folder())
    for page in (EMPTY, *pages()):
        asked = questions(page, plans, COUNT) if page != EMPTY else [f"a={at}" for at in range(COUNT)]
        with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as session:
            for _ in range(3):  # the first opening of a page imports what it needs
                ask(session, page, "")
            told, size = [], 0
            for _ in ("new", "again"):
                clock.spent.clear()
                before = time.clock_gettime(serving)
                for query in asked:
                    size += ask(session, page, query).size
                    time.sleep(0.02)  # what the server does after an answer belongs to it
                clock.spent["sending"] = time.clock_gettime(serving) - before
                told.append({stage: clock.spent[stage] / len(asked) for stage in STAGES})
        yield page, told, size / len(asked) / 2000


def _row(name: str, spent: Mapping[str, float], stock: float, size: float | None = None) -> str:
    whole = sum(spent.values())
    parts = "".join(f"{1000 * spent[stage]:>12.1f}" for stage in STAGES)
    return f"{name:<16}{1000 * whole:>8.1f}{whole / stock:>8.2f}{parts}" + (f"{size:>8.0f}" if size else "")


def serve(script: str, port: int) -> None:
    """A server in this process that asks itself, prints the table and ends."""
    from streamlit.web import bootstrap

    clock = Clock()
    watched(clock)

    def tell() -> None:
        done = 1
        try:
            until_up(port)
            heads = "".join(f"{words:>12}" for words in STAGES.values())
            print(f"{'trang':<16}{'ms':>8}{'/trống':>8}{heads}{'kB':>8}", flush=True)
            stock = 0.0
            for page, (new, again), size in answers(clock, port):
                stock = stock or sum(new.values())
                print(_row(f"/{page}", new, stock, size))
                print(_row("  lặp lại", again, stock), flush=True)
            done = 0
        finally:
            os._exit(done)

    vars(bootstrap)["_print_url"] = lambda _: None
    threading.Thread(target=tell).start()
    bootstrap.load_config_options({"server_port": port, "server_headless": True, "server_fileWatcherType": "none"})
    bootstrap.run(script, False, [], {})


def main() -> None:
    print("Một câu trả lời gồm những gì: ms bộ xử lý, bộ lọc mới rồi lặp lại, mỗi trang", flush=True)
    with tempfile.TemporaryDirectory() as place:
        folder = home(Path(place))
        asked = {"--script": str(folder / "app.py"), "--port": str(free_port())}
        words = [word for pair in asked.items() for word in pair]
        subprocess.run([sys.executable, "-m", "benchmarks.stages", *words], cwd=ROOT, check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stages", description="Đo một câu trả lời theo từng việc, mỗi trang."
    )
    parser.add_argument("--script", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.script:
        serve(chosen.script, chosen.port)
    else:
        main()
