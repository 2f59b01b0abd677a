"""The cage: how long a plan of 60 tasks takes in each format from its bytes to a database that pages can show, beside
the five plans of the build read by the same program in the same run; and what another reader notices while hostile
files are read, one after the other.

What other work the machine has changes within seconds, more than a hostile file changes anything. So the hostile
process is halted and let go again between two answers, and each answer beside it is held against the one just before or
after: the median of many such ratios, with its quartiles. (Unix only.)
"""

from __future__ import annotations

import itertools
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from streamlit.testing.v1 import AppTest

from benchmarks import corpus
from benchmarks.formats import WRITERS
from ui import data
from ui.data.build import connection_of
from ui.mine import cage

ROOT = Path(__file__).parent.parent
DRAFT = ROOT / "tests" / "data" / "draft_60_tasks.txt"
FORMATS = ("docx", "xlsx", "pdf", "html", "txt")
HOSTILE = (("I. " + "Kế hoạch nâng cao PAPI. " * 190_000).encode(), b"<html><body>" + b"<p>1. PAPI</p>" * 15_000)
"""Text without end and a page of many small paragraphs: each is read again and again."""
_RUNS, _PAIRS = 3, 400


def _draft(content: bytes) -> float:
    began = time.perf_counter()
    with cage.opened(
        lambda folder: ["draft", folder / cage.DOCUMENT, "--base", data.published().path, "--out", folder / "out"],
        {cage.DOCUMENT: content},
    ):
        return time.perf_counter() - began


def _build() -> float:
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "etl", "build", "--out", f"{folder}/papi.duckdb"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - began


def _ask() -> None:
    """One question of a page, nothing of it remembered."""
    connection_of(data.published().path).cursor().sql(
        "select plan_id, dim, count(*), string_agg(text, ' ') from units group by all order by all"
    ).to_arrow_table().to_pandas()


@contextmanager
def _hostile() -> Iterator[list[subprocess.Popen]]:
    """While this lasts, hostile files are read one after the other in cages of their own: their processes, the one at
    work last.
    """
    stopped = threading.Event()
    started: list[subprocess.Popen] = []
    popen = subprocess.Popen

    def start(*words: Any, **options: Any) -> subprocess.Popen:
        started.append(popen(*words, **options))
        return started[-1]

    def read() -> None:
        for content in itertools.cycle(HOSTILE):
            if stopped.is_set():
                return
            try:
                with cage.opened(
                    lambda folder: ["read", folder / cage.DOCUMENT],
                    {cage.DOCUMENT: content},
                    limits=cage.Limits(seconds=10),
                ):
                    pass
            except cage.Refused:
                pass

    with mock.patch.object(subprocess, "Popen", start):
        reader = threading.Thread(target=read)
        reader.start()
        try:
            yield started
        finally:
            stopped.set()
            started[-1].kill()
            reader.join()


def _taken(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def _ratios(ask: Callable[[], object]) -> tuple[float, float, float, float]:
    """Median seconds of an answer alone; then how many times as long it takes beside a hostile file: lower quartile,
    median, upper quartile.
    """
    alone: list[float] = []
    ratios: list[float] = []
    with _hostile() as processes:
        while len(ratios) < _PAIRS:
            if not processes or processes[-1].poll() is not None:
                time.sleep(0.02)
                continue
            process, pair = processes[-1], {}
            # now the one comes first, now the other
            for state in (signal.SIGSTOP, signal.SIGCONT) if len(ratios) % 2 else (signal.SIGCONT, signal.SIGSTOP):
                process.send_signal(state)
                time.sleep(0.005)
                pair[state] = _taken(ask)
            process.send_signal(signal.SIGCONT)
            if process.poll() is None:
                alone.append(pair[signal.SIGSTOP])
                ratios.append(pair[signal.SIGCONT] / pair[signal.SIGSTOP])
    low, middle, high = statistics.quantiles(ratios, n=4)
    return statistics.median(alone), low, middle, high


_BARE = """
import runpy, sys
from etl import cage

def here(jobs, **others):
    for job in jobs:
        job.prepare(job.file)
        yield cage.Answer(job, job.run(), 1, 0.0, "")

if sys.argv.pop(1) == "bare":
    cage.results = here
runpy.run_module("etl", run_name="__main__")
"""
"""A build whose documents are read in its own process; or as it is."""


def _corpora(home: Path) -> Iterator[Path]:
    """The five plans as text, the same as Word, Excel, PDF and HTML, and 28 Word files of the first 50 lines of plans; under
    names that no labels know.
    """
    for name in ("texts", "office", "short"):
        (home / name).mkdir()
    for plan in sorted((ROOT / "data" / "plans").glob("*.txt")):
        (home / "texts" / f"as-{plan.name}").write_bytes(plan.read_bytes())
        for ending in FORMATS[:-1]:
            WRITERS[ending](plan.read_bytes(), home / "office" / f"{ending}-{plan.stem}.{ending}")
    for number in range(28):
        one = corpus.made(number)
        WRITERS["docx"]("\n".join(one.words.split("\n")[:50]).encode(), home / "short" / f"{one.name}.docx")
    yield from (home / name for name in ("texts", "office", "short"))


def _cost(plans: Path, how: str) -> float:
    """Processor seconds of one build of a folder."""
    with TemporaryDirectory() as home:
        before = os.times()
        subprocess.run(
            [sys.executable, "-c", _BARE, how, "build", "--plans", str(plans)],
            cwd=ROOT,
            env={**os.environ, "PAPI_BUILD": home},
            check=True,
            capture_output=True,
        )
        after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def costs() -> None:
    """Print what whole builds take with the cage and without it, the least of some rounds in turn."""
    print(f"processor seconds of a whole build, the least of {_RUNS} rounds: in the cage, in the process itself")
    with TemporaryDirectory() as home:
        for plans in _corpora(Path(home)):
            rounds = [(_cost(plans, "caged"), _cost(plans, "bare")) for _ in range(_RUNS)]
            caged, bare = map(min, zip(*rounds))
            print(f"  {plans.name:<8}{caged:>7.2f}{bare:>7.2f}{caged / bare:>7.2f}", flush=True)


def main() -> None:
    """Print all three tables."""
    costs()
    written = {}
    with TemporaryDirectory() as folder:
        for ending in FORMATS:
            file = Path(folder) / f"ke-hoach.{ending}"
            WRITERS[ending](DRAFT.read_bytes(), file)
            written[ending] = file.read_bytes()
    taken: dict[str, list[float]] = {ending: [] for ending in FORMATS}
    for _ in range(_RUNS):
        build = _build()
        for ending in FORMATS:
            taken[ending].append(_draft(written[ending]) / build)
    print(
        f"a draft of 60 tasks, read and set beside the five, in times of reading and building the five (median of {_RUNS} rounds; the last build took {build:.1f} s)"
    )
    for ending in FORMATS:
        print(f"  {ending:<6}{statistics.median(taken[ending]):>6.2f}")
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    print(f"another reader beside a hostile file (median and quartiles of {_PAIRS} pairs of answers)")
    for name, ask in (("a question of a page", _ask), ("a page anew", page.run)):
        alone, low, middle, high = _ratios(ask)
        print(f"  {name:<24}{1000 * alone:>8.1f} ms alone, {middle:.2f} times as long beside ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
