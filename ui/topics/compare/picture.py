"""Two to four plans side by side: which of their tasks correspond, and which only one of them has.

In: the tasks of the chosen plans (`data.compared_tasks`), paired by `ui.likeness` within a dimension. Out: the
comparison, the answer, the finding that titles the picture, the picture in two forms, the tables. Computed when it is
asked for, and kept for a build, a way of counting, the plans and the bar; of a dimension at most `MOST_TASKS` tasks a
plan are compared, and it is said where there are more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.data.kept import kept
from ui.draw import marks
from ui.draw.measure import width_of, wrap
from ui.draw.palette import DIM, INK, PAGE, RULE, SOFT
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.topics.compare import likeness
from ui.words import labels, units
from ui.words.plans import plan_name, plan_names, source
from ui.words.remember import remember

MOST_PLANS = 4
MOST_TASKS = 250
"""So many tasks of a plan are compared in one dimension."""
BARS = (60, 70, 80, 90)
BAR = 70
"""The least score of a pair, unless the reader sets another."""
DIMS = ("1", "2", "3", "4", "5", "6", "7", "8", "0", "x")
"""The rows of the picture: the eight dimensions, what is cross-cutting, and what fits none."""
_FEW_NAMES = 3
"""So many dimensions are named in a title."""


@dataclass(frozen=True)
class Task:
    """What a comparison needs of a task. `dim` is one of `DIMS`; `lines` and `section` say where it stands."""

    unit_id: str
    plan_id: str
    dim: str
    sub: str | None
    text: str
    section: str
    first_line: int
    last_line: int
    leads: tuple[str, ...]
    timing: str
    timing_raw: str | None
    place: str | None = None


@dataclass(frozen=True)
class Match:
    """Two tasks that correspond, the one of the plan that comes first on the left."""

    left: Task
    right: Task
    pair: likeness.Pair

    @property
    def lead(self) -> str:
        """How the leads compare: same, part (some are the same), differ, one (only one side names any), none. By
        name.
        """
        left, right = set(self.left.leads), set(self.right.leads)
        if not left and not right:
            return "none"
        if not left or not right:
            return "one"
        if left == right:
            return "same"
        return "part" if left & right else "differ"

    @property
    def time(self) -> str:
        """How the timings compare: same, differ, one (only one side says when), none. Dates and events by the plans'
        own words.
        """
        said = [task.timing != "unspecified" for task in (self.left, self.right)]
        if not all(said):
            return "one" if any(said) else "none"
        if self.left.timing != self.right.timing:
            return "differ"
        worded = self.left.timing in ("dated", "event")
        return (
            "differ"
            if worded and likeness.words(self.left.timing_raw or "") != likeness.words(self.right.timing_raw or "")
            else "same"
        )


@dataclass(frozen=True)
class Comparison:
    """The tasks that were compared, by plan and dimension; their pairs, the most alike first; how many tasks there are
    in all.
    """

    tasks: Mapping[tuple[str, str], tuple[Task, ...]]
    matches: tuple[Match, ...]
    totals: Mapping[tuple[str, str], int]
    paired: frozenset[str]

    def part(self, plan_id: str, dim: str, part: str) -> list[Task]:
        """The tasks of a plan in a dimension that correspond to some task of another plan ("both"), or to none
        ("only").
        """
        return [
            task for task in self.tasks.get((plan_id, dim), ()) if (task.unit_id in self.paired) == (part == "both")
        ]


def compare(basis: str, plan_ids: tuple[str, ...], bar: int) -> Comparison:
    """The comparison of these plans, kept for this build."""
    return _compare(data.build().path, basis, plan_ids, bar)


@kept(24)
def _compare(build: str, basis: str, plan_ids: tuple[str, ...], bar: int) -> Comparison:
    tasks: dict[tuple[str, str], list[Task]] = {}
    for row in data.compared_tasks(basis, plan_ids, MOST_TASKS).to_dict("records"):
        dim = "x" if row["dim"] is None or row["dim"] != row["dim"] else str(int(row["dim"]))
        tasks.setdefault((row["plan_id"], dim), []).append(
            Task(
                row["unit_id"],
                row["plan_id"],
                dim,
                units.written(row["sub"]),
                row["text"],
                units.written(row["section"]) or "",
                int(row["first_line"]),
                int(row["last_line"]),
                () if row["leads"] is None or isinstance(row["leads"], float) else tuple(row["leads"]),
                row["timing"],
                units.written(row["timing_raw"]),
                units.written(row.get("place")),
            )
        )
    matches = []
    for left, right in combinations(plan_ids, 2):
        for dim in DIMS:
            ours, theirs = tasks.get((left, dim), []), tasks.get((right, dim), [])
            matches += [
                Match(ours[pair.left], theirs[pair.right], pair)
                for pair in likeness.pairs([task.text for task in ours], [task.text for task in theirs], bar)
            ]
    matches.sort(key=lambda match: -match.pair.points)
    totals = {
        (row["plan_id"], str(row["dim"])): int(row["tasks"])
        for row in data.plan_dimensions(basis, plan_ids).to_dict("records")
    }
    totals |= {
        (row["plan_id"], "x"): int(row["unplaced"]) for row in data.plan_summaries(basis, plan_ids).to_dict("records")
    }
    return Comparison(
        {place: tuple(held) for place, held in tasks.items()},
        tuple(matches),
        totals,
        frozenset(task.unit_id for match in matches for task in (match.left, match.right)),
    )


def plans(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """The chosen plans in reading order."""
    return data.plans_of(plan_ids)


def _name(plan: Mapping[str, Any]) -> str:
    return labels.pick(plan, "short")


def dims(basis: str, plan_ids: tuple[str, ...]) -> list[str]:
    """The rows of the picture; what fits no dimension has a row only where there is any."""
    totals = compare(basis, plan_ids, BAR).totals
    return [dim for dim in DIMS if dim != "x" or any(totals.get((plan, dim)) for plan in plan_ids)]


def dim_name(dim: str, *, short: bool = True) -> str:
    """ "3 Trách nhiệm giải trình", "Việc chung", "chưa xếp được vào nội dung nào"."""
    return units.topic_name(None if dim == "x" else int(dim), None, short=short)


def tasks_of(basis: str, plan_id: str) -> int:
    """All tasks of a plan, those without a dimension among them."""
    return int(data.plan_summaries(basis, (plan_id,))["tasks"].iloc[0])


def parts(basis: str, plan_ids: tuple[str, ...]) -> dict[str, str]:
    """What a bar's segment says of a dimension: "3-both", "3-only"."""
    return {
        f"{dim}-{part}": labels.t(f"compare.part.{part}", dim=dim_name(dim))
        for dim in dims(basis, plan_ids)
        for part in ("both", "only")
    }


def unit_ids(basis: str, plan_ids: tuple[str, ...], bar: int, plan_id: str, part: str) -> tuple[str, ...]:
    """The tasks behind a segment."""
    dim, _, which = part.partition("-")
    return tuple(task.unit_id for task in compare(basis, plan_ids, bar).part(plan_id, dim, which))


# Words.


@remember
def answer(basis: str, plan_ids: tuple[str, ...], bar: int) -> Markup:
    """The answer as markup: how many pairs between which plans, of which level; how many are alike nearly word for
    word, and how many differ in lead or timing.
    """
    found = compare(basis, plan_ids, bar).matches
    names = labels.names(
        [
            labels.t(
                "compare.plan_tasks",
                plan=_name(plan),
                level=labels.lower(labels.t(f"common.level.{plan['level']}")),
                n=tasks_of(basis, plan["plan_id"]),
            )
            for plan in plans(plan_ids)
        ]
    )
    sentences = [
        labels.html("compare.answer_pairs" if found else "compare.answer_no_pairs", n=len(found), plans=names, bar=bar)
    ]
    if found:
        near = sum(match.pair.near for match in found)
        sentences.append(labels.html("compare.answer_near" if near else "compare.answer_no_near", n=near))
        sentences.append(
            labels.html(
                "compare.answer_differ",
                lead=sum(match.lead in ("differ", "part", "one") for match in found),
                time=sum(match.time in ("differ", "one") for match in found),
            )
        )
    return Markup(" ").join(sentences)


@remember
def notes(basis: str, plan_ids: tuple[str, ...], bar: int) -> list[str]:
    """What the reader has to know beside the picture: plans without tasks, plans of different levels, tasks that were
    not compared.
    """
    said = []
    summaries = data.plan_summaries(basis, plan_ids).set_index("plan_id")
    for plan in plans(plan_ids):
        row = summaries.loc[plan["plan_id"]]
        if plan["status"] != "read":
            said.append(labels.t("compare.not_read", plan=_name(plan)))
        elif not row["tasks"]:
            said.append(labels.t("compare.no_tasks", plan=_name(plan), n=int(row["descriptions"])))
    if len({plan["level"] for plan in plans(plan_ids)}) > 1:
        said.append(labels.t("compare.levels", plans=labels.names([plan_name(plan) for plan in plans(plan_ids)])))
    found = compare(basis, plan_ids, bar)
    for plan in plans(plan_ids):
        for dim in dims(basis, plan_ids):
            total = found.totals.get((plan["plan_id"], dim), 0)
            if total > MOST_TASKS:
                said.append(labels.t("compare.capped", plan=_name(plan), dim=dim_name(dim), most=MOST_TASKS, n=total))
    return said


@remember
def title(basis: str, plan_ids: tuple[str, ...], bar: int) -> str:
    """The finding over the picture. Rule for two plans: of the dimensions in which both have tasks, those without any
    pair, when they are at most three; all of them have a pair → that. Fallbacks, also for three and four plans: the
    plain number of tasks that correspond; no pair → that, no dimension in common → that.
    """
    found = compare(basis, plan_ids, bar)
    if not found.matches:
        return labels.t("compare.finding_none")
    if len(plan_ids) == 2:
        both = [dim for dim in DIMS if dim != "x" and all(found.tasks.get((plan, dim)) for plan in plan_ids)]
        paired = Counter(match.left.dim for match in found.matches)
        without = [dim for dim in both if not paired[dim]]
        if 0 < len(without) <= _FEW_NAMES:
            short = {str(row["dim"]): labels.pick(row, "short") for row in data.dimensions().to_dict("records")}
            return labels.t("compare.finding_without", dims=labels.names([labels.lower(short[dim]) for dim in without]))
        if both and not without:
            return labels.t("compare.finding_all", n=len(both))
        return labels.t("compare.finding_pairs", n=len(found.matches), dims=len([dim for dim in both if paired[dim]]))
    return labels.t("compare.finding_total", n=len(found.paired), tasks=sum(len(held) for held in found.tasks.values()))


def alt(basis: str, plan_ids: tuple[str, ...], bar: int) -> str:
    """The picture for those who do not see it: the finding, and each plan's sums."""
    found = compare(basis, plan_ids, bar)
    rows = "; ".join(
        labels.t(
            "compare.alt_plan",
            plan=_name(plan),
            both=sum(len(found.part(plan["plan_id"], dim, "both")) for dim in DIMS),
            only=sum(len(found.part(plan["plan_id"], dim, "only")) for dim in DIMS),
        )
        for plan in plans(plan_ids)
    )
    return labels.t("compare.alt", title=title(basis, plan_ids, bar), rows=rows)


# The picture.


def _color(dim: str) -> str:
    return SOFT if dim == "x" else DIM[int(dim)]


def _segments(
    sheet: Sheet,
    x: float,
    y0: float,
    y1: float,
    step: float,
    side: int,
    plan: Mapping[str, Any],
    dim: str,
    found: Comparison,
    states: Mapping[tuple[str, str], Mapping[str, Any]],
    *,
    tall: float,
) -> None:
    """One bar from `x` to the right (side 1) or the left (-1): solid what corresponds, hollow what only this plan has.
    Without a task, the mark of what the plan says instead. `tall` is how much of the row above and below a finger may
    hit.
    """
    color, middle = _color(dim), (y0 + y1) / 2
    both, only = (len(found.part(plan["plan_id"], dim, part)) for part in ("both", "only"))
    if not both and not only:
        cell = states.get((plan["plan_id"], dim))
        if cell is None:
            sheet.text(x + 6 * side, middle, "0", size=13, color=SOFT, anchor="left" if side > 0 else "right")
        else:
            wide = 30
            left = x if side > 0 else x - wide
            marks.mark(sheet, left, y0, left + wide, y1, cell, int(dim))
        return
    ends = x + side * step * both, x + side * step * (both + only)
    if both:
        sheet.box(min(x, ends[0]), y0, max(x, ends[0]), y1, color)
    if only:
        sheet.frame(min(ends), y0, max(ends), y1, color)
    number = labels.compact(both)
    inside = both and step * both >= width_of(number, 13, bold=True) + 10
    if inside:
        sheet.text(
            ends[0] - side * 6, middle, number, size=13, color=PAGE, bold=True, anchor="right" if side > 0 else "left"
        )
    outside = labels.compact(only) if inside or not both else f"{number} + {labels.compact(only)}" if only else number
    if only or not inside:
        sheet.text(ends[1] + side * 6, middle, outside, size=13, anchor="left" if side > 0 else "right")
    name = f"{_name(plan)} · {dim_name(dim)}"
    for start, end, part, n in ((x, ends[0], "both", both), (ends[0], ends[1], "only", only)):
        if n:
            sheet.hit(
                min(start, end),
                y0 - tall,
                max(start, end),
                y1 + tall,
                f"{plan['plan_id']}~{dim}-{part}",
                "\n".join((name, labels.t(f"compare.hover.{part}", n=n), labels.t("common.click"))),
            )


def _most(found: Comparison, plan_ids: tuple[str, ...]) -> int:
    return max((len(found.tasks.get((plan, dim), ())) for plan in plan_ids for dim in DIMS), default=0) or 1


def _states(basis: str, plan_ids: tuple[str, ...]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["plan_id"], str(row["dim"])): row for row in data.plan_dimensions(basis, plan_ids).to_dict("records")}


def _under(plan: Mapping[str, Any], found: Comparison) -> str:
    return labels.t(
        "compare.head",
        level=labels.lower(labels.t(f"common.level.{plan['level']}")),
        n=sum(found.totals.get((plan["plan_id"], dim), 0) for dim in DIMS),
    )


def _sheet(width: int, basis: str, plan_ids: tuple[str, ...], bar: int) -> Sheet:
    return Sheet(
        width, title=title(basis, plan_ids, bar), subtitle=labels.t("compare.subtitle", bar=bar), source=source()
    )


@remember
def wide(basis: str, plan_ids: tuple[str, ...], bar: int) -> go.Figure:
    """Two plans mirrored around the names of the dimensions; three or four in columns beside them."""
    found, chosen, states = compare(basis, plan_ids, bar), plans(plan_ids), _states(basis, plan_ids)
    sheet = _sheet(WIDE, basis, plan_ids, bar)
    y = sheet.top + 8
    starts: tuple[float, ...]
    sides: tuple[int, ...]
    if len(chosen) == 2:
        middle, room = WIDE / 2, 132
        starts, sides, length = (middle - room, middle + room), (-1, 1), middle - room - 70
    else:
        first, column = 258, (WIDE - 258) / len(chosen)
        starts, sides, length = tuple(first + at * column for at in range(len(chosen))), (1,) * len(chosen), column - 70
    step = min(length / _most(found, plan_ids), 24)
    tall = 1
    for plan, x, side in zip(chosen, starts, sides):
        lines = wrap(_name(plan), length + 50, 15, bold=True)
        for at, line in enumerate(lines):
            sheet.text(x, y + 18 * at, line, size=15, bold=True, anchor="left" if side > 0 else "right")
        sheet.text(
            x, y + 18 * len(lines), _under(plan, found), size=13, color=SOFT, anchor="left" if side > 0 else "right"
        )
        tall = max(tall, len(lines))
    y += 18 * (tall + 1) + 4
    for dim in dims(basis, plan_ids):
        sheet.line(0, y, WIDE, y)
        y += 19
        words = dim_name(dim)
        sheet.text(
            WIDE / 2 if len(chosen) == 2 else 0,
            y,
            words,
            size=14,
            color=_color(dim),
            bold=True,
            anchor="center" if len(chosen) == 2 else "left",
        )
        for plan, x, side in zip(chosen, starts, sides):
            _segments(sheet, x, y - 10, y + 10, step, side, plan, dim, found, states, tall=3)
        y += 19
    return sheet.figure(y)


@remember
def narrow(basis: str, plan_ids: tuple[str, ...], bar: int) -> go.Figure:
    """The sister for a phone: under each dimension's name one line a plan."""
    found, chosen, states = compare(basis, plan_ids, bar), plans(plan_ids), _states(basis, plan_ids)
    sheet = _sheet(NARROW, basis, plan_ids, bar)
    y = sheet.top + 4
    for plan in chosen:
        for line in wrap(f"{plan['narrow']}: {_name(plan)}", NARROW - 4, 14, bold=True):
            sheet.text(0, y, line, size=14, bold=True)
            y += 18
        sheet.text(0, y, _under(plan, found), size=13, color=SOFT)
        y += 24
    first = max(width_of(plan["narrow"], 13, bold=True) for plan in chosen) + 10
    step = min((NARROW - first - 56) / _most(found, plan_ids), 16)
    for dim in dims(basis, plan_ids):
        sheet.line(0, y, NARROW, y, RULE if dim == "x" else DIM[int(dim)], width=2)
        for line in wrap(dim_name(dim), NARROW - 4, 15, bold=True):
            y += 20
            sheet.text(0, y - 4, line, size=15, color=_color(dim), bold=True)
        y += 4
        for plan in chosen:
            y += 15
            sheet.text(0, y, plan["narrow"], size=13, color=INK)
            _segments(sheet, first, y - 9, y + 9, step, 1, plan, dim, found, states, tall=4)
            y += 14
        y += 8
    return sheet.figure(y)


# Tables.


@remember
def count_rows(basis: str, plan_ids: tuple[str, ...], bar: int) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """One row per plan and dimension: the numbers of the picture, for the download."""
    found = compare(basis, plan_ids, bar)
    columns = {
        "plan": labels.t("common.plan_heading"),
        "level": labels.t("common.level"),
        "dim": labels.t("common.dimension_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "both": labels.t("compare.both_heading"),
        "only": labels.t("compare.only_heading"),
        "left_out": labels.t("compare.left_out_heading"),
    }
    rows = []
    for plan in plans(plan_ids):
        for dim in dims(basis, plan_ids):
            total = found.totals.get((plan["plan_id"], dim), 0)
            rows.append(
                {
                    "plan": _name(plan),
                    "level": labels.t(f"common.level.{plan['level']}"),
                    "dim": dim_name(dim, short=False),
                    "tasks": total,
                    **{part: len(found.part(plan["plan_id"], dim, part)) for part in ("both", "only")},
                    "left_out": max(total - MOST_TASKS, 0),
                }
            )
    return columns, rows


@remember
def table(basis: str, plan_ids: tuple[str, ...], bar: int) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The picture as a table: one row per dimension, for each plan the tasks that correspond and those that only it
    has.
    """
    found, states = compare(basis, plan_ids, bar), _states(basis, plan_ids)
    columns = {
        "dim": labels.t("common.dimension_heading"),
        **{plan["plan_id"]: _name(plan) for plan in plans(plan_ids)},
    }
    rows = []
    for dim in dims(basis, plan_ids):
        row: dict[str, Any] = {"dim": dim_name(dim, short=False)}
        for plan in plan_ids:
            both, only = (len(found.part(plan, dim, part)) for part in ("both", "only"))
            state = states.get((plan, dim))
            row[plan] = (
                f"{labels.t('compare.table_both', n=both)}\n{labels.t('compare.table_only', n=only)}"
                if both or only
                else labels.t(f"common.state.{state['state']}", n=0)
                if state
                else labels.t("common.tasks", n=0)
            )
        rows.append(row)
    return columns, rows


def place(task: Task, kept: str) -> Markup:
    """Where a task stands, as markup: "mục II.6.a, dòng 109", a link to it; `kept` as for `widgets.line_link`."""
    return units.where_link(vars(task), kept)


def when(task: Task) -> str:
    """When, in the plan's words and ours."""
    return units.timing({"timing": task.timing, "timing_raw": task.timing_raw})


def relation(match: Match, what: str) -> str:
    """How leads (`lead`) or timings (`time`) of a pair compare, in words; names the plan that alone says it."""
    how = getattr(match, what)
    says = match.left if (match.left.leads if what == "lead" else match.left.timing != "unspecified") else match.right
    return labels.t(f"compare.{what}.{how}", plan=_name(data.plan(says.plan_id)))


def match_rows(matches: tuple[Match, ...]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """One row per pair with all that its two tasks say, for the download."""
    names = plan_names()
    sides = ("left", "right")
    columns = {
        "score": labels.t("compare.score_heading"),
        "dim": labels.t("common.dimension_heading"),
        **{
            f"{side}_{what}": labels.t(f"compare.column_{side}", what=labels.t(f"compare.column.{what}"))
            for side in sides
            for what in ("plan", "sub", "section", "lines", "shared", "text", "lead", "time")
        },
        "lead": labels.t("compare.lead_heading"),
        "time": labels.t("compare.time_heading"),
    }
    rows = []
    for match in matches:
        row: dict[str, Any] = {
            "score": match.pair.score,
            "dim": dim_name(match.left.dim, short=False),
            "lead": relation(match, "lead"),
            "time": relation(match, "time"),
        }
        for side, task, shared in (
            ("left", match.left, match.pair.left_shared),
            ("right", match.right, match.pair.right_shared),
        ):
            row |= {
                f"{side}_{name}": value
                for name, value in {
                    "plan": names[task.plan_id],
                    "sub": task.sub,
                    "section": task.section,
                    "lines": _lines(task),
                    "shared": f"{100 * shared:.0f}%",
                    "text": task.text,
                    "lead": "; ".join(task.leads),
                    "time": when(task),
                }.items()
            }
        rows.append(row)
    return columns, rows


def _lines(task: Task) -> str:
    return units.span(vars(task))


def only_rows(basis: str, plan_ids: tuple[str, ...], bar: int) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """One row per task that only one of the plans has, for the download."""
    found = compare(basis, plan_ids, bar)
    columns = {
        "plan": labels.t("common.plan_heading"),
        "dim": labels.t("common.dimension_heading"),
        **{what: labels.t(f"compare.column.{what}") for what in ("sub", "section", "lines", "text", "lead", "time")},
    }
    rows = [
        {
            "plan": plan_name(plan),
            "dim": dim_name(dim, short=False),
            "sub": task.sub,
            "section": task.section,
            "lines": _lines(task),
            "text": task.text,
            "lead": "; ".join(task.leads),
            "time": when(task),
        }
        for plan in plans(plan_ids)
        for dim in DIMS
        for task in found.part(plan["plan_id"], dim, "only")
    ]
    return columns, rows


def difference_rows(matches: tuple[Match, ...], most: int) -> tuple[dict[str, str], list[dict[str, Any]], int]:
    """The pairs whose leads or timings differ: columns, at most so many rows, and how many there are."""
    names = plan_names()
    differing = [
        match for match in matches if match.lead in ("differ", "part", "one") or match.time in ("differ", "one")
    ]
    columns = {
        "topic": labels.t("common.dimension_heading"),
        "left": labels.t("compare.column.left"),
        "right": labels.t("compare.column.right"),
        "lead": labels.t("compare.lead_heading"),
        "time": labels.t("compare.time_heading"),
    }
    rows = []
    for match in differing[:most]:
        row = {
            "topic": f"{topic(match.left)}\n{labels.t('compare.score', n=match.pair.score)}",
            "lead": relation(match, "lead"),
            "time": relation(match, "time"),
        }
        for side, task in (("left", match.left), ("right", match.right)):
            leads = ", ".join(task.leads) or labels.t("tasks.no_lead")
            row[side] = f"{names[task.plan_id]}, {units.where(vars(task))}\n{leads} · {when(task)}"
        rows.append(row)
    return columns, rows, len(differing)


def topic(task: Task) -> str:
    """A task's sub-dimension, else its dimension."""
    return units.topic_name(int(task.sub[0]), task.sub, short=True) if task.sub else dim_name(task.dim)
