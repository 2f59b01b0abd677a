"""Everything that is measured beside its peers: `python -m benchmarks [matching | cells | formats | offices | speed | pages | drawn | readers | cage]`."""
from __future__ import annotations

import argparse

from benchmarks import cage, cells, drawn, formats, matching, offices, pages, readers, speed

PARTS = {"matching": matching.main, "cells": cells.main, "formats": formats.main, "offices": offices.shipped, "speed": speed.main, "pages": pages.shipped, "drawn": drawn.main, "readers": readers.main, "cage": cage.main}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Đo độ chính xác và tốc độ, bên cạnh các cách khác trong cùng một lần chạy.")
    parser.add_argument("part", nargs="?", choices=PARTS, help="chỉ đo phần này")
    chosen = parser.parse_args().part
    for name, part in PARTS.items():
        if chosen in (None, name):
            part()
            print()
