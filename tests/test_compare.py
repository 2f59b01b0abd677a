"""Plans side by side and borrowing: which tasks correspond, what is said of them, what leaves as plain text."""

from __future__ import annotations

import html
import re
import shutil
import unicodedata
from dataclasses import replace
from itertools import combinations, pairwise, permutations
from pathlib import Path

import pytest
import small

from ui import data
from ui.data import borrow as borrowed
from ui.data import coverage
from ui.data.compare import ComparedTask, Likeness, Named
from ui.data.kept import forget, kept_apart
from ui.topics.compare import comparison, likeness, pairs, picture, tables, words
from ui.topics.compare.comparison import DIMS, compare
from ui.topics.coverage import borrow
from ui.topics.coverage import tables as coverage_tables
from ui.topics.coverage import view as coverage_view
from ui.words import labels

SQL = Path(__file__).parent.parent / "sql"


def _read_plans() -> list[str]:
    read = [plan.plan_id for plan in data.plans() if plan.is_read]
    assert len(read) == 5
    return read


# What is shared.


@pytest.mark.parametrize(
    ("text", "other", "named", "marked"),
    [
        ("Tổ chức đối thoại định kỳ.", "Tổ chức đối thoại", [], [("Tổ chức đối thoại", "shared")]),
        # one word alone says little
        ("xã, phường và xã", "Xã", [], []),
        ("Công khai", "công khai", [], [("Công khai", "shared")]),
        ("<b>a</b> & *b*", "", [], []),
        ("Bê tông hóa đường thôn", "đường thôn", [(0, 10)], [("Bê tông hó", "matter"), ("đường thôn", "shared")]),
    ],
)
def test_what_is_shared_is_marked_and_no_sign_is_lost(text, other, named, marked):
    pieces = likeness.parts(text, other, named)
    assert "".join(piece for piece, _ in pieces) == text
    assert [(piece, kind) for piece, kind in pieces if kind] == marked


def test_composed_and_decomposed_letters_are_the_same_words():
    text = "Ủy ban nhân dân xã tổ chức đối thoại với người dân"
    assert likeness.shared(text, unicodedata.normalize("NFD", text)) == (1, 1)


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        ("Tiếp công dân", "tiếp công dân.", (1, 1)),
        ("xã xã", "xã", (1 / 2, 1)),
        ("đất", "đạt", (0, 0)),
        ("…", "…", (0, 0)),
    ],
)
def test_how_much_of_each_text_stands_in_the_other(left, right, shared):
    assert likeness.shared(left, right) == shared


# Side by side.


@pytest.mark.parametrize("basis", tuple(data.Basis))
def test_every_task_corresponds_or_may_or_is_only_here(shipped, basis):
    plan_ids = tuple(_read_plans()[:4])
    found = compare(basis, plan_ids, 60)
    for plan in plan_ids:
        held = [found.tasks[plan, dim] for dim in DIMS]
        assert all(tasks.compared == tasks.total for tasks in held)
        assert sum(tasks.total for tasks in held) == found.summaries[plan].tasks
        only = {task.unit_id for tasks in held for task in tasks.only}
        assert only.isdisjoint(
            task.unit_id for pair in (*found.matches, *found.maybe) for task in (pair.left, pair.right)
        )
    assert found.matches and all(match.left.plan_id != match.right.plan_id for match in found.matches)
    # across headings too
    assert any(match.left.dim != match.right.dim for match in found.matches)


def test_pairs_are_the_same_whichever_plans_were_asked_about_before(shipped):
    def asked(*plan_ids: str) -> set[tuple[str, str, float]]:
        return {(pair.left_unit, pair.right_unit, round(pair.points, 4)) for pair in data.task_pairs(plan_ids, 400, 45)}

    one, two, three = plan_ids = _read_plans()[:3]
    path, fresh = data.build().path, set()
    for pair in combinations(plan_ids, 2):
        forget(path)
        fresh |= asked(*pair)
    for before in permutations(plan_ids, 2):
        forget(path)
        asked(*before)
        assert asked(one, two, three) == fresh
    assert asked(two, one) == {(right, left, points) for left, right, points in asked(one, two)}


def test_what_is_known_of_one_thing_is_not_asked_again():
    questions = []

    @kept_apart(4)
    def asked(path: str, things: tuple[str, ...]) -> dict[str, str]:
        questions.append(things)
        return {thing: thing.upper() for thing in things if thing != "x"}

    assert asked("a", ("m", "n")) == {"m": "M", "n": "N"}
    assert asked("a", ("x", "n", "o")) == {"x": None, "n": "N", "o": "O"} and asked("a", ("o", "x")) == {
        "o": "O",
        "x": None,
    }
    assert asked("b", ("m",)) == {"m": "M"} and asked("a", ("p",)) == {"p": "P"} and asked("a", ("m",)) == {"m": "M"}
    assert questions == [("m", "n"), ("x", "o"), ("m",), ("p",), ("m",)]
    forget("a")
    forget("b")


def test_answers_that_hold_much_are_gathered_anew_sooner():
    questions = []

    @kept_apart(12)
    def asked(path: str, things: tuple[int, ...]) -> dict[int, tuple[int, ...]]:
        questions.append(things)
        return {thing: tuple(range(thing)) for thing in things}

    for things in ((1, 2, 3), (1,), (8,), (1,), (8,)):
        asked("c", things)
    assert questions == [(1, 2, 3), (8,), (1,)]
    forget("c")


def test_a_row_of_many_columns_counts_once(shipped):
    questions = []

    @kept_apart(4)
    def asked(path: str, things: tuple[int, ...]) -> dict[int, data.Plan]:
        questions.append(things)
        return dict.fromkeys(things, data.plans()[0])

    for things in ((1, 2), (3,), (1, 2, 3)):
        asked("d", things)
    assert questions == [(1, 2), (3,)]
    forget("d")


def test_the_readers_own_plan_is_set_against_each_of_the_others(shipped):
    own, *_ = plan_ids = tuple(_read_plans()[:3])
    found = compare(data.Basis.HEADING, plan_ids, 60, own)
    sides = [{pair.left.plan_id, pair.right.plan_id} for pair in found.matches]
    assert sides and all(own in side for side in sides) and set().union(*sides) == set(plan_ids)
    assert len(sides) < len(compare(data.Basis.HEADING, plan_ids, 60).matches)
    assert "lần lượt" in words.answer(found) and "lần lượt" not in words.answer(
        compare(data.Basis.HEADING, plan_ids, 60)
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Công khai, minh bạch danh sách hộ nghèo", "Niêm yết công khai danh sách hộ nghèo"),
        ("công khai, minh bạch thu chi ngân sách cấp xã", "thu chi, ngân sách cấp xã"),
        ("công bố công khai quy hoạch, kế hoạch sử dụng đất", "Phát huy tính dân chủ trong xây dựng quy hoạch"),
        ("Thực hiện tốt công tác tiếp công dân", "các buổi tiếp dân định kỳ"),
        ("thi tuyển, thi nâng ngạch", "tuyển dụng công chức, viên chức"),
        ("kiến nghị cắt giảm tối đa các thủ tục hành chính rườm rà", "cắt giảm tối đa các thành phần hồ sơ rườm rà"),
        ("tăng cường cơ sở vật chất trường, lớp", "đầu tư cơ sở vật chất, trường lớp"),
        ("bê tông hóa các tuyến đường ở nông thôn", "bê tông hóa các tuyến đường ở nông thôn"),
    ],
)
def test_what_a_reader_of_two_plans_pairs_is_found(shipped, left, right):
    found = compare(data.Basis.HEADING, ("hung-yen-2020", "bac-kan-2021"), 60)
    assert any(left in match.left.text and right in match.right.text for match in found.matches)


def test_a_task_stands_once_with_its_counterparts_best_first(shipped):
    found = compare(data.Basis.HEADING, tuple(_read_plans()[:2]), 60)
    groups = [
        [found.matches[at] for at in group] for group in comparison.groups(found.matches.alike, len(found.matches))
    ]
    assert len({group[0].left.unit_id for group in groups}) == len(groups) < len(found.matches)
    assert sum(map(len, groups)) == len(found.matches) and max(map(len, groups)) > 3
    assert all(
        [pair.points for pair in group] == sorted((pair.points for pair in group), reverse=True) for group in groups
    )


def test_what_may_correspond_is_of_tasks_without_a_pair(shipped):
    found = compare(data.Basis.HEADING, tuple(_read_plans()[:2]), 60)
    paired = {task.unit_id for match in found.matches for task in (match.left, match.right)}
    assert found.maybe
    for near in found.maybe:
        assert data.compare.NEAR <= near.points < 60 and not {near.left.unit_id, near.right.unit_id} <= paired


def test_a_higher_bar_finds_no_pair_that_a_lower_one_lacks(shipped):
    plan_ids = tuple(_read_plans()[:2])
    found = [
        {(match.left.unit_id, match.right.unit_id) for match in compare(data.Basis.HEADING, plan_ids, bar).matches}
        for bar in comparison.BARS
    ]
    assert all(higher < lower for lower, higher in pairwise(found))


def test_more_tasks_than_can_be_compared_are_said(shown_database, tmp_path, monkeypatch):
    monkeypatch.setattr(comparison, "MOST_TASKS", 30)
    # a build of its own: what is counted is kept for each build
    with small.shown(Path(shutil.copy(shown_database, tmp_path))):
        plan_ids = tuple(_read_plans()[:2])
        found = compare(data.Basis.HEADING, plan_ids, 70)
        for plan in found.plans:
            assert sum(tasks.compared for tasks in found.of(plan)) == 30
        assert any("chỉ so sánh 30 nhiệm vụ đầu" in note for note in words.notes(found))
        assert any(row["left_out"] for row in tables.counts(found)[1])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_pair_says_which_matter_and_which_indicator_both_share(shown_database, lang):
    with small.shown(shown_database, lang):
        found = compare(data.Basis.HEADING, ("hung-yen-2020", "bac-kan-2021"), 60)
        (match,) = [one for one in found.matches if one.alike.matters == ("danh sách hộ nghèo",)][:1]
        said = words.shares(match)
        assert ("danh sách hộ nghèo" if lang == "vi" else "lists of poor households") in said and "2.2" in said
        columns, rows = tables.matches(found.matches)
        assert set(rows[0]) == set(columns) and len(rows) == len(found.matches)
        assert any(row["matters"] == words.matter_name("danh sách hộ nghèo") and "2.2" in row["subs"] for row in rows)


def test_what_is_cross_cutting_is_counted_as_none_of_the_eight(shipped):
    titles = [words.title(compare(data.Basis.HEADING, ids, 60)) for ids in combinations(_read_plans(), 2)]
    assert any("8 nội dung" in title and "việc chung" in title for title in titles)
    assert [title for title in titles if "9 nội dung" in title] == []


@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_form_names_each_plan_with_its_level_and_leads_to_its_parts(shipped, count):
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
        task("a", left_leads, left), task("b", right_leads, right), Likeness("a:1", "b:1", 80, ("việc",))
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


def test_words_of_a_plan_stay_words_in_a_pair(shipped, monkeypatch):
    monkeypatch.setattr(pairs, "plan_names", lambda: {"a": "<b>A</b>"})
    text = "<script>alert(1)</script> rà soát & công khai"
    task = ComparedTask("a:1", "a", "1", None, text, "II", 1, 1, ("<i>Sở</i>",), "ongoing", None)
    other = ComparedTask("b:1", "b", "1", None, "rà soát", "", 2, 2, (), "ongoing", None)
    match = comparison.TaskPair(task, other, Likeness("a:1", "b:1", 80, ("<i>việc</i>",)))
    named = {"a:1": [Named("a:1", "<i>việc</i>", 0, 8)]}
    markup = pairs._side(match, True, pairs._spans(named, match, task), "")
    assert "<script" not in markup and "<i>" not in markup and "<b>A" not in markup
    assert "<mark>&lt;script&gt;</mark>" in markup and "<u>rà soát</u>" in markup
    assert html.unescape(re.sub(r"</?(u|mark)>", "", re.search(r'class="says">(.*?)</p>', markup)[1])) == task.text


def test_no_word_on_the_page_claims_a_cause_or_a_copy():
    words = [row["vi"].lower() for key, row in labels.table().items() if key.startswith(("compare.", "borrow."))]
    assert len(words) > 50
    assert not any(word in text for text in words for word in ("chép lại", "đạo văn", "bởi vì", "nhờ đó", "dẫn đến"))
    assert [
        key for key, row in labels.table().items() if key.startswith("compare.") and "sao chép" in row["vi"].lower()
    ] == []


# Gaps and borrowing.


def test_gaps_come_worst_first_and_name_what_is_missing(shipped):
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


def test_the_gap_list_and_its_download_say_the_same_in_the_same_order(shipped):
    view = coverage_view.view(data.Basis.HEADING, tuple(plan.plan_id for plan in data.plans()), None)
    assert len(coverage_tables.gaps(view, "")) == len(coverage_tables.gap_rows(view)[1])


def test_for_a_gap_the_tasks_of_other_plans_are_offered_those_of_its_level_first(shipped):
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


def test_what_is_copied_is_plain_text_with_its_source(shipped):
    plan = _read_plans()[0]
    units = data.units(data.cell_unit_ids(data.Basis.HEADING, plan, data.Topic(1))[:2])
    words = borrow.text(units, "1 Tham gia")
    for unit in units:
        assert f"“{unit.text}”" in words and f"dòng {unit.first_line}" in words and unit.short_vi in words
    assert "papi-test" in words and "Nguồn:" in words and labels.t("common.guard") in words


def test_a_cell_says_when_it_hangs_on_the_bar_for_a_review(shipped):
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


def test_a_plan_that_nobody_has_collected_can_be_chosen_as_a_cell(shipped):
    cited = [plan.plan_id for plan in data.known_plans() if not plan.is_held]
    assert cited
    for plan in cited:
        assert (
            data.plan_state(plan) == "no_plan"
            and coverage.lacks(data.Basis.HEADING, plan, data.Topic(5, "5.1")) is None
        )
