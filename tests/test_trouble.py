"""When things are bad: no database, a broken one, one of another version, one replaced while a reader is on a page, two
readers at once.
"""

from __future__ import annotations

import shutil
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
from ui import data
from ui.page import building

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
    """All markup of the page."""
    return "".join(element.proto.body for element in at.get("html"))


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
