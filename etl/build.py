"""build: every plan of a folder → one published database. What was read before and would be read the same is taken from the
shelf (`etl/shelf.py`), the rest is read side by side, each document in a process of its own; progress is told meanwhile,
and at the end what was read.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import tables
from decided import Decision, Store
from etl import about, cage, cluster, load, place, say, shelf, way
from etl.match import Matcher
from etl.measure import plans
from etl.model import Failed, Plan, Quality, Reading
from etl.progress import Progress
from etl.reference import DATA
from etl.shelf import Basis, Shelf, Wanted

BUSY = 75
"""The exit code where another build is writing into the same folder: try again later."""
_WHY = {
    "new": "văn bản mới",
    "document": "văn bản đã đổi",
    "listing": "dòng trong plans.csv đã đổi",
    "decided": "quyết định của người soát đã đổi",
    "program": "chương trình đã đổi",
    "again": "đọc lại theo yêu cầu",
}
_STOPPED = {
    "time": "quá lâu",
    "memory": "quá nhiều bộ nhớ",
    "output": "quá nhiều dữ liệu",
    "crashed": "dừng giữa chừng",
}


@dataclass(frozen=True)
class By:
    """Who reads: so many processes of this machine (None: as many as it has cores), or the cluster of this scheduler; and
    where what was read is kept, if not beside the builds.
    """

    workers: int | None = None
    cluster: str = ""
    readings: Path | None = None


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def build(folder: Path, out: Path | None, in_lines: bool = False, by: By = By(), *, retry: bool = False) -> int:
    """Read every plan that is not read yet, with `retry` also those that were stopped, write the database, swap it in
    whole, and say what was read. 1 where nothing could be read. `in_lines`: progress for a program to follow.
    """
    tables.check()
    state, decided = _decided(out.parent if out else load.folder())
    listed = [replace(plan, decided=decided.get(plan.plan_id, ())) for plan in about.plans(folder)]
    if not listed:
        print(f"{folder}: không có kế hoạch nào; hãy chép văn bản kế hoạch vào thư mục này.", file=sys.stderr)
        return 1
    load.no_twins(listed)
    try:
        with shelf.opened(out, by.readings) as kept:
            wanted = kept.sorted(listed, retry=retry)
            print(_asked(wanted, kept.damaged), file=sys.stderr)
            documents = [one for one in wanted if one.plan.file.name]
            progress = Progress(len(documents), sum(not one.why for one in documents), in_lines)
            bases, labelled = _read(wanted, kept, by, progress)
            with place.near(kept.tidy(bases)) as files:
                for warning in say.gathered(kept.warnings(bases)):
                    print(warning, file=sys.stderr)
                if not any(map(kept.units, bases)):
                    print("Không đọc được kế hoạch nào; cơ sở dữ liệu cũ được giữ nguyên.", file=sys.stderr)
                    return 1
                file = _written(kept, files, wanted, bases, _measured(wanted, bases, labelled, kept), out, state)
                print(progress.told(), file=sys.stderr)
                _tell_stopped(wanted, bases, kept)
                print(say.HEAD)
                for basis in bases:
                    print(kept.summary(basis))
    except OSError as error:
        raise load.not_written(out or load.folder(), error) from error
    print(f"→ {file}")
    return 0


def _decided(home: Path) -> tuple[str, Mapping[str, tuple[Decision, ...]]]:
    """The state of the decisions beside the builds of a folder, and by plan those that count. Raises Failed where they
    are there and cannot be read: a build without them would say that nobody had decided anything.
    """
    decisions = Store(home)
    try:
        return decisions.state(), decisions.in_force()
    except OSError as error:
        raise Failed(
            f"{error}; chưa dựng, vì các quyết định của người soát sẽ không được tính. Hãy khôi phục tệp này từ bản sao, hoặc chuyển nó đi chỗ khác.",
            f"{error}; nothing was built, since reviewers' decisions would not count. Restore this file from a copy, or move it away.",
        ) from error


def _written(
    kept: Shelf,
    files: Sequence[Path],
    wanted: Sequence[Wanted],
    bases: Sequence[Basis],
    quality: Quality,
    out: Path | None,
    state: str,
) -> Path:
    """The database of these readings and of decisions in this state; the one in force where it was made of the same."""
    walls = cage.standing()
    rests_on = kept.rests_on(bases, walls, state)
    if out is None and (file := load.unchanged(rests_on)):
        print("Không có gì đổi; bản dựng đang dùng được giữ nguyên.", file=sys.stderr)
        return file
    sources = {one.plan.plan_id: ("read" if one.why else "kept", one.why or None) for one in wanted}
    readings = {one.plan.plan_id: basis.key for one, basis in zip(wanted, bases)}
    shelved = load.Shelved(files, sources, rests_on, load.Kept(kept.home, readings), state)
    return load.build(shelved, out, quality, walls)


def _tell_stopped(wanted: Sequence[Wanted], bases: Sequence[Basis], kept: Shelf) -> None:
    """Name the documents that were stopped while they were read, and how they are tried again."""
    stopped = [
        f"{one.plan.file.name} ({_STOPPED[why]})" for one, basis in zip(wanted, bases) if (why := kept.stopped(basis))
    ]
    if stopped:
        words = f"Bị dừng khi đọc: {', '.join(stopped)}. Đọc lại: python -m etl build --retry-failed"
        print(words, file=sys.stderr, flush=True)


def _read(wanted: Sequence[Wanted], kept: Shelf, by: By, progress: Progress) -> tuple[list[Basis], dict[str, Reading]]:
    """Read what is to be read, and keep it; what the readings of all plans rest on, and of those with labels the reading
    itself.
    """
    bases, labelled = {one.plan.plan_id: one.basis for one in wanted}, {}
    asked = [one for one in wanted if one.why]
    there = [one for one in asked if by.cluster and one.plan.file.name]
    here = [one for one in asked if not (by.cluster and one.plan.file.name)]
    for read, basis in _here(here, kept, by.workers or cores()):
        plan_id = read.plan.plan_id
        bases[plan_id] = basis
        if _labels(plan_id).exists() and not read.plan.decided:
            labelled[plan_id] = read.reading
        if read.plan.file.name:
            progress.tell(plan_id, failed=bool(read.reading.unread))
    for plan, basis in _there(there, kept, by.cluster) if there else ():
        bases[plan.plan_id] = basis
        progress.tell(plan.plan_id, failed=kept.failed(basis))
    return list(bases.values()), labelled


def _here(asked: Sequence[Wanted], kept: Shelf, workers: int) -> Iterator[tuple[way.Read, Basis]]:
    """Read by processes of this machine."""
    by_id = {one.plan.plan_id: one for one in asked}
    for read in way.each([one.plan for one in asked], Matcher.shipped(), workers) if asked else ():
        yield read, kept.put(by_id[read.plan.plan_id], read)


def _there(asked: Sequence[Wanted], kept: Shelf, address: str) -> Iterator[tuple[Plan, Basis]]:
    """Read by a cluster, which puts what it reads where it is kept. What each of its machines that tried died of is not
    read, and named.
    """
    by_id = {one.plan.plan_id: one for one in asked}
    for some, file in cluster.each([one.plan for one in asked], address, kept.folder):
        if file:
            yield from zip(some, kept.take(file, some))
            continue
        for plan in some:
            read = way.Read(plan, way.not_read(plan, cluster.lost(plan.file)), stopped="crashed")
            yield plan, kept.put(by_id[plan.plan_id], read)


def _measured(wanted: Sequence[Wanted], bases: Sequence[Basis], labelled: dict[str, Reading], kept: Shelf) -> Quality:
    """What is measured of the plans that have labels, as the program reads them, whatever people decided: as it was, where
    their readings, the labels and the views are what they were.
    """
    here = {
        one.plan: basis for one, basis in zip(wanted, bases) if _labels(one.plan.plan_id).exists() and kept.units(basis)
    }
    if not here:
        return Quality()
    measures = kept.measures(replace(basis, decided="") for basis in here.values())
    quality = kept.measured(measures)
    if quality is None:
        with place.near([plan.file for plan in here]) as files:
            near = [replace(plan, file=file, decided=()) for plan, file in zip(here, files)]
            missing = [plan for plan in near if plan.plan_id not in labelled]
            more = [read.reading for read in way.each(missing, Matcher.shipped())] if missing else []
            read = {one.plan.plan_id: one for one in [*labelled.values(), *more]}
            quality = plans.quality([read[plan.plan_id] for plan in here], DATA / "gold")
        kept.keep_measures(measures, quality)
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
