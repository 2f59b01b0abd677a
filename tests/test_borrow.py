"""Where a plan has a gap: who holds it elsewhere, and today, and the one task of another plan to go by."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import small
from house import opened
from rapidfuzz import fuzz

from ui import data
from ui.data import borrow
from ui.data.topic import Basis, Topic
from ui.topics.coverage import tables, view
from ui.words import holders

PLANS = [
    ("cua-toi", "province", 2020),
    ("tinh", "province", 2020),
    ("tinh-moi", "province", 2026),
    ("xa", "commune", 2020),
]
TASKS = [  # plan, ordinal, sub, text, lead, timing, finding
    ("cua-toi", 1, "1.1", "Tuyên truyền về quyền của công dân.", "Sở Tư pháp", "dated", None),
    ("xa", 1, "5.3", "Cấp giấy chứng nhận cho hộ dân trước ngày 30/6.", "UBND cấp xã", "dated", None),
    ("tinh", 1, "5.3", "Rút ngắn thời gian cấp giấy chứng nhận.", None, "unspecified", None),
    ("tinh", 2, "5.3", "Cấp giấy chứng nhận đúng hẹn.", "Sở Tài nguyên và Môi trường", "unspecified", None),
    ("tinh", 3, "5.3", "Trả giấy chứng nhận tại bưu điện.", "Sở Tài nguyên và Môi trường", "ongoing", None),
    ("tinh", 4, "5.3", "Công khai hồ sơ đất đai trước ngày 15/12.", "Sở Tài nguyên và Môi trường", "dated", None),
    (
        "tinh",
        5,
        "5.3",
        "Niêm yết thủ tục trước ngày 01/02.",
        "Sở Tài nguyên và Môi trường",
        "dated",
        "repeated_elsewhere",
    ),
    (
        "tinh",
        6,
        "5.1",
        "Niêm yết công khai thủ tục chứng thực tại bộ phận một cửa của xã.",
        "Sở Tư pháp",
        "dated",
        None,
    ),
    (
        "tinh",
        7,
        "5.4",
        "Niêm yết công khai thủ tục hộ tịch tại bộ phận một cửa của xã.",
        "UBND cấp huyện",
        "dated",
        None,
    ),
    ("tinh-moi", 1, "5.3", "Số hóa hồ sơ đất đai.", "Sở Tài nguyên và Môi trường", "unspecified", None),
    ("tinh-moi", 2, "6.1", "Mở rộng khám bệnh từ xa.", "Sở Y tế", "ongoing", None),
]
REFORM = [
    ("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", "toàn bộ", "Nghị định 45/2025/NĐ-CP"),
    ("UBND cấp huyện", None, "bỏ cấp huyện", "Luật Tổ chức chính quyền địa phương 2025"),
]
SUBS = [  # sub, measured from and to
    ("1.1", 2011, None),
    ("5.1", 2011, None),
    ("5.2", 2011, 2019),
    ("5.3", 2011, None),
    ("5.4", 2011, None),
    ("6.1", 2011, None),
    ("7.1", 2011, None),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four plans, one of them the reader's own, with one task in it."""
    path = tmp_path_factory.mktemp("borrow") / "small.duckdb"
    with small.database(path) as insert:
        small.dimensions(insert)
        for sub, first, last in SUBS:
            names = dict.fromkeys(("name_vi", "name_en", "short_vi", "short_en"), f"Chỉ số {sub}")
            insert(
                "subdimensions", {"sub": sub, "dim": int(sub[0]), "measured_from": first, "measured_to": last} | names
            )
        for agency in sorted({lead for *_, lead, _, _ in TASKS if lead}):
            small.agency(insert, agency)
        for agency, office, scope, basis in REFORM:
            day = datetime.date(2025, 7, 1)
            insert(
                "agency_reform",
                {
                    "agency": agency,
                    "since_2025": office,
                    "from_date": day,
                    "scope_vi": scope,
                    "scope": scope,
                    "basis": basis,
                },
            )
        for plan, level, year in PLANS:
            small.plan(insert, plan, level=level, year=year)
        for plan, at, sub, text, lead, timing, code in TASKS:
            declared = {"dim": int(sub[0]), "sub": sub, "declared_dim": int(sub[0]), "declared_sub": sub}
            unit = small.unit(insert, plan, at, text=text, timing=timing, dim_basis="declared", **declared)
            if lead:
                small.part(insert, unit, lead)
            if code:
                insert("findings", {"plan_id": plan, "unit_id": unit, "code": code, "detail": ""})
    return path


@pytest.mark.parametrize(
    ("topic", "says"),
    [
        # who leads in most plans comes first; today's name only where the plan is older than the reform
        (
            Topic(5, "5.3"),
            "Kế hoạch tinh giao Sở Tài nguyên và Môi trường (4 việc), nay là Sở Nông nghiệp và Môi trường (Nghị định 45/2025/NĐ-CP);"
            " Kế hoạch tinh-moi giao Sở Tài nguyên và Môi trường (1 việc), bảng sắp xếp bộ máy năm 2025 không ghi thay đổi",
        ),
        (Topic(5, "5.1"), "Kế hoạch tinh giao Sở Tư pháp (1 việc), bảng sắp xếp bộ máy năm 2025 không ghi thay đổi"),
        (
            Topic(5, "5.4"),
            "Kế hoạch tinh giao UBND cấp huyện (1 việc), nay không còn: bỏ cấp huyện (Luật Tổ chức chính quyền địa phương 2025)",
        ),
        (Topic(7, "7.1"), ""),
    ],
)
def test_who_holds_a_gap_elsewhere_is_said_with_who_holds_it_today(build, topic, says):
    assert holders.said(borrow.holders(Basis.HEADING, "cua-toi", [topic])[topic], 2) == says


@pytest.mark.parametrize(
    ("most", "agencies", "says"),
    [
        (4, 4, "Cơ quan chủ trì ở 4 kế hoạch khác: "),
        (4, 6, ". Còn 2 cơ quan chủ trì khác: Sở 5 và Sở 6."),
        (2, 3, ". Còn 1 cơ quan chủ trì khác: Sở 3."),
        (4, 30, ". Còn 26 cơ quan chủ trì khác: Sở 5, Sở 6, Sở 7, Sở 8 và 22 cơ quan nữa."),
    ],
)
def test_all_who_lead_elsewhere_are_counted_and_the_rest_named(tmp_path, most, agencies, says):
    file = tmp_path / "many.duckdb"
    with small.database(file) as insert:
        small.dimensions(insert)
        for plan in ("cua-toi", "a", "b", "c", "d"):
            small.plan(insert, plan, year=2026)
        for at in range(agencies):
            name = f"Sở {at + 1}"
            small.agency(insert, name)
            for again in range(agencies - at):  # the first has most tasks
                unit = small.unit(
                    insert, "abcd"[at % 4], 100 * at + again, dim=5, matched_dim=5, matched_sub="5.3", sub="5.3"
                )
                small.part(insert, unit, name)
    with small.shown(file):
        held = borrow.holders(Basis.HEADING, "cua-toi", [Topic(5, "5.3")])[Topic(5, "5.3")]
        said = holders.sentence(held, most)
        assert says in said and ("Còn" in said) == (agencies > most)
        assert f"ở {min(4, agencies)} kế hoạch" in said


def test_the_task_to_go_by_is_of_the_same_level_with_lead_and_date_and_no_copy(build):
    units, n, about = borrow.find(Basis.HEADING, "cua-toi", Topic(5, "5.3"), "none")
    assert [unit.unit_id for unit in units] == ["tinh:4", "tinh:3", "tinh:2", "tinh-moi:1", "tinh:1", "xa:1"]
    assert (n, about) == (6, Topic(5, "5.3"))
    named = borrow.find(Basis.HEADING, "cua-toi", Topic(5, "5.3"), "lead_time")[0]
    assert [unit.unit_id for unit in named] == ["tinh:4", "tinh:3", "xa:1"]


@pytest.mark.parametrize(
    ("topic", "says"),
    [
        ("5+", ["tinh giao Sở Tài nguyên và Môi trường", "Công khai hồ sơ đất đai trước ngày 15/12."]),
        ("6+", ["Mở rộng khám bệnh từ xa.", "Kế hoạch tinh-moi (cấp tỉnh)"]),
        ("7+", ["Trong các kế hoạch hiện có, không kế hoạch nào khác có nhiệm vụ xếp chắc vào đây."]),
    ],
)
def test_a_gap_of_the_own_plan_says_who_holds_it_and_what_to_go_by_or_that_nobody_has_it(build, topic, says):
    shown = view.view(Basis.HEADING, ("cua-toi", "tinh", "tinh-moi", "xa"), None, "cua-toi")
    gaps = dict(zip((str(gap.topic) for gap in data.gaps(Basis.HEADING, ("cua-toi",))), tables.gaps(shown, "")))
    assert [words for words in says if words not in gaps[topic]] == []
    # gaps of others are not the reader's
    assert len(gaps) == len(tables.gaps(shown, "")) == len(tables.gap_rows(shown)[1])
    assert all("cua-toi" in item.split("</a>")[0] for item in gaps.values())


def test_what_papi_did_not_measure_in_the_plans_years_is_no_gap_and_not_counted(build):
    shown = view.view(Basis.HEADING, ("cua-toi", "tinh"), None, "cua-toi")
    assert "5.2" not in {gap.sub for gap in data.gaps(Basis.HEADING, ("cua-toi", "tinh"))}
    assert "<b>1 trong 6</b> chỉ số" in view.answer(shown) and "PAPI không đo 5.2 trong các năm ấy" in view.answer(
        shown
    )
    assert shown.cells["cua-toi", "5.2"].state == "unmeasured"
    assert view.title(shown) == "Kế hoạch cua-toi có nhiệm vụ riêng ở 1 trong 6 chỉ số"


@pytest.mark.parametrize(
    ("year", "first", "last", "measured"),
    [
        (2020, None, None, True),
        (2021, None, None, False),
        (2021, 2021, 2025, False),
        (2020, 2020, 2025, True),
        (2020, 2021, 2025, False),  # issued in its last year for those after it
        (None, None, None, True),
    ],
)
def test_a_plan_is_measured_by_the_years_that_it_is_for(tmp_path, year, first, last, measured):
    with small.database(tmp_path / "small.duckdb") as insert:
        small.dimensions(insert)
        names = dict.fromkeys(("name_vi", "name_en", "short_vi", "short_en"), "Cấp phép xây dựng")
        insert("subdimensions", {"sub": "5.2", "dim": 5, "measured_from": 2011, "measured_to": 2020} | names)
        small.plan(insert, "a", year=year, period_from=first, period_to=last)
    with small.shown(tmp_path / "small.duckdb"):
        (cell,) = data.plan_subdimensions(Basis.HEADING, ("a",))
        assert (cell.measured, cell.state) == (measured, "none" if measured else "unmeasured")


def test_no_gap_of_a_shipped_plan_is_shown_a_copied_or_a_strange_task_and_no_two_the_same(shown_database):
    with small.shown(shown_database):
        filled = 0
        for plan in data.plans():
            gaps = data.gaps(Basis.HEADING, (plan.plan_id,))
            found = borrow.best(Basis.HEADING, plan.plan_id, gaps)
            copied = {
                one.unit_id
                for other in data.plans()
                for one in data.findings((other.plan_id,), ("repeated_elsewhere", "repeated"))
            }
            for topic, unit in found.items():
                assert unit.plan_id != plan.plan_id and unit.kind == "action" and unit.unit_id not in copied
                assert (unit.sub == topic.sub) if topic.sub else (unit.dim == topic.dim)
            texts = [unit.text.casefold() for unit in found.values()]
            assert all(fuzz.ratio(one, other) < 90 for at, one in enumerate(texts) for other in texts[:at])
            filled += len(found)
        assert filled > 20


@pytest.mark.parametrize(
    ("plan", "sub", "says"),
    [
        ("binh-dinh-2022", "5.4", "Nhiệm vụ riêng cho chỉ số này ở kế hoạch khác là câu lặp"),
        ("hung-yen-2020", "3.3", "Cơ quan chủ trì ở 2 kế hoạch khác: Bình Định 2022 giao UBND cấp huyện"),
        ("hung-yen-2020", "3.3", "nhiệm vụ của"),
    ],
)
def test_a_cell_with_a_gap_says_who_holds_it_and_why_nothing_of_its_own_is_offered(home, plan, sub, says):
    at = opened("pages/1_bao-phu.py", {"o": f"{plan}~{sub}"})
    assert says in " ".join(element.proto.body for element in at.get("html"))


def test_a_gap_is_not_said_to_be_filled_by_nobody_where_the_one_who_does_comes_late(tmp_path):
    with small.database(tmp_path / "small.duckdb") as insert:
        small.dimensions(insert)
        small.agency(insert, "Sở Y tế")
        names = dict.fromkeys(("name_vi", "name_en", "short_vi", "short_en"), "Y tế công lập")
        insert("subdimensions", {"sub": "6.1", "dim": 6, "measured_from": 2011} | names)
        placed = {"dim": 6, "sub": "6.1", "declared_dim": 6, "declared_sub": "6.1", "dim_basis": "declared"}
        for plan in ("cua-toi", "tinh"):
            small.plan(insert, plan, year=2020)
        small.part(insert, small.unit(insert, "cua-toi", 1, text="Khám bệnh lưu động.", **placed), "Sở Y tế")
        for at in range(1, 20):
            small.part(insert, small.unit(insert, "tinh", at, text=f"Việc thứ {at}.", **placed), "Sở Y tế")
        small.unit(insert, "tinh", 20, text="Sửa trạm y tế trước ngày 30/6.", timing="dated", **placed)
    with small.shown(tmp_path / "small.duckdb"):
        (gap,) = (gap for gap in data.gaps(Basis.HEADING, ("cua-toi",)) if gap.dim == 6)
        assert gap.lacks == "time"
        assert [unit.unit_id for unit in borrow.best(Basis.HEADING, "cua-toi", [gap]).values()] == ["tinh:20"]
