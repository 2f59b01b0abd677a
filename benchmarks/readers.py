"""How many readers one process serves, and two behind Caddy as `deploy/` sets them up: `python -m benchmarks.readers
[--page bao-phu] [--processes 2]`.

Each reader has a session and acts every five seconds, each time with another filter, beginning at another moment. More
and more of them act for a while; the number that counts is the last at which 95 of 100 answers came whole within a
second. The readers run on the same two cores as the server, which takes some of its time.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.pages import Filed, free_port, pages, plans_of, questions, server, timed, until_up
from etl import load
from etl.reference import ROOT

EVERY = 5.0
LASTING = 20.0
LEVELS = (25, 50, 75, 100, 125, 160, 200)
LIMIT = 1.0
GOALS = {1: 100, 2: 160}
"""Readers that so many processes should serve."""
_SMALL = 300
"""The message that a page has come to its end is smaller than this; larger ones are not even looked into."""


async def _ask(session: ClientConnection, page: str, query: str) -> float:
    start = time.perf_counter()
    await session.send(BackMsg(rerun_script=ClientState(query_string=query, page_name=page)).SerializeToString())
    while True:
        raw = await session.recv()
        if (
            len(raw) < _SMALL
            and (message := ForwardMsg.FromString(raw)).WhichOneof("type") == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        ):
            return time.perf_counter() - start


async def _reader(
    address: str, page: str, asked: list[str], dice: random.Random, ready: asyncio.Barrier
) -> list[float]:
    async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, ping_interval=None) as session:
        await _ask(session, page, "")
        await ready.wait()
        began, due, took = time.perf_counter(), dice.uniform(0, EVERY), []
        while due < LASTING:
            await asyncio.sleep(max(0, began + due - time.perf_counter()))
            # an answer that comes late counts from the moment it was due, else a slow server would be asked less
            behind = max(0.0, time.perf_counter() - began - due)
            took.append(behind + await _ask(session, page, dice.choice(asked)))
            due += EVERY
        return took


async def crowd(address: str, page: str, asked: list[str], readers: int) -> list[float]:
    """The seconds of every answer that so many readers got."""
    ready = asyncio.Barrier(readers)
    dice = random.Random(readers)
    found = await asyncio.gather(
        *(_reader(address, page, asked, random.Random(dice.random()), ready) for _ in range(readers))
    )
    return [took for one in found for took in one]


@contextmanager
def fleet(count: int, build: Path) -> Iterator[str]:
    """So many processes on one build, behind Caddy where there is more than one; the address of their websocket."""
    with ExitStack() as stack:
        addresses = [stack.enter_context(server(ROOT / "app.py", build)) for _ in range(count)]
        yield addresses[0] if count == 1 else stack.enter_context(_caddy(addresses))


@contextmanager
def _caddy(addresses: list[str]) -> Iterator[str]:
    port = free_port()
    hosts = [address.split("/")[2] for address in addresses]
    process = subprocess.Popen(
        ["caddy", "run", "--config", str(ROOT / "deploy" / "Caddyfile")],
        env={**os.environ, "PAPI_SITE": f"http://127.0.0.1:{port}", "PAPI_PROCESSES": " ".join(hosts)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_up(port)
        yield f"ws://127.0.0.1:{port}/_stcore/stream"
    finally:
        process.terminate()
        process.wait()


def heaviest(address: str, plans: list[Filed]) -> str:
    """The page whose new filters take longest."""
    return max(pages(), key=lambda page: statistics.median(timed(address, page, questions(page, plans, 8)).first))


def main(page: str | None = None, counts: tuple[int, ...] = (1, 2)) -> None:
    plans = plans_of(load.folder())
    for count in counts:
        if count > 1 and shutil.which("caddy") is None:
            print(f"{count} tiến trình: cần Caddy (deploy/), máy này không có.")
            continue
        with fleet(count, load.folder()) as address:
            page = heaviest(address, plans) if page is None else page
            print(
                f"Người đọc cùng lúc, mỗi người một bộ lọc mới mỗi {EVERY:.0f} giây, trang nặng nhất /{page}, số tiến trình: {count}"
            )
            served, goal = _served(address, page, plans), GOALS.get(count, 0)
            print(f"→ {served} người; mức {goal}: {'đạt' if served >= goal else 'chưa'}")


def _served(address: str, page: str, plans: list[Filed]) -> int:
    """The most readers of whom 95 of 100 answers came in time; a row is printed for each number tried."""
    served = 0
    print(f"{'người':>7}{'trung vị ms':>13}{'95% trong ms':>14}")
    for readers in LEVELS:
        took = asyncio.run(crowd(address, page, questions(page, plans, 60), readers))
        slow = statistics.quantiles(took, n=20)[-1]
        print(f"{readers:>7}{1000 * statistics.median(took):>13.0f}{1000 * slow:>14.0f}", flush=True)
        if slow > LIMIT:
            break
        served = readers
    return served


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.readers",
        description="Đo một tiến trình, và hai tiến trình sau Caddy, phục vụ được bao nhiêu người đọc cùng lúc.",
    )
    parser.add_argument("--page", help="địa chỉ của trang; bỏ trống thì đo trang nặng nhất")
    parser.add_argument("--processes", type=int, action="append", help="số tiến trình; bỏ trống thì đo một rồi hai")
    chosen = parser.parse_args()
    main(chosen.page, tuple(chosen.processes or (1, 2)))
