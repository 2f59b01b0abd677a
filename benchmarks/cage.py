"""The cage: how long a plan of some 60 tasks takes from its bytes to a database that pages can show, beside the five plans of the build read by the
same program in the same run; and what another reader notices while a hostile file is read (the same questions with and without it, in turn)."""
from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from ui import cage, data

ROOT = Path(__file__).parent.parent
DRAFT = ROOT / "tests" / "strangers" / "can-tho-2019.txt"
HOSTILE = ("I. " + "Kế hoạch nâng cao PAPI. " * 190_000).encode()
_RUNS, _ASKED = 3, 40


def _draft() -> float:
    began = time.perf_counter()
    with cage.opened(lambda folder: ["draft", folder / cage.DOCUMENT, "--base", data.published().path, "--out", folder / "out"],
                     {cage.DOCUMENT: DRAFT.read_bytes()}, limits=cage.Limits(writes=1 << 30)):
        return time.perf_counter() - began


def _build() -> float:
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "etl", "build", "--out", f"{folder}/papi.duckdb"], cwd=ROOT, check=True, capture_output=True)
        return time.perf_counter() - began


def _asks() -> float:
    """Median milliseconds of one question of a page, nothing of it remembered."""
    taken = []
    for _ in range(_ASKED):
        began = time.perf_counter()
        data._connection(data.published().path).cursor().sql("select plan_id, dim, count(*), string_agg(text, ' ') from units group by all order by all").to_arrow_table().to_pandas()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def _hostile() -> None:
    try:
        with cage.opened(lambda folder: ["read", folder / cage.DOCUMENT], {cage.DOCUMENT: HOSTILE}, limits=cage.Limits(seconds=20)):
            pass
    except cage.Refused:
        pass


def main() -> None:
    """Print both tables."""
    drafts, builds = zip(*((_draft(), _build()) for _ in range(_RUNS)))
    print(f"a draft, read and set beside the five: {statistics.median(drafts):.1f} s · the five, read and built: {statistics.median(builds):.1f} s · "
          f"ratio {statistics.median(d / b for d, b in zip(drafts, builds)):.2f}")
    alone, beside = [], []
    for _ in range(_RUNS):
        alone.append(_asks())
        reader = threading.Thread(target=_hostile)
        reader.start()
        time.sleep(0.3)
        beside.append(_asks())
        reader.join()
    print(f"another reader's question: {statistics.median(alone):.1f} ms alone · {statistics.median(beside):.1f} ms beside a hostile file · "
          f"ratio {statistics.median(b / a for a, b in zip(alone, beside)):.2f}")


if __name__ == "__main__":
    main()
