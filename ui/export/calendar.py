"""The tasks that fall due as entries of a calendar file (.ics)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ui import data
from ui.data.when import due_units, recurring_days
from ui.export import ics
from ui.export.table import cite, made_today, version
from ui.words import dates, labels, units
from ui.words.plans import plan_name
from ui.words.remember import remember

_LONGEST_SUMMARY = 120


@remember
def has_calendar(plan_ids: tuple[str, ...]) -> bool:
    """Whether any of these plans names a day."""
    return len(due_units(plan_ids, "dated", MOST_ROWS)) > 0 or len(recurring_days(plan_ids)) > 0


def _summary(plan: Mapping[str, Any], unit: Mapping[str, Any]) -> str:
    words = f"{labels.pick(plan, 'short')}: {unit['text']}"
    if len(words) <= _LONGEST_SUMMARY:
        return words
    return words[:_LONGEST_SUMMARY].rpartition(" ")[0] + " …"


def entries(plan_ids: tuple[str, ...]) -> list[ics.Entry]:
    """The calendar's entries: a dated unit on the last day of its time, a named day of the year in each year of its
    plan. What has only a rhythm or no time has no day, and is not in the calendar.
    """
    plans = {plan["plan_id"]: plan for plan in data.plans_of(plan_ids)}
    dated = [unit for unit in due_units(plan_ids, "dated").to_dict("records") if dates.as_date(unit["due"])]
    days = recurring_days(plan_ids).to_dict("records")
    rhythms = {unit["unit_id"]: unit for unit in due_units(plan_ids, "rhythm").to_dict("records")} if days else {}

    def about(unit: Mapping[str, Any], when: str) -> str:
        return "\n".join(
            (
                unit["text"],
                labels.t("due.ics_when", raw=when),
                labels.t("tasks.lead", names=dates.joined(unit["leads"]))
                if dates.joined(unit["leads"])
                else labels.t("tasks.no_lead"),
                f"{plan_name(plans[unit['plan_id']])}, {units.where(unit)}",
                labels.t("common.guard"),
            )
        )

    found = []
    for unit in dated:
        due = dates.as_date(unit["due"])
        assert due is not None  # `dated` holds no other
        span = dates.date_words(dates.as_date(unit["due_from"]), dates.as_date(unit["due_to"]))
        raw = unit["timing_raw"] if isinstance(unit["timing_raw"], str) else span
        found.append(
            ics.Entry(
                f"{unit['unit_id']}@papi", due, _summary(plans[unit["plan_id"]], unit), about(unit, f"“{raw}” ({span})")
            )
        )
    for at, row in enumerate(days):
        plan, unit = plans[row["plan_id"]], rhythms[row["unit_id"]]
        first, last = dates.period_words(plan)
        if first is None or last is None:
            continue
        month = units.whole(row["month"])
        start = next(
            (
                turn
                for year in range(first, last + 1)
                for one in ([month] if month else range(1, 13))
                if (turn := dates.turn_of(row, year, one))
            ),
            None,
        )
        if start:
            found.append(
                ics.Entry(
                    f"{row['unit_id']}-{month or 0}-{int(row['day'])}-{at}@papi",
                    start,
                    _summary(plan, unit),
                    about(unit, f"“{row['raw']}”"),
                    "FREQ=YEARLY" if month else "FREQ=MONTHLY",
                    datetime.date(last, 12, 31),
                )
            )
    return found


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


MOST_ROWS = 60
