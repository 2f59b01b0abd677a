"""A table that leaves the dashboard: safe for a spreadsheet, and headed by what it shows, of which plans, and how to cite."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui import data
from ui.data.units import Unit
from ui.export import excel, origin
from ui.words import labels, offices
from ui.words import plans as words_plans
from ui.words.letters import slug
from ui.words.units import span, touches_in_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ROWS = 1_048_575
"""So many rows of a list fit a sheet of Excel below its head; the CSV has them all."""
_LETTERS = (8, 60)
"""The least and the most that a column of a workbook is wide."""


def task_columns() -> dict[str, str]:
    """The columns of a list of tasks that leaves the dashboard; in English also what leads are called."""
    return {
        name: labels.t(f"tasks.column_{name}")
        for name in (
            "plan",
            "section",
            "lines",
            "kind",
            "text",
            "lead",
            *offices.in_english(lead_english=""),
            "coop",
            "monitor",
            "timing_raw",
            "timing",
            "declared",
            "matched",
            "counted",
            "touches",
            "layer",
            "review",
            "uncertain",
        )
    }


def task_row(unit: Unit) -> dict[str, Any]:
    """One unit of `data.units` under these columns."""
    yes = {True: labels.t("common.yes"), False: ""}
    return {
        "plan": words_plans.plan_name(unit),
        "section": unit.section,
        "lines": span(unit),
        "kind": labels.t(f"common.kind.{unit.kind}"),
        "text": unit.text,
        "lead": "; ".join(unit.leads),
        **offices.in_english(lead_english=offices.english(unit.leads)),
        "coop": "; ".join(unit.coops),
        "monitor": "; ".join(unit.monitors),
        "timing_raw": unit.timing_raw or "",
        "timing": labels.t(f"common.timing.{unit.timing}"),
        "declared": _number(unit.declared_dim, unit.declared_sub),
        "matched": _number(unit.matched_dim, unit.matched_sub),
        "counted": _number(unit.dim, unit.sub),
        "touches": touches_in_words(unit.touches),
        "layer": labels.t(f"layers.{unit.layer}") if unit.layer else "",
        "review": yes[unit.review],
        "uncertain": yes[unit.agencies_uncertain],
    }


def _number(dim: int | None, sub: str | None) -> str:
    """A dimension's or sub-dimension's number as words, so that "3" and "3.1" stand in one column alike."""
    return sub or ("" if dim is None else str(dim))


def filters(basis: str, dim: int | None = None) -> list[str]:
    """The filters in words, for a file that leaves the dashboard."""
    said = [f"{labels.t('common.count_by')}: {labels.t('common.by_' + basis)}"]
    return [*said, f"{labels.t('common.only_dimension')}: {dim}"] if dim else said


def file_name(name: str, plans: int | None = None) -> str:
    """What a saved file is called, without ending: "bao-phu_5-ke-hoach_2026-11-21"."""
    parts = [labels.t(f"{name}.file") if f"{name}.file" in labels.table() else slug(name)]
    if plans is not None:
        parts.append(labels.t("common.file_plans", n=plans))
    return "_".join([*parts, datetime.date.today().isoformat()])


_RUN = re.compile(r"(^|[;|\t\r\n])([\s\u200b-\u200f\ufeff'\"]*)(?=[=+\-@＝＋－＠])|^(?=[\t\r])")
"""Where a cell may begin that a spreadsheet runs: at the beginning, and behind what parts cells or lines somewhere."""


def safe(value: Any) -> Any:
    """A value that no spreadsheet runs as a formula, in whatever country it parts cells: "=1+1" → "'=1+1",
    "hộ nghèo;=1+1" → "hộ nghèo;'=1+1". Numbers stay numbers.
    """
    if value is None or value != value:
        return ""
    return _RUN.sub(r"\1'\2", value) if isinstance(value, str) else value


def version() -> str:
    """Which data a file is from: the build, its day, the program's version, and how much of it people have looked at."""
    build = data.build()
    said = labels.t(
        "common.build", build=build.build_id, day=labels.day(build.built_at.date()), version=build.program_version
    )
    return f"{said} {labels.t('review.share' if build.reviewed else 'review.share_none', n=build.reviewed, of=build.units)}"


def made_today() -> str:
    """The day a file was made."""
    return labels.t("common.csv_day", day=labels.day(datetime.date.today()))


def cite() -> tuple[str, str]:
    """How to cite the data, and what it does not claim."""
    build = data.build()
    return labels.t("common.cite", build=build.build_id, year=str(build.built_at.year)), labels.t("common.guard")


def about(filters: Sequence[str], plan_names: Sequence[str]) -> list[str]:
    """What every file that leaves the dashboard says of itself: the filters, the data's version, the date, the plans,
    how to cite it, the guard, and where it was asked for.
    """
    return [
        labels.t("common.csv_filters", filters="; ".join(filters) or labels.t("common.no_filter")),
        version(),
        made_today(),
        labels.t("common.csv_plans", plans="; ".join(plan_names)),
        *cite(),
        *origin.said(),
    ]


@dataclass(frozen=True)
class Table:
    """A table that leaves the dashboard: its columns and rows, what it shows, under which filters, of which plans."""

    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    title: str
    filters: Sequence[str]
    plan_names: Sequence[str]


def csv_bytes(table: Table) -> bytes:
    """A CSV that opens right in Excel (UTF-8 with BOM) and says of itself, in lines that begin with #, what it shows,
    the filters, the data's version, the date, the plans and how to cite it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in (table.title, *about(table.filters, table.plan_names)):
        writer.writerow([f"# {line}"])
    writer.writerow([safe(words) for words in table.columns.values()])
    for row in table.rows:
        writer.writerow([safe(row[key]) for key in table.columns])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def xlsx_bytes(table: Table) -> bytes:
    """The same table as a workbook: its head frozen, with filters; a second sheet says what the lines with # say in the
    CSV.
    """
    book = excel.Book(table.title)
    shown = table.rows[:_MOST_ROWS]
    widths = [
        min(max(_LETTERS[0], len(words) + 3, *(len(str(row[key])) + 1 for row in shown)), _LETTERS[1])
        if shown
        else len(words) + 3
        for key, words in table.columns.items()
    ]
    book.table(book.sheet(table.title), table.columns, widths, shown)
    cut = [labels.t("common.xlsx_first", n=_MOST_ROWS, of=len(table.rows))] if len(table.rows) > _MOST_ROWS else []
    book.about([table.title, *cut, *about(table.filters, table.plan_names)])
    return book.bytes()
