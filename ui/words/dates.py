"""Dates and rhythms in words."""

from __future__ import annotations

import datetime

from ui.data.plans import Plan
from ui.words import labels


def state(start: datetime.date | None, end: datetime.date | None, today: datetime.date) -> str:
    """Where a time stands today, in words."""
    if end is None:
        if start is None:
            return labels.t("due.state.unplaced")
        return labels.t("due.state.begun") if start <= today else labels.t("due.state.ahead", n=(start - today).days)
    if end < today:
        return labels.t("due.state.passed")
    if end == today:
        return labels.t("due.state.today")
    return labels.t("due.state.running" if start and start <= today else "due.state.ahead", n=(end - today).days)


def date_words(start: datetime.date | None, end: datetime.date | None) -> str:
    """A time in the reader's words: "31/03/2020", "01/01/2020 – 30/06/2020", "từ 01/01/2020"; "–" where there is
    none.
    """
    if start and end and start != end:
        return f"{labels.day(start)} – {labels.day(end)}"
    if start and not end:
        return labels.t("due.from", day=labels.day(start))
    return labels.day(end)


def period_words(plan: Plan) -> tuple[int | None, int | None]:
    """The first and the last year of a plan: its period, else its year."""
    return plan.period_from or plan.year, plan.period_to or plan.year


def period(plan: Plan) -> str:
    """The same in figures: "2020", "2022–2025"; "" where it is not known."""
    first, last = period_words(plan)
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}–{last}"


def turn_of(year: int, month: int, day: int) -> datetime.date | None:
    """That day; None where the month has no such."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
