"""review: what a person decides of a passage counts over what the program read, in every later build, is signed, and can be
taken back; nothing of it is lost in silence.
"""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import duckdb
import house
import pytest
from small import shown
from streamlit.testing.v1 import AppTest

from decided import FILE, KINDS, Said, Store, Unfit, fingerprint
from etl import load
from etl.__main__ import main
from ui import data
from ui.page import building
from ui.topics.read import review

ROOT = Path(__file__).parent.parent
PLAN = "ke-hoach-xa"
TEXT = """ỦY BAN NHÂN DÂN
XÃ TÂN BÌNH
Số: 15/KH-UBND
Tân Bình, ngày 20 tháng 02 năm 2019

KẾ HOẠCH
Nâng cao Chỉ số Hiệu quả quản trị và hành chính công (PAPI) năm 2019

I. NHIỆM VỤ
1. Công chức Văn hóa - Xã hội giám sát việc giới thiệu ứng viên khi bầu trưởng thôn.
2. Công chức Tài chính - Kế toán niêm yết công khai dự toán, quyết toán ngân sách xã trong tháng 3.
3. Bộ phận Một cửa trả kết quả chứng thực trong ngày.
II. TỔ CHỨC THỰC HIỆN
1. Giao Văn phòng theo dõi, báo cáo Chủ tịch UBND xã trước ngày 15/12/2019.
"""
"""A plan of our own words, in which nothing names who is hired (4.3)."""
TASK, WHERE = "%giám sát việc giới thiệu ứng viên%", f"plan_id = '{PLAN}'"
READ = Said("action", "1.3")
OTHER, THIRD = Said("action", "4.3", ("2.1",), ("1.1",)), Said("description", "5")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of builds of this test's own."""
    monkeypatch.setenv("PAPI_BUILD", str(tmp_path / "build"))
    return tmp_path / "build"


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with this plan, and a build of it, to be copied."""

    def make(folder: Path) -> None:
        (folder / "plans").mkdir()
        (folder / "plans" / f"{PLAN}.txt").write_text(TEXT, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PAPI_BUILD", str(folder / "build"))
            built(folder / "plans")

    return house.once(tmp_path_factory, "decided", make)


@pytest.fixture
def plans(home: Path, first: Path) -> Path:
    """A folder with this plan, of which there is a build."""
    shutil.copytree(first / "build", home)
    return shutil.copytree(first / "plans", home.parent / "plans")


def built(plans: Path) -> None:
    assert main(["build", "--plans", str(plans)]) == 0


def asked(query: str) -> list[tuple]:
    """Rows of the build in force; of a copy, for a page that has it open opens it in a way of its own."""
    file = load.latest(load.folder())
    assert file
    with TemporaryDirectory() as folder, duckdb.connect(shutil.copy(file, folder), read_only=True) as con:
        return con.execute(query).fetchall()


def unit() -> tuple[str, str]:
    """Section and words of the task that these tests decide about."""
    (found,) = asked(f"select section, text from units where {WHERE} and text like '{TASK}'")
    return found


def decide(home: Path, says: Said, who: str = "Thanh tra thị xã", why: str = "", text: str = "") -> int:
    section, words = unit()
    return Store(home).add(PLAN, section, text or words, was=READ, says=says, who=who, why=why)


# The store.


def test_nobody_has_decided_anything_where_there_is_no_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "none")
    assert (store.history(), store.in_force(), store.state(), store.take_back(1, who="A")) == ([], {}, "", None)
    assert not store.home.exists()


@pytest.mark.parametrize(
    ("done", "counts", "rows"),
    [
        ([OTHER], OTHER, 1),
        ([OTHER, THIRD], THIRD, 2),
        ([OTHER, "back"], None, 2),
        ([OTHER, THIRD, "back"], OTHER, 3),
        ([OTHER, "back", THIRD], THIRD, 3),
        ([OTHER, "back", THIRD, "back"], None, 4),
        ([OTHER, THIRD, "back", "back"], None, 4),
        ([OTHER, THIRD, "back", READ, "back", "back"], None, 6),
    ],
    ids=["one", "later", "back", "before again", "anew", "anew and back", "both back", "all back"],
)
def test_the_latest_decision_counts_and_none_is_lost(
    tmp_path: Path, done: list[Said | str], counts: Said | None, rows: int
) -> None:
    store = Store(tmp_path)
    for step in done:
        if isinstance(step, Said):
            store.add("a", "I.1", "Công khai ngân sách", was=READ, says=step, who="Người soát")
        else:
            (standing,) = store.in_force()["a"]
            assert store.take_back(standing.number, who="Người soát khác")
    assert [one.says for one in store.in_force().get("a", ())] == ([counts] if counts else [])
    history = store.history("a")
    assert [one.number for one in history] == list(range(rows, 0, -1)) and store.history("b") == []
    assert all(one.who and one.decided_at for one in history)


def test_only_the_decision_that_counts_can_be_taken_back(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second = (store.add("a", "1", "Việc", was=READ, says=says, who="A") for says in (OTHER, THIRD))
    assert store.take_back(first, who="A") is None and store.take_back(99, who="A") is None
    back = store.take_back(second, who="A")
    assert back and store.take_back(second, who="A") is None and store.take_back(back, who="A") is None
    assert (store.history()[0].was, store.history()[0].takes_back) == (THIRD, second)


def test_what_is_decided_anew_or_lost_is_told_from_what_was(tmp_path: Path) -> None:
    store, seen = Store(tmp_path), [""]
    for text in ("Việc", "Việc khác"):
        store.add("a", "1", text, was=READ, says=OTHER, who="A")
        seen.append(store.state())
    for file in tmp_path.iterdir():
        file.unlink()
    store.add("a", "1", "Việc thứ ba", was=READ, says=OTHER, who="A")
    seen.append(store.state())
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    ("says", "who"),
    [
        (OTHER, ""),
        (OTHER, "  "),
        (OTHER, "\u200b"),
        (Said("việc", "1.1"), "A"),
        (Said("action", "1.1", ("1.1",)), "A"),
        (Said("action", "", ("1.1",), ("1.1",)), "A"),
        (Said("action", "", ("2.1", "2.1")), "A"),
        (Said("action", "9.9"), "A"),
        (Said("action", "xin chào"), "A"),
    ],
)
def test_what_nobody_signs_or_no_unit_can_be_is_refused(tmp_path: Path, says: Said, who: str) -> None:
    with pytest.raises(Unfit):
        Store(tmp_path).add("a", "1", "Việc", was=READ, says=says, who=who)
    assert Store(tmp_path).history() == []


@pytest.mark.parametrize("change", ["update decisions set who = 'B'", "delete from decisions"])
def test_a_row_is_never_changed(tmp_path: Path, change: str) -> None:
    Store(tmp_path).add("a", "1", "Việc", was=READ, says=OTHER, who="A")
    with sqlite3.connect(tmp_path / FILE) as con, pytest.raises(sqlite3.IntegrityError):
        con.execute(change)
    assert [one.who for one in Store(tmp_path).history()] == ["A"]


def test_several_write_at_once(tmp_path: Path) -> None:
    def one(at: int) -> int:
        return Store(tmp_path).add("a", "1", f"Việc {at}", was=READ, says=OTHER, who="A")

    with ThreadPoolExecutor(8) as several:
        assert sorted(several.map(one, range(40))) == list(range(1, 41))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (("a", "I.1", "Công  khai\nngân sách "), True),
        (("a", "I.1", "Công khai ngân sách"), True),
        (("a", "I.1", "Công khai ngân sách xã"), False),
        (("a", "I.2", "Công khai ngân sách"), False),
        (("b", "I.1", "Công khai ngân sách"), False),
    ],
)
def test_a_unit_is_known_by_plan_section_and_words(other: tuple[str, str, str], same: bool) -> None:
    assert (fingerprint(*other) == fingerprint("a", "I.1", "Công khai ngân sách")) == same


# The build.

COUNTED = f"select kind, dim, sub, matched_dim, matched_sub, dim_basis, review from units where {WHERE} and text like '{TASK}'"
TOUCHED = (
    f"select touches.sub, how from touches join units using (unit_id) where {WHERE} and text like '{TASK}' order by 1"
)


def test_a_decision_counts_in_every_later_build_until_it_is_taken_back(home: Path, plans: Path) -> None:
    read, touched = asked(COUNTED), asked(TOUCHED)
    assert asked("select decided from build") == [("",)] and read[0][5] != "reviewed"
    number = decide(home, OTHER, why="tuyển dụng", who="Nguyễn Văn Soát")
    built(plans)
    assert asked("select why from build_log") == [("decided",)]
    for _ in range(2):
        assert asked(COUNTED) == [("action", 4, "4.3", 4, "4.3", "reviewed", False)]
        assert asked(TOUCHED) == [("1.1", "passing"), ("2.1", "names"), ("4.3", "main")]
        assert asked("select number, main, was_main, why from decisions where unit_id is not null") == [
            (number, "4.3", "1.3", "tuyển dụng")
        ]
        (home / load.POINTER).unlink()
        built(plans)
    states = "select sub, state from plan_subdimension where basis = '{}' and sub in ('2.1', '4.3') order by sub"
    assert dict(asked(states.format("content")))["4.3"] == dict(asked(states.format("heading")))["4.3"] == "own"
    assert Store(home).take_back(number, who="A")
    built(plans)
    assert (asked(COUNTED), asked(TOUCHED)) == (read, touched) and asked("from decisions") == []
    assert asked("select decided from build") == [(Store(home).state(),)]


PAPERS = "Tỷ lệ hồ sơ trả đúng hạn đạt 95%, hoàn thành trước ngày 30/6/2019 (Công chức Tư pháp - Hộ tịch chủ trì)"


def test_who_and_when_go_with_the_kind_that_a_person_decided(home: Path, plans: Path) -> None:
    (plans / f"{PLAN}.txt").write_text(TEXT.replace("3. Bộ phận", f"4. {PAPERS}.\n3. Bộ phận"), encoding="utf-8")
    parts = f"select kind, timing, due_to is not null, (select count(*) from unit_agencies as a where a.unit_id = units.unit_id and role = 'lead') from units where {WHERE} and text like 'Tỷ lệ%'"
    for kind, said in (
        ("description", ("description", "unspecified", False, 0)),
        ("action", ("action", "dated", True, 1)),
    ):
        built(plans)
        (section, text) = asked(f"select section, text from units where {WHERE} and text like 'Tỷ lệ%'")[0]
        Store(home).add(PLAN, section, text, was=READ, says=Said(kind, "5.4"), who="A")
        built(plans)
        assert asked(parts) == [said]


def test_what_is_right_as_it_stands_changes_nothing_but_how_sure_it_is(home: Path, tmp_path: Path) -> None:
    plans = tmp_path / "three"
    plans.mkdir()
    for name in ("ninh-hoa-2017", "hau-giang-so-tu-phap-2024"):
        shutil.copy(ROOT / "tests" / "strangers" / f"{name}.txt", plans)
    built(plans)
    counts = (
        "select * exclude (review, kind_sure) from units order by all",
        "select * exclude (sure) from touches order by all",
        "select * from findings order by all",
        "select basis, plan_id, topic, sub from cell_unit where not weak order by all",
    )
    before = [asked(query) for query in counts]
    file = load.latest(home)
    with TemporaryDirectory() as folder, shown(Path(shutil.copy(file, folder))):
        for plan in data.plans():
            for one in data.plan_units(plan.plan_id):
                now = review.read(one)
                Store(home).add(plan.plan_id, one.section, one.text, was=now, says=now, who="A")
        data.release(str(Path(folder) / file.name))
    built(plans)
    after = [asked(query) for query in counts]
    assert before[:3] == after[:3] and set(before[3]) <= set(after[3])
    assert asked("select count(*) from units where review or not kind_sure") == [(0,)]
    assert asked("select count(distinct unit_id) from decisions") == asked("select count(*) from units")


def test_no_name_of_a_reviewer_is_in_the_database(home: Path, plans: Path) -> None:
    decide(home, OTHER, who="Nguyễn Văn Soát")
    built(plans)
    file = load.latest(home)
    assert file and "Nguyễn Văn Soát".encode() not in file.read_bytes()
    assert not any("Soát" in str(row) for row in asked("from decisions"))


@pytest.mark.parametrize(
    ("says", "gap"),
    [
        (Said("action", "4.3"), False),
        (Said("action", "1.3", ("4.3",)), False),
        (Said("action", "1.3", (), ("4.3",)), False),
        (Said("description", "4.3"), False),
        (Said("objective", "4.3"), False),
        (Said("action", "1.3"), True),
        (Said("action", ""), True),
    ],
    ids=["its own", "named", "mentioned", "described", "aimed at", "of another", "of nothing"],
)
def test_a_gap_is_said_where_nothing_that_was_read_or_decided_denies_it(
    home: Path, plans: Path, says: Said, gap: bool
) -> None:
    (before,) = asked("select state from plan_subdimension where basis = 'heading' and sub = '4.3'")
    assert before == ("none",)
    decide(home, says)
    built(plans)
    assert (asked("select state from plan_subdimension where basis = 'heading' and sub = '4.3'") == [("none",)]) == gap
    said = "select 1 from findings where code = 'indicator_without_task' and detail like '%\"4.3\"%'"
    whole = "select 1 from findings where code = 'dimension_without_task' and detail like '%\"4\"%'"
    assert bool(asked(said) or asked(whole)) == gap


@pytest.mark.parametrize("kind", KINDS)
def test_no_dimension_is_called_empty_that_a_person_put_a_passage_under(home: Path, plans: Path, kind: str) -> None:
    cells = "select distinct state from plan_dimension where dim = 4"
    assert asked(cells) == [("none",)]
    decide(home, Said(kind, "4"))
    built(plans)
    found = {code for (code,) in asked("select code from findings where detail like '%\"4\"%'")}
    assert ("none",) not in asked(cells) and "dimension_without_task" not in found
    assert asked("select 1 from gap where sub is null and dim = 4 and lacks = 'none'") == []


def test_what_the_program_heard_no_longer_speaks_where_a_person_decided(home: Path, plans: Path) -> None:
    section, text = asked(f"select section, text from units where {WHERE} and text like '%chứng thực%'")[0]
    assert ("none",) not in asked("select state from plan_dimension where dim = 5")
    Store(home).add(PLAN, section, text, was=READ, says=Said("action", "8.1"), who="A")
    built(plans)
    assert {("none",)} == set(asked("select state from plan_dimension where dim = 5"))
    assert asked("select 1 from findings where code = 'dimension_without_task' and detail like '%\"5\"%'") == [(1,)]


def test_no_finding_asks_what_a_person_has_answered(home: Path, plans: Path) -> None:
    decide(home, Said("action", ""))
    built(plans)
    assert asked(COUNTED) == [("action", None, None, None, None, "reviewed", False)]
    assert asked("select 1 from findings where code = 'no_dimension' and detail like '%ứng viên%'") == []


def test_a_decision_whose_passage_is_gone_is_a_finding(home: Path, plans: Path) -> None:
    decide(home, OTHER, text="Câu này kế hoạch không còn viết.")
    built(plans)
    assert asked("select detail, unit_id from findings where code = 'decision_without_unit'") == [
        ("Câu này kế hoạch không còn viết.", None)
    ]
    assert asked("select unit_id from decisions") == [(None,)]


def test_a_decision_about_a_plan_that_is_not_there_stops_nothing(home: Path, plans: Path) -> None:
    Store(home).add("gone", "1", "Việc", was=READ, says=OTHER, who="A")
    built(plans)
    assert asked("select decided from build") == [(Store(home).state(),)] and asked("from decisions") == []


def test_no_build_passes_over_decisions_that_it_cannot_read(
    home: Path, plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = load.latest(home)
    (home / FILE).write_bytes(b"no database" * 100)
    assert main(["build", "--plans", str(plans)]) != 0
    assert f"{FILE}" in capsys.readouterr().err and load.latest(home) == before


# The page.


def reader(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of the small plan, at its first unit, with a reader who may decide."""
    monkeypatch.setenv("PAPI_REVIEW", "on")
    at = house.app("pages/8_doc-ke-hoach.py")
    at.query_params["ke"], at.query_params["doan"] = "nam-khanh-2020", "1"
    return at.run()


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with one short plan, and a build of it, to be copied."""

    def make(folder: Path) -> None:
        house.small(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PAPI_BUILD", str(folder / "build"))
            built(folder / "data" / "plans")

    return house.once(tmp_path_factory, "program", make)


@pytest.fixture
def small(program: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build of the one plan, which the program with that plan goes on from."""
    monkeypatch.setattr(building, "ROOT", program)
    return shutil.copytree(program / "build", home)


def said(at: AppTest) -> str:
    return "".join(element.proto.body for element in at.get("html"))


def field(elements: list, name: str):
    (one,) = (element for element in elements if element.key.endswith(f"-{name}"))
    return one


def press(at: AppTest, name: str, **chosen: object) -> AppTest:
    """Fill in fields of the form, and press a button of it."""
    for key, value in chosen.items():
        kinds = {"who": at.text_input, "why": at.text_input, "main": at.selectbox, "kind": at.selectbox}
        field(list(kinds.get(key, at.multiselect)), key).set_value(value)
    field(list(at.button), name).click()
    return at.run()


def awaited(at: AppTest, home: Path) -> AppTest:
    """The page once a build counts all that was decided."""

    def counted() -> bool:
        at.run()
        return asked("select decided from build")[0][0] == Store(home).state()

    house.until(counted, "the decision is not counted")
    return at.run()


def test_a_reader_corrects_a_passage_and_takes_it_back(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = reader(small, monkeypatch)
    assert not at.exception and "Chưa đoạn nào có người soát." in said(at)
    at = press(at, "save", main="6.2", who="Tổ soát PAPI", why="nói về trường học")
    assert not at.exception and "Đang tính lại mọi con số" in said(at)
    at = awaited(at, small)
    (row,) = asked("select sub, dim_basis from units where unit_id = 'nam-khanh-2020:1'")
    assert row == ("6.2", "reviewed") and not at.exception
    assert "Tổ soát PAPI" in said(at) and "nói về trường học" in said(at) and "Người soát đã xem 1 trong" in said(at)
    at = awaited(press(at, "undo"), small)
    assert asked("select count(*) from units where dim_basis = 'reviewed'") == [(0,)]
    assert "hoàn tác quyết định của Tổ soát PAPI" in said(at) and not at.exception


@pytest.mark.parametrize(
    ("chosen", "told"),
    [({}, "hãy điền tên người soát"), ({"who": "A", "main": "6.2", "named": ["6.2"]}, "chỉ được chọn ở một")],
    ids=["nobody signs", "chosen twice"],
)
def test_what_cannot_be_saved_is_told_and_nothing_is_kept(
    small: Path, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, object], told: str
) -> None:
    at = press(reader(small, monkeypatch), "save", **chosen)
    assert told in said(at) and Store(small).history() == [] and not at.exception


def test_words_of_a_reviewer_are_text(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = press(reader(small, monkeypatch), "confirm", who="<img src=x onerror=alert(1)>", why="**[a](javascript:1)**")
    at = awaited(at, small)
    shown = said(at)
    assert "<img src=x" not in shown and "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert 'href="javascript' not in shown and not at.exception


def test_pages_stand_where_decisions_cannot_be_read_and_say_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / FILE).write_bytes(b"no database" * 100)
    at = reader(small, monkeypatch)
    assert "Chưa đọc được tệp quyết định" in said(at) and not at.exception
    at = press(at, "confirm", who="A")
    assert "máy chủ không ghi được tệp quyết định" in said(at) and not at.exception


def test_a_folder_of_builds_may_be_named_from_where_the_program_was_started(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.parent)
    monkeypatch.setenv("PAPI_BUILD", small.name)
    awaited(press(reader(small, monkeypatch), "save", main="6.2", who="A"), small)
    assert asked("select count(*) from units where dim_basis = 'reviewed'") == [(1,)]


def test_numbers_that_count_lost_decisions_are_counted_anew(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = awaited(press(reader(small, monkeypatch), "save", main="6.2", who="A"), small)
    for file in small.glob(f"{FILE}*"):
        file.unlink()
    at = awaited(at, small)
    assert asked("select count(*) from units where dim_basis = 'reviewed'") == [(0,)] and not at.exception


def test_nobody_signs_what_another_has_decided_meanwhile(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (reader(small, monkeypatch) for _ in range(2))
    awaited(press(one, "save", main="8.3", who="X"), small)
    press(other, "confirm", who="Y")
    assert [row.who for row in Store(small).history()] == ["X"]


def test_while_a_decision_is_not_counted_its_passage_is_not_decided_again(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "ROOT", small)  # where nothing can be built
    at = press(reader(small, monkeypatch), "save", main="8.3", who="X")
    assert "nhưng các con số chưa tính đến" in said(at) and not at.exception
    assert not [one for one in at.button if one.key and one.key.endswith("-save")]


@pytest.mark.parametrize(
    ("setting", "headers", "may"),
    [
        ("", {"Host": "localhost:8501"}, True),
        ("", {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"}, True),
        ("", {"Host": "localhost"}, True),
        ("", {"Host": "[::1]:8501"}, True),
        ("", {"Host": "localhost:8501", "Origin": "https://papi.example.gov.vn"}, False),
        ("", {"Host": "papi.example.gov.vn"}, False),
        ("", {"Host": "localhost:8501", "X-Forwarded-For": "10.0.0.9"}, False),
        ("", {}, False),
        ("off", {"Host": "localhost:8501"}, False),
        ("1", {"Host": "localhost:8501"}, False),
        ("on", {"Host": "papi.example.gov.vn"}, True),
        (" ON ", {"Host": "papi.example.gov.vn"}, True),
    ],
)
def test_who_sits_at_the_machine_may_decide_or_whom_the_keeper_lets(
    monkeypatch: pytest.MonkeyPatch, setting: str, headers: dict[str, str], may: bool
) -> None:
    monkeypatch.setenv("PAPI_REVIEW", setting)
    monkeypatch.setattr(review.st, "context", SimpleNamespace(headers=headers))
    monkeypatch.setattr(review.st, "get_option", {"server.address": "127.0.0.1"}.get)
    assert review.may() == may


@pytest.mark.parametrize("address", ["0.0.0.0", "", None, "10.0.0.5"])
def test_where_others_reach_the_server_nobody_decides_unless_the_keeper_says_so(
    monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    monkeypatch.delenv("PAPI_REVIEW", raising=False)
    monkeypatch.setattr(review.st, "context", SimpleNamespace(headers={"Host": "localhost:8501"}))
    monkeypatch.setattr(review.st, "get_option", {"server.address": address}.get)
    assert not review.may()
