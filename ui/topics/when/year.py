"""What comes round in a year, and what has neither date nor rhythm.

In: the view of the page. Out: the finding, the picture of the year's rhythms in two forms, what is behind each of its
rows, and its table.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from ui import data
from ui.data.plans import Plan
from ui.data.when import RecurringDay
from ui.draw.measure import width_of, wrap
from ui.draw.palette import INK, RULE, SOFT, VAGUE
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.page import paging
from ui.topics.when.view import MOST_WORDS, ROUND, Undated, View
from ui.topics.when.view import view as viewed
from ui.words import dates, labels
from ui.words.plans import plan_name, source
from ui.words.remember import remember

RHYTHMS = (*ROUND, "ongoing")
UNDATED = ("event", "regulation", "unspecified")
_TURNS = {"monthly": 12, "quarterly": 4, "semiannual": 2, "annual": 1, "ongoing": 0}
_TONES = {"monthly": 7, "quarterly": 6, "semiannual": 5, "annual": 4, "ongoing": 3}


# Words.


def _period_words(plan: Plan, today: datetime.date) -> str:
    first, last = dates.period_words(plan)
    if first is None or last is None:
        return labels.t("due.period_unknown")
    return labels.t(
        "due.period_ahead" if today.year < first else "due.period_over" if last < today.year else "due.period_now",
        span=dates.period(plan),
    )


def _worded(undated: Undated) -> list[str]:
    """The first of a plan's own words for it, and how many others it has."""
    words = [f"“{raw}”" for raw in undated.words[:MOST_WORDS]]
    left = len(undated.words) - len(words)
    return [*words, labels.t("when.more_words", n=left)] if left else words


def _shown_day(day: RecurringDay, month: int) -> str:
    shown = labels.t("due.months").split(" ")[month - 1] if labels.lang() == "en" else str(month)
    return labels.t("due.day", day=str(day.day), month=shown)


def _next_day(day: RecurringDay, plan: Plan, today: datetime.date) -> tuple[datetime.date | None, bool]:
    """The next turn of a day of the year within its plan's period, or its last turn where all have passed: the day, and
    whether it lies ahead or is today. No day where the plan's period is not known.
    """
    first, last = dates.period_words(plan)
    if first is None or last is None:
        return None, False
    months = [day.month] if day.month else range(1, 13)
    years = sorted({min(max(year, first), last) for year in range(today.year - 8, today.year + 9)})
    turns = sorted(turn for year in years for month in months if (turn := dates.turn_of(year, month, day.day)))
    ahead = [turn for turn in turns if turn >= today]
    return (ahead[0], True) if ahead else (turns[-1], False) if turns else (None, False)


def next_words(day: RecurringDay, plan: Plan, today: datetime.date) -> str:
    """When a day of the year comes round next, or came round last."""
    turn, ahead = _next_day(day, plan, today)
    if turn is None:
        return labels.t("due.period_unknown")
    if turn == today:
        return labels.t("due.state.today")
    return labels.t("due.next" if ahead else "due.last", day=labels.day(turn))


def _below(plan: Plan, days: Sequence[RecurringDay], today: datetime.date) -> str:
    """What stands small under a plan's name: its period, and the next of the days it names."""
    turns = [(turn, day) for day in days for turn, ahead in (_next_day(day, plan, today),) if ahead and turn]
    if not turns:
        return _period_words(plan, today)
    return f"{_period_words(plan, today)}; {next_words(min(turns, key=lambda turn: turn[0])[1], plan, today)}"


def in_view(view: View, side_by_side: tuple[str, ...], row: str | None) -> View:
    """The plans whose rows can be chosen: those that stand side by side, and that of the row that is chosen now."""
    chosen = (row or "").partition("~")[0]
    return viewed((*side_by_side, *((chosen,) if chosen in set(view.plan_ids) - set(side_by_side) else ())), view.today)


@remember
def options(view: View) -> dict[str, str]:
    """The rows of the picture by key, for the select that does what a click does."""
    return {
        f"{plan.plan_id}~{timing}": labels.t(
            "due.option",
            plan=labels.pick(plan, "short"),
            timing=labels.t(f"common.timing.{timing}"),
            count=view.undated[plan.plan_id, timing].counted(),
        )
        for timing in (*RHYTHMS, *UNDATED)
        for plan in view.having(timing)
    }


def unit_ids(key: str) -> tuple[str, ...]:
    """The units behind a row."""
    plan, _, timing = key.partition("~")
    return data.due_unit_ids(plan, timing)


@remember
def title(view: View) -> str:
    """The finding over the picture. Rule: how many units come round, how many of them are reporting duties, and how
    many days of the year are named. Fallback: nothing comes round.
    """
    turning = [undated for (_, timing), undated in view.undated.items() if timing in ROUND]
    n = sum(undated.units for undated in turning)
    if not n:
        return labels.t("due.finding_none")
    return labels.t(
        "due.finding_days" if view.days else "due.finding",
        n=n,
        reports=sum(undated.kinds["reporting"] for undated in turning),
        days=len(view.days),
    )


@remember
def alt(view: View) -> str:
    """The picture for those who do not see it."""
    days = [
        f"{labels.pick(plan, 'short')}: “{day.raw}”, {next_words(day, plan, view.today)}"
        for plan in view.plans
        for timing in RHYTHMS
        for day in view.days
        if (day.plan_id, day.timing) == (plan.plan_id, timing)
    ]
    return labels.t("due.alt", title=title(view), rows="; ".join([*options(view).values(), *days]))


def _hit(sheet: Sheet, view: View, plan: Plan, timing: str, x0: float, y0: float, x1: float, y1: float) -> None:
    """The place that answers for what a plan says in one way, and all its words for it."""
    undated = view.undated[plan.plan_id, timing]
    said = [
        f"{labels.pick(plan, 'short')} · {labels.t(f'common.timing.{timing}')}",
        undated.counted(),
        _period_words(plan, view.today),
    ]
    for words in _worded(undated):
        said += wrap(words, 380, 14)
    hover = "\n".join((*said, labels.t("common.click")))
    sheet.hit(x0, y0, x1, y1, f"{plan.plan_id}~{timing}", hover)


# One year from left to right.


def _place(left: float, right: float, month: int, day: int) -> float:
    """Where a day of the year stands between the two ends of its strip."""
    return left + (month - 1 + (day - 1) / 31) * ((right - left) / 12)


def _strip(sheet: Sheet, left: float, right: float, y: float, timing: str, days: Sequence[RecurringDay]) -> None:
    """One year: a box a turn, and a diamond on each day that is named; "thường xuyên" is a thin line without turns."""
    turns = _TURNS[timing]
    if not turns:
        sheet.box(left, y - 1.5, right, y + 1.5, VAGUE[_TONES[timing]])
        return
    step = (right - left) / turns
    for at in range(turns):
        sheet.box(left + at * step + 1, y - 7, left + (at + 1) * step - 1, y + 7, VAGUE[_TONES[timing]], opacity=0.35)
    for day in days:
        for month in [day.month] if day.month else range(1, 13):
            sheet.symbol(_place(left, right, month, day.day), y, "diamond", 12, INK)


def _hand(sheet: Sheet, left: float, right: float, y: float, days: Sequence[RecurringDay]) -> None:
    """The named days in figures, above their diamonds."""
    end = left - 8
    for day in days:
        if day.month:
            words = _shown_day(day, day.month)
            long = width_of(words, 13, bold=True)
            x = min(max(_place(left, right, day.month, day.day) - long / 2, end + 8), right - long - 2)
            sheet.text(x, y, words, size=13, bold=True)
            end = x + long


def _today(sheet: Sheet, left: float, right: float, top: float, bottom: float, today: datetime.date) -> float:
    x = _place(left, right, today.month, today.day)
    sheet.line(x, top, x, bottom, INK, width=1.5, dash="dot")
    return x


# The picture over the whole page: names, counts, and the year.

_COUNT, _LEFT, _RIGHT = 262.0, 470.0, WIDE - 12.0


@remember
def wide(view: View) -> go.Figure:
    """The picture over the whole page: the rhythms of a year, plan by plan, and below them what has neither date nor
    rhythm.
    """
    sheet = Sheet(WIDE, title=title(view), subtitle=labels.t("due.subtitle"), source=source(view.plan_ids))
    y = _months(sheet, sheet.top + 8)
    top = y
    for timing in RHYTHMS:
        if held := view.having(timing):
            sheet.line(0, y, WIDE, y, INK, width=1.5)
            sheet.text(0, y + 17, labels.t(f"when.head.{timing}"), size=14, bold=True)
            y += 32
            for plan in held:
                y = _rhythm(sheet, view, plan, timing, y)
    if y > top:
        x = _today(sheet, _LEFT, _RIGHT, top, y, view.today)
        sheet.text(x - 5, y + 10, labels.t("when.today"), size=13, bold=True, anchor="right")
        y += 26
    if held := view.having(*UNDATED):
        y = _rest(sheet, view, held, y)
    sheet.line(0, y, WIDE, y)
    return sheet.figure(y + 4)


def _months(sheet: Sheet, y: float) -> float:
    for at, month in enumerate(labels.t("due.months").split(" ")):
        sheet.text(_LEFT + (at + 0.5) * (_RIGHT - _LEFT) / 12, y, month, size=13, color=SOFT, anchor="center")
    return y + 14


def _rhythm(sheet: Sheet, view: View, plan: Plan, timing: str, y: float) -> float:
    """One plan's row under a rhythm; where the next begins."""
    undated = view.undated[plan.plan_id, timing]
    names = wrap(labels.pick(plan, "short"), _COUNT - 16, 15)
    below = wrap(_below(plan, undated.days, view.today), _COUNT - 14, 13)
    counted = wrap(undated.counted(), _LEFT - _COUNT - 20, 14)
    tall = 18 * len(names) + 16 * len(below)
    height = max(46.0, 12 + tall, 14 + 18 * len(counted))
    top, middle = y + (height - tall) / 2, y + height / 2
    sheet.line(0, y, WIDE, y)
    sheet.lines(0, top + 9, names, 18, size=15)
    sheet.lines(0, top + 8 + 18 * len(names), below, 16, size=13, color=SOFT)
    sheet.lines(_COUNT, middle - 9 * (len(counted) - 1), counted, 18, bold=True)
    _strip(sheet, _LEFT, _RIGHT, middle + (6 if undated.days else 0), timing, undated.days)
    _hand(sheet, _LEFT, _RIGHT, middle - 12, undated.days)
    _hit(sheet, view, plan, timing, 0, y + 2, WIDE, y + height - 2)
    return y + height


def _rest(sheet: Sheet, view: View, held: Sequence[Plan], y: float) -> float:
    """What has neither date nor rhythm: a column a way, a hollow bar a plan."""
    column = (WIDE - _COUNT) / len(UNDATED)
    most = max(undated.units for (_, timing), undated in view.undated.items() if timing in UNDATED)
    sheet.line(0, y, WIDE, y, INK, width=1.5)
    sheet.text(0, y + 17, labels.t("due.undated"), size=14, bold=True)
    for at, timing in enumerate(UNDATED):
        sheet.text(_COUNT + at * column, y + 17, labels.t(f"when.head.{timing}"), size=13, bold=True)
    y += 32
    for plan in held:
        names = wrap(labels.pick(plan, "short"), _COUNT - 16, 15)
        height = max(40.0, 16 + 18 * len(names))
        middle = y + height / 2
        sheet.line(0, y, WIDE, y)
        sheet.lines(0, middle - 9 * (len(names) - 1), names, 18, size=15)
        for at, timing in enumerate(UNDATED):
            x, undated = _COUNT + at * column, view.undated.get((plan.plan_id, timing))
            if undated is None:
                sheet.text(x, middle, "–", size=14, color=SOFT)
                continue
            length = max(4.0, undated.units / most * (column - 70))
            sheet.frame(x, middle - 8, x + length, middle + 8, INK if timing == "unspecified" else SOFT)
            sheet.text(x + length + 6, middle, labels.compact(undated.units), size=14, bold=True)
            _hit(sheet, view, plan, timing, x - 6, y + 2, x + column - 14, y + height - 2)
        y += height
    return y


# The sister for a phone.


@remember
def narrow(view: View) -> go.Figure:
    """The sister for a phone: words above their strip."""
    sheet = Sheet(NARROW, title=title(view), subtitle=labels.t("due.subtitle"), source=source(view.plan_ids))
    months = labels.t("due.months").split(" ")
    y = sheet.top
    for timing in (*RHYTHMS, *UNDATED):
        held = view.having(timing)
        if not held:
            continue
        sheet.line(0, y, NARROW, y, INK, width=1.5)
        head = wrap(labels.t(f"when.head.{timing}"), NARROW - 4, 15, bold=True)
        y = sheet.lines(0, y + 15, head, 20, size=15, bold=True) - 3
        if timing in ROUND:
            for at in (0, 3, 6, 9, 11):
                sheet.text((at + 0.5) * NARROW / 12, y + 4, months[at], size=12.5, color=SOFT, anchor="center")
            y += 14
        for plan in held:
            y = _narrow_row(sheet, view, plan, timing, y)
    sheet.line(0, y, NARROW, y)
    return sheet.figure(y + 4)


def _narrow_row(sheet: Sheet, view: View, plan: Plan, timing: str, y: float) -> float:
    undated, start = view.undated[plan.plan_id, timing], y
    said = undated.counted()
    if timing in RHYTHMS:
        said = f"{said} · {_below(plan, undated.days, view.today)}"
    sheet.line(0, y, NARROW, y, RULE)
    y = sheet.lines(0, y + 15, wrap(labels.pick(plan, "short"), NARROW - 4, 15), 19, size=15)
    y = sheet.lines(0, y - 2, wrap(said, NARROW - 4, 13), 17, size=13, color=SOFT) - 5
    if timing in ROUND:
        if undated.days:
            _hand(sheet, 0, NARROW, y + 9, undated.days)
            y += 20
        _strip(sheet, 0, NARROW, y + 11, timing, undated.days)
        _today(sheet, 0, NARROW, y, y + 22, view.today)
        y += 26
    _hit(sheet, view, plan, timing, 0, start + 1, NARROW, y - 1)
    return y + 4


@remember
def table(view: View) -> tuple[dict[str, str], Sequence[dict[str, Any]]]:
    """The picture as a table: columns, and one row per way of saying when and plan."""
    columns = {
        "timing": labels.t("when.way"),
        "plan": labels.t("common.plan_heading"),
        "count": labels.t("when.kind"),
        "words": labels.t("when.words"),
        "days": labels.t("due.days"),
    }

    def row(some: View, plan: Plan, timing: str) -> dict[str, Any]:
        undated: Undated = some.undated[plan.plan_id, timing]
        turns = (f"“{day.raw}”: {next_words(day, plan, view.today)}" for day in undated.days)
        return {
            "timing": labels.t(f"when.head.{timing}"),
            "plan": f"{plan_name(plan)}\n{_period_words(plan, view.today)}",
            "count": undated.counted(),
            "words": "; ".join(_worded(undated)) or "–",
            "days": "; ".join(turns) or "–",
        }

    ways = (*RHYTHMS, *UNDATED)

    def rows(at: Sequence[int]) -> list[dict[str, Any]]:
        found = data.undated(view.plan_ids, ways, at[0], len(at))
        some = view.only(dict.fromkeys(one.plan_id for one in found))
        return [row(some, data.plan(one.plan_id), one.timing) for one in found]

    return columns, paging.Fetched(range(data.undated_count(view.plan_ids, ways)), rows)
