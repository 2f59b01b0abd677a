"""No absence is claimed where any unit says otherwise, on a page or in a file; and numbers that stand side by side are
the same, or say why not.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections import Counter

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from ui import data
from ui.data import Basis, ask
from ui.export import package
from ui.export.briefing import content, docx, html, pptx, xlsx
from ui.topics import overview
from ui.topics.coverage import tables
from ui.topics.coverage.view import answer as coverage_answer
from ui.topics.coverage.view import view as coverage
from ui.topics.when import ways
from ui.topics.when.view import view as times
from ui.topics.who.rows import answer
from ui.topics.who.rows import view as who
from ui.words import absence, labels, layers
from ui.words.plans import plan_name


@pytest.fixture(scope="module")
def ids(shipped: None) -> tuple[str, ...]:
    return tuple(plan.plan_id for plan in data.plans() if plan.is_read)


@pytest.fixture(scope="module")
def touched(ids: tuple[str, ...]) -> set[tuple[str, str]]:
    """(the plan's short name, sub-dimension) of everything that any unit of any kind touches."""
    names = {plan.plan_id: plan.short_vi for plan in data.plans()}
    return {
        (names[row["unit_id"].rpartition(":")[0]], row["sub"])
        for row in ask.frame("select unit_id, sub from touches").to_dict("records")
    }


@pytest.fixture(scope="module")
def briefing(ids: tuple[str, ...]) -> content.Briefing:
    return content.make(ids)


NONE = ("borrow.lacks.none", "borrow.gap_none", "common.state.none")


def claims(rows: list[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """(plan, topic) of the rows whose words claim an absence; of a whole dimension every sub-dimension."""
    empty = [labels.t(key, plan="") for key in NONE]
    found = {(plan, topic) for plan, topic, words in rows if any(one.removeprefix(": ") in words for one in empty)}
    subs = [one.sub for one in data.subdimensions()]
    return {
        (plan, sub)
        for plan, topic in found
        for sub in subs
        if sub == topic or len(topic) == 1 and sub.startswith(topic)
    }


@pytest.mark.parametrize("basis", tuple(data.Basis))
def test_the_list_of_gaps_the_matrix_and_the_findings_claim_the_same_absences(
    basis: data.Basis, ids: tuple[str, ...], touched: set
) -> None:
    names = {plan.plan_id: plan.short_vi for plan in data.plans()}
    listed = claims(
        [(row["plan"], row["number"], row["lacks"]) for row in tables.gap_rows(coverage(basis, ids, None))[1]]
    )
    cells = data.plan_subdimensions(basis, ids)
    matrix = {(names[cell.plan_id], cell.sub) for cell in cells if cell.state == "none" and cell.measured}
    details = ask.frame(
        "select plan_id, detail from findings where code in ('indicator_without_task', 'dimension_without_task')"
    ).to_dict("records")
    said = [
        (
            names[row["plan_id"]],
            re.search(r'"sub": "([\d.]+)"', row["detail"]) or re.search(r'"dim": "(\d)"', row["detail"]),
        )
        for row in details
    ]
    found = claims([(plan, topic[1], labels.t("borrow.lacks.none")) for plan, topic in said if topic])
    assert len(matrix) > 5 and listed == matrix == found
    assert not matrix & touched


def test_no_lead_and_no_time_is_called_missing_where_a_task_that_names_the_topic_among_others_has_it(
    shipped: None,
) -> None:
    contradicted = ask.frame("""
        select distinct gap.plan_id, gap.sub, gap.lacks
        from gap
        join touches on touches.sub = gap.sub and touches.how <> 'passing'
        join units on units.unit_id = touches.unit_id and units.plan_id = gap.plan_id and units.kind = 'action'
        left join unit_agencies on unit_agencies.unit_id = units.unit_id and unit_agencies.role = 'lead'
        where gap.lacks in ('lead', 'lead_time') and unit_agencies.unit_id is not null
            or gap.lacks in ('time', 'lead_time') and units.timing <> 'unspecified'
    """)
    assert ask.frame("select * from gap where lacks in ('lead', 'time') and sub is not null").shape[0] > 5
    assert contradicted.empty


def test_no_file_claims_an_absence_where_a_unit_says_otherwise(briefing: content.Briefing, touched: set) -> None:
    lacking = claims([(data.plan(gap.plan_id).short_vi, gap.topic.key, gap.lacks) for gap in briefing.gaps])
    assert lacking and not lacking & touched
    assert all(
        (gap.named is None)
        == (
            gap.lacks == labels.t("borrow.lacks.none")
            or gap.lacks in [labels.t(f"borrow.lacks.{key}") for key in ("lead", "time", "lead_time")]
            or len(gap.topic.key) == 1
        )
        for gap in briefing.gaps
    )
    empty = {
        (data.plan(plan).short_vi, key)
        for (plan, key), cell in briefing.cells.items()
        if "." in key and content.mark(cell) == "0"
    }
    assert lacking <= empty and not empty & touched

    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.make(briefing)))[labels.t("office.sheet.gaps")]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] and re.match(r"\d", str(row[1]))]
    plans = {plan_name(plan): plan.short_vi for plan in briefing.plans}
    assert claims([(plans[row[0]], str(row[1]).split()[0], str(row[2])) for row in rows if row[0] in plans]) == lacking

    with zipfile.ZipFile(io.BytesIO(package.make())) as archive:
        cells = list(csv.DictReader(io.TextIOWrapper(archive.open("plan_subdimension.csv"), "utf-8-sig")))
    assert (
        not {(data.plan(cell["plan_id"]).short_vi, cell["sub"]) for cell in cells if cell["state"] == "none"} & touched
    )

    # the other files are laid out from the same gaps: each sentence of theirs that claims an absence is one of these
    words = labels.t("borrow.lacks.none")
    document = Document(io.BytesIO(docx.make(briefing)))
    slides = Presentation(io.BytesIO(pptx.make(briefing))).slides
    counted = sum(gap.lacks == words for gap in briefing.gaps)
    annexed = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert annexed.count(words) == counted
    assert html.make(briefing).decode("utf-8").count(words) == counted
    assert (
        sum(
            cell.text == words
            for slide in slides
            for shape in slide.shapes
            if shape.has_table
            for row in shape.table.rows
            for cell in row.cells
        )
        <= counted
    )


@pytest.mark.parametrize(
    "say",
    [lambda ids: overview.answer(overview.view(Basis.HEADING, ids)), lambda ids: " ".join(content.make(ids).summary)],
    ids=["overview", "briefing"],
)
def test_what_claims_an_absence_says_how_often_such_a_claim_is_right(say, ids: tuple[str, ...], shipped: None) -> None:
    assert absence.how_right() in say(ids)


# Numbers side by side.


def _total(ids: tuple[str, ...], what: str) -> int:
    """A figure of the summaries over these plans."""
    return sum(getattr(row, what) for row in data.plan_summaries(Basis.HEADING, ids))


TODAY = datetime.date(2026, 11, 21)
PAIRS = {
    "tasks of the overview and of the bars of when": lambda ids, b: (_total(ids, "tasks"), times(ids, TODAY).tasks),
    "tasks of the overview and of who": lambda ids, b: (
        _total(ids, "tasks"),
        who(Basis.HEADING, ids).sums["lead"].tasks,
    ),
    "without a lead: overview, who, briefing": lambda ids, b: (
        _total(ids, "tasks") - _total(ids, "with_lead"),
        who(Basis.HEADING, ids).sums["lead"].tasks - who(Basis.HEADING, ids).sums["lead"].named,
        b.leaderless,
        sum(tasks - led for tasks, led, _ in b.totals.values()),
    ),
    "without a time: overview, when, the briefing's sentence and its chart": lambda ids, b: (
        _total(ids, "tasks") - _total(ids, "with_time"),
        sum(row["unspecified"] for row in times(ids, TODAY).counts.values()),
        sum(tasks - timed for tasks, _, timed in b.totals.values()),
        content.untimed(
            Counter(
                {timing: sum(n for (_, one), n in b.timings.items() if one == timing) for timing in content.TIMINGS}
            )
        )["unsaid"],
    ),
    "tasks of a dimension: matrix, cells, workbook rows, list of tasks": lambda ids, b: (
        *(
            tuple(sorted(Counter(rows).items()))
            for rows in (
                [str(row.dim) for row in data.plan_dimensions(Basis.HEADING, ids) for _ in range(row.tasks)],
                [key for (_, key), cell in b.cells.items() if "." not in key for _ in range(cell.tasks)],
                [str(row["counted"])[0] for row in b.tasks if row["counted"] is not None],
            )
        ),
    ),
    "tasks of a sub-dimension: cells and their own tasks": lambda ids, b: (
        sum(row.tasks for row in data.plan_subdimensions(Basis.HEADING, ids)),
        sum("." in str(row["counted"]) for row in b.tasks),
    ),
    "own cells: summary, matrix, answer": lambda ids, b: (
        _total(ids, "subs_with_tasks"),
        sum(cell.measured and cell.state == "own" for (_, key), cell in b.cells.items() if "." in key),
        sum(row.plans_with_tasks for row in data.subdimension_counts(Basis.HEADING, ids)),
    ),
    "both layers and the whole": lambda ids, b: (
        sum(row.body + row.annex for row in data.layers(ids)),
        sum(b.totals[row.plan_id][0] for row in data.layers(ids)),
    ),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_views_that_count_the_same_thing_say_the_same_number(
    pair: str, ids: tuple[str, ...], briefing: content.Briefing
) -> None:
    counts = PAIRS[pair](ids, briefing)
    assert len(set(counts)) == 1 and counts[0]


@pytest.mark.parametrize("basis", tuple(data.Basis))
def test_no_plan_is_said_to_have_a_task_only_where_no_cell_has_one(basis: data.Basis, ids: tuple[str, ...]) -> None:
    # 5.2: tasks stand in a plan of a year in which PAPI did not measure it any more
    own = {cell.sub for cell in data.plan_subdimensions(basis, ids) if cell.state == "own"}
    assert "5.2" in own and not any(
        cell.measured for cell in data.plan_subdimensions(basis, ("bac-kan-2021",)) if cell.sub == "5.2"
    )
    assert {row.sub for row in data.subdimension_counts(basis, ids) if row.has_task} == own
    without = {row.sub for row in data.subdimension_counts(basis, ids)} - own
    for answered in (overview.answer(overview.view(basis, ids)), coverage_answer(coverage(basis, ids, None))):
        said = re.search(
            r"(?:Không|Chưa) kế hoạch nào (?:trong số này giao việc|ở đây có nhiệm vụ) riêng.*? (?:cho|vào) chỉ số (?:<b>)?([\d., và]+)",
            answered,
        )
        assert set(re.findall(r"\d\.\d", said[1]) if said else ()) == without


def test_a_plan_with_two_layers_is_said_to_have_them_where_its_tasks_are_counted(ids: tuple[str, ...]) -> None:
    (plan,) = (row for row in data.layers(ids) if row.plan_id == "binh-dinh-2022")
    assert (plan.annex, plan.annex_with_lead, plan.body - plan.body_with_lead) == (37, 37, 43)
    assert plan.linked > 30
    told = layers.said(ids)
    assert told
    for said in (
        overview.answer(overview.view(Basis.HEADING, ids)),
        answer(who(Basis.HEADING, ids)),
        ways.answer(times(ids, TODAY)),
        " ".join(content.make(ids).summary),
    ):
        assert all(sentence in said for sentence in told)
    (sentence,) = layers.said(("binh-dinh-2022",))
    assert "43" in sentence and "37" in sentence and labels.t("layers.every_led") in sentence


def test_a_general_task_says_one_click_away_which_indicators_it_names(ids: tuple[str, ...]) -> None:
    assert {row.sub: row.tasks for row in data.named_in_general(Basis.HEADING, "hung-yen-2020", 5)} == {
        "5.1": 1,
        "5.2": 1,
        "5.3": 1,
        "5.4": 1,
        "8.1": 1,
    }


def test_gaps_stand_in_the_order_that_is_told(shipped: None) -> None:
    order = ("none", "description", "passing", "weak", "named", "lead_time", "lead", "time")
    for basis in Basis:
        for plan in data.plans():
            found = data.gaps(basis, (plan.plan_id,))
            told = [(not (gap.whole and gap.lacks in ("none", "description")), order.index(gap.lacks)) for gap in found]
            assert told == sorted(told)
    # a dimension that is only described is told of before an indicator that nothing names
    first, *_ = data.gaps(Basis.HEADING, ("nam-khanh-2020",))
    assert first.whole and first.lacks == "description"
