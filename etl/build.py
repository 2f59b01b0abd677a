"""build: every plan of a folder → one published database. What was read before and would be read the same is taken from the
shelf (`etl/shelf.py`), the rest is read side by side, each document in a process of its own; progress is told meanwhile,
and at the end what was read.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import tables
from etl import about, cage, load, shelf, way
from etl.match import Matcher
from etl.measure import plans
from etl.model import Quality, Reading
from etl.progress import Progress
from etl.reference import DATA
from etl.say import HEAD
from etl.shelf import Basis, Shelf, Wanted

BUSY = 75
"""The exit code where another build is writing into the same folder: try again later."""
_WHY = {
    "new": "văn bản mới",
    "document": "văn bản đã đổi",
    "listing": "dòng trong plans.csv đã đổi",
    "program": "chương trình đã đổi",
    "again": "đọc lại theo yêu cầu",
}
_STOPPED = {
    "time": "quá lâu",
    "memory": "quá nhiều bộ nhớ",
    "output": "quá nhiều dữ liệu",
    "crashed": "dừng giữa chừng",
}


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def build(
    folder: Path, out: Path | None, in_lines: bool = False, workers: int | None = None, *, retry: bool = False
) -> int:
    """Read every plan that is not read yet, with `retry` also those that were stopped, write the database, swap it in
    whole, and say what was read. 1 where nothing could be read. `in_lines`: progress for a program to follow.
    """
    tables.check()
    listed = about.plans(folder)
    if not listed:
        print(f"{folder}: không có kế hoạch nào; hãy chép văn bản kế hoạch vào thư mục này.", file=sys.stderr)
        return 1
    load.no_twins(listed)
    try:
        with shelf.opened(out) as kept:
            wanted = kept.sorted(listed, retry=retry)
            print(_asked(wanted, kept.damaged), file=sys.stderr)
            documents = [one for one in wanted if one.plan.file.name]
            progress = Progress(len(documents), sum(not one.why for one in documents), in_lines)
            bases, labelled = _read(wanted, kept, workers or cores(), progress)
            files = kept.tidy(bases)
            order = [one.plan.plan_id for one in wanted]
            for _, warnings in shelf.said(files, order):
                for warning in warnings:
                    print(warning, file=sys.stderr)
            if not any(map(kept.units, bases)):
                print("Không đọc được kế hoạch nào; cơ sở dữ liệu cũ được giữ nguyên.", file=sys.stderr)
                return 1
            sources = {one.plan.plan_id: ("read" if one.why else "kept", one.why or None) for one in wanted}
            quality = _measured(wanted, bases, labelled, kept)
            file = load.build(load.Shelved(files, sources), out, quality, cage.standing())
            print(progress.told(), file=sys.stderr)
            _tell_stopped(wanted, bases, kept)
            print(HEAD)
            for summary, _ in shelf.said(files, order):
                print(summary)
    except OSError as error:
        raise load.not_written(out or load.folder(), error) from error
    print(f"→ {file}")
    return 0


def _tell_stopped(wanted: Sequence[Wanted], bases: Sequence[Basis], kept: Shelf) -> None:
    """Name the documents that were stopped while they were read, and how they are tried again."""
    stopped = [
        f"{one.plan.file.name} ({_STOPPED[why]})" for one, basis in zip(wanted, bases) if (why := kept.stopped(basis))
    ]
    if stopped:
        words = f"Bị dừng khi đọc: {', '.join(stopped)}. Đọc lại: python -m etl build --retry-failed"
        print(words, file=sys.stderr, flush=True)


def _read(
    wanted: Sequence[Wanted], kept: Shelf, workers: int, progress: Progress
) -> tuple[list[Basis], dict[str, Reading]]:
    """Read what is to be read, and keep it; what the readings of all plans rest on, and of those with labels the reading
    itself.
    """
    bases, labelled = {one.plan.plan_id: one.basis for one in wanted}, {}
    asked = {one.plan.plan_id: one for one in wanted if one.why}
    if asked:
        for read in way.each([one.plan for one in asked.values()], Matcher.shipped(), workers):
            plan_id = read.plan.plan_id
            bases[plan_id] = kept.put(asked[plan_id], read)
            if _labels(plan_id).exists():
                labelled[plan_id] = read.reading
            if read.plan.file.name:
                progress.tell(plan_id, failed=bool(read.reading.unread))
    return list(bases.values()), labelled


def _measured(wanted: Sequence[Wanted], bases: Sequence[Basis], labelled: dict[str, Reading], kept: Shelf) -> Quality:
    """What is measured of the plans that have labels: as it was, where their readings, the labels and the views are what
    they were.
    """
    here = {
        one.plan: basis for one, basis in zip(wanted, bases) if _labels(one.plan.plan_id).exists() and kept.units(basis)
    }
    if not here:
        return Quality()
    place = kept.measures(here.values())
    quality = kept.measured(place)
    if quality is None:
        missing = [plan for plan in here if plan.plan_id not in labelled]
        more = [read.reading for read in way.each(missing, Matcher.shipped())] if missing else []
        read = {one.plan.plan_id: one for one in [*labelled.values(), *more]}
        quality = plans.quality([read[plan.plan_id] for plan in here], DATA / "gold")
        kept.keep_measures(place, quality)
    return quality


def _labels(plan_id: str) -> Path:
    return DATA / "gold" / f"{plan_id}.jsonl"


def _asked(wanted: Sequence[Wanted], damaged: int) -> str:
    """What is to be read and why, and what is taken as it was read before."""
    why = Counter(one.why for one in wanted if one.plan.file.name)
    kept = why.pop("", 0)
    reasons = [
        f"{count} {_WHY.get(reason) or reason.replace('tables:', 'bảng đã đổi:')}" for reason, count in why.items()
    ]
    said = f"Cần đọc {sum(why.values())} văn bản" + (f" ({'; '.join(reasons)})" if reasons else "")
    lost = f"; {damaged} tệp lưu bị hỏng hoặc của phiên bản khác đã bỏ" if damaged else ""
    return f"{said}; {kept} văn bản đã đọc từ trước{lost}."
