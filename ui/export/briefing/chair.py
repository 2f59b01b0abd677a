"""The ten slides of a chair: whose they are, three findings, coverage, true gaps, tasks without a lead and without a time,
who carries most today, sentences worth borrowing, what has to be decided, and the sources.

In: a `Briefing`. Out: slides of a presentation; titles are sentences with their figure, and differ. What a slide has no
room for is counted, and the slide says where it is. Of one plan the deck is about that plan: the plans that it is set
against are columns and sources. A slide whose part was not asked for is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ui.data.plans import Plan
from ui.data.units import Lacks
from ui.draw.palette import DIM, VAGUE
from ui.export import deck, decree, office, plain
from ui.export.briefing import brief
from ui.export.briefing.content import ROLES, Briefing, keys, mark
from ui.export.briefing.rows import CellFigures, Quote, Topic
from ui.export.deck import BODY, BOTTOM, LEFT, ROOM, TOP
from ui.export.office import BLANK
from ui.words import absence, handed, labels, layers
from ui.words import offices as words_offices

PARTS = ("coverage", "gaps", "agencies", "timing")
"""The parts of a briefing that these slides show."""
_PLANS_ACROSS = 6
"""So many plans stand side by side; more are counted together."""
_COLUMN = 1.3
_MOST_OFFICES, _LONGEST_NAME = 8, 60
_MOST_KEYS = 5
"""So many topics a sentence names."""
_MOST_TIED = 3
"""So many dimensions may share the first or the last place and still be named."""
_LEAST_ROW = 0.44
_FINDING_SIZE, _FIGURES = 22, (40, 32, 26, 20, 16)


# What is counted.


@dataclass(frozen=True)
class TrueGap:
    """A sub-dimension that no sentence of some plan names, though PAPI measured it in that plan's years: those plans."""

    topic: Topic
    plan_ids: tuple[str, ...]


def true_gaps(briefing: Briefing) -> list[TrueGap]:
    """What the pages call so: cells of state `none` that are measured. What most plans lack stands first."""
    found = [
        TrueGap(
            topic, tuple(plan.plan_id for plan in briefing.read() if is_gap(briefing.cells[plan.plan_id, topic.key]))
        )
        for topic in briefing.subdimensions
    ]
    return sorted((gap for gap in found if gap.plan_ids), key=lambda gap: -len(gap.plan_ids))


def is_gap(cell: CellFigures) -> bool:
    return cell.state == "none" and cell.measured


def sums(briefing: Briefing) -> tuple[int, int, int]:
    """The tasks of all plans, those that name no lead, and those that name no time."""
    totals = [briefing.totals[plan.plan_id] for plan in briefing.read()]
    tasks, led, timed = (sum(total[at] for total in totals) for at in range(3))
    return tasks, tasks - led, tasks - timed


def without(briefing: Briefing, lacks: Lacks) -> list[tuple[str, str, int]]:
    """The id, name and number of tasks of each plan that has some without a lead, or a time; of one plan by dimension,
    since where they stand is what a chair asks next. The most first.
    """
    at = {"lead": 1, "time": 2}[lacks]
    if len(briefing.read()) == 1:
        (plan,) = briefing.read()
        cells = [(topic, briefing.cells[plan.plan_id, topic.key]) for topic in briefing.dimensions]
        found = [
            (topic.key, topic.named, cell.tasks - (cell.with_lead, cell.with_time)[at - 1]) for topic, cell in cells
        ]
    else:
        totals = [(plan, briefing.totals[plan.plan_id]) for plan in briefing.read()]
        found = [(plan.plan_id, briefing.short(plan), total[0] - total[at]) for plan, total in totals]
    return sorted((one for one in found if one[2]), key=lambda one: -one[2])


def findings(briefing: Briefing) -> list[tuple[str, str]]:
    """Three, each as its figure and the sentence that goes on from it."""
    tasks, leaderless, undated = sums(briefing)
    ids = tuple(plan.plan_id for plan in briefing.read())
    general = handed.places(ids, True) if leaderless and len(ids) == 1 else ""
    return [
        _gap_finding(briefing),
        (
            f"{labels.num(leaderless)}/{labels.num(tasks)}",
            " ".join(filter(None, [_lack(briefing, "lead", leaderless), general])),
        ),
        (f"{labels.num(undated)}/{labels.num(tasks)}", _lack(briefing, "time", undated)),
    ]


def _lack(briefing: Briefing, lacks: Lacks, n: int) -> str:
    if not n:
        return labels.t(f"chair.{lacks}_none")
    return labels.t(f"chair.{lacks}_found") + _most_in([(name, m) for _, name, m in without(briefing, lacks)])


def _most_in(found: Sequence[tuple[str, int]]) -> str:
    """Where most of them are, as the end of a sentence; only its full stop where too many share the first place."""
    high = max((n for _, n in found), default=0)
    names = [name for name, n in found if n == high]
    return labels.t("chair.most_in", where=labels.names(names), m=high) if 0 < len(names) <= _MOST_TIED else "."


def _gap_finding(briefing: Briefing) -> tuple[str, str]:
    cells = [
        (plan, topic, briefing.cells[plan.plan_id, topic.key])
        for plan in briefing.read()
        for topic in briefing.subdimensions
    ]
    of, own = sum(cell.measured for *_, cell in cells), sum(cell.state == "own" and cell.measured for *_, cell in cells)
    empty = [(plan, topic) for plan, topic, cell in cells if is_gap(cell)]
    figure = f"{labels.num(len(empty))}/{labels.num(of)}"
    if not empty:
        return figure, labels.t("chair.gaps_none", own=own, of=of)
    if len(briefing.read()) == 1:
        return figure, labels.t("chair.gaps_one", subs=keys([topic.key for _, topic in empty], _MOST_KEYS), own=own)
    counted = [(briefing.short(plan), sum(one is plan for one, _ in empty)) for plan in briefing.read()]
    return figure, labels.t("chair.gaps_many", most=_most_in(counted), own=own)


def decisions(briefing: Briefing) -> list[str]:
    """What the figures leave to be decided, a sentence each; whoever reads decides, and nothing is proposed."""
    _, leaderless, undated = sums(briefing)
    old = sum(one.standing == "open" for one in briefing.brief.leading())
    counted = {"gaps": len(true_gaps(briefing)), "lead": leaderless, "time": undated, "open": old}
    return [labels.t(f"chair.decide_{what}", n=n) for what, n in counted.items() if n]


# The slides.


def draw(made: Any, briefing: Briefing) -> None:
    """Puts them into a presentation, in the language that is spoken."""
    _front(made, briefing)
    if not briefing.read():
        _unread(made, briefing)
    else:
        _findings(made, briefing)
        for part, show in _SHOWN:
            if part in briefing.parts:
                show(made, briefing)
        _decisions(made, briefing)
    _sources(made, briefing)


def sources(briefing: Briefing) -> list[str]:
    """The lines that stand in the notes of every slide."""
    return [*briefing.sources, *briefing.about]


def _front(made: Any, briefing: Briefing) -> None:
    worn = office.worn()
    names = labels.names([briefing.plan_name(plan_id) for plan_id in briefing.plan_ids])
    place = ", ".join(filter(None, (worn.place, labels.day(briefing.day))))
    one = deck.front(
        made,
        briefing.title,
        [
            *([worn.above.upper()] if worn.is_under and worn.above else []),
            worn.name.upper() or _blank("profile.name"),
            plain.cut(names, 160, labels.t("slides.in_notes")),
            place,
            labels.t("common.guard"),
        ],
        labels.t("slides.in_notes"),
    )
    deck.notes(one, [briefing.title, names, "", *sources(briefing)])


def _blank(label: str) -> str:
    return f"{labels.t(label)}: {BLANK}"


def _slide(made: Any, briefing: Briefing, title: str, note: str = "", said: Sequence[str] = ()) -> Any:
    one = deck.slide(made, title, labels.t("slides.in_notes"), note=note)
    deck.notes(one, [title, *said, "", *sources(briefing)])
    return one


def _said(made: Any, briefing: Briefing, title: str, body: str, note: str) -> None:
    """A slide of words, where there is nothing to show."""
    deck.text(_slide(made, briefing, title, note), [body], LEFT, TOP, ROOM, 2.0, size=20)


def _table(
    made: Any,
    briefing: Briefing,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    note: str = "",
    said: Sequence[str] = (),
    left: int = 0,
    rest: str = "chair.rest",
    most_lines: int = 2,
    **manner: Any,
) -> None:
    """A table on one slide: as many rows as it holds; how many more there are (`left` of them were not even handed in),
    and where (the label `rest`), is said at its foot. What a cell cuts stands whole in the notes.
    """
    fitted = [
        [deck.clipped(words, width - 0.24, BODY, most_lines) for words, width in zip(row, widths)] for row in rows
    ]
    high = max(_LEAST_ROW, *(deck.height_of(words, width, BODY, bold=True) for words, width in zip(headings, widths)))
    shown = next(iter(deck.pages(fitted, widths, BODY, BOTTOM - TOP - high, least=_LEAST_ROW)), [])
    more = left + len(rows) - len(shown)
    is_cut = any(map(list.__ne__, shown, (list(map(plain.text, row)) for row in rows)))
    told = (
        labels.t("chair.more", n=more, where=labels.t(rest)) if more else "",
        note,
        labels.t("chair.cut") if is_cut else "",
    )
    note = " ".join(filter(None, told))
    one = _slide(made, briefing, title, note, [*(" · ".join(filter(None, row)) for row in rows), *said])
    if "fills" in manner:
        manner["fills"] = manner["fills"][: len(shown)]
    deck.table(one, headings, shown, widths, size=BODY, least=_LEAST_ROW, **manner)


def _unread(made: Any, briefing: Briefing) -> None:
    one = _slide(made, briefing, labels.t("content.none_read"), labels.t("common.guard"), briefing.summary)
    words = [deck.fitted(line, ROOM - 0.3, 20, 2, labels.t("slides.in_notes")) for line in briefing.summary[:6]]
    deck.text(one, words, LEFT, TOP, ROOM, BOTTOM - TOP, size=20, after=8)


def _findings(made: Any, briefing: Briefing) -> None:
    tasks, *_ = sums(briefing)
    done = sum(briefing.brief.complete.values())
    title = labels.t("chair.complete", done=done, n=tasks) if tasks else labels.t("chair.no_tasks")
    found, where = findings(briefing), labels.t("slides.in_notes")
    said = [f"{figure} {sentence}" for figure, sentence in found]
    one = _slide(made, briefing, title, absence.how_right(), said)
    room, figures = (BOTTOM - TOP) / len(found), 2.6
    for at, (figure, sentence) in enumerate(found):
        top, width = TOP + at * room + 0.1, ROOM - figures
        size = next(
            (size for size in _FIGURES if len(deck.lines(figure, figures - 0.3, size, bold=True)) == 1), _FIGURES[-1]
        )
        deck.text(one, [figure], LEFT, top, figures, room - 0.2, size=size, bold=True)
        words = deck.fitted(sentence, width - 0.3, _FINDING_SIZE, 3, where)
        deck.text(one, [words], LEFT + figures, top + 0.12, width, room - 0.32, size=_FINDING_SIZE)


def _coverage(made: Any, briefing: Briefing) -> None:
    title = most_and_least(briefing)
    if len(briefing.plans) > 1:
        _matrix(made, briefing, title, briefing.dimensions, briefing.plans, "slides.dimension")
        return
    (plan,) = briefing.plans
    cells = [briefing.cells[plan.plan_id, topic.key] for topic in briefing.dimensions]
    said = [f"{topic.named}: {cell.says}" for topic, cell in zip(briefing.dimensions, cells)]
    one = _slide(made, briefing, title, labels.t("slides.one_task_once"), said)
    series = {
        labels.t("chair.led"): [cell.with_lead for cell in cells],
        labels.t("chair.bare"): [cell.tasks - cell.with_lead for cell in cells],
    }
    _bars(one, [topic.named for topic in briefing.dimensions], series, (VAGUE[8], VAGUE[3]), title)


def _bars(
    one: Any, names: Sequence[str], series: Mapping[str, Sequence[int]], colours: Sequence[str], title: str
) -> None:
    """A native chart, without a series that is empty."""
    filled = {name: (values, colour) for (name, values), colour in zip(series.items(), colours) if any(values)}
    if filled:
        shown = {name: values for name, (values, _) in filled.items()}
        deck.bars(one, names, shown, [colour for _, colour in filled.values()], alt=title, size=BODY)
    else:
        deck.text(one, [labels.t("office.no_task")], LEFT, TOP, ROOM, 2.0, size=20)


def most_and_least(briefing: Briefing) -> str:
    """What the coverage by dimension shows: dimensions without a task of their own, or with weak matches only, else which
    have most and fewest, else between how many each has.
    """
    cells = {
        topic: [briefing.cells[plan.plan_id, topic.key] for plan in briefing.read()] for topic in briefing.dimensions
    }
    counted = {topic: sum(cell.tasks for cell in row) for topic, row in cells.items()}
    total, eight = sum(counted.values()), {topic: n for topic, n in counted.items() if topic.dim}
    without = [topic for topic, n in eight.items() if not n]
    unsure = [one.key for one in without if any(cell.state == "weak" for cell in cells[one])]
    if not total and not unsure:
        return labels.t("slides.no_task")
    if without:
        bare = labels.names([one.key for one in without if one.key not in unsure])
        which = "open" if not unsure else "both" if bare else "weak"
        return labels.t(f"slides.left_{which}", n=total, dims=bare, weak=labels.names(unsure))
    if not eight:
        return labels.t("slides.by_dimension", n=total)
    high, low = max(eight.values()), min(eight.values())
    most, least = ([topic.key for topic, n in eight.items() if n == sought] for sought in (high, low))
    if high == low or max(len(most), len(least)) > _MOST_TIED:
        return labels.t("slides.between", n=total, m=high, l=low)
    return labels.t("slides.most_least", n=total, most=labels.names(most), m=high, least=labels.names(least), l=low)


def _matrix(
    made: Any,
    briefing: Briefing,
    title: str,
    topics: Sequence[Topic],
    plans: Sequence[Plan],
    head: str,
    left: Sequence[Plan] = (),
) -> None:
    """Topics down and plans across, as many as stand side by side; what the plans say that are `left` stands in the
    notes.
    """
    if len(plans) > _PLANS_ACROSS:
        _together(made, briefing, title, topics, head)
        return
    cells = [[briefing.cells[plan.plan_id, topic.key] for plan in plans] for topic in topics]
    said = [
        f"{topic.named}, {briefing.short(plan)}: {briefing.cells[plan.plan_id, topic.key].says}"
        for topic in topics
        for plan in (*plans, *left)
    ]
    more = labels.t("chair.more", n=len(left), where=labels.t("slides.in_notes")) if left else ""
    _table(
        made,
        briefing,
        title,
        [labels.t(head), *(plain.text(plan.narrow)[:24] for plan in plans)],
        [[topic.named, *map(mark, row)] for topic, row in zip(topics, cells)],
        [ROOM - _COLUMN * len(plans), *[_COLUMN] * len(plans)],
        note=f"{labels.t('chair.key')} {more}".strip(),
        said=said,
        most_lines=1,
        centred=True,
        fills=[[None, *(_fill(cell, topic) for cell in row)] for topic, row in zip(topics, cells)],
    )


def _together(made: Any, briefing: Briefing, title: str, topics: Sequence[Topic], head: str) -> None:
    """Topics down, and across how many of all plans have tasks there, lack them, and were measured there."""
    read = briefing.read()
    cells = [[briefing.cells[plan.plan_id, topic.key] for plan in read] for topic in topics]
    counts = [
        (
            sum(cell.tasks for cell in row),
            sum(cell.state == "own" for cell in row),
            sum(map(is_gap, row)),
            sum(cell.measured for cell in row),
        )
        for row in cells
    ]
    _table(
        made,
        briefing,
        title,
        [labels.t(head), *(labels.t(f"chair.column_{name}") for name in ("tasks", "having", "lacking", "measured"))],
        [[topic.named, *map(labels.num, row)] for topic, row in zip(topics, counts)],
        [ROOM - 4 * 1.7, *[1.7] * 4],
        note=labels.t("chair.many_key", n=len(read)),
        most_lines=1,
        centred=True,
    )


def _fill(cell: CellFigures, topic: Topic) -> str | None:
    """A tint of the dimension where the plan has tasks, a grey where nothing names it."""
    return deck.tint(DIM[topic.dim], 0.22) if cell.state == "own" else VAGUE[2] if is_gap(cell) else None


def _gaps(made: Any, briefing: Briefing) -> None:
    found = true_gaps(briefing)
    n = sum(len(gap.plan_ids) for gap in found)
    if not found:
        _said(made, briefing, labels.t("chair.gaps_title_none"), labels.t("chair.gaps_none_body"), absence.how_right())
        return
    is_one = len(briefing.read()) == 1
    title = labels.t("chair.gaps_title_one" if is_one else "chair.gaps_title_many", n=n, m=len(found))
    beside = briefing.brief.against[: max(_PLANS_ACROSS - len(briefing.plans), 0)]
    left = briefing.brief.against[len(beside) :]
    topics, plans = [gap.topic for gap in found], (*briefing.plans, *beside)
    _matrix(made, briefing, title, topics, plans, "coverage.sub_heading", left)


def _lacking(made: Any, briefing: Briefing, lacks: Lacks, shown: Mapping[str, tuple[Quote, ...]]) -> None:
    """The tasks that name no lead, or no time: of one plan the first of them, of several how many each has and the
    first.
    """
    tasks, leaderless, undated = sums(briefing)
    n = {"lead": leaderless, "time": undated}[lacks]
    ids = tuple(plan.plan_id for plan in briefing.read())
    of_leads = lacks == "lead"
    note = " ".join(filter(None, [handed.places(ids, True), *layers.said(ids)])) if of_leads else ""
    said = [*filter(None, [handed.said(ids, True), *layers.said(ids)])] if of_leads else []
    if not n:
        title = labels.t(f"chair.{lacks}_title_none", n=tasks) if tasks else labels.t(f"chair.{lacks}_no_tasks")
        _said(made, briefing, title, labels.t(f"chair.{lacks}_body_none"), note)
        return
    title = labels.t(f"chair.{lacks}_title", m=n, n=tasks)
    if len(briefing.read()) == 1:
        quotes = [quote for found in shown.values() for quote in found]
        _table(
            made,
            briefing,
            title,
            [labels.t("report.column.task"), labels.t("report.column.place")],
            [[quote.text, quote.cited] for quote in quotes],
            (9.6, ROOM - 9.6),
            note=note,
            said=said,
            left=n - len(quotes),
            rest="office.in_task_sheet",
        )
        return
    rows = [
        [name, labels.num(m), f"{quote.text} ({quote.cited})"]
        for plan_id, name, m in without(briefing, lacks)
        for quote in islice(shown.get(plan_id, ()), 1)
    ]
    _table(
        made,
        briefing,
        title,
        [labels.t("common.plan_heading"), labels.t("chair.column_lacking_tasks"), labels.t("chair.column_first")],
        rows,
        (2.9, 1.5, ROOM - 4.4),
        note=note,
        said=said,
        rest="office.in_task_sheet",
    )


def _leaderless(made: Any, briefing: Briefing) -> None:
    _lacking(made, briefing, "lead", briefing.brief.leaderless)


def _undated(made: Any, briefing: Briefing) -> None:
    _lacking(made, briefing, "time", briefing.brief.undated)


def busiest(briefing: Briefing) -> str:
    """The finding on who carries most, by today's names, as the page words it."""
    tasks, leaderless, _ = sums(briefing)
    leading = briefing.brief.leading()
    named = [(one.name, one.roles["lead"], one.standing == "open") for one in leading if one.standing != "group"]
    return words_offices.busiest("lead", named, len(leading), tasks - leaderless, tasks)


def _offices(made: Any, briefing: Briefing) -> None:
    leading = briefing.brief.leading()
    title = busiest(briefing) if leading else labels.t("chair.nobody_leads")
    shown = leading[:_MOST_OFFICES]
    note = labels.t("chair.offices_rule")
    if left := len(leading) - len(shown):
        note = f"{labels.t('chair.more', n=left, where=labels.t('chair.rest'))} {note}"
    if not shown:
        _said(made, briefing, title, labels.t("chair.nobody_leads_body"), note)
        return
    one = _slide(made, briefing, title, note)
    names = [plain.short(_office(office), _LONGEST_NAME) for office in shown]
    series = {labels.t(f"who.role.{role}"): [office.roles.get(role, 0) for office in shown] for role in ROLES}
    _bars(one, names, series, (VAGUE[9], VAGUE[5], VAGUE[2]), title)


def _office(one: brief.Office) -> str:
    """An office with what has to be said of it: a group, or an old name."""
    said = brief.standing_of(one)
    return f"{words_offices.office(one.name)} ({said})" if said else words_offices.office(one.name)


def _borrowed(made: Any, briefing: Briefing) -> None:
    found = briefing.brief.borrowed
    if not found:
        title, body = labels.t("chair.borrowed_title_none"), labels.t("chair.borrowed_none_body")
        _said(made, briefing, title, body, labels.t("slides.as_written"))
        return
    several = len(briefing.plans) > 1
    shorts = {plan.plan_id: briefing.short(plan) for plan in briefing.plans}
    rows = [
        [
            labels.t("chair.for_plan", topic=one.topic.named, plan=shorts[one.plan_id]) if several else one.topic.named,
            f"“{one.quote.text}”",
            f"{one.quote.plan}, {one.quote.cited}",
        ]
        for one in found
    ]
    _table(
        made,
        briefing,
        labels.t("chair.borrowed_title", n=len(found), m=len({one.quote.plan for one in found})),
        [labels.t("report.column.topic"), labels.t("chair.column_sentence"), labels.t("chair.column_source")],
        rows,
        (3.0, 6.2, ROOM - 9.2),
        note=labels.t("slides.as_written"),
        most_lines=3,
    )


def _decisions(made: Any, briefing: Briefing) -> None:
    asked = decisions(briefing)
    title = labels.t("chair.decisions_title", n=len(asked)) if asked else labels.t("chair.decisions_title_none")
    rows = [[words, BLANK, BLANK, BLANK] for words in (*asked, _blank("chair.decide_other"))]
    headings = [labels.t(f"chair.column_{name}") for name in ("asked", "opinion", "given_to", "by_when")]
    _table(made, briefing, title, headings, rows, (5.533, 2.6, 2.4, 1.6), note=labels.t("chair.decisions_rule"))


def _sources(made: Any, briefing: Briefing) -> None:
    title = labels.t("chair.sources_title", n=len(briefing.read()) + len(briefing.brief.against))
    where = labels.t("slides.in_notes")
    words = [deck.clipped(line, ROOM - 0.3, BODY, 2) for line in (*cited(briefing), *briefing.about)]
    page = next(iter(deck.pages([[line] for line in words], [ROOM], BODY, BOTTOM - TOP - 0.7)), [])
    shown = [line for (line,) in page]
    if left := len(words) - len(shown):
        shown = [*shown[:-1], labels.t("chair.more", n=left + 1, where=where)]
    one = _slide(made, briefing, title, labels.t("chair.cut"), cited(briefing))
    deck.text(one, shown, LEFT, TOP, ROOM, BOTTOM - TOP, size=BODY, after=4)


def cited(briefing: Briefing) -> list[str]:
    """The plans as a paper cites them; what a plan is only a source for, or why it has no figures, is said."""
    own = [
        decree.cited(plan) if plan.is_read else f"{decree.cited(plan)} ({labels.t('chair.unread')})"
        for plan in briefing.plans
    ]
    others = [f"{decree.cited(plan)} ({labels.t('chair.only_source')})" for plan in briefing.brief.against]
    return [*own, *others]


_SHOWN = (
    ("coverage", _coverage),
    ("gaps", _gaps),
    ("agencies", _leaderless),
    ("timing", _undated),
    ("agencies", _offices),
    ("gaps", _borrowed),
)
