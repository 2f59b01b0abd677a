"""What falls due: dated tasks and duties in the order of their dates, and the file of all that falls due.

In: plans, and the day that counts as today. Out: markup, and rows for the download. Whether a time has passed is always
said in words.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from ui import data
from ui.data.units import LedUnit, Place
from ui.export import calendar
from ui.page import paging
from ui.topics.when.year import next_words
from ui.words import dates, labels, units
from ui.words.markup import filled
from ui.words.offices import english, in_english, lead
from ui.words.plans import plan_name, plan_names
from ui.words.remember import remember

BEARINGS = ("dated", "rhythm", "worded", "undated")


@remember
def items(plan_ids: tuple[str, ...], today: datetime.date, kept: str = "") -> Sequence[Markup]:
    """The dates in their order, as markup of those that are shown: where each stands today, the plan's own words, the text, the lead, and its
    place; of the latest dates where there are many. `kept` as for `units.line_link`.
    """
    names = plan_names(True)

    def shown(places: Sequence[Place]) -> list[Markup]:
        return [_item(unit, names[unit.plan_id], today, kept) for unit in data.led(places)]

    return paging.Fetched(data.due_places(plan_ids, "dated", calendar.MOST_ROWS), shown)


def _item(unit: LedUnit, plan: str, today: datetime.date, kept: str) -> Markup:
    when = dates.date_words(unit.due_from, unit.due_to)
    state = dates.state(unit.due_from, unit.due_to, today)
    raw = filled(" · “{}”", unit.timing_raw) if unit.timing_raw is not None else Markup()
    about: list[str] = [labels.html("common.kind." + unit.kind)]
    if unit.kind != "objective":
        about.append(lead(unit.leads))
    about += [plan, units.where_link(unit, kept)]
    return filled(
        '<div class="card"><p class="says"><b>{}</b> · {}{}</p><p class="says">{}</p><p class="who">{}</p></div>',
        when,
        state,
        raw,
        unit.text,
        Markup(" · ").join(about),
    )


@remember
def note(plan_ids: tuple[str, ...]) -> str:
    """How many more dates there are than the table shows, and how many tasks and duties have none: nothing is
    hidden.
    """
    sums = data.due_sums(plan_ids)
    said = [labels.t("due.beside", **{bearing: sums.get(bearing, 0) for bearing in BEARINGS})]
    if sums.get("dated", 0) > calendar.MOST_ROWS:
        said.append(labels.t("due.latest", n=calendar.MOST_ROWS))
    return " ".join(said)


def count(plan_ids: tuple[str, ...]) -> int:
    """How many rows the download has."""
    return data.due_total(plan_ids)


def csv_rows(plan_ids: tuple[str, ...], today: datetime.date) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """For the download: columns, and every task, duty and dated target: dates in their order, then rhythms, times
    that are no day, and what says no time.
    """
    plans = {plan.plan_id: plan for plan in data.plans_of(plan_ids)}
    days: dict[str, list[str]] = defaultdict(list)
    for day in data.recurring_days(plan_ids):
        days[day.unit_id].append(f"{day.raw} ({next_words(day, plans[day.plan_id], today)})")
    names = [
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
        *in_english(lead_english=""),
        "plan",
        "section",
        "lines",
    ]
    return {name: labels.t(f"due.csv_{name}") for name in names}, [
        {
            "bearing": labels.t(f"due.bearing.{bearing}"),
            "from": unit.due_from.isoformat() if unit.due_from else "",
            "to": unit.due_to.isoformat() if unit.due_to else "",
            "state": dates.state(unit.due_from, unit.due_to, today) if bearing == "dated" else "",
            "raw": unit.timing_raw or "",
            "timing": labels.t(f"common.timing.{unit.timing}"),
            "days": "; ".join(days[unit.unit_id]),
            "kind": labels.t(f"common.kind.{unit.kind}"),
            "text": unit.text,
            "lead": "; ".join(unit.leads or ()),
            **in_english(lead_english=english(unit.leads or ())),
            "plan": plan_name(plans[unit.plan_id]),
            "section": unit.section,
            "lines": units.span(unit),
        }
        for bearing in BEARINGS
        for unit in data.due_units(plan_ids, bearing)
    ]
