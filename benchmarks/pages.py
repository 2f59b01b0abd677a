"""How fast a page answers a changed filter, beside a stock empty Streamlit page and one of as many elements, in one run:
`python -m benchmarks.pages [--units N] [--plans P]`.

Each page runs on a real server and is asked over a real websocket, as a browser does, but without drawing: the time
from the question to the message that the script has finished. Questions follow one another at once, so what Streamlit
does after a run (it collects garbage) delays the next answer and is counted; its own testing tools stop before that.
The stock page imports pandas and plotly and is empty, or holds as many elements as the page sends, each a short text
of its own: an empty page is mostly one search for garbage, which takes longer on one machine than on another, so what
Streamlit itself takes for a page is measured by the second. A filter's first answer and its repetition are told apart.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import duckdb
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

from benchmarks import many
from etl import load
from etl.reference import ROOT

CHOICES = 30
"""So many filters a page is asked for, each twice."""
STOCK = """import pandas
import plotly
import streamlit as st

for at in range(int(st.query_params.get("n", 0))):
    st.markdown(f"{st.query_params['a']} {at}")
"""
MOST_NAMED = 12
"""So many plans at most are picked by name."""
WORDS = (
    "hộ nghèo",
    "ho ngheo",
    "ngheof",
    "danh sách hộ nghèo",
    "khiếu nại tố cáo",
    "thu chi ngân sách",
    '"thủ tục hành chính"',
    "sở tài chính",
    "y te",
    "bảo vệ môi trường",
)
"""What the search is asked for: with marks and without, a slip, a phrase, an agency; words of some thousand to a
million units.
"""
_FACETS = ("cap", "tinh", "tinhnay", "vung", "vb")
_COUNTING = ("de-muc", "noi-dung")
OFFERED: dict[str, dict[str, tuple[str, ...]]] = {
    "": {"dem": _COUNTING},
    "bao-phu": {"dem": _COUNTING, "nd": ("", "", *"12345678")},
    "ca-nuoc": {
        "dem": _COUNTING,
        "bieu": ("", "bang", "vi-tri", "theo-nam", "ban-do", "so-do", "noi-tiep", "chu-tri", "ben-diem"),
        "theo": ("", "cap", "nam", "vung", "tinh", "tinh-nay", "loai"),
    },
    "ai-lam": {"dem": _COUNTING, "ten": ("ke-hoach", "hien-nay"), "vt": ("lead", "coop", "monitor")},
    "so-sanh": {"dem": _COUNTING},
    "nam-truoc": {"dem": _COUNTING},
    "doc-ke-hoach": {"dem": _COUNTING},
    "tim-viec": {
        "q": ("", *WORDS),
        "nd": ("", "2", "2,6", "5"),
        "loai": ("", "action", "action,assignment"),
        "cap": ("", "province"),
        "vt": ("", "", "lead", "none"),
        "cq": ("", "", "ubnd-cap-xa", "so-tai-chinh"),
    },
}
"""What a page lets a reader choose beside the plans."""
_UNASKED = ("do-tin-cay", "bao-cao", "du-thao")
"""Pages without a filter, or that wait for a reader to choose first."""
GOALS = {"shipped": 0.5, "many": 1.5}

_OPTIONS = (
    "--server.headless",
    "true",
    "--server.address",
    "127.0.0.1",
    "--browser.gatherUsageStats",
    "false",
    "--server.fileWatcherType",
    "none",
)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until_up(port: int) -> bool:
    """Wait until a server answers there, twenty seconds at most; whether it does."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


@contextmanager
def server(script: Path, build: Path | None = None, port: int = 0) -> Iterator[str]:
    """A Streamlit server of this script, on a port of its own; the address of its websocket."""
    port = port or free_port()
    environment = {**os.environ, **({"PAPI_BUILD": str(build)} if build else {})}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script.name, "--server.port", str(port), *_OPTIONS],
            cwd=script.parent,
            env=environment,
            stdout=said,
            stderr=said,
        )
        try:
            if not until_up(port):
                said.seek(0)
                raise RuntimeError(said.read().decode("utf-8", "replace"))
            yield f"ws://127.0.0.1:{port}/_stcore/stream"
        finally:
            process.terminate()
            process.wait()


class Answer(NamedTuple):
    """Seconds until a page had been sent whole, the bytes that came, and the elements and boxes in them."""

    took: float
    size: int
    parts: int


class Timed(NamedTuple):
    """A page asked by several filters: seconds of each the first time and the second, and the median size of an answer in
    bytes and in elements.
    """

    first: list[float]
    again: list[float]
    size: int
    parts: int


def ask(session: ClientConnection, page: str, query: str) -> Answer:
    """Ask for a page with this address. A page that ends in an error is no answer: RuntimeError."""
    question = BackMsg(rerun_script=ClientState(query_string=query, page_name=page)).SerializeToString()
    start, size, parts, trouble = time.perf_counter(), 0, 0, ""
    session.send(question)
    while True:
        _acknowledge_at_once(session)
        raw = session.recv()
        size += len(raw)
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        parts += kind in ("delta", "ref_hash")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            trouble = message.delta.new_element.exception.message or "exception"
        if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            took = time.perf_counter() - start
            if trouble or message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError(f"/{page}?{query}: {trouble or message.script_finished}")
            return Answer(took, size, parts)


def _acknowledge_at_once(session: ClientConnection) -> None:
    """Streamlit's server waits up to 40 ms for the acknowledgement of one packet before it sends the next (Nagle's
    algorithm), and a client's system likes to hold it back as long. That is neither page's work, so what is asked here
    acknowledges at once, for both (Linux).
    """
    if hasattr(socket, "TCP_QUICKACK"):
        session.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


@dataclass(frozen=True)
class Filed:
    """A plan as filters find it: its id, what it is by the address's names (`cap=province`), and its year."""

    plan_id: str
    facets: Mapping[str, str]
    year: str


def plans_of(folder: Path) -> list[Filed]:
    """The plans that were read in the newest build of a folder."""
    file = load.latest(folder)
    if file is None:
        raise SystemExit(f"{folder}: chưa có cơ sở dữ liệu; hãy chạy make build.")
    with duckdb.connect(str(file), read_only=True) as con:
        rows = con.execute(
            "select plan_id, level, province, province_now, region, doc_type, year::text from plans where status = 'read' order by plan_id"
        ).fetchall()
    return [
        Filed(plan_id, {name: value.split("; ")[0] for name, value in zip(_FACETS, values) if value}, year or "")
        for plan_id, *values, year in rows
    ]


def _filter(dice: random.Random, plans: Sequence[Filed]) -> dict[str, str]:
    """Plans as readers choose them: by name, few of few more often than of many, else by what one of them is, so that
    some are left.
    """
    if dice.random() < (0.6 if len(plans) <= MOST_NAMED else 0.2):
        named = dice.sample(plans, dice.randint(1, min(MOST_NAMED, len(plans))))
        return {"kh": ",".join(sorted(plan.plan_id for plan in named))}
    one = dice.choice(plans)
    chosen = {name: one.facets.get(name, "") for name in dice.sample(_FACETS, dice.randint(0, 2))}
    if one.year and (not chosen or dice.random() < 0.3):
        chosen |= {"tu": str(int(one.year) - dice.randint(0, 2)), "den": one.year}
    return chosen


def _other(dice: random.Random, page: str, plans: Sequence[Filed]) -> dict[str, str]:
    """Which plans the pages ask for that are about one, or a few."""
    match page:
        case "so-sanh":
            most = min(4, len(plans))
            return {"plans": ",".join(sorted(plan.plan_id for plan in dice.sample(plans, dice.randint(2, most))))}
        case "diem-so":
            return {"ke": dice.choice(plans).plan_id}
        case "doc-ke-hoach":
            return {"ke": dice.choice(plans).plan_id, "doan": str(dice.randint(1, 38))}
        case "nam-truoc":
            later, earlier = dice.sample(plans, 2)
            return {"ke": later.plan_id, "truoc": earlier.plan_id}
        case "tim-viec" if dice.random() < 0.7:
            return {}
    return _filter(dice, plans)


def questions(page: str, plans: Sequence[Filed], count: int) -> list[str]:
    """Different filters of one page, as addresses: plans, way of counting, and what else the page lets a reader
    choose.
    """
    dice = random.Random(page)
    found: dict[str, None] = {}
    for _ in range(100 * count):
        if len(found) == count:
            break
        chosen = _other(dice, page, plans)
        chosen |= {name: dice.choice(values) for name, values in OFFERED.get(page, {}).items()}
        found[urlencode({name: value for name, value in chosen.items() if value}, safe=",~")] = None
    return list(found)


def timed(address: str, page: str, asked: Sequence[str]) -> Timed:
    """A page asked by each filter, and by each once more."""
    with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as session:
        for query in ("", "", ""):  # the first opening of a page imports what it needs
            ask(session, page, query)
        first = [ask(session, page, query) for query in asked]
        again = [ask(session, page, query) for query in asked]
    return Timed(
        [one.took for one in first],
        [one.took for one in again],
        round(statistics.median(one.size for one in first)),
        round(statistics.median(one.parts for one in first)),
    )


def pages() -> list[str]:
    """The address of every page that counts: those with a filter."""
    if asked := os.environ.get("BENCH_PAGES"):
        return asked.split(",")
    named = [file.stem.partition("_")[2] for file in sorted((ROOT / "pages").glob("[0-9]*_*.py"))]
    return ["", *(name for name in named if name not in _UNASKED)]


def measured(folder: Path, count: int) -> dict[str, Timed]:
    """Every page on the database of this folder."""
    plans = plans_of(folder)
    with server(ROOT / "app.py", folder) as address:
        return {page: timed(address, page, questions(page, plans, count)) for page in pages()}


def beside(count: int, *found: Mapping[str, Timed]) -> dict[int, float]:
    """Seconds of the stock page, empty (0) and with as many elements as each of these pages: medians of `count` runs, one
    size after the other.
    """
    sizes = sorted({0, *(timed.parts for pages in found for timed in pages.values())})
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "stock.py"
        script.write_text(STOCK, encoding="utf-8")
        with (
            server(script) as address,
            connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as session,
        ):
            runs = {size: [ask(session, "", f"a={at}&n={size}").took for at in range(count + 5)][5:] for size in sizes}
    return {size: statistics.median(took) for size, took in runs.items()}


def shown(base: Mapping[int, float], found: Mapping[str, Timed], goal: float) -> str:
    """A row a page: medians in milliseconds, against the empty page and against one of as many elements, and whether the
    goal, of the empty page, is met.
    """
    heads = (
        "lần đầu ms",
        "so với trống",
        "chậm nhất ms",
        "lặp lại ms",
        "so với trống",
        "kB",
        "phần tử",
        "trang bằng ấy ms",
    )
    lines = [f"{'trang':<14}" + "".join(f"{head:>18}" for head in (*heads, "lần đầu", "lặp lại")) + f"   mức ≤ {goal}"]
    for page, timed in found.items():
        one, two, full = statistics.median(timed.first), statistics.median(timed.again), base[timed.parts]
        cells = (
            f"{1000 * one:.1f}",
            f"{one / base[0]:.2f}",
            f"{1000 * max(timed.first):.1f}",
            f"{1000 * two:.1f}",
            f"{two / base[0]:.2f}",
            f"{timed.size / 1000:.0f}",
            str(timed.parts),
            f"{1000 * full:.1f}",
            f"{one / full:.2f}",
            f"{two / full:.2f}",
        )
        reached = "đạt" if one <= goal * base[0] else "chưa"
        lines.append(f"/{page:<13}" + "".join(f"{cell:>18}" for cell in cells) + f"   {reached}")
    return "\n".join(lines)


def main(units: int = many.UNITS, plans: int = many.PLANS, count: int = CHOICES, folder: Path | None = None) -> None:
    with tempfile.TemporaryDirectory() as place:
        if folder is None:
            folder = Path(place)
            start = time.perf_counter()
            many.build(folder, units, plans)
            print(
                f"{units:,} đơn vị trong {plans:,} kế hoạch, nhân từ các kế hoạch thật: dựng trong {time.perf_counter() - start:.0f} s\n"
            )
        small, large = measured(load.folder(), count), measured(folder, count)
    base = beside(count, small, large)
    print(_yardstick(base))
    print("Đổi bộ lọc, cơ sở dữ liệu đang dùng\n" + shown(base, small, GOALS["shipped"]))
    print("\nĐổi bộ lọc, cơ sở dữ liệu lớn\n" + shown(base, large, GOALS["many"]))


def shipped(count: int = CHOICES) -> None:
    """Only the database in use, without the large one."""
    found = measured(load.folder(), count)
    base = beside(count, found)
    print(_yardstick(base) + "Đổi bộ lọc\n" + shown(base, found, GOALS["shipped"]))


def _yardstick(base: Mapping[int, float]) -> str:
    return f"Trang Streamlit trống, chỉ nạp pandas và plotly: {1000 * base[0]:.1f} ms\n\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages",
        description="Đo mỗi trang trả lời một bộ lọc mới nhanh đến đâu, bên cạnh một trang Streamlit trống.",
    )
    parser.add_argument("--units", type=int, default=many.UNITS)
    parser.add_argument("--plans", type=int, default=many.PLANS)
    parser.add_argument("--count", type=int, default=CHOICES)
    parser.add_argument("--folder", type=Path, help="một cơ sở dữ liệu lớn đã dựng sẵn (python -m benchmarks.many)")
    chosen = parser.parse_args()
    main(chosen.units, chosen.plans, chosen.count, chosen.folder)
