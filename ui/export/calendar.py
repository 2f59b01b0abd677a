"""The tasks that fall due as entries of a calendar file (.ics)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ui import data
from ui.data.plans import Plan
from ui.data.when import DueUnit, RecurringDay, due_places, due_units, recurring_days
from ui.export import ics
from ui.export.table import cite, made_today, version
from ui.words import dates, labels, units
from ui.words.plans import plan_name
from ui.words.remember import remember

MOST_ROWS = 60
"""So many dates are listed on a page; the file has them all."""
_LONGEST_SUMMARY = 120


@remember
def has_calendar(plan_ids: tuple[str, ...]) -> bool:
    """Whether any of these plans names a day."""
    return bool(due_places(plan_ids, "dated", MOST_ROWS) or recurring_days(plan_ids))


def _summary(plan: Plan, unit: DueUnit) -> str:
    words = f"{labels.pick(plan, 'short')}: {unit.text}"
    if len(words) <= _LONGEST_SUMMARY:
        return words
    return words[:_LONGEST_SUMMARY].rpartition(" ")[0] + " …"


def _about(plan: Plan, unit: DueUnit, when: str) -> str:
    return "\n".join(
        (
            unit.text,
            labels.t("due.ics_when", raw=when),
            labels.t("tasks.lead", names="; ".join(unit.leads)) if unit.leads else labels.t("tasks.no_lead"),
            f"{plan_name(plan)}, {units.where(unit)}",
            labels.t("common.guard"),
        )
    )


def entries(plan_ids: tuple[str, ...]) -> list[ics.Entry]:
    """The calendar's entries: a dated unit on the last day of its time, a named day of the year in each year of its
    plan. What has only a rhythm or no time has no day, and is not in the calendar.
    """
    plans = {plan.plan_id: plan for plan in data.plans_of(plan_ids)}
    days = recurring_days(plan_ids)
    dated = due_units(plan_ids, "dated")
    # a rhythm whose turns a cell names stands among the dates: "02 lần/năm (tháng 5, tháng 10)"
    units = {unit.unit_id: unit for unit in (*dated, *(due_units(plan_ids, "rhythm") if days else ()))}
    found = [_dated(plans[unit.plan_id], unit, unit.due) for unit in dated if unit.due]
    for at, day in enumerate(days):
        found += _recurring(plans[day.plan_id], units[day.unit_id], day, at)
    return found


def _dated(plan: Plan, unit: DueUnit, due: datetime.date) -> ics.Entry:
    span = dates.date_words(unit.due_from, unit.due_to)
    about = _about(plan, unit, f"“{unit.timing_raw or span}” ({span})")
    return ics.Entry(f"{unit.unit_id}@papi", due, _summary(plan, unit), about)


def _recurring(plan: Plan, unit: DueUnit, day: RecurringDay, at: int) -> Iterator[ics.Entry]:
    """One entry, from the first turn to the end of the plan's period; none where that is not known. `at` tells days of
    one unit apart.
    """
    first, last = dates.period_words(plan)
    if first is None or last is None:
        return
    months = [day.month] if day.month else range(1, 13)
    turns = (dates.turn_of(year, month, day.day) for year in range(first, last + 1) for month in months)
    if start := next(filter(None, turns), None):
        yield ics.Entry(
            f"{day.unit_id}-{day.month or 0}-{day.day}-{at}@papi",
            start,
            _summary(plan, unit),
            _about(plan, unit, f"“{day.raw}”"),
            "FREQ=YEARLY" if day.month else "FREQ=MONTHLY",
            datetime.date(last, 12, 31),
        )


def calendar(plan_ids: tuple[str, ...]) -> bytes:
    """The calendar file of these plans."""
    build = data.build()
    about = "\n".join(
        (
            labels.t("due.ics_about"),
            labels.t("common.csv_plans", plans="; ".join(plan_name(plan) for plan in data.plans_of(plan_ids))),
            version(),
            made_today(),
            *cite(),
        )
    )
    return ics.calendar(labels.t("due.ics_name"), about, entries(plan_ids), build.built_at)
