"""What the page on time shows of some plans on one day: counted, gathered and dated once.

In: rows of `ui.data`, and the day that counts as today. Out: `View`, which every sentence, picture and table of the page
is made from.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ui import data
from ui.data.plans import Plan
from ui.data.when import DatedMark, DatedSum, DueCount, RecurringDay
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


MOST_MARKS = 300
"""So many marks with a day, the latest, and so many without can be chosen one by one."""


@dataclass(frozen=True, eq=False)
class View:
    """The plans in reading order, on one day. What each of them says, where plans stand side by side; of all together the
    sums.
    """

    plan_ids: tuple[str, ...]
    today: datetime.date

    @cached_property
    def plans(self) -> Sequence[Plan]:
        return data.plans_of(self.plan_ids)

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Their tasks by way of saying when."""
        counts = {plan: dict.fromkeys(TIMINGS, 0) for plan in self.plan_ids}
        for row in data.plan_timings(self.plan_ids):
            counts[row.plan_id][row.timing] = row.tasks
        return counts

    @cached_property
    def words(self) -> Mapping[tuple[str, str], Sequence[tuple[str, int]]]:
        """The plans' own words for it, with how many tasks use them."""
        words: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for said in data.timing_words(self.plan_ids):
            words[said.plan_id, said.timing].append((said.timing_raw, said.tasks))
        return words

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """The dated units as marks, the earliest first, those without a day of their own last; of many the latest."""
        return [mark_of(one) for one in data.dated_marks(self.plan_ids, MOST_MARKS)]

    @cached_property
    def dated(self) -> DatedSum:
        """All dated units together."""
        return data.dated_sum(self.plan_ids, self.today)

    @cached_property
    def days(self) -> Sequence[RecurringDay]:
        return data.recurring_days(self.plan_ids)

    @cached_property
    def undated(self) -> Mapping[tuple[str, str], Undated]:
        """What has no date, by plan and way."""
        return _undated(self.plan_ids, self.days)

    @cached_property
    def by_timing(self) -> Mapping[str, int]:
        """The tasks of all plans by way of saying when."""
        return data.timing_sums(self.plan_ids)

    @property
    def tasks(self) -> int:
        """The tasks of these plans."""
        return sum(self.by_timing.values())

    @property
    def used(self) -> tuple[str, ...]:
        """The ways that at least one of these plans uses."""
        return tuple(timing for timing in TIMINGS if self.by_timing.get(timing))

    def having(self, *timings: str) -> list[Plan]:
        """The plans that say something in one of these ways without a date."""
        return [plan for plan in self.plans if any((plan.plan_id, timing) in self.undated for timing in timings)]

    def only(self, plan_ids: Iterable[str]) -> View:
        """The same of these plans alone."""
        return View(tuple(plan_ids), self.today)


@remember
def view(plan_ids: tuple[str, ...], today: datetime.date) -> View:
    """All that the page says of these plans."""
    return View(plan_ids, today)


def mark_of(one: DatedMark) -> Mark:
    plan = data.plan(one.plan_id)
    return Mark(one.first_unit_id, plan, one.kind, one.raw, one.due_from, one.due_to, one.units)


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
