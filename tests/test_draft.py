"""A reader's own document: beside all plans for one session, the others untouched, and nothing left of it
afterwards.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import duckdb
import house
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from etl import about, way
from etl import draft as etl_draft
from etl.load import beside
from etl.match import Matcher
from etl.model import Reading
from ui import data
from ui.data.kept import paths
from ui.mine import cage
from ui.mine import held as mine
from ui.mine.held import PLAN_ID, _Held, is_lost, now, read, remove
from ui.words.remember import remember

shelf = import_module("ui.data.build")
"""Where the build in force is kept; the package's own `build` is a function."""

STRANGERS = Path(__file__).parent / "strangers"


def drafted(
    file: Path, base: Path, out: Path, capsys: pytest.CaptureFixture, corrections: dict | None = None
) -> tuple[int, dict]:
    """Run the command; its exit code, and the last object that it printed."""
    told = out.with_suffix(".json")
    told.write_text(json.dumps(corrections or {}), encoding="utf-8")
    code = etl_draft.draft(file, base, out, told if corrections else None)
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.fixture(scope="module")
def made(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped plans and one draft."""
    out = tmp_path_factory.mktemp("draft") / "out.duckdb"
    assert (
        etl_draft.draft(STRANGERS / "que-phong-2021.txt", database, out, None, "../../../etc/Kế hoạch 2026.docx") == 0
    )
    return out


def rows(file: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as con:
        return con.execute(sql).fetchall()


@pytest.mark.parametrize(
    "table",
    [
        "plans",
        "units",
        "unit_agencies",
        "lines",
        "evidence",
        "findings",
        "agencies",
        "scores",
        "measures",
        "plan_subdimension",
        "find_hit",
    ],
)
def test_a_drafts_database_holds_all_that_the_build_holds_and_the_draft(database: Path, made: Path, table: str) -> None:
    kept_rows, with_draft = (rows(file, f"select count(*) from {table}")[0][0] for file in (database, made))
    assert with_draft >= kept_rows if table in ("agencies", "scores", "measures") else with_draft > kept_rows


def test_what_the_build_says_of_its_own_plans_stays_the_same_beside_a_draft(database: Path, made: Path) -> None:
    sql = "select plan_id, sub, state, tasks from plan_subdimension where plan_id <> 'du-thao' order by all"
    assert rows(database, sql) == rows(made, sql)


@pytest.fixture(scope="module")
def alone(matcher: Matcher) -> Reading:
    """The draft's document, read by itself."""
    return way.reading(about.unlisted(STRANGERS / "que-phong-2021.txt"), matcher)


def test_a_draft_is_read_as_the_same_document_in_a_build_would_be(made: Path, alone: Reading) -> None:
    found = rows(made, "select text, dim, timing from units where plan_id = 'du-thao' order by ordinal")
    assert [text for text, _, _ in found] == [unit.text for unit in alone.units]
    assert [timing for _, _, timing in found] == [unit.timing for unit in alone.units]


def test_a_drafts_name_is_shown_and_never_a_path(made: Path) -> None:
    assert rows(made, "select file, length(sha256) from plans where plan_id = 'du-thao'") == [
        ("Kế hoạch 2026.docx", 64)
    ]


def test_corrections_by_hand_come_before_what_the_text_says(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    code, said = drafted(
        STRANGERS / "que-phong-2021.txt",
        database,
        tmp_path / "out.duckdb",
        capsys,
        {"title": "Tên khác", "level": "commune", "year": 2026},
    )
    assert code == 0 and (said["plan"]["title"], said["plan"]["level"], said["plan"]["year"]) == (
        "Tên khác",
        "commune",
        2026,
    )
    assert rows(tmp_path / "out.duckdb", "select title, level, year from plans where plan_id = 'du-thao'") == [
        ("Tên khác", "commune", 2026)
    ]


def test_of_a_large_build_a_draft_stands_beside_the_nearest_plans_and_all_of_them_is_theirs(
    database: Path, alone: Reading, tmp_path: Path
) -> None:
    out = tmp_path / "near.duckdb"
    # of three provinces only the two of the nearest years fit: 194 units
    assert beside.extend(
        database, out, replace(alone, plan=replace(alone.plan, plan_id="x", level="province", year=2022)), most=200
    ) == (2, 5)
    assert {name for (name,) in rows(out, "select plan_id from plans where status = 'read'")} == {
        "x",
        "bac-kan-2021",
        "binh-dinh-2022",
    }
    for table in ("units", "lines", "plan_columns", "findings"):
        assert rows(out, f"select count(*) from {table}") > [(0,)], table
        assert rows(out, f"select distinct plan_id from {table} anti join plans using (plan_id)") == []
    for table in ("unit_agencies", "evidence", "find_unit"):
        assert rows(out, f"select count(*) from {table}") > [(0,)], table
        key = "unit_row" if table == "find_unit" else "unit_id"
        assert rows(
            out,
            f"select count(*) from {table} anti join (select {'rowid as unit_row' if key == 'unit_row' else key} from units) using ({key})",
        ) == [(0,)]


def test_a_draft_that_only_shares_out_topics_covers_no_cell(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    said = (
        "Phòng Giáo dục và Đào tạo: Chủ trì thực hiện các giải pháp về giáo dục tiểu học công lập.",
        "Công an xã: Phụ trách tiêu chí an ninh, trật tự khu dân cư.",
    )
    head = "ỦY BAN NHÂN DÂN XÃ AN LỘC\nKẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2026\nI. NHIỆM VỤ\n"
    (tmp_path / "van-ban").write_text(head + "".join(f"- {line}\n" for line in said), encoding="utf-8")
    assert drafted(tmp_path / "van-ban", database, tmp_path / "out.duckdb", capsys)[0] == 0
    kinds = "select kind, kind_sure from units where plan_id = 'du-thao'"
    assert rows(tmp_path / "out.duckdb", kinds) == [("assignment", True)] * 2
    cells = "select sub, state from plan_subdimension where plan_id = 'du-thao' and basis = 'heading' and tasks > 0"
    assert rows(tmp_path / "out.duckdb", cells) == []
    covered = "select count(*) from plan_cell where plan_id = 'du-thao' and state in ('own', 'named')"
    assert rows(tmp_path / "out.duckdb", covered) == [(0,)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "BIÊN BẢN HỌP TỔ DÂN PHỐ\n1. Bầu tổ trưởng\n- Ông A được bầu làm tổ trưởng.\n2. Thu tiền rác\n",
            "không nhắc đến Chỉ số PAPI",
        ),
        ("Mùa xuân\nhoa đào nở\n", "không tìm thấy mục hay nhiệm vụ nào"),
    ],
)
def test_a_text_that_is_no_plan_is_told_so_and_read_all_the_same(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture, text: str, why: str
) -> None:
    (tmp_path / "van-ban").write_text(text, encoding="utf-8")
    code, said = drafted(tmp_path / "van-ban", database, tmp_path / "out.duckdb", capsys)
    assert code == 0 and why in said["refusal"]["vi"] and said["refusal"]["en"]
    assert rows(tmp_path / "out.duckdb", "select count(distinct line) from lines where plan_id = 'du-thao'") == [
        (len(text.strip().splitlines()),)
    ]


def test_a_document_that_cannot_be_read_is_said_in_both_languages(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "van-ban").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, said = drafted(tmp_path / "van-ban", database, tmp_path / "out.duckdb", capsys)
    assert (
        code == 2
        and "ảnh" in said["unread"]["vi"]
        and "picture" in said["unread"]["en"]
        and not (tmp_path / "out.duckdb").exists()
    )


# What a session sees.


@remember
def _plans_now() -> list[str]:
    return [plan.plan_id for plan in data.plans()]


@pytest.fixture
def sessions(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two readers of one build, each with a state and a draft of its own."""
    folder = tmp_path / "build"
    folder.mkdir()
    (folder / "papi.duckdb").write_bytes(database.read_bytes())
    (folder / "current").write_text("papi.duckdb\n")
    monkeypatch.setenv("PAPI_BUILD", str(folder))
    states = {name: ({}, _Held()) for name in ("one", "two")}

    def enter(name: str) -> None:
        state, held = states[name]
        monkeypatch.setattr(st, "session_state", state)
        monkeypatch.setattr(mine, "_held", lambda: held)
        monkeypatch.setattr("ui.words.labels.lang", lambda: "vi")
        data.begin()

    yield SimpleNamespace(enter=enter, states=states)
    for _, held in states.values():
        held.close()
    shelf._SHOWN.set(None)


def silent(*_: object) -> None: ...


@pytest.fixture
def ready(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cage that has its answer ready: the tests below are of what a session does with it."""

    @contextmanager
    def opened(command: object, files: dict[str, bytes], **_: object) -> Iterator[tuple[dict, Path]]:
        if not files[cage.DOCUMENT].startswith(b"k"):
            raise cage.Refused("unread", "vi", "en")
        with cage._folder() as folder:
            shutil.copy(made, folder / "out.duckdb")
            yield {"beside": 5, "of": 5, "named": {}}, folder

    monkeypatch.setattr(cage, "opened", opened)


def test_only_the_session_that_brought_a_draft_sees_it_and_nothing_of_it_stays(sessions: SimpleNamespace) -> None:
    sessions.enter("one")
    before = set(shelf._OWN)
    draft = read(
        (STRANGERS / "van-ho-2018.txt").read_bytes(),
        "../../../etc/passwd",
        {"title": "Tên khác"},
        step=silent,
        queued=silent,
    )
    assert not Path(draft.path).exists() and not Path(draft.path).parent.exists()
    sessions.enter("one")
    assert (
        PLAN_ID in _plans_now()
        and data.is_mine()
        and [data.plan(PLAN_ID)[name] for name in ("title", "file")] == ["Tên khác", "passwd"]
    )
    sessions.enter("two")
    assert PLAN_ID not in _plans_now() and not data.is_mine() and now() is None
    sessions.enter("one")
    assert PLAN_ID in _plans_now()
    remove()
    assert set(shelf._OWN) == before and draft.path not in paths() and not is_lost()
    sessions.enter("one")
    assert PLAN_ID not in _plans_now()
    with pytest.raises(data.NoDatabase) as gone, data.showing(data.Build(draft.path, "x", data.build().built_at, "x")):
        data.plans()
    assert gone.value.reason == "gone"


def test_a_second_document_takes_the_place_of_the_first_and_a_bad_one_leaves_it(
    sessions: SimpleNamespace, ready: None
) -> None:
    sessions.enter("one")
    first = read(b"k1", "a", step=silent, queued=silent)
    with pytest.raises(cage.Refused):
        read(b"\x89PNG\r\n\x1a\n", "b", step=silent, queued=silent)
    assert now() is first and first.path in shelf._OWN
    second = read(b"k2", "c", step=silent, queued=silent)
    sessions.enter("one")
    assert first.path not in shelf._OWN and data.build().path == second.path and now() is second


def test_a_session_whose_connection_was_cut_is_told_that_its_draft_is_gone(
    sessions: SimpleNamespace, ready: None
) -> None:
    sessions.enter("one")
    read(b"k", "a", step=silent, queued=silent)
    sessions.states["one"][1].close()  # what Streamlit does when the connection ends
    sessions.enter("one")
    assert is_lost() and not data.is_mine()


def test_a_reader_who_leaves_while_the_document_is_read_leaves_nothing_behind(
    sessions: SimpleNamespace, ready: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions.enter("one")
    before, held = set(shelf._OWN), sessions.states["one"][1]
    opened = cage.opened

    @contextmanager
    def left(*words: object, is_left: Callable[[], bool], **more: object) -> Iterator[tuple[dict, Path]]:
        assert not is_left()
        with opened(*words, **more) as answer:
            held.close()
            assert is_left()
            yield answer

    monkeypatch.setattr(cage, "opened", left)
    with pytest.raises(cage.Refused, match="left"):
        read(b"k", "a", step=silent, queued=silent)
    assert set(shelf._OWN) == before and held.draft is None and not mine._all


@pytest.mark.parametrize("bound", ["MOST_DRAFTS", "MOST_BYTES"])
def test_no_more_drafts_are_held_than_there_is_room_for_and_one_that_nobody_looks_at_makes_room(
    sessions: SimpleNamespace, ready: None, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(mine, bound, 1)
    sessions.enter("one")
    first = read(b"k1", "a", step=silent, queued=silent)
    sessions.enter("two")
    with pytest.raises(cage.Refused, match="full"):
        read(b"k2", "b", step=silent, queued=silent)
    sessions.states["one"][1].seen -= mine.IDLE
    if bound == "MOST_BYTES":
        monkeypatch.setattr(mine, bound, 1_000_000_000)
        monkeypatch.setattr(mine, "MOST_DRAFTS", 1)
    second = read(b"k2", "b", step=silent, queued=silent)
    assert first.path not in shelf._OWN and second.path in shelf._OWN
    sessions.enter("one")
    assert is_lost()


def test_an_office_that_the_reform_ended_is_named_whatever_the_drafts_day(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "van-ban").write_text(
        "KẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2026\nI. NHIỆM VỤ\n1. Công khai, minh bạch\n- Sở Kế hoạch và Đầu tư chủ trì công khai quy hoạch.\n"
        "- Sở Nội vụ chủ trì kiểm tra công vụ, gửi UBND huyện.\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ báo cáo UBND tỉnh, gửi UBND các huyện.\n",
        encoding="utf-8",
    )
    code, said = drafted(
        tmp_path / "van-ban", database, tmp_path / "out.duckdb", capsys, {"issued": "2026-01-15", "year": 2026}
    )
    assert code == 0 and said["named"] == {
        "Sở Kế hoạch và Đầu tư": [1, ["Sở Kế hoạch và Đầu tư"]],
        "UBND cấp huyện": [2, ["UBND huyện", "UBND các huyện"]],
    }
    assert rows(tmp_path / "out.duckdb", "select agency, office from plan_old_office where plan_id = 'du-thao'") == [
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính")
    ]


# The page.


def shown(at: AppTest) -> str:
    """All that a page says in words."""
    assert not at.exception, at.exception[0].message
    return " ".join(str(block.proto.body) for block in at.get("html"))


def test_the_page_shows_a_draft_to_its_own_reader_and_to_nobody_else(
    home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the sessions of AppTest all have one name: what Streamlit keeps for each session is kept in its state here
    monkeypatch.setattr(mine, "_held", lambda: st.session_state.setdefault("held", _Held()))
    one, two = (house.app("pages/11_du-thao.py").run() for _ in range(2))
    secret = "Huổi Xanh"
    one.text_area(key="mine.text.0").set_value(
        "KẾ HOẠCH\nNâng cao Chỉ số PAPI năm 2026\nI. NHIỆM VỤ\n1. Cung ứng dịch vụ công\n"
        f"- Sở Kế hoạch và Đầu tư chủ trì. Khám bệnh lưu động ở bản {secret}, hoàn thành trước ngày 30/6/2026.\n- Sở Y tế chủ trì kiểm tra trạm y tế, báo cáo UBND huyện.\n"
    )
    next(button for button in one.button if button.label == "Đọc kế hoạch").click().run()
    said = shown(one)
    assert (
        secret in said
        and "Sở Tài chính" in said
        and "chỉ được nhắc tới" in said
        and "dòng 5" in said
        and len(one.get("download_button")) >= 6
    )
    assert secret not in shown(two.run())
    for at, is_there in ((one, True), (two, False)):
        for page in ("pages/8_doc-ke-hoach.py", "pages/1_bao-phu.py"):
            at.switch_page(page)
            at.query_params["ke"] = PLAN_ID
            at.run()
            assert (secret in shown(at)) is (is_there and "doc-ke-hoach" in page) and (
                "Đang tính cả dự thảo" in shown(at)
            ) is is_there
    one.session_state["held"].remove()
    for page in ("pages/1_bao-phu.py", "pages/11_du-thao.py"):
        one.switch_page(page)
        assert "Đang tính cả dự thảo" not in shown(one.run()) and "Dự thảo của bạn đã được xóa" in shown(one)
    assert not shelf._OWN


def test_a_draft_is_taken_out_by_its_button(home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine, "_held", lambda: st.session_state.setdefault("held", _Held()))
    one = house.app("pages/11_du-thao.py").run()
    one.text_area(key="mine.text.0").set_value("KẾ HOẠCH\nNâng cao Chỉ số PAPI\nI. NHIỆM VỤ\n1. Họp dân\n")
    next(button for button in one.button if button.label == "Đọc kế hoạch").click().run()
    assert "Đang tính cả dự thảo" in shown(one)
    one.button(key="mine.remove").click().run()
    assert "Đang tính cả dự thảo" not in shown(one) and "đã được xóa" not in shown(one) and not shelf._OWN
