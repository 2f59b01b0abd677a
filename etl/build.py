"""build: every plan of a folder → one published database, with a progress bar and a table of what was read."""

from __future__ import annotations

import sys
from pathlib import Path

import tables
from etl import about, cage, load, say, way
from etl.match import Matcher
from etl.measure import plans
from etl.model import Reading
from etl.reference import DATA

BUSY = 75
"""The exit code where another build is writing into the same folder: try again later."""


def build(folder: Path, out: Path | None, in_lines: bool = False) -> int:
    """Read every plan, write the database, swap it in whole, and say what was read. 1 where nothing could be read.

    `in_lines`: progress as a line a document ("3/6 hung-yen-2020") on standard output, for a program to follow."""
    tables.check()
    matcher = Matcher.shipped()
    count = len(about.plans(folder))
    if not count:
        print(f"{folder}: không có kế hoạch nào; hãy chép văn bản kế hoạch vào thư mục này.", file=sys.stderr)
        return 1
    done: list[Reading] = []
    for one in way.readings(folder, matcher):
        done.append(one)
        if in_lines:
            print(f"{len(done)}/{count} {one.plan.plan_id}", flush=True)
        else:
            _progress(len(done), count, one.plan.plan_id)
    for one in done:
        if one.unread:
            print(one.unread.vi, file=sys.stderr)
        for finding in one.findings:
            if finding.code in say.WARNINGS:
                print(say.warning(one, finding), file=sys.stderr)
    if not any(one.units for one in done):
        print("Không đọc được kế hoạch nào; cơ sở dữ liệu cũ được giữ nguyên.", file=sys.stderr)
        return 1
    file = load.build(done, out, plans.quality(done, DATA / "gold"), cage.standing())
    print(say.summary(done))
    print(f"→ {file}")
    return 0


def _progress(done: int, count: int, name: str) -> None:
    """One line that fills up; nothing where the output is no terminal."""
    if sys.stderr.isatty():
        bar = "█" * (30 * done // count)
        print(
            f"\r{bar:<30} {done}/{count}  {name[:40]:<40}",
            end="\n" if done == count else "",
            file=sys.stderr,
            flush=True,
        )
