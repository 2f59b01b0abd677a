"""Scores beside coverage: the rules for low, falling and few, and the words drawn from them."""

from __future__ import annotations

import collections
import csv
from pathlib import Path

import pytest
import small

from etl.reference import table
from ui import data
from ui.topics.scores import picture, tables
from ui.topics.scores import view as scores
from ui.words import labels

PLANS = [  # id, level, province, year, status
    ("tinh", "province", "A", 2021, "read"),
    ("xa", "commune", "A", 2021, "read"),
    ("khong", "province", "B", 2021, "read"),  # no score in the table
    ("moi", "province", "A", 2026, "read"),  # scores end before its year
    ("trong", "province", "A", 2021, "read"),  # no task at all
    ("chua-doc", "province", "A", 2021, "not_read"),
    ("khong-nam", "province", "A", None, "read"),
]
SCORES = [  # year, dim, score of province A
    (2020, 0, 42.0),
    (2021, 0, 41.0),
    (2020, 1, 5.5),
    (2021, 1, 5.6),  # neither low nor falling
    (2020, 2, 5.5),
    (2021, 2, 5.15),  # lost more than most provinces moved
    (2020, 3, 5.5),
    (2021, 3, 5.35),  # lost no more than most moved
    (2020, 4, 4.2),
    (2021, 4, 4.25),  # in the last quarter
    (2020, 5, 5.5),
    (2021, 5, 5.05),  # lost what all have lost
    (2021, 6, 4.0),  # in the last quarter, no year before
    (2020, 7, 4.0),  # in the last quarter the year before, no score since
    (2022, 8, 3.0),  # neither year
]
OTHERS = 39
"""So many other provinces stand beside A. Number n moves by n hundredths, up or down by turns, and all lose on dimension 5."""


def others(year: int, dim: int) -> list[float]:
    """The scores of the other provinces."""
    lost = -0.4 if dim == 5 else 0.0
    moved = {2020: 0.0, 2021: 1.0, 2022: 1.0}[year]
    return [4 + 0.05 * n + moved * (lost + (0.01 if n % 2 else -0.01) * n) for n in range(1, OTHERS + 1)]


TASKS = {
    "tinh": {1: 8, 2: 1, 3: 1, 4: 2, 5: 1, 6: 3},
    "xa": {4: 1},
    "khong": {1: 1},
    "moi": {1: 1},
    "khong-nam": {1: 1},
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of plans of one province with scores and one without."""
    path = tmp_path_factory.mktemp("scores") / "small.duckdb"
    with small.database(path) as insert:
        small.dimensions(insert)
        for plan, level, province, year, status in PLANS:
            small.plan(insert, plan, level=level, province=province, year=year, status=status)
            for dim, tasks in TASKS.get(plan, {}).items():
                for at in range(tasks):
                    small.unit(insert, plan, 10 * dim + at, dim=dim, declared_dim=dim, dim_basis="declared")
        small.unit(insert, "tinh", 80, kind="description", dim=8, declared_dim=8, dim_basis="declared")
        insert(
            "touches", {"unit_id": "xa:40", "sub": "1.1", "how": "names", "quote": "…", '"by"': "text", "sure": True}
        )
        for year, dim, score in SCORES:
            every = {"A": score} | ({f"T{n}": one for n, one in enumerate(others(year, dim))} if dim else {})
            for province, one in every.items():
                insert("scores", {"province": province, "year": year, "dim": dim, "score": one})
    return path


def shown(plan: str, dim: int | None = None) -> scores.View:
    """What the page shows of a plan."""
    return scores.view(data.Basis.HEADING, data.provinces_of_plan(plan)[0], plan, dim)


@pytest.mark.parametrize(
    ("dim", "low", "falls", "few"),
    [
        (1, False, False, False),
        (2, False, True, True),  # 16 tasks: an even share is 2, and 1 is less than two thirds of it
        (3, False, False, True),
        (4, True, False, False),
        (5, False, False, True),
        (6, True, False, False),
        (7, True, False, True),  # no task
        (8, False, False, True),  # described only
    ],
)
def test_low_falling_and_few_follow_the_rule_that_the_page_states(build, dim, low, falls, few):
    row = shown("tinh").rows[dim - 1]
    assert (row.low, row.falls, row.few) == (low, falls, few)


def test_the_total_is_no_dimension_and_cross_cutting_tasks_meet_no_score(build):
    assert [row.dim for row in shown("tinh").rows] == list(range(1, 9))


@pytest.mark.parametrize(
    ("plan", "title"),
    [
        ("tinh", "Kế hoạch tinh: nội dung 2 và 7 điểm thấp hoặc giảm, và ít hoặc không có nhiệm vụ"),
        ("xa", "Kế hoạch xa: nội dung 2, 6 và 7 điểm thấp hoặc giảm, và ít hoặc không có nhiệm vụ"),
        ("trong", "Kế hoạch trong: nội dung 2, 4, 6 và 7 điểm thấp hoặc giảm, và ít hoặc không có nhiệm vụ"),
        ("moi", "Kế hoạch moi: nhiệm vụ, và điểm PAPI của tỉnh A"),
        ("chua-doc", "Kế hoạch chua-doc: nhiệm vụ, và điểm PAPI của tỉnh A"),
        ("khong-nam", "Kế hoạch khong-nam: nhiệm vụ, và điểm PAPI của tỉnh A"),
    ],
)
def test_the_title_is_computed_or_plain(build, plan, title):
    assert scores.title(shown(plan)) == title


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (
            "tinh",
            "Năm 2021, tỉnh A có <b>4 trong 8 nội dung</b> điểm thấp hoặc giảm: 2 Ngắn 2 (điểm giảm), 4 Ngắn 4 (điểm thấp)",
        ),
        ("tinh", "Trong đó kế hoạch có ít hoặc không có nhiệm vụ về <b>7 Ngắn 7 và 2 Ngắn 2</b>."),
        ("tinh", "Năm mới nhất (2022): 8 Ngắn 8 (điểm thấp)."),
        (
            "tinh",
            "Tổng điểm năm 2021 của tỉnh A: 41,00 điểm, hạng 1/1, trung vị cả nước 41,00 (thứ hạng do chương trình tự tính;",
        ),
        ("xa", "Đây là điểm của cả tỉnh A, không phải của xã."),
        ("moi", "Bảng nguồn chưa có điểm năm 2025 và 2026"),
        ("chua-doc", "Kế hoạch này chưa đọc được"),
        ("khong-nam", "Không rõ năm của kế hoạch"),
    ],
)
def test_the_answer_says_whose_scores_these_are_and_what_cannot_be_said(build, plan, says):
    assert says in scores.answer(shown(plan))


def test_a_province_without_scores_has_words(build):
    assert not scores.has_scores(shown("khong")) and scores.has_scores(shown("xa"))
    assert labels.t("scores.none") == "Chưa có điểm PAPI của tỉnh này trong bảng nguồn."


def test_a_dimension_without_tasks_leads_to_what_only_describes_it(build):
    assert scores.unit_ids(data.Basis.HEADING, "tinh", data.Topic(8)) == ("tinh:80",)
    assert scores.unit_ids(data.Basis.HEADING, "tinh", data.Topic(7)) == ()
    assert len(scores.unit_ids(data.Basis.HEADING, "tinh", data.Topic(1))) == 8


def test_the_list_to_read_first_gives_both_years_and_the_tasks(build):
    last, falling = scores.ranked(shown("tinh"))
    assert "Điểm thấp; ít hoặc không có nhiệm vụ" in last and "2020: 4,00 điểm, hạng 40/40" in last
    assert "Điểm giảm; ít hoặc không có nhiệm vụ" in falling and "1 nhiệm vụ" in falling
    assert "2020: 5,50 điểm" in falling and "2021: 5,15 điểm" in falling


def test_nothing_is_low_or_falling_where_few_provinces_are_held(tmp_path):
    with small.database(tmp_path / "small.duckdb") as insert:
        small.dimensions(insert)
        small.plan(insert, "tinh", province="A", year=2021)
        for province, before, now in (("A", 9.0, 2.0), ("B", 5.0, 5.0), ("C", 5.0, 5.1)):
            for year, score in ((2020, before), (2021, now)):
                insert("scores", {"province": province, "year": year, "dim": 1, "score": score})
    with small.shown(tmp_path / "small.duckdb"):
        assert not shown("tinh").weak and shown("tinh").scores["1"][2021].rank == 3


@pytest.mark.parametrize(
    ("plan", "weak", "since"),
    [
        (
            "binh-dinh-2022",
            [1, 3, 5],
            [1, 3, 4, 5],
        ),  # rank 4 of 61 on dimension 6 once was flagged, and so were all eight
        ("bac-kan-2021", [5, 8], [6, 7]),
        ("hung-yen-2020", [3, 7], []),
    ],
)
def test_of_the_shipped_plans_only_what_stands_out_is_flagged(shown_database, plan, weak, since):
    with small.shown(shown_database):
        found = shown(plan)
        assert [row.dim for row in found.weak] == weak and found.latest == 2024
        assert [row.dim for row in found.rows if row.is_weak_now] == since


def test_the_download_has_every_year_and_says_what_is_before_and_after(build):
    columns, rows = tables.every_year(shown("tinh"))
    assert len(rows) == len(SCORES) and set(columns) == set(rows[0])
    assert {(row["year"], row["when"]) for row in rows} == {
        (2020, "trước kế hoạch"),
        (2021, "năm của kế hoạch"),
        (2022, "sau kế hoạch"),
    }
    assert {row["tasks"] for row in rows if row["dim"] == 0} == {""}


def test_a_dimension_that_only_a_task_on_another_names_is_said_with_how_many_do(build):
    for draw in (picture.wide, picture.narrow):
        drawn = small.texts(draw(shown("xa")))
        assert "(1 nhiệm vụ)" in drawn and "(0 nhiệm vụ)" not in drawn


@pytest.mark.parametrize("plan", [plan for plan, *_ in PLANS if plan != "khong"])
def test_every_form_names_all_dimensions_and_leads_to_them_and_has_a_table(build, plan):
    for draw in (picture.wide, picture.narrow):
        figure = draw(shown(plan))
        assert set(small.hits(figure)) == {str(dim) for dim in range(1, 9)}
        words = small.texts(figure)
        assert scores.title(shown(plan)) in words and "Nguồn điểm:" in words
        assert [
            dim for dim in range(1, 9) if f"{dim} Tên {dim}" not in words and f"{dim} Ngắn {dim}" not in words
        ] == []
        assert small.smallest(figure) >= 12
    columns, rows = tables.around(shown(plan))
    assert len(rows) == 9 and all(set(columns) <= set(row) for row in rows)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_word_of_this_page_claims_a_cause(lang):
    causal = (
        "vì ",
        "nhờ ",
        "dẫn đến",
        "khiến",
        "làm cho",
        "tác động",
        "because",
        "thanks to",
        "due to",
        "led to",
        "caused",
        "effect",
        "impact",
    )
    said = [
        row[lang].lower() for key, row in labels.table().items() if key.startswith("scores.") and key != "scores.rule"
    ]
    assert len(said) > 20
    assert [text for text in said if any(word in text for word in causal)] == []


# All provinces, sub-dimensions, and years that are not compared.

REPORTED = Path(__file__).parent / "data" / "papi-scores-reported.csv"
"""Figures of the five provinces of the shipped plans as they were held before, to two decimals, from another compilation."""


def held() -> dict[tuple[str, int, int, str], float]:
    """Every score of the table, by province, year, dimension and sub-dimension."""
    return {
        (row["province"], int(row["year"]), int(row["dimension"]), row["sub"]): float(row["score"])
        for row in table("papi-scores")
    }


def test_the_scores_agree_with_the_rows_of_another_compilation():
    with REPORTED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ours = held()
    far = [
        row
        for row in rows
        if abs(ours[row["province"], int(row["year"]), int(row["dimension"]), ""] - float(row["score"])) > 0.00501
    ]
    assert len(rows) == 560 and far == []


def test_every_dimension_is_the_sum_of_its_parts_and_every_total_of_its_dimensions():
    ours = held()
    parts: dict[tuple[str, int, int], float] = collections.defaultdict(float)
    for (province, year, dim, sub), score in ours.items():
        parts[province, year, dim if sub else 0] += score if sub or dim else 0
    for row in table("papi-scores-dropped"):
        parts[row["province"], int(row["year"]), int(row["dimension"])] += float(row["score"])
    wholes = {key[:3]: score for key, score in ours.items() if not key[3]}
    assert len(wholes) == 6963 and max(abs(parts[key] - score) for key, score in wholes.items()) < 0.00001


def seen(province: str, plan: str | None = None, dim: int | None = None) -> scores.View:
    """What the page shows of a province, and of a plan beside it."""
    return scores.view(data.Basis.HEADING, province, plan, dim)


def test_the_sub_dimensions_of_one_dimension_stand_beside_the_plans_tasks_on_them(shown_database):
    with small.shown(shown_database):
        found = seen("Bình Định", "binh-dinh-2022", 5)
        assert [str(row.topic) for row in found.rows] == ["5.1", "5.2", "5.3", "5.4"]
        assert [row.state for row in found.rows] == [
            cell.state
            for cell in data.plan_subdimensions(data.Basis.HEADING)
            if cell.plan_id == "binh-dinh-2022" and cell.dim == 5
        ]
        assert (
            max(found.scores["5.2"]) == 2020
            and found.broken("5.1", 2021) == "thang điểm từ 2,5 lên 3,33, do nội dung 5 không còn 5.2"
        )
        assert "2 trong 4 chỉ số" in scores.answer(found)
        for draw in (picture.wide, picture.narrow):
            assert set(small.hits(draw(found))) == {"5.1", "5.2", "5.3", "5.4"} and "//" in small.texts(draw(found))


@pytest.mark.parametrize(
    ("topic", "year", "is_broken"),
    [
        ("5", 2021, True),  # it lost 5.2
        ("8", 2019, True),  # it gained 8.3
        ("8", 2018, False),  # nothing stands before
        ("0", 2018, True),
        ("6", 2021, False),  # one of its parts rose everywhere; it is the sum of the same four
        ("6.4", 2021, True),
    ],
)
def test_no_line_and_no_fall_is_said_across_a_break(shown_database, topic, year, is_broken):
    with small.shown(shown_database):
        found = seen("Hà Nội", None, int(topic[0]) if "." in topic else None)
        assert bool(found.broken(topic, year)) is is_broken
        fell = {
            score.year
            for name in data.provinces()
            for score in data.scores_of_province(name.province)
            if score.topic == topic and score.falls
        }
        assert (year in fell) is not is_broken or topic == "8"


def test_a_province_without_a_plan_is_shown_as_such_and_its_missing_years_are_words(shown_database):
    with small.shown(shown_database):
        found = seen("Quảng Ninh")
        assert {row.state for row in found.rows} == {"no_plan"} and found.missing == [2021, 2023]
        assert (
            scores.provinces()["Quảng Ninh"] == "Quảng Ninh (chưa có kế hoạch)"
            and scores.provinces()["Bắc Kạn"] == "Bắc Kạn"
        )
        said = scores.answer(found)
        assert (
            "<b>Chưa có kế hoạch nào</b> của tỉnh Quảng Ninh trong cơ sở dữ liệu" in said and "năm 2021 và 2023" in said
        )
        assert "của thành phố Hà Nội" in scores.title(seen("Hà Nội"))
        empty = [row for row in tables.every_year(found)[1] if row["year"] == 2021]
        assert len(empty) == 9 and {row["score"] for row in empty} == {""}
        assert "chưa có kế hoạch" in small.texts(picture.wide(found))


def test_what_papi_no_longer_measures_stands_in_the_file_of_its_dimension(shown_database):
    with small.shown(shown_database):
        boards = [row for row in tables.every_year(seen("Lào Cai", None, 3))[1] if "không còn đo" in row["name"]]
        assert {(row["report"], row["year"]) for row in boards} >= {("3.2", 2011), ("3.3", 2015), ("3.3", 2017)}
        assert {
            (row["sub"], row["report"]) for row in tables.every_year(seen("Lào Cai", None, 2))[1] if row["year"] == 2015
        } == {("2.2", "2.1"), ("2.3", "2.2"), ("2.4", "2.3")}


def test_a_merged_province_has_no_score_and_its_parts_stand_under_their_own_names(tmp_path):
    with small.database(tmp_path / "small.duckdb") as insert:
        small.dimensions(insert)
        for name, now in (("Bình Định", "Gia Lai"), ("Gia Lai", "Gia Lai")):
            insert(
                "provinces",
                {"province": name, "province_now": now, "region": "V", "kind": "province", "kind_now": "province"},
            )
            insert("scores", {"province": name, "year": 2024, "dim": 1, "score": 4.5 if now == name else 5.5})
        small.plan(insert, "truoc", province="Gia Lai", year=2024)
        small.plan(insert, "sau", province="Gia Lai", year=2025, issued="2025-08-01")
    with small.shown(tmp_path / "small.duckdb"):
        assert data.provinces_of_plan("truoc") == ("Gia Lai",)
        merged = seen("Gia Lai", "sau")
        assert merged.is_merged and not merged.is_comparable and not merged.weak and merged.latest is None
        said = scores.answer(merged)
        assert "tỉnh Gia Lai gồm tỉnh Gia Lai và tỉnh Bình Định" in said and "không tự gộp" in said
        _, rows = tables.parts(data.plan("sau"))
        assert [(row["province"], row["1"].partition("\n")[0]) for row in rows] == [
            ("Gia Lai", "4,50"),
            ("Bình Định", "5,50"),
        ]
        assert data.plans_of_province("Bình Định") == ("sau",)


def test_every_file_of_scores_says_whose_they_are_and_that_ranks_are_ours():
    for lang, ours in (
        ("vi", "hạng và trung vị do chương trình tự tính"),
        ("en", "ranks and medians are our own count"),
    ):
        with labels.speaking(lang):
            said = labels.t("scores.source")
            assert "papi.org.vn" in said and "UNDP" in said and ours in said
