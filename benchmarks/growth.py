"""Growth: how a build's time and memory grow with the number of documents, how right these are read, what the next build
costs where nothing or one document is new, and two workers beside one and beside a Dask cluster of two.

Documents are made by varying plans that have labels (`benchmarks.corpus`). Of each build: seconds on the wall and of processors
(its workers' too), and the most memory that all its processes held at once, each page shared among them counted once
(Linux only). `BENCH_FULL=1` grows to 2,000 documents, `BENCH_FULL=10000` to so many. Later
builds stand beside the first by seconds of processors, which other work on the machine changes least; first builds of
different sizes by how many readings of one plan they are worth, each read meanwhile (`benchmarks.yardstick`).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import corpus, yardstick
from etl import load
from etl.reference import ROOT

_FULL = int(os.environ.get("BENCH_FULL") or 0)
SIZES = (200, 1_000, 2_000, *((_FULL,) if _FULL > 2_000 else ())) if _FULL else (50, 200)
BESIDE = 60
"""Documents that one worker and two read in turn."""
_ROUNDS = 3
_EVERY = 0.2
_OFTEN = 0.05
"""Adding up memory takes at most so much of a processor."""


@dataclass(frozen=True)
class Built:
    """One build: seconds on the wall and of processors, the most memory in MB (None where the system does not tell, or
    nobody watched), documents a second between the first and the last that was read, and how many readings its seconds of
    processors are worth (None without a yardstick).
    """

    wall: float
    cpu: float
    memory: float | None
    rate: float
    readings: float | None


def _family(pid: int) -> Iterator[int]:
    """A process and all that it has started."""
    waiting = deque([pid])
    while waiting:
        one = waiting.popleft()
        yield one
        with suppress(OSError):
            waiting.extend(map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split()))


def _held(pid: int) -> float:
    """Memory of a process and all that it has started, in MB."""
    total = 0
    for one in _family(pid):
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return total / 1e3


def build(
    plans: Path, home: Path, *options: str, is_watched: bool = True, yard: yardstick.Yardstick | None = None
) -> Built:
    """Build a folder of plans by two workers, or as these options say, and measure it; its memory only where watched."""
    if yard:
        yard.begin()
    began, before = time.perf_counter(), os.times()
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "build", "--progress", "--plans", str(plans), *(options or ("--workers", "2"))],
        cwd=ROOT,
        env={**os.environ, "PAPI_BUILD": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    most = [0.0]

    def watch() -> None:
        while process.poll() is None:
            at = time.thread_time()
            most[0] = max(most[0], _held(process.pid))
            time.sleep(max(_EVERY, (time.thread_time() - at) / _OFTEN))

    watcher = threading.Thread(target=watch if is_watched else process.wait)
    watcher.start()
    assert process.stdout is not None  # it is a pipe
    moments = [time.perf_counter() for line in process.stdout if line.count("\t") == 4]
    watcher.join()
    wall, after = time.perf_counter() - began, os.times()
    reading = yard.end() if yard else None
    assert process.returncode == 0, plans
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    rate = (len(moments) - 1) / (moments[-1] - moments[0]) if len(moments) > 1 else 0.0
    return Built(wall, cpu, most[0] or None, rate, reading and cpu / reading)


def grown(size: int, folder: Path, yard: yardstick.Yardstick) -> tuple[Built, Built, Built, str]:
    """So many documents built, built again, and once more with one that is new; and how right they were read."""
    plans, home = folder / "plans", folder / "build"
    for _ in corpus.write(plans, range(size)):
        pass
    first, again = build(plans, home, yard=yard), build(plans, home)
    file = load.latest(home)
    assert file is not None  # it was built
    right = corpus.shown(corpus.right(file, range(size)))
    for _ in corpus.write(plans, range(size, size + 1)):
        pass
    return first, again, build(plans, home), right


def _beside() -> Iterator[str]:
    """How many times the documents a second two workers read that one does, in several rounds, and a cluster of two
    processes that two workers do.
    """
    with TemporaryDirectory() as folder, _cluster() as address:
        for _ in corpus.write(Path(folder) / "plans", range(BESIDE)):
            pass
        ways = {"one": ("--workers", "1"), "two": ("--workers", "2")}
        if address:
            ways["cluster"] = ("--cluster", address)
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(_ROUNDS):
            for name, options in sorted(ways.items(), reverse=bool(turn % 2)):
                plans, home = Path(folder) / "plans", Path(folder) / f"{turn}-{name}"
                rates[name].append(build(plans, home, *options, is_watched=False).rate)
    for faster, slower in (("two", "one"), ("cluster", "two")):
        ratios = [a / b for a, b in zip(rates.get(faster, ()), rates[slower])]
        if ratios:
            yield f"{faster} beside {slower}, {BESIDE} documents, {_ROUNDS} rounds: {statistics.median(ratios):.2f} times the documents a second ({min(ratios):.2f} to {max(ratios):.2f})"


@contextmanager
def _cluster() -> Iterator[str]:
    """The address of a Dask cluster of two processes, with theirs to read by begun; "" where Dask is not installed."""
    try:
        from distributed import LocalCluster
    except ImportError:
        yield ""
        return
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made,
        TemporaryDirectory() as folder,
    ):
        for _ in corpus.write(Path(folder) / "plans", range(8)):
            pass
        build(Path(folder) / "plans", Path(folder) / "build", "--cluster", made.scheduler_address)
        yield made.scheduler_address


def main() -> None:
    """Print what stands beside each other, then a row a size, and how right the documents of the largest were read."""
    print(*_beside(), "", sep="\n", flush=True)
    heads = (
        "documents",
        "seconds",
        "of processors",
        "in readings",
        "MB",
        "again: cpu",
        "of the first",
        "one new: cpu",
        "of the first",
    )
    print("".join(f"{head:>14}" for head in heads))
    with yardstick.kept() as yard:
        for size in SIZES:
            with TemporaryDirectory() as folder:
                first, again, more, right = grown(size, Path(folder), yard)
            shown = [f"{size:,}", f"{first.wall:.1f}", f"{first.cpu:.1f}", f"{first.readings:,.0f}"]
            shown.append(f"{first.memory:.0f}" if first.memory else "–")
            for later in (again, more):
                shown += [f"{later.cpu:.1f}", f"{later.cpu / first.cpu:.3f}"]
            print("".join(f"{one:>14}" for one in shown), flush=True)
    print("", right, sep="\n")
