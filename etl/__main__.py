"""The whole way in one place: read → cut → tag → match → layer → check → load, and the commands around it.

python -m etl [build] [--plans DIR] [--out FILE]    every plan of a folder → the database
python -m etl read FILE                             one document → one JSON object
python -m etl add FILE [--dry-run] [--anyway]       one document is kept: copied, listed, built, and what has changed
python -m etl draft FILE --base DB --out DB         one document that is not kept → a database with it and the plans of
another python -m etl match                                 lines of text → one JSON object a line python -m etl
evaluate [--gold DIR] [--cells DIR] [--json]   how well all this does against labelled units
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import json
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

from etl import evaluate, load, score, touching
from etl.check import Unaccounted, check, is_plan
from etl.cut import cut
from etl.layer import layers, links
from etl.match import Matcher, touched
from etl.model import BadReference, Block, Confused, Finding, Measure, Plan, Quality, Reading, Unit, Unread
from etl.read import about, read
from etl.reference import DATA, table
from etl.tag import assign, tag
from etl.tag.agencies import scan
from etl.text import fold

CELLS = DATA / "gold-cells"
BUSY = 75
"""The exit code where another build is writing into the same folder: try again later."""


def reading(plan: Plan, matcher: Matcher, *, is_any: bool = False) -> Reading:
    """One document, the whole way but for loading; with `is_any` also one that is no PAPI plan. Raises Unread where it
    cannot be read, Unaccounted where text was lost.
    """
    return read_as(plan, read(plan.file), matcher, is_any=is_any)


def read_as(plan: Plan, blocks: Sequence[Block], matcher: Matcher, *, is_any: bool = False) -> Reading:
    """The same from the blocks of a document on."""
    described = about.describe(plan, blocks)
    pieces = cut(blocks)
    units = tag(pieces.units, described)
    units = [replace(unit, match=match) for unit, match in zip(units, matcher.match([unit.text for unit in units]))]
    units = layers(assign([replace(unit, touches=touched(unit)) for unit in units]), pieces.lines)
    findings = check(described, blocks, units, pieces.lines, pieces.columns, is_any=is_any)
    if described is not plan:
        findings = (Finding("plan_data_from_text", 1, described.title[:160]), *findings)
    return Reading(
        described,
        _sha256(plan.file),
        units,
        pieces.lines,
        pieces.columns,
        pieces.findings + findings,
        tuple(links(units)),
    )


def readings(folder: Path, matcher: Matcher) -> Iterator[Reading]:
    """Every plan: read, or not read with the reason (the others are still read), or only cited by others and not
    collected.
    """
    for plan in about.plans(folder):
        if not plan.file.name:
            yield Reading(plan, "", is_collected=False)
            continue
        try:
            yield reading(plan, matcher)
        except Unread as reason:
            known = (
                plan
                if plan.level
                else replace(
                    plan,
                    title=plan.file.stem,
                    short_vi=plan.file.stem,
                    short_en=plan.file.stem,
                    narrow=plan.file.stem[:9],
                    issuer=plan.file.stem,
                    level="province",
                )
            )
            yield Reading(known, _sha256(plan.file) if plan.file.exists() else "", unread=reason)


def build(folder: Path, out: Path | None, in_lines: bool = False) -> int:
    """Read every plan, write the database, swap it in whole, and say what was read. 1 where nothing could be read.

    `in_lines`: progress as a line a document ("3/6 hung-yen-2020") on standard output, for a program to follow."""
    matcher = Matcher.shipped()
    count = len(about.plans(folder))
    if not count:
        print(f"{folder}: không có kế hoạch nào; hãy chép văn bản kế hoạch vào thư mục này.", file=sys.stderr)
        return 1
    done: list[Reading] = []
    for one in readings(folder, matcher):
        done.append(one)
        if in_lines:
            print(f"{len(done)}/{count} {one.plan.plan_id}", flush=True)
        else:
            _progress(len(done), count, one.plan.plan_id)
    for one in done:
        if one.unread:
            print(one.unread.vi, file=sys.stderr)
        for finding in one.findings:
            if finding.code in _WARNINGS:
                print(_warning(one, finding), file=sys.stderr)
    if not any(one.units for one in done):
        print("Không đọc được kế hoạch nào; cơ sở dữ liệu cũ được giữ nguyên.", file=sys.stderr)
        return 1
    file = load.build(done, out, quality(done, DATA / "gold"))
    print(_summary(done))
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


_WARNINGS = {
    "unknown_agency": "cơ quan chưa có trong bảng nên được giữ nguyên cách viết; nếu là tên khác của một cơ quan đã có, hãy thêm một dòng vào data/reference/agencies.csv",
    "unknown_table": "bảng có tiêu đề cột lạ nên các dòng của bảng không được đọc thành nhiệm vụ; hãy thêm tên cột vào data/reference/columns.csv",
    "unknown_column": "cột chưa biết vai trò nên không được đọc; hãy thêm tên cột vào data/reference/columns.csv",
    "row_without_task": "dòng của bảng không có nhiệm vụ nào để gắn vào; hãy kiểm tra bảng trong văn bản",
    "unknown_heading": "đề mục không nhận ra nội dung PAPI nào; nếu đúng là tên một nội dung, hãy thêm vào data/reference/names.csv",
}


_STEPS = {"page": "trang", "table": "bảng", "row": "hàng", "paragraph": "đoạn", "sheet": "trang tính"}


def _warning(one: Reading, finding: Finding) -> str:
    place = next((line.place for line in one.lines if line.number == finding.line and line.place), "")
    where = (
        ", ".join(
            f"{_STEPS.get(kind, kind)} {at}" for kind, _, at in (step.partition(":") for step in place.split("/"))
        )
        if place
        else f"dòng {finding.line}"
    )
    return f"{one.plan.file.name}, {where}: {_WARNINGS[finding.code]}: {finding.detail!r}"


def _summary(done: Sequence[Reading]) -> str:
    """A row a plan: what was read of it."""
    head = (
        f"{'kế hoạch':<32}{'đơn vị':>8}{'nhiệm vụ':>10}{'có chủ trì':>12}{'có thời gian':>14}{'dòng':>7}{'cần xem':>9}"
    )
    lines = [head]
    for one in done:
        if one.unread or not one.is_collected:
            lines.append(f"{one.plan.plan_id:<32}{'chưa đọc được' if one.unread else 'chưa có văn bản':>8}")
            continue
        tasks = [unit for unit in one.units if unit.kind == "action"]
        lines.append(
            f"{one.plan.plan_id:<32}{len(one.units):>8}{len(tasks):>10}{sum(bool(u.names('lead')) for u in tasks):>12}"
            f"{sum(u.timing != 'unspecified' for u in tasks):>14}{len(one.lines):>7}{len(one.findings):>9}"
        )
    return "\n".join(lines)


def as_json(one: Reading) -> dict:
    """A reading in the codebook's own words. `dim` and `sub` say what the text is about, whatever the heading says."""
    plan = asdict(one.plan) | {"file": one.plan.file.name, "sha256": one.sha256}
    return {
        "plan": plan,
        "units": [_unit_json(unit) for unit in one.units],
        "left": [
            {"lines": [line.number, line.number], "place": line.place, "text": line.text, "role": line.role}
            for line in one.lines
            if line.role != "unit"
        ],
        "columns": [asdict(column) for column in one.columns],
        "findings": [asdict(finding) for finding in one.findings],
    }


def _unit_json(unit: Unit) -> dict:
    match = unit.match
    return {
        "n": unit.ordinal,
        "lines": [unit.first_line, unit.last_line],
        "place": unit.place,
        "channel": unit.channel,
        "section": unit.section,
        "text": unit.text,
        "layer": unit.layer,
        "kind": unit.kind,
        "declared_dim": unit.declared_dim,
        "declared_sub": unit.declared_sub,
        "dim": match.dim,
        "sub": match.sub,
        "score": round(match.score, 4),
        "margin": round(match.margin, 4),
        "review": match.review,
        "runner_up_dim": match.runner_up_dim,
        "runner_up_sub": match.runner_up_sub,
        "lead": unit.names("lead"),
        "lead_basis": unit.lead_basis,
        "coop": unit.names("coop"),
        "monitor": unit.names("monitor"),
        "agencies_uncertain": unit.agencies_uncertain,
        "timing": unit.timing,
        "timing_raw": unit.timing_raw,
        "timing_basis": unit.timing_basis,
        "due_from": unit.due_from,
        "due_to": unit.due_to,
        "evidence": [asdict(evidence) for evidence in match.evidence],
        "touches": [asdict(touch) for touch in unit.touches],
    }


def read_one(file: Path) -> int:
    """One document → JSON on standard output. 2 and one line on standard error where it cannot be read."""
    try:
        listed = next(
            (plan for plan in about.plans(DATA / "plans") if plan.file.resolve() == file.resolve()),
            about.unlisted(file),
        )
        one = reading(listed, Matcher.shipped())
    except Unread as reason:
        print(reason.vi, file=sys.stderr)
        return 2
    for finding in one.findings:
        if finding.code in _WARNINGS:
            print(_warning(one, finding), file=sys.stderr)
    print(json.dumps(as_json(one), ensure_ascii=False))
    return 0


DRAFT = "du-thao"
"""The plan_id of a draft: it stands in no list, and no plan of data/plans.csv may have it."""


def draft(file: Path, base: Path, out: Path, corrections: Path | None, name: str = "") -> int:
    """One document that is not to be kept → a database with the plans of `base`, of a large one the nearest, and this
    document; what was read of it as JSON on standard output, a line a step before. `corrections` is a JSON object of
    plan data that a person knows better than the text, `name` what the file is called where it came from: it is shown,
    and never a path.

    2 where the document cannot be read: one line on standard error, the same in both languages on standard output.
    """

    def say(**words: object) -> None:
        print(json.dumps(words, ensure_ascii=False), flush=True)

    try:
        say(step="read")
        blocks = read(file)
        say(step="match")
        told = json.loads(corrections.read_text(encoding="utf-8")) if corrections else {}
        found = about.describe(about.unlisted(file), blocks)
        # where the text names neither, the file's name stood in; a draft's is its sender's own business
        words = {
            "title": "Dự thảo chưa có tên" if found.title == file.stem else found.title,
            "issuer": "chưa rõ cơ quan ban hành" if found.issuer == file.stem else found.issuer,
        } | told
        described = replace(
            found, **words, plan_id=DRAFT, short_vi="Dự thảo của bạn", short_en="Your draft", narrow="Dự thảo"
        )
        one = read_as(described, blocks, Matcher.shipped(), is_any=True)
    except Unread as reason:
        print(reason.vi, file=sys.stderr)
        say(unread={"vi": reason.vi, "en": reason.en})
        return 2
    say(step="load")
    beside, of = load.extend(base, out, replace(one, plan=replace(one.plan, file=Path(name or file.name))))
    try:
        is_plan(one.plan, blocks, one.units)
        refusal = None
    except Unread as reason:
        refusal = {"vi": reason.vi, "en": reason.en}
    plan = asdict(one.plan) | {"file": one.plan.file.name}
    say(
        plan=plan,
        units=len(one.units),
        lines=len(one.lines),
        refusal=refusal,
        beside=beside,
        of=of,
        named=_reformed(blocks),
    )
    return 0


def _reformed(blocks: Sequence[Block]) -> dict[str, tuple[int, list[str]]]:
    """Agency of the table of the 2025 reform → in how many paragraphs and rows its name stands, whoever acts there, and
    its spellings.
    """
    reformed = {
        row["agency"] for row in table("agencies-2025", "agency", "since_2025", "from", "scope_vi", "scope", "basis")
    }
    named: dict[str, tuple[int, list[str]]] = {}
    for block in blocks:
        for agency, written in {
            hit.agency: hit.as_written for hit in scan(block.text) if hit.agency in reformed
        }.items():
            times, spellings = named.get(agency, (0, []))
            named[agency] = times + 1, spellings if written in spellings else [*spellings, written]
    return named


def add(file: Path, folder: Path, listing: Path, *, is_trial: bool = False, anyway: bool = False) -> int:
    """Keep one document: copy it into the folder, write its row into the listing, build, and say what has changed. All
    is as it was where the build fails. 1 where the document is there already, or (unless `anyway`) reads like a newer
    version of one; 2 where it cannot be read.
    """
    one = reading(about.unlisted(file), Matcher.shipped())
    for known in about.plans(folder, listing):
        said = _twin(one, known)
        if said:
            print(f"{file.name}: {said}", file=sys.stderr)
            if not anyway or known.file.is_file() and _sha256(known.file) == one.sha256:
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
    row = {column: getattr(one.plan, column) or "" for column in about.COLUMNS} | {
        "plan_id": plan_id,
        "file": copy.name,
    }
    print("\n".join(f"{column}: {value}" for column, value in row.items()))
    tasks = sum(unit.kind == "action" for unit in one.units)
    print(
        f"đọc được {len(one.units)} đơn vị, {tasks} nhiệm vụ, {len({unit.match.sub for unit in one.units if unit.match.sub})} chỉ số thành phần"
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
            csv.DictWriter(out, about.COLUMNS, lineterminator="\n").writerow(row)
        code = build(folder, None)
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
        ("units", "đơn vị"),
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


def _twin(one: Reading, known: Plan) -> str:
    """Why a document is one that is held already, or a version of one; "" where it is neither."""
    if not known.file.is_file():
        return ""
    if _sha256(known.file) == one.sha256:
        return f"chính tệp này đã có, là {known.plan_id}."
    try:
        held = [fold(block.text) for block in read(known.file)]
    except Unread:
        held = []
    mine, theirs = (
        {text for text in texts if len(text) > 20} for texts in ([fold(line.text) for line in one.lines], held)
    )
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    if shared > 0.97 and abs(len(mine) - len(theirs)) <= 0.03 * len(mine):
        return f"văn bản này đã có dưới dạng khác, là {known.plan_id}."
    if one.plan.number and (one.plan.number, one.plan.issuer) == (known.number, known.issuer):
        return f"cùng số {known.number} và cùng cơ quan với {known.plan_id}; nếu là bản mới hơn, hãy bỏ bản cũ, hoặc thêm --anyway để giữ cả hai."
    if shared >= _SAME_LINES:
        return f"{round(100 * shared)} % số dòng giống {known.plan_id}; nếu là bản mới hơn, hãy bỏ bản cũ, hoặc thêm --anyway để giữ cả hai."
    return ""


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


def evaluated(gold: Path, plans: Path) -> dict[str, dict[str, evaluate.Share]]:
    """The measures of every labelled plan whose document is there. Labels play no part in reading."""
    matcher = Matcher.shipped()
    known = {plan.plan_id: plan for plan in about.plans(plans)} | {plan.file.stem: plan for plan in about.plans(plans)}
    out = {}
    for file in sorted(gold.glob("*.jsonl")):
        plan = known.get(file.stem)
        if plan is None:
            print(f"{file.name}: không có văn bản {file.stem} trong {plans}; bỏ qua.", file=sys.stderr)
            continue
        one = reading(plan, matcher)
        accounted = sum(bool(line.role) for line in one.lines)
        out[file.stem] = evaluate.measure(evaluate.labelled(file), one.units, (accounted, len(one.lines)))
    return out


@lru_cache(maxsize=16)
def _without(plan_id: str) -> Matcher:
    """The matcher that has none of a plan's labels; kept, since both what it answers and what the plan's cells then say
    are measured.
    """
    return Matcher.shipped(without_plan=plan_id)


def matched(gold: Path) -> dict[str, list[score.Answer]]:
    """What the matcher answers on the labelled texts alone: with each plan's labels held out, and in use as shipped."""
    labelled = {file.stem: evaluate.labelled(file) for file in sorted(gold.glob("*.jsonl"))}
    shipped = Matcher.shipped()
    return {
        "held_out": score.answers(labelled, lambda plan_id, texts: _without(plan_id).match(texts)),
        "shipped": score.answers(labelled, lambda plan_id, texts: shipped.match(texts)),
    }


def touched_apart(plans: Sequence[Plan], gold: Path, cells: Path) -> dict[str, touching.Shares]:
    """`told`, each plan read by a matcher that has none of its labels."""
    known = touching.rows(cells, "cells.tsv")
    return told(
        {plan.plan_id: reading(plan, _without(plan.plan_id), is_any=True) for plan in plans if plan.plan_id in known},
        gold,
        cells,
    )


def told(done: dict[str, Reading], gold: Path, cells: Path) -> dict[str, touching.Shares]:
    """What units touch and cells say, against the readings of `cells`: plans as read, by the name that their labels and
    readings have, in; their measures out.
    """
    read_units, read_cells = touching.rows(cells, "units.tsv"), touching.rows(cells, "cells.tsv")
    states = load.cell_states(list(done.values())) if done else {}
    return {
        name: touching.measures(
            evaluate.pairs(evaluate.labelled(gold / f"{name}.jsonl"), one.units),
            read_units[name],
            read_cells[name],
            states[one.plan.plan_id],
        )
        for name, one in done.items()
    }


def quality(done: Sequence[Reading], gold: Path) -> Quality:
    """What is measured of a build: its readings, the matcher, and what cells say, against the labelled units of the
    same plans.
    """
    here = {one.plan.plan_id: one for one in done if one.units and (gold / f"{one.plan.plan_id}.jsonl").exists()}
    if not here:
        return Quality()
    by_plan: dict[str | None, dict[str, tuple[int, int]]] = {
        plan_id: evaluate.shares(
            evaluate.measure(evaluate.labelled(gold / f"{plan_id}.jsonl"), one.units, (len(one.lines), len(one.lines)))
        )
        for plan_id, one in here.items()
    }
    by_plan[None] = {
        name: tuple(map(sum, zip(*(some[name] for some in by_plan.values())))) for name in next(iter(by_plan.values()))
    }
    measures = [
        Measure("reading", name, plan_id, None, right, of, *score.interval(right, of))
        for plan_id, some in by_plan.items()
        for name, (right, of) in some.items()
    ]
    confusion = []
    for part, found in matched(gold).items():
        for plan_id in (None, *here):
            some = [one for one in found if plan_id in (None, one.plan_id)]
            measures += [
                Measure(part, name, plan_id, None, right, of, *score.interval(right, of))
                for name, (right, of) in score.measures(some).items()
            ]
        measures += [
            Measure(part, name, None, dim, right, of, *score.interval(right, of))
            for dim, some in score.by_class(found).items()
            for name, (right, of) in some.items()
        ]
        confusion += [
            Confused(part, labelled, read_as, units) for (labelled, read_as), units in score.confusion(found).items()
        ]
    apart = touched_apart([one.plan for one in here.values()], gold, CELLS)
    measures += [
        Measure("cells", name, plan_id, None, right, of, *score.interval(right, of))
        for plan_id, shares in {**apart, None: touching.total(apart.values())}.items()
        for name, (right, of) in shares.items()
    ]
    return Quality(tuple(measures), tuple(confusion))


def evaluation(gold: Path, plans: Path, cells: Path, as_numbers: bool) -> int:
    """How well reading and matching do against labelled units, and what cells say against two readings: tables, or
    JSON.
    """
    measures = evaluated(gold, plans)
    found = matched(gold)
    apart = touched_apart(
        [plan for plan in about.plans(plans) if (gold / f"{plan.plan_id}.jsonl").is_file()], gold, cells
    )
    if as_numbers:
        reading_ = {
            name: evaluate.figures(m) for name, m in (measures | {"all": evaluate.total(measures.values())}).items()
        }
        shares_ = {
            name: {
                m: {
                    "share": right / of if of else None,
                    "right": right,
                    "of": of,
                    "interval": score.interval(right, of),
                }
                for m, (right, of) in shares.items()
            }
            for name, shares in {**apart, "all": touching.total(apart.values())}.items()
        }
        print(
            json.dumps(
                reading_ | {"matching": {name: score.figures(some) for name, some in found.items()}, "cells": shares_}
            )
        )
    else:
        print(evaluate.shown(measures))
        print()
        print(
            score.shown(found["held_out"], "Chỉ từ câu chữ, mỗi lần để riêng nhãn của một kế hoạch (nhiệm vụ và mô tả)")
        )
        print()
        print(score.shown(found["shipped"], "Như khi dùng, mọi nhãn đều có mặt"))
        if apart:
            print()
            print(
                touching.shown(
                    apart,
                    "Đoạn nhắc đến chỉ số nào và ô nói gì, so với hai lượt đọc, mỗi lần để riêng nhãn của một kế hoạch",
                )
            )
    return 0 if measures else 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its result is the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m etl", description="Đọc các kế hoạch PAPI vào cơ sở dữ liệu.")
    commands = parser.add_subparsers(dest="command")
    for name, words in (
        ("build", "đọc mọi kế hoạch, ghi cơ sở dữ liệu"),
        ("read", "đọc một văn bản, in JSON"),
        ("draft", "đọc một dự thảo không giữ lại, ghi cơ sở dữ liệu riêng có cả dự thảo"),
        ("match", "mỗi dòng chữ vào, một JSON ra"),
        ("evaluate", "so với các đơn vị đã gán nhãn"),
    ):
        commands.add_parser(name, help=words)
    for target in (parser, commands.choices["build"]):
        target.add_argument("--plans", type=Path, default=DATA / "plans", help="thư mục kế hoạch")
        target.add_argument(
            "--progress", action="store_true", help="in tiến độ, mỗi văn bản một dòng, cho chương trình khác đọc"
        )
        target.add_argument("--out", type=Path, help="ghi đúng vào tệp này, không đổi bản đang dùng")
    for name in ("read", "draft"):
        commands.choices[name].add_argument("file", type=Path)
    adding = commands.add_parser("add", help="thêm hẳn một kế hoạch rồi dựng lại")
    adding.add_argument("file", type=Path)
    adding.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ làm gì")
    adding.add_argument("--anyway", action="store_true", help="thêm cả khi giống một kế hoạch đã có")
    commands.choices["draft"].add_argument("--base", type=Path, required=True, help="bản dựng có các kế hoạch khác")
    commands.choices["draft"].add_argument("--out", type=Path, required=True, help="tệp được ghi")
    commands.choices["draft"].add_argument(
        "--corrections", type=Path, help="JSON: thông tin kế hoạch do người dùng sửa"
    )
    commands.choices["draft"].add_argument("--name", default="", help="tên tệp để hiện, không phải đường dẫn")
    commands.choices["evaluate"].add_argument("--gold", type=Path, default=DATA / "gold")
    commands.choices["evaluate"].add_argument("--plans", type=Path, default=DATA / "plans")
    commands.choices["evaluate"].add_argument(
        "--cells", type=Path, default=CELLS, help="hai lượt đọc: mỗi đoạn nhắc đến chỉ số nào, mỗi ô nói gì"
    )
    commands.choices["evaluate"].add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "read":
            return read_one(chosen.file)
        if chosen.command == "add":
            return add(chosen.file, DATA / "plans", DATA / "plans.csv", is_trial=chosen.dry_run, anyway=chosen.anyway)
        if chosen.command == "draft":
            return draft(chosen.file, chosen.base, chosen.out, chosen.corrections, chosen.name)
        if chosen.command == "match":
            return match_lines()
        if chosen.command == "evaluate":
            return evaluation(chosen.gold, chosen.plans, chosen.cells, chosen.json)
        return build(chosen.plans, chosen.out, chosen.progress)
    except Unread as reason:
        print(reason.vi, file=sys.stderr)
        return 2
    except (BadReference, Unaccounted, load.Failed) as reason:
        print(reason, file=sys.stderr)
        return BUSY if isinstance(reason, load.Busy) else 1


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
