"""Everything that is measured beside its peers: `python -m benchmarks [matching | cells | families | formats | offices | scans | speed | standing |
pages | stages | drawn | papers | readers | cage | growth | hostile | fuzz | faults]`; `python -m benchmarks same A B` compares what two checkouts
say (`benchmarks.same`).
"""

from __future__ import annotations

import argparse
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
    hostile,
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
        "checkouts", nargs="*", type=Path, metavar="A B", help="với same: hai bản của chương trình để so"
    )
    asked = parser.parse_args()
    chosen = asked.part
    if chosen == "same":
        if len(asked.checkouts) != 2:
            parser.error("same: cần hai thư mục")
        raise SystemExit(min(same.compare(*asked.checkouts), 1))
    for name, part in PARTS.items():
        if chosen in (None, name):
            part()
            print()
