"""The briefing as a draft report, laid out by Nghị định 30/2020/NĐ-CP.

In: a `Briefing`. Out: a Word document that an office can go on writing: who issues it, its number, place, day and
signature are left blank, sections number themselves, every claim names its plan, section and line, and the sources
stand at the end. The English form keeps the layout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from ui.draw.palette import VAGUE
from ui.export import plain, word
from ui.export.briefing.content import (
    Briefing,
    CellFigures,
    FoundRule,
    Gap,
    agency_table,
    mark,
    own_words,
    timing_sums,
    timing_table,
    untimed,
)
from ui.words import labels

_ROOM = 160.0
"""Millimetres between the margins."""
_LEFT, _RIGHT = 63.0, 97.0
_FIRST_LINE = 10.0
_PLANS_ACROSS = 10
MOST_GAPS = 40
"""So many gaps of one plan are written out."""
MOST_FINDINGS = 8
"""So many findings of one plan and kind are written out."""
MOST_AGENCIES = 30
MOST_TASKS = 100
_LONGEST = 600
_LONGEST_TITLE = 300


def make(briefing: Briefing) -> bytes:
    """The report in the briefing's language."""
    with labels.speaking(briefing.lang):
        document = word.new(briefing.title)
        _letterhead(document)
        _title(document, briefing)
        _opening(document, briefing)
        for part in briefing.parts:
            _SECTIONS[part](document, briefing)
        _sources(document, briefing)
        _signature(document)
        return word.save(document)


# The frame of the report.


def _letterhead(document: Any) -> None:
    table = word.grid(document, (_LEFT, _RIGHT), rows=2)
    left, right = table.rows[0].cells
    _only(left, word.Run(labels.t("office.above"), size=12))
    word.paragraph(left, word.Run(labels.t("office.issuer"), bold=True, size=12), align="center", after=0)
    word.rule(left, 20, _LEFT - 4)
    _only(right, word.Run(labels.t("office.state"), bold=True, size=12))
    word.paragraph(right, word.Run(labels.t("office.motto"), bold=True, size=13), align="center", after=0)
    word.rule(right, _MOTTO[labels.lang()], _RIGHT - 4)
    left, right = table.rows[1].cells
    _only(left, word.Run(labels.t("office.number"), size=13))
    word.paragraph(left, word.Run(labels.t("office.draft"), bold=True, size=13), align="center", before=4, after=0)
    _only(right, word.Run(labels.t("office.place_day"), italic=True, size=13))


_MOTTO = {"vi": 51.0, "en": 63.0}
"""How long the motto is in its letters, in mm: the line under it is as long."""


def _only(cell: Any, run: word.Run) -> None:
    """The first paragraph of a cell, which is there already."""
    first = cell.paragraphs[0]._p
    word.paragraph(cell, run, align="center", after=0)
    first.getparent().remove(first)


def _title(document: Any, briefing: Briefing) -> None:
    word.paragraph(
        document,
        word.Run(labels.t("office.report"), bold=True, size=14),
        align="center",
        before=18,
        after=0,
        next_too=True,
    )
    word.paragraph(
        document,
        word.Run(plain.cut(briefing.title, _LONGEST_TITLE, labels.t("office.at_the_end")), bold=True, size=14),
        align="center",
        after=0,
        next_too=True,
    )
    word.rule(document, 45, _ROOM, before=3)


def _opening(document: Any, briefing: Briefing) -> None:
    read = len(briefing.read())
    if read:
        _say(document, labels.t("office.opening", n=read))
    if read < len(briefing.plans):
        _say(document, labels.t("office.opening_unread", n=len(briefing.plans) - read))
    word.heading(document, labels.t("office.section.summary"))
    for sentence in briefing.summary:
        _say(document, f"- {sentence}")


def _sources(document: Any, briefing: Briefing) -> None:
    word.heading(document, labels.t("office.section.sources"))
    for source in briefing.sources:
        _say(document, f"- {source}.")
    _say(document, labels.t("office.lines_rule"))
    for line in briefing.about:
        _say(document, line)


def _signature(document: Any) -> None:
    document.add_paragraph()
    table = word.grid(document, (80.0, 80.0), rows=1)
    left, right = table.rows[0].cells
    first = left.paragraphs[0]._p
    word.paragraph(
        left,
        word.Run(labels.t("office.recipients"), bold=True, italic=True, size=12),
        align="left",
        after=0,
        next_too=True,
    )
    for line in ("office.recipient", "office.archive"):
        word.paragraph(left, word.Run(labels.t(line), size=11), align="left", after=0)
    first.getparent().remove(first)
    _only(right, word.Run(labels.t("office.signer"), bold=True, size=13))
    word.paragraph(right, word.Run(labels.t("office.sign_here"), italic=True, size=13), align="center", after=48)
    word.paragraph(right, word.Run(labels.t("office.full_name"), bold=True, size=13), align="center", after=0)


def _say(document: Any, *words: word.Words, next_too: bool = False) -> None:
    word.paragraph(document, *words, indent=_FIRST_LINE, next_too=next_too)


def _more(document: Any, left: int, where: str) -> None:
    """What a list does not show, and where it stands; nothing where it shows all."""
    if left > 0:
        _say(document, word.Run(labels.t("office.more", n=left, where=labels.t(where)), italic=True))


# Coverage.


def _fill(cell: CellFigures, most: int) -> str | None:
    """A tint in four steps by the number of tasks; none where there is no task that is sure."""
    return VAGUE[1 + min(3, 4 * (cell.tasks - 1) // max(most, 1))].lstrip("#") if cell.state == "own" else None


def _coverage(document: Any, briefing: Briefing) -> None:
    word.heading(document, labels.t("office.section.coverage"))
    word.heading(document, labels.t("office.by_dimension"), 2)
    _say(document, labels.t("office.matrix_key"), next_too=True)
    topics = briefing.dimensions
    narrow, across = 12.0, 14.0
    most = max((cell.tasks for (_, key), cell in briefing.cells.items() if "." not in key), default=0)
    cells = [[briefing.cells[plan["plan_id"], topic.key] for topic in topics] for plan in briefing.plans]
    widths = [across if topic.key == "0" else narrow for topic in topics]
    word.table(
        document,
        [
            labels.t("common.plan_heading"),
            *(labels.t("office.across") if topic.key == "0" else topic.key for topic in topics),
        ],
        [_ROOM - sum(widths), *widths],
        [[briefing.short(plan), *map(mark, row)] for plan, row in zip(briefing.plans, cells)],
        align=["left", *["center"] * len(topics)],
        fills=[[None, *(_fill(cell, most) for cell in row)] for row in cells],
    )
    _say(
        document,
        labels.t(
            "office.names_of_dimensions",
            names="; ".join(f"{topic.key} – {topic.name}" if topic.key != "0" else topic.name for topic in topics),
        ),
    )
    if briefing.subdimensions:
        word.heading(document, labels.t("office.by_subdimension"), 2)
        for first in range(0, len(briefing.plans), _PLANS_ACROSS):
            _subdimensions(document, briefing, briefing.plans[first : first + _PLANS_ACROSS])


def _subdimensions(document: Any, briefing: Briefing, plans: Sequence[Mapping[str, Any]]) -> None:
    """Sub-dimensions down, as many plans across as a page holds."""
    wide = min(20.0, 96.0 / len(plans))
    most = max((cell.tasks for (_, key), cell in briefing.cells.items() if "." in key), default=0)
    cells = [[briefing.cells[plan["plan_id"], topic.key] for plan in plans] for topic in briefing.subdimensions]
    word.table(
        document,
        [labels.t("coverage.sub_heading"), *(plain.text(plan["narrow"]) for plan in plans)],
        [_ROOM - wide * len(plans), *[wide] * len(plans)],
        [[f"{topic.key} {topic.name}", *map(mark, row)] for topic, row in zip(briefing.subdimensions, cells)],
        size=10 if wide > 15 else 8,
        align=["left", *["center"] * len(plans)],
        fills=[[None, *(_fill(cell, most) for cell in row)] for row in cells],
    )


# Gaps.


def _gaps(document: Any, briefing: Briefing) -> None:
    word.heading(document, labels.t("office.section.gaps"))
    if not briefing.gaps:
        _say(document, labels.t("office.no_gap"))
    for plan in briefing.plans:
        found = [gap for gap in briefing.gaps if gap.plan_id == plan["plan_id"]]
        if found:
            word.heading(document, f"{briefing.plan_name(plan['plan_id'])}: {labels.t('office.gaps', n=len(found))}", 2)
        for gap in found[:MOST_GAPS]:
            _gap(document, gap)
        _more(document, len(found) - MOST_GAPS, "office.in_gap_sheet")


def _gap(document: Any, gap: Gap) -> None:
    topic = f"{gap.topic.key} {gap.topic.name}"
    _say(
        document,
        "- ",
        word.Run(topic, bold=True),
        f": {labels.t('office.lacks', what=gap.lacks)} {labels.t('office.others' if gap.others else 'office.others_nobody', n=gap.others)}{own_words(gap)}",
        next_too=bool(gap.elsewhere),
    )
    for quote in gap.elsewhere:
        _say(
            document,
            word.Run(f"“{plain.cut(quote.text, _LONGEST, quote.place)}”", italic=True),
            f" ({quote.plan}, {quote.place})",
        )


# Who and when.


def _agencies(document: Any, briefing: Briefing) -> None:
    word.heading(document, labels.t("office.section.agencies"))
    _say(document, labels.t("office.agencies_rule", n=briefing.leaderless), next_too=bool(briefing.agencies))
    shown, rest = briefing.agencies[:MOST_AGENCIES], briefing.agencies[MOST_AGENCIES:]
    if shown:
        headings, rows = agency_table(shown)
        word.table(document, headings, (94.0, 22.0, 22.0, 22.0), rows, align=("left", "center", "center", "center"))
    _more(document, len(rest), "office.in_agency_sheet")


def _timing(document: Any, briefing: Briefing) -> None:
    word.heading(document, labels.t("office.section.timing"))
    sums = timing_sums(briefing)
    if not sums:
        _say(document, labels.t("office.no_task"))
        return
    _say(document, labels.t("office.timing_rule", n=sums.total(), **untimed(sums)), next_too=True)
    narrow = min(20.0, 119.0 / len(sums))
    headings, rows = timing_table(briefing, sums)
    word.table(
        document,
        headings,
        [_ROOM - narrow * len(sums), *[narrow] * len(sums)],
        rows,
        size=10 if len(sums) < 6 else 8.5,
        align=["left", *["center"] * len(sums)],
    )


# Findings and tasks.


def _findings(document: Any, briefing: Briefing) -> None:
    word.heading(document, labels.t("office.section.findings"))
    _say(document, labels.t("office.findings_rule" if briefing.findings else "office.no_finding"))
    for plan_id, of_plan in groupby(briefing.findings, lambda one: one.plan_id):
        word.heading(document, briefing.plan_name(plan_id), 2)
        for _, kind in groupby(of_plan, lambda one: one.code):
            _kind(document, list(kind))
    _more(document, briefing.finding_count - len(briefing.findings), "office.on_finding_page")


def _kind(document: Any, found: Sequence[FoundRule]) -> None:
    one = found[0]
    word.heading(document, f"{one.kind} ({labels.num(len(found))}; {labels.t('office.right', right=one.right)})", 3)
    for finding in found[:MOST_FINDINGS]:
        quote = f" “{plain.cut(finding.quote, _LONGEST, finding.place)}”" if finding.quote else ""
        _say(document, f"- {finding.sentence.removesuffix('.')} ({finding.place}).", word.Run(quote, italic=True))
    _more(document, len(found) - MOST_FINDINGS, "office.in_finding_sheet")


def _tasks(document: Any, briefing: Briefing) -> None:
    word.heading(document, labels.t("office.section.tasks"))
    _say(document, labels.t("common.tasks", n=briefing.task_count) + ".", next_too=bool(briefing.tasks))
    shown = briefing.tasks[:MOST_TASKS]
    if shown:
        word.table(
            document,
            [
                labels.t("office.number_heading"),
                labels.t("tasks.column_text"),
                labels.t("tasks.column_lead"),
                labels.t("tasks.column_timing"),
                labels.t("office.place"),
            ],
            (11.0, 75.0, 28.0, 23.0, 23.0),
            [_task(at, task) for at, task in enumerate(shown, 1)],
            size=10,
            align=("center",),
        )
    _more(document, briefing.task_count - len(shown), "office.in_task_sheet")


def _task(at: int, task: Mapping[str, Any]) -> list[word.Cell]:
    lead = str(task["lead"]) or labels.t("office.nobody")
    return [
        labels.num(at),
        plain.cut(task["text"], _LONGEST, task["place"]),
        lead,
        str(task["timing_raw"] or task["timing"]),
        [str(task["plan"]), str(task["place"])],
    ]


_SECTIONS: dict[str, Callable[[Any, Briefing], None]] = {
    "coverage": _coverage,
    "gaps": _gaps,
    "agencies": _agencies,
    "timing": _timing,
    "findings": _findings,
    "tasks": _tasks,
}
