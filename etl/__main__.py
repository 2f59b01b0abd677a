"""The commands: each reads, says in one line what went wrong, and ends with a code.

python -m etl [build] [--plans DIR] [--out FILE] [--workers N | --cluster tcp://…] [--retry-failed]   every plan of a folder → the database
python -m etl read FILE                             one document → one JSON object
python -m etl add FILE [--dry-run] [--anyway]       one document is kept: copied, listed, built, and what has changed
python -m etl draft FILE --base DB --out DB         one document that is not kept → a database beside the plans of DB
python -m etl scores FILE [--year YEAR] [--write]   a workbook of PAPI's scores → what is new beside those held
python -m etl match                                 lines of text → one JSON object a line
python -m etl evaluate [--gold DIR] [--cells DIR] [--json]   how well all this does against labelled units
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from etl import about, build, cage, draft, keep, model, place, say, scores, way
from etl.match import Matcher
from etl.measure import plans
from etl.measure.plans import evaluation
from etl.model import BadReference, Unread
from etl.reference import DATA


def read_one(file: Path) -> int:
    """One document → JSON on standard output. 2 and one line on standard error where it cannot be read."""
    try:
        listed = next(
            (plan for plan in about.plans(DATA / "plans") if plan.file.resolve() == file.resolve()),
            about.unlisted(file),
        )
        one = way.shut_in(listed, Matcher.shipped())
    except Unread as reason:
        print(reason.vi, file=sys.stderr)
        return 2
    for warning in say.warnings(one):
        print(warning, file=sys.stderr)
    print(json.dumps(say.as_json(one), ensure_ascii=False))
    return 0


def match_lines() -> int:
    """Lines of text on standard input → one JSON object a line; headings play no part. Memory is bounded by batches."""
    matcher = Matcher.shipped()
    batch: list[str] = []

    def flush() -> None:
        for match in matcher.match(batch):
            print(json.dumps(asdict(match), ensure_ascii=False))
        sys.stdout.flush()
        batch.clear()

    for line in sys.stdin.buffer:
        batch.append(line.decode("utf-8", errors="replace").rstrip("\r\n"))
        if len(batch) >= 1000:
            flush()
    flush()
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its result is the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m etl", description="Đọc các kế hoạch PAPI vào cơ sở dữ liệu.")
    commands = parser.add_subparsers(dest="command")
    for name, words in (
        ("build", "đọc mọi kế hoạch, ghi cơ sở dữ liệu"),
        ("read", "đọc một văn bản, in JSON"),
        ("draft", "đọc một dự thảo không giữ lại, ghi cơ sở dữ liệu riêng có cả dự thảo"),
        ("scores", "đọc bảng điểm PAPI của một năm mới (.xlsx), đối chiếu với bảng đang giữ"),
        ("match", "mỗi dòng chữ vào, một JSON ra"),
        ("evaluate", "so với các đoạn đã gán nhãn"),
    ):
        commands.add_parser(name, help=words)
    for target in (parser, commands.choices["build"]):
        target.add_argument(
            "--plans", default=str(DATA / "plans"), help="thư mục kế hoạch; với --cluster cũng có thể là s3://…"
        )
        target.add_argument(
            "--progress", action="store_true", help="in tiến độ, mỗi văn bản một dòng, cho chương trình khác đọc"
        )
        target.add_argument("--workers", type=int, help="số văn bản đọc cùng lúc; không nêu thì bằng số lõi của máy")
        target.add_argument(
            "--retry-failed", action="store_true", help="đọc lại cả những văn bản đã bị dừng giữa chừng"
        )
        target.add_argument("--out", type=Path, help="ghi đúng vào tệp này, không đổi bản đang dùng")
        target.add_argument(
            "--cluster", default="", metavar="tcp://…", help="đọc bằng cụm máy Dask có bộ điều phối ở địa chỉ này"
        )
        target.add_argument(
            "--readings", help="nơi giữ những gì đã đọc, là thư mục hoặc địa chỉ mà mọi máy của cụm dùng chung"
        )
    for name in ("read", "draft", "scores"):
        commands.choices[name].add_argument("file", type=Path)
    adding = commands.add_parser("add", help="thêm hẳn một kế hoạch rồi dựng lại")
    adding.add_argument("file", type=Path)
    adding.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ làm gì")
    adding.add_argument("--anyway", action="store_true", help="thêm cả khi giống một kế hoạch đã có")
    commands.choices["scores"].add_argument("--year", type=int, help="năm của điểm, nếu tệp không ghi rõ")
    commands.choices["scores"].add_argument(
        "--write", action="store_true", help="ghi vào data/reference/papi-scores.csv"
    )
    commands.choices["draft"].add_argument("--base", type=Path, required=True, help="bản dựng có các kế hoạch khác")
    commands.choices["draft"].add_argument("--out", type=Path, required=True, help="tệp được ghi")
    commands.choices["draft"].add_argument(
        "--corrections", type=Path, help="JSON: thông tin kế hoạch do người dùng sửa"
    )
    commands.choices["draft"].add_argument("--name", default="", help="tên tệp để hiện, không phải đường dẫn")
    commands.choices["evaluate"].add_argument("--gold", type=Path, default=DATA / "gold")
    commands.choices["evaluate"].add_argument("--plans", type=Path, default=DATA / "plans")
    commands.choices["evaluate"].add_argument(
        "--cells", type=Path, default=plans.CELLS, help="hai lượt đọc: mỗi đoạn nhắc đến chỉ số nào, mỗi ô nói gì"
    )
    commands.choices["evaluate"].add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "read":
            return read_one(chosen.file)
        if chosen.command == "add":
            return keep.add(
                chosen.file, DATA / "plans", DATA / "plans.csv", is_trial=chosen.dry_run, anyway=chosen.anyway
            )
        if chosen.command == "draft":
            cage.give_way()
            return draft.draft(chosen.file, chosen.base, chosen.out, chosen.corrections, chosen.name)
        if chosen.command == "scores":
            table = DATA / "reference" / "papi-scores.csv"
            return scores.take(chosen.file, table, year=chosen.year, write=chosen.write)
        if chosen.command == "match":
            return match_lines()
        if chosen.command == "evaluate":
            return evaluation(chosen.gold, chosen.plans, chosen.cells, chosen.json)
        by = build.By(
            max(chosen.workers or 0, 0) or None,
            chosen.cluster,
            place.place(chosen.readings) if chosen.readings else None,
        )
        return build.build(place.place(chosen.plans), chosen.out, chosen.progress, by, retry=chosen.retry_failed)
    except Unread as reason:
        print(reason.vi, file=sys.stderr)
        return 2
    except BadReference as reason:
        print(reason.vi, reason.en, sep="\n", file=sys.stderr)
        return 1
    except model.Failed as reason:
        print(reason, file=sys.stderr)
        return build.BUSY if isinstance(reason, model.Busy) else 1


if __name__ == "__main__":
    # most of what a command makes it keeps: to look through it for garbage every 700 objects takes a tenth of its time
    gc.set_threshold(20_000, 20, 50)
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        code = 1  # whoever asked has heard enough (`… | head -1`)
    sys.stderr.flush()
    # nor is it taken apart at the end, piece by piece: that takes another tenth
    os._exit(code)
