"""load: what is written is what was read, and nothing that happens to a build harms the database in use."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from etl import load, model
from etl.model import Column, Evidence, Finding, Line, Match, Plan, Reading, Unit, UnitAgency, Unread
from etl.reference import region_of

ROOT = Path(__file__).parent.parent
needs_signals = pytest.mark.skipif(os.name == "nt", reason="cần tín hiệu của Unix")


def a_plan(plan_id: str = "xa-thu-2024", **said: object) -> Plan:
    return replace(
        Plan(
            plan_id,
            Path(f"{plan_id}.txt"),
            "Nâng cao chỉ số PAPI",
            "Xã Thử 2024",
            "Thu commune 2024",
            "X.Thử",
            "UBND xã Thử",
            "commune",
            "Sóc Trăng",
        ),
        **said,
    )


def a_unit(ordinal: int = 1, **said: object) -> Unit:
    return replace(
        Unit(
            ordinal, "narrative", f"II.{ordinal}", "Niêm yết công khai danh sách hộ nghèo", 10 + ordinal, 10 + ordinal
        ),
        **said,
    )


def a_reading(*units: Unit, plan: Plan | None = None, **said: object) -> Reading:
    lines = (
        Line(1, "front", "KẾ HOẠCH"),
        *(Line(unit.first_line, "unit", unit.text, (unit.ordinal,)) for unit in units),
    )
    return replace(Reading(plan or a_plan(), "0" * 64, units, lines), **said)


def rows(file: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of builds of this test's own."""
    monkeypatch.setenv("PAPI_BUILD", str(tmp_path / "build"))
    return tmp_path / "build"


@pytest.fixture(scope="module")
def one_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of builds with one of one unit in use."""
    folder = tmp_path_factory.mktemp("one") / "build"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPI_BUILD", str(folder))
        load.build([a_reading(a_unit())])
    return folder


@pytest.fixture
def used(home: Path, one_build: Path) -> Path:
    """A copy of it, of this test's own."""
    return Path(shutil.copytree(one_build, home))


# What is written is what was read.


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database of the plans that the tests below name, each of which looks at its own."""
    file = tmp_path_factory.mktemp("written") / "x.duckdb"
    load.write(file, [DECLARING, NOT_READ, NAMING_A_PERSON, MEETING_AN_AGENCY, *OF_TWO_PROVINCES, HOSTILE_WORDS])
    return file


def test_every_field_of_a_unit_comes_back(tmp_path: Path) -> None:
    unit = a_unit(
        declared_dim=2,
        declared_sub="2.2",
        kind="action",
        lead_basis="row",
        timing="dated",
        timing_raw="Trước ngày 15/12/2024",
        timing_basis="row",
        due_to="2024-12-15",
        agencies=(
            UnitAgency("UBND cấp xã", "lead", "row", "UBND xã"),
            UnitAgency("UBND cấp xã", "lead", "row", "Ủy ban nhân dân xã", True),
        ),
        match=Match(
            6,
            "6.1",
            0.75,
            0.25,
            False,
            2,
            "2.2",
            (
                Evidence("phrase", "hộ nghèo", "phrases.csv, dòng 3", 2, "2.2", 0.2),
                Evidence("phrase", "trạm y tế", "phrases.csv, dòng 9", 6, "6.1", 0.8),
            ),
        ),
    )
    load.write(
        file := tmp_path / "x.duckdb",
        [
            a_reading(
                unit, columns=(Column(0, "Cơ quan", "lead", 9),), findings=(Finding("unknown_timing", 11, "?", 1),)
            )
        ],
    )
    assert rows(
        file,
        "select unit_id, declared_dim, declared_sub, matched_dim, matched_sub, dim, sub, dim_basis, score, margin, review from units",
    ) == [("xa-thu-2024:1", 2, "2.2", 6, "6.1", 2, "2.2", "declared", 0.75, 0.25, False)]
    assert rows(
        file,
        "select timing, timing_raw, timing_basis, due_from, due_to::text, runner_up_dim, runner_up_sub, lead_basis from units",
    ) == [("dated", "Trước ngày 15/12/2024", "row", None, "2024-12-15", 2, "2.2", "row")]
    assert rows(file, "select agency, role, basis, as_written, uncertain from unit_agencies") == [
        ("UBND cấp xã", "lead", "row", "UBND xã · Ủy ban nhân dân xã", True)
    ]
    assert rows(file, "select rank, quote, dim from evidence order by rank") == [
        (1, "trạm y tế", 6),
        (2, "hộ nghèo", 2),
    ]
    assert rows(file, "select header, role from plan_columns") == [("Cơ quan", "lead")]
    assert rows(file, "select unit_id, code, line from findings") == [("xa-thu-2024:1", "unknown_timing", 11)]
    assert rows(file, "select line, role, unit_id from lines order by line") == [
        (1, "front", None),
        (11, "unit", "xa-thu-2024:1"),
    ]
    assert rows(file, "select build_id, schema_version from build") == [("x", load.SCHEMA_VERSION)]


DECLARED = [
    (3, "3.2", 6, "6.1", (3, "3.2", "declared")),
    (3, None, 3, "3.1", (3, "3.1", "declared")),
    (3, None, 6, "6.1", (3, None, "declared")),
    (None, None, 6, "6.1", (6, "6.1", "matched")),
    (None, None, 0, None, (0, None, "matched")),
    (None, None, None, None, (None, None, None)),
]


DECLARING = a_reading(
    *(
        a_unit(at, declared_dim=dim, declared_sub=sub, match=Match(matched, matched_sub))
        for at, (dim, sub, matched, matched_sub, _) in enumerate(DECLARED, 1)
    ),
    plan=a_plan("declaring"),
)


def test_what_the_plan_declares_counts_before_what_was_matched(written: Path) -> None:
    assert rows(written, "select dim, sub, dim_basis from units where plan_id = 'declaring' order by ordinal") == [
        counted for *_, counted in DECLARED
    ]


def test_rows_go_to_the_database_without_pandas() -> None:
    said = """
import sys
import duckdb
from etl import load
with duckdb.connect() as con:
    con.execute("create table t (a integer, b text default 'x', c text[], d date, e double)")
    load.insert(con, "t", [{"a": 1, "c": ["ừ"], "d": None}, {"a": None, "c": [], "d": "2025-07-01"}])
    print(con.execute("select * replace (d::text as d) from t").fetchall(), "pandas" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[(1, 'x', ['ừ'], None, None), (None, 'x', [], '2025-07-01', None)] False"


NOT_READ = Reading(a_plan("not-read"), "", unread=Unread("x.txt: tệp trống.", "x.txt: the file is empty."))


def test_a_plan_that_was_not_read_is_kept_with_both_sentences(written: Path) -> None:
    assert rows(written, "select status, unread_vi, unread_en, has_table from plans where plan_id = 'not-read'") == [
        ("not_read", "x.txt: tệp trống.", "x.txt: the file is empty.", False)
    ]


NAMING_A_PERSON = a_reading(
    a_unit(
        text="Đồng chí Lò Văn Bình chủ trì",
        agencies=(UnitAgency("Cá nhân được nêu tên", "lead", "text", "Đồng chí Lò Văn Bình"),),
    ),
    plan=a_plan("person"),
)


def test_a_name_of_a_person_goes_into_no_table_of_agencies(written: Path) -> None:
    assert rows(written, "select agency, as_written from unit_agencies where unit_id = 'person:1'") == [
        ("Cá nhân được nêu tên", "Cá nhân được nêu tên")
    ]


MEETING_AN_AGENCY = a_reading(
    a_unit(agencies=(UnitAgency("Tổ thử nghiệm", "coop", "text", "tổ thử nghiệm"),)), plan=a_plan("agency")
)


def test_agencies_are_those_of_the_tables_and_those_met(written: Path) -> None:
    held = {agency: (known, group) for agency, known, group in rows(written, "select * from agencies")}
    assert (
        held["Tổ thử nghiệm"] == (False, False)
        and held["Sở Nội vụ"] == (True, False)
        and held["Các sở, ban, ngành"] == (True, True)
    )
    assert held["UBND cấp xã"] == (True, False) and not any("{" in agency for agency in held)
    assert held["Sở Nông nghiệp và Môi trường"] == (True, False)  # an office of today that no plan of before 2025 names


OF_TWO_PROVINCES = [a_reading(plan=a_plan("here")), a_reading(plan=a_plan("elsewhere", province="Nơi lạ"))]


def test_the_province_of_today_stands_beside_the_one_of_the_plan(written: Path) -> None:
    asked = "select province, province_now, region from plans where plan_id in ('here', 'elsewhere') order by 1"
    assert rows(written, asked) == [("Nơi lạ", "Nơi lạ", None), ("Sóc Trăng", "Cần Thơ", "Đồng bằng sông Cửu Long")]


@pytest.mark.parametrize(
    ("province", "issued", "region"),
    [
        ("Hòa Bình", "2021-05-10", "Trung du và miền núi phía Bắc"),
        ("Phú Thọ", "2024", "Trung du và miền núi phía Bắc"),
        ("Phú Thọ", "2025-06-30", "Trung du và miền núi phía Bắc"),
        ("Phú Thọ", "2025-07-01", "Trung du và miền núi phía Bắc; Đồng bằng sông Hồng"),
        ("Gia Lai", "2026", "Bắc Trung Bộ và duyên hải miền Trung; Tây Nguyên"),
        ("Cà Mau", "2026", "Đồng bằng sông Cửu Long"),
        ("Huế", "2026", "Bắc Trung Bộ và duyên hải miền Trung"),
        ("Bình Định", "", "Bắc Trung Bộ và duyên hải miền Trung"),
        ("", "2021", None),
    ],
)
def test_a_plan_has_the_region_of_its_province_in_its_year(province: str, issued: str, region: str | None) -> None:
    assert region_of(province, issued) == region


HOSTILE = [
    "'; drop table units; --",
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
    '{{7*7}}\t"a",b\\n',
    "Ủy ban nhân dân xã 😀",
]
HOSTILE_WORDS = a_reading(
    *(a_unit(at, text=text, section=text) for at, text in enumerate(HOSTILE, 1)), plan=a_plan("hostile")
)


def test_words_of_a_document_are_only_words(written: Path) -> None:
    assert rows(written, "select text, section from units where plan_id = 'hostile' order by ordinal") == [
        (text, text) for text in HOSTILE
    ]


def test_two_documents_under_one_id_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(model.Failed, match=r"xa-thu-2024.*a\.txt.*b\.txt"):
        load.write(
            tmp_path / "x.duckdb",
            [a_reading(plan=a_plan(file=Path("a.txt"))), a_reading(plan=a_plan(file=Path("b.txt")))],
        )


def test_a_broken_view_is_named_and_views_may_stand_on_later_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "schema.sql").write_text((load.SQL / "schema.sql").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "a_first.sql").write_text("-- One row per unit.\nselect * from z_last;", encoding="utf-8")
    (tmp_path / "z_last.sql").write_text("-- One row per unit.\nselect unit_id from units", encoding="utf-8")
    monkeypatch.setattr(import_module("etl.load.write"), "SQL", tmp_path)
    load.write(file := tmp_path / "x.duckdb", [a_reading(a_unit())])
    assert rows(file, "select * from a_first") == [("xa-thu-2024:1",)]
    (tmp_path / "z_last.sql").write_text("select no_such_column from units", encoding="utf-8")
    with pytest.raises(model.Failed, match=r"z_last\.sql.*no_such_column"):
        load.write(tmp_path / "y.duckdb", [a_reading()])


# The five plans, joined in the database.


def test_every_line_of_every_document_stands_in_the_table_of_lines(database: Path) -> None:
    held = rows(database, "select file, line, text from lines join plans using (plan_id)")
    files = rows(database, "select file from plans where status = 'read'")
    assert files and held
    for (name,) in files:
        written = (ROOT / "data" / "plans" / name).read_text(encoding="utf-8-sig").split("\n")
        assert {number for number, line in enumerate(written, 1) if line.strip()} == {
            line for file, line, _ in held if file == name
        }, name


@pytest.mark.parametrize(
    "orphans",
    [
        "select line from lines where (unit_id is not null) <> (role = 'unit')",
        "select unit_id from lines anti join units using (unit_id) where unit_id is not null",
        "select unit_id from units anti join lines using (unit_id)",
        "select unit_id from units join lines using (unit_id) where line not between first_line and last_line",
        "select unit_id from unit_agencies anti join units using (unit_id)",
        "select agency from unit_agencies anti join agencies using (agency)",
        "select unit_id from evidence anti join units using (unit_id)",
        "select unit_id from findings anti join units using (unit_id) where unit_id is not null",
        "select plan_id from units anti join plans using (plan_id)",
        "select sub from units anti join subdimensions using (sub) where sub is not null",
        "select sub from units join subdimensions using (sub) where units.dim <> subdimensions.dim",
        "select dim from units anti join dimensions using (dim) where dim is not null",
        "select unit_id from units group by all having count(*) > 1",
        "select unit_id from unit_agencies group by unit_id, agency, role having count(*) > 1",
    ],
)
def test_no_row_stands_alone(database: Path, orphans: str) -> None:
    table = re.search(r"from (\w+)", orphans)[1]
    assert rows(database, f"select count(*) from {table}") > [(0,)]
    assert rows(database, orphans) == []


def test_the_database_counts_what_was_read(database: Path, readings: tuple[Reading, ...]) -> None:
    held = dict(rows(database, "select plan_id, count(*) from units where kind = 'action' group by all"))
    assert held and held == {
        one.plan.plan_id: sum(unit.kind == "action" for unit in one.units) for one in readings if one.is_collected
    }
    parts = Counter(dict(rows(database, "select role, count(*) from unit_agencies group by all")))
    assert set(parts) == {"lead", "coop", "monitor"} and parts == Counter(
        role for one in readings for unit in one.units for role in ("lead", "coop", "monitor") for _ in unit.names(role)
    )


QUESTIONS = "from duckdb_functions() where function_type = 'table_macro' and not internal"


def test_every_view_answers(database: Path) -> None:
    asked = {name for (name,) in rows(database, f"select function_name {QUESTIONS}")}
    views = {file.stem for file in load.SQL.glob("*.sql")} - {"schema"} - asked
    assert (
        asked == {file.stem for file in load.SQL.glob("*.sql") if "\n-- Asked: " in file.read_text(encoding="utf-8")}
        and len(views) > len(load.stored()) > 20
        and {name for (name,) in rows(database, "select view_name from duckdb_views() where not internal")}
        == views - set(load.stored())
    )
    assert {name for (name,) in rows(database, "select table_name from duckdb_tables()")} >= set(load.stored())
    with duckdb.connect(str(database), read_only=True) as con:
        for name in views:
            con.execute(f"select * from {name}").fetchall()
        for name in asked:
            (values,) = re.findall(r"\n-- Asked: (.+)\.\n", (load.SQL / f"{name}.sql").read_text(encoding="utf-8"))
            given = ", ".join("null" for value in values.split(", ") if ":=" not in value)
            # asked of no plans: no row, or a sum of nothing
            assert not any(any(row) for row in con.execute(f"select * from {name}({given})").fetchall()), name


def test_no_question_calls_a_value_like_a_column_that_it_reads(database: Path) -> None:
    """Where it does, the column is meant, and nothing tells."""
    tables = "select table_name, list(column_name) from information_schema.columns group by all"
    columns = {name: set(names) for name, names in rows(database, tables)}
    questions = rows(database, f"select function_name, parameters, lower(macro_definition) {QUESTIONS}")
    read = {name: [table for table in columns if re.search(rf"\b{table}\b", text)] for name, _, text in questions}
    assert len(questions) > 20 and all(read.values())
    assert [
        (name, value)
        for name, values, text in questions
        for value in values
        if any(value in columns[table] for table in read[name]) or f" as {value}," in text
    ] == []


# Publishing.


def test_a_build_is_named_by_its_time_and_the_pointer_names_it(used: Path) -> None:
    file = load.latest(used)
    assert load.BUILD.fullmatch(file.name) and (used / "current").read_text() == f"{file.name}\n"
    assert rows(file, "select build_id from build") == [(file.stem,)]


def test_only_the_build_in_use_and_the_one_before_are_kept(used: Path) -> None:
    files = [load.latest(used), *(load.build([a_reading()]) for _ in range(2))]
    assert len(set(files)) == 3 and {file.name for file in used.iterdir()} == {
        "current",
        "lock",
        files[1].name,
        files[2].name,
    }


@needs_signals
def test_a_reader_finishes_on_the_build_it_has_opened(used: Path) -> None:
    old = load.latest(used)
    with duckdb.connect(str(old), read_only=True) as reader:
        for _ in range(2):
            load.build([a_reading(a_unit(), a_unit(2))])
        assert not old.exists() and reader.execute("select count(*), min(text) from units").fetchone() == (
            1,
            a_unit().text,
        )
        assert rows(load.latest(used), "select count(*) from units") == [(2,)]


def test_out_writes_exactly_that_file_and_no_pointer(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere" / "bản [1].duckdb"
    for units in (1, 2):
        assert load.build([a_reading(*map(a_unit, range(1, units + 1)))], out) == out
        assert rows(out, "select count(*) from units") == [(units,)] and [
            file.name for file in out.parent.iterdir()
        ] == [out.name]
    assert not home.exists()


@needs_signals
def test_a_killed_build_for_out_leaves_the_file_and_the_next_clears_up(
    home: Path, one_build: Path, tmp_path: Path
) -> None:
    (tmp_path / "o").mkdir()
    out = Path(shutil.copy(load.latest(one_build), tmp_path / "o" / "x.duckdb"))
    killed = child(home, STOP + f"load.build(new, __import__('pathlib').Path({str(out)!r}))", "etl.load", "verify", "1")
    assert until_it_stands(killed) == []
    kill(killed)
    assert load.verify(out)["units"] == 1 and len(list(out.parent.iterdir())) > 1
    load.build([a_reading()], out)
    assert [file.name for file in out.parent.iterdir()] == [out.name]


def test_a_flipped_byte_is_found_wherever_it_is(used: Path) -> None:
    file = load.latest(used)
    good = file.read_bytes()
    assert load.verify(file)["units"] == 1
    places = 20
    for part in range(places):
        offset = random.Random(part).randrange(len(good) * part // places, len(good) * (part + 1) // places)
        bad = bytearray(good)
        bad[offset] ^= 0x10
        file.write_bytes(bad)
        with pytest.raises(model.Failed, match="bị hỏng"):
            load.verify(file)


@pytest.mark.parametrize("content", [b"", b"\0" * 20_000, "không phải cơ sở dữ liệu".encode() * 999])
def test_what_is_no_database_is_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.duckdb").write_bytes(content)
    with pytest.raises(model.Failed, match=r"^x\.duckdb"):
        load.verify(tmp_path / "x.duckdb")


def test_a_build_that_is_damaged_before_it_is_published_leaves_the_old_one(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, real = load.latest(used), load.write

    def damaged(file: Path, *rest: object) -> None:
        real(file, *rest)
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)

    monkeypatch.setattr(load, "write", damaged)
    with pytest.raises(model.Failed, match="giữ nguyên"):
        load.build([a_reading()])
    assert load.latest(used) == old and {file.name for file in used.iterdir()} == {"current", "lock", old.name}


@pytest.mark.parametrize("pointer", [None, "", "papi-20200101T000000Z-1.duckdb\n", "../x.duckdb\n"])
def test_a_pointer_to_nothing_is_no_build(tmp_path: Path, pointer: str | None) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "x.duckdb").touch()
    if pointer is not None:
        (tmp_path / "b" / "current").write_text(pointer)
    assert load.latest(tmp_path / "b") is None


# When things are bad.


def test_a_build_that_has_no_room_in_memory_is_written_again_with_more(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, rooms = load.write, []

    def write(*given: object) -> None:
        rooms.append(given[5:])
        real(*given[:5], *(given[5:] or ({"memory_limit": "1MB"},)))

    monkeypatch.setattr(load, "write", write)
    file = load.build([a_reading(*map(a_unit, range(1, 40)))])
    assert rooms == [(), (load.ROOMIER,)] and rows(file, "select count(*) from units") == [(39,)]


@pytest.mark.parametrize(
    ("refused", "tries", "is_made"),
    [
        (0, [(2, "190")], True),
        (1, [(2, "190"), (1, "190")], True),
        (2, [(2, "190"), (1, "190"), (1, "1.8")], True),
        (3, [(2, "190"), (1, "190"), (1, "1.8")], False),
    ],
)
def test_a_view_that_has_no_room_is_made_by_one_thread_and_then_with_more_memory(
    monkeypatch: pytest.MonkeyPatch, refused: int, tries: list[tuple[int, str]], is_made: bool
) -> None:
    class Tight:
        """A connection in whose memory the first tries to make a table have no room."""

        def __init__(self) -> None:
            self.real = duckdb.connect(config={"threads": 2, "memory_limit": "200MB"})
            self.tries: list[tuple[int, str]] = []

        def settings(self) -> tuple[int, str]:
            said = "select current_setting('threads'), current_setting('memory_limit')[:3]"
            return self.real.execute(said).fetchone()

        def execute(self, statement: str, *values: object) -> duckdb.DuckDBPyConnection:
            if "create or replace table" in statement:
                self.tries.append(self.settings())
                if len(self.tries) <= refused:
                    raise duckdb.OutOfMemoryException("no room")
            return self.real.execute(statement, *values)

    con = Tight()
    con.real.execute((load.SQL / "schema.sql").read_text(encoding="utf-8"))
    monkeypatch.setattr(
        import_module("etl.load.write"),
        "_made",
        lambda name, select: f"create or replace table {name}_made as select 1",
    )
    with nullcontext() if is_made else pytest.raises(duckdb.OutOfMemoryException):
        load.views(con, ["gap"])
    assert con.tries == tries and con.settings() == (2, "190")
    assert bool(con.real.execute("from duckdb_tables() where table_name = 'gap_made'").fetchall()) == is_made


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PAPI_BUILD", str(tmp_path / "file" / "build"))
    with pytest.raises(model.Failed, match="không ghi được.*quyền ghi") as failed:
        load.build([a_reading()])
    assert "\n" not in str(failed.value) and "permissions" in failed.value.en


CHILD = """
import os, sys, time
from importlib import import_module
from etl import load, model
from tests.test_load import a_reading, a_unit
new = [a_reading(a_unit(1), a_unit(2))]
"""


def child(home: Path, code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD + code, *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PAPI_BUILD": str(home), "PYTHONPATH": str(ROOT)},
    )


def opens_whole(home: Path) -> int:
    """How many units the build in use has, after every row of it was read."""
    file = load.latest(home)
    assert file is not None
    return load.verify(file)["units"]


def next_build_succeeds_and_cleans_up(home: Path) -> None:
    file = load.build([a_reading(*map(a_unit, (1, 2, 3)))])
    assert load.latest(home) == file and opens_whole(home) == 3
    left = {one.name for one in home.iterdir()} - {"current", "lock", "readings"}
    assert file.name in left and len(left) == 2 and all(load.BUILD.fullmatch(name) for name in left)


@needs_signals
def test_a_full_disk_is_one_sentence_and_the_old_database_stays(used: Path) -> None:
    # a file may grow no further than 300 kB: the system refuses the write as a full disk does
    full = child(
        used,
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try: load.build(new)\nexcept model.Failed as failed: sys.exit(str(failed))",
    )
    _, said = full.communicate(timeout=60)
    assert full.returncode == 1 and said.count("\n") == 1 and "không ghi được" in said and "dung lượng đĩa" in said
    assert opens_whole(used) == 1
    next_build_succeeds_and_cleans_up(used)


STOP = """
import builtins
owner, name, turn, *rest = sys.argv[1:]
owners = {"os": os, "builtins": builtins}
owner = owners.get(owner) or import_module(owner)
real, calls = getattr(owner, name), 0
def stand_still(*given, **named):
    global calls
    calls += 1
    done = real(*given, **named) if owner is builtins else None  # a line is printed first, a step of load is not begun
    if calls == int(turn):
        os.write(1, b"here\\n")
        time.sleep(600)
    return done if owner is builtins else real(*given, **named)
setattr(owner, name, stand_still)
"""
BUILD = "load.build(new)"
WHOLE = """
from etl.__main__ import main
main(["build", "--progress", "--plans", *rest])
"""


def until_it_stands(process: subprocess.Popen[str]) -> list[str]:
    """Wait until a process has come to the step where it stands still; the lines that it printed before."""
    said: list[str] = []
    for line in process.stdout:
        if line == "here\n":
            return said
        said.append(line)
    raise AssertionError(process.stderr.read())


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a process that is still running, and see that this is what it died of."""
    assert process.poll() is None, process.stderr.read()
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL


def is_begun(home: Path) -> bool:
    """Whether there is a database file in the making."""
    return any(one.name.endswith(".duckdb.new") for one in home.iterdir())


@needs_signals
@pytest.mark.parametrize(
    ("owner", "name", "turn", "begun", "units"),
    [
        pytest.param("etl.load", "write", 1, False, 1, id="before it writes"),
        pytest.param("etl.load.write", "insert", 1, True, 1, id="with an empty file"),
        pytest.param("etl.load.write", "insert", 8, True, 1, id="between two tables"),
        pytest.param("etl.load.write", "views", 1, True, 1, id="with tables and no views"),
        pytest.param("etl.load", "verify", 1, True, 1, id="before it verifies"),
        pytest.param("etl.load", "to_disk", 1, True, 1, id="before it is on the disk"),
        pytest.param("os", "replace", 1, True, 1, id="before it has its name"),
        pytest.param("os", "replace", 2, False, 1, id="before the pointer is switched"),
        pytest.param("etl.load.publish", "to_disk", 3, False, 2, id="after the pointer is switched"),
    ],
)
def test_a_build_killed_at_any_step_harms_nothing(
    used: Path, owner: str, name: str, turn: int, begun: bool, units: int
) -> None:
    killed = child(used, STOP + BUILD, owner, name, str(turn))
    assert until_it_stands(killed) == []
    assert is_begun(used) == begun
    kill(killed)
    assert opens_whole(used) == units
    next_build_succeeds_and_cleans_up(used)


@needs_signals
@pytest.mark.parametrize("seed", range(3))
def test_builds_killed_at_random_moments_harm_nothing(used: Path, seed: int) -> None:
    killed = child(used, "print('here', flush=True)\nwhile True: load.build(new)")
    assert until_it_stands(killed) == []
    time.sleep(random.Random(seed).uniform(0.02, 0.8))
    kill(killed)
    assert opens_whole(used) in (1, 2)
    next_build_succeeds_and_cleans_up(used)


@needs_signals
@pytest.mark.parametrize(
    ("owner", "name", "turn", "printed", "begun"),
    [
        pytest.param("builtins", "print", 2, 1, False, id="with one document read"),  # first it says what it will read
        pytest.param("builtins", "print", 3, 2, False, id="with all documents read"),
        pytest.param("etl.load.write", "views", 1, 2, True, id="while it writes"),
        pytest.param("etl.load", "verify", 1, 2, True, id="when it has written"),
    ],
)
def test_the_whole_way_killed_at_any_step_leaves_the_old_database(
    used: Path, tmp_path: Path, owner: str, name: str, turn: int, printed: int, begun: bool
) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    for new in ("mot.txt", "hai.txt"):  # not listed, so nothing is measured of them
        shutil.copy(ROOT / "data" / "plans" / "nam-khanh-2020.txt", plans / new)
    killed = child(used, STOP + WHOLE, owner, name, str(turn), str(plans))
    said = [line.partition("/")[0] for line in until_it_stands(killed)]
    assert [number for number in said if number.strip()] == [str(at + 1) for at in range(printed)]
    assert is_begun(used) == begun
    kill(killed)
    assert opens_whole(used) == 1
    next_build_succeeds_and_cleans_up(used)


@needs_signals
def test_of_two_builds_at_once_the_second_says_so_and_harms_nothing(used: Path) -> None:
    first = child(used, STOP + BUILD, "etl.load", "verify", "1")
    assert until_it_stands(first) == []
    with pytest.raises(model.Failed, match="một lần dựng khác"):
        load.build([a_reading()])
    assert is_begun(used)  # the first one's file was left alone
    kill(first)
    assert opens_whole(used) == 1
    next_build_succeeds_and_cleans_up(used)  # the lock died with its process


def hash_of(file: Path) -> str:
    ((said,),) = rows(file, "select content_hash from build")
    return said


def test_two_builds_of_the_same_have_the_same_hash_and_another_has_another(one_build: Path, tmp_path: Path) -> None:
    for name, units in (("b", (1,)), ("c", (1, 2))):
        load.write(tmp_path / f"{name}.duckdb", [a_reading(*map(a_unit, units))])
    a, b, c = map(hash_of, (load.latest(one_build), tmp_path / "b.duckdb", tmp_path / "c.duckdb"))
    assert re.fullmatch("[0-9a-f]{64}", a) and a == b != c


def test_rows_of_stored_views_lie_in_one_order(database: Path, tmp_path: Path, readings: tuple[Reading, ...]) -> None:
    load.write(tmp_path / "again.duckdb", readings)
    with (
        duckdb.connect(str(database), read_only=True) as con,
        duckdb.connect(str(tmp_path / "again.duckdb"), read_only=True) as again,
    ):
        for name in load.stored():
            one, other = (each.execute(f'select * from "{name}"').fetchall() for each in (con, again))
            assert one == other, name
