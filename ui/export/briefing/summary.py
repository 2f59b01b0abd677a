"""The briefing on one page A4, for the way to a meeting: three findings, where the tasks stand, what nothing names, who
carries most, two sentences to borrow, and what has to be decided.

In: a `Briefing`, the office that is worn. Out: a Word document of one page whatever the plans hold: every list is short,
says how much is left, and where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui.data.plans import Plan
from ui.export import decree, office, plain, word
from ui.export.briefing import chair
from ui.export.briefing.brief import standing_of
from ui.export.briefing.content import Briefing, number
from ui.export.decree import ROOM
from ui.export.office import BLANK
from ui.export.preview import pages
from ui.words import labels
from ui.words.offices import office as named

_MANNERS = ((13, 1.0), (12, 1.0), (11, 1.0), (10, 0.6), (9, 0.5))
"""Sizes of letters, with how much of the lengths below is kept."""
_FULL = 0.97
"""So much of the page is filled at most, as we measure it."""
_SMALLER = 2.5
"""So many points smaller the foot is written."""
_MOST_ROWS = 9
"""So many rows the table has; eight dimensions and what cuts across them are nine."""
_MOST_GAPS, _MOST_OFFICES, _MOST_BORROWED, _MOST_CITED = 6, 4, 2, 6
_NAME, _PLAN, _LINE, _SENTENCE, _TITLE = 60, 90, 170, 210, 150
"""So many letters of a name, of a plan with its level, of a point, of a sentence that is quoted, of a title."""


def make(briefing: Briefing) -> bytes:
    """The page in the briefing's language, in the largest letters in which it is one; long names are cut at the last."""
    with labels.speaking(briefing.lang):
        for size, share in _MANNERS:
            made = _made(briefing, size, share)
            if pages.filled(made) <= _FULL:
                break
        return made


def _made(briefing: Briefing, size: float, share: float) -> bytes:
    document = word.new(briefing.title)
    page = Page(document, size, share)
    _head(page, briefing)
    if not briefing.read():
        for line in briefing.summary[:_MOST_ROWS]:
            page.say(page.cut(line, 2 * _LINE))
        if left := len(briefing.summary[_MOST_ROWS:]):
            page.say(labels.t("chair.more", n=left, where=labels.t("summary.rest")), less=_SMALLER)
    else:
        _body(page, briefing)
    _foot(page, briefing)
    return word.save(document)


@dataclass(frozen=True)
class Page:
    """The document, the size of its letters, and how much of a long text is kept."""

    document: Any
    size: float
    share: float

    def cut(self, words: str, most: int) -> str:
        return plain.short(plain.text(words), int(most * self.share))

    def say(self, *words: word.Words, after: float = 3, align: str = "both", less: float = 0) -> None:
        word.paragraph(self.document, *words, size=self.size - less, after=after, align=align)


def _head(page: Page, briefing: Briefing) -> None:
    """Whose it is, when, and of which plans."""
    worn = office.worn()
    table = word.grid(page.document, (ROOM / 2, ROOM / 2), rows=1)
    left, right = table.rows[0].cells
    name = decree.marked(page.cut(worn.name or BLANK * 2, _LINE).upper(), bold=True, size=page.size)
    word.paragraph(left, *name, align="left", after=0)
    place = ", ".join(filter(None, (worn.place, labels.day(briefing.day))))
    word.paragraph(right, word.Run(place, italic=True, size=page.size), align="right", after=0)
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)
    word.paragraph(
        page.document, word.Run(labels.t("summary.title"), bold=True, size=14), align="center", before=6, after=0
    )
    page.say(word.Run(page.cut(briefing.title, _TITLE), bold=True), align="center", after=4)
    if len(briefing.plans) == 1:
        page.say(word.Run(page.cut(briefing.plan_name(briefing.plan_ids[0]), _LINE), italic=True), align="center")


def _body(page: Page, briefing: Briefing) -> None:
    for figure, sentence in chair.findings(briefing):
        page.say(word.Run(f"{figure} ", bold=True), page.cut(sentence, 2 * _LINE), after=2)
    _table(page, briefing)
    _point(page, "summary.gaps", _gaps(page, briefing))
    _point(page, "summary.offices", _offices(page, briefing))
    _point(page, "summary.borrowed", _borrowed(page, briefing))
    asked = chair.decisions(briefing)
    blanks = [f"{words}: {BLANK}" for words in asked] or [BLANK]
    _point(page, "summary.decisions", blanks)


def _point(page: Page, key: str, said: Sequence[str]) -> None:
    """A heading in the line, then what is said, a paragraph each."""
    first, *others = said
    page.say(word.Run(f"{labels.t(key)} ", bold=True), *decree.marked(first), after=2 if not others else 0)
    for at, words in enumerate(others):
        page.say(*decree.marked(words), after=2 if at == len(others) - 1 else 0)


def _table(page: Page, briefing: Briefing) -> None:
    """Of one plan a row a dimension, of several a row a plan: tasks, those without a lead, without a time, and what
    nothing names.
    """
    is_one = len(briefing.plans) == 1
    rows = _by_dimension(page, briefing, briefing.plan_ids[0]) if is_one else _by_plan(page, briefing)
    columns = [labels.t(f"summary.column.{name}") for name in ("tasks", "leaderless", "undated", "gaps")]
    word.table(
        page.document,
        [labels.t("slides.dimension" if is_one else "common.plan_heading"), *columns],
        (72.0, *[22.0] * 4),
        [[name, *counts] for name, counts in rows[:_MOST_ROWS]],
        size=page.size - 2,
        align=("left", *["center"] * 4),
    )
    if left := len(rows[_MOST_ROWS:]):
        page.say(labels.t("chair.more", n=left, where=labels.t("summary.rest")), less=_SMALLER)


Row = tuple[str, list[str]]


def _by_dimension(page: Page, briefing: Briefing, plan_id: str) -> list[Row]:
    gaps = chair.true_gaps(briefing)
    rows = []
    for topic in briefing.dimensions:
        cell = briefing.cells[plan_id, topic.key]
        empty = sum(gap.topic.dim == topic.dim for gap in gaps)
        counts = (cell.tasks, cell.tasks - cell.with_lead, cell.tasks - cell.with_time, empty)
        rows.append((page.cut(topic.named, _NAME), [*map(labels.num, counts)]))
    return rows


def _by_plan(page: Page, briefing: Briefing) -> list[Row]:
    """A plan without figures has the mark that says why."""
    gaps = chair.true_gaps(briefing)
    rows = []
    for plan in briefing.plans:
        tasks, led, timed = briefing.totals.get(plan.plan_id, (0, 0, 0))
        empty = sum(plan.plan_id in gap.plan_ids for gap in gaps)
        counts = (tasks, tasks - led, tasks - timed, empty)
        rows.append((page.cut(briefing.plan_name(plan.plan_id), _PLAN), [number(plan, n) for n in counts]))
    return rows


def _more(shown: Sequence[str], n: int) -> str:
    """A list in a line; of more than are shown how many, and where they are."""
    left = n - len(shown)
    said = "; ".join(shown)
    return f"{said}. {labels.t('chair.more', n=left, where=labels.t('summary.rest'))}" if left else f"{said}."


def _gaps(page: Page, briefing: Briefing) -> list[str]:
    found = chair.true_gaps(briefing)
    if not found:
        return [labels.t("summary.no_gaps")]
    several = len(briefing.plans) > 1
    shown = [
        labels.t("summary.gap_plans", topic=page.cut(gap.topic.named, _NAME), n=len(gap.plan_ids))
        if several
        else page.cut(gap.topic.named, _NAME)
        for gap in found[:_MOST_GAPS]
    ]
    return [_more(shown, len(found))]


def _offices(page: Page, briefing: Briefing) -> list[str]:
    leading = briefing.brief.leading()
    if not leading:
        return [labels.t("chair.nobody_leads_body")]
    shown = []
    for one in leading[:_MOST_OFFICES]:
        said = "".join(f", {words}" for words in [standing_of(one)] if words)
        shown.append(f"{page.cut(named(one.name), _NAME)} ({labels.num(one.roles['lead'])}{said})")
    return [_more(shown, len(leading))]


def _borrowed(page: Page, briefing: Briefing) -> list[str]:
    return [
        f"{one.topic.named}: “{page.cut(one.quote.text, _SENTENCE)}” ({one.quote.plan}, {one.quote.cited})"
        for one in briefing.brief.borrowed[:_MOST_BORROWED]
    ] or [labels.t("chair.borrowed_none_body")]


def _foot(page: Page, briefing: Briefing) -> None:
    """What it was counted from, and where the rest is."""
    cited = [_named(page, plan) for plan in (*briefing.plans, *briefing.brief.against)]
    shown = cited[:_MOST_CITED]
    left = f" {labels.t('chair.more', n=len(cited) - len(shown), where=labels.t('summary.rest'))}" * (
        len(cited) > len(shown)
    )
    page.say(labels.t("summary.foot", sources="; ".join(shown)) + left, less=_SMALLER, after=0)


def _named(page: Page, plan: Plan) -> str:
    """A plan by its number and issuer: "Kế hoạch số 29/KH-UBND của UBND tỉnh Hưng Yên"."""
    return page.cut(f"{decree.cited(plan, first=False)}, {plan.issuer}", _LINE)
