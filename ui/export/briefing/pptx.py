"""The briefing as slides: ten for a chair, and behind them, where everything is asked for, an annex with all the rest.

In: a `Briefing`. Out: a PowerPoint file that can be edited: native charts and tables, one slide a gap with what other
plans wrote, the sources in the notes; no picture of a chart. What a slide has no room for is counted, and the slide says
where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from ui.data.plans import Plan
from ui.draw.palette import DIM, VAGUE
from ui.export import deck, plain
from ui.export.briefing import chair
from ui.export.briefing.content import ROLES, TIMINGS, Briefing, mark, number, own_words, timing_sums, unread, untimed
from ui.export.briefing.rows import Agency, Gap, Topic
from ui.export.deck import BOTTOM, LEFT, ROOM, TOP
from ui.words import labels

MOST_GAP_ROWS, MOST_GAP_SLIDES = 60, 40
MOST_FINDINGS = 60
MOST_AGENCIES = 14
MOST_TASKS = 40
_PLANS_A_SLIDE = 8
_BARS_A_SLIDE = 16
_LONGEST_NAME = 60
"""A name that leaves room for its bar."""


def make(briefing: Briefing) -> bytes:
    """The ten slides for a chair, in the briefing's language."""
    with labels.speaking(briefing.lang):
        made = deck.new(briefing.title)
        chair.draw(made, briefing)
        return deck.save(made)


def whole(briefing: Briefing) -> bytes:
    """The same ten, and the annex."""
    with labels.speaking(briefing.lang):
        made = deck.new(briefing.title)
        chair.draw(made, briefing)
        _divider(made, briefing)
        _summary(made, briefing)
        for part in briefing.parts:
            _PARTS[part](made, briefing)
        _sources(made, briefing)
        return deck.save(made)


def _slide(made: Any, briefing: Briefing, title: str, note: str = "", said: Sequence[str] = ()) -> Any:
    """A slide whose notes hold what is said of it, the sources and how to cite."""
    one = deck.slide(made, title, labels.t("slides.in_notes"), note=note)
    deck.notes(one, [title, *said, "", *chair.sources(briefing)])
    return one


def _divider(made: Any, briefing: Briefing) -> None:
    """Where the annex begins, and what it holds."""
    held = [labels.t(f"office.section.{part}") for part in ("summary", *briefing.parts, "sources")]
    one = _slide(made, briefing, labels.t("decree.annex"))
    deck.text(one, held, LEFT, TOP, ROOM, BOTTOM - TOP, size=20, after=8)


def _summary(made: Any, briefing: Briefing) -> None:
    width, size = ROOM, 17
    rows = [[deck.fitted(sentence, width - 0.3, size, 4, labels.t("slides.in_notes"))] for sentence in briefing.summary]
    for page in deck.pages(rows, [width], size, BOTTOM - TOP - 0.1 * len(rows)):
        one = _slide(made, briefing, labels.t("office.section.summary"), labels.t("common.guard"), briefing.summary)
        deck.text(one, [words for (words,) in page], LEFT, TOP, width, BOTTOM - TOP, size=size, after=7)


# Coverage.


def _coverage(made: Any, briefing: Briefing) -> None:
    title = chair.most_and_least(briefing) if briefing.read() else labels.t("content.none_read")
    for plans in _chunks(briefing.plans, _BARS_A_SLIDE):
        series = {
            topic.named: [briefing.cells[plan["plan_id"], topic.key].tasks for plan in plans]
            for topic in briefing.dimensions
        }
        _bars(made, briefing, title, plans, series, [DIM[topic.dim] for topic in briefing.dimensions])
    for plans in _chunks(briefing.plans, _PLANS_A_SLIDE):
        _matrix(made, briefing, plans, briefing.dimensions, labels.t("office.by_dimension"))
        for topics in _chunks(briefing.subdimensions, 15):
            _matrix(
                made,
                briefing,
                plans,
                topics,
                labels.t("slides.subdimensions", first=topics[0].key, last=topics[-1].key),
            )


def _bars(
    made: Any,
    briefing: Briefing,
    title: str,
    plans: Sequence[Plan],
    series: Mapping[str, Sequence[int]],
    colours: Sequence[str],
) -> None:
    """A bar a plan; its numbers once more in the notes, and words where nothing could be counted."""
    names = [
        ": ".join(filter(None, (plain.short(briefing.short(plan), _LONGEST_NAME), unread(plan)))) for plan in plans
    ]
    said = [
        f"{name}: {', '.join(f'{what} {labels.num(values[at])}' for what, values in series.items() if values[at])}"
        for at, name in enumerate(names)
        if not unread(plans[at])
    ]
    one = _slide(made, briefing, title, labels.t("slides.one_task_once"), said)
    deck.bars(one, names, series, colours, alt=title)


def _matrix(made: Any, briefing: Briefing, plans: Sequence[Plan], topics: Sequence[Topic], what: str) -> None:
    cells = [[briefing.cells[plan["plan_id"], topic.key] for plan in plans] for topic in topics]
    empty, of = briefing.empty(plans, topics)
    title = (
        labels.t("slides.matrix" if empty else "slides.matrix_full", what=what, empty=empty, n=of)
        if of
        else f"{what}: {labels.lower(labels.t('content.none_read'))}"
    )
    said = [
        f"{topic.key} {topic.name}, {briefing.short(plan)}: {cell.says}"
        for topic, row in zip(topics, cells)
        for plan, cell in zip(plans, row)
    ]
    one = _slide(made, briefing, title, labels.t("office.matrix_key"), said)
    first, size, least = ROOM - 1.05 * len(plans), 11 if len(topics) > 10 else 14, min(0.48, 4.9 / (len(topics) + 1))
    deck.table(
        one,
        [
            labels.t("coverage.sub_heading" if "." in topics[0].key else "slides.dimension"),
            *(plain.text(plan["narrow"])[:24] for plan in plans),
        ],
        [
            [deck.fitted(topic.named, first - 0.24, size, 1, labels.t("slides.in_notes")), *map(mark, row)]
            for topic, row in zip(topics, cells)
        ],
        [first, *[1.05] * len(plans)],
        size=size,
        centred=True,
        fills=[
            [None, *(deck.tint(DIM[topic.dim], 0.22) if cell.state == "own" else None for cell in row)]
            for topic, row in zip(topics, cells)
        ],
        least=least,
    )


# Gaps.


def _gaps(made: Any, briefing: Briefing) -> None:
    title = labels.t("office.no_gap") if not briefing.gaps else labels.t("slides.gaps", n=len(briefing.gaps))
    widths = (3.75, 4.6, 2.35, 1.433)
    rows = [
        [briefing.plan_name(gap.plan_id), gap.topic.named, gap.lacks, labels.num(gap.others)]
        for gap in briefing.gaps[:MOST_GAP_ROWS]
    ]
    left = (
        labels.t("office.more", n=len(briefing.gaps) - len(rows), where=labels.t("office.in_gap_sheet"))
        if len(briefing.gaps) > len(rows)
        else ""
    )
    _list(
        made,
        briefing,
        title,
        [
            labels.t("common.plan_heading"),
            labels.t("coverage.sub_heading"),
            labels.t("slides.lacks"),
            labels.t("slides.others"),
        ],
        rows,
        widths,
        labels.t("slides.gap_order"),
        left,
    )
    for gap in islice((gap for gap in briefing.gaps if gap.elsewhere), MOST_GAP_SLIDES):
        _gap(made, briefing, gap)


def _gap(made: Any, briefing: Briefing, gap: Gap) -> None:
    where = labels.t("slides.in_notes")
    head = f"{labels.t('office.lacks', what=gap.lacks)} {labels.t('office.others', n=gap.others, what=gap.sought)}"
    said = [f"{head}{own_words(gap)}", *(f"“{quote.text}” ({quote.plan}, {quote.place})" for quote in gap.elsewhere)]
    one = _slide(
        made, briefing, f"{briefing.plan_name(gap.plan_id)}: {gap.topic.named}", labels.t("slides.as_written"), said
    )
    deck.text(
        one,
        [deck.fitted(head[:1].upper() + head[1:], ROOM - 0.3, 18, 1, where, bold=True)],
        LEFT,
        TOP,
        ROOM,
        0.5,
        size=18,
        bold=True,
    )
    room = (BOTTOM - TOP - 0.7) / len(gap.elsewhere)
    most, top = max(1, int((room - 0.75) * 72 / (16 * 1.2))), TOP + 0.7
    for quote in gap.elsewhere:
        words = deck.fitted(f"“{quote.text}”", ROOM - 0.3, 16, most, where)
        high = (len(deck.lines(words, ROOM - 0.3, 16)) + 1) * 16 * 1.2 / 72 + 0.15
        deck.text(
            one,
            [words, deck.fitted(f"{quote.plan}, {quote.place}", ROOM - 0.3, 16, 1, where)],
            LEFT,
            top,
            ROOM,
            high,
            size=16,
            after=3,
        )
        top += high + 0.25


# Who and when.


def _agencies(made: Any, briefing: Briefing) -> None:
    shown = briefing.agencies[:MOST_AGENCIES]
    left = len(briefing.agencies) - len(shown)
    title = (
        labels.t("slides.leads", agency=shown[0].name, n=shown[0].roles["lead"], none=briefing.leaderless)
        if shown and shown[0].roles["lead"]
        else labels.t("office.section.agencies")
    )
    one = _slide(
        made,
        briefing,
        title,
        labels.t("office.agencies_rule", n=briefing.leaderless),
        [labels.t("office.more", n=left, where=labels.t("office.in_agency_sheet"))] if left else [],
    )
    if not shown:
        deck.text(one, [labels.t("office.no_task")], LEFT, TOP, ROOM, 0.6)
        return
    bottom = 0.4 if left else 0
    deck.bars(
        one,
        [_agency(agency) for agency in shown],
        {labels.t(f"who.role.{role}"): [agency.roles[role] for agency in shown] for role in ROLES},
        (VAGUE[9], VAGUE[5], VAGUE[2]),
        alt=title,
        room=BOTTOM - TOP - bottom,
    )
    if left:
        deck.text(
            one,
            [labels.t("office.more", n=left, where=labels.t("office.in_agency_sheet"))],
            LEFT,
            BOTTOM - bottom,
            ROOM,
            bottom,
            size=12,
        )


def _agency(one: Agency) -> str:
    return plain.short(f"{one.name} ({labels.t('who.group_short')})" if one.is_group else one.name, _LONGEST_NAME)


def _timing(made: Any, briefing: Briefing) -> None:
    sums = timing_sums(briefing)
    title = (
        labels.t("office.timing_rule", n=sums.total(), **untimed(sums)).removesuffix(".")
        if sums
        else labels.t("office.no_task")
    )
    if not sums:
        _slide(made, briefing, title)
        return
    colours = [VAGUE[1] if timing == "unspecified" else VAGUE[9 - TIMINGS.index(timing)] for timing in sums]
    for plans in _chunks(briefing.plans, _BARS_A_SLIDE):
        _bars(
            made,
            briefing,
            title,
            plans,
            {
                labels.t(f"common.timing.{timing}"): [
                    briefing.timings.get((plan["plan_id"], timing), 0) for plan in plans
                ]
                for timing in sums
            },
            colours,
        )


def _list(
    made: Any,
    briefing: Briefing,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    note: str,
    left: str,
) -> None:
    """A table over as many slides as it takes; what a cell cuts stands whole in the notes, and the last slide says what
    is left. The first column is the plan: of one plan it is left out.
    """
    if len(briefing.plans) == 1:
        widest = max(range(1, len(widths)), key=widths.__getitem__)
        headings, rows, widths = (
            headings[1:],
            [row[1:] for row in rows],
            [width + (widths[0] if at == widest else 0) for at, width in enumerate(widths)][1:],
        )
    shown = [
        [deck.fitted(words, width - 0.24, 12, 3, labels.t("slides.in_notes")) for words, width in zip(row, widths)]
        for row in rows
    ]
    whole = iter(rows)
    spread = deck.pages(shown, widths, 12, BOTTOM - TOP - 0.6) or [[]]
    for at, page in enumerate(spread):
        said = [" · ".join(row) for row in islice(whole, len(page))]
        one = _slide(made, briefing, title, left if left and at == len(spread) - 1 else note, [*said, left])
        if page:
            deck.table(one, headings, page, widths)


# Findings, tasks, sources.


def _findings(made: Any, briefing: Briefing) -> None:
    """One row a plan and kind: how many, and the first of them with its place."""
    kinds = [
        (plan_id, list(found))
        for plan_id, of_plan in groupby(briefing.findings, lambda one: one.plan_id)
        for _, found in groupby(of_plan, lambda one: one.code)
    ]
    rows = [
        [
            briefing.plan_name(plan_id),
            f"{found[0].kind} ({labels.num(len(found))})",
            f"{found[0].sentence} ({found[0].place})",
            found[0].right,
        ]
        for plan_id, found in kinds[:MOST_FINDINGS]
    ]
    title = (
        labels.t("slides.findings", n=briefing.finding_count) if briefing.findings else labels.t("office.no_finding")
    )
    left = (
        labels.t("office.more", n=len(kinds) - len(rows), where=labels.t("office.in_finding_sheet"))
        if len(kinds) > len(rows)
        else ""
    )
    _list(
        made,
        briefing,
        title,
        [labels.t("common.plan_heading"), labels.t("slides.kind"), labels.t("slides.first"), labels.t("slides.right")],
        rows,
        (2.4, 3.3, 5.5, 0.933),
        labels.t("slides.findings_rule"),
        left,
    )


def _tasks(made: Any, briefing: Briefing) -> None:
    """A few tasks one by one; of many how many each plan has, and where they are listed."""
    title = labels.t("slides.tasks", n=briefing.task_count) if briefing.task_count else labels.t("office.no_task")
    note = labels.t("slides.tasks_elsewhere", where=labels.t("office.in_task_sheet"))
    plan = labels.t("common.plan_heading")
    if briefing.task_count > MOST_TASKS:
        rows = [
            [
                briefing.plan_name(one["plan_id"]),
                *(number(one, n) for n in briefing.totals.get(one["plan_id"], (0, 0, 0))),
            ]
            for one in briefing.plans
        ]
        _list(
            made,
            briefing,
            title,
            [plan, *(labels.t(f"office.sheet.{name}") for name in ("count", "with_lead", "with_time"))],
            rows,
            (4.633, 2.5, 2.5, 2.5),
            note,
            "",
        )
        return
    rows = [
        [
            str(task["plan"]),
            str(task["text"]),
            str(task["lead"]) or labels.t("office.nobody"),
            str(task["timing_raw"] or task["timing"]),
            str(task["place"]),
        ]
        for task in briefing.tasks
    ]
    _list(
        made,
        briefing,
        title,
        [plan, *(labels.t(f"tasks.column_{name}") for name in ("text", "lead", "timing")), labels.t("office.place")],
        rows,
        (2.0, 5.2, 2.2, 1.4, 1.333),
        note,
        "",
    )


def _sources(made: Any, briefing: Briefing) -> None:
    rows = [
        [deck.fitted(words, ROOM - 0.3, 12, 3, labels.t("slides.in_notes"))]
        for words in (*briefing.sources, *briefing.about)
    ]
    for page in deck.pages(rows, [ROOM], 12, BOTTOM - TOP - 0.08 * len(rows)):
        deck.text(
            _slide(made, briefing, labels.t("office.section.sources")),
            [words for (words,) in page],
            LEFT,
            TOP,
            ROOM,
            BOTTOM - TOP,
            size=12,
            after=5,
        )


def _chunks(items: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """Items in groups of nearly the same size, none above `most`."""
    groups = -(-len(items) // most)
    return [items[at * len(items) // groups : (at + 1) * len(items) // groups] for at in range(groups)]


_PARTS = {
    "coverage": _coverage,
    "gaps": _gaps,
    "agencies": _agencies,
    "timing": _timing,
    "findings": _findings,
    "tasks": _tasks,
}
