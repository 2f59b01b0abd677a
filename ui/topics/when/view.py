"""What the page on time shows of some plans on one day: counted, gathered and dated once.

In: rows of `ui.data`, and the day that counts as today. Out: `View`, which every sentence, picture and table of the page
is made from.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui import data
from ui.data.plans import Plan
from ui.data.when import DueCount, RecurringDay
from ui.words import labels
from ui.words.remember import remember

TIMINGS = ("dated", "event", "monthly", "quarterly", "semiannual", "annual", "ongoing", "regulation", "unspecified")
"""From said to unsaid."""
ROUND = ("monthly", "quarterly", "semiannual", "annual")
"""What comes round; "thường xuyên" has no turn of its own."""
KINDS = ("reporting", "action", "assignment")
MOST_WORDS = 6
"""So many wordings are shown for one way of saying when."""


@dataclass(frozen=True)
class Mark:
    """Units of one plan and kind that share the same words and the same date: one line of the picture."""

    key: str  # the first unit's id
    plan: Plan
    kind: str
    raw: str
    start: datetime.date | None
    end: datetime.date | None
    n: int  # how many units

    @property
    def due(self) -> datetime.date | None:
        """Where the mark stands."""
        return self.end or self.start

    @property
    def said(self) -> str:
        """The plan's own words in quotes, else its date."""
        return f"“{self.raw}”" if self.raw else self.span()

    def what(self) -> str:
        """ "Bắc Kạn 2021: 2 nhiệm vụ"."""
        count = labels.t(f"when.kind.{self.kind}", n=self.n)
        return labels.t("when.what", plan=labels.pick(self.plan, "short"), count=count)

    def span(self) -> str:
        """Its date in figures: a day, a span, or "–"."""
        if self.start and self.end and self.start != self.end:
            return f"{labels.day(self.start)} – {labels.day(self.end)}"
        return labels.day(self.due)


@dataclass(frozen=True)
class Undated:
    """What a plan says in one way without a date: how many units of each kind, the plan's own words for it, the most
    frequent first, and the days of the year that they name.
    """

    kinds: Mapping[str, int]
    words: Sequence[str]
    days: Sequence[RecurringDay]

    @property
    def units(self) -> int:
        return sum(self.kinds.values())

    def counted(self) -> str:
        """ "1 yêu cầu báo cáo, 16 nhiệm vụ"."""
        return ", ".join(labels.t(f"when.kind.{kind}", n=self.kinds[kind]) for kind in KINDS if self.kinds[kind])


@dataclass(frozen=True, eq=False)
class View:
    """The plans in reading order; their tasks by way of saying when, with the plans' own words for it; the dated units
    as marks, the earliest first, those without a day of their own last; and what has no date, by plan and way.
    """

    plan_ids: tuple[str, ...]
    plans: Sequence[Plan]
    today: datetime.date
    counts: Mapping[str, Mapping[str, int]]
    words: Mapping[tuple[str, str], Sequence[tuple[str, int]]]
    marks: Sequence[Mark]
    undated: Mapping[tuple[str, str], Undated]
    days: Sequence[RecurringDay]

    @property
    def tasks(self) -> int:
        """The tasks of these plans."""
        return sum(sum(row.values()) for row in self.counts.values())

    @property
    def used(self) -> tuple[str, ...]:
        """The ways that at least one of these plans uses."""
        return tuple(timing for timing in TIMINGS if any(row[timing] for row in self.counts.values()))

    def having(self, *timings: str) -> list[Plan]:
        """The plans that say something in one of these ways without a date."""
        return [plan for plan in self.plans if any((plan.plan_id, timing) in self.undated for timing in timings)]


@remember
def view(plan_ids: tuple[str, ...], today: datetime.date) -> View:
    """All that the page says of these plans."""
    plans = {plan.plan_id: plan for plan in data.plans_of(plan_ids)}
    counts = {plan: dict.fromkeys(TIMINGS, 0) for plan in plan_ids}
    for row in data.plan_timings(plan_ids):
        counts[row.plan_id][row.timing] = row.tasks
    words: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for said in data.timing_words(plan_ids):
        words[said.plan_id, said.timing].append((said.timing_raw, said.tasks))
    marks = [
        Mark(one.first_unit_id, plans[one.plan_id], one.kind, one.raw, one.due_from, one.due_to, one.units)
        for one in data.dated_marks(plan_ids)
    ]
    days = data.recurring_days(plan_ids)
    return View(plan_ids, list(plans.values()), today, counts, words, marks, _undated(plan_ids, days), days)


def _undated(plan_ids: tuple[str, ...], days: Sequence[RecurringDay]) -> dict[tuple[str, str], Undated]:
    held: dict[tuple[str, str], list[DueCount]] = defaultdict(list)
    for row in data.due_counts(plan_ids):
        if row.bearing != "dated":
            held[row.plan_id, row.timing].append(row)
    by_way: dict[tuple[str, str], list[RecurringDay]] = defaultdict(list)
    for day in days:
        by_way[day.plan_id, day.timing].append(day)
    found = {}
    for (plan, timing), rows in held.items():
        kinds, raws = dict.fromkeys(KINDS, 0), Counter[str]()
        for row in rows:
            kinds[row.kind] += row.units
            if row.timing_raw is not None:
                raws[row.timing_raw] += row.units
        found[plan, timing] = Undated(kinds, [raw for raw, _ in raws.most_common()], by_way[plan, timing])
    return found
