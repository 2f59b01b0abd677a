"""When things are bad: no database, a broken one, one of another version, one replaced while a reader is on a page, two
readers at once.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import house
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from websockets.sync.client import connect

from benchmarks.pages import server
from etl import load
from etl.__main__ import main as build
from etl.load.publish import _is_whole
from ui import data
from ui.page import building, net
from ui.topics import overview

ROOT = Path(__file__).parent.parent


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for builds, and a program that builds one short plan."""
    builds = tmp_path / "build"
    builds.mkdir()
    monkeypatch.setenv("PAPI_BUILD", str(builds))
    monkeypatch.setattr(building, "ROOT", house.small(tmp_path))
    return builds


def publish(home: Path, database: Path, name: str, change: str = "") -> None:
    """A copy of a database under this name, with a change, becomes the one in force."""
    shutil.copy(database, home / f"{name}.duckdb")
    with duckdb.connect(str(home / f"{name}.duckdb")) as con:
        con.execute(f"update build set build_id = '{name}'; {change}")
    (home / "current").write_text(f"{name}.duckdb\n", encoding="utf-8")


def said(at: AppTest) -> str:
    """All markup of the page, without its style and scripts."""
    markup = "".join(element.proto.body for element in at.get("html"))
    return re.sub(r"<(style|script)\b.*?</\1>", "", markup, flags=re.DOTALL)


def test_a_missing_database_is_built_once_for_all_readers_and_then_shown(home: Path) -> None:
    readers = [house.app().run(), house.app().run()]
    assert all("dựng nó" in said(at) and not at.exception for at in readers)
    assert len([one for one in building._BUILDS if one == home]) == 1
    process = building._BUILDS[home]
    house.until(lambda: process.progress() or process.code is not None, "no progress")
    assert process.code is None
    house.until(lambda: process.code is not None, "the build does not end")
    assert process.code == 0
    readers = [at.run() for at in readers]
    assert all("footer" in said(at) and at.title[0].value.endswith("?") and not at.exception for at in readers)
    assert len(list(home.glob("papi-*.duckdb"))) == 1


def test_a_build_that_fails_says_why_and_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "blocked").write_text("", encoding="utf-8")
    monkeypatch.setenv("PAPI_BUILD", str(home / "blocked" / "folder"))
    at = house.app().run()
    process = building._BUILDS[data.folder()]
    house.until(lambda: process.code is not None and process.lines, "the build does not end")
    at.run()
    assert (
        "Thử lại" in said(at)
        and "quyền ghi" in said(at)
        and [button.label for button in at.button] == ["Thử lại"]
        and not at.exception
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("update build set schema_version = 999", "phiên bản khác"),
        ("drop view dated_unit", "phiên bản khác"),
        ("delete from build", "chưa ghi xong"),
    ],
)
def test_a_database_that_cannot_be_used_is_explained_and_left_alone(
    home: Path, database: Path, change: str, words: str
) -> None:
    publish(home, database, "bad", change)
    at = house.app().run()
    assert words in said(at) and not at.exception and home not in building._BUILDS


def test_half_a_file_is_explained_and_built_anew_when_the_reader_asks(home: Path, database: Path) -> None:
    (home / "half.duckdb").write_bytes(database.read_bytes()[:20_000])
    (home / "current").write_text("half.duckdb\n", encoding="utf-8")
    at = house.app().run()
    assert "chưa ghi xong" in said(at) and not at.exception and home not in building._BUILDS
    at.button[0].click().run()
    house.until(lambda: building._BUILDS[home].code is not None, "the build does not end")
    assert at.run().title[0].value.endswith("?") and not at.exception


def test_a_new_build_is_shown_without_a_restart_and_a_bad_one_leaves_the_reader_on_the_old(
    home: Path, database: Path
) -> None:
    publish(home, database, "build-first")
    at = house.app().run()
    assert "build-first" in said(at)
    publish(home, database, "build-second")
    assert "build-second" in said(at.run()) and "build-first" not in said(at)
    (home / "build-third.duckdb").write_bytes(b"half")
    (home / "current").write_text("build-third.duckdb\n", encoding="utf-8")
    assert "build-second" in said(at.run()) and "chưa dùng được" in said(at) and not at.exception
    (home / "current").unlink()
    assert "build-second" in said(at.run()) and "chưa dùng được" in said(at) and not at.exception
    publish(home, database, "build-fourth")
    assert "build-fourth" in said(at.run()) and "chưa dùng được" not in said(at)


OLD, NEW = "papi-20260101T000000Z-1", "papi-20260102T000000Z-1"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


DAMAGES = {
    "a pointer with wrong bytes": lambda home: (home / "current").write_bytes(b"\xff\x00\x80"),
    "a pointer to another folder": lambda home: (home / "current").write_text("../x.duckdb"),
    "an empty pointer": lambda home: (home / "current").write_bytes(b""),
    "no pointer": lambda home: (home / "current").unlink(),
    "a build that is gone": lambda home: (home / f"{NEW}.duckdb").unlink(),
    "a build cut short": lambda home: cut(home / f"{NEW}.duckdb"),
    "a build of nothing": lambda home: (home / f"{NEW}.duckdb").write_bytes(b""),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_damaged_leaves_pages_on_a_build_that_is_whole_and_says_so_in_one_sentence(
    home: Path, database: Path, damage: Callable[[Path], object], lang: str
) -> None:
    publish(home, database, OLD)
    publish(home, database, NEW)
    damage(home)
    at = house.app()
    at.query_params["lang"] = lang
    at.run()
    words = said(at)
    note = "still shows the one built" if lang == "en" else "vẫn hiện bản dựng ngày"
    assert not at.exception and note in words and at.title[0].value.endswith("?")
    assert OLD in words or NEW in words
    assert str(home) not in words and "Error" not in words and str(ROOT) not in words


def test_a_build_is_whole_where_free_blocks_were_cut_off_its_end(home: Path, database: Path) -> None:
    publish(home, database, NEW, "create table long as select random() as x from range(2000000)")
    file = home / f"{NEW}.duckdb"
    for change in ("drop table long", "update build set rests_on = 'x'"):
        with duckdb.connect(str(file)) as con:
            con.execute(change)
    with duckdb.connect(str(file), read_only=True) as con:
        ((says,),) = con.execute("select total_blocks * block_size from pragma_database_size()").fetchall()
    assert file.stat().st_size < says and _is_whole(file)
    at = house.app().run()
    assert not at.exception and "vẫn hiện bản dựng ngày" not in said(at) and at.title[0].value.endswith("?")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_build_mends_what_is_damaged(
    home: Path, database: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    publish(home, database, OLD)
    publish(home, database, NEW)
    damage(home)
    (plans := tmp_path / "plans").mkdir()
    # under this name it is not listed, so nothing is measured of it
    shutil.copy(ROOT / "data" / "plans" / "nam-khanh-2020.txt", plans / "mot.txt")
    assert build(["--plans", str(plans)]) == 0
    left = {file.name for file in home.glob("papi-*.duckdb")}
    assert load.latest(home) and len(left) == 2 and (load.latest(home) or home).name in left
    at = house.app().run()
    assert "vẫn hiện bản dựng ngày" not in said(at) and not at.exception


@pytest.mark.net
def test_a_database_cut_short_under_a_page_begins_the_page_anew_on_the_build_before(home: Path, database: Path) -> None:
    publish(home, database, OLD)
    publish(home, database, NEW)
    with server(ROOT / "app.py", home) as address:
        assert NEW in "".join(answers(address, [("", "")])[0])
        cut(home / f"{NEW}.duckdb")
        for words in answers(address, [("ai-lam", ""), ("bao-phu", "lang=en"), ("tim-viec", "tu=nghèo")]):
            assert OLD in "".join(words) and str(home) not in "".join(words)


@pytest.mark.net
@pytest.mark.parametrize(("lang", "words"), [("vi", "Trang này gặp lỗi"), ("en", "This page ran into an error")])
def test_an_exception_on_a_page_is_one_sentence_in_the_readers_language(
    home: Path, database: Path, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    publish(home, database, OLD)
    monkeypatch.setattr(overview, "view", lambda *given: 1 / 0)
    at = house.app()
    at.query_params["lang"] = lang
    at.run()
    assert words in said(at) and "division" not in said(at) and not at.exception


@pytest.mark.net
def test_a_build_with_a_flipped_block_is_left_for_the_one_before(home: Path, database: Path) -> None:
    publish(home, database, OLD)
    publish(home, database, NEW)
    content = bytearray((home / f"{NEW}.duckdb").read_bytes())
    for block in range(12_288 + 300_000, len(content), 262_144):
        content[block] ^= 0xFF
    (home / f"{NEW}.duckdb").write_bytes(content)
    words = said(house.app().run())
    assert OLD in words or "không đọc được" in words
    assert "Error" not in words and str(home) not in words


@pytest.mark.parametrize(
    ("said_by", "shown"),
    [
        ("/srv/x/data/build: không ghi được ([Errno 28] No space left on device); hãy kiểm tra", "build: không ghi được; hãy kiểm tra"),
        (r"C:\Users\lan\papi\a.docx: tệp hỏng", "a.docx: tệp hỏng"),
        ("trực 24/24 giờ và/hoặc quý I/2024", "trực 24/24 giờ và/hoặc quý I/2024"),
    ],
)  # fmt: skip
def test_what_a_process_said_is_shown_without_places_of_the_server(said_by: str, shown: str) -> None:
    assert net.clean(said_by) == shown


READERS = [
    [
        ("", "lang=en"),
        ("bao-phu", "lang=en&nd=3&dem=noi-dung"),
        ("ai-lam", "lang=en&ten=hien-nay"),
        ("khi-nao", "lang=en&kh=nam-khanh-2020"),
        ("", "lang=en&dem=noi-dung"),
    ],
    [
        ("", "kh=bac-kan-2021"),
        ("bao-phu", "kh=bac-kan-2021&nd=5"),
        ("ai-lam", "kh=bac-kan-2021&vt=coop"),
        ("khi-nao", "kh=bac-kan-2021"),
        ("", "kh=hung-yen-2020"),
    ],
    [
        ("", "kh=hung-yen-2020,nam-khanh-2020"),
        ("bao-phu", "o=nam-khanh-2020~4.1"),
        ("so-sanh", "lang=en"),
        ("phat-hien", "kh=nam-khanh-2020"),
        ("", "lang=en&kh=nam-khanh-2020"),
    ],
]
"""What three readers ask for, one page after the other: other pages, filters and languages at the same moment."""


def answers(address: str, asked: list[tuple[str, str]]) -> list[list[str]]:
    """The words of each page that one reader asks for in one session."""
    out = []
    with connect(address, subprotocols=["streamlit"], max_size=None) as session:
        for page, query in asked:
            session.send(BackMsg(rerun_script=ClientState(query_string=query, page_name=page)).SerializeToString())
            words, kind = [], ""
            while kind != "script_finished":
                message = ForwardMsg.FromString(session.recv())
                kind = message.WhichOneof("type")
                if kind == "delta":
                    element = message.delta.new_element
                    assert element.WhichOneof("type") != "exception", element.exception.message
                    words += [
                        text for text in (element.html.body, element.heading.body, element.plotly_chart.alt) if text
                    ]
            out.append(words)
    return out


def test_readers_with_other_filters_and_languages_at_once_never_see_each_others(home: Path, database: Path) -> None:
    publish(home, database, "build-1")
    with server(ROOT / "app.py", home) as address:
        with ThreadPoolExecutor(12) as crowd:
            together = [
                (reader, crowd.submit(answers, address, READERS[reader])) for _ in range(4) for reader in range(3)
            ]
            together = [(reader, one.result(60)) for reader, one in together]
        alone = [answers(address, asked) for asked in READERS]
    assert all(words for reader in alone for words in reader) and alone[0] != alone[1] != alone[2]
    assert [reader for reader, seen in together if seen != alone[reader]] == []
