"""Places of today: the commune that holds a plan's, what kind a province is, and what is said of a level that is gone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
import small
from test_load import a_plan, a_reading, rows

from etl import load
from etl.load.rows import knowledge_of, provinces
from etl.reference import communes_now, table
from ui import data
from ui.data.ask import columns, typed
from ui.data.who import Reformed
from ui.words import offices, places


@pytest.mark.parametrize(
    ("issuer", "province", "about", "now"),
    [
        ("UBND xã Nậm Khánh, huyện Bắc Hà", "Lào Cai", "", ("xã Bản Liền",)),
        ("UBND xã Nậm Khánh", "Lào Cai", "", ("xã Bản Liền",)),
        ("UBND phường Ngọc Hà", "Hà Nội", "", ("phường Ba Đình", "phường Ngọc Hà")),  # each holds a part
        ("UBND thị trấn Bắc Hà", "Lào Cai", "", ("xã Bắc Hà",)),
        ("UBND xã Nậm Khánh", "Hà Giang", "", ()),  # another province
        ("UBND huyện Bắc Hà", "Lào Cai", "", ()),  # a district has no successor
        ("UBND xã Tân Lập", "Thái Nguyên", "", ()),
    ],
)
def test_the_commune_of_today_is_said_only_where_the_table_says_one_place(issuer, province, about, now):
    assert communes_now(issuer, province, about) == now


def test_of_communes_with_one_name_the_district_tells_which_or_nothing_is_said():
    by_name: dict[tuple[str, str], set[str]] = {}
    for row in table("communes-2025"):
        by_name.setdefault((row["province"], row["commune"]), set()).add(row["district"])
    (province, name), districts = next(
        item for item in by_name.items() if len(item[1]) > 1 and item[0][1].startswith("Xã")
    )
    assert communes_now(f"UBND {name}", province) == ()
    for district in districts:
        assert communes_now(f"UBND {name}", province, f"kế hoạch của {name}, {district}") != ()


def test_every_province_of_the_communes_went_where_the_table_of_provinces_says():
    assert len(table("communes-2025")) == 10571
    assert len({row["code_now"] for row in table("communes-2025")}) == 3321
    cities = {row["province_now"] for row in provinces() if row["kind_now"] == "city"}
    assert len(cities) == 9 and {"Huế", "Đồng Nai", "Quảng Ninh", "Bắc Ninh"} <= cities
    assert sum(row["kind"] == "city" for row in provinces()) == 5


def test_a_plan_of_before_has_its_commune_of_today_and_one_of_after_none(tmp_path: Path):
    old = a_plan(
        "cu", province="Lào Cai", level="commune", issuer="UBND xã Nậm Khánh, huyện Bắc Hà", issued="2020-06-04"
    )
    new = dataclasses.replace(old, plan_id="moi", issued="2025-08-01", issuer="UBND xã Bản Liền")
    load.write(file := tmp_path / "x.duckdb", [a_reading(plan=old), a_reading(plan=new)])
    assert rows(file, "select plan_id, communes_now from plans order by 1") == [("cu", ["xã Bản Liền"]), ("moi", None)]


@pytest.mark.parametrize(
    ("said", "vi", "en"),
    [
        (
            {"level": "commune", "communes_now": ["xã Bản Liền"]},
            "nay thuộc xã Bản Liền, tỉnh Lào Cai",
            "now part of Bản Liền commune, Lào Cai province",
        ),
        (
            {"level": "commune", "communes_now": ["phường A", "xã B"]},
            "nay mỗi phần thuộc phường A và xã B, tỉnh Lào Cai",
            "now in parts of A ward and B commune, Lào Cai province",
        ),
        ({"level": "commune"}, "nay thuộc tỉnh Lào Cai", "now Lào Cai province"),
        (
            {"level": "district"},
            "từ 1/7/2025 không còn cấp huyện; địa bàn nay thuộc tỉnh Lào Cai",
            "districts were abolished on 1 July 2025; the area is now in Lào Cai province",
        ),
        ({"province": "Sóc Trăng", "province_now": "Cần Thơ"}, "nay thuộc thành phố Cần Thơ", "now Cần Thơ city"),
    ],
)
def test_where_a_plans_place_is_now_is_said_in_words(tmp_path: Path, said, vi, en):
    with small.database(tmp_path / "small.duckdb") as insert:
        small.dimensions(insert)
        for name, now, kind in (("Lào Cai", "Lào Cai", "province"), ("Sóc Trăng", "Cần Thơ", "city")):
            insert(
                "provinces",
                {"province": name, "province_now": now, "region": "V", "kind": "province", "kind_now": kind},
            )
        small.plan(insert, "a", **{"province": "Lào Cai", **said})
    for lang, words in (("vi", vi), ("en", en)):
        with small.shown(tmp_path / "small.duckdb", lang):
            assert places.now(data.plan("a")) == words


@pytest.mark.parametrize(
    ("agency", "office", "to_check", "said"),
    [
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính", False, "Sở Tài chính (toàn bộ)"),
        # only a part went elsewhere: the office stays, or goes on where the rest went
        ("Sở Nội vụ", "Sở Nội vụ", False, "Sở Dân tộc và Tôn giáo (tín ngưỡng, tôn giáo, ở tỉnh có sở này)"),
        ("Sở Tư pháp", "Sở Tư pháp", False, "Công an tỉnh (lý lịch tư pháp)"),
        ("Sở Giao thông vận tải", "Sở Xây dựng", False, "Công an tỉnh (sát hạch, cấp giấy phép lái xe)"),
        ("Sở Lao động, Thương binh và Xã hội", None, False, "Sở Nông nghiệp và Môi trường (giảm nghèo)"),
        # a district has no successor: who holds such work is said by level
        ("UBND cấp huyện", None, False, "bỏ cấp huyện; việc chuyển về UBND cấp xã hoặc UBND tỉnh"),
        ("Phòng Tư pháp", None, False, "ở cấp xã: Văn phòng HĐND và UBND cấp xã (tư pháp)"),
        ("Phòng Nội vụ", None, True, "ở cấp xã: Phòng Văn hóa - Xã hội cấp xã (việc cấp xã)"),
        # no source says all of it
        (
            "Thanh tra Sở",
            "Thanh tra tỉnh",
            True,
            "Thanh tra tỉnh (bỏ thanh tra sở; người và việc về đâu chưa thấy nguồn nêu)",
        ),
        ("Trung tâm Y tế huyện", None, True, "tổ chức lại theo từng tỉnh"),
    ],
)
def test_an_office_of_before_2025_is_said_as_far_as_a_source_says(reformed, agency, office, to_check, said):
    found = reformed[agency]
    assert (found.office, found.to_check) == (office, to_check)
    assert said in [offices.successor(one) for one in found.successors]


@pytest.mark.parametrize(
    ("agency", "day"),
    [
        ("Sở Kế hoạch và Đầu tư", "01/03/2025"),
        ("Ban Dân vận Tỉnh ủy", "tháng 02/2025"),
        ("Báo tỉnh", "năm 2025"),
        ("Trung tâm Y tế huyện", "ngày chưa rõ"),
    ],
)
def test_since_when_is_said_no_more_exactly_than_it_is_known(reformed, agency, day):
    assert offices.since(reformed[agency]) == day


@pytest.fixture(scope="module")
def reformed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Reformed]]:
    """What became of every agency of the table, told in Vietnamese."""
    with small.database(file := tmp_path_factory.mktemp("offices") / "small.duckdb") as insert:
        for row in knowledge_of("agency_reform"):
            insert("agency_reform", row)
    with small.shown(file):
        names = tuple(row["agency"] for row in knowledge_of("agency_reform"))
        yield {
            one.agency: one
            for one in typed(Reformed, f"select {columns(Reformed)} from agency_change where agency = any(?)", names)
        }


def test_of_a_districts_work_no_letter_goes_to_a_successor(reformed):
    assert all(one.office is None for one in reformed.values() if any(part["level"] for part in one.successors))
