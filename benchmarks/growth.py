"""Growth: how a build's time and memory grow with the number of documents, what the next build costs where nothing or one
document is new, and two workers beside one.

Documents are made by varying the shipped ones (`benchmarks.corpus`). Of each build: seconds on the wall and of processors
(its workers' too), and the most memory that all its processes held at once, each page shared among them counted once
(Linux only). `BENCH_FULL=1` grows to 2,000 documents, `BENCH_FULL=10000` to so many.
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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import corpus

ROOT = Path(__file__).parent.parent
_FULL = int(os.environ.get("BENCH_FULL") or 0)
SIZES = (200, 2_000, *((_FULL,) if _FULL > 2_000 else ())) if _FULL else (50, 200)
BESIDE = 60
"""Documents that one worker and two read in turn."""
_ROUNDS = 3
_EVERY = 0.2


@dataclass(frozen=True)
class Built:
    """One build: seconds on the wall and of processors, the most memory in MB (None where the system does not tell), and
    documents a second between the first and the last that was read.
    """

    wall: float
    cpu: float
    memory: float | None
    rate: float


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


def build(plans: Path, home: Path, workers: int = 2) -> Built:
    """Build a folder of plans, and measure it."""
    began, before = time.perf_counter(), os.times()
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "build", "--progress", "--workers", str(workers), "--plans", str(plans)],
        cwd=ROOT,
        env={**os.environ, "PAPI_BUILD": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    most = [0.0]

    def watch() -> None:
        while process.poll() is None:
            most[0] = max(most[0], _held(process.pid))
            time.sleep(_EVERY)

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert process.stdout is not None  # it is a pipe
    moments = [time.perf_counter() for line in process.stdout if line.count("\t") == 4]
    watcher.join()
    after = os.times()
    assert process.returncode == 0, plans
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    rate = (len(moments) - 1) / (moments[-1] - moments[0]) if len(moments) > 1 else 0.0
    return Built(time.perf_counter() - began, cpu, most[0] or None, rate)


def grown(size: int, folder: Path) -> tuple[Built, Built, Built]:
    """So many documents built, built again, and once more with one that is new."""
    plans, home = folder / "plans", folder / "build"
    for _ in corpus.write(plans, range(size)):
        pass
    first, again = build(plans, home), build(plans, home)
    for _ in corpus.write(plans, range(size, size + 1)):
        pass
    return first, again, build(plans, home)


def _beside() -> list[float]:
    """How many times the documents a second two workers read that one does, in several rounds."""
    ratios = []
    with TemporaryDirectory() as folder:
        for _ in corpus.write(Path(folder) / "plans", range(BESIDE)):
            pass
        for turn in range(_ROUNDS):
            rates = {}
            for workers in (1, 2) if turn % 2 else (2, 1):
                rates[workers] = build(Path(folder) / "plans", Path(folder) / f"{turn}-{workers}", workers).rate
            ratios.append(rates[2] / rates[1])
    return ratios


def main() -> None:
    """Print both tables."""
    print(f"two workers beside one, {BESIDE} documents, {_ROUNDS} rounds: ", end="", flush=True)
    ratios = _beside()
    print(f"{statistics.median(ratios):.2f} times the documents a second ({min(ratios):.2f} to {max(ratios):.2f})\n")
    heads = (
        "documents",
        "seconds",
        "of processors",
        "a minute",
        "MB",
        "again",
        "of the first",
        "one new",
        "of the first",
    )
    print("".join(f"{head:>14}" for head in heads))
    for size in SIZES:
        with TemporaryDirectory() as folder:
            first, again, more = grown(size, Path(folder))
        shown = (
            *(f"{size:,}", f"{first.wall:.1f}", f"{first.cpu:.1f}", f"{60 * first.rate:.0f}"),
            f"{first.memory:.0f}" if first.memory else "–",
            *(
                f"{again.wall:.1f}",
                f"{again.wall / first.wall:.3f}",
                f"{more.wall:.1f}",
                f"{more.wall / first.wall:.3f}",
            ),
        )
        print("".join(f"{one:>14}" for one in shown), flush=True)
