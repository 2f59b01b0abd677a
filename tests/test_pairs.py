"""Which tasks of two plans correspond: the matters that a task names, what a pair shares, and how pairs are counted
against labels.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import small

from etl.load import task_pairs
from etl.match import with_matters
from etl.measure import pairs
from etl.measure.cells import table
from etl.measure.plans import PAIRS
from etl.model import Touch, Unit
from etl.reference import matters, subs
from ui import data


def _unit(text: str, *touches: Touch) -> Unit:
    return Unit(1, "narrative", "", text, 1, 1, touches=touches)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Niêm yết công khai danh sách hộ nghèo tại trụ sở UBND cấp xã, nhà văn hóa thôn, tổ dân phố",
            {"danh sách hộ nghèo": "hộ nghèo"},
        ),
        ("Tăng cường công tác tiếp xúc cử tri", {"tiếp xúc cử tri": "tiếp xúc cử tri"}),
        # what stands in an office's name is who, not what
        ("Phòng Tư pháp hướng dẫn các xã", {}),
        ("Thực hiện tốt công tác này", {}),
        # an opinion that is given is no contribution, and a card for the poor no list of them
        (
            "Tổ chức lấy ý kiến đóng góp của người dân đối với dự thảo về quy hoạch, kế hoạch sử dụng đất",
            {"quy hoạch, kế hoạch sử dụng đất": "dự thảo về quy hoạch"},
        ),
        ("Rà soát cấp, phát thẻ bảo hiểm y tế cho hộ nghèo", {"bảo hiểm y tế": "bảo hiểm y tế"}),
        # a word that no table knows is not mended into one that it does: "khải" is not "khai"
        ("Tổ chức lễ khải hoàn ngân sách vụ", {}),
        ("niem yet cong khai danh sach ho ngheo tai tru so", {"danh sách hộ nghèo": "ho ngheo"}),
    ],
)
def test_a_task_names_what_it_does(text, named):
    (unit,) = with_matters([_unit(text)])
    assert {one.matter: one.quote for one in unit.matters} == named
    assert all(text[one.first : one.last] == one.quote for one in unit.matters)


def test_a_matter_is_what_a_task_is_about_or_only_named_as_what_it_touches_says():
    text = "Nâng cấp lưới điện và đường giao thông nông thôn; tuyên truyền bảo hiểm y tế"
    (unit,) = with_matters([_unit(text, Touch("6.1", "passing", "bảo hiểm y tế"))])
    assert [(one.matter, one.how) for one in unit.matters] == [
        ("cung cấp điện", "main"),
        ("đường giao thông nông thôn", "names"),
        ("bảo hiểm y tế", "passing"),
    ]


def test_a_heading_says_the_matter_only_where_the_words_name_none():
    heading = Touch("2.4", "main", "Công khai quy hoạch", by="heading")
    (silent,) = with_matters([_unit("Đăng tải đầy đủ, kịp thời", heading)])
    assert [(one.matter, one.first) for one in silent.matters] == [("quy hoạch, kế hoạch sử dụng đất", None)]
    (speaking,) = with_matters([_unit("Niêm yết danh sách hộ nghèo", heading)])
    assert [one.matter for one in speaking.matters] == ["danh sách hộ nghèo"]
    (no_task,) = with_matters([replace(_unit("Niêm yết danh sách hộ nghèo"), kind="description")])
    assert no_task.matters == ()


def test_every_row_of_matters_can_be_found_by_its_own_words():
    assert len(matters()) > 100
    lost = []
    for row in matters():
        assert row["sub"] in subs() | {""} and row["is_broad"] in ("", "yes") and row["matter_en"]
        for words in row["words"].split("|"):
            (unit,) = with_matters([_unit(words.replace("…", "và"))])
            if row["matter"] not in {one.matter for one in unit.matters}:
                lost.append((row["matter"], words))
    assert lost == []


# Pairs, by the view.

ROADS = (
    "Từng bước thực hiện nhựa hóa hoặc bê tông hóa các tuyến đường ở nông thôn để phục vụ nhu cầu đi lại, sản xuất kinh doanh của nhân dân.",
    "Phát huy tinh thần nhà nước và nhân dân cùng làm để bê tông hóa các tuyến đường ở nông thôn phục vụ nhu cầu đi lại, sản xuất kinh doanh của nhân dân và học sinh đến trường",
)


@pytest.fixture
def asked(tmp_path: Path):
    """A question to a small build: two plans' tasks in, (left, right, points, matters) from so many points on out."""

    def ask(left: list[str], right: list[str], bar: float = 1) -> list[tuple[int, int, float, list[str]]]:
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.duckdb"
        with small.database(file) as insert:
            small.build(insert)
            for row in matters():
                insert(
                    "matters",
                    {name: row[name] for name in ("matter", "matter_en", "words")}
                    | {"is_broad": bool(row["is_broad"])},
                )
            for plan, texts in (("a", left), ("b", right)):
                small.plan(insert, plan)
                for at, text in enumerate(texts, 1):
                    small.unit(insert, plan, at, text=text)
                    for one in with_matters([_unit(text)])[0].matters:
                        insert(
                            "unit_matters",
                            {"unit_id": f"{plan}:{at}", "matter": one.matter, "how": one.how, "quote": one.quote},
                        )
        with small.shown(file):
            found = data.task_pairs(("a", "b"), 100, bar)
            return [(int(p.left_unit[2:]), int(p.right_unit[2:]), p.points, list(p.matters)) for p in found]

    return ask


@pytest.mark.parametrize(
    ("left", "right", "corresponds"),
    [
        (*ROADS, True),
        # the same matter in quite other words
        (
            "Niêm yết danh sách hộ nghèo tại nhà văn hóa thôn",
            "Công khai, minh bạch việc bình xét hộ nghèo hằng năm theo Quyết định 59/2015/QĐ-TTg",
            True,
        ),
        # a frame that both use, and two matters
        (
            "Đẩy mạnh công tác tuyên truyền về bảo hiểm y tế",
            "Đẩy mạnh công tác tuyên truyền về trợ giúp pháp lý",
            False,
        ),
        # marks are never stripped: "đạt" is not "đất"
        ("Công khai kế hoạch sử dụng đất", "Rà soát kế hoạch sử dụng đạt", False),
        # a broad matter alone is no pair
        ("Tăng cường cải cách hành chính", "Kiểm tra công tác cải cách hành chính ở các xã", False),
    ],
)
def test_two_tasks_correspond_by_what_they_do(asked, left, right, corresponds):
    assert bool(asked([left], [right], pairs.BAR)) == corresponds


def test_a_task_of_several_clauses_corresponds_to_several_tasks_best_first(asked):
    found = asked(
        ["Nâng cấp lưới điện; bê tông hóa đường giao thông nông thôn; cung cấp nước sạch cho người dân nông thôn."],
        [
            "Sửa chữa đường giao thông nông thôn",
            "Đầu tư cung cấp nước sạch cho người dân nông thôn",
            "Tiếp công dân định kỳ",
        ],
        pairs.NEAR,
    )
    assert [(right, names) for _, right, _, names in found] == [(2, ["nước sạch"]), (1, ["đường giao thông nông thôn"])]


def test_the_same_task_has_all_points_and_a_plan_that_is_not_asked_for_none(asked):
    ((_, _, points, _),) = asked([ROADS[0]], [ROADS[0]])
    assert points == pytest.approx(100)


def test_no_task_is_compared_beyond_the_most_that_are_asked_for(shown_database):
    plans = ("hung-yen-2020", "bac-kan-2021")
    with small.shown(shown_database):
        some, every = (data.task_pairs(plans, most, 45) for most in (10, 400))
    assert 0 < len(some) < len(every)
    assert {pair.left_unit.partition(":")[0] for pair in every} == {plans[0]}


def test_which_plan_is_named_first_changes_no_points(shown_database):
    plans = ("hung-yen-2020", "bac-kan-2021")
    with small.shown(shown_database):
        one, other = data.task_pairs(plans, 400, 45), data.task_pairs(plans[::-1], 400, 45)
    assert {(pair.left_unit, pair.right_unit): round(pair.points, 6) for pair in one} == {
        (pair.right_unit, pair.left_unit): round(pair.points, 6) for pair in other
    }


# Counted against labels.


def test_what_a_page_calls_a_pair_is_what_was_measured():
    assert (data.compare.BAR, data.compare.NEAR) == (pairs.BAR, pairs.NEAR)


def test_pairs_are_counted_against_either_file_both_and_each():
    def row(a: int, b: int, sure: str, other: str) -> dict[str, str]:
        return {"plan_a": "a", "line_a": str(a), "plan_b": "b", "line_b": str(b), "sure": sure, "sure_alt": other}

    labelled = [row(1, 1, "2", "2"), row(2, 2, "1", ""), row(3, 3, "", "1"), row(4, 4, "2", "1")]
    points = {(("a", n), ("b", n)): some for n, some in ((1, 90), (2, 70), (4, 50), (5, 80))}
    tasks = [(plan, n) for plan in "ab" for n in range(1, 7)]
    assert pairs.measures(labelled, tasks, points) == {
        "pairs_precision": (2, 3),
        "pairs_recall": (1, 2),
        "first_precision": (2, 3),
        "first_recall": (2, 3),
        "second_precision": (1, 3),
        "second_recall": (1, 3),
        "agreed": (4, 6),
        # 3 and 6 of each plan stand alone, and no pair of both files has them
        "only_right": (4, 4),
    }


def test_every_labelled_pair_names_a_task_of_a_plan(readings):
    tasks = {(one.plan.plan_id, unit.first_line) for one in readings for unit in one.units if unit.kind == "action"}
    labelled = table(PAIRS, "pairs.tsv")
    assert len(labelled) > 150 and len({tuple(row.values())[:4] for row in labelled}) == len(labelled)
    for row in labelled:
        assert {(row["plan_a"], int(row["line_a"])), (row["plan_b"], int(row["line_b"]))} <= tasks
        assert {row["sure"], row["sure_alt"]} <= {"", "1", "2"} and row["sure"] + row["sure_alt"]


def test_pairs_are_found_and_right_as_far_as_the_page_says(readings):
    labelled = pairs.by_plans(table(PAIRS, "pairs.tsv"))
    assert len(labelled) == 2
    for plan_ids, points in task_pairs(list(readings), labelled, pairs.NEAR).items():
        found = pairs.measures(labelled[plan_ids], [], points)
        for measure in ("pairs_precision", "pairs_recall"):
            right, of = found[measure]
            assert right / of > 0.8, (plan_ids, measure, right, of)
