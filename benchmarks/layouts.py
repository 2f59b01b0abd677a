"""Real tasks set in layouts of many hands, and how much of them is read: the tasks of tests/strangers and data/gold whose lead
and time stand in columns or lines of their own, so that a label tells both apart from the sentence, under the eight dimensions,
office by office, in tables and in prose.

The sentences are real and the layouts were made up here, some after seeing which of them were read badly: this says what a
layout costs, and no forecast for the next.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from rapidfuzz import fuzz

from etl import about
from etl.match import Matcher
from etl.measure.reading import labelled
from etl.model import Unit
from etl.reference import ROOT, table
from etl.way import reading

Task = Mapping
FOLDERS = (ROOT / "tests" / "strangers", ROOT / "data" / "gold")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_FEW, _MOST = 6, 24
"""A plan with fewer such tasks is left out, and of one with more so many are set."""
_ALIKE = 93
"""A unit is a task where rapidfuzz finds so much of its words there, 0 to 100, and not twice as many others."""
_HEAD = """UBND TỈNH X

Số: 12/KH-UBND
X, ngày 10 tháng 3 năm 2024

KẾ HOẠCH
Nâng cao Chỉ số PAPI tỉnh X năm 2024

I. MỤC ĐÍCH, YÊU CẦU

Nâng cao sự hài lòng của người dân đối với chính quyền các cấp.

II. NHIỆM VỤ, GIẢI PHÁP

"""
_FOOT = """

III. TỔ CHỨC THỰC HIỆN

Sở Nội vụ theo dõi, tổng hợp, báo cáo UBND tỉnh.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Nguyễn Văn A
"""


def tasks(file: Path) -> list[Task]:
    """The labelled tasks of a plan whose lead and time each stand in a cell of their own."""
    found: list[Task] = [
        unit
        for unit in labelled(file)
        if unit["kind"] == "action"
        and {unit["lead_basis"], unit["timing_basis"]} <= {"row", "merged"}
        and unit["timing_raw"]
        and unit["dim"]
        and "Cá nhân" not in _who(unit)
    ]
    return found[:_MOST] if len(found) >= _FEW else []


def _who(task: Task) -> str:
    return ", ".join(task["lead"])


def _when(task: Task) -> str:
    """The time within a sentence."""
    return _time(task)[0].lower() + _time(task)[1:]


def _text(task: Task) -> str:
    return task["text"].rstrip(" .;")


def _inside(task: Task) -> str:
    """A task's words behind others."""
    words = _text(task)
    return words if words.split()[0].isupper() else words[0].lower() + words[1:]


@cache
def _names() -> Mapping[int, str]:
    return {int(row["dim"]): row["name_vi"] for row in table("dimensions")}


def _under(by: Callable[[Task], int | str], head: str, item: str, columns: str = "") -> Callable[[Sequence[Task]], str]:
    """Tasks under what they share, a dimension (by its number) or words, each head and each task by its pattern."""

    def lay(found: Sequence[Task]) -> str:
        lines = []
        for n, (shared, several) in enumerate(_grouped(found, by)):
            name = _names().get(shared, shared)
            letter, roman = _LETTERS[n % len(_LETTERS)], _ROMAN[n % len(_ROMAN)]
            lines.append(head.format(n=n + 1, roman=roman, letter=letter, name=name, capitals=name.upper()))
            lines += [columns] if columns else []
            lines += [_filled(item, task, n + 1, i) for i, task in enumerate(several, 1)]
            lines.append("")
        return "\n".join(lines)

    return lay


def _table(columns: str, row: str, group: str = "") -> Callable[[Sequence[Task]], str]:
    """Tasks in one table, under rows that name their dimension where `group` is a pattern of one."""

    def lay(found: Sequence[Task]) -> str:
        lines, order = [columns], count(1)
        for n, (dim, several) in enumerate(_grouped(found, _dim)):
            lines += [group.format(roman=_ROMAN[n], name=_names()[dim])] if group else []
            for i, task in enumerate(several):
                name = "" if i else _names()[dim]
                lines.append(_filled(row, task, n + 1, next(order)).replace("{name}", name))
        return "\n".join(lines)

    return lay


def _dim(task: Task) -> int:
    return task["dim"]


def _time(task: Task) -> str:
    return task["timing_raw"]


def _filled(pattern: str, task: Task, n: int, i: int) -> str:
    marks = ["x" if quarter == i % 4 else "" for quarter in range(4)]
    return pattern.format(
        n=n,
        i=i,
        text=_text(task),
        inside=_inside(task),
        who=_who(task),
        time=_time(task),
        when=_when(task),
        marks="\t".join(marks),
        name="{name}",
    )


def _grouped(found: Sequence[Task], by: Callable[[Task], int | str]) -> Iterator[tuple]:
    groups = defaultdict(list)
    for task in found:
        groups[by(task)].append(task)
    return iter(sorted(groups.items()))


_DIM_ROW = "{roman}\t{name}\t\t"
LAYOUTS: dict[str, Callable[[Sequence[Task]], str]] = {
    "lines below": _under(
        _dim, "{n}. {name}", "{n}.{i}. {text}.\n- Cơ quan chủ trì: {who}.\n- Thời gian thực hiện: {time}."
    ),
    "one line below": _under(
        _dim, "Mục tiêu {n}. {name}", "Nhiệm vụ {i}: {text}.\nCơ quan chủ trì: {who}. Thời gian: {time}."
    ),
    "bracket below": _under(_dim, "{letter}) {name}", "({i}) {text}.\n(Chủ trì: {who}; hoàn thành: {when})"),
    "arrow below": _under(_dim, "**{name}**\n", "{text}.\n→ {who}, {when}.\n"),
    "dash below": _under(_dim, "{n}. {name}", "{i}. {text}.\n   {who} - {time}"),
    "bracket": _under(_dim, "{n}. {name}", "{i}) {text} ({who}; {time})."),
    "bracket with a verb": _under(_dim, "{n}. {name}", "- {text} ({who} chủ trì, {when})."),
    "sentences behind": _under(_dim, "{n}. {name}", "+ {text}. Giao {who} thực hiện, thời gian: {when}."),
    "clauses behind": _under(_dim, "{roman}. {name}", "* {text}; do {who} chủ trì thực hiện; {when}."),
    "labels behind": _under(_dim, "{name}\n", "{text}. Đơn vị chủ trì: {who}; thời hạn: {when}.\n"),
    "subject, label": _under(_dim, "{n}. {name}", "- {who} {inside}; thời gian: {when}."),
    "subject, last words": _under(_dim, "Điều {n}. {name}", "{i}. {who} có trách nhiệm {inside}, {when}."),
    "office's list": _under(_who, "{n}. {name}", "- {text} ({when});"),
    "office and colon": _under(_who, "{letter}) {name}:", "+ {text}. Thời hạn: {when}."),
    "for an office": _under(_who, "{n}. Đối với {name}", "{n}.{i}. {text}. Hoàn thành: {when}."),
    "office's table": _under(
        _who, "{n}. PHẦN VIỆC CỦA {capitals}\n", "{i}\t{text}\t{time}", "TT\tViệc phải làm\tThời hạn"
    ),
    "time's list": _under(_time, "{n}. {name}", "- {text}. Chủ trì: {who}."),
    "time's list, colon": _under(_time, "{letter}) {name}:", "+ {text} ({who})."),
    "time's list, capitals": _under(_time, "{n}. CÁC NHIỆM VỤ THỰC HIỆN {capitals}", "{n}.{i}. {who} {inside}."),
    "table": _table("STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian thực hiện", "{i}\t{text}\t{who}\t{time}", _DIM_ROW),
    "table, time first": _table("TT\tThời gian\tNội dung công việc\tĐơn vị thực hiện", "{i}\t{time}\t{text}\t{who}"),
    "table, office first": _table("Đơn vị\tNhiệm vụ được giao\tHạn hoàn thành", "{who}\t{text}\t{time}"),
    "table, dimension's column": _table(
        "TT\tNội dung PAPI\tNhiệm vụ\tChủ trì\tThời hạn", "{i}\t{name}\t{text}\t{who}\t{time}"
    ),
    "table, both in one cell": _table(
        "TT\tNhiệm vụ\tCơ quan chủ trì, thời gian", "{i}\t{text}\t{who}; {when}", "{roman}\t{name}\t"
    ),
    "table, quarters": _table(
        "TT\tNhiệm vụ\tChủ trì\tQuý I\tQuý II\tQuý III\tQuý IV",
        "{i}\t{text}\t{who}\t{marks}",
        "{roman}\t{name}\t\t\t\t\t",
    ),
    "table, bars": _table(
        "| STT | Nhiệm vụ | Chủ trì | Thời gian |\n|---|---|---|---|", "| {i} | {text} | {who} | {time} |"
    ),
}
"""Each hand's way to say who and when, by its name."""


def read(layout: str, found: Sequence[Task], matcher: Matcher) -> tuple[Unit, ...]:
    """The units of a plan of these tasks in this layout."""
    with TemporaryDirectory() as room:
        file = Path(room) / "x-2024.txt"
        file.write_text(_HEAD + LAYOUTS[layout](found) + _FOOT, encoding="utf-8")
        return reading(next(iter(about.plans(Path(room)))), matcher, is_any=True).units


def told(layout: str, found: Sequence[Task], matcher: Matcher) -> Counter[str]:
    """Of these tasks in this layout: how many are found, are read as tasks, and have their lead and their timing; and how many
    tasks are read. Capitals in a name are not looked at, since a heading in capitals does not tell them.
    """
    units = list(read(layout, found, matcher))
    said = Counter(units=len(found), read=sum(unit.kind == "action" for unit in units))
    for task in found:
        unit = max(units, key=lambda unit: _nearness(task, unit), default=None)
        if unit is None or _nearness(task, unit) < _ALIKE - 2:
            continue
        units.remove(unit)
        is_quarter = "quarters" in layout
        said.update(
            found=1,
            kind=unit.kind == "action",
            lead={name.casefold() for name in task["lead"]} == {name.casefold() for name in unit.names("lead")},
            timing=unit.timing == ("dated" if is_quarter else task["timing"]),
        )
    return said


def _nearness(task: Task, unit: Unit) -> float:
    words, text = _text(task).lower(), unit.text.lower()
    if len(text) > 1.9 * len(words) + 90:
        return 0.0
    return fuzz.partial_ratio(words, text) - abs(len(text) - len(words)) / 1000


def main(*chosen: str) -> None:
    matcher = Matcher.shipped()
    plans = [found for folder in FOLDERS for file in sorted(folder.glob("*.jsonl")) if (found := tasks(file))]
    columns = ("units", "found", "read", "kind", "lead", "timing")
    print(f"{'':26}", *(f"{column:>6}" for column in columns))
    for layout in chosen or LAYOUTS:
        said = sum((told(layout, found, matcher) for found in plans), Counter())
        print(f"{layout:26}", *(f"{said[column]:6}" for column in columns))


if __name__ == "__main__":
    main(*sys.argv[1:])
