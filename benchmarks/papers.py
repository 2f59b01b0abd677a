"""How soon ten slides and all letters of a plan are made, beside the time in which python-pptx and python-docx are imported
and write an empty file: `python -m benchmarks.papers`.

In: the shipped plans, built into a folder of its own. Each time is the median of several, all in one run: the import in
a process of its own, our files on warm data.
"""

from __future__ import annotations

import datetime
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.logger import set_log_level

from etl import load
from etl.match import Matcher
from etl.reference import DATA
from etl.way import readings
from ui import data
from ui.export.briefing import content
from ui.export.briefing.formats import FORMATS
from ui.export.letters import addressees, pack
from ui.words import labels

TIMES = 5
SLIDES, LETTERS = 5.0, 15.0
"""At most so many times the empty file."""
_EMPTY = "import io, time; start = time.perf_counter(); {}; made.save(io.BytesIO()); print(time.perf_counter() - start)"
_PPTX = _EMPTY.format("from pptx import Presentation; made = Presentation()")
_DOCX = _EMPTY.format("from docx import Document; made = Document()")


def empty(program: str) -> float:
    """Seconds to import a library and write an empty file."""
    took = [
        float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)
        for _ in range(TIMES)
    ]
    return statistics.median(took)


def warm(make: Callable[[], object]) -> float:
    """Seconds to make something, the first time left out."""
    make()
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        make()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def chair(plan_ids: tuple[str, ...]) -> Callable[[], bytes]:
    """Ten slides, from the questions to the bytes."""
    form = FORMATS["pptx"]
    return lambda: form.make(content.make(plan_ids, (), form.parts))


def main() -> None:
    set_log_level(logging.ERROR)
    with tempfile.TemporaryDirectory() as place:
        file = load.build(list(readings(DATA / "plans", Matcher.shipped())), Path(place) / "papi.duckdb")
        shown = data.Build(str(file), "papi-benchmark", datetime.datetime.now(), "0")
        with data.showing(shown), labels.speaking("vi"):
            held = tuple(plan.plan_id for plan in data.plans())
            most = max(held, key=lambda plan_id: addressees.how_many(plan_id)[0])
            measured = [
                ("10 trang chiếu, một kế hoạch", warm(chair(held[:1])), empty(_PPTX), SLIDES),
                (f"10 trang chiếu, {len(held)} kế hoạch", warm(chair(held)), empty(_PPTX), SLIDES),
                (
                    "mọi công văn của một kế hoạch",
                    warm(lambda: list(pack.every(most, "assign"))),
                    empty(_DOCX),
                    LETTERS,
                ),
            ]
    print(f"Soạn tệp, so với nạp thư viện và ghi một tệp trống, trung vị {TIMES} lần")
    print(f"{'':<32}{'ms':>8}{'tệp trống':>12}{'gấp':>8}   mức")
    for name, took, peer, goal in measured:
        verdict = "đạt" if took <= goal * peer else "chưa"
        print(f"{name:<32}{1000 * took:>8.0f}{1000 * peer:>12.0f}{took / peer:>8.2f}   ≤ {goal:.0f} {verdict}")


if __name__ == "__main__":
    main()
