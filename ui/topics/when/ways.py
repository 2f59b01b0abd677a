"""When: plans against the ways of saying it, from a date to nothing at all; and the real dates on a line.

In: frames of `ui.data`, and the day that counts as today. Out: the answer, the findings that title the pictures, both
pictures in two forms, and their tables. The bars count tasks; the line shows tasks, reporting duties, assignments and
targets, each with its own mark and in the plan's own words.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas
import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.draw.measure import width_of, wrap
from ui.draw.palette import INK, SOFT, VAGUE
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.words import labels, layers
from ui.words.plans import source
from ui.words.remember import remember

TIMINGS = ("dated", "event", "monthly", "quarterly", "semiannual", "annual", "ongoing", "regulation", "unspecified")
"""From said to unsaid."""
SAID = TIMINGS[:7]
"""A date, an event or a rhythm; "theo quy định" names none of them."""
_TONES = dict(zip(TIMINGS, (9, 8, 7, 7, 6, 6, 4, 3), strict=False))
_MARKS = {
    "action": ("circle", False),
    "reporting": ("diamond", True),
    "assignment": ("square", True),
    "objective": ("triangle-down", True),
}
_MOST_WORDS = 6
_MOST_MARKS = 40


@dataclass(frozen=True)
class Mark:
    """Units of one plan and kind that share the same words and the same date: one line of the picture."""

    key: str  # the first unit's id
    plan: dict[str, Any]
    kind: str
    raw: str
    start: datetime.date | None
    end: datetime.date | None
    n: int  # how many units

    @property
    def due(self) -> datetime.date | None:
        """Where the mark stands."""
        return self.end or self.start

    def what(self) -> str:
        """ "Bắc Kạn 2021: 2 nhiệm vụ"."""
        count = labels.t(f"when.kind.{self.kind}", n=self.n)
        return labels.t("when.what", plan=labels.pick(self.plan, "short"), count=count)

    def span(self) -> str:
        """Its date in figures: a day, a span, or "–"."""
        if self.start and self.end and self.start != self.end:
            return f"{labels.day(self.start)} – {labels.day(self.end)}"
        return labels.day(self.due)


def _plans(plan_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    return data.plans_of(plan_ids)


@remember
def counts(plan_ids: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """The tasks of each plan by their way of saying when."""
    found: dict[str, dict[str, int]] = {plan: dict.fromkeys(TIMINGS, 0) for plan in plan_ids}
    for row in data.plan_timings(plan_ids).to_dict("records"):
        found[row["plan_id"]][row["timing"]] = int(row["tasks"])
    return found


def columns_used(plan_ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ways that at least one of these plans uses."""
    found = counts(plan_ids)
    return tuple(timing for timing in TIMINGS if any(row[timing] for row in found.values()))


def total(plan_ids: tuple[str, ...]) -> int:
    """The tasks of these plans."""
    return sum(sum(row.values()) for row in counts(plan_ids).values())


def _day_of(value: Any) -> datetime.date | None:
    if value is None or value is pandas.NaT or value != value:
        return None
    return value.date() if isinstance(value, datetime.datetime) else value


@remember
def marks(plan_ids: tuple[str, ...]) -> list[Mark]:
    """The dated units of these plans, the earliest first, those without a day of their own last."""
    plans = {plan["plan_id"]: plan for plan in _plans(plan_ids)}
    return [
        Mark(
            row["first_unit_id"],
            plans[row["plan_id"]],
            row["kind"],
            row["raw"],
            _day_of(row["due_from"]),
            _day_of(row["due_to"]),
            int(row["units"]),
        )
        for row in data.dated_marks(plan_ids).to_dict("records")
    ]


@remember
def answer(plan_ids: tuple[str, ...], today: datetime.date) -> Markup:
    """The answer as markup: how many tasks name a date and whether it has passed, how many are ongoing, how many say
    nothing.
    """
    found = counts(plan_ids)
    tasks = total(plan_ids)
    if not tasks:
        return labels.html("when.answer_no_tasks")
    by = {timing: sum(row[timing] for row in found.values()) for timing in TIMINGS}
    passed = sum(mark.n for mark in marks(plan_ids) if mark.kind == "action" and mark.due and mark.due < today)
    if not by["dated"]:
        said = [labels.html("when.answer_no_date", n=tasks)]
    elif passed == by["dated"]:
        said = [labels.html("when.answer_passed", n=by["dated"], tasks=tasks)]
    else:
        said = [labels.html("when.answer_dated", n=by["dated"], tasks=tasks, passed=passed)]
    rhythm = sum(by[timing] for timing in ("monthly", "quarterly", "semiannual", "annual"))
    said.append(
        labels.html(
            "when.answer_rest",
            rhythm=rhythm,
            ongoing=by["ongoing"],
            unsaid=by["unspecified"] + by["regulation"],
            regulation=regulation(by["regulation"]),
        )
    )
    return Markup(" ").join(filter(None, [*said, layers.aside(plan_ids)]))


def regulation(n: int) -> str:
    """What is added where tasks without a date or rhythm are counted and some say "theo quy định"; "" where none
    does.
    """
    return labels.t("when.regulation", n=n) if n else ""


@remember
def title(plan_ids: tuple[str, ...]) -> str:
    """The finding over the bars. Rule: which plans name a date, an event or a rhythm for more than half of their tasks:
    none, all, up to three by name, else how many. Fallback, with one plan that has tasks: its plain share.
    """
    found = counts(plan_ids)
    with_tasks = [plan for plan in _plans(plan_ids) if sum(found[plan["plan_id"]].values())]
    if len(with_tasks) <= 1:
        said = sum(found[plan["plan_id"]][timing] for plan in with_tasks for timing in SAID)
        name = labels.pick(with_tasks[0], "short") if with_tasks else ""
        return labels.t("when.finding_one", plan=name, said=said, n=total(plan_ids))
    clear = [
        plan
        for plan in with_tasks
        if 2 * sum(found[plan["plan_id"]][timing] for timing in SAID) > sum(found[plan["plan_id"]].values())
    ]
    if not clear:
        return labels.t("when.finding_none", n=len(with_tasks), plans=labels.word(len(with_tasks)))
    if len(clear) == len(with_tasks):
        return labels.t("when.finding_all", n=len(with_tasks), plans=labels.word(len(with_tasks)))
    if len(clear) <= 3:
        return labels.t(
            "when.finding_some", names=labels.names([labels.pick(plan, "short") for plan in clear]), n=len(clear)
        )
    return labels.t("when.finding_many", n=len(clear), plans=labels.word(len(with_tasks)))


def subtitle(plan_ids: tuple[str, ...], *, narrow_form: bool = False) -> str:
    """What is counted, and which ways no plan uses: their columns are left out. The narrow form leaves out each plan's
    own zeros.
    """
    unused = [timing for timing in TIMINGS if timing not in columns_used(plan_ids)]
    said = [labels.t("when.subtitle")]
    if unused:
        said.append(
            labels.t("when.unused", names="; ".join(labels.lower(labels.t(f"when.head.{timing}")) for timing in unused))
        )
    if narrow_form:
        said.append(labels.t("when.left_out"))
    return " ".join(said)


@remember
def alt(plan_ids: tuple[str, ...]) -> str:
    """The bars for those who do not see them."""
    found = counts(plan_ids)
    rows = [
        f"{labels.pick(plan, 'short')}: "
        + ", ".join(
            f"{labels.t(f'common.timing.{timing}')} {labels.num(found[plan['plan_id']][timing])}"
            for timing in TIMINGS
            if found[plan["plan_id"]][timing]
        )
        for plan in _plans(plan_ids)
        if any(found[plan["plan_id"]].values())
    ]
    return labels.t("when.alt", title=title(plan_ids), rows="; ".join(rows))


@remember
def words(plan_ids: tuple[str, ...]) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """The plans' own words for each way of saying when, the most frequent first."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for row in data.timing_words(plan_ids).to_dict("records"):
        found[row["plan_id"], row["timing"]].append((row["timing_raw"], int(row["tasks"])))
    return found


def _hover(plan: dict[str, Any], timing: str, n: int, said: Sequence[tuple[str, int]]) -> str:
    lines = [f"{labels.pick(plan, 'short')} · {labels.t(f'common.timing.{timing}')}", labels.t("common.tasks", n=n)]
    for raw, times in said[:_MOST_WORDS]:
        lines += [
            ("“" if at == 0 else "  ") + line + (f"” {times}×" if at == len(parts) - 1 else "")
            for parts in [wrap(raw, 380, 14)]
            for at, line in enumerate(parts)
        ]
    if len(said) > _MOST_WORDS:
        lines.append(labels.t("when.more_words", n=len(said) - _MOST_WORDS))
    return "\n".join((*lines, labels.t("common.click")))


def _under(plan: dict[str, Any], tasks: int) -> str:
    level = labels.t(f"common.level.{plan['level']}")
    if plan["status"] != "read":
        return (
            f"{level} · {labels.t('common.state.not_read' if plan['status'] == 'not_read' else 'common.state.no_plan')}"
        )
    return f"{level} · {labels.t('common.tasks', n=tasks)}" if tasks else f"{level} · {labels.t('when.no_tasks')}"


def _bar(sheet: Sheet, x: float, y: float, n: int, scale: float, timing: str, half: float) -> None:
    if not n:
        sheet.text(x + 4, y, "–", size=14, color=SOFT)
        return
    length = max(2.0 if timing != "unspecified" else 4.0, n * scale)
    if timing == "unspecified":
        sheet.frame(x, y - half, x + length, y + half, INK)
    else:
        sheet.box(x, y - half, x + length, y + half, VAGUE[_TONES[timing]])
    sheet.text(x + length + 5, y, labels.compact(n), size=15, bold=True)


@remember
def wide(plan_ids: tuple[str, ...]) -> go.Figure:
    """The bars over the whole page."""
    found, said, used = counts(plan_ids), words(plan_ids), columns_used(plan_ids)
    sheet = Sheet(WIDE, title=title(plan_ids), subtitle=subtitle(plan_ids), source=source())
    first = 216.0
    column = (WIDE - first) / len(used)
    scale = (column - 46) / max(n for row in found.values() for n in row.values())
    y = sheet.top + 10
    heads = {timing: wrap(labels.t(f"when.head.{timing}"), column - 10, 14, bold=True) for timing in used}
    tall = max(len(lines) for lines in heads.values())
    for at, timing in enumerate(used):
        for line_at, line in enumerate(heads[timing]):
            sheet.text(first + at * column, y + 17 * line_at, line, size=14, bold=True)
    y += 17 * tall + 4
    sheet.text(first, y, labels.t("when.clear"), size=12.5, color=SOFT)
    sheet.text(WIDE - 2, y, labels.t("when.vague"), size=12.5, color=SOFT, anchor="right")
    y += 16
    for plan in _plans(plan_ids):
        row = found[plan["plan_id"]]
        names = wrap(labels.pick(plan, "short"), first - 16, 15, bold=True)
        below = wrap(_under(plan, sum(row.values())), first - 12, 13)
        height = max(52.0, 14 + 18 * len(names) + 17 * len(below))
        sheet.line(0, y, WIDE, y)
        top = y + (height - 18 * len(names) - 17 * len(below)) / 2
        for at, line in enumerate(names):
            sheet.text(0, top + 9 + 18 * at, line, size=15, bold=True)
        for at, line in enumerate(below):
            sheet.text(0, top + 8 + 18 * len(names) + 17 * at, line, size=13, color=SOFT)
        if plan["status"] == "read" and sum(row.values()):
            for at, timing in enumerate(used):
                x = first + at * column
                sheet.line(x, y + 8, x, y + height - 8)
                _bar(sheet, x, y + height / 2, row[timing], scale, timing, 11)
                if row[timing]:
                    sheet.hit(
                        x - 5,
                        y + 3,
                        x + column - 12,
                        y + height - 3,
                        f"{plan['plan_id']}~{timing}",
                        _hover(plan, timing, row[timing], said[plan["plan_id"], timing]),
                    )
        y += height
    sheet.line(0, y, WIDE, y)
    return sheet.figure(y + 4)


@remember
def narrow(plan_ids: tuple[str, ...]) -> go.Figure:
    """The sister for a phone: under each plan's name one line a way that this plan uses."""
    found, said = counts(plan_ids), words(plan_ids)
    sheet = Sheet(NARROW, title=title(plan_ids), subtitle=subtitle(plan_ids, narrow_form=True), source=source())
    first = 128.0
    scale = (NARROW - first - 34) / max(n for row in found.values() for n in row.values())
    y = sheet.top
    for plan in _plans(plan_ids):
        row = found[plan["plan_id"]]
        sheet.line(0, y, NARROW, y)
        y += 6
        for line in wrap(labels.pick(plan, "short"), NARROW - 4, 15, bold=True):
            y += 19
            sheet.text(0, y - 8, line, size=15, bold=True)
        for line in wrap(_under(plan, sum(row.values())), NARROW - 4, 13):
            y += 17
            sheet.text(0, y - 8, line, size=13, color=SOFT)
        y += 4
        for timing in TIMINGS:
            if not row[timing]:
                continue
            lines = wrap(labels.t(f"when.head.{timing}"), first - 10, 13.5)
            height = max(28.0, 8 + 16 * len(lines))
            for at, line in enumerate(lines):
                sheet.text(0, y + height / 2 + 16 * (at - (len(lines) - 1) / 2), line, size=13.5)
            sheet.line(first, y + 3, first, y + height - 3)
            _bar(sheet, first, y + height / 2, row[timing], scale, timing, 8)
            sheet.hit(
                0,
                y + 1,
                NARROW,
                y + height - 1,
                f"{plan['plan_id']}~{timing}",
                _hover(plan, timing, row[timing], said[plan["plan_id"], timing]),
            )
            y += height
        y += 8
    sheet.line(0, y, NARROW, y)
    return sheet.figure(y + 4)


# The line of dates.


@remember
def dates_title(plan_ids: tuple[str, ...], today: datetime.date) -> str:
    """The finding over the line. Rule: all dates have passed; or how many lie ahead, and the nearest in the plan's
    words. Fallback, when none of the words could be turned into a date: how many passages name a time.
    """
    found = marks(plan_ids)
    dated = [(due, mark) for mark in found if (due := mark.due)]
    n = sum(mark.n for _, mark in dated)
    if not dated:
        return labels.t("when.dates_unplaced", n=sum(mark.n for mark in found))
    ahead = [(due, mark) for due, mark in dated if due >= today]
    if not ahead:
        return labels.t("when.dates_passed", n=n)
    _, first = min(ahead, key=lambda one: one[0])
    return labels.t(
        "when.dates_ahead",
        n=n,
        ahead=sum(mark.n for _, mark in ahead),
        raw=first.raw or first.span(),
        plan=labels.pick(first.plan, "short"),
    )


def dates_subtitle(plan_ids: tuple[str, ...]) -> str:
    """Which mark is what: only the kinds that occur."""
    kinds = {mark.kind for mark in marks(plan_ids)}
    return f"{' · '.join(labels.t(f'when.mark.{kind}') for kind in _MARKS if kind in kinds)}. {labels.t('when.dates_subtitle')}"


@remember
def dates_alt(plan_ids: tuple[str, ...], today: datetime.date) -> str:
    """The line for those who do not see it."""
    return labels.t(
        "when.dates_alt",
        title=dates_title(plan_ids, today),
        rows="; ".join(f"{mark.span()}: {mark.what()}, “{mark.raw}”" for mark in marks(plan_ids)),
    )


def options(plan_ids: tuple[str, ...]) -> dict[str, str]:
    """The marks by key, for the select that does what a click does."""
    return {
        mark.key: labels.t("when.option", raw=mark.raw or mark.span(), what=mark.what()) for mark in marks(plan_ids)
    }


def units_of(plan_ids: tuple[str, ...], key: str) -> tuple[str, ...]:
    """The units behind a mark."""
    return next((data.dated_unit_ids(mark.plan["plan_id"], key) for mark in marks(plan_ids) if mark.key == key), ())


def _years(found: Sequence[Mark], today: datetime.date) -> tuple[int, int]:
    days = [day for mark in found for day in (mark.start, mark.end) if day] + [today]
    return min(day.year for day in days), max(day.year for day in days) + 1


def _dates(
    width: float,
    sheet: Sheet,
    plan_ids: tuple[str, ...],
    today: datetime.date,
    left: float,
    right: float,
    *,
    labels_above: bool,
) -> go.Figure:
    every = marks(plan_ids)
    # where there are many, the latest days are drawn
    placed = [mark for mark in every if mark.due][-_MOST_MARKS:]
    found = [*placed, *[mark for mark in every if mark.due is None]]
    left_out = len(every) - len(found)
    start, stop = _years(found, today)
    zero = datetime.date(start, 1, 1)
    pixels = (right - left) / (datetime.date(stop, 1, 1) - zero).days

    def at(day: datetime.date) -> float:
        return left + (day - zero).days * pixels

    y = sheet.top + 12
    step = max(1, -(-int(44 * (stop - start)) // int(right - left)))
    years = [year for year in range(start, stop + 1) if (year - start) % step == 0]
    for year in years:
        anchor = (
            "right"
            if at(datetime.date(year, 1, 1)) > width - 20
            else "left"
            if at(datetime.date(year, 1, 1)) < 16
            else "center"
        )
        sheet.text(at(datetime.date(year, 1, 1)), y, str(year), size=13, color=SOFT, anchor=anchor)
    top = y + 14
    y = top + 8
    now = at(today)
    note = labels.t("when.today")
    to_left = now + width_of(note, 13, bold=True) + 6 > width
    sheet.text(now + (-5 if to_left else 5), y + 6, note, size=13, bold=True, anchor="right" if to_left else "left")
    y += 22
    for mark in found:
        raw = f"“{mark.raw}”" if mark.raw else mark.span()
        what = mark.what()
        if mark.due is None:
            continue
        begin, end = at(mark.start) if mark.start and mark.end else at(mark.due), at(mark.due)
        if labels_above:
            lines = wrap(f"{raw} {what}", width - 34, 13.5)
            for line_at, line in enumerate(lines):
                sheet.text(0, y + 9 + 17 * line_at, line, size=13.5)
            middle = y + 17 * len(lines) + 12
            bottom = middle + 14
        else:
            room = max(width - end, begin) - 20
            lines = wrap(raw, room, 14, bold=True)
            middle, bottom = y + 13 + 9 * len(lines), y + 26 + 18 * len(lines)
            span = max(width_of(line, 14) for line in (*lines, what))
            side, x = ("left", end + 12) if end + 14 + span <= width else ("right", begin - 12)
            for line_at, line in enumerate(lines):
                sheet.text(x, y + 13 + 18 * line_at, line, size=14, bold=True, anchor=side)
            sheet.text(x, y + 13 + 18 * len(lines), what, size=13, color=SOFT, anchor=side)
        shape, hollow = _MARKS.get(mark.kind, _MARKS["objective"])
        if end - begin > 6:
            if hollow:
                sheet.frame(begin, middle - 5, end, middle + 5, INK)
            else:
                sheet.box(begin, middle - 5, end, middle + 5, INK)
        if hollow or end - begin <= 6:
            sheet.symbol(end, middle, shape, 12, INK, hollow=hollow)
        sheet.hit(
            0,
            y + 1,
            width,
            bottom - 1,
            mark.key,
            "\n".join((*wrap(raw, 380, 14), what, mark.span(), labels.t("common.click"))),
        )
        y = bottom
    for year in years:
        x = at(datetime.date(year, 1, 1))
        sheet.line(x, top, x, y + 4)
    sheet.line(now, top, now, y + 4, INK, width=1.5, dash="dot")
    y += 8
    if left_out:
        sheet.text(0, y + 17, labels.t("when.left_out_marks", n=left_out), size=13, color=SOFT)
        y += 29
    unplaced = [mark for mark in found if mark.due is None][:_MOST_MARKS]
    if unplaced:
        for line in wrap(
            labels.t(
                "when.no_day", names="; ".join(f"“{mark.raw}” ({mark.what()})" for mark in unplaced), n=len(unplaced)
            ),
            width - 4,
            13,
        ):
            y += 17
            sheet.text(0, y, line, size=13, color=SOFT)
        y += 12
    return sheet.figure(y)


@remember
def dates_wide(plan_ids: tuple[str, ...], today: datetime.date) -> go.Figure:
    """The line of dates over the whole page."""
    sheet = Sheet(WIDE, title=dates_title(plan_ids, today), subtitle=dates_subtitle(plan_ids), source=source())
    return _dates(WIDE, sheet, plan_ids, today, 18, WIDE - 22, labels_above=False)


@remember
def dates_narrow(plan_ids: tuple[str, ...], today: datetime.date) -> go.Figure:
    """The sister for a phone: words above their mark."""
    sheet = Sheet(NARROW, title=dates_title(plan_ids, today), subtitle=dates_subtitle(plan_ids), source=source())
    return _dates(NARROW, sheet, plan_ids, today, 8, NARROW - 10, labels_above=True)


# Tables.


@remember
def table(plan_ids: tuple[str, ...]) -> tuple[dict[str, str], list[dict[str, Any]], tuple[str, ...]]:
    """The bars as a table: columns, one row per plan, and which columns hold numbers; the plan's words stand small
    below.
    """
    found, said, used = counts(plan_ids), words(plan_ids), columns_used(plan_ids)
    columns = {"plan": labels.t("common.plan_heading"), **{timing: labels.t(f"when.head.{timing}") for timing in used}}
    rows = []
    for plan in _plans(plan_ids):
        row: dict[str, Any] = {
            "plan": f"{labels.pick(plan, 'short')}\n{_under(plan, sum(found[plan['plan_id']].values()))}"
        }
        for timing in used:
            own = "; ".join(f"“{raw}” {labels.num(times)}×" for raw, times in said[plan["plan_id"], timing])
            count = labels.num(found[plan["plan_id"]][timing]) if plan["status"] == "read" else "–"
            row[timing] = f"{count}\n{own}" if own else count
        rows.append(row)
    return columns, rows, ()


@remember
def cell_rows(plan_ids: tuple[str, ...]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: columns, and one row per plan that was read and way of saying when, zeros among them."""
    found, said = counts(plan_ids), words(plan_ids)
    columns = {
        "plan": labels.t("common.plan_heading"),
        "level": labels.t("common.level"),
        "timing": labels.t("when.way"),
        "tasks": labels.t("common.tasks_heading"),
        "words": labels.t("when.words"),
    }
    return columns, [
        {
            "plan": labels.pick(plan, "short"),
            "level": labels.t(f"common.level.{plan['level']}"),
            "timing": labels.t(f"common.timing.{timing}"),
            "tasks": found[plan["plan_id"]][timing],
            "words": "; ".join(f"{raw} ({labels.num(times)})" for raw, times in said[plan["plan_id"], timing]),
        }
        for plan in _plans(plan_ids)
        if plan["status"] == "read"
        for timing in TIMINGS
    ]
