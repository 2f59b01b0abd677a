"""The views behind the pages on agencies and on timing, over a small database that is built here; and the words drawn
from them.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import small

from ui import data
from ui.data import Basis, Topic
from ui.topics.when import line, ways
from ui.topics.when.view import TIMINGS
from ui.topics.when.view import view as times
from ui.topics.who import picture, tables
from ui.topics.who import rows as who_rows
from ui.topics.who.rows import NOBODY, topic_of, unit_ids, view
from ui.words import labels

PLANS = [  # id, level, year, status
    ("a", "province", 2021, "read"),
    ("b", "commune", 2020, "read"),
    ("empty", "department", 2022, "read"),
    ("lost", "province", 2023, "not_read"),
]
UNITS = [  # plan, kind, matched dim, dim, timing, the plan's words, from, to, lead basis
    ("a", "action", 1, 1, "ongoing", "Thường xuyên", None, None, "row"),
    ("a", "action", 2, 1, "dated", "Quý I-II/2021", "2021-01-01", "2021-06-30", "merged"),
    ("a", "action", 3, 3, "unspecified", None, None, None, None),
    ("a", "action", None, None, "annual", "hằng năm", None, None, "text"),
    ("a", "assignment", 1, 1, "dated", "cuối năm", None, None, "text"),
    ("a", "reporting", 0, 0, "dated", "trước ngày 31/03/2020", None, "2020-03-31", "text"),
    ("b", "action", 0, 0, "unspecified", None, None, None, "header"),
    ("b", "description", 4, 4, "unspecified", None, None, None, None),
]
HELD = [  # unit, agency, role, uncertain
    ("a:1", "Sở Y tế", "lead", False),
    ("a:1", "Sở Nội vụ", "lead", False),
    ("a:1", "Các sở, ban, ngành", "coop", False),
    ("a:2", "Các sở, ban, ngành", "lead", True),
    ("a:4", "Sở Y tế", "lead", True),
    ("a:4", "Sở Nội vụ", "monitor", False),
    ("a:5", "Sở Nội vụ", "lead", False),
    ("b:1", "Tổ <b>lạ</b> $x$", "lead", False),
]
AGENCIES = [
    ("Sở Y tế", True, False),
    ("Sở Nội vụ", True, False),
    ("Các sở, ban, ngành", True, True),
    ("Tổ <b>lạ</b> $x$", False, False),
]
REFORM = [
    ("Sở Y tế", "Sở Y tế", "keeps its own", "Nghị định"),
    ("Sở Nội vụ", "Sở Mới", "all of it", "Nghị định"),
    ("Sở Hai", "Sở Ba", "one part", "Nghị định"),
    ("Sở Hai", "Sở Tư", "the other part", "Nghị định"),
    ("Ban Không", "Ban Có", "merged", None),
    ("Cấp cũ", None, "abolished", "Luật"),
]
COLUMNS = [
    ("a", 0, "TT", "number", 9),
    ("a", 1, "Cơ quan thực hiện", "lead", 9),
    ("a", 1, "Cơ quan thực hiện", "lead", 40),
    ("a", 2, "Cơ quan theo dõi", "monitor", 9),
]
TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two plans with tasks, one without and one that could not be read."""
    path = tmp_path_factory.mktemp("who") / "small.duckdb"
    with small.database(path) as insert:
        small.build(insert)
        small.dimensions(insert)
        for plan, level, year, status in PLANS:
            small.plan(insert, plan, level=level, year=year, status=status, has_table=plan == "a")
        numbers = dict.fromkeys((plan for plan, *_ in PLANS), 0)
        for plan, kind, matched, dim, timing, raw, due_from, due_to, basis in UNITS:
            numbers[plan] += 1
            small.unit(
                insert,
                plan,
                numbers[plan],
                channel="table",
                kind=kind,
                matched_dim=matched,
                dim=dim,
                lead_basis=basis,
                agencies_uncertain=any(unit == f"{plan}:{numbers[plan]}" and unsure for unit, _, _, unsure in HELD),
                timing=timing,
                timing_raw=raw,
                timing_basis="row" if raw else None,
                due_from=due_from,
                due_to=due_to,
            )
        for unit, agency, role, uncertain in HELD:
            small.part(insert, unit, agency, role, uncertain=uncertain)
        for agency, known, group in AGENCIES:
            small.agency(insert, agency, is_known=known, is_group=group)
        for agency, now, scope, basis in REFORM:
            insert(
                "agency_reform",
                {"agency": agency, "since_2025": now, "from_date": "2025-03-01", "scope": scope, "basis": basis},
            )
        for plan, position, header, role, line in COLUMNS:
            insert(
                "plan_columns",
                {
                    "plan_id": plan,
                    "position": position,
                    "header": header,
                    "role": role,
                    "line": line,
                    "is_guessed": False,
                },
            )
    return path


ALL = tuple(plan for plan, *_ in PLANS)


def test_an_agency_counts_tasks_by_role_and_dimension_and_assignments_apart(build):
    rows = {
        (row.agency, row.role, topic_of(row.dim)): (row.tasks, row.uncertain)
        for row in data.agency_dimensions(Basis.HEADING, ALL)
    }
    assert rows["Sở Y tế", "lead", "1"] == (1, 0)
    assert rows["Sở Y tế", "lead", "x"] == (1, 1)
    assert rows["Sở Nội vụ", "lead", "1"] == (1, 0)  # the assignment on dimension 1 is no task
    assert rows["Sở Nội vụ", "monitor", "x"] == (1, 0)
    assert data.assignments(ALL) == {"Sở Nội vụ": 1}


def test_by_content_a_task_counts_where_its_words_belong(build):
    assert data.agency_unit_ids(Basis.HEADING, ALL, "Các sở, ban, ngành", "lead", Topic(1)) == ("a:2",)
    assert data.agency_unit_ids(Basis.CONTENT, ALL, "Các sở, ban, ngành", "lead", Topic(1)) == ()
    assert data.agency_unit_ids(Basis.CONTENT, ALL, "Các sở, ban, ngành", "lead", Topic(2)) == ("a:2",)


@pytest.mark.parametrize(
    ("agency", "part", "units"),
    [
        ("Sở Y tế", "lead", {"a:1", "a:4"}),
        ("Sở Y tế", "lead-x", {"a:4"}),
        ("Sở Nội vụ", "monitor", {"a:4"}),
        ("Sở Nội vụ", "assignment", {"a:5"}),
        ("Các sở, ban, ngành", "coop-1", {"a:1"}),
        (NOBODY, "lead", {"a:3"}),
        (NOBODY, "lead-1", set()),
        (NOBODY, "coop", set()),
        ("Không có ở đâu", "lead", set()),
    ],
)
def test_behind_a_choice_stand_its_units(build, agency, part, units):
    assert set(unit_ids(view(Basis.HEADING, ALL), agency, part)) == units


def test_a_plan_without_tasks_is_a_row_of_zeros_and_no_hole(build):
    sums = {
        (plan, role): (row.tasks, row.named, row.only_groups, row.uncertain)
        for plan in ("a", "empty")
        for role, row in data.role_sums((plan,)).items()
    }
    assert sums["a", "lead"] == (4, 3, 1, 2)
    assert sums["a", "coop"] == (4, 1, 1, 0)
    assert sums["empty", "lead"] == (0, 0, 0, 0)
    assert times(ALL, TODAY).counts["empty"] == dict.fromkeys(TIMINGS, 0)


def test_a_successor_is_named_only_where_there_is_one_on_a_legal_basis(build):
    assert data.successors() == {"Sở Nội vụ": "Sở Mới"}


def test_columns_and_the_source_of_leads_are_stated_for_each_plan(build):
    rows = {row["plan"].partition("\n")[0]: row for row in tables.origins(ALL)[1]}
    assert (
        rows["Kế hoạch a"]["table"] == "“Cơ quan thực hiện” → chủ trì (dòng 9); “Cơ quan theo dõi” → theo dõi (dòng 9)"
    )
    assert rows["Kế hoạch a"]["uncertain"] == 2
    assert (
        "chưa xác định cơ quan chủ trì: 1" in rows["Kế hoạch a"]["lead"]
        and "ô gộp nhiều dòng: 1" in rows["Kế hoạch a"]["lead"]
    )
    assert rows["Kế hoạch empty"]["lead"] == labels.t("who.no_tasks")
    assert rows["Kế hoạch lost"]["lead"] == labels.t("common.state.not_read")


def test_groups_and_missing_leads_stand_last_and_never_carry_the_title(build):
    assert [(row.agency, row.group) for row in view(Basis.HEADING, ALL).rows] == [
        ("Sở Y tế", "named"),
        ("Sở Nội vụ", "named"),
        ("Tổ <b>lạ</b> $x$", "named"),
        ("Các sở, ban, ngành", "groups"),
        (who_rows.NOBODY, "nobody"),
    ]
    assert who_rows.title(view(Basis.HEADING, ALL)) == "Sở Y tế chủ trì nhiều nhất: 2 trong 5 nhiệm vụ"
    assert who_rows.title(view(Basis.HEADING, ALL, "coop")) == labels.t("who.finding_total.coop", n=1, named=1, tasks=5)
    assert who_rows.title(view(Basis.HEADING, ("b",), "monitor")) == labels.t("who.finding_none.monitor", n=1)


def test_an_agency_that_no_table_knows_is_marked_and_stays_text(build):
    row = next(row for row in view(Basis.HEADING, ALL).rows if not row.is_known)
    assert labels.t("who.unknown") in row.notes()
    drawn = [text for trace in picture.wide(view(Basis.HEADING, ALL), True).data for text in (trace.text or ())]
    assert any("&lt;b&gt;lạ" in text for text in drawn) and not any("<b>lạ" in text for text in drawn)


@pytest.mark.parametrize(
    ("plans", "title"),
    [
        (ALL, "Chỉ Kế hoạch a ghi thời hạn cho hơn nửa số nhiệm vụ"),
        (("a",), "Kế hoạch a ghi thời hạn cho 3 trong 4 nhiệm vụ"),
        (("a", "empty"), "Kế hoạch a ghi thời hạn cho 3 trong 4 nhiệm vụ"),
    ],
)
def test_the_title_says_which_plans_say_when(build, plans, title):
    assert ways.title(times(plans, TODAY)) == title


def test_only_tasks_are_counted_and_every_dated_duty_stands_on_the_line(build):
    assert times(ALL, TODAY).tasks == 5 and times(ALL, TODAY).counts["a"]["dated"] == 1
    assert [(mark.raw, mark.kind, mark.due) for mark in times(ALL, TODAY).marks] == [
        ("trước ngày 31/03/2020", "reporting", datetime.date(2020, 3, 31)),
        ("Quý I-II/2021", "action", datetime.date(2021, 6, 30)),
        ("cuối năm", "assignment", None),
    ]


@pytest.mark.parametrize(
    ("today", "title"),
    [
        (TODAY, "Cả 2 đoạn ghi ngày, quý hoặc năm đều đã qua hạn"),
        (
            datetime.date(2020, 1, 1),
            "2 trong 2 đoạn ghi ngày, quý hoặc năm chưa đến hạn; gần nhất là “trước ngày 31/03/2020” (Kế hoạch a)",
        ),
        (
            datetime.date(2021, 6, 30),
            "1 trong 2 đoạn ghi ngày, quý hoặc năm chưa đến hạn; gần nhất là “Quý I-II/2021” (Kế hoạch a)",
        ),
    ],
)
def test_a_date_has_passed_only_when_its_last_day_has(build, today, title):
    assert line.title(times(ALL, today)) == title


def test_the_plans_own_words_are_kept(build):
    assert times(ALL, TODAY).words["a", "dated"] == [("Quý I-II/2021", 1)]


@pytest.mark.parametrize("plans", [ALL, ("a",), ("b",), ("b", "empty")])
@pytest.mark.parametrize("role", who_rows.ROLES)
@pytest.mark.parametrize("draw", [picture.wide, picture.narrow], ids=["wide", "narrow"])
def test_a_picture_of_agencies_names_each_with_its_tasks_and_leads_to_them(build, plans, role, draw):
    shown = view(Basis.CONTENT, plans, role)
    drawn, _ = who_rows.split(shown, False)
    figure = draw(shown, False)
    words = small.texts(figure)
    assert who_rows.title(shown) in words and "Nguồn:" in words
    for row in drawn:
        assert (labels.t("who.nobody") if row.key == "-" else row.agency) in words
        assert f"{row.key}~{role}" in small.hits(figure)
    assert len([key for key in small.hits(figure) if key.endswith(f"~{role}")]) == len(drawn) if drawn else True


@pytest.mark.parametrize("plans", [ALL, ("a",), ("b",), ("b", "empty")])
@pytest.mark.parametrize("draw", [ways.wide, ways.narrow], ids=["wide", "narrow"])
def test_a_picture_of_times_names_each_plan_and_leads_to_each_count(build, plans, draw):
    figure = draw(times(plans, TODAY))
    words = small.texts(figure)
    assert ways.title(times(plans, TODAY)) in words and "Nguồn:" in words
    assert all(f"Kế hoạch {plan}" in words for plan in plans)
    counted = {f"{plan}~{timing}" for plan in plans for timing, n in times(plans, TODAY).counts[plan].items() if n}
    assert counted and set(small.hits(figure)) == counted


@pytest.mark.parametrize("plans", [ALL, ("a",)])
@pytest.mark.parametrize("draw", [line.wide, line.narrow], ids=["wide", "narrow"])
def test_a_picture_of_dates_quotes_each_and_leads_to_its_unit(build, plans, draw):
    figure = draw(times(plans, TODAY))
    words = small.texts(figure)
    assert line.title(times(plans, TODAY)) in words
    assert all(f"“{mark.raw}”" in words for mark in times(plans, TODAY).marks)
    assert sorted(small.hits(figure)) == ["a:2", "a:6"]


@pytest.mark.parametrize(
    ("plans", "period"),
    [(["a"], "Kế hoạch a (2022–2025)"), (["a", "b"], "Kế hoạch a (2022–2025); Kế hoạch b (2022)"), (list("abcd"), "")],
)
def test_that_no_time_is_named_says_of_what_and_that_a_plan_s_own_period_is_none(
    tmp_path: Path, plans: list[str], period: str
) -> None:
    file = tmp_path / "undated.duckdb"
    with small.database(file) as insert:
        small.dimensions(insert)
        for plan in "abcd":
            small.plan(insert, plan, year=2022, period_from=2022, period_to=2025 if plan == "a" else 2022)
            small.unit(insert, plan, 1, kind="objective", text="Phấn đấu đến năm 2025 …")
    with small.shown(file):
        said = line.nothing(times(tuple(plans), datetime.date(2026, 11, 30)))
        assert "nhiệm vụ, phân công, yêu cầu báo cáo hay mục tiêu" in said
        assert said.endswith(f": {period}." if period else "quý hoặc năm.")


def test_the_finding_on_dates_counts_passages(shipped: None) -> None:
    every = tuple(plan.plan_id for plan in data.plans())
    shown = times(every, datetime.date(2040, 1, 1))
    assert line.title(shown) == f"Cả {shown.dated.placed} đoạn ghi ngày, quý hoặc năm đều đã qua hạn"
