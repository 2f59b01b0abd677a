"""keep: one more document is copied to data/plans, listed in plans.csv, built, and what has changed is told; or nothing
of it stays.
"""

from __future__ import annotations

import csv
import itertools
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from etl import about, build, load, shelf, way
from etl.match import Matcher
from etl.model import Plan, Unread
from etl.reference import PAPI
from etl.text import fold


def add(file: Path, folder: Path, listing: Path, *, is_trial: bool = False, anyway: bool = False) -> int:
    """Keep one document: copy it into the folder, write its row into the listing, build, and say what has changed. All
    is as it was where the build fails. 1 where the document is there already, or (unless `anyway`) reads like a newer
    version of one; 2 where it cannot be read.
    """
    one = way.shut_in(replace(about.unlisted(file), about=PAPI if anyway else ""), Matcher.shipped())
    mine, kept = load.marks(line.text for line in one.lines), shelf.marks()
    for known in about.plans(folder, listing):
        if not known.file.is_file():
            continue
        sha256 = way.sha256(known.file)
        if sha256 == one.sha256:
            print(f"{file.name}: chính tệp này đã có, là {known.plan_id}.", file=sys.stderr)
            return 1
        if said := _twin(one.plan, mine, known, kept.get(sha256) or _marks(known.file)):
            print(f"{file.name}: {said}", file=sys.stderr)
            if not anyway:
                return 1
    taken = {plan.plan_id for plan in about.plans(folder, listing)}
    name = (
        re.sub(
            r"^(ubnd|uy-ban-nhan-dan)-(tinh-|thanh-pho-)?",
            "",
            re.sub(r"[^a-z0-9]+", "-", fold(one.plan.short_vi)).strip("-"),
        )
        or "ke-hoach"
    )
    plan_id = next(
        one_id for one_id in itertools.chain([name], (f"{name}-{n}" for n in itertools.count(2))) if one_id not in taken
    )
    copy = folder / f"{plan_id}{file.suffix.lower() or '.txt'}"
    with listing.open(encoding="utf-8-sig", newline="") as head:
        columns = next(csv.reader(head))
    row = {column: getattr(one.plan, column) or "" for column in columns} | {"plan_id": plan_id, "file": copy.name}
    print("\n".join(f"{column}: {value}" for column, value in row.items()))
    tasks = sum(unit.kind == "action" for unit in one.units)
    print(
        f"đọc được {len(one.units)} đoạn, {tasks} nhiệm vụ, {len({unit.match.sub for unit in one.units if unit.match.sub})} chỉ số thành phần"
    )
    if is_trial:
        print("Chạy thử: chưa chép, chưa ghi gì.")
        return 0
    before, listed = load.counts(load.latest(load.folder())), listing.read_bytes()
    try:
        shutil.copyfile(file, copy)
        with listing.open("a", encoding="utf-8", newline="") as out:
            if listed and not listed.endswith(b"\n"):
                out.write("\n")
            csv.DictWriter(out, columns, lineterminator="\n").writerow(row)
        code = build.build(folder, None)
    except BaseException:
        _undo(copy, listing, listed)
        raise
    if code:
        _undo(copy, listing, listed)
        print(f"{file.name}: chưa thêm được; thư mục kế hoạch và plans.csv vẫn như cũ.", file=sys.stderr)
        return code
    after = load.counts(load.latest(load.folder()))
    for what, words in (
        ("plans", "kế hoạch đọc được"),
        ("units", "đoạn"),
        ("tasks", "nhiệm vụ"),
        ("covered", "ô bao phủ có nhiệm vụ"),
    ):
        print(f"{words}: {before[what]} → {after[what]}")
    return 0


def _undo(copy: Path, listing: Path, listed: bytes) -> None:
    copy.unlink(missing_ok=True)
    listing.write_bytes(listed)


_SAME_LINES = 0.6
"""Of the shorter document's lines this share stands in both: one is a version of the other."""


def _marks(file: Path) -> frozenset[int]:
    """What a document is known by of which no reading is kept; none where it cannot be read."""
    try:
        return load.marks(way.texts(file))
    except Unread:
        return frozenset()


def _twin(one: Plan, mine: frozenset[int], known: Plan, theirs: frozenset[int]) -> str:
    """Why a document is one that is held already, or a version of one, by what both are known by; "" where it is
    neither.
    """
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    if shared > 0.97 and abs(len(mine) - len(theirs)) <= 0.03 * len(mine):
        return f"văn bản này đã có dưới dạng khác, là {known.plan_id}."
    if one.number and (one.number, one.issuer) == (known.number, known.issuer):
        return f"cùng số {known.number} và cùng cơ quan với {known.plan_id}; nếu là bản mới hơn, hãy bỏ bản cũ, hoặc thêm --anyway để giữ cả hai."
    if shared >= _SAME_LINES:
        return f"{round(100 * shared)} % số dòng giống {known.plan_id}; nếu là bản mới hơn, hãy bỏ bản cũ, hoặc thêm --anyway để giữ cả hai."
    return ""
