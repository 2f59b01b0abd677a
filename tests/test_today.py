"""Who holds it today: the views over a small database that is built here, and the words drawn from them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import small

from etl.load.rows import _is_called, reformed
from ui.data import Basis
from ui.topics.who import picture, tables
from ui.topics.who import rows as who_rows
from ui.words import labels

PLANS = [  # id, level, issued, year, province, province now
    ("old", "province", "2021-05-10", 2021, "Tỉnh Cũ", "Tỉnh Mới"),
    ("between", "province", "2025-04-01", 2025, "Tỉnh Yên", "Tỉnh Yên"),  # after March, before July
    ("new", "commune", None, 2026, "Tỉnh Yên", "Tỉnh Yên"),
    ("same-year", "province", None, 2025, "Tỉnh Yên", "Tỉnh Yên"),
    ("empty", "department", "2020-01-01", 2020, "Tỉnh Yên", "Tỉnh Yên"),
]
REFORM = [  # agency, now, from, scope, basis
    ("Sở Kế hoạch", "Sở Tài chính", "2025-03-01", "toàn bộ", "Nghị định"),
    ("Sở Tài chính", "Sở Tài chính", "2025-03-01", "giữ việc của mình", "Nghị định"),
    ("Sở Ba", "Sở Một", "2025-03-01", "phần một", "Nghị định"),
    ("Sở Ba", "Sở Hai", "2025-03-01", "phần hai", None),
    ("Cấp giữa", None, "2025-07-01", "bỏ cấp", "Luật"),
    ("Báo tỉnh", "Báo và Đài", "2025-07-01", "hợp nhất", None),
]
UNITS = [  # plan, dim, leads as (agency, as written)
    ("old", 1, [("Sở Kế hoạch", "Sở KH"), ("Sở Tài chính", "Sở TC")]),  # one office today: counts once
    ("old", 1, [("Cấp giữa", "UBND cấp giữa")]),
    ("old", 2, [("Cấp giữa", "cấp giữa"), ("Sở Y tế", "Sở Y tế")]),
    ("old", 3, [("Sở Ba", "Sở Ba"), ("Các sở", "các sở")]),
    ("old", 4, [("Báo tỉnh", "Báo <b>tỉnh</b>")]),
    ("old", 5, [("Tổ lạ", "tổ lạ")]),
    ("old", 6, []),
    ("between", 1, [("Sở Kế hoạch", "Sở Kế hoạch"), ("Cấp giữa", "cấp giữa")]),
    ("new", 1, [("Cấp giữa", "cấp giữa"), ("Sở Ba", "Sở Ba")]),
    ("same-year", 1, [("Cấp giữa", "cấp giữa")]),
]
AGENCIES = [
    ("Sở Kế hoạch", True, False),
    ("Sở Tài chính", True, False),
    ("Sở Ba", True, False),
    ("Cấp giữa", True, False),
    ("Sở Y tế", True, False),
    ("Báo tỉnh", True, False),
    ("Các sở", True, True),
    ("Tổ lạ", False, False),
]
ALL = tuple(plan for plan, *_ in PLANS)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of plans from before, between and after the days of the reform."""
    path = tmp_path_factory.mktemp("today") / "small.duckdb"
    with small.database(path) as insert:
        small.dimensions(insert)
        for plan, level, issued, year, province, now in PLANS:
            small.plan(insert, plan, level=level, issued=issued, year=year, province=province, province_now=now)
        for at, (plan, dim, leads) in enumerate(UNITS, 1):
            unit = small.unit(insert, plan, at, text=f"Việc <i>{at}</i>", matched_dim=dim, dim=dim)
            for agency, written in leads:
                small.part(insert, unit, agency, as_written=written)
        for agency, known, group in AGENCIES:
            small.agency(insert, agency, is_known=known, is_group=group)
        for agency, now, since, scope, basis in REFORM:
            insert(
                "agency_reform",
                {
                    "agency": agency,
                    "since_2025": now,
                    "from_date": since,
                    "scope_vi": scope,
                    "scope": f"{scope} (en)",
                    "basis": basis,
                },
            )
    return path


def today(plans: tuple[str, ...]) -> who_rows.View:
    """Who leads in these plans, by today's names."""
    return who_rows.view(Basis.HEADING, plans, "lead", True)


def standing(plans: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """By standing and office: how many tasks it leads in these plans."""
    return {(row.group, row.agency): row.totals["lead"] for row in today(plans).rows}


def test_two_agencies_that_are_one_office_today_count_a_task_once(build):
    assert standing(("old",))["today", "Sở Tài chính"] == 1
    assert who_rows.unit_ids(today(("old",)), "Sở Tài chính", "lead-1") == ("old:1",)


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (
            "old",
            {
                ("open", "Cấp giữa"): 2,
                ("open", "Sở Ba"): 1,
                ("today", "Sở Tài chính"): 1,
                ("today", "Sở Y tế"): 1,
                ("today", "Báo và Đài"): 1,
                ("unknown", "Tổ lạ"): 1,
                ("groups", "Các sở"): 1,
                ("nobody", who_rows.NOBODY): 1,
            },
        ),
        # issued after March 2025 and before July: only what changed in July is mapped
        ("between", {("open", "Cấp giữa"): 1, ("today", "Sở Kế hoạch"): 1}),
        # an office named by a plan after the reform is today's office
        ("new", {("today", "Cấp giữa"): 1, ("today", "Sở Ba"): 1}),
        # without a day of issue, a plan of the reform's own year counts as the older one
        ("same-year", {("open", "Cấp giữa"): 1}),
        ("empty", {}),
    ],
)
def test_a_plan_is_mapped_only_by_what_changed_after_it_was_issued(build, plan, found):
    assert standing((plan,)) == found


def test_an_old_name_and_the_same_name_of_a_later_plan_are_two_rows(build):
    keys = {row.key: row.totals["lead"] for row in today(ALL).rows}
    assert keys["Cấp giữa" + who_rows.OPEN] == 4 and keys["Cấp giữa"] == 1
    assert set(who_rows.unit_ids(today(ALL), "Cấp giữa" + who_rows.OPEN, "lead")) == {
        "old:2",
        "old:3",
        "between:8",
        "same-year:10",
    }
    assert who_rows.unit_ids(today(ALL), "Cấp giữa", "lead") == ("new:9",)


def test_every_row_of_the_picture_is_an_option_of_the_select(build):
    keys = {row.key for row in today(ALL).rows}
    assert keys <= set(who_rows.offices()) and "Sở Y tế" + who_rows.OPEN not in who_rows.offices()


def test_what_became_of_an_agency_is_said_with_what_is_to_be_checked(build):
    notes = {row.agency: row.notes() for row in today(("old",)).rows}
    assert notes["Cấp giữa"] == ["kết thúc hoạt động từ 01/07/2025"]
    assert notes["Sở Ba"] == ["đã tách về 2 cơ quan từ 01/03/2025", "cần kiểm tra"]
    assert notes["Sở Tài chính"] == ["gồm Sở Kế hoạch"]
    assert notes["Báo và Đài"] == ["gồm Báo tỉnh", "cần kiểm tra"]
    assert labels.t("who.group.unknown") == "Chưa tra được cơ quan kế thừa; cần kiểm tra."


def test_what_somebody_has_to_decide_is_listed_with_place_and_possible_successors(build):
    columns, rows = tables.decision_rows(ALL)
    assert [row["agency"] for row in rows].count("Cấp giữa") == 4 and len(rows) == tables.decision_count(ALL) == 5
    # tasks without another lead come first
    assert [row["others"] for row in rows] == sorted(row["others"] for row in rows)
    three = next(row for row in rows if row["agency"] == "Sở Ba")
    assert three["offices"] == "Sở Hai (phần hai); Sở Một (phần một)" and three["basis"] == "Nghị định; cần kiểm tra"
    middle = next(row for row in rows if row["written"] == "UBND cấp giữa")
    assert (middle["lines"], middle["offices"], middle["since"], middle["basis"]) == (
        "2",
        "bỏ cấp",
        "01/07/2025",
        "Luật",
    )
    assert set(columns) == set(rows[0])


def test_a_list_of_markup_takes_nothing_of_a_plan_as_markup(build):
    items, note = tables.decisions(("old",))
    assert len(items) == 3 and all("<i>" not in item for item in items) and "&lt;i&gt;" in items[0]
    assert note.startswith("3 lượt giao (3 nhiệm vụ)")
    assert tables.decisions(("new",)) == ([], "")


def test_the_answer_by_todays_names_counts_tasks_and_not_names(build):
    assert "<b>3</b> nhiệm vụ có cơ quan chủ trì đã kết thúc hoạt động hoặc đã tách" in who_rows.answer(
        today(("old",))
    ) and "ở <b>1</b> nhiệm vụ" in who_rows.answer(today(("old",)))
    assert labels.html("who.answer_no_open") in who_rows.answer(today(("new",)))
    assert who_rows.answer(today(("empty",))) == labels.html("who.answer_no_tasks")


@pytest.mark.parametrize(
    ("plans", "title"),
    [
        (("old",), "Cấp giữa chủ trì 2 nhiệm vụ; nay không có cơ quan kế thừa duy nhất"),
        (("new",), "2 cơ quan chủ trì 1 trong 1 nhiệm vụ, không cơ quan nào nổi trội"),
    ],
)
def test_the_title_names_the_busiest_without_a_successor(build, plans, title):
    assert who_rows.title(today(plans)) == title


def test_a_province_that_is_part_of_another_is_said_and_one_that_stayed_is_not(build):
    assert (
        tables.provinces(("old",))
        == "Từ 1/7/2025, Tỉnh Cũ nay thuộc Tỉnh Mới: sở, ban, ngành của tỉnh cũ nay là của tỉnh mới."
    )
    assert tables.provinces(("between",)) == ""
    assert tables.provinces(("new",)) == ""  # no table says where its commune is


@pytest.mark.parametrize("plans", [ALL, ("old",), ("new",)])
def test_both_forms_name_every_office_and_nothing_that_is_left_out_goes_unsaid(build, plans):
    for draw in (picture.wide, picture.narrow):
        figure = draw(today(plans), False)
        words = small.texts(figure)
        assert "Nguồn:" in words and "<b>" not in words
        drawn, _ = who_rows.split(today(plans), False)
        assert drawn and all(f"{row.key}~lead" in small.hits(figure) for row in drawn)
        assert [row.agency for row in drawn if row.key != "-" and row.agency not in words] == []
    drawn, left_out = who_rows.split(today(plans), False)
    others = [row.totals["lead"] for row in today(plans).rows if row not in drawn]
    assert sorted(left_out) == sorted(filter(None, others))
    assert all(row in drawn for row in today(plans).rows if row.group == "open" and row.totals["lead"])


def test_every_scope_of_the_shipped_table_is_said_in_vietnamese(database):
    con = duckdb.connect(str(database), read_only=True)
    found = con.execute("select agency from agency_reform where scope_vi is null or scope_vi = scope").fetchall()
    assert found == [] and con.execute("select count(*) from agency_reform").fetchone() > (0,)


@pytest.mark.parametrize(
    ("written", "agency", "is_it"),
    [
        ("Phòng Nội vụ huyện", "Phòng Nội vụ", True),
        ("Phòng Nội vụ huyện Bắc Hà", "Phòng Nội vụ", True),
        ("Phòng Nội vụ thị xã", "Phòng Nội vụ", True),
        ("Phòng Lao động - Thương binh và Xã hội", "Phòng Lao động, Thương binh và Xã hội", True),
        ("Phòng Lao động – Thương binh và Xã hội huyện", "Phòng Lao động, Thương binh và Xã hội", True),
        ("Phòng Tài chính-Kế hoạch huyện", "Phòng Tài chính - Kế hoạch", True),
        ("Phòng Kế hoạch - Tài chính", "Phòng Tài chính - Kế hoạch", False),
        ("Phòng Y tế dự phòng", "Phòng Y tế", False),
        ("Phòng Nghiệp vụ Y", "Phòng Y tế", False),
    ],
)
def test_an_office_of_a_district_is_known_by_the_names_that_plans_give_it(
    written: str, agency: str, is_it: bool
) -> None:
    assert _is_called(written, agency) is is_it


@pytest.mark.parametrize(
    ("agency", "scopes"),
    [
        ("Các tổ chức chính trị xã hội cấp huyện", ["level abolished"]),
        ("Hội Chữ thập đỏ huyện", ["level abolished"]),
        ("Cơ quan cấp tỉnh, cấp huyện", []),
        ("Các tổ chức chính trị - xã hội cấp xã", []),
        ("Hội Chữ thập đỏ", []),
        # what a row knows is said by that row alone
        ("HĐND cấp huyện", []),
        ("Phòng Y tế huyện", ["health"]),
    ],
)
def test_an_office_of_a_level_that_is_gone_is_gone_though_no_row_names_it(agency: str, scopes: list[str]) -> None:
    assert [row["scope"] for row in reformed([agency])] == scopes
