"""What falls due: dated tasks and duties in the order of their dates, what comes round apart, and how many have
neither.

In: frames of `ui.data`, and the day that counts as today. Out: the list of dates, the picture of the year's rhythms in
two forms, what is behind each of its rows, the tables, and the entries of a calendar file. Whether a time has passed is
always said in words.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from ui import data
from ui.draw.measure import width_of, wrap
from ui.draw.palette import INK, RULE, SOFT, VAGUE
from ui.draw.sheet import NARROW, WIDE, Sheet
from ui.export import calendar
from ui.words import dates, labels, units
from ui.words.plans import plan_name, source
from ui.words.remember import remember

RHYTHMS = ("monthly", "quarterly", "semiannual", "annual", "ongoing")
ROUND = RHYTHMS[:4]
"""What comes round; "thường xuyên" has no turn of its own."""
UNDATED = ("event", "regulation", "unspecified")
KINDS = ("reporting", "action", "assignment")
_TURNS = {"monthly": 12, "quarterly": 4, "semiannual": 2, "annual": 1, "ongoing": 0}
_TONES = {"monthly": 7, "quarterly": 6, "semiannual": 5, "annual": 4, "ongoing": 3}
_MOST_WORDS = 6


@remember
def agenda(plan_ids: tuple[str, ...], today: datetime.date, kept: str = "") -> list[Markup]:
    """The dates in their order, as markup: where each stands today, the plan's own words, the text, the lead, and its
    place; of the latest dates where there are many. `kept` as for `widgets.line_link`.
    """
    plans = {plan["plan_id"]: plan for plan in data.plans_of(plan_ids)}
    items = []
    for unit in data.due_units(plan_ids, "dated", calendar.MOST_ROWS).to_dict("records"):
        start, end = dates.as_date(unit["due_from"]), dates.as_date(unit["due_to"])
        raw = f" · “{unit['timing_raw']}”" if isinstance(unit["timing_raw"], str) else ""
        lead = (
            Markup("{} · ").format(
                labels.html("tasks.lead", names=dates.joined(unit["leads"]))
                if dates.joined(unit["leads"])
                else labels.html("tasks.no_lead")
            )
            if unit["kind"] != "objective"
            else Markup()
        )
        items.append(
            Markup(
                '<div class="card"><p class="says"><b>{}</b> · {}{}</p><p class="says">{}</p>'
                '<p class="who">{} · {}{} · {}</p></div>'
            ).format(
                dates.date_words(start, end),
                dates.state(start, end, today),
                raw,
                unit["text"],
                labels.html("common.kind." + unit["kind"]),
                lead,
                plan_name(plans[unit["plan_id"]]),
                units.where_link(unit, kept),
            )
        )
    return items


@remember
def agenda_note(plan_ids: tuple[str, ...]) -> str:
    """How many more dates there are than the table shows, and how many tasks and duties have none: nothing is
    hidden.
    """
    sums = dict.fromkeys(("dated", "rhythm", "undated"), 0)
    for row in data.due_counts(plan_ids).to_dict("records"):
        sums[row["bearing"]] += int(row["units"])
    said = [labels.t("due.beside", dated=sums["dated"], rhythm=sums["rhythm"], undated=sums["undated"])]
    if sums["dated"] > calendar.MOST_ROWS:
        said.append(labels.t("due.latest", n=calendar.MOST_ROWS))
    return " ".join(said)


# What comes round, and what has no time.


@remember
def _cells(plan_ids: tuple[str, ...]) -> dict[tuple[str, str], dict[str, int]]:
    """By plan and way of saying when: how many units of each kind. Dated ones are left out."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(KINDS, 0))
    for row in data.due_counts(plan_ids).to_dict("records"):
        if row["bearing"] != "dated":
            found[row["plan_id"], row["timing"]][row["kind"]] += int(row["units"])
    return dict(found)


@remember
def _words(plan_ids: tuple[str, ...]) -> dict[tuple[str, str], list[str]]:
    """The plans' own words for each way of saying when, the most frequent first."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in data.due_counts(plan_ids).to_dict("records"):
        if row["bearing"] != "dated" and isinstance(row["timing_raw"], str):
            found[row["plan_id"], row["timing"]][row["timing_raw"]] += int(row["units"])
    return {key: sorted(raws, key=lambda raw: -raws[raw]) for key, raws in found.items()}


@remember
def _days(plan_ids: tuple[str, ...]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The days of the year that rhythms name, by plan and rhythm."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in data.recurring_days(plan_ids).to_dict("records"):
        found[row["plan_id"], row["timing"]].append(row)
    return dict(found)


def _period_words(plan: Mapping[str, Any], today: datetime.date) -> str:
    first, last = dates.period_words(plan)
    if first is None or last is None:
        return labels.t("due.period_unknown")
    span = str(first) if first == last else f"{first}–{last}"
    return labels.t(
        "due.period_ahead" if today.year < first else "due.period_over" if last < today.year else "due.period_now",
        span=span,
    )


def _shown_day(row: Mapping[str, Any]) -> str:
    month = units.whole(row["month"])
    shown = labels.t("due.months").split(" ")[month - 1] if month and labels.lang() == "en" else str(month)
    return (
        labels.t("due.day", day=str(int(row["day"])), month=shown)
        if month
        else labels.t("due.day_monthly", day=str(int(row["day"])))
    )


def next_day(
    row: Mapping[str, Any], plan: Mapping[str, Any], today: datetime.date
) -> tuple[datetime.date | None, bool]:
    """The next turn of a day of the year within its plan's period, or its last turn where all have passed: the day, and
    whether it lies ahead or is today. No day where the plan's period is not known.
    """
    first, last = dates.period_words(plan)
    if first is None or last is None:
        return None, False
    named = units.whole(row["month"])
    months = [named] if named else list(range(1, 13))
    years = sorted({min(max(year, first), last) for year in range(today.year - 8, today.year + 9)})
    turns = sorted(turn for year in years for month in months if (turn := dates.turn_of(row, year, month)))
    ahead = [turn for turn in turns if turn >= today]
    return (ahead[0], True) if ahead else (turns[-1], False) if turns else (None, False)


def _next_words(row: Mapping[str, Any], plan: Mapping[str, Any], today: datetime.date) -> str:
    day, ahead = next_day(row, plan, today)
    if day is None:
        return labels.t("due.period_unknown")
    return (
        labels.t("due.state.today")
        if day == today
        else labels.t("due.next" if ahead else "due.last", day=labels.day(day))
    )


def _below(plan: Mapping[str, Any], days: Sequence[Mapping[str, Any]], today: datetime.date) -> str:
    """What stands small under a plan's name: its period, and the next of the days it names."""
    turns = [(day, row) for row in days for day, ahead in (next_day(row, plan, today),) if ahead and day]
    if not turns:
        return _period_words(plan, today)
    return f"{_period_words(plan, today)}; {_next_words(min(turns, key=lambda turn: turn[0])[1], plan, today)}"


def _counted(kinds: Mapping[str, int]) -> str:
    """ "1 yêu cầu báo cáo, 16 nhiệm vụ"."""
    return ", ".join(labels.t(f"when.kind.{kind}", n=kinds[kind]) for kind in KINDS if kinds[kind])


def has_rows(plan_ids: tuple[str, ...]) -> bool:
    """Whether anything comes round, or has no time at all."""
    return bool(_cells(plan_ids))


@remember
def options(plan_ids: tuple[str, ...]) -> dict[str, str]:
    """The rows of the picture by key, for the select that does what a click does."""
    cells = _cells(plan_ids)
    return {
        f"{plan['plan_id']}~{timing}": labels.t(
            "due.option",
            plan=labels.pick(plan, "short"),
            timing=labels.t(f"common.timing.{timing}"),
            count=_counted(cells[plan["plan_id"], timing]),
        )
        for timing in (*RHYTHMS, *UNDATED)
        for plan in data.plans_of(plan_ids)
        if (plan["plan_id"], timing) in cells
    }


def unit_ids(key: str) -> tuple[str, ...]:
    """The units behind a row."""
    plan, _, timing = key.partition("~")
    return data.due_unit_ids(plan, timing)


@remember
def title(plan_ids: tuple[str, ...]) -> str:
    """The finding over the picture. Rule: how many units come round, how many of them are reporting duties, and how
    many days of the year are named. Fallback: nothing comes round.
    """
    cells = _cells(plan_ids)
    turning = [kinds for (_, timing), kinds in cells.items() if timing in ROUND]
    n = sum(sum(kinds.values()) for kinds in turning)
    if not n:
        return labels.t("due.finding_none")
    days = sum(len(rows) for rows in _days(plan_ids).values())
    return labels.t(
        "due.finding_days" if days else "due.finding",
        n=n,
        reports=sum(kinds["reporting"] for kinds in turning),
        days=days,
    )


@remember
def alt(plan_ids: tuple[str, ...], today: datetime.date) -> str:
    """The picture for those who do not see it."""
    days = [
        f"{labels.pick(plan, 'short')}: “{row['raw']}”, {_next_words(row, plan, today)}"
        for plan in data.plans_of(plan_ids)
        for timing in RHYTHMS
        for row in _days(plan_ids).get((plan["plan_id"], timing), [])
    ]
    return labels.t("due.alt", title=title(plan_ids), rows="; ".join([*options(plan_ids).values(), *days]))


def _hover(
    plan: Mapping[str, Any], timing: str, kinds: Mapping[str, int], raws: Sequence[str], today: datetime.date
) -> str:
    said = [
        f"{labels.pick(plan, 'short')} · {labels.t(f'common.timing.{timing}')}",
        _counted(kinds),
        _period_words(plan, today),
    ]
    for raw in raws[:_MOST_WORDS]:
        said += wrap(f"“{raw}”", 380, 14)
    if len(raws) > _MOST_WORDS:
        said.append(labels.t("when.more_words", n=len(raws) - _MOST_WORDS))
    return "\n".join((*said, labels.t("common.click")))


def _strip(sheet: Sheet, left: float, right: float, y: float, timing: str, days: Sequence[Mapping[str, Any]]) -> None:
    """One year: a box a turn, and a diamond on each day that is named; "thường xuyên" is a thin line without turns."""
    turns = _TURNS[timing]
    if not turns:
        sheet.box(left, y - 1.5, right, y + 1.5, VAGUE[_TONES[timing]])
        return
    step = (right - left) / turns
    for at in range(turns):
        sheet.box(left + at * step + 1, y - 7, left + (at + 1) * step - 1, y + 7, VAGUE[_TONES[timing]], opacity=0.35)
    month = (right - left) / 12
    for row in days:
        named = units.whole(row["month"])
        for number in [named] if named else range(1, 13):
            sheet.symbol(left + (number - 1 + (int(row["day"]) - 1) / 31) * month, y, "diamond", 12, INK)


def _hand(sheet: Sheet, left: float, right: float, y: float, days: Sequence[Mapping[str, Any]]) -> None:
    """The named days in figures, above their diamonds."""
    month = (right - left) / 12
    end = left - 8
    for row in days:
        if number := units.whole(row["month"]):
            words = _shown_day(row)
            x = min(
                max(
                    left + (number - 1 + (int(row["day"]) - 1) / 31) * month - width_of(words, 13, bold=True) / 2,
                    end + 8,
                ),
                right - width_of(words, 13, bold=True) - 2,
            )
            sheet.text(x, y, words, size=13, bold=True)
            end = x + width_of(words, 13, bold=True)


def _today(sheet: Sheet, left: float, right: float, top: float, bottom: float, today: datetime.date) -> None:
    x = left + (today.month - 1 + (today.day - 1) / 31) * (right - left) / 12
    sheet.line(x, top, x, bottom, INK, width=1.5, dash="dot")


@remember
def wide(plan_ids: tuple[str, ...], today: datetime.date) -> go.Figure:
    """The picture over the whole page: the rhythms of a year, plan by plan, and below them what has neither date nor
    rhythm.
    """
    cells, words, days = _cells(plan_ids), _words(plan_ids), _days(plan_ids)
    sheet = Sheet(WIDE, title=title(plan_ids), subtitle=labels.t("due.subtitle"), source=source())
    count, left, right = 262.0, 470.0, WIDE - 12.0
    months = labels.t("due.months").split(" ")
    y = sheet.top + 8
    for at, month in enumerate(months):
        sheet.text(left + (at + 0.5) * (right - left) / 12, y, month, size=13, color=SOFT, anchor="center")
    y += 14
    top = y
    for timing in RHYTHMS:
        held = [plan for plan in data.plans_of(plan_ids) if (plan["plan_id"], timing) in cells]
        if not held:
            continue
        sheet.line(0, y, WIDE, y, INK, width=1.5)
        sheet.text(0, y + 17, labels.t(f"when.head.{timing}"), size=14, bold=True)
        y += 32
        for plan in held:
            kinds, named = cells[plan["plan_id"], timing], days.get((plan["plan_id"], timing), [])
            lines, below, counted = (
                wrap(labels.pick(plan, "short"), count - 16, 15),
                wrap(_below(plan, named, today), count - 14, 13),
                wrap(_counted(kinds), left - count - 20, 14),
            )
            height = max(46.0, 12 + 18 * len(lines) + 16 * len(below), 14 + 18 * len(counted))
            start = y + (height - 18 * len(lines) - 16 * len(below)) / 2
            sheet.line(0, y, WIDE, y)
            for at, line in enumerate(lines):
                sheet.text(0, start + 9 + 18 * at, line, size=15)
            for at, line in enumerate(below):
                sheet.text(0, start + 8 + 18 * len(lines) + 16 * at, line, size=13, color=SOFT)
            for at, line in enumerate(counted):
                sheet.text(count, y + height / 2 + 18 * (at - (len(counted) - 1) / 2), line, size=14, bold=True)
            _strip(sheet, left, right, y + height / 2 + (6 if named else 0), timing, named)
            _hand(sheet, left, right, y + height / 2 - 12, named)
            sheet.hit(
                0,
                y + 2,
                WIDE,
                y + height - 2,
                f"{plan['plan_id']}~{timing}",
                _hover(plan, timing, kinds, words.get((plan["plan_id"], timing), []), today),
            )
            y += height
    if y > top:
        _today(sheet, left, right, top, y, today)
        sheet.text(
            left + (today.month - 1 + (today.day - 1) / 31) * (right - left) / 12 - 5,
            y + 10,
            labels.t("when.today"),
            size=13,
            bold=True,
            anchor="right",
        )
        y += 26
    held = [plan for plan in data.plans_of(plan_ids) if any((plan["plan_id"], timing) in cells for timing in UNDATED)]
    if held:
        column = (WIDE - count) / len(UNDATED)
        most = max(
            sum(cells[plan["plan_id"], timing].values())
            for plan in held
            for timing in UNDATED
            if (plan["plan_id"], timing) in cells
        )
        sheet.line(0, y, WIDE, y, INK, width=1.5)
        sheet.text(0, y + 17, labels.t("due.undated"), size=14, bold=True)
        for at, timing in enumerate(UNDATED):
            sheet.text(count + at * column, y + 17, labels.t(f"when.head.{timing}"), size=13, bold=True)
        y += 32
        for plan in held:
            lines = wrap(labels.pick(plan, "short"), count - 16, 15)
            height = max(40.0, 16 + 18 * len(lines))
            sheet.line(0, y, WIDE, y)
            for at, line in enumerate(lines):
                sheet.text(0, y + height / 2 + 18 * (at - (len(lines) - 1) / 2), line, size=15)
            for at, timing in enumerate(UNDATED):
                x, counted_kinds = count + at * column, cells.get((plan["plan_id"], timing))
                if not counted_kinds:
                    sheet.text(x, y + height / 2, "–", size=14, color=SOFT)
                    continue
                n = sum(counted_kinds.values())
                length = max(4.0, n / most * (column - 70))
                sheet.frame(
                    x, y + height / 2 - 8, x + length, y + height / 2 + 8, INK if timing == "unspecified" else SOFT
                )
                sheet.text(x + length + 6, y + height / 2, labels.compact(n), size=14, bold=True)
                sheet.hit(
                    x - 6,
                    y + 2,
                    x + column - 14,
                    y + height - 2,
                    f"{plan['plan_id']}~{timing}",
                    _hover(plan, timing, counted_kinds, words.get((plan["plan_id"], timing), []), today),
                )
            y += height
    sheet.line(0, y, WIDE, y)
    return sheet.figure(y + 4)


@remember
def narrow(plan_ids: tuple[str, ...], today: datetime.date) -> go.Figure:
    """The sister for a phone: words above their strip."""
    cells, words, days = _cells(plan_ids), _words(plan_ids), _days(plan_ids)
    sheet = Sheet(NARROW, title=title(plan_ids), subtitle=labels.t("due.subtitle"), source=source())
    months = labels.t("due.months").split(" ")
    y = sheet.top
    for timing in (*RHYTHMS, *UNDATED):
        held = [plan for plan in data.plans_of(plan_ids) if (plan["plan_id"], timing) in cells]
        if not held:
            continue
        sheet.line(0, y, NARROW, y, INK, width=1.5)
        for line in wrap(labels.t(f"when.head.{timing}"), NARROW - 4, 15, bold=True):
            y += 20
            sheet.text(0, y - 5, line, size=15, bold=True)
        y += 12
        if timing in ROUND:
            for at in (0, 3, 6, 9, 11):
                sheet.text((at + 0.5) * NARROW / 12, y + 4, months[at], size=12.5, color=SOFT, anchor="center")
            y += 14
        for plan in held:
            kinds, named, start = cells[plan["plan_id"], timing], days.get((plan["plan_id"], timing), []), y
            sheet.line(0, y, NARROW, y, RULE)
            y += 4
            for line in wrap(labels.pick(plan, "short"), NARROW - 4, 15):
                y += 19
                sheet.text(0, y - 8, line, size=15)
            for line in wrap(
                f"{_counted(kinds)} · {_below(plan, named, today)}" if timing in RHYTHMS else _counted(kinds),
                NARROW - 4,
                13,
            ):
                y += 17
                sheet.text(0, y - 8, line, size=13, color=SOFT)
            y += 4
            if timing in ROUND:
                if named:
                    _hand(sheet, 0, NARROW, y + 9, named)
                    y += 20
                _strip(sheet, 0, NARROW, y + 11, timing, named)
                _today(sheet, 0, NARROW, y, y + 22, today)
                y += 26
            sheet.hit(
                0,
                start + 1,
                NARROW,
                y - 1,
                f"{plan['plan_id']}~{timing}",
                _hover(plan, timing, kinds, words.get((plan["plan_id"], timing), []), today),
            )
            y += 4
    sheet.line(0, y, NARROW, y)
    return sheet.figure(y + 4)


# Tables and files.


@remember
def table(plan_ids: tuple[str, ...], today: datetime.date) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The picture as a table: columns, and one row per way of saying when and plan."""
    cells, words, days = _cells(plan_ids), _words(plan_ids), _days(plan_ids)
    columns = {
        "timing": labels.t("when.way"),
        "plan": labels.t("common.plan_heading"),
        "count": labels.t("when.kind"),
        "words": labels.t("when.words"),
        "days": labels.t("due.days"),
    }
    rows = []
    for timing in (*RHYTHMS, *UNDATED):
        for plan in data.plans_of(plan_ids):
            if (plan["plan_id"], timing) not in cells:
                continue
            raws = words.get((plan["plan_id"], timing), [])
            named = days.get((plan["plan_id"], timing), [])
            rows.append(
                {
                    "timing": labels.t(f"when.head.{timing}"),
                    "plan": f"{plan_name(plan)}\n{_period_words(plan, today)}",
                    "count": _counted(cells[plan["plan_id"], timing]),
                    "words": "; ".join(f"“{raw}”" for raw in raws[:_MOST_WORDS]) or "–",
                    "days": "; ".join(f"“{row['raw']}”: {_next_words(row, plan, today)}" for row in named) or "–",
                }
            )
    return columns, rows


def count(plan_ids: tuple[str, ...]) -> int:
    """How many rows the download has."""
    return data.due_total(plan_ids)


def csv_rows(plan_ids: tuple[str, ...], today: datetime.date) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: columns, and every task, duty and dated target: dates in their order, then rhythms, then those
    without either.
    """
    plans = {plan["plan_id"]: plan for plan in data.plans_of(plan_ids)}
    days: dict[str, list[str]] = defaultdict(list)
    for row in data.recurring_days(plan_ids).to_dict("records"):
        days[row["unit_id"]].append(f"{row['raw']} ({_next_words(row, plans[row['plan_id']], today)})")
    names = (
        "bearing",
        "from",
        "to",
        "state",
        "raw",
        "timing",
        "days",
        "kind",
        "text",
        "lead",
        "plan",
        "section",
        "lines",
    )
    columns = {name: labels.t(f"due.csv_{name}") for name in names}
    found = []
    for bearing in ("dated", "rhythm", "undated"):
        for unit in data.due_units(plan_ids, bearing).to_dict("records"):
            start, end = dates.as_date(unit["due_from"]), dates.as_date(unit["due_to"])
            found.append(
                {
                    "bearing": labels.t(f"due.bearing.{bearing}"),
                    "from": start.isoformat() if start else "",
                    "to": end.isoformat() if end else "",
                    "state": dates.state(start, end, today) if bearing == "dated" else "",
                    "raw": unit["timing_raw"] if isinstance(unit["timing_raw"], str) else "",
                    "timing": labels.t(f"common.timing.{unit['timing']}"),
                    "days": "; ".join(days[unit["unit_id"]]),
                    "kind": labels.t(f"common.kind.{unit['kind']}"),
                    "text": unit["text"],
                    "lead": dates.joined(unit["leads"]),
                    "plan": plan_name(plans[unit["plan_id"]]),
                    "section": unit["section"],
                    "lines": units.span(unit),
                }
            )
    return columns, found
