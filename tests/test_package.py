"""package: all data of a build leaves as a Frictionless data package that its own library accepts, and nothing is
changed on the way.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
import yaml
from frictionless import Package, system

from ui.export import package
from ui.export.__main__ import main
from ui.words import labels

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def folder(shipped: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, unpacked."""
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(io.BytesIO(package.make())).extractall(folder)
    return folder


def test_the_library_of_the_standard_finds_no_fault(folder: Path) -> None:
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]


def test_every_described_column_is_there_and_every_column_is_described(database: Path) -> None:
    assert len(package.described()) > 5
    with duckdb.connect(str(database), read_only=True) as connection:
        for table, columns in package.described().items():
            there = [name for name, *_ in connection.execute(f'describe "{table}"').fetchall()]
            assert [name for name in columns if name] == there, table
            assert all(words["vi"] and words["en"] for words in columns.values()), table


WITHOUT_ROWS = {"plan_links", "family_units", "decisions"}
"""No plan that is shipped has kin."""


def undone(cell: str) -> str:
    """What the codebook tells to do for the words themselves."""
    return re.sub(r"(^|[;|\t\r\n])'([\s\u200b-\u200f\ufeff'\"]*)(?=[=+\-@＝＋－＠])|^'", r"\1\2", cell)


def test_a_cell_less_its_quotes_is_the_cell_of_the_database(database: Path, folder: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        for table in package.described():
            stored = connection.execute(f'select * from "{table}" order by all').fetchall()
            with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))[1:]
            assert len(rows) == len(stored) and (rows or table in WITHOUT_ROWS), table
            for row, values in zip(rows, stored):
                for cell, value in zip(row, values):
                    assert not cell.lstrip().startswith(("=", "+", "@")), (table, row)
                    if isinstance(value, str):
                        assert undone(cell) == value, (table, row)


@pytest.mark.parametrize(
    "value, cell",
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-", "'-"),
        ("@a", "'@a"),
        ("'a", "''a"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("＝1+1", "'＝1+1"),
        ("＠a", "'＠a"),
        ("\u200b=1", "'\u200b=1"),
        ("hộ nghèo;=1+1", "hộ nghèo;'=1+1"),
        ("a; -1", "a;' -1"),
        ("a;'=1", "a;''=1"),
        ('a\n"=1', "a\n'\"=1"),
        ("a|＋1", "a|'＋1"),
        ("quý I - quý II; họp + báo cáo", "quý I - quý II; họp + báo cáo"),
        ("", ""),
        (None, ""),
        (True, "true"),
        (-3, -3),
        (0.5, 0.5),
        ([], "[]"),
        (["=1", "Đ"], '["=1", "Đ"]'),
    ],
)
def test_no_spreadsheet_runs_a_cell_and_numbers_stay_numbers(value: object, cell: object) -> None:
    assert package.guarded(value) == cell
    assert not isinstance(value, str) or undone(str(cell)) == value


@pytest.mark.parametrize("language", labels.LANGUAGES)
def test_the_codebook_explains_every_column(folder: Path, language: str) -> None:
    words = (folder / f"codebook.{language}.md").read_text(encoding="utf-8")
    assert len(package.described()) > 5
    for table, columns in package.described().items():
        assert f"## {table}" in words
        assert all(f"- `{name}`: {said[language]}" in words for name, said in columns.items() if name), table


def test_the_package_says_which_build_it_is_and_how_to_take_the_guard_off(folder: Path) -> None:
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert (said["id"], said["version"]) == ("papi-test", "0")
    assert {resource["name"] for resource in said["resources"]} == set(package.described())
    assert "'" in said["quoting"] and "'" in said["quoting_vi"]
    assert said["title"].startswith("What") and said["title_vi"].startswith("Các kế hoạch")


def test_what_a_doi_is_registered_with_names_the_version_in_both_languages(folder: Path) -> None:
    said = json.loads((folder / "datacite.json").read_text(encoding="utf-8"))
    assert all(said[name] for name in ("creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"))
    assert said["version"] == "papi-test" and said["types"]["resourceTypeGeneral"] == "Dataset"
    assert {title["lang"] for title in said["titles"]} == {one["lang"] for one in said["descriptions"]} == {"vi", "en"}
    cited = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["type"], cited["version"]) == ("dataset", "papi-test") and cited["authors"]


def test_what_others_have_rights_to_is_left_out_with_all_that_refers_to_it(shipped: None, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(package.make(without=("scores", "dimensions")))).extractall(tmp_path)
    assert not (tmp_path / "scores.csv").exists() and (tmp_path / "units.csv").exists()
    with system.use_context(trusted=True):
        assert Package(str(tmp_path / "datapackage.json")).validate().valid
    assert "## scores" not in (tmp_path / "codebook.en.md").read_text(encoding="utf-8")
    rights = json.loads((tmp_path / "datacite.json").read_text(encoding="utf-8"))["rightsList"]
    assert [one["rights"] for one in rights] == ["CC-BY-4.0", "MIT"]


EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "data.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("code", EXAMPLES, ids=["pandas", "DuckDB"])
def test_the_examples_of_the_docs_answer(folder: Path, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-500:]
    assert "bac-kan-2021" in done.stdout or "gaps" in done.stdout


def test_the_package_is_written_by_a_command(shipped: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", "--to", str(tmp_path / "a.zip"), "--without", "scores"]) == 0
    assert "scores.csv" not in zipfile.ZipFile(tmp_path / "a.zip").namelist()
    assert main(["package", "--to", str(tmp_path / "b.zip"), "--without", "points"]) == 2
    assert "points" in capsys.readouterr().err and not (tmp_path / "b.zip").exists()
