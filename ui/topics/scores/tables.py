"""What the page shows as tables: the years around the plan's, every year for a file, the provinces of which the plan's
was made, and the years that are not to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ui import data
from ui.data.plans import Plan
from ui.data.scores import Score
from ui.data.topic import Topic
from ui.draw import marks
from ui.topics.scores.view import DIMS, TOTAL, View, figures, name, note, reason, when
from ui.words import labels
from ui.words.remember import remember

Rows = tuple[dict[str, str], list[dict[str, Any]]]
"""Columns, by key, and rows."""


@remember
def around(view: View) -> Rows:
    """The picture as a table: one row a topic, of all dimensions also one for the total; the years around the plan's and
    the latest.
    """
    own, last = view.year, view.last or 0
    known = {year for row in view.rows for year in view.of(row)}
    shown = sorted(known & set((own - 1, own, own + 1, last) if own else (last - 1, last)))
    columns = {
        "dim": _topic_heading(view),
        "tasks": labels.t("common.tasks_heading"),
        **{str(year): labels.t("scores.column_own", year=str(year)) if year == own else str(year) for year in shown},
    }

    def cells(topic: str) -> dict[str, str]:
        return {str(year): _in_table(view.scores.get(topic, {}).get(year)) for year in shown}

    rows: list[dict[str, Any]] = [
        {
            "dim": f"{name(row.topic)}\n{note(row)}".rstrip("\n"),
            "tasks": f"{labels.num(row.tasks)}\n{marks.words(row)}" if view.plan else f"–\n{marks.words(row)}",
            **cells(str(row.topic)),
        }
        for row in view.rows
    ]
    if view.dim is None:
        rows.append({"dim": labels.t("scores.total"), "tasks": "", **cells(TOTAL)})
    return columns, rows


def _topic_heading(view: View) -> str:
    return labels.t("common.dimension_heading" if view.dim is None else "scores.sub_heading")


def _in_table(score: Score | None) -> str:
    return "–" if score is None else f"{labels.num(score.score, 2)}\n{', '.join(figures(score)[1:])}"


_FILE = (
    "province",
    "dim",
    "sub",
    "report",
    "name",
    "year",
    "score",
    "rank",
    "ranked",
    "median",
    "when",
    "break",
    "tasks",
)


@remember
def every_year(view: View) -> Rows:
    """For the download: one row per topic shown (0 is the total) and year from the first to the last; a year without a
    score stands there empty. Then what PAPI no longer measures.
    """
    return {key: labels.t(f"scores.csv_{key}") for key in _FILE}, [*_years(view), *_dropped(view)]


def _years(view: View) -> Iterator[dict[str, Any]]:
    tasks = {str(row.topic): row.tasks for row in view.rows} if view.plan else {}
    for topic in ([TOTAL] if view.dim is None else []) + [str(row.topic) for row in view.rows]:
        by_year = view.scores.get(topic, {})
        for year in range(min(by_year, default=0), max(by_year, default=-1) + 1):
            score = by_year.get(year)
            place = Topic.of(topic)
            yield {
                "province": view.province,
                "dim": place.dim,
                "sub": place.sub or "",
                "report": (score and score.sub_in_report) or "",
                "name": labels.t("scores.total") if topic == TOTAL else name(place).partition(" ")[2],
                "year": year,
                "score": score.score if score else "",
                "rank": score.rank if score else "",
                "ranked": score.provinces_ranked if score else "",
                "median": score.national_median if score else "",
                "when": when(view, year),
                "break": view.broken(topic, year),
                "tasks": tasks.get(topic, ""),
            }


def _dropped(view: View) -> Iterator[dict[str, Any]]:
    for one in view.dropped:
        yield dict.fromkeys(_FILE, "") | {
            "province": view.province,
            "dim": one.dim,
            "report": one.sub_in_report,
            "name": labels.t("scores.dropped", name=labels.pick(one, "name")),
            "year": one.year,
            "score": one.score,
            "when": when(view, one.year),
        }


@remember
def parts(plan: Plan) -> Rows:
    """One row per province of which the plan's was made: its last scores under its own name, none for the whole."""
    columns = {"province": labels.t("scores.csv_province"), "year": labels.t("scores.csv_year")}
    columns |= {str(dim): str(dim) for dim in DIMS} | {TOTAL: labels.t("scores.total")}
    rows = []
    for province in data.provinces_of_plan(plan.plan_id):
        found = {(score.topic, score.year): score for score in data.scores_of_province(province) if score.sub is None}
        last = max((year for _, year in found), default=0)
        cells = {topic: _in_table(found.get((topic, last))) for topic in (*map(str, DIMS), TOTAL)}
        rows.append({"province": province, "year": str(last or "–"), **cells})
    return columns, rows


@remember
def breaks(view: View) -> Rows:
    """One row per year and reason why scores shown are not compared with those of the years before: of what, and who
    says so.
    """
    columns = {key: labels.t(f"scores.break_{key}") for key in ("year", "topic", "why", "source")}
    topics = [str(row.topic) for row in view.rows] + ([TOTAL] if view.dim is None else [])
    found: dict[tuple[int, str, str], list[str]] = {}
    for topic in topics:
        for year, one in view.breaks.get(topic, {}).items():
            for why in one.reasons:
                source = f"{labels.t('scores.evidence_' + why['evidence'])}\n{why['source']}"
                found.setdefault((year, reason(why), source), []).append(topic)
    return columns, [
        {
            "year": str(year),
            "topic": labels.names([labels.lower(labels.t("scores.total")) if one == TOTAL else one for one in said]),
            "why": why,
            "source": source,
        }
        for (year, why, source), said in sorted(found.items())
    ]
