"""Everything that is measured beside its peers: `python -m benchmarks [matching | cells | heads | layouts | families | formats | offices | scans | speed | standing |
pages | stages | drawn | papers | readers | cage | growth | hostile | fuzz | faults]`. A part that is told more takes it as `python -m
benchmarks.PART` does: `fuzz 10`, `drawn --plans 300 3000`. `python -m benchmarks same A B` compares what two checkouts say (`benchmarks.same`).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks import (
    cage,
    cells,
    drawn,
    families,
    faults,
    formats,
    fuzz,
    growth,
    heads,
    hostile,
    layouts,
    matching,
    offices,
    pages,
    papers,
    readers,
    same,
    scans,
    speed,
    stages,
    standing,
)

PARTS = {
    "matching": matching.main,
    "cells": cells.main,
    "heads": heads.main,
    "layouts": layouts.main,
    "families": families.main,
    "formats": formats.main,
    "offices": offices.shipped,
    "scans": scans.main,
    "speed": speed.main,
    "standing": standing.main,
    "pages": pages.shipped,
    "stages": stages.main,
    "drawn": drawn.main,
    "papers": papers.main,
    "readers": readers.main,
    "cage": cage.main,
    "growth": growth.main,
    "hostile": hostile.main,
    "fuzz": fuzz.main,
    "faults": faults.main,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Đo độ chính xác và tốc độ, bên cạnh các cách khác trong cùng một lần chạy.",
    )
    parser.add_argument("part", nargs="?", choices=[*PARTS, "same"], help="chỉ đo phần này")
    parser.add_argument(
        "told",
        nargs=argparse.REMAINDER,
        metavar="…",
        help="với same: hai bản của chương trình để so; với phần khác: như python -m benchmarks.PHẦN",
    )
    asked = parser.parse_args()
    chosen = asked.part
    if chosen == "same":
        if len(asked.told) != 2:
            parser.error("same: cần hai thư mục")
        raise SystemExit(min(same.compare(*map(Path, asked.told)), 1))
    if asked.told:
        raise SystemExit(subprocess.run([sys.executable, "-m", f"benchmarks.{chosen}", *asked.told]).returncode)
    for name, part in PARTS.items():
        if chosen in (None, name):
            part()
            print()
