"""The briefing as an Excel workbook: matrices with native colours and charts, lists with filters, long sheets that
matrices can be counted from anew, and what the words mean.

In: a `Briefing`. Out: a workbook whose charts and colours Excel draws itself, so that they follow the numbers; each
sheet is A4 across, one page wide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ui.data.plans import Plan
from ui.draw.palette import DIM, VAGUE
from ui.export import excel, plain
from ui.export.briefing.content import ROLES, TIMINGS, Briefing, mark, number, timing_sums
from ui.export.briefing.rows import CellFigures, Topic
from ui.words import labels

_MOST_BARS = 15
_CHART_ROWS = 22
"""So many rows the chart of the dimensions covers."""
_LONGEST_QUOTE = 400
_ROLE_COLOURS = {"lead": DIM[8], "coop": DIM[3], "monitor": DIM[2]}


def make(briefing: Briefing) -> bytes:
    """The workbook in the briefing's language."""
    with labels.speaking(briefing.lang):
        book = excel.Book(briefing.title)
        _front(book, briefing)
        for part in briefing.parts:
            _SHEETS[part](book, briefing)
        _codebook(book, briefing)
        _sources(book, briefing)
        return book.bytes()


def _front(book: excel.Book, briefing: Briefing) -> None:
    """What is in this file, and the answer in sentences."""
    sheet = book.sheet(labels.t("office.section.summary"), landscape=False)
    sheet.set_column(0, 0, 72)
    for row, (line, bold) in enumerate(
        [
            (briefing.title, True),
            *((sentence, False) for sentence in briefing.summary),
            *((words, False) for sheet in briefing.sheets if (words := sheet.is_cut())),
            *((line, False) for line in briefing.about),
        ]
    ):
        book.put(sheet, row, 0, line, text_wrap=True, bold=bold, font_size=14 if bold else 11)
        book.heights(sheet, row, [(line, 52 if bold else 72)])


# Coverage.


def _coverage(book: excel.Book, briefing: Briefing) -> None:
    _dimensions(book, briefing)
    if briefing.subdimensions:
        _subdimensions(book, briefing)


def _dimensions(book: excel.Book, briefing: Briefing) -> None:
    """Dimensions down, plans across: tasks with colours, then those with a lead and with a time, and a stacked bar a
    plan.
    """
    name = book.free_name(labels.t("office.sheet.coverage"))
    sheet = book.sheet(name, named=True)
    top = book.head(sheet, labels.t("office.section.coverage"), [labels.t("office.matrix_key")])
    # the picture stands above its numbers, where no page of the printer ends
    above, first = top, top + _CHART_ROWS
    top = first
    for what in ("tasks", "with_lead", "with_time"):
        top = _matrix(book, sheet, top, briefing, briefing.dimensions, what)
    chart = book.book.add_chart({"type": "bar", "subtype": "stacked"})
    plans = len(briefing.plans)
    for at, topic in enumerate(briefing.dimensions):
        chart.add_series(
            {
                "name": [name, first + 1 + at, 0],
                "categories": [name, first, 1, first, plans],
                "values": [name, first + 1 + at, 1, first + 1 + at, plans],
                "fill": {"color": DIM[topic.dim]},
                "gap": 60,
            }
        )
    _finish(chart, labels.t("office.sheet.chart_dimensions"))
    # plans from top to bottom, as in every list
    chart.set_y_axis({"reverse": True, "num_font": {"name": excel.FONT}})
    sheet.insert_chart(above, 0, chart, {"x_scale": 2.0, "y_scale": 1.4})


def _matrix(book: excel.Book, sheet: Any, top: int, briefing: Briefing, topics: Sequence[Topic], what: str) -> int:
    """One matrix; the row after it. A number where the plan has tasks; where it has none that is sure, what the cell
    says in words.
    """
    plans = briefing.plans
    book.put(sheet, top, 0, labels.t("office.sheet.count" if what == "tasks" else f"office.sheet.{what}"), **_HEAD)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(plans), 14)
    for across, plan in enumerate(plans, 1):
        book.put(sheet, top, across, briefing.short(plan), align="center", **_HEAD)
    sheet.set_row(top, 46)
    for down, topic in enumerate(topics, top + 1):
        name = topic.named
        book.put(sheet, down, 0, name, text_wrap=True, border=1)
        book.heights(sheet, down, [(name, 44)])
        for across, plan in enumerate(plans, 1):
            book.put(
                sheet,
                down,
                across,
                _value(briefing.cells[plan["plan_id"], topic.key], what),
                border=1,
                align="center",
                text_wrap=True,
            )
    last = top + len(topics)
    sheet.conditional_format(
        top + 1,
        1,
        last,
        len(plans),
        {"type": "2_color_scale", "min_color": VAGUE[0], "max_color": VAGUE[5], "min_type": "num", "min_value": 0},
    )
    return last + 2


def _value(cell: CellFigures, what: str) -> int | str:
    """A number where there is a sure task or certainly none, else the mark of what there is instead."""
    return int(getattr(cell, what)) if cell.state in ("own", "none") else mark(cell)


def _counted(plan: Plan, n: int) -> int | str:
    return n if plan["status"] == "read" else number(plan, n)


def _subdimensions(book: excel.Book, briefing: Briefing) -> None:
    sheet = book.sheet(labels.t("office.sheet.subdimensions"))
    top = book.head(sheet, labels.t("office.by_subdimension"), [labels.t("office.matrix_key")])
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    _matrix(book, sheet, top, briefing, briefing.subdimensions, "tasks")


_HEAD = {"bold": True, "text_wrap": True, "border": 1, "bg_color": VAGUE[1], "valign": "vcenter"}


def _finish(chart: Any, title: str) -> None:
    chart.set_title({"name": plain.text(title), "name_font": {"name": excel.FONT, "size": 13}})
    chart.set_legend({"position": "bottom", "font": {"name": excel.FONT}})


# Gaps, agencies, timing, findings, tasks.


def _gaps(book: excel.Book, briefing: Briefing) -> None:
    columns = {
        "plan": labels.t("common.plan_heading"),
        "topic": labels.t("tasks.topic"),
        "lacks": labels.t("borrow.lacks_heading"),
        "tasks": labels.t("common.tasks_heading"),
        "others": labels.t("borrow.others_heading"),
        "named": labels.t("office.named_heading"),
        "elsewhere": labels.t("office.sheet.elsewhere"),
    }
    rows = [
        {
            "plan": briefing.plan_name(gap.plan_id),
            "topic": f"{gap.topic.key} {gap.topic.name}",
            "lacks": gap.lacks,
            "tasks": gap.tasks,
            "others": gap.others,
            "named": f"“{gap.named.text}” ({gap.named.place})" if gap.named else "",
            "elsewhere": " · ".join(
                f"“{plain.cut(quote.text, _LONGEST_QUOTE, quote.place)}” ({quote.plan}, {quote.place})"
                for quote in gap.elsewhere
            ),
        }
        for gap in briefing.gaps
    ]
    _list(book, "gaps", columns, (26, 36, 24, 10, 10, 50, 80), rows)


def _list(
    book: excel.Book,
    name: str,
    columns: Mapping[str, str],
    widths: Sequence[float],
    rows: Sequence[Mapping[str, Any]],
    notes: Sequence[str] = (),
) -> tuple[Any, str, int]:
    """A sheet with one list: the sheet, its name, and the row of its head."""
    title = book.free_name(labels.t(f"office.sheet.{name}"))
    sheet = book.sheet(title, named=True)
    top = book.head(sheet, labels.t(f"office.section.{name}"), notes)
    book.table(sheet, columns, widths, rows, top=top)
    return sheet, title, top


def _agencies(book: excel.Book, briefing: Briefing) -> None:
    columns = {
        "name": labels.t("who.agency"),
        "is_group": labels.t("who.is_group"),
        **{role: labels.t(f"who.role.{role}") for role in ROLES},
    }
    rows = [{"name": one.name, "is_group": one.is_group, **one.roles} for one in briefing.agencies]
    sheet, name, top = _list(
        book, "agencies", columns, (52, 12, 12, 12, 12), rows, [labels.t("office.agencies_rule", n=briefing.leaderless)]
    )
    if not rows:
        return
    last = top + min(len(rows), _MOST_BARS)
    chart = book.book.add_chart({"type": "bar", "subtype": "stacked"})
    for at, role in enumerate(ROLES, 2):
        chart.add_series({**_column(name, top, last, at, _ROLE_COLOURS[role]), "gap": 40})
    _finish(chart, labels.t("office.sheet.chart_agencies", n=min(len(rows), _MOST_BARS)))
    chart.set_y_axis({"reverse": True, "num_font": {"name": excel.FONT}})
    sheet.insert_chart(top, len(columns) + 1, chart, {"x_scale": 1.7, "y_scale": 2.0})


def _column(sheet: str, top: int, last: int, at: int, color: str) -> dict[str, Any]:
    """A column of a list as a series of its chart: its head stands in row `top`, its rows go to `last`."""
    return {
        "name": [sheet, top, at],
        "categories": [sheet, top + 1, 0, last, 0],
        "values": [sheet, top + 1, at, last, at],
        "fill": {"color": color},
    }


def _timing(book: excel.Book, briefing: Briefing) -> None:
    sums = timing_sums(briefing)
    columns = {
        "plan": labels.t("common.plan_heading"),
        **{timing: labels.t(f"common.timing.{timing}") for timing in sums},
    }
    rows = [
        {
            "plan": briefing.short(plan),
            **{timing: _counted(plan, briefing.timings.get((plan["plan_id"], timing), 0)) for timing in sums},
        }
        for plan in briefing.plans
    ]
    sheet, name, top = _list(book, "timing", columns, (34, *[13] * len(sums)), rows)
    if not sums:
        return
    last = top + len(rows)
    sheet.conditional_format(
        top + 1, 1, last, len(sums), {"type": "2_color_scale", "min_color": VAGUE[0], "max_color": VAGUE[5]}
    )
    chart = book.book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for at, timing in enumerate(sums, 1):
        color = VAGUE[1] if timing == "unspecified" else VAGUE[9 - TIMINGS.index(timing)]
        chart.add_series({**_column(name, top, last, at, color), "border": {"color": VAGUE[4]}, "gap": 60})
    _finish(chart, labels.t("office.sheet.chart_timing"))
    chart.set_y_axis({"reverse": True, "num_font": {"name": excel.FONT}})
    sheet.insert_chart(last + 2, 0, chart, {"x_scale": 2.0, "y_scale": 1.3})


def _findings(book: excel.Book, briefing: Briefing) -> None:
    columns = {
        "plan": labels.t("findings.column_plan"),
        "kind": labels.t("findings.column_kind"),
        "sentence": labels.t("findings.column_sentence"),
        "place": labels.t("office.place"),
        "quote": labels.t("findings.column_text"),
        "right": labels.t("findings.column_precision"),
    }
    rows = [
        {
            "plan": briefing.plan_name(one.plan_id),
            "kind": one.kind,
            "sentence": one.sentence,
            "place": one.place,
            "quote": one.quote,
            "right": one.right,
        }
        for one in briefing.findings
    ]
    left = briefing.finding_count - len(rows)
    _list(
        book,
        "findings",
        columns,
        (26, 28, 44, 22, 70, 12),
        rows,
        [
            labels.t("office.findings_rule" if rows else "office.no_finding"),
            *([labels.t("office.more", n=left, where=labels.t("office.on_finding_page"))] if left > 0 else []),
        ],
    )


def _tasks(book: excel.Book, briefing: Briefing) -> None:
    """The long sheets: a head in the first row and nothing else, as a pivot wants it. What is left out is said in front."""
    for one in briefing.sheets:
        sheet = book.sheet(labels.t(f"office.sheet.{one.name}"))
        last = book.table(sheet, one.columns(), list(one.widths.values()), one.rows)
        # "3" and "3.3" stand in one column as words
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, len(one.widths))}"})


# What the words mean, and where it is all from.


def _codebook(book: excel.Book, briefing: Briefing) -> None:
    """Every dimension and sub-dimension of the briefing by name, what marks say, and every column of the long sheets."""
    terms = [
        *(("", topic.key, topic.name) for topic in (*briefing.dimensions, *briefing.subdimensions)),
        *(
            ("", labels.t(f"office.term.{term}"), labels.t(f"office.meaning.{term}"))
            for term in (
                "task",
                "lead",
                "coop",
                "monitor",
                "named",
                "passing",
                "weak",
                "description",
                "none",
                "unmeasured",
                "not_read",
                "no_plan",
                "timing",
                "gap",
                "basis",
                "line",
            )
        ),
        *(
            (labels.t(f"office.sheet.{one.name}"), head, labels.t(f"long.meaning.{column}"))
            for one in briefing.sheets
            for column, head in one.columns().items()
        ),
    ]
    columns = {name: labels.t(f"office.sheet.{name}") for name in ("sheet", "term", "meaning")}
    notes = [words for one in briefing.sheets if (words := one.is_cut())]
    _list(book, "codebook", columns, (20, 28, 96), [dict(zip(columns, row)) for row in terms], notes)


def _sources(book: excel.Book, briefing: Briefing) -> None:
    columns = {
        "plan": labels.t("common.plan_heading"),
        "title": labels.t("office.sheet.title"),
        "issuer": labels.t("office.sheet.issuer"),
        "number": labels.t("office.sheet.number"),
        "issued": labels.t("office.sheet.issued"),
        "file": labels.t("office.sheet.file"),
        "sha256": "SHA-256",
    }
    rows = [
        {**{name: plan[name] for name in columns if name in plan}, "plan": briefing.plan_name(plan["plan_id"])}
        for plan in briefing.plans
    ]
    _list(book, "sources", columns, (28, 60, 26, 16, 12, 28, 30), rows, briefing.about)


_SHEETS: dict[str, Callable[[excel.Book, Briefing], None]] = {
    "coverage": _coverage,
    "gaps": _gaps,
    "agencies": _agencies,
    "timing": _timing,
    "findings": _findings,
    "tasks": _tasks,
}
