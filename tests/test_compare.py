"""Plans side by side and borrowing: which tasks correspond, what is said of them, what leaves as plain text."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import small

from ui import data
from ui.data import borrow as borrowed
from ui.data import coverage
from ui.data.compare import ComparedTask
from ui.topics.compare import comparison, likeness, pairs, picture, tables, words
from ui.topics.compare.comparison import DIMS, compare
from ui.topics.coverage import borrow
from ui.topics.coverage import tables as coverage_tables
from ui.topics.coverage import view as coverage_view
from ui.words import labels

SQL = Path(__file__).parent.parent / "sql"


@pytest.fixture
def build(shown_database: Path) -> Iterator[None]:
    """The shipped plans, read in Vietnamese."""
    with small.shown(shown_database):
        yield


def _read_plans() -> list[str]:
    read = [plan.plan_id for plan in data.plans() if plan.is_read]
    assert len(read) == 5
    return read


# Likeness.

SHORT = "Tăng cường các biện pháp nhằm đảm bảo cung cấp điện phục vụ sinh hoạt của người dân."
LONG = (
    "Tiếp tục cải thiện cơ sở hạ tầng: nâng cấp lưới điện nhằm đảm bảo cung cấp điện phục vụ phát triển kinh tế và sinh hoạt của người dân; tăng tỷ lệ hộ sử dụng điện an toàn từ các nguồn; "
    "từng bước nhựa hóa các tuyến đường ở nông thôn để phục vụ nhu cầu đi lại, sản xuất kinh doanh của nhân dân trên địa bàn; xây dựng các công trình cấp nước sạch tập trung, thu gom rác thải ở các thôn, xóm."
)


@pytest.mark.parametrize(
    ("left", "right", "corresponds"),
    [
        (
            "Niêm yết công khai danh sách hộ nghèo tại trụ sở UBND xã.",
            "niêm yết công khai danh sách hộ nghèo tại trụ sở UBND  xã",
            True,
        ),
        (
            "Niêm yết công khai danh sách hộ nghèo tại trụ sở UBND xã",
            "Tại trụ sở UBND xã, niêm yết công khai danh sách hộ nghèo",
            True,
        ),
        (SHORT, LONG, False),  # little of the long one is shared
        ("Khám, chữa bệnh cho trẻ em dưới 6 tuổi", "Công khai quy hoạch sử dụng đất", False),
        (
            "Thực hiện tốt",
            "Thực hiện tốt công tác tiếp công dân định kỳ và đột xuất",
            False,
        ),  # less than a third is shared
        ("đạt chuẩn quốc gia về y tế", "đất chuẩn quốc gia về y tế", True),  # one word off; marks are never stripped
    ],
)
def test_two_texts_correspond_by_score_and_by_what_they_share(left, right, corresponds):
    assert bool(likeness.pairs([left], [right], 70)) == corresponds


def test_composed_and_decomposed_letters_are_the_same_words():
    import unicodedata

    text = "Ủy ban nhân dân xã tổ chức đối thoại với người dân"
    (pair,) = likeness.pairs([text], [unicodedata.normalize("NFD", text)], 90)
    assert pair.score == 100 and pair.near


def test_a_task_is_in_one_pair_at_most_and_the_most_alike_come_first():
    left = ["Tổ chức đối thoại với người dân", "Tổ chức đối thoại với người dân định kỳ hằng quý"]
    right = ["Tổ chức đối thoại với người dân định kỳ hằng quý tại xã", "Tổ chức đối thoại với nhân dân"]
    found = likeness.pairs(left, right, 60)
    assert [(pair.left, pair.right) for pair in found] == [(1, 0), (0, 1)]
    assert found[0].points > found[1].points


@pytest.mark.parametrize(
    ("text", "other", "lacking"),
    [
        ("Tổ chức đối thoại định kỳ.", "Tổ chức đối thoại", ["định kỳ"]),
        ("xã, phường và xã", "Xã", ["phường và xã"]),
        ("Công khai", "công khai", []),
        ("<b>a</b> & *b*", "", ["b>a</b> & *b"]),
    ],
)
def test_words_that_the_other_text_lacks_are_found_and_no_sign_is_lost(text, other, lacking):
    pieces = likeness.parts(text, other)
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, lacks in pieces if lacks] == lacking


def test_nothing_is_compared_with_nothing():
    assert likeness.pairs([], ["Một việc nào đó"], 60) == [] and likeness.pairs(["…"], ["…"], 0) == []


# Side by side.


@pytest.mark.parametrize("basis", tuple(data.Basis))
def test_every_task_is_either_corresponding_or_only_here(build, basis):
    plan_ids = tuple(_read_plans()[:4])
    found = compare(basis, plan_ids, 70)
    for plan in plan_ids:
        held = [found.tasks[plan, dim] for dim in DIMS]
        assert all(tasks.compared == tasks.total for tasks in held)
        assert sum(tasks.total for tasks in held) == found.summaries[plan].tasks
    assert found.matches and all(
        match.left.dim == match.right.dim and match.left.plan_id != match.right.plan_id for match in found.matches
    )


def test_a_higher_bar_finds_no_pair_that_a_lower_one_lacks_in_number(build):
    plan_ids = tuple(_read_plans()[:2])
    counts = [len(compare(data.Basis.HEADING, plan_ids, bar).matches) for bar in comparison.BARS]
    assert counts == sorted(counts, reverse=True) and counts[0] > 0


def test_more_tasks_than_can_be_compared_are_said(shown_database, tmp_path, monkeypatch):
    monkeypatch.setattr(comparison, "MOST_TASKS", 3)
    # a build of its own: what is counted is kept for each build
    with small.shown(Path(shutil.copy(shown_database, tmp_path))):
        plan_ids = tuple(_read_plans()[:2])
        found = compare(data.Basis.HEADING, plan_ids, 70)
        assert max(tasks.compared for tasks in found.tasks.values()) == 3
        assert any("chỉ so sánh 3 nhiệm vụ đầu" in note for note in words.notes(found))
        assert any(row["left_out"] for row in tables.counts(found)[1])


@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_form_names_each_plan_with_its_level_and_leads_to_its_parts(build, count):
    plan_ids = tuple(plan.plan_id for plan in data.plans())[-count:]
    found = compare(data.Basis.CONTENT, plan_ids, 60)
    for draw in (picture.wide, picture.narrow):
        figure = draw(found)
        written = small.texts(figure)
        assert words.title(found) in written and "Nguồn:" in written
        assert len(found.plans) == count
        for plan in found.plans:
            assert plan["short_vi"] in written or plan["narrow"] in written
            assert labels.lower(labels.t(f"common.level.{plan['level']}")) in written
        assert small.hits(figure) and small.smallest(figure) >= 12


def _match(
    left_leads=(), right_leads=(), left=("unspecified", None), right=("unspecified", None)
) -> comparison.TaskPair:
    def task(plan, leads, timing):
        return ComparedTask(f"{plan}:1", plan, "3", None, "lời", "", 1, 1, leads, *timing)

    return comparison.TaskPair(
        task("a", left_leads, left), task("b", right_leads, right), likeness.Pair(0, 0, 80, 1, 1, 90)
    )


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        ((), (), "none"),
        (("Sở Y tế",), (), "one"),
        (("Sở Y tế",), ("Sở Y tế",), "same"),
        (("A", "B"), ("B", "A"), "same"),
        (("A", "B"), ("B",), "part"),
        (("Công an cấp xã",), ("Công an cấp huyện",), "differ"),
    ],
)
def test_leads_are_compared_by_name(left, right, says):
    assert _match(left, right).lead == says


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        (("unspecified", None), ("unspecified", None), "none"),
        (("ongoing", "Thường xuyên"), ("unspecified", None), "one"),
        (("ongoing", "Thường xuyên"), ("ongoing", "thường xuyên"), "same"),
        (("ongoing", "Thường xuyên"), ("annual", "Hằng năm"), "differ"),
        (("dated", "Quý I/2021"), ("dated", "quý I/2021"), "same"),
        (("dated", "Quý I/2021"), ("dated", "Quý II/2021"), "differ"),
    ],
)
def test_timings_are_compared_and_dates_by_their_words(left, right, says):
    assert _match(left=left, right=right).time == says


def test_words_of_a_plan_stay_words_in_a_pair(build):
    task = ComparedTask(
        "a:1",
        "a",
        "1",
        None,
        "<script>alert(1)</script> rà soát & công khai",
        "II",
        1,
        1,
        ("<i>Sở</i>",),
        "ongoing",
        None,
    )
    other = ComparedTask("b:1", "b", "1", None, "rà soát", "", 2, 2, (), "ongoing", None)
    match = comparison.TaskPair(task, other, likeness.Pair(0, 0, 80, 1, 1, 90))
    markup = pairs._side(match, task, other, {"a": "<b>A</b>"}, "")
    assert "<script" not in markup and "<i>" not in markup and "<b>A" not in markup
    assert html.unescape(re.sub(r"</?u>", "", re.search(r'class="says">(.*?)</p>', markup)[1])) == task.text


def test_no_word_on_the_page_claims_a_cause_or_a_copy():
    words = [row["vi"].lower() for key, row in labels.table().items() if key.startswith(("compare.", "borrow."))]
    assert len(words) > 50
    assert not any(word in text for text in words for word in ("chép lại", "đạo văn", "bởi vì", "nhờ đó", "dẫn đến"))
    assert [
        key for key, row in labels.table().items() if key.startswith("compare.") and "sao chép" in row["vi"].lower()
    ] == []


# Gaps and borrowing.


def test_gaps_come_worst_first_and_name_what_is_missing(build):
    for basis in tuple(data.Basis):
        found = data.gaps(basis, tuple(plan.plan_id for plan in data.plans()))
        assert [gap.rank for gap in found] == sorted(gap.rank for gap in found)
        assert {"none", "description", "named", "lead", "time"} <= {gap.lacks for gap in found}
        cells = {(row.plan_id, row.sub): row for row in data.plan_subdimensions(basis)}
        for gap in found:
            if gap.whole:
                continue
            cell = cells[gap.plan_id, gap.sub]
            assert (gap.lacks in ("lead", "lead_time")) <= (cell.state == "own" and cell.with_lead == 0)
            assert (gap.lacks in ("time", "lead_time")) <= (cell.state == "own" and cell.with_time == 0)
            assert all(
                (gap.lacks == state) == (cell.state == state)
                for state in ("none", "description", "passing", "named", "weak")
            )


def test_the_gap_list_and_its_download_say_the_same_in_the_same_order(build):
    view = coverage_view.view(data.Basis.HEADING, tuple(plan.plan_id for plan in data.plans()), None)
    assert len(coverage_tables.gaps(view, "")) == len(coverage_tables.gap_rows(view)[1])


def test_for_a_gap_the_tasks_of_other_plans_are_offered_those_of_its_level_first(build):
    level = {plan.plan_id: plan.level for plan in data.plans()}
    offered = 0
    for gap in data.gaps(data.Basis.HEADING, tuple(level)):
        lacks = coverage.lacks(data.Basis.HEADING, gap.plan_id, gap.topic)
        assert lacks == gap.lacks or gap.whole or lacks == "lead_time"
        if lacks is None:
            continue
        units, n, _ = borrowed.find(data.Basis.HEADING, gap.plan_id, gap.topic, lacks)
        assert all(unit.plan_id != gap.plan_id and unit.kind == "action" for unit in units)
        assert lacks != "time" or all(unit.timing != "unspecified" for unit in units)
        other = [level[unit.plan_id] != level[gap.plan_id] for unit in units]
        assert other == sorted(other)
        offered += bool(len(units))
        assert n <= borrowed.MOST_BORROWED or len(units) <= borrowed.MOST_BORROWED
    assert offered


def test_what_is_copied_is_plain_text_with_its_source(build):
    plan = _read_plans()[0]
    units = data.units(data.cell_unit_ids(data.Basis.HEADING, plan, data.Topic(1))[:2])
    words = borrow.text(units, "1 Tham gia")
    for unit in units:
        assert f"“{unit.text}”" in words and f"dòng {unit.first_line}" in words and unit.short_vi in words
    assert "papi-test" in words and "Nguồn:" in words and labels.t("common.guard") in words


def test_a_cell_says_when_it_hangs_on_the_bar_for_a_review(build):
    (bar,) = {
        float(found)
        for found in re.findall(r"margin < ([\d.]+)", (SQL / "unit_placed.sql").read_text(encoding="utf-8"))
    }
    assert 0 < bar < 1
    for basis in tuple(data.Basis):
        for cell in data.plan_subdimensions(basis):
            hangs = cell.bar_state != cell.state
            assert hangs == (cell.state == "weak" or cell.state == "own" and cell.weak + cell.close == cell.tasks)
            assert not hangs or len(coverage_view.said(cell, basis)) >= 2
    # no cell of the shipped plans hangs, so one is made of a cell that does not
    sure = next(cell for cell in data.plan_subdimensions(data.Basis.HEADING) if cell.state == "own")
    hanging = replace(sure, bar_state="none", close=sure.tasks)
    assert len(coverage_view.said(hanging, data.Basis.HEADING)) == len(coverage_view.said(sure, data.Basis.HEADING)) + 1


def test_a_plan_that_nobody_has_collected_can_be_chosen_as_a_cell(build):
    cited = [plan.plan_id for plan in data.known_plans() if not plan.is_held]
    assert cited
    for plan in cited:
        assert (
            data.plan_state(plan) == "no_plan"
            and coverage.lacks(data.Basis.HEADING, plan, data.Topic(5, "5.1")) is None
        )
