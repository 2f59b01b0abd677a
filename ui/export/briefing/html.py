"""The briefing as one printable page: no script, no outside reference, A4 from any browser.

In: a `Briefing`. Out: an HTML file in UTF-8; every word of a document is escaped, bars are drawn with plain boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Any

from ui.draw.palette import DIM, INK, PANEL, RULE, SOFT
from ui.export import plain
from ui.export.briefing.content import ROLES, TIMINGS, Briefing, mark, number, own_words, unread, untimed
from ui.export.deck import tint
from ui.words import labels

MOST_GAPS, MOST_FINDINGS, MOST_AGENCIES, MOST_TASKS = 80, 12, 40, 400
_STYLE = f"""
@page{{size:A4;margin:18mm 16mm}}
body{{font:11pt/1.45 "Times New Roman",serif;color:{INK};max-width:178mm;margin:8mm auto;padding:0 4mm;background:#fff}}
h1{{font-size:19pt;line-height:1.25;margin:0 0 4mm}}h2{{font-size:14pt;margin:8mm 0 2mm;break-after:avoid}}h3{{font-size:11.5pt;margin:5mm 0 1mm;break-after:avoid}}
h1,h2,h3,p{{overflow-wrap:anywhere}}p{{margin:0 0 2mm}}.note{{color:{SOFT};font-size:9.5pt}}
table{{border-collapse:collapse;width:100%;font-size:9.5pt;margin:2mm 0}}th,td{{border:.3mm solid {RULE};padding:.8mm 1.5mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}}
thead{{display:table-header-group}}th{{background:{PANEL}}}tr{{break-inside:avoid}}.n{{text-align:center}}
.bar{{display:flex;height:5mm;margin:0 0 1mm}}.bar i{{display:block;color:#fff;font:bold 8pt/5mm Arial,sans-serif;text-align:center;overflow:hidden}}
blockquote{{margin:0 0 2mm 6mm;break-inside:avoid}}
@media print{{body{{margin:0;padding:0;max-width:none}}*{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}}}
"""


def sorry(words: str) -> bytes:
    """A page that only says this."""
    return f"<!doctype html><meta charset='utf-8'><title>PAPI</title><p>{_safe(words)}</p>".encode()


def make(briefing: Briefing) -> bytes:
    """The page in the briefing's language."""
    with labels.speaking(briefing.lang):
        body = [
            f"<h1>{_safe(briefing.title)}</h1><p class='note'>{labels.day(briefing.day)} · {_safe(labels.t('common.guard'))}</p>",
            _heading("summary"),
            *(f"<p>{_safe(sentence)}</p>" for sentence in briefing.summary),
            *(_PARTS[part](briefing) for part in briefing.parts),
            _heading("sources"),
            *(f"<p class='note'>{_safe(line)}</p>" for line in (*briefing.sources, *briefing.about)),
        ]
        return (
            f"<!doctype html><html lang='{briefing.lang}'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
            f"<title>{_safe(briefing.title)}</title><style>{_STYLE}</style></head><body>{''.join(body)}</body></html>"
        ).encode()


def _safe(words: object) -> str:
    return escape(plain.text(words))


def _heading(section: str) -> str:
    return f"<h2>{_safe(labels.t(f'office.section.{section}'))}</h2>"


def _table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    fills: Sequence[Sequence[str | None]] = (),
    *,
    numbers_from: int = 99,
) -> str:
    def cell(at: int, words: str, fill: str | None) -> str:
        return f"<td{' class=n' if at >= numbers_from else ''}{f' style=background:{fill}' if fill else ''}>{_safe(words)}</td>"

    head = "".join(
        f"<th scope='col'{' class=n' if at >= numbers_from else ''}>{_safe(name)}</th>"
        for at, name in enumerate(headings)
    )
    body = "".join(
        f"<tr>{''.join(cell(at, words, fills[row][at] if fills else None) for at, words in enumerate(cells))}</tr>"
        for row, cells in enumerate(rows)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _more(left: int, where: str) -> str:
    return f"<p class='note'>{_safe(labels.t('office.more', n=left, where=labels.t(where)))}</p>" if left > 0 else ""


def _coverage(briefing: Briefing) -> str:
    most = (
        max(
            (
                sum(briefing.cells[plan["plan_id"], topic.key].tasks for topic in briefing.dimensions)
                for plan in briefing.plans
            ),
            default=0,
        )
        or 1
    )
    bars = []
    for plan in briefing.plans:
        parts = [(topic.dim, briefing.cells[plan["plan_id"], topic.key].tasks) for topic in briefing.dimensions]
        boxes = "".join(
            f"<i style='width:{100 * n / most:.2f}%;background:{DIM[dim]}' title='{dim}: {n}'>{dim if n > most / 50 else ''}</i>"
            for dim, n in parts
            if n
        )
        counted = unread(plan) or labels.t("common.tasks", n=sum(n for _, n in parts))
        bars.append(
            f"<p>{_safe(briefing.short(plan))}: {_safe(counted)}</p><div class='bar' aria-hidden='true'>{boxes}</div>"
        )
    said = [
        _heading("coverage"),
        *bars,
        f"<p class='note'>{_safe(labels.t('office.bar_key'))}</p><p class='note'>{_safe(labels.t('office.matrix_key'))}</p>",
    ]
    for what, topics in (
        ("office.by_dimension", briefing.dimensions),
        ("office.by_subdimension", briefing.subdimensions),
    ):
        cells = [[briefing.cells[plan["plan_id"], topic.key] for plan in briefing.plans] for topic in topics]
        said.append(
            f"<h3>{_safe(labels.t(what))}</h3>"
            + _table(
                [
                    labels.t("slides.dimension" if topics is briefing.dimensions else "coverage.sub_heading"),
                    *(plan["narrow"] for plan in briefing.plans),
                ],
                [
                    [topic.name if topic.key == "0" else f"{topic.key} {topic.name}", *map(mark, row)]
                    for topic, row in zip(topics, cells)
                ],
                [
                    [None, *(tint(DIM[topic.dim], 0.22) if cell.state == "own" else None for cell in row)]
                    for topic, row in zip(topics, cells)
                ],
                numbers_from=1,
            )
        )
    return "".join(said)


def _gaps(briefing: Briefing) -> str:
    said = [_heading("gaps"), "" if briefing.gaps else f"<p>{_safe(labels.t('office.no_gap'))}</p>"]
    for gap in briefing.gaps[:MOST_GAPS]:
        lacks = f"{labels.t('office.lacks', what=gap.lacks)} {labels.t('office.others' if gap.others else 'office.others_nobody', n=gap.others)}{own_words(gap)}"
        said.append(
            f"<p><b>{_safe(briefing.plan_name(gap.plan_id))}, {_safe(f'{gap.topic.key} {gap.topic.name}')}</b>: {_safe(lacks)}</p>"
        )
        said += (
            f"<blockquote>“{_safe(quote.text)}” <span class='note'>({_safe(quote.plan)}, {_safe(quote.place)})</span></blockquote>"
            for quote in gap.elsewhere
        )
    return "".join(said) + _more(len(briefing.gaps) - MOST_GAPS, "office.in_gap_sheet")


def _agencies(briefing: Briefing) -> str:
    rows = [
        [
            f"{one.name} ({labels.t('who.group_short')})" if one.is_group else one.name,
            *(labels.num(one.roles[role]) for role in ROLES),
        ]
        for one in briefing.agencies[:MOST_AGENCIES]
    ]
    return (
        _heading("agencies")
        + f"<p>{_safe(labels.t('office.agencies_rule', n=briefing.leaderless))}</p>"
        + _table([labels.t("who.agency"), *(labels.t(f"who.role.{role}") for role in ROLES)], rows, numbers_from=1)
        + _more(len(briefing.agencies) - MOST_AGENCIES, "office.in_agency_sheet")
    )


def _timing(briefing: Briefing) -> str:
    sums = Counter[str]()
    for (_, timing), n in briefing.timings.items():
        sums[timing] += n
    used = [timing for timing in TIMINGS if sums[timing]]
    if not used:
        return _heading("timing") + f"<p>{_safe(labels.t('office.no_task'))}</p>"
    return (
        _heading("timing")
        + f"<p>{_safe(labels.t('office.timing_rule', n=sum(sums.values()), **untimed(sums)))}</p>"
        + _table(
            [labels.t("common.plan_heading"), *(labels.t(f"common.timing.{timing}") for timing in used)],
            [
                [
                    briefing.short(plan),
                    *(number(plan, briefing.timings.get((plan["plan_id"], timing), 0)) for timing in used),
                ]
                for plan in briefing.plans
            ],
            numbers_from=1,
        )
    )


def _findings(briefing: Briefing) -> str:
    said = [
        _heading("findings"),
        f"<p>{_safe(labels.t('office.findings_rule' if briefing.findings else 'office.no_finding'))}</p>",
    ]
    for (plan_id, _), kind in groupby(briefing.findings, lambda one: (one.plan_id, one.code)):
        found = list(kind)
        said.append(
            f"<h3>{_safe(briefing.plan_name(plan_id))}: {_safe(found[0].kind)} ({labels.num(len(found))}; {_safe(labels.t('office.right', right=found[0].right))})</h3>"
        )
        said += (
            f"<p>{_safe(one.sentence.removesuffix('.'))} ({_safe(one.place)}).</p>" for one in found[:MOST_FINDINGS]
        )
        said.append(_more(len(found) - MOST_FINDINGS, "office.in_finding_sheet"))
    return "".join(said)


def _tasks(briefing: Briefing) -> str:
    columns = briefing.task_columns
    rows = [[plain.text(task.get(name)) for name in columns] for task in briefing.tasks[:MOST_TASKS]]
    return (
        _heading("tasks")
        + _table(list(columns.values()), rows)
        + _more(briefing.task_count - len(rows), "office.in_task_sheet")
    )


_PARTS: dict[str, Any] = {
    "coverage": _coverage,
    "gaps": _gaps,
    "agencies": _agencies,
    "timing": _timing,
    "findings": _findings,
    "tasks": _tasks,
}
