"""shelf: a build reads what is new or would be read otherwise and nothing else, says why, and comes to the same database
however it came to its readings; whatever happens meanwhile, it ends with the right one or with the old one.
"""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import house
import pytest

from etl import cage, load, shelf, way
from etl.__main__ import main
from etl.model import Plan

ROOT = Path(__file__).parent.parent
STRANGERS = ("hau-giang-so-tu-phap-2024", "ninh-hoa-2017", "phuong-phuoc-long-2025")
needs_forks = pytest.mark.skipif(sys.platform != "linux", reason="cần tiến trình của Linux")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of builds of this test's own."""
    monkeypatch.setenv("PAPI_BUILD", str(tmp_path / "build"))
    return tmp_path / "build"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder of three plans that nothing is measured of."""
    return copied(tmp_path / "plans")


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of the three plans leaves, to be copied."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PAPI_BUILD", str(folder / "build"))
            assert build(copied(folder / "plans")) == 0

    return house.once(tmp_path_factory, "three", make) / "build"


@pytest.fixture
def built(home: Path, three: Path) -> Path:
    """The database in force of the three plans, in a folder of this test's own."""
    return load.latest(shutil.copytree(three, home))


def copied(folder: Path) -> Path:
    """The three plans in a new folder."""
    folder.mkdir()
    for name in STRANGERS:
        shutil.copy(ROOT / "tests" / "strangers" / f"{name}.txt", folder)
    return folder


def build(plans: Path, *options: str) -> int:
    return main(["build", "--plans", str(plans), *options])


def asked(file: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as con:
        return con.execute(query).fetchall()


def build_anew(home: Path, plans: Path, *options: str) -> int:
    """Build where the pointer is gone: of the same readings, but not left at the build that was there."""
    (home / load.POINTER).unlink()
    return build(plans, *options)


def log(home: Path) -> dict[str, tuple]:
    """How each document of the build in force came to be read: source, why, trouble."""
    found = asked(load.latest(home), "select plan_id, source, why, trouble from build_log")
    return {plan_id: rest for plan_id, *rest in found}


def content(file: Path) -> dict[str, tuple]:
    """The rows of every table, whatever their order, but for what tells one run of the build from another."""
    with duckdb.connect(str(file), read_only=True) as con:
        names = con.execute("select table_name from duckdb_tables()").fetchall()
        return {
            name: con.execute(f'select count(*), sum(md5_number_lower(t::text)) from "{name}" as t').fetchone()
            for (name,) in names
            if name not in ("build", "build_log")
        }


# The same database.


def test_the_same_database_comes_of_one_process_of_four_and_of_kept_readings(home: Path, database: Path) -> None:
    shipped = ROOT / "data" / "plans"
    assert build(shipped, "--workers", "4") == 0
    first = load.latest(home)
    assert {source for source, *_ in log(home).values()} == {"read"}
    assert build(shipped) == 0 and load.latest(home) == first
    assert build_anew(home, shipped) == 0
    again = load.latest(home)
    assert {source for source, *_ in log(home).values()} == {"kept"} and again != first
    one = content(database)
    assert len(one) > 50 and one["measures"][0] > 100 and one["units"][0] == 339
    assert content(first) == one and content(again) == one


def test_however_many_readings_lie_in_a_file_the_database_is_the_same(
    home: Path, plans: Path, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = content(load.latest(three))
    monkeypatch.setattr(shelf, "_PACK", 2)
    assert build(plans) == 0
    assert len(list((home / "readings").glob("*.parquet"))) < len(STRANGERS)
    assert content(load.latest(home)) == apart
    assert build_anew(home, plans) == 0
    assert content(load.latest(home)) == apart and {source for source, *_ in log(home).values()} == {"kept"}


def test_a_build_of_the_same_is_the_one_in_force_until_anything_is_another(
    home: Path, plans: Path, built: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(plans) == 0 and load.latest(home) == built
    said = capsys.readouterr()
    assert "Không có gì đổi" in said.err and f"→ {built}" in said.out and STRANGERS[0] in said.out
    content = bytearray(built.read_bytes())
    content[len(content) // 2] ^= 1
    built.write_bytes(content)  # it says that it is of the same, and is not whole
    assert build(plans) == 0 and (second := load.latest(home)) != built
    monkeypatch.setattr(cage, "standing", lambda: ("clock",))
    assert build(plans) == 0 and load.latest(home) not in (built, second)


# Only what is to be read, and why.


def test_one_new_document_is_read_and_one_that_is_gone_is_dropped(home: Path, plans: Path, built: Path) -> None:
    gone, *left = STRANGERS
    (plans / f"{gone}.txt").unlink()
    new = Path(shutil.copy(ROOT / "tests" / "strangers" / "xa-an-loc-2022.txt", plans))
    assert build(plans) == 0
    assert log(home) == {name: ["kept", None, None] for name in left} | {new.stem: ["read", "new", None]}
    with shelf.opened(None) as kept:
        wanted = kept.sorted([Plan(file.stem, file, *[""] * 7) for file in sorted(plans.iterdir())])
        assert [one.why for one in wanted] == [""] * 3
        assert sum(map(len, kept._files.values())) == 3


def changed_table(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    tables = json.loads(shelf.knowledge()) | {"reference/agencies.csv": "changed"}
    monkeypatch.setattr(shelf, "knowledge", lambda: json.dumps(tables, sort_keys=True))


def changed_program(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(shelf, "program", lambda: "another version")


def changed_document(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "why", "how_many"),
    [
        (changed_table, "tables: reference/agencies.csv", 3),
        (changed_program, "program", 3),
        (changed_document, "document", 1),
    ],
)
def test_what_a_reading_rests_on_has_changed_so_it_is_read_again_and_says_why(
    home: Path,
    plans: Path,
    built: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[pytest.MonkeyPatch, Path], None],
    why: str,
    how_many: int,
) -> None:
    change(monkeypatch, plans / f"{STRANGERS[0]}.txt")
    assert build(plans) == 0
    said = log(home)
    assert said[STRANGERS[0]] == ["read", why, None]
    assert sum(source == "read" for source, *_ in said.values()) == how_many


def test_a_row_of_plans_csv_is_part_of_what_a_reading_rests_on(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("…", encoding="utf-8")
    plain = Plan("a", file, *[""] * 7)
    listed = Plan("a", file, "Kế hoạch", *[""] * 6)
    assert shelf.basis_of(plain).key == shelf.basis_of(plain).key != shelf.basis_of(listed).key


def test_no_reading_rests_on_a_table_that_only_pages_show() -> None:
    opened = """
import sys
seen = set()
sys.addaudithook(lambda event, given: event == "open" and seen.add(str(given[0])))
from pathlib import Path
from etl import about, load, way
from etl.match import Matcher
from etl.reference import DATA
for plan in [*about.plans(DATA / "plans"), *(about.unlisted(Path(f"tests/strangers/{name}.txt")) for name in sys.argv[1:])]:
    if plan.file.name:
        load.row(way.reading(plan, Matcher.shipped()))
print(*(Path(name).stem for name in seen if "reference" in name and name.endswith(".csv")))
"""
    done = subprocess.run(
        [sys.executable, "-c", opened, *STRANGERS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    named = set(done.stdout.split())
    assert len(named) > 30 and named & set(shelf.SHOWN) == set()
    assert all((ROOT / "data" / "reference" / f"{name}.csv").exists() for name in shelf.SHOWN)


def test_every_library_that_etl_reads_by_is_named() -> None:
    modules = {
        name.partition(".")[0]
        for file in (ROOT / "etl").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    there = importlib.metadata.packages_distributions()
    libraries = {name.lower() for module in modules & set(there) for name in there[module]}
    brings = {"distributed", "duckdb", "filelock", "pyarrow", "universal_pathlib"}
    assert libraries - brings == set(shelf.READ_BY)


# When things are bad.


@needs_forks
def test_a_worker_that_somebody_kills_is_begun_again_and_one_that_dies_each_time_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("…", encoding="utf-8")

    def killed(times: int) -> list[cage.Answer[way._Texts]]:
        turns: list[int] = []

        def run() -> way._Texts:
            if len(turns) <= times:
                os.kill(os.getpid(), signal.SIGKILL)
            return way._Texts(("read",))

        job = cage.Job(tmp_path / "a.txt", run, way._Texts, lambda file: turns.append(1))
        return list(cage.results([job], tries=3))

    ((once,), (always,)) = killed(1), killed(9)
    assert once.said == way._Texts(("read",)) and once.stopped == ""
    assert always.stopped == "memory" and "a.txt" in str(always.said)


@needs_forks
def test_a_build_whose_workers_are_killed_comes_to_the_right_database(home: Path, plans: Path) -> None:
    process = subprocess.Popen([sys.executable, "-m", "etl", "build", "--plans", str(plans)], cwd=ROOT)
    killed: set[int] = set()
    while process.poll() is None and len(killed) < 2:
        for child in children(process.pid) - killed:
            os.kill(child, signal.SIGKILL)
            killed.add(child)
            break
        time.sleep(0.3)
    assert process.wait(120) == 0 and killed
    assert log(home) == {name: ["read", "new", None] for name in STRANGERS}


def children(pid: int) -> set[int]:
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


@needs_forks
def test_a_build_that_is_killed_goes_on_with_what_it_had_read(home: Path, plans: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "build", "--progress", "--workers", "1", "--plans", str(plans)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline().startswith("1/3\t")
    process.kill()
    process.wait()
    assert load.latest(home) is None
    # each as it came, packed at the end
    assert list((home / "readings").glob("*.jsonl")) and not list((home / "readings").glob("*.parquet"))
    assert build(plans) == 0
    assert sorted(source for source, *_ in log(home).values())[0] == "kept"
    assert not list((home / "readings").glob("*.jsonl")) and list((home / "readings").glob("*.parquet"))


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)


def of_another_version(file: Path) -> None:
    content = b"PAR1 of another version"
    file.with_name(f"{shelf._sha(content)}.parquet").write_bytes(content)


def with_other_columns(file: Path) -> None:
    made = file.with_name("made")
    duckdb.sql(f"copy (select 'x' as key) to '{made}' (format parquet)")
    made.rename(file.with_name(f"{shelf._sha(made.read_bytes())}.parquet"))


@pytest.mark.parametrize(
    ("harm", "read"), [(cut_short, 3), (flipped, 3), (of_another_version, 0), (with_other_columns, 0)]
)
def test_a_kept_reading_that_is_none_is_dropped_and_read_again(
    home: Path, plans: Path, built: Path, capsys: pytest.CaptureFixture, harm: Callable[[Path], None], read: int
) -> None:
    harm(next((home / "readings").glob("*.parquet")))
    assert build_anew(home, plans) == 0
    assert "1 tệp lưu bị hỏng" in capsys.readouterr().err
    assert load.latest(home) != built and content(load.latest(home)) == content(built)
    assert sum(source == "read" for source, *_ in log(home).values()) == read


@needs_forks
def test_a_full_disk_is_one_sentence_and_the_old_database_stays(home: Path, plans: Path, built: Path) -> None:
    changed_document(pytest.MonkeyPatch(), plans / f"{STRANGERS[0]}.txt")
    full = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
from etl.__main__ import main
sys.exit(main(["build", "--plans", sys.argv[1]]))
"""
    done = subprocess.run([sys.executable, "-c", full, str(plans)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "không ghi được" in done.stderr.splitlines()[-1], done.stderr
    assert load.latest(home) == built
    assert build(plans) == 0 and log(home)[STRANGERS[0]] == ["read", "document", None]


def test_of_two_builds_at_once_the_second_says_so_before_it_reads_anything(
    home: Path, plans: Path, capsys: pytest.CaptureFixture
) -> None:
    with shelf.opened(None):
        assert build(plans) == 75
    assert "một lần dựng khác" in capsys.readouterr().err and load.latest(home) is None


def test_a_folder_of_what_are_no_plans_is_told_and_the_old_database_stays(
    home: Path, plans: Path, built: Path, capsys: pytest.CaptureFixture
) -> None:
    many = 3 * shelf._PACK // 2
    for file in plans.iterdir():
        file.unlink()
    for number in range(many):
        (plans / f"{number}.txt").write_text(f"Mùa xuân thứ {number}\nhoa đào nở\n", encoding="utf-8")
    assert build(plans) == 1
    said = capsys.readouterr().err
    assert said.count(".txt") == many and "cơ sở dữ liệu cũ được giữ nguyên" in said
    assert load.latest(home) == built
    assert build(plans) == 1 and f"Cần đọc 0 văn bản; {many} văn bản đã đọc từ trước" in capsys.readouterr().err


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Names of documents whose reading crashes."""
    names: set[str] = set()
    accounted = way._accounted

    def run(plan: Plan, matcher: object, is_any: bool) -> object:
        if plan.plan_id in names:
            os.abort()
        return accounted(plan, matcher, is_any)

    monkeypatch.setattr(
        way,
        "_job",
        lambda plan, matcher, is_any=False: cage.Job(plan.file, partial(run, plan, matcher, is_any), way.Reading),
    )
    yield names


@needs_forks
def test_a_document_that_was_stopped_is_named_left_and_read_again_when_somebody_asks(
    home: Path, plans: Path, capsys: pytest.CaptureFixture, stopping: set[str]
) -> None:
    bad = STRANGERS[1]
    stopping.add(bad)
    assert build(plans) == 0
    assert f"{bad}.txt (dừng giữa chừng)" in capsys.readouterr().err.splitlines()[-1]
    assert log(home) == {name: ["read", "new", "crashed" if name == bad else None] for name in STRANGERS}
    stopping.clear()
    assert build_anew(home, plans) == 0
    assert log(home)[bad] == ["kept", None, "crashed"] and f"{bad}.txt" in capsys.readouterr().err
    assert build(plans, "--retry-failed") == 0
    assert log(home) == {name: ["read", "again", None] if name == bad else ["kept", None, None] for name in STRANGERS}
    assert f"{bad}.txt (" not in capsys.readouterr().err
