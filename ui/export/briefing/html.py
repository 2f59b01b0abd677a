"""The briefing as one printable page: no script, no outside reference, A4 from any browser.

In: a `Briefing`. Out: an HTML file in UTF-8; every word of a document is escaped, bars are drawn with plain boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ui.draw.palette import DIM, INK, PANEL, RULE, SOFT
from ui.export import plain, table
from ui.export.briefing.content import (
    Briefing,
    agency_table,
    mark,
    own_words,
    timing_sums,
    timing_table,
    unread,
    untimed,
)
from ui.export.deck import tint
from ui.words import labels
from ui.words.markup import filled, joined

MOST_GAPS, MOST_FINDINGS, MOST_AGENCIES, MOST_TASKS = 80, 12, 40, 400
_STYLE = Markup(f"""
@page{{size:A4;margin:18mm 16mm}}
body{{font:11pt/1.45 "Times New Roman",serif;color:{INK};max-width:178mm;margin:8mm auto;padding:0 4mm;background:#fff}}
h1{{font-size:19pt;line-height:1.25;margin:0 0 4mm}}h2{{font-size:14pt;margin:8mm 0 2mm;break-after:avoid}}h3{{font-size:11.5pt;margin:5mm 0 1mm;break-after:avoid}}
h1,h2,h3,p{{overflow-wrap:anywhere}}p{{margin:0 0 2mm}}.note{{color:{SOFT};font-size:9.5pt}}
table{{border-collapse:collapse;width:100%;font-size:9.5pt;margin:2mm 0}}th,td{{border:.3mm solid {RULE};padding:.8mm 1.5mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}}
thead{{display:table-header-group}}th{{background:{PANEL}}}tr{{break-inside:avoid}}.n{{text-align:center}}
.bar{{display:flex;height:5mm;margin:0 0 1mm}}.bar i{{display:block;color:#fff;font:bold 8pt/5mm Arial,sans-serif;text-align:center;overflow:hidden}}
blockquote{{margin:0 0 2mm 6mm;break-inside:avoid}}
@media print{{body{{margin:0;padding:0;max-width:none}}*{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}}}
""")


def sorry(words: str) -> bytes:
    """A page that only says this."""
    return _said("<!doctype html><meta charset='utf-8'><title>PAPI</title><p>{}</p>", words).encode()


def make(briefing: Briefing) -> bytes:
    """The page in the briefing's language."""
    with labels.speaking(briefing.lang):
        body = [
            _said(
                "<h1>{}</h1><p class='note'>{} · {}</p>",
                briefing.title,
                labels.day(briefing.day),
                labels.t("common.guard"),
            ),
            _heading("summary"),
            *(_said("<p>{}</p>", sentence) for sentence in briefing.summary),
            *(_PARTS[part](briefing) for part in briefing.parts),
            _heading("sources"),
            *(_said("<p class='note'>{}</p>", line) for line in (*briefing.sources, *briefing.about)),
        ]
        return (
            filled(
                "<!doctype html><html lang='{}'><head><meta charset='utf-8'>"
                "<meta name='viewport' content='width=device-width'><title>{}</title><style>{}</style></head>"
                "<body>{}</body></html>",
                briefing.lang,
                plain.text(briefing.title),
                _STYLE,
                joined(body),
            )
        ).encode()


def _said(shape: str, *words: object) -> Markup:
    """Words of a document in markup: `_said("<p>{}</p>", gap.text)`."""
    return Markup(shape).format(*map(plain.text, words))


def _heading(section: str) -> Markup:
    return _said("<h2>{}</h2>", labels.t(f"office.section.{section}"))


def _table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    fills: Sequence[Sequence[str | None]] = (),
    *,
    numbers_from: int = 99,
) -> Markup:
    def cell(at: int, words: str, fill: str | None) -> Markup:
        return filled(
            "<td{}{}>{}</td>",
            " class=n" if at >= numbers_from else "",
            f" style=background:{fill}" if fill else "",
            plain.text(words),
        )

    head = joined(
        filled("<th scope='col'{}>{}</th>", " class=n" if at >= numbers_from else "", plain.text(name))
        for at, name in enumerate(headings)
    )
    body = joined(
        filled(
            "<tr>{}</tr>", joined(cell(at, words, fills[row][at] if fills else None) for at, words in enumerate(cells))
        )
        for row, cells in enumerate(rows)
    )
    return filled("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, body)


def _more(left: int, where: str) -> Markup:
    return (
        _said("<p class='note'>{}</p>", labels.t("office.more", n=left, where=labels.t(where)))
        if left > 0
        else Markup()
    )


def _coverage(briefing: Briefing) -> Markup:
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
        boxes = joined(
            Markup("<i style='width:{:.2f}%;background:{}' title='{}: {}'>{}</i>").format(
                100 * n / most, DIM[dim], dim, n, dim if n > most / 50 else ""
            )
            for dim, n in parts
            if n
        )
        counted = unread(plan) or labels.t("common.tasks", n=sum(n for _, n in parts))
        bars.append(
            filled(
                "<p>{}: {}</p><div class='bar' aria-hidden='true'>{}</div>",
                plain.text(briefing.short(plan)),
                plain.text(counted),
                boxes,
            )
        )
    said = [
        _heading("coverage"),
        *bars,
        _said(
            "<p class='note'>{}</p><p class='note'>{}</p>", labels.t("office.bar_key"), labels.t("office.matrix_key")
        ),
    ]
    for what, topics in (
        ("office.by_dimension", briefing.dimensions),
        ("office.by_subdimension", briefing.subdimensions),
    ):
        cells = [[briefing.cells[plan["plan_id"], topic.key] for plan in briefing.plans] for topic in topics]
        said.append(
            _said("<h3>{}</h3>", labels.t(what))
            + _table(
                [
                    labels.t("slides.dimension" if topics is briefing.dimensions else "coverage.sub_heading"),
                    *(plan["narrow"] for plan in briefing.plans),
                ],
                [[topic.named, *map(mark, row)] for topic, row in zip(topics, cells)],
                [
                    [None, *(tint(DIM[topic.dim], 0.22) if cell.state == "own" else None for cell in row)]
                    for topic, row in zip(topics, cells)
                ],
                numbers_from=1,
            )
        )
    return joined(said)


def _gaps(briefing: Briefing) -> Markup:
    said = [_heading("gaps"), Markup() if briefing.gaps else _said("<p>{}</p>", labels.t("office.no_gap"))]
    for gap in briefing.gaps[:MOST_GAPS]:
        others = labels.t("office.others" if gap.others else "office.others_nobody", n=gap.others, what=gap.sought)
        lacks = f"{labels.t('office.lacks', what=gap.lacks)} {others}{own_words(gap)}"
        said.append(
            _said(
                "<p><b>{}, {}</b>: {}</p>", briefing.plan_name(gap.plan_id), f"{gap.topic.key} {gap.topic.name}", lacks
            )
        )
        said += (
            _said(
                "<blockquote>“{}” <span class='note'>({}, {})</span></blockquote>", quote.text, quote.plan, quote.place
            )
            for quote in gap.elsewhere
        )
    return joined(said) + _more(len(briefing.gaps) - MOST_GAPS, "office.in_gap_sheet")


def _agencies(briefing: Briefing) -> Markup:
    return (
        _heading("agencies")
        + _said("<p>{}</p>", labels.t("office.agencies_rule", n=briefing.leaderless))
        + _table(*agency_table(briefing.agencies[:MOST_AGENCIES]), numbers_from=1)
        + _more(len(briefing.agencies) - MOST_AGENCIES, "office.in_agency_sheet")
    )


def _timing(briefing: Briefing) -> Markup:
    sums = timing_sums(briefing)
    if not sums:
        return _heading("timing") + _said("<p>{}</p>", labels.t("office.no_task"))
    return (
        _heading("timing")
        + _said("<p>{}</p>", labels.t("office.timing_rule", n=sums.total(), **untimed(sums)))
        + _table(*timing_table(briefing, sums), numbers_from=1)
    )


def _findings(briefing: Briefing) -> Markup:
    said = [
        _heading("findings"),
        _said("<p>{}</p>", labels.t("office.findings_rule" if briefing.findings else "office.no_finding")),
    ]
    for (plan_id, _), kind in groupby(briefing.findings, lambda one: (one.plan_id, one.code)):
        found = list(kind)
        said.append(
            _said(
                "<h3>{}: {} ({}; {})</h3>",
                briefing.plan_name(plan_id),
                found[0].kind,
                labels.num(len(found)),
                labels.t("office.right", right=found[0].right),
            )
        )
        said += (_said("<p>{} ({}).</p>", one.sentence.removesuffix("."), one.place) for one in found[:MOST_FINDINGS])
        said.append(_more(len(found) - MOST_FINDINGS, "office.in_finding_sheet"))
    return joined(said)


def _tasks(briefing: Briefing) -> Markup:
    columns = table.task_columns()
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
