"""Every CSV file is checked as one: a wrong cell, row, head, code or quote is told by file, row and column, and pages keep
the rows they had.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import house
import pytest

import tables
from tables.schema import Column, _place, _schema
from ui import data

SCHEMA = _schema(tables.DATA / "reference" / "schema.csv")
COLUMNS = [(name, one) for name, columns in SCHEMA.items() for one in columns]
UNSEEN = Path(__file__).parent / "unseen"
Cells = list[list[str]]


def place(name: str) -> Path:
    """Where a table lies; one that only plans of the tests have, beside these."""
    return next(file for file in (_place(name), UNSEEN / name) if file.exists())


def written(cells: Cells, file: Path) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", delimiter="\t" if file.suffix == ".tsv" else ",").writerows(cells)
    return out.getvalue().encode("utf-8")


def cells_of(file: Path) -> Cells:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t" if file.suffix == ".tsv" else ","))


def renamed(cells: Cells, at: int, file: Path) -> bytes:
    cells[0][at] += "x"
    return written(cells, file)


def parted(cells: Cells, at: int, file: Path) -> bytes:
    cells[1].insert(at, "x")
    return written(cells, file)


def not_text(cells: Cells, at: int, file: Path) -> bytes:
    cells[1][at] = "\x07"
    return written(cells, file)


def other_code(cells: Cells, at: int, file: Path) -> bytes:
    cells[1][at] = "ờ@@"
    return written(cells, file).replace("ờ@@".encode(), "ê".encode("cp1258"))


def open_quote(cells: Cells, at: int, file: Path) -> bytes:
    cells[1][at] = "@@"
    return written(cells, file).replace(b"@@", b'"a')


def garbled(cells: Cells, at: int, file: Path) -> bytes:
    cells[1][at] = "Hội đồng".encode().decode("cp1252", errors="replace").replace("\ufffd", "™")
    return written(cells, file)


WAYS = (renamed, parted, not_text, other_code, open_quote, garbled)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize(("name", "column"), COLUMNS, ids=[f"{name}:{one.column}" for name, one in COLUMNS])
def test_a_broken_column_is_told_by_file_row_and_column(
    name: str, column: Column, way: Callable[[Cells, int, Path], bytes], tmp_path: Path
) -> None:
    file, names = tmp_path / name, tables.columns(name)
    at = names.index(column.column)
    # the fault stands in the first row: what comes after the first hundred tells nothing more
    file.write_bytes(way(cells_of(place(name))[:100], at, file))
    with pytest.raises(tables.BadReference) as stopped:
        tables.rows(file)
    row, extra = 1 if way is renamed else 2, len(names) + 1
    if way is renamed and column.empty == "absent":
        extra, way = at + 1, parted  # a table may be without it
    vi, en = (f"{extra} (thừa)", f"{extra} (extra)") if way is parted else (column.column, column.column)
    assert stopped.value.vi.startswith(f"{name}, dòng {row}, cột {vi}: ")
    assert stopped.value.en.startswith(f"{name}, row {row}, column {en}: ")


@pytest.mark.parametrize(
    ("name", "column", "value", "said"),
    [
        ("phrases.csv", "weight", "nặng", "'nặng' không phải số từ 1 đến 9"),
        ("phrases.csv", "weight", "10", "'10' không phải số từ 1 đến 9"),
        ("phrases.csv", "weight", "１", "'１' không phải số từ 1 đến 9"),
        ("phrases.csv", "weight", "1_0", "'1_0' không phải số từ 1 đến 9"),
        ("phrases.csv", "phrase", " ", "để trống"),
        ("phrases.csv", "sub", "2.1", "'2.1' (dim 0) không có trong subdimensions.csv"),
        ("subjects.csv", "how", "maybe", "'maybe' không thuộc 'names', 'passing', 'hint'"),
        ("subjects.csv", "sub", "9.9", "'9.9' không có trong subdimensions.csv"),
        ("papi-scores.csv", "score", "nan", "'nan' không phải số từ 0 đến 100"),
        ("papi-scores.csv", "score", "33,3", "'33,3' không phải số từ 0 đến 100"),
        ("agencies-2025.csv", "from", "01/03/2025", "'01/03/2025' không phải ngày, tháng hay năm YYYY-MM-DD"),
        ("agencies-2025.csv", "from", "2025-02-30", "'2025-02-30' không phải ngày có thật"),
        ("agencies-2025.csv", "from", "2025-13", "'2025-13' không phải ngày có thật"),
        ("labels.csv", "en", "a {n", "'a {n' có ngoặc nhọn mở mà không đóng, hoặc không có tên"),
        ("labels.csv", "en", "{n} tasks", "{n} không có ở cả vi và en"),
        ("plans.csv", "plan_id", "Bắc Kạn", "'Bắc Kạn' không viết đúng dạng"),
        ("timing.csv", "unless_before", "không||lịch", "để trống"),
    ],
)
def test_a_value_that_a_column_may_not_hold_is_told(
    name: str, column: str, value: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    cells = cells_of(place(name))
    cells[1][cells[0].index(column)] = value
    file.write_bytes(written(cells, file))
    with pytest.raises(tables.BadReference) as stopped:
        tables.rows(file)
    assert stopped.value.vi == f"{name}, dòng 2, cột {column}: {said}"


@pytest.mark.parametrize("name", [name for name, columns in SCHEMA.items() if any(one.key for one in columns)])
def test_a_row_that_stands_twice_is_told(name: str, tmp_path: Path) -> None:
    file, cells = tmp_path / name, cells_of(place(name))
    file.write_bytes(written([*cells, cells[1]], file))
    with pytest.raises(tables.BadReference, match="đã có ở dòng 2|cần đúng một dòng"):
        tables.rows(file)


@pytest.mark.parametrize("name", [name for name, columns in SCHEMA.items() if any(one.once for one in columns)])
def test_a_row_that_must_be_there_is_missed(name: str, tmp_path: Path) -> None:
    file, cells = tmp_path / name, cells_of(place(name))
    wanted = next(one for one in SCHEMA[name] if one.once)
    at = tables.columns(name).index(wanted.column)
    file.write_bytes(written([row for row in cells if row[at] != wanted.once.split("|")[0]], file))
    with pytest.raises(tables.BadReference, match="cần đúng một dòng"):
        tables.rows(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"words;x\n", "dòng 1, cột words: các ô ngăn nhau bằng “;”, cần “,”"),
        ("words\n".encode("utf-16"), "dòng 1, cột words: không phải UTF-8"),
        (b"", "dòng 1, cột words: cần các cột words; có"),
        (b"words\n\n", "dòng 2: không có dòng nào"),
        (b"words\na,b\n", "dòng 2, cột 2 (thừa): dòng có 2 giá trị, cần 1"),
        (b'words\n"a\nb"\n', "dòng 2, cột words: dấu ngoặc kép mở mà không đóng"),
        (b'words\n"a"b\n', "dòng 2, cột words: dấu ngoặc kép mở mà không đóng, hoặc đóng giữa ô"),
    ],
)
def test_a_file_that_is_no_such_table_is_told(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "verbs.csv"
    file.write_bytes(content)
    with pytest.raises(tables.BadReference) as stopped:
        tables.rows(file)
    assert stopped.value.vi.startswith(f"verbs.csv, {said}")


def test_a_mark_at_the_beginning_and_lines_of_windows_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "verbs.csv"
    file.write_bytes("\ufeffwords\r\nrà soát\r\n\r\n".encode())
    assert [row["words"] for row in tables.rows(file)] == ["rà soát"]


def test_every_table_of_the_project_is_described_and_right() -> None:
    there = {file.name for ending in ("csv", "tsv") for file in tables.DATA.glob(f"[!b]*/*.{ending}")} | {"plans.csv"}
    beside_tests = {file.name for file in UNSEEN.glob("*.tsv")}
    assert (there | beside_tests) - {"schema.csv"} == set(SCHEMA)
    tables.check()


@pytest.mark.parametrize("broken", ["labels.csv", "schema.csv", "papi-scores.csv"])
def test_a_broken_table_stops_the_build_in_both_languages(broken: str, tmp_path: Path) -> None:
    home = house.small(tmp_path / "home")
    with (home / "data" / "reference" / broken).open("a", encoding="utf-8") as table:
        table.write('"x')
    done = subprocess.run([sys.executable, "-m", "etl"], cwd=home, capture_output=True, encoding="utf-8")
    assert done.returncode == 1 and not (home / "data" / "build" / "current").exists()
    vi, en = done.stderr.splitlines()
    assert vi.startswith(f"{broken}, dòng ") and en.startswith(f"{broken}, row ")


def nothing(file: str) -> None:
    """No build has kept the table."""


def test_pages_keep_the_last_rows_that_were_right(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"

    def words(content: str) -> list[str]:
        file.write_text(f"key,vi,en\n{content}", encoding="utf-8")
        return [row["vi"] for row in tables.last_good(file, nothing, whole="key")]

    assert words("a.b,Một,One\na.c,Hai,Two\n") == ["Một", "Hai"] and tables.troubles() == ()
    for content, said in (("a.b,Một\n", "dòng 2, cột en"), ("a.b,Ba,Three\n", "cột key: thiếu dòng 'a.c'")):
        assert words(content) == ["Một", "Hai"] and said in tables.troubles()[0].vi
    assert words("a.b,Ba,Three\na.c,Bốn,Four\n") == ["Ba", "Bốn"] and tables.troubles() == ()


def test_a_program_that_begins_takes_the_rows_that_the_last_build_was_made_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: None
) -> None:
    monkeypatch.setattr(import_module("tables.good"), "_TROUBLES", {})
    file = tmp_path / "findings.csv"
    file.write_text("code;group\n", encoding="utf-8")
    with pytest.raises(tables.BadReference, match="ngăn nhau"):
        tables.last_good(file, nothing)
    assert len(tables.last_good(file, data.kept_table)) > 50
    assert [trouble.vi[:30] for trouble in tables.troubles()] == ["findings.csv, dòng 1, cột code"]
